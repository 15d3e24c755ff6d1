"""From a triple to the rules' forms that need it, and to those that conclude it.

Where several patterns describe one node, as a claim is described, a form is found by the rarest of its fixed values:
one look at the node instead of one for every pattern of every form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from kg.inference.forms import Bound, Form, Pattern, unify, variables
from kg.rdf import IRI, Quad, Term
from kg.store import Store

__all__ = ["Index", "Known", "World"]

T = TypeVar("T")


class World(Protocol):
    """Where patterns are looked up."""

    graph: IRI

    def find(self, pattern: Pattern, graph: IRI | None = None) -> Iterator[Quad]: ...

    def join(self, patterns: tuple[Pattern, ...], bound: Bound, graph: IRI | None = None) -> Iterator[Bound]: ...


class Known:
    """A form, and what it is found by."""

    def __init__(self, number: int, rule: Form) -> None:
        self.number, self.rule = number, rule
        self.needs = variables(rule.body)
        self.key = variables(rule.head) & self.needs

    def star(self, node: str) -> tuple[Pattern, ...]:
        """What the rule always concludes of a node that it makes: stands whole or not at all."""
        return tuple(p for p in self.rule.head if node in p and variables((p,)) <= self.key | {node})


class Index:
    """The forms of all rules, by the triples that they need and that they conclude."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self._needed: _Table[tuple[Known, tuple[Pattern, ...], bool]] = _Table()
        self._made: _Table[Known] = _Table()
        for number, form in enumerate(forms):
            known = Known(number, form)
            self._needed.add((known, form.body, True), form.body)
            for group in form.beside:
                self._needed.add((known, group, False), group)
            self._made.add(known, form.head)

    def needing(self, triple: Quad, world: World) -> Iterator[tuple[Known, tuple[Pattern, ...], bool, Bound]]:
        """Forms, the patterns among which the triple may be, whether these are the body, and what the triple binds."""
        for (form, patterns, body), _, bound in self._needed.find(triple, world):
            yield form, patterns, body, bound

    def concluding(self, triple: Quad, world: World) -> Iterator[tuple[Known, Bound]]:
        """The forms that may conclude a triple, with what it tells of their premises."""
        for form, node, bound in self._made.find(triple, world, world.graph):
            made = node or next((k for k in bound if k not in form.key), None)
            star = form.star(made) if made and not form.key <= bound.keys() else ()
            for found in world.join(star, {made: bound[made]}, world.graph) if star else (bound,):  # type: ignore[index, dict-item]
                yield form, {k: v for k, v in found.items() if k in form.key}

    def read(self, store: Store) -> Iterator[Quad]:
        """All triples of a store that the rules read."""
        return self._needed.read(store)

    def reads(self) -> list[tuple[IRI, Term | None]]:
        """What the rules read: a predicate, and an object where it is always the same."""
        return self._needed.reads()


class _Table(Generic[T]):
    """Whose patterns a triple may fit."""

    def __init__(self) -> None:
        self._plain: dict[tuple[IRI, Term | None], list[tuple[T, Pattern]]] = {}
        self._stars: list[tuple[T, str, list[Pattern]]] = []

    def add(self, whose: T, patterns: Iterable[Pattern]) -> None:
        nodes: dict[object, list[Pattern]] = {}
        for pattern in patterns:
            nodes.setdefault(pattern[0], []).append(pattern)
        for node, about in nodes.items():
            if isinstance(node, str) and len(about) > 2 and any(map(_fixed, about)):
                self._stars.append((whose, node, about))
            else:
                for pattern in about:
                    self._plain.setdefault((pattern[1], _fixed(pattern)), []).append((whose, pattern))  # type: ignore[arg-type]

    @cached_property
    def _by_fixed(self) -> dict[tuple[IRI, Term], list[tuple[T, str, list[Pattern]]]]:
        """The described nodes by the fixed value that the fewest of them have."""
        pairs = [
            [(p[1], value) for p in about if isinstance(p[1], IRI) and (value := _fixed(p)) is not None]
            for _, _, about in self._stars
        ]
        often = Counter(pair for some in pairs for pair in some)
        found: dict[tuple[IRI, Term], list[tuple[T, str, list[Pattern]]]] = {}
        for star, some in zip(self._stars, pairs):
            found.setdefault(min(some, key=often.__getitem__), []).append(star)
        return found

    @cached_property
    def _described(self) -> set[object]:
        return {p[1] for _, _, about in self._stars for p in about}

    def find(self, triple: Quad, world: World, graph: IRI | None = None) -> Iterator[tuple[T, str | None, Bound]]:
        """Whose pattern it is; the described node, if that is how it was found; and what is bound."""
        for fixed in (None, triple.object):
            for whose, pattern in self._plain.get((triple.predicate, fixed), ()):
                if (bound := unify(pattern, triple, {})) is not None:
                    yield whose, None, bound
        if triple.predicate in self._described:
            for told in list(world.find((triple.subject, "?p", "?o"), graph)):
                for whose, node, _ in self._by_fixed.get((told.predicate, told.object), ()):
                    yield whose, node, {node: triple.subject}

    def read(self, store: Store) -> Iterator[Quad]:
        for predicate, value in self._plain:
            yield from store.match(None, predicate, value)
        for (predicate, value), stars in self._by_fixed.items():
            wanted = {p[1] for _, _, about in stars for p in about}
            for told in store.match(None, predicate, value):
                yield from (q for q in store.match(told.subject) if q.predicate in wanted)

    def reads(self) -> list[tuple[IRI, Term | None]]:
        found = dict.fromkeys((*self._plain, *((p[1], _fixed(p)) for _, _, about in self._stars for p in about)))
        return [(predicate, value) for predicate, value in found if value is None or (predicate, None) not in found]  # type: ignore[misc]


def _fixed(pattern: Pattern) -> Term | None:
    return None if isinstance(pattern[2], str) else pattern[2]
