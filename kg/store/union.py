"""The union of a store's graphs, each triple once: what is part of it, and how it is made true again after an update."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby

import pyoxigraph as engine
from pyoxigraph import DefaultGraph, Quad

from kg.rdf import IRI, special_graph

__all__ = ["BESIDE", "HIDDEN", "UNION", "elsewhere", "hidden", "is_graph", "rejoin", "said", "statements"]

#: Those of the graphs beside the documents that queries do not see: the terms, what was decided in review, what
#: inference last saw.
HIDDEN = ("ontology", "decisions", "inference")
#: Graphs that are no document's.
BESIDE = ("background", "inferred", "links", "added", *HIDDEN)
UNION = DefaultGraph()
_HIDDEN = tuple(f"/graph/{name}" for name in HIDDEN)


def is_graph(graph: object, name: str) -> bool:
    return isinstance(graph, IRI) and graph.value.endswith(f"/graph/{name}")


def hidden(graph: object) -> bool:
    return isinstance(graph, IRI) and graph.value.endswith(_HIDDEN)


def elsewhere(inner: engine.Store, quad: Quad, gone: Collection[Quad] = ()) -> bool:
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


def said(inner: engine.Store) -> set[Quad]:
    """The triples that stand in some graph of the union."""
    return {
        Quad(q.subject, q.predicate, q.object)
        for g in inner.named_graphs()
        if isinstance(g, IRI) and not hidden(g)
        for q in inner.quads_for_pattern(None, None, None, g)
    }


def rejoin(inner: engine.Store, base: str, known: set[int], loose: Collection[int] = frozenset()) -> None:
    """Make the union that of the graphs again, after an update; hashes tell what it held before, and what of that stood in no graph."""
    there, seen = said(inner), set(inner.quads_for_pattern(None, None, None, UNION))
    added = special_graph("added", base)
    wrong: list[tuple[str, Quad]] = []
    for quad in seen - there:
        if hash(quad) in loose:
            continue
        wrong.append(
            ("DELETE", quad)
            if hash(quad) in known
            else ("INSERT", Quad(quad.subject, quad.predicate, quad.object, added))
        )
    for quad in there - seen:
        if hash(quad) in known:
            wrong += [
                ("DELETE", q)
                for q in inner.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
                if not hidden(q.graph_name)
            ]
        else:
            wrong.append(("INSERT", quad))
    steps = []
    for verb, quad in sorted(wrong, key=str):
        if any(isinstance(node, engine.BlankNode) for node in (quad.subject, quad.object)):
            (inner.add if verb == "INSERT" else inner.remove)(
                quad
            )  # SPARQL cannot name a blank node that is there already
        else:
            steps.append((verb, quad))
    if steps:
        inner.update(statements(steps))


def _statement(quad: Quad) -> str:
    triple = f"{quad.subject} {quad.predicate} {quad.object}"
    return f"GRAPH {quad.graph_name} {{ {triple} }}" if isinstance(quad.graph_name, IRI) else f"{triple} ."
