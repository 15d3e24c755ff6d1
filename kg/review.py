"""Doubtful claims, put before a person: confirmed, rejected or corrected in a file, and so ever after.

    [[claim]]
    said = "Oskar Lind · memberOf · Copper Ring"
    stands = "asserted, current"
    why = "measured confidence 0.55"
    quotes = ["Lind belongs to the Copper Ring (Mayor meets governor, 2026-03-02)"]
    id = "https://…/claim/7e8cd5e95395b6d6"
    decision = ""            # confirm, reject, correct
    status = ""              # with correct: what it should be; likewise validity
    validity = ""

A claim's IRI follows from what it says, so a decision meets the same claim when its article is built again, and in other articles.
"""
from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from . import queries
from .errors import InputError
from .identity import digest
from .rdf import IRI, Literal, Quad, kg, term
from .store import Store

__all__ = ["Doubt", "apply", "doubtful", "kept", "read", "settle", "write"]

#: Below this measured precision a claim is put before a person.
DOUBTFUL = 0.7
DECISIONS = ("", "confirm", "reject", "correct")
_STATUSES = ("asserted", "negated", "reported", "planned", "requested", "alleged", "hypothetical", "denied")
_VALIDITIES = ("current", "former", "future")


@dataclass(frozen=True, slots=True)
class Doubt:
    """One claim with the reason to doubt it, and what a person decided."""

    id: str
    said: str = ""
    stands: str = ""
    why: str = ""
    quotes: tuple[str, ...] = ()
    decision: str = ""
    status: str = ""
    validity: str = ""


def doubtful(store: Store, decided: Iterable[Doubt] = ()) -> list[Doubt]:
    """Claims of low measured confidence, contradicted ones, and rival values, that nobody has decided; in order of reason."""
    known = {d.id for d in decided if d.decision}
    reasons: dict[IRI, str] = {}
    for row in store.query(f"SELECT ?claim (MIN(?c) AS ?sure) {{ ?claim a kg:Claim ; kg:confidence ?c FILTER(?c < {DOUBTFUL}) }} GROUP BY ?claim"):
        reasons[row["claim"]] = f"measured confidence {row['sure'].value}"
    for name, reason in (("contradictions", "another article denies it"), ("two-values", "another article gives another value")):
        answer = queries.ask(store, name)
        for claim in answer.grounds:
            if claim is not None:
                reasons.setdefault(claim, reason)
    found = []
    for claim, reason in reasons.items():
        grounds = queries.why(store, claim)
        if claim.value not in known and grounds:
            first = grounds[0]
            found.append(Doubt(claim.value, first.said, f"{first.status}, {first.validity}" + (f", by {first.speaker}" if first.speaker else ""), reason,
                               tuple(dict.fromkeys(f"{g.quote} ({', '.join(filter(None, (g.title or g.document.value, g.date)))})" for g in grounds))[:3]))
    return sorted(found, key=lambda d: (d.why, d.said, d.id))


# ------------------------------------------------------------------ the file

