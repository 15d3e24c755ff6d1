"""The shipped questions: each with the answer it must give on four invented articles, and the ways in which values
are understood.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import rdflib

from kg import queries
from kg.errors import QueryError
from kg.rdf import IRI, Literal, Quad, kg, literal, term
from kg.store import Store, plans
from tests.helpers import newsroom

PERSON = "https://w3id.org/article-kg/id/person/"

#: Question → the values it is asked with, and its rows as people see them.
EXPECTED: dict[str, tuple[dict[str, str], set[str]]] = {
    "about": (
        {"who": "Oskar Lind"},
        {
            "Oskar Lind | agent | attacking | Attack | alleged | positive | current |  | ",
            "Oskar Lind | agent | denied | Denial | asserted | positive | current |  | ",
            "Oskar Lind | memberOf | Copper Ring |  | alleged | positive | current | Prosecutors | 0.55",
            "Oskar Lind | memberOf | Copper Ring |  | asserted | positive | current |  | ",
            "Oskar Lind | memberOf | Copper Ring |  | denied | positive | current | spokesman | ",
            "Oskar Lind | patient | arrested | Arrest | asserted | positive | current |  | ",
            "Oskar Lind | patient | sentenced | Sentencing | asserted | positive | current |  | ",
        },
    ),
    "absent": (
        {"who": "Tomas Rhee"},
        {
            "Tomas Rhee | Visit | Saltmarsh Prison | asserted",
        },
    ),
    "alleged": (
        {"about": "Oskar Lind"},
        {
            "Oskar Lind |  | memberOf | Copper Ring | positive | Prosecutors",
            "Oskar Lind | Attack | agent | attacking | positive | ",
        },
    ),
    "articles": (
        {"publisher": "Harbour Post"},
        {
            "Mayor meets governor | 2026-03-02 | Harbour Post | 43 | 24",
            "Lind sentenced | 2026-04-10 | Harbour Post | 31 | 16",
        },
    ),
    "causes": (
        {},
        {
            "Death | killed | causedBy | Disaster | storm | asserted",
        },
    ),
    "connected": (
        {"one": "Ines Calder", "other": "Tomas Rhee"},
        {
            "Ines Calder | agent | met | agent | Tomas Rhee | asserted",
        },
    ),
    "contradictions": (
        {"about": "Oskar Lind"},
        {
            "Oskar Lind | memberOf | Copper Ring | asserted | Lind sentenced | denied | spokesman | Governor tours "
            "Saltmarsh",
        },
    ),
    "corroboration": (
        {"least": "2"},
        {
            "Ines Calder | holdsOffice | Mayor of Port Arlen | 4 | 3 | 2026-03-02 | 2026-04-11",
            "Mayor of Port Arlen | officeOf | Port Arlen | 3 | 2 | 2026-03-02 | 2026-04-10",
        },
    ),
    "decisions": (
        {"who": "Ines Calder"},
        {
            "Election | Ines Calder | senate | Dunmore | asserted",
        },
    ),
    "denied": (
        {"about": "Oskar Lind"},
        {
            "Oskar Lind | memberOf | Copper Ring | denied | positive | spokesman",
        },
    ),
    "designations": (
        {"who": "Copper Ring"},
        {
            "Copper Ring | criminal organization | the province | asserted",
        },
    ),
    "events": (
        {"since": "2026-04-01"},
        {
            "2026-04-02 | Disaster |  |  | Dunmore | asserted",
            "2026-04-02 | Death |  | people | Dunmore | asserted",
            "2026-04-08 | Meeting | Ines Calder, Tomas Rhee |  | Dunmore | asserted",
            "2026-04-09 | Sentencing |  | Oskar Lind |  | asserted",
            "2026-05 | TakingOffice | Mila Voss |  |  | planned",
        },
    ),
    "family": (
        {"person": "Ines Calder"},
        {
            "Ines Calder | spouseOf | Jon Calder | asserted | current",
        },
    ),
    "history": (
        {"who": "Ines Calder", "predicate": "holdsOffice"},
        {
            "Ines Calder | holdsOffice | Mayor of Port Arlen | 2026-03-02 | asserted | current | positive | Mayor "
            "meets governor",
            "Ines Calder | holdsOffice | Mayor of Port Arlen | 2026-03-03 | asserted | current | positive | Governor "
            "tours Saltmarsh",
            "Ines Calder | holdsOffice | Mayor of Port Arlen | 2026-04-10 | asserted | former | positive | Lind "
            "sentenced",
            "Ines Calder | holdsOffice | Mayor of Port Arlen | 2026-04-11 | asserted | former | positive | Votes and "
            "voices",
        },
    ),
    "justice": (
        {"who": "Oskar Lind"},
        {
            "Oskar Lind | Arrest |  | Police |  | 2026-03-01 | asserted",
            "Oskar Lind | Sentencing | robbery |  | seven years | 2026-04-09 | asserted",
        },
    ),
    "members": (
        {"body": "Copper Ring"},
        {
            "Oskar Lind | memberOf | Copper Ring | alleged | positive | current | Prosecutors",
            "Oskar Lind | memberOf | Copper Ring | asserted | positive | current | ",
            "Oskar Lind | memberOf | Copper Ring | denied | positive | current | spokesman",
        },
    ),
    "met": (
        {"who": "Ines Calder"},
        {
            "Ines Calder | Tomas Rhee | Meeting | Fenwick Hall | 2026-03-02 | asserted",
            "Ines Calder | Tomas Rhee | Meeting | Dunmore | 2026-04-08 | asserted",
        },
    ),
    "money": (
        {"who": "Coast Steel"},
        {
            "Coast Steel | Acquisition | Arlen Bank | 40000000 EUR | 2025 | asserted",
        },
    ),
    "movements": (
        {"who": "Tomas Rhee"},
        {
            "Tomas Rhee | Stay | Dunmore | three days |  | asserted",
            "Tomas Rhee | Visit | Saltmarsh Prison |  | 2026-03-03 | asserted",
        },
    ),
    "names": (
        {"who": "Saltmarsh"},
        {
            "Saltmarsh Prison | Prison | Saltmarsh",
            "Saltmarsh Prison | Prison | Saltmarsh Prison",
        },
    ),
    "news": (
        {"article": "Lind sentenced"},
        {
            "people | quantity | 14 people | asserted | current | Lind sentenced",
            "Ines Calder | holdsOffice | Mayor of Port Arlen | asserted | former | Lind sentenced",
            "Oskar Lind | memberOf | Copper Ring | asserted | current | Lind sentenced",
        },
    ),
    "numbers": (
        {"about": "Saltmarsh Prison"},
        {
            "Saltmarsh Prison | distance |  | 12 | kilometre |  | asserted | ",
            "Saltmarsh Prison | quantity | about | 800 |  | inmates | asserted | ",
            "Saltmarsh Prison | quantity | about | 950 |  | inmates | reported | official figures",
        },
    ),
    "offices-as-of": (
        {"day": "2026-03-31"},
        {
            "Ines Calder | Mayor of Port Arlen | Port Arlen | 2026-03-03",
        },
    ),
    "offices": (
        {"person": "Ines Calder"},
        {
            "Ines Calder | Mayor of Port Arlen | Port Arlen | current | asserted | 2026-03-02 | Mayor meets governor",
            "Ines Calder | Mayor of Port Arlen | Port Arlen | current | asserted | 2026-03-03 | Governor tours "
            "Saltmarsh",
            "Ines Calder | Mayor of Port Arlen | Port Arlen | former | asserted | 2026-04-10 | Lind sentenced",
            "Ines Calder | Mayor of Port Arlen | Port Arlen | former | asserted | 2026-04-11 | Votes and voices",
        },
    ),
    "origins": (
        {"place": "Port Arlen"},
        {
            "Tomas Rhee | bornIn | Port Arlen | asserted | current",
        },
    ),
    "owners": (
        {"what": "Arlen Bank"},
        {
            "Arlen Bank | ownedBy | Coast Steel | asserted | current",
        },
    ),
    "places": (
        {"type": "Facility"},
        {
            "Saltmarsh Prison | Prison | 2 | 2",
            "Fenwick Hall | GovernmentBuilding | 1 | 1",
        },
    ),
    "planned": (
        {"since": "2026-05-01"},
        {
            "TakingOffice | Mila Voss | Minister of Health | 2026-05 | planned",
        },
    ),
    "reported": (
        {"by": "Coast Rights Watch"},
        {
            "Coast Rights Watch | beat | Attack | rdf:type | Attack | positive",
            "Coast Rights Watch | beat | Attack | agent | guards | positive",
            "Coast Rights Watch | beat | Attack | patient | Nils Aker | positive",
        },
    ),
    "said": (
        {"speaker": "Tomas Rhee"},
        {
            "Tomas Rhee | Request |  | council | help | asserted",
            "Tomas Rhee | Statement | We will rebuild every pier | reporters |  | asserted",
        },
    ),
    "same-event": (
        {},
        {
            "Meeting | 2026-04-08 | Ines Calder, Tomas Rhee, Dunmore | Lind sentenced | Votes and voices | met",
        },
    ),
    "single-source": (
        {"about": "Ines Calder"},
        {
            "Ines Calder | residesIn | Dunmore | The Signal | 1",
            "Ines Calder | spouseOf | Jon Calder | Harbour Post | 1",
        },
    ),
    "sources": (
        {},
        {
            "Ines Calder | 4 | 2 | 2",
            "Tomas Rhee | 0 | 2 | 2",
            "Coast Rights Watch | 3 | 1 | 1",
            "Oskar Lind | 0 | 1 | 1",
            "official figures | 1 | 0 | 1",
            "Prosecutors | 1 | 0 | 1",
            "spokesman | 1 | 0 | 1",
        },
    ),
    "timeline": (
        {"who": "Oskar Lind"},
        {
            " | Attack | agent | Oskar Lind |  | alleged | 2026-03-02",
            " | Denial | agent | Oskar Lind |  | asserted | 2026-03-02",
            "2026-03-01 | Arrest | patient | Oskar Lind | Port Arlen | asserted | 2026-03-02",
            "2026-04-09 | Sentencing | patient | Oskar Lind |  | asserted | 2026-04-10",
        },
    ),
    "together": (
        {"who": "Oskar Lind"},
        {
            "Arlen Bank | Oskar Lind | 1",
            "Police | Oskar Lind | 1",
        },
    ),
    "two-values": (
        {"about": "Saltmarsh Prison"},
        {
            "Saltmarsh Prison | openedOn | 2018 | Governor tours Saltmarsh | 2019 | Mayor meets governor",
            "Saltmarsh Prison | quantity | about 800 inmates | Mayor meets governor | about 950 inmates | Governor "
            "tours Saltmarsh",
        },
    ),
    "unresolved": (
        {},
        {
            "Opening | recently | unresolved",
        },
    ),
    "violence": (
        {"who": "Oskar Lind"},
        {
            "Oskar Lind | Attack | Arlen Bank | alleged",
        },
    ),
    "visits": (
        {"person": "Tomas Rhee"},
        {
            "Tomas Rhee | Stay | Dunmore |  | asserted",
            "Tomas Rhee | Visit | Saltmarsh Prison | 2026-03-03 | asserted",
        },
    ),
    "where": (
        {"place": "Saltmarsh Prison"},
        {
            "Saltmarsh Prison | distance | 12 kilometre | Dunmore | asserted | current | ",
            "Saltmarsh Prison | near | Port Arlen |  | asserted | current | ",
            "Saltmarsh Prison | openedOn | 2018 |  | asserted | current | ",
            "Saltmarsh Prison | openedOn | 2019 |  | asserted | current | ",
            "Saltmarsh Prison | quantity | about 800 inmates |  | asserted | current | ",
            "Saltmarsh Prison | quantity | about 950 inmates |  | reported | current | official figures",
        },
    ),
    "who": (
        {"type": "Person"},
        {
            "Tomas Rhee | Person | 6 | 4",
            "Ines Calder | Person | 5 | 4",
            "Oskar Lind | Person | 3 | 3",
            "Jon Calder | Person | 1 | 1",
            "Mila Voss | Person | 1 | 1",
            "Nils Aker | Person | 1 | 1",
            "spokesman | Person | 1 | 1",
        },
    ),
}


@pytest.fixture(scope="module")
def news() -> Store:
    store = Store.memory()
    store.load(newsroom.quads())
    return store


def rows(answer: queries.Answer) -> set[str]:
    return {" | ".join(row) for row in answer.shown()[1]}


@pytest.mark.parametrize("name", queries.questions())
def test_every_question_gives_its_answer(news, name):
    given, expected = EXPECTED[name]
    assert rows(queries.ask(news, name, given)) == expected


@pytest.mark.parametrize("name, question", queries.questions().items())
def test_a_question_says_the_same_where_the_terms_lie_apart(news, name, question):
    """It is asked so that only its climbing looks at the terms; as plain SPARQL over all of it, it says the same."""
    text, ontology = news.climbing(question.text)
    assert (ontology is False) == ("subClassOf" in question.text)
    assert {tuple(r) for r in news.select(text, ontology=ontology)} == {tuple(r) for r in news.select(question.text)}


@pytest.mark.parametrize("name", [name for name, question in queries.questions().items() if question.wide])
def test_a_wide_question_read_from_beginning_to_end_says_the_same(news, name, tmp_path):
    with Store.open(tmp_path / "n.kg", create=True, write=True) as store:
        store.load(news.quads())
        question = queries.question(name)
        text, ontology = store.climbing(question.text, wide=True)
        assert text.count("SELECT") > question.text.count("SELECT") + 4 and "LATERAL" not in text
        assert [*map(tuple, store.select(text, ontology=ontology))] == [*map(tuple, store.select(question.text))]
        assert rows(queries.ask(store, name, {})) == rows(queries.ask(news, name, {}))


def test_what_is_looked_at_row_by_row_is_not_read_whole():
    text = """SELECT ?a (COUNT(?x) AS ?n) { ?a rdf:subject ?b ; kg:status kg:planned . # ?no rdf:subject ?no
      FILTER NOT EXISTS { ?a rdf:object ?x } VALUES ?b { kg:one kg:two } ?b rdfs:label/kg:of ?c
      FILTER (?c IN (kg:a, kg:b)) OPTIONAL { ?b a kg:Event } } GROUP BY ?a ?b ?c HAVING (COUNT(?x) > 1) ORDER BY ?a ?b ?c"""
    whole = plans.read_whole(text)
    assert "{ SELECT ?a ?b WHERE { ?a rdf:subject ?b } } { SELECT ?a WHERE { ?a kg:status kg:planned } }" in whole
    assert "OPTIONAL { { SELECT ?b WHERE { ?b a kg:Event } } }" in whole
    for same in ("# ?no rdf:subject ?no", "{ ?a rdf:object ?x }", "?b rdfs:label/kg:of ?c", "GROUP BY ?a ?b ?c"):
        assert same in whole


def test_what_is_optional_of_few_events_is_looked_up_row_by_row():
    """Braces in words, remarks and names are none; a SELECT keeps its own scope; classes are written out."""
    graph, asked = IRI("https://example.org/terms"), []

    def ask(text):
        asked.append(text)
        return [[Literal("3")]] if "COUNT" in text else [[kg("Visit"), kg("Visit")], [kg("Stay"), kg("Visit")]]

    text = """SELECT ?e ?by ?n { VALUES ?sort { kg:Visit } ?kind rdfs:subClassOf* ?sort .
      ?e a ?kind # } a remark
      OPTIONAL { ?e rdfs:label "}" ; kg:agent ?by OPTIONAL { ?by <urn:a{b> ?x } }
      OPTIONAL { SELECT ?e (COUNT(?r) AS ?n) { ?r rdf:subject ?e } GROUP BY ?e } }"""
    few = plans.listed(text, graph, ask, claims=30)
    assert f"VALUES (?kind ?sort) {{ ({kg('Stay')} {kg('Visit')}) ({kg('Visit')} {kg('Visit')}) }}" in few
    assert "subClassOf" not in few and str(graph) in asked[0]
    assert 'LATERAL { OPTIONAL { ?e rdfs:label "}" ; kg:agent ?by OPTIONAL { ?by <urn:a{b> ?x } } }' in few
    assert few.count("LATERAL") == 1
    many = plans.listed(text, graph, ask, claims=29)
    assert "LATERAL" not in many and "subClassOf" not in many


def test_classes_that_a_document_places_are_climbed_too(news):
    store = Store.memory()
    store.load(news.quads())
    store.update(
        """INSERT DATA { kg:Regatta rdfs:subClassOf kg:Contact }; DELETE { ?t rdf:object kg:Meeting }
        INSERT { ?t rdf:object kg:Regatta } WHERE { ?t rdf:predicate rdf:type ; rdf:object kg:Meeting }"""
    )
    question = queries.question("met")
    assert store.climbing(question.text) == (question.text, None)
    assert {row["kind"] for row in queries.ask(store, "met")} >= {kg("Regatta").value}


def copies(many: int) -> Store:
    """So many newsrooms beside each other, each of other people, at other times."""
    store, base = Store.memory(), "https://w3id.org/article-kg/id/"

    def other(node, n):
        if isinstance(node, IRI) and node.value.startswith(base) and not node.value.startswith(base + "graph/"):
            return IRI(f"{node.value}-{n}")
        return node

    for n in range(many):
        store.load(
            Quad(
                other(q.subject, n),
                q.predicate,
                Literal(f"{1000 + n}{q.object.value[4:]}", datatype=q.object.datatype)
                if q.predicate == kg("value") and isinstance(q.object, Literal)
                else other(q.object, n),
                other(q.graph_name, n),
            )
            for q in newsroom.quads()
        )
    return store


def test_no_question_looks_at_more_than_it_answers_from():
    """Narrow questions begin at what is narrow: what an article more costs them is far less than it costs the list of
    all events. What a question costs whatever the store holds (reading it, climbing the classes) drops out.
    """
    few, many = copies(20), copies(120)

    def growth(name: str) -> float:
        def cost(store: Store) -> float:
            began = time.process_time()
            assert queries.ask(store, name).rows
            return time.process_time() - began

        return min(cost(many) for _ in range(5)) - min(cost(few) for _ in range(5))

    events = growth("events")
    for name in ("met", "money", "contradictions", "movements"):
        assert growth(name) < 0.45 * events, name
    assert growth("same-event") < events  # what has a day is looked at once, not pair by pair


@pytest.mark.parametrize("name, question", queries.questions().items())
def test_every_question_opens_in_english_and_declares_what_it_takes(news, name, question):
    assert question.title.endswith("?") and question.text.startswith("# " + question.title)
    select = question.text[question.text.index("SELECT") : question.text.index("WHERE")]
    for parameter in question.parameters:
        assert f"?{parameter.name}" in select and parameter.help
    assert {key for key, _ in question.example} <= {p.name for p in question.parameters}
    assert {p.name for p in question.parameters if p.required} <= {key for key, _ in question.example}
    assert "GRAPH" not in question.text and "ORDER BY" in question.text
    if question.grounds:
        assert f"?{question.grounds}" in select


@pytest.mark.parametrize("name, question", queries.questions().items())
def test_a_value_narrows_and_never_widens(news, name, question):
    """Whatever a question answers to a value, it also answers without it: a parameter that is not heard would show
    here or above.
    """
    if any(p.required for p in question.parameters):
        return
    everything = queries.ask(news, name)
    asked = queries.ask(news, name, question.example)
    assert 0 < len(asked) <= len(everything)
    for parameter in question.parameters:
        nobody = {
            "date": "0001" if parameter.name == "until" else "9999",
            "number": "999999",
            "type": "SportsTeam",
            "status": "denied",
        }
        given = nobody.get(parameter.kind, "nobody of this name")
        assert not queries.ask(news, name, {parameter.name: given}), parameter.name


def test_there_are_enough_questions_and_the_catalogue_is_theirs(root):
    assert len(queries.questions()) >= 30
    page = (root / "queries" / "README.md").read_text(encoding="utf-8")
    assert page == queries.catalogue_page(), "python -m kg.queries > queries/README.md"


@pytest.mark.parametrize(
    "value",
    ["Ines Calder", "ines calder", "Calder", PERSON + "ines-calder", f"<{PERSON}ines-calder>", "person:ines-calder"],
)
def test_a_value_matches_an_iri_a_label_or_an_alias(news, value):
    assert queries.find(news, value) == [IRI(PERSON + "ines-calder")]


@pytest.mark.parametrize(
    "value", ['x" } } DROP ALL #', "'} UNION {?s ?p ?o}", "\\", "?who", "Ines Calder\n", "<not an iri>", "%00", "𝔘", ""]
)
def test_a_value_is_bound_not_pasted(news, value):
    answer = queries.ask(news, "met", {"who": value})
    assert len(answer) == (3 if value.strip() == "Ines Calder" else 0)


def test_things_joined_by_review_answer_as_one(news):
    store = Store.memory()
    store.load(newsroom.quads())
    other = IRI(PERSON + "i-calder")
    store.load(
        [
            Quad(other, term("skos:prefLabel"), Literal("I. C."), IRI("https://example.org/graph/links")),
            Quad(other, term("owl:sameAs"), IRI(PERSON + "ines-calder"), IRI("https://example.org/graph/links")),
        ]
    )
    assert rows(queries.ask(store, "met", {"who": "I. C."})) == EXPECTED["met"][1]


def test_a_name_that_is_not_there_says_what_is_near(news):
    answer = queries.ask(news, "about", {"who": "calde"})
    assert not answer and "did you mean Calder or Ines Calder" in answer.note


@pytest.mark.parametrize(
    "sparql, says",
    [
        (
            "SELECT ?x { ?x a kg:Perzon }",
            "kg:Perzon is neither in the ontology nor in the graph: did you mean kg:Person?",
        ),
        (
            "SELECT ?x { ?x kg:membrOf ?y }",
            "kg:membrOf is neither in the ontology nor in the graph: did you mean kg:memberOf?",
        ),
        ("SELECT ?x { ?x skos:preflabels ?y }", "skos:preflabels is not in the graph: did you mean skos:prefLabel?"),
        (
            "SELECT * { person:ines-caldr ?p ?o }",
            "person:ines-caldr is not in the graph: did you mean person:ines-calder?",
        ),
        (f"SELECT * {{ <{PERSON}ines-caldr> ?p ?o }}", "person:ines-caldr is not in the graph"),
        ("PREFIX k: <https://w3id.org/article-kg/ontology#> SELECT * { ?x k:membrOf ?y }", "did you mean kg:memberOf?"),
        (
            "SELECT * { ?x skos:prefLabel 'Inez Caldr' }",
            "nothing in the graph is called 'Inez Caldr': did you mean 'Ines Calder'",
        ),
        ("SELECT (COUNT(*) AS ?n) { ?x a kg:Perzon }", "did you mean kg:Person?"),
        ("ASK { ?x a kg:Perzon }", "did you mean kg:Person?"),
        ("CONSTRUCT WHERE { ?x a kg:Perzon }", "did you mean kg:Person?"),
        ("SELECT ?x { ?x a kg:Discovery ; kg:membrOf ?y }", "kg:membrOf"),
        ("SELECT ?x { ?x a kg:Discovery ; kg:status kg:asserted }", "the graph has no kg:Discovery"),
        ("SELECT ?x { GRAPH <https://e.org/g> { ?x ?p ?o } }", "<https://e.org/g> is not in the graph"),
    ],
)
def test_an_empty_answer_names_what_the_graph_does_not_have(news, sparql, says):
    assert says in queries.run(news, sparql).note


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?x { ?x a kg:Person FILTER(xsd:integer(?x) > 3) }",
        "SELECT ?x { ?x rdfs:label ?l FILTER(CONTAINS(?l, 'no such words')) } # kg:Perzon",
        "SELECT ?x { ?x a kg:Person ; skos:prefLabel 'Ines Calder' FILTER(?x = 'kg:Perzon') }",
        "SELECT ?x { ?x a kg:Person FILTER EXISTS { ?x a ?c . ?c rdfs:subClassOf ?x } }",
        "SELECT ?x { ?x a kg:Person }",
    ],
)
def test_what_is_there_is_not_called_unknown(news, sparql):
    """Nor what only a comment, a word or a function says; nor anything where there is an answer."""
    assert queries.run(news, sparql).note == ""


@pytest.mark.parametrize(
    "name, given, says",
    [
        ("about", {"who": "Inez Caldr"}, "nothing in the graph is called 'Inez Caldr' (who); did you mean Ines Calder"),
        (
            "about",
            {"who": "person:ines-caldr"},
            "who: person:ines-caldr is not in the graph: did you mean person:ines-calder?",
        ),
        ("about", {"who": "https://e.org/x"}, "who: <https://e.org/x> is not in the graph"),
        ("said", {"document": "Lind sentensed"}, "did you mean Lind sentenced"),
    ],
)
def test_a_value_that_is_nowhere_says_so(news, name, given, says):
    if name == "said" and not any(p.kind == "document" for p in queries.question("said").parameters):
        name = next(q.name for q in queries.questions().values() if any(p.kind == "document" for p in q.parameters))
        given = {next(p.name for p in queries.question(name).parameters if p.kind == "document"): given["document"]}
    answer = queries.ask(news, name, given)
    assert not answer and says in answer.note


@pytest.mark.parametrize(
    "name, given, says",
    [
        ("who", {"type": "Prizon"}, "did you mean 'Prison'"),
        ("events", {"status": "allegd"}, "did you mean 'alleged'"),
        ("history", {"who": "Ines Calder", "predicate": "membrOf"}, "did you mean 'memberOf'"),
        ("met", {"untill": "2026"}, "did you mean 'until'"),
        ("mett", {}, "did you mean 'met'"),
        ("../views/plain", {}, "no question"),
        ("about", {}, "needs a value for who"),
        ("met", {"wo": "x"}, "its parameters: who, since, until"),
        ("who", {"type": "Prisoon"}, "no class"),
        ("events", {"status": "sure"}, "no status"),
        ("events", {"since": "May"}, "no date"),
        ("corroboration", {"least": "two"}, "no whole number"),
        ("history", {"who": "Ines Calder", "predicate": "likes"}, "no property"),
    ],
)
def test_what_cannot_be_asked_says_why(news, name, given, says):
    with pytest.raises(QueryError, match=says):
        queries.ask(news, name, given)


def test_a_class_is_known_by_name_or_label(news):
    assert (
        len(queries.ask(news, "who", {"type": "security force"}))
        == len(queries.ask(news, "who", {"type": "kg:SecurityForce"}))
        == 2
    )


def test_answers_as_data_carry_iris_and_labels(news):
    answer = queries.ask(news, "family")
    table = list(csv.DictReader(io.StringIO(answer.to_csv())))
    assert table[0]["one"] == PERSON + "ines-calder" and table[0]["oneLabel"] == "Ines Calder"
    assert answer.to_csv("\t").splitlines()[0].split("\t")[:2] == ["one", "oneLabel"]
    said = json.loads(answer.to_json())
    assert said["results"]["bindings"][0]["other"] == {"type": "uri", "value": PERSON + "jon-calder"}


def test_labels_cannot_steer_a_terminal():
    store = Store.memory()
    node = IRI("https://example.org/x")
    store.load(
        [
            Quad(node, term("rdf:type"), kg("Person"), IRI("https://example.org/d")),
            Quad(node, term("skos:prefLabel"), Literal("a\x1b[31m\u202eb\nc"), IRI("https://example.org/d")),
        ]
    )
    cell = queries.run(store, "SELECT ?x { ?x a kg:Person }").shown()[1][0][0]
    assert cell.isprintable() and cell.startswith("a") and cell.endswith("b c")


def test_free_sparql_in_its_four_forms(news):
    assert queries.run(news, "ASK { ?x a kg:Prison }").rows[0][0].value == "true"
    assert queries.run(news, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0].value == str(len(news))
    assert queries.run(news, "CONSTRUCT { ?x a kg:Jail } WHERE { ?x a kg:Prison }").columns == (
        "subject",
        "predicate",
        "object",
    )
    assert len(queries.run(news, "DESCRIBE person:jon-calder")) > 1
    for wrong in ("SELEC ?x", "INSERT DATA { <urn:a> <urn:b> <urn:c> }", "SELECT * { SERVICE <http://127.0.0.1/> {} }"):
        with pytest.raises(QueryError):
            queries.run(news, wrong)


def test_long_answers_are_cut_and_say_so(news):
    answer = queries.run(news, "SELECT * { ?s ?p ?o }", most=10)
    assert len(answer) == 10 and "more than 10" in answer.note
    assert len(queries.ask(news, "events", most=3)) == 3


def test_terms_lists_what_the_graph_uses_and_not_the_ontology(news):
    queries.ask(news, "who")  # by now the ontology is loaded
    used = {(row[0].value, queries.shorten(row[1])): int(row[2].value) for row in queries.terms(news).rows}
    assert used["class", "Prison"] == 1 and used["property", "memberOf"] == 1
    assert ("class", "owl:Class") not in used and not any(term == "Museum" for _, term in used)


def test_why_shows_the_words_in_context(news):
    found = queries.why(news, "Oskar Lind")
    spoken = next(g for g in found if g.status == "denied")
    assert (
        spoken.quote == "Oskar Lind belongs to the Copper Ring"
        and spoken.speaker == "spokesman"
        and spoken.publisher == "Coast Daily"
    )
    assert spoken.before.endswith("A spokesman denied that ") and spoken.after.startswith(". Ines Calder is")
    assert {g.status for g in found} == {"asserted", "alleged", "denied"}
    documents = {
        d.iri: next(q.object.value for q in news.match(d.iri, term("schema:articleBody"))) for d in news.documents()
    }
    for ground in found:
        assert documents[ground.document][ground.start : ground.end] == ground.quote


def test_why_of_a_claim_a_fact_an_event_and_of_nothing(news):
    claim = next(
        q.subject for q in news.match(None, term("rdf:object"), IRI("https://w3id.org/article-kg/id/org/copper-ring"))
    )
    fact = next(q.object for q in news.match(claim, kg("fact")))
    assert [g.claim for g in queries.why(news, claim)] == [claim]
    assert claim in {g.claim for g in queries.why(news, fact)}
    event = queries.ask(news, "absent").grounds[0]
    assert "Rhee did not join the tour of the prison" in {g.quote for g in queries.why(news, event)}
    with pytest.raises(QueryError, match="nothing in the graph"):
        queries.why(news, "Nobody At All")


def test_without_the_text_quotes_stay():
    store = Store.memory()
    store.load(newsroom.quads(newsroom.coast_march(), with_text=False))
    found = queries.why(store, "Copper Ring")
    assert found[0].quote == "Oskar Lind belongs to the Copper Ring" and found[0].before == ""


def test_asking_loads_no_heavy_library(root):
    code = (
        "import sys; import kg.queries, kg.store, kg.guard; "
        "print([m for m in ('spacy', 'rdflib', 'networkx', 'pyshacl', 'numpy') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root).stdout.strip() == "[]"


def said(*events: tuple[int, list[tuple[int, str]]]) -> Store:
    """Ana's statements: where in the article each verb stands, and where which words of it."""

    def node(name: str) -> IRI:
        return IRI(f"https://example.org/{name}")

    store, quads = (
        Store.memory(),
        [(node("ana"), term("rdf:type"), kg("Person")), (node("ana"), term("skos:prefLabel"), Literal("Ana"))],
    )

    def claim(name: str, *spo) -> None:
        quads.extend((node(name), term(p), o) for p, o in zip(("rdf:subject", "rdf:predicate", "rdf:object"), spo))
        quads.extend(
            [
                (node(name), kg("status"), kg("asserted")),
                (node(name), kg("polarity"), kg("positive")),
                (node(name), kg("evidence"), node(f"m-{name}")),
            ]
        )

    def mark(name: str, start: int, words: str) -> None:
        quads.extend(
            [
                (node(name), kg("document"), node("doc")),
                (node(name), kg("start"), literal(str(start), "xsd:integer")),
                (node(name), kg("quote"), Literal(words)),
            ]
        )

    for at, quotes in events:
        claim(f"t{at}", node(f"e{at}"), term("rdf:type"), kg("Statement"))
        claim(f"a{at}", node(f"e{at}"), kg("agent"), node("ana"))
        mark(f"m-t{at}", at, "said")
        mark(f"m-a{at}", at, "said")
        for start, words in quotes:
            quads.append((node(f"e{at}"), kg("content"), node(f"q{start}")))
            mark(f"q{start}", start, words)
    store.load([Quad(*triple, node("doc")) for triple in quads])
    return store


def test_what_was_said_comes_in_the_order_of_the_text():
    store = said(
        (112, [(90, "“Zinc is dear,”"), (118, "“and ore is dearer.”")]),
        (57, [(15, "“We stay.”")]),
        (1030, [(1040, "“Ask me later.”")]),
    )
    answer = queries.ask(store, "said")
    assert [row["words"] for row in answer] == [
        "“We stay.”",
        "“Zinc is dear,”",
        "“and ore is dearer.”",
        "“Ask me later.”",
    ]
    columns, body = answer.shown()
    assert [row[columns.index("words")] for row in body] == [
        "“We stay.”",
        "“Zinc is dear,” … “and ore is dearer.”",
        "“Ask me later.”",
    ]


def test_a_quotation_that_repeats_itself_is_shown_whole():
    store = said((40, [(10, '"No, never, no, never,"'), (50, '"Ever, ever."')]))
    columns, body = queries.ask(store, "said").shown()
    assert body[0][columns.index("words")] == '"No, never, no, never," … "Ever, ever."'


VALUES = """SELECT ?who ?n ?d ?f ?yes ?day ?at ?year ?odd ?word ?none {
  VALUES (?who ?n ?d ?f ?yes ?day ?at ?year ?odd ?word) {
    (person:ines-calder 7 1.50 1e3 true "2025-03-05"^^xsd:date "2025-03-05T10:00:00Z"^^xsd:dateTime "2025"^^xsd:gYear "x"^^xsd:integer "oui"@fr) }
  OPTIONAL { person:nobody-at-all a ?none } }"""


def test_rows_are_named_and_plain(news):
    (row,) = queries.run(news, VALUES)
    assert row == {
        "who": PERSON + "ines-calder",
        "whoLabel": "Ines Calder",
        "n": 7,
        "d": Decimal("1.50"),
        "f": 1000.0,
        "yes": True,
        "day": date(2025, 3, 5),
        "at": datetime(2025, 3, 5, 10, tzinfo=UTC),
        "year": "2025",
        "odd": "x",
        "word": "oui",
        "none": None,
    }
    assert type(row["n"]) is int and type(row["f"]) is float and row["yes"] is True
    for name, question in queries.questions().items():
        answer = queries.ask(news, name, question.example)
        assert answer and "NamedNode" not in f"{answer!r}{list(answer)}", name
        assert [list(row) for row in answer] == [list(answer.data()[0])] * len(answer)


def test_a_label_takes_no_name_that_a_column_has(news):
    answer = queries.run(news, "SELECT ?x ?xLabel { VALUES (?x ?xLabel) { (person:ines-calder 'mine') } }")
    assert list(answer) == [{"x": PERSON + "ines-calder", "xLabel_": "Ines Calder", "xLabel": "mine"}]
    assert answer.to_csv().splitlines()[0] == "x,xLabel_,xLabel"


def test_answers_as_rdflib_has_them(news):
    result = queries.run(news, VALUES).to_rdflib()
    (row,) = result
    assert row.who == rdflib.URIRef(PERSON + "ines-calder") and row["n"] == rdflib.Literal(7) and row.none is None
    assert (
        row.word == rdflib.Literal("oui", lang="fr")
        and row.d.datatype == rdflib.XSD.decimal
        and row.day.datatype == rdflib.XSD.date
    )
    assert [str(v) for v in result.vars] == ["who", "n", "d", "f", "yes", "day", "at", "year", "odd", "word", "none"]
    for name, question in queries.questions().items():
        answer = queries.ask(news, name, question.example)
        assert len(list(answer.to_rdflib())) == len(answer) > 0, name


def test_blank_nodes_and_triples_are_values_too():
    store = Store.memory()
    answer = queries.run(store, "SELECT ?b { BIND (BNODE() AS ?b) }")
    (row,), (term_,) = list(answer), next(iter(answer.to_rdflib()))
    assert isinstance(row["b"], str) and isinstance(term_, rdflib.BNode)


def test_answers_as_pandas_has_them(news):
    pandas = pytest.importorskip("pandas", reason="missing tool: pandas (pip install pandas)")
    frame = queries.run(
        news, "SELECT ?who ?n ?m ?f { VALUES (?who ?n ?m ?f) { (person:ines-calder 7 UNDEF 1.5e0) (UNDEF 8 9 2e0) } }"
    ).to_pandas()
    assert list(frame.columns) == ["who", "whoLabel", "n", "m", "f"] and [str(t) for t in frame.dtypes[2:]] == [
        "int64",
        "Int64",
        "float64",
    ]
    assert (
        frame["n"].sum() == 15
        and frame["whoLabel"][0] == "Ines Calder"
        and frame["who"][1] is None
        and pandas.isna(frame["m"][0])
    )
    empty = queries.run(news, "SELECT ?a ?b { ?a a kg:NoSuchThing ; rdfs:label ?b }").to_pandas()
    assert list(empty.columns) == ["a", "b"] and empty.empty


def test_grounds_are_told_without_terms_of_the_engine(news):
    grounds = queries.why(news, "Ines Calder")
    assert grounds and grounds[0].document and all("NamedNode" not in repr(g) and g.quote in repr(g) for g in grounds)
