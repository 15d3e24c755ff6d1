"""What happened when: TimelineJS 3 and iCalendar.

Neither knows a status, so that whatever is not vouched for opens with it: "alleged by prosecutors: attack". What has no
date that can be resolved is left out, and counted.
"""

from __future__ import annotations

import datetime
import html
import json
from collections.abc import Iterator
from dataclasses import fields
from itertools import chain
from typing import Any, BinaryIO, NamedTuple

from kg.exchange.records import Claim, Event, Quote, Records, days, isodate
from kg.exchange.shelf import Shelf, disk
from kg.exchange.tables import period

__all__ = ["write_calendar", "write_timeline"]


class Moment(NamedTuple):
    """One thing that has a date."""

    id: str
    said: str  # in words, with its standing
    type: str
    firm: bool
    begins: str  # as exactly as it is known: a day, a month, a year
    ends: str
    place: str
    quote: Quote | None


def write_timeline(records: Records, out: BinaryIO) -> int:
    """The JSON of TimelineJS 3: slides with dates, grouped by type; how many they are. All words are escaped, for it
    shows HTML.
    """
    count = 0
    out.write(b'{"events": [')
    for count, moment in enumerate(moments(records), 1):
        line = json.dumps(_slide(records, moment), ensure_ascii=False, sort_keys=True)
        out.write((",\n" if count > 1 else "\n").encode() + line.encode())
    out.write(b"\n]}\n")
    return count


def moments(records: Records) -> Iterator[Moment]:
    """All that has a date, in order of the dates: events, and claims whose object is a date."""
    found: Shelf[Moment] = Shelf(disk(), "moments", _flat, _made)
    for moment in chain(_of_events(records), _of_claims(records)):
        found.put("\0".join((moment.begins, moment.ends, moment.id)), moment)
    yield from found.values()


def _made(flat: tuple[Any, ...]) -> Moment:
    *told, quote = flat
    told.append(quote and Quote(*quote))
    return Moment(*told)


def _flat(moment: Moment) -> tuple[Any, ...]:
    *told, quote = moment
    return (*told, quote and tuple(getattr(quote, field.name) for field in fields(quote)))


def _of_events(records: Records) -> Iterator[Moment]:
    for event in records.events.values():
        begins, ends = period(records.time_of(event))
        if event.typed and begins and ends:
            places = event.told("place", "destination", "origin")
            where = ", ".join(dict.fromkeys(records.label(c.object, c.datatype) for c in places))
            quote = event.passage
            yield Moment(event.id, _event(records, event), event.type, event.firm, begins, ends, where, quote)


def _event(records: Records, event: Event) -> str:
    assert event.typed is not None
    roles = ("agent", "patient", "recipient", "topic", "charge")
    who = dict.fromkeys(records.label(c.object, c.datatype) for c in event.told(*roles))
    absent = dict.fromkeys(records.label(c.object) for c in event.told("nonParticipant"))
    said = f"{event.type}: {event.label}" + (f" ({', '.join(who)})" if who else "")
    said += f", without {', '.join(absent)}" if absent else ""
    return said if event.firm else f"{records.standing(event.typed)}: {said}"


def _of_claims(records: Records) -> Iterator[Moment]:
    for claim in records.claims:
        if claim.subject in records.events:
            continue
        thing = records.things.get(claim.object)
        value = thing.values.get("value", "") if thing and thing.kind == "Time" else ""
        value = claim.object if claim.datatype in ("xsd:date", "xsd:gYear", "xsd:gYearMonth") else value
        if days(value):
            first, _, last = value.partition("/")
            quote = claim.quotes[0] if claim.quotes else None
            said = f"{records.label(claim.subject)}: {claim.predicate}" + _former(claim)
            said = said if claim.firm else f"{records.standing(claim)}: {said}"
            yield Moment(claim.id, said, claim.predicate, claim.firm, isodate(first), isodate(last or first), "", quote)


