"""A store that keeps its articles' graphs lean, as if it kept them in full.

A store of the form `lean` has all triples in its union, which queries see, and of each article's graph only what
`kg.profile` does not restore. Whoever looks into such a graph looks through `Whole`, whoever changes one asks `leaned`
what that comes to on disk, and a query that looks into graphs is asked of `restored` ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TypeGuard, cast

import pyoxigraph as engine

from kg.profile import LEFT_OUT, LEFT_OUT_TYPES, LINKS_TO_WORDS, ROLES, about, full, lean, marks
from kg.rdf import IRI, DefaultGraph, Quad, Term, kg, term
from kg.store.union import BESIDE, UNION, is_graph

__all__ = ["Whole", "leaned", "restored"]

_A, _LABEL, _PREF, _OBJECT = map(term, ("rdf:type", "rdfs:label", "skos:prefLabel", "rdf:object"))
_OF_CLAIMS = {kg(name) for name in ("polarity", "validity", "origin", "status", "fact")}
_OF_WORDS = {kg(name) for name in ("document", "start", "end", "rule", "quote")}
_PROFILE, _PARTICIPANT = kg("profile"), kg("participant")
#: So many graphs that were restored are at hand.
_AT_HAND = 4


class Whole:
    """The engine of such a store, to look at: what an article's graph leaves out is there."""

    def __init__(self, inner: engine.Store) -> None:
        self.inner = inner
        self._graphs: dict[IRI, dict[object, dict[Quad, None]]] = {}  # graphs that were restored, by subject

    def forget(self) -> None:
        """What was restored holds no longer: the store has changed."""
        self._graphs.clear()

    def named_graphs(self) -> Iterator[IRI]:
        return cast("Iterator[IRI]", self.inner.named_graphs())

    def quads_for_pattern(
        self,
        subject: object,
        predicate: IRI | None,
        object: object,
        graph_name: IRI | DefaultGraph | None = None,
        /,
    ) -> Iterator[Quad]:
        """The quads that fit, each once."""
        if graph_name is None:
            return self._anywhere(subject, predicate, object)
        if not _is_article(graph_name) or not self._is_lean(graph_name):
            return self._kept(subject, predicate, object, graph_name)
        return _fitting(self._saying(subject, graph_name), subject, predicate, object)

    def __contains__(self, quad: Quad) -> bool:
        if quad in self.inner:
            return not (marks(quad) and _is_article(quad.graph_name))
        is_told = quad.predicate not in LEFT_OUT and quad.object not in LEFT_OUT_TYPES
        if is_told or not _is_article(quad.graph_name) or not self._is_lean(quad.graph_name):
            return False
        return quad in self._saying(quad.subject, quad.graph_name)

    def _graph(self, name: IRI) -> dict[object, dict[Quad, None]]:
        """An article's graph, by subject."""
        if name not in self._graphs:
            while len(self._graphs) >= _AT_HAND:
                del self._graphs[next(iter(self._graphs))]
            by_subject = self._graphs.setdefault(name, {})
            for quad in full(self._kept(None, None, None, name)):
                by_subject.setdefault(quad.subject, {})[quad] = None
        return self._graphs[name]

    def _saying(self, subject: object, graph: IRI) -> Collection[Quad]:
        """Quads of a lean graph, at least all about that subject."""
        if subject is None:
            return [quad for said in self._graph(graph).values() for quad in said]
        if graph in self._graphs:
            return self._graphs[graph].get(subject, {})
        return self._about(subject, graph) if isinstance(subject, IRI) else list(self._kept(subject, None, None, graph))

    def _kept(
        self, subject: object, predicate: IRI | None, object: object, graph: IRI | DefaultGraph | None
    ) -> Iterator[Quad]:
        found = self.inner.quads_for_pattern(subject, predicate, object, graph)  # type: ignore[arg-type]
        return cast("Iterator[Quad]", found)

    def _is_lean(self, graph: IRI) -> bool:
        return graph in self._graphs or next(self._kept(None, _PROFILE, None, graph), None) is not None

    def _anywhere(self, subject: object, predicate: IRI | None, object: object) -> Iterator[Quad]:
        for quad in self._kept(subject, predicate, object, None):
            if not marks(quad) or quad in self:
                yield quad
        if subject is not None:
            yield from self._left_out(subject, predicate, object)
            return
        for quad in self._kept(None, predicate, object, UNION):  # what is left out of a graph stands there
            yield from self._left_out(quad.subject, quad.predicate, quad.object)

    def _left_out(self, subject: object, predicate: IRI | None, object: object) -> Iterator[Quad]:
        """What articles' graphs leave out about something."""
        if not isinstance(subject, IRI):
            return
        for graph in dict.fromkeys(q.graph_name for q in self._traces(subject, predicate, object)):
            if _is_article(graph) and self._is_lean(graph):
                said = self._saying(subject, graph)
                yield from (q for q in _fitting(said, subject, predicate, object) if q not in self.inner)

    def _traces(self, subject: IRI, predicate: IRI | None, object: object) -> Iterator[Quad]:
        """Quads of all graphs that leave out something of this kind, by what is not left out."""
        if predicate in (None, _LABEL):
            yield from self._kept(subject, _PREF, object, None)
        if predicate in (None, _PARTICIPANT):
            for role in ROLES:
                yield from self._kept(subject, role, object, None)
        is_typed = predicate in (None, _A) and (object is None or object in LEFT_OUT_TYPES)
        if is_typed or predicate is None or predicate in _OF_CLAIMS:
            yield from self._kept(subject, _OBJECT, None, None)
        if is_typed or predicate is None or predicate in _OF_WORDS:
            for link in LINKS_TO_WORDS:
                yield from self._kept(None, link, subject, None)

    def _about(self, subject: IRI, graph: IRI) -> list[Quad]:
        """What a lean graph says of something in full."""

        def say(subject: IRI | None, predicate: IRI | None, object: Term | None) -> Iterator[Quad]:
            return self._kept(subject, predicate, object, graph)

        return about(subject, say)


