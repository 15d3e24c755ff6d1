"""The union of a store's graphs, each triple once: what is part of it, and how changes of it are written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from typing import Any, Protocol

import pyoxigraph as engine
from pyoxigraph import DefaultGraph

from kg.rdf import IRI, Quad

__all__ = ["BESIDE", "Engine", "HIDDEN", "UNION", "elsewhere", "hidden", "is_graph", "is_note", "statements"]

#: Those of the graphs beside the documents that queries do not see: the terms, what was decided in review, what
#: inference last saw, the tally, the prints by which copies are found.
HIDDEN = ("ontology", "decisions", "inference", "tally", "copies")
#: Graphs that are no document's.
BESIDE = ("background", "inferred", "links", "added", *HIDDEN)
UNION = DefaultGraph()
#: Those that the store itself writes, and nobody else.
_NOTES = ("/graph/inference", "/graph/tally", "/graph/copies")
_HIDDEN = tuple(f"/graph/{name}" for name in HIDDEN)


class Engine(Protocol):
    """What a store's quads are looked up in: an engine's store, or a view of one."""

    def quads_for_pattern(
        self, subject: Any, predicate: Any, object: Any, graph_name: Any = None, /
    ) -> Iterator[engine.Quad]: ...

    def named_graphs(self) -> Iterator[Any]: ...

    def __contains__(self, quad: Any, /) -> bool: ...


def is_graph(graph: object, name: str) -> bool:
    return isinstance(graph, IRI) and graph.value.endswith(f"/graph/{name}")


def hidden(graph: object) -> bool:
    return isinstance(graph, IRI) and graph.value.endswith(_HIDDEN)


def is_note(graph: object) -> bool:
    """Whether a graph holds what the store notes for itself."""
    return isinstance(graph, IRI) and graph.value.endswith(_NOTES)


def elsewhere(inner: Engine, quad: Quad, gone: Collection[Quad] = ()) -> bool:
    """Whether a graph of the union holds a triple, but for quads that go."""
    return any(
        isinstance(q.graph_name, IRI) and not hidden(q.graph_name) and q not in gone
        for q in inner.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    )


def statements(changes: Iterable[tuple[str, Quad]]) -> str:
    """An update that deletes and inserts these quads, in their order."""
    return ";\n".join(
        f"{verb} DATA {{\n" + "\n".join(_statement(q) for _, q in some) + "\n}"
        for verb, some in groupby(changes, key=lambda c: c[0])
    )


def _statement(quad: Quad) -> str:
    triple = f"{quad.subject} {quad.predicate} {quad.object}"
    return f"GRAPH {quad.graph_name} {{ {triple} }}" if isinstance(quad.graph_name, IRI) else f"{triple} ."
