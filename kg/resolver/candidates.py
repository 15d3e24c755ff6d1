"""The working values of the resolver: words that may be a mention, and chains of them that are one thing."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import Gender, MentionKind, Parse
from kg.names import Own, plain

#: Labels of the pipeline that stand for things with a name (the others are dates and numbers).
NAME_LABELS = frozenset({"PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"})

PROPER = frozenset({"NNP", "NNPS"})


@dataclass(slots=True, eq=False)
class Candidate:
    """Tokens `first` to `last` (exclusive), with what the words by themselves tell."""

    first: int
    last: int
    head: int
    kind: MentionKind
    start: int
    end: int
    key: str  # how it is looked up: plain words of a name, lemma of a nominal or pronoun
    label: str | None = None  # of the pipeline
    land: str | None = None  # key of the country or region it names
    known: str | None = None  # main name of a well-known organization, event …
    own: Own | None = None  # entry of the user's gazetteer
    adjective: bool = False  # "Chilean" as a word for Chile
    citizen: bool = False  # "a Chilean": names Chile, and is the head of the words for a person
    type: str | None = None  # of a nominal: by its head noun
    plural: bool = False
    gender: Gender | None = None
    definite: bool = False  # the, this, a possessor
    indefinite: bool = False  # a, another, some, a numeral
    owner: int | None = None  # token of the possessor ("his", "Chile" in "Chile's prisons")
    nation: str | None = None  # country whose adjective modifies it
    number: bool = False  # a numeral stands with it
    how: str = ""  # what joined it to its chain, in plain words; empty for the first of it
    margin: int | None = None  # by what score its chain beat the next best, where it had to be chosen
    chain: Chain | None = None


@dataclass(slots=True, eq=False)
class Chain:
    """Candidates that stand for one thing, in order of the text."""

    candidates: list[Candidate] = field(default_factory=list)
    type: str = "Entity"
    land: str | None = None
    own: Own | None = None
    place: str | None = None  # key of a settlement in the gazetteer
    namesake: bool = False  # another of the very name is in the article
    plural: bool = False
    gender: Gender | None = None
    nations: set[str] = field(default_factory=set)  # countries whose adjective or name modified a mention
    heads: set[str] = field(default_factory=set)  # head nouns said of it
    members: list[Chain] = field(default_factory=list)
    number: int = 0
    named: bool = False  # a name is among the candidates
    keys: dict[str, None] = field(default_factory=dict)  # of all candidates, and of the names alone
    names: dict[str, None] = field(default_factory=dict)

    def add(self, candidate: Candidate, how: str = "") -> None:
        """Takes in a candidate; `how` tells what joined it to those that are there."""
        candidate.chain = self
        candidate.how = how
        self.candidates.append(candidate)
        self.keys[candidate.key] = None
        if candidate.kind == "name":
            self.named = True
            self.names[candidate.key] = None
        if candidate.nation:
            self.nations.add(candidate.nation)
        if candidate.kind == "nominal":
            self.heads.add(candidate.key)

    def absorb(self, other: Chain, how: str) -> None:
        """Takes over all candidates of another chain."""
        if other is self:
            return
        for candidate in other.candidates:
            self.add(candidate, candidate.how or how)
        self.nations |= other.nations
        self.heads |= other.heads
        self.gender = self.gender or other.gender
        self.land = self.land or other.land
        self.own = self.own or other.own
        other.candidates, other.named, other.keys, other.names = [], False, {}, {}

    @property
    def first(self) -> int:
        return min(c.first for c in self.candidates)


def over(parse: Parse, first: int, last: int, kind: MentionKind, key: str, head: int | None = None) -> Candidate:
    """A candidate over tokens `first` to `last` (exclusive); its head is the token whose head lies outside."""
    tokens = parse.tokens
    if head is None:
        head = last - 1
        for i in range(first, last):
            if not first <= tokens[i].head < last or tokens[i].head == i:
                head = i
                break
    return Candidate(first, last, head, kind, tokens[first].start, tokens[last - 1].end, key)


#: Each token's name, of those found so far; and pairs of a title and the name it stands before.
Taken = list[Candidate | None]
Titles = list[tuple[Candidate, Candidate]]

QUOTES = frozenset({'"', "“", "”", "„", "''", "``"})


def after_breaks(parse: Parse, first: int, head: int) -> int:
    """Where the words before a head begin that no lone bracket or quotation mark parts from it: "(the old) prisons"."""
    tokens, start = parse.tokens, first
    opened: list[int] = []
    marks: list[int] = []
    for i in range(first, head):
        text = tokens[i].text
        if text in QUOTES:
            marks.append(i)
        elif text[-1] in "([{":
            opened.append(i)
        elif text[-1] in ")]}" and text[0] not in "([{":
            if opened:
                opened.pop()
            else:
                start = i + 1
    lone = marks[-1:] if len(marks) % 2 else []
    return max(start, *(i + 1 for i in (*opened, *lone)), 0)


def bare_key(words: list[str]) -> str:
    """The plain words of a name, without a leading article."""
    key = plain(" ".join(words))
    return key[4:] if key.startswith("the ") else key
