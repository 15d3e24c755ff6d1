"""What a graph holds as records: claims with their quotes, things, events with their roles, articles. What every form
is written from.

One pass over the graph, a node at a time, onto shelves on disk: memory does not grow with it. A record knows its
standing; what may be told as a fact is `Claim.firm`, and no form tells anything else without its status.
"""

from __future__ import annotations

import calendar
import datetime
import marshal
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from itertools import product
from operator import attrgetter
from typing import Any

from kg import vocabulary
from kg.exchange.shelf import Shelf, disk, kept
from kg.queries import show
from kg.rdf import IRI, KG, PREFIXES, Literal, Quad, Term, term
from kg.store import Store
from kg.vocabulary import Vocabulary

__all__ = ["Article", "Claim", "Event", "Quote", "Records", "Thing", "days", "isodate"]

#: Coarse kinds of things, the most telling first.
KINDS = (
    "Person",
    "Group",
    "Organization",
    "Place",
    "Office",
    "Artifact",
    "Program",
    "Concept",
    "Quantity",
    "Time",
    "Entity",
)
_TYPE = term("rdf:type")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article: code points `start` to `end` (exclusive) of its text, and the rule that read them."""

    id: str
    article: str
    start: int
    end: int
    words: str
    rule: str


@dataclass(frozen=True, slots=True)
class Article:
    """A document; what is not known of it is empty. `text` is empty where the graph holds none."""

    id: str
    label: str
    title: str
    url: str
    date: str
    modified: str
    publisher: str
    author: str
    section: str
    language: str
    sha256: str
    producer: str
    identifier: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity, a quantity or a time. `kind` is the coarse class; `values` what is told of a quantity, a time or a
    place.
    """

    id: str
    label: str
    types: tuple[str, ...]  # the most telling first
    kind: str
    aliases: tuple[str, ...]
    same_as: tuple[str, ...]
    mentions: tuple[Quote, ...]
    values: Mapping[str, str]

    @property
    def type(self) -> str:
        return self.types[0]


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. `object` is an IRI, or the words of a literal whose `datatype` is then given; `plain`: it stands
    plain in the graph.
    """

    id: str
    subject: str
    predicate: str
    object: str
    datatype: str
    status: str
    polarity: str
    validity: str
    speaker: str
    via: str
    modality: tuple[str, ...]
    confidence: float | None
    origin: str
    fact: str
    plain: bool
    quotes: tuple[Quote, ...]

    @property
    def firm(self) -> bool:
        """Whether the article itself says so, and surely enough: of the present, or of a past or a future that it
        vouches for.
        """
        said = self.status == "asserted" and self.polarity == "positive" and self.origin != "inferred"
        return said and (self.plain or self.validity != "current")


@dataclass(frozen=True, slots=True)
class Event:
    """An event: `typed` is the claim that it happened and of what type, `roles` the claims of who, where and when."""

    id: str
    label: str
    type: str
    typed: Claim | None
    status: str
    roles: tuple[Claim, ...]

    @property
    def firm(self) -> bool:
        """Whether it may be told as something that happened."""
        return self.typed is not None and self.typed.firm

    @property
    def quotes(self) -> tuple[Quote, ...]:
        return self.typed.quotes if self.typed is not None else ()

    @property
    def passage(self) -> Quote | None:
        """The longest of the quotes that tell of it as it stands: a clause, where its own words are a verb alone."""
        if not self.quotes:
            return None
        near = (
            q for role in self.roles if self.as_firm(role) for q in role.quotes if q.article == self.quotes[0].article
        )
        return max((*self.quotes, *near), key=lambda q: (len(q.words), -q.start, q.id))

    def told(self, *names: str) -> Iterator[Claim]:
        """Its roles of these names that stand exactly as the event itself does."""
        return (r for r in self.roles if r.predicate in names and self.as_firm(r))

    def as_firm(self, role: Claim) -> bool:
        """Whether a role stands as the event does."""
        event = self.typed
        return event is not None and (role.status, role.polarity, role.validity, role.speaker, role.firm) == (
            event.status,
            event.polarity,
            event.validity,
            event.speaker,
            event.firm,
        )


@dataclass(frozen=True)
class Records:
    """All of a graph. The claims in the order of the articles and their words, all else in the order of the IRIs."""

    articles: Mapping[str, Article]
    things: Mapping[str, Thing]
    events: Mapping[str, Event]
    claims: Claims
    place: sqlite3.Connection = field(repr=False)
    terms: _Terms
    base: str

    @classmethod
    def of(cls, store: Store) -> Records:
        """The records of a store."""
        return _Reading(store).records()

    def without_text(self) -> Records:
        """The same, but for the texts of the articles; the quotes stay."""
        assert isinstance(self.articles, Shelf)
        return replace(self, articles=self.articles.changed(lambda article: replace(article, text="")))

    def label(self, value: str, datatype: str = "") -> str:
        """What people call a node; the words of a literal."""
        if datatype or not value:
            return value
        found = self.things.get(value) or self.events.get(value) or self.articles.get(value)
        return found.label if found else show(IRI(value), {}, self.base)

    def type_of(self, value: str, datatype: str = "") -> str:
        """The most telling type of a node, the short datatype of a literal."""
        if datatype or not value:
            return datatype
        if value in self.articles:
            return "Document"
        found = self.things.get(value) or self.events.get(value)
        return found.type if found else ""

    def is_a(self, type: str, ancestor: str) -> bool:
        """Whether a type is, or stands below, another; the graph's own classes included."""
        return self.terms.is_a(type, ancestor)

    def time_of(self, event: Event) -> Thing | None:
        """When an event is told to have been, where that is told as firmly as the event."""
        return next((self.things[r.object] for r in event.told("time") if r.object in self.things), None)

    def sentence(self, claim: Claim) -> str:
        """A claim as a line: subject, predicate, object."""
        words = (self.label(claim.subject), claim.predicate, self.label(claim.object, claim.datatype))
        return " · ".join(words)

    def standing(self, claim: Claim) -> str:
        """How a claim stands, in words: "alleged by Prosecutors", "reported, negative, via the daily"."""
        said = [claim.status + (f" by {self.label(claim.speaker)}" if claim.speaker else "")]
        said += [word for word in (claim.polarity, claim.validity) if word not in ("positive", "current")]
        said += [f"via {self.label(claim.via)}"] if claim.via else []
        if claim.status == "asserted" and not claim.firm and claim.polarity == "positive":
            said.append("unsure")
        return ", ".join(said)


