"""Checking a graph: the shapes of ontology/shapes.ttl, then queries/checks/, where any row is a violation.

Every violation is a sentence: the thing, the rule, the remedy. Shapes look at one document at a time, so memory stays bounded. A
check whose second line of comment says `each` compares what one document says with itself: it is asked of each document, since
the engine's joins over all of them grow much faster than their number, and what it finds is asked again of the whole store, which
may know better. The others look at all documents together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg import rdf
from kg.errors import QueryError
from kg.queries import labels_of, shorten
from kg.rdf import IRI, Quad, term
from kg.store import Result, Store
from kg.store.union import hidden
from kg.vocabulary import data_folder

__all__ = ["Check", "Violation", "check", "checks"]


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule. Its string is a plain sentence."""

    rule: str  # name of the shape or check
    node: str  # IRI of the thing
    message: str  # the sentence

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Check:
    """A query of queries/checks/: its rule in English, its remedy, its SPARQL."""

    name: str
    rule: str
    remedy: str
    text: str
    each: bool  # asked of each document, then of what that found in the whole store


def check(store: Store, *, shapes: bool = True) -> list[Violation]:
    """All violations of a graph, in order of rule and node."""
    found = list(_by_checks(store))
    if shapes:
        found += _by_shapes(store)
    return sorted(dict.fromkeys(found), key=lambda v: (v.rule, v.node, v.message))


@cache
def checks(folder: Path | None = None) -> tuple[Check, ...]:
    """The shipped checks, by name."""
    found = []
    for path in sorted((folder or data_folder("queries") / "checks").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        rule, remedy = (line.lstrip("# ").strip() for line in text.splitlines()[:2])
        if not remedy.startswith("remedy: "):
            raise QueryError("does not tell its remedy", str(path), "write `# remedy: …` in the second line")
        found.append(Check(path.stem, rule, remedy.removeprefix("remedy: "), text, "\n# of: each document\n" in text))
    return tuple(found)


def _by_checks(store: Store) -> Iterator[Violation]:
    single = [asked for asked in checks() if asked.each]
    for asked in checks():
        if asked not in single:
            yield from _told(store, asked, store.query(asked.text, ontology=True))
    suspects: dict[Check, set[IRI]] = {asked: set() for asked in single}
    for part in _parts(store):
        with part:
            for asked in single:
                suspects[asked].update(row["node"] for row in part.query(asked.text, ontology=True))
    for asked, nodes in suspects.items():
        for node in sorted(nodes, key=str):
            yield from _told(store, asked, store.query(asked.text, {"node": node}, ontology=True), node)


def _told(store: Store, asked: Check, rows: Result, node: object = None) -> Iterator[Violation]:
    """The rows of a check as sentences; `node` is the thing that it was asked about, if about one alone."""
    for row in rows:
        thing = node if node is not None else row["node"]
        yield _violation(
            store,
            asked.name,
            thing,
            f"{row['detail'].value}; {asked.rule[0].lower()}{asked.rule[1:].rstrip('.')}",
            asked.remedy,
        )


def _parts(store: Store) -> Iterator[Store]:
    """Each document with all that the graphs beside it say of its nodes, and what stands in no document's graph. Together they hold
    every triple, so that none of the checks can miss a thing."""
    documents = [g for g in store.graphs() if not store.is_beside(g)]
    beside = [g for g in store.graphs() if store.is_beside(g) and not hidden(g)]
    loose = {Quad(q.subject, q.predicate, q.object) for q in store.match()} if store.folder is None else set()
    for graph in (*documents, None):
        own = list(store.graph(graph)) if graph is not None else [*loose, *(q for g in beside for q in store.graph(g))]
        if loose and graph is not None:
            loose.difference_update(Quad(q.subject, q.predicate, q.object) for q in own)
        if own:
            yield _part(store, own, beside)


def _part(store: Store, own: list[Quad], beside: list[IRI]) -> Store:
    """These quads with what graphs beside say of their subjects, and the kinds of the things that they speak of."""
    subjects = {q.subject for q in own}
    held = [*own, *(q for node in subjects if isinstance(node, IRI) for g in beside for q in store.graph(g, node))]
    spoken = {q.object for q in held if isinstance(q.object, IRI)} - subjects
    part = Store.memory(store.base)
    part.load(held)
    part.load(q for node in spoken for name in ("rdf:type", "kg:status") for q in store.match(node, term(name)))
    return part


def _violation(store: Store, rule: str, node: object, broken: str, remedy: str) -> Violation:
    if not isinstance(node, IRI):
        return Violation(rule, str(node), f"A blank node: {broken}; {remedy}.")
    name = labels_of(store, [node]).get(node)
    thing = shorten(node, store.base) + (f" (“{_cut(name)}”)" if name else "")
    return Violation(rule, node.value, f"{thing}: {_cut(broken, 400)}; {remedy}.")


# ------------------------------------------------------------------ shapes


def _by_shapes(store: Store) -> Iterator[Violation]:
    """Violations of the shapes, document by document; a file of triples alone is one document."""
    import pyshacl

    shapes = _shapes()
    hierarchy = [
        q for q in rdf.parse_file(data_folder("ontology") / "kg.ttl") if q.predicate == term("rdfs:subClassOf")
    ]
    for quads in _documents(store):
        data = rdf.to_rdflib_graph([*quads, *hierarchy])
        _, results, _ = pyshacl.validate(
            data, shacl_graph=shapes, inference="none", advanced=False, inplace=True, do_owl_imports=False
        )
        told: dict[object, dict[str, object]] = {}
        for quad in rdf.from_rdflib(results):
            told.setdefault(quad.subject, {})[quad.predicate.value.removeprefix(_SHACL)] = quad.object
        for result in told.values():
            if "focusNode" in result:
                rule, _, remedy = getattr(result.get("resultMessage"), "value", "").partition(" — ")
                shape = getattr(result.get("sourceShape"), "value", "").partition("#")[2] or "shape"
                yield _violation(store, shape, result["focusNode"], rule, remedy or "correct it")


_SHACL = "http://www.w3.org/ns/shacl#"


def _documents(store: Store) -> Iterator[Iterable[Quad]]:
    graphs = [g for g in store.graphs() if not store.is_beside(g)]
    if not graphs:
        yield list(store.match())
    for graph in graphs:
        yield store.graph(graph)


@cache
def _shapes():
    return rdf.to_rdflib_graph(rdf.parse_file(data_folder("ontology") / "shapes.ttl"))


def _cut(text: str, most: int = 80) -> str:
    flat = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
