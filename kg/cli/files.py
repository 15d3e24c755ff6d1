"""Graph files, in and out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg import rdf
from kg.cli.terminal import say
from kg.errors import InputError, OutputError
from kg.profile import Profile, in_profile, lean
from kg.writer import check_writable, writing

if TYPE_CHECKING:
    from kg.exchange import Form, Records
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


def save(
    quads: Iterable[rdf.Quad], target: Path, beside: str = "", base: str = rdf.BASE, profile: Profile = "full"
) -> int:
    """Write a graph file, whole or not at all, and return how many triples or quads stand in it.

    A format of quads holds all graphs; a format of triples the union of the documents', with those of `beside` added.
    """
    format, wanted = _format(target), _names(beside)
    quads = list(quads)
    if not format.supports_datasets:
        kept = {rdf.special_graph(name, base) for name in wanted}
        quads = rdf.graph([*rdf.document_graphs(quads, base), *(q for q in quads if q.graph_name in kept)])
    quads = in_profile(quads, profile)
    with writing(target) as out:
        rdf.serialize(quads, format, out, base)
    return len(quads)


def is_streamed(store: Store, target: Path, profile: Profile = "full") -> bool:
    """Whether a store is written graph by graph: it has several, and the format can be written part after part.

    A lean union cannot: what one article leaves out another may restore otherwise.
    """
    if profile == "lean" and not _format(target).supports_datasets:
        return False
    return _format(target) in rdf.STREAMED and sum(not store.is_beside(graph) for graph in store.graphs()) > 1


def stream(store: Store, source: Path, target: Path, beside: str = "", profile: Profile = "full") -> int:
    """Write a store as `save` does, graph by graph, so that the first lines are there before the last are read."""
    format, wanted = _format(target), _names(beside)
    union = not format.supports_datasets
    if union:
        there = {graph.value.rpartition("/graph/")[2] for graph in store.graphs()}
        if absent := [name for name in wanted if name not in there]:
            say(f"{source}: nothing of {', '.join(absent)} is added: it has none")
    with writing(target) as out:
        parts = store.parts(beside=wanted, union=True) if union else store.parts()
        if profile == "lean":
            parts = map(lean, parts)
        return rdf.serialize_parts(parts, format, out, store.base)


def check_form(target: Path, name: str) -> Form:
    """The form of that name, if it can be written there: asked before the long work."""
    from kg.exchange import FORMS

    form = FORMS.get(name)
    if form is None:
        raise InputError("is no form", f"--as {name}", f"choose one of {', '.join(FORMS)}")
    if not form.endings:
        if str(target) == "-" or target.exists() and not target.is_dir():
            raise InputError("is no folder", f"-o {target}", "name the folder that the files go to")
        if not target.exists():
            check_writable(target)
    elif str(target) != "-":
        if target.suffix.lower() not in form.endings:
            raise InputError(
                f"is no file of this form ({form.about})", f"-o {target}", f"end it in {_either(form.endings)}"
            )
        check_writable(target)
    elif len(form.endings) > 1:
        raise InputError(
            "is not told apart on standard output", f"--as {name}", f"give -o FILE in {_either(form.endings)}"
        )
    return form


def _either(endings: tuple[str, ...]) -> str:
    return " or ".join(endings)


def save_form(records: Records, target: Path, form: Form) -> str:
    """Write records in a form of other tools; a line that says what."""
    parts = form.parts(records)
    if form.endings:
        with writing(target) as out:
            return f"{target}: {parts[form.endings[0] if str(target) == '-' else target.suffix.lower()](out)} written"
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise OutputError(f"cannot be made: {problem.strerror}", str(target), "choose another place") from None
    told = []
    for name, write in parts.items():
        with writing(target / name) as out:
            told.append(write(out))
    return f"{target}: {', '.join(told[:-1])} and {told[-1]} written"


def _format(target: Path) -> rdf.RdfFormat:
    return rdf.RdfFormat.TURTLE if str(target) == "-" else rdf.format_of(target)


def _names(beside: str) -> list[str]:
    names = [name.strip() for name in beside.split(",") if name.strip()]
    for name in names:
        if name not in BESIDE:
            raise InputError("is no graph", f"--with {name}", f"choose from {', '.join(BESIDE)}")
    return names
