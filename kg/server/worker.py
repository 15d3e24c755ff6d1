"""The process behind a served query: `python -m kg.server.worker SETTINGS`, requests on standard input, answers on
standard output, as kg.server.workers tells.
"""

from __future__ import annotations

import json
import struct
import sys
import time
from collections.abc import Callable
from typing import IO, Any, cast

from kg import sandbox
from kg.errors import KgError
from kg.queries.asking import MOST, ask
from kg.queries.unknown import unknown
from kg.rdf import IRI
from kg.server.results import TABLES, encode, negotiate
from kg.server.workers import BROKEN, Request
from kg.store import Store

#: Bytes of an answer that are sent at once.
FRAME = 1 << 16


class Answer:
    """Where the body of one answer is written; it goes in frames as it grows, or held back until it is whole."""

    def __init__(self, out: IO[bytes], seconds: float, *, held: bool) -> None:
        self.out, self.held = out, held
        self.head: dict[str, Any] = {}
        self.begun = False
        self._kept = bytearray()
        self._until = time.monotonic() + seconds

    def begin(self, type: str) -> Answer:
        """The body follows, of this media type."""
        self.head = {"status": 200, "type": type}
        return self

    def write(self, data: bytes) -> int:
        self._kept += data
        if len(self._kept) >= FRAME and not self.held:
            self._send()
        return len(data)

    def flush(self) -> None:
        """What is written goes when there is enough of it."""

    def say(self, status: int, type: str, body: bytes) -> None:
        """Another answer than was begun, if nothing of it has gone; otherwise that it ends here."""
        self._kept.clear()
        if self.begun:
            self.out.write(struct.pack(">I", BROKEN))
            self.out.flush()
            return
        self.head = {"status": status, "type": type}
        self._kept += body
        self.end()

    def end(self) -> None:
        """That was all."""
        self._send()
        self.out.write(struct.pack(">I", 0))
        self.out.flush()

    def _send(self) -> None:
        left = self._until - time.monotonic()
        sandbox.deadline(0)  # whoever reads may take his time
        if not self.begun:
            self.begun = True
            self.out.write(json.dumps(self.head).encode() + b"\n")
        if self._kept:
            self.out.write(struct.pack(">I", len(self._kept)) + self._kept)
        self.out.flush()
        self._kept.clear()
        self._until = time.monotonic() + left
        sandbox.deadline(max(left, 0.0) + sandbox.GRACE)


def respond(store: Store, request: Request, rows: int | None, answer: Answer) -> None:
    """Answer one request."""
    try:
        if "update" in request:
            store.update(request["update"], committing=lambda: _may_commit(answer.out))
            answer.say(204, "text/plain", b"")
            return
        if "terms" in request:
            answer.say(200, "application/json", terms_used(store))
            return
        if "question" in request:
            _ask(store, request, rows, answer)
            return
        result = store.query(
            request["query"],
            default_graphs=[IRI(name) for name in request.get("default", ())],
            named_graphs=[IRI(name) for name in request.get("named", ())],
        )
        begin = cast("Callable[[str], IO[bytes]]", answer.begin)
        written = encode(result, request["accept"], begin, start=request.get("offset", 0), most=rows)
        if written.more:
            answer.head["more"] = True
        if written.empty and (note := unknown(store, request["query"])):
            answer.head["note"] = note
        answer.end()
    except LookupError:
        answer.say(
            406,
            "text/plain",
            b"no form of this answer is accepted; ask for JSON, XML, CSV or TSV, or for a graph in Turtle, "
            b"N-Triples, RDF/XML or JSON-LD\n",
        )
    except (KgError, ValueError) as error:
        answer.say(400, "text/plain", f"{error}\n".encode())
    except MemoryError:
        raise
    except Exception as error:
        answer.say(500, "text/plain", f"unexpected {type(error).__name__}: {error}\n".encode())


def _ask(store: Store, request: Request, rows: int | None, answer: Answer) -> None:
    """A shipped question with the values that are given for its parameters, as `kg ask` answers it."""
    chosen = negotiate(request["accept"], TABLES)
    forms = {
        "json": lambda a: a.to_json(),
        "csv": lambda a: a.to_csv(),
        "tab-separated-values": lambda a: a.to_csv("\t"),
    }
    write = forms.get((chosen or "").rpartition("/")[2].rpartition("+")[2])
    if chosen is None or write is None:
        raise LookupError(request["accept"])
    found = ask(store, request["question"], request["given"], most=min(MOST, rows or MOST))
    out = answer.begin(chosen)
    if found.note:
        answer.head["note"] = found.note
    out.write(write(found).encode())
    answer.end()


def terms_used(store: Store) -> bytes:
    """The classes and properties that a store uses, the most used first: [[IRI, how often], …] of each, as JSON."""
    told = store.tally()
    used = {"classes": told.classes, "properties": told.properties}
    return json.dumps(
        {name: sorted(counts.items(), key=lambda one: (-one[1], one[0])) for name, counts in used.items()}
    ).encode()


def _may_commit(out: IO[bytes]) -> None:
    """Ask whether what was found out may be written; whoever asked may have stopped waiting, and then it ends."""
    out.write(json.dumps({"committing": True}).encode() + b"\n")
    out.flush()
    if not sys.stdin.buffer.readline():
        raise SystemExit
    sandbox.deadline(0)


def main() -> None:
    settings = json.loads(sys.argv[1])
    out = sys.stdout.buffer
    with Store.open(settings["folder"], write=settings["write"]) as store:
        sandbox.end_with(settings["lifeline"])
        sandbox.wall_in(settings["memory"])
        out.write(b"ready\n")
        out.flush()
        for line in iter(sys.stdin.buffer.readline, b""):
            sandbox.deadline(settings["seconds"] + sandbox.GRACE)
            answer = Answer(out, settings["seconds"], held=settings["rows"] is not None)
            respond(store, json.loads(line), settings["rows"], answer)
            sandbox.deadline(0)


if __name__ == "__main__":
    main()
