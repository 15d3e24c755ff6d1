"""A Reading becomes quads: entities, events, claims with their evidence, and plain triples for what the article
asserts.

A triple stands plain only where its claim is asserted, positive, current and at least as sure as is asked for. An event
that is not asserted is plainly no more than a `kg:UnassertedEvent` with a label and a status; one that is asserted, but
whose type is less sure, a `kg:UnsureEvent`; all else about either is in claims.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from kg import rdf
from kg.identity import Identity
from kg.model import Claim, Document, Entity, Event, Evidence, Filler, Quantity, Reading, Standing, Time, Value, weaker
from kg.rdf import BASE, IRI, Literal, Quad, kg, term
from kg.vocabulary import Term, Vocabulary

__all__ = ["assemble"]

#: Nodes of places that the gazetteer knows → what it knows of them, as quads of the graph `background`.
Background = Callable[[Iterable[tuple[IRI, Entity]]], Iterable[Quad]]

_TYPE, _LABEL, _PREF, _ALT = term("rdf:type"), term("rdfs:label"), term("skos:prefLabel"), term("skos:altLabel")
_SUBJECT, _PREDICATE, _OBJECT = term("rdf:subject"), term("rdf:predicate"), term("rdf:object")


def assemble(
    reading: Reading,
    vocabulary: Vocabulary,
    *,
    base: str = BASE,
    with_text: bool = True,
    producer: str | None = None,
    background: Background | None = None,
    sure: int | None = None,
) -> list[Quad]:
    """The quads of one document: its own graph, named by the document, and `graph/background` beside it.

    `with_text` keeps the article's words in the graph; `producer` names program and model; `background` tells what the
    gazetteer knows of a place. `sure` is the least percentage of confidence at which a claim may stand plain; the graph
    records it. Each quad comes once; `rdf.serialize` puts them in order.
    """
    graph = _Graph(reading, Identity(reading.document, vocabulary, base), vocabulary, sure)
    graph.write_document(with_text, producer)
    for entity in reading.entities:
        graph.write_entity(entity)
    for event in reading.events:
        graph.write_event(event)
    for claim in reading.claims:
        graph.write_claim(claim)
    graph.write_confidence()
    graph.write_terms()
    quads = list(dict.fromkeys(graph.quads))
    if background is not None:
        quads += dict.fromkeys(background((graph.nodes[e.id], e) for e in reading.entities if e.place))
    return quads


def _asserted(standing: Standing, validity: str = "current") -> bool:
    return standing.status == "asserted" and standing.polarity == "positive" and validity == "current"


@dataclass
class _Graph:
    """The quads of one document as they grow."""

    reading: Reading
    identity: Identity
    vocabulary: Vocabulary
    sure: int | None = None  # the least confidence of a plain triple, in percent
    quads: list[Quad] = field(default_factory=list)
    rated: dict[IRI, float] = field(default_factory=dict)  # claim → its confidence, the highest of several
    nodes: dict[str, IRI] = field(default_factory=dict)  # entity or event id → IRI
    told: dict[Evidence, IRI] = field(default_factory=dict)  # evidence that stands already
    own: set[str] = field(default_factory=set)  # terms of the user's that are used

    def __post_init__(self) -> None:
        self.document = self.identity.of_document()
        self.nodes = self.identity.nodes(self.reading)
        self.standings = {v.id: v.standing for v in self.reading.events}

    def add(self, subject: IRI, predicate: IRI, object: IRI | Literal | None) -> None:
        if object is not None:
            self.quads.append(Quad(subject, predicate, object, self.document))

    def property(self, name: str) -> IRI:
        return self.named(name, self.vocabulary.properties)

    def klass(self, name: str) -> IRI:
        return self.named(name, self.vocabulary.classes)

    def named(self, name: str, terms: Mapping[str, Term]) -> IRI:
        if self.vocabulary.own:
            self.own |= self.vocabulary.lineage(name) & self.vocabulary.own
        return IRI(terms[name].iri) if name in terms else kg(name)

    def write_terms(self) -> None:
        """What the user's own terms mean, those above them included: elsewhere nothing else tells of it."""
        todo, done = sorted(self.own), set()
        while todo:
            name = todo.pop(0)
            if name in done:
                continue
            done.add(name)
            is_class = name in self.vocabulary.classes
            told = (self.vocabulary.classes if is_class else self.vocabulary.properties)[name]
            node = IRI(told.iri)
            self.add(node, _TYPE, term("owl:Class" if is_class else "rdf:Property"))
            self.add(node, _LABEL, Literal(told.label))
            self.add(node, term("rdfs:comment"), Literal(told.comment) if told.comment else None)
            for parent in told.parents:
                self.add(
                    node,
                    term("rdfs:subClassOf" if is_class else "rdfs:subPropertyOf"),
                    self.klass(parent) if is_class else self.property(parent),
                )
            for side, kinds in (("domain", told.domain), ("range", told.range)):
                for kind in kinds:  # several are alternatives
                    self.add(
                        node,
                        term(f"rdfs:{side}" if len(kinds) == 1 else f"schema:{side}Includes"),
                        term(kind) if ":" in kind else self.klass(kind),
                    )
            todo += sorted(self.own - done)

    # -------------------------------------------------------------- document, evidence, values

    def write_document(self, with_text: bool, producer: str | None) -> None:
        d: Document = self.reading.document
        digest = hashlib.sha256(d.text.encode()).hexdigest()
        self.add(self.document, _TYPE, kg("Document"))
        self.add(self.document, _LABEL, Literal(d.title or d.url or d.id or f"article {digest[:12]}"))
        self.add(self.document, kg("sha256"), Literal(digest))
        for predicate, value in (
            ("schema:identifier", d.id),
            ("schema:headline", d.title),
            ("schema:url", d.url),
            ("schema:publisher", d.publisher),
            ("schema:author", d.author),
            ("schema:articleSection", d.section),
            ("schema:inLanguage", d.language),
        ):
            self.add(self.document, term(predicate), Literal(value) if value else None)
        for predicate, day in (("schema:datePublished", d.date), ("schema:dateModified", d.modified)):
            self.add(self.document, term(predicate), rdf.literal(day, "xsd:date") if day else None)
        for name, where in d.taken:
            self.add(self.document, kg("takenFrom"), Literal(f"{name}: {where}"))
        if producer:
            self.add(self.document, kg("producer"), Literal(producer))
        if self.sure is not None:
            self.add(self.document, kg("sure"), rdf.literal(str(self.sure), "xsd:integer"))
        if with_text:
            self.add(self.document, term("schema:articleBody"), Literal(d.text))

    def evidence(self, evidence: Evidence) -> IRI:
        if evidence in self.told:
            return self.told[evidence]
        node = self.told[evidence] = self.identity.of_evidence(evidence)
        self.add(node, _TYPE, kg("Evidence"))
        self.add(node, kg("document"), self.document)
        self.add(node, kg("start"), rdf.literal(str(evidence.start), "xsd:integer"))
        self.add(node, kg("end"), rdf.literal(str(evidence.end), "xsd:integer"))
        self.add(node, kg("quote"), Literal(self.reading.document.text[evidence.start : evidence.end]))
        self.add(node, kg("rule"), Literal(evidence.rule))
        return node

    def time(self, time: Time) -> IRI:
        node = self.identity.of_time(time)
        self.add(node, _TYPE, kg("Time"))
        self.add(node, _TYPE, term("time:Duration" if time.kind == "duration" else "time:TemporalEntity"))
        self.add(node, _LABEL, Literal(time.text))
        self.add(node, kg("words"), Literal(time.text))
        if time.value:
            value = _dated(time.value)
            self.add(node, kg("value"), value)
            self.add(node, _OWL_TIME[value.datatype], value) if value.datatype in _OWL_TIME else None
        self.add(
            node,
            kg("granularity"),
            Literal(time.granularity if time.value and time.granularity else "unresolved")
            if time.granularity or not time.value
            else None,
        )
        self.add(node, kg("anchor"), rdf.literal(time.anchor, "xsd:date") if time.anchor else None)
        return node

    def quantity(self, q: Quantity) -> IRI:
        source = self.nodes.get(q.from_) if q.from_ else None
        node = self.identity.of_quantity(q, source)
        self.add(node, _TYPE, kg("Quantity"))
        self.add(node, _LABEL, Literal(_said(q)))
        for name, number in (("value", q.value), ("min", q.min), ("max", q.max)):
            self.add(node, kg(name), _number(number))
        for name, word in (("unit", q.unit), ("of", q.of), ("modifier", q.modifier)):
            self.add(node, kg(name), Literal(word) if word else None)
        self.add(node, kg("from"), source)
        return node

    def filler(self, filler: Filler | Time) -> IRI | Literal:
        if isinstance(filler, str):
            return self.nodes[filler]
        if isinstance(filler, Value):
            return rdf.literal(filler.value, filler.datatype)
        return self.time(filler) if isinstance(filler, Time) else self.quantity(filler)

    # -------------------------------------------------------------- entities

    def write_entity(self, entity: Entity) -> None:
        node = self.nodes[entity.id]
        self.add(node, _TYPE, self.klass(entity.type))
        for name in (_PREF, _LABEL):
            self.add(node, name, Literal(entity.label))
        for alias in entity.aliases:
            if alias != entity.label:
                self.add(node, _ALT, Literal(alias))
        for mention in entity.mentions:
            self.add(node, kg("evidence"), self.evidence(Evidence(mention.start, mention.end, mention.kind)))

    # -------------------------------------------------------------- events and claims

    def write_event(self, event: Event) -> None:
        node, standing = self.nodes[event.id], event.standing
        plain = self.plain(standing, confidence=event.confidence)
        self.add(node, _LABEL, Literal(event.label))
        self.add(node, kg("status"), kg(standing.status))
        if not plain:
            self.add(node, _TYPE, kg("UnsureEvent" if _asserted(standing) else "UnassertedEvent"))
        told = event.evidence or tuple(Evidence(a, b, event.rule) for a, b in event.triggers)
        self.claim(node, _TYPE, self.klass(event.type), standing, told, confidence=event.confidence)
        for role in event.roles:
            said = weaker(standing, role.standing) if role.standing else standing
            object = self.filler(role.filler)
            self.claim(node, self.property(role.name), object, said, (role.evidence,), confidence=role.confidence)
            if role.name in ("agent", "patient") and self.plain(said, confidence=role.confidence):
                self.add(node, kg("participant"), object)
        for name, time in (("time", event.time), ("duration", event.duration)):
            if time is not None:
                self.claim(
                    node,
                    kg(name),
                    self.time(time),
                    standing,
                    (Evidence(*time.span, name),),
                    confidence=time.confidence,
                )
        if event.content and _asserted(standing):
            for span in event.content:
                self.add(node, kg("content"), self.evidence(Evidence(*span, "content")))

    def write_claim(self, claim: Claim) -> None:
        standing = claim.standing
        for about in (claim.subject, claim.object):  # none is firmer than the event that it is about
            if isinstance(about, str) and about in self.standings:
                standing = weaker(standing, self.standings[about])
        self.claim(
            self.nodes[claim.subject],
            self.property(claim.predicate),
            self.filler(claim.object),
            standing,
            claim.evidence,
            claim.validity,
            claim.confidence,
            claim.origin,
        )

    def claim(
        self,
        subject: IRI,
        predicate: IRI,
        object: IRI | Literal,
        standing: Standing,
        told: tuple[Evidence, ...],
        validity: str = "current",
        confidence: float | None = None,
        origin: str = "extracted",
    ) -> None:
        by, via = self._node(standing.claimed_by), self._node(standing.via)
        modality = tuple(sorted(standing.modality))
        node = self.identity.of_claim(
            subject, predicate, object, standing.status, standing.polarity, validity, by, via, *modality
        )
        self.add(node, _TYPE, kg("Claim"))
        self.add(node, _SUBJECT, subject)
        self.add(node, _PREDICATE, predicate)
        self.add(node, _OBJECT, object)
        self.add(node, kg("status"), kg(standing.status))
        self.add(node, kg("polarity"), kg(standing.polarity))
        self.add(node, kg("validity"), kg(validity))
        self.add(node, kg("origin"), kg(origin))
        self.add(node, kg("fact"), self.identity.of_fact(subject, predicate, object))
        self.add(node, kg("claimedBy"), by)
        self.add(node, kg("via"), via)
        self.add(node, kg("statedIn"), self._node(standing.stated_in))
        for status in modality:
            self.add(node, kg("modality"), kg(status))
        if confidence is not None:
            self.rated[node] = max(confidence, self.rated.get(node, 0.0))
        for evidence in told:
            self.add(node, kg("evidence"), self.evidence(evidence))
        if self.plain(standing, validity, confidence):
            self.add(subject, predicate, object)

    def plain(self, standing: Standing, validity: str = "current", confidence: float | None = None) -> bool:
        """Whether a claim stands as a plain triple, too; one that nobody rated is sure enough."""
        unsure = self.sure is not None and confidence is not None and round(100 * confidence) < self.sure
        return _asserted(standing, validity) and not unsure

    def write_confidence(self) -> None:
        """How likely each claim is right; said twice in one document, it is as sure as its surest telling."""
        for node, confidence in self.rated.items():
            told = f"{confidence:.2f}".rstrip("0").rstrip(".")
            self.add(node, kg("confidence"), rdf.literal(told, "xsd:decimal"))

    def _node(self, id: str | None) -> IRI | None:
        return self.nodes.get(id) if id else None