@dataclass(frozen=True)
class _Terms:
    """The classes of the ontology, and those that the graph brings along."""

    ours: Vocabulary
    parents: Mapping[str, tuple[str, ...]]
    places: dict[str, tuple[int, str]] = field(default_factory=dict, compare=False)  # what `place` has found
    climbed: dict[tuple[str, str], bool] = field(default_factory=dict, compare=False)  # and `is_a`

    def is_a(self, type: str, ancestor: str) -> bool:
        asked = (type, ancestor)
        if asked not in self.climbed:
            self.climbed[asked] = self._climb(type, ancestor)
        return self.climbed[asked]

    def _climb(self, type: str, ancestor: str) -> bool:
        todo, seen = [type], {type}
        while todo:
            name = todo.pop()
            if name == ancestor or self.ours.is_a(name, ancestor):
                return True
            more = [p for p in self.parents.get(name, ()) if p not in seen]
            todo += more
            seen.update(more)
        return False

    def place(self, type: str) -> tuple[int, str]:
        """How far below the top a class stands, and of what coarse kind it is."""
        if type not in self.places:
            above = [self.place(p)[0] + 1 for p in self.parents.get(type, ()) if p != type]
            kind = next((kind for kind in KINDS if self.is_a(type, kind)), "")
            self.places[type] = max((*above, len(self.ours.lineage(type)))), kind
        return self.places[type]


