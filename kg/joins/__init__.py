"""Likely same names: who may be one under two IRIs, and who may be two under one, for a person to decide in review.

Confirmed joins are links (`owl:sameAs`, of events `kg:sameEvent`), rejected ones too (`owl:differentFrom`): nothing is
rewritten. One name that two people bear is kept apart in the article that means the second. Of events what is sure is
linked without a person, until one rejects it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import combinations

from kg.identity import Identity, slug
from kg.joins.events import Pair, pairs, tellings
from kg.model import Reading
from kg.rdf import IRI, Quad, kg, special_graph
from kg.review import Decision, mention
from kg.store import Store
from kg.vocabulary import Vocabulary

__all__ = ["keep_apart", "link", "linked", "proposals"]

#: Spellings at least this alike (difflib's ratio) are proposed; below, most pairs of namesakes' names are two people.
ALIKE = 0.86
#: A surname that more full names than this share joins none of them.
MOST_BEARERS = 3


# ------------------------------------------------------------------ proposing


@dataclass(frozen=True, slots=True)
class _Node:
    iri: IRI
    kind: str  # the folder of its IRI: person, org, place
    names: tuple[str, ...]
    documents: frozenset[str]

    @property
    def is_local(self) -> bool:
        return len(self.documents) == 1 and self.iri.value.endswith(tuple(d.rpartition("/")[2] for d in self.documents))


def proposals(store: Store, decided: Iterable[Decision] = ()) -> list[Decision]:
    """Pairs that may be one, and names that may be two, without those already decided; in order of their reasons."""
    known = {d.key for d in decided if d.decision} | _linked(store)
    nodes = _nodes(store)
    asked: dict[tuple[str, str, str], Decision] = {}
    for a, b, reason in (*_short(nodes), *_aliases(nodes), *_spellings(nodes)):
        one, other = sorted((a.iri.value, b.iri.value))
        join = Decision(one, "join", other, " = ".join(_names(a, b)) + "?", why=reason)
        if join.key not in known and join.key not in asked:
            asked[join.key] = replace(join, quotes=_quotes(mention(store, a.iri), mention(store, b.iri)))
    for found in (*_events(store), *_namesakes(store, nodes)):
        if found.key not in known:
            asked.setdefault(found.key, found)
    return sorted(asked.values(), key=lambda d: (d.kind, d.why, d.said, d.key))


def _nodes(store: Store) -> list[_Node]:
    found: dict[str, tuple[set[str], set[str]]] = {}
    for row in store.select(
        """SELECT ?node ?name ?document { GRAPH ?document { ?node a ?class ; skos:prefLabel|skos:altLabel ?name } }"""
    ):
        names, documents = found.setdefault(row["node"].value, (set(), set()))
        names.add(row["name"].value)
        documents.add(row["document"].value)
    pattern = re.compile(re.escape(store.base) + r"(person|org|place)/")
    return [
        _Node(IRI(iri), m[1], tuple(sorted(names, key=lambda n: (-len(n), n))), frozenset(documents))
        for iri, (names, documents) in sorted(found.items())
        if (m := pattern.match(iri))
    ]


def _short(nodes: list[_Node]) -> Iterator[tuple[_Node, _Node, str]]:
    """A person known in one article by surname alone, and those of other articles who bear it."""
    bearers: dict[str, list[_Node]] = defaultdict(list)
    for node in nodes:
        if node.kind == "person" and not node.is_local:
            for surname in {name.split()[-1].casefold() for name in node.names if " " in name}:
                bearers[surname].append(node)
    for node in nodes:
        if node.kind == "person" and node.is_local and " " not in node.names[0] and node.names[0][:1].isupper():
            others = [b for b in bearers.get(node.names[0].casefold(), ()) if not b.documents & node.documents]
            if 0 < len(others) <= MOST_BEARERS:
                for other in others:
                    yield node, other, "a surname alone, borne by a person of another article"


def _aliases(nodes: list[_Node]) -> Iterator[tuple[_Node, _Node, str]]:
    """Two nodes of one kind that share a name, one calling itself what the other is called."""
    named: dict[tuple[str, str], list[_Node]] = defaultdict(list)
    for node in nodes:
        if not node.is_local:
            for name in sorted({slug(n) for n in node.names}):
                named[node.kind, name].append(node)
    for group in named.values():
        for a, b in combinations(group[:8], 2):
            yield a, b, "they share a name"


def _spellings(nodes: list[_Node]) -> Iterator[tuple[_Node, _Node, str]]:
    """Full names that differ by a few letters."""
    near: dict[tuple[str, str, int], list[_Node]] = defaultdict(list)
    for node in nodes:
        words = slug(node.names[0]).split("-")
        if not node.is_local and len(words) > 1:
            near[node.kind, words[0] if node.kind == "person" else words[0][:3], len(words)].append(node)
    for group in near.values():
        for a, b in combinations(group[:60], 2):
            if SequenceMatcher(None, slug(a.names[0]), slug(b.names[0])).ratio() >= ALIKE:
                yield a, b, "their names are spelt nearly alike"


#: What one person seldom has two of at one time, when the two belong to different countries or bodies.
_SINGLE = ("citizenOf", "headOfStateOf", "headOfGovernmentOf", "holdsOffice")


def _namesakes(store: Store, nodes: list[_Node]) -> Iterator[Decision]:
    """One node of which two articles say what is seldom true of one person."""
    wanted = " ".join(f"kg:{name}" for name in _SINGLE)
    said: dict[tuple[str, str], dict[str, tuple[str, str]]] = defaultdict(dict)
    for row in store.select(f"""SELECT ?who ?what ?object ?label ?document {{
            VALUES ?what {{ {wanted} }} GRAPH ?document {{ ?who ?what ?object . ?object skos:prefLabel ?label }} }}"""):
        said[row["who"].value, row["what"].value].setdefault(
            row["document"].value, (row["object"].value, row["label"].value)
        )
    people = {n.iri.value: n for n in nodes if n.kind == "person" and not n.is_local}
    for (who, what), by_document in sorted(said.items()):
        first, *rest = sorted(by_document)
        if who in people:
            for other in rest:
                if by_document[first][0] != by_document[other][0]:
                    values = by_document[first][1], by_document[other][1]
                    yield Decision(
                        who,
                        "split",
                        other,
                        f"two called {people[who].names[0]}?",
                        why=f"{what}: {values[0]} in one article, {values[1]} in another",
                        quotes=_quotes(*(mention(store, IRI(who), d) for d in (first, other))),
                        distinction=values[1],
                    )


def _events(store: Store) -> Iterator[Decision]:
    """Tellings of two articles that may be of one event; first those that are linked already, for a person to undo."""
    alone = set(linked(store))
    for pair in _pairs(store):
        a, b = pair.one.iri, pair.other.iri
        yield Decision(
            a.value,
            "event",
            b.value,
            f"{pair.one.label} = {pair.other.label}?",
            stands="linked" if (a.value, b.value) in alone else "",
            why=pair.why,
            quotes=_quotes(mention(store, a), mention(store, b)),
        )


def _pairs(store: Store) -> list[Pair]:
    copies = {q.subject: q.object for q in store.match(None, kg("copyOf")) if isinstance(q.object, IRI)}
    return pairs(tellings(store), {IRI(q.value): o for q, o in copies.items() if isinstance(q, IRI)})


def _linked(store: Store) -> set[tuple[str, str, str]]:
    """Pairs that links from elsewhere join or keep apart."""
    alone = set(linked(store))
    return {
        (kind, *pair)
        for q in store.graph(special_graph("links", store.base))
        if isinstance(q.object, IRI)
        and (pair := (min(q.subject.value, q.object.value), max(q.subject.value, q.object.value))) not in alone
        for kind in ("join", "event")
    }


# ------------------------------------------------------------------ linking


def linked(store: Store) -> list[tuple[str, str]]:
    """The pairs of events that are linked without a person, in order."""
    notes = store.graph(special_graph("decisions", store.base))
    return sorted(
        (q.subject.value, q.object.value) for q in notes if q.predicate == _SAME and isinstance(q.object, IRI)
    )


def link(store: Store, decided: Iterable[Decision] = ()) -> tuple[int, int]:
    """Link the tellings that are surely of one event, and take links back that are no longer sure or were decided: how
    many came and went.

    Which links nobody decided is kept in the graph `decisions`.
    """
    settled = {d.key: d.decision for d in decided if d.decision}
    known = settled.keys() | _linked(store)
    then = {(p.one.iri, p.other.iri) for p in _pairs(store) if p.sure}
    then = {(a, b) for a, b in then if ("event", a.value, b.value) not in known}
    now = {(IRI(a), IRI(b)) for a, b in linked(store)}
    links, notes = special_graph("links", store.base), special_graph("decisions", store.base)
    gone = {Quad(a, _SAME, b, notes) for a, b in now - then}
    gone |= {Quad(a, _SAME, b, links) for a, b in now - then if settled.get(("event", a.value, b.value)) != "confirm"}
    new = [Quad(a, _SAME, b, graph) for a, b in sorted(then - now, key=str) for graph in (notes, links)]
    if gone or new:
        store.change(gone, new)
    return len(then - now), len(now - then)


_SAME = kg("sameEvent")


def _names(a: _Node, b: _Node) -> tuple[str, ...]:
    return tuple(dict.fromkeys((a.names[0], b.names[0])))


def _quotes(*found: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, found)))


# ------------------------------------------------------------------ building


def keep_apart(reading: Reading, decisions: Iterable[Decision], vocabulary: Vocabulary, base: str) -> Reading:
    """The reading with a disambiguator on each entity that a person decided is another one in this document."""
    identity = Identity(reading.document, vocabulary, base)
    here = {
        d.id: d.distinction
        for d in decisions
        if (d.kind, d.decision, d.other) == ("split", "confirm", identity.of_document().value)
    }
    if not here:
        return reading
    nodes = identity.nodes(reading)
    return replace(
        reading,
        entities=tuple(
            replace(e, disambiguator=here[nodes[e.id].value]) if nodes[e.id].value in here else e
            for e in reading.entities
        ),
    )