def _former(claim: Claim) -> str:
    return f" ({claim.validity})" if claim.firm and claim.validity != "current" else ""


def _slide(records: Records, moment: Moment) -> dict[str, Any]:
    words = []
    if quote := moment.quote:
        article = records.articles.get(quote.article)
        words = [f"<blockquote>{html.escape(quote.words)}</blockquote>"]
        if article:
            named = html.escape(
                ", ".join(filter(None, (article.title or article.label, article.publisher, article.date)))
            )
            linked = article.url.startswith(("https://", "http://"))
            words += [f'<p><a href="{html.escape(article.url)}">{named}</a></p>' if linked else f"<p>{named}</p>"]
    slide: dict[str, Any] = {
        "unique_id": moment.id.rpartition("/")[2],
        "start_date": _date(moment.begins),
        "group": moment.type if moment.firm else f"{moment.type} (not vouched for)",
        "text": {"headline": html.escape(moment.said), "text": "".join(words)},
    }
    if moment.ends != moment.begins:
        slide["end_date"] = _date(moment.ends)
    return slide


def _date(value: str) -> dict[str, int]:
    return dict(zip(("year", "month", "day"), map(int, value.split("-"))))


# ------------------------------------------------------------------ iCalendar


def write_calendar(records: Records, out: BinaryIO) -> int:
    """iCalendar (RFC 5545): an event of whole days each, TENTATIVE where it is not vouched for; how many they are.

    The time stamp that the standard asks for is the day of the article, or the first of 1970: never the present.
    """
    out.write(_lines("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//article-kg//timeline//EN", "CALSCALE:GREGORIAN"))
    count = 0
    for moment in moments(records):
        out.write(_lines(*_entry(records, moment)))
        count += 1
    out.write(_lines("END:VCALENDAR"))
    return count


def _entry(records: Records, moment: Moment) -> Iterator[str]:
    found = days(f"{moment.begins}/{moment.ends}")
    assert found is not None
    article = records.articles.get(moment.quote.article) if moment.quote else None
    stamp = isodate(article.date).replace("-", "") if article and len(isodate(article.date)) == 10 else "19700101"
    yield "BEGIN:VEVENT"
    yield f"UID:{_words(moment.id)}"
    yield f"DTSTAMP:{stamp}T000000Z"
    yield f"DTSTART;VALUE=DATE:{found[0].isoformat().replace('-', '')}"
    after = min(found[1], datetime.date.max - datetime.timedelta(1)) + datetime.timedelta(1)
    yield f"DTEND;VALUE=DATE:{after.isoformat().replace('-', '')}"
    yield f"SUMMARY:{_words(moment.said)}"
    yield f"STATUS:{'CONFIRMED' if moment.firm else 'TENTATIVE'}"
    yield f"CATEGORIES:{_words(moment.type)}"
    if moment.place:
        yield f"LOCATION:{_words(moment.place)}"
    if moment.quote:
        named = (
            ", ".join(filter(None, (article.title or article.label, article.publisher, article.date)))
            if article
            else ""
        )
        yield f"DESCRIPTION:{_words(f'“{moment.quote.words}” {named}'.strip())}"
    if article and article.url.startswith(("https://", "http://")):
        yield f"URL:{article.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _words(text: str) -> str:
    """Text as a value: four characters are escaped, other control characters become spaces."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = text.replace("\r\n", "\\n").replace("\n", "\\n")
    return "".join(c if c >= " " and c != "\x7f" else " " for c in text)


def _lines(*lines: str) -> bytes:
    """Lines folded at 75 octets, never within a character."""
    done = []
    for line in lines:
        while len(line.encode()) > 75:
            cut = 75
            while len(line[:cut].encode()) > 75:
                cut -= 1
            done.append(line[:cut])
            line = " " + line[cut:]
        done.append(line)
    return "".join(f"{line}\r\n" for line in done).encode()
