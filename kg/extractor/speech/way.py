"""What is met on the way from a predicate up to the root of its sentence, and what every step of it looks at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kg.extractor.speech.scope import Scope, Told
from kg.grammar import cues as lexicon
from kg.model import Attribution, Parse, Status

#: Statuses that also reach what is taken for granted: someone says it, and it is no one's plan.
SAID = frozenset({"reported", "alleged", "denied"})


class Way:
    """What was met on the way up. `because` tells what gave each status, in the order met."""

    __slots__ = (
        "apart",
        "aside",
        "because",
        "conceded",
        "negative",
        "only_said",
        "remark",
        "sources",
        "start",
        "statuses",
        "would",
    )

    def __init__(self, start: int) -> None:
        self.start = start
        self.statuses: list[Status] = []
        self.because: list[Told] = []
        self.negative = False
        self.only_said = False  # from here on, plans and negations no longer reach the token
        self.aside = False  # in a remark of the writer's own: ", which opened in 2019,"
        self.apart = False  # … and not even of the one to whom the whole sentence is attributed
        self.remark = False
        self.conceded = -1  # the verb of a clause like "though she denied it" that was passed
        self.would: Told | None = None  # a "would" that is a plan if it turns out to be reported, else a doubt
        self.sources: list[str] = []

    def add(self, told: Told) -> None:
        """Takes a status as far as it reaches: two negations do not make a fact, what is granted is only said."""
        if told.status == "negated":
            if not self.only_said:
                self.negative = True
                self.because.append(told)
        elif told.status == "asserted":
            self.because.append(told)
        elif not self.only_said or told.status in SAID:
            self.force(told)

    def force(self, told: Told) -> None:
        """Takes a status whatever is taken for granted."""
        self.statuses.append(told.status)
        self.because.append(told)


class Link(NamedTuple):
    """One link of the tree: from the token `at` by `dep` to its `head`; `place` is its governor and construction."""

    at: int
    dep: str
    head: int
    place: tuple[int, str] | None


@dataclass(frozen=True)
class Context:
    """What the steps of a way look at: one document with who says what in it."""

    parse: Parse
    cues: lexicon.Cues
    attributions: Sequence[Attribution]
    heads: Mapping[int, Sequence[int]]  # token that heads a content → its attributions
    direct: Mapping[int, int]  # token → attribution whose quotation it stands in
    inside: frozenset[int]  # all quoted tokens, single words too

    @cached_property
    def scope(self) -> Scope:
        return Scope(self.parse, self.cues, self.inside)

    @cached_property
    def by_cue(self) -> Mapping[int, Attribution]:
        return {a.cue_token: a for a in self.attributions}

    @cached_property
    def named(self) -> frozenset[int]:
        """Tokens of names."""
        return frozenset(i for n in self.parse.names for i in range(n.first, n.last))

    def somebody(self, i: int) -> bool:
        """Whether a noun stands for people or a body; a capital alone does not make a name."""
        token = self.parse.tokens[i]
        return self.cues.is_agent(token) and (token.pos != "PROPN" or i in self.named)

    def attributed(self, attribution: Attribution) -> Told:
        """What an attribution makes of its content."""
        return Told(attribution.status, self.rule_at(attribution.cue_token), attribution.cue_token)

    def rule_at(self, cue: int) -> str:
        """The block of cues to which a token that says something belongs."""
        table = self.cues.governments(self.parse, cue)
        rule = table.get("clause") or table.get("quote") or next(iter(table.values()), None)
        if rule is None:
            rule = self.cues.adverbs.get(self.parse.tokens[cue].lemma)
        return rule.rule if rule else "step: attribution"


def take_local(context: Context, way: Way, i: int, *, cue: bool = False, negation: bool = True) -> None:
    """Adds what the words around a token say of it. A negated cue ("did not confirm that") leaves a doubt."""
    local = context.scope.local(i)
    for told in local.statuses:
        if told.status == "hypothetical" and context.scope.has_would(i) and not way.only_said:
            way.would = told
        else:
            way.add(told)
    if local.negation is not None and negation:
        way.add(local.negation._replace(status="hypothetical") if cue else local.negation)


def take_source(way: Way, attribution: Attribution) -> None:
    if attribution.source_entity is not None:
        way.sources.append(attribution.source_entity)


def would_be(way: Way) -> None:
    """ "Said he would resign": in reported speech "would" is a will of the past."""
    if way.would is not None:
        way.add(way.would._replace(status="planned"))
        way.would = None
