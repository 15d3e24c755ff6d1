"""Stores of other people, started for the tests: Oxigraph's server, Virtuoso, Jena. Each answers SPARQL as sorted rows of plain strings."""

from __future__ import annotations

import csv
import io
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

Rows = list[tuple[str, ...]]

JAVA = Path("/usr/share/java")
JARS = (
    "jena-arq jena-base jena-core jena-cmds jena-dboe-base jena-dboe-index jena-dboe-storage jena-dboe-trans-data jena-dboe-transaction jena-iri "
    "jena-tdb2 jena-rdfconnection slf4j-api slf4j-nop commons-cli commons-codec commons-compress commons-csv commons-io commons-lang3 gson "
    "httpclient httpclient-cache httpcore jackson-annotations jackson-core jackson-databind jcl-over-slf4j jsonld-java protobuf thrift guava "
    "dexx.collection titanium-json-ld"
).split()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def rows_of(data: str) -> Rows:
    """CSV of results → rows; the lexical forms of numbers and times that stores normalise are made alike."""
    return sorted(tuple(_alike(cell) for cell in row) for row in list(csv.reader(io.StringIO(data)))[1:])


def _alike(cell: str) -> str:
    if cell.count(".") == 1 and cell.replace(".", "").isdigit():
        return cell.rstrip("0").rstrip(".")
    return cell.removesuffix("Z") if cell[:4].isdigit() else cell


@dataclass(frozen=True)
class Server:
    """A store that listens: where queries go, and where graphs are put."""

    query_url: str
    graphs_url: str
    environment: dict[str, str]

    def ask(self, query: str) -> Rows:
        body = urllib.parse.urlencode({"query": query}).encode()
        request = urllib.request.Request(self.query_url, body, {"Accept": "text/csv"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return rows_of(answer.read().decode())


def _wait(url: str, process: subprocess.Popen, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(url, timeout=5).read()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            assert process.poll() is None, f"{url} ended with {process.returncode}"
            time.sleep(0.2)
    raise AssertionError(f"{url} does not answer")


@contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[Server]:
    """Oxigraph's own server (PyPI `oxigraph`)."""
    program = shutil.which("oxigraph") or str(Path(sys.executable).with_name("oxigraph"))
    port = free_port()
    process = subprocess.Popen(
        [program, "serve", "--location", str(folder / "oxigraph"), "--bind", f"127.0.0.1:{port}", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://127.0.0.1:{port}/query", process)
        yield Server(f"http://127.0.0.1:{port}/query", f"http://127.0.0.1:{port}/store", {})
    finally:
        process.kill()
        process.wait()


INI = """[Database]
DatabaseFile = {f}/virtuoso.db
ErrorLogFile = {f}/virtuoso.log
LockFile = {f}/virtuoso.lck
TransactionFile = {f}/virtuoso.trx
xa_persistent_file = {f}/virtuoso.pxa
ErrorLogLevel = 3
[TempDatabase]
DatabaseFile = {f}/temp.db
TransactionFile = {f}/temp.trx
[Parameters]
ServerPort = {sql}
DisableUnixSocket = 1
NumberOfBuffers = 8000
MaxDirtyBuffers = 6000
DirsAllowed = {f}
[HTTPServer]
ServerPort = {port}
ServerThreads = 8
[SPARQL]
ResultSetMaxRows = 100000
"""


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """Virtuoso 7 (Debian). Its SPARQL default graph is the union of all graphs; graphs are put with a password."""
    port, sql = free_port(), free_port()
    folder = folder / "virtuoso"
    folder.mkdir()
    (folder / "v.ini").write_text(INI.format(f=folder, port=f"127.0.0.1:{port}", sql=f"127.0.0.1:{sql}"))
    process = subprocess.Popen(
        ["virtuoso-t", "+configfile", str(folder / "v.ini"), "+foreground"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://127.0.0.1:{port}/sparql", process, 120)
        yield Server(
            f"http://127.0.0.1:{port}/sparql",
            f"http://127.0.0.1:{port}/sparql-graph-crud-auth",
            {"KG_USER": "dba", "KG_PASSWORD": "dba"},
        )
    finally:
        process.kill()
        process.wait()


@dataclass(frozen=True)
class Jena:
    """Jena's command lines (Debian), with the message bundles that its package lost put back."""

    classpath: str

    @classmethod
    def at(cls, folder: Path) -> Jena:
        with zipfile.ZipFile(JAVA / "jena-core.jar") as core:
            for name in core.namelist():
                if name.startswith("org/apache/jena/ext/xerces/") and not name.endswith((".class", "/")):
                    path = folder / "jena" / name.removeprefix("org/apache/jena/ext/")
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(core.read(name))
        jars = [str(JAVA / f"{jar}.jar") for jar in JARS if (JAVA / f"{jar}.jar").exists()]
        return cls(os.pathsep.join([str(folder / "jena"), *jars]))

    def run(self, main: str, *arguments: object) -> str:
        done = subprocess.run(
            ["java", "-Xmx1g", "-cp", self.classpath, main, *map(str, arguments)],
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout + (done.stderr if main == "riotcmd.riot" else "")  # RIOT counts on standard error

    def count(self, path: Path) -> int:
        """How many triples or quads RIOT reads. Debian lacks the JSON library that its reader of JSON-LD 1.1 wants: that of 1.0 serves."""
        said = self.run("riotcmd.riot", *(["--syntax=jsonld10"] if path.suffix == ".jsonld" else []), "--count", path)
        assert "=" in said, (path, said)
        return int(said.rpartition("=")[2].strip().replace(",", "").replace(".", ""))

    def ask(self, query: str, *files: Path, tdb: Path | None = None) -> Rows:
        """ARQ over files in memory, or over a TDB2 store."""
        where = [f"--loc={tdb}"] if tdb else [part for file in files for part in ("--data", file)]
        (Path(self.classpath.split(os.pathsep)[0]) / "q.rq").write_text(query, encoding="utf-8")
        return rows_of(
            self.run(
                "tdb2.tdbquery" if tdb else "arq.sparql",
                *where,
                "--query",
                Path(self.classpath.split(os.pathsep)[0]) / "q.rq",
                "--results",
                "csv",
            )
        )
