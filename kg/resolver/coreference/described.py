"""Which one a description means by more than its noun: the words before it, an age, the one body of its kind.

And what a pronoun cannot mean: the country that a phrase beside it belongs to, the owner where the other was told of.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.grammar import phrases
from kg.model import Parse
from kg.names import Gazetteer, plain
from kg.resolver.candidates import Candidate, Chain
from kg.resolver.coreference.fitting import PLACE_TYPES
from kg.resolver.naming.finding import age_behind
from kg.vocabulary import word_lists

_LISTS = word_lists("names")

#: Nouns for who is at the head: "the bank's president" is "the bank chief".
POSTS = _LISTS["posts"]
#: Bodies that a country has one of: "the army" is no guerrilla army that was just named.
THE_ONE = _LISTS["the_one"]
NO_FIRM = _LISTS["no_firm"]
#: Posts that a place has one of, who comes after or before whom, and what ends with the one it is said of.
SOLE, SUCCEEDING = _LISTS["sole"], _LISTS["succeeding"]
ENDED, LAPSED = _LISTS["ended"], _LISTS["lapsed"]
#: What makes a name that ends in one of them a country's after all: "Royal Navy".
OF_THE_CROWN = _LISTS["of_the_crown"]
SPEECH = _LISTS["speech"]
YEARS_OLD = "-year-old"


def nouns_before(parse: Parse, candidate: Candidate) -> frozenset[str]:
    """Nouns that stand before the head of a description, its possessor's included: "the teachers' union head"."""
    first = candidate.first
    if candidate.owner is not None:
        first = min([candidate.owner, *parse.subtree(candidate.owner)])
    words = parse.tokens[min(first, candidate.head) : candidate.head]
    return frozenset(plain(t.text) for t in words if t.pos in ("NOUN", "PROPN") or t.text[:1].isupper())


def other_post(parse: Parse, candidate: Candidate, chain: Chain) -> bool:
    """ "the port police chief" is not who was called "fire service chief": no noun before the two is the same."""
    if candidate.key not in POSTS or not (mine := nouns_before(parse, candidate)):
        return False
    theirs = [nouns_before(parse, c) for c in chain.candidates if c.kind == "nominal" and c.key in POSTS]
    return any(theirs) and not any(mine & words for words in theirs)


def of_that_post(parse: Parse, candidate: Candidate, chains: Iterable[Chain]) -> Chain | None:
    """ "the harbour chief" after "harbour office head Ana Ruiz": the one person whose post has all of its nouns."""
    if candidate.key not in POSTS or not (mine := nouns_before(parse, candidate)):
        return None
    found = [
        chain
        for chain in chains
        if chain.type == "Person"
        and chain.candidates
        and any(
            c.kind == "nominal" and c.key in POSTS and mine <= nouns_before(parse, c) and c.head < candidate.head
            for c in chain.candidates
        )
    ]
    return found[0] if len(found) == 1 else None


def of_that_age(parse: Parse, candidate: Candidate, chains: Iterable[Chain]) -> Chain | None:
    """ "the 34-year-old" after "Ana Ruiz, 34,": the one person of that age."""
    if not candidate.key.endswith(YEARS_OLD):
        return None
    age = candidate.key.removesuffix(YEARS_OLD)
    found = [chain for chain in chains if chain.type == "Person" and age in ages(parse, chain)]
    return found[0] if len(found) == 1 else None


def ages(parse: Parse, chain: Chain) -> set[str]:
    """What the text says right behind a name: "Ana Ruiz, 34,"."""
    return {age for c in chain.candidates if c.kind == "name" and (age := age_behind(parse, c.last))}


def another_body(candidate: Candidate, chain: Chain, gazetteer: Gazetteer) -> bool:
    """ "the army" and "the Free Hill Army": a body of the state and one that only has the word in its name; "the union"
    and a firm.
    """
    if candidate.key in NO_FIRM and chain.type == "Company":
        return not any(candidate.key in c.key.split() for c in chain.candidates)
    if candidate.key not in THE_ONE or candidate.last - candidate.first > 1 or chain.land:
        return False
    names = [c.key.split() for c in chain.candidates if c.kind == "name" and c.key.endswith(f" {candidate.key}")]
    return bool(names) and not any(_of_a_land(words, gazetteer) for words in names)


def _of_a_land(words: list[str], gazetteer: Gazetteer) -> bool:
    known = (gazetteer.land_names, gazetteer.adjectives, gazetteer.areas)
    return words[0] in OF_THE_CROWN or any(
        " ".join(words[i:j]) in names for names in known for i in range(len(words)) for j in range(i + 1, len(words))
    )


