"""The reader of the names: countries, peoples, cities, and the nouns that name a kind of thing.

A match here is a candidate, never a verdict: the resolver decides by the context. Keys of places are
"country:CL" (a country or well-known region of `countries.tsv`) and "geonames:3583361" (a city).
"""
from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from kg.vocabulary import data_folder


def plain(words: str) -> str:
    """Lower case without accents, typographic apostrophes made straight: the key under which a name is looked up."""
    if words.isascii():
        return words.lower()
    bare = unicodedata.normalize("NFKD", words.replace("’", "'").replace("‘", "'"))
    return "".join(c for c in bare if not unicodedata.combining(c)).casefold()


@dataclass(frozen=True, slots=True)
class Land:
    """A country or a region that every reader of news knows."""

    key: str                                     # "country:CL"
    type: str                                    # "Country" or "Region"
    name: str
    wikidata: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capital: str

    @property
    def code(self) -> str:
        return self.key.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """What is known of names beforehand. All keys are lower case; names of places without accents."""

    lands: Mapping[str, Land]                    # by key
    land_names: Mapping[str, str]                # "el salvador" → "country:SV"
    adjectives: Mapping[str, str]                # "salvadoran" → "country:SV"
    people: Mapping[str, str]                    # "salvadorans", "dane" → "country:SV", "country:DK"
    capitals: Mapping[str, str]                  # "san salvador" → "country:SV"
    starts: Mapping[str, tuple[int, ...]]        # first word of a land's name or adjective → lengths in words, longest first
    nouns: Mapping[str, str]                     # "prison" → "Prison"
    titles: frozenset[str]
    plain_titles: frozenset[str]
    male_titles: frozenset[str]
    female_titles: frozenset[str]
    no_names: frozenset[str]
    peoples: frozenset[str]
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def land(self, name: str) -> str | None:
        """The key of the country or region of that name, as a noun."""
        return self.land_names.get(plain(name))

    def nation(self, word: str) -> str | None:
        """The key of the country whose adjective this is."""
        return self.adjectives.get(plain(word))


@lru_cache(maxsize=1)
def load() -> Gazetteer:
    """The shipped names, read once a process."""
    folder = data_folder("ontology") / "names"
    lands = _lands(folder / "countries.tsv")
    land_names: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    people: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for land in lands.values():
        for name in (land.name, *land.names):
            land_names.setdefault(plain(name.removeprefix("the ")), land.key)
        for word in land.adjectives:
            adjectives.setdefault(plain(word), land.key)
            if word.endswith(("n", "i", "k", "t", "e", "o", "a", "h")) and not word.endswith(("ish", "ese", "ench")):
                people.setdefault(plain(word) + "s", land.key)
        for word in land.people:
            people.setdefault(plain(word), land.key)
            if not word.endswith(("men", "s")):
                people.setdefault(plain(word) + "s", land.key)
        if land.capital and plain(land.capital) not in land_names:
            capitals.setdefault(plain(land.capital), land.key)
    starts: dict[str, set[int]] = {}
    for name in (*land_names, *adjectives, *people):
        words = name.split()
        starts.setdefault(words[0], set()).add(len(words))
    kinds = tomllib.loads((folder / "nouns.toml").read_text(encoding="utf-8"))["nouns"]
    nouns = {noun: kind for kind, words in kinds.items() for noun in words.split()}
    titles = tomllib.loads((folder / "titles.toml").read_text(encoding="utf-8"))
    words = {name: frozenset(value.split()) for name, value in titles["titles"].items()}
    return Gazetteer(
        lands, land_names, adjectives, people, capitals, {w: tuple(sorted(n, reverse=True)) for w, n in starts.items()}, nouns,
        words["words"], words["plain"], words["male"], words["female"],
        frozenset(titles["nonnames"]["words"].split()), frozenset(titles["nonnames"]["peoples"].split()))


def _lands(path: Path) -> dict[str, Land]:
    lands = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or line.startswith("code\t"):
            continue
        code, kind, wikidata, name, names, adjectives, people, capital = line.split("\t")
        parts = [tuple(part.split("|")) if part else () for part in (names, adjectives, people)]
        land = Land(f"country:{code}", kind, name, wikidata, *parts, capital)
        lands[land.key] = land
    return lands
