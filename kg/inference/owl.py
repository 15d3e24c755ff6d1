"""What OWL 2 RL concludes, by owlrl. Always whole: owlrl knows no increments."""

from __future__ import annotations

from collections.abc import Collection

from kg import rdf
from kg.rdf import Quad
from kg.store import Store
from kg.vocabulary import data_folder

__all__ = ["conclusions"]


def conclusions(store: Store, inferred: Collection[Quad]) -> set[Quad]:
    """What follows from the plain triples, the conclusions of the rules and the ontology.

    owlrl's own axioms and what it says of literals and of the vocabularies themselves are left out.
    """
    import owlrl

    old = {Quad(q.subject, q.predicate, q.object) for q in store.graph(rdf.special_graph("inferred", store.base))}
    said = {q for q in store.match() if isinstance(q.object, rdf.IRI) and (q not in old or store.says(q))}
    said |= {q for q in inferred if isinstance(q.object, rdf.IRI)}
    terms = {q for q in rdf.parse_file(data_folder("ontology") / "kg.ttl") if isinstance(q.object, rdf.IRI)}
    data = rdf.to_rdflib_graph([*said, *terms])
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(data)
    known, things = said | terms, {q.subject for q in said}
    return {
        q
        for q in rdf.from_rdflib(data)
        if isinstance(q.subject, rdf.IRI)
        and isinstance(q.object, rdf.IRI)
        and q.subject in things
        and q.subject != q.object
        and Quad(q.subject, q.predicate, q.object) not in known
        and q.object.value != "http://www.w3.org/2002/07/owl#Thing"
    }
