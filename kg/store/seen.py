"""What inference last saw, kept beside its conclusions, so that its next run looks at what changed since and at no
more.

The graph `inference` tells which rules drew the conclusions and what they read, and lists each triple read by them that
has since come to be said, or ceased to be. A change is noted in the transaction that makes it, so that none is ever
lost; where changes are not counted (much loaded at once, conclusions that others put in) the graph
goes, and inference begins anew.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from typing import cast

from pyoxigraph import DefaultGraph

from kg.rdf import IRI, Literal, Quad, special_graph, term
from kg.store.union import Engine, hidden

__all__ = ["Seen", "noted", "read", "says"]


@dataclass(frozen=True, slots=True)
class Seen:
    """The state of the graph `inferred`: a hash of its rules; what they read (predicate, and object if it is but one)
    and how many triples that was; how many conclusions stand.
    """

    rules: str
    reads: tuple[tuple[str, str | None], ...]
    read: int
    stand: int

    def quad(self, base: str) -> Quad:
        name = special_graph("inference", base)
        return Quad(name, term("rdf:value"), Literal(json.dumps(asdict(self))), name)


def read(inner: Engine, base: str) -> tuple[Seen | None, list[Quad]]:
    """What was seen, and the triples that changed since."""
    name = special_graph("inference", base)
    told = next(inner.quads_for_pattern(name, term("rdf:value"), None, name), None)
    if told is None:
        return None, []
    said = json.loads(cast("Literal", told.object).value)
    seen = Seen(said["rules"], tuple((p, o) for p, o in said["reads"]), said["read"], said["stand"])
    return seen, [
        Quad(q.subject, q.predicate, q.object)
        for q in cast("Iterable[Quad]", inner.quads_for_pattern(None, None, None, name))
        if q.subject != name
    ]


def says(inner: Engine, triple: Quad, inferred: IRI, without: Collection[IRI] = ()) -> bool:
    """Whether a triple stands in a graph but `inferred` and those `without`, or in no graph and yet in the union."""
    loose = concluded = False
    for quad in inner.quads_for_pattern(triple.subject, triple.predicate, triple.object, None):
        graph = quad.graph_name
        if isinstance(graph, DefaultGraph):
            loose = not without
        elif graph == inferred or graph in without:
            concluded = True
        elif not hidden(graph):
            return True
    return loose and not concluded


def noted(inner: Engine, base: str, gone: Iterable[Quad], new: Iterable[Quad]) -> tuple[set[Quad], list[Quad]]:
    """What a change of the store takes out of the graph `inference`, and puts in.

    A triple that changes twice is as it was.
    """
    name, inferred = special_graph("inference", base), special_graph("inferred", base)
    told = next(inner.quads_for_pattern(name, term("rdf:value"), None, name), None)
    if told is None:
        return set(), []
    if any(q.graph_name == inferred for side in (gone, new) for q in side):
        return set(cast("Iterable[Quad]", inner.quads_for_pattern(None, None, None, name))), []
    reads: dict[str, set[str | None]] = {}
    for predicate, value in json.loads(cast("Literal", told.object).value)["reads"]:
        reads.setdefault(predicate, set()).add(value)
    leaving, arriving = _by_triple(gone, reads), _by_triple(new, reads)
    out: set[Quad] = set()
    into: list[Quad] = []
    for triple in leaving | arriving:
        left, came = leaving.get(triple, set()), arriving.get(triple, set())
        if bool(left) != bool(came) and not says(inner, triple, inferred, left):
            quad = Quad(triple.subject, triple.predicate, triple.object, name)
            out.add(quad) if quad in inner else into.append(quad)
    return out, into


def _by_triple(quads: Iterable[Quad], reads: dict[str, set[str | None]]) -> dict[Quad, set[IRI]]:
    """Triples that a rule reads, with the graphs that they come into or go from."""
    found: dict[Quad, set[IRI]] = {}
    for quad in quads:
        values = reads.get(quad.predicate.value)
        if (
            values
            and (None in values or str(quad.object) in values)
            and isinstance(quad.graph_name, IRI)
            and not hidden(quad.graph_name)
        ):
            found.setdefault(Quad(quad.subject, quad.predicate, quad.object), set()).add(quad.graph_name)
    return found
