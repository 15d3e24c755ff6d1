"""One event once: tellings of two articles that are one event, by its kind, who took part, where and when.

What an article tells as so, itself or by somebody in it, is compared, however sure the reading; plans, allegations and
denials are not, and speech not at all: one speaks too often. Two tellings are looked at together
where they are of one kind, share a name and their times may be one; so the cost follows the number of tellings. What is
sure is linked without a person (`links`), the rest is for review.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType

from kg.identity import slug
from kg.rdf import IRI
from kg.store import Store
from kg.vocabulary import load, word_lists

__all__ = ["Pair", "Telling", "pairs", "tellings"]

#: An event without a time of its own is taken to be at most so many days older than its article.
FRESH = timedelta(days=3)
#: Within a block each telling is compared with so many that begin next, at most.
NEXT = 24
#: Who and what: an event is told from others of its kind by these.
_WHO = ("agent", "patient", "recipient")
_WHERE = ("place", "origin", "destination")
_ONCE = word_lists("joins")["once"]
_ROLES = (*_WHO, *_WHERE, "topic", "amount", "charge")


@dataclass(frozen=True, slots=True)
class Telling:
    """An event as one article tells it. Fillers of roles are sets of names, any of which means the filler; `first` and
    `last` are days between which it was; `grain` is how exactly that is said, "day", "month", "year" …, or "".
    """

    iri: IRI
    document: IRI
    type: str
    label: str
    roles: dict[str, tuple[frozenset[str], ...]]
    first: date
    last: date
    grain: str
    called: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)  # a name as it is written

    @property
    def kind(self) -> str:
        """Its type; of a plain event its word."""
        return self.type if self.type != "Event" else f"Event {self.label}"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tellings that may be of one event, whether they surely are, and why."""

    one: Telling
    other: Telling
    sure: bool
    why: str


# ------------------------------------------------------------------ reading


#: A claim of an event or a role that is told as so, by the article or by somebody in it.
_SAID = "kg:status ?s ; kg:polarity kg:positive"


def tellings(store: Store) -> list[Telling]:
    """The events that articles assert or report, but for speech, in order of their IRIs."""
    words = load()
    kinds = [t for t in words.types if words.is_a(t, "Event") and not words.is_a(t, "Communication")]
    types: dict[IRI, tuple[IRI, str, str]] = {}
    for row in store.select(
        f"SELECT ?d ?e ?t ?l {{ GRAPH ?d {{ ?c rdf:predicate rdf:type ; rdf:object ?t ; {_SAID} ; rdf:subject ?e . "
        "?e rdfs:label ?l FILTER(?s IN (kg:asserted, kg:reported)) } } ORDER BY ?e ?t"
    ):
        name = row["t"].value.rpartition("#")[2]
        if name in kinds:
            types[row["e"]] = row["d"], name, row["l"].value
    called: dict[str, str] = {}
    named = _names(store, called)
    roles: dict[IRI, dict[str, list[frozenset[str]]]] = defaultdict(lambda: defaultdict(list))
    wanted = " ".join(f"kg:{name}" for name in _ROLES)
    for row in store.select(
        f"SELECT DISTINCT ?d ?e ?r ?w {{ VALUES ?r {{ {wanted} }} GRAPH ?d {{ ?c rdf:predicate ?r ; rdf:subject ?e ; "
        f"rdf:object ?w ; {_SAID} FILTER(?s IN (kg:asserted, kg:reported)) }} }} ORDER BY ?e ?r ?w"
    ):
        if row["e"] in types:
            filler = named.get((row["d"], row["w"])) or frozenset({row["w"].value})
            roles[row["e"]][row["r"].value.rpartition("#")[2]].append(filler)
    times: dict[IRI, tuple[date, date, str]] = {}
    for row in store.select("SELECT ?e ?v { GRAPH ?d { ?e kg:time/kg:value ?v } } ORDER BY ?e ?v"):
        if (span := _span(row["v"].value)) is not None:
            times.setdefault(row["e"], span)
    days: dict[IRI, date] = {}
    for row in store.select("SELECT ?d ?v { GRAPH ?d { ?d schema:datePublished ?v } } ORDER BY ?d ?v"):
        if (span := _span(row["v"].value)) is not None:
            days.setdefault(row["d"], span[1])
    found = []
    for iri, (document, type_, label) in sorted(types.items(), key=lambda item: item[0].value):
        if iri in times:
            first, last, grain = times[iri]
        elif document in days:
            first, last, grain = days[document] - FRESH, days[document], ""
        else:
            continue
        told = {role: tuple(fillers) for role, fillers in roles[iri].items()}
        found.append(Telling(iri, document, type_, label, told, first, last, grain, called))
    return found


def _names(store: Store, called: dict[str, str]) -> dict[tuple[IRI, IRI], frozenset[str]]:
    """By what each entity goes in each article: its IRI, that of those it is joined with, and its names, which `called`
    gives as they are written.
    """
    joined: dict[str, str] = {}

    def root(iri: str) -> str:
        while iri in joined:
            iri = joined[iri]
        return iri

    for row in store.select("SELECT ?a ?b { ?a owl:sameAs ?b } ORDER BY ?a ?b"):
        a, b = sorted((root(row["a"].value), root(row["b"].value)))
        if a != b:
            joined[b] = a
    names: dict[tuple[IRI, IRI], set[str]] = {}
    for row in store.select("SELECT ?d ?e ?n { GRAPH ?d { ?e skos:prefLabel|skos:altLabel ?n } } ORDER BY ?n"):
        iri = row["e"].value
        called.setdefault(iri, row["n"].value)
        held = names.setdefault((row["d"], row["e"]), {iri, root(iri)})
        kind = iri.removeprefix(store.base).partition("/")[0]
        if kind in _NAMED and not iri.endswith(row["d"].value.rpartition("/")[2]):
            held.add(name := f"{kind} {slug(row['n'].value)}")
            called.setdefault(name, row["n"].value)
    return {key: frozenset(held) for key, held in names.items()}


