"""Which way the verb over a time looks: back, as news mostly does, or ahead."""

from __future__ import annotations

from kg.grammar import labels, phrases
from kg.grammar.constructions import appointed
from kg.model import Parse
from kg.vocabulary import word_lists

_LISTS = word_lists("times")

AHEAD = _LISTS["ahead"]
WISHES = _LISTS["wishes"]
FUTURE = _LISTS["future"]
TO_COME = _LISTS["to_come"]
FACING = _LISTS["facing"]
OPENING = _LISTS["opening"]


def looks_ahead(parse: Parse, i: int) -> bool:
    """Does the verb that governs word `i` look forward ("will meet on", "plans to meet on", "is due on")?"""
    tokens = parse.tokens
    through = False  # a participle: what governs it dates nothing
    for at in parse.ancestors(i):
        token = tokens[at]
        if token.pos not in ("VERB", "AUX") and token.lemma not in AHEAD:
            continue
        helpers = phrases.auxiliaries(parse, at)
        said = {h.text.lower() for h in helpers}
        if said & FUTURE and not ("have" in said and said & {"could", "would", "might", "may"}):
            return True
        present = bool(said & {"is", "are", "am", "'s", "’s", "'re", "’re"})
        if token.lemma in AHEAD and token.pos != "NOUN" and token.lemma not in WISHES:
            return present or (token.tag in ("VBZ", "VBP", "JJ", "VBN") and not said & {"was", "were", "had"})
        if token.tag == "VB" and "to" in said:
            head = tokens[token.head]
            return head.i == at or head.lemma in AHEAD | TO_COME
        if token.tag in ("VBZ", "VBP"):
            if appointed(parse, at):
                return True
            return (
                not through
                and not parse.in_caption(at)
                and not any(h.lemma in ("have", "do") for h in helpers)
                and token.lemma not in ("say", "be", "have")
            )
        if token.tag == "VBN" and present and opens_on_what_comes(parse, at):
            return True
        if token.tag == "VBG" and not present:
            through = True
            continue
        return token.tag == "VBG"
    return False


def opens_on_what_comes(parse: Parse, at: int) -> bool:
    """ "When he is sentenced", "until it is signed": a clause of time in the present."""
    return parse.tokens[at].dep == labels.ADVERBIAL_CLAUSE and any(
        parse.tokens[c].lemma in OPENING for c in parse.children[at] if c < at
    )
