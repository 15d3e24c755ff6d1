"""The page's data and its frame: a scene packed into one compact JSON block, put into our own template by pyvis.

Text reaches the page in that block alone, escaped for HTML; the page sets it as text. The Content-Security-Policy
names our
scripts and style by their hashes, so that nothing else can run, and allows no request (a live page: its own server
only).
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, Environment
from markupsafe import Markup

from kg.picture.look import FOLDER, label_of, look, spoken
from kg.picture.rows import local_name
from kg.picture.scene import ClaimRow, EdgeRow, Evidence, Scene, Thing
from kg.picture.times import bounds

__all__ = ["environment", "pack"]

_SCRIPTS = (
    "data",
    "state",
    "look",
    "places",
    "graph",
    "webgl",
    "labels",
    "details",
    "article",
    "lead",
    "steps",
    "expand",
    "find",
    "filters",
    "time",
    "map",
    "table",
    "marks",
    "save",
    "main",
)
#: Above so many things a page brings WebGL along.
_WEBGL = 1500
#: vis-network as pyvis ships it.
VIS = "lib/vis-9.1.2/vis-network.min.js"


@cache
def _asset(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


@cache
def _vis() -> str:
    spec = find_spec("pyvis")
    text = (Path(spec.origin).parent / VIS).read_text(encoding="utf-8")  # type: ignore[union-attr, arg-type]
    return _inert(text)


def _inert(text: str) -> str:
    if "</script" in text.lower() or "<!--" in text:
        raise AssertionError("a script of the page could end its own element")
    return text


@cache
def _script() -> str:
    parts = [_asset(f"script/{name}.js") for name in _SCRIPTS]
    return _inert('(function () {\n"use strict";\n' + "\n".join(parts) + "\n})();\n")


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode() + "'"


def environment(extras: Mapping[str, Any], live: bool) -> Environment:
    """An autoescaping Jinja environment that holds our template, for pyvis to render with the packed data in its
    globals."""
    # Line ends are \n in the browser's eyes whatever the file says; the hashes are of what the browser sees.
    large = len(extras["things"]) > _WEBGL
    sigma = _inert(_asset("webgl/sigma.min.js")) if large else ""
    vis, script, style, webgl = (t.replace("\r\n", "\n") for t in (_vis(), _script(), _asset("page.css"), sigma))
    env = Environment(loader=DictLoader({"page.html": _asset("page.html")}), autoescape=True)
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(vis)} {_hash(script)}{' ' + _hash(webgl) if large else ''}",
            f"style-src {_hash(style)}",
            "img-src data: blob:",
            f"connect-src {chr(39)}{'self' if live else 'none'}{chr(39)}",
            "base-uri 'none'",
            "form-action 'none'",
            "object-src 'none'",
        )
    )
    env.globals.update(
        policy=policy,
        vis=Markup(vis),
        script=Markup(script),
        webgl=Markup(webgl),
        style=Markup(style),
        title=extras["title"],
        live=live,
        data=lambda nodes, edges: Markup(_json(dict(extras, nodes=_columns(nodes, extras), edges=_ends(edges)))),
    )
    return env


def _json(value: Any) -> str:
    """JSON that is inert inside a script element: no `<`, `>`, `&` and no line separators of JavaScript."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text.encode("utf-8", "replace").decode()


def _columns(nodes: Iterable[Mapping[str, Any]], extras: Mapping[str, Any]) -> list[list[Any]]:
    """pyvis' nodes, in the order of `extras["things"]`, as [x, y, size, community]."""
    at = {n["id"]: [n["x"], n["y"], n["size"], n["group"]] for n in nodes}
    return [at.get(i, []) for i in range(len(extras["things"]))]


