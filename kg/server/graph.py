"""The live graph: the page of a neighbourhood, drawn on demand from a store of any size, and finding things by name.

    GET /graph                               the search page: what to begin with
    GET /graph?about=IRI[&about=…][&view=…]  these things with all that is tied to them
    GET /graph/find?text=…                   up to twelve things of that name, as JSON

Every query of a page runs in the pool, within the limits of any other query. Pages are kept until the store changes;
the first one beside the store too, so that the next server has it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
from collections import OrderedDict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs

from kg.errors import KgError, QueryError
from kg.server.protocol import Refused
from kg.server.workers import Pool
from kg.vocabulary import data_folder

__all__ = ["Graphs", "find", "graph_page"]

_JSON = "application/sparql-results+json"
_MOST_ABOUT = 40
_MOST_THINGS = 300  # of a page; further ones are a click away
_KEPT = 24  # pages

_FIND = """
SELECT ?thing (MIN(?name) AS ?label) (SAMPLE(?kind) AS ?type) (MIN(?rank) AS ?best)
WHERE {
  ?thing skos:prefLabel|skos:altLabel ?name .
  OPTIONAL { ?thing a ?kind FILTER STRSTARTS(STR(?kind), STR(kg:)) }
  BIND (IF(STRSTARTS(LCASE(STR(?name)), %(text)s), 0, 1) AS ?rank)
  FILTER CONTAINS(LCASE(STR(?name)), %(text)s)
}
GROUP BY ?thing ORDER BY ?best STRLEN(STR(?label)) ?label ?thing LIMIT 12
"""
#: Where to begin: whom and what most claims of the newest articles speak of.
_HUBS = """
SELECT ?thing (COUNT(DISTINCT ?claim) AS ?claims)
WHERE {
  {
    SELECT ?article
    WHERE { ?article a kg:Document OPTIONAL { ?article schema:datePublished ?date } }
    ORDER BY DESC(?date) ?article LIMIT 40
  }
  ?words kg:document ?article .
  ?claim kg:evidence ?words ; rdf:object ?thing .
  FILTER EXISTS { ?thing skos:prefLabel ?label }
}
GROUP BY ?thing ORDER BY DESC(?claims) ?thing LIMIT 8
"""


class IRI(str):
    """A node of an answer."""


class Rows(NamedTuple):
    columns: tuple[str, ...]
    rows: list[tuple[str | None, ...]]


class Asking:
    """The pool as something to ask, for the picture."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    def query(self, sparql: str) -> Rows:
        with self.pool.query({"query": sparql, "accept": _JSON}) as said:
            body = said.read()
        if said.status != 200:
            raise QueryError(body.decode("utf-8", "replace").strip(), "store", "look at a smaller part")
        answer = json.loads(body)
        columns = tuple(answer["head"]["vars"])
        return Rows(columns, [tuple(_term(row.get(c)) for c in columns) for row in answer["results"]["bindings"]])


Stamp = tuple[tuple[str, int, int], ...]


class Graphs:
    """The pages of a store's graph, each drawn once and kept until the store's files change.

    The first page lies in the store's folder as `graph.html`, behind a line that says of which state it is.
    """

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self._pages: OrderedDict[str, bytes] = OrderedDict()
        self._stamp: Stamp = ()
        self._lock = threading.Lock()

    def page(self, query: str) -> bytes:
        """The page that a request asks for. Two who ask for a page at once wait for one drawing."""
        with self._lock:
            before = _stamp(self.pool.folder)
            if before != self._stamp:
                self._pages.clear()
                self._stamp = before
            if query not in self._pages:
                kept = _kept(self.pool.folder, before) if not query else None
                page = kept or graph_page(self.pool, query)
                if _stamp(self.pool.folder) != before:  # changed while it was drawn: shown, not kept
                    return page
                self._pages[query] = page
                if not query and not kept:
                    _keep(self.pool.folder, before, page)
            self._pages.move_to_end(query)
            while len(self._pages) > _KEPT:
                self._pages.popitem(last=False)
            return self._pages[query]

    def changed(self) -> None:
        """After an update: draw the first page anew where it has been looked at."""
        if self._pages:
            self.prepare()

    def prepare(self) -> None:
        """Draw the first page ahead, beside everything else; what goes wrong is told to who asks for it."""

        def draw() -> None:
            with contextlib.suppress(Refused):
                self.page("")

        threading.Thread(target=draw, daemon=True).start()


