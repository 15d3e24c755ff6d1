"""Every character that a text may hold goes through every format, and comes back from a reader that is not ours."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import xml.etree.ElementTree as ET

import pytest
import rdflib
from hypothesis import example, given, settings, strategies as st
from lxml import etree

from kg.exchange import FORMS, Records, write_graphml
from kg.picture import figure
from kg.rdf import IRI, Literal, Quad, RdfFormat, for_xml, kg, serialize, term
from kg.store import Store

DOC, ANA = IRI("https://w3id.org/article-kg/id/doc/d"), IRI("https://w3id.org/article-kg/id/person/ana")
#: All of Unicode but surrogates, which no text has.
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40)
ODD = "a\x00\x01\x0b\x0c\x1b\ufffe\uffff\ud7ff\U0010ffff<&>\"'\r\n\t\u2028]]>e"


def quads_of(node: IRI, text: str) -> list[Quad]:
    return [Quad(node, term("rdf:type"), kg("Person"), DOC), Quad(node, term("skos:prefLabel"), Literal(text), DOC)]


def quads(text: str) -> list[Quad]:
    return quads_of(ANA, text)


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


#: Every character but U+0000 and the surrogates, 4,096 a text.
EVERY = [chr(c) for c in range(1, 0x110000) if not 0xD800 <= c <= 0xDFFF]
ALL = ["".join(EVERY[i : i + 4096]) for i in range(0, len(EVERY), 4096)]


def unicode_in(format: RdfFormat, without: str) -> tuple[bytes, set[str]]:
    """All of Unicode as a file of that format, and the texts that a reader must find in it, with one kind of newline."""
    texts = [text.translate(dict.fromkeys(map(ord, without), "\ufffd")) for text in ALL]
    out = io.BytesIO()
    label = term("skos:prefLabel")
    serialize((Quad(IRI(f"{ANA.value}{n}"), label, Literal(t), DOC) for n, t in enumerate(texts)), format, out)
    wanted = [for_xml(t) if format == RdfFormat.RDF_XML else t for t in texts]
    return out.getvalue(), {t.replace("\r\n", "\n").replace("\r", "\n") for t in wanted}


@pytest.mark.parametrize(
    "program, name, format, without",
    [
        # rapper holds U+FFFE and U+FFFF for no characters, although RDF allows them
        ("rapper", "turtle", RdfFormat.TURTLE, "\ufffe\uffff"),
        ("rapper", "ntriples", RdfFormat.N_TRIPLES, "\ufffe\uffff"),
        ("rapper", "rdfxml", RdfFormat.RDF_XML, ""),
        ("serdi", "turtle", RdfFormat.TURTLE, ""),
        ("serdi", "ntriples", RdfFormat.N_TRIPLES, ""),
        ("serdi", "nquads", RdfFormat.N_QUADS, ""),
        ("serdi", "trig", RdfFormat.TRIG, ""),
    ],
)
def test_all_of_unicode_is_read_by_others(program: str, name: str, format: RdfFormat, without: str):
    if not shutil.which(program):
        pytest.skip(f"{program} is not here")
    data, wanted = unicode_in(format, without)
    into = "nquads" if format.supports_datasets else "ntriples"
    base = ["-", "http://x/"] if program == "rapper" else ["-"]
    run = subprocess.run([program, "-i", name, "-o", into, *base], input=data, capture_output=True, check=True)
    read = rdflib.Dataset(default_union=True).parse(data=run.stdout, format="nquads")
    found = {str(o) for _, _, o, _ in read.quads((None, rdflib.SKOS.prefLabel, None, None))}
    assert {f.replace("\r\n", "\n").replace("\r", "\n") for f in found} == wanted


def test_all_of_unicode_is_xml_to_lxml():
    data, wanted = unicode_in(RdfFormat.RDF_XML, "")
    found = {e.text for e in etree.fromstring(data, etree.XMLParser(huge_tree=True)).iter("{*}prefLabel")}
    assert found == wanted
    store = Store.memory()
    store.load(q for n, t in enumerate(ALL) for q in quads_of(IRI(f"{ANA.value}{n}"), t))
    out = io.BytesIO()
    write_graphml(store, out)
    etree.fromstring(out.getvalue(), etree.XMLParser(huge_tree=True))
    records = Records.of(store)
    for write in FORMS["gexf"].parts(records).values():
        made = io.BytesIO()
        write(made)
        etree.fromstring(made.getvalue(), etree.XMLParser(huge_tree=True))


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
