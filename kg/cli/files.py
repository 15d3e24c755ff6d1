"""Graph files, in and out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg import rdf
from kg.cli.terminal import say
from kg.errors import InputError, OutputError
from kg.writer import check_writable, writing

if TYPE_CHECKING:
    from kg.store import Store

#: Graphs beside those of the documents, that a triple format holds only when asked.
BESIDE = ("background", "inferred", "links")


def check_target(target: Path, beside: str = "") -> None:
    """Raise an error if no graph can be written there: asked before the long work."""
    _format(target)
    check_writable(target)
    _names(beside)


def homed(quads: list[rdf.Quad], source: Path, target: Path, beside: str = "") -> list[rdf.Quad]:
    """The quads as they go into a file: where it keeps graphs, triples of none stand in that of their one document.

    What cannot be had is said: several articles that no graph tells apart, graphs of `beside` that the source does not
    keep.
    """
    loose = [q for q in quads if not isinstance(q.graph_name, rdf.IRI)]
    if _format(target).supports_datasets:
        documents = rdf.documents_of(loose)
        if len(documents) == 1:
            return [q for q in quads if isinstance(q.graph_name, rdf.IRI)] + list(rdf.with_graph(loose, documents[0]))
        if documents:
            say(
                f"{source}: {len(documents)} articles that no graph tells apart, nor does {target}: "
                "build to .trig, .nq or a store"
            )
        return quads
    there = {q.graph_name.value.rpartition("/graph/")[2] for q in quads if isinstance(q.graph_name, rdf.IRI)}
    if absent := [name for name in _names(beside) if name not in there]:
        triples = "is a file of triples, which names no graphs: build to .trig, .nq or a store"
        why = triples if loose and not there else "has none"
        say(f"{source}: nothing of {', '.join(absent)} is added: it {why}")
    return quads


def save(quads: Iterable[rdf.Quad], target: Path, beside: str = "", base: str = rdf.BASE) -> int:
    """Write a graph file, whole or not at all, and return how many triples or quads stand in it.

    A format of quads holds all graphs; a format of triples the union of the documents', with those of `beside` added.
    """
    format, wanted = _format(target), _names(beside)
    quads = list(quads)
    if not format.supports_datasets:
        kept = {rdf.special_graph(name, base) for name in wanted}
        quads = rdf.graph([*rdf.document_graphs(quads, base), *(q for q in quads if q.graph_name in kept)])
    with writing(target) as out:
        rdf.serialize(quads, format, out, base)
    return len(quads)


def save_property_graph(store: Store, target: Path, form: str) -> str:
    """Write a graph for property-graph stores: GraphML in one file, or "neo4j" or "csv" tables in a folder; a line that
    says what.
    """
    from kg import exchange

    if not form:
        with writing(target) as out:
            nodes, edges = exchange.write_graphml(store, out)
    else:
        if form not in ("neo4j", "csv"):
            raise InputError("is no form", f"--as {form}", "choose neo4j or csv")
        if str(target) == "-" or target.exists() and not target.is_dir():
            raise InputError("is no folder", f"-o {target}", "name the folder that the files go to")
        tables, nodes, edges = (exchange.write_neo4j if form == "neo4j" else exchange.write_csv)(store)
        try:
            target.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise OutputError(f"cannot be made: {problem.strerror}", str(target), "choose another place") from None
        for name, data in tables.items():
            with writing(target / name) as out:
                out.write(data)
    return f"{target}: {nodes:,} nodes and {edges:,} edges written"


def _format(target: Path) -> rdf.RdfFormat:
    return rdf.RdfFormat.TURTLE if str(target) == "-" else rdf.format_of(target)


def _names(beside: str) -> list[str]:
    names = [name.strip() for name in beside.split(",") if name.strip()]
    for name in names:
        if name not in BESIDE:
            raise InputError("is no graph", f"--with {name}", f"choose from {', '.join(BESIDE)}")
    return names
