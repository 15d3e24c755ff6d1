"""Nouns as predicates: "the arrest of X by Y", "paid a visit", "his tour", and whose doing an event noun is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.grammar import cues
from kg.grammar.labels import OBJECTS, SUBJECTS
from kg.grammar.tree import VERBAL, unique
from kg.grammar.words import (
    AIMED,
    ATTENDING,
    COMING_UNDER,
    HAPPENING,
    RELATIVE,
    SKIPPING,
    STRIKING,
    TARGETS,
    UNDER,
    UNDERGOING,
)
from kg.model import Argument, Predication, Token

if TYPE_CHECKING:
    from kg.grammar.clauses import Clauses


def eventive(noun: Token) -> bool:
    """True of a noun that may name an event, by its form alone."""
    return cues.load().is_event(noun)


def noun(clauses: Clauses, noun: Token) -> Predication:
    """A noun with what belongs to it, its light verb's share included."""
    i = noun.i
    found = _own(clauses, i)
    negated = clauses.negated(noun, ())
    negated |= _lent(clauses, noun, found)
    if noun.dep == "pobj" and eventive(noun) and clauses.tokens[clauses.tokens[noun.head].head].pos in VERBAL:
        found.append(Argument(f"under {clauses.tokens[noun.head].lemma}", clauses.tokens[noun.head].head, True))
    if eventive(noun) and not any(a.slot in ("subject", "possessor", "by") for a in found):
        found += [Argument("host", t, True) for t in host(clauses, noun)]
    return Predication(i, noun.lemma, "noun", unique(found, i), negated, False, clauses.light.get(i))


def _own(clauses: Clauses, i: int) -> list[Argument]:
    """What the tree hangs on the noun itself."""
    found: list[Argument] = []
    for c in clauses.children[i]:
        token = clauses.tokens[c]
        dep = token.dep
        if dep == "det" or dep == "punct" or dep == "nummod":
            continue
        if dep == "poss":
            found += [
                Argument("possessor", t)
                for t in (clauses.relative(token.head, c) if token.lemma in RELATIVE else clauses.group(c))
            ]
        elif dep in ("prep", "agent"):
            clauses.preposition(i, token, found)
        elif dep in ("compound", "amod", "nmod"):
            found.append(Argument("modifier", c))
            found += [Argument("modifier", k) for k in clauses.kids(c, "conj")]
        elif dep in ("acl", "relcl") and token.tag in ("VB", "TO"):
            found.append(Argument("clause", c))
        elif dep == "acl" and token.tag == "VBG" and clauses.lemma(token) in HAPPENING:  # "fires raging in X"
            for k in clauses.kids(c, "prep"):
                clauses.preposition(i, clauses.tokens[k], found)
        elif dep == "acl" and token.lemma in AIMED:  # "bombings targeted at soldiers"
            found += [
                Argument("against", t)
                for k in clauses.kids(c, "prep")
                if clauses.tokens[k].lemma == "at"
                for t in clauses.pobjects(c, k)
            ]
        elif dep in ("ccomp", "xcomp"):
            found.append(Argument("clause", c))
    slots = {a.slot for a in found}
    inner = [a.token for a in found if a.slot in ("of", "by")] if slots & {"of", "by"} else []
    for t in inner[:2]:  # "the arrest of X by Y in Z": the parser hangs the tail on X
        for c in clauses.kids(t, "prep", "agent"):
            if (
                clauses.tokens[c].lemma in ("by", "in", "at", "near", "during", "to", "from", "against")
                and clauses.tokens[c].lemma not in slots
            ):
                clauses.preposition(i, clauses.tokens[c], found, True)
    return found


def _lent(clauses: Clauses, noun: Token, found: list[Argument]) -> bool:
    """Adds what the words above the noun say of its event; true if they deny it."""
    i, light, slots = noun.i, clauses.light.get(noun.i), {a.slot for a in found if not a.shared}
    if light is not None:
        return carried(clauses, noun, light, found)
    if noun.dep == "conj" and not slots & {"possessor", "by"}:
        found += [Argument(a.slot, a.token, True) for a in context(clauses, noun.head) if a.slot in ("possessor", "by")]
    elif noun.dep == "pobj" and noun.lemma in UNDER and (verb := comes_under(clauses, noun)) is not None:
        found += [Argument("object", t, True) for t in clauses.surface(verb)]
    elif (
        noun.dep == "pobj"
        and (verb := takes_part(clauses, noun)) is not None
        and not clauses.negated(clauses.tokens[verb], ())
    ):
        found += [Argument("subject", t, True) for t in clauses.surface(verb)]
    elif noun.dep == "pobj" and (aimed := aimed_at(clauses, noun)):
        found += [Argument("object", t, True) for t in aimed]
    elif (struck := hits(clauses, noun)) is not None:
        found += [
            Argument("on", t, True)
            for t in (
                clauses.surface(struck)
                if clauses.passive(struck)
                else [a.token for a in clauses.objects(clauses.tokens[struck])]
            )
        ]
        clauses.whereabouts_of(struck, found)
    elif noun.dep in SUBJECTS and happens(clauses, noun.head):
        for c in clauses.kids(noun.head, "prep"):
            if clauses.tokens[noun.head].lemma != "be" or clauses.tokens[c].lemma in (
                "at",
                "in",
                "near",
                "outside",
                "on",
            ):
                clauses.preposition(i, clauses.tokens[c], found, True)
                for t in clauses.pobjects(
                    noun.head, c
                ):  # "broke out between two gangs in X": the parser hangs X on them
                    clauses.whereabouts_of(t, found)
        return clauses.negated(clauses.tokens[noun.head], ())
    return False


