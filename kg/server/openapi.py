"""What the server does, described by OpenAPI 3.1: the frame in openapi.json, the rest from where it is decided."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kg import __version__
from kg.server.articles import ANSWERS, GIVEN, MOST_ARTICLES, MOST_BODY, QUEUE, TYPES
from kg.server.protocol import FORM, QUERY, UPDATE
from kg.server.results import GRAPHS, TABLES
from kg.server.workers import Limits

__all__ = ["openapi"]

_FRAME = Path(__file__).with_suffix(".json")
TEXT: dict[str, Any] = {"type": "string"}


@cache
def openapi(limits: Limits, updates: bool) -> bytes:
    """The description of a server with such limits, as JSON."""
    told: dict[str, Any] = json.loads(_FRAME.read_text(encoding="utf-8"))
    told["info"]["version"] = __version__
    paths = told["paths"]
    articles, sparql = paths["/articles"]["post"], paths["/sparql"]
    articles["requestBody"]["content"] = _content(TYPES, {"application/json": "Articles"})
    articles["responses"]["200"]["content"] = _content(ANSWERS, {"application/json": "Annotations"})
    articles["parameters"] = [{"$ref": f"#/components/parameters/{name}"} for name in (*GIVEN, "language")]
    articles["x-limits"] = {
        "bytes": MOST_BODY,
        "articles": MOST_ARTICLES,
        "seconds": limits.seconds,
        "memory": limits.memory,
        "atOnce": limits.readers,
        "waiting": QUEUE * limits.readers,
    }
    for operation in sparql.values():
        operation["responses"]["200"]["content"] = _content((*TABLES, *GRAPHS))
    sparql["post"]["requestBody"]["content"] = _content(
        (FORM, QUERY, UPDATE) if updates else (FORM, QUERY), {FORM: "Asked"}
    )
    if not limits.readers:
        del paths["/articles"]
    if not updates:
        del sparql["post"]["responses"]["204"]
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


def _content(types: Iterable[str], objects: Mapping[str, str] = {}) -> dict[str, Any]:
    """Media types with their schemas: named ones, or plain text."""
    return {
        type: {"schema": {"$ref": f"#/components/schemas/{objects[type]}"} if type in objects else TEXT}
        for type in types
    }
