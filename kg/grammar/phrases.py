"""What stands around a word, by the names of grammar: its subject, owner, objects, auxiliaries, appositions, clauses.

In: a parse and a token. Out: tokens in the order of the text, or whether there are any. These are the looks at the
tree that resolver and extractor share; what a label of the parser is called only kg/grammar knows.
"""

from __future__ import annotations

from collections.abc import Container

from kg.grammar import labels as gr
from kg.grammar.words import DEFINITE, NEGATIVE_DETERMINER
from kg.model import Parse, Token


def dependents(parse: Parse, i: int, links: Container[str]) -> list[int]:
    """What hangs on a token by one of these links."""
    tokens = parse.tokens
    return [c for c in parse.children[i] if tokens[c].dep in links]


# ------------------------------------------------------------------ around a verb


def subjects(parse: Parse, verb: int) -> list[int]:
    """Who does it; not the subject of a passive."""
    tokens = parse.tokens
    return [c for c in parse.children[verb] if tokens[c].dep == gr.SUBJECT]


def any_subjects(parse: Parse, verb: int) -> list[int]:
    """The nouns that are its subject, in either voice."""
    return dependents(parse, verb, gr.NOMINAL_SUBJECTS)


def is_subject(token: Token) -> bool:
    """Whether a noun is the subject of the verb above it, in either voice."""
    return token.dep in gr.NOMINAL_SUBJECTS


def auxiliaries(parse: Parse, verb: int) -> list[Token]:
    """ "Has", "been", "will", "to" before a verb."""
    tokens = parse.tokens
    return [tokens[c] for c in parse.children[verb] if tokens[c].dep in gr.AUXILIARIES]


def equates(token: Token) -> bool:
    """Whether a noun is what a copula says of its subject."""
    return token.dep == gr.ATTRIBUTE


def particles(parse: Parse, verb: int) -> list[int]:
    """ "Up" of "pick up"."""
    tokens = parse.tokens
    return [c for c in parse.children[verb] if tokens[c].dep == gr.PARTICLE]


def openers(parse: Parse, clause: int) -> list[Token]:
    """The conjunctions and adverbs before the verb of a clause: "when", "even if"."""
    tokens = parse.tokens
    return [tokens[c] for c in parse.children[clause] if c < clause and tokens[c].dep in (gr.MARKER, gr.ADVERB)]


def conjunctions(parse: Parse, i: int) -> list[str]:
    """ "And", "or", "but" between a token and what is coordinated with it."""
    tokens = parse.tokens
    return [tokens[c].lemma for c in parse.children[i] if tokens[c].dep == gr.CONJUNCTION]


# ------------------------------------------------------------------ prepositions


def prepositions(parse: Parse, i: int, *lemmas: str) -> list[int]:
    """The prepositions on a token; all of them, or these."""
    tokens = parse.tokens
    return [
        c for c in parse.children[i] if tokens[c].dep == gr.PREPOSITION and (not lemmas or tokens[c].lemma in lemmas)
    ]


def objects(parse: Parse, preposition: int) -> list[int]:
    """The objects of a preposition; those coordinated with them hang below."""
    tokens = parse.tokens
    return [c for c in parse.children[preposition] if tokens[c].dep == gr.PREPOSITIONAL_OBJECT]


def under(parse: Parse, i: int, *lemmas: str) -> list[int]:
    """The objects of the prepositions on a token; of all, or of these."""
    return [o for c in prepositions(parse, i, *lemmas) for o in objects(parse, c)]


def after(parse: Parse, i: int, *lemmas: str) -> bool:
    """Whether a token is the object of a preposition; of any, or of one of these."""
    token = parse.tokens[i]
    return token.dep == gr.PREPOSITIONAL_OBJECT and (not lemmas or parse.tokens[token.head].lemma in lemmas)


# ------------------------------------------------------------------ around a noun


def appositions(parse: Parse, noun: int) -> list[int]:
    """ "Ana Ruiz, a lawyer"."""
    tokens = parse.tokens
    return [c for c in parse.children[noun] if tokens[c].dep == gr.APPOSITION]


