"""Graph files, in and out."""
from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .. import rdf
from ..errors import InputError
from ..writer import check_writable, writing

#: Graphs beside those of the documents, that a triple format holds only when asked.
BESIDE = ("background", "inferred", "links")


def check_target(target: Path, beside: str = "") -> None:
    """Raise an error if no graph can be written there: asked before the long work."""
    _format(target)
    check_writable(target)
    _names(beside)


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


def _format(target: Path) -> rdf.RdfFormat:
    return rdf.RdfFormat.TURTLE if str(target) == "-" else rdf.format_of(target)


def _names(beside: str) -> list[str]:
    names = [name.strip() for name in beside.split(",") if name.strip()]
    for name in names:
        if name not in BESIDE:
            raise InputError("is no graph", f"--with {name}", f"choose from {', '.join(BESIDE)}")
    return names
