"""A store that keeps its articles' graphs lean answers, changes and exports as one that keeps them in full."""

from __future__ import annotations

import io

import pyoxigraph as engine
import pytest
from pyoxigraph import RdfFormat

from kg import rdf
from kg.errors import StoreError
from kg.inference import infer
from kg.rdf import IRI, Literal, Quad, kg, term
from kg.store import Store, pack
from kg.store.looking import looks
from tests.helpers import newsroom

ALL = ("background", "inferred", "links", "added", "decisions", "tally", "copies")


def made() -> list[Store]:
    """The same articles in two stores, one full and one lean."""
    stores = [Store(engine.Store(), profile=profile) for profile in ("full", "lean")]
    for store in stores:
        store.learn()
        store._count()
        for quads in map(newsroom.quads, newsroom.readings()):
            store.put(quads[0].graph_name, quads)
    return stores


@pytest.fixture(scope="module")
def alike() -> list[Store]:
    """To be read."""
    return made()


@pytest.fixture
def both() -> list[Store]:
    """To be changed."""
    return made()


def first(store: Store) -> IRI:
    return next(store.documents()).iri


def everything(store: Store) -> list[str]:
    return sorted(map(str, store.quads(beside=ALL)))


def asked(store: Store, text: str, **more) -> list[str]:
    result = store.query(text, **more)
    return sorted(map(str, result)) if hasattr(result, "__iter__") else [str(bool(result))]


def written(store: Store) -> list[bytes]:
    made = io.BytesIO()
    store.dump(made, RdfFormat.N_QUADS)
    parts = [b"".join(sorted(rdf._bytes(part, RdfFormat.N_QUADS).splitlines(True))) for part in store.parts()]
    return [*parts, *sorted(made.getvalue().splitlines(True))]


def test_a_lean_store_holds_less_and_shows_the_same(alike):
    full, lean = alike
    assert everything(full) == everything(lean) and sorted(map(str, full.match())) == sorted(map(str, lean.match()))
    assert written(full) == written(lean) and full.graphs() == lean.graphs()
    assert list(full.documents()) == list(lean.documents()) and full.tally() == lean.tally()
    on_disk = [sum(1 for q in s._inner.quads_for_pattern(None, None, None, first(s))) for s in alike]
    assert on_disk[1] < on_disk[0] / 2
    for quad in full.quads():
        assert quad in lean
        assert set(full.match(quad.subject, quad.predicate)) == set(lean.match(quad.subject, quad.predicate))
    assert Quad(first(lean), kg("profile"), Literal("lean"), first(lean)) not in lean


QUERIES = [
    "SELECT * { GRAPH ?g { ?s ?p ?o } FILTER (!REGEX(STR(?g), 'graph/')) }",
    "SELECT * { GRAPH <DOC> { ?s ?p ?o } }",
    "SELECT * FROM <DOC> { ?s ?p ?o }",
    "SELECT * FROM NAMED <DOC> { GRAPH ?g { ?s kg:quote ?o } }",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?c a kg:Claim ; kg:status kg:asserted } } GROUP BY ?g",
    "SELECT ?g ?q { ?c kg:evidence ?e . GRAPH ?g { ?e kg:quote ?q } }",
    "SELECT ?g ?q { ?c kg:evidence ?e . GRAPH <DOC> { ?e kg:quote ?q } }",
    "SELECT * { GRAPH ?g { ?x skos:prefLabel ?n ; a kg:Person } }",
    "SELECT * { GRAPH ?g { ?x a kg:Person , ?type } }",
    "SELECT * { GRAPH ?g { ?c kg:evidence/kg:quote ?q } }",
    "SELECT * { GRAPH ?g { ?c ^kg:document/^kg:evidence ?q } }",
    "SELECT * { GRAPH ?g { ?x a kg:Claim FILTER EXISTS { ?x kg:polarity kg:positive } } }",
    "SELECT * { GRAPH ?g { ?x kg:confidence ?n . FILTER (?n < 1.5) . ?x kg:validity ?v } }",
    "SELECT * { GRAPH ?g { VALUES ?p { kg:start } ?x ?p ?n } }",
    "SELECT * { GRAPH ?g { [] kg:rule ?r } }",
    "SELECT * { GRAPH ?g { ?x (kg:agent|kg:participant)+ ?y } }",
    "SELECT * { GRAPH ?g { { ?x kg:rule ?y } UNION { ?x kg:claimedBy ?y } OPTIONAL { ?x kg:start ?z } } }",
    "SELECT * { GRAPH ?g { { SELECT ?x { ?x kg:fact ?f } } } }",
    "PREFIX q: <https://w3id.org/article-kg/ontology#quo> SELECT * { GRAPH ?g { ?x q:te ?y } }",
    "PREFIX q: <https://w3id.org/article-kg/ontology#quote> SELECT * { GRAPH ?g { ?x q: ?y } }",
    "ASK { GRAPH ?g { ?x a kg:Evidence } }",
    "ASK { GRAPH ?g { ?x kg:profile ?y } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <DOC> { ?s ?p ?o } }",
    "SELECT ?c { GRAPH ?g { ?x a ?class ; kg:status ?s } ?class rdfs:subClassOf* ?c }",
    "SELECT ?q { { GRAPH ?g { ?e kg:quote ?q } } UNION { ?e kg:rule ?q } }",
]


