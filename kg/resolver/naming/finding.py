"""Names in a parse: those of the pipeline, put right, and those it missed.

In: a parse and the gazetteer. Out: candidates of kind "name" that do not overlap, in order of the text, and for each
title before a name ("President") a nominal candidate that belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.grammar import labels, phrases
from kg.model import Parse, Token
from kg.names import Gazetteer, plain
from kg.resolver.candidates import NAME_LABELS, PROPER, QUOTES, Candidate, Taken, Titles, bare_key, over
from kg.resolver.naming.hyphens import JOINED, PREFIXES, hyphenated, is_mixed_people
from kg.resolver.naming.lines import is_citizen, is_code, is_language, line_names
from kg.resolver.naming.nicknames import nicknames
from kg.resolver.naming.titles import classed, titles_beside
from kg.resolver.naming.trimming import LINKS, is_title, take, well_known
from kg.vocabulary import word_lists

_LISTS = word_lists("names")

#: The two syllables of a Korean given name, and an Arabic surname with its article: "Jun-seok", "al-Hadi".
GIVEN_PAIR = re.compile(r"[A-Z][a-z]{1,5}-[a-z]{1,6}|(?:[Aa]l|[Ee]l|[Aa]s|[Aa]sh|[Aa]n|[Aa]r|[Aa]d)-[A-Z][a-z]+")
#: Marks that stand inside no name.
BREAKS = frozenset({";", "/", "|", "–", "—", "--"})
#: Words at the end of a name by which a shorter form of it is known, at most.
LONGEST_END = 8
POSSESSIVE = frozenset({"'s", "'", "’s", "’"})
#: Small words in names of other tongues; whose possessive is a part of a name; words of lands that alone mean another.
WITHIN, OWNERS, NOT_ALONE = _LISTS["within"], _LISTS["owners"], _LISTS["not_alone"]
HUMAN_SUBJECT, HUMAN_OBJECT = _LISTS["human_subject"], _LISTS["human_object"]
MURDER, SLAYING = _LISTS["murder"], _LISTS["slaying"]
HONORIFIC_END = _LISTS["honorific_ends"]
OPEN = frozenset({"(", "[", "-LRB-"})
CLOSE = frozenset({")", "]", "-RRB-"})


def find_names(parse: Parse, gazetteer: Gazetteer) -> tuple[list[Candidate], list[tuple[Candidate, Candidate]]]:
    """All names, and pairs of a title and the name it stands before."""
    taken: Taken = [None] * len(parse.tokens)
    blocked = bytearray(len(parse.tokens))  # dates, numbers: no part of a name run
    titles: Titles = []
    for name in parse.names:
        if name.label not in NAME_LABELS:
            for i in range(name.first, name.last):
                blocked[i] = 1
    if gazetteer.own:
        _own(parse, gazetteer, taken)
    line_names(parse, gazetteer, taken)
    for name in parse.names:
        if name.label in NAME_LABELS:
            for first, last in _pieces(parse, name.first, name.last):
                take(parse, gazetteer, first, last, name.label, taken, titles)
    _mend(parse, gazetteer, taken)
    _surnames(parse, taken)
    nicknames(parse, taken)
    _lands(parse, gazetteer, taken)
    _runs(parse, gazetteer, taken, blocked, titles)
    _brackets(parse, gazetteer, taken)
    classed(parse, gazetteer, taken)
    titles_beside(parse, gazetteer, taken, titles)
    names: list[Candidate] = []
    for candidate in taken:
        if candidate is not None and (not names or names[-1] is not candidate):
            candidate.citizen = candidate.adjective and is_citizen(parse, gazetteer, candidate.head)
            names.append(candidate)
    return names, titles


def _pieces(parse: Parse, first: int, last: int) -> list[tuple[int, int]]:
    """The parts of a name of the pipeline: cut at possessives ("Iran's Revolutionary Guard") and brackets."""
    tokens = parse.tokens
    pieces, start = [], first
    quotes = sum(tokens[i].text in QUOTES for i in range(first, last))
    for i in range(first, last):
        token = tokens[i]
        if token.tag == "POS" or token.text in POSSESSIVE:
            if (
                i > start
                and i + 1 < last
                and tokens[i + 1].text[:1].isupper()
                and (tokens[i - 1].lemma in OWNERS or token.text in ("'", "’") and tokens[i - 1].tag in ("NNS", "NNPS"))
            ):
                continue  # "People's Party", "Teachers' Union": one name
        elif (
            token.text not in OPEN
            and token.text not in CLOSE
            and token.text not in BREAKS
            and not is_code(token.text)
            and not (quotes % 2 and token.text in QUOTES)
        ):
            continue
        pieces.append((start, i))
        start = i + 1
    pieces.append((start, last))
    return [p for p in pieces if p[0] < p[1]]


def _own(parse: Parse, gazetteer: Gazetteer, taken: Taken) -> None:
    """Names of the user's gazetteer; of a name that two entries share only the words, not which of them is meant."""
    tokens = parse.tokens
    i = 0
    while i < len(tokens):
        step = 1
        for length in gazetteer.starts.get(plain(tokens[i].text), ()):
            last = i + length
            if last > len(tokens) or tokens[last - 1].sentence != tokens[i].sentence:
                continue
            words = [t.text for t in tokens[i:last]]
            entries = gazetteer.own.get(plain(" ".join(words)))
            if not entries or not any(w[:1].isupper() for w in words):
                continue
            candidate = over(parse, i, last, "name", bare_key(words))
            if len(entries) == 1:
                candidate.own = entries[0]
                candidate.label = "PERSON" if entries[0].type == "Person" else None
            for j in range(i, last):
                taken[j] = candidate
            step = length
            break
        i += step


