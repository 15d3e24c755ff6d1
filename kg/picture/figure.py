"""A picture without a browser: the same places, colours, shapes and lines as the page, as SVG or PNG.

Nodes never cover each other (the layout has pushed their boxes apart); labels of edges are set where they find room.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from textwrap import wrap
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

import networkx as nx

from kg.errors import OutputError
from kg.picture.look import label_of, look, spoken
from kg.picture.rows import local_name
from kg.picture.scene import EdgeRow, Scene
from kg.picture.times import long_day
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
_PARTS = (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8)
#: Up to so many nodes all are named; beyond, the weightiest of each patch of the picture.
_NAMED = 400
#: Up to so many lines names and words keep off them.
_LINES = 120


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


class _Curve(NamedTuple):
    """A quadratic curve from one node's middle to another's."""

    start: tuple[float, float]
    control: tuple[float, float]
    end: tuple[float, float]

    def at(self, part: float) -> tuple[float, float]:
        a, b, c = (1 - part) ** 2, 2 * part * (1 - part), part**2
        return (
            a * self.start[0] + b * self.control[0] + c * self.end[0],
            a * self.start[1] + b * self.control[1] + c * self.end[1],
        )

    @property
    def length(self) -> float:
        return math.dist(self.start, self.end)


class _Room:
    """Which parts of the picture are taken by nodes and words, and where lines run."""

    def __init__(self, left: float, right: float) -> None:
        self.left, self.right = left, right
        self.cells: dict[tuple[int, int], list[_Box]] = {}
        self.points: dict[tuple[int, int], list[tuple[float, float, int]]] = {}

    def free(self, box: _Box) -> bool:
        return not any(
            box.left < o.right and box.right > o.left and box.top < o.bottom and box.bottom > o.top
            for cell in _near(box)
            for o in self.cells.get(cell, ())
        )

    def take(self, box: _Box) -> None:
        for cell in _near(box):
            self.cells.setdefault(cell, []).append(box)

    def run(self, curve: _Curve, number: int) -> None:
        """Let a line run through the picture."""
        steps = max(2, int(curve.length / 6))
        for i in range(1, steps):
            x, y = curve.at(i / steps)
            self.points.setdefault((int(x // 60), int(y // 60)), []).append((x, y, number))

    def lined(self, box: _Box, but: int = -1) -> int:
        """How many lines but one run through a box."""
        return len(
            {
                number
                for cell in _near(box)
                for x, y, number in self.points.get(cell, ())
                if number != but and box.left - 2 < x < box.right + 2 and box.top - 2 < y < box.bottom + 2
            }
        )


def _near(box: _Box) -> list[tuple[int, int]]:
    return [
        (x, y)
        for x in range(int(box.left // 60), int(box.right // 60) + 1)
        for y in range(int(box.top // 60), int(box.bottom // 60) + 1)
    ]


def svg(scene: Scene, graph: nx.MultiDiGraph, title: str, dark: bool = False) -> str:
    """The scene's first view as an SVG file; `graph` holds the places and sizes of its nodes."""
    shade = "dark" if dark else "light"
    table = look()
    paper, ink = table["paper"][shade], table["ink"][shade]
    nodes = dict(graph.nodes(data=True))
    left = min((n["x"] for n in nodes.values()), default=0.0) - 90
    right = max((n["x"] for n in nodes.values()), default=0.0) + 90
    bottom = max((n["y"] for n in nodes.values()), default=0.0) + 60
    right = max(right, left + 640)
    heading, tall_heading = _heading(scene, title, left + _MARGIN, right - left - 2 * _MARGIN, ink)
    top = min((n["y"] for n in nodes.values()), default=0.0) - 40 - tall_heading
    heading = f'<g transform="translate(0 {top:.1f})">{heading}</g>'
    legend, high = _legend(scene, nodes, left + _MARGIN, bottom, right - left - 2 * _MARGIN, shade)
    room = _Room(left + 4, right - 4)
    curves = _curves(scene, nodes)
    for n in nodes.values():
        room.take(_Box(n["x"] - n["size"], n["y"] - n["size"], n["x"] + n["size"], n["y"] + n["size"]))
    small = len(curves) <= _LINES
    for i, (_, curve) in enumerate(curves if small else ()):
        room.run(curve, i)
    names = [
        line
        for i, (iri, n) in enumerate(nodes.items())
        for line in _name(scene, iri, n, room, ink, paper, i < _NAMED or len(nodes) <= _NAMED)
    ]
    lines = [_line(scene, e, curve, nodes[e.object]["size"], shade) for e, curve in curves]
    words = [
        word for i, (e, curve) in enumerate(curves) for word in _words(scene, e, curve, i, nodes, room, shade, paper)
    ]
    shapes = [_node(scene, iri, n, shade, paper) for iri, n in nodes.items()]
    heads = "".join(
        f'<marker id="to-{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        f'markerUnits="userSpaceOnUse" '
        f'orient="auto"><path d="M0 0L8 4L0 8z" fill="{status[shade]}"/></marker>'
        for name, status in table["statuses"].items()
    )
    wide, tall = right - left, bottom + high - top
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.0f}" height="{tall:.0f}" '
            f'viewBox="{left:.1f} {top:.1f} {wide:.1f} {tall:.1f}" '
            f'font-family="{_FONT}" role="img" aria-label={quoteattr(_clean(title))}>',
            f"<title>{_text(title)}</title>",
            f"<defs>{heads}</defs>",
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{tall:.1f}" fill="{paper}"/>',
            heading,
            *lines,
            *shapes,
            *words,
            *names,
            *legend,
            "</svg>\n",
        )
    )


