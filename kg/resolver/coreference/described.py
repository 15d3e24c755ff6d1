"""Which one a description means by more than its noun: the words before it, an age, the one body of its kind.

And what a pronoun cannot mean: the country that a phrase beside it belongs to, the owner where the other was told of.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.grammar import phrases
from kg.model import Parse
from kg.names import Gazetteer, plain
from kg.resolver.candidates import Candidate, Chain
from kg.resolver.coreference.fitting import PLACE_TYPES
from kg.resolver.naming.finding import age_behind
from kg.vocabulary import word_lists

if TYPE_CHECKING:
    from kg.resolver.coreference.history import History

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
#: Sentences within which somebody just introduced is named.
NEXT = 3


def nouns_before(parse: Parse, candidate: Candidate) -> frozenset[str]:
    """Nouns that stand before the head of a description, its possessor's included: "the teachers' union head"."""
    first = candidate.first
    if candidate.owner is not None:
        first = min([candidate.owner, *parse.subtree(candidate.owner)])
    words = parse.tokens[min(first, candidate.head) : candidate.head]
    return frozenset(plain(t.text) for t in words if t.pos in ("NOUN", "PROPN") or t.text[:1].isupper())


@dataclass(slots=True)
class Posts:
    """Who was called by which post so far: the nouns before it lead to those who have it."""

    by_noun: dict[str, dict[tuple[int, frozenset[str]], tuple[int, Chain]]] = field(default_factory=dict)

    def add(self, parse: Parse, candidate: Candidate, chain: Chain) -> None:
        """Takes in a description, if it names a post."""
        if candidate.key in POSTS and (words := nouns_before(parse, candidate)):
            for noun in words:
                self.by_noun.setdefault(noun, {}).setdefault((id(chain), words), (candidate.head, chain))

    def of_that_post(self, parse: Parse, candidate: Candidate) -> Chain | None:
        """ "the harbour chief" after "harbour office head Ana Ruiz": the one person whose post has all of its nouns."""
        if candidate.key not in POSTS or not (mine := nouns_before(parse, candidate)):
            return None
        found: dict[int, Chain] = {}
        rarest = min((self.by_noun.get(noun, {}) for noun in mine), key=len)
        for (_, words), (head, chain) in rarest.items():
            if chain.type == "Person" and chain.candidates and mine <= words and head < candidate.head:
                found[id(chain)] = chain
                if len(found) > 1:
                    return None
        return next(iter(found.values()), None)


def other_post(parse: Parse, candidate: Candidate, theirs: Container[str]) -> bool:
    """ "the port police chief" is not who was called "fire service chief": no noun before the two is the same; `theirs`
    are those before all posts of the other.
    """
    if not theirs or candidate.key not in POSTS or not (mine := nouns_before(parse, candidate)):
        return False
    return not any(noun in theirs for noun in mine)


def of_that_age(candidate: Candidate, aged: Mapping[str, Sequence[Chain]], seen: Container[int]) -> Chain | None:
    """ "the 34-year-old" after "Ana Ruiz, 34,": of those of each age the one person who was spoken of."""
    if not candidate.key.endswith(YEARS_OLD):
        return None
    found = None
    for chain in aged.get(candidate.key.removesuffix(YEARS_OLD), ()):
        if chain.type == "Person" and id(chain) in seen:
            if found is not None:
                return None
            found = chain
    return found


def by_age(parse: Parse, chains: Iterable[Chain]) -> dict[str, list[Chain]]:
    """What the text says right behind a name, "Ana Ruiz, 34,", and whose it is."""
    found: dict[str, dict[int, Chain]] = {}
    for chain in chains:
        for c in chain.candidates:
            if c.kind == "name" and (age := age_behind(parse, c.last)):
                found.setdefault(age, {})[id(chain)] = chain
    return {age: list(of.values()) for age, of in found.items()}


