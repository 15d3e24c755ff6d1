"""Each verb does its main job, data goes to standard output and talk to standard error, and statuses are as told."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import VERBS
from kg.rdf import IRI, KG, documents_of, parse_file

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "prison-visit.txt"
TEXT = "Maria Silva, the mayor of Porto, visited Lyon on Monday. She met Jean Petit there.\n"


@pytest.fixture
def article(tmp_path: Path, monkeypatch, annotator) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "visit.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


# ------------------------------------------------------------------ help, version, usage


def test_help_and_version(run):
    import kg

    assert run("--version").out.strip() == f"kg {kg.__version__}"
    shown = run("--help")
    assert shown.status == 0 and "build" in shown.out and not shown.err
    assert run("build", "-h").out == run("build", "--help").out != ""


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_alone_shows_its_help(run, verb: str):
    done = run(verb)
    assert done.status == 2 and done.err.startswith(f"Usage: kg {verb}") and not done.out


# ------------------------------------------------------------------ articles


def test_build_writes_and_sums_up(article: Path, run):
    done = run("build", article, "--date", "2025-03-05", "-o", "visit.ttl")
    assert done.status == 0
    for words in (
        "Who (",
        "Where (",
        "What happened (",
        "Maria Silva (Person",
        "Lyon (Settlement",
        "Visit “visited”, 2025-03-03",
    ):
        assert words in done.out
    assert re.fullmatch(r"visit\.ttl: [\d,]+ statements written\n", done.err)
    assert os.listdir() == ["visit.ttl", "visit.txt"] or set(os.listdir()) == {"visit.ttl", "visit.txt"}


def test_build_without_output_writes_nothing(article: Path, run):
    done = run("build", article)
    assert done.status == 0 and "no date" in done.out and os.listdir() == ["visit.txt"]


def test_build_to_standard_output_is_turtle_alone(article: Path, run):
    done = run("build", article, "-o", "-")
    assert done.out.startswith("@prefix") and "Who (" in done.err


def test_build_reads_standard_input(article: Path, kg):
    done = kg("build", "-", "-o", "in.nt", "--id", "stdin", stdin=TEXT, cwd=article.parent)
    assert done.returncode == 0 and "standard input" in done.stdout
    assert kg("build", "visit.txt", "-q", "-o", "file.nt", "--id", "stdin", cwd=article.parent).returncode == 0
    assert (article.parent / "in.nt").read_bytes() == (article.parent / "file.nt").read_bytes()


def test_build_options_reach_the_graph(article: Path, run):
    run(
        "build",
        article,
        "-q",
        "-o",
        "visit.nq",
        "--date",
        "2025-03-05",
        "--url",
        "https://example.org/v",
        "--title",
        "A visit",
        "--publisher",
        "The Paper",
        "--base",
        "https://data.example.org/",
        "--no-text",
    )
    text = Path("visit.nq").read_text(encoding="utf-8")
    for words in (
        "https://data.example.org/person/maria-silva",
        '"A visit"',
        '"The Paper"',
        "https://example.org/v",
        '"2025-03-05"',
    ):
        assert words in text
    assert "articleBody" not in text and "w3id.org/article-kg/id/" not in text
    assert "graph/background" in text
    run("build", article, "-q", "-o", "plain.nt")
    run("build", article, "-q", "-o", "with.nt", "--with", "background")
    assert set(Path("plain.nt").read_text().splitlines()) < set(Path("with.nt").read_text().splitlines())


def test_a_date_in_the_document(article: Path, run):
    Path("a.md").write_text(f"---\ndate: 2025-03-05\ntitle: A visit\n---\n{TEXT}", encoding="utf-8")
    assert "A visit: " in run("build", "a.md").out
    assert "2025-03-03" in run("build", "a.md").out


def test_annotate_to_standard_output(article: Path, run):
    done = run("annotate", article, "--date", "2025-03-05")
    record = json.loads(done.out)
    assert done.status == 0 and not done.err and record["text"] == TEXT
    assert {"Visit", "Meeting"} <= {event["type"] for event in record["events"]}


def test_annotate_jsonl_streams(article: Path, run):
    lines = [json.dumps({"id": str(i), "text": TEXT, "date": "2025-03-05"}) for i in range(5)]
    Path("in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = run("annotate", "--jsonl", "in.jsonl", "-o", "out.jsonl")
    records = [json.loads(line) for line in Path("out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert done.status == 0 and [r["id"] for r in records] == list("01234") and "5 documents" in done.err
    assert all(r["entities"] for r in records)


def test_explain_says_why_a_sentence_is_silent(article: Path, run):
    article.write_text(TEXT + "It rained.\n", encoding="utf-8")
    done = run("explain", article, "--date", "2025-03-05")
    assert done.status == 0
    assert "1. Maria Silva, the mayor" in done.out and "event     [asserted] Visit" in done.out
    last = done.out.partition("It rained.")[2]
    assert "silent" in last or "event" in last
    silent = run("explain", article, "--silent").out
    assert "Maria Silva, the mayor" not in silent


def test_every_silent_sentence_of_the_sample_has_a_reason(run, annotator):
    blocks = re.split(r"\n(?=\d+\. )", run("explain", SAMPLE, "--date", "2025-11-12", "--silent").out)
    for block in blocks:
        if block.strip():
            assert "   silent    " in block, block


# ------------------------------------------------------------------ graphs


def test_ask_in_every_format(sample_graph: Path, run):
    table = run("ask", sample_graph, "visits")
    assert table.status == 0 and "Thandi Moreri" in table.out and "\x1b" not in table.out
    comma = list(csv.reader(io.StringIO(run("ask", sample_graph, "visits", "--format", "csv").out)))
    tab = list(csv.reader(io.StringIO(run("ask", sample_graph, "visits", "--format", "tsv").out), delimiter="\t"))
    assert comma == tab and len(comma) > 1 and len({len(row) for row in comma}) == 1
    found = json.loads(run("ask", sample_graph, "visits", "--format", "json").out)
    assert len(found["results"]["bindings"]) == len(comma) - 1


def test_ask_where_by_label_alias_and_iri(sample_graph: Path, run):
    by_label = run("ask", sample_graph, "visits", "--where", "person=Thandi Moreri", "--format", "csv").out
    by_iri = run("ask", sample_graph, "visits", "--where", "person=person:thandi-moreri", "--format", "csv").out
    assert by_label == by_iri and "thandi-moreri" in by_label
    nobody = run("ask", sample_graph, "visits", "--where", "person=Nobody Known")
    assert nobody.status == 1 and "Nobody Known" in nobody.err and not nobody.out


def test_ask_sparql_and_list(sample_graph: Path, run):
    done = run(
        "ask",
        sample_graph,
        "-q",
        "SELECT ?name { ?p a kg:Person ; skos:prefLabel ?name } ORDER BY ?name",
        "--format",
        "csv",
    )
    assert done.status == 0 and "Thandi Moreri" in done.out.splitlines()
    assert run("ask", sample_graph, "-q", "SELECT * { ?s kg:nothing ?o }").status == 1
    listed = run("ask", "--list")
    assert listed.status == 0 and "visits" in listed.out and "Who visited which place" in listed.out
    explained = run("ask", "visits", "--list")
    assert (
        explained.status == 0
        and "YYYY-MM-DD" in explained.out
        and "kg ask GRAPH visits --where person=" in explained.out
    )
    assert run("ask", "visit", "--list").status == 2


def test_ask_why(sample_graph: Path, run):
    done = run("ask", sample_graph, "visits", "--why")
    assert "»" in done.out and "rule " in done.out


def test_terms(sample_graph: Path, run):
    done = run("terms", sample_graph)
    assert done.status == 0 and "Person" in done.out and "skos:prefLabel" in done.out


def test_why(sample_graph: Path, run):
    done = run("why", sample_graph, "Copper Boys")
    assert done.status == 0 and "alleged" in done.out and "»" in done.out
    assert run("why", sample_graph, "Nobody Known").status == 2


def test_check(sample_graph: Path, run, tmp_path: Path):
    assert run("check", sample_graph).status == 0
    broken = tmp_path / "broken.nq"
    run("export", sample_graph, "-o", broken)
    lines = broken.read_text(encoding="utf-8").splitlines()
    lost = [line for line in lines if "ontology#status>" not in line]
    assert len(lost) < len(lines)
    broken.write_text("\n".join(lost) + "\n", encoding="utf-8")
    done = run("check", broken)
    assert done.status == 1 and "status" in done.out and "violation" in done.err


def test_export_and_plain(sample_graph: Path, run, tmp_path: Path):
    for ending in (".ttl", ".nt", ".nq", ".jsonld", ".rdf"):
        assert run("export", sample_graph, "-o", tmp_path / f"a{ending}").status == 0
    assert run("export", sample_graph, "-o", tmp_path / "again.trig").status == 0
    assert (tmp_path / "again.trig").read_bytes() == sample_graph.read_bytes()
    small = run("export", sample_graph, "--plain")
    assert (
        small.status == 0
        and small.out.startswith("@prefix")
        and "kg:Claim" not in small.out
        and "articleBody" not in small.out
    )
    assert "person:thandi-moreri" in small.out and len(small.out) < (tmp_path / "a.ttl").stat().st_size / 4


def test_triples_of_one_article_come_back_into_its_graph(sample_graph: Path, run, tmp_path: Path):
    run("export", sample_graph, "-o", tmp_path / "a.ttl")
    for ending in (".nq", ".trig"):
        done = run("export", tmp_path / "a.ttl", "-o", tmp_path / f"b{ending}")
        quads = list(parse_file(tmp_path / f"b{ending}"))
        assert done.status == 0 and quads and {q.graph_name for q in quads} == set(documents_of(quads))
    told = {q for q in parse_file(sample_graph) if q.graph_name in set(documents_of(quads))}
    assert set(quads) == told


def test_triples_of_several_articles_stay_without_a_graph_and_it_is_said(sample_graph: Path, run, tmp_path: Path):
    run("export", sample_graph, "-o", tmp_path / "a.nt")
    other = f"<urn:doc:2> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{KG}Document> .\n"
    (tmp_path / "two.nt").write_text((tmp_path / "a.nt").read_text(encoding="utf-8") + other, encoding="utf-8")
    done = run("export", tmp_path / "two.nt", "-o", tmp_path / "two.nq")
    assert done.status == 0 and "2 articles that no graph tells apart" in done.err
    assert not [q for q in parse_file(tmp_path / "two.nq") if isinstance(q.graph_name, IRI)]


def test_what_with_cannot_add_is_said(sample_graph: Path, run, tmp_path: Path):
    run("export", sample_graph, "-o", tmp_path / "a.ttl")
    done = run("export", tmp_path / "a.ttl", "-o", tmp_path / "b.ttl", "--with", "background")
    assert done.status == 0 and "nothing of background is added" in done.err and "a.ttl" in done.err
    there = run("export", sample_graph, "-o", tmp_path / "c.ttl", "--with", "background")
    assert "nothing of" not in there.err
    some = run("export", sample_graph, "-o", tmp_path / "c.ttl", "--with", "background,links")
    assert "nothing of links is added: it has none" in some.err


def test_export_in_terms_of_schema_org(sample_graph: Path, run, tmp_path: Path):
    done = run("export", sample_graph, "--schema")
    assert done.status == 0 and "a schema:Person" in done.out and 'schema:name "Thandi Moreri"' in done.out
    assert "kg:Claim" not in done.out and "schema:articleBody" not in done.out
    for other in ("--plain", "--rdf12"):
        refused = run("export", sample_graph, "--schema", other)
        assert refused.status == 2 and "choose one" in refused.err
    assert run("export", sample_graph, "--schema", "-o", tmp_path / "a.graphml").status == 2


def test_draw(sample_graph: Path, run, tmp_path: Path):
    done = run("draw", sample_graph, "-o", tmp_path / "a.html")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert done.status == 0 and "KB written" in done.err and "Thandi Moreri" in page
    assert not re.search(r"<(?:script|link|img)[^>]+(?:src|href)=[\"']?https?:", page)


# ------------------------------------------------------------------ manners


def test_asking_does_not_load_what_reading_needs(sample_graph: Path):
    script = (
        "import sys; from kg.cli import app; app(['ask', sys.argv[1], 'visits'], standalone_mode=False);"
        "print(sorted({'spacy', 'networkx', 'rdflib', 'pyvis', 'scipy', 'numpy', 'pyshacl', 'pydantic', 'kg.model'} "
        "& set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(sample_graph)], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stderr.strip().endswith("[]"), done.stderr


def test_a_label_cannot_steer_the_terminal(tmp_path: Path, run):
    graph = tmp_path / "evil.nt"
    graph.write_text(
        '<https://example.org/a> <http://www.w3.org/2004/02/skos/core#prefLabel> "x\\u001B[31mred\\u0007" .\n'
    )
    for format in ("table",):
        assert "\x1b" not in run("ask", graph, "-q", "SELECT ?o { ?s ?p ?o }", "--format", format).out


def test_a_wide_table_is_whole_in_a_pipe(tmp_path: Path, kg):
    graph = tmp_path / "wide.nt"
    graph.write_text(f'<https://example.org/a> <https://example.org/p> "{"long words " * 60}" .\n')
    done = kg("ask", graph, "-q", "SELECT ?o { ?s ?p ?o }")
    assert ("long words " * 60).strip() in done.stdout


def test_explain_lists_the_frames_worst_first(run):
    done = run("explain", "--frames", "--format", "csv")
    listed = list(csv.DictReader(io.StringIO(done.out)))
    assert done.status == 0 and len(listed) >= 60
    measured = [float(f["precision"]) for f in listed if f["precision"] != "unmeasured"]
    assert measured == sorted(measured) and len(measured) > 20
    assert [f["precision"] for f in listed[len(measured) :]] == ["unmeasured"] * (len(listed) - len(measured))
    assert all(abs(float(f["precision"]) - int(f["right"]) / int(f["seen"])) < 0.01 for f in listed[: len(measured)])
    assert run("explain").status == 2


@pytest.mark.parametrize("name", ["p.pdf", "p.jpg", "page", "p.ttl"])
def test_a_picture_of_no_known_ending_is_refused(run, sample_graph, tmp_path, name):
    done = run("draw", sample_graph, "-o", tmp_path / name)
    assert (
        done.status == 2
        and ".html, .htm, .svg, .png" in done.err
        and done.err.count("\n") == 1
        and not (tmp_path / name).exists()
    )


def test_a_page_is_not_poured_into_a_terminal(run, sample_graph, monkeypatch):
    import sys

    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    done = run("draw", sample_graph)
    assert done.status == 2 and "-o page.html" in done.err and not done.out


def test_rows_that_are_counted_are_those_that_are_shown(run, sample_graph):
    done = run("ask", sample_graph, "-q", "SELECT ?n { VALUES ?n { 1 2 2 3 } }")
    assert "3 rows of 4 answers in " in done.err
    done = run("ask", sample_graph, "-q", "SELECT ?n { VALUES ?n { 1 2 3 } }")
    assert "3 rows in " in done.err


@pytest.mark.parametrize(
    "words",
    [
        ("ask", "URL.ttl", "said"),
        ("check", "URL"),
        ("draw", "URL.html", "-o", "p.html"),
        ("build", "URL.txt", "-o", "a.ttl"),
        ("export", "GRAPH", "-o", "URL.ttl"),
        ("draw", "GRAPH", "-o", "URL.svg"),
        ("diff", "URL.ttl", "GRAPH"),
    ],
)
@pytest.mark.parametrize("scheme", ["https", "http"])
def test_an_address_is_shown_as_it_was_typed(run, sample_graph, words, scheme):
    url = f"{scheme}://example.org/news/a"
    done = run(*(sample_graph if word == "GRAPH" else word.replace("URL", url) for word in words))
    assert (
        done.status == 2
        and f"{url}" in done.err
        and "is an address on the web" in done.err
        and done.err.count("\n") == 1
    )


def test_a_path_that_is_no_address_is_left_as_it_is():
    from kg.errors import GraphError

    for path in ("folder/http:x/y", "file:/tmp/a", "https:", "xhttps:/a"):
        assert str(GraphError("is no graph", path)) == f"{path}: is no graph"
