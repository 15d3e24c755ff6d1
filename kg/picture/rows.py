"""Asking a graph for a picture: the views, the questions for details, and how both are narrowed to a part of a large
store.

A view is a SPARQL query that yields `?subject ?predicate ?object ?claim` (and `?event`, where an event became an edge);
a row without an object is a thing that stands alone, a row without a claim a plain triple. Views stand in
queries/views/,
the questions for the details in queries/page/; a user's own view file works the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from kg import vocabulary
from kg.errors import QueryError

__all__ = [
    "View",
    "detail",
    "is_iri",
    "local_name",
    "named",
    "narrowed",
    "read_view",
    "select",
    "text_of",
    "touching",
    "view_rows",
    "views",
]

_CHUNK = 200  # nodes that a query is given: with many the engine looks through the whole store instead
_BRANCHES = 50  # parts of one query
_COLUMNS = ("subject", "predicate", "object", "claim", "event")
_MOST_AROUND, _MOST_READ = 1500, 6000  # rows around given things: a hub of a large store is cut there
_ROLES = {
    "agent",
    "patient",
    "recipient",
    "instrument",
    "topic",
    "place",
    "origin",
    "destination",
    "charge",
    "nonParticipant",
}


class View(NamedTuple):
    """A query that says what a picture shows: its title and purpose are the comment at its head."""

    name: str
    title: str
    about: str
    sparql: str


# ------------------------------------------------------------------ views


def views(folder: Path | None = None) -> tuple[View, ...]:
    """The views of a folder (by default the shipped ones) in order of their names."""
    folder = folder or vocabulary.data_folder("queries") / "views"
    return tuple(_parse_view(path) for path in sorted(folder.glob("*.rq")))


def read_view(name: str | Path) -> View:
    """The shipped view of that name, or the user's own query file."""
    shipped = {view.name: view for view in views()}
    if str(name) in shipped:
        return shipped[str(name)]
    path = Path(name)
    if path.suffix == ".rq" and path.is_file():
        return _parse_view(path)
    raise QueryError(
        f"no view is called {name}", str(name), f"use one of {', '.join(shipped)}, or a query file ending in .rq"
    )


def _parse_view(path: Path) -> View:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise QueryError(f"cannot be read: {problem}", str(path), "check the file") from None
    head = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        head.append(line.lstrip("# ").strip())
    title, about = (head[0] if head else path.stem), " ".join(head[1:])
    return View(path.stem, title, about, text)


# ------------------------------------------------------------------ asking


def text_of(term: Any) -> str:
    """A term of any of the RDF libraries as a string."""
    if term is None:
        return ""
    value = getattr(term, "value", term)
    return value if type(value) is str else str(value)


def select(source: Any, sparql: str, where: str = "view") -> Iterator[dict[str, Any]]:
    """The rows of a SELECT over anything that has a `query` method: a store, an rdflib graph, a pyoxigraph store."""
    try:
        answer = source.query(sparql)
        names = getattr(answer, "columns", None) or getattr(answer, "vars", None) or getattr(answer, "variables", None)
        names = [text_of(name).lstrip("?") for name in names or ()]
        for row in getattr(answer, "rows", answer):
            yield dict(zip(names, row))
    except (SyntaxError, ValueError, AttributeError) as problem:
        raise QueryError(
            f"cannot be asked: {' '.join(str(problem).split())[:200]}", where, "a view is a SPARQL SELECT"
        ) from None


def detail(
    source: Any, name: str, variable: str, iris: Iterable[str], most: int | None = None
) -> Iterator[dict[str, Any]]:
    """The rows of a question of queries/page/, narrowed to given values of one variable; of each value so many rows at
    most.
    """
    text = (vocabulary.data_folder("queries") / "page" / f"{name}.rq").read_text(encoding="utf-8")
    wanted = sorted({iri for iri in iris if _safe(iri)})
    chunk = _CHUNK if most is None else _BRANCHES
    for at in range(0, len(wanted), chunk):
        some = wanted[at : at + chunk]
        asked = narrowed(text, variable, some) if most is None else _each(text, variable, some, most)
        yield from select(source, asked, name)


def _each(sparql: str, variable: str, iris: Iterable[str], most: int) -> str:
    """A question for the first rows of each of given values: what a hub of a large store has is never read whole."""
    begins = re.search(r"^SELECT\b", sparql, re.M)
    assert begins is not None, sparql
    prologue, body = sparql[: begins.start()], sparql[begins.start() :]
    branches = " UNION ".join(f"{{ {narrowed(body, variable, [iri])} LIMIT {most} }}" for iri in iris)
    return f"{prologue}SELECT * WHERE {{ {branches} }}"


