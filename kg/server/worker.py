"""The process behind a served query: `python -m kg.server.worker SETTINGS`, requests on standard input, answers on standard output."""

from __future__ import annotations

import json
import sys

from kg import sandbox
from kg.errors import KgError
from kg.rdf import IRI
from kg.server.results import encode
from kg.store import Store


def answer(store: Store, request: dict, rows: int, most_bytes: int) -> tuple[int, str, bytes]:
    """(HTTP status, media type, body) of one request."""
    try:
        default = [IRI(name) for name in request.get("default", ())]
        named = [IRI(name) for name in request.get("named", ())]
        if "update" in request:
            store.update(request["update"])
            return 204, "text/plain", b""
        result = store.query(request["query"], default_graphs=default, named_graphs=named)
        return 200, *encode(result, request["accept"], most_rows=rows, most_bytes=most_bytes)
    except LookupError:
        return (
            406,
            "text/plain",
            b"no form of this answer is accepted; ask for JSON, XML, CSV or TSV, or for a graph in Turtle, N-Triples, RDF/XML or JSON-LD\n",
        )
    except (KgError, ValueError) as error:
        return 400, "text/plain", f"{error}\n".encode()
    except MemoryError:
        raise
    except Exception as error:
        return 500, "text/plain", f"unexpected {type(error).__name__}: {error}\n".encode()


def main() -> None:
    settings = json.loads(sys.argv[1])
    out = sys.stdout.buffer
    with Store.open(settings["folder"], write=settings["write"]) as store:
        sandbox.end_with(settings["lifeline"])
        sandbox.wall_in(settings["memory"])
        out.write(b"ready\n")
        out.flush()
        for line in sys.stdin.buffer:
            sandbox.deadline(settings["seconds"] + sandbox.GRACE)
            status, type, body = answer(store, json.loads(line), settings["rows"], settings["bytes"])
            sandbox.deadline(0)
            out.write(json.dumps({"status": status, "type": type, "length": len(body)}).encode() + b"\n" + body)
            out.flush()


if __name__ == "__main__":
    main()
