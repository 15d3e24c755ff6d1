"""How well an earlier thing fits a pronoun: yes/no features and their trained weights.

In: a pronoun and a chain with its last mention before it. Out: features, and from the weights a score whose sign says
whether the two go together. The same function serves the training.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set as AbstractSet

from kg.grammar import phrases
from kg.model import Token
from kg.resolver.candidates import Candidate, Chain
from kg.resolver.coreference.descriptions import HE, PLACE_PRONOUNS, PLURAL, SHE, THING
from kg.resolver.naming.typing import AGENTS, PLACES

#: Pronouns that behave alike share their weights.
GROUPS = {
    **dict.fromkeys(HE | SHE, "he"),
    **dict.fromkeys(THING, "it"),
    **dict.fromkeys(PLURAL, "they"),
    **dict.fromkeys(PLACE_PRONOUNS - {"where"}, "there"),
}
BODIES = AGENTS | {"Organization", "Group"}
LOCAL = PLACES | {"Settlement", "Region", "Country", "Place"}


def group_of(candidate: Candidate) -> str:
    """The pronouns it behaves like; a description goes by the kind of thing it names."""
    if candidate.kind == "pronoun":
        return GROUPS[candidate.key]
    kind = candidate.type
    return (
        "the person"
        if kind == "Person"
        else "the place"
        if kind in LOCAL
        else "the body"
        if kind in BODIES
        else "the thing"
    )


def features(
    tokens: tuple[Token, ...],
    pronoun: Candidate,
    chain: Chain,
    last: Candidate,
    rank: int,
    quoted: Mapping[int, int],
    starts: list[int],
    kinds: AbstractSet[str | None],
) -> list[str]:
    """Features of a pronoun with a chain; `rank` counts nearer ones that fit, `starts` are sentences' first tokens,
    `kinds` the types of the chain's nominals.
    """
    group = group_of(pronoun)
    mine, theirs = tokens[pronoun.head], tokens[last.head]
    while phrases.in_apposition(theirs) and theirs.head != theirs.i:
        theirs = tokens[theirs.head]  # "its leader, Moira Kerr, said": the subject after all
    distance = mine.sentence - theirs.sentence
    role, my_role = _role(theirs), _role(mine)
    size = len(chain.candidates)
    near = "far" if distance > 3 else str(distance)
    found = [
        f"{group} distance {near}",
        f"{group} role {role}",
        f"{group} {my_role} {role}",
        f"{group} kind {last.kind}",
        f"{group} type {chain.type}",
        f"{group} rank {min(rank, 4)}",
        f"{group} size {1 if size == 1 else 2 if size < 4 else 3 if size < 9 else 4}",
        f"{group} rank {min(rank, 2)} distance {near}",
        f"{my_role} distance {near} {role}",
        f"{group} {'named' if chain.named else 'nameless'}",
    ]
    if pronoun.kind == "nominal":
        found += _described(pronoun, chain, kinds)
    if distance == 0:
        found.append(f"{group} words {min((pronoun.head - last.head) // 4, 5)}")
        found += _in_one_sentence(tokens, mine, theirs, group)
    elif theirs.i < starts[theirs.sentence] + 4:
        found.append(f"{group} first of its sentence")
    if last.kind == "pronoun" and pronoun.kind == "pronoun":
        found.append("same word" if last.key == pronoun.key else f"{GROUPS.get(last.key, 'other')} before {group}")
    if last.kind == "nominal":
        found.append(f"{group} " + ("definite" if last.definite else "indefinite" if last.indefinite else "bare"))
    if chain.gender and pronoun.gender:
        found.append("same gender" if chain.gender == pronoun.gender else "other gender")
    elif pronoun.gender:
        found.append("gender unknown")
    if chain.plural:
        found.append(f"{group} plural")
    said, before = quoted.get(pronoun.head), quoted.get(last.head)
    if said != before:
        found.append(f"{group} " + ("into a quotation" if said is not None else "out of a quotation"))
    if said is not None and said == last.head:
        found.append(f"{group} the speaker")
    return found


def _role(token: Token) -> str:
    return "subject" if phrases.is_subject(token) else token.dep


def _in_one_sentence(tokens: tuple[Token, ...], mine: Token, theirs: Token, group: str) -> Iterator[str]:
    """How the two hang together."""
    if mine.head == theirs.head:
        yield f"same verb {_role(mine)} {_role(theirs)}"
    if phrases.is_subject(theirs) and _above(tokens, mine, theirs.head):
        yield f"{group} subject above"
    if theirs.head == mine.i or theirs.head == mine.head and phrases.owns(mine):
        yield "of itself"
    if phrases.owns(mine) and mine.head == theirs.i:
        yield "owner of itself"


def _described(nominal: Candidate, chain: Chain, kinds: AbstractSet[str | None]) -> list[str]:
    """A definite description with a name: "the city" after "Tulln"."""
    found = [
        f"the {nominal.key} {chain.type}",
        "the same kind" if nominal.type == chain.type else "the other kind",
        "the " + ("alone" if nominal.last - nominal.first == 1 else "qualified"),
    ]
    if kinds:
        found.append("the described" + (" alike" if nominal.type in kinds else ""))
    if nominal.nation:
        found.append(
            "the nation " + ("same" if nominal.nation in chain.nations else "other" if chain.nations else "none")
        )
    return found


def _above(tokens: tuple[Token, ...], low: Token, verb: int) -> bool:
    """Whether the verb governs the word, at any depth."""
    i = low.i
    for _ in range(12):
        if tokens[i].head == i:
            return False
        i = tokens[i].head
        if i == verb:
            return True
    return False
