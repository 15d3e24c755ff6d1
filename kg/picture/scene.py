"""From a graph to what a picture shows: the rows of a view, and all that is said about the things in them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from kg import names, vocabulary
from kg.picture import story, telling
from kg.picture.look import label_of
from kg.picture.rows import View, detail, is_iri, local_name, read_view, select, text_of, view_rows
from kg.picture.telling import Sentence

__all__ = [
    "ClaimRow",
    "Coordinates",
    "DocumentRow",
    "EdgeRow",
    "Evidence",
    "Scene",
    "Thing",
    "ValueRow",
    "read_scene",
]

#: The coarse classes that have a colour, a shape and an icon of their own; the first that fits wins.
KINDS: tuple[str, ...] = (
    "Person",
    "Group",
    "Organization",
    "Place",
    "Office",
    "Artifact",
    "Program",
    "Concept",
    "Event",
    "UnassertedEvent",
    "Document",
    "Quantity",
    "Time",
)
_MOST_TEXT = 1_500_000  # characters of articles that a page carries
_MANY = 1_000  # things up to which a page carries all shipped views
#: Of each thing in a picture of a neighbourhood: a hub of a large store has many thousands.
_CLAIMS_AROUND, _MENTIONS_AROUND = 200, 40
_DERIVED = ("folded", "relations")
#: Types of events whose real type stands in a claim alone.
_CLAIMED_ONLY = frozenset({"UnassertedEvent", "UnsureEvent"})
_AGENT_GROUPS = {"UnassertedEvent": "Event"}


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
    titled: bool = True  # whether the title is the article's own
    sure: int = 0  # the least confidence, in percent, of what stands plain


@dataclass(frozen=True, slots=True)
class Thing:
    """A node: entity, event or source. `kind` is one of `KINDS` or "Entity"; `status` only where an event is not
    asserted."""

    iri: str
    label: str
    type: str
    kind: str
    aliases: tuple[str, ...] = ()
    status: str = ""
    evidence: tuple[Evidence, ...] = ()
    at: Coordinates | None = None
    above: frozenset[str] = frozenset()  # its type and all classes above it, by their local names


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim. `object` is an IRI of a thing, or empty where `value` tells a time, a quantity, a type or a
    literal."""

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
    validity: str
    claims: tuple[str, ...]
    label: str = ""  # its words, where they say more than the predicate


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a page or figure shows. `edges` holds the edges of each view by its name, `alone` the things
    without any."""

    views: tuple[View, ...]
    things: Mapping[str, Thing]
    claims: Mapping[str, ClaimRow]
    edges: Mapping[str, tuple[EdgeRow, ...]]
    alone: Mapping[str, tuple[str, ...]]
    spare: tuple[EdgeRow, ...]  # edges of the story that are folded away until somebody asks
    documents: tuple[DocumentRow, ...]
    derived: tuple[View, ...] = ()  # views that the page makes itself, from the claims
    left_out: int = 0  # things for which there was no room
    lead: tuple[Sentence, ...] = ()  # the sentences above the graph


# ------------------------------------------------------------------ the scene


def read_scene(
    source: Any,
    view: View,
    more: Iterable[View] = (),
    *,
    about: Iterable[str] = (),
    text: bool = True,
    most: int = 10_000,
) -> Scene:
    """What a view shows of a graph, with all claims about the things in it.

    In: a source with a `query` method; the view; further views that the page offers; `about`: IRIs to which the
    picture is narrowed, with their neighbours; whether the articles' texts come along; how many things at most, those
    with most ties first. Of many things the further views are only named that a page can make from its claims.
    """
    drawn = view_rows(source, view, tuple(about))
    if not drawn and view.name in ("story", "events"):
        view = read_view("plain")
        drawn = view_rows(source, view, tuple(about))
    drawn, left_out = _weightiest(drawn, most)
    further = [other for other in more if other.name != view.name]
    many = left_out or len({row[k] for row in drawn for k in ("subject", "object")}) > _MANY
    derived = [v for v in further if many and v.name in _DERIVED and view.name in ("story", "events")]
    rows = {view: drawn} | {other: view_rows(source, other, tuple(about)) for other in further if not many}
    things = {row[k] for drawn in rows.values() for row in drawn for k in ("subject", "object", "event") if row[k]}
    near = bool(tuple(about))
    claims = _claims(source, things, most=_CLAIMS_AROUND if near else None)
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
    found = _things(source, mentioned, claims, _MENTIONS_AROUND if near else None)
    cited = {e.document for c in claims.values() for e in c.evidence} | {
        e.document for t in found.values() for e in t.evidence
    }
    documents = _documents(source, cited)
    texts = {d.iri: d.text for d in documents}
    year = documents[0].date[:4] if len({d.date[:4] for d in documents}) == 1 else ""
    edges = {v.name: _edges(drawn, claims) for v, drawn in rows.items() if v.name != "story"}
    spare: tuple[EdgeRow, ...] = ()
    for v, drawn in rows.items():
        if v.name == "story":
            told, spare = story.told(drawn, claims, found, year, len(documents) == 1)
            edges[v.name] = told or _edges(drawn, claims)
    alone = {}
    for v, drawn in rows.items():
        tied = {end for edge in edges[v.name] for end in (edge.subject, edge.object)}
        alone[v.name] = tuple(sorted({row["subject"] for row in drawn if not row["object"]} - tied))
    lead = telling.sentences(claims, found, texts, year) if len(documents) == 1 else ()
    if not text:
        documents = tuple(replace(d, text="") for d in documents)
    return Scene(tuple(rows), found, claims, edges, alone, spare, documents, tuple(derived), left_out, lead)


def _weightiest(rows: list[dict[str, str]], most: int) -> tuple[list[dict[str, str]], int]:
    """The rows between the things with most ties, and how many things were left out."""
    ties: dict[str, int] = {}
    for row in rows:
        for end in (row["subject"], row["object"]):
            if end:
                ties[end] = ties.get(end, 0) + 1
    if len(ties) <= most:
        return rows, 0
    kept = set(sorted(ties, key=lambda iri: (-ties[iri], iri))[:most])
    return [r for r in rows if r["subject"] in kept and (not r["object"] or r["object"] in kept)], len(ties) - most


def _claims(
    source: Any, subjects: Iterable[str], claims: Iterable[str] = (), most: int | None = None
) -> dict[str, ClaimRow]:
    """All claims about given subjects (of each so many at most), and given claims, by IRI."""
    said: dict[str, dict[str, list[Any]]] = {}
    wanted = {text_of(row["claim"]) for row in detail(source, "spoken-of", "subject", subjects, most)} | set(claims)
    for row in detail(source, "claims", "claim", wanted):
        values = said.setdefault(text_of(row["claim"]), {}).setdefault(local_name(text_of(row["property"])), [])
        if row["value"] not in values:
            values.append(row["value"])
    evidence = _evidence(source, said)
    known = _values(source, {text_of(o) for facts in said.values() for o in facts.get("object", ()) if is_iri(o)})
    made = {}
    for iri in sorted(said):
        facts = {name: sorted(terms, key=text_of) for name, terms in said[iri].items()}
        if not {"subject", "predicate", "object"} <= set(facts):
            continue

        def one(name: str, facts: Mapping[str, list[Any]] = facts) -> str:
            return text_of(facts[name][0]) if name in facts else ""

        object_, value = one("object"), None
        if not is_iri(facts["object"][0]):
            object_, value = "", ValueRow(object_, object_, "", "")
        elif object_ in known:
            object_, value = "", known[object_]
        elif local_name(one("predicate")) == "type":
            object_, value = "", ValueRow(label_of(local_name(object_)), local_name(object_), "", "")
        made[iri] = ClaimRow(
            iri,
            one("subject"),
            one("predicate"),
            object_,
            value,
            local_name(one("status")) or "asserted",
            local_name(one("polarity")) or "positive",
            local_name(one("validity")) or "current",
            local_name(one("origin")) or "extracted",
            one("claimedBy"),
            one("via"),
            one("statedIn"),
            float(one("confidence")) if one("confidence") else None,
            one("fact"),
            tuple(local_name(text_of(m)) for m in facts.get("modality", ())),
            tuple(map(text_of, facts.get("wasDerivedFrom", ()))),
            evidence.get(iri, ()),
        )
    return made


def _evidence(source: Any, carried: Iterable[str], most: int | None = None) -> dict[str, tuple[Evidence, ...]]:
    found: dict[str, set[Evidence]] = {}
    for row in detail(source, "evidence", "carried", carried, most):
        found.setdefault(text_of(row["carried"]), set()).add(
            Evidence(
                text_of(row["evidence"]),
                text_of(row["document"]),
                int(text_of(row["start"])),
                int(text_of(row["end"])),
                text_of(row["quote"]),
                text_of(row["rule"]),
            )
        )
    return {iri: tuple(sorted(words, key=lambda e: e[1:])) for iri, words in found.items()}


def _values(source: Any, iris: Iterable[str]) -> dict[str, ValueRow]:
    found: dict[str, ValueRow] = {}
    for row in sorted(detail(source, "values", "thing", iris), key=lambda r: tuple(map(text_of, r.values()))):
        said = {k: text_of(v) for k, v in row.items()}
        amount = said["value"] or "–".join(filter(None, (said["min"], said["max"])))
        told = (
            " ".join(filter(None, (said["modifier"], amount, said["unit"], said["of"])))
            if not said["words"]
            else said["granularity"]
        )
        found.setdefault(said["thing"], ValueRow(said["words"] or told, said["value"], said["anchor"], told))
    return found


def _things(source: Any, iris: set[str], claims: Mapping[str, ClaimRow], most: int | None = None) -> dict[str, Thing]:
    """Names, types, mentions (of each so many at most) and coordinates of all nodes."""
    said: dict[str, dict[str, set[str]]] = {}
    for row in detail(source, "things", "thing", iris):
        said.setdefault(text_of(row["thing"]), {}).setdefault(local_name(text_of(row["property"])), set()).add(
            text_of(row["value"])
        )
    titles = {text_of(r["document"]): text_of(r["title"]) for r in detail(source, "documents", "document", iris)}
    evidence = _evidence(source, iris, most)
    places: dict[str, Coordinates] = {}
    for row in sorted(detail(source, "coordinates", "thing", iris), key=lambda r: tuple(map(text_of, r.values()))):
        places.setdefault(text_of(row["thing"]), Coordinates(float(text_of(row["lat"])), float(text_of(row["long"]))))
    lineage = _lineages(source)
    held = {c.subject: c.object for c in claims.values() if local_name(c.predicate) == "locatedIn" and c.object}
    claimed = {c.subject: c.value.value for c in claims.values() if local_name(c.predicate) == "type" and c.value}
    found = {}
    for iri in sorted(iris):
        facts = said.get(iri, {})
        labels = (
            facts.get("prefLabel") or facts.get("label") or ({titles[iri]} if titles.get(iri) else {local_name(iri)})
        )
        label = max(labels, key=lambda name: (len(name), name))
        types = {local_name(t) for t in facts.get("type", ())}
        unasserted = "UnassertedEvent" in types
        if iri in claimed and not types - _CLAIMED_ONLY:
            types = {claimed[iri]}
        type_ = max(types, key=lambda t: (len(lineage(t)), t), default="Entity")
        status = ""
        if unasserted:
            status = local_name(sorted(facts.get("status", {"reported"}))[0])
        above = lineage(type_)
        if "Place" in above and iri not in places and (spot := _in_gazetteer(label, above, held.get(iri, ""))):
            places[iri] = spot
        found[iri] = Thing(
            iri,
            label,
            type_,
            "Event" if unasserted else kind_of(above),
            tuple(sorted((facts.get("altLabel", set()) | labels) - {label})),
            status,
            evidence.get(iri, ()),
            places.get(iri),
            above,
        )
    return found


def _in_gazetteer(label: str, above: frozenset[str], country: str) -> Coordinates | None:
    """Where the gazetteer knows a named place to be, of which the graph says nothing: a country at its capital; a
    settlement
    if it is the only one of that name, or by far the largest, in its country if that is known."""
    if not above & {"Country", "Settlement"} or not label[:1].isupper():
        return None
    known = names.load()
    if "Country" in above:
        land = known.lands.get(known.land(label) or "")
        if land is None or not land.capital:
            return None
        found = [c for c in known.cities.find(names.plain(land.capital)) if c.country == land.code]
    else:
        code = (known.land(local_name(country).replace("-", " ")) or "").partition(":")[2]
        found = [c for c in known.cities.find(names.plain(label)) if not code or c.country == code]
    found = sorted(found, key=lambda c: -c.population)
    if not found or len(found) > 1 and found[0].population < 10 * found[1].population and "Country" not in above:
        return None
    return Coordinates(float(found[0].latitude), float(found[0].longitude))


def _lineages(source: Any) -> Callable[[str], frozenset[str]]:
    """A class and all above it, by local names, as the ontology and the graph's own terms tell."""
    shipped = vocabulary.load()
    parents: dict[str, set[str]] = {}
    text = (vocabulary.data_folder("queries") / "page" / "terms.rq").read_text(encoding="utf-8")
    for row in select(source, text, "terms"):
        parents.setdefault(local_name(text_of(row["term"])), set()).add(local_name(text_of(row["parent"])))

    def lineage(name: str) -> frozenset[str]:
        above: set[str] = set()
        todo = {name}
        while todo:
            at = todo.pop()
            above |= shipped.lineage(at)
            todo |= parents.get(at, set()) - above
        return frozenset(above)

    return lineage


