"""What a form gives: the text of an article, and what its file says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from kg.errors import DocumentError

#: What can be said of an article beside its text.
PROPERTIES = ("id", "title", "url", "date", "modified", "publisher", "author", "section", "language")

#: Names that front matter, JSON and tables have for them, in lower case; the text has names too.
KEYS: dict[str, str] = {
    **{name: name for name in (*PROPERTIES, "text")},
    "headline": "title",
    "link": "url",
    "canonical": "url",
    "datepublished": "date",
    "published": "date",
    "pubdate": "date",
    "published_at": "date",
    "publication_date": "date",
    "datemodified": "modified",
    "updated": "modified",
    "lastmod": "modified",
    "authors": "author",
    "creator": "author",
    "byline": "author",
    "source_name": "publisher",
    "site": "publisher",
    "articlesection": "section",
    "inlanguage": "language",
    "lang": "language",
    "articlebody": "text",
    "body": "text",
    "content": "text",
}


@dataclass(frozen=True, slots=True)
class Found:
    """One article of a file. `said` gives for a property its value and where that stands; `part` names an article
    among several.
    """

    text: str
    said: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    part: str = ""
    notes: tuple[str, ...] = ()  # what was assumed or left out, for people


@dataclass(frozen=True, slots=True)
class Given:
    """What a form is asked to read: the bytes of a file, their text where the form is one of text, and the options."""

    data: bytes
    text: str
    source: str
    columns: Mapping[str, str] = field(default_factory=dict)  # property → name of its column


#: The articles of a file in order; one that cannot be read is an error in its place.
Articles: TypeAlias = Iterator[Found | DocumentError]


def told(values: Mapping[str, Any], where: str) -> dict[str, tuple[str, str]]:
    """Properties by any of their names, with where they stand; what is empty or no word of ours is left out.

    A list is a list of people, a dictionary somebody by "name".
    """
    said: dict[str, tuple[str, str]] = {}
    for key, value in values.items():
        name, words = KEYS.get(str(key).strip().lower()), in_words(value)
        if name in PROPERTIES and words and name not in said:
            said[name] = (words, f"{where} ({key})")
    return said


def in_words(value: Any) -> str:
    """A value of JSON as one line: names of people and things are joined, nothing is nothing."""
    if isinstance(value, (list, tuple)):
        return ", ".join(filter(None, map(in_words, value)))
    if isinstance(value, Mapping):
        return in_words(value.get("name"))
    return "" if value is None or isinstance(value, bool) else " ".join(str(value).split())