#: What is told of quantities, times and places → its name among the values of a thing.
_VALUES = {
    "kg:value": "value",
    "kg:min": "min",
    "kg:max": "max",
    "kg:unit": "unit",
    "kg:of": "of",
    "kg:modifier": "modifier",
    "kg:words": "words",
    "kg:granularity": "granularity",
    "kg:anchor": "anchor",
    "kg:countryCode": "country",
    "geo:lat": "latitude",
    "geo:long": "longitude",
}
_ARTICLE = {
    "title": "schema:headline",
    "url": "schema:url",
    "date": "schema:datePublished",
    "modified": "schema:dateModified",
    "publisher": "schema:publisher",
    "author": "schema:author",
    "section": "schema:articleSection",
    "language": "schema:inLanguage",
    "sha256": "kg:sha256",
    "producer": "kg:producer",
    "identifier": "schema:identifier",
    "text": "schema:articleBody",
}


class Claims:
    """The claims, in the order of the articles and their words; those whose words are not told last."""

    def __init__(self, place: sqlite3.Connection) -> None:
        self._place = place
        for table in (
            "claim (n INTEGER PRIMARY KEY, date, article, start, stop, id, subject, object, speaker, via, value)",
            "quoted (article, n)",
        ):
            place.execute(f"CREATE TABLE {table}")

    def fill(self, claims: Iterable[tuple[str, Claim]]) -> None:
        """Keep the claims, each with the date of the article of its first quote."""
        for date, claim in claims:
            first = claim.quotes[0] if claim.quotes else None
            place = (date, first.article, first.start, first.end) if first else ("9999", "", 0, 0)
            who = claim.id, claim.subject, claim.object, claim.speaker, claim.via
            n = self._place.execute(
                "INSERT INTO claim VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*place, *who, kept(_flat(claim)))
            ).lastrowid
            self._place.executemany(
                "INSERT INTO quoted VALUES (?, ?)", ((a, n) for a in {quote.article for quote in claim.quotes})
            )
        for index in (
            f"ordered ON claim ({_ORDER})",
            "about ON claim (subject)",
            "told ON claim (object)",
            "speaking ON claim (speaker) WHERE speaker != ''",
            "passed ON claim (via) WHERE via != ''",
            "quoting ON quoted (article)",
        ):
            self._place.execute(f"CREATE INDEX {index}")

    def _rows(self, where: str = "", *values: str) -> Iterator[Claim]:
        found = self._place.execute(f"SELECT value FROM claim {where} ORDER BY {_ORDER}", values)
        return (_claim(marshal.loads(data)) for (data,) in found)  # noqa: S302  # written here

    def __iter__(self) -> Iterator[Claim]:
        return self._rows()

    def __len__(self) -> int:
        return self._count("TRUE")

    def _count(self, where: str, *values: str) -> int:
        return int(self._place.execute(f"SELECT count(*) FROM claim WHERE {where}", values).fetchone()[0])

    def about(self, subject: str) -> list[Claim]:
        """Those whose subject it is."""
        return list(self._rows("WHERE subject = ?", subject))

    def by(self, speaker: str) -> Iterator[Claim]:
        """Those of a source."""
        return self._rows("WHERE speaker = ? AND speaker != ''", speaker)

    def quoting(self, article: str) -> Iterator[Claim]:
        """Those whose words stand in an article."""
        return self._rows("WHERE n IN (SELECT n FROM quoted WHERE article = ?)", article)

    def naming(self, node: str) -> int:
        """How many have it as subject or object."""
        return self._count("subject = ? OR object = ?", node, node)

    def passed_on(self, by: str) -> int:
        """How many are told by way of it."""
        return self._count("via = ? AND via != ''", by)

    def sources(self) -> Iterator[str]:
        """Who says or passes on a claim, in order."""
        text = "SELECT speaker FROM claim WHERE speaker != '' UNION SELECT via FROM claim WHERE via != ''"
        return (name for (name,) in self._place.execute(text))

    def subjects(self) -> Iterator[str]:
        """What claims are about."""
        return (name for (name,) in self._place.execute("SELECT DISTINCT subject FROM claim"))


