"""Articles that are posted: what such a request says, and the processes that read them.

    POST /articles?date=…   an article, in the body → its graph, or its annotations, by Accept; nothing is kept

A process that reads (reader.py) is started when the first article comes, and holds the model from then on. So many read
at once; a few requests may wait for them, the next ones are sent away; one that misses its deadline is killed.
"""

from __future__ import annotations

import base64
import json
import threading
from collections import deque
from collections.abc import Iterable
from email.message import Message
from typing import NamedTuple
from urllib.parse import parse_qsl

from kg.rdf import RdfFormat
from kg.server.protocol import Refused
from kg.server.results import GRAPHS, negotiate
from kg.server.workers import STARTING, Limits, Request, Said, Worker, no

__all__ = ["ANSWERS", "GIVEN", "MOST_ARTICLES", "MOST_BODY", "TYPES", "Posted", "Readers", "posted"]

#: The longest body that is read, in bytes, and the most articles in it.
MOST_BODY, MOST_ARTICLES = 4 << 20, 100
#: For each process that reads so many requests may wait.
QUEUE = 4

#: Media types that are read → how a file of that form is called.
TYPES = {
    "text/plain": "article.txt",
    "text/markdown": "article.md",
    "text/html": "article.html",
    "application/xhtml+xml": "article.xhtml",
    "application/json": "articles.json",
    "application/x-ndjson": "articles.jsonl",
}
#: What is answered → the graph's format; None for the annotation form: a list, or an object a line.
ANSWERS: dict[str, RdfFormat | None] = {**GRAPHS, "application/json": None, "application/x-ndjson": None}
#: What the address may say of the article, and "language", as in `kg build`.
GIVEN = ("date", "url", "title", "id", "publisher")


class Posted(NamedTuple):
    """A request that can be handed on: the body in UTF-8 or as it is, what it is called, what is said of it, and the
    media type of the answer.
    """

    data: bytes
    name: str
    given: dict[str, str]
    language: str
    accept: str


def posted(method: str, query: str, headers: Message, body: bytes) -> Posted:
    """What a request to /articles asks. `query` is the part of its URL after "?"."""
    if method != "POST":
        raise Refused(405, f"articles are sent by POST, not {method}", Allow="POST")
    accept = negotiate(",".join(headers.get_all("Accept") or ()), ANSWERS)
    if accept is None:
        raise Refused(406, f"the answer comes as {_listed(ANSWERS)}")
    if headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise Refused(415, "send the article as it is, without a Content-Encoding")
    type = headers.get_content_type() if "Content-Type" in headers else ""
    if type not in TYPES:
        raise Refused(415, f"say in Content-Type what is sent: {_listed(TYPES)}")
    data = _in_utf8(body, headers.get_content_charset())
    if not data.strip():
        raise Refused(400, "there is no article in the body")
    given = _given(query)
    return Posted(data, TYPES[type], given, given.pop("language", "en"), accept)


def _listed(types: Iterable[str]) -> str:
    *all, last = types
    return f"{', '.join(all)} or {last}"


def _in_utf8(body: bytes, charset: str | None) -> bytes:
    """The body in UTF-8 where its encoding is told; otherwise as it is, to be found out as that of a file."""
    if charset is None:
        return body
    try:
        return body.decode(charset).encode()
    except LookupError:
        raise Refused(415, f"the charset {charset!r} is not known; send UTF-8") from None
    except UnicodeError:
        raise Refused(400, f"the body is not {charset}, which Content-Type says it is") from None


def _given(query: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=20, strict_parsing=bool(query))
    except ValueError:
        raise Refused(400, "the parameters are not readable: percent-encode UTF-8") from None
    known = (*GIVEN, "language")
    for name, _ in pairs:
        if name not in known:
            raise Refused(400, f"{name!r} is no parameter; there are {', '.join(known)}")
    given = dict(pairs)
    if len(given) < len(pairs):
        raise Refused(400, "give each parameter once")
    if given.get("language", "en") not in ("en", "any"):
        raise Refused(400, "language is en, or any to read all the same")
    return given


class Readers:
    """Some processes that read articles, started when they are needed and kept."""

    def __init__(self, base: str, limits: Limits) -> None:
        self.base, self.limits = base, limits
        self._state = threading.Condition()  # all that follows is under it
        self._free = limits.readers
        self._waiting = 0
        self._idle: deque[Worker] = deque()
        self._running: set[Worker] = set()
        self._closed = False

    def read(self, asked: Posted) -> Said:
        """The graph or the annotations: 403 where no articles are read, 503 where too many ask, 504 after the deadline,
        507 where memory is short.
        """
        worker = self._take()
        if isinstance(worker, Said):
            return worker
        try:
            worker = worker if worker is not None and worker.alive() else self._started()
            return self._asked(worker, asked)
        finally:
            self._back(worker)

    def _take(self) -> Worker | Said | None:
        """A process that is idle, or None where one is to be started; or why there is none."""
        if not self.limits.readers:
            return no(403, "no articles are read here; whoever runs the server can allow it with --readers 1")
        with self._state:
            if not self._free and self._waiting >= QUEUE * self.limits.readers:
                return no(503, f"{self._waiting} requests wait to be read already; try again later")
            self._waiting += 1
            try:
                if not self._state.wait_for(lambda: self._free, timeout=self.limits.seconds):
                    return no(503, "other articles are being read; try again later")
            finally:
                self._waiting -= 1
            self._free -= 1
            return self._idle.popleft() if self._idle else None

    def _started(self) -> Worker:
        worker = Worker("reader", {"base": self.base, "memory": self.limits.memory, "seconds": self.limits.seconds})
        with self._state:
            self._running.add(worker)
            if self._closed:
                worker.process.kill()
        return worker

    def _asked(self, worker: Worker, asked: Posted) -> Said:
        if not worker.alive():
            return no(503, f"the model was not loaded within {STARTING:g} seconds; try again later")
        request: Request = {**asked._asdict(), "data": base64.b64encode(asked.data).decode()}
        try:
            worker.send(request, self.limits.seconds)
            head = json.loads(worker.line())
            parts = []
            while part := worker.frame():
                parts.append(part)
            return Said(head["status"], head["type"], b"".join(parts), note=head.get("note", ""))
        except TimeoutError:
            worker.stop()
            return no(504, f"reading took more than {self.limits.seconds:g} seconds and was stopped; send less at once")
        except (OSError, ValueError):
            worker.stop()
            return no(507, "reading needs more memory than it may use; send less at once")

    def _back(self, worker: Worker | None) -> None:
        alive = worker is not None and worker.alive()
        if worker is not None and not alive:
            worker.stop()
        with self._state:
            self._free += 1
            if worker is not None and alive:
                self._idle.append(worker)
            elif worker is not None:
                self._running.discard(worker)
            self._state.notify()

    def close(self) -> None:
        """End all of them at once."""
        with self._state:
            self._closed = True
            for worker in self._running:
                worker.process.kill()
