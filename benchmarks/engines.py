"""Shards of N-Quads in the engines of others: each loads them in bulk and is asked the shipped questions.

    python benchmarks/engines.py news.kg [SHARD.nq …] [--only oxigraph virtuoso jena] [--seconds 60] [-o out.json]

Where no shards are given, the store is exported to one. Of each engine that is installed: how long loading takes,
how many quads it then holds, and for each question whether its rows are those of our own store (`same`), others (with
both numbers), an error (with its words), or none within the time. A parameter that must be given is bound to what
the store tells most of. Lean shards are restored to full by `queries/full.ru` where the engine takes SPARQL Update.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from kg import queries  # noqa: E402
from kg.profile import is_lean  # noqa: E402
from kg.rdf import Quad, RdfFormat, parse_file, serialize_parts, stream  # noqa: E402
from kg.server.results import encode  # noqa: E402
from kg.store import Store  # noqa: E402
from kg.vocabulary import data_folder  # noqa: E402
from tests.helpers import others  # noqa: E402

Ask = Callable[[str], others.Rows]
ONTOLOGY, FULL = data_folder("ontology") / "kg.ttl", data_folder("queries") / "full.ru"
COUNT = "SELECT (COUNT(*) AS ?quads) { GRAPH ?g { ?s ?p ?o } }"
#: What stands for a parameter that must be given: whom most claims speak of, an article, a day.
FIRST = {
    "entity": "SELECT ?v { ?claim rdf:object ?v . ?v skos:prefLabel ?name } GROUP BY ?v ORDER BY DESC(COUNT(?claim)) ?v",
    "document": "SELECT ?v { ?v a kg:Document } ORDER BY ?v",
}


def asked(store: Store) -> dict[str, str]:
    """The shipped questions as SPARQL of any store, by name."""
    found = {}
    for question in queries.questions().values():
        text, needed = question.text, [p for p in question.parameters if p.required]
        for n, parameter in enumerate(needed):
            if parameter.kind in FIRST:
                values = [row[0] for row in store.select(f"{FIRST[parameter.kind]} LIMIT {n + 1}")]
                value = str(values[-1])
            else:
                value = '"2015-01-01"^^<http://www.w3.org/2001/XMLSchema#date>'
            head, _, body = text.rpartition("WHERE")  # the innermost
            text = f"{head}WHERE" + body.replace("{", f"{{ VALUES ?{parameter.name} {{ {value} }} ", 1)
        found[question.name] = text
    return found


def ours(store: Store) -> Ask:
    def ask(text: str) -> others.Rows:
        out = io.BytesIO()
        encode(store.query(text, ontology=True), "text/csv", lambda type: out)
        return others.rows_of(out.getvalue().decode())

    return ask


def over_http(url: str, seconds: float) -> Ask:
    def ask(text: str) -> others.Rows:
        request = urllib.request.Request(url, urllib.parse.urlencode({"query": text}).encode(), {"Accept": "text/csv"})
        try:
            with urllib.request.urlopen(request, timeout=seconds) as answer:
                return others.rows_of(answer.read().decode())
        except urllib.error.HTTPError as problem:
            raise RuntimeError(" ".join(problem.read().decode("utf-8", "replace").split())[:200]) from None

    return ask


@contextmanager
def oxigraph(folder: Path, shards: list[Path], seconds: float) -> Iterator[tuple[Ask, float]]:
    """Oxigraph's server: loaded by its own command, the union of the graphs as triples of none, for a union that is
    made while it is asked (`--union-default-graph`) is many times slower.
    """
    program = shutil.which("oxigraph") or str(Path(sys.executable).with_name("oxigraph"))
    union = folder / "union.nt"
    with union.open("wb") as out:
        for shard in shards:
            stream((Quad(q.subject, q.predicate, q.object) for q in parse_file(shard)), RdfFormat.N_TRIPLES, out)
    began = time.perf_counter()
    load = [program, "load", "--location", str(folder / "oxigraph"), "--file", *map(str, shards), str(union)]
    subprocess.run([*load, str(ONTOLOGY)], check=True, capture_output=True)
    took = time.perf_counter() - began
    with others.oxigraph(folder) as server:
        if lean(shards):
            change = urllib.request.Request(
                server.query_url.replace("/query", "/update"),
                FULL.read_bytes(),
                {"Content-Type": "application/sparql-update"},
            )
            urllib.request.urlopen(change).read()
        yield over_http(server.query_url, seconds), took


@contextmanager
def virtuoso(folder: Path, shards: list[Path], seconds: float) -> Iterator[tuple[Ask, float]]:
    """Virtuoso: its bulk loader reads a folder of N-Quads, whose graphs it keeps."""
    with others.virtuoso(folder) as server:
        place, settings = folder / "virtuoso", (folder / "virtuoso" / "v.ini").read_text(encoding="utf-8")
        port = re.findall(r"ServerPort = 127\.0\.0\.1:(\d+)", settings)[0]
        for n, shard in enumerate(shards):
            shutil.copyfile(shard, place / f"{n}.nq")
        shutil.copyfile(ONTOLOGY, place / "kg.ttl")
        steps = [
            f"ld_dir('{place}', '*.nq', 'urn:quads')",
            f"ld_dir('{place}', '*.ttl', 'urn:terms')",
            "rdf_loader_run()",
            *([f"SPARQL {FULL.read_text(encoding='utf-8')}"] if lean(shards) else []),
            "checkpoint",
        ]
        began = time.perf_counter()
        for step in steps:
            command = ["isql-vt", f"127.0.0.1:{port}", "dba", "dba", f"exec={step};"]
            said = subprocess.run(command, capture_output=True, text=True)
            if "*** Error" in said.stdout + said.stderr:
                raise RuntimeError(" ".join((said.stdout + said.stderr).split())[:300])
        yield over_http(server.query_url, seconds), time.perf_counter() - began


@contextmanager
def jena(folder: Path, shards: list[Path], seconds: float) -> Iterator[tuple[Ask, float]]:
    """Jena's TDB2 by its command lines; a process a question, its start included."""
    began, tools, place = time.perf_counter(), others.Jena.at(folder), folder / "tdb"
    tools.run("tdb2.tdbloader", f"--loc={place}", *shards)
    tools.run("tdb2.tdbloader", f"--loc={place}", "--graph=urn:terms", ONTOLOGY)
    if lean(shards):
        tools.run("tdb2.tdbupdate", f"--loc={place}", f"--update={FULL}")
    took = time.perf_counter() - began

    def ask(text: str) -> others.Rows:
        query = folder / "q.rq"
        query.write_text(text, encoding="utf-8")
        command = ["java", "-Xmx2g", "-cp", tools.classpath, "tdb2.tdbquery", f"--loc={place}"]
        union = ["--set", "tdb2:unionDefaultGraph=true", f"--query={query}", "--results=csv"]
        done = subprocess.run([*command, *union], capture_output=True, text=True, timeout=seconds)
        if done.returncode:
            raise RuntimeError(" ".join(done.stderr.split())[:200])
        return others.rows_of(done.stdout)

    yield ask, took