# ------------------------------------------------------------------ records as they are kept

_FIELDS: dict[type, Callable[[Any], tuple[Any, ...]]] = {
    kind: attrgetter(*(f.name for f in fields(kind))) for kind in (Quote, Article, Thing, Claim, Event)
}


def _flat(claim: Claim) -> tuple[Any, ...]:
    *told, quotes = _FIELDS[Claim](claim)
    return (*told, tuple(map(_FIELDS[Quote], quotes)))


def _with_quotes(flat: tuple[Any, ...], quotes: tuple[Quote, ...]) -> Claim:
    told = (*flat[:-1], quotes)
    return Claim(*told)


def _claim(flat: tuple[Any, ...]) -> Claim:
    return _with_quotes(flat, tuple(Quote(*quote) for quote in flat[-1]))


def _flat_event(event: Event) -> tuple[Any, ...]:
    return (
        *(event.id, event.label, event.type, event.status),
        event.typed and _flat(event.typed),
        tuple(map(_flat, event.roles)),
    )


def _event(flat: tuple[Any, ...]) -> Event:
    id, label, type, status, typed, roles = flat
    return Event(id, label, type, typed and _claim(typed), status, tuple(map(_claim, roles)))


def _flat_thing(thing: Thing) -> tuple[Any, ...]:
    *told, mentions, values = _FIELDS[Thing](thing)
    return (*told, tuple(map(_FIELDS[Quote], mentions)), dict(values))


def _thing(flat: tuple[Any, ...]) -> Thing:
    *told, mentions, values = flat
    told += (tuple(Quote(*quote) for quote in mentions), values)
    return Thing(*told)


_ORDER = "date, article, start, stop, id"
#: What is told of a node: property → words, in order.
_Told = dict[str, list[str]]
#: What one node claims, each without its quotes, and the names of its evidence.
_Said = tuple[list[tuple[Any, ...]], list[str]]


