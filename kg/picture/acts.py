"""Events as people tell them: who did it, in the words of the text, to whom, where and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import vocabulary
from kg.picture.look import look
from kg.picture.rows import local_name
from kg.picture.times import MONTHS, bounds

if TYPE_CHECKING:
    from kg.picture.scene import ClaimRow, Thing

__all__ = ["ARTICLES", "DOUBTFUL", "Act", "Part", "acts_of", "day_of", "led"]

#: Below this confidence a statement is shown as doubtful.
DOUBTFUL = 0.75
#: Roles in the order in which they are told; what stands first is the other end of an event's edge.
_ROLES = ("patient", "recipient", "charge", "topic", "destination", "place", "origin", "instrument")
#: Words that only determine a noun.
ARTICLES = {"a", "an", "the", "his", "her", "its", "their", "some", "this", "that", "these", "those", "our", "my"}
#: Forms in which a verb tells of what was: by their ending, or irregular.
_ENDS_PAST = re.compile(r"\w+ed|\w*[^aeiou\W]en")
_PREPOSITIONS = vocabulary.word_lists("grammar")["prepositions"]
_PAST = vocabulary.word_lists("grammar")["irregular_past"]


@dataclass(frozen=True, slots=True)
class Part:
    """One who or what takes part in an event: the role's local name, the thing, and the claim that says so."""

    role: str
    thing: Thing
    claim: ClaimRow


@dataclass(frozen=True, slots=True)
class Act:
    """An event with all its parts: agents first, then by role. `word` is its verb in the words of the text."""

    thing: Thing
    word: str
    parts: tuple[Part, ...]
    typed: ClaimRow | None
    time: ClaimRow | None
    where: tuple[str, int]  # document and offset of its words

    def by(self, *roles: str) -> tuple[Part, ...]:
        return tuple(p for p in self.parts if p.role in roles)

    @property
    def mutual(self) -> bool:
        """Whether those who act do so with each other, as in a meeting."""
        return "Contact" in self.thing.above

    @property
    def weakest(self) -> ClaimRow | None:
        """The least firm of its claims: an event stands no firmer than that."""
        order = list(look()["statuses"])
        claims = [p.claim for p in self.parts if p.role != "nonParticipant"] + ([self.typed] if self.typed else [])
        return max(claims, key=lambda c: (c.polarity == "negative", order.index(c.status), bool(c.by)), default=None)

    @property
    def saying(self) -> bool:
        return self.thing.type in ("Statement", "Question") and not self.by("recipient", "patient")


def acts_of(claims: Iterable[ClaimRow], things: Mapping[str, Thing]) -> dict[str, Act]:
    """The events that claims speak of, by IRI."""
    said: dict[str, list[ClaimRow]] = {}
    for claim in claims:
        if claim.subject in things and things[claim.subject].kind == "Event":
            said.setdefault(claim.subject, []).append(claim)
    return {iri: _act(things[iri], said[iri], things) for iri in sorted(said)}


def _act(event: Thing, claims: list[ClaimRow], things: Mapping[str, Thing]) -> Act:
    order = {role: i for i, role in enumerate(("agent", *_ROLES, "nonParticipant"))}
    parts = [
        Part(role, things[c.object], c)
        for c in claims
        if (role := local_name(c.predicate)) in order and c.object in things
    ]
    parts.sort(key=lambda p: (order[p.role], -len(p.thing.evidence), p.thing.iri, p.claim.iri))
    once: dict[tuple[str, str, str], Part] = {}
    for part in parts:
        once.setdefault((part.role, part.thing.iri, part.claim.polarity), part)
    typed = next((c for c in claims if local_name(c.predicate) == "type"), None)
    time = next((c for c in claims if local_name(c.predicate) == "time" and c.value), None)
    words = typed.evidence[0] if typed and typed.evidence else None
    done = typed is None or typed.status in ("asserted", "reported", "alleged", "denied", "negated")
    return Act(
        event,
        _verb(event, words.quote if words else "", done),
        tuple(once.values()),
        typed,
        time,
        (words.document, words.start) if words else ("", 1 << 30),
    )


