"""What holds between events of one sentence: which came before which, which is part of which, which caused which.

Read from the grammar alone: prepositions and conjunctions between two events, and what a participle adds ("a bomb
exploded, killing two"); ontology/relations/links.toml tells what follows. Never firmer than the weaker of the two
events. Plain events, of no listed type, take no part.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from kg.extractor.events.drafts import GENERIC
from kg.extractor.links import Link, rule_of
from kg.extractor.scene import Scene
from kg.grammar import labels, phrases
from kg.model import Claim, Evidence, Parse, Predication, weaker


def find_order(scene: Scene) -> Iterable[Claim]:
    """Claims between typed events, in the order of their words."""
    tokens = scene.parse.tokens
    at = {t: e for e in scene.events if e.rule != GENERIC for t in e.tokens}
    found: dict[tuple[str, str, str], Claim] = {}
    for said in scene.predications:
        outer = at.get(said.token)
        for name, token in links(scene.parse, said, at) if outer is not None else ():
            inner = at[token]
            if outer is None or inner.id == outer.id:
                continue
            rule = rule_of(scene, Link(name, said.token, outer, inner, (said.token, token), said.token))
            if rule is not None:
                first, second = (inner, outer) if rule.inverse else (outer, inner)
                spans = tokens[said.token], tokens[token]
                evidence = Evidence(min(t.start for t in spans), max(t.end for t in spans), rule.name)
                standing = weaker(first.standing, second.standing)
                claim = Claim(first.id, rule.predicate, second.id, standing, (evidence,))
                found.setdefault((first.id, rule.predicate, second.id), claim)
    return found.values()


def links(parse: Parse, said: Predication, at: Container[int]) -> Iterator[tuple[str, int]]:
    """Link and token of each other event that a predication names: what stands between, or "participle" from it to
    what it adds to.
    """
    for argument in said.arguments:
        if argument.token in at:
            yield argument.slot, argument.token
    for c in parse.children[said.token]:
        if parse.tokens[c].dep == labels.ADVERBIAL_CLAUSE and c in at:
            for opener in phrases.openers(parse, c)[:1]:
                yield opener.lemma, c
    head = parse.tokens[said.token]
    if head.dep == labels.ADVERBIAL_CLAUSE and head.tag == "VBG" and head.head in at:
        yield "participle", head.head