def leaned(inner: engine.Store, gone: Collection[Quad], new: Iterable[Quad]) -> tuple[set[Quad], dict[Quad, None]]:
    """What leaves and what comes on disk where these quads of full graphs do."""
    articles: dict[IRI, tuple[set[Quad], list[Quad]]] = {}
    out, into = set[Quad](), dict[Quad, None]()
    for quad in gone:
        if _is_article(quad.graph_name):
            articles.setdefault(quad.graph_name, (set(), []))[0].add(quad)
        else:
            out.add(quad)
    for quad in new:
        if _is_article(quad.graph_name):
            articles.setdefault(quad.graph_name, (set(), []))[1].append(quad)
        elif not marks(quad):
            into[quad] = None
    for graph, (going, coming) in articles.items():
        old = dict.fromkeys(cast("Iterator[Quad]", inner.quads_for_pattern(None, None, None, graph)))
        then = dict.fromkeys(lean([*(q for q in full(old) if q not in going), *(q for q in coming if not marks(q))]))
        out |= old.keys() - then.keys()
        into |= {q: None for q in then if q not in old}
    return out, into


def restored(whole: Whole, graphs: Iterable[IRI], union: bool) -> engine.Store:
    """A store in memory that has these graphs in full, and the union if that is wanted."""
    made = engine.Store()
    for graph in graphs:
        made.extend(whole.quads_for_pattern(None, None, None, graph))
    if union:
        made.bulk_extend(whole.quads_for_pattern(None, None, None, UNION))
    return made


def _is_article(graph: object) -> TypeGuard[IRI]:
    return isinstance(graph, IRI) and not any(is_graph(graph, name) for name in BESIDE)


def _fitting(quads: Iterable[Quad], subject: object, predicate: IRI | None, object: object) -> Iterator[Quad]:
    return (
        q
        for q in quads
        if (subject is None or q.subject == subject)
        and (predicate is None or q.predicate == predicate)
        and (object is None or q.object == object)
    )
