"""A SPARQL 1.1 endpoint on this machine, with a query page: read-only unless updates are asked for.

    GET /         the query page              GET /sparql   the service description
    GET /graph    the graph, a part at a time (graph.py)
    GET, POST /sparql?query=…                 POST /sparql  a query, or with --update an update

Every query runs in a worker that is killed at its deadline. Names and pages of other sites are refused.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from kg import rdf
from kg.errors import OutputError
from kg.server.graph import find, graph_page
from kg.server.page import POLICY, STATIC, described, query_page, static
from kg.server.protocol import Refused, read, same_site
from kg.server.results import GRAPHS, SHORT, negotiate
from kg.server.workers import Limits, Pool
from kg.store import Store, is_store

__all__ = ["Endpoint", "Limits", "serving"]

#: The longest request body that is read.
MOST_BODY = 1 << 20


class Endpoint(ThreadingHTTPServer):
    """The server of one store. `url` is where it listens."""

    daemon_threads = True

    def __init__(
        self,
        folder: Path,
        *,
        host: str = "127.0.0.1",
        port: int = 7878,
        updates: bool = False,
        limits: Limits = Limits(),
        names: tuple[str, ...] = (),
        quiet: bool = True,
    ) -> None:
        with Store.open(folder) as store:  # whatever is wrong with it is told now
            self.base = store.base
        self.pool, self.updates, self.quiet = Pool(folder, limits), updates, quiet
        try:
            super().__init__((host, port), Handler)
        except OSError as problem:
            raise OutputError(
                f"cannot listen there: {problem.strerror or problem}", f"{host}:{port}", "choose another --port"
            ) from None
        at = self.server_port
        here = {host, "127.0.0.1", "localhost", "[::1]"} if host in ("127.0.0.1", "localhost", "::1") else {host}
        self.hosts = frozenset({f"{name}:{at}" for name in here} | {name.lower() for name in names})
        self.url = f"http://{host}:{at}/"

    def server_close(self) -> None:
        super().server_close()
        self.pool.close()


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "article-kg", ""
    timeout = 60
    server: Endpoint

    def do_GET(self) -> None:
        self._respond()

    do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_GET

    def _respond(self) -> None:
        try:
            same_site(self.headers, self.server.hosts)
            body = self._body()
            path, _, query = self.path.partition("?")
            if path == "/sparql":
                self._sparql(query, body)
            elif self.command not in ("GET", "HEAD"):
                raise Refused(405, "the endpoint is at /sparql", Allow="GET, HEAD")
            elif path == "/":
                self._send(
                    200, "text/html; charset=utf-8", query_page(self.server.base), **{"Content-Security-Policy": POLICY}
                )
            elif path == "/graph":
                self._send(200, "text/html; charset=utf-8", graph_page(self.server.pool, query))
            elif path == "/graph/find":
                self._send(200, "application/json", find(self.server.pool, query))
            elif path.startswith("/static/") and path[8:] in STATIC:
                self._send(200, STATIC[path[8:]], static(path[8:]), **{"Cache-Control": "max-age=3600"})
            else:
                raise Refused(404, "there is /, the query page, /graph, the graph, and /sparql, the endpoint")
        except Refused as refused:
            self.close_connection = True  # its body may not have been read
            self._send(refused.status, "text/plain; charset=utf-8", f"{refused.reason}\n".encode(), **refused.headers)
        except (BrokenPipeError, ConnectionResetError, TimeoutError):
            self.close_connection = True

    def _body(self) -> bytes:
        if "Transfer-Encoding" in self.headers:
            raise Refused(411, "send a Content-Length")
        try:
            length = int(self.headers.get("Content-Length") or 0)
        except ValueError:
            raise Refused(400, "the Content-Length is no number") from None
        if not 0 <= length <= MOST_BODY:
            for _ in range(min(length, 8 * MOST_BODY) >> 16):  # let go of it, so that the client hears why
                self.rfile.read(1 << 16)
            raise Refused(413, f"a request may be {MOST_BODY:,} bytes long")
        return self.rfile.read(length)

    def _sparql(self, query: str, body: bytes) -> None:
        asked = read(self.command, query, self.headers, body, updates=self.server.updates)
        wished = SHORT.get(asked.format, asked.format if "/" in asked.format else "")
        accept = wished or ",".join(self.headers.get_all("Accept") or ())
        if asked.operation == "description":
            if negotiate(accept, ("text/turtle", "text/html")) == "text/html":
                return self._send(303, "text/plain", b"", Location="/")
            chosen = negotiate(accept, GRAPHS)
            if chosen is None:
                raise Refused(406, "the description comes in Turtle, N-Triples, RDF/XML or JSON-LD")
            return self._send(200, chosen, described(f"{self.server.url}sparql", self.server.updates, GRAPHS[chosen]))
        request = {asked.operation: asked.text, "accept": accept, "default": asked.default, "named": asked.named}
        said = self.server.pool.query(request) if asked.operation == "query" else self.server.pool.update(request)
        type = said.type + ("; charset=utf-8" if said.type.startswith("text/") else "")
        self._send(said.status, type, said.body, **({"Retry-After": "2"} if said.status == 503 else {}), Vary="Accept")

    def _send(self, status: int, type: str, body: bytes, **headers: str) -> None:
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Type", type)
            self.send_header("Content-Length", str(len(body)))
        for name, value in {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Frame-Options": "DENY",
            **headers,
        }.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD" and status != 204:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        if not self.server.quiet:
            super().log_message("%s", "".join(c if c.isprintable() else "?" for c in format % args))


@contextmanager
def serving(graph: Path | str, **options: object) -> Iterator[Endpoint]:
    """An endpoint for a store, or for a graph file, which is first copied into a store of its own that goes afterwards."""
    graph = Path(graph)
    made = None if is_store(graph) or graph.is_dir() else Path(tempfile.mkdtemp(prefix="kg-serve-"))
    try:
        folder = graph
        if made is not None:
            folder = made / "graph.kg"
            with Store.of(graph) as read, Store.open(folder, create=True, write=True, base=read.base) as written:
                quads = list(read.quads())
                written.load(
                    quads
                    if any(isinstance(q.graph_name, rdf.IRI) for q in quads)
                    else rdf.with_graph(quads, rdf.IRI(f"{read.base}graph/file"))
                )
        with Endpoint(folder, **options) as endpoint:  # type: ignore[arg-type]
            yield endpoint
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)
