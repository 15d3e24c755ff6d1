"""Last doubts about an event told by a noun that nothing seems to govern."""
from __future__ import annotations

from kg.extractor.tree import SUBJECTS
from kg.extractor.words import AIMS, FACED, FIXED, HOPEFULS, UNDONE, WANTING
from kg.model import Parse


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
