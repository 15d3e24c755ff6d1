"""The story: events folded into edges in the words of the text, minor things left out, and the sentences above the graph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from kg.picture.acts import DOUBTFUL, Act, Part, acts_of, day_of, led
from kg.picture.look import look
from kg.picture.rows import local_name

if TYPE_CHECKING:
    from kg.picture.scene import ClaimRow, EdgeRow, Thing

__all__ = ["Sentence", "sentences", "told"]

_SCENERY = {"place", "origin", "destination", "instrument"}
_MINOR = {"Artifact", "Concept", "Place", "Office", "Entity", "Quantity", "Time", "Program"}
_MOST_NODES, _MOST_SENTENCES = 22, 5


class Sentence(NamedTuple):
    """A sentence made from claims: its words, the claims' standing ("" where the article asserts it), and the claims."""

    text: str
    standing: str
    claims: tuple[str, ...]


# ------------------------------------------------------------------ edges


def told(
    rows: Iterable[Mapping[str, str]],
    claims: Mapping[str, ClaimRow],
    things: Mapping[str, Thing],
    year: str,
    few: bool = True,
) -> tuple[EdgeRow, ...]:
    """The edges of the story: for each event one edge or, with three or more who take part, one for each of them.

    In: rows of the view; claims and things by IRI; the article's year, which dates leave out; `few`: only so many nodes, the
    weightiest, that each edge has room for its word.
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
    edges = _without_minor(_without_repeats(edges, things), things)
    return tuple(sorted(_weightiest(edges, things) if few else edges))


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
            f"{act.word} {led(act, other)}".strip() + place + when,
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
    from kg.picture.scene import label_of

    return _row(claim.subject, claim.object, claim.predicate, (claim,), label_of(local_name(claim.predicate)))


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
    found: dict[tuple, EdgeRow] = {}
    for e in edges:
        key = (e.subject, e.object, e.label, e.status, e.polarity, e.validity)
        old = found.get(key)
        found[key] = (
            e if old is None else old._replace(claims=(*old.claims, *(c for c in e.claims if c not in old.claims)))
        )
    return list(found.values())


def _without_repeats(edges: list[EdgeRow], things: Mapping[str, Thing]) -> list[EdgeRow]:
    """Relations of the same two with the same standing as one edge; an office that names its body needs no edge to it."""
    tied = {(e.subject, things[e.object].label) for e in edges}
    joined: dict[tuple, list[EdgeRow]] = {}
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
    relations = {(e.subject, e.object, e.label) for e in edges if local_name(e.predicate)[:1].islower()}
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


# ------------------------------------------------------------------ sentences


def sentences(claims: Mapping[str, ClaimRow], things: Mapping[str, Thing], year: str) -> tuple[Sentence, ...]:
    """At most five sentences of the article's weightiest events, the main one first, the others as the text has them."""
    acts = [a for a in acts_of(claims.values(), things).values() if a.thing.type not in ("Statement", "Question")]
    ranked = sorted((a for a in acts if _tellable(a)), key=lambda a: (-_weight(a), a.where, a.thing.iri))
    made: list[tuple[Act, Sentence]] = []
    for act in ranked:
        sentence = _sentence(act, things, year)
        if all(sentence.text != other.text for _, other in made):
            made.append((act, sentence))
        if len(made) == _MOST_SENTENCES:
            break
    return tuple(s for _, s in made[:1] + sorted(made[1:], key=lambda pair: (pair[0].where, pair[0].thing.iri)))


def _tellable(act: Act) -> bool:
    return bool(
        act.by("agent") and len({p.thing.iri for p in act.parts if p.thing.kind != "Event"}) > 1 or _own_words(act)
    )


def _own_words(act: Act) -> str:
    """What befell somebody, in the text's own words: "Nearly 900 people were detained"."""
    for part in act.by("patient") if not act.by("agent") else ():
        for quote in part.claim.evidence:
            verb = act.typed.evidence[0].end if act.typed and act.typed.evidence else -1
            if (
                quote.end == verb
                and len(quote.quote) <= 90
                and re.search(r" (?:is|are|was|were|be|been) ", quote.quote)
            ):
                return " ".join(quote.quote.split())
    return ""


def _weight(act: Act) -> float:
    """Who acts, when and where, how firmly, how often those who take part are named, how early it is told."""
    agents = act.by("agent")
    firm = act.typed is not None and act.typed.status == "asserted"
    return (
        2 * bool(agents)
        + 2 * bool(act.time)
        + 1.5 * bool(act.by("place", "destination"))
        + (3 if firm else 0)
        + (act.thing.type != "Event")
        + 0.5 * len(act.parts)
        + 0.25
        * min(8, max((len(p.thing.evidence) for p in act.parts), default=0))
        * any(named(p.thing) for p in act.parts)
        + 2.5 / (1 + act.where[1] / 300)
    )


def _sentence(act: Act, things: Mapping[str, Thing], year: str) -> Sentence:
    cited = [p.claim for p in act.parts] + [c for c in (act.typed, act.time) if c]
    when = day_of(act.time.value.value, act.time.value.words, year) if act.time and act.time.value else ""
    told_time = (
        (
            f"On {when}, "
            if when[:1].isdigit() and " " in when
            else f"In {when}, "
            if when[-4:].isdigit()
            else f"{when}, "
        )
        if when
        else ""
    )
    text = own = _own_words(act)
    if own:
        cited = [c for c in cited if local_name(c.predicate) in ("patient", "type")]
    else:
        text = told_time + _clause(act)
    return Sentence(
        text[:1].upper() + text[1:] + ".", _standing(act, things), tuple(dict.fromkeys(c.iri for c in cited))
    )


def _clause(act: Act) -> str:
    """Who did what to whom, where and without whom."""
    agents = [p.thing.label for p in act.by("agent")]
    others = [p for p in act.parts if p.role not in ("agent", "nonParticipant") and p.thing.kind != "Event"]
    weakest = act.weakest
    plain = act.word == act.thing.label.lower() and not act.word.endswith(("ed", "s"))
    helper = (
        {"planned": "to ", "requested": "to ", "hypothetical": "might "}.get(weakest.status, "")
        if weakest and plain
        else ""
    )
    verb = helper + act.word
    words = [agents[0], verb, _listed(agents[1:])] if act.mutual and len(agents) > 1 else [_listed(agents), verb]
    leads, before = [led(act, p, articles=True) for p in others], ""
    for part, lead in zip(others, leads):
        if any(part.thing.label in other for other in leads):  # already said on the way to another
            continue
        joined = "and" if before == part.role else lead
        words.append(f"{joined} {part.thing.label}".strip())
        before = part.role
    return " ".join(words + [f"without {p.thing.label}" for p in act.by("nonParticipant")])


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _standing(act: Act, things: Mapping[str, Thing]) -> str:
    """ "" where the article asserts it, else its standing and who says it: "alleged, says the prosecution"."""
    weakest = act.weakest
    if weakest is None or weakest.status == "asserted" and weakest.polarity == "positive":
        return ""
    word = (
        "not so"
        if weakest.status in ("asserted", "negated")
        else weakest.status + (", not to be so" if weakest.polarity == "negative" else "")
    )
    return word + (f", says {things[weakest.by].label}" if weakest.by in things else "")
