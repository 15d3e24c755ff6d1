"""From a graph to what a picture shows: the rows of a view, and all that is said about the things in them.

A view is a SPARQL query that yields `?subject ?predicate ?object ?claim` (and `?event`, where an event became an edge);
a row without an object is a thing that stands alone, a row without a claim a plain triple. Views stand in queries/views/,
the questions for the details in queries/page/; a user's own view file works the same.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from .. import rdf, vocabulary
from ..errors import QueryError

__all__ = ["ClaimRow", "Coordinates", "DocumentRow", "EdgeRow", "Evidence", "Scene", "Thing", "ValueRow", "View", "read_scene",
           "read_view", "views"]

#: The coarse classes that have a colour, a shape and an icon of their own; the first that fits wins.
KINDS: tuple[str, ...] = ("Person", "Group", "Organization", "Place", "Office", "Artifact", "Program", "Concept", "Event",
                          "UnassertedEvent", "Document", "Quantity", "Time")
_AGENT_GROUPS = {"UnassertedEvent": "Event"}
_CHUNK = 2000
_MOST_AROUND = 1500                              # rows around given things: a hub of a large store is cut there
_ROLES = {"agent", "patient", "recipient", "instrument", "topic", "place", "origin", "destination", "charge", "nonParticipant"}


class View(NamedTuple):
    """A query that says what a picture shows: its title and purpose are the comment at its head."""

    name: str
    title: str
    about: str
    sparql: str


class Evidence(NamedTuple):
    """Words of a document; `document` is an IRI."""

    iri: str
    document: str
    start: int
    end: int
    quote: str
    rule: str


class ValueRow(NamedTuple):
    """A time or quantity: its words, its value, and the day a relative time was resolved against."""

    words: str
    value: str
    anchor: str
    detail: str


class Coordinates(NamedTuple):
    lat: float
    long: float


@dataclass(frozen=True, slots=True)
class DocumentRow:
    iri: str
    title: str
    date: str
    url: str
    publisher: str
    text: str


@dataclass(frozen=True, slots=True)
class Thing:
    """A node: entity, event or source. `kind` is one of `KINDS` or "Entity"; `status` only where an event is not asserted."""

    iri: str
    label: str
    type: str
    kind: str
    aliases: tuple[str, ...] = ()
    status: str = ""
    evidence: tuple[Evidence, ...] = ()
    at: Coordinates | None = None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim. `object` is an IRI of a thing, or empty where `value` tells a time, a quantity, a type or a literal."""

    iri: str
    subject: str
    predicate: str
    object: str
    value: ValueRow | None
    status: str
    polarity: str = "positive"
    validity: str = "current"
    origin: str = "extracted"
    by: str = ""
    via: str = ""
    stated_in: str = ""
    confidence: float | None = None
    fact: str = ""
    modality: tuple[str, ...] = ()
    premises: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class EdgeRow(NamedTuple):
    """An edge of the picture and the claims that it stands for."""

    subject: str
    object: str
    predicate: str
    status: str
    polarity: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a page or figure shows. `edges` holds the edges of each view by its name, `alone` the things without any."""

    views: tuple[View, ...]
    things: Mapping[str, Thing]
    claims: Mapping[str, ClaimRow]
    edges: Mapping[str, tuple[EdgeRow, ...]]
    alone: Mapping[str, tuple[str, ...]]
    documents: tuple[DocumentRow, ...]
    base: str = field(default=rdf.BASE)


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
    raise QueryError(f"no view is called {name}", str(name), f"use one of {', '.join(shipped)}, or a query file ending in .rq")


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

def _text(term: Any) -> str:
    """A term of any of the RDF libraries as a string."""
    return "" if term is None else str(getattr(term, "value", term))


def _rows(source: Any, sparql: str, where: str = "view") -> Iterator[dict[str, Any]]:
    """The rows of a SELECT over anything that has a `query` method: a store, an rdflib graph, a pyoxigraph store."""
    try:
        answer = source.query(sparql)
        names = getattr(answer, "columns", None) or getattr(answer, "vars", None) or getattr(answer, "variables", None)
        names = [_text(name).lstrip("?") for name in names or ()]
        for row in getattr(answer, "rows", answer):
            yield dict(zip(names, row))
    except (SyntaxError, ValueError, AttributeError) as problem:
        raise QueryError(f"cannot be asked: {' '.join(str(problem).split())[:200]}", where, "a view is a SPARQL SELECT") from None


def _detail(source: Any, name: str, variable: str, iris: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The rows of a question of queries/page/, narrowed to given values of one variable."""
    text = (vocabulary.data_folder("queries") / "page" / f"{name}.rq").read_text(encoding="utf-8")
    wanted = sorted({iri for iri in iris if _safe(iri)})
    for at in range(0, len(wanted), _CHUNK):
        yield from _rows(source, narrowed(text, variable, wanted[at:at + _CHUNK]), name)