def _lands(parse: Parse, gazetteer: Gazetteer, taken: Taken) -> None:
    """Countries, regions and their adjectives that the pipeline missed, also the first part of "US-led"."""
    tokens, starts = parse.tokens, gazetteer.starts
    i, n = 0, len(tokens)
    while i < n:
        token = tokens[i]
        text = token.text
        if taken[i] is not None or not text[:1].isupper():
            if taken[i] is None and "-" in text and text.partition("-")[0] in PREFIXES:
                hyphenated(parse, gazetteer, i, taken)
            i += 1
            continue
        step = 1
        if "-" not in text and is_mixed_people(parse, gazetteer, i):
            i += 2
            continue
        for length in starts.get(plain(text), ()):
            if i + length > n or any(taken[j] is not None for j in range(i, i + length)):
                continue
            key = plain(" ".join(t.text for t in tokens[i : i + length]))
            land = gazetteer.land_names.get(key)
            adjective = land is None and gazetteer.adjectives.get(key)
            known = None if land or adjective else well_known(gazetteer, key, [t.text for t in tokens[i : i + length]])
            area = gazetteer.areas.get(key) if not (land or adjective or known) else None
            if (
                not (land or adjective or known or area)
                or key in NOT_ALONE
                or key == "us"
                and text != "US"
                or adjective
                and length == 1
                and is_language(parse, gazetteer, i)
            ):
                continue
            if (
                (known or area)
                and length == 1
                and (
                    token.pos not in ("PROPN", "ADJ")
                    and not text.isupper()
                    or token.i == parse.sentences[token.sentence].first
                    and token.tag not in PROPER
                )
            ):
                continue
            if (
                (land or area)
                and length == 1
                and i + 1 < n
                and tokens[i + 1].tag in PROPER
                and tokens[i + 1].text not in POSSESSIVE
                and tokens[i].head == i + 1
                and tokens[i].dep in labels.COMPOUNDS
                and taken[i + 1] is None
            ):
                continue  # "Georgia Meloni": a run of proper nouns decides
            candidate = over(parse, i, i + length, "name", key)
            candidate.known = known
            candidate.land, candidate.adjective = land or adjective or None, bool(adjective)
            for j in range(i, i + length):
                taken[j] = candidate
            step = length
            break
        else:
            if "-" in text:
                hyphenated(parse, gazetteer, i, taken)
        i += step


def _runs(
    parse: Parse,
    gazetteer: Gazetteer,
    taken: Taken,
    blocked: bytearray,
    titles: Titles,
) -> None:
    """Runs of proper nouns that are in no name yet."""
    tokens = parse.tokens
    known = {c.key for c in taken if c is not None}
    lasts = {c.key.rsplit(" ", 1)[-1] for c in taken if c is not None and c.label == "PERSON"}
    for sentence in parse.sentences:
        shouting = _is_shouting(parse, sentence.first, sentence.last)
        i = sentence.first
        while i < sentence.last:
            if taken[i] is not None or blocked[i] or not _is_proper(tokens[i], gazetteer):
                i += 1
                continue
            last = i + 1
            while (
                last < sentence.last
                and taken[last] is None
                and not blocked[last]
                and (
                    _is_proper(tokens[last], gazetteer)
                    or tokens[last].text in LINKS
                    and last + 1 < sentence.last
                    and taken[last + 1] is None
                    and _is_proper(tokens[last + 1], gazetteer)
                )
            ):
                last += 1
            single = last - i == 1
            if all(
                is_title(tokens[j], gazetteer) or tokens[j].text.lower() in gazetteer.titles for j in range(i, last)
            ):
                if (
                    single
                    and not shouting
                    and tokens[i].tag == "NNP"
                    and is_human(tokens, i)
                    and not phrases.specified(parse, i)
                ):
                    surname = over(parse, i, last, "name", plain(tokens[i].text))
                    surname.label, taken[i] = "PERSON", surname  # "the slaying of King"
                i = last  # "Prime Minister" is no name
                continue
            key = plain(tokens[last - 1].text)
            if (
                key in known
                or single
                and key in lasts
                or single
                and i == sentence.first
                and _opens(parse, i, gazetteer)
                or not shouting
                and not (single and i == sentence.first)
                and (not single or _is_sure(tokens[i], gazetteer))
            ):
                human = not single and _is_pair(tokens[last - 1].text) and _is_called(tokens, i, last, gazetteer)
                label = "PERSON" if human else None
                take(parse, gazetteer, i, last, label, taken, titles)
            i = last


