"""What stands plain, in schema.org's terms: nothing that is only claimed, and no term that schema.org does not have."""

from __future__ import annotations

import pytest
from rdflib import SDO, URIRef

from kg import rdf, vocabulary
from kg.exchange import as_schema
from kg.rdf import KG, PREFIXES, RdfFormat, kg, parse, term
from tests.helpers import newsroom

HEAD = "".join(f"@prefix {p}: <{n}> .\n" for p, n in PREFIXES.items()) + "@prefix : <https://example.org/> .\n"
SCHEMA = PREFIXES["schema"]
#: Terms of schema.org that are newer than the list that rdflib keeps.
NEWER = {SCHEMA + "PoliticalParty"}


def translated(turtle: str) -> set[tuple[str, str, str]]:
    """(subject, predicate, object) in local names."""

    def short(node: rdf.Term) -> str:
        bare = node.value.replace("https://example.org/", "").replace(SCHEMA, "")
        return bare.replace(KG, "kg:").replace(PREFIXES["rdf"], "")

    quads = as_schema(parse(HEAD + turtle, RdfFormat.TURTLE))
    return {(short(q.subject), short(q.predicate), short(q.object)) for q in quads}


NEWS = """
:doc a kg:Document ; rdfs:label "Ana in Lima" ; schema:headline "Ana in Lima" ;
  schema:datePublished "2025-03-05"^^xsd:date ; schema:articleBody "Secret." .
:ana a kg:Person ; skos:prefLabel "Ana Ruiz" ; rdfs:label "Ana Ruiz" ; skos:altLabel "Ruiz" ;
  kg:spouseOf :bo ; kg:founderOf :acme ; kg:evidence :m1 .
:bo a kg:Person ; skos:prefLabel "Bo" ; kg:evidence :m1 .
:acme a kg:Company ; rdfs:label "Acme" ; kg:evidence :m1 .
:jail a kg:Prison ; rdfs:label "Redfern" ; kg:locatedIn :lima ; kg:evidence :m1 .
:lima a kg:Settlement ; rdfs:label "Lima" ; geo:lat 1.5 ; owl:sameAs <https://sws.geonames.org/3936456/> .
:e1 a kg:Visit ; rdfs:label "visited" ; kg:status kg:asserted ; kg:agent :ana ; kg:place :jail ; kg:time :t1 .
:e2 a kg:UnassertedEvent ; rdfs:label "returns" ; kg:status kg:planned .
:e3 a kg:Payment ; rdfs:label "paid" ; kg:status kg:asserted ; kg:agent :bo ; kg:amount :q1 ; kg:time :t2 .
:e4 a kg:Meeting ; rdfs:label "met" ; kg:status kg:asserted ; kg:agent :ana , :bo ; kg:time :t3 ; kg:duration :t4 .
:q1 a kg:Quantity ; rdfs:label "90 dollars" ; kg:value 90 ; kg:unit "dollar" .
:q2 a kg:Quantity ; rdfs:label "12 km" ; kg:value 12 . :jail kg:distance :q2 .
:t1 a kg:Time ; rdfs:label "Monday" ; kg:value "2025-03-03"^^xsd:date .
:t2 a kg:Time ; rdfs:label "in spring" ; kg:value "2025-21" .
:t3 a kg:Time ; rdfs:label "from May to June" ; kg:value "2025-05/2025-06" .
:t4 a kg:Time ; rdfs:label "two days" ; kg:value "P2D"^^xsd:duration .
:m1 a kg:Evidence ; kg:rule "name" .
:c1 a kg:Claim ; rdf:subject :ana ; rdf:predicate kg:memberOf ; rdf:object :acme ; kg:status kg:alleged ; kg:evidence :m1 .
"""


