"""What a graph holds as records: claims with their quotes, things, events with their roles, articles. What every form
is written from.

One pass over the graph, a property at a time. A record knows its standing; what may be told as a fact is `Claim.firm`,
and no form tells anything else without its status.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from kg import vocabulary
from kg.queries import show
from kg.rdf import IRI, KG, PREFIXES, Literal, Quad, Term, kg, term
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
    claims: tuple[Claim, ...]
    terms: _Terms
    base: str

    @classmethod
    def of(cls, store: Store) -> Records:
        """The records of a store."""
        return _Reading(store).records()

    def without_text(self) -> Records:
        """The same, but for the texts of the articles; the quotes stay."""
        return replace(self, articles={id: replace(a, text="") for id, a in self.articles.items()})

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


class _Reading:
    """One reading of a store: tables of what is told, node → words, a property each."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.types = self.read_types()
        parents: dict[str, list[str]] = {}
        for name, parent in self.pairs("rdfs:subClassOf"):
            parents.setdefault(_local(name), []).append(_local(parent))
        self.terms = _Terms(vocabulary.load(), {name: tuple(sorted(p)) for name, p in parents.items()})
        self.names = {**self.longest("rdfs:label"), **self.longest("skos:prefLabel")}
        self.quotes = dict(self.read_quotes())
        self.evidence: dict[str, list[Quote]] = {}
        for node, quote in self.pairs("kg:evidence"):
            if quote in self.quotes:
                self.evidence.setdefault(node, []).append(self.quotes[quote])

    def pairs(self, curie: str, *objects: IRI) -> Iterator[tuple[str, str]]:
        """Subject and object, as words, of each triple of a property; of those objects alone, where some are given."""
        only = f"VALUES ?object {{ {' '.join(map(str, objects))} }}" if objects else ""
        return ((s, o) for s, o in self.store.words(f"SELECT ?node ?object {{ {only} ?node {term(curie)} ?object }}"))

    def read_types(self) -> dict[str, list[str]]:
        """Node → its classes; claims and evidence, which are most of a graph, are known by what is told of them."""
        found: dict[str, list[str]] = {}
        text = "SELECT ?node ?type { ?node a ?type FILTER(?type NOT IN (kg:Claim, kg:Evidence)) }"
        for node, type in self.store.words(text):
            found.setdefault(node, []).append(type)
        return found

    def first(self, curie: str) -> dict[str, str]:
        """Of each subject the value of a property; of several the first in order."""
        found: dict[str, str] = {}
        for node, value in self.pairs(curie):
            if node not in found or value < found[node]:
                found[node] = value
        return found

    def longest(self, curie: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for node, value in self.pairs(curie):
            if node not in found or (-len(value), value) < (-len(found[node]), found[node]):
                found[node] = value
        return found

    def several(self, curie: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for node, value in self.pairs(curie):
            found.setdefault(node, []).append(value)
        return {node: tuple(sorted(values)) for node, values in found.items()}

    def read_quotes(self) -> Iterator[tuple[str, Quote]]:
        start, end, words, rule = (self.first(f"kg:{name}") for name in ("start", "end", "quote", "rule"))
        shared: dict[str, str] = {}  # one string for each name, however many quotes it has
        for id, article in self.pairs("kg:document"):
            article, read = shared.setdefault(article, article), rule.get(id, "")
            span = int(start.get(id, 0)), int(end.get(id, 0))
            yield id, Quote(id, article, *span, words.get(id, ""), shared.setdefault(read, read))

    def quotes_of(self, node: str) -> tuple[Quote, ...]:
        return tuple(sorted(self.evidence.get(node, ()), key=lambda q: (q.article, q.start, q.end, q.id)))

    # -------------------------------------------------------------- records

    def records(self) -> Records:
        articles = {a.id: a for a in self.articles()}
        claims = list(self.claims())
        events = {e.id: e for e in self.events(claims)}
        things = {t.id: t for t in self.things(articles.keys() | events.keys())}
        dates = {id: article.date for id, article in articles.items()}

        def place(claim: Claim) -> tuple[str, str, int, int, str]:
            first = claim.quotes[0] if claim.quotes else None
            return (dates.get(first.article, ""), first.article, first.start, first.end, claim.id) if first else (
                "9999", "", 0, 0, claim.id)  # fmt: skip

        return Records(articles, things, events, tuple(sorted(claims, key=place)), self.terms, self.store.base)

    def articles(self) -> Iterator[Article]:
        told = {name: self.first(curie) for name, curie in _ARTICLE.items()}
        for id in sorted(node for node, types in self.types.items() if KG + "Document" in types):
            yield Article(id, self.names.get(id, id), **{name: known.get(id, "") for name, known in told.items()})

    def claims(self) -> Iterator[Claim]:
        status, speaker, via, fact, sure = (
            self.first(f"kg:{name}") for name in ("status", "claimedBy", "via", "fact", "confidence")
        )
        negative = dict(self.pairs("kg:polarity", kg("negative")))
        other = dict(self.pairs("kg:validity", kg("former"), kg("future")))
        origin = dict(self.pairs("kg:origin", kg("inferred"), kg("background")))
        modality = self.several("kg:modality")
        text = "SELECT ?claim ?s ?p ?o { ?claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"
        for claim, subject, predicate, object in self.store.select(text):
            id = _word(claim)
            stands, polarity = _local(status.get(id, "")), _local(negative.get(id, "positive"))
            validity = _local(other.get(id, "current"))
            vouched = (stands, polarity, validity) == ("asserted", "positive", "current")
            yield Claim(
                id,
                _word(subject),
                "type" if predicate == _TYPE else _local(predicate.value),
                _word(object),
                _datatype(object),
                stands,
                polarity,
                validity,
                speaker.get(id, ""),
                via.get(id, ""),
                tuple(_local(m) for m in modality.get(id, ())),
                float(sure[id]) if id in sure else None,
                _local(origin.get(id, "extracted")),
                fact.get(id, ""),
                vouched and Quad(subject, predicate, object) in self.store,
                self.quotes_of(id),
            )

    def events(self, claims: Iterable[Claim]) -> Iterator[Event]:
        about: dict[str, list[Claim]] = {}
        for claim in claims:
            about.setdefault(claim.subject, []).append(claim)
        status = self.first("kg:status")
        nodes = {node for node, told in about.items() if any(c.predicate == "type" for c in told)}
        nodes |= {
            n for n, types in self.types.items() if not {KG + "UnassertedEvent", KG + "UnsureEvent"}.isdisjoint(types)
        }
        for id in sorted(nodes):
            told = about.get(id, [])
            typed = min((c for c in told if c.predicate == "type"), key=lambda c: (not c.firm, c.id), default=None)
            type = _local(typed.object) if typed else "Event"
            roles = tuple(
                sorted((c for c in told if c.predicate != "type"), key=lambda c: (c.predicate, c.object, c.id))
            )
            yield Event(id, self.names.get(id, type), type, typed, _local(status.get(id, "")), roles)

    def things(self, others: Iterable[str]) -> Iterator[Thing]:
        others = set(others)
        aliases, same = self.several("skos:altLabel"), self.several("owl:sameAs")
        known = {name: self.first(curie) for curie, name in _VALUES.items()}
        for id in sorted(self.types.keys() - others):
            typed = ((*self.terms.place(t), t) for t in map(_local, self.types[id]))
            kinds = sorted((-depth, type, kind) for depth, kind, type in typed if kind)
            if not kinds:
                continue
            types, kind, label = tuple(type for _, type, _ in kinds), kinds[0][2], self.names.get(id, id)
            others_called = tuple(a for a in aliases.get(id, ()) if a != label)
            values = {name: told[id] for name, told in known.items() if id in told}
            yield Thing(id, label, types, kind, others_called, same.get(id, ()), self.quotes_of(id), values)


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
