"""Stores across the network: graphs sent and fetched by the SPARQL 1.1 Graph Store Protocol.

Name and password come from the environment (KG_USER, KG_PASSWORD), never from the command line, and go to the host that
was named and to no other: redirects are not followed.
"""

from __future__ import annotations

import io
import json
import os
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from kg import rdf
from kg.errors import InputError, OutputError
from kg.profile import full
from kg.rdf import IRI, Quad, RdfFormat
from kg.store import Store

__all__ = ["graphs_at", "pull", "push"]

_NT, _TURTLE = "application/n-triples", "text/turtle"
#: Graphs that belong to no article: what another store has put there stays, ours is added.
_SHARED = ("background", "inferred", "links")


def push(store: Store, url: str, *, default: bool = False, timeout: float = 120) -> Iterator[tuple[str, int]]:
    """Send every graph of a store to a Graph Store; yields (graph, triples) for each that has arrived.

    The graph of an article replaces the one of its name; the graphs beside the articles are added to those there.
    Triples of no graph go to the graph of their document if they are of one; with `default` they are added to the
    target's default graph. InputError where neither holds, before anything is sent; OutputError says how many graphs
    had arrived.
    """
    names = [g for g in store.graphs() if not store.is_beside(g) or g.value.rpartition("/")[2] in _SHARED]
    sending: list[tuple[str | None, list[Quad]]] = [(g.value, list(store.graph(g))) for g in names]
    if loose := [Quad(q.subject, q.predicate, q.object) for q in store.quads() if not isinstance(q.graph_name, IRI)]:
        sending.append((None if default else _document_of(loose), loose))
    shared = {g.value for g in names if store.is_beside(g)} | {None}
    with _client(url, timeout) as client:
        for arrived, (name, quads) in enumerate(sending):
            out = io.BytesIO()
            rdf.serialize([Quad(q.subject, q.predicate, q.object) for q in quads], RdfFormat.N_TRIPLES, out, store.base)
            try:
                _call(client, _at(url, name), "POST" if name in shared else "PUT", out.getvalue(), _NT)
            except OutputError as problem:
                raise OutputError(
                    f"{problem.what}; {arrived} of {len(sending)} graphs arrived", problem.where, problem.remedy
                ) from None
            yield name or "default", len(quads)


def _document_of(triples: list[Quad]) -> str:
    """The one document that triples of no graph are of."""
    found = rdf.documents_of(triples)
    if len(found) != 1:
        raise InputError(
            f"triples of {len(found) or 'no'} articles without graphs",
            "push",
            "push a .trig, a .nq or a store, which keep each article's graph; "
            "or add them to the default graph with --default-graph",
        )
    return found[0].value


def pull(url: str, graph: str | None, *, timeout: float = 120) -> list[Quad]:
    """The triples of one graph of a Graph Store, under that graph's name (the default graph if `None`)."""
    with _client(url, timeout) as client:
        data, type = _call(client, _at(url, graph), "GET", accept=f"{_NT}, {_TURTLE};q=0.9")
    format = RdfFormat.N_TRIPLES if type in (_NT, "text/plain") else RdfFormat.TURTLE
    quads = full(rdf.parse(data, format, url))
    return list(rdf.with_graph(quads, IRI(graph))) if graph else quads


def graphs_at(endpoint: str, *, timeout: float = 120) -> list[str]:
    """The names of the graphs that an endpoint has documents in, and of those beside them."""
    text = (
        "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } "
        f"FILTER (EXISTS {{ GRAPH ?g {{ ?d a <{rdf.KG}Document> }} }} "
        f"|| REGEX(STR(?g), '/graph/({'|'.join(_SHARED)})$')) }}"
    )
    asked = f"{endpoint}{'&' if '?' in endpoint else '?'}{urllib.parse.urlencode({'query': text})}"
    with _client(endpoint, timeout) as client:
        data, _ = _call(client, asked, "GET", accept="application/sparql-results+json")
    try:
        return sorted(row["g"]["value"] for row in json.loads(data)["results"]["bindings"])
    except (ValueError, KeyError, TypeError):
        raise InputError(
            "does not answer as a SPARQL endpoint", endpoint, "name the endpoint that answers queries"
        ) from None


def _at(url: str, graph: str | None) -> str:
    joint = "&" if "?" in url else "?"
    return f"{url}{joint}{urllib.parse.urlencode({'graph': graph})}" if graph else f"{url}{joint}default"


@contextmanager
def _client(url: str, timeout: float) -> Iterator[httpx.Client]:
    """A client that knows how the other side wants to be told who is there, before any body is sent.

    A challenge that comes after a body was sent breaks the connection at some servers (Virtuoso); so an empty request
    asks for it.
    """
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or "@" in parts.netloc:
        raise InputError(
            "is no address of a store",
            url,
            "give http:// or https://; name and password go into KG_USER and KG_PASSWORD",
        )
    user, password = os.environ.get("KG_USER"), os.environ.get("KG_PASSWORD")
    with httpx.Client(timeout=timeout, follow_redirects=False, headers={"User-Agent": "article-kg"}) as client:
        if user is not None and password is not None:
            with _reached(url):
                auth = _auth(client, url, user, password)
            if auth is not None:
                client.auth = auth
        yield client


def _auth(client: httpx.Client, url: str, user: str, password: str) -> httpx.Auth | None:
    """Basic or digest, as the server asks for it; a digest has heard its challenge. None where nothing is asked."""
    nowhere = _at(url, "urn:x-article-kg:nothing")
    for method in ("GET", "POST"):  # some protect writing alone; an empty POST adds nothing
        answer = client.request(
            method, nowhere, content=b"" if method == "POST" else None, headers={"Content-Type": _NT}
        )
        if answer.status_code == 401:
            if "digest" not in answer.headers.get("WWW-Authenticate", "").lower():
                return httpx.BasicAuth(user, password)
            digest = httpx.DigestAuth(user, password)
            client.request(
                method, nowhere, content=b"" if method == "POST" else None, headers={"Content-Type": _NT}, auth=digest
            )
            return digest
    return None


@contextmanager
def _reached(url: str) -> Iterator[None]:
    """OutputError where the other side cannot be reached or breaks off."""
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as problem:
        raise OutputError(
            f"cannot be reached: {problem or type(problem).__name__}", url, "check the address, and that the store runs"
        ) from None


def _call(
    client: httpx.Client, url: str, method: str, body: bytes | None = None, type: str = "", accept: str = "*/*"
) -> tuple[bytes, str]:
    """(body, media type) of the answer; an OutputError that says what the other side said."""
    with _reached(url):
        answer = client.request(
            method, url, content=body, headers={"Accept": accept, **({"Content-Type": type} if type else {})}
        )
    if answer.status_code >= 300:
        said = answer.text[:300].split("\n")[0].strip()
        remedy = (
            "set KG_USER and KG_PASSWORD"
            if answer.status_code in (401, 403)
            else "check the address and what the store allows"
        )
        raise OutputError(
            f"answered {answer.status_code} {answer.reason_phrase}" + (f": {said}" if said else ""), url, remedy
        )
    return answer.content, answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
