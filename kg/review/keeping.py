"""Decisions in their store: kept with it, applied whole or not at all, and taken back.

The graph `decisions`, which no query sees, holds each decision, and beside an article what review has withheld from it
and what it has put in. So what an article says is known at any time, and what stands is what it says, settled.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace

from kg import rdf
from kg.checker import Violation, check
from kg.errors import InputError
from kg.rdf import IRI, Literal, Quad, RdfFormat, kg, special_graph, term
from kg.review.correcting import understood
from kg.review.decisions import Decision
from kg.review.doubts import told
from kg.review.settling import settle
from kg.store import Change, Store

__all__ = ["decide", "kept", "put"]

_DECISION, _WITHHELD, _REVISED, _SUBJECT = kg("decision"), kg("withheld"), kg("revised"), term("rdf:subject")
#: What is looked at of a thing that is only named.
_SHOWN = (
    term("rdf:type"),
    term("skos:prefLabel"),
    term("rdfs:label"),
    *map(kg, ("status", "value", "min", "max", "words")),
)
_LINKS = {
    ("join", "confirm"): term("owl:sameAs"),
    ("join", "reject"): term("owl:differentFrom"),
    ("event", "confirm"): kg("sameEvent"),
    ("event", "reject"): term("owl:differentFrom"),
    ("split", "confirm"): term("owl:differentFrom"),
}


def kept(store: Store) -> list[Decision]:
    """The decisions that a store keeps, in order of what they are of."""
    found = [_thawed(q.object.value) for q in store.graph(_graph(store)) if q.predicate == _DECISION]
    return sorted(found, key=lambda d: d.key)


def put(store: Store, document: IRI, quads: Iterable[Quad], decisions: Iterable[Decision] | None = None) -> Change:
    """Make these quads what the document says, as settled by what was decided in review."""
    decisions = kept(store) if decisions is None else list(decisions)
    quads = list(quads)
    if not decisions:
        return store.put(document, quads)
    own = list(rdf.with_graph((q for q in quads if not store.is_beside(q.graph_name)), document))
    beside = [q for q in quads if store.is_beside(q.graph_name)]
    settled = settle(own, decisions)
    return store.put(document, [*beside, *settled, *_notes(store, document, own, settled)])


def decide(store: Store, given: Iterable[Decision], where: str = "") -> tuple[list[Decision], int]:
    """Apply decisions, all of them or none: what the store keeps then, and how many articles it changed.

    An emptied decision that was kept is taken back; open ones, and those that the store keeps already, change nothing.
    """
    before = {d.key: d for d in kept(store)}
    after = dict(before)
    for d in given:
        old = before.get(d.key)
        if d.decision and (old is None or old.words != d.words):
            after[d.key] = _meant(store, d, old, where)
        elif not d.decision and d.kept:
            after.pop(d.key, None)
    _agree(after.values(), where)
    changed = [k for k in dict.fromkeys((*before, *after)) if before.get(k) != after.get(k)]
    if not changed:
        return list(after.values()), 0
    documents = _documents(
        store, [(before.get(k) or after[k]) for k in changed] + [after[k] for k in changed if k in after]
    )
    gone, new = _links(store, before.values()), _links(store, after.values())
    gone, new = gone - new, new - gone
    gone |= {_frozen(store, before[k]) for k in changed if k in before}
    new |= {_frozen(store, after[k]) for k in changed if k in after}
    articles = 0
    corrected = {after[k].id: after[k] for k in changed if k in after and after[k].decision == "correct"}
    rejected = {d.id for d in after.values() if (d.kind, d.decision) == ("claim", "reject")}
    for document in documents:
        now, notes = set(store.graph(document)), set(store.graph(_graph(store), document))
        own = _as_read(store, document)
        settled = settle(own, after.values())
        if (again := next((q for q in settled if q.subject.value in rejected), None)) is not None:
            raise InputError(
                f"corrects a claim to {again.subject.value}, which is rejected",
                where,
                "correct it otherwise, or reject it too",
            )
        _fits(store, own, settled, corrected, where)
        then = {*settled, *_notes(store, document, own, settled)}
        gone |= (now | notes) - then
        new |= then - (now | notes)
        articles += set(settled) != now
    store.change(gone, sorted(new, key=str))
    return sorted(after.values(), key=lambda d: d.key), articles


# ------------------------------------------------------------------ what a decision means


def _meant(store: Store, d: Decision, old: Decision | None, where: str) -> Decision:
    """A new decision as it is kept, with what its words mean; refused where the store knows nothing of what it
    decides.
    """
    d = replace(d, kept=d.decision)
    if d.kind != "claim":
        for iri in (d.id, d.other):
            if old is None and next(iter(store.match(IRI(iri))), None) is None:
                raise InputError(
                    f"nothing in the store is {iri}", where, "add its article first, or take the entry out"
                )
        _alike(store, d, where)
        return d
    said = _said(store, d.id)
    if not said and (old is None or d.decision == "correct"):
        raise InputError(f"no article makes a claim {d.id}", where, "add its article first, or take the entry out")
    d = d if d.said or old else told(store, d)
    return understood(store, d, said, where) if d.decision == "correct" else d


def _alike(store: Store, d: Decision, where: str) -> None:
    """Raise an error where two of different kinds are joined."""
    with Store.memory(store.base) as small:
        small.load(
            [q for iri in (d.id, d.other) for q in store.match(IRI(iri)) if q.predicate in _SHOWN]
            + sorted(_links(store, [d]), key=str)
        )
        for violation in check(small, shapes=False):
            if violation.rule == "names-joined-are-alike":
                raise InputError(
                    f"joins {d.said or d.id!r}, two of different kinds", where, "reject it, or take the entry out"
                )


def _said(store: Store, claim: str) -> list[Quad]:
    """A claim as its articles make it, whether it stands or was withheld."""
    found = [q for g in _makers(store, claim) for q in store.graph(g, IRI(claim))]
    for note in store.graph(_graph(store)):
        if note.predicate == _WITHHELD and f"<{claim}>" in note.object.value:
            found += [q for q in _triples(note.object.value, note.subject) if q.subject.value == claim]
    return found


def _agree(decisions: Iterable[Decision], where: str) -> None:
    """Raise an error where two are told to be two, and by other joins to be one."""
    joins = [d for d in decisions if d.kind in ("join", "event")]
    one: dict[str, str] = {}

    def first(iri: str) -> str:
        while iri in one:
            iri = one[iri]
        return iri

    for d in joins:
        if d.decision == "confirm" and first(d.id) != first(d.other):
            one[first(d.id)] = first(d.other)
    for d in joins:
        if d.decision == "reject" and first(d.id) == first(d.other):
            raise InputError(
                f"keeps {d.said or d.id!r} apart, which other joins make one",
                where,
                "reject one of those joins, or confirm this one",
            )


def _fits(store: Store, own: list[Quad], settled: list[Quad], corrected: dict[str, Decision], where: str) -> None:
    """Raise an error where a correction says nothing new, what was rejected, or what the rules of the graph forbid."""
    new: dict[IRI, Decision] = {
        q.subject: corrected[q.object.value]
        for q in settled
        if q.predicate == term("prov:wasRevisionOf") and q.object.value in corrected
    }
    for q in own:
        if q.predicate == _SUBJECT and q.subject.value in corrected and q in settled and q.subject not in new:
            raise InputError(
                f"corrects {corrected[q.subject.value].said!r} to what it says",
                where,
                'write "confirm", or what it should say',
            )
    if not new:
        return
    known = {(v.rule, v.message) for v in _violations(store, own, {IRI(i) for i in corrected})}
    for violation in _violations(store, settled, set(new)):
        if (violation.rule, violation.message) not in known:
            said = next(
                (d.said for claim, d in new.items() if claim.value == violation.node), next(iter(new.values())).said
            )
            raise InputError(
                f"the correction of {said!r} would break a rule: {violation}",
                where,
                "correct it otherwise, or reject the claim",
            )


def _violations(store: Store, quads: list[Quad], claims: set[IRI]) -> list[Violation]:
    """What the rules say of these claims: of them, what they speak of, and what else is claimed of that."""
    about: dict[object, list[Quad]] = {}
    for q in quads:
        about.setdefault(q.subject, []).append(q)

    def spoken_of(nodes: Iterable[object], *predicates: IRI) -> set[object]:
        return {
            q.object
            for n in nodes
            for q in about.get(n, ())
            if isinstance(q.object, IRI) and (not predicates or q.predicate in predicates)
        }

    whole = claims | spoken_of(claims)
    whole |= {q.subject for q in quads if q.predicate == _SUBJECT and q.object in whole}
    words = spoken_of(whole, kg("evidence"))
    whole |= words | spoken_of(words, kg("document"))
    slim = [q for n in spoken_of(whole) - whole for q in about.get(n, ()) if q.predicate in _SHOWN]
    left_out = (term("schema:articleBody"), kg("content"))
    with Store.memory(store.base) as small:
        small.load([*(q for n in whole for q in about.get(n, ()) if q.predicate not in left_out), *slim])
        return check(small)


# ------------------------------------------------------------------ what is kept


def _graph(store: Store) -> IRI:
    return special_graph("decisions", store.base)


def _documents(store: Store, decisions: Iterable[Decision]) -> list[IRI]:
    """The articles that these decisions may change: which make the claim, or from which review has withheld it."""
    decisions = [d for d in decisions if d.kind in ("claim", "split")]
    found = {g for d in decisions if d.kind == "claim" for g in _makers(store, d.id)}
    found |= {IRI(d.other) for d in decisions if d.kind == "split"}
    found |= {q.subject for q in store.graph(_graph(store)) if q.predicate == _WITHHELD}
    return sorted((g for g in found if next(iter(store.graph(g)), None) is not None), key=lambda g: g.value)


def _makers(store: Store, claim: str) -> list[IRI]:
    """The articles in which a claim stands."""
    rows = store.select(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ <{claim}> rdf:subject ?s }} }} ORDER BY ?g")
    return [row["g"] for row in rows if not store.is_beside(row["g"])]


def _notes(store: Store, document: IRI, own: Iterable[Quad], settled: Iterable[Quad]) -> list[Quad]:
    """What was withheld from an article and what was put in, as a literal each: no query meets it as a fact."""
    own, settled = set(own), set(settled)
    return [
        Quad(document, name, Literal(_lines(quads)), _graph(store))
        for name, quads in ((_WITHHELD, own - settled), (_REVISED, settled - own))
        if quads
    ]


def _as_read(store: Store, document: IRI) -> list[Quad]:
    """What an article says, review aside."""
    notes = {q.predicate: set(_triples(q.object.value, document)) for q in store.graph(_graph(store), document)}
    revised = notes.get(_REVISED, set())
    return sorted({q for q in store.graph(document) if q not in revised} | notes.get(_WITHHELD, set()), key=str)


def _links(store: Store, decisions: Iterable[Decision]) -> set[Quad]:
    """What joins and splits say of pairs, as links."""
    graph = special_graph("links", store.base)
    pairs = ((d, (d.id, d.second) if d.kind == "split" else d.key[1:]) for d in decisions)
    return {
        Quad(IRI(a), _LINKS[d.kind, d.decision], IRI(b), graph) for d, (a, b) in pairs if (d.kind, d.decision) in _LINKS
    }


def _lines(quads: Iterable[Quad]) -> str:
    return "".join(sorted(f"{q.subject} {q.predicate} {q.object} .\n" for q in quads))


def _triples(lines: str, graph: IRI | None = None) -> list[Quad]:
    found = rdf.parse(lines, RdfFormat.N_TRIPLES)
    return list(found if graph is None else rdf.with_graph(found, graph))


def _frozen(store: Store, d: Decision) -> Quad:
    fields = {name: value for name, value in asdict(replace(d, meant=())).items() if value} | {"meant": _lines(d.meant)}
    return Quad(
        IRI(d.key[1]), _DECISION, Literal(json.dumps(fields, ensure_ascii=False, sort_keys=True)), _graph(store)
    )


def _thawed(text: str) -> Decision:
    fields = json.loads(text)
    return Decision(**{**fields, "quotes": tuple(fields.get("quotes", ())), "meant": tuple(_triples(fields["meant"]))})