def _ends(edges: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
    return [[e["from"], e["to"], e["word"], e["claims"], *([e["said"]] if e["said"] else [])] for e in edges]


class _Table:
    """Strings or rows, each once, by their number."""

    def __init__(self) -> None:
        self.rows: dict[Any, int] = {}

    def __call__(self, row: Any) -> int:
        return self.rows.setdefault(row, len(self.rows))


def pack(
    scene: Scene,
    order: Sequence[str],
    others: Mapping[str, Iterable[tuple[str, Mapping[str, Any]]]],
    title: str,
    options: Mapping[str, Any],
) -> dict[str, Any]:
    """The whole scene as lists of numbers and strings; `order` gives each thing its number, `others` the places of
    nodes in
    the further views. A missing link is 0, others are one more than their number."""
    spaces, words, types, rules = _Table(), _Table(), _Table(), _Table()
    number = {iri: i for i, iri in enumerate(order)}
    documents = {d.iri: i for i, d in enumerate(scene.documents)}
    with_text = {d.iri for d in scene.documents if d.text}
    claim_number = {iri: i for i, iri in enumerate(scene.claims)}

    def short(iri: str) -> str:
        name = local_name(iri)
        return f"{spaces(iri[: len(iri) - len(name)])}:{name}" if iri else ""

    def quotes(evidence: Iterable[Evidence]) -> list[Any]:
        return [
            [
                documents[e.document],
                e.start,
                e.end,
                rules(e.rule),
                short(e.iri),
                *([] if e.document in with_text else [e.quote]),
            ]
            for e in evidence
            if e.document in documents
        ]

    def link(iri: str) -> int:
        return number[iri] + 1 if iri in number else 0

    def claim(c: ClaimRow) -> list[Any]:
        value: Any = [c.value.words, c.value.value, c.value.anchor, c.value.detail] if c.value else 0
        if c.value and local_name(c.predicate) in ("time", "duration") and (limits := bounds(c.value.value)):
            value += limits
        return _trimmed(
            [
                short(c.iri),
                number[c.subject],
                words(c.predicate),
                link(c.object),
                c.status,
                quotes(c.evidence),
                -1 if c.confidence is None else round(c.confidence, 3),
                link(c.by),
                link(c.stated_in),
                int(c.polarity == "negative"),
                "" if c.validity == "current" else c.validity,
                "" if c.origin == "extracted" else c.origin,
                link(c.via),
                short(c.fact),
                value,
                [*c.modality],
                [short(p) for p in c.premises],
            ]
        )

    def thing(t: Thing) -> list[Any]:
        return _trimmed(
            [
                short(t.iri),
                t.label,
                types((t.type, label_of(t.type), t.kind)),
                t.status,
                quotes(t.evidence),
                [*t.aliases],
                [t.at.lat, t.at.long] if t.at else 0,
            ]
        )

    things = [thing(scene.things[iri]) for iri in order]
    claims = [claim(c) for c in scene.claims.values()]

    def rows(edges: Iterable[EdgeRow]) -> list[list[Any]]:
        return [
            [number[e.subject], number[e.object], words(e.predicate), [claim_number[c] for c in e.claims]]
            + ([e.label] if e.label else [])
            for e in edges
        ]

    shown = [
        {
            **v._asdict(),
            "alone": [number[i] for i in scene.alone.get(v.name, ())],
            "edges": rows(scene.edges[v.name]) if at and v in scene.views else None,
            "spare": rows(scene.spare) if v.name == "story" else [],
            "places": [[number[iri], n["x"], n["y"], n["size"], n["community"]] for iri, n in others.get(v.name, ())],
        }
        for at, v in enumerate((*scene.views, *scene.derived))
    ]
    edges = [
        {
            "from": number[e.subject],
            "to": number[e.object],
            "word": words(e.predicate),
            "claims": [claim_number[c] for c in e.claims],
            "said": e.label,
        }
        for e in scene.edges[scene.views[0].name]
    ]
    located = any(t.at for t in scene.things.values())
    return {
        "title": title,
        "options": dict(options),
        "look": look(),
        "views": shown,
        "things": things,
        "claims": claims,
        "drawn": edges,
        "lead": [[s.text, s.standing, [claim_number[c] for c in s.claims]] for s in scene.lead],
        "documents": [[short(d.iri), d.title, d.date, d.url, d.publisher, d.text, d.sure] for d in scene.documents],
        "types": [list(t) for t in types.rows],
        "words": [[short(w), spoken(local_name(w))] for w in words.rows],
        "rules": list(rules.rows),
        "spaces": list(spaces.rows),
        "outline": json.loads(_asset("outline.json")) if located else [],
    }


def _trimmed(row: list[Any]) -> list[Any]:
    while row and row[-1] in (0, "", []):
        row.pop()
    return row
