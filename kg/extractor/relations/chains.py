"""A place and the larger ones that the words put right behind it: "Trujillo, Peru", "Moss in northern Norway", "Solna (Sweden)".

The parser often hangs what follows a place name elsewhere ("four miles north of Moss in Norway"), so the words decide: a name, a comma,
a bracket or "in", the next name, and that of a larger kind. A chain says each pair: Holme lies in Viken and in Norway. What is no
place but stands first in such a chain ("Nordbank, Bergen, Norway") has its seat there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kg.extractor.scene import Scene
from kg.model import Claim, Entity, Evidence

#: The rules of this room, the links of a chain.
COMMA, BRACKET, IN = "comma", "bracket after place", "in between names"
SMALLER = ("Settlement", "Facility", "Region", "NaturalFeature")
WITHIN = ("locatedIn", "basedIn", "residesIn", "bornIn", "near")
LONGEST = 4


class Link(NamedTuple):
    """The next name of a chain: its head token, the entity, and what joins it."""

    token: int
    entity: Entity
    rule: str


def containment_claims(scene: Scene) -> list[Claim]:
    """All pairs of all chains of places, in order of the text."""
    starts = {
        span[0]: head
        for head, span in scene.spans.items()
        if (entity := scene.entity(head)) is not None and entity.id in scene.named and scene.is_a(entity, "Place")
    }
    found: list[Claim] = []
    for start, head in sorted(starts.items()):
        entity = scene.entity(head)
        if entity is not None and scene.is_a(entity, *SMALLER) and scene.parse.tokens[head].pos == "PROPN":
            found += _pairs(scene, _chain(scene, Link(head, entity, ""), starts))
    for entity in scene.resolved.entities:
        if scene.is_a(entity, "Organization") and not scene.is_a(
            entity, "GovernmentBody", "IntergovernmentalOrganization", "PoliticalParty"
        ):
            for mention in entity.mentions:
                if mention.kind == "name":
                    found += _seat(scene, Link(mention.head, entity, ""), starts)
    return found


def within(scene: Scene) -> Iterator[Claim]:
    """ "born in Trujillo, Peru" says Peru, too: a place and the larger places right after it, in one breath."""
    larger: dict[str, list[Claim]] = {}
    for claim in scene.claims:
        if (
            claim.predicate == "locatedIn"
            and claim.evidence[0].rule in (COMMA, BRACKET, IN)
            and isinstance(claim.object, str)
        ):
            larger.setdefault(claim.subject, []).append(claim)
    for claim in scene.claims:
        if (
            claim.predicate in WITHIN[:4]
            and isinstance(claim.object, str)
            and claim.evidence[0].rule not in (COMMA, BRACKET, IN)
        ):
            for wider in larger.get(claim.object, ()):
                start, end = wider.evidence[0].start, wider.evidence[0].end
                if claim.evidence[0].start <= start <= claim.evidence[0].end <= end and wider.object != claim.subject:
                    yield replace(
                        claim,
                        object=wider.object,
                        evidence=(Evidence(claim.evidence[0].start, end, claim.evidence[0].rule),),
                    )


def _pairs(scene: Scene, chain: Sequence[Link]) -> Iterator[Claim]:
    for n, small in enumerate(chain):
        for large in chain[n + 1 :]:
            claim = scene.claim(
                small.entity.id,
                "locatedIn",
                large.entity.id,
                chain[n + 1].rule,
                (small.token, large.token),
                scene.standing(small.token, True),
            )
            if claim is not None:
                yield claim
        return  # the rest of the chain is told from its own first name


def _seat(scene: Scene, body: Link, starts: dict[int, int]) -> Iterator[Claim]:
    """ "Nordbank, Bergen, Norway", "the Mercy Choir in Bergen": a body and the town it sits in."""
    town = _next(scene, body, starts)
    if town is None or not scene.is_a(town.entity, "Settlement"):
        return
    chain = _chain(scene, town, starts)
    if town.rule == COMMA and len(chain) < 2:
        return
    for link in chain:
        claim = scene.claim(
            body.entity.id,
            "basedIn",
            link.entity.id,
            "town after name",
            (body.token, link.token),
            scene.standing(body.token, True),
        )
        if claim is not None:
            yield claim


def _chain(scene: Scene, first: Link, starts: dict[int, int]) -> list[Link]:
    chain = [first]
    while (
        len(chain) < LONGEST and (link := _next(scene, chain[-1], starts)) is not None and _larger(scene, chain, link)
    ):
        chain.append(link)
    return chain


def _next(scene: Scene, link: Link, starts: dict[int, int]) -> Link | None:
    """The name of a place that follows another name after a comma, "in" or an opening bracket."""
    tokens, words = scene.parse.tokens, scene.words
    at, end = link.token + 1, scene.spans[link.token][1]
    while at < len(words) and tokens[at].start < end:
        at += 1
    if at + 1 >= len(words) or tokens[at].sentence != tokens[link.token].sentence:
        return None
    kind = words[at - 1] in scene.listed("places", "kinds") | scene.listed("places", "parts")
    if words[at] in scene.listed("places", "kinds") | scene.listed("places", "parts") and at + 2 < len(words):
        at, kind = at + 1, True  # "the Lazio region of Italy"
    rule = {",": COMMA, "in": IN, "(": BRACKET, "of": IN if kind else ""}.get(words[at], "")
    at += 2 if rule == COMMA and words[at + 1] == "in" else 1  # "the camp, in Peru"
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
    if not rule or at >= len(words) or tokens[at].start not in starts:
        return None
    head = starts[tokens[at].start]
    entity = scene.entity(head)
    if (
        entity is None
        or tokens[head].sentence != tokens[link.token].sentence
        or tokens[head].pos == "ADJ"
        or entity.id == link.entity.id
    ):
        return None
    after = head + 1
    while after < len(words) and tokens[after].start < scene.spans[head][1]:
        after += 1
    follows = words[after] if after < len(words) else ""
    if rule == BRACKET and follows not in (")", ","):
        return None
    if rule == COMMA and _listed(scene, link, head, entity, after):
        return None
    if follows in ("'s", "’s", "'"):
        return None
    return Link(head, entity, rule)


def _larger(scene: Scene, chain: Sequence[Link], link: Link) -> bool:
    """Whether a place of this kind can hold the last one of the chain."""
    small, large, token = chain[-1].entity, link.entity, chain[-1].token
    if any(one.entity.id == large.id for one in chain):
        return False
    if scene.is_a(large, "Country"):
        return not scene.is_a(small, "Country")
    if scene.is_a(large, "Region"):
        return (
            not scene.is_a(small, "Region")
            or link.rule == IN
            or scene.words[token] in scene.listed("places", "kinds")
            or scene.parse.tokens[link.token].dep == "appos"
        )
    if scene.is_a(large, "Settlement"):
        return (
            scene.is_a(small, "Facility")
            or len(large.label) < 6
            and large.label.endswith(".")
            or link.rule != COMMA
            and scene.is_a(small, "Settlement")
            and scene.parse.tokens[link.token].dep != "appos"
        )
    return (
        link.rule == IN
        and scene.is_a(large, "NaturalFeature")
        and scene.is_a(small, "NaturalFeature", "Facility", "Settlement")
    )


def _listed(scene: Scene, link: Link, head: int, entity: Entity, after: int) -> bool:
    """A comma of a list of places, or the end of a phrase: "Trujillo, Peru and Chile", "in Lima, Peru was"."""
    tokens, words = scene.parse.tokens, scene.words
    token = tokens[link.token]
    if (
        tokens[head].dep in ("nsubj", "nsubjpass", "csubj")
        and tokens[head].head > head
        and token.dep not in ("nsubj", "nsubjpass")
    ):
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
                    tokens[at].dep == "conj" or words[min(at + 1, len(words) - 1)] == "and"
                ):
                    return True
                break
    before = scene.spans[link.token][0]
    if (
        link.token >= 2
        and (comma := next((k for k in range(link.token, max(0, link.token - 5), -1) if tokens[k].start == before), 0))
        >= 2
        and words[comma - 1] == ","
    ):
        earlier = scene.entity(comma - 2)
        if scene.is_a(earlier, "Country", "Settlement") and earlier is not None and scene.is_a(entity, earlier.type):
            return True  # the middle of a list
    return False
