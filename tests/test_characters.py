"""Every character that a text may hold goes through every format, and comes back from a reader that is not ours."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest
import rdflib
from hypothesis import example, given, settings, strategies as st

from kg.exchange import FORMS, Records, write_graphml
from kg.picture import figure
from kg.rdf import IRI, Literal, Quad, RdfFormat, for_xml, kg, serialize, term
from kg.store import Store

DOC, ANA = IRI("https://w3id.org/article-kg/id/doc/d"), IRI("https://w3id.org/article-kg/id/person/ana")
#: All of Unicode but surrogates, which no text has.
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40)
ODD = "a\x00\x01\x0b\x0c\x1b\ufffe\uffff\ud7ff\U0010ffff<&>\"'\r\n\t\u2028]]>e"


def quads(text: str) -> list[Quad]:
    return [Quad(ANA, term("rdf:type"), kg("Person"), DOC), Quad(ANA, term("skos:prefLabel"), Literal(text), DOC)]


def written(text: str, format: RdfFormat) -> bytes:
    out = io.BytesIO()
    serialize(quads(text), format, out)
    return out.getvalue()


@pytest.mark.parametrize(
    "format, name",
    [
        (RdfFormat.TURTLE, "turtle"),
        (RdfFormat.N_TRIPLES, "nt"),
        (RdfFormat.TRIG, "trig"),
        (RdfFormat.N_QUADS, "nquads"),
        (RdfFormat.JSON_LD, "json-ld"),
        (RdfFormat.RDF_XML, "xml"),
    ],
)
@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
@example(text=ODD)
def test_rdf_is_read_back(format: RdfFormat, name: str, text: str):
    text = text.replace("\x00", "")  # no text that we read holds it: rdflib's readers end there
    data = written(text, format)
    graph = rdflib.Dataset(default_union=True).parse(data=data, format=name)
    found = {str(o) for _, _, o, _ in graph.quads((None, rdflib.SKOS.prefLabel, None, None))}
    wanted = for_xml(text) if name == "xml" else text
    assert {f.replace("\r\n", "\n").replace("\r", "\n") for f in found} == {
        wanted.replace("\r\n", "\n").replace("\r", "\n")
    }


@settings(max_examples=40, deadline=None)
@given(text=TEXTS)
@example(text=ODD)
def test_other_forms_are_well_formed(text: str):
    store = Store.memory()
    store.load(quads(text))
    out = io.BytesIO()
    write_graphml(store, out)
    ET.fromstring(out.getvalue())  # expat
    ET.fromstring(figure(store, format="svg"))
    for form in ("gexf", "ftm", "timeline", "geojson", "xlsx", "pack", "parquet", "csv", "neo4j"):
        files = {}
        for name, write in FORMS[form].parts(Records.of(store)).items():
            made = io.BytesIO()
            write(made)
            files[name] = made.getvalue()
        if form == "gexf":
            ET.fromstring(files[".gexf"])
        if form == "csv":
            rows = list(csv.reader(io.StringIO(files["entities.csv"].decode(), newline="")))
            assert {len(row) for row in rows} == {len(rows[0])} and len(rows) == 2
    json.loads(written(text, RdfFormat.JSON_LD))


def test_what_xml_cannot_carry_is_marked_and_nothing_else_is_touched():
    assert for_xml(ODD) == ODD.translate({c: 0xFFFD for c in (0, 1, 0xB, 0xC, 0x1B, 0xFFFE, 0xFFFF)})
    assert for_xml("naïve — \U0001f600\t\r\n") == "naïve — \U0001f600\t\r\n"
