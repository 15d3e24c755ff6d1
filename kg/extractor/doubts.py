"""Last doubts about an event that nothing seems to govern: what its own sentence says of it beside the tree.

Asked only for predicates that would be asserted. A doubtful case takes the weaker status.
"""
from __future__ import annotations

from kg.extractor.drafts import Arguments
from kg.extractor.tree import SUBJECTS
from kg.extractor.words import AIMS, FACED, FIXED, HOPEFULS, SAID_ASIDE, UNDONE, WANTING
from kg.model import Parse, Predication, Standing


def doubted(parse: Parse, said: Predication, arguments: Arguments) -> Standing:
    """The standing of a predicate that nothing governs: asserted, unless something beside it speaks against that."""
    if said.kind == "noun":
        return Standing("planned") if yet_to_come(parse, said.token) else Standing()
    tokens = parse.tokens
    for c in parse.children[said.token]:
        child = tokens[c]
        if child.lemma == "whether":                                     # "it is unclear whether they attacked"
            return Standing("hypothetical")
        if child.dep == "prep" and child.lemma == "in" and any(tokens[k].lemma in ("case", "event") for k in parse.children[c]):
            return Standing("hypothetical")                              # "in case they attacked"
        if child.dep == "aux" and child.lemma in SAID_ASIDE:             # "who prosecutors say murdered two"
            source = next((e for k in parse.children[c] if tokens[k].dep in SUBJECTS and tokens[k].lemma not in ("who", "which", "that")
                           and (e := arguments.entity(k)) is not None), None)
            return Standing(SAID_ASIDE[child.lemma], claimed_by=source.id if source else None)  # type: ignore[arg-type]
    return Standing()


def yet_to_come(parse: Parse, noun: int) -> bool:
    """"The trial is due in May", "is set for May", "efforts toward an arrest", "the goal is the overthrow": not yet, if ever."""
    token = parse.tokens[noun]
    head = parse.tokens[token.head]
    if token.dep == "pobj":
        above = parse.tokens[head.head]
        return (head.lemma in ("toward", "towards") and above.pos == "NOUN" or head.lemma in ("in", "for") and above.lemma in HOPEFULS
                or head.lemma == "with" and above.lemma == "threaten")
    if token.dep == "attr" and head.lemma == "be":
        return any(parse.tokens[c].dep in SUBJECTS and parse.tokens[c].lemma in AIMS for c in parse.children[head.i])
    if token.dep == "dobj":
        return head.lemma in WANTING or head.lemma == "face" and token.lemma not in FACED
    if token.dep not in SUBJECTS:
        return False
    return head.lemma in ("need", "await", "hinge", "depend") or head.lemma in FIXED and token.dep == "nsubjpass" or head.lemma in ("be", "remain") and any(
        parse.tokens[c].lemma in UNDONE for c in parse.children[head.i] if parse.tokens[c].dep in ("acomp", "attr", "advmod", "oprd"))
