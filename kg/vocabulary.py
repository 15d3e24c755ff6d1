"""The reader of ontology/: the terms with their hierarchy and type gates, the tables of data, the lists of words.

A vocabulary is loaded once and shared, and so is a file of words; both are frozen. Types and predicates are local names
("Prison", "locatedIn"). Triples are parsed by `kg.rdf`, tables of names in TSV and JSON by `kg.names`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg import rdf
from kg.errors import InputError

__all__ = ["Term", "Vocabulary", "Words", "data_folder", "load", "table", "tables", "word_lists"]


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of the ontology as people read it."""

    name: str
    label: str
    comment: str
    parents: tuple[str, ...] = ()  # our own superclasses or superproperties, local names
    domain: tuple[str, ...] = ()  # alternatives; empty: anything
    range: tuple[str, ...] = ()  # local names of classes, or "xsd:…"; empty: anything
    iri: str = ""


@dataclass(frozen=True, eq=False)  # one is itself alone: what is read from it is kept with it
class Vocabulary:
    """The terms of an ontology, and the data tables that say how English puts them.

    `frames` and `relations` are parsed TOML files in order of their names: file stem → content.
    """

    classes: Mapping[str, Term]
    properties: Mapping[str, Term]
    frames: Mapping[str, Mapping[str, Any]] = field(repr=False, default_factory=dict)
    relations: Mapping[str, Mapping[str, Any]] = field(repr=False, default_factory=dict)
    _lineage: Mapping[str, frozenset[str]] = field(repr=False, default_factory=dict)
    own: frozenset[str] = frozenset()  # names of the terms that a user has added

    @property
    def types(self) -> tuple[str, ...]:
        return tuple(self.classes)

    @property
    def predicates(self) -> tuple[str, ...]:
        return tuple(self.properties)

    def lineage(self, name: str) -> frozenset[str]:
        """A class or property and all above it."""
        return self._lineage.get(name, frozenset((name,)))

    def is_a(self, name: str, ancestor: str) -> bool:
        """Whether a class (or property) is, or stands below, another."""
        return ancestor in self.lineage(name)

    def domain(self, predicate: str) -> tuple[str, ...]:
        return self.properties[predicate].domain

    def range(self, predicate: str) -> tuple[str, ...]:
        return self.properties[predicate].range

    def fits(self, subject_type: str, predicate: str, object_type: str | None = None) -> bool:
        """The type gate: whether a predicate may join these types (`None`: the object is a literal or unknown)."""
        term = self.properties.get(predicate)
        if term is None:
            return False
        above = self.lineage(subject_type)
        if term.domain and not above.intersection(term.domain):
            return False
        return object_type is None or not term.range or bool(self.lineage(object_type).intersection(term.range))


def data_folder(name: str) -> Path:
    """A folder of shipped data: inside the installed package, else beside it in the checkout."""
    here = Path(__file__).resolve().parent
    for folder in (here / "data" / name, here.parent / name):
        if folder.is_dir():
            return folder
    raise InputError(f"the folder {name}/ is missing", str(here), "install the package again")


@dataclass(frozen=True, slots=True)
class Words:
    """One file of ontology/words/: what its sections list, under the name of each list.

    Of a list, `[…]` gives a set of words, `rows` each row as its words. Of a table of lists, `sets` gives a set under
    each key, `tables` rows, `spellings` the key of every word, `numbers` and `texts` what stands there. An underscore
    within a word of a set is a space.
    """

    name: str
    lists: Mapping[str, Any] = field(repr=False)

    def __getitem__(self, key: str) -> frozenset[str]:
        return frozenset(_split(self.lists[key]))

    def rows(self, key: str) -> tuple[tuple[str, ...], ...]:
        return _rows(self.lists[key])

    def tables(self, key: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        return MappingProxyType({name: _rows(rows) for name, rows in self.lists[key].items()})

    def sets(self, key: str) -> Mapping[str, frozenset[str]]:
        return MappingProxyType({_spaced(name): frozenset(_split(words)) for name, words in self.lists[key].items()})

    def spellings(self, key: str) -> Mapping[str, str]:
        return MappingProxyType({w: _spaced(name) for name, words in self.lists[key].items() for w in _split(words)})

    def numbers(self, key: str) -> Mapping[str, int]:
        return MappingProxyType({word: int(number) for word, number in self.lists[key].items()})

    def texts(self, key: str) -> Mapping[str, str]:
        return MappingProxyType({name: str(text) for name, text in self.lists[key].items()})


def _spaced(word: str) -> str:
    return word.replace("_", " ")


def _rows(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row.split()) for row in text.split(","))


def _split(words: str) -> list[str]:
    return [_spaced(word) for word in words.split()]


