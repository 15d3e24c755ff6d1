"""What a store knows of wire copy: each article's print and keys, and of copies whose words they print.

The graph `copies` keeps it; a change of the store changes it, and the links that follow from it, in the same
transaction. An article that comes is compared with those that share a key with it, one that goes with those of its
group; the result is that of all articles looked at anew. Where much is put in at once it goes, and is made again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import cast

from kg.copies import (
    KEYS,
    LINKS,
    MAKES,
    PLACES,
    Article,
    Print,
    alike,
    article,
    components,
    frozen,
    shares,
    spans,
    thawed,
    told,
)
from kg.rdf import IRI, Literal, Quad, kg, literal, special_graph, term
from kg.store.union import BESIDE, Engine, is_graph

__all__ = ["begun", "copied", "is_kept", "is_link", "renewed"]

_VALUE, _PRINT, _KEY, _GROUP, _SHARE = term("rdf:value"), kg("print"), kg("key"), kg("group"), kg("share")


def is_kept(inner: Engine, base: str) -> bool:
    """Whether a store keeps the prints of all its articles."""
    graph = special_graph("copies", base)
    return next(inner.quads_for_pattern(graph, _VALUE, None, graph), None) is not None


def begun(base: str) -> Quad:
    """What says that all prints are kept from now on."""
    graph = special_graph("copies", base)
    return Quad(graph, _VALUE, Literal("kept"), graph)


def is_link(quad: Quad) -> bool:
    """Whether a quad links copies."""
    return quad.predicate in LINKS and is_graph(quad.graph_name, "links")


def copied(inner: Engine, base: str, gone: Collection[Quad], new: Collection[Quad]) -> tuple[set[Quad], list[Quad]]:
    """What a change takes out of the graphs `copies` and `links`, and puts in. Nothing where no prints are kept."""
    changed = [
        (q.graph_name, q.predicate in MAKES)
        for side in (gone, new)
        for q in side
        if q.predicate in MAKES or q.predicate in PLACES
    ]
    if not changed or not is_kept(inner, base):
        return set(), []
    articles = [(g, made) for g, made in changed if isinstance(g, IRI) and not any(is_graph(g, n) for n in BESIDE)]
    return renewed(inner, base, {g for g, made in articles if made}, {g for g, _ in articles}, gone, new)


def renewed(
    inner: Engine,
    base: str,
    documents: Collection[IRI],
    placed: Collection[IRI] = (),
    gone: Collection[Quad] = (),
    new: Collection[Quad] = (),
) -> tuple[set[Quad], list[Quad]]:
    """What is to be kept and linked otherwise once `gone` has left and `new` has come: the prints of `documents` are
    made again, the evidence of those `placed` too is looked up again.
    """
    book = _Book(inner, base, set(gone), new)
    now: dict[IRI, Article] = {}
    for document in documents:
        if (one := article(document, book.said(document))) is not None:
            now[document] = one
    around = {iri: a for d in documents for iri, a in book.members(d).items() if iri not in now}
    around |= {iri: a for a in now.values() for iri, a in book.near(a, {*now, *around}).items()}
    around = {iri: a for iri, a in around.items() if iri not in documents} | now
    found: dict[IRI, tuple[str, str]] = {}
    for group in components(around.values()):
        name = min(a.iri.value for a in group)
        found |= {iri: (name, frozen(share, name)) for iri, share in shares(group).items()}
    out, into = set[Quad](), dict[Quad, None]()
    for iri in sorted({*around, *documents, *placed}, key=lambda i: i.value):
        old = {q for q in book.kept(iri) if q.predicate in (_GROUP, _SHARE)}
        then = book.notes(iri, *found[iri]) if iri in found else []
        if iri not in around and iri not in documents:
            then = sorted(old, key=str)
        if iri in documents:
            old |= {q for q in book.kept(iri) if q.predicate in (_PRINT, _KEY)}
            then += book.prints(now[iri]) if iri in now else []
        if set(then) != old or iri in documents or iri in placed:
            out |= old | (book.linked(iri) if any(q.predicate == _SHARE for q in old) else set())
            into |= dict.fromkeys([*then, *book.links(iri, then)])
    return {q for q in out if q not in into and q in inner}, [q for q in into if q not in inner or q in gone]


class _Book:
    """A store as it will be after a change, looked at by article."""

    def __init__(self, inner: Engine, base: str, gone: set[Quad], new: Iterable[Quad]) -> None:
        self.inner, self.base, self.gone = inner, base, gone
        self.graph, self.linking = special_graph("copies", base), special_graph("links", base)
        self.coming: dict[object, list[Quad]] = {}
        for quad in new:
            self.coming.setdefault(quad.graph_name, []).append(quad)

    def _match(self, subject: IRI | None, predicate: IRI | None, object: object, graph: IRI) -> Iterator[Quad]:
        found = self.inner.quads_for_pattern(subject, predicate, object, graph)
        return cast("Iterator[Quad]", found)

    def said(self, document: IRI) -> list[Quad]:
        """What an article will say."""
        return [q for q in self._match(None, None, None, document) if q not in self.gone] + self.coming.get(
            document, []
        )

    def kept(self, document: IRI) -> list[Quad]:
        return list(self._match(document, None, None, self.graph))

    def known(self, document: IRI) -> Article | None:
        """An article by the print that is kept of it."""
        for quad in self._match(document, _PRINT, None, self.graph):
            said = json.loads(cast("Literal", quad.object).value)
            return Article(document, said["date"], Print.unpacked(said["print"]))
        return None

    def members(self, document: IRI) -> dict[IRI, Article]:
        """An article's group, itself too: alone where it has none."""
        group = next(self._match(document, _GROUP, None, self.graph), None)
        found = [q.subject for q in self._match(None, _GROUP, group.object, self.graph)] if group else []
        return {iri: a for iri in found or [document] if (a := self.known(iri)) is not None}

    def near(self, one: Article, seen: set[IRI]) -> dict[IRI, Article]:
        """The groups, beside those already `seen`, of articles that are alike to this one."""
        found: dict[IRI, Article] = {}
        keyed = Counter(q.subject for key in sorted(one.print.keys) for q in self._keyed(key))
        for iri, common in keyed.items():
            if (
                common >= KEYS
                and iri not in seen
                and iri not in found
                and (other := self.known(iri)) is not None
                and alike(one, other)
            ):
                found |= self.members(iri)
        return found

    def _keyed(self, key: int) -> Iterator[Quad]:
        return self._match(None, _KEY, literal(str(key), "xsd:integer"), self.graph)

    def prints(self, one: Article) -> list[Quad]:
        said = json.dumps({"date": one.date, "print": one.print.packed()})
        keys = [Quad(one.iri, _KEY, literal(str(key), "xsd:integer"), self.graph) for key in sorted(one.print.keys)]
        return [Quad(one.iri, _PRINT, Literal(said), self.graph), *keys]

    def notes(self, document: IRI, group: str, share: str) -> list[Quad]:
        return [
            Quad(document, _GROUP, IRI(group), self.graph),
            Quad(document, _SHARE, Literal(share), self.graph),
        ]

    def linked(self, document: IRI) -> set[Quad]:
        """The links that an article and its evidence have so far."""
        evidence = {q.object for q in self._match(None, kg("evidence"), None, document)}
        nodes = [document, *(node for node in evidence if isinstance(node, IRI))]
        return {q for node in nodes for q in self._match(node, None, None, self.linking) if q.predicate in LINKS}

    def links(self, document: IRI, notes: Iterable[Quad]) -> list[Quad]:
        """The links that an article will have."""
        share = next((thawed(cast("Literal", q.object).value) for q in notes if q.predicate == _SHARE), None)
        return [] if share is None else list(told(document, share, spans(self.said(document)), self.base))