def _mend(parse: Parse, gazetteer: Gazetteer, taken: Taken) -> None:
    """Two names of the pipeline side by side that the parser takes for one compound: "Arminia" "Bielefeld"."""
    tokens = parse.tokens
    for i in range(1, len(tokens) - 1):
        left, right = taken[i - 1], taken[i + 1]
        if (
            tokens[i].text in WITHIN
            and taken[i] is None
            and left is not None
            and right is not None
            and not left.land
            and not right.land
            and tokens[i - 1].sentence == tokens[i + 1].sentence
            and tokens[i - 1].tag in PROPER
        ):
            both = over(parse, left.first, right.last, "name", f"{left.key} {tokens[i].text} {right.key}")
            both.label = left.label
            for j in range(left.first, right.last):
                taken[j] = both  # "Serra" "do" "Rebolo"
    for i in range(1, len(tokens)):
        left, right = taken[i - 1], taken[i]
        if (
            left is None
            or right is None
            or left is right
            or left.land
            or left.type
            or tokens[i].tag not in PROPER
            or tokens[i - 1].tag not in PROPER
            or tokens[i].sentence != tokens[i - 1].sentence
        ):
            continue
        if (
            tokens[left.head].dep in labels.COMPOUNDS
            and right.first <= tokens[left.head].head < right.last
            and right.label != "PERSON"
            and left.key not in gazetteer.areas
            and not right.land
        ):
            both = over(parse, left.first, right.last, "name", f"{left.key} {right.key}")
            both.label = right.label
            for j in range(left.first, right.last):
                taken[j] = both


class _Ends:
    """Names, and the words that they end in."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys: set[str] = set()
        self._ends: set[str] = set()
        for key in keys:
            self.add(key)

    def add(self, key: str) -> None:
        words = key.split(" ")
        self._keys.add(key)
        self._ends.update(" ".join(words[i:]) for i in range(max(1, len(words) - LONGEST_END), len(words)))

    def end_in(self, words: str, whole: bool = False) -> bool:
        """Whether one of them, with more words before, ends in these, or is these words as a `whole`."""
        return words in self._ends or whole and words in self._keys


def _surnames(parse: Parse, taken: Taken) -> None:
    """A last part that the pipeline left out or gave a name of its own: "Ana Quispe" "Rojas", "Omar" al-Hadi."""
    tokens = parse.tokens
    people = _Ends(c.key for c in taken if c is not None and c.label == "PERSON")
    for name in [c for i, c in enumerate(taken) if c is not None and c.first == i]:
        at = name.last
        if name.label != "PERSON" and (name.last - name.first > 1 or at >= len(tokens) or tokens[at - 1].head != at):
            continue
        if name.land or name.known or at >= len(tokens) or tokens[at].sentence != tokens[name.first].sentence:
            continue
        after = taken[at]
        split = (
            after is not None
            and after.label == "PERSON"
            and after.last - after.first == 1
            and tokens[name.last - 1].head == after.head
            and tokens[name.last - 1].dep in labels.COMPOUNDS
            and (name.last - name.first > 1 or people.end_in(f"{name.key} {after.key}", whole=True))
        )
        if not (
            split
            or after is None
            and _is_pair(tokens[at].text)
            and (tokens[at].tag in PROPER or tokens[at].text[0].islower())
        ):
            continue
        words = [t.text for t in tokens[name.first : at + 1]]
        whole = over(parse, name.first, at + 1, "name", bare_key(words), head=at)
        whole.label = "PERSON"
        for j in range(name.first, at + 1):
            taken[j] = whole
        people.add(whole.key)
    for name in [c for i, c in enumerate(taken) if c is not None and c.first == i and c.label == "PERSON"]:
        i = name.first - 1
        if (
            i >= 0
            and taken[i] is None
            and tokens[i].tag in PROPER
            and tokens[i].dep == labels.COMPOUND
            and tokens[i].head == name.head
            and people.end_in(f"{plain(tokens[i].text)} {name.key}")
        ):  # "Rojas" of "Quispe Rojas", where the full name is in the article
            name.first, name.start, name.key = i, tokens[i].start, f"{plain(tokens[i].text)} {name.key}"
            taken[i] = name


def _is_pair(word: str) -> bool:
    """Whether a word with a hyphen is a part of a person's name: "Jun-seok", never "Oslo-led" or "Co-op"."""
    left, _, right = word.partition("-")
    return bool(GIVEN_PAIR.fullmatch(word)) and right not in JOINED and left.lower() not in PREFIXES and right != "op"