@cache
def word_lists(name: str) -> Words:
    """The lists of ontology/words/NAME.toml. Raises InputError if two of its sections have a list of one name."""
    lists: dict[str, Any] = {}
    for section in table(f"words/{name}").values():
        if twice := sorted(lists.keys() & section.keys()):
            raise InputError(f"two lists are called {twice[0]!r}", f"ontology/words/{name}.toml", "rename one of them")
        lists |= section
    return Words(name, MappingProxyType(lists))


def table(name: str) -> Mapping[str, Any]:
    """A TOML file of ontology/ by its path there, without its ending: "names/titles"."""
    return _toml(data_folder("ontology") / f"{name}.toml")


def tables(folder: Path) -> dict[str, Mapping[str, Any]]:
    """The TOML files of a folder, in order of name: stem → content."""
    return {path.stem: _toml(path) for path in (sorted(folder.glob("*.toml")) if folder.is_dir() else ())}


def _toml(path: Path) -> Mapping[str, Any]:
    try:
        return MappingProxyType(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as problem:
        raise InputError(f"not readable as TOML: {problem}", str(path), "repair the file") from None


@cache
def load(ontology: Path | None = None, frames: Path | None = None) -> Vocabulary:
    """The shipped vocabulary, with a user's own ontology file and folder of frames added to it."""
    shipped = data_folder("ontology")
    terms = _terms(shipped / "kg.ttl")
    added = _terms(ontology) if ontology is not None else {}
    terms |= added
    classes = {name: term for name, (kind, term) in terms.items() if kind == "class"}
    properties = {name: term for name, (kind, term) in terms.items() if kind == "property"}
    users = tables(frames) if frames is not None else {}
    return Vocabulary(
        MappingProxyType(classes),
        MappingProxyType(properties),
        MappingProxyType(tables(shipped / "frames") | {stem: _part(own, False) for stem, own in users.items()}),
        MappingProxyType(
            {f"frames/{stem}": rows for stem, own in users.items() if (rows := _part(own, True))}
            | tables(shipped / "relations")
        ),
        MappingProxyType(dict(_lineages(classes)) | dict(_lineages(properties))),
        frozenset(added),
    )


def _part(content: Mapping[str, Any], rows: bool) -> Mapping[str, Any]:
    """What of a user's file is rows of relations ([[link]], [[verb]], [[noun]] …), or what is frames."""
    return MappingProxyType({name: table for name, table in content.items() if isinstance(table, list) is rows})


_KINDS = {
    "owl:Class": "class",
    "rdfs:Class": "class",
    "owl:ObjectProperty": "property",
    "owl:DatatypeProperty": "property",
    "rdf:Property": "property",
}
_CURIE = {namespace: prefix for prefix, namespace in rdf.PREFIXES.items()}


def _terms(path: Path) -> dict[str, tuple[str, Term]]:
    """Local name → (class or property, term): those with a local name of their own; alignments are left out."""
    said: dict[str, dict[str, list[str]]] = {}
    own: dict[str, str] = {}
    for quad in rdf.parse_file(path):
        subject = quad.subject.value
        own.setdefault(subject, _local(subject))
        said.setdefault(subject, {}).setdefault(_curie(quad.predicate.value), []).append(
            quad.object.value if isinstance(quad.object, rdf.Literal) else _curie(quad.object.value)
        )
    found: dict[str, tuple[str, Term]] = {}
    for subject, facts in said.items():
        kind = next((_KINDS[t] for t in facts.get("rdf:type", ()) if t in _KINDS), None)
        if kind is None:
            continue

        def names(*predicates: str, facts: dict[str, list[str]] = facts) -> tuple[str, ...]:
            return tuple(
                _local(n) if not n.startswith("xsd:") else n
                for p in predicates
                for n in facts.get(p, ())
                if n.startswith(("kg:", "xsd:")) or n in said
            )

        found[own[subject]] = (
            kind,
            Term(
                own[subject],
                facts.get("rdfs:label", [own[subject]])[0],
                facts.get("rdfs:comment", [""])[0],
                names("rdfs:subClassOf" if kind == "class" else "rdfs:subPropertyOf"),
                names("rdfs:domain", "schema:domainIncludes"),
                names("rdfs:range", "schema:rangeIncludes"),
                subject,
            ),
        )
    return found


def _curie(iri: str) -> str:
    for namespace, prefix in _CURIE.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _local(iri: str) -> str:
    return iri[max(iri.rfind("#"), iri.rfind("/"), iri.rfind(":")) + 1 :]


def _lineages(terms: Mapping[str, Term]) -> Iterator[tuple[str, frozenset[str]]]:
    for name in terms:
        above, todo = set(), [name]
        while todo:
            at = todo.pop()
            if at not in above:
                above.add(at)
                todo.extend(terms[at].parents if at in terms else ())
        yield name, frozenset(above)