class _Reading:
    """One reading of a store, node by node."""

    def __init__(self, store: Store) -> None:
        self.store, self.place = store, disk()
        parents: dict[str, list[str]] = {}
        for name, parent in store.words(f"SELECT ?node ?above {{ ?node {_BELOW} ?above }}"):
            parents.setdefault(_local(name), []).append(_local(parent))
        self.terms = _Terms(vocabulary.load(), {name: tuple(sorted(p)) for name, p in parents.items()})
        self.quotes: Shelf[Quote] = Shelf(self.place, "quotes", _FIELDS[Quote], lambda flat: Quote(*flat))
        self.said: Shelf[_Said] = Shelf(self.place, "said", lambda said: said, lambda flat: flat)
        self.nodes: Shelf[_Told] = Shelf(self.place, "nodes", lambda told: told, lambda told: told)
        for node, quads in store.nodes():
            told: _Told = {}
            for quad in quads:
                told.setdefault(quad.predicate.value, []).append(_word(quad.object))
            for words in told.values():
                if len(words) > 1:
                    words.sort()
            self.keep(node.value, told, quads)

    def keep(self, id: str, told: _Told, quads: list[Quad]) -> None:
        """Put a node where it belongs: a quote, a claim, or what these tell of."""
        if article := _first(told, _DOCUMENT):
            span = (int(_first(told, _START) or 0), int(_first(told, _END) or 0))
            quote = Quote(id, article, *span, _first(told, _QUOTE), _first(told, _RULE))
            self.quotes.put(id, quote)
        elif told.keys() >= _PARTS:
            self.said.put(id, ([_flat(c) for c in self.claims(id, told, quads)], told.get(_EVIDENCE, [])))
        types = told.get(_TYPE.value)
        if types:
            told[_TYPE.value] = [type for type in types if type not in _MADE]
        if told.get(_TYPE.value) or not told.keys() >= _PARTS and not article and not told.keys().isdisjoint(_CALLED):
            self.nodes.put(id, told)

    def claims(self, id: str, told: _Told, quads: list[Quad]) -> Iterator[Claim]:
        """What a node claims, its quotes not yet there: once, unless its parts are several."""
        status = _local(_first(told, _STATUS))
        polarity = "negative" if KG + "negative" in told.get(KG + "polarity", ()) else "positive"
        validity = _one_of(told.get(KG + "validity", ()), ("former", "future"), "current")
        origin = _one_of(told.get(KG + "origin", ()), ("inferred", "background"), "extracted")
        sure = _first(told, KG + "confidence")
        vouched = (status, polarity, validity) == ("asserted", "positive", "current")
        parts = ([q.object for q in quads if q.predicate.value == part] for part in (_SUBJECT, _PREDICATE, _OBJECT))
        for subject, predicate, object in product(*parts):
            if not isinstance(predicate, IRI):
                continue
            yield Claim(
                id,
                _word(subject),
                "type" if predicate == _TYPE else _local(predicate.value),
                _word(object),
                _datatype(object),
                status,
                polarity,
                validity,
                _first(told, KG + "claimedBy"),
                _first(told, KG + "via"),
                tuple(map(_local, told.get(KG + "modality", ()))),
                float(sure) if sure else None,
                origin,
                _first(told, KG + "fact"),
                vouched and isinstance(subject, IRI) and Quad(subject, predicate, object) in self.store,
                (),
            )

    def quotes_of(self, evidence: Iterable[str]) -> tuple[Quote, ...]:
        found = (quote for name in evidence if (quote := self.quotes.get(name)))
        return tuple(sorted(found, key=lambda q: (q.article, q.start, q.end, q.id)))

    # -------------------------------------------------------------- records

    def records(self) -> Records:
        articles: Shelf[Article] = Shelf(self.place, "articles", _FIELDS[Article], lambda flat: Article(*flat))
        for id, about in self.nodes.items():
            if KG + "Document" in about.get(_TYPE.value, ()):
                values = {name: _first(about, term(curie).value) for name, curie in _ARTICLE.items()}
                articles.put(id, Article(id, _name(about) or id, **values))
        claims = Claims(self.place)
        claims.fill(self.quoted({id: article.date for id, article in articles.items()}))
        self.said.clear()
        events: Shelf[Event] = Shelf(self.place, "events", _flat_event, _event)
        for id in claims.subjects():
            told = claims.about(id)
            if any(claim.predicate == "type" for claim in told):
                events.put(id, self.event(id, told))
        things: Shelf[Thing] = Shelf(self.place, "things", _flat_thing, _thing)
        for id, about in self.nodes.items():
            if not _UNTOLD.isdisjoint(about.get(_TYPE.value, ())) and id not in events:
                events.put(id, self.event(id, claims.about(id)))
            elif id not in articles and id not in events and (thing := self.thing(id, about)):
                things.put(id, thing)
        self.nodes.clear()
        self.quotes.clear()
        return Records(articles, things, events, claims, self.place, self.terms, self.store.base)

    def quoted(self, dates: Mapping[str, str]) -> Iterator[tuple[str, Claim]]:
        """The claims with their quotes, and the date of the article that comes first."""
        for _, (some, evidence) in self.said.items():
            quotes = self.quotes_of(evidence)
            for claim in some:
                yield dates.get(quotes[0].article, "") if quotes else "", _with_quotes(claim, quotes)

    def event(self, id: str, told: list[Claim]) -> Event:
        about = self.nodes.get(id, {})
        typed = min((c for c in told if c.predicate == "type"), key=lambda c: (not c.firm, c.id), default=None)
        type = _local(typed.object) if typed else "Event"
        roles = tuple(sorted((c for c in told if c.predicate != "type"), key=lambda c: (c.predicate, c.object, c.id)))
        return Event(id, _name(about) or type, type, typed, _local(_first(about, _STATUS)), roles)

    def thing(self, id: str, told: _Told) -> Thing | None:
        """What is no document and no event, if a class of ours holds it."""
        typed = ((*self.terms.place(t), t) for t in map(_local, told.get(_TYPE.value, ())))
        kinds = sorted((-depth, type, kind) for depth, kind, type in typed if kind)
        if not kinds:
            return None
        types, label = tuple(type for _, type, _ in kinds), _name(told) or id
        aliases = tuple(a for a in told.get(_ALIAS, ()) if a != label)
        values = {name: _first(told, term(curie).value) for curie, name in _VALUES.items() if term(curie).value in told}
        same, mentions = tuple(told.get(_SAME, ())), self.quotes_of(told.get(_EVIDENCE, ()))
        return Thing(id, label, types, kinds[0][2], aliases, same, mentions, values)