_DATED = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}


def _dated(value: str) -> Literal:
    """An EDTF or ISO value, typed where XML Schema has the type: 2024, 2024-05, 2024-05-03, P7M."""
    if value.startswith("P"):
        return rdf.literal(value, "xsd:duration")
    if value.replace("-", "").isdigit() and len(value) in _DATED and value[:4].isdigit():
        month = value[5:7]
        if not month or "01" <= month <= "12":  # EDTF seasons (2024-21) are no gYearMonth
            return rdf.literal(value, _DATED[len(value)])
    return Literal(value)


#: The property of OWL-Time that holds a value of a datatype of XML Schema.
_OWL_TIME = {
    term(f"xsd:{datatype}"): term(f"time:{name}")
    for datatype, name in (
        ("date", "inXSDDate"),
        ("gYearMonth", "inXSDgYearMonth"),
        ("gYear", "inXSDgYear"),
        ("duration", "hasXSDDuration"),
    )
}


def _number(number: float | int | None) -> Literal | None:
    if number is None:
        return None
    if isinstance(number, int) or number == int(number):
        return rdf.literal(str(int(number)), "xsd:integer")
    return rdf.literal(f"{number:.10f}".rstrip("0"), "xsd:decimal")


def _said(q: Quantity) -> str:
    """A quantity in words: `about 15000 inmates`."""
    size = f"{_plain(q.value)}" if q.value is not None else f"{_plain(q.min)}–{_plain(q.max)}"
    return " ".join(filter(None, (q.modifier, size, q.unit, q.of if q.of != q.unit else None)))


def _plain(number: float | int | None) -> str:
    return "" if number is None else f"{number:g}" if abs(number) < 1e6 and number != int(number) else str(int(number))
