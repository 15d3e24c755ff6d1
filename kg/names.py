"""The reader of the names: countries, peoples, cities, and the nouns that name a kind of thing.

A match here is a candidate, never a verdict: the resolver decides by the context. Keys of places are
"country:CL" (a country or well-known region of `countries.tsv`) and "geonames:3583361" (a city).
"""

from __future__ import annotations

import json
import mmap
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from kg import rdf
from kg.errors import GraphError
from kg.model import Gender
from kg.vocabulary import data_folder, table

GENDERS: tuple[Gender, ...] = ("male", "female")


def plain(words: str) -> str:
    """Lower case without accents, typographic apostrophes made straight: the key under which a name is looked up."""
    if words.isascii():
        return words.lower()
    bare = unicodedata.normalize("NFKD", words.replace("’", "'").replace("‘", "'"))
    return "".join(c for c in bare if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=1)
def synonyms() -> Mapping[str, tuple[str, ...]]:
    """Common nouns that news uses for one another: each word → the others of its groups in `alike.toml`."""
    groups = table("names/alike")["nouns"]
    found: dict[str, list[str]] = {}
    for line in groups.strip().splitlines():
        for word in line.split():
            found.setdefault(word, []).extend(w for w in line.split() if w != word)
    return {word: tuple(dict.fromkeys(others)) for word, others in found.items()}


@dataclass(frozen=True, slots=True)
class Land:
    """A country or a region that every reader of news knows."""

    key: str  # "country:CL"
    type: str  # "Country" or "Region"
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
class Area:
    """A region within a country or over many, or a natural feature."""

    type: str  # "Region" or "NaturalFeature"
    country: str | None  # "country:US"
    name: str
    division: str = ""  # of its cities in GeoNames


@dataclass(frozen=True, slots=True)
class Own:
    """An entry of a user's own gazetteer."""

    iri: str
    type: str | None  # local name of a class of the ontology; None: the article decides
    label: str


@dataclass(frozen=True, slots=True)
class Known:
    """A well-known organization, event, facility or product."""

    type: str
    main: str  # its main name
    form: str  # as written: capitals count in a short form


@dataclass(frozen=True, slots=True)
class City:
    """A settlement of GeoNames."""

    id: int
    name: str  # plain
    population: int
    country: str  # "SV"
    division: str  # first-level code of GeoNames
    latitude: str
    longitude: str

    @property
    def key(self) -> str:
        return f"geonames:{self.id}"


class Cities:
    """The sorted table of settlements, searched by halves where it lies: opening it reads nothing."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._known: dict[str, tuple[City, ...]] = {}

    def find(self, name: str) -> tuple[City, ...]:
        """All settlements of that plain name, the largest first."""
        found = self._known.get(name)
        if found is None:
            if len(self._known) > 20_000:
                self._known.clear()
            found = self._known[name] = self._search(name)
        return found

    def _search(self, name: str) -> tuple[City, ...]:
        data, wanted = self._data, name.encode() + b"\t"
        low, high = 0, len(data)
        while low < high:
            middle = data.rfind(b"\n", 0, (low + high) // 2) + 1
            if middle < low:
                middle = low
            end = data.find(b"\n", middle)
            if data[middle:end] < wanted:
                low = end + 1
            else:
                high = middle
        found = []
        while data[low : low + len(wanted)] == wanted:
            end = data.find(b"\n", low)
            key, population, country, division, number, latitude, longitude = data[low:end].decode().split("\t")
            found.append(City(int(number), key, int(population), country, division, latitude, longitude))
            low = end + 1
        return tuple(sorted(found, key=lambda c: (-c.population, c.id)))


@dataclass(frozen=True, slots=True)
class Kinds:
    """The weights of the classifier of names, in hundredths."""

    classes: tuple[str, ...]
    bias: tuple[int, ...]
    weights: Mapping[str, tuple[int, ...]]


_SURE_CITY, _LARGE_CITY = 150_000, 1_000_000  # people


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """What is known of names beforehand. All keys are lower case; names of places without accents."""

    lands: Mapping[str, Land]  # by key
    land_names: Mapping[str, str]  # "el salvador" → "country:SV"
    adjectives: Mapping[str, str]  # "salvadoran" → "country:SV"
    people: Mapping[str, str]  # "salvadorans", "dane" → "country:SV", "country:DK"
    capitals: Mapping[str, str]  # "san salvador" → "country:SV"
    starts: Mapping[str, tuple[int, ...]]  # first word of a land's name or adjective → lengths in words, longest first
    areas: Mapping[str, Area]  # "siberia" → Area("Region", "country:RU", "Siberia")
    cities: Cities = field(repr=False)
    known: Mapping[str, Known]  # "unicef" → Known("IntergovernmentalOrganization", "UNICEF", "Unicef")
    nouns: Mapping[str, str]  # "prison" → "Prison"
    titles: frozenset[str]
    plain_titles: frozenset[str]
    either_roles: frozenset[str]  # "producer": of a person or of a company
    male_titles: frozenset[str]
    female_titles: frozenset[str]
    no_names: frozenset[str]
    peoples: frozenset[str]
    given: Mapping[str, Gender]  # "ana" → "female"
    kinds: Kinds = field(repr=False)
    antecedents: Mapping[str, int] = field(repr=False)  # feature → weight in hundredths; "" is the bias
    own: Mapping[str, tuple[Own, ...]] = field(default_factory=dict)  # of the user: plain name → entries of that name

    def land(self, name: str) -> str | None:
        """The key of the country or region of that name, as a noun."""
        return self.land_names.get(plain(name))

    def is_place(self, name: str) -> bool:
        """Whether a place of that name is known: of a city that shares it with a word or a first name, a large one."""
        key = plain(name)
        if key in self.land_names or key in self.areas or key in self.capitals:
            return True
        return any(city.population >= _SURE_CITY or " " in key for city in self.cities.find(key))

    def is_proper(self, word: str) -> bool:
        """Whether a word is of a country, a people, a capital, or a city of a million."""
        key = plain(word)
        known = (self.land_names, self.areas, self.capitals, self.adjectives, self.people)
        return any(key in names for names in known) or any(c.population >= _LARGE_CITY for c in self.cities.find(key))

    def is_given(self, word: str) -> bool:
        """Whether people have this first name."""
        return plain(word) in self.given

    def is_acronym(self, word: str) -> bool:
        """Whether a well-known name is written so, all in capitals."""
        found = self.known.get(plain(word))
        return found is not None and found.form == word.upper()

    def nation(self, word: str) -> str | None:
        """The key of the country whose adjective this is."""
        return self.adjectives.get(plain(word))


@lru_cache(maxsize=4)
def load(own: Path | None = None) -> Gazetteer:
    """The shipped names, read once a process; with a user's own gazetteer (SKOS) they are first in the search."""
    if own is not None:
        shipped, entries = load(), read_own(own)
        lengths = {word: set(known) for word, known in shipped.starts.items()}
        for name in entries:
            lengths.setdefault(name.split()[0], set()).add(len(name.split()))
        return replace(shipped, own=entries, starts={w: tuple(sorted(n, reverse=True)) for w, n in lengths.items()})
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
    areas = _areas(folder / "regions.tsv")
    known = _known(table("names/organizations"))
    starts: dict[str, set[int]] = {}
    for name in (*land_names, *adjectives, *people, *areas, *known):
        first, *more = name.split()
        starts.setdefault(first, set()).add(1 + len(more))
    kinds = table("names/nouns")["nouns"]
    nouns = {noun: kind for kind, words in kinds.items() for noun in words.split()}
    titles = table("names/titles")
    given = table("names/given")
    words = {name: frozenset(value.split()) for name, value in titles["titles"].items()}
    return Gazetteer(
        lands,
        land_names,
        adjectives,
        people,
        capitals,
        {w: tuple(sorted(n, reverse=True)) for w, n in starts.items()},
        areas,
        Cities(folder / "cities.tsv"),
        known,
        nouns,
        words["words"],
        words["plain"],
        words["either"],
        words["male"],
        words["female"],
        frozenset(titles["nonnames"]["words"].split()),
        frozenset(titles["nonnames"]["peoples"].split()),
        {plain(name): gender for gender in GENDERS for name in given[gender].split()},
        _kinds(folder / "kinds.json"),
        _antecedents(folder / "antecedents.json"),
    )


