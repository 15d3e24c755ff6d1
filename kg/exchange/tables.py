"""The tables: claims, entities, events, sources, articles and quotes, one row each. CSV, Parquet, workbooks and frames
hold the same.

Columns have a type (text, whole number, number) and are all told of every row; what is not known is None. A column
whose name ends in `_id` holds the IRI of what the column before names. No row tells a claim or an event without its
status.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, get_args, get_type_hints

from kg.exchange.records import Claim, Records, Thing, days, isodate

__all__ = ["TABLES", "columns", "rows"]

#: What joins several names in one cell.
BETWEEN = "; "


class ClaimRow(NamedTuple):
    """Who, what, whom, how it stands, and the words for it: the first quote, of `quotes` in `articles`; all are in the
    table of quotes.
    """

    subject: str
    predicate: str
    object: str
    status: str
    polarity: str
    validity: str
    speaker: str | None
    via: str | None
    modality: str | None
    confidence: float | None
    quote: str | None
    article: str | None
    date: str | None
    start: int | None
    end: int | None
    rule: str | None
    quotes: int
    articles: int
    number: float | None
    unit: str | None
    subject_type: str
    object_type: str
    origin: str
    stands_plain: str
    claim_id: str
    subject_id: str
    object_id: str | None
    speaker_id: str | None
    via_id: str | None
    article_id: str | None
    fact_id: str | None


class EntityRow(NamedTuple):
    """Whom and what the articles name; that somebody is named says nothing of what is claimed of him."""

    entity: str
    type: str
    kind: str
    aliases: str | None
    named: str
    mentions: int
    articles: int
    claims: int
    same_as: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    first_date: str | None
    last_date: str | None
    entity_id: str


class EventRow(NamedTuple):
    """An event, how it stands, and its roles; those that stand otherwise than the event are in `otherwise`, with their
    standing.
    """

    event: str
    type: str
    status: str
    polarity: str
    speaker: str | None
    confidence: float | None
    agent: str | None
    patient: str | None
    recipient: str | None
    absent: str | None
    topic: str | None
    charge: str | None
    place: str | None
    origin: str | None
    destination: str | None
    amount: str | None
    other: str | None
    otherwise: str | None
    time: str | None
    begins: str | None
    ends: str | None
    duration: str | None
    quote: str | None
    article: str | None
    date: str | None
    start: int | None
    end: int | None
    event_id: str
    article_id: str | None


class SourceRow(NamedTuple):
    """Who is quoted or claims something, and how many claims of each status are theirs."""

    source: str
    type: str
    claims: int
    reported: int
    planned: int
    requested: int
    alleged: int
    hypothetical: int
    denied: int
    passed_on: int
    articles: int
    source_id: str


class ArticleRow(NamedTuple):
    """What was read; `quotes` are the pieces of evidence taken from it."""

    article: str
    title: str | None
    date: str | None
    modified: str | None
    publisher: str | None
    author: str | None
    section: str | None
    language: str | None
    url: str | None
    claims: int
    quotes: int
    characters: int | None
    sha256: str | None
    producer: str | None
    article_id: str


class QuoteRow(NamedTuple):
    """The words behind a claim: code points `start` to `end` (exclusive) of the article's text."""

    quote: str
    status: str
    start: int
    end: int
    rule: str
    article: str
    date: str | None
    claim_id: str
    article_id: str


#: Name → its rows' type, in the order in which people want them.
TABLES: dict[str, type[tuple[Any, ...]]] = {
    "claims": ClaimRow,
    "entities": EntityRow,
    "events": EventRow,
    "sources": SourceRow,
    "articles": ArticleRow,
    "quotes": QuoteRow,
}
#: Kinds of things that are values, not entities.
_VALUES = ("Quantity", "Time")


def columns(table: str) -> dict[str, type]:
    """Column → str, int or float."""
    hints = get_type_hints(TABLES[table])
    return {name: next(t for t in (int, float, str) if t in (hint, *get_args(hint))) for name, hint in hints.items()}


