"""A user's own classes and properties travel in the graph: questions, checks and pictures know them without the
user's files.
"""

from __future__ import annotations

import pytest

from kg import checker, picture, queries, vocabulary
from kg.errors import InputError
from kg.exchange import property_graph
from kg.extractor.events.dictionary import dictionary
from kg.model import Document
from kg.picture.scene import read_scene
from kg.pipeline import Line
from kg.rdf import IRI, Quad, RdfFormat, documents_of, kg, serialize, term
from kg.slim import plain_triples
from kg.store import Store

OWN = """@prefix my: <http://example.org/my#> . @prefix kg: <https://w3id.org/article-kg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
my:Outing a owl:Class ; rdfs:subClassOf kg:Visit ; rdfs:label "outing" .
my:Hike a owl:Class ; rdfs:subClassOf my:Outing ; rdfs:label "hike" ; rdfs:comment "A visit on foot." .
my:Regatta a owl:Class ; rdfs:subClassOf kg:Event ; rdfs:label "regatta" .
"""
FRAME = """[hike]
type = "Hike"
verbs = "traipse"
agent = "* subject: Actor"
place = "around over: Place"
needs = "agent place"
yes = [{ text = "Marta Lunde traipsed around Bergen.", agent = "Marta Lunde", place = "Bergen" }]
no = ["The rain traipsed."]
"""
MY = "http://example.org/my#"


@pytest.fixture(scope="module")
def graph(tmp_path_factory, annotator) -> Store:
    """A graph that was written to a file and read again, without the user's terms at hand."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "own.ttl").write_text(OWN, encoding="utf-8")
    (folder / "frames").mkdir()
    (folder / "frames" / "own.toml").write_text(FRAME, encoding="utf-8")
    line = Line(ontology=folder / "own.ttl", frames=folder / "frames")
    text = "Marta Lunde traipsed around Bergen on Monday. Viktor Adler visited Oslo."
    quads = line.quads(next(iter(line.read([Document(text, id="hike", date="2026-03-05")]))))
    with (folder / "a.trig").open("wb") as out:
        serialize(quads, RdfFormat.TRIG, out)
    store = Store.memory()
    store.load_file(folder / "a.trig")
    return store


def test_a_class_travels_with_all_above_it_and_no_other(graph):
    told = {(q.subject.value, q.object) for q in graph.match(None, term("rdfs:subClassOf"))}
    assert {(MY + "Hike", IRI(MY + "Outing")), (MY + "Outing", kg("Visit"))} == told
    assert [q.object.value for q in graph.match(IRI(MY + "Hike"), term("rdfs:comment"))] == ["A visit on foot."]
    assert not list(graph.match(IRI(MY + "Regatta"))), "nothing in the article is one"


def test_without_own_terms_nothing_is_declared(annotator):
    line = Line()
    quads = line.quads(next(iter(line.read([Document("Viktor Adler visited Oslo.", id="v")]))))
    assert not [q for q in quads if q.object == term("owl:Class") or q.predicate == term("rdfs:subClassOf")]


def test_questions_find_it(graph):
    answer = queries.ask(graph, queries.question("visits"), [])
    columns, rows = answer.shown()
    found = {row[columns.index("person")]: row[columns.index("kind")] for row in rows}
    assert found == {"Marta Lunde": "hike", "Viktor Adler": "Visit"}
    below = queries.ask(graph, queries.question("events"), [("type", "Visit")])
    assert len({row[below.columns.index("event")] for row in below.rows}) == 2


def test_checks_know_it(graph):
    assert [str(v) for v in checker.check(graph)] == []


@pytest.mark.parametrize("above, broken", [(kg("Settlement"), False), (kg("Person"), True), (None, True)])
def test_a_place_of_a_class_of_ones_own_fits_if_its_class_is_one_of_places(graph, above, broken):
    harbour = IRI(MY + "Harbour")
    other = Store.memory()
    other.load(
        Quad(q.subject, q.predicate, harbour if q.object == kg("Settlement") else q.object, q.graph_name)
        for q in graph.quads()
    )
    document = documents_of(graph.quads())[0]
    other.load([Quad(harbour, term("rdfs:subClassOf"), above, document)] if above else [])
    located = [
        Quad(IRI("urn:c"), term(f"rdf:{part}"), value, document)
        for part, value in (
            ("type", kg("Claim")),
            ("subject", IRI("urn:o")),
            ("predicate", kg("officeOf")),
            ("object", next(q.subject for q in other.match(None, term("rdf:type"), harbour))),
        )
    ]
    other.load([*located, Quad(IRI("urn:o"), term("rdf:type"), kg("Office"), document)])
    assert any(v.rule == "object-fits" for v in checker.check(other, shapes=False)) is broken


def test_pictures_and_tables_know_it(graph):
    scene = read_scene(graph, picture.read_view("events"), picture.views())
    hike = next(t for t in scene.things.values() if t.type == "Hike")
    assert hike.kind == "Event" and {"Outing", "Visit", "Movement"} <= hike.above
    nodes, _ = property_graph(graph)
    assert ("Hike",) in {n.types for n in nodes} and not [n for n in nodes if n.id.startswith(MY)]


def test_the_small_graph_keeps_its_meaning(graph):
    small = plain_triples(graph.quads())
    assert any(q.subject.value == MY + "Hike" and q.predicate == term("rdfs:subClassOf") for q in small)


@pytest.mark.parametrize(
    "line, what, near",
    [
        ('patient = "objct: Person"', "unknown slot 'objct'", "'object'"),
        ('patient = "object>inn: Person"', "unknown slot 'inn'", "'in'"),
        ('only = { subjet = "ship" }', "unknown slot 'subjet'", "'subject'"),
        ('never = { object = "x", "objekt" = "y" }', "unknown slot 'objekt'", "'object'"),
        ('kinds = { posessor = "Person" }', "unknown slot 'posessor'", "'possessor'"),
        ('needs = "agnet"', "needs 'agnet'", "'agent'"),
        ('nouns = "x"\npatiant = "object: Person"', "unknown key 'patiant'", "'patient'"),
        ('patient = "object: Persn"', "'Persn' is no class", "'Person'"),
    ],
)
def test_a_slot_that_is_none_is_an_error_with_the_nearest(tmp_path, line, what, near):
    table = f'[mine]\ntype = "Visit"\nverbs = "x"\nagent = "subject: Person"\n{line}\n'
    (tmp_path / "own.toml").write_text(table, encoding="utf-8")
    with pytest.raises(InputError) as problem:
        dictionary(vocabulary.load(frames=tmp_path))
    assert what in str(problem.value) and near in str(problem.value) and "frames/own.toml [mine]" in str(problem.value)


@pytest.mark.parametrize("slots", ["object>in", "out_of", "where host", "under_on", "amid", "* subject object with by"])
def test_slots_that_are_some(tmp_path, slots):
    table = f'[mine]\ntype = "Visit"\nverbs = "x"\nagent = "{slots}: Person"\n'
    (tmp_path / "own.toml").write_text(table, encoding="utf-8")
    assert "mine" in {f.name for f in dictionary(vocabulary.load(frames=tmp_path)).frames}