def _is_called(tokens: tuple[Token, ...], first: int, last: int, gazetteer: Gazetteer) -> bool:
    """Whether a run that ends in such a pair is a person: Korean, or behind a given name; "Masjid Al-Haram" is not."""
    article = tokens[last - 1].text.partition("-")[2][:1].isupper()
    return not article or gazetteer.is_given(tokens[first].text)


def _opens(parse: Parse, i: int, gazetteer: Gazetteer) -> bool:
    """A single proper noun that opens a sentence and is a name: "Binta, who …", "Hecking said …"."""
    tokens = parse.tokens
    if i + 2 >= len(tokens) or not _is_sure(tokens[i], gazetteer) or tokens[i].tag != "NNP" or len(tokens[i].text) < 3:
        return False
    after = tokens[i + 1]
    return (
        after.text == ","
        and (tokens[i + 2].text in ("who", "whose") or is_age(tokens, i + 2))
        or after.lemma in ("say", "tell")
        and after.pos == "VERB"
        or after.tag == "POS"
        and phrases.owns(tokens[i])
        or is_human(tokens, i)
    )


def is_human(tokens: tuple[Token, ...], i: int) -> bool:
    """Its verb, or the noun that it is said of, says that it is a person."""
    token, above = tokens[i], tokens[tokens[i].head]
    return (
        token.dep == labels.SUBJECT
        and above.lemma in HUMAN_SUBJECT | MURDER
        or token.dep in labels.UNDERGOERS
        and (above.lemma in MURDER or above.lemma == "bear")
        or token.dep == labels.PASSIVE_SUBJECT
        and above.lemma in HUMAN_OBJECT
        or token.dep == labels.PREPOSITIONAL_OBJECT
        and above.lemma == "of"
        and tokens[above.head].lemma in SLAYING
    )


def is_age(tokens: tuple[Token, ...], i: int) -> bool:
    """ "45," after a name and its comma."""
    return (
        i + 1 < len(tokens)
        and tokens[i].tag == "CD"
        and len(tokens[i].text) == 2
        and tokens[i].text.isdigit()
        and tokens[i + 1].text in (",", ".", ";", ")")
    )


def age_behind(parse: Parse, at: int) -> str | None:
    """The age that stands in commas from token `at` on."""
    tokens = parse.tokens
    if at + 1 < len(tokens) and tokens[at].text == "," and is_age(tokens, at + 1):
        return tokens[at + 1].text
    return None


def _is_proper(token: Token, gazetteer: Gazetteer) -> bool:
    return (
        token.tag in PROPER
        and token.text[:1].isupper()
        and token.text.lower() not in gazetteer.no_names
        and token.text.lower() not in gazetteer.peoples
    )


def _is_sure(token: Token, gazetteer: Gazetteer) -> bool:
    """A single proper noun that can be a name: no common noun written large, no part of a compound."""
    return len(token.text) > 1 and token.lemma not in gazetteer.nouns and token.lemma not in gazetteer.titles


def _is_shouting(parse: Parse, first: int, last: int) -> bool:
    """A line mostly of capitals or capitalised words (a headline): its capitals say little."""
    tokens = parse.tokens[first:last]
    words = [t for t in tokens if t.text.isalpha() and len(t.text) > 3]
    if any(t.tag in ("VBD", "VBN") and t.text.islower() for t in tokens):
        return False
    return len(words) > 2 and sum(t.text[0].isupper() for t in words) > 0.7 * len(words)


def _brackets(parse: Parse, gazetteer: Gazetteer, taken: Taken) -> None:
    """A single capitalised word in brackets after a name of two words or more is its short form, name or not."""
    tokens = parse.tokens
    for i in range(2, len(tokens) - 1):
        if (
            tokens[i - 1].text in OPEN
            and tokens[i + 1].text in CLOSE
            and taken[i] is None
            and (long := taken[i - 2]) is not None
        ):
            text = tokens[i].text
            if text[:1].isupper() and len(text) > 1 and not text.isdigit() and plain(text) not in gazetteer.no_names:
                if long.last - long.first > 1 and not long.land:
                    candidate = over(parse, i, i + 1, "name", plain(text))
                    taken[i] = candidate
