"""How English says each kind of event: the frames, read from the tables of a vocabulary and indexed by their cue words.

A frame is one table of a file of ontology/frames/:

    [dismissal]
    type    = "Dismissal"
    verbs   = "dismiss fire sack lay_off"            # lemmas; "_" joins a verb and its particle
    nouns   = "dismissal sacking"
    patient = "object of possessor: Person Group"    # role = slots, first that fits: types, any of them
    agent   = "subject by possessor: Actor"          # Actor: whoever can act, states and towns included
    needs   = "patient"                              # roles that must have words of the right type ("a|b": either)
    only    = { object = "worker minister" }         # a slot must hold one of these lemmas ("*": any)
    never   = { object = "shot" }                    # … none of these
    yes     = [ { text = "…", agent = "…", patient = ["…", "…"] } ]
    no      = [ "…" ]

Roles are filled in the order in which they stand, each word once; "*" before the slots fills from all of them;
"object>in" is what stands after "in" under the object. Types: classes of the ontology, "Actor", "Event" (another
event), "amount" (a quantity), "count" (one that counts the word), "phrase" (the words as they are written) or "words"
(words that only show that something stands there: they count for `needs` and fill nothing). `needs` binds verbs and
adjectives; nouns only with `strict = true`. `bare = true`: a noun alone, without article or role, tells of an event.
`passive`: true or false where the verb means this in one voice alone. `singular`: a plural noun means something else.
`known`: common nouns that nobody listed do not count for `needs`. `kinds`: a slot must hold somebody or something of
these types. `holder`: the noun names who did it, slot "self" ("the assassin of X"). `compound`: the noun tells of the
event even before another one ("bombing suspect").
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.errors import InputError, meant, nearest
from kg.grammar.words import PREPOSITIONS, SLOTS
from kg.vocabulary import Vocabulary

ACTOR = ("Agent", "Country", "Region", "Settlement", "GovernmentBuilding")
ROLES = ("agent", "patient", "recipient", "instrument", "topic", "place", "origin", "destination", "amount", "charge")
KEYS = frozenset(
    {
        "type",
        "verbs",
        "nouns",
        "adjectives",
        "needs",
        "only",
        "never",
        "yes",
        "no",
        "strict",
        "bare",
        "passive",
        "singular",
        "compound",
        "known",
        "kinds",
        "holder",
    }
    | set(ROLES)
)
MEASURED = "measured"  # the table of precisions, written by the quality run


@dataclass(frozen=True, slots=True)
class RoleRule:
    """Where the filler of a role stands, and what it may be."""

    role: str
    slots: tuple[str, ...]
    types: frozenset[str]
    every: bool = False
    words: bool = False  # words will do, if nothing better is there
    amount: bool = False
    count: bool = False
    phrase: bool = False  # the words themselves fill it, and stand as they are written
    first: frozenset[str] = frozenset()  # the slots by their first step

    def absent(self, slots: Collection[str]) -> bool:
        """Whether none of its slots is there."""
        return self.first.isdisjoint(slots)


@dataclass(frozen=True, slots=True)
class Frame:
    """One way in which English tells of a kind of event."""

    name: str
    type: str
    family: str
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    adjectives: tuple[str, ...]
    roles: tuple[RoleRule, ...]
    needs: tuple[tuple[str, ...], ...]
    only: tuple[tuple[str, frozenset[str]], ...]
    never: tuple[tuple[str, frozenset[str]], ...]
    strict: bool
    bare: bool
    passive: bool | None
    singular: bool
    compound: bool
    known: bool
    holder: bool
    kinds: tuple[tuple[str, frozenset[str]], ...]
    yes: tuple[Mapping[str, Any], ...]
    no: tuple[str, ...]
    right: int = 0  # measured: how many of `seen` uses on annotated news were right
    seen: int = 0

    @property
    def confidence(self) -> float | None:
        """Measured precision; None where it was never measured."""
        return self.right / self.seen if self.seen else None


@dataclass(frozen=True, slots=True)
class Dictionary:
    """All frames, by kind of cue ("verb", "noun", "adjective") and lemma."""

    frames: tuple[Frame, ...]
    index: Mapping[tuple[str, str], tuple[Frame, ...]]
    communication: frozenset[str]  # types of speech


@cache
def dictionary(vocabulary: Vocabulary) -> Dictionary:
    """The frames of a vocabulary; read once."""
    measured = vocabulary.frames.get(MEASURED, {})
    frames = tuple(
        read_frame(name, family, table, vocabulary, measured.get(name, {}))
        for family, tables in vocabulary.frames.items()
        if family != MEASURED
        for name, table in tables.items()
    )
    index: dict[tuple[str, str], list[Frame]] = {}
    for frame in frames:
        for kind, lemmas in (("verb", frame.verbs), ("noun", frame.nouns), ("adjective", frame.adjectives)):
            for lemma in lemmas:
                index.setdefault((kind, lemma), []).append(frame)
    communication = frozenset(t for t in vocabulary.types if vocabulary.is_a(t, "Communication"))
    return Dictionary(
        frames, {key: tuple(sorted(found, key=_narrowness)) for key, found in index.items()}, communication
    )


def _narrowness(frame: Frame) -> tuple[int, int]:
    """Frames that ask for more are tried first; the order of the files decides between equals."""
    return -len(frame.only) - len(frame.kinds), -len(frame.needs)


def read_frame(
    name: str, family: str, table: Mapping[str, Any], vocabulary: Vocabulary, measured: Mapping[str, Any]
) -> Frame:
    """A frame from its table; InputError says what is wrong with it."""
    where = f"frames/{family}.toml [{name}]"
    if unknown := sorted(set(table) - KEYS):
        raise InputError(f"unknown key {unknown[0]!r}", where, _nearest(unknown[0], KEYS))
    kind = table.get("type", "")
    if kind not in vocabulary.classes or not vocabulary.is_a(kind, "Event"):
        raise InputError(
            f"type {kind!r} is no event type of the ontology", where, "add it to the ontology or correct it"
        )
    for needed in table.get("needs", "").replace("|", " ").split():
        if needed not in table or needed not in ROLES:
            raise InputError(
                f"needs {needed!r}, which is no role of it", where, _nearest(needed, set(ROLES) & set(table))
            )
    roles = tuple(_role(role, spec, vocabulary, where) for role, spec in table.items() if role in ROLES)
    for rule in roles:
        _known(rule.slots, f"{where} {rule.role}")
    for key in ("only", "never", "kinds"):
        _known(table.get(key, {}), f"{where} {key}")
    return Frame(
        name,
        kind,
        family,
        _lemmas(table.get("verbs", "")),
        _lemmas(table.get("nouns", "")),
        _lemmas(table.get("adjectives", "")),
        roles,
        tuple(tuple(n.split("|")) for n in table.get("needs", "").split()),
        _lexical(table.get("only", {})),
        _lexical(table.get("never", {})),
        bool(table.get("strict", False)),
        bool(table.get("bare", False)),
        table.get("passive"),
        bool(table.get("singular", False)),
        bool(table.get("compound", False)),
        bool(table.get("known", False)),
        bool(table.get("holder", False)),
        tuple((slot, _types(kinds, vocabulary, f"{where} kinds")) for slot, kinds in table.get("kinds", {}).items()),
        tuple(table.get("yes", ())),
        tuple(table.get("no", ())),
        int(measured.get("right", 0)),
        int(measured.get("seen", 0)),
    )


def _role(role: str, spec: str, vocabulary: Vocabulary, where: str) -> RoleRule:
    slots, _, types = spec.partition(":")
    every = slots.lstrip().startswith("*")
    named = types.split()
    wanted = _types(
        " ".join(n for n in named if n not in ("words", "phrase", "amount", "count")), vocabulary, f"{where} {role}"
    )
    paths = _lemmas(slots.replace("*", " "))
    return RoleRule(
        role,
        paths,
        wanted,
        every,
        not {"words", "phrase"}.isdisjoint(named),
        "amount" in named,
        "count" in named,
        "phrase" in named,
        frozenset(p.partition(">")[0] for p in paths),
    )


def _known(slots: Iterable[str], where: str) -> None:
    """InputError where a slot is none of the grammar's: nothing would ever stand there."""
    for slot in slots:
        for step in slot.replace("_", " ").replace("|", ">").split(">"):
            if step not in SLOTS and not PREPOSITIONS.issuperset(step.split()):
                raise InputError(f"unknown slot {step!r}", where, _nearest(step, SLOTS | PREPOSITIONS))


def _nearest(word: str, known: Collection[str]) -> str:
    """What to write instead: what is spelt most like it, else all there is."""
    return meant(word, known, otherwise=f"use one of {', '.join(sorted(known))}")


def _types(names: str, vocabulary: Vocabulary, where: str) -> frozenset[str]:
    wanted: set[str] = set()
    for name in names.split():
        if name == "Actor":
            wanted.update(ACTOR)
        elif name in vocabulary.classes:
            wanted.add(name)
        else:
            near = nearest(name, [*vocabulary.classes, "Actor"])
            raise InputError(
                f"{name!r} is no class of the ontology",
                where,
                f"add it to the ontology or correct it{f' to {near[0]!r}' if near else ''}",
            )
    return frozenset(wanted)


def _lemmas(words: str | Iterable[str]) -> tuple[str, ...]:
    return tuple(w.replace("_", " ") for w in (words.split() if isinstance(words, str) else words))


def _lexical(table: Mapping[str, str]) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((slot.replace("_", " "), frozenset(_lemmas(lemmas))) for slot, lemmas in table.items())
