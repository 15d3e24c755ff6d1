"""Checking a graph: the shapes of ontology/shapes.ttl, then queries/checks/, where any row is a violation.

Every violation is a sentence: the thing, the rule, the remedy. Shapes look at one document at a time, so memory stays bounded;
checks look at all documents together.
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from . import rdf
from .errors import QueryError
from .queries import labels_of, shorten
from .rdf import IRI, Quad, term
from .store import Store
from .vocabulary import data_folder

__all__ = ["Check", "Violation", "check", "checks"]


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule. Its string is a plain sentence."""

    rule: str                                    # name of the shape or check
    node: str                                    # IRI of the thing
    message: str                                 # the sentence

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Check:
    """A query of queries/checks/: its rule in English, its remedy, its SPARQL."""

    name: str
    rule: str
    remedy: str
    text: str


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
        found.append(Check(path.stem, rule, remedy.removeprefix("remedy: "), text))
    return tuple(found)


def _by_checks(store: Store) -> Iterator[Violation]:
    for asked in checks():
        for row in store.query(asked.text, ontology=True):
            node = row["node"]
            yield _violation(store, asked.name, node, f"{row['detail'].value}; {asked.rule[0].lower()}{asked.rule[1:].rstrip('.')}", asked.remedy)


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
    hierarchy = [q for q in rdf.parse_file(data_folder("ontology") / "kg.ttl") if q.predicate == term("rdfs:subClassOf")]
    for quads in _documents(store):
        data = rdf.to_rdflib_graph([*quads, *hierarchy])
        _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False, inplace=True, do_owl_imports=False)
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
    return flat if len(flat) <= most else flat[:most - 1] + "…"