#: Folders of IRIs of those that are known by name.
_NAMED = frozenset({"person", "org", "place", "artifact", "program", "office"})

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)")


def _span(value: str) -> tuple[date, date, str] | None:
    """The first and last day of a time in ISO 8601 or EDTF, and how exact it is; nothing for one without bounds."""
    try:
        if "/" in value:
            begin, end = (_span(part) for part in value.split("/", 1))
            return (begin[0], end[1], "span") if begin and end and begin[0] <= end[1] else None
        if week := _WEEK.fullmatch(value):
            monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
            return monday, monday + timedelta(days=6), "week"
        if (found := _DAY.fullmatch(value)) is None:
            return None
        year, month, day = (int(part) if part else 0 for part in found.groups())
        if day:
            return date(year, month, day), date(year, month, day), "day"
        if month:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"
        return date(year, 1, 1), date(year, 12, 31), "year"
    except ValueError:
        return None


# ------------------------------------------------------------------ comparing


def pairs(told: Iterable[Telling], copies: Mapping[IRI, IRI] = MappingProxyType({})) -> list[Pair]:
    """Those that may be one, in order of their IRIs. `copies` tells of copies the article that they are copies of."""
    blocks: dict[tuple[str, ...], list[Telling]] = defaultdict(list)
    for t in told:
        for name in {n for role in (*_WHO, *_WHERE) for filler in t.roles.get(role, ()) for n in filler}:
            blocks[t.kind, name].append(t)
    found: dict[tuple[str, str], Pair | None] = {}
    for block in blocks.values():
        for one, other in _meeting(block):
            if (key := (one.iri.value, other.iri.value)) not in found:
                found[key] = _compared(one, other, copies)
    return _unambiguous([pair for _, pair in sorted(found.items()) if pair is not None])


def _meeting(block: list[Telling]) -> Iterator[tuple[Telling, Telling]]:
    """Two of different articles whose times may be one, in order of their IRIs; each with the next few."""
    block = sorted(block, key=lambda t: (t.first, t.last, t.iri.value))
    for n, one in enumerate(block):
        for other in block[n + 1 : n + 1 + NEXT]:
            if other.first > one.last:
                break
            if one.document != other.document:
                yield (one, other) if one.iri.value < other.iri.value else (other, one)


def _compared(a: Telling, b: Telling, copies: Mapping[IRI, IRI]) -> Pair | None:
    """Whether two may be one: as far as both say who, where and how much, they say the same."""
    shared = {role: common for role in _ROLES if (common := _common(a.roles.get(role, ()), b.roles.get(role, ())))}
    apart = [role for role in _ROLES if role in a.roles and role in b.roles and role not in shared]
    who = [name for role in _WHO for name in shared.get(role, ())]
    if not who or apart and not (a.grain == b.grain == "day"):
        return None
    names = ", ".join(dict.fromkeys(a.called.get(name, name) for common in shared.values() for name in common))
    original = copies.get(a.document, a.document) == copies.get(b.document, b.document)
    if original and a.label == b.label and not apart:
        return Pair(a, b, True, f"{a.type} told in the same words by a copy, with {names} in both")
    known = "day" in (a.grain, b.grain)
    if a.grain == b.grain == "day":
        when = f"of one day, {a.first}"
    elif a.grain and b.grain:
        when = f"of one time, from {max(a.first, b.first)} to {min(a.last, b.last)}"
    else:
        when = f"told within days, {max(a.first, b.first)}"
    rest = [role for role in shared if role not in _WHO]
    if not a.grain == b.grain == "day" and len(who) + len(rest) < 2 and a.type not in _ONCE:
        return None
    sure = not apart and (
        (known and (len(who) > 1 or bool(rest) or a.type in _ONCE and _alone(a, b)))
        or (a.type in _ONCE and (len(who) > 1 or bool(rest)))
    )
    return Pair(a, b, sure, f"{a.type} {when}, with {names} in both")


def _common(one: tuple[frozenset[str], ...], other: tuple[frozenset[str], ...]) -> list[str]:
    """The fillers that both have, each by the last of its names."""
    return [max(x & y) for x in one for y in other if x & y]


def _alone(a: Telling, b: Telling) -> bool:
    """Whether each has nobody in a role whom the other has not, where that has anybody."""
    return all(
        len(_common(a.roles[role], b.roles[role])) >= max(len(a.roles[role]), len(b.roles[role]))
        for role in _WHO
        if role in a.roles and role in b.roles
    )


def _unambiguous(found: list[Pair]) -> list[Pair]:
    """What is sure of two tellings of one article is sure of neither."""
    sides = Counter(
        side for p in found if p.sure for side in ((p.one.iri, p.other.document), (p.other.iri, p.one.document))
    )
    return [
        replace(p, sure=p.sure and sides[p.one.iri, p.other.document] == sides[p.other.iri, p.one.document] == 1)
        for p in found
    ]