_BELOW = term("rdfs:subClassOf")
_SUBJECT, _PREDICATE, _OBJECT = (term(f"rdf:{part}").value for part in ("subject", "predicate", "object"))
_PARTS = frozenset((_SUBJECT, _PREDICATE, _OBJECT))
_DOCUMENT, _START, _END, _QUOTE, _RULE = (KG + name for name in ("document", "start", "end", "quote", "rule"))
_EVIDENCE, _STATUS = KG + "evidence", KG + "status"
_LABEL, _PREF, _ALIAS, _SAME = (
    term(name).value for name in ("rdfs:label", "skos:prefLabel", "skos:altLabel", "owl:sameAs")
)
_CALLED = (_LABEL, _PREF, _STATUS)
#: Claims and evidence are known by what is told of them; events that are not plain ones by these.
_MADE, _UNTOLD = (KG + "Claim", KG + "Evidence"), frozenset((KG + "UnassertedEvent", KG + "UnsureEvent"))


def _first(told: _Told, property: str) -> str:
    """What a property says; of several values the first in order."""
    return told[property][0] if property in told else ""


def _name(told: _Told) -> str:
    """The longest of the names that a node is preferably called by, or else of its labels."""
    return min(told.get(_PREF) or told.get(_LABEL) or ("",), key=lambda word: (-len(word), word))


def _one_of(values: Iterable[str], names: tuple[str, ...], usual: str) -> str:
    """The last of these terms that is told, or the usual one."""
    return next((name for name in reversed(names) if KG + name in values), usual)


@lru_cache(maxsize=1 << 12)
def _local(iri: str) -> str:
    """A term of ours by its local name; another's as it is, or by its prefix."""
    if iri.startswith(KG):
        return iri[len(KG) :]
    return next((f"{p}:{iri[len(ns) :]}" for p, ns in PREFIXES.items() if iri.startswith(ns)), iri)


def _word(node: Term) -> str:
    """A node as `Store.words` writes it."""
    return node.value if isinstance(node, (IRI, Literal)) else str(node)


def _datatype(object: IRI | Literal) -> str:
    return _local(object.datatype.value) if isinstance(object, Literal) else ""


# ------------------------------------------------------------------ time

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def isodate(value: str) -> str:
    """The part of an ISO 8601 or EDTF value that is a plain day, month or year: a season becomes its year; nothing for
    others.
    """
    if not (found := _DAY.match(value)):
        return ""
    year, month, day = found.groups()
    if not "0001" <= year:
        return ""
    if month is None or not "01" <= month <= "12":
        return year
    return "-".join((year, month) if day is None or not "01" <= day <= "31" else (year, month, day))


def days(value: str) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of an ISO 8601 or EDTF value, such as 2024, 2024-05 or 2024-05-03/2024-05-07."""
    first, _, last = value.partition("/")
    begins, ends = isodate(first), isodate(last or first)
    if not begins or not ends:
        return None
    try:
        start = datetime.date.fromisoformat((begins + "-01-01")[:10])
        year, month, day = (*map(int, ends.split("-")), 0, 0)[:3]
        month = month or 12
        return start, datetime.date(year, month, day or calendar.monthrange(year, month)[1])
    except ValueError:
        return None
