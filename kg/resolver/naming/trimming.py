"""A run of words becomes a name: what does not belong to it is taken off both ends, then it is looked up.

In: the words that the pipeline or a run of proper nouns gives. Out: a candidate, or None where nothing is left or the
words name a title, a people or a language; a title cut off the front is a nominal of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Parse, Token
from kg.names import Gazetteer, plain
from kg.resolver.candidates import PROPER, Candidate, Taken, Titles, bare_key, over
from kg.resolver.naming.hyphens import hyphenated, is_joined, is_mixed_people, state
from kg.resolver.naming.lines import is_language
from kg.vocabulary import word_lists

_LISTS = word_lists("names")

LINKS, PARTICLES = _LISTS["links"], _LISTS["particles"]
PERSONAL, CHIEFS, PORTFOLIOS = _LISTS["personal"], _LISTS["chiefs"], _LISTS["portfolios"]
COMPANY_WORDS, TOWNS = _LISTS["company_words"], _LISTS["towns"]
#: Tags of words that begin no name, and of small words and verbs that end none.
BEGINS_NO_NAME = frozenset({"DT", "PRP$", "CD", "IN", "CC", "POS", "RB", "PRP", "WDT"})
ENDS_NO_NAME = frozenset({"IN", "CC", "DT", "TO", "POS", "WDT", "WP", "VBD", "VBZ", "VBP", "MD"})


def take(
    parse: Parse, gazetteer: Gazetteer, first: int, last: int, label: str | None, taken: Taken, titles: Titles
) -> Candidate | None:
    """Marks tokens as a name after trimming article, title and punctuation; None if nothing is left."""
    cut = _Cut(parse, gazetteer, taken, first, last, label)
    cut.small_words()
    if cut.rank_of_the_next():
        return None
    cut.kind_behind()
    if not cut.size:
        return None
    if is_joined(parse.tokens[cut.last - 1].text, gazetteer):
        hyphenated(parse, gazetteer, cut.last - 1, taken)
        return taken[cut.last - 1]
    if is_mixed_people(parse, gazetteer, cut.first):
        return None
    if cut.is_of_a_party():
        hyphenated(parse, gazetteer, cut.first, taken)
        if taken[cut.first] is not None:
            return taken[cut.first]
    cut.role_of_a_body()
    title = cut.titles()
    cut.numbers()
    first, last = cut.first, cut.last
    if first >= last or any(taken[i] is not None for i in range(first, last)) or cut.is_common():
        return None
    words = [t.text for t in parse.tokens[first:last]]
    key = bare_key(words)
    if key not in gazetteer.areas and last - first == 1 and state(parse, first, words[0]) in gazetteer.areas:
        key = state(parse, first, words[0])  # "Vt" before a full stop of its own
    known = well_known(gazetteer, key, words)
    if cut.is_no_name(key, known):
        return None
    candidate = over(parse, first, last, "name", key)
    candidate.label, candidate.known = label, known
    for i in range(first, last):
        taken[i] = candidate
    _know_land(candidate, gazetteer, words)
    if title < first:
        titles.append((over(parse, title, first, "nominal", parse.tokens[first - 1].lemma, head=first - 1), candidate))
    return candidate


@dataclass(slots=True)
class _Cut:
    """Words from `first` to `last` (exclusive) of which what is no part of the name is cut, step by step."""

    parse: Parse
    gazetteer: Gazetteer
    taken: Taken
    first: int
    last: int
    label: str | None

    def token(self, i: int) -> Token:
        return self.parse.tokens[i]

    @property
    def size(self) -> int:
        return self.last - self.first

    def small_words(self) -> None:
        """Articles, marks and small words at both ends."""
        while self.first < self.last and self._opens_no_name():
            if self.token(self.first).tag == "CD" and self.size > 1:
                if self.label in ("ORG", "PRODUCT", "EVENT", "WORK_OF_ART"):
                    break
            self.first += 1
        while self.size > 0 and not (self.token(self.last - 1).text[-1:].isalnum() or self._ends_with(".")):
            self.last -= 1
        while self.size > 0 and self.token(self.last - 1).tag in ENDS_NO_NAME:
            if not self.token(self.last - 1).text[:1].islower():
                break
            self.last -= 1

    def _ends_with(self, mark: str) -> bool:
        return self.token(self.last - 1).text.endswith(mark)

    def _opens_no_name(self) -> bool:
        token = self.token(self.first)
        if not token.text[:1].isalnum():
            return True
        if self.size > 1 and is_joined(token.text, self.gazetteer) and token.text.rpartition("-")[2].islower():
            return True  # "Toronto-listed Halden Copper"
        return token.tag in BEGINS_NO_NAME and not (token.tag == "CD" and self.size > 1 and token.text[:1].isupper())

    def rank_of_the_next(self) -> bool:
        """Cuts a title of the next name ("Fire Department Capt."); true if all is a title ("Transport Minister")."""
        tokens = self.parse.tokens
        if (
            self.size < 2
            or self.label == "PERSON"
            or self.last >= len(tokens)
            or tokens[self.last - 1].text.lower() not in self.gazetteer.titles
            or tokens[self.last - 1].tag not in PROPER
            or not (tokens[self.last].tag in PROPER or tokens[self.last].text == ".")
        ):
            return False
        self.last -= 1
        before = tokens[self.last - 1]
        return (
            tokens[self.last].text.lower() in PORTFOLIOS
            and not is_body(before, self.gazetteer)
            and plain(before.text) not in self.gazetteer.land_names
            and not self.gazetteer.nation(before.text)
        )

    def kind_behind(self) -> None:
        """Cuts the common noun of "Kano city"."""
        token = self.token(self.last - 1) if self.size > 1 else None
        if token is not None and token.text.islower() and token.lemma in TOWNS:
            self.last -= 1

    def is_of_a_party(self) -> bool:
        """ "D-Calif."."""
        tokens = self.parse.tokens
        return tokens[self.first].text[1:2] == "-" and all(t.text == "." for t in tokens[self.first + 1 : self.last])

    def role_of_a_body(self) -> None:
        """ "Carmaker" of "Carmaker Velo" at the head of a sentence."""
        if self.label in ("ORG", "GPE", "PRODUCT") and self.size > 1:
            token = self.token(self.first)
            if (
                self.first == self.parse.sentences[token.sentence].first
                and self.token(self.first + 1).tag in PROPER
                and token.text.lower() in self.gazetteer.either_roles
            ):
                self.first += 1

    def titles(self) -> int:
        """Cuts titles and roles before a person, takes in a particle; the token where the titles begin."""
        begins = self.first
        while self.label in ("PERSON", "ORG", None, "GPE") and self.size > 1 and self._opens_with_title():
            self.first += 1
        while (
            self.label in ("ORG", "GPE", "NORP")
            and self.size > 2
            and self.gazetteer.nouns.get(self.token(self.first).text.lower()) == "Person"
            and self.token(self.first + 1).tag in PROPER
            and self.token(self.last - 1).lemma not in self.gazetteer.nouns
        ):
            self.first += 1  # "Protester Son Chum"
        if self.label == "PERSON":
            while self.size > 1 and (text := self.token(self.first).text).islower():
                if text in LINKS or text.startswith("al-"):
                    break
                self.first += 1
                begins = self.first
            while self.size > 0 and self._after_particle():
                self.first -= 1  # "von Bothmer"
        return begins

    def _opens_with_title(self) -> bool:
        token, person = self.token(self.first), self.label == "PERSON"
        return (
            is_title(token, self.gazetteer)
            and self.token(self.first + 1).tag in PROPER
            and (person or not is_body(self.token(self.last - 1), self.gazetteer))
            and (person or token.text.lower().rstrip(".") in PERSONAL)
        )

    def _after_particle(self) -> bool:
        i = self.first - 1
        return (
            i >= 0
            and self.token(i).text in PARTICLES
            and self.taken[i] is None
            and self.token(i).sentence == self.token(self.first).sentence
        )

    def numbers(self) -> None:
        """Cuts the score of a game and a year, takes in the number of a name."""
        tokens = self.parse.tokens
        if self.size > 1 and tokens[self.last - 1].text.isdigit():
            if plain(" ".join(t.text for t in tokens[self.first : self.last - 1])) in self.gazetteer.land_names:
                self.last -= 1
        if self.size > 2 and tokens[self.last - 1].tag == "CD" and tokens[self.last - 2].tag == "IN":
            self.last -= 2  # "French Revolution of 1789"
        if not self.first < self.last < len(tokens) or self.label == "PERSON":
            return
        follows = tokens[self.last]
        if (
            follows.text.isdigit()
            and len(follows.text) < 4
            and self.taken[self.last] is None
            and follows.sentence == tokens[self.first].sentence
            and self.first <= follows.head < self.last
            and follows.start == tokens[self.last - 1].end + 1
        ):
            self.last += 1  # "Barrio 18", "Schalke 04"

    def is_common(self) -> bool:
        """Without a capital, or the plural of letters: "NGOs", "MPs"."""
        token = self.token(self.first)
        letters = (
            self.size == 1
            and token.text[-1] == "s"
            and len(token.text) > 2
            and token.text[:-1].isupper()
            and token.tag in ("NNS", "NNPS")
            and self.label not in ("GPE", "LOC")
        )
        words = (t.text for t in self.parse.tokens[self.first : self.last])
        return letters or not any(w[:1].isupper() or w[1:2].isupper() for w in words)

    def is_no_name(self, key: str, known: str | None) -> bool:
        """A people, a language, a title, or a word that never names anything by itself."""
        gazetteer, land = self.gazetteer, key in self.gazetteer.land_names
        if self.size > 1:
            return known is None and all(w in gazetteer.peoples for w in key.split())
        if key in gazetteer.people and key not in gazetteer.adjectives and not land:
            return True  # "Norwegians"
        if is_language(self.parse, gazetteer, self.first):
            return True
        if known is not None:
            return False
        return (
            key in gazetteer.no_names
            or key in gazetteer.titles
            and not land
            or all(w in gazetteer.peoples for w in key.split())
            or self.last < len(self.parse.tokens)
            and self.token(self.last).text.lower() in gazetteer.titles | CHIEFS
            and gazetteer.nouns.get(key) in ("Settlement", "Region")  # "City Manager Ana Ruiz"
        )


def is_body(token: Token, gazetteer: Gazetteer) -> bool:
    """The last word of an organization or a place: "Justice Ministry", "General Motors"."""
    word = token.text.lower()
    return word in COMPANY_WORDS or gazetteer.nouns.get(word, "Person") not in ("Person", "Group")


def is_title(token: Token, gazetteer: Gazetteer) -> bool:
    return token.text[:1].isupper() and (
        token.text.lower() in gazetteer.titles or gazetteer.nouns.get(token.text.lower()) == "Person"
    )


def well_known(gazetteer: Gazetteer, key: str, words: list[str]) -> str | None:
    """The main name of a well-known thing; a short form must be written in the capitals it has."""
    found = gazetteer.known.get(key)
    if found is None:
        return None
    text = " ".join(words)
    if found.form.isupper() and not text.isupper() or found.form[:1].isupper() and text[:1].islower():
        return None
    return found.main


def _know_land(candidate: Candidate, gazetteer: Gazetteer, words: list[str]) -> None:
    """Notes the country or region that the words name, as a noun or an adjective."""
    key = candidate.key
    if words[0] == "us" or key == "us" and words[-1] != "US":
        return
    if (land := gazetteer.land_names.get(key)) is not None:
        candidate.land = land
    elif (land := gazetteer.adjectives.get(key)) is not None:
        candidate.land, candidate.adjective = land, True
