"""Colours, shapes and words of what is shown: one table for the page, the figure and the story."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["FOLDER", "look"]

FOLDER = Path(__file__).resolve().parent.parent / "page"


@cache
def look() -> dict[str, Any]:
    """Colours, shapes and icons of classes, lines of statuses, words of roles and acts."""
    return json.loads((FOLDER / "look.json").read_text(encoding="utf-8"))
