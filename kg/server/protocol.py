"""The SPARQL 1.1 Protocol: an HTTP request becomes a query or an update, or a refusal that says why. Pure: no socket, no store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

__all__ = ["Asked", "Refused", "read", "same_site"]

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
#: Parameters of each operation that name its dataset.
_DATASET = {"query": ("default-graph-uri", "named-graph-uri"), "update": ("using-graph-uri", "using-named-graph-uri")}


@dataclass(frozen=True, slots=True)
class Asked:
    """An operation: "query", "update", or "description" where nothing is asked."""

    operation: str
    text: str = ""
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    format: str = ""


class Refused(Exception):
    """A request that is not answered: its HTTP status and the reason."""

    def __init__(self, status: int, reason: str, **headers: str) -> None:
        super().__init__(reason)
        self.status, self.reason, self.headers = status, reason, headers


def read(method: str, query: str, headers: Mapping[str, str], body: bytes, *, updates: bool = False) -> Asked:
    """What a request to the endpoint asks. `query` is the part of its URL after "?"."""
    given = _pairs(query)
    if method in ("GET", "HEAD"):
        if any(key == "update" for key, _ in given):
            raise Refused(405, "an update must be sent by POST", Allow="POST")
        return _asked(given, ("query",)) if given else Asked("description")
    if method != "POST":
        raise Refused(405, f"the endpoint takes GET and POST, not {method}", Allow="GET, HEAD, POST")
    type, _, parameters = headers.get("Content-Type", "").partition(";")
    type = type.strip().lower()
    charset = parameters.replace(" ", "").lower().removeprefix("charset=").strip('"') or "utf-8"
    if charset not in ("utf-8", "utf8"):
        raise Refused(415, "write the query in UTF-8")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(400, "the body is not UTF-8") from None
    if type == FORM:
        if given:
            raise Refused(400, "with a form all parameters belong into the body")
        asked = _asked(_pairs(text), ("query", "update"))
    elif type in (QUERY, UPDATE):
        operation = "query" if type == QUERY else "update"
        if any(key in ("query", "update") for key, _ in given):
            raise Refused(400, "the query is given twice, in the URL and in the body")
        asked = _asked([*given, (operation, text)], (operation,))
    else:
        raise Refused(415, f"send {QUERY}, {UPDATE} or {FORM}")
    if asked.operation == "update" and not updates:
        raise Refused(403, "updates are off; the owner of the store can allow them with --update")
    return asked


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=200)
    except ValueError:
        raise Refused(400, "the parameters are not readable: percent-encode UTF-8") from None


def _asked(given: list[tuple[str, str]], operations: tuple[str, ...]) -> Asked:
    texts = [(key, value) for key, value in given if key in ("query", "update")]
    if not texts:
        raise Refused(400, f"give a parameter {' or '.join(operations)}")
    if len(texts) > 1:
        raise Refused(400, "give one query or one update, once")
    operation, text = texts[0]
    if operation not in operations:
        raise Refused(
            405 if operation == "update" else 400,
            f"{operation} cannot be sent like this",
            **({"Allow": "POST"} if operation == "update" else {}),
        )
    default, named = (tuple(v for k, v in given if k == key) for key in _DATASET[operation])
    if operation == "update" and (default or named):
        raise Refused(400, "name graphs in the update itself, with WITH or USING")
    if any(":" not in iri or set(iri) & set('<>"{}|^`\\ \t\r\n') for iri in (*default, *named)):
        raise Refused(400, "a graph must be named by an absolute IRI")
    return Asked(operation, text, default, named, next((v for k, v in given if k in ("format", "output")), ""))


def same_site(headers: Mapping[str, str], hosts: frozenset[str]) -> None:
    """Refuse what a page of another site sends, and a name that was bent to point here.

    A browser tells in Host which name it looked up (a rebound name is not one of ours) and in Origin or Sec-Fetch-Site whose page asks.
    """
    host = headers.get("Host", "")
    if host.lower() not in hosts:
        raise Refused(421, f"this server does not answer to the name {host!r}; ask it as {sorted(hosts)[0]}")
    origin = headers.get("Origin")
    if origin is not None and origin.lower().partition("://")[2] not in hosts:
        raise Refused(403, "pages of other sites may not ask here")
    if headers.get("Sec-Fetch-Site", "none").lower() not in ("same-origin", "none"):
        raise Refused(403, "pages of other sites may not ask here")
