"""What a description says by itself: whether two of them can mean one thing.

Which kinds of things a pronoun or a common noun may stand for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.grammar import labels, phrases
from kg.model import Parse
from kg.resolver.candidates import Candidate, Chain
from kg.resolver.naming.typing import AGENTS, PLACES
from kg.vocabulary import word_lists

if TYPE_CHECKING:
    from kg.resolver.coreference.history import History, Nominals

_LISTS = word_lists("names")

ORDINAL, TAKES_OF = _LISTS["ordinal"], _LISTS["takes_of"]
#: Sentences after which a thing of no known kind is no longer meant by its noun alone.
FAR = 12


def clashing(parse: Parse, candidate: Candidate, chain: Chain, history: History) -> bool:
    """Another adjective says another thing: "the old bridge", "the new bridge"."""
    mine = modifiers(parse, candidate)
    said = history.nominals
    return bool(mine) and not chain.named and not said.bare and not mine & said.modifiers


def told_apart(parse: Parse, candidate: Candidate, chain: Chain, history: History) -> bool:
    """It says itself which one is meant: "the largest town", "the bridge of Tulln", "the find that …"."""
    tokens = parse.tokens
    if superlative(parse, candidate):
        return words_of(parse, candidate) not in history.nominals.words
    mine, last = noun_after_of(parse, candidate.head), history.latest
    theirs = noun_after_of(parse, last.head) if last is not None else None
    if mine and theirs:
        return mine != theirs
    if chain.named or chain.type != "Entity":
        return False
    relative = phrases.has_clause(parse, candidate.head)
    far = last is not None and tokens[candidate.head].sentence - tokens[chain.candidates[-1].head].sentence > FAR
    return bool(mine) or relative or far


def superlative(parse: Parse, candidate: Candidate) -> bool:
    tokens = parse.tokens
    return any(
        tokens[c].dep in labels.PREMODIFIERS and (tokens[c].tag == "JJS" or tokens[c].lemma in ORDINAL)
        for c in parse.children[candidate.head]
    )


def noun_after_of(parse: Parse, head: int) -> str | None:
    """Lemma of the noun after "of", unless the verb asks for it: "accused the group of theft"."""
    tokens = parse.tokens
    if tokens[head].dep == labels.OBJECT and tokens[tokens[head].head].lemma in TAKES_OF:
        return None
    return next((tokens[c].lemma for c in phrases.under(parse, head, "of")), None)


def words_of(parse: Parse, candidate: Candidate) -> tuple[str, ...]:
    return tuple(t.lemma for t in parse.tokens[candidate.first : candidate.last])


def repeated(
    parse: Parse, candidate: Candidate, chain: Chain, last: Candidate, rank: int, before: Nominals
) -> list[str]:
    """Features of a description with a chain that was called by the same noun; `rank` counts nearer ones, `before` are
    its nominals that stand before.
    """
    tokens = parse.tokens
    head = tokens[candidate.head]
    distance = head.sentence - tokens[last.head].sentence
    near = str(distance) if distance < 3 else "5" if distance < 6 else "12" if distance < 13 else "far"
    mine, theirs = modifiers(parse, candidate), before.modifiers
    fit = (
        "bare"
        if not mine and not theirs
        else "less"
        if not mine
        else "more"
        if not theirs
        else "same"
        if mine == theirs
        else "part"
        if mine < theirs
        else "over"
        if mine & theirs
        else "other"
    )
    article = next(
        (t.lemma for t in phrases.determiners(parse, candidate.head)),
        "owned" if candidate.owner is not None else "none",
    )
    after = noun_after_of(parse, candidate.head)
    of = "none" if after is None else "same" if after in before.after_of else "other" if before.after_of else "new"
    number = "many" if candidate.plural else "one"
    first = before.first[1] if before.first is not None else last
    opened = "the" if first.definite else "a" if first.indefinite else "bare"
    kind = candidate.type or "thing"
    kind = kind if kind in ("Person", "Group", "thing") else "place" if kind in PLACES else "body"
    found = [
        f"again {article}",
        f"again distance {near}",
        f"again fit {fit}",
        f"again of {of}",
        f"again {number} {kind}",
        f"again rank {min(rank, 2)}",
        f"again first {opened}",
        f"again {article} fit {fit}",
        f"again last {last.kind}",
        f"again {number} fit {fit}",
        f"again {kind} distance {near}",
        f"again size {min(len(chain.candidates), 4)}",
        f"again {article} {number}",
    ]
    if chain.named:
        found.append("again named")
    if superlative(parse, candidate):
        found.append("again superlative " + ("same" if words_of(parse, candidate) in before.words else "other"))
    if phrases.has_clause(parse, candidate.head):
        found.append("again relative")
    if candidate.number:
        found.append("again number")
    if distance == 0 and tokens[last.head].head == head.head:
        found.append("again beside")
    if phrases.in_apposition(head) or phrases.equates(head):
        found.append("again said of")
    if words_of(parse, candidate) == words_of(parse, last):
        found.append("again words")
    return found


def modifiers(parse: Parse, candidate: Candidate) -> set[str]:
    """Lemmas of what stands before the noun and describes it."""
    return {t.lemma for t in parse.tokens[candidate.first : candidate.head] if t.dep in labels.DESCRIBING}


# ------------------------------------------------------------------ kinds

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
        return (
            chain.named
            and alike(pronoun.type, chain.type)
            and not (pronoun.gender and chain.gender and pronoun.gender != chain.gender)
        )
    return chain.type in PLACE_TYPES or chain.type in ("Vehicle", "Event")


def means(said: str | None, kind: str) -> bool:
    """Whether a noun of the one kind may stand for a named thing of the other: the same, or one of them general."""
    return (
        said == kind
        or said in ("Company", "ArmedGroup")
        and kind == "Organization"
        or said == "Organization"
        and kind in ORGANIZED
        or said == "Facility"
        and kind in PLACES - {"NaturalFeature"}
    )


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