def in_apposition(token: Token) -> bool:
    """Whether a noun stands in apposition to the one above it."""
    return token.dep == gr.APPOSITION


def owners(parse: Parse, noun: int) -> list[int]:
    """ "The mayor's", "her"."""
    tokens = parse.tokens
    return [c for c in parse.children[noun] if tokens[c].dep == gr.POSSESSOR]


def owns(token: Token) -> bool:
    """Whether a token is the possessor of the noun above it."""
    return token.dep == gr.POSSESSOR


def determiners(parse: Parse, noun: int) -> list[Token]:
    """Its articles, demonstratives, "no", "every"."""
    tokens = parse.tokens
    return [tokens[c] for c in parse.children[noun] if tokens[c].dep == gr.DETERMINER]


def numbers(parse: Parse, noun: int) -> list[int]:
    """The numbers that count a noun."""
    tokens = parse.tokens
    return [c for c in parse.children[noun] if tokens[c].dep == gr.NUMBER]


def negative(parse: Parse, noun: int) -> bool:
    """ "No bridge", "neither bridge"."""
    tokens = parse.tokens
    return any(
        tokens[c].lemma in NEGATIVE_DETERMINER and tokens[c].dep in (gr.DETERMINER, gr.PAIRED)
        for c in parse.children[noun]
    )


def determines(token: Token) -> bool:
    """Whether a token is an article or the like of the noun above it."""
    return token.dep == gr.DETERMINER


def specified(parse: Parse, noun: int) -> bool:
    """Whether a noun has an article or an owner."""
    tokens = parse.tokens
    return any(tokens[c].dep in (gr.DETERMINER, gr.POSSESSOR) for c in parse.children[noun])


def definite(parse: Parse, noun: int) -> bool:
    """Whether a common noun says that it is known which one is meant: "the bridge", "those men", "her house"."""
    tokens = parse.tokens
    return any(
        tokens[c].dep == gr.POSSESSOR or tokens[c].dep == gr.DETERMINER and tokens[c].lemma in DEFINITE
        for c in parse.children[noun]
    )


def premodifies(token: Token) -> bool:
    """Whether a noun or adjective stands before the noun above it and tells which or of what kind."""
    return token.dep in gr.PREMODIFIERS and token.head > token.i


#: Words of a compound noun or a title, at most.
LONGEST_COMPOUND = 12


def modified(parse: Parse, i: int) -> list[int]:
    """The nouns that a word before them modifies, nearest first: "minister" and "Ruiz" over "foreign" of "Foreign
    Minister Ruiz"."""
    above: list[int] = []
    while premodifies(parse.tokens[i]) and len(above) < LONGEST_COMPOUND:
        i = parse.tokens[i].head
        above.append(i)
    return above


def has_clause(parse: Parse, noun: int) -> bool:
    """Whether a relative clause or a participle tells which one is meant."""
    return any(parse.tokens[c].dep in gr.NOUN_CLAUSES for c in parse.children[noun])


# ------------------------------------------------------------------ coordination


def is_clause(token: Token) -> bool:
    """Whether a word heads a clause below another word."""
    return token.dep in gr.CLAUSES


def is_argument(token: Token) -> bool:
    """Whether a noun takes part in a verb without a preposition."""
    return token.dep in gr.ARGUMENTS


def is_conjunct(token: Token) -> bool:
    """Whether "and" or "or" joins a token to the one above it."""
    return token.dep == gr.CONJUNCT


def conjuncts(parse: Parse, i: int) -> list[int]:
    """What "and" or "or" joins to a token at once."""
    tokens = parse.tokens
    return [c for c in parse.children[i] if tokens[c].dep == gr.CONJUNCT]


def coordinated(parse: Parse, i: int) -> list[int]:
    """A token and all that is joined to it."""
    found = [i]
    for at in found:  # grows while it is walked
        found += conjuncts(parse, at)
    return found


def first_of(parse: Parse, i: int) -> int:
    """The first of those with which a token is coordinated."""
    tokens = parse.tokens
    while tokens[i].dep == gr.CONJUNCT and tokens[i].head < i:
        i = tokens[i].head
    return i
