"""The SPARQL 1.1 Protocol: an HTTP request becomes a query or an update, or a refusal that says why.

Pure: no socket, no store.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from urllib.parse import parse_qsl, urlencode

__all__ = ["Asked", "Refused", "body_length", "goes_on", "pairs", "read", "same_site", "shared"]

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_NUMBER = re.compile(r"[0-9]{1,15}")
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
    offset: int = 0


class Refused(Exception):
    """A request that is not answered: its HTTP status and the reason."""

    def __init__(self, status: int, reason: str, **headers: str) -> None:
        super().__init__(reason)
        self.status, self.reason, self.headers = status, reason, headers


def read(method: str, query: str, headers: Message, body: bytes, *, updates: bool = False) -> Asked:
    """What a request to the endpoint asks. `query` is the part of its URL after "?"."""
    given = pairs(query)
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
        asked = _asked(pairs(text), ("query", "update"))
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


def pairs(text: str) -> list[tuple[str, str]]:
    """The parameters of a URL or a form, in their order."""
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
    offset = next((v for k, v in given if k == "offset"), "0")
    if not _NUMBER.fullmatch(offset):
        raise Refused(400, "offset wants a number of rows")
    format = next((v for k, v in given if k in ("format", "output")), "")
    return Asked(operation, text, default, named, format, int(offset))


def goes_on(asked: Asked, rows: int) -> str:
    """The query, as parameters of a GET, that asks for what comes after so many rows."""
    given = [
        ("query", asked.text),
        *((k, v) for k, vs in zip(_DATASET["query"], (asked.default, asked.named)) for v in vs),
    ]
    return urlencode(
        [*given, *([("format", asked.format)] if asked.format else []), ("offset", str(asked.offset + rows))]
    )


#: What a page of an origin that is let in may send.
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "600",
}


def shared(headers: Message, origins: frozenset[str], *, preflight: bool) -> dict[str, str]:
    """Headers for the page of another origin, where its owner lets that in; none otherwise (Fetch, CORS protocol)."""
    origin = headers.get("Origin", "").lower()
    if origin not in origins:
        return {}
    said = {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": "Link, Retry-After"}
    return {**said, "Cross-Origin-Resource-Policy": "cross-origin", **(_PREFLIGHT if preflight else {})}


def body_length(headers: Message, most: int) -> int:
    """How many bytes of body follow (RFC 9112, 6.3): digits alone, and once."""
    if "Transfer-Encoding" in headers:
        raise Refused(411, "send a Content-Length")
    lengths = headers.get_all("Content-Length") or ["0"]
    if len(lengths) > 1 or not _NUMBER.fullmatch(lengths[0].strip(" \t")):
        raise Refused(400, "the Content-Length is no number")
    if int(lengths[0]) > most:
        raise Refused(413, f"a request may be {most:,} bytes long")
    return int(lengths[0])


def same_site(headers: Message, hosts: frozenset[str], origins: frozenset[str] = frozenset()) -> None:
    """Refuse what a page of another site sends, but for the origins that are let in, and a name that was bent to point
    here.

    A browser tells in Host which name it looked up (a rebound name is not one of ours) and in Origin or Sec-Fetch-Site
    whose page asks.
    """
    named = headers.get_all("Host") or [""]
    if len(named) > 1:
        raise Refused(400, "a request names one Host, once")
    host = named[0]
    if host.lower() not in hosts:
        raise Refused(421, f"this server does not answer to the name {host!r}; ask it as {sorted(hosts)[0]}")
    origin = headers.get("Origin")
    if origin is not None and origin.lower() in origins:
        return
    if origin is not None and origin.lower().partition("://")[2] not in hosts:
        raise Refused(403, "pages of other sites may not ask here")
    if headers.get("Sec-Fetch-Site", "none").lower() not in ("same-origin", "none"):
        raise Refused(403, "pages of other sites may not ask here")