def kind_of(above: Collection[str]) -> str:
    """The coarse class of a type, told from it and all above it."""
    return next((_AGENT_GROUPS.get(k, k) for k in KINDS if k in above), "Entity")


def _edges(rows: list[dict[str, str]], claims: Mapping[str, ClaimRow]) -> tuple[EdgeRow, ...]:
    """One edge for the claims that say the same with the same standing; an allegation and its denial are two."""
    grouped: dict[tuple[str, str, str, str, str, str], set[str]] = {}
    for row in rows:
        claim = claims.get(row["claim"]) if row["object"] else None
        if claim is not None:
            key = (row["subject"], row["object"], row["predicate"], claim.status, claim.polarity, claim.validity)
            grouped.setdefault(key, set()).add(claim.iri)
    return tuple(EdgeRow(*key, tuple(sorted(grouped[key]))) for key in sorted(grouped))


def _documents(source: Any, cited: set[str]) -> tuple[DocumentRow, ...]:
    """The articles in order of their dates; texts as far as they find room, of the rest the quotes suffice."""
    found: dict[str, DocumentRow] = {}
    for row in sorted(detail(source, "documents", "document", cited), key=lambda r: tuple(map(text_of, r.values()))):
        said = {k: text_of(v) for k, v in row.items()}
        title = said["title"] or next(iter(said["text"].strip().splitlines()), "")[:120] or local_name(said["document"])
        found.setdefault(
            said["document"],
            DocumentRow(
                said["document"],
                title,
                said["date"],
                said["url"],
                said["publisher"],
                said["text"],
                bool(said["title"]),
                int(said["sure"] or 0),
            ),
        )
    room, kept = _MOST_TEXT, []
    for d in sorted(found.values(), key=lambda d: (d.date, d.title, d.iri)):
        room -= len(d.text)
        kept.append(d if room >= 0 else replace(d, text=""))
    return tuple(kept)
