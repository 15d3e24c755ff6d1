"""The process that reads posted articles: `python -m kg.server.reader SETTINGS`, requests on standard input, answers on
standard output, as kg.server.workers tells.

It loads all that reading takes, then goes behind the walls: no network, no more than so much memory.
"""

from __future__ import annotations

import base64
import io
import json
import sys
from typing import Any

from kg import rdf, sandbox
from kg.errors import DocumentError, KgError
from kg.model import Document
from kg.pipeline import Line
from kg.reader import Reading, read_data
from kg.reader.forms import HTML, JSON, LINES, MARKDOWN, TEXT, form_of
from kg.server.articles import ANSWERS, MOST_ARTICLES, TYPES
from kg.server.protocol import Refused
from kg.server.worker import Answer
from kg.server.workers import Request

#: A text that makes every part of the line load what it needs.
FIRST = "Mayor Ana Ruiz visited Lima on Monday. “We will return,” she said."


def respond(line: Line, request: Request, answer: Answer) -> None:
    """Answer one request."""
    notes: list[str] = []
    try:
        documents = _documents(request, notes)
        body = _written(line, documents, request["accept"])
    except Refused as refused:
        answer.say(refused.status, "text/plain", f"{refused.reason}\n".encode())
    except KgError as error:
        answer.say(422 if isinstance(error, DocumentError) else 400, "text/plain", f"{error}\n".encode())
    except MemoryError:
        raise
    except Exception as error:
        answer.say(500, "text/plain", f"unexpected {type(error).__name__}: {error}\n".encode())
    else:
        answer.begin(request["accept"])
        if notes:
            answer.head["note"] = "; ".join(notes)
        answer.write(body)
        answer.end()


def _documents(request: Request, notes: list[str]) -> list[Document]:
    data, name = base64.b64decode(request["data"]), request["name"]
    if name == TYPES["application/json"]:
        try:
            json.loads(data)
        except (ValueError, RecursionError) as error:
            raise Refused(400, f"the body is not JSON ({error})") from None
    if form_of(data, name, "body")[0] not in (TEXT, MARKDOWN, HTML, JSON, LINES):
        raise Refused(415, "the body is of another form than Content-Type says; send text, Markdown, HTML or JSON")
    how = Reading(language=request["language"], tell=notes.append)
    documents = read_data(data, name, how, source="body", **request["given"])
    if len(documents) > MOST_ARTICLES:
        raise Refused(
            413, f"{len(documents)} articles, and at most {MOST_ARTICLES} are read at once; send them in parts"
        )
    return documents


def _written(line: Line, documents: list[Document], accept: str) -> bytes:
    """What is read of the articles, as `kg build` and `kg annotate` write it."""
    readings, format = line.read(documents), ANSWERS[accept]
    if format is None:
        told: list[Any] = [line.annotate(reading) for reading in readings]
        if accept == "application/json":
            return json.dumps(told, ensure_ascii=False).encode() + b"\n"
        return b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in told)
    quads = [quad for reading in readings for quad in line.quads(reading)]
    out = io.BytesIO()
    rdf.serialize(quads if format.supports_datasets else rdf.document_graphs(quads, line.base), format, out, line.base)
    return out.getvalue()


def main() -> None:
    settings = json.loads(sys.argv[1])
    out = sys.stdout.buffer
    sandbox.end_with(settings["lifeline"])
    line = Line(base=settings["base"])
    _written(line, read_data(FIRST.encode()), "text/turtle")
    sandbox.wall_in(settings["memory"])
    out.write(b"ready\n")
    out.flush()
    for request in iter(sys.stdin.buffer.readline, b""):
        sandbox.deadline(settings["seconds"] + sandbox.GRACE)
        respond(line, json.loads(request), Answer(out, settings["seconds"], held=True))
        sandbox.deadline(0)


if __name__ == "__main__":
    main()
