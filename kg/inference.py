"""What follows from what is said: the rules of queries/rules/, run until nothing new follows, into the graph `inferred`.

Each rule is a CONSTRUCT whose premises stand plain and whose conclusion is a claim of origin `kg:inferred` that names them. They are
logic, not guesses: containment, both ways, the broader property.
"""
from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.rdf import Quad
from kg.store import Store
from kg.vocabulary import data_folder

__all__ = ["infer", "rules"]

#: A closure longer than this is no closure over places and posts.
LONGEST = 20


@cache
def rules(folder: Path | None = None) -> tuple[tuple[str, str], ...]:
    """The rules of a folder (the shipped one if none is given), by name: name and text."""
    folder = folder or data_folder("queries") / "rules"
    return tuple((path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.rq")))


def infer(store: Store, folder: Path | None = None) -> int:
    """Make the graph `inferred` anew from what the store holds; how many triples it has then."""
    found: dict[Quad, None] = {}
    store.replace_graph("inferred", ())
    for _ in range(LONGEST):
        before = len(found)
        for _, text in rules(folder):
            found.update(dict.fromkeys(Quad(t.subject, t.predicate, t.object) for t in store.query(text)))  # type: ignore[union-attr]
        if len(found) == before:
            break
        store.replace_graph("inferred", found)
    return len(found)


def close_by_owl(store: Store) -> int:
    """Add to the graph `inferred` what OWL 2 RL concludes from the plain triples and the ontology; how many triples it has then.

    owlrl's own axioms and what it says of literals and of the vocabularies themselves are left out.
    """
    import owlrl

    from kg import rdf

    said = [q for q in store.match() if isinstance(q.object, rdf.IRI)]
    terms = [q for q in rdf.parse_file(data_folder("ontology") / "kg.ttl") if isinstance(q.object, rdf.IRI)]
    data = rdf.to_rdflib_graph([*said, *terms])
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(data)
    known = {(q.subject, q.predicate, q.object) for q in (*said, *terms)}
    things = {q.subject for q in said}
    told = set(store.graph(rdf.special_graph("inferred", store.base)))
    new = {Quad(q.subject, q.predicate, q.object) for q in rdf.from_rdflib(data)
           if isinstance(q.subject, rdf.IRI) and isinstance(q.object, rdf.IRI) and q.subject in things and q.subject != q.object
           and (q.subject, q.predicate, q.object) not in known and q.object.value != "http://www.w3.org/2002/07/owl#Thing"}
    return store.replace_graph("inferred", {Quad(q.subject, q.predicate, q.object) for q in told} | new)
