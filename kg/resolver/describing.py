"""What a description says by itself: whether two of them can mean one thing."""
from __future__ import annotations

from kg.model import Parse
from kg.names import word_list
from kg.resolver.candidates import Candidate, Chain

ORDINAL = word_list("ordinal")
#: Sentences after which a thing of no known kind is no longer meant by its noun alone.
FAR = 12


def clashing(parse: Parse, candidate: Candidate, chain: Chain) -> bool:
    """Another adjective says another thing: "the old bridge", "the new bridge"."""
    tokens = parse.tokens
    mine = {tokens[i].lemma for i in range(candidate.first, candidate.head) if tokens[i].dep in ("amod", "compound", "nummod")}
    if not mine:
        return False
    for other in chain.candidates:
        if other.kind == "name":
            return False
        if other.kind == "nominal":
            theirs = {tokens[i].lemma for i in range(other.first, other.head) if tokens[i].dep in ("amod", "compound", "nummod")}
            if not theirs or mine & theirs:
                return False
    return True


def told_apart(parse: Parse, candidate: Candidate, chain: Chain) -> bool:
    """It says itself which one is meant: "the largest town", "the bridge of Tulln", "the find that …"."""
    tokens, children = parse.tokens, parse.children
    if superlative(parse, candidate):
        return not any(words_of(parse, c) == words_of(parse, candidate) for c in chain.candidates if c.kind == "nominal")
    mine = noun_after_of(parse, candidate.head)
    last = next((c for c in reversed(chain.candidates) if c.kind == "nominal"), None)
    theirs = noun_after_of(parse, last.head) if last is not None else None
    if mine and theirs:
        return mine != theirs
    if chain.named or chain.type != "Entity":
        return False
    relative = any(tokens[c].dep in ("relcl", "acl") for c in children[candidate.head])
    far = last is not None and tokens[candidate.head].sentence - tokens[chain.candidates[-1].head].sentence > FAR
    return bool(mine) or relative or far


def superlative(parse: Parse, candidate: Candidate) -> bool:
    tokens = parse.tokens
    return any(tokens[c].dep == "amod" and (tokens[c].tag == "JJS" or tokens[c].lemma in ORDINAL) for c in parse.children[candidate.head])


def noun_after_of(parse: Parse, head: int) -> str | None:
    """Lemma of the noun after "of"."""
    tokens, children = parse.tokens, parse.children
    for child in children[head]:
        if tokens[child].lemma == "of":
            return next((tokens[c].lemma for c in children[child] if tokens[c].dep == "pobj"), None)
    return None


def words_of(parse: Parse, candidate: Candidate) -> tuple[str, ...]:
    return tuple(t.lemma for t in parse.tokens[candidate.first:candidate.last])