def png(drawing: str, width: int | None = None) -> bytes:
    """An SVG file as PNG, twice its size unless a width in pixels is given. Letters come from the fonts of the
    machine."""
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


def _heading(scene: Scene, title: str, left: float, wide: float, ink: str) -> tuple[str, float]:
    """The title on up to three lines, below it who published it and when; and the height of both."""
    size = 17 if len(title) <= 90 else 14
    lines = wrap(_clean(title), max(30, int(wide / (size * 0.53))))[:3]
    several = scene.documents if len(scene.documents) > 1 else ()
    days = sorted(d.date[:10] for d in scene.documents if d.date)
    if several:
        source = [" to ".join(dict.fromkeys(long_day(day) for day in (days[0], days[-1])))] if days else []
    else:
        source = [said for d in scene.documents for said in (d.publisher, long_day(d.date)) if said]
    out = "".join(
        f'<text x="{left:.1f}" y="{26 + i * (size + 5)}" font-size="{size}" font-weight="600" '
        f'fill="{ink}">{_text(line)}</text>'
        for i, line in enumerate(lines)
    )
    high = 12 + max(len(lines), 1) * (size + 5)
    if source:
        high += 18
        said = _text(_short(" · ".join(source), 120))
        out += f'<text x="{left:.1f}" y="{high}" font-size="12" fill="{ink}" opacity="0.75">{said}</text>'
    return out, high + 8.0


def _outline(shape: str, r: float) -> str:
    if shape == "circle":
        return f"M{-r:.2f} 0a{r:.2f} {r:.2f} 0 1 0 {2 * r:.2f} 0a{r:.2f} {r:.2f} 0 1 0 {-2 * r:.2f} 0z"
    if shape == "pill":
        w, h = r * 0.45, r * 0.92
        half = f"a{h:.2f} {h:.2f} 0 0 1 0"
        return f"M{-w:.2f} {-h:.2f}h{2 * w:.2f}{half} {2 * h:.2f}h{-2 * w:.2f}{half} {-2 * h:.2f}z"
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
    lines, r = _lines(scene.things[iri].label), n["size"]
    half, high = max(map(len, lines)) * _NODE * 0.29 + 2, len(lines) * 14
    below, above, middle = n["y"] + r * 1.25 + 2, n["y"] - r * 1.25 - high - 2, n["y"] - high / 2
    across = r * 1.25 + half + 3
    spots = [
        *((n["x"] + dx, y) for y in (below, above) for dx in (0.0, half * 0.8, -half * 0.8)),
        *((n["x"] + dx, y) for dx in (across, -across) for y in (middle, middle + r * 0.6, middle - r * 0.6)),
    ]
    spots = [(min(max(x, room.left + half), room.right - half), y) for x, y in spots]
    spots.sort(key=lambda s: room.lined(_Box(s[0] - half, s[1], s[0] + half, s[1] + high)))
    boxes = [_Box(x - half, y, x + half, y + high) for x, y in spots]
    found = next((box for box in boxes if room.free(box)), boxes[0] if forced else None)
    if found is None:
        return []
    room.take(found)
    x, y = (found.left + found.right) / 2, found.top
    slope = ' font-style="italic"' if scene.things[iri].status else ""
    return [
        f'<text x="{x:.1f}" y="{y + 11 + 14 * i:.1f}" text-anchor="middle" font-size="{_NODE:.0f}" '
        f'fill="{ink}" stroke="{paper}" '
        f'stroke-width="3" paint-order="stroke"{slope}>{_text(line)}</text>'
        for i, line in enumerate(lines)
    ]


def _curves(scene: Scene, nodes: Mapping[str, Mapping[str, Any]]) -> list[tuple[EdgeRow, _Curve]]:
    """Each edge with its curve; edges between the same two nodes fan out."""
    beside: dict[tuple[str, str], list[EdgeRow]] = {}
    for e in scene.edges[scene.views[0].name]:
        if e.subject != e.object:
            beside.setdefault((min(e[:2]), max(e[:2])), []).append(e)
    curves = []
    for pair, several in beside.items():
        a, b = nodes[pair[0]], nodes[pair[1]]
        for i, e in enumerate(several):
            bend = (i - (len(several) - 1) / 2) * 0.28
            dx, dy = b["x"] - a["x"], b["y"] - a["y"]
            control = ((a["x"] + b["x"]) / 2 - dy * bend, (a["y"] + b["y"]) / 2 + dx * bend)
            ends = [(n["x"], n["y"]) for n in ((a, b) if e.subject == pair[0] else (b, a))]
            curves.append((e, _Curve(ends[0], control, ends[1])))
    return curves