def _lands(path: Path) -> dict[str, Land]:
    lands = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or line.startswith("code\t"):
            continue
        code, kind, wikidata, name, names, adjectives, people, capital = line.split("\t")
        called, like, citizens = (tuple(part.split("|")) if part else () for part in (names, adjectives, people))
        land = Land(f"country:{code}", kind, name, wikidata, called, like, citizens, capital)
        lands[land.key] = land
    return lands


def _areas(path: Path) -> dict[str, Area]:
    areas: dict[str, Area] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or line.startswith("type\t"):
            continue
        kind, country, name, names, division = line.split("\t")
        area = Area(kind, f"country:{country}" if country else None, name, division)
        for word in (name, *(names.split("|") if names else ())):
            areas.setdefault(plain(word.removeprefix("the ")), area)
    return areas


def _known(kinds: Mapping[str, str]) -> dict[str, Known]:
    found: dict[str, Known] = {}
    for kind, lines in kinds.items():
        for line in lines.strip().splitlines():
            forms = [form.removeprefix("the ").removeprefix("The ") for form in line.split("=")]
            for form in forms:
                found.setdefault(plain(form), Known(kind, forms[0], form))
    return found


def _kinds(path: Path) -> Kinds:
    if not path.is_file():
        return Kinds((), (), {})
    content = json.loads(path.read_text(encoding="utf-8"))
    return Kinds(tuple(content["classes"]), tuple(content["bias"]), content["weights"])


def _antecedents(path: Path) -> Mapping[str, int]:
    return json.loads(path.read_text(encoding="utf-8"))["weights"] if path.is_file() else {}


def read_own(path: Path) -> dict[str, tuple[Own, ...]]:
    """A user's gazetteer: concepts with skos:prefLabel, skos:altLabel and, if they like, a class of the ontology.

    Raises GraphError where nothing in the file has a label.
    """
    labels: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    types: dict[str, str] = {}
    preferred, other, a = rdf.term("skos:prefLabel"), rdf.term("skos:altLabel"), rdf.term("rdf:type")
    for quad in rdf.parse_file(path):
        subject, label = quad.subject.value, quad.object
        if quad.predicate in (preferred, other):
            if isinstance(label, rdf.Literal) and (label.language or "en").partition("-")[0] == "en":
                (labels if quad.predicate == preferred else others).setdefault(subject, []).append(
                    " ".join(label.value.split())
                )
        elif quad.predicate == a and quad.object.value.startswith(rdf.KG):
            types[subject] = quad.object.value.removeprefix(rdf.KG)
    if not labels:
        raise GraphError(
            "no concept with an English or unmarked skos:prefLabel",
            str(path),
            "see the README for the form of a gazetteer",
        )
    found: dict[str, list[Own]] = {}
    for subject in sorted(labels):
        entry = Own(subject, types.get(subject), sorted(labels[subject])[0])
        for name in dict.fromkeys((*sorted(labels[subject]), *sorted(others.get(subject, ())))):
            if plain(name):
                found.setdefault(plain(name), []).append(entry)
    return {name: tuple(entries) for name, entries in sorted(found.items())}
