"""Colours, shapes and words of what is shown: one table for the page, the figure and the story."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from kg import vocabulary

__all__ = ["FOLDER", "label_of", "look", "spoken"]

FOLDER = Path(__file__).resolve().parent.parent / "page"


@cache
def look() -> dict[str, Any]:
    """Colours, shapes and icons of classes, lines of statuses, words of roles and acts."""
    table: dict[str, Any] = json.loads((FOLDER / "look.json").read_text(encoding="utf-8"))
    return table


@lru_cache(maxsize=4096)
def label_of(name: str) -> str:
    """A class or property as people read it."""
    terms = vocabulary.load()
    known = terms.classes.get(name) or terms.properties.get(name)
    return known.label if known else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").lower()


def spoken(name: str, validity: str = "current") -> str:
    """A role or relation as it stands in a sentence: "is a citizen of", of what has ended "was a citizen of"."""
    words: str = look()["roles"].get(name) or look()["says"].get(name) or label_of(name)
    verb, _, rest = words.partition(" ")
    turned = look()["tenses"].get(validity, {}).get(verb)
    return f"{turned} {rest}".strip() if turned else words