def _verb(event: Thing, quote: str, done: bool) -> str:
    """The verb as the text has it; where it tells what was done by a noun, an infinitive or an -ing form: the past."""
    word = " ".join(quote.split()).lower() or event.label
    past = look()["acts"].get(event.type)
    return past if past and done and not _is_past(word.split(" ")[0]) else word


def _is_past(form: str) -> bool:
    return form in _PAST or _ENDS_PAST.fullmatch(form) is not None


def led(act: Act, part: Part, articles: bool = False) -> str:
    """The words that lead from an act's verb to a part, as the text has them: "by helicopter at"; else the role's
    own."""
    words = "" if part.role == "patient" and not articles else _between(act, part, articles)
    if (
        words is None
        or words.startswith("to")
        and f"{act.thing.type} {part.role}" in look()["leads"]
        and act.word == look()["acts"].get(act.thing.type)
    ):
        return _lead(act, part)  # "a trip to" as a verb is "visited"
    return words


def _lead(act: Act, part: Part) -> str:
    leads: dict[str, str] = look()["leads"]
    return leads.get(f"{act.thing.type} {part.role}", leads.get(part.role, ""))


def _between(act: Act, part: Part, articles: bool) -> str | None:
    """The few small words that stand between the verb and a part in the text; None if they do not."""
    if act.typed is None or not act.typed.evidence:
        return None
    verb = act.typed.evidence[0]
    for quote in part.claim.evidence:
        if quote.document != verb.document or not quote.start <= verb.start < verb.end <= quote.end:
            continue
        starts = [
            e.start for e in part.thing.evidence if e.document == verb.document and verb.end < e.start < quote.end
        ]
        if not starts:
            return None
        gap = quote.quote[verb.end - quote.start : min(starts) - quote.start]
        small = re.search(r"(?:^|(?<=\s))(?:[a-z]+ )*$", gap.lstrip())
        words = _leading(small[0].split(), gap.lstrip()[: small.start()]) if small else []
        if part.role == "patient" or sum(map(len, words)) > 22:
            words = words[-1:] if words[-1:] and words[-1] in ("a", "an", "the") else []
        told = {w for p in act.by("agent", "patient", "recipient") for w in p.thing.label.split()}
        words = words[max((i + 1 for i, w in enumerate(words) if w in told), default=0) :]
        plain = [w for w in words if w not in ARTICLES]
        if not plain and gap.strip() not in ("", *ARTICLES) and part.role in look()["leads"]:
            words = [*_lead(act, part).split(), *words]
        while not articles and words and words[-1] in ARTICLES:
            words.pop()
        return " ".join(words)
    return None


def _leading(words: list[str], before: str) -> list[str]:
    """Of the small words before a part those that lead to it: "by helicopter at", "in" of "in northern". Behind a
    number or a name they begin with a preposition: "3 percent in" leads by "in"."""
    known = [i for i, w in enumerate(words) if w in _PREPOSITIONS]
    if not known:
        return [w for w in words if w in ARTICLES] if before else words
    determiners = [w for w in words[known[-1] + 1 :] if w in ARTICLES]
    return words[known[0] if before else 0 : known[-1] + 1] + determiners


def day_of(value: str, words: str, year: str = "") -> str:
    """A time as a label: "30 Jan" in the article's own year, else "30 Jan 2024", "Jan 2024", "2024"; its words
    without a date."""
    limits = bounds(value)
    if not limits:
        return words
    first, last = limits
    if first[:4] != last[:4]:
        return f"{first[:4]}–{last[:4]}"
    if first == last:
        return f"{int(first[8:])} {MONTHS[int(first[5:7])]}" + ("" if first[:4] == year else f" {first[:4]}")
    return f"{MONTHS[int(first[5:7])]} {first[:4]}" if first[:7] == last[:7] else first[:4]
