"""Stores across the network: graphs sent and fetched by the SPARQL 1.1 Graph Store Protocol.

Name and password come from the environment (KG_USER, KG_PASSWORD), never from the command line, and go to the host that was
named and to no other: redirects are not followed.
"""
from __future__ import annotations

import io
import json
import os
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator

from .. import rdf
from ..errors import InputError, OutputError
from ..rdf import IRI, Quad, RdfFormat
from ..store import Store

__all__ = ["graphs_at", "pull", "push"]

_NT, _TURTLE = "application/n-triples", "text/turtle"


def push(store: Store, url: str, *, beside: tuple[str, ...] = ("background", "inferred", "links"), timeout: float = 120) -> Iterator[tuple[str, int]]:
    """Put every graph of a store in its place at a Graph Store; (graph, triples) for each that is there."""
    names = [g for g in store.graphs() if not store.is_beside(g) or g.value.rpartition("/")[2] in beside]
    plain = [(None, [Quad(q.subject, q.predicate, q.object) for q in store.quads() if not isinstance(q.graph_name, IRI)])]
    for name, quads in [*((g, list(store.graph(g))) for g in names), *(plain if plain[0][1] else ())]:
        out = io.BytesIO()
        rdf.serialize(quads, RdfFormat.N_TRIPLES, out, store.base)
        _call(_at(url, name.value if name else None), "PUT", timeout, out.getvalue(), _NT)
        yield (name.value if name else "default", len(quads))


def pull(url: str, graph: str | None, *, timeout: float = 120) -> list[Quad]:
    """The triples of one graph of a Graph Store, under that graph's name (the default graph if `None`)."""
    data, type = _call(_at(url, graph), "GET", timeout, accept=f"{_NT}, {_TURTLE};q=0.9")
    format = RdfFormat.N_TRIPLES if type in (_NT, "text/plain") else RdfFormat.TURTLE
    quads = list(rdf.parse(data, format, url))
    return list(rdf.with_graph(quads, IRI(graph))) if graph else quads


def graphs_at(endpoint: str, *, timeout: float = 120) -> list[str]:
    """The names of the graphs that an endpoint has documents in, and of those beside them."""
    text = f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER (EXISTS {{ GRAPH ?g {{ ?d a <{rdf.KG}Document> }} }} || REGEX(STR(?g), '/graph/(background|inferred|links)$')) }}"
    data, _ = _call(f"{endpoint}{'&' if '?' in endpoint else '?'}{urllib.parse.urlencode({'query': text})}", "GET", timeout,
                    accept="application/sparql-results+json")
    try:
        return sorted(row["g"]["value"] for row in json.loads(data)["results"]["bindings"])
    except (ValueError, KeyError, TypeError):
        raise InputError("does not answer as a SPARQL endpoint", endpoint, "name the endpoint that answers queries") from None


def _at(url: str, graph: str | None) -> str:
    joint = "&" if "?" in url else "?"
    return f"{url}{joint}{urllib.parse.urlencode({'graph': graph})}" if graph else f"{url}{joint}default"


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _call(url: str, method: str, timeout: float, body: bytes | None = None, type: str = "", accept: str = "*/*") -> tuple[bytes, str]:
    """(body, media type) of the answer; an OutputError or InputError that says what the other side said."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or "@" in parts.netloc:
        raise InputError("is no address of a store", url, "give http:// or https://; name and password go into KG_USER and KG_PASSWORD")
    handlers: list[urllib.request.BaseHandler] = [_Stay()]
    user, password = os.environ.get("KG_USER"), os.environ.get("KG_PASSWORD")
    request = urllib.request.Request(url, data=body, method=method, headers={"Accept": accept, "User-Agent": "article-kg", **({"Content-Type": type} if type else {})})
    if user is not None and password is not None:
        known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        known.add_password(None, f"{parts.scheme}://{parts.netloc}/", user, password)
        handlers += [urllib.request.HTTPBasicAuthHandler(known), urllib.request.HTTPDigestAuthHandler(known)]
    try:
        with urllib.request.build_opener(*handlers).open(request, timeout=timeout) as answer:
            return answer.read(), answer.headers.get_content_type()
    except urllib.error.HTTPError as problem:
        said = problem.read(300).decode("utf-8", "replace").split("\n")[0].strip()
        remedy = "set KG_USER and KG_PASSWORD" if problem.code in (401, 403) else "check the address and what the store allows"
        raise OutputError(f"answered {problem.code} {problem.reason}" + (f": {said}" if said else ""), url, remedy) from None
    except (urllib.error.URLError, OSError, ValueError) as problem:
        raise OutputError(f"cannot be reached: {getattr(problem, 'reason', problem)}", url, "check the address, and that the store runs") from None
