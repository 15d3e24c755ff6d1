"""The same input gives the same bytes, whatever the hash seed, the order and the company; and every format is read
back by programs of others.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

ROOT = Path(__file__).parent.parent
ENDINGS = (".ttl", ".trig", ".nt", ".nq", ".jsonld", ".rdf")
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))[:3]

_SCRIPT = """
import sys
from kg.cli import app
folder, *articles = sys.argv[1:]
def run(*arguments):
    app(list(arguments), prog_name="kg", standalone_mode=False)
for ending in {endings!r}:
    run("build", *articles, "--date", "2025-11-12", "-q", "-o", f"{{folder}}/all{{ending}}")
for article in articles:
    run("annotate", article, "--date", "2025-11-12", "-o", f"{{folder}}/{{article.rsplit('/', 1)[1]}}.jsonl")
run("annotate", *sorted(articles), "--date", "2025-11-12", "-o", f"{{folder}}/together.jsonl")
run("build", articles[0], articles[-1], "--date", "2025-11-12", "-q", "--with", "background", "-o", f"{{folder}}/background.ttl")
run("export", f"{{folder}}/all.trig", "--plain", "-o", f"{{folder}}/plain.ttl")
run("draw", f"{{folder}}/all.trig", "-o", f"{{folder}}/all.html")
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """Everything the program writes of some articles, made twice: under other hash seeds, in other orders, from
    another folder.
    """
    top = tmp_path_factory.mktemp("built")
    for name, seed, articles in (("one", "0", SAMPLES), ("two", "4242", SAMPLES[::-1])):
        (top / name / "away").mkdir(parents=True)
        subprocess.run(
            [sys.executable, "-c", _SCRIPT.format(endings=ENDINGS), str(top / name), *map(str, articles)],
            check=True,
            cwd=top / name / "away",
            timeout=600,
            stdout=subprocess.DEVNULL,
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": str(ROOT),
                "TZ": f"UTC+{len(name)}",
                "LC_ALL": "C",
            },
        )
    return top


def test_the_same_bytes(built: Path):
    names = sorted(p.name for p in (built / "one").iterdir() if p.is_file())
    assert len(names) >= len(ENDINGS) + len(SAMPLES) + 4
    assert names == sorted(p.name for p in (built / "two").iterdir() if p.is_file())
    differ = [name for name in names if (built / "one" / name).read_bytes() != (built / "two" / name).read_bytes()]
    assert not differ


def test_an_article_is_read_the_same_in_any_company(built: Path):
    together = (built / "one/together.jsonl").read_text(encoding="utf-8").splitlines()
    alone = [
        (built / "one" / f"{path.name}.jsonl").read_text(encoding="utf-8").rstrip("\n") for path in sorted(SAMPLES)
    ]
    assert together == alone


def test_nothing_of_the_machine_enters(built: Path):
    for path in (built / "one").iterdir():
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert str(ROOT) not in text and str(built) not in text


@pytest.fixture(scope="module")
def counts(built: Path) -> dict[str, int]:
    """How many distinct statements Oxigraph reads from each file."""
    formats = {ending: pyoxigraph.RdfFormat.from_extension(ending[1:]) for ending in ENDINGS}
    return {
        ending: len(set(pyoxigraph.parse((built / f"one/all{ending}").read_bytes(), format=format)))
        for ending, format in formats.items()
    }


def test_formats_hold_the_same(counts: dict[str, int]):
    assert counts[".ttl"] == counts[".nt"] == counts[".rdf"] > 500
    assert counts[".nq"] == counts[".trig"] == counts[".jsonld"] > counts[".nt"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_rdflib_reads_it_back(built: Path, counts: dict[str, int], ending: str):
    data = rdflib.Dataset()
    data.parse(
        built / f"one/all{ending}",
        format={".jsonld": "json-ld", ".rdf": "xml", ".nq": "nquads"}.get(ending, ending[1:]),
    )
    assert len(set(data.quads())) == counts[ending]


@pytest.mark.parametrize(
    ("ending", "name"),
    [(".ttl", "turtle"), (".trig", "trig"), (".nt", "ntriples"), (".nq", "nquads"), (".rdf", "rdfxml")],
)
def test_rapper_reads_it_back(built: Path, counts: dict[str, int], tool, ending: str, name: str):
    rapper = tool("rapper", "apt-get install raptor2-utils")
    done = subprocess.run(
        [rapper, "-q", "-i", name, "-o", "nquads", str(built / f"one/all{ending}")], capture_output=True, timeout=120
    )
    assert done.returncode == 0, done.stderr.decode()
    assert len(set(pyoxigraph.parse(io.BytesIO(done.stdout), format=pyoxigraph.RdfFormat.N_QUADS))) == counts[ending]


@pytest.mark.parametrize(
    ("ending", "name"), [(".ttl", "turtle"), (".trig", "trig"), (".nt", "ntriples"), (".nq", "nquads")]
)
def test_serd_reads_it_back(built: Path, counts: dict[str, int], tool, ending: str, name: str):
    serdi = tool("serdi", "apt-get install serdi")
    done = subprocess.run(
        [serdi, "-i", name, "-o", "nquads", str(built / f"one/all{ending}")], capture_output=True, timeout=120
    )
    assert done.returncode == 0 and not done.stderr, done.stderr.decode()
    assert len(set(pyoxigraph.parse(io.BytesIO(done.stdout), format=pyoxigraph.RdfFormat.N_QUADS))) == counts[ending]


@pytest.mark.parametrize("ending", [".ttl", ".trig", ".nt", ".nq"])
def test_n3_reads_it_back(built: Path, counts: dict[str, int], node: str, node_module, ending: str):
    script = (
        "const N3=require(process.argv[1]);let seen=new Set();"
        "for(const q of new N3.Parser().parse(require('fs').readFileSync(process.argv[2],'utf8')))"
        "seen.add(JSON.stringify([q.subject.id,q.predicate.id,q.object.id,q.graph.id]));console.log(seen.size)"
    )
    done = subprocess.run(
        [node, "-e", script, str(node_module("n3")), str(built / f"one/all{ending}")], capture_output=True, timeout=120
    )
    assert done.returncode == 0, done.stderr.decode()
    assert int(done.stdout) == counts[ending]


def test_turtle_reads_well(built: Path):
    text = (built / "one/all.ttl").read_text(encoding="utf-8")
    prefixes = [line for line in text.splitlines() if line.startswith("@prefix")]
    assert any(line.startswith("@prefix kg: ") for line in prefixes)
    body = text.partition(prefixes[-1])[2]
    assert "_:" not in body and "\\/" not in body
    subjects = [line.split(" ")[0] for line in body.splitlines() if line and not line[0].isspace()]
    assert len(subjects) == len(set(subjects)), "each node is written once, all together"
    assert all(not s.startswith("<") for s in subjects), "every node has a prefixed name"


def test_annotations_are_lines_of_json(built: Path):
    for line in (built / "one/together.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        assert {"id", "text", "entities", "events", "claims", "attributions"} <= set(record)
        for entity in record["entities"]:
            for start, end, kind in entity["mentions"]:
                assert 0 <= start < end <= len(record["text"]) and kind in {"name", "nominal", "pronoun"}
