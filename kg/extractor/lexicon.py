"""The patterns of relations as data: ontology/relations/*.toml, read once into rules indexed by lemma.

`offices.toml` and `nouns.toml` hold nouns that join whom they stand for to another, `verbs.toml` verbs, `links.toml`
what joins two words without a word of its own, `words.toml` closed lists. The keys are explained at the top of each
file. Examples and near misses stand beside the rules, for the tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    dated: bool = False  # over where its own words put it before the year of the article
    bare: bool = False
    mutual: bool = False
    together: bool = False  # those under "with" do it, too
    only: str | None = None
    validity: str | None = None
    denied: bool = True  # a denial of the verb denies the relation
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Words or kinds of which something must have one (if any are wanted) and must have none."""

    wanted: frozenset[str]
    unwanted: frozenset[str]

    def allows(self, *found: str) -> bool:
        return (not self.wanted or not self.wanted.isdisjoint(found)) and self.unwanted.isdisjoint(found)


@dataclass(frozen=True, slots=True)
class LinkRule:
    """A row of links.toml: what a link says of a head and another of these kinds."""

    name: str
    predicate: str
    head: Choice
    other: Choice
    marks: Choice
    words: Choice
    before: Choice
    inverse: bool = False
    again: bool = False


@dataclass(frozen=True)
class Lexicon:
    """All rules, by the lemma that calls them, and the closed lists."""

    offices: Mapping[str, tuple[NounRule, ...]]
    nouns: Mapping[str, tuple[NounRule, ...]]
    verbs: Mapping[str, tuple[VerbRule, ...]]
    literals: Mapping[str, Mapping[str, Any]]
    links: Mapping[str, tuple[LinkRule, ...]]  # by link
    words: Mapping[str, Mapping[str, frozenset[str]]]

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """Every noun that has a rule."""
        return frozenset(self.offices) | frozenset(self.nouns)

    def rules(self, *links: str) -> frozenset[str]:
        """The names of the rows for these links."""
        return frozenset(rule.name for link in links for rule in self.links.get(link, ()))


@cache
def lexicon(vocabulary: Vocabulary) -> Lexicon:
    """The rules of a vocabulary, built at first use. Raises InputError on a rule that lacks a key or names no
    property.
    """
    offices: dict[str, list[NounRule]] = {}
    nouns: dict[str, list[NounRule]] = {}
    verbs: dict[str, list[VerbRule]] = {}
    literals: dict[str, Mapping[str, Any]] = {}
    links: dict[str, list[LinkRule]] = {}
    words = _words(vocabulary)
    for stem, content in vocabulary.relations.items():
        try:
            for entry in content.get("office", ()) if isinstance(content.get("office"), list) else ():
                _file(offices, entry["nouns"], _noun(entry, vocabulary, office=True))
            for entry in content.get("noun", ()):
                _file(nouns, entry["nouns"], _noun(entry, vocabulary, office=False))
            for entry in content.get("verb", ()):
                _file(verbs, entry["verbs"], _verb(entry, vocabulary))
            for entry in content.get("literal", ()):
                literals[entry["name"]] = entry
            for entry in content.get("link", ()):
                _file(links, _several(entry["link"]), _link(entry, vocabulary, words))
        except (KeyError, TypeError) as problem:
            raise InputError(
                f"a relation lacks or misuses {problem}",
                f"{stem}.toml" if "/" in stem else f"relations/{stem}.toml",
                "repair the table",
            ) from None
    ordered = {lemma: tuple(sorted(rules, key=lambda rule: not rule.special)) for lemma, rules in offices.items()}
    return Lexicon(
        ordered,
        {k: tuple(v) for k, v in nouns.items()},
        {k: tuple(v) for k, v in verbs.items()},
        literals,
        {k: tuple(v) for k, v in links.items()},
        words,
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


def _words(vocabulary: Vocabulary) -> dict[str, dict[str, frozenset[str]]]:
    """The closed lists by group and name; of a list that stands in several files all words."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for content in vocabulary.relations.values():
        for group, lists in content.items():
            if isinstance(lists, Mapping):
                for key, value in lists.items():
                    held = found.setdefault(group, {})
                    held[key] = held.get(key, frozenset()) | frozenset(value)
    return found


def _several(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


KEYS = frozenset("name link head other marks words before property inverse again example near".split())


def _link(
    entry: Mapping[str, Any], vocabulary: Vocabulary, words: Mapping[str, Mapping[str, frozenset[str]]]
) -> LinkRule:
    name = entry["name"]
    if strange := sorted(set(entry) - KEYS):
        raise InputError(f"unknown key {strange[0]!r}", f"link {name!r}", f"use one of {', '.join(sorted(KEYS))}")
    for kind in (*_several(entry.get("head", ())), *_several(entry.get("other", ()))):
        if kind.lstrip("-!=") not in vocabulary.classes:
            raise InputError(f"{kind!r} is no class of the ontology", f"link {name!r}", "declare it")

    def listed(key: str) -> Choice:
        wanted: set[str] = set()
        unwanted: set[str] = set()
        for one in _several(entry.get(key, ())):
            group, _, rest = one.removeprefix("-").partition(".")
            if group == "offices":
                held = _offices(vocabulary)
            elif rest in words.get(group, {}):
                held = words[group][rest]
            else:
                raise InputError(
                    f"there is no list {one!r}",
                    f"link {name!r}",
                    "name one of ontology/relations/words.toml: group.list",
                )
            (unwanted if one[0] == "-" else wanted).update(held)
        return Choice(frozenset(wanted), frozenset(unwanted))

    return LinkRule(
        name=name,
        predicate=_known(vocabulary, entry["property"], name),
        head=_choice(entry["head"]),
        other=_choice(entry.get("other", ())),
        marks=_choice(entry.get("marks", ())),
        words=listed("words"),
        before=listed("before"),
        inverse=entry.get("inverse", False),
        again=entry.get("again", False),
    )


def _choice(value: str | Sequence[str]) -> Choice:
    """ "-Kind" is not wanted."""
    several = _several(value)
    return Choice(
        frozenset(one for one in several if one[0] != "-"), frozenset(one[1:] for one in several if one[0] == "-")
    )


def _offices(vocabulary: Vocabulary) -> frozenset[str]:
    """All nouns of posts."""
    return frozenset(
        noun
        for content in vocabulary.relations.values()
        for entry in (content.get("office", ()) if isinstance(content.get("office"), list) else ())
        for noun in entry["nouns"]
    )


def _verb(entry: Mapping[str, Any], vocabulary: Vocabulary) -> VerbRule:
    def several(key: str) -> tuple[str, ...]:
        return _several(entry.get(key, ()))

    return VerbRule(
        name=entry["name"],
        predicate=_known(vocabulary, entry["predicate"], entry["name"]),
        source=several("from"),
        target=several("to"),
        passive=entry.get("passive"),
        stative=entry.get("stative", False),
        dated=entry.get("dated", False),
        bare=entry.get("bare", False),
        mutual=entry.get("mutual", False),
        together=entry.get("together", False),
        only=entry.get("only"),
        validity=entry.get("validity"),
        denied=entry.get("denied", True),
        subject=several("subject"),
        object=several("object"),
    )
