"""A SPARQL 1.1 endpoint on this machine, with a query page: read-only unless updates are asked for.

    GET /         the query page              GET /sparql   the service description
    GET /graph    the graph, a part at a time (graph.py)
    GET /ask?question=NAME&…                  a shipped question with values for its parameters, as `kg ask` has it
    GET /terms    the classes and properties that are used, and how often
    GET, POST /sparql?query=…                 POST /sparql  a query, or with --update an update
    POST /articles  articles are read, and their graph is the answer (articles.py); nothing is kept
    GET /openapi.json  all of this, described by OpenAPI 3.1

Every query runs in a worker that is killed at its deadline. Names and pages of other sites are refused.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import re
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg import rdf
from kg.errors import InputError, OutputError
from kg.server import articles
from kg.server.graph import Graphs, find
from kg.server.openapi import openapi
from kg.server.page import POLICY, STATIC, described, query_page, static
from kg.server.protocol import Refused, body_length, goes_on, pairs, read, same_site, shared
from kg.server.results import GRAPHS, SHORT, negotiate
from kg.server.workers import Limits, Pool, Said
from kg.store import Store, is_store

__all__ = ["Endpoint", "Limits", "serving"]

if TYPE_CHECKING:
    from typing_extensions import Buffer

_ORIGIN = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::[0-9]+)?")
#: The longest request body that is read, and the longest Link that is sent.
MOST_BODY, MOST_LINK = 1 << 20, 4000
#: Seconds within which a request must have arrived, all of it, and within which a client must take what is sent.
PATIENCE = 60.0
#: What stands in a header as it is; all else is percent-encoded UTF-8.
PRINTABLE = "".join(map(chr, range(0x20, 0x7F))).replace("%", "")
#: Seconds for which the rest of a refused request is let arrive.
LINGER = 5.0
#: Bytes a second at which a long answer must be taken.
SLOWEST = 16_384


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
        limits: Limits | None = None,
        names: tuple[str, ...] = (),
        origins: tuple[str, ...] = (),
        quiet: bool = True,
    ) -> None:
        with Store.open(folder) as store:  # whatever is wrong with it is told now
            self.base = store.base
        self.updates, self.quiet = updates, quiet
        self.origins = frozenset(origin.lower().rstrip("/") for origin in origins)
        for origin in self.origins:
            if not _ORIGIN.fullmatch(origin):
                raise InputError(
                    f"{origin!r} is no origin", "--cors", "give scheme and host, as in https://news.example"
                )
        super().__init__((host, port), Handler, bind_and_activate=False)
        try:
            self.server_bind()
            self.server_activate()
        except OSError as problem:
            self.socket.close()
            raise OutputError(
                f"cannot listen there: {problem.strerror or problem}", f"{host}:{port}", "choose another --port"
            ) from None
        self.pool = Pool(folder, limits or Limits())
        self.graphs = Graphs(self.pool)
        self.readers = articles.Readers(self.base, self.pool.limits)
        at = self.server_port
        here = {host, "127.0.0.1", "localhost", "[::1]"} if host in ("127.0.0.1", "localhost", "::1") else {host}
        self.hosts = frozenset({f"{name}:{at}" for name in here} | {name.lower() for name in names})
        self.url = f"http://{host}:{at}/"

    def server_close(self) -> None:
        super().server_close()
        self.pool.close()
        self.readers.close()


class _Patient(io.RawIOBase):
    """What a client sends, waited for until a time and no longer."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection, self.until = connection, time.monotonic() + PATIENCE

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.connection.settimeout(left)
        return self.connection.recv_into(buffer)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "article-kg", ""
    wbufsize = -1  # head and body go together
    disable_nagle_algorithm = True
    server: Endpoint

    def setup(self) -> None:
        super().setup()
        self.patient = _Patient(self.connection)
        self.rfile = io.BufferedReader(self.patient)
        self._unread = self._said = False

    def handle_one_request(self) -> None:
        self.patient.until = time.monotonic() + PATIENCE
        self._unread = self._said = False
        super().handle_one_request()
        if self._unread:
            self._let_go()

    def handle_expect_100(self) -> bool:
        return True  # the answer to that waits until the head has been looked at

    def do_GET(self) -> None:
        self._respond()

    do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_GET

    def _respond(self) -> None:
        try:
            self._unread = True
            same_site(self.headers, self.server.hosts, self.server.origins)
            body = self._body()
            self._unread = False
            self._answer(body)
        except Refused as refused:
            self.close_connection = self.close_connection or self._unread
            self._send(refused.status, "text/plain; charset=utf-8", f"{refused.reason}\n".encode(), **refused.headers)
        except TimeoutError:
            self.close_connection = True
            if not self._said:
                reason = f"the request did not arrive within {PATIENCE:g} seconds\n"
                self._send(408, "text/plain; charset=utf-8", reason.encode())
        except OSError:  # who asked has gone
            self.close_connection = True

    def _answer(self, body: bytes) -> None:
        path, _, query = self.path.partition("?")
        page = "text/html; charset=utf-8"
        if self.command == "OPTIONS" and self.headers.get("Origin", "").lower() in self.server.origins:
            self._send(204, "", b"")
        elif path == "/sparql":
            self._sparql(query, body)
        elif path == "/articles":
            self._told(self.server.readers.read(articles.posted(self.command, query, self.headers, body)))
        elif self.command not in ("GET", "HEAD"):
            raise Refused(405, "the endpoint is at /sparql, articles go to /articles", Allow="GET, HEAD")
        elif path == "/":
            described = {"Content-Security-Policy": POLICY, "Link": '</openapi.json>; rel="service-desc"'}
            self._send(200, page, query_page(self.server.base), **described)
        elif path == "/openapi.json":
            self._send(200, "application/json", openapi(self.server.pool.limits, self.server.updates))
        elif path == "/graph":
            self._send(200, page, self.server.graphs.page(query))
        elif path == "/ask":
            self._ask(query)
        elif path == "/terms":
            with self.server.pool.query({"terms": True}) as said:
                self._told(said)
        elif path == "/graph/find":
            self._send(200, "application/json", find(self.server.pool, query))
        elif path.startswith("/static/") and path[8:] in STATIC:
            self._send(200, STATIC[path[8:]], static(path[8:]), **{"Cache-Control": "max-age=3600"})
        else:
            raise Refused(
                404,
                "there is /, the query page, /graph, the graph, /sparql, the endpoint, /articles, where they are read, "
                "and /openapi.json",
            )

    def _body(self) -> bytes:
        most = articles.MOST_BODY if self.path.partition("?")[0] == "/articles" else MOST_BODY
        length = body_length(self.headers, most)
        if length and self.headers.get("Expect", "").lower() == "100-continue":
            self.send_response_only(100)
            self.end_headers()
            self.wfile.flush()
        body = self.rfile.read(length)
        if len(body) < length:
            raise ConnectionResetError
        return body

    def _let_go(self) -> None:
        """Let the rest of a request that was refused arrive, so that its sender hears why before the line goes dead."""
        with contextlib.suppress(OSError):
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_WR)
            self.patient.until = time.monotonic() + LINGER
            while self.rfile.read1(1 << 16):
                pass

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
        pool = self.server.pool
        if asked.operation == "update":
            said = pool.update({"update": asked.text})
            self.server.graphs.changed()
            return self._told(said)
        request = {
            "query": asked.text,
            "accept": accept,
            "default": asked.default,
            "named": asked.named,
            "offset": asked.offset,
        }
        with pool.query(request) as said:
            rows = pool.limits.rows
            cut = {"Link": f'</sparql?{goes_on(asked, rows)}>; rel="next"'} if said.more and rows else {}
            if len(cut.get("Link", "")) > MOST_LINK:
                cut = {
                    "Link": f'</sparql>; rel="next"; title="the same query with offset={asked.offset + (rows or 0)}"'
                }
            self._told(said, **cut)

    def _ask(self, query: str) -> None:
        """A shipped question by its name, with values for its parameters."""
        given = [(key, value) for key, value in pairs(query) if value]
        named = dict(given)
        name, form = named.pop("question", ""), named.pop("format", "")
        accept = SHORT.get(form, form if "/" in form else "") or ",".join(self.headers.get_all("Accept") or ()) or "*/*"
        with self.server.pool.query({"question": name, "given": named, "accept": accept}) as said:
            self._told(said)

    def _told(self, said: Said, **headers: str) -> None:
        """Send what a worker says: whole where it is short, in chunks as it comes where it is long."""
        type = said.type + ("; charset=utf-8" if said.type.startswith("text/") else "")
        headers |= {"Vary": "Accept, Origin" if self.server.origins else "Accept"}
        if said.note:
            headers |= {"Kg-Note": quote(said.note, safe=PRINTABLE)}
        if said.status == 503:
            headers |= {"Retry-After": "2"}
        if said.rest is None:
            return self._send(said.status, type, said.body, **headers)
        chunked = self.request_version >= "HTTP/1.1"
        self.close_connection = self.close_connection or not chunked
        self._head(said.status, type, {**headers, **({"Transfer-Encoding": "chunked"} if chunked else {})})
        if self.command == "HEAD":
            return
        began, sent = time.monotonic(), 0
        try:
            for part in itertools.chain([said.body], said.rest):
                self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part) if chunked else part)
                self.wfile.flush()
                sent += len(part)
                if time.monotonic() - began > PATIENCE + self.server.pool.limits.seconds + sent / SLOWEST:
                    raise TimeoutError
            if chunked:
                self.wfile.write(b"0\r\n\r\n")
        except OSError:  # the last chunk is missing: whoever reads sees that the answer is not whole
            self.close_connection = True

    def _send(self, status: int, type: str, body: bytes, **headers: str) -> None:
        if status != 204:
            headers["Content-Length"] = str(len(body))
        self._head(status, type if status != 204 else "", headers)
        if self.command != "HEAD" and status != 204:
            self.wfile.write(body)

    def _head(self, status: int, type: str, headers: dict[str, str]) -> None:
        self._said = True
        self.connection.settimeout(PATIENCE)
        self.send_response(status)
        for name, value in {
            **({"Content-Type": type} if type else {}),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Frame-Options": "DENY",
            **shared(self.headers, self.server.origins, preflight=self.command == "OPTIONS"),
            **({"Connection": "close"} if self.close_connection else {}),
            **headers,
        }.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        if not self.server.quiet:
            super().log_message("%s", "".join(c if c.isprintable() else "?" for c in format % args))


@contextmanager
def serving(graph: Path | str, **options: object) -> Iterator[Endpoint]:
    """An endpoint for a store, or for a graph file, which is first copied into a store that goes afterwards."""
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
