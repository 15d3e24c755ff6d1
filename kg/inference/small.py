"""The small world around a change: as much of what is said as settles what the change brings and takes.

From the changed triples the forms of the rules lead to the conclusions that may rest on them, and from each of these
back to all that it could rest on, or be kept from. What is said there, before the change and after, makes two small
stores; what follows in the one and not in the other went or came. A conclusion that changed, or that is reached in
another round than before, is a change in its turn.

That is exact: whatever is concluded in a small store has its whole derivation there, with the rounds that it has in the
large one. Filters are not read, so a small store may hold too much, never too little.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from kg.inference.forms import Bound, Pattern, put, unify
from kg.inference.index import Index, Known
from kg.inference.rounds import closure
from kg.rdf import IRI, Literal, Quad, special_graph
from kg.store import Store

__all__ = ["differences"]


def differences(
    store: Store, texts: Collection[tuple[str, str]], index: Index, changed: Iterable[Quad]
) -> tuple[set[Quad], set[Quad]] | None:
    """What the change and all around it let conclude before, and lets now; nothing if what was concluded is not
    what the store holds.
    """
    world = _World(store, index, changed)
    before, after = {}, {}
    size, pending, told = -1, list(world.changed), set(world.changed)
    while pending or size != len(world.said):
        world.reach(pending)
        world.settle()
        if size != len(world.said):
            size = len(world.said)
            before, after = (_follows(store.base, said, texts) for said in (world.before, world.after))
            world.know(before, after)
            world.settle()
        pending = [t for t in (before | after) if before.get(t) != after.get(t) and t not in told]
        told.update(pending)
    if not all(world.concluded(t) for t in before) or any(world.concluded(t) for t in after if t not in before):
        return None
    return set(before), set(after)


def _follows(base: str, said: Iterable[Quad], texts: Collection[tuple[str, str]]) -> dict[Quad, int]:
    with Store.memory(base) as bench:
        bench.load(said)
        return closure(bench, texts)


class _World:
    """What is known of the small world; grows until it is whole."""

    def __init__(self, store: Store, index: Index, changed: Iterable[Quad]) -> None:
        self.store, self._index = store, index
        self.graph = special_graph("inferred", store.base)
        self.changed = dict.fromkeys(changed)
        self.before: dict[Quad, None] = {}
        self.after: dict[Quad, None] = {}
        self.said: set[Quad] = set()
        self._seen: set[Quad] = set()
        self._todo: list[Quad] = []
        self._rested: set[object] = set()
        self._more = Store.memory(store.base)  # what the large store does not hold: what went, and what comes
        self._more.load(self.changed)

    # -------------------------------------------------------------- forward: what may rest on a change

    def reach(self, triples: Iterable[Quad]) -> None:
        """Take in the conclusions that may rest on these triples, with all that these may rest on."""
        done: set[object] = set()
        for triple in triples:
            for form, patterns, body, bound in self._index.needing(triple, self):
                for found in self.join(patterns, bound):
                    for whole in (
                        (found,)
                        if body
                        else self.join(form.rule.body, {k: v for k, v in found.items() if k in form.needs})
                    ):
                        key = (form.number, frozenset(whole.items()))
                        if key not in done:
                            done.add(key)
                            self.rest(form, whole)

    # -------------------------------------------------------------- backward: what a conclusion may rest on

    def rest(self, form: Known, bound: Bound) -> None:
        """Note all that one fit of a rule looks at."""
        for pattern in form.rule.body:
            self.note(_triple(put(pattern, bound)))
        for group in form.rule.beside:
            for found in self.join(group, bound):
                for pattern in group:
                    self.note(_triple(put(pattern, found)))

    def note(self, triple: Quad) -> None:
        if triple in self._seen:
            return
        self._seen.add(triple)
        says = self.store.says(triple)
        if says:
            self.after[triple] = None
        if says != (triple in self.changed):
            self.before[triple] = None
        if says or triple in self.changed:
            self.said.add(triple)
        if self.concluded(triple):
            self._todo.append(triple)

    def know(self, *concluded: Iterable[Quad]) -> None:
        """Take in conclusions of the small stores: each is looked into, so that it has its whole derivation there."""
        new = [t for some in concluded for t in some]
        self._more.load(Quad(t.subject, t.predicate, t.object, self.graph) for t in new)
        self._todo += dict.fromkeys(new)

    def settle(self) -> None:
        """Look into every conclusion until nothing new comes up."""
        while self._todo:
            for form, bound in self._index.concluding(self._todo.pop(), self):
                key = (form.number, frozenset(bound.items()))
                if key not in self._rested:
                    self._rested.add(key)
                    for whole in self.join(form.rule.body, bound):
                        self.rest(form, whole)

    def concluded(self, triple: Quad) -> bool:
        return Quad(triple.subject, triple.predicate, triple.object, self.graph) in self.store

    # -------------------------------------------------------------- looking up

    def join(self, patterns: tuple[Pattern, ...], bound: Bound, graph: IRI | None = None) -> Iterator[Bound]:
        """Every way to fit the patterns together, in what stands before or after the change."""
        rest = []
        for pattern in patterns:
            put_in = put(pattern, bound)
            if any(isinstance(node, str) for node in put_in):
                rest.append(put_in)
            elif next(self.find(put_in, graph), None) is None:
                return
        if not rest:
            yield bound
            return
        at, found = self._fewest(rest, graph)
        others = (*rest[:at], *rest[at + 1 :])
        for triple in found:
            if (more := unify(rest[at], triple, bound)) is not None:
                yield from self.join(others, more, graph)

    def _fewest(self, patterns: list[Pattern], graph: IRI | None) -> tuple[int, list[Quad]]:
        """The pattern with the fewest triples, and these. All are read side by side until one is at its end."""
        tied = [n for n, p in enumerate(patterns) if not (isinstance(p[0], str) and isinstance(p[2], str))] or list(
            range(len(patterns))
        )
        reading: list[tuple[int, Iterator[Quad], list[Quad]]] = [(n, self.find(patterns[n], graph), []) for n in tied]
        while True:
            for n, triples, found in reading:
                triple = next(triples, None)
                if triple is None:
                    return n, found
                found.append(triple)

    def find(self, pattern: Pattern, graph: IRI | None = None) -> Iterator[Quad]:
        subject, predicate, value = (None if isinstance(node, str) else node for node in pattern)
        if isinstance(subject, Literal) or isinstance(predicate, Literal):
            return
        yield from self.store.match(subject, predicate, value, graph)
        for quad in self._more.match(subject, predicate, value, graph):
            if quad not in self.store:
                yield quad


def _triple(pattern: Pattern) -> Quad:
    return Quad(*pattern)  # type: ignore[arg-type]
