"""A picture without a browser: the same places, colours, shapes and lines as the page, as SVG or PNG.

Nodes never cover each other (the layout has pushed their boxes apart); labels of edges are set where they find room.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

import networkx as nx

from kg.errors import OutputError
from kg.picture.look import look
from kg.picture.rows import local_name
from kg.picture.scene import EdgeRow, Scene, label_of
from kg.rdf import for_xml

__all__ = ["png", "svg"]

_CORNERS = {
    "square": (4, math.pi / 4, 1.12),
    "diamond": (4, 0.0, 1.22),
    "hexagon": (6, 0.0, 1.1),
    "pentagon": (5, -math.pi / 2, 1.12),
    "octagon": (8, math.pi / 8, 1.06),
    "triangle": (3, -math.pi / 2, 1.3),
    "shield": (5, math.pi / 2, 1.12),
}
_FONT = "system-ui, 'Segoe UI', Roboto, 'Liberation Sans', 'DejaVu Sans', sans-serif"
_NODE, _EDGE, _MARGIN = 12.0, 10.0, 28.0
_FADED = ' opacity="0.5"'
#: Up to so many nodes all are named; beyond, the weightiest of each patch of the picture.
_NAMED = 400


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


class _Room:
    """Which parts of the picture are taken."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], list[_Box]] = {}

    def take(self, box: _Box, force: bool = False) -> bool:
        near = [
            (x, y)
            for x in range(int(box.left // 60), int(box.right // 60) + 1)
            for y in range(int(box.top // 60), int(box.bottom // 60) + 1)
        ]
        if not force and any(
            box.left < o.right and box.right > o.left and box.top < o.bottom and box.bottom > o.top
            for cell in near
            for o in self.cells.get(cell, ())
        ):
            return False
        for cell in near:
            self.cells.setdefault(cell, []).append(box)
        return True


def svg(scene: Scene, graph: nx.MultiDiGraph, title: str, dark: bool = False) -> str:
    """The scene's first view as an SVG file; `graph` holds the places and sizes of its nodes."""
    shade = "dark" if dark else "light"
    table = look()
    paper, ink = table["paper"][shade], table["ink"][shade]
    nodes = dict(graph.nodes(data=True))
    left = min((n["x"] for n in nodes.values()), default=0.0) - 90
    right = max((n["x"] for n in nodes.values()), default=0.0) + 90
    top = min((n["y"] for n in nodes.values()), default=0.0) - 40 - _MARGIN
    bottom = max((n["y"] for n in nodes.values()), default=0.0) + 60
    right = max(right, left + 640)
    legend, high = _legend(scene, nodes, left + _MARGIN, bottom, right - left - 2 * _MARGIN, shade)
    room = _Room()
    for n in nodes.values():
        room.take(_Box(n["x"] - n["size"], n["y"] - n["size"], n["x"] + n["size"], n["y"] + n["size"]), force=True)
    names = [
        line
        for i, (iri, n) in enumerate(nodes.items())
        for line in _name(scene, iri, n, room, ink, paper, i < _NAMED or len(nodes) <= _NAMED)
    ]
    lines, words = _edges(scene, nodes, room, shade, paper)
    shapes = [_node(scene, iri, n, shade, paper) for iri, n in nodes.items()]
    heads = "".join(
        f'<marker id="to-{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" '
        f'orient="auto"><path d="M0 0L8 4L0 8z" fill="{status[shade]}"/></marker>'
        for name, status in table["statuses"].items()
    )
    wide, tall = right - left, bottom + high - top
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.0f}" height="{tall:.0f}" viewBox="{left:.1f} {top:.1f} {wide:.1f} {tall:.1f}" '
            f'font-family="{_FONT}" role="img" aria-label={quoteattr(_clean(title))}>',
            f"<title>{_text(title)}</title>",
            f"<defs>{heads}</defs>",
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{tall:.1f}" fill="{paper}"/>',
            f'<text x="{left + _MARGIN:.1f}" y="{top + 26:.1f}" font-size="17" font-weight="600" fill="{ink}">{_text(_short(title, 90))}</text>',
            *lines,
            *shapes,
            *words,
            *names,
            *legend,
            "</svg>\n",
        )
    )


def png(drawing: str, width: int | None = None) -> bytes:
    """An SVG file as PNG, twice its size unless a width in pixels is given. Letters come from the fonts of the machine."""
    import resvg_py

    try:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=drawing, width=width, zoom=None if width else 2.0, sans_serif_family=_sans()
            )
        )
    except ValueError as problem:
        raise OutputError(f"cannot be drawn as PNG: {problem}", "picture", "draw an .svg file instead") from None


def _sans() -> str:
    return "DejaVu Sans"


# ------------------------------------------------------------------ parts


def _clean(text: str) -> str:
    return for_xml(text).replace("\ufffd", "")