ENGINES = {"oxigraph": oxigraph, "virtuoso": virtuoso, "jena": jena}


def lean(shards: list[Path]) -> bool:
    return any(is_lean(parse_file(shard)) for shard in shards)


def there(name: str) -> bool:
    """Whether an engine is installed."""
    if name == "jena":
        return bool(shutil.which("java")) and (others.JAVA / "jena-arq.jar").exists()
    program = "virtuoso-t" if name == "virtuoso" else name
    return bool(shutil.which(program)) or Path(sys.executable).with_name(program).exists()


def timed(ask: Ask, text: str) -> tuple[others.Rows | str, float]:
    """The rows or what went wrong, and the seconds it took."""
    began = time.perf_counter()
    try:
        found: others.Rows | str = ask(text)
    except (TimeoutError, subprocess.TimeoutExpired):
        found = "not answered in time"
    except (RuntimeError, OSError) as problem:
        found = f"refused: {problem}"
    return found, round(time.perf_counter() - began, 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("shards", type=Path, nargs="*")
    parser.add_argument("--only", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("-o", "--output", type=Path)
    given = parser.parse_args()
    told: dict[str, object] = {}
    with Store.of(given.store) as store, tempfile.TemporaryDirectory() as temporary:
        shards = given.shards
        if not shards:
            shards = [Path(temporary) / "all.nq"]
            with shards[0].open("wb") as out:
                serialize_parts(store.parts(), RdfFormat.N_QUADS, out, store.base)
        texts = asked(store)
        expected = {name: timed(ours(store), text) for name, text in texts.items()}
        told["ours"] = {name: [len(rows), seconds] for name, (rows, seconds) in expected.items()}
        print(f"ours: {len(texts)} questions in {sum(s for _, s in expected.values()):.1f} s", flush=True)
        for engine in given.only:
            if not there(engine):
                print(f"{engine}: is not installed")
                continue
            folder = Path(temporary) / engine
            folder.mkdir()
            with ENGINES[engine](folder, shards, given.seconds) as (ask, loaded):
                quads = ask(COUNT)[0][0]
                print(f"{engine}: {quads} quads loaded in {loaded:.1f} s", flush=True)
                answers, same, spent = {}, 0, 0.0
                for name, text in texts.items():
                    rows, seconds = timed(ask, text)
                    wanted, spent = expected[name][0], spent + seconds
                    same += rows == wanted
                    state = "same" if rows == wanted else rows if isinstance(rows, str) else f"{len(rows)} rows"
                    answers[name] = [state, seconds]
                    if rows != wanted:
                        print(f"  {name}: {state}, ours {len(wanted)} rows")
                print(f"{engine}: {same} of {len(texts)} questions have our rows; {spent:.1f} s", flush=True)
                told[engine] = {"quads": int(quads), "load": round(loaded, 1), "answers": answers}
            shutil.rmtree(folder, ignore_errors=True)
    if given.output:
        given.output.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