def introduced(parse: Parse, candidate: Candidate, chains: Iterable[Chain]) -> Chain | None:
    """ "A French judge … French Judge Ana Ruiz": the one named later whose title says the same and more.

    A bare role ("a doctor … Doctor Ruiz") is not enough unless an article points back ("the doctor, Ana Ruiz,"), nor is
    a second one ("another French judge, Ana Ruiz").
    """
    mine = nouns_before(parse, candidate)
    bare = not candidate.nation and not mine
    here = parse.tokens[candidate.head].sentence
    found = []
    for chain in chains:
        if chain.type != "Person" or not chain.named or min(c.head for c in chain.candidates) < candidate.head:
            continue
        if any(
            title.kind == "nominal"
            and title.key == candidate.key
            and not title.indefinite
            and (title.how == "title before the name" and not bare or _points_back(title))
            and mine <= nouns_before(parse, title) | {title.key}
            and candidate.nation == (title.nation or _nation(title, chain))
            and 0 < parse.tokens[title.head].sentence - here <= 3
            for title in chain.candidates
        ):
            found.append(chain)
    if not found and _heads_a_place(parse, candidate):
        return _of_the_title(parse, candidate, chains)
    return found[0] if len(found) == 1 else None


def _heads_a_place(parse: Parse, candidate: Candidate) -> bool:
    """ "The mayor of Lund closed a school": the one there is, who is still there after the sentence."""
    tokens = parse.tokens
    verb = tokens[tokens[candidate.head].head]
    if candidate.key not in SOLE or not candidate.definite or candidate.plural or verb.lemma in ENDED:
        return False
    if any(tokens[k].lemma in LAPSED for k in range(candidate.first, candidate.head)):
        return False
    places = (o for of in parse.children[candidate.head] if tokens[of].lemma == "of" for o in parse.children[of])
    return any(tokens[t].pos == "PROPN" for place in places for t in (place, *parse.children[place]))


def _of_the_title(parse: Parse, candidate: Candidate, chains: Iterable[Chain]) -> Chain | None:
    """The one person with that title before the name, where the title says no more and nobody else has it."""
    tokens = parse.tokens
    titled = {
        id(chain): (chain, title)
        for chain in chains
        if chain.type == "Person" and chain.named
        for title in chain.candidates
        if title.kind == "nominal" and title.key == candidate.key and title.how == "title before the name"
    }
    if len(titled) != 1:
        return None
    chain, title = next(iter(titled.values()))
    beside = {c.key for c in chain.candidates} | {tokens[tokens[c.head].head].lemma for c in chain.candidates}
    name = next((c for c in chain.candidates if c.kind == "name" and c.first == title.last), None)
    if (
        beside & SUCCEEDING
        or name is None
        or title.nation
        or nouns_before(parse, title)
        or min(c.head for c in chain.candidates) < candidate.head
        or any(tokens[k].lemma in LAPSED for k in range(title.first, title.head))
        or name.last < len(tokens)
        and tokens[name.last].lemma == "of"
    ):
        return None
    return chain


def _points_back(title: Candidate) -> bool:
    """ "…, the doctor, Ana Ruiz,": of whom was told before."""
    return title.how == "stands beside the name" and title.definite and title.owner is None


def _nation(title: Candidate, chain: Chain) -> str | None:
    return next(iter(sorted(chain.nations)), None) if not title.nation else title.nation


# ------------------------------------------------------------------ pronouns


def owner_beside(parse: Parse, pronoun: Candidate, chain: Chain, last: Candidate, group: str) -> bool:
    """A place that only lends its name to a thing: "Norway's capital … them", "Norway's army could not stop it"."""
    mine, theirs = parse.tokens[pronoun.head], parse.tokens[last.head]
    if chain.type == "Settlement" and pronoun.key == "them":
        return True
    if chain.type not in PLACE_TYPES or not phrases.owns(theirs) or phrases.owns(mine):
        return False
    if group == "they":
        return True
    verb = mine.head if not phrases.after(parse, mine.i) else parse.tokens[mine.head].head
    subject = next(iter(phrases.any_subjects(parse, verb)), None)
    return group == "it" and not phrases.is_subject(mine) and subject == theirs.head


def told_of(parse: Parse, pronoun: Candidate, owner: Chain, other: Chain) -> bool:
    """ "His deputy, Ana Ruiz, was charged. She …": the sentence before tells of her, so that her owner is passed by."""
    tokens, mine = parse.tokens, parse.tokens[pronoun.head]
    if not phrases.is_subject(mine) or not mine.sentence or not other.named:
        return False
    before = [c for c in owner.candidates if tokens[c.head].sentence == mine.sentence - 1]
    if len(before) != 1 or before[0].kind != "pronoun" or not phrases.owns(tokens[before[0].head]):
        return False
    noun = tokens[tokens[before[0].head].head]
    verb = tokens[noun.head]
    first = parse.sentences[mine.sentence].first
    opens = all(tokens[i].pos in ("CCONJ", "ADV", "PUNCT") for i in range(first, pronoun.head))
    return (
        opens
        and phrases.is_subject(noun)
        and verb.lemma not in SPEECH
        and any(
            c.kind == "name"
            and (c.head == noun.i or phrases.in_apposition(tokens[c.head]) and tokens[c.head].head == noun.i)
            for c in other.candidates
        )
    )