def _stamp(folder: Path) -> Stamp:
    """Name, size and time of all files that hold the store's statements: it changes with them."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.name.startswith(("CURRENT", "MANIFEST", "store")) or path.suffix in (".log", ".sst"):
            with contextlib.suppress(FileNotFoundError):  # tidied away meanwhile
                held = path.stat()
                found.append((str(path.relative_to(folder)), held.st_size, held.st_mtime_ns))
    return tuple(found)


def _state(stamp: Stamp) -> bytes:
    """What a first page is of: the state of the store, and all that draws it."""
    return hashlib.sha256(f"{stamp} {_drawing()}".encode()).hexdigest().encode() + b"\n"


@cache
def _drawing() -> str:
    """A digest of what a page is made by."""
    found, here = hashlib.sha256(), Path(__file__).parents[1]
    for folder in (here / "picture", here / "page", here / "server", data_folder("queries"), data_folder("ontology")):
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"):
            found.update(f"{path.relative_to(folder.parent)} {path.stat().st_size}\n".encode() + path.read_bytes())
    return found.hexdigest()


def _kept(folder: Path, stamp: Stamp) -> bytes | None:
    """The first page that is kept beside a store, if it is of this state."""
    try:
        said, _, page = (folder / "graph.html").read_bytes().partition(b"\n")
    except OSError:
        return None
    return page if said + b"\n" == _state(stamp) and page else None


def _keep(folder: Path, stamp: Stamp, page: bytes) -> None:
    """Lay the first page beside the store, whole or not at all; where nothing can be written there, it is not kept."""
    part = folder / f".graph.html.{os.getpid()}.part"
    with contextlib.suppress(OSError):
        try:
            part.write_bytes(_state(stamp) + page)
            os.replace(part, folder / "graph.html")
        finally:
            part.unlink(missing_ok=True)


def _term(term: dict[str, str] | None) -> str | None:
    if term is None:
        return None
    return IRI(term["value"]) if term["type"] == "uri" else term["value"]


def graph_page(pool: Pool, query: str) -> bytes:
    """The page that a request asks for; without `about` it begins at the hubs of the store."""
    from kg import picture  # what draws is slow to load, and a worker never needs it

    given = _given(query)
    about = given.get("about", [])[:_MOST_ABOUT]
    if any(":" not in iri or set(iri) & set('<>"{}|^`\\ \t\r\n') for iri in about):
        raise Refused(400, "about wants an absolute IRI")
    view = given.get("view", ["story"])[0]
    if view not in {v.name for v in picture.views()}:
        raise Refused(400, f"no view is called {view[:60]!r}")
    asking = Asking(pool)
    try:
        around = about or list(_hubs(asking)) or ["urn:nothing"]
        return picture.draw(asking, view=view, about=around, most=_MOST_THINGS, live=True).encode()
    except KgError as error:
        raise Refused(503, str(error), **{"Retry-After": "2"}) from None


def _hubs(asking: Asking) -> Iterator[str]:
    for thing, _ in asking.query(_HUBS).rows:
        if thing:
            yield thing


def find(pool: Pool, query: str) -> bytes:
    """[[IRI, label, type], …] as JSON."""
    text = _given(query).get("text", [""])[0].strip().lower()[:100]
    if not text:
        return b"[]"
    literal = json.dumps(text)  # a JSON string of text without controls is a SPARQL string
    try:
        rows = Asking(pool).query(_FIND % {"text": literal}).rows
    except KgError as error:
        raise Refused(503, str(error), **{"Retry-After": "2"}) from None
    return json.dumps(
        [[thing, label, (type or "").rpartition("#")[2]] for thing, label, type, _ in rows if thing], ensure_ascii=False
    ).encode()


def _given(query: str) -> dict[str, list[str]]:
    try:
        return parse_qs(query, encoding="utf-8", errors="strict", max_num_fields=100)
    except ValueError:
        raise Refused(400, "the parameters are not readable: percent-encode UTF-8") from None
