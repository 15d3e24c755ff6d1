"""The line in a few calls, for people who work with rdflib: what `from kg import build` gives.

A graph is whatever holds one: an `rdflib.Graph` or `Dataset`, a Store, the path of a graph file or of a store, or
quads. For many articles, or to look between the stages, use `Line` and `Store` themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import copies, rdf, sandbox
from kg.errors import InputError
from kg.model import Document, Reading
from kg.pipeline import Line
from kg.profile import Profile, full, in_profile
from kg.rdf import BASE, Quad
from kg.reader import read_documents
from kg.sandbox import SECONDS
from kg.slim import plain_triples
from kg.store import Store
from kg.writer import writing

if TYPE_CHECKING:
    import networkx
    import pandas
    import rdflib

    from kg.checker import Violation
    from kg.queries import Answer, Grounds

__all__ = [
    "annotate",
    "ask",
    "build",
    "check",
    "draw",
    "figure",
    "frame",
    "load",
    "network",
    "plain",
    "query",
    "save",
    "understand",
    "why",
]


def understand(*articles: Document | str | Path, line: Line | None = None, **metadata: str) -> list[Reading]:
    """What is understood of each article: entities, events, claims, attributions, as frozen values.

    An article is a Document (`kg.document(text)` makes one) or the path of a file of any form that is read; `metadata`
    is its date, url, title …
    """
    line = line or Line()
    return list(line.read(_documents(articles, metadata)))


def build(*articles: Document | str | Path, line: Line | None = None, **metadata: str) -> rdflib.Dataset:
    """The graph of some articles: an `rdflib.Dataset` with a named graph an article, whose default graph is their
    union; one of links where some of them are copies.
    """
    line = line or Line()
    quads = [q for reading in line.read(_documents(articles, metadata)) for q in line.quads(reading)]
    return rdf.to_rdflib([*quads, *copies.links(quads, line.base)], line.base)


def annotate(*articles: Document | str | Path, line: Line | None = None, **metadata: str) -> list[dict[str, Any]]:
    """The annotation form, with offsets into the text: one JSON-able object an article."""
    line = line or Line()
    return [line.annotate(reading) for reading in line.read(_documents(articles, metadata))]


def ask(graph: Any, question: str, *, seconds: float = SECONDS, **parameters: str) -> Answer:
    """The answer to a shipped question: `ask(graph, "visits", person="Ana Ruiz")`; `kg ask --list` tells which there
    are.

    Raises a QueryError if it takes longer than `seconds`.
    """
    from kg import queries

    with _store(graph) as store:
        return sandbox.run(lambda: queries.ask(store, question, parameters), seconds=seconds)


def query(graph: Any, sparql: str, *, seconds: float = SECONDS) -> Answer:
    """The answer to a query of your own, our prefixes declared.

    It cannot reach out of the graph, nor take more than `seconds` and the memory of the sandbox: a QueryError is raised
    then.
    """
    from kg import queries

    with _store(graph) as store:
        return sandbox.run(lambda: queries.run(store, sparql), seconds=seconds)


def why(graph: Any, term: str) -> list[Grounds]:
    """The quotes behind a claim, an event or an entity, with status and speaker."""
    from kg import queries

    with _store(graph) as store:
        return queries.why(store, term)


def check(graph: Any) -> list[Violation]:
    """What in a graph breaks the rules; nothing if all is well."""
    from kg import checker

    with _store(graph) as store:
        return list(checker.check(store))


def draw(graph: Any, **options: Any) -> str:
    """One HTML page that shows a graph and opens with the network cut."""
    from kg import picture

    with _store(graph) as store:
        return picture.draw(store, **options)


def figure(graph: Any, **options: Any) -> bytes:
    """A still picture of a graph, made without a browser: an SVG file, or a PNG with `format="png"`."""
    from kg import picture

    with _store(graph) as store:
        return picture.figure(store, **options)


def network(graph: Any, *, view: str | Path = "events") -> networkx.MultiDiGraph:
    """What a view shows, as a networkx graph: nodes by IRI with label and type, edges by claim with status and
    source.
    """
    from kg import picture

    with _store(graph) as store:
        return picture.to_networkx(store, view=view)


def frame(graph: Any) -> dict[str, pandas.DataFrame]:
    """The tables of a graph as pandas frames, by name: claims, entities, events, sources, articles, quotes.

    The same rows and columns as `kg export --as csv`. An InputError is raised where pandas is not installed.
    """
    from kg import exchange

    with _store(graph) as store:
        return exchange.frames(exchange.Records.of(store))


def load(path: str | Path) -> rdflib.Dataset:
    """A graph file or a store's folder as an `rdflib.Dataset`."""
    with _store(path) as store:
        return rdf.to_rdflib(store.quads(), store.base)


def save(graph: Any, path: str | Path, base: str = BASE, *, profile: Profile = "full") -> None:
    """Write a graph file in the format that its ending names: in our order, with our prefixes, whole or not at all.

    A "lean" one leaves out what is restored wherever a graph is read here: a third of the size, and the same graph.
    """
    format = rdf.format_of(path)
    quads = list(_quads(graph))
    if not format.supports_datasets:
        quads = rdf.graph(rdf.document_graphs(quads, base))
    with writing(path) as out:
        rdf.serialize(in_profile(quads, profile), format, out, base)


def plain(graph: Any) -> rdflib.Dataset:
    """The small graph: plain triples alone, without claims, evidence and text."""
    return rdf.to_rdflib(plain_triples(_quads(graph)))


def _documents(articles: Iterable[Document | str | Path], metadata: dict[str, Any]) -> list[Document]:
    found = []
    for article in articles:
        if isinstance(article, Document):
            if metadata:
                raise InputError(
                    "a Document says itself what it is", ", ".join(sorted(metadata)), "give it to kg.document()"
                )
            found.append(article)
        else:
            found.extend(read_documents([article], **metadata))
    return found


def _quads(graph: Any) -> list[Quad]:
    """All that a graph says, in full."""
    if isinstance(graph, Store):
        return list(graph.quads())
    if isinstance(graph, (str, Path)):
        with Store.of(graph) as store:
            return list(store.quads())
    if hasattr(graph, "serialize"):
        return full(rdf.from_rdflib(graph))
    if isinstance(graph, Iterable):
        return full(graph)
    raise InputError("is no graph", type(graph).__name__, "give an rdflib graph, a Store, a path, or quads")


@contextmanager
def _store(graph: Any) -> Iterator[Store]:
    """A store that holds the graph; one that was made here is closed again."""
    if isinstance(graph, Store):
        yield graph
        return
    if isinstance(graph, (str, Path)):
        with Store.of(graph) as store:
            yield store
        return
    with Store.memory() as store:
        store.load(_quads(graph))
        yield store
