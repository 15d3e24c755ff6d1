"""A place and the larger ones that the words put right behind it: "Trujillo, Peru", "Moss in northern Norway", "Solna
(Sweden)".

The parser often hangs what follows a place name elsewhere ("four miles north of Moss in Norway"), so the words decide:
a name, a comma, a bracket or "in", the next name, and that of a larger kind. A chain says each pair: Holme lies in
Viken and in Norway. What is no place but stands first in such a chain ("Nordbank, Bergen, Norway") has its seat there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kg.extractor.lexicon import LinkRule
from kg.extractor.links import Link, claim_of, rule_of
from kg.extractor.relations.holders import argument
from kg.extractor.scene import Scene
from kg.grammar import labels, phrases
from kg.model import Claim, Entity, Evidence

#: The links of a chain.
COMMA, BRACKET, IN = "comma", "bracket", "between names"
LONGEST = 4


class Name(NamedTuple):
    """A name of a chain: its head token, the entity, what joins it to the one before, and the row that lets it."""

    token: int
    entity: Entity
    link: str = ""
    rule: LinkRule | None = None


def containment_claims(scene: Scene) -> list[Claim]:
    """All pairs of all chains of places, in order of the text."""
    starts = {
        span[0]: head
        for head, span in scene.spans.items()
        if (entity := scene.entity(head)) is not None and entity.id in scene.named and scene.is_a(entity, "Place")
    }
    found: list[Claim] = []
    for _, head in sorted(starts.items()):
        entity = scene.entity(head)
        if entity is not None and scene.parse.tokens[head].pos == "PROPN" and not scene.is_a(entity, "Country"):
            chain = _chain(scene, Name(head, entity), starts)
            found += _claims(scene, chain[0], chain[1:], chain[1].rule if len(chain) > 1 else None)
    for entity in scene.resolved.entities:
        for mention in entity.mentions if scene.is_a(entity, "Organization") else ():
            if mention.kind == "name":
                found += _seat(scene, Name(mention.head, entity), starts)
    return found


def within(scene: Scene) -> Iterator[Claim]:
    """ "born in Trujillo, Peru" says Peru, too: a place and the larger places right after it, in one breath."""
    chains = scene.lexicon.rules(COMMA, BRACKET, IN)
    passed = scene.listed("places", "passed")
    larger: dict[str, list[tuple[int, int, Claim]]] = {}  # by where they start, and in the order of the claims
    for n, claim in enumerate(scene.claims):
        if claim.evidence[0].rule in chains:
            larger.setdefault(claim.subject, []).append((claim.evidence[0].start, n, claim))
    for claims in larger.values():
        claims.sort(key=lambda c: c[:2])
    for claim in scene.claims:
        if claim.predicate in passed and isinstance(claim.object, str) and claim.evidence[0].rule not in chains:
            first, last = claim.evidence[0].start, claim.evidence[0].end
            there = larger.get(claim.object, [])
            near = there[bisect_left(there, (first,)) : bisect_left(there, (last + 1,))]
            for _, _, wider in sorted(near, key=lambda c: c[1]):
                end = wider.evidence[0].end
                if last <= end and wider.object != claim.subject:
                    yield replace(
                        claim,
                        object=wider.object,
                        evidence=(Evidence(first, end, claim.evidence[0].rule),),
                    )


def _claims(scene: Scene, first: Name, larger: Sequence[Name], rule: LinkRule | None) -> Iterator[Claim]:
    """What a row says of the first name of a chain, said of each larger place behind it."""
    for name in larger if rule is not None else ():
        link = Link(name.link, first.token, first.entity, name.entity, (first.token, name.token), first.token)
        if rule is not None and (claim := claim_of(scene, rule, link)) is not None:
            yield claim


def _seat(scene: Scene, body: Name, starts: dict[int, int]) -> Iterator[Claim]:
    """ "Nordbank, Bergen, Norway", "the Mercy Choir in Bergen": a body and the town it sits in."""
    town = _next(scene, body, starts)
    if town is None or town.link == IN and argument(scene, body.token):
        return
    chain = _chain(scene, town, starts)
    if town.link != COMMA or len(chain) > 1:
        link = Link("town", body.token, body.entity, town.entity, (body.token, town.token), body.token)
        yield from _claims(scene, body, chain, rule_of(scene, link))


def _chain(scene: Scene, first: Name, starts: dict[int, int]) -> list[Name]:
    chain = [first]
    while len(chain) < LONGEST and (name := _next(scene, chain[-1], starts)) is not None:
        small = chain[-1]
        marks = {"apposed"} if phrases.in_apposition(scene.parse.tokens[name.token]) else set()
        tokens = (small.token, name.token)
        link = Link(name.link, small.token, small.entity, name.entity, tokens, small.token, marks=frozenset(marks))
        rule = rule_of(scene, link)
        if rule is None or any(one.entity.id == name.entity.id for one in chain):
            break
        chain.append(name._replace(rule=rule))
    return chain


def _next(scene: Scene, name: Name, starts: dict[int, int]) -> Name | None:
    """The name of a place that follows another name after a comma, "in" or an opening bracket."""
    tokens, words = scene.parse.tokens, scene.words
    at, end = name.token + 1, scene.spans[name.token][1]
    while at < len(words) and tokens[at].start < end:
        at += 1
    if at + 1 >= len(words) or tokens[at].sentence != tokens[name.token].sentence:
        return None
    kind = words[at - 1] in scene.listed("places", "kinds") | scene.listed("places", "parts")
    if words[at] in scene.listed("places", "kinds") | scene.listed("places", "parts") and at + 2 < len(words):
        at, kind = at + 1, True  # "the Lazio region of Italy"
    link = {",": COMMA, "in": IN, "(": BRACKET, "of": IN if kind else ""}.get(words[at], "")
    at += 2 if link == COMMA and words[at + 1] == "in" else 1  # "the camp, in Peru"
    passed = 0
    while (
        at < len(words)
        and passed < 7
        and tokens[at].start not in starts
        and (
            words[at] in scene.listed("places", "sides")
            or words[at] in ("the", "of", "-")
            or words[at].rstrip("s") in scene.listed("places", "kinds")
        )
    ):
        at, passed = at + 1, passed + 1
    if not link or at >= len(words) or tokens[at].start not in starts:
        return None
    head = starts[tokens[at].start]
    entity = scene.entity(head)
    if (
        entity is None
        or tokens[head].sentence != tokens[name.token].sentence
        or tokens[head].pos == "ADJ"
        or entity.id == name.entity.id
    ):
        return None
    after = head + 1
    while after < len(words) and tokens[after].start < scene.spans[head][1]:
        after += 1
    follows = words[after] if after < len(words) else ""
    if link == BRACKET and follows not in (")", ","):
        return None
    if link == COMMA and _listed(scene, name, head, entity, after):
        return None
    if follows in ("'s", "’s", "'"):
        return None
    return Name(head, entity, link)


def _listed(scene: Scene, name: Name, head: int, entity: Entity, after: int) -> bool:
    """A comma of a list of places, or the end of a phrase: "Trujillo, Peru and Chile", "in Lima, Peru was"."""
    tokens, words = scene.parse.tokens, scene.words
    token = tokens[name.token]
    if tokens[head].dep in labels.SUBJECTS and tokens[head].head > head and not phrases.is_subject(token):
        return True  # "Born in Lima, Peru's first …", a new clause
    follows = words[after] if after < len(words) else ""
    stated = entity.label.endswith(".") or words[head].endswith(".")  # "Benton, Tenn. and"
    if follows in ("and", "or") and not stated:
        second = next(
            (e for k in range(after + 1, min(after + 5, len(words))) if (e := scene.entity(k)) is not None), None
        )
        if second is None or scene.is_a(second, "Place"):
            return True
    if follows == ",":
        for at in range(after + 1, min(after + 4, len(words))):
            if (other := scene.entity(at)) is not None:
                if other.type == entity.type and (
                    phrases.is_conjunct(tokens[at]) or words[min(at + 1, len(words) - 1)] == "and"
                ):
                    return True
                break
    before = scene.spans[name.token][0]
    if (
        name.token >= 2
        and (comma := next((k for k in range(name.token, max(0, name.token - 5), -1) if tokens[k].start == before), 0))
        >= 2
        and words[comma - 1] == ","
    ):
        earlier = scene.entity(comma - 2)
        if scene.is_a(earlier, "Country", "Settlement") and earlier is not None and scene.is_a(entity, earlier.type):
            return True  # the middle of a list
    return False