def _text(text: str) -> str:
    return escape(_clean(text))


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _lines(label: str) -> list[str]:
    """A label on at most two lines, cut as the page cuts it."""
    label = _short(" ".join(label.split()), 44)
    if len(label) <= 22:
        return [label]
    cut = label.rfind(" ", 0, max(22, len(label) // 2 + 4) + 1)
    return [_short(label, 26)] if cut < 6 else [label[:cut], _short(label[cut + 1 :], 26)]


def _outline(shape: str, r: float) -> str:
    if shape == "circle":
        return f"M{-r:.2f} 0a{r:.2f} {r:.2f} 0 1 0 {2 * r:.2f} 0a{r:.2f} {r:.2f} 0 1 0 {-2 * r:.2f} 0z"
    if shape == "pill":
        w, h = r * 0.45, r * 0.92
        return f"M{-w:.2f} {-h:.2f}h{2 * w:.2f}a{h:.2f} {h:.2f} 0 0 1 0 {2 * h:.2f}h{-2 * w:.2f}a{h:.2f} {h:.2f} 0 0 1 0 {-2 * h:.2f}z"
    count, turn, grow = _CORNERS[shape]
    corners = (
        (r * grow * math.cos(turn + 2 * math.pi * i / count), r * grow * math.sin(turn + 2 * math.pi * i / count))
        for i in range(count)
    )
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in corners) + "z"


def _node(scene: Scene, iri: str, n: Mapping[str, Any], shade: str, paper: str) -> str:
    thing, r = scene.things[iri], n["size"]
    kind = look()["kinds"].get(thing.kind) or look()["kinds"]["Entity"]
    said = f"{thing.label}, {label_of(thing.type)}{', ' + thing.status if thing.status else ''}"
    line, fill, rim, width, dash = "", kind[shade], paper, 1.2, ""
    if thing.status:
        status = look()["statuses"][thing.status]
        fill, rim, width = paper, status[shade], 2.0
        dash = f' stroke-dasharray="{" ".join(str(d) for d in status["dash"])}"' if status["dash"] else ""
        line = (
            f'<path d="M{-r * 1.1:.1f} {r * 1.1:.1f}L{r * 1.1:.1f} {-r * 1.1:.1f}" stroke="{rim}" stroke-width="2.2"/>'
            if status.get("struck")
            else ""
        )
    icon = r * 1.24 / 24 * (0.8 if kind["shape"] == "triangle" else 1)
    lower = 4 if kind["shape"] == "triangle" else 0
    return (
        f'<g transform="translate({n["x"]:.1f} {n["y"]:.1f})"><title>{_text(_short(said, 300))}</title>'
        f'<path d="{_outline(kind["shape"], r)}" fill="{fill}" stroke="{rim}" stroke-width="{width}"{dash}/>'
        f'<path d="{kind["icon"]}" fill="{rim if thing.status else paper}" fill-rule="evenodd" '
        f'transform="scale({icon:.4f}) translate(-12 {-12 + lower})"/>{line}</g>'
    )


def _name(scene: Scene, iri: str, n: Mapping[str, Any], room: _Room, ink: str, paper: str, forced: bool) -> list[str]:
    lines = _lines(scene.things[iri].label)
    half, high = max(map(len, lines)) * _NODE * 0.27 + 2, len(lines) * 14
    y = n["y"] + n["size"] * 1.25 + 2
    if not room.take(_Box(n["x"] - half, y, n["x"] + half, y + high), force=forced):
        return []
    slope = ' font-style="italic"' if scene.things[iri].status else ""
    return [
        f'<text x="{n["x"]:.1f}" y="{y + 11 + 14 * i:.1f}" text-anchor="middle" font-size="{_NODE:.0f}" fill="{ink}" stroke="{paper}" '
        f'stroke-width="3" paint-order="stroke"{slope}>{_text(line)}</text>'
        for i, line in enumerate(lines)
    ]


def _edges(
    scene: Scene, nodes: Mapping[str, Mapping[str, Any]], room: _Room, shade: str, paper: str
) -> tuple[list[str], list[str]]:
    """Lines and their words; edges between the same two nodes fan out."""
    rows = scene.edges[scene.views[0].name]
    beside: dict[tuple[str, str], list[EdgeRow]] = {}
    for e in rows:
        beside.setdefault((min(e[:2]), max(e[:2])), []).append(e)
    lines, words = [], []
    for pair, several in beside.items():
        for i, e in enumerate(several):
            a, b = nodes[pair[0]], nodes[pair[1]]
            if pair[0] == pair[1]:
                continue
            bend = (i - (len(several) - 1) / 2) * 0.28
            dx, dy = b["x"] - a["x"], b["y"] - a["y"]
            control = ((a["x"] + b["x"]) / 2 - dy * bend, (a["y"] + b["y"]) / 2 + dx * bend)
            middle = ((a["x"] + b["x"]) / 4 + control[0] / 2, (a["y"] + b["y"]) / 4 + control[1] / 2)
            start, end = (a, b) if e.subject == pair[0] else (b, a)
            lines.append(_line(scene, e, start, end, control, shade))
            words += _words(scene, e, middle, math.hypot(dx, dy) - a["size"] - b["size"], room, shade, paper)
    return lines, words


def _line(
    scene: Scene, e: EdgeRow, start: Mapping[str, Any], end: Mapping[str, Any], control: tuple[float, float], shade: str
) -> str:
    status = look()["statuses"][e.status]
    back = math.hypot(end["x"] - control[0], end["y"] - control[1]) or 1.0
    x = end["x"] - (end["x"] - control[0]) / back * (end["size"] + 3)
    y = end["y"] - (end["y"] - control[1]) / back * (end["size"] + 3)
    dash = f' stroke-dasharray="{" ".join(str(d) for d in status["dash"])}"' if status["dash"] else ""
    said = f"{scene.things[e.subject].label} {label_of(local_name(e.predicate))} {scene.things[e.object].label}: {e.status}"
    said += "" if e.validity == "current" else f", {e.validity}"
    return (
        f'<path d="M{start["x"]:.1f} {start["y"]:.1f}Q{control[0]:.1f} {control[1]:.1f} {x:.1f} {y:.1f}" fill="none" stroke="{status[shade]}" '
        f'stroke-width="{status["width"]}"{dash}{"" if e.validity == "current" else _FADED} marker-end="url(#to-{e.status})"><title>{_text(_short(said, 300))}</title></path>'
    )


def _words(
    scene: Scene, e: EdgeRow, at: tuple[float, float], room_along: float, room: _Room, shade: str, paper: str
) -> list[str]:
    status = look()["statuses"][e.status]
    struck = bool(status.get("struck")) or e.polarity == "negative"
    colour, out = status[shade], []
    x, y = at
    if struck:
        room.take(_Box(x - 6, y - 6, x + 6, y + 6), force=True)
        out.append(
            f'<path d="M{x - 5:.1f} {y - 5:.1f}l10 10m0-10l-10 10" stroke="{look()["statuses"]["denied"][shade]}" stroke-width="2"/>'
        )
        y += 11
    name = local_name(e.predicate)
    claim = scene.claims[e.claims[0]]
    text = (
        scene.things[claim.subject].label
        if name == "Event" and claim.subject in scene.things
        else look()["roles"].get(name) or label_of(name)
    )
    if e.status != "asserted":
        text += (
            f" ({_short(scene.things[claim.by].label, 18)} says)"
            if e.status == "reported" and claim.by in scene.things
            else f" ({e.status})"
        )
    text += "" if e.validity == "current" else f" ({e.validity})"
    half = len(text) * _EDGE * 0.27 + 2
    if 2 * half <= room_along + 14 and room.take(_Box(x - half, y - 7, x + half, y + 7)):
        line = ' text-decoration="line-through"' if struck else ""
        out.append(
            f'<text x="{x:.1f}" y="{y + 3.5:.1f}" text-anchor="middle" font-size="{_EDGE:.0f}" fill="{colour}" stroke="{paper}" '
            f'stroke-width="3" paint-order="stroke"{line}>{_text(text)}</text>'
        )
    return out


def _legend(
    scene: Scene, nodes: Iterable[str], left: float, top: float, wide: float, shade: str
) -> tuple[list[str], float]:
    """What the shapes and lines mean, of those that occur; and its height."""
    table = look()
    ink, paper = table["ink"][shade], table["paper"][shade]
    kinds = {scene.things[iri].kind for iri in nodes}
    statuses = {e.status for e in scene.edges[scene.views[0].name]} | {scene.things[iri].status for iri in nodes}
    out: list[str] = []
    x, y = left, top + 24

    def entry(picture: str, label: str) -> None:
        nonlocal x, y
        long = 44 + len(label) * 6.6
        if x > left and x + long > left + wide:
            x, y = left, y + 22
        out.append(
            f'<g transform="translate({x:.1f} {y:.1f})">{picture}<text x="36" y="4" font-size="12" fill="{ink}">{_text(label)}</text></g>'
        )
        x += long + 12

    for name, kind in table["kinds"].items():
        if name in kinds:
            entry(
                f'<g transform="translate(22 0)"><path d="{_outline(kind["shape"], 8)}" fill="{kind[shade]}"/>'
                f'<path d="{kind["icon"]}" fill="{paper}" fill-rule="evenodd" transform="scale(.42) translate(-12 -12)"/></g>',
                kind["label"],
            )
    x, y = (left, y + 22) if out else (x, y)
    for name, status in table["statuses"].items():
        if name in statuses:
            dash = f' stroke-dasharray="{" ".join(str(d) for d in status["dash"])}"' if status["dash"] else ""
            cross = (
                f'<path d="M11 -4l8 8m0-8l-8 8" stroke="{status[shade]}" stroke-width="2"/>'
                if status.get("struck")
                else ""
            )
            entry(
                f'<path d="M0 0h30" stroke="{status[shade]}" stroke-width="{status["width"]}"{dash}/>{cross}',
                status["label"],
            )
    return out, y - top + 24
