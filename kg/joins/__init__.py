"""Likely same names: who may be one under two IRIs, and who may be two under one, for a person to decide in review.

Confirmed joins are links (`owl:sameAs`, of events `kg:sameEvent`), rejected ones too (`owl:differentFrom`): nothing is
rewritten. One name that two people bear is kept apart in the article that means the second. Of events what is sure is
linked without a person, until one rejects it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from kg.identity import Identity
from kg.joins.events import Pair, pairs, tellings
from kg.joins.former import former
from kg.joins.names import Known, Likely, Name, likely
from kg.model import Reading
from kg.rdf import IRI, Literal, Quad, kg, special_graph
from kg.review import Decision, mention
from kg.store import Store
from kg.vocabulary import Vocabulary, load

__all__ = ["keep_apart", "likely_names", "link", "linked", "names_of", "proposals", "told_twice"]


# ------------------------------------------------------------------ proposing


def proposals(store: Store, decided: Iterable[Decision] = ()) -> list[Decision]:
    """Pairs that may be one, and names that may be two, without those already decided: those for which most speaks
    first.
    """
    known = {d.key for d in decided if d.decision} | _linked(store)
    nodes = names_of(store)
    asked: dict[tuple[str, str, str], Decision] = {}
    for pair in likely_names(store, nodes):
        a, b = pair.one, pair.other
        join = Decision(a.iri, "join", b.iri, " = ".join(dict.fromkeys((a.label, b.label))) + "?", why=pair.why)
        if join.key not in known and join.key not in asked:
            quotes = _quotes(mention(store, IRI(a.iri)), mention(store, IRI(b.iri)))
            asked[join.key] = replace(join, quotes=pair.quotes or quotes)
    order = {key: n for n, key in enumerate(asked)}
    for found in (*_events(store), *_namesakes(store, nodes)):
        if found.key not in known:
            asked.setdefault(found.key, found)
    return sorted(asked.values(), key=lambda d: (d.kind, order.get(d.key, -1), d.why, d.said, d.key))


def names_of(store: Store) -> list[Name]:
    """The people, bodies and places of a store that go by a name, in order of their IRIs."""
    labels: dict[str, dict[str, None]] = defaultdict(dict)
    others: dict[str, dict[str, None]] = defaultdict(dict)
    documents: dict[str, set[str]] = defaultdict(set)
    kinds: dict[str, str] = {}
    pattern = re.compile(re.escape(store.base) + r"(person|org|place)/")
    for held, predicate in ((labels, "skos:prefLabel"), (others, "skos:altLabel")):
        for row in store.select(f"SELECT ?node ?name ?document {{ GRAPH ?document {{ ?node {predicate} ?name }} }}"):
            iri = row["node"].value
            if (m := pattern.match(iri)) and not store.is_beside(row["document"]):
                kinds[iri] = m[1]
                held[iri][row["name"].value] = None
                documents[iri].add(row["document"].value)
    found = []
    for iri, names in sorted(labels.items()):
        label = min(names, key=lambda n: (-len(n), n))
        if any(map(str.isupper, label)):
            more = sorted({n for n in (*names, *others[iri]) if n != label and any(map(str.isupper, n))})
            local = _is_local(iri, documents[iri])
            found.append(Name(iri, kinds[iri], label, tuple(more), frozenset(documents[iri]), local))
    return found


def _is_local(iri: str, documents: Collection[str]) -> bool:
    """Whether a name holds in one article alone, whose key its IRI has."""
    return len(documents) == 1 and any(re.search(rf"-{d.rpartition('/')[2]}(-\d+)?$", iri) for d in documents)


def likely_names(store: Store, nodes: Iterable[Name]) -> list[Likely]:
    """Names that may be one, by how they are written and by what articles say of them."""
    nodes = [n for n in nodes if not n.local or n.kind == "person" and " " not in n.label]
    company: dict[str, set[str]] = {}
    for node in nodes:
        for document in () if node.local else node.documents:
            company.setdefault(document, set()).add(node.iri)
    labels = {n.iri: n.label for n in nodes}
    facts = {kg(p).value for p in load().predicates if p not in _PASSING}

    @lru_cache(maxsize=1 << 16)
    def said(iri: str) -> Mapping[tuple[str, str], str]:
        return {
            (q.predicate.value.rpartition("#")[2], q.object.value): labels.get(q.object.value, q.object.value)
            for q in store.match(IRI(iri))
            if q.predicate.value in facts and (isinstance(q.object, Literal) or q.object.value in labels)
        }

    told = former(store, nodes)
    pairs = {frozenset((p.one.iri, p.other.iri)) for p in told}
    known = Known({d: frozenset(iris) for d, iris in company.items()}, said, labels)
    return [*told, *(p for p in likely(nodes, known) if frozenset((p.one.iri, p.other.iri)) not in pairs)]


#: What is said of one at one time and not at another.
_PASSING = ("age", "evidence", "participant", "sameEvent")
#: What one person seldom has two of at one time, when the two belong to different countries or bodies.
_SINGLE = ("citizenOf", "headOfStateOf", "headOfGovernmentOf", "holdsOffice")


def _namesakes(store: Store, nodes: list[Name]) -> Iterator[Decision]:
    """One node of which two articles say what is seldom true of one person."""
    wanted = " ".join(f"kg:{name}" for name in _SINGLE)
    said: dict[tuple[str, str], dict[str, tuple[str, str]]] = defaultdict(dict)
    for row in store.select(f"""SELECT ?who ?what ?object ?label ?document {{
            VALUES ?what {{ {wanted} }} GRAPH ?document {{ ?who ?what ?object . ?object skos:prefLabel ?label }} }}"""):
        said[row["who"].value, row["what"].value].setdefault(
            row["document"].value, (row["object"].value, row["label"].value)
        )
    people = {n.iri: n for n in nodes if n.kind == "person" and not n.local}
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
                        f"two called {people[who].label}?",
                        why=f"{what}: {values[0]} in one article, {values[1]} in another",
                        quotes=_quotes(*(mention(store, IRI(who), d) for d in (first, other))),
                        distinction=values[1],
                    )


def _events(store: Store) -> Iterator[Decision]:
    """Tellings of two articles that may be of one event; first those that are linked already, for a person to undo."""
    alone = set(linked(store))
    for pair in told_twice(store):
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


def told_twice(store: Store) -> list[Pair]:
    """Tellings of two articles that may be of one event, and whether they surely are, in order of their IRIs."""
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
    then = {(p.one.iri, p.other.iri) for p in told_twice(store) if p.sure}
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
