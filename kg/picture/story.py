"""The story: events folded into edges in the words of the text, minor things left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kg.picture.acts import DOUBTFUL, Act, Part, acts_of, day_of, led
from kg.picture.look import label_of, look, spoken
from kg.picture.rows import local_name

if TYPE_CHECKING:
    from kg.picture.scene import ClaimRow, EdgeRow, Thing

__all__ = ["named", "told"]

_SCENERY = {"place", "origin", "destination", "instrument"}
_MINOR = {"Artifact", "Concept", "Place", "Office", "Entity", "Quantity", "Time", "Program"}
_MOST_NODES = 22


# ------------------------------------------------------------------ edges


def told(
    rows: Iterable[Mapping[str, str]],
    claims: Mapping[str, ClaimRow],
    things: Mapping[str, Thing],
    year: str,
    few: bool = True,
) -> tuple[tuple[EdgeRow, ...], tuple[EdgeRow, ...]]:
    """The edges of the story, and those that are folded away until somebody asks: for each event one edge or, with
    three or more who take part, one for each of them.

    In: rows of the view; claims and things by IRI; the article's year, which dates leave out; `few`: only so many
    nodes, the weightiest, that each edge has room for its word.
    """
    rows = list(rows)
    acts = acts_of(claims.values(), things)
    wanted = {row["subject"] for row in rows} & set(acts)
    edges = _merged(e for iri in sorted(wanted) for e in _edges_of(acts[iri], year))
    edges += _merged(
        _relation(claims[row["claim"]], things)
        for row in rows
        if row["object"] and row["claim"] in claims and row["subject"] not in acts and row["object"] not in acts
    )
    edges = _without_repeats(edges, things)
    major = _without_minor(edges, things)
    shown = set(_weightiest(major, things) if few else major)
    return tuple(sorted(shown)), tuple(sorted(set(edges) - shown))


def _edges_of(act: Act, year: str) -> list[EdgeRow]:
    who = [p for p in act.parts if p.thing.kind != "Event"]
    first = next((p for p in who if p.role != "nonParticipant"), None)
    others = [p for p in who if first and p.thing.iri != first.thing.iri]
    if (
        first is None
        or act.saying
        or not (act.mutual or any(p.role not in ("agent", "nonParticipant") for p in others))
    ):
        return []
    persons = [p for p in others if p.role not in _SCENERY]
    if all(p.role == "nonParticipant" for p in persons):  # the place is what it was done to
        persons = [p for p in others if p.role in _SCENERY][:1] + persons
    if not persons:
        return []
    if len(persons) > 1:
        return _node_edges(act, (first, *persons))
    other = persons[0]
    place = next((f" at {p.thing.label}" for p in act.by("place") if p is not other and len(p.thing.label) <= 24), "")
    when = f" · {day_of(act.time.value.value, act.time.value.words, year)}" if act.time and act.time.value else ""
    space = first.claim.predicate[: -len(local_name(first.claim.predicate))]
    return [
        _row(
            first.thing.iri,
            other.thing.iri,
            space + act.thing.type,
            (other.claim, first.claim),
            # "met with" needs no "at" behind it: two who meet are its ends
            f"{act.word} {'' if act.mutual and place else led(act, other)}".strip() + place + when,
        )
    ]


def _node_edges(act: Act, parts: tuple[Part, ...]) -> list[EdgeRow]:
    """Of an event among three and more: from those who act to the event, from the event to the others."""
    roles, does = look()["roles"], "does" if len(act.by("agent")) == 1 else "takes part"
    return [
        _row(p.thing.iri, act.thing.iri, p.claim.predicate, (p.claim,), does)
        if p.role == "agent"
        else _row(
            act.thing.iri,
            p.thing.iri,
            p.claim.predicate,
            (p.claim,),
            ("whom" if p.thing.kind in ("Person", "Group") else "what")
            if p.role == "patient"
            else roles.get(p.role, p.role),
        )
        for p in parts
    ]


def _relation(claim: ClaimRow, things: Mapping[str, Thing]) -> EdgeRow:
    return _row(
        claim.subject, claim.object, claim.predicate, (claim,), spoken(local_name(claim.predicate), claim.validity)
    )


def _row(subject: str, object_: str, predicate: str, claims: tuple[ClaimRow, ...], label: str) -> EdgeRow:
    """An edge stands as firmly as the weakest of its claims."""
    from kg.picture.scene import EdgeRow

    order = list(look()["statuses"])
    weakest = max(claims, key=lambda c: (c.polarity == "negative", order.index(c.status)))
    doubtful = any(c.confidence is not None and c.confidence < DOUBTFUL for c in claims)
    iris = (weakest.iri, *sorted({c.iri for c in claims} - {weakest.iri}))
    return EdgeRow(
        subject,
        object_,
        predicate,
        weakest.status,
        weakest.polarity,
        weakest.validity,
        iris,
        label + (" (?)" if doubtful else ""),
    )


def _merged(edges: Iterable[EdgeRow]) -> list[EdgeRow]:
    """One edge for what says the same of the same two with the same standing."""
    found: dict[tuple[str, ...], EdgeRow] = {}
    for e in edges:
        key = (e.subject, e.object, e.label, e.status, e.polarity, e.validity)
        old = found.get(key)
        found[key] = (
            e if old is None else old._replace(claims=(*old.claims, *(c for c in e.claims if c not in old.claims)))
        )
    return list(found.values())


def _without_repeats(edges: list[EdgeRow], things: Mapping[str, Thing]) -> list[EdgeRow]:
    """Relations of the same two with the same standing as one edge; an office that names its body needs no edge to
    it."""
    tied = {(e.subject, things[e.object].label) for e in edges}
    joined: dict[tuple[str, ...], list[EdgeRow]] = {}
    for e in edges:
        name, office = local_name(e.predicate), things[e.object].label
        if (
            name == "officeOf"
            and office in things[e.subject].label
            or name == "holdsOffice"
            and any(subject == e.subject and label != office and label in office for subject, label in tied)
        ):
            continue
        relation = name[:1].islower() and "Event" not in (things[e.subject].kind, things[e.object].kind)
        joined.setdefault(
            (e.subject, e.object, e.status, e.polarity, e.validity, "" if relation else e.label), []
        ).append(e)
    relations = {
        (e.subject, e.object, said)
        for e in edges
        if local_name(e.predicate)[:1].islower()
        for said in (e.label, label_of(local_name(e.predicate)))
    }
    made = []
    for same in joined.values():
        if (
            local_name(same[0].predicate)[:1].isupper()
            and (same[0].subject, same[0].object, same[0].label) in relations
        ):
            continue  # "located in", told as an event and known as a relation
        labels = sorted({e.label for e in same}, key=lambda text: (len(text), text))
        claims = tuple(dict.fromkeys(c for e in same for c in e.claims))
        label = ", ".join(labels[:2]) if len(", ".join(labels[:2])) <= 44 else labels[0]
        made.append(
            same[0]._replace(
                label=label + (" …" if len(labels) > 2 or label == labels[0] != labels[-1] else ""), claims=claims
            )
        )
    return made


def _without_minor(edges: list[EdgeRow], things: Mapping[str, Thing]) -> list[EdgeRow]:
    """Without the unnamed things at the rim, unless nothing else is there."""
    ties = _ties(edges)
    kept = [e for e in edges if not any(ties[end] == 1 and _is_minor(things[end]) for end in (e.subject, e.object))]
    return kept if len(kept) >= 2 else edges


def _weightiest(edges: list[EdgeRow], things: Mapping[str, Thing]) -> list[EdgeRow]:
    weight = {iri: n + 0.5 * len(things[iri].evidence) + 2 * named(things[iri]) for iri, n in _ties(edges).items()}
    best = set(sorted(weight, key=lambda iri: (-weight[iri], iri))[:_MOST_NODES])
    return [e for e in edges if e.subject in best and e.object in best]


def _ties(edges: Iterable[EdgeRow]) -> dict[str, int]:
    ties: dict[str, int] = {}
    for e in edges:
        for end in (e.subject, e.object):
            ties[end] = ties.get(end, 0) + 1
    return ties


def named(thing: Thing) -> bool:
    return any(word[:1].isupper() for word in thing.label.split()[:3])


def _is_minor(thing: Thing) -> bool:
    return thing.kind in _MINOR and not named(thing)
