"""The small graph: plain triples alone, without the claims, their evidence and the text."""
from __future__ import annotations

from collections.abc import Iterable

from .rdf import IRI, Quad, kg, term

#: What a reader of plain triples has no use for: nodes of these classes, and these properties of the nodes that stay.
_LEFT_OUT = {kg("Claim"), kg("Evidence"), kg("UnassertedEvent")}
_SAID_OF_WORDS = {kg("evidence"), kg("content"), kg("status"), kg("sha256"), kg("producer"), term("schema:articleBody")}
#: Nodes that are something only for the node that points at them.
_HELD = {kg("Time"), kg("Quantity")}


def plain_triples(quads: Iterable[Quad]) -> list[Quad]:
    """Entities, asserted events with their roles, relations, and the document's own data; nothing that is only claimed."""
    quads = list(quads)
    types: dict[object, set[object]] = {}
    for quad in quads:
        if quad.predicate == term("rdf:type"):
            types.setdefault(quad.subject, set()).add(quad.object)
    gone = {node for node, classes in types.items() if classes & _LEFT_OUT}
    held = {node for node, classes in types.items() if classes & _HELD}
    kept = [q for q in quads if q.subject not in gone and q.object not in gone and q.predicate not in _SAID_OF_WORDS]
    used = {q.object for q in kept if isinstance(q.object, IRI) and q.subject not in held}
    return [q for q in kept if q.subject not in held or q.subject in used]
