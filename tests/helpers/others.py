"""Stores of other people, started for the tests: Oxigraph's server, Virtuoso, Jena. Each answers SPARQL as sorted
rows of plain strings.
"""

from __future__ import annotations

import base64
import csv
import http.server
import io
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as engine

Rows = list[tuple[str, ...]]

JAVA = Path("/usr/share/java")
JARS = (
    "jena-arq jena-base jena-core jena-cmds jena-dboe-base jena-dboe-index jena-dboe-storage jena-dboe-trans-data "
    "jena-dboe-transaction jena-iri "
    "jena-tdb2 jena-rdfconnection slf4j-api slf4j-nop commons-cli commons-codec commons-compress commons-csv "
    "commons-io commons-lang3 gson "
    "httpclient httpclient-cache httpcore jackson-annotations jackson-core jackson-databind jcl-over-slf4j "
    "jsonld-java protobuf thrift guava "
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


class _Fuseki(http.server.BaseHTTPRequestHandler):
    """A dataset as Apache Jena Fuseki serves it: /ds/data by the Graph Store Protocol, behind a password, and
    /ds/query.

    As there, the default graph is one of its own; a named graph that is not there is 404, a media type that is none of
    a graph's 415, PUT answers 201 for a new graph and 200 for one that was there, and no graph in the URL is 400.
    """

    protocol_version = "HTTP/1.1"
    held: engine.Store

    def _graph(self) -> engine.NamedNode | engine.DefaultGraph | None:
        given = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query, keep_blank_values=True)
        if ("graph" in given) == ("default" in given):
            self._say(400)
            return None
        return engine.NamedNode(given["graph"][0]) if "graph" in given else engine.DefaultGraph()

    def _say(self, status: int, type: str = "text/plain", body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": type, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _put(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        expected = "Basic " + base64.b64encode(b"editor:secret").decode()
        if self.headers.get("Authorization") != expected:
            return self._say(401, WWW_Authenticate='Basic realm="Apache Jena Fuseki"')
        graph = self._graph()
        if graph is None:
            return None
        type = self.headers.get("Content-Type", "").partition(";")[0]
        if type not in ("application/n-triples", "text/turtle"):
            return self._say(415)
        there = next(self.held.quads_for_pattern(None, None, None, graph), None) is not None
        if self.command == "PUT":
            self.held.clear_graph(graph)
        self.held.load(body, engine.RdfFormat.from_media_type(type), to_graph=graph)
        return self._say(200 if there else 201)

    do_PUT = do_POST = _put

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path == "/ds/query":
            if "query=" not in query:
                return self._say(400)
            rows = self.held.query(urllib.parse.parse_qs(query)["query"][0])
            said = rows.serialize(format=engine.QueryResultsFormat.JSON)
            return self._say(200, "application/sparql-results+json", said)
        graph = self._graph()
        if graph is None:
            return None
        quads = list(self.held.quads_for_pattern(None, None, None, graph))
        if not quads and graph != engine.DefaultGraph():
            return self._say(404)
        triples = [engine.Triple(q.subject, q.predicate, q.object) for q in quads]
        return self._say(200, "application/n-triples", engine.serialize(triples, format=engine.RdfFormat.N_TRIPLES))

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def fuseki() -> Iterator[tuple[Server, engine.Store]]:
    """A small server that speaks as Fuseki does, with what it holds."""
    handler = type("Handler", (_Fuseki,), {"held": engine.Store()})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/ds"
        try:
            yield Server(f"{url}/query", f"{url}/data", {"KG_USER": "editor", "KG_PASSWORD": "secret"}), handler.held
        finally:
            server.shutdown()


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
        """How many triples or quads RIOT reads. Debian lacks the JSON library that its reader of JSON-LD 1.1 wants:
        that of 1.0 serves.
        """
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