def narrowed(sparql: str, variable: str, iris: Iterable[str]) -> str:
    """A query of ours with the values of one variable given, in each branch of its outermost UNION: the engine begins there.

    Where the SELECT line renames a variable of the pattern, that one is meant. A branch is what stands between braces that are
    indented by two; one without the variable can have none of the values.
    """
    head, _, body = sparql.partition("WHERE")
    renamed = re.search(rf"\(\?(\w+) AS \?{variable}\)", head)
    inner = renamed[1] if renamed else variable
    given = f" VALUES ?{inner} {{ {' '.join(f'<{iri}>' for iri in iris)} }} "
    branches = re.compile(r"^  \{$(.*?)^  \}$", re.M | re.S)
    if re.match(r"\s*\{\s*\{", body):
        return f"{head}WHERE" + branches.sub(lambda m: f"  {{{given if f'?{inner} ' in m[1] else ' FILTER (false) '}{m[1]}  }}", body)
    return f"{head}WHERE" + re.sub(r"^\s*\{", lambda m: m[0] + given, body, count=1)


def _safe(iri: str) -> bool:
    """Whether a string may stand between angle brackets."""
    return bool(iri) and not re.search(r'[\x00-\x20<>"{}|^`\\]', iri)


def _is_iri(term: Any) -> bool:
    return type(term).__name__ in ("NamedNode", "URIRef", "IRI")


def local_name(iri: str) -> str:
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1:]


# ------------------------------------------------------------------ the scene

def read_scene(source: Any, view: View, more: Iterable[View] = (), *, about: Iterable[str] = (), text: bool = True) -> Scene:
    """What a view shows of a graph, with all claims about the things in it.

    In: a source with a `query` method; the view; further views of the same things that the page offers; `about`: IRIs to
    which the picture is narrowed, with their neighbours; whether the articles' texts come along.
    """
    drawn = _view_rows(source, view, tuple(about))
    if not drawn and view.name == "events":
        view = read_view("plain")
        drawn = _view_rows(source, view, tuple(about))
    # What a further view adds beyond the first one's things would stand without a place: it shows the same things only.
    things = {row[k] for row in drawn for k in ("subject", "object", "event") if row[k]}
    rows = {view: drawn}
    for other in more:
        if other.name != view.name:
            rows[other] = [r for r in _view_rows(source, other, tuple(about)) if {r["subject"], r["object"] or r["subject"]} <= things]
    claims = _claims(source, things)
    for drawn in rows.values():
        for row in drawn:
            if row["object"] and not row["claim"]:
                iri = f"{row['subject']} {row['predicate']} {row['object']}"
                row["claim"] = iri
                claims.setdefault(iri, ClaimRow(iri, row["subject"], row["predicate"], row["object"], None, "asserted"))
    missing = {row["claim"] for drawn in rows.values() for row in drawn if row["claim"] and row["claim"] not in claims}
    if missing:
        claims |= _claims(source, (), missing)
    mentioned = things | {i for c in claims.values() for i in (c.subject, c.object, c.by, c.via, c.stated_in) if i}
    found = _things(source, mentioned, claims)
    edges = {v.name: _edges(drawn, claims) for v, drawn in rows.items()}
    alone = {}
    for v, drawn in rows.items():
        tied = {end for edge in edges[v.name] for end in (edge.subject, edge.object)}
        alone[v.name] = tuple(sorted({row["subject"] for row in drawn if not row["object"]} - tied))
    cited = {e.document for c in claims.values() for e in c.evidence} | {e.document for t in found.values() for e in t.evidence}
    return Scene(tuple(rows), found, claims, edges, alone, _documents(source, cited, text))


