"""The lexicon of saying and doubting, as read from ontology/cues/.

A governor (verb, noun, adjective) with a construction (kg/grammar/constructions.py) gives what stands under it a
status.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple, get_args

from kg.errors import InputError
from kg.model import Parse, Status, Token
from kg.vocabulary import data_folder, tables

STATUSES = frozenset(get_args(Status))
NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


class Government(NamedTuple):
    """What a word makes of what it governs or stands beside; `attributed` if that is a statement with a source.

    `rule` names the block of ontology/cues/ that says so ("verb: saying").
    """

    status: Status
    attributed: bool
    rule: str


Governments = Mapping[str, Government]  # construction → what it does
FINITE = frozenset({"VBD", "VBZ", "VBP"})
#: Statuses of what someone says or believes.
SPOKEN = frozenset({"reported", "alleged", "denied", "hypothetical"})
NOTHING: Governments = {}


@dataclass(frozen=True)
class Cues:
    """The tables, by word."""

    verbs: Mapping[str, Governments] = field(repr=False)
    nouns: Mapping[str, Governments] = field(repr=False)
    adjectives: Mapping[str, Governments] = field(repr=False)
    premodifiers: Governments = field(repr=False)
    adverbs: Governments = field(repr=False)
    auxiliaries: Governments = field(repr=False)
    conjunctions: Governments = field(repr=False)
    prepositions: Governments = field(repr=False)
    gerund_prepositions: Governments = field(repr=False)
    sources: frozenset[str] = field(repr=False)
    happening: frozenset[str] = field(repr=False)
    headline_sources: frozenset[str] = field(repr=False)
    unfinished: Governments = field(repr=False)
    agents: frozenset[str] = field(repr=False)
    agent_endings: tuple[str, ...] = field(repr=False)
    not_agents: frozenset[str] = field(repr=False)
    event_nouns: frozenset[str] = field(repr=False)
    event_endings: tuple[str, ...] = field(repr=False)
    not_events: frozenset[str] = field(repr=False)
    begun: frozenset[str] = field(repr=False)
    undecided: Governments = field(repr=False)
    asides: frozenset[str] = field(repr=False)  # verbs that may say who tells the sentence around them
    aside_verbs: frozenset[str] = field(repr=False)
    aside_rumors: frozenset[str] = field(repr=False)
    aside_its: frozenset[str] = field(repr=False)
    aside_sources: frozenset[str] = field(repr=False)
    inverted: frozenset[str] = field(repr=False)  # … and stand before their speaker: "said the mayor"
    aside_phrases: Governments = field(repr=False)
    aside_fictions: Governments = field(repr=False)
    steps: Mapping[str, str] = field(repr=False)  # name of a step → why it gives its status, in plain words

    def governments(self, parse: Parse, i: int) -> Governments:
        """What the token governs, by construction; empty if it is no cue."""
        token = parse.tokens[i]
        if token.pos == "VERB" and token.tag == "VBZ" and token.dep in ("nsubj", "nsubjpass", "dobj", "pobj"):
            return self.nouns.get(token.lemma, NOTHING)  # "Rumours that he left are false", taken for a verb
        if token.pos in ("VERB", "AUX"):
            for c in parse.children[i]:
                if parse.tokens[c].dep == "prt" and (found := self.verbs.get(f"{token.lemma} {parse.tokens[c].lemma}")):
                    return found
            return self.verbs.get(token.lemma, NOTHING)
        if token.pos in ("NOUN", "PROPN"):
            return self.nouns.get(token.lemma, NOTHING)
        if token.pos in ("ADJ", "ADV"):
            return (
                self.adjectives.get(token.lemma)
                or (self.verbs.get(_verb_of(token.lemma)) if token.lemma.endswith("ed") else None)
                or NOTHING
            )
        return NOTHING

    def is_agent(self, token: Token) -> bool:
        """Whether a noun stands for people or a body, by its word alone."""
        return (
            token.pos in ("PROPN", "PRON")
            or token.lemma in self.agents
            or (token.pos == "NOUN" and token.lemma.endswith(self.agent_endings) and token.lemma not in self.not_agents)
        )

    def is_event(self, token: Token) -> bool:
        """Whether a noun tells of something that happens, by its word alone."""
        lemma = token.lemma
        return token.pos in ("NOUN", "PROPN") and (
            lemma in self.event_nouns
            or len(lemma) > 6
            and lemma.endswith(self.event_endings)
            and lemma not in self.not_events
        )


def _verb_of(participle: str) -> str:
    """ "accused" → "accuse", "suspected" → "suspect": participles the tagger takes for adjectives."""
    return {"accused": "accuse", "wanted": "want", "charged": "charge", "expected": "expect"}.get(
        participle, participle[:-2]
    )


def rule_of(kind: str, block: Mapping[str, Any]) -> str:
    """The name of a block of cues: "verb: saying", "adverb: reported"."""
    return f"{kind}: {block.get('name') or block.get('status') or 'words'}"


@cache
def load() -> Cues:
    """The shipped lexicon, read once. Raises InputError for a status or a key that does not exist."""
    return read(tables(data_folder("ontology") / "cues"))


def read(content: Mapping[str, Mapping[str, Any]]) -> Cues:
    """A lexicon from its tables: file stem → kind → blocks. Raises InputError for a status that does not exist."""

    def blocks(kind: str) -> Iterable[tuple[str, Mapping[str, Any]]]:
        return ((name, block) for name, table in content.items() for block in table.get(kind, ()))

    def governments(kind: str) -> dict[str, dict[str, Government]]:
        found: dict[str, dict[str, Government]] = {}
        for name, block in blocks(kind):
            for word in _words(block):
                for key, attributed in (("governs", False), ("content", True)):
                    for construction, status in block.get(key, {}).items():
                        _check(status, name)
                        found.setdefault(word, {})[construction] = Government(status, attributed, rule_of(kind, block))
        return found

    def statuses(kind: str, wanted: bool | None = None) -> dict[str, Government]:
        found: dict[str, Government] = {}
        for name, block in blocks(kind):
            if "status" in block and (wanted is None or block.get("gerund_only", False) is wanted):
                _check(block["status"], name)
                cue = Government(block["status"], False, rule_of(kind, block))
                found.update((word, cue) for word in _words(block))
        return found

    def plain(kind: str) -> frozenset[str]:
        return frozenset(word for _, block in blocks(kind) for word in _words(block))

    def listed(kind: str, key: str) -> list[str]:
        return [word for _, block in blocks(kind) for word in block.get(key, "").split()]

    verbs, knowing = governments("verb"), plain("aside_verb")
    asides = frozenset(
        v
        for v, table in verbs.items()
        if "clause" in table and table["clause"].attributed and table["clause"].status in SPOKEN
    )
    return Cues(
        verbs,
        governments("noun"),
        governments("adjective"),
        statuses("premodifier"),
        statuses("adverb"),
        statuses("auxiliary"),
        statuses("conjunction"),
        statuses("preposition", False),
        statuses("preposition", True),
        plain("source"),
        plain("happening"),
        plain("headline_source"),
        statuses("unfinished"),
        plain("agent"),
        tuple(listed("agent", "endings")),
        frozenset(listed("agent", "except")),
        plain("event_noun"),
        tuple(listed("event_noun", "endings")),
        frozenset(listed("event_noun", "except")),
        plain("begun"),
        statuses("undecided"),
        asides - plain("no_aside") | knowing,
        knowing,
        plain("aside_rumor"),
        plain("aside_it"),
        plain("aside_source"),
        plain("inverted"),
        statuses("aside_phrase"),
        statuses("aside_fiction"),
        {block["name"]: block["why"] for _, block in blocks("step")},
    )


def _words(block: Mapping[str, Any]) -> list[str]:
    return [word.replace("_", " ") for word in block["words"].split()]


def _check(status: str, table: str) -> None:
    if status not in STATUSES:
        raise InputError(
            f"no such status: {status!r}", f"cues/{table}.toml", f"use one of {', '.join(sorted(STATUSES))}"
        )