def another_body(candidate: Candidate, chain: Chain, gazetteer: Gazetteer) -> bool:
    """ "the army" and "the Free Hill Army": a body of the state and one that only has the word in its name; "the union"
    and a firm.
    """
    if candidate.key in NO_FIRM and chain.type == "Company":
        return not any(candidate.key in key.split() for key in chain.keys)
    if candidate.key not in THE_ONE or candidate.last - candidate.first > 1 or chain.land:
        return False
    names = [key.split() for key in chain.names if key.endswith(f" {candidate.key}")]
    return bool(names) and not any(_of_a_land(words, gazetteer) for words in names)


def _of_a_land(words: list[str], gazetteer: Gazetteer) -> bool:
    known = (gazetteer.land_names, gazetteer.adjectives, gazetteer.areas)
    return words[0] in OF_THE_CROWN or any(
        " ".join(words[i:j]) in names for names in known for i in range(len(words)) for j in range(i + 1, len(words))
    )


@dataclass(frozen=True, slots=True)
class Titled:
    """The people with a name who bear each title or role: its noun → what says so, with the chain and where that
    begins, in order of the text.
    """

    by_noun: Mapping[str, Sequence[tuple[Candidate, Chain, int]]]

    @staticmethod
    def of(chains: Iterable[Chain]) -> Titled:
        found: dict[str, list[tuple[Candidate, Chain, int]]] = {}
        for chain in chains:
            if chain.type == "Person" and chain.named:
                first = min(c.head for c in chain.candidates)
                for title in chain.candidates:
                    if title.kind == "nominal":
                        found.setdefault(title.key, []).append((title, chain, first))
        for titles in found.values():
            titles.sort(key=lambda t: t[0].head)
        return Titled(found)


def introduced(parse: Parse, candidate: Candidate, titled: Titled) -> Chain | None:
    """ "A French judge … French Judge Ana Ruiz": the one named later whose title says the same and more.

    A bare role ("a doctor … Doctor Ruiz") is not enough unless an article points back ("the doctor, Ana Ruiz,"), nor is
    a second one ("another French judge, Ana Ruiz").
    """
    mine = nouns_before(parse, candidate)
    bare = not candidate.nation and not mine
    here = parse.tokens[candidate.head].sentence
    found: dict[int, Chain] = {}
    titles = titled.by_noun.get(candidate.key, ())
    for at in range(bisect_right(titles, candidate.head, key=lambda t: t[0].head), len(titles)):
        title, chain, first = titles[at]
        after = parse.tokens[title.head].sentence - here
        if after > NEXT:
            break
        if (
            after > 0
            and first >= candidate.head
            and not title.indefinite
            and (title.how == "title before the name" and not bare or _points_back(title))
            and mine <= nouns_before(parse, title) | {title.key}
            and candidate.nation == (title.nation or _nation(title, chain))
        ):
            found[id(chain)] = chain
    if not found and _heads_a_place(parse, candidate):
        return _of_the_title(parse, candidate, titles)
    return next(iter(found.values())) if len(found) == 1 else None


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


def _of_the_title(parse: Parse, candidate: Candidate, titles: Sequence[tuple[Candidate, Chain, int]]) -> Chain | None:
    """The one person with that title before the name, where the title says no more and nobody else has it."""
    tokens = parse.tokens
    chain: Chain | None = None
    for one, of, _ in titles:
        if one.how == "title before the name":
            if chain is not None and of is not chain:
                return None
            chain, title = of, one
    if chain is None:
        return None
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


def told_of(parse: Parse, pronoun: Candidate, owner: History, other: History) -> bool:
    """ "His deputy, Ana Ruiz, was charged. She …": the sentence before tells of her, so that her owner is passed by."""
    tokens, mine = parse.tokens, parse.tokens[pronoun.head]
    if not phrases.is_subject(mine) or not mine.sentence or not other.chain.named:
        return False
    before = owner.in_sentence.get(mine.sentence - 1, ())
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
            for c in other.in_sentence.get(noun.sentence, ())
        )
    )
