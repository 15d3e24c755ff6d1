"""Claims as RDF 1.2 has them: a claim reifies the triple that it is about (`claim rdf:reifies <<( s p o )>>`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kg.rdf import Quad, Triple, term

__all__ = ["as_rdf12", "from_rdf12"]

_PARTS = {term("rdf:subject"): 0, term("rdf:predicate"): 1, term("rdf:object"): 2}
_REIFIES = term("rdf:reifies")


def as_rdf12(quads: Iterable[Quad]) -> Iterator[Quad]:
    """The same graph with one `rdf:reifies` in place of subject, predicate and object."""
    parts: dict[tuple[Any, Any], list[Any]] = {}
    for quad in quads:
        if quad.predicate in _PARTS:
            parts.setdefault((quad.subject, quad.graph_name), [None] * 3)[_PARTS[quad.predicate]] = quad.object
        else:
            yield quad
    for (claim, graph), (subject, predicate, object) in parts.items():
        # the one place where the object of ours is a triple
        yield Quad(claim, _REIFIES, Triple(subject, predicate, object), graph)  # type: ignore[arg-type]


def from_rdf12(quads: Iterable[Quad]) -> Iterator[Quad]:
    """The classic form again."""
    for quad in quads:
        if quad.predicate == _REIFIES and isinstance(quad.object, Triple):
            told = quad.object
            for predicate, value in zip(_PARTS, (told.subject, told.predicate, told.object)):
                yield Quad(quad.subject, predicate, value, quad.graph_name)
        else:
            yield quad
