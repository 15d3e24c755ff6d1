"""The annotation form: one JSON object a document, with offsets, for people who want those rather than triples.

    {"id", "text", "entities": […], "events": […], "claims": […], "attributions": […]}

Types and predicates are local names; an object or a filler is an entity or event id, a value, or a quantity.
"""

from __future__ import annotations

from typing import Any

from kg.identity import Identity
from kg.model import (
    Attribution,
    Claim,
    Document,
    Entity,
    Event,
    Filler,
    Quantity,
    Reading,
    Role,
    Standing,
    Time,
    Value,
    weaker,
)
from kg.rdf import BASE, IRI
from kg.vocabulary import Vocabulary

__all__ = ["annotate"]

Json = dict[str, Any]


def annotate(reading: Reading, vocabulary: Vocabulary, base: str = BASE, sure: int | None = None) -> Json:
    """A reading as a JSON object. The text is returned unchanged; offsets count its code points. With `sure`, a
    percentage, what is asserted but less sure is marked as `unsure`: the graph does not let it stand plain.
    """
    identity = Identity(reading.document, vocabulary, base)
    nodes, standings = identity.nodes(reading), {v.id: v.standing for v in reading.events}
    document: Document = reading.document
    told: Json = {"id": document.id or identity.key, "text": document.text}
    told |= {key: value for key in ("date", "title", "url", "publisher") if (value := getattr(document, key))}
    told |= {"sure": sure} if sure is not None else {}
    least = (sure or 0) / 100
    return told | {
        "entities": [_entity(e, nodes[e.id]) for e in reading.entities],
        "events": [_event(v, nodes[v.id], least) for v in reading.events],
        "claims": [_claim(c, standings, least) for c in reading.claims],
        "attributions": [_attribution(a) for a in reading.attributions],
    }


def _entity(entity: Entity, iri: IRI) -> Json:
    said: Json = {
        "id": entity.id,
        "iri": iri.value,
        "type": entity.type,
        "label": entity.label,
        "mentions": [[m.start, m.end, m.kind] for m in entity.mentions],
    }
    if any(m.joined for m in entity.mentions):
        said["joined"] = [m.joined for m in entity.mentions]
    return said | ({"sameAs": list(entity.same_as)} if entity.same_as else {})


def _event(event: Event, iri: IRI, least: float) -> Json:
    return {
        "id": event.id,
        "iri": iri.value,
        "type": event.type,
        "label": event.label,
        "trigger": list(event.triggers[0]),
        "triggers": [list(t) for t in event.triggers],
        **_standing(event.standing),
        **_because(event.standing),
        "roles": [_role(r, event.standing) for r in event.roles],
        "time": _time(event.time),
        "duration": _time(event.duration),
        "rule": event.rule,
        **({"content": [list(s) for s in event.content]} if event.content else {}),
        **_confidence(event.confidence, least),
        **({"roleConfidence": [r.confidence for r in event.roles]} if event.confidence is not None else {}),
    }


def _role(role: Role, standing: Standing) -> list[Any]:
    said: list[Any] = [role.name, _filler(role.filler)]
    if role.standing is not None and weaker(standing, role.standing).status != standing.status:
        said.append({"status": role.standing.status, "evidence": [[role.evidence.start, role.evidence.end]]})
    return said


def _claim(claim: Claim, standings: dict[str, Standing], least: float) -> Json:
    standing = claim.standing
    for about in (claim.subject, claim.object):
        if isinstance(about, str) and about in standings:
            standing = weaker(standing, standings[about])
    return {
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": _filler(claim.object),
        **_standing(standing),
        **_because(standing),
        "validity": claim.validity,
        "evidence": [[e.start, e.end] for e in claim.evidence],
        **({"rule": claim.evidence[0].rule} if claim.evidence else {}),
        **_confidence(claim.confidence, least),
    }


def _confidence(confidence: float | None, least: float) -> Json:
    """How likely it is right, and whether that is less than is asked for."""
    if confidence is None:
        return {}
    return {"confidence": confidence} | ({"unsure": True} if confidence < least else {})


def _standing(standing: Standing) -> Json:
    said: Json = {"status": standing.status, "claimedBy": standing.claimed_by}
    if standing.polarity == "negative":
        said["polarity"] = "negative"
    if standing.modality:
        said["modality"] = sorted(standing.modality)
    for key, value in (("via", standing.via), ("statedIn", standing.stated_in)):
        if value:
            said[key] = value
    return said


def _because(standing: Standing) -> Json:
    """What decided a standing: each step or cue with the status it gave and its span."""
    told = [{"rule": r.rule, "status": r.status, "span": list(r.span)} for r in standing.because]
    return {"because": told} if told else {}


def _time(time: Time | None) -> Json | None:
    if time is None:
        return None
    told = {"span": [time.start, time.end], "value": time.value, "anchor": time.anchor}
    return told | ({"confidence": time.confidence} if time.confidence is not None else {})


def _filler(filler: Filler) -> Any:
    if isinstance(filler, Value):
        return {"value": filler.value, "datatype": filler.datatype}
    if isinstance(filler, Quantity):
        said: Json = {
            "value": filler.value,
            "min": filler.min,
            "max": filler.max,
            "unit": filler.unit,
            "of": filler.of,
            "modifier": filler.modifier,
        }
        return said | ({"from": filler.from_} if filler.from_ else {})
    return filler


def _attribution(attribution: Attribution) -> Json:
    return {part: [list(span) for span in getattr(attribution, part)] for part in ("source", "cue", "content")}
