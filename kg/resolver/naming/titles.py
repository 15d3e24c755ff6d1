"""Titles and roles that stand before a name as words of their own.

Names whose kind the article says once for all of them: "the Red Hand (RH) and Sector 9 gangs".
"""

from __future__ import annotations

from kg.grammar import labels, phrases
from kg.model import Parse
from kg.names import Gazetteer, plain
from kg.resolver.candidates import PROPER, Candidate, Taken, Titles, over
from kg.vocabulary import word_lists

PARENTS = word_lists("names")["parents"]


def titles_beside(parse: Parse, gazetteer: Gazetteer, taken: Taken, titles: Titles) -> None:
    """Titles and roles that stand before a name as its modifier: "Home Secretary", "coast guard spokesman"."""
    tokens = parse.tokens
    done = {name.first for _, name in titles}
    previous: Candidate | None = None
    for name in taken:
        if name is None or name is previous or name.adjective:
            continue
        previous = name
        i = name.first - 1
        if i < 0 or name.first in done or taken[i] is not None or tokens[i].sentence != tokens[name.first].sentence:
            continue
        token = tokens[i]
        word = token.text.lower()
        role = (
            gazetteer.nouns.get(token.lemma) == "Person"
            and token.tag in ("NN", "NNP")
            or word in gazetteer.titles
            and token.text[:1].isupper()
            or name.label == "PERSON"
            and token.tag == "NN"
            and token.dep == labels.COMPOUND
            and token.lemma not in gazetteer.nouns
            and token.text.islower()
        )
        inside = range(name.first, name.last)
        modifies = (
            token.dep in labels.TITLES
            and token.head in inside
            or phrases.in_apposition(tokens[name.head])
            and tokens[name.head].head == i
        )
        owned = taken[i - 1] if i else None
        company = owned is not None or tokens[i - 1].tag == "NNP" or name.label == "ORG"
        if token.lemma in PARENTS and token.text.islower() and modifies and i and company:
            name.type = name.type or "Company"  # "Velo parent Norvik Group"
            if owned is not None:
                owned.type = owned.type or "Company"
            continue
        if not role or name.land or not modifies and not (token.text[:1].isupper() and token.tag == "NNP"):
            continue
        if word in gazetteer.either_roles and token.text.islower() and name.label != "PERSON":
            continue
        first = i
        while (
            first > 0
            and tokens[first - 1].sentence == token.sentence
            and (
                tokens[first - 1].dep in labels.PREMODIFIERS
                and (name.first <= tokens[first - 1].head < name.last or first <= tokens[first - 1].head <= i)
                and (
                    tokens[first - 1].tag in ("NNP", "NN", "JJ", "VBN", "NNPS")
                    or tokens[first - 1].text[:1].isupper()  # a place that the tagger does not know
                )
                or tokens[first - 1].tag == "NNP"
                and taken[first - 1] is None
                and token.tag == "NNP"
            )
        ):
            first -= 1
        title = over(parse, first, i + 1, "nominal", token.lemma, head=i)
        title.type = "Person"
        for j in range(first, i):
            if (before := taken[j]) is not None and before.land:
                title.nation = before.land
        titles.append((title, name))


# ------------------------------------------------------------------ names of one kind

#: Kinds whose plural noun, right after the last of several names, says what all of them are.
SHARED = frozenset({"ArmedGroup", "PoliticalParty", "MediaOutlet"})
OPEN, CLOSE = frozenset({"(", "["}), frozenset({")", "]"})


def classed(parse: Parse, gazetteer: Gazetteer, taken: Taken) -> None:
    """Makes "X and Y 9 gangs" two names of the noun's kind; the last one carries the noun's place in the sentence."""
    tokens = parse.tokens
    for noun in tokens:
        kind = gazetteer.nouns.get(noun.lemma)
        if noun.tag != "NNS" or kind not in SHARED:
            continue
        start, i = parse.sentences[noun.sentence].first, noun.i
        while i > start and (tokens[i - 1].tag in PROPER or i == noun.i and tokens[i - 1].text.isdigit()):
            i -= 1
        if not (start + 1 < i < noun.i) or tokens[i].tag not in PROPER or tokens[i - 1].text not in ("and", "&"):
            continue
        other = taken[_before_bracket(parse, i - 2, start)]
        last = taken[i]
        if (
            other is None
            or other.land
            or other.kind != "name"
            or other is last
            and last is not None
            or last is not None
            and last.land
        ):
            continue
        for j in range(i, noun.i):
            if (both := taken[j]) is not None and both.first < i:  # one name of the pipeline
                break
        else:
            key = plain(" ".join(t.text for t in tokens[i : noun.i]))
            name = over(parse, i, noun.i, "name", key, head=noun.i)
            name.label, name.type = "ORG", kind
            for j in range(i, noun.i + 1):
                taken[j] = name
            other.label, other.type = "ORG", kind


def _before_bracket(parse: Parse, at: int, start: int) -> int:
    """The token before an abbreviation in brackets that ends at `at`, or `at` itself."""
    tokens = parse.tokens
    if tokens[at].text in CLOSE:
        for i in range(at - 1, max(start, at - 5), -1):
            if tokens[i].text in OPEN and i > start:
                return i - 1
    return at
