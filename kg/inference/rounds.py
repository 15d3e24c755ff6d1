"""Rules run round by round, each round on what is said and what earlier rounds concluded, until nothing new follows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from kg.errors import QueryError
from kg.rdf import Quad, Term, Triple, as_iri, special_graph, with_graph
from kg.store import Store

__all__ = ["ROUNDS", "closure"]

#: A closure longer than this is no closure over places and posts.
ROUNDS = 20


def closure(bench: Store, texts: Iterable[tuple[str, str]]) -> dict[Quad, int]:
    """Put what follows into a store's graph `inferred`; each conclusion and its round."""
    found: dict[Quad, int] = {}
    graph = special_graph("inferred", bench.base)
    for number in range(1, ROUNDS + 1):
        new = dict.fromkeys(quad for name, text in texts for quad in _run(bench, name, text) if quad not in found)
        if not new:
            break
        found.update(dict.fromkeys(new, number))
        bench.load(with_graph(new, graph))
    return found


def _run(bench: Store, name: str, text: str) -> Iterable[Quad]:
    try:
        rows = bench.query(text)
    except QueryError as problem:
        raise QueryError(problem.what, f"rule {name}", problem.remedy) from None
    for row in rows if isinstance(rows, Iterable) else (rows,):
        if not isinstance(row, Triple):
            raise QueryError("is no CONSTRUCT", f"rule {name}", "let it construct what it concludes")
        yield Quad(as_iri(row.subject), row.predicate, cast("Term", row.object))
