"""What a store holds, counted: each article in a line, the triples by property and class, the things by kind.

Counted anew it takes a look at every triple. So the graph `tally` keeps it, and each change of the store changes it in
the same transaction; where much is put in at once, or a class gets another place among the others, it goes and is
counted again. What is kept bears the number of its change: of two lines about one thing the later holds, so that an
older one may be taken out afterwards.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

import pyoxigraph as engine

from kg.rdf import IRI, PREFIXES, Literal, Quad, kg, special_graph, term
from kg.store.union import BESIDE, UNION, Engine, is_graph

__all__ = ["KINDS", "Held", "Tally", "counted", "documents", "kept", "lines", "tallied", "written"]

#: Kinds of things that are counted with all classes below them.
KINDS = ("Event", "Person", "Group", "Organization", "Place")
#: So many letters of a text stand for a title that it lacks.
FIRST_WORDS = 60

_A, _VALUE, _BELOW = term("rdf:type"), term("rdf:value"), term("rdfs:subClassOf")
_DOCUMENT, _BODY = kg("Document"), term("schema:articleBody")
_TOLD = {
    PREFIXES["schema"] + "headline": "title",
    PREFIXES["schema"] + "datePublished": "date",
    PREFIXES["schema"] + "publisher": "publisher",
    PREFIXES["rdfs"] + "label": "label",
    PREFIXES["schema"] + "articleBody": "text",
}


@dataclass(frozen=True, slots=True)
class Held:
    """One article of a store. `called` is its title, or the words that it begins with, or its name."""

    iri: IRI
    title: str | None
    date: str | None
    publisher: str | None
    triples: int
    called: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How much queries see: triples, those of each class and property (by IRI), things of each of KINDS (by local
    name).
    """

    triples: int = 0
    classes: dict[str, int] = field(default_factory=dict)
    properties: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)


# ------------------------------------------------------------------ counting anew


def counted(inner: Engine) -> Tally:
    """The tally of a store, from all its triples."""
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    things: dict[str, set[object]] = {kind: set() for kind in KINDS}
    below = _below(inner)
    for quad in inner.quads_for_pattern(None, None, None, UNION):
        properties[quad.predicate.value] += 1
        if quad.predicate == _A and isinstance(quad.object, IRI):
            classes[quad.object.value] += 1
            for kind in below.get(quad.object.value, ()):
                things[kind].add(quad.subject)
    return Tally(
        sum(properties.values()),
        dict(classes),
        dict(properties),
        {kind: len(found) for kind, found in things.items() if found},
    )


def documents(inner: Engine) -> Iterator[Held]:
    """The articles of a store, from what is said of each."""
    for quad in inner.quads_for_pattern(None, _A, _DOCUMENT, UNION):
        if isinstance(quad.subject, IRI):
            triples = sum(1 for _ in inner.quads_for_pattern(None, None, None, quad.subject))
            yield _held(quad.subject, inner.quads_for_pattern(quad.subject, None, None, UNION), triples)


def _held(document: IRI, said: Iterable[engine.Quad], triples: int) -> Held:
    told: dict[str, str] = {}
    for quad in said:
        name = _TOLD.get(quad.predicate.value)
        if name and isinstance(quad.object, (IRI, Literal)):
            told[name] = min(told.get(name, quad.object.value), quad.object.value)
    first = " ".join(told.get("text", "")[: 4 * FIRST_WORDS].split())
    if len(first) > FIRST_WORDS:
        first = f"{first[: FIRST_WORDS + 1].rpartition(' ')[0] or first[:FIRST_WORDS]} …"
    called = told.get("title") or first or told.get("label") or document.value
    return Held(document, told.get("title"), told.get("date"), told.get("publisher"), triples, called)


def _below(inner: Engine) -> dict[str, set[str]]:
    """Which of KINDS each class belongs to, as the terms kept in the store say."""
    right_below: dict[str, set[str]] = {}
    for quad in inner.quads_for_pattern(None, _BELOW, None, None):
        if isinstance(quad.subject, IRI) and isinstance(quad.object, IRI):
            right_below.setdefault(quad.object.value, set()).add(quad.subject.value)
    found: dict[str, set[str]] = {}
    for kind in KINDS:
        todo = [kg(kind).value]
        while todo:
            name = todo.pop()
            if kind not in found.setdefault(name, set()):
                found[name].add(kind)
                todo += right_below.get(name, ())
    return found


# ------------------------------------------------------------------ keeping


def kept(inner: Engine, base: str) -> Tally | None:
    """The tally that a store keeps."""
    _, said = _last(inner, special_graph("tally", base), base)
    said.pop("change", None)
    return Tally(**said) if said else None


def lines(inner: Engine, base: str) -> list[Held]:
    """The articles that a store keeps in its tally, in order of their IRIs."""
    graph = special_graph("tally", base)
    found: dict[IRI, tuple[int, dict[str, Any]]] = {}
    for quad in inner.quads_for_pattern(None, _VALUE, None, graph):
        if isinstance(quad.subject, IRI) and quad.subject != graph:
            said = json.loads(_words(quad))
            change = said.pop("change")
            if change >= found.get(quad.subject, (0, {}))[0]:
                found[quad.subject] = (change, said)
    return sorted((Held(iri, **said) for iri, (_, said) in found.items()), key=lambda held: held.iri.value)


def written(tally: Tally, articles: Iterable[Held], base: str) -> list[Quad]:
    """The quads that keep a tally made anew."""
    graph = special_graph("tally", base)
    return [_quad(graph, asdict(tally), 0, graph), *(_line(held, 0, graph) for held in articles)]


