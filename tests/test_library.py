"""The public names, and what they do together."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import kg as library

ROOT = Path(__file__).parent.parent
TEXT = "Maria Silva, the mayor of Porto, visited Lyon on Monday. Police said that Jean Petit had robbed a bank.\n"


def test_the_public_names():
    assert library.__all__ == [
        "Claim",
        "Document",
        "Entity",
        "Event",
        "Evidence",
        "KgError",
        "Line",
        "Reading",
        "Store",
        "annotate",
        "ask",
        "build",
        "check",
        "document",
        "draw",
        "figure",
        "frame",
        "load",
        "network",
        "plain",
        "query",
        "read_document",
        "read_jsonl",
        "save",
        "understand",
        "why",
    ]
    for name in library.__all__:
        assert getattr(library, name).__doc__, name
    with pytest.raises(AttributeError):
        library.nothing  # noqa: B018


def test_importing_it_is_light():
    script = (
        "import sys, kg; print(sorted({'spacy', 'rdflib', 'networkx', 'pyvis', 'pyoxigraph', 'scipy'} & "
        "set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


@pytest.fixture(scope="module")
def graph(annotator):
    return library.build(library.document(TEXT, date="2025-03-05", id="lyon"))


def test_build_gives_rdflib(graph):
    import rdflib

    assert isinstance(graph, rdflib.Dataset)
    kg = rdflib.Namespace("https://w3id.org/article-kg/ontology#")
    visits = list(graph.subjects(rdflib.RDF.type, kg.Visit))
    assert len(visits) == 1 and (visits[0], kg.place, None) in graph
    assert not list(graph.subjects(rdflib.RDF.type, kg.Attack))


def test_ask_query_why_check_draw(graph):
    visits = library.ask(graph, "visits")
    assert any("Lyon" in cell for row in visits.shown()[1] for cell in row)
    assert len(library.query(graph, "SELECT ?p { ?p a kg:Person }")) >= 2
    grounds = library.why(graph, "Lyon")
    assert grounds and all(TEXT[g.start : g.end] == g.quote for g in grounds)
    assert library.check(graph) == []
    assert "<html" in library.draw(graph)


def test_save_load_plain(graph, tmp_path):
    for ending in (".ttl", ".trig", ".jsonld", ".rdf"):
        library.save(graph, tmp_path / f"a{ending}")
    assert len(library.load(tmp_path / "a.trig")) == len(graph)
    small = library.plain(graph)
    assert 0 < len(small) < len(graph) / 3
    text = small.serialize(format="nquads")
    assert "ontology#Claim>" not in text and "articleBody" not in text and "Evidence" not in text


def test_understand_and_annotate(annotator, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    (reading,) = library.understand(path, date="2025-03-05")
    assert {e.label for e in reading.entities} >= {"Maria Silva", "Lyon"}
    assert reading.document.date == "2025-03-05"
    (record,) = library.annotate(path)
    assert record["text"] == TEXT
    with pytest.raises(library.KgError, match="says itself"):
        library.build(library.document(TEXT), date="2025-03-05")
    with pytest.raises(library.KgError, match="is no graph"):
        library.query(7, "SELECT * {}")
