"""The small graph holds what stands plain and nothing that is only claimed."""

from __future__ import annotations

from kg.rdf import IRI, PREFIXES, Literal, Quad, RdfFormat, kg, parse, term
from kg.slim import plain_triples

TURTLE = (
    "".join(f"@prefix {p}: <{n}> .\n" for p, n in PREFIXES.items())
    + """
@prefix : <https://example.org/> .
:doc a kg:Document ; schema:articleBody "Ana left Lima." ; kg:sha256 "00" ; schema:datePublished "2025-03-05"^^xsd:date .
:ana a kg:Person ; skos:prefLabel "Ana" ; kg:evidence :m1 .
:lima a kg:Settlement ; skos:prefLabel "Lima" ; kg:evidence :m2 .
:bo a kg:Person ; skos:prefLabel "Bo" ; kg:evidence :m3 .
:crowd a kg:Group ; skos:prefLabel "crowd" ; kg:evidence :m4 .
:m1 a kg:Evidence ; kg:rule "name" . :m2 a kg:Evidence ; kg:rule "nominal" . :m3 a kg:Evidence ; kg:rule "name" . :m4 a kg:Evidence ; kg:rule "nominal" .
:e1 a kg:Departure ; rdfs:label "left" ; kg:status kg:asserted ; kg:agent :ana ; kg:origin :lima ; kg:time :t1 .
:e2 a kg:UnassertedEvent ; rdfs:label "returns" ; kg:status kg:planned .
:t1 a kg:Time ; rdfs:label "Monday" . :t2 a kg:Time ; rdfs:label "Friday" .
:q1 a kg:Quantity ; rdfs:label "90 people held" ; kg:value 90 ; kg:from :far . :q2 a kg:Quantity ; rdfs:label "12 km" ; kg:value 12 .
:far a kg:Settlement ; skos:prefLabel "far" . :lima kg:distance :q2 .
:c3 a kg:Claim ; rdf:subject :ana ; rdf:predicate kg:quantity ; rdf:object :q1 ; kg:status kg:reported ; kg:evidence :m1 .
:c1 a kg:Claim ; rdf:subject :e2 ; rdf:predicate kg:agent ; rdf:object :ana ; kg:status kg:planned ; kg:evidence :m1 .
:c2 a kg:Claim ; rdf:subject :e2 ; rdf:predicate kg:time ; rdf:object :t2 ; kg:status kg:planned ; kg:evidence :m1 .
"""
)


def test_what_stays():
    small = plain_triples(parse(TURTLE, RdfFormat.TURTLE))
    nodes = {q.subject.value.removeprefix("https://example.org/") for q in small}
    assert nodes == {"doc", "ana", "lima", "bo", "e1", "t1", "q2"}
    ex = "https://example.org/"
    assert Quad(IRI(ex + "e1"), kg("agent"), IRI(ex + "ana")) in small
    assert Quad(IRI(ex + "bo"), term("skos:prefLabel"), Literal("Bo")) in small
    predicates = {q.predicate for q in small}
    assert not predicates & {
        kg("evidence"),
        kg("status"),
        kg("sha256"),
        term("schema:articleBody"),
        term("rdf:subject"),
    }
    assert term("schema:datePublished") in predicates
