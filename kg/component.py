"""A component for spaCy: `nlp.add_pipe("article_kg")` reads each text as `kg build` does and leaves what it found in
`doc._.kg`.

The text is parsed by the pipeline of the line, whatever pipeline the component stands in, so that the same text gives
the same entities, events and claims everywhere. What is kept with a Doc is plain data: it goes to other processes, to
`DocBin` and to disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import InputError
from kg.model import Document
from kg.pipeline import Line
from kg.rdf import BASE

__all__ = ["Found", "create"]

#: The key of what was found among the data of a Doc, and what may be told of it before it is read.
KEY = "article_kg"
METADATA = ("id", "title", "url", "date", "publisher")


@dataclass(frozen=True, slots=True)
class Found:
    """What was read of one text, in the annotation form: offsets are characters of `doc.text`, as `doc.char_span`
    takes them.
    """

    entities: tuple[dict[str, Any], ...] = ()
    events: tuple[dict[str, Any], ...] = ()
    claims: tuple[dict[str, Any], ...] = ()
    attributions: tuple[dict[str, Any], ...] = ()


def found(doc: Doc) -> Found:
    """What the component left in a Doc; nothing where it did not read it."""
    told: Mapping[str, Any] = doc.user_data.get(KEY) or {}
    return Found(**{name: tuple(map(_listed, told.get(name, ()))) for name in Found.__slots__})


def _listed(value: Any) -> Any:
    """Lists, as the annotation form has them: `DocBin` brings them back as tuples."""
    if isinstance(value, dict):
        return {key: _listed(inner) for key, inner in value.items()}
    return [_listed(inner) for inner in value] if isinstance(value, (list, tuple)) else value


@Language.factory(
    "article_kg",
    assigns=["doc._.kg"],
    default_config={"model": None, "base": BASE, "curated": False, "sure": None},
)
def create(nlp: Language, name: str, model: str | None, base: str, curated: bool, sure: int | None) -> Component:
    """The component, with the settings of `Line`: a pipeline of spaCy's to parse with, the namespace, no events of no
    listed type, what is marked as unsure.
    """
    return Component(Line(model=model, base=base, curated=curated, sure=sure))


class Component:
    """Reads a Doc's text. `doc._.kg_document`, a dict set before, tells its date, id, url, title and publisher."""

    def __init__(self, line: Line) -> None:
        self.line = line
        if not Doc.has_extension("kg"):
            Doc.set_extension("kg", getter=found)
        if not Doc.has_extension("kg_document"):
            Doc.set_extension("kg_document", default=None)

    def __call__(self, doc: Doc) -> Doc:
        told = dict(doc._.kg_document or {})
        if unknown := sorted(told.keys() - set(METADATA)):
            raise InputError("is not known", f"doc._.kg_document: {', '.join(unknown)}", f"give {', '.join(METADATA)}")
        reading = next(iter(self.line.read([Document(doc.text, **told)])))
        annotation = self.line.annotate(reading)
        doc.user_data[KEY] = {name: annotation.get(name, []) for name in Found.__slots__}
        return doc