def aimed_at(clauses: Clauses, noun: Token) -> tuple[int, ...]:
    """Whom an event is aimed at: "X has become a target of attacks", "X is the subject of an inquiry"."""
    prep = clauses.tokens[noun.head]
    said = clauses.tokens[prep.head]
    if prep.lemma != "of" or said.lemma not in TARGETS or said.dep != "attr" or not clauses.is_verb(said.head):
        return ()
    return () if clauses.negated(clauses.tokens[said.head], ()) else clauses.surface(said.head)


def hits(clauses: Clauses, noun: Token) -> int | None:
    """The verb that says where its doer, an event, took effect ("blasts rocked X", "X was hit by a storm")."""
    noun = clauses.tokens[clauses.bundle(noun.i)]
    verb = clauses.tokens[noun.head]
    if noun.dep == "pobj" and verb.dep == "agent":
        verb = clauses.tokens[verb.head]
        return verb.i if verb.lemma in STRIKING and clauses.passive(verb.i) else None
    strikes = noun.dep == "nsubj" and verb.lemma in STRIKING and not clauses.passive(verb.i)
    return verb.i if strikes and (clauses.objects(verb) or not happens(clauses, verb.i)) else None


def happens(clauses: Clauses, i: int) -> bool:
    """The verb says no more than that its subject happens ("took place", "began")."""
    verb = clauses.tokens[i]
    return (
        verb.lemma in HAPPENING
        or any(f"{verb.lemma} {clauses.tokens[c].lemma}" in HAPPENING for c in clauses.kids(i, "prt"))
        or verb.lemma == "be"
        or verb.lemma == "take"
        and any(clauses.tokens[c].lemma == "place" for c in clauses.kids(i, *OBJECTS))
    )


def comes_under(clauses: Clauses, noun: Token) -> int | None:
    """The verb of "come under attack", "are under fire" above a noun."""
    prep = clauses.tokens[noun.head]
    verb = clauses.tokens[prep.head]
    return verb.i if prep.lemma == "under" and verb.lemma in COMING_UNDER else None


def takes_part(clauses: Clauses, noun: Token) -> int | None:
    """The verb of "take part in" or "participate in" above a noun."""
    prep = clauses.tokens[noun.head]
    verb = clauses.tokens[prep.head]
    if prep.lemma in ("in", "at") and verb.lemma == "part":  # "take part in": the parser hangs "in" on "part"
        verb = clauses.tokens[verb.head]
    if (
        verb.lemma == "participate"
        or verb.lemma == "take"
        and any(clauses.tokens[c].lemma == "part" for c in clauses.kids(verb.i, *OBJECTS))
    ):
        return verb.i
    return None


def context(clauses: Clauses, i: int) -> list[Argument]:
    found: list[Argument] = []
    for c in clauses.children[i]:
        if clauses.tokens[c].dep == "poss":
            found += [Argument("possessor", t) for t in clauses.group(c)]
    return found


def carried(clauses: Clauses, noun: Token, light: int, found: list[Argument]) -> bool:
    """Give the noun the arguments of its light verb; true if the verb is negated."""
    verb, passive = clauses.tokens[light], clauses.passive(light)
    surface = () if passive else clauses.surface(light)
    shared = not clauses.own_subject(light)
    found += [Argument("object" if verb.lemma in UNDERGOING else "subject", t, shared) for t in surface]
    if verb.lemma in SKIPPING or verb.lemma in ATTENDING and clauses.negated(verb, surface):
        found[:] = [a for a in found if a.token not in surface]
        return False  # who did not attend was absent; the event is not denied
    if surface:  # "committed his first murder": his is the doer's own
        found[:] = [a for a in found if a.slot != "possessor" or clauses.tokens[a.token].pos != "PRON"]
    have = {(a.slot, a.token) for a in found}
    for c in clauses.children[light]:
        child = clauses.tokens[c]
        if child.dep not in OBJECTS and child.i != noun.i:
            extra: list[Argument] = []
            clauses.attach(verb, child, passive, extra)
            found += [a for a in extra if (a.slot, a.token) not in have and a.token != noun.i]
    return clauses.negated(verb, surface)


def host(clauses: Clauses, noun: Token) -> tuple[int, ...] | list[int]:
    """The subject of the clause in which an event noun stands ("following a tour of X, Y said")."""
    at = noun
    for _ in range(3):
        head = clauses.tokens[at.head]
        if at.dep == "pobj":
            if clauses.tokens[head.head].pos in VERBAL and head.dep == "prep":
                return clauses.surface(head.head)
            if clauses.tokens[head.head].pos in ("NOUN", "PROPN") and head.dep == "prep":
                at = clauses.tokens[head.head]
                continue
            return ()
        if at.dep in OBJECTS and clauses.is_verb(at.head):
            return () if clauses.passive(at.head) else clauses.surface(at.head)
        return ()
    return ()