def narrowed(sparql: str, variable: str, iris: Iterable[str]) -> str:
    """A query of ours with the values of one variable given, in each branch of its outermost UNION: the engine begins
    there.

    Where the SELECT line renames a variable of the pattern, that one is meant. A branch is what stands between braces
    that are
    indented by two; one without the variable can have none of the values.
    """
    head, _, body = sparql.partition("WHERE")
    renamed = re.search(rf"\(\?(\w+) AS \?{variable}\)", head)
    inner = renamed[1] if renamed else variable
    given = f" VALUES ?{inner} {{ {' '.join(f'<{iri}>' for iri in iris)} }} "
    branches = re.compile(r"^  \{$(.*?)^  \}$", re.M | re.S)
    if re.match(r"\s*\{\s*\{", body):
        return f"{head}WHERE" + branches.sub(
            lambda m: f"  {{{given if f'?{inner} ' in m[1] else ' FILTER (false) '}{m[1]}  }}", body
        )
    return f"{head}WHERE" + re.sub(r"^\s*\{", lambda m: m[0] + given, body, count=1)


def named(source: Any, about: Iterable[str]) -> tuple[str, ...]:
    """IRIs as they are, and for a name the IRIs of all that bear it."""
    found: list[str] = []
    for text in about:
        if ":" in text and _safe(text):
            found.append(text)
            continue
        label = json.dumps(re.sub(r"[\x00-\x1f\x7f]", " ", text).strip().lower(), ensure_ascii=False)
        sparql = (
            "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
            "SELECT DISTINCT ?thing WHERE { ?thing skos:prefLabel|skos:altLabel ?name "
            f"FILTER (LCASE(STR(?name)) = {label}) }}"
        )
        things = sorted(text_of(row["thing"]) for row in select(source, sparql, "--about"))
        if not things:
            raise QueryError("nothing is called that", f"--about {text}", "`kg ask GRAPH who` lists names")
        found += things
    return tuple(found)


def _safe(iri: str) -> bool:
    """Whether a string may stand between angle brackets."""
    return bool(iri) and not re.search(r'[\x00-\x20<>"{}|^`\\]', iri)


def is_iri(term: Any) -> bool:
    return type(term).__name__ in ("NamedNode", "URIRef", "IRI")


@lru_cache(maxsize=1 << 16)
def local_name(iri: str) -> str:
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


# ------------------------------------------------------------------ the rows of a view


def view_rows(source: Any, view: View, about: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a view as strings, literals in the object's place left out, in a stable order. With `about`: the
    rows that
    touch these things, and those of the events among them, so that everyone who takes part is seen."""
    if not about:
        return _plain_rows(select(source, view.sparql, view.name), view)
    if view not in views():  # a user's own query may be of any build: asked whole
        whole = _plain_rows(select(source, view.sparql, view.name), view)
        return [r for r in whole if {r["subject"], r["object"]} & set(about)]
    near = touching(source, view, about)
    events = {r["subject"] for r in near if local_name(r["predicate"]) in _ROLES} - set(about)
    return [*{tuple(r.values()): r for r in (*near, *touching(source, view, sorted(events), ("subject",)))}.values()]


def touching(
    source: Any, view: View, iris: Iterable[str], ends: tuple[str, ...] = ("subject", "object")
) -> list[dict[str, str]]:
    wanted = [iri for iri in iris if _safe(iri)]
    rows = [
        row
        for end in ends
        for at in range(0, len(wanted), _CHUNK)
        for row in select(
            source, f"{narrowed(view.sparql, end, wanted[at : at + _CHUNK])}\nLIMIT {_MOST_READ}", view.name
        )
    ]
    return _plain_rows(rows, view)[:_MOST_AROUND]


def _plain_rows(rows: Iterable[Mapping[str, Any]], view: View) -> list[dict[str, str]]:
    found: dict[tuple[str, ...], None] = {}
    for row in rows:
        if "subject" not in row:
            raise QueryError(
                "its query has no ?subject", view.name, "a view yields ?subject ?predicate ?object and ?claim"
            )
        if row.get("object") is None or is_iri(row["object"]):
            found[tuple(text_of(row.get(k)) for k in _COLUMNS)] = None
    return [dict(zip(_COLUMNS, k)) for k in sorted(found)]
