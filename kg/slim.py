"""The small graph: plain triples alone, without the claims, their evidence and the text."""

from __future__ import annotations

from collections.abc import Iterable

from kg.rdf import Literal, Quad, kg, term

_TYPE = term("rdf:type")
#: What a reader of plain triples has no use for: nodes of these classes, and these properties of the nodes that stay.
_LEFT_OUT = {kg("Claim"), kg("Evidence"), kg("UnassertedEvent"), kg("UnsureEvent")}
_SAID_OF_WORDS = {
    kg("evidence"),
    kg("content"),
    kg("status"),
    kg("sha256"),
    kg("producer"),
    kg("takenFrom"),
    term("schema:articleBody"),
}
_CALLED = {
    _TYPE,
    term("skos:prefLabel"),
    term("skos:altLabel"),
    term("rdfs:label"),
    *map(kg, ("words", "value", "granularity", "anchor")),
}


#: What is told of something else, and never for itself.
_VALUES = {kg("Quantity"), kg("Time")}


def plain_triples(quads: Iterable[Quad]) -> list[Quad]:
    """Entities, asserted events with their roles, relations, and the document's own data; nothing that is only claimed.

    What has no name and stands in no relation (an unnamed crowd, a time of an event that is only planned) is left out
    with it.
    """
    quads = list(dict.fromkeys(quads))
    gone = {q.subject for q in quads if q.predicate == _TYPE and q.object in _LEFT_OUT}
    names = {q.subject for q in quads if q.predicate == kg("rule") and q.object == Literal("name")}
    kept = [q for q in quads if q.subject not in gone and q.object not in gone and q.predicate not in _SAID_OF_WORDS]
    values = {q.subject for q in kept if q.predicate == _TYPE and q.object in _VALUES}
    # a number or time that nothing plain tells of is only claimed
    wanted = {q.object for q in kept if q.subject not in values}
    kept = [q for q in kept if q.subject not in values or q.subject in wanted]
    used: set[object] = {q.subject for q in quads if q.predicate == kg("evidence") and q.object in names}
    used |= {q.subject for q in kept if q.predicate == _TYPE and q.object == kg("Document")}
    used |= {node for q in kept if q.predicate not in _CALLED for node in (q.subject, q.object)}
    return [q for q in kept if q.subject in used]
