"""SPARQL Update on the store: what it changes, what it costs, and that it is whole or not at all."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pyoxigraph as engine
import pytest
from pyoxigraph import DefaultGraph

from kg.errors import QueryError
from kg.rdf import IRI, Literal, Quad, prefixes, special_graph, with_graph
from kg.store import Store

UNION = DefaultGraph()
ONE, TWO = IRI("urn:doc:1"), IRI("urn:doc:2")


def triple(subject: str, predicate: str, object: str) -> Quad:
    return Quad(IRI(f"urn:{subject}"), IRI(f"urn:{predicate}"), IRI(f"urn:{object}"))


#: Two documents that share a triple.
DOCUMENTS = [
    *with_graph([triple("a", "knows", "b"), triple("a", "is", "x"), triple("b", "is", "y")], ONE),
    *with_graph([triple("a", "knows", "b"), triple("c", "is", "x")], TWO),
]


def filled() -> Store:
    store = Store.memory()
    store.load(DOCUMENTS)
    return store


def as_the_engine_has_it(text: str) -> set[Quad]:
    """The named graphs after an update by the engine itself, which knows nothing of a union: its default graph is then
    compared with what it was, and what went from it or came into it goes from every graph or comes into `added`."""
    inner = engine.Store()
    inner.extend([*DOCUMENTS, *(Quad(*q.triple) for q in DOCUMENTS)])
    known = set(inner.quads_for_pattern(None, None, None, UNION))
    inner.update(text, prefixes=prefixes())
    seen = set(inner.quads_for_pattern(None, None, None, UNION))
    named = {q for q in inner if q.graph_name != UNION}
    named = {q for q in named if Quad(*q.triple) in seen or Quad(*q.triple) not in known}
    added = special_graph("added", Store.memory().base)
    return named | {Quad(*q.triple, added) for q in seen - known if q.triple not in {n.triple for n in named}}


P = "PREFIX u: <urn:> "


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { u:d u:is u:x }",
        "INSERT DATA { u:a u:is u:x }",  # it is there
        "INSERT DATA { GRAPH <urn:doc:2> { u:a u:is u:x } }",
        "DELETE DATA { u:a u:knows u:b }",  # from both
        "DELETE DATA { GRAPH <urn:doc:1> { u:a u:knows u:b } }",  # one still says it
        "DELETE DATA { GRAPH <urn:doc:1> { u:b u:is u:y } }",
        "DELETE DATA { u:a u:is u:x } ; INSERT DATA { u:a u:is u:z }",
        "INSERT DATA { u:a u:is u:z } ; DELETE DATA { u:a u:is u:z }",
        "DELETE DATA { u:a u:is u:x } ; INSERT DATA { u:a u:is u:x }",
        "DELETE WHERE { ?s u:is ?o }",
        "DELETE WHERE { GRAPH ?g { ?s u:is u:x } }",
        "DELETE { ?s u:is ?o } INSERT { ?s u:was ?o } WHERE { ?s u:is ?o FILTER(?o = u:x) }",
        "INSERT { GRAPH ?g { ?s u:in ?g } } WHERE { GRAPH ?g { ?s u:is ?o } }",
        "WITH <urn:doc:1> DELETE { ?s u:is ?o } INSERT { ?o u:of ?s } WHERE { ?s u:is ?o }",
        "WITH <urn:doc:1> INSERT { ?s u:new ?o } USING <urn:doc:2> WHERE { ?s u:is ?o }",
        "INSERT { ?s u:n ?g } USING NAMED <urn:doc:2> WHERE { GRAPH ?g { ?s u:is ?o } }",
        "INSERT { ?s u:says ?t } WHERE { ?s u:is u:x BIND('a { } ; ? # b' AS ?t) } # ; CLEAR ALL",
        "INSERT { ?s ?unbound u:x . ?o ?p 'kept' } WHERE { ?s ?p ?o }",
        "INSERT { ?t u:is ?s . ?s u:is ?t } WHERE { ?s u:is u:y BIND(1 AS ?t) }",
        "INSERT DATA { u:e u:is u:x } ; DELETE { ?s u:is u:x } INSERT { ?s u:is u:w } WHERE { ?s u:is u:x }",
        "CLEAR GRAPH <urn:doc:1>",
        "DROP GRAPH <urn:doc:2> ; INSERT DATA { u:d u:is u:x }",
        "DROP SILENT GRAPH <urn:nothing>",
        "CLEAR ALL",
        "CLEAR DEFAULT",
        "COPY <urn:doc:1> TO <urn:doc:3>",
        "MOVE <urn:doc:1> TO <urn:doc:2>",
        "ADD <urn:doc:1> TO <urn:doc:2> ; CREATE GRAPH <urn:new>",
        "BASE <urn:base:> PREFIX v: <urn:v:> INSERT DATA { v:a\\;b v:p <x> , 'y'@en , 4.5 } ; INSERT DATA { v:a a "
        "<b> }",
    ],
)
def test_it_changes_what_the_standard_says(text):
    store = filled()
    store.update(P + text)
    assert {q for q in store.quads() if q.graph_name != UNION} == as_the_engine_has_it(P + text)
    assert set(store.match()) == {Quad(*q.triple) for q in store.quads()}


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { u:a u:b ?x }",
        "DELETE DATA { u:a u:b _:x }",
        "DELETE { u:a u:b _:x } WHERE { ?s ?p ?o }",
        'INSERT { "x" u:is ?s } WHERE { ?s u:is u:y }',
        "INSERT DATA { u:a u:b u:c } ; DROP GRAPH <urn:nothing>",
        "INSERT DATA { u:a u:b u:c } ; CREATE GRAPH <urn:doc:1>",
        "INSERT DATA { u:a u:b u:c } ; DELETE WHERE { ?s u:b ?o } ; MOVE <urn:nothing> TO <urn:doc:1>",
    ],
)
def test_what_fails_leaves_everything_as_it_was(text):
    store = filled()
    with pytest.raises(QueryError):
        store.update(P + text)
    assert set(store.quads()) == set(DOCUMENTS) and set(store.match()) == {Quad(*q.triple) for q in DOCUMENTS}


def test_blank_nodes_are_kept_apart_and_taken_out():
    store = filled()
    store.update(P + "INSERT { ?s u:has [ u:of ?s ] } WHERE { ?s u:is u:x }")
    assert len({q.object for q in store.match(None, IRI("urn:has"))}) == 2
    store.update(P + "DELETE { ?s u:has ?b . ?b u:of ?s } INSERT { ?s u:had 1 } WHERE { ?s u:has ?b . ?b u:of ?s }")
    assert not list(store.match(None, IRI("urn:has"))) and not list(store.match(None, IRI("urn:of")))
    assert len(list(store.match(None, IRI("urn:had")))) == 2


def test_what_is_put_in_after_its_graph_went_is_in():
    store = filled()
    store.update(P + "DROP GRAPH <urn:doc:2> ; INSERT DATA { u:c u:is u:x }")
    assert list(store.match(IRI("urn:c"), None, None, special_graph("added", store.base)))
    assert not list(store.graph(TWO)) and TWO not in store.graphs()


def of_many(folder, articles: int) -> Store:
    store = Store.open(folder, create=True, write=True)
    store.load(
        Quad(IRI(f"urn:s:{a}:{n}"), IRI(f"urn:p:{n % 9}"), Literal(f"{a} {n}"), IRI(f"urn:doc:{a}"))
        for a in range(articles)
        for n in range(300)
    )
    return store


FORMS = (
    "INSERT DATA { <urn:new> <urn:p> <urn:o> }",
    "INSERT { <urn:new> <urn:q> ?o } WHERE { <urn:new> <urn:p> ?o }",
    "DELETE WHERE { <urn:new> ?p ?o }",
    "INSERT DATA { <urn:new> <urn:p> 1 } ; DELETE { ?s <urn:p> ?o } INSERT { ?s <urn:q> ?o } WHERE { ?s <urn:p> ?o }",
)


def test_one_triple_costs_the_same_at_any_size(tmp_path):
    cost = {}
    for articles in (2, 200):
        with of_many(tmp_path / f"{articles}.kg", articles) as store:
            store.update(FORMS[0])
            took = []
            for _ in range(7):
                began = time.process_time()
                for form in FORMS:
                    store.update(form)
                took.append(time.process_time() - began)
            cost[articles] = min(took)
    assert cost[200] < 4 * cost[2], cost  # a hundred times as large


#: A process that is killed after so many of an update's changes, or just before the last.
KILLED = """
import os, signal, sys
from kg.store import Store