def _line(scene: Scene, e: EdgeRow, curve: _Curve, size: float, shade: str) -> str:
    status = look()["statuses"][e.status]
    start, control, end = curve
    back = math.dist(end, control) or 1.0
    x = end[0] - (end[0] - control[0]) / back * (size + 3)
    y = end[1] - (end[1] - control[1]) / back * (size + 3)
    dash = f' stroke-dasharray="{" ".join(str(d) for d in status["dash"])}"' if status["dash"] else ""
    said = f"{scene.things[e.subject].label} {_word(scene, e)} {scene.things[e.object].label}: {e.status}"
    said += "" if e.validity == "current" else f", {e.validity}"
    return (
        f'<path d="M{start[0]:.1f} {start[1]:.1f}Q{control[0]:.1f} {control[1]:.1f} {x:.1f} {y:.1f}" '
        f'fill="none" stroke="{status[shade]}" '
        f'stroke-width="{status["width"]}"{dash}{"" if e.validity == "current" else _FADED} '
        f'marker-end="url(#to-{e.status})"><title>{_text(_short(said, 300))}</title></path>'
    )


def _word(scene: Scene, e: EdgeRow) -> str:
    """What an edge says, as the page says it."""
    name, claim = local_name(e.predicate), scene.claims[e.claims[0]]
    if e.label:
        return e.label
    return (
        scene.things[claim.subject].label
        if name == "Event" and claim.subject in scene.things
        else spoken(name, e.validity)
    )


def _words(
    scene: Scene,
    e: EdgeRow,
    curve: _Curve,
    number: int,
    nodes: Mapping[str, Mapping[str, Any]],
    room: _Room,
    shade: str,
    paper: str,
) -> list[str]:
    """The word of an edge where it finds room along its line: off other lines if it can be, cut before it is left
    out."""
    status = look()["statuses"][e.status]
    struck = bool(status.get("struck")) or e.polarity == "negative"
    colour, out = status[shade], []
    if struck:
        x, y = curve.at(0.5)
        room.take(_Box(x - 6, y - 6, x + 6, y + 6))
        red = look()["statuses"]["denied"][shade]
        out.append(f'<path d="M{x - 5:.1f} {y - 5:.1f}l10 10m0-10l-10 10" stroke="{red}" stroke-width="2"/>')
    along = curve.length - nodes[e.subject]["size"] - nodes[e.object]["size"]
    found = _spot(_said(scene, e), curve, number, along, room, struck)
    if found is None:
        return out
    text, box = found
    room.take(box)
    line = ' text-decoration="line-through"' if struck else ""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    out.append(
        f'<rect x="{box.left:.1f}" y="{box.top:.1f}" width="{box.right - box.left:.1f}" height="14" '
        f'fill="{paper}" opacity="0.88"/>'
        f'<text x="{x:.1f}" y="{y + 3.5:.1f}" text-anchor="middle" font-size="{_EDGE:.0f}" '
        f'fill="{colour}"{line}>{_text(text)}</text>'
    )
    return out


def _said(scene: Scene, e: EdgeRow) -> str:
    """The word of an edge with its standing."""
    text, by = _word(scene, e), scene.claims[e.claims[0]].by
    if e.status == "reported" and by in scene.things:
        text += f" (said by {_short(scene.things[by].label, 18)})"
    elif e.status != "asserted":
        text += f" ({e.status})"
    return text + ("" if e.validity == "current" or e.validity in look()["tenses"] else f" ({e.validity})")


def _spot(text: str, curve: _Curve, number: int, along: float, room: _Room, struck: bool) -> tuple[str, _Box] | None:
    few = bool(room.points)
    if not few and len(text) * _EDGE * 0.58 > along + 14:
        return None
    offsets = ((12, -12, 17, -17) if struck else (0, 9, -9, 16, -16)) if few else (11 if struck else 0,)
    for cut in dict.fromkeys((text, _short(text, 26), _short(text, 16)) if few else (text,)):
        half = len(cut) * _EDGE * 0.29 + 2
        for strict in (True, False):
            for off in offsets:
                for part in _PARTS if few else _PARTS[:1]:
                    x, y = curve.at(part)
                    box = _Box(x - half, y + off - 7, x + half, y + off + 7)
                    if room.free(box) and not (strict and room.lined(box, number)):
                        return cut, box
    return None


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
            f'<g transform="translate({x:.1f} {y:.1f})">{picture}<text x="36" y="4" font-size="12" '
            f'fill="{ink}">{_text(label)}</text></g>'
        )
        x += long + 12

    for name, kind in table["kinds"].items():
        if name in kinds:
            entry(
                f'<g transform="translate(22 0)"><path d="{_outline(kind["shape"], 8)}" fill="{kind[shade]}"/>'
                f'<path d="{kind["icon"]}" fill="{paper}" fill-rule="evenodd" transform="scale(.42) '
                f'translate(-12 -12)"/></g>',
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