@pytest.mark.parametrize("text", QUERIES)
def test_a_query_that_looks_into_graphs_gives_the_same(alike, text):
    full, lean = alike
    text = text.replace("DOC", first(full).value)
    answer = asked(full, text)
    assert answer == asked(lean, text) and (answer or "profile" in text)


def test_graphs_given_by_the_protocol_are_whole(alike):
    full, lean = alike
    one, other, *_ = (held.iri for held in full.documents())
    for more in ({"default_graphs": [one, other]}, {"named_graphs": [other]}, {"default_graphs": [one]}):
        for text in ("SELECT * { ?s kg:rule ?o }", "SELECT * { GRAPH ?g { ?s kg:quote ?o } }"):
            assert asked(full, text, **more) == asked(lean, text, **more)


def some(store: Store, number: int) -> list[Quad]:
    return sorted(store.graph(first(store)), key=str)[::number]


CHANGES = [
    lambda store: store.put(first(store), some(store, 2)),
    lambda store: store.remove(first(store)),
    lambda store: [store.remove(held.iri) for held in list(store.documents())],
    lambda store: store.update("DELETE WHERE { ?e kg:rule ?r }"),
    lambda store: store.update(f"DELETE {{ ?e kg:start ?n }} WHERE {{ GRAPH {first(store)} {{ ?e kg:start ?n }} }}"),
    lambda store: store.update("INSERT { GRAPH ?g { ?e kg:rule 'x' } } WHERE { GRAPH ?g { ?e kg:start ?n } }"),
    lambda store: store.update("DELETE WHERE { GRAPH ?g { ?e kg:evidence ?n } }"),
    lambda store: store.update(f"DROP GRAPH {first(store)}"),
    lambda store: store.update(f"COPY {first(store)} TO <urn:x:new>"),
    lambda store: store.update(f"ADD {first(store)} TO <urn:x:new> ; DROP GRAPH {first(store)}"),
    lambda store: store.load(some(store, 3)),
    infer,
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_comes_to_the_same(both, change):
    """So do those after it: an article that comes again, and one that goes."""
    full, lean = both
    for then in (
        change,
        lambda store: [store.put(quads[0].graph_name, quads) for quads in map(newsroom.quads, newsroom.readings())],
        lambda store: store.remove(first(store)),
    ):
        for store in both:
            then(store)
        assert everything(full) == everything(lean) and sorted(map(str, full.match())) == sorted(map(str, lean.match()))
        assert full.tally() == lean.tally()


def test_what_two_articles_say_stays_while_one_says_it(both):
    """Also where the second has left it out: the label of what both name."""
    for store in both:
        shared = [
            (q, others)
            for q in store.match(None, term("rdfs:label"))
            if len(others := [g for g in store.graphs() if Quad(*q.triple, g) in store and not store.is_beside(g)]) > 1
        ]
        assert shared
        quad, (one, *others) = shared[0]
        store.remove(one)
        assert next(store.match(quad.subject, quad.predicate, quad.object), None)
        for other in others:
            store.remove(other)
        assert not next(store.match(quad.subject, quad.predicate, quad.object), None)


def test_a_store_keeps_its_profile_and_the_older_form_opens(tmp_path):
    quads = newsroom.quads(newsroom.harbour_march())
    for profile, form in (("full", '"format": 1'), ("lean", '"format": 2')):
        folder = tmp_path / f"{profile}.kg"
        Store.open(folder, create=True, write=True, profile=profile).close()
        assert form in (folder / "store.json").read_text()
        with Store.open(folder, create=True, write=True) as store:
            store.put(quads[0].graph_name, quads)
            assert store.profile == profile
            store.snapshot(tmp_path / f"{profile}.copy.kg")
        with Store.of(tmp_path / f"{profile}.copy.kg") as store:
            assert store.profile == profile and set(store.graph(quads[0].graph_name)) >= {
                q for q in quads if q.graph_name == quads[0].graph_name
            }
    (folder / "store.json").write_text('{"format": 3, "base": "https://e.org/"}')
    with pytest.raises(StoreError, match="has form 3, this program knows 2"):
        Store.open(folder)


@pytest.mark.parametrize(
    "text, left_out, union",
    [
        ("SELECT * { GRAPH ?g { ?x skos:prefLabel ?n ; a kg:Person } }", False, False),
        ("SELECT * { GRAPH ?g { ?x kg:agent ?a } . GRAPH ?h { ?a a kg:Person } }", False, False),
        ("SELECT * { GRAPH ?g { ?x skos:prefLabel 'GRAPH ?h { ?s ?p ?o }'@en } ?x kg:quote ?q }", False, True),
        ("SELECT * { GRAPH ?g { ?x kg:value '5'^^xsd:integer . ?x kg:agent ?y FILTER (?y != ?x) } }", False, False),
        ("SELECT * { GRAPH ?g { ?x kg:agent/skos:prefLabel ?n } }", False, False),
        ("SELECT * { GRAPH ?g { ?x kg:agent/rdfs:label ?n } }", True, False),
        ("SELECT * { GRAPH ?g { ?x a ?class } }", True, False),
        ("SELECT * { GRAPH ?g { ?x skos:prefLabel 'a', ?n ; ?p ?o } }", True, False),
        ("SELECT * { GRAPH ?g { ?x kg:agent ?y FILTER EXISTS { ?y rdfs:label ?l } } }", True, False),
    ],
)
def test_what_a_query_looks_for_in_graphs(text, left_out, union):
    found = looks(text, rdf.prefixes())
    assert found is not None and (found.left_out, found.union) == (left_out, union)


def test_a_query_of_the_union_looks_into_no_graph():
    assert looks("SELECT * { ?graph kg:quote 'from GRAPH' }", {}) is None


def test_packing_makes_the_data_small_and_changes_nothing(tmp_path):
    """Also where a crash came between its two renamings; a store that a reader holds, or that is small, is left."""
    folder = tmp_path / "s.kg"
    with Store.open(folder, create=True, write=True) as store:
        for quads in map(newsroom.quads, newsroom.readings()):
            store.put(quads[0].graph_name, quads)
        before = everything(store)
        assert not pack(folder, least=1)  # it is being written
    size = sum(path.stat().st_size for path in (folder / "data").glob("*.sst"))
    assert not pack(folder)
    with Store.open(folder):
        assert not pack(folder, least=1)
    assert pack(folder, least=1) and not pack(folder, least=1)
    assert sum(path.stat().st_size for path in (folder / "data").glob("*.sst")) < size
    assert {path.name for path in folder.iterdir()} == {"data", "lock", "packed", "store.json"}
    with Store.open(folder, write=True) as store:
        assert everything(store) == before
    (folder / "data").rename(folder / "data.old")
    with Store.open(folder) as store:
        assert everything(store) == before