def test_types_names_relations_and_dates():
    said = translated(NEWS)
    assert {
        ("ana", "type", "Person"),
        ("ana", "name", "Ana Ruiz"),
        ("ana", "alternateName", "Ruiz"),
        ("ana", "spouse", "bo"),
        ("acme", "type", "Corporation"),
        ("jail", "type", "CivicStructure"),
        ("jail", "additionalType", "kg:Prison"),
        ("jail", "containedInPlace", "lima"),
        ("lima", "latitude", "1.5"),
        ("lima", "sameAs", "https://sws.geonames.org/3936456/"),
        ("doc", "type", "NewsArticle"),
        ("doc", "headline", "Ana in Lima"),
        ("doc", "datePublished", "2025-03-05"),
    } <= said
    assert {
        ("e1", "type", "Event"),
        ("e1", "type", "MoveAction"),
        ("e1", "agent", "ana"),
        ("e1", "location", "jail"),
        ("e1", "startDate", "2025-03-03"),
    } <= said
    assert ("acme", "founder", "ana") in said, "a term of schema.org that runs the other way"
    assert {
        ("e3", "amount", "q1"),
        ("q1", "value", "90"),
        ("q1", "unitText", "dollar"),
        ("q1", "type", "QuantitativeValue"),
    } <= said
    assert {("e4", "startDate", "2025-05"), ("e4", "endDate", "2025-06"), ("e4", "duration", "P2D")} <= said


def test_what_is_not_plain_or_has_no_term_is_not_there():
    said = translated(NEWS)
    assert not [row for row in said if {"e2", "c1", "m1", "t1", "q2"} & set(row) or "Secret" in row[2]]
    assert not [row for row in said if row[1] in ("memberOf", "affiliation")]
    assert not [row for row in said if row[0] == "e3" and row[1] == "startDate"], "a season is no date"
    assert not [row for row in said if row[1] in ("near", "distance", "status", "participant")]


def test_an_article_mentions_what_it_names():
    said = translated(NEWS)
    mentioned = {o for s, p, o in said if (s, p) == ("doc", "mentions")}
    assert mentioned == {"ana", "bo", "acme", "jail", "lima", "e1", "e3", "e4"}
    two = translated(NEWS + ":doc2 a kg:Document .")
    assert not [row for row in two if row[1] == "mentions"], "no graph tells which of the two it was"


def test_a_class_of_ones_own_is_what_stands_above_it():
    said = translated(
        ':v a :Tasting ; rdfs:label "tasted" ; kg:status kg:asserted ; kg:agent :ana .'
        ':ana a kg:Person ; rdfs:label "Ana" . :Tasting a owl:Class ; rdfs:subClassOf kg:Visit .'
    )
    assert {("v", "type", "Event"), ("v", "type", "MoveAction"), ("v", "agent", "ana")} <= said


@pytest.fixture(scope="module")
def news() -> list[rdf.Quad]:
    return as_schema([q for r in newsroom.readings() for q in newsroom.quads(r)])


def test_each_term_is_one_that_schema_org_has(news):
    used = {q.predicate.value for q in news} | {q.object.value for q in news if q.predicate == term("rdf:type")}
    used -= {term("rdf:type").value}
    assert len(used) > 15 and all(t in NEWER or t.startswith(SCHEMA) and URIRef(t) in SDO for t in used), used


def test_graphs_stay_and_every_node_is_typed_and_named(news):
    typed = {q.subject for q in news if q.predicate == term("rdf:type")}
    named = {q.subject for q in news if q.predicate == term("schema:name")}
    assert {q.subject for q in news} == typed and typed - {q.graph_name for q in news} <= named
    assert len({q.graph_name for q in news}) >= 3
    assert not [q for q in news if q.object in (kg("UnassertedEvent"), kg("Claim"))]


def test_the_ontology_points_to_terms_that_are_there():
    """No name is made up in a vocabulary of others."""
    known = {
        *PREFIXES.values(),
        "http://www.w3.org/ns/org#",
        "http://semanticweb.cs.vu.nl/2009/11/sem/",
        "http://www.opengis.net/ont/geosparql#",
        "http://purl.org/dc/terms/",
        "https://opensource.org/license/",
        "https://w3id.org/article-kg/",
    }
    quads = rdf.parse_file(vocabulary.data_folder("ontology") / "kg.ttl")
    nodes = {n.value for q in quads for n in (q.subject, q.predicate, q.object) if isinstance(n, rdf.IRI)}
    assert not {n for n in nodes if n[: max(n.rfind("#"), n.rfind("/")) + 1] not in known}
    assert not {n for n in nodes if n.startswith(SCHEMA) and URIRef(n) not in SDO} - NEWER