def read(path: Path) -> list[Doubt]:
    """The decisions in a file; what cannot be meant is named."""
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("claim", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise InputError(f"cannot be read: {problem}", str(path), "repair it, or let `kg review` write it anew") from None
    found = []
    for entry in entries:
        try:
            doubt = Doubt(**{**entry, "quotes": tuple(entry.get("quotes", ()))})
        except TypeError as problem:
            raise InputError(f"has an entry that is not understood: {problem}", str(path), "keep the keys as they were written") from None
        if doubt.decision not in DECISIONS or doubt.status not in ("", *_STATUSES) or doubt.validity not in ("", *_VALIDITIES):
            raise InputError(f"decides {doubt.decision or doubt.status or doubt.validity!r} of {doubt.said!r}", str(path),
                             "write confirm, reject or correct; with correct a status or validity of the scheme")
        if doubt.decision == "correct" and not (doubt.status or doubt.validity):
            raise InputError(f"corrects {doubt.said!r} to nothing", str(path), "give a status or a validity")
        found.append(doubt)
    return found


def write(doubts: Iterable[Doubt]) -> str:
    """The file, as a person edits it."""
    lines = ["# Set each decision to confirm, reject or correct (then give status or validity), and run `kg review` again.", ""]
    for doubt in doubts:
        lines.append("[[claim]]")
        for name in ("said", "stands", "why", "quotes", "id", "decision", "status", "validity"):
            value = getattr(doubt, name)
            lines.append(f"{name} = {json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)}")
        lines.append("")
    return "\n".join(lines)


# ------------------------------------------------------------------ what decisions do

def kept(folder: Path) -> list[Doubt]:
    """The decisions that a store keeps."""
    path = folder / "decisions.toml"
    return read(path) if path.exists() else []


def settle(quads: Iterable[Quad], decided: Iterable[Doubt]) -> list[Quad]:
    """What an article says after the decisions: rejected claims are gone with their plain triples, corrected ones stand as corrected."""
    decisions = {d.id: d for d in decided if d.decision in ("reject", "correct")}
    quads = list(quads)
    claims: dict[IRI, dict[IRI, list[Quad]]] = {}
    for quad in quads:
        if isinstance(quad.subject, IRI) and quad.subject.value in decisions:
            claims.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad)
    if not claims:
        return quads
    gone: set[Quad] = set()
    new: list[Quad] = []
    for claim, said in claims.items():
        gone.update(q for group in said.values() for q in group)
        subject, predicate, object = (said[term(f"rdf:{part}")][0].object for part in ("subject", "predicate", "object"))
        graph = said[term("rdf:subject")][0].graph_name
        gone.add(Quad(subject, predicate, object, graph))
        if decisions[claim.value].decision == "correct":
            new += _corrected(claim, said, decisions[claim.value], (subject, predicate, object), graph)
    left = [q for q in quads if q not in gone] + new
    # a plain triple stays where another claim still carries it
    standing = {(kg("status"), kg("asserted")), (kg("polarity"), kg("positive")), (kg("validity"), kg("current"))}
    facts: dict[object, dict[object, object]] = {}
    for quad in left:
        facts.setdefault(quad.subject, {})[quad.predicate] = quad.object
    for node, fact in facts.items():
        if fact.get(term("rdf:type")) == kg("Claim") and all(fact.get(p) == v for p, v in standing):
            triple = Quad(fact[term("rdf:subject")], fact[term("rdf:predicate")], fact[term("rdf:object")], said_in(quads, node))
            if triple in gone or any(q.subject == node for q in new):
                left.append(triple)
    return list(dict.fromkeys(left))


def said_in(quads: list[Quad], node: object) -> object:
    """The graph of an article's quads."""
    return next((q.graph_name for q in quads if q.subject == node), quads[0].graph_name)


def _corrected(claim: IRI, said: dict[IRI, list[Quad]], decision: Doubt, fact: tuple, graph: object) -> list[Quad]:
    """The claim under the IRI of what it says now."""
    changed = {kg("status"): kg(decision.status) if decision.status else said[kg("status")][0].object,
               kg("validity"): kg(decision.validity) if decision.validity else said[kg("validity")][0].object}
    own_voice = changed[kg("status")] in (kg("asserted"), kg("negated"))
    dropped = {kg("claimedBy"), kg("via"), kg("modality")} if own_voice else set()
    standing = [decision.status or said[kg("status")][0].object, decision.validity or said[kg("validity")][0].object]
    node = IRI(f"{claim.value.rpartition('/')[0]}/{digest(*fact, *standing, 'corrected')}")
    quads = [Quad(node, p, changed.get(p, q.object), graph) for p, group in said.items() if p not in dropped for q in group]
    return [*quads, Quad(node, term("prov:wasRevisionOf"), claim, graph), Quad(node, term("rdfs:comment"), Literal("corrected in review"), graph)]


def apply(store: Store, decided: list[Doubt]) -> int:
    """Settle every article of a store by the decisions; how many changed."""
    changed = 0
    if not any(d.decision in ("reject", "correct") for d in decided):
        return 0
    for document in list(store.documents()):
        before = list(store.graph(document.iri))
        after = settle(before, decided)
        if set(after) != set(before):
            store.put(document.iri, after)
            changed += 1
    return changed
