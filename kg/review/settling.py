"""What an article says after review: quads in, quads out.

A rejected claim is gone; a corrected one stands under the IRI of what it says now, as the revision of the old one and
with its evidence. A plain triple stands where an asserted, positive and current claim carries it that is as
sure as the document asks for, and nowhere else; a corrected claim is sure. One
that is two gets a second IRI in the article that means the second.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.identity import digest
from kg.model import WEAKNESS
from kg.rdf import IRI, Literal, Quad, Term, as_iri, kg, term
from kg.review.decisions import Decision

__all__ = ["settle"]

_TYPE, _FACT, _STATUS, _BY, _VIA, _MODALITY = (
    term("rdf:type"),
    kg("fact"),
    kg("status"),
    kg("claimedBy"),
    kg("via"),
    kg("modality"),
)
_PARTS = _SUBJECT, _PREDICATE, _OBJECT = tuple(term(f"rdf:{part}") for part in ("subject", "predicate", "object"))
_STANDS = ((_STATUS, kg("asserted")), (kg("polarity"), kg("positive")), (kg("validity"), kg("current")))
#: What an event is plainly, if its type stands in a claim only: not asserted, or asserted and not sure.
_CLAIMED_ONLY = (kg("UnassertedEvent"), kg("UnsureEvent"))
_FIRM = ("asserted", "negated", *WEAKNESS)
_OWN_VOICE = (kg("asserted"), kg("negated"))

#: A claim as its predicates and their objects.
Said = dict[IRI, list[Term]]
Fact = tuple[IRI, IRI, Term]


def settle(quads: Iterable[Quad], decisions: Iterable[Decision]) -> list[Quad]:
    """What one article says after the decisions; all its quads stand in its graph."""
    quads, decisions = list(quads), list(decisions)
    was: dict[IRI, str] = {}  # claims that a split renamed → what they were
    for d in decisions:
        if (d.kind, d.decision) == ("split", "confirm") and quads and quads[0].graph_name == IRI(d.other):
            quads = _parted(quads, d, was)
    wanted = {d.id: d for d in decisions if d.kind == "claim" and d.decision in ("reject", "correct")}
    met = {
        q.subject: decision
        for q in quads
        if q.predicate == _SUBJECT
        and (decision := wanted.get(q.subject.value) or wanted.get(was.get(q.subject, ""))) is not None
    }
    return _settled(quads, met) if met else quads


def _settled(quads: list[Quad], met: Mapping[IRI, Decision]) -> list[Quad]:
    claims = _claims(quads)
    met = _with_events(claims, met)
    events = {said[_SUBJECT][0] for c, said in claims.items() if c in met and said[_PREDICATE] == [_TYPE]}
    gone = {
        said[_SUBJECT][0]
        for c, said in claims.items()
        if c in met and said[_PREDICATE] == [_TYPE] and met[c].decision == "reject"
    }
    graph = as_iri(next(q.graph_name for q in quads if q.subject in met))
    known = {q.subject for q in quads if q.predicate == _TYPE}
    new: list[Quad] = []
    facts: dict[Fact, None] = {}  # those whose plain triple may come or go
    for claim, decision in met.items():
        facts[_fact(claims[claim])] = None
        if decision.decision == "correct":
            node, said = _corrected(claim, claims[claim], decision)
            facts[_fact(said)] = None
            new += [Quad(node, p, o, graph) for p, objects in said.items() for o in objects]
            new += [
                Quad(q.subject, q.predicate, q.object, graph)
                for q in decision.meant
                if q.subject.value != decision.id and q.subject not in known
            ]
    left = [
        q
        for q in quads
        if q.subject not in met and q.subject not in gone and not (q.predicate == kg("statedIn") and q.object in gone)
    ]
    left = list(dict.fromkeys([*left, *new]))
    return _described(_plain(left, facts, graph), events - gone, [claims[c] for c in met], graph)


def _plain(quads: list[Quad], facts: Iterable[Fact], graph: IRI) -> list[Quad]:
    """The quads with plain triples of these facts exactly where a claim carries them, and the participants that
    follow.
    """
    claims, least = _claims(quads).values(), _least(quads)
    unsure = {said[_SUBJECT][0] for said in claims if said[_PREDICATE] == [_TYPE] and not _stands(said, least)}
    standing = {_fact(said) for said in claims if _stands(said, least) and said[_SUBJECT][0] not in unsure}
    off = {f for f in facts if f not in standing}
    acted = (kg("agent"), kg("patient"))
    events = {s for s, p, _ in facts if p in acted}
    taking_part = {(s, kg("participant"), o) for s, p, o in standing if s in events and p in acted}
    left = [
        q
        for q in quads
        if (q.subject, q.predicate, q.object) not in off
        and not (
            q.predicate == kg("participant")
            and q.subject in events
            and (q.subject, q.predicate, q.object) not in taking_part
        )
    ]
    wanted = [f for f in facts if f in standing] + sorted(taking_part, key=str)
    return list(dict.fromkeys([*left, *(Quad(*fact, graph) for fact in wanted)]))


def _described(quads: list[Quad], events: set[Term], left: list[Said], graph: IRI) -> list[Quad]:
    """The quads with the status of these events as their types have it, without times and quantities that nothing
    speaks of any more.
    """
    claims = _claims(quads)
    typed = {
        said[_SUBJECT][0]: said
        for said in claims.values()
        if said[_PREDICATE] == [_TYPE] and said[_SUBJECT][0] in events
    }
    least = _least(quads)
    plainly = {event for event, said in typed.items() if _stands(said, least)}
    asserted = {event for event, said in typed.items() if _stands(said)}
    spoken = {o for said in claims.values() for o in said[_OBJECT]}
    values = {q.subject for q in quads if q.predicate == _TYPE and q.object in (kg("Time"), kg("Quantity"))}
    loose = {o for said in left for o in said[_OBJECT] if o in values and o not in spoken}
    kept = [
        q
        for q in quads
        if q.subject not in loose
        and not (
            q.subject in typed
            and (
                q.predicate == _STATUS
                or q.object in _CLAIMED_ONLY
                or q.predicate == kg("content")
                and q.subject not in asserted
            )
        )
    ]
    kept += [Quad(as_iri(event), _STATUS, said[_STATUS][0], graph) for event, said in typed.items()]
    kept += [
        Quad(as_iri(event), _TYPE, _CLAIMED_ONLY[_stands(said)], graph)
        for event, said in typed.items()
        if event not in plainly
    ]
    return kept


def _with_events(claims: Mapping[IRI, Said], met: Mapping[IRI, Decision]) -> dict[IRI, Decision]:
    """The decisions with what follows for events: with its type an event goes, and nothing of it is firmer than its
    type.
    """
    found = dict(met)
    for claim, decision in met.items():
        said = claims[claim]
        if said[_PREDICATE] != [_TYPE]:
            continue
        event = said[_SUBJECT]
        standing = (said[_STATUS], said.get(_BY))
        for other, told in claims.items():
            if decision.decision == "reject" and event in (told[_SUBJECT], told[_OBJECT]):
                found[other] = decision
            elif (decision.status or decision.claimedBy) and other != claim and told[_SUBJECT] == event:
                alike = (told[_STATUS], told.get(_BY)) == standing
                firmer = decision.status and _firmness(told[_STATUS][0]) < _FIRM.index(decision.status)
                own = found.get(other, Decision(other.value, decision="correct"))
                if (alike or firmer) and own.decision == "correct" and not own.status and not own.claimedBy:
                    by = tuple(
                        Quad(IRI(own.id), q.predicate, q.object) if q.subject.value == decision.id else q
                        for q in decision.meant
                        if q.subject.value != decision.id or q.predicate == _BY
                    )
                    found[other] = replace(own, status=decision.status, meant=(*own.meant, *by))
    return found


def _corrected(claim: IRI, said: Said, decision: Decision) -> tuple[IRI, Said]:
    """A claim as it stands after its correction, and its IRI."""
    new = {p: objects for p, objects in said.items() if p != kg("confidence")}
    new |= {q.predicate: [q.object] for q in decision.meant if q.subject.value == decision.id}
    if decision.validity:
        new[kg("validity")] = [kg(decision.validity)]
    if decision.status:
        new[_STATUS] = [kg(decision.status)]
        new[_MODALITY] = [m for m in said.get(_MODALITY, ()) if _firmness(m) < _FIRM.index(decision.status)]
        if new[_STATUS][0] in _OWN_VOICE and not any(q.predicate == _BY for q in decision.meant):
            new |= {p: [] for p in (_BY, _VIA, _MODALITY, kg("statedIn"))}
    if new.get(_BY) != said.get(_BY):
        new[kg("statedIn")] = []
        new[_VIA] = [v for v in said.get(_VIA, ()) if v not in new.get(_BY, ())] if new.get(_BY) else []
    node = _minted(claim, new)
    return (claim, said) if node == claim else (node, {**new, term("prov:wasRevisionOf"): [claim]})


def _parted(quads: list[Quad], split: Decision, was: dict[IRI, str]) -> list[Quad]:
    """The quads with an IRI of its own for the one whom this article means; claims about it are named by what they say
    now.
    """
    old, new = IRI(split.id), IRI(split.second)
    if not any(q.subject == old for q in quads):
        return quads
    quads = [
        Quad(new if q.subject == old else q.subject, q.predicate, new if q.object == old else q.object, q.graph_name)
        for q in quads
    ]
    renamed: dict[IRI, tuple[IRI, Said]] = {}
    for claim, said in _claims(quads).items():
        if any(new in said.get(p, ()) for p in (*_PARTS, _BY, _VIA)):
            said = dict(said)
            renamed[claim] = _minted(claim, said), said
            was[renamed[claim][0]] = was.pop(claim, claim.value)
    facts = {claim: said[_FACT] for claim, (_, said) in renamed.items()}
    return [
        Quad(
            renamed[q.subject][0], q.predicate, facts[q.subject][0] if q.predicate == _FACT else q.object, q.graph_name
        )
        if q.subject in renamed
        else q
        for q in quads
    ]


# ------------------------------------------------------------------ claims


def _claims(quads: Iterable[Quad]) -> dict[IRI, Said]:
    """The claims of an article, in its order."""
    quads = list(quads)
    found: dict[IRI, Said] = {q.subject: {} for q in quads if q.predicate == _SUBJECT}
    for q in quads:
        if q.subject in found:
            found[q.subject].setdefault(q.predicate, []).append(q.object)
    return found


def _fact(said: Said) -> Fact:
    return as_iri(said[_SUBJECT][0]), as_iri(said[_PREDICATE][0]), said[_OBJECT][0]


def _stands(said: Said, least: float = 0.0) -> bool:
    sure = [float(c.value) for c in said.get(kg("confidence"), ()) if isinstance(c, Literal)]
    return all(said.get(p) == [o] for p, o in _STANDS) and (not sure or max(sure) >= least)


def _least(quads: Iterable[Quad]) -> float:
    """The confidence that the document asks of a plain triple."""
    return max((int(q.object.value) / 100 for q in quads if q.predicate == kg("sure")), default=0.0)


def _firmness(status: Term) -> int:
    return _FIRM.index(status.value.rpartition("#")[2])


def _minted(claim: IRI, said: Said) -> IRI:
    """The IRI of what a claim says; its fact is set to that of its subject, predicate and object."""
    base = claim.value.rpartition("claim/")[0]
    fact = _fact(said)
    said[_FACT] = [IRI(f"{base}fact/{digest(*fact)}")]
    status, polarity, validity = (
        said[p][0].value.rpartition("#")[2] for p in (_STATUS, kg("polarity"), kg("validity"))
    )
    by, via = (next(iter(said.get(p, ())), None) for p in (_BY, _VIA))
    modality = sorted(m.value.rpartition("#")[2] for m in said.get(_MODALITY, ()))
    return IRI(f"{base}claim/{digest(*fact, status, polarity, validity, by, via, *modality)}")
