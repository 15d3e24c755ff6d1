"""What a chain was called before the mention at hand, summed up as the walk goes on.

A chain only grows while the walk lasts, but it may hold candidates that stand further on: names, and what stands beside
them. What is asked of a chain for each mention is kept here, so that a mention costs the same whether its chain holds
five candidates or five thousand.
"""

from __future__ import annotations

from collections import defaultdict, deque
from heapq import heappop, heappush

from kg.model import Parse
from kg.resolver.candidates import Candidate, Chain
from kg.resolver.coreference.described import POSTS, nouns_before
from kg.resolver.coreference.fitting import modifiers, noun_after_of, words_of


class Nominals:
    """The nominals of a chain, or those of them that stand before a mention: what their words say together."""

    def __init__(self) -> None:
        self.first: tuple[int, Candidate] | None = None  # with its place in the chain
        self.modifiers: set[str] = set()
        self.words: set[tuple[str, ...]] = set()
        self.after_of: set[str] = set()
        self.bare = False  # one of them stands without modifiers

    def add(self, parse: Parse, place: int, nominal: Candidate) -> None:
        if self.first is None or place < self.first[0]:
            self.first = place, nominal
        found = modifiers(parse, nominal)
        self.modifiers |= found
        self.bare = self.bare or not found
        self.words.add(words_of(parse, nominal))
        if (after := noun_after_of(parse, nominal.head)) is not None:
            self.after_of.add(after)


class History:
    """One chain as a walk in the order of the text knows it; `before` moves on and never back."""

    def __init__(self, parse: Parse, chain: Chain) -> None:
        self._parse, self.chain = parse, chain
        self._read = 0  # of the chain's candidates
        self._ahead: list[tuple[int, int, Candidate]] = []  # a heap
        self._last: Candidate | None = None
        self.latest: Candidate | None = None  # the nominal that was last taken in
        self.nominals, self.nominals_before = Nominals(), Nominals()
        self.kinds: set[str | None] = set()  # types of the nominals
        self.posts: set[str] = set()  # nouns before those that name a post
        self.in_sentence: dict[int, list[Candidate]] = defaultdict(list)
        self.owned: deque[Candidate] = deque()  # candidates with a possessor

    def read(self) -> History:
        """Itself, with all that the chain has taken in since."""
        candidates, parse = self.chain.candidates, self._parse
        for place in range(self._read, len(candidates)):
            candidate = candidates[place]
            heappush(self._ahead, (candidate.head, place, candidate))
            self.in_sentence[parse.tokens[candidate.head].sentence].append(candidate)
            if candidate.owner is not None:
                self.owned.append(candidate)
            if candidate.kind == "nominal":
                self.latest = candidate
                self.kinds.add(candidate.type)
                if candidate.key in POSTS:
                    self.posts |= nouns_before(parse, candidate)
                self.nominals.add(parse, place, candidate)
        self._read = len(candidates)
        return self

    def before(self, head: int) -> Candidate | None:
        """The last candidate whose head stands before a token; `nominals_before` are of the same stretch."""
        while self._ahead and self._ahead[0][0] < head:
            _, place, candidate = heappop(self._ahead)
            if self._last is None or candidate.head > self._last.head:
                self._last = candidate
            if candidate.kind == "nominal":
                self.nominals_before.add(self._parse, place, candidate)
        return self._last
