"""Relations between entities, and of entities to values: by pattern, through the type gate, each with its words and
standing.

What was said twice is one claim with two evidences, and a post that is once called former or future is not current.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from kg.extractor.relations.chains import containment_claims, within
from kg.extractor.relations.groups import group_claims
from kg.extractor.relations.links import place_claims
from kg.extractor.relations.literals import literal_claims
from kg.extractor.relations.nouns import noun_claims
from kg.extractor.relations.verbs import verb_claims
from kg.extractor.scene import Scene
from kg.model import Claim, Entity, Evidence

#: The rules in their order: a later one leaves alone what an earlier one has told.
RULES: tuple[Callable[[Scene], Iterable[Entity | Claim]], ...] = (
    noun_claims,
    verb_claims,
    place_claims,
    containment_claims,
    group_claims,
    literal_claims,
    within,
)


def find_relations(scene: Scene) -> Iterator[Entity | Claim]:
    """Offices that are no entities of the resolver yet, and all claims, in order of their first words."""
    told = scene
    for rule in RULES:
        told = told.read(rule)
    new = told.found[len(scene.found) :]
    yield from (f for f in new if isinstance(f, Entity))
    yield from _settle(f for f in new if isinstance(f, Claim))


def _settle(claims: Iterable[Claim]) -> list[Claim]:
    """Repeats become evidence; a current claim gives way to the same one called former or future."""
    merged: dict[tuple[object, ...], tuple[Claim, dict[Evidence, None]]] = {}
    for claim in claims:
        key = (claim.subject, claim.predicate, claim.object, claim.standing, claim.validity)
        merged.setdefault(key, (claim, {}))[1].update(dict.fromkeys(claim.evidence))
    whole = [c if len(e) == len(c.evidence) else replace(c, evidence=tuple(e)) for c, e in merged.values()]
    bounded = {(c.subject, c.predicate, c.object) for c in whole if c.validity != "current"}
    kept = [c for c in whole if c.validity != "current" or (c.subject, c.predicate, c.object) not in bounded]
    return sorted(kept, key=lambda c: (c.evidence[0].start, c.evidence[0].end))
