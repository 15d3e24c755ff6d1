"""Nouns of posts that stand for no person of their own, but are said of somebody else in the clause: "served as
governor", "held the post of governor", "several posts, including governor", "was declared president-elect".
"""

from __future__ import annotations

from typing import NamedTuple

from kg.grammar import labels as gr
from kg.grammar.words import HOLDING_POST, INSTALLING, LEAVING_POST, POST_NOUNS, SERVING, TAKING_POST
from kg.model import Parse

#: What opens the list of somebody's posts.
LISTING = frozenset({"among", "as", "including", "like"})


class Borne(NamedTuple):
    """Of whom a noun of a post is said: the token of that one, the verb that joins them, whether it is over."""

    bearer: int
    verb: int
    former: bool = False


def borne(parse: Parse, i: int) -> Borne | None:
    """Whose post noun `i` is where it stands for no one of its own, or None."""
    tokens = parse.tokens
    at = _first_of(parse, i)
    token = tokens[at]
    head = tokens[token.head]
    if tokens[i].tag in ("NNS", "NNPS") or token.head == at:
        return None
    if token.dep in (gr.OBJECT_PREDICATE, gr.OBJECT, gr.CONTENT_CLAUSE) and head.lemma in INSTALLING:
        bearer = _installed(parse, at, head.i)
        return Borne(bearer, head.i) if bearer is not None else None
    if token.dep != gr.PREPOSITIONAL_OBJECT:
        return None
    if head.text.lower() == "as" and tokens[head.head].lemma in SERVING:
        return _of_verb(parse, head.head, False)
    if head.text.lower() == "as":
        verb = tokens[head.head]
        if verb.dep == gr.OBJECT:  # "X as its chair" taken for one phrase
            verb = tokens[verb.head]
        return _as_post(parse, verb.i) if verb.lemma in INSTALLING else None
    bare = not any(tokens[c].dep in (gr.DETERMINER, gr.POSSESSOR) for c in parse.children[i])
    return _listed(parse, head.i) if bare else None


def _first_of(parse: Parse, i: int) -> int:
    """The first of the posts that are joined to this one: "governor of X and head of Y"."""
    tokens = parse.tokens
    while tokens[i].dep == gr.CONJUNCT and tokens[i].head < i:
        i = tokens[i].head
        above = tokens[tokens[i].head]
        if tokens[i].pos == "PROPN" and tokens[i].dep == gr.PREPOSITIONAL_OBJECT and tokens[above.head].pos == "NOUN":
            i = above.head  # the parser joins "head" to X
    return i


def _installed(parse: Parse, at: int, verb: int) -> int | None:
    """Who is given the post: the name right before it, the subject of a passive, the object."""
    tokens = parse.tokens
    for child in parse.children[at]:
        if tokens[child].dep in gr.COMPOUNDS and tokens[child].pos == "PROPN" and child < at and child - 1 > verb:
            return child
    if tokens[at].dep == gr.CONTENT_CLAUSE:
        return None
    given = (gr.PASSIVE_SUBJECT, gr.OBJECT)
    return next((c for c in parse.children[verb] if tokens[c].dep in given and c != at and c < at), None)


def _as_post(parse: Parse, verb: int) -> Borne | None:
    """ "Named X as its chair", "X was elected as chair"; nobody is yet where it is asked, planned or denied."""
    tokens = parse.tokens
    kids = parse.children[verb]
    if tokens[verb].tag in ("VB", "VBG") or any(
        tokens[c].dep in (gr.NEGATION, gr.MARKER) or tokens[c].tag == "MD" for c in kids
    ):
        return None
    given = [c for c in kids if tokens[c].dep in (gr.OBJECT, gr.PASSIVE_SUBJECT)]
    given = given or [c for c in kids if tokens[c].dep == gr.OBJECT_PREDICATE]
    return Borne(given[0], verb) if len(given) == 1 else None


def _listed(parse: Parse, preposition: int) -> Borne | None:
    """Whose posts the noun before the preposition counts."""
    tokens = parse.tokens
    word, above = tokens[preposition].text.lower(), tokens[tokens[preposition].head]
    if word == "of":
        return _had(parse, above.i, False) if above.lemma in POST_NOUNS else None
    if word not in LISTING:
        return None
    if above.lemma in POST_NOUNS and above.tag == "NNS":
        return _had(parse, above.i, True)
    while above.pos != "VERB" and above.head != above.i:
        above = tokens[above.head]  # "held several posts in his career, including": the parser hangs it on the career
    inner = [
        o
        for c in (above.i, *(c for c in parse.children[above.i] if tokens[c].dep == gr.PREPOSITION))
        for o in parse.children[c]
        if tokens[o].dep in (gr.OBJECT, gr.PREPOSITIONAL_OBJECT) and o < preposition
    ]
    post = next((o for o in inner if tokens[o].lemma in POST_NOUNS and tokens[o].tag == "NNS"), None)
    return _had(parse, post, True) if post is not None else None


def _had(parse: Parse, post: int, several: bool) -> Borne | None:
    """Who has, had or takes the post."""
    tokens = parse.tokens
    at = post
    while tokens[at].dep == gr.PREPOSITIONAL_OBJECT and tokens[at].head != at:
        preposition = tokens[tokens[at].head]
        if tokens[preposition.head].pos in ("VERB", "AUX"):
            return _of_verb(parse, preposition.head, several)
        at = preposition.head  # "a range of posts"
    return _of_verb(parse, tokens[at].head, several) if tokens[at].dep == gr.OBJECT else None


def _of_verb(parse: Parse, verb: int, several: bool) -> Borne | None:
    """The subject of a verb of having, taking or leaving a post, and whether that is over."""
    token = parse.tokens[verb]
    if token.lemma not in HOLDING_POST | TAKING_POST | LEAVING_POST | SERVING:
        return None
    bearer = _doer(parse, verb)
    if bearer is None:
        return None
    past = token.tag == "VBD" and token.dep != gr.CONTENT_CLAUSE and token.lemma not in SERVING
    perfect = token.tag == "VBN" and (several or any(parse.tokens[c].text == "had" for c in parse.children[verb]))
    over = (
        token.lemma in LEAVING_POST
        or token.lemma in HOLDING_POST
        and (past or perfect or several and token.tag == "VBD")
    )
    return Borne(bearer, verb, over)


def _doer(parse: Parse, verb: int) -> int | None:
    """The subject of a verb, its own or the one it shares."""
    tokens = parse.tokens
    for _ in range(3):
        found = next((c for c in parse.children[verb] if tokens[c].dep in gr.NOMINAL_SUBJECTS), None)
        if found is not None:
            return found if tokens[found].dep == gr.SUBJECT else None
        if tokens[verb].dep == gr.ADNOMINAL_CLAUSE:
            return tokens[verb].head
        if tokens[verb].dep not in (gr.CONJUNCT, gr.OPEN_CLAUSE, gr.ADVERBIAL_CLAUSE) or tokens[verb].head == verb:
            return None
        verb = tokens[verb].head
    return None
