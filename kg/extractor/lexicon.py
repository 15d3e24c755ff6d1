"""The patterns of relations as data: ontology/relations/*.toml, read once into rules indexed by lemma.

`offices.toml` and `nouns.toml` hold nouns that join whom they stand for to another, `verbs.toml` verbs, `words.toml` closed
lists. The keys are explained at the top of each file. Examples and near misses stand beside the rules, for the tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from kg.errors import InputError
from kg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class NounRule:
    """A noun that joins its holder to another: the other end's kind decides the property."""

    name: str
    means: tuple[tuple[str, str], ...]  # kind of the other end, property
    slots: frozenset[str]
    before: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    holder: str = "Agent"
    inverse: bool = False
    plural: bool = False
    validity: str | None = None
    post: bool = False  # the noun names an office …
    bare: bool = True  # … even where nothing is said of whose

    @property
    def special(self) -> bool:
        return bool(self.before or self.of)


@dataclass(frozen=True, slots=True)
class VerbRule:
    """A verb that says a relation between two of its arguments."""

    name: str
    predicate: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    passive: bool | None = None
    stative: bool = False
    bare: bool = False
    mutual: bool = False
    together: bool = False  # those under "with" do it, too
    only: str | None = None
    validity: str | None = None
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """How often a rule was right on annotated news."""

    name: str
    type: str  # the property, or several
    right: int = 0
    seen: int = 0

    @property
    def confidence(self) -> float | None:
        """Measured precision; None where it was never measured."""
        return self.right / self.seen if self.seen else None


@dataclass(frozen=True)
class Lexicon:
    """All rules, by the lemma that calls them, and the closed lists."""

    offices: Mapping[str, tuple[NounRule, ...]]
    nouns: Mapping[str, tuple[NounRule, ...]]
    verbs: Mapping[str, tuple[VerbRule, ...]]
    literals: Mapping[str, Mapping[str, Any]]
    words: Mapping[str, Mapping[str, frozenset[str]]]
    measured: Mapping[str, Measured]

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """Every noun that has a rule."""
        return frozenset(self.offices) | frozenset(self.nouns)


#: The table of precisions, written by benchmarks/relations.py.
MEASURED = "measured"


@cache
def lexicon(vocabulary: Vocabulary) -> Lexicon:
    """The rules of a vocabulary, built at first use. Raises InputError on a rule that lacks a key or names no property."""
    offices: dict[str, list[NounRule]] = {}
    nouns: dict[str, list[NounRule]] = {}
    verbs: dict[str, list[VerbRule]] = {}
    literals: dict[str, Mapping[str, Any]] = {}
    words: dict[str, Mapping[str, frozenset[str]]] = {}
    measured: dict[str, Measured] = {}
    counts = vocabulary.relations.get(MEASURED, {})
    for stem, content in vocabulary.relations.items():
        if stem == MEASURED:
            continue
        try:
            for entry in content.get("office", ()) if isinstance(content.get("office"), list) else ():
                _file(offices, entry["nouns"], _noun(entry, vocabulary, office=True))
            for entry in content.get("noun", ()):
                _file(nouns, entry["nouns"], _noun(entry, vocabulary, office=False))
            for entry in content.get("verb", ()):
                _file(verbs, entry["verbs"], _verb(entry, vocabulary))
            for entry in content.get("literal", ()):
                literals[entry["name"]] = entry
            for group, lists in content.items():
                if isinstance(lists, Mapping):
                    words[group] = {key: frozenset(value) for key, value in lists.items()}
        except (KeyError, TypeError) as problem:
            raise InputError(
                f"a relation lacks or misuses {problem}", f"relations/{stem}.toml", "repair the table"
            ) from None
    ordered = {lemma: tuple(sorted(rules, key=lambda rule: not rule.special)) for lemma, rules in offices.items()}
    told = {
        rule.name: " ".join(dict.fromkeys(p for _, p in rule.means))
        for rules in (*offices.values(), *nouns.values())
        for rule in rules
    }
    told |= {rule.name: rule.predicate for rules in verbs.values() for rule in rules} | {
        n: e["predicate"] for n, e in literals.items()
    }
    for name in (*sorted(told), *sorted(set(counts) - set(told))):
        got = counts.get(name, {})
        measured[name] = Measured(name, told.get(name, ""), int(got.get("right", 0)), int(got.get("seen", 0)))
    return Lexicon(
        ordered,
        {k: tuple(v) for k, v in nouns.items()},
        {k: tuple(v) for k, v in verbs.items()},
        literals,
        words,
        measured,
    )


def _file(index: dict[str, list[Any]], lemmas: Iterable[str], rule: Any) -> None:
    for lemma in lemmas:
        index.setdefault(lemma, []).append(rule)


def _known(vocabulary: Vocabulary, predicate: str, name: str) -> str:
    if predicate not in vocabulary.properties:
        raise InputError(
            f"the property {predicate!r} is not in the ontology",
            f"relation {name!r}",
            "declare it with domain and range",
        )
    return predicate


def _noun(entry: Mapping[str, Any], vocabulary: Vocabulary, office: bool) -> NounRule:
    if "means" in entry:
        means = tuple(
            (kind, _known(vocabulary, predicate, entry["name"])) for kind, predicate in entry["means"].items()
        )
    else:
        means = tuple(
            (kind, _known(vocabulary, entry["predicate"], entry["name"])) for kind in entry.get("other", ("Entity",))
        )
    return NounRule(
        name=entry["name"],
        means=means,
        slots=frozenset(entry.get("slots", ("of", "possessor", "modifier"))),
        before=frozenset(entry.get("before", ())),
        of=frozenset(entry.get("of", ())),
        holder=entry.get("holder", "Agent"),
        inverse=entry.get("inverse", False),
        plural=entry.get("plural", False),
        validity=entry.get("validity"),
        post=office and entry.get("post", True),
        bare=entry.get("bare", True),
    )


def _verb(entry: Mapping[str, Any], vocabulary: Vocabulary) -> VerbRule:
    def several(key: str) -> tuple[str, ...]:
        value = entry.get(key, ())
        return (value,) if isinstance(value, str) else tuple(value)

    return VerbRule(
        name=entry["name"],
        predicate=_known(vocabulary, entry["predicate"], entry["name"]),
        source=several("from"),
        target=several("to"),
        passive=entry.get("passive"),
        stative=entry.get("stative", False),
        bare=entry.get("bare", False),
        mutual=entry.get("mutual", False),
        together=entry.get("together", False),
        only=entry.get("only"),
        validity=entry.get("validity"),
        subject=several("subject"),
        object=several("object"),
    )
