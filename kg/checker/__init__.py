"""Checking a graph: the shapes of ontology/shapes.ttl, then queries/checks/, where any row is a violation.

Every violation is a sentence: the thing, the rule, the remedy. Shapes look at one document at a time, so memory stays
bounded. A check with the comment `of: each document` compares what one document says with itself: it is asked of each
document, since the engine's joins over all of them grow much faster than their number, and what it finds is asked again
of the whole store, which may know better. The others look at all documents together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.checker.shapes import Lineage, broken, lineage, read_shapes
from kg.errors import QueryError
from kg.queries import labels_of, shorten
from kg.rdf import IRI, KG, Quad, kg, term
from kg.store import Solutions, Store
from kg.store.union import hidden, is_graph
from kg.vocabulary import data_folder

__all__ = ["Check", "Violation", "check", "checks"]


_A, _NAMES = term("rdf:type"), (term("skos:prefLabel"), term("rdfs:label"))


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
    return sorted(checking(store, shapes=shapes), key=lambda v: (v.rule, v.node, v.message))


def checking(store: Store, *, shapes: bool = True) -> Iterator[Violation]:
    """The violations of a graph as they are found, each once: by document, at last those between them."""
    told: set[Violation] = set()
    single, whole = _by_reach()
    above = _above(store) if shapes else {}
    for own, part in _parts(store):
        with part:
            nodes = {asked: {row["node"] for row in part.select(asked.text, ontology=True)} for asked in single}
        found = [v for asked in single for v in _asked_again(store, asked, nodes[asked])]
        if shapes:
            found += _by_shapes(store, own, above)
        for violation in sorted(found, key=lambda v: (v.rule, v.node, v.message)):
            if violation not in told:
                told.add(violation)
                yield violation
    for asked in whole:
        for violation in _told(store, asked, store.select(asked.text, ontology=True)):
            if violation not in told:
                told.add(violation)
                yield violation


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


def _by_reach() -> tuple[list[Check], list[Check]]:
    """The checks that are asked of each document, and those that are asked of the whole store."""
    return [asked for asked in checks() if asked.each], [asked for asked in checks() if not asked.each]


def _asked_again(store: Store, asked: Check, suspects: set[IRI]) -> Iterator[Violation]:
    """What a document alone seems to break, and the whole store, which may know better, breaks too."""
    for node in sorted(suspects, key=str):
        yield from _told(store, asked, store.select(asked.text, {"node": node}, ontology=True), node)


def _told(store: Store, asked: Check, rows: Solutions, node: object = None) -> Iterator[Violation]:
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


def _parts(store: Store) -> Iterator[tuple[list[Quad], Store]]:
    """What each document says, and that with what graphs beside it say of its nodes; then what stands in none.

    Together they hold every triple, so that none of the checks can miss a thing.
    """
    documents = [g for g in store.graphs() if not store.is_beside(g)]
    beside = [g for g in store.graphs() if store.is_beside(g) and not hidden(g)]
    known = {q.subject for g in beside for q in store.graph(g)}
    added = [q for g in beside if is_graph(g, "added") for q in store.graph(g)]  # by an update, to whatever it tells of
    loose = {Quad(q.subject, q.predicate, q.object) for q in store.match()} if store.folder is None else set()
    for graph in documents:
        own = [Quad(q.subject, q.predicate, q.object) for q in store.graph(graph)]
        loose.difference_update(own)
        if own:
            subjects = {q.subject for q in own}
            mine = [Quad(q.subject, q.predicate, q.object) for q in added if q.subject in subjects]
            yield own + mine, _part(store, own, beside, known)
    aside = {Quad(q.subject, q.predicate, q.object) for g in beside for q in store.graph(g)}
    alone = (loose - aside) | ({Quad(q.subject, q.predicate, q.object) for q in added} if not documents else set())
    if loose or aside:
        yield list(alone), _part(store, list(loose | aside), beside, known)


def _part(store: Store, own: list[Quad], beside: list[IRI], known: set[IRI]) -> Store:
    """These quads with what graphs beside say of their subjects in `known`, and the kinds of what they speak of."""
    subjects = {q.subject for q in own}
    held = [
        *own,
        *(q for node in subjects & known for g in beside for q in store.graph(g, node)),
    ]
    named = {q.subject for q in held if q.predicate in _NAMES}
    spoken = {q.object for q in held if isinstance(q.object, IRI) and not q.object.value.startswith(KG)} - subjects
    held += (q for node in named for q in store.match(node, _A))
    held += (q for node in spoken for name in (_A, *_NAMES, kg("status")) for q in store.match(node, name))
    part = Store.memory(store.base)
    part.load(held)
    return part


def _violation(store: Store, rule: str, node: object, broken: str, remedy: str) -> Violation:
    if not isinstance(node, IRI):
        return Violation(rule, str(node), f"A blank node: {broken}; {remedy}.")
    name = labels_of(store, [node]).get(node)
    thing = shorten(node, store.base) + (f" (“{_cut(name)}”)" if name else "")
    return Violation(rule, node.value, f"{thing}: {_cut(broken, 400)}; {remedy}.")


# ------------------------------------------------------------------ shapes


def _by_shapes(store: Store, own: list[Quad], above: Lineage) -> Iterator[Violation]:
    for one in broken(read_shapes(data_folder("ontology") / "shapes.ttl"), own, above):
        rule, _, remedy = one.shape.message.partition(" — ")
        yield _violation(store, one.shape.name, one.node, rule, remedy or "correct it")


def _above(store: Store) -> Lineage:
    """The classes above each class, as the store knows them: ours, and those of a user."""
    rows = store.select("SELECT ?below ?above { ?below rdfs:subClassOf ?above }", ontology=True)
    return lineage((row["below"], row["above"]) for row in rows)


def _cut(text: str, most: int = 80) -> str:
    flat = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