store = Store.open(sys.argv[1], write=True)
apply, steps = store._apply, []

def die():
    store._inner.flush()
    os.kill(os.getpid(), signal.SIGKILL)

def counted(draft):
    apply(draft)
    steps.append(draft)
    if str(len(steps)) == sys.argv[2]:
        die()

store._apply = counted
store.update(sys.argv[3], committing=die)
"""


@pytest.mark.parametrize("at", ["1", "2", "committing"])
def test_an_update_cut_short_is_not_in_at_all(tmp_path, at):
    folder = tmp_path / "a.kg"
    with Store.open(folder, create=True, write=True) as store:
        store.load(DOCUMENTS)
    text = (
        P + "DELETE DATA { u:a u:is u:x } ; DELETE { ?s u:is ?o } INSERT { ?s u:was [] } WHERE { ?s u:is ?o } ;"
        "DELETE { ?s u:was ?o } INSERT { ?s u:then ?o } WHERE { ?s u:was ?o }"
    )
    done = subprocess.run([sys.executable, "-c", KILLED, folder, at, text], timeout=120)
    assert done.returncode == -signal.SIGKILL and (folder / "updating").exists()
    with Store.open(folder, write=True) as store:
        assert set(store.quads()) == set(DOCUMENTS) and set(store.match()) == {Quad(*q.triple) for q in DOCUMENTS}
    assert not (folder / "updating").exists()


def test_what_inference_knows_stays_true():
    """A change by update is noted like any other; one of triples of no graph makes inference begin anew."""
    from kg.store import Seen

    store = filled()
    seen = Seen("r", (("urn:is", None),), 3, 0)
    store.conclude([], [], seen)
    store.update(P + "INSERT DATA { GRAPH <urn:doc:1> { u:q u:is u:x . u:q u:other u:x } }")
    assert store.seen() == (seen, [triple("q", "is", "x")])
    store.update(P + "DELETE WHERE { u:q ?p ?o }")
    assert store.seen() == (seen, [])
