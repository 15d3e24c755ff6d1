"""Which kinds of things a pronoun or a common noun may stand for."""
from __future__ import annotations

from kg.resolver.candidates import Candidate, Chain
from kg.resolver.typing import AGENTS, PLACES

ORGANIZED = AGENTS | {"Organization"}
PLACE_TYPES = PLACES | {"Country", "Region", "Settlement", "Place"}


def fits(group: str, pronoun: Candidate, chain: Chain) -> bool:
    """Kind, number and gender allow it."""
    if group == "he":
        return chain.type == "Person" and not chain.plural and chain.gender in (None, pronoun.gender)
    if group == "they":
        return chain.type != "Person" or chain.plural
    if group == "it":
        return not chain.plural and chain.type not in ("Person", "Group")
    if pronoun.kind == "nominal":
        return chain.named and alike(pronoun.type, chain.type) and not (pronoun.gender and chain.gender and pronoun.gender != chain.gender)
    return chain.type in PLACE_TYPES or chain.type in ("Vehicle", "Event")


def means(said: str | None, kind: str) -> bool:
    """Whether a noun of the one kind may stand for a named thing of the other: the same, or one of them general."""
    return said == kind or said == "Company" and kind == "Organization" or said == "Organization" and kind in ORGANIZED \
        or said == "Facility" and kind in PLACES - {"NaturalFeature"}


def alike(said: str | None, kind: str) -> bool:
    """Whether a noun of the one kind may stand for a thing of the other."""
    if said in ORGANIZED:
        return kind in ORGANIZED
    if said in PLACE_TYPES:
        return kind in PLACE_TYPES
    if said == "Group":
        return kind in ORGANIZED or kind == "Group"
    if said in ("Vehicle", "Weapon", "Work", "Product", "Law", "Program"):
        return kind in (said, "Entity", "Product", "Event")
    return said == kind
