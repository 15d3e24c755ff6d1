"""article-kg: a news article in, a knowledge graph one can trust out.

    from kg import build, ask
    graph = build("article.txt", date="2025-11-12")        # an rdflib.Dataset
    for row in ask(graph, "visits"): ...

Each name is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "1.0.0"

#: The public names, and the rooms they live in.
_HOME = {
    "model": ("Claim", "Document", "Entity", "Event", "Evidence", "Reading"),
    "errors": ("KgError",),
    "reader": ("document", "read_document", "read_jsonl"),
    "pipeline": ("Line",),
    "store": ("Store",),
    "library": (
        "annotate",
        "ask",
        "build",
        "check",
        "draw",
        "figure",
        "frame",
        "load",
        "network",
        "plain",
        "query",
        "save",
        "understand",
        "why",
    ),
}
_ROOM = {name: room for room, names in _HOME.items() for name in names}

__all__ = sorted(_ROOM)

if TYPE_CHECKING:
    from kg.errors import KgError
    from kg.library import (
        annotate,
        ask,
        build,
        check,
        draw,
        figure,
        frame,
        load,
        network,
        plain,
        query,
        save,
        understand,
        why,
    )
    from kg.model import Claim, Document, Entity, Event, Evidence, Reading
    from kg.pipeline import Line
    from kg.reader import document, read_document, read_jsonl
    from kg.store import Store


def __getattr__(name: str) -> Any:
    if name not in _ROOM:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    value = getattr(import_module(f".{_ROOM[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