def rows(records: Records, table: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a table, one at a time."""
    return _MAKERS[table](records)


def _claims(r: Records) -> Iterator[ClaimRow]:
    for c in r.claims:
        quote = c.quotes[0] if c.quotes else None
        article = r.articles.get(quote.article) if quote else None
        value = r.things[c.object].values if c.object in r.things else {}
        yield ClaimRow(
            r.label(c.subject),
            c.predicate,
            r.label(c.object, c.datatype),
            c.status,
            c.polarity,
            c.validity,
            r.label(c.speaker) or None,
            r.label(c.via) or None,
            BETWEEN.join(c.modality) or None,
            c.confidence,
            quote.words if quote else None,
            article.label if article else None,
            article.date or None if article else None,
            quote.start if quote else None,
            quote.end if quote else None,
            quote.rule if quote else None,
            len(c.quotes),
            len({q.article for q in c.quotes}),
            _number(value.get("value") if r.type_of(c.object) == "Quantity" else None),
            value.get("unit"),
            r.type_of(c.subject),
            r.type_of(c.object, c.datatype),
            c.origin,
            "yes" if c.plain and c.firm else "no",
            c.id,
            c.subject,
            None if c.datatype else c.object,
            c.speaker or None,
            c.via or None,
            quote.article if quote else None,
            c.fact or None,
        )


def _entities(r: Records) -> Iterator[EntityRow]:
    for t in r.things.values():
        if t.kind in _VALUES:
            continue
        dates = sorted(r.articles[q.article].date for q in t.mentions if q.article in r.articles)
        dates = [d for d in dates if d]
        yield EntityRow(
            t.label,
            t.type,
            t.kind,
            BETWEEN.join(t.aliases) or None,
            "yes" if named(t) else "no",
            len(t.mentions),
            len({q.article for q in t.mentions}),
            r.claims.naming(t.id),
            BETWEEN.join(t.same_as) or None,
            t.values.get("country"),
            _number(t.values.get("latitude")),
            _number(t.values.get("longitude")),
            dates[0] if dates else None,
            dates[-1] if dates else None,
            t.id,
        )


def named(thing: Thing) -> bool:
    """Whether an article calls a thing by a name, and not by a description alone."""
    return any(q.rule == "name" for q in thing.mentions)


def _events(r: Records) -> Iterator[EventRow]:
    for e in r.events.values():
        c, quote = e.typed, e.passage
        article = r.articles.get(quote.article) if quote else None
        time = r.time_of(e)
        begins, ends = period(time)
        told = {role: _names(r, e.told(role)) for role in _KNOWN}
        yield EventRow(
            e.label,
            e.type,
            c.status if c else e.status,
            c.polarity if c else "positive",
            r.label(c.speaker) or None if c else None,
            c.confidence if c else None,
            told["agent"],
            told["patient"],
            told["recipient"],
            told["nonParticipant"],
            told["topic"],
            told["charge"],
            told["place"],
            told["origin"],
            told["destination"],
            told["amount"],
            _list(f"{x.predicate}: {_object(r, x)}" for x in e.roles if e.as_firm(x) and x.predicate not in _KNOWN),
            _list(f"{x.predicate}: {_object(r, x)} ({r.standing(x)})" for x in e.roles if not e.as_firm(x)),
            time.values.get("words", time.label) if time else None,
            begins,
            ends,
            told["duration"],
            quote.words if quote else None,
            article.label if article else None,
            article.date or None if article else None,
            quote.start if quote else None,
            quote.end if quote else None,
            e.id,
            quote.article if quote else None,
        )


#: Roles that have a column of their own.
_KNOWN = (
    *("agent", "patient", "recipient", "nonParticipant", "topic", "charge"),
    *("place", "origin", "destination", "amount", "time", "duration"),
)


def period(time: Thing | None) -> tuple[str | None, str | None]:
    """The first and the last day, month or year of a time, as exactly as it is known."""
    value = time.values.get("value", "") if time else ""
    if not days(value):
        return None, None
    first, _, last = value.partition("/")
    return isodate(first), isodate(last or first)


def _names(r: Records, claims: Iterable[Claim]) -> str | None:
    return _list(_object(r, claim) for claim in claims)


def _object(r: Records, claim: Claim) -> str:
    return r.label(claim.object, claim.datatype)


def _list(words: Iterable[str]) -> str | None:
    return BETWEEN.join(dict.fromkeys(words)) or None


def _sources(r: Records) -> Iterator[SourceRow]:
    for source in r.claims.sources():
        status: Counter[str] = Counter()
        articles: set[str] = set()
        for claim in r.claims.by(source):
            status[claim.status] += 1
            articles.update(q.article for q in claim.quotes)
        yield SourceRow(
            r.label(source),
            r.type_of(source),
            status.total(),
            status["reported"],
            status["planned"],
            status["requested"],
            status["alleged"],
            status["hypothetical"],
            status["denied"],
            r.claims.passed_on(source),
            len(articles),
            source,
        )


def _articles(r: Records) -> Iterator[ArticleRow]:
    for a in r.articles.values():
        quotes = [sum(q.article == a.id for q in claim.quotes) for claim in r.claims.quoting(a.id)]
        yield ArticleRow(
            a.label,
            a.title or None,
            a.date or None,
            a.modified or None,
            a.publisher or None,
            a.author or None,
            a.section or None,
            a.language or None,
            a.url or None,
            len(quotes),
            sum(quotes),
            len(a.text) if a.text else None,
            a.sha256 or None,
            a.producer or None,
            a.id,
        )


def _quotes(r: Records) -> Iterator[QuoteRow]:
    for c in r.claims:
        for q in c.quotes:
            article = r.articles.get(q.article)
            label, date = (article.label, article.date or None) if article else (q.article, None)
            yield QuoteRow(q.words, c.status, q.start, q.end, q.rule, label, date, c.id, q.article)


def _number(words: str | None) -> float | None:
    try:
        return float(words) if words is not None else None
    except ValueError:
        return None


_MAKERS = {
    "claims": _claims,
    "entities": _entities,
    "events": _events,
    "sources": _sources,
    "articles": _articles,
    "quotes": _quotes,
}