def _view_rows(source: Any, view: View, about: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a view as strings, literals in the object's place left out, in a stable order. With `about`: the rows that
    touch these things, and those of the events among them, so that everyone who takes part is seen."""
    if not about:
        return _plain_rows(_rows(source, view.sparql, view.name), view)
    if view not in views():                      # a user's own query may be of any build: asked whole
        whole = _plain_rows(_rows(source, view.sparql, view.name), view)
        return [r for r in whole if {r["subject"], r["object"]} & set(about)]
    near = _touching(source, view, about)
    events = {r["subject"] for r in near if local_name(r["predicate"]) in _ROLES} - set(about)
    return [*{tuple(r.values()): r for r in (*near, *_touching(source, view, sorted(events), ("subject",)))}.values()]


def _touching(source: Any, view: View, iris: Iterable[str], ends: tuple[str, ...] = ("subject", "object")) -> list[dict[str, str]]:
    wanted = [iri for iri in iris if _safe(iri)]
    rows = [r for end in ends for r in _rows(source, narrowed(view.sparql, end, wanted), view.name)] if wanted else []
    return _plain_rows(rows, view)[:_MOST_AROUND]


def _plain_rows(rows: Iterable[Mapping[str, Any]], view: View) -> list[dict[str, str]]:
    found = {}
    for row in rows:
        if "subject" not in row:
            raise QueryError("its query has no ?subject", view.name, "a view yields ?subject ?predicate ?object and ?claim")
        if row.get("object") is None or _is_iri(row["object"]):
            plain = {k: _text(row.get(k)) for k in ("subject", "predicate", "object", "claim", "event")}
            found[tuple(plain.values())] = plain
    return [found[k] for k in sorted(found)]


def _claims(source: Any, subjects: Iterable[str], claims: Iterable[str] = ()) -> dict[str, ClaimRow]:
    """All claims about given subjects, and given claims, by IRI."""
    said: dict[str, dict[str, list[Any]]] = {}
    wanted = {_text(row["claim"]) for row in _detail(source, "spoken-of", "subject", subjects)} | set(claims)
    for row in _detail(source, "claims", "claim", wanted):
        values = said.setdefault(_text(row["claim"]), {}).setdefault(local_name(_text(row["property"])), [])
        if row["value"] not in values:
            values.append(row["value"])
    evidence = _evidence(source, said)
    values = _values(source, {_text(o) for facts in said.values() for o in facts.get("object", ()) if _is_iri(o)})
    made = {}
    for iri in sorted(said):
        facts = {name: sorted(terms, key=_text) for name, terms in said[iri].items()}
        if not {"subject", "predicate", "object"} <= set(facts):
            continue

        def one(name: str) -> str:
            return _text(facts[name][0]) if name in facts else ""

        object_, value = one("object"), None
        if not _is_iri(facts["object"][0]):
            object_, value = "", ValueRow(object_, object_, "", "")
        elif object_ in values:
            object_, value = "", values[object_]
        elif local_name(one("predicate")) == "type":
            object_, value = "", ValueRow(label_of(local_name(object_)), local_name(object_), "", "")
        made[iri] = ClaimRow(
            iri, one("subject"), one("predicate"), object_, value, local_name(one("status")) or "asserted",
            local_name(one("polarity")) or "positive", local_name(one("validity")) or "current",
            local_name(one("origin")) or "extracted", one("claimedBy"), one("via"), one("statedIn"),
            float(one("confidence")) if one("confidence") else None, one("fact"),
            tuple(local_name(_text(m)) for m in facts.get("modality", ())), tuple(map(_text, facts.get("wasDerivedFrom", ()))),
            evidence.get(iri, ()))
    return made


def _evidence(source: Any, carried: Iterable[str]) -> dict[str, tuple[Evidence, ...]]:
    found: dict[str, set[Evidence]] = {}
    for row in _detail(source, "evidence", "carried", carried):
        found.setdefault(_text(row["carried"]), set()).add(Evidence(
            _text(row["evidence"]), _text(row["document"]), int(_text(row["start"])), int(_text(row["end"])),
            _text(row["quote"]), _text(row["rule"])))
    return {iri: tuple(sorted(words, key=lambda e: e[1:])) for iri, words in found.items()}


def _values(source: Any, iris: Iterable[str]) -> dict[str, ValueRow]:
    found: dict[str, ValueRow] = {}
    for row in sorted(_detail(source, "values", "thing", iris), key=lambda r: tuple(map(_text, r.values()))):
        said = {k: _text(v) for k, v in row.items()}
        amount = said["value"] or "–".join(filter(None, (said["min"], said["max"])))
        detail = " ".join(filter(None, (said["modifier"], amount, said["unit"], said["of"]))) if not said["words"] else said["granularity"]
        found.setdefault(said["thing"], ValueRow(said["words"] or detail, said["value"], said["anchor"], detail))
    return found


def _things(source: Any, iris: set[str], claims: Mapping[str, ClaimRow]) -> dict[str, Thing]:
    """Names, types, mentions and coordinates of all nodes."""
    said: dict[str, dict[str, set[str]]] = {}
    for row in _detail(source, "things", "thing", iris):
        said.setdefault(_text(row["thing"]), {}).setdefault(local_name(_text(row["property"])), set()).add(_text(row["value"]))
    titles = {_text(r["document"]): _text(r["title"]) for r in _detail(source, "documents", "document", iris)}
    evidence = _evidence(source, iris)
    places: dict[str, Coordinates] = {}
    for row in sorted(_detail(source, "coordinates", "thing", iris), key=lambda r: tuple(map(_text, r.values()))):
        places.setdefault(_text(row["thing"]), Coordinates(float(_text(row["lat"])), float(_text(row["long"]))))
    claimed = {c.subject: c.value.value for c in claims.values() if local_name(c.predicate) == "type" and c.value}
    found = {}
    for iri in sorted(iris):
        facts = said.get(iri, {})
        labels = facts.get("prefLabel") or facts.get("label") or ({titles[iri]} if titles.get(iri) else {local_name(iri)})
        label = max(labels, key=lambda name: (len(name), name))
        types = {local_name(t) for t in facts.get("type", ())}
        unasserted = "UnassertedEvent" in types
        if iri in claimed and (unasserted or not types):
            types = {claimed[iri]}
        type_ = _narrowest(types)
        status = ""
        if unasserted:
            status = local_name(sorted(facts.get("status", {"reported"}))[0])
        found[iri] = Thing(iri, label, type_, "Event" if unasserted else kind_of(type_),
                           tuple(sorted((facts.get("altLabel", set()) | labels) - {label})), status, evidence.get(iri, ()), places.get(iri))
    return found


def _narrowest(types: set[str]) -> str:
    terms = vocabulary.load()
    return max(types, key=lambda t: (len(terms.lineage(t)), t), default="Entity")


def kind_of(type_: str) -> str:
    """The coarse class of a type."""
    above = vocabulary.load().lineage(type_)
    return next((_AGENT_GROUPS.get(k, k) for k in KINDS if k in above), "Entity")


def label_of(name: str) -> str:
    """A class or property as people read it."""
    terms = vocabulary.load()
    known = terms.classes.get(name) or terms.properties.get(name)
    return known.label if known else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").lower()


def _edges(rows: list[dict[str, str]], claims: Mapping[str, ClaimRow]) -> tuple[EdgeRow, ...]:
    """One edge for the claims that say the same with the same standing; an allegation and its denial are two."""
    grouped: dict[tuple[str, str, str, str, str], set[str]] = {}
    for row in rows:
        claim = claims.get(row["claim"]) if row["object"] else None
        if claim is not None:
            key = (row["subject"], row["object"], row["predicate"], claim.status, claim.polarity)
            grouped.setdefault(key, set()).add(claim.iri)
    return tuple(EdgeRow(*key, tuple(sorted(grouped[key]))) for key in sorted(grouped))


def _documents(source: Any, cited: set[str], text: bool) -> tuple[DocumentRow, ...]:
    found: dict[str, DocumentRow] = {}
    for row in sorted(_detail(source, "documents", "document", cited), key=lambda r: tuple(map(_text, r.values()))):
        said = {k: _text(v) for k, v in row.items()}
        title = said["title"] or next(iter(said["text"].strip().splitlines()), "")[:120] or local_name(said["document"])
        found.setdefault(said["document"], DocumentRow(said["document"], title, said["date"], said["url"], said["publisher"],
                                                       said["text"] if text else ""))
    return tuple(sorted(found.values(), key=lambda d: (d.date, d.title, d.iri)))