def tallied(
    inner: Engine,
    base: str,
    gone: Collection[Quad],
    new: Collection[Quad],
    lost: Collection[Quad],
    seen: Collection[Quad],
) -> tuple[list[Quad], list[Quad]]:
    """What a change takes out of the graph `tally` and puts in.

    The quads `gone` and `new` go and come; the triples `lost` leave the union, and of `seen` those enter it that it has
    not. Nothing where no tally is kept.
    """
    graph = special_graph("tally", base)
    old, said = _last(inner, graph, base)
    if not said:
        return [], []
    if any(q.predicate == _BELOW for side in (gone, new) for q in side):
        return [_ours(q) for q in inner.quads_for_pattern(None, None, None, graph)], []
    change, leave = said.pop("change") + 1, [q for q in dict.fromkeys(lost) if q in inner]
    fresh = [q for q in dict.fromkeys(seen) if q not in inner]
    now = _changed(inner, Tally(**said), leave, fresh)
    out, into = [_ours(quad) for quad in old], [_quad(graph, asdict(now), change, graph)]
    for document in sorted(_touched(inner, graph, gone, new, leave, fresh), key=lambda node: node.value):
        old, said = _last(inner, document, base)
        held = _after(inner, document, gone, new, leave, fresh, said.get("triples"))
        out += (_ours(quad) for quad in old)
        into += [_line(held, change, graph)] if held else []
    return out, into


def _last(inner: Engine, node: IRI, base: str) -> tuple[list[engine.Quad], dict[str, Any]]:
    """The lines that are kept of something, and what the latest says."""
    found = list(inner.quads_for_pattern(node, _VALUE, None, special_graph("tally", base)))
    said = [json.loads(_words(quad)) for quad in found]
    return found, max(said, key=lambda one: one["change"], default={})


def _changed(inner: Engine, old: Tally, lost: Collection[Quad], fresh: Collection[Quad]) -> Tally:
    classes, properties = Counter(old.classes), Counter(old.properties)
    types: dict[object, tuple[set[object], set[object]]] = {}  # a thing's classes before and after
    below = _below(inner) if any(q.predicate == _A for side in (lost, fresh) for q in side) else {}
    for quads, one in ((lost, -1), (fresh, 1)):
        for quad in quads:
            properties[quad.predicate.value] += one
            if quad.predicate == _A and isinstance(quad.object, IRI):
                classes[quad.object.value] += one
                if quad.object.value in below:
                    if quad.subject not in types:
                        now = {q.object for q in inner.quads_for_pattern(quad.subject, _A, None, UNION)}
                        types[quad.subject] = (set(now), set(now))
                    (types[quad.subject][1].add if one > 0 else types[quad.subject][1].discard)(quad.object)
    kinds = Counter(old.kinds)
    for earlier, later in types.values():
        for types_then, one in ((earlier, -1), (later, 1)):
            kinds.update({k: one for kind in types_then if isinstance(kind, IRI) for k in below.get(kind.value, ())})
    return Tally(
        old.triples + len(fresh) - len(lost), *({k: n for k, n in c.items() if n} for c in (classes, properties, kinds))
    )


def _touched(inner: Engine, tally: IRI, *sides: Collection[Quad]) -> set[IRI]:
    """The documents whose graph, or whose line of the list, a change may change."""
    told = {q.subject for quads in sides for q in quads if q.predicate.value in _TOLD}
    articles = {node for node in told if next(inner.quads_for_pattern(node, _VALUE, None, tally), None)}
    found = set()
    for quads in sides:
        for quad in quads:
            graph = quad.graph_name
            if isinstance(graph, IRI):
                if not any(is_graph(graph, name) for name in BESIDE):
                    found.add(graph)
            elif quad.object == _DOCUMENT or quad.predicate.value in _TOLD and quad.subject in articles:
                found.add(quad.subject)
    return found


def _after(
    inner: Engine,
    document: IRI,
    gone: Collection[Quad],
    new: Collection[Quad],
    lost: Collection[Quad],
    fresh: Collection[Quad],
    triples: int | None,
) -> Held | None:
    """An article's line as it is after a change; nothing if it is none any longer."""
    said = {_ours(q) for q in inner.quads_for_pattern(document, None, None, UNION)}
    said = (said - {q for q in lost if q.subject == document}) | {q for q in fresh if q.subject == document}
    if not any(q.predicate == _A and q.object == _DOCUMENT for q in said):
        return None
    if triples is None:
        triples = sum(1 for _ in inner.quads_for_pattern(None, None, None, document))
    came = sum(1 for q in new if q.graph_name == document and q not in inner)
    went = sum(1 for q in gone if q.graph_name == document and q in inner)
    return _held(document, said, triples + came - went)


def _line(held: Held, change: int, graph: IRI) -> Quad:
    return _quad(held.iri, {name: value for name, value in asdict(held).items() if name != "iri"}, change, graph)


def _quad(node: IRI, said: dict[str, Any], change: int, graph: IRI) -> Quad:
    return Quad(node, _VALUE, Literal(json.dumps(said | {"change": change}, ensure_ascii=False, sort_keys=True)), graph)


def _words(quad: engine.Quad) -> str:
    assert isinstance(quad.object, Literal)  # written here
    return quad.object.value


def _ours(quad: engine.Quad) -> Quad:
    return quad  # type: ignore[return-value]
