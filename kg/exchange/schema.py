"""The plain part of a graph in schema.org's terms: types, names, relations and dates, for readers who know no other.

Which of its terms stands for one of ours is told by the ontology: by `rdfs:subClassOf` and `rdfs:subPropertyOf`, else
by
`skos:closeMatch`, of a term itself or of the nearest above it. What schema.org has no term for is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg import rdf
from kg.rdf import IRI, KG, PREFIXES, Literal, Quad, kg, term
from kg.slim import plain_triples
from kg.vocabulary import data_folder

__all__ = ["as_schema"]

SCHEMA = PREFIXES["schema"]
_TYPE, _THING, _NAME = term("rdf:type"), term("schema:Thing"), term("schema:name")
_ABOVE = (term("rdfs:subClassOf"), term("rdfs:subPropertyOf"))
_CLOSE, _INVERSE = term("skos:closeMatch"), term("owl:inverseOf")
#: Terms of other vocabularies that graphs use.
_OTHERS = {
    term(other): term(f"schema:{ours}")
    for other, ours in (
        ("skos:prefLabel", "name"),
        ("rdfs:label", "name"),
        ("skos:altLabel", "alternateName"),
        ("owl:sameAs", "sameAs"),
        ("geo:lat", "latitude"),
        ("geo:long", "longitude"),
    )
}
#: What a quantity says of itself.
_SIZES = {
    kg(ours): term(f"schema:{theirs}")
    for ours, theirs in (("value", "value"), ("min", "minValue"), ("max", "maxValue"), ("unit", "unitText"))
}
_DAY = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?"
_DATE = re.compile(rf"({_DAY})(?:/({_DAY}))?")


def as_schema(quads: Iterable[Quad]) -> list[Quad]:
    """The plain triples of quads in schema.org's terms, each in the graph that it stood in.

    Our own class is kept as `schema:additionalType`; an article names whom and what it mentions.
    """
    quads = list(quads)
    return _Translation(plain_triples(quads), _Alignment.of(quads)).quads()


@dataclass(frozen=True, slots=True)
class _Alignment:
    """Terms of ours → those above them, and those of schema.org that stand for them."""

    above: Mapping[IRI, list[IRI]]
    close: Mapping[IRI, list[IRI]]
    inverse: Mapping[IRI, list[IRI]]

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> _Alignment:
        """What the ontology says, and what a graph says of terms of its own."""
        told: tuple[dict[IRI, list[IRI]], ...] = ({}, {}, {})
        for quad in (*rdf.parse_file(data_folder("ontology") / "kg.ttl"), *quads):
            for kind, predicates in zip(told, (_ABOVE, (_CLOSE,), (_INVERSE,))):
                if quad.predicate in predicates and isinstance(quad.object, IRI):
                    kind.setdefault(quad.subject, []).append(quad.object)
        return cls(*told)

    def nearest(self, name: IRI, kind: Mapping[IRI, list[IRI]]) -> list[IRI]:
        """The terms of schema.org that `kind` gives for a term, or for the nearest above it that has one."""
        level, seen = [name], {name}
        while level:
            found = {t for n in level for t in kind.get(n, ()) if t.value.startswith(SCHEMA)}
            if found:
                return sorted(found, key=lambda t: t.value)
            level = [t for n in level for t in self.above.get(n, ()) if t not in seen]
            seen.update(level)
        return []

    def types(self, name: IRI) -> list[IRI]:
        """Those of a class; `schema:Thing` only where there is no other."""
        if name.value.startswith(SCHEMA):
            return [name]
        found = dict.fromkeys([*self.nearest(name, self.above), *self.nearest(name, self.close)])
        return [t for t in found if t != _THING] or list(found)

    def properties(self, name: IRI) -> list[IRI]:
        """Those of a property."""
        if name.value.startswith(SCHEMA):
            return [name]
        return [_OTHERS[name]] if name in _OTHERS else self.nearest(name, self.above) or self.nearest(name, self.close)


@dataclass
class _Translation:
    plain: list[Quad]
    terms: _Alignment
    about: dict[IRI | Literal, dict[IRI, list[IRI | Literal]]] = field(default_factory=dict)

    def quads(self) -> list[Quad]:
        for q in self.plain:
            self.about.setdefault(q.subject, {}).setdefault(q.predicate, []).append(q.object)
        found = list(dict.fromkeys(said for q in self.plain for said in self.say(q)))
        typed = {q.subject for q in found if q.predicate == _TYPE}
        used = {q.object for q in found}
        kept = {n for n in typed if not self.is_a(n, "Time") and (n in used or not self.is_a(n, "Quantity"))}
        found = [
            q
            for q in found
            if q.subject in kept and (not isinstance(q.object, IRI) or q.object in kept or q.predicate in _POINTING)
        ]
        return found + list(self.mentions(found))

    def is_a(self, node: IRI | Literal, kind: str) -> bool:
        return kg(kind) in self.about.get(node, {}).get(_TYPE, ())

    def say(self, q: Quad) -> Iterator[Quad]:
        """What one plain triple is in schema.org's terms."""

        def told(predicate: IRI, object: IRI | Literal) -> Quad:
            return Quad(q.subject, predicate, object, q.graph_name)

        if q.predicate == _TYPE and isinstance(q.object, IRI):
            types = self.terms.types(q.object)
            yield from (told(_TYPE, t) for t in types)
            if types and q.object.value.startswith(KG):
                yield told(term("schema:additionalType"), q.object)
        elif self.is_a(q.subject, "Quantity") and q.predicate in _SIZES:
            yield told(_SIZES[q.predicate], q.object)
        elif q.predicate == kg("time"):
            yield from (told(term(f"schema:{name}"), value) for name, value in self.dates(q.object))
        elif self.is_a(q.object, "Time"):
            yield from (
                told(p, v)
                for p in self.terms.properties(q.predicate)
                for v in self.about[q.object].get(kg("value"), ())
            )
        else:
            yield from (told(p, q.object) for p in self.terms.properties(q.predicate))
            if isinstance(q.object, IRI):
                backward = self.terms.nearest(q.predicate, self.terms.inverse)
                yield from (Quad(q.object, p, q.subject, q.graph_name) for p in backward)

    def dates(self, time: IRI | Literal) -> Iterator[tuple[str, Literal]]:
        """The day, month or year that begins and, if told, the one that ends a time; nothing where it is not known."""
        for value in self.about.get(time, {}).get(kg("value"), ()):
            if isinstance(value, Literal) and (m := _DATE.fullmatch(value.value)):
                yield "startDate", value if m[2] is None else Literal(m[1])
                if m[2]:
                    yield "endDate", Literal(m[2])

    def mentions(self, found: list[Quad]) -> Iterator[Quad]:
        """Whom and what each article names: what its graph, or a file of its triples alone, has a name for."""
        documents = rdf.documents_of(self.plain)
        for q in found:
            graph = q.graph_name if isinstance(q.graph_name, IRI) or len(documents) != 1 else documents[0]
            named = q.predicate == _NAME and q.subject != graph and not self.is_a(q.subject, "Quantity")
            if named and isinstance(graph, IRI) and graph in documents:
                yield Quad(graph, term("schema:mentions"), q.subject, q.graph_name)


#: Properties whose object is a name for something elsewhere.
_POINTING = (_TYPE, term("schema:additionalType"), term("schema:sameAs"))
