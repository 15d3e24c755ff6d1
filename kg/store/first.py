"""Each triple once, graph after graph, in bounded memory: what a union is written by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kg.rdf import IRI, Quad

__all__ = ["First"]

#: Bytes by which a subject is known not to have come yet. Two that fall together cost a look into the store.
MARKS = 1 << 24


class First:
    """Which triples of a graph stand in none before it. `where` gives the graphs in which a triple stands."""

    def __init__(self, where: Callable[[Quad], Iterable[Any]]) -> None:
        self._where, self._done, self._marks = where, set[IRI](), bytearray(MARKS)
        self.count = 0  # of those that came first

    def of(self, graph: IRI, part: Iterable[Quad]) -> list[Quad]:
        """Those triples of the next graph."""
        found, came, known = [], set[int](), dict[IRI, bool]()
        for quad in part:
            subject = quad.subject
            if subject not in known:
                mark = hash(subject) % (8 * MARKS)
                known[subject] = bool(self._marks[mark >> 3] & (1 << (mark & 7)))
                came.add(mark)
            if not known[subject] or not any(name in self._done for name in self._where(quad)):
                found.append(quad)
        for mark in came:
            self._marks[mark >> 3] |= 1 << (mark & 7)
        self._done.add(graph)
        self.count += len(found)
        return found
