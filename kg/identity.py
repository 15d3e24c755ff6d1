"""Where IRIs come from: names, documents, triggers, and hashes of fields. Nothing is blank, nothing depends on order or
place.

    document   `--id`, else its url, else the text
    entity     normalised name + coarse class (+ disambiguator; + document where the name holds only there)
    event      document + start of its first trigger
    fact, claim, evidence, time, quantity   all their fields

Within a major version of the program the same input gives the same IRIs.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.rdf import BASE, IRI

if TYPE_CHECKING:
    from kg.model import Document, Entity, Event, Evidence, Quantity, Reading, Time
    from kg.vocabulary import Vocabulary

#: The coarse class of an entity is its first ancestor here; it names the folder of the IRI.
COARSE: tuple[tuple[str, str], ...] = (
    ("Person", "person"),
    ("Group", "group"),
    ("Organization", "org"),
    ("Place", "place"),
    ("Office", "office"),
    ("Artifact", "artifact"),
    ("Program", "program"),
    ("Concept", "concept"),
    ("Event", "event"),
    ("Entity", "thing"),
)


def digest(*fields: object, length: int = 16) -> str:
    """The first hexadecimal digits of the SHA-256 of the fields, kept apart by a character that no field holds."""
    joined = "\x1f".join("" if f is None else str(f) for f in fields)
    return hashlib.sha256(joined.encode()).hexdigest()[:length]


@lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """A name as a flat local name: `[a-z0-9-]`, accents folded; a hash is added where other letters were lost."""
    if name.isascii() and name.isalnum():
        return name.lower()[:80]
    name = unicodedata.normalize("NFKD", name).casefold()
    kept, lost = [], False
    for c in name:
        if c.isascii() and c.isalnum():
            kept.append(c)
        elif unicodedata.combining(c):
            continue
        else:
            lost = lost or c.isalnum()
            kept.append("-" if c not in "'’." else "")
    flat = "-".join(filter(None, "".join(kept).split("-")))[:80].rstrip("-")
    return f"{flat}-{digest(name, length=8)}".lstrip("-") if lost or not flat else flat


@dataclass
class Identity:
    """Mints the IRIs of one document. Keeps what it has given, so that no two nodes share one."""

    document: Document
    vocabulary: Vocabulary
    base: str = BASE
    key: str = ""
    _taken: dict[str, str] = field(default_factory=dict)
    _given: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _next: dict[tuple[str, str], int] = field(default_factory=dict)  # the number from which on names may be free

    def __post_init__(self) -> None:
        d = self.document
        self.key = digest(d.id or d.url or d.text, length=12)

    def nodes(self, reading: Reading) -> dict[str, IRI]:
        """Entity and event ids of a reading → their IRIs."""
        return {e.id: self.of_entity(e) for e in reading.entities} | {v.id: self.of_event(v) for v in reading.events}

    def iri(self, kind: str, name: str) -> IRI:
        return IRI(f"{self.base}{kind}/{name}")

    def of_document(self) -> IRI:
        return self.iri("doc", self.key)

    def of_entity(self, entity: Entity) -> IRI:
        if entity.iri:
            return IRI(entity.iri)
        above = self.vocabulary.lineage(entity.type)
        kind = next((folder for name, folder in COARSE if name in above), "thing")
        name = "-".join(
            filter(
                None,
                (
                    slug(entity.label),
                    slug(entity.disambiguator) if entity.disambiguator else "",
                    self.key if entity.scope == "document" else "",
                ),
            )
        )
        return self._unique(kind, name, entity.id)

    def of_event(self, event: Event) -> IRI:
        return self._unique("event", f"{self.key}-{event.triggers[0][0]}", event.id)

    def of_evidence(self, evidence: Evidence) -> IRI:
        return self.iri("ev", f"{self.key}-{evidence.start}-{evidence.end}-{slug(evidence.rule)}")

    def of_time(self, time: Time) -> IRI:
        return self.iri(
            "when",
            f"{slug(time.value or time.text)}-"
            + digest(time.text, time.value, time.granularity, time.anchor, time.kind, length=8),
        )

    def of_quantity(self, q: Quantity, source: IRI | None) -> IRI:
        size = q.value if q.value is not None else f"{q.min}-{q.max}"
        return self.iri(
            "quantity", f"{slug(str(size))}-{digest(q.value, q.min, q.max, q.unit, q.of, q.modifier, source, length=8)}"
        )

    def of_fact(self, *fields: object) -> IRI:
        return self.iri("fact", digest(*fields))

    def of_claim(self, *fields: object) -> IRI:
        return self.iri("claim", digest(*fields))

    def _unique(self, kind: str, name: str, owner: str) -> IRI:
        """The name, or where another node of this document has it the name with the next free number."""
        if (given := self._given.get((kind, name, owner))) is None:
            given, n = f"{kind}/{name}", self._next.get((kind, name), 1)
            if n > 1:
                given = f"{kind}/{name}-{n}"
            while self._taken.setdefault(given, owner) != owner:
                n += 1
                given = f"{kind}/{name}-{n}"
            self._given[kind, name, owner], self._next[kind, name] = given, n
        return IRI(self.base + given)
