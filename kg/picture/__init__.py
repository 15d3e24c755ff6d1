"""Pictures of a graph: rows of a view → networkx → a page by pyvis, or a figure without a browser.

The only room that knows networkx and pyvis.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

import networkx as nx

from kg.picture.figure import png, svg
from kg.picture.layout import place
from kg.picture.page import environment, pack
from kg.picture.room import make_room
from kg.picture.rows import View, named, read_view, views
from kg.picture.scene import Scene, read_scene

__all__ = ["Page", "View", "draw", "figure", "read_view", "to_networkx", "views"]


class Page(str):
    """An HTML page that shows itself inline in a notebook, in a frame that may run nothing but the page's own
    scripts."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        look = 'sandbox="allow-scripts allow-downloads" style="border:0;width:100%;height:720px"'
        return f'<iframe {look} srcdoc="{escape(self)}"></iframe>'


_MANY = 400  # nodes above which hubs are drawn much larger
_SLOW = 3000
_CHARACTER, _LINE, _WRAP = 6.6, 15.0, 22


def draw(
    store: Any,
    *,
    view: str | Path | View = "story",
    title: str | None = None,
    text: bool = True,
    about: Iterable[str] = (),
    most: int = 2_000,
    live: bool = False,
) -> Page:
    """One HTML page that shows a graph and opens with the network cut.

    In: a store, or anything with a `query` method; the view: a name, a query file or a `View`; `text`: whether the
    articles
    stand beside the graph; `about`: IRIs or names to show with their neighbours instead of everything; `most`: so many
    nodes at most; `live`: a page of `kg serve`.
    """
    from pyvis.edge import Edge
    from pyvis.network import Network

    about = tuple(about)
    scene = _scene(store, view, about, text, most=most)
    graph = _with_places(scene, scene.views[0].name)
    title = _title(scene, title, about if not live else ())
    order = [*graph, *sorted(set(scene.things) - set(graph))]
    others = {v.name: _with_places(scene, v.name).nodes(data=True) for v in scene.views[1:]}
    options = {"live": live, "view": scene.views[0].name, "left_out": scene.left_out}
    extras = pack(scene, order, others, title, options | ({"about": [*about]} if live else {}))
    number = {iri: i for i, iri in enumerate(order)}
    net = Network(directed=True, cdn_resources="in_line")
    for iri, at in graph.nodes(data=True):
        net.add_node(
            number[iri], label=at["label"] or " ", x=at["x"], y=at["y"], size=at["size"], group=at["community"]
        )
    # add_edge() would look through all nodes for each edge.
    net.edges = [Edge(e.pop("from"), e.pop("to"), True, **e).options for e in extras.pop("drawn")]
    net.set_options(json.dumps({"physics": {"enabled": False}}))
    net.templateEnv, net.path = environment(extras, live), "page.html"
    return Page(net.generate_html())


def figure(
    store: Any,
    *,
    view: str | Path | View = "story",
    title: str | None = None,
    about: Iterable[str] = (),
    format: str = "svg",
    dark: bool = False,
    width: int | None = None,
) -> bytes:
    """A static picture of a view as the bytes of an SVG or PNG file, made without a browser."""
    about = tuple(about)
    scene = _scene(store, view, about, False, alone=True)
    drawing = svg(scene, _with_places(scene, scene.views[0].name), _title(scene, title, about), dark)
    return png(drawing, width) if format == "png" else drawing.encode("utf-8")


def _title(scene: Scene, title: str | None, about: Iterable[str]) -> str:
    if title is not None:
        return title
    if names := [scene.things[iri].label if iri in scene.things else iri for iri in about]:
        return ", ".join(dict.fromkeys(names))  # a dossier
    if len(scene.documents) != 1:
        return f"{len(scene.documents)} articles"
    said = next((s.text for s in scene.lead if s.whole or not s.standing), "")
    return said.rstrip(".") if said and not scene.documents[0].titled else scene.documents[0].title


def to_networkx(store: Any, *, view: str | Path | View = "events") -> nx.MultiDiGraph:
    """A view as a networkx graph: nodes by IRI with label, type, kind; edges by claim with predicate, status and
    source."""
    scene = _scene(store, view, (), False, alone=True)
    graph = nx.MultiDiGraph()
    name = scene.views[0].name
    for iri in sorted({end for e in scene.edges[name] for end in e[:2]} | set(scene.alone[name])):
        thing = scene.things[iri]
        graph.add_node(iri, label=thing.label, type=thing.type, kind=thing.kind)
    for edge in scene.edges[name]:
        for claim in edge.claims:
            row = scene.claims[claim]
            graph.add_edge(
                edge.subject,
                edge.object,
                key=claim,
                predicate=edge.predicate,
                status=edge.status,
                polarity=edge.polarity,
                source=scene.things[row.by].label if row.by else "",
                confidence=row.confidence,
            )
    return graph


def _scene(
    store: Any, view: str | Path | View, about: Iterable[str], text: bool, alone: bool = False, most: int = 10_000
) -> Scene:
    first = view if isinstance(view, View) else read_view(view)
    others = [] if alone else [v for v in views() if v.name != "plain"]
    return read_scene(store, first, others, about=named(store, about), text=text, most=most)


def _with_places(scene: Scene, name: str) -> nx.MultiDiGraph:
    """A view's things and edges as a networkx graph, each node with its place, size and community."""
    graph = nx.MultiDiGraph()
    ends = {end for e in scene.edges[name] for end in e[:2]} | set(scene.alone[name])
    degree: dict[str, int] = {}
    for e in scene.edges[name]:
        for end in e[:2]:
            degree[end] = degree.get(end, 0) + 1
    # Hubs first: the page shows and labels nodes in this order where there is no room for all.
    weight = {iri: degree.get(iri, 0) + 0.4 * len(scene.things[iri].evidence) for iri in ends}
    order = sorted(ends, key=lambda iri: (-weight[iri], iri))
    number = {iri: i for i, iri in enumerate(order)}
    graph.add_nodes_from(order)
    graph.add_edges_from((e.subject, e.object, {"predicate": e.predicate}) for e in scene.edges[name])
    community = _communities([(number[e.subject], number[e.object]) for e in scene.edges[name]], len(order))
    # Seen from afar only size tells: in a large graph hubs are much larger.
    grow, most = (2.1, 24.0) if len(order) <= _MANY else (6.0, 70.0)
    sizes = [round(min(9 + grow * weight[iri] ** 0.5, most), 1) for iri in order]
    boxes = [_box(scene.things[iri].label, size) for iri, size in zip(order, sizes)]
    at = place(len(order), [(number[e.subject], number[e.object]) for e in scene.edges[name]], boxes, community)
    if name == "story" and len(order) <= 40:
        at = make_room(
            at,
            [(number[e.subject], number[e.object]) for e in scene.edges[name] if e.subject != e.object],
            boxes,
            [e.label for e in scene.edges[name] if e.subject != e.object],
        )
    for i, iri in enumerate(order):
        graph.nodes[iri].update(
            label=scene.things[iri].label, size=sizes[i], x=float(at[i, 0]), y=float(at[i, 1]), community=community[i]
        )
    return graph


def _communities(edges: list[tuple[int, int]], count: int) -> list[int]:
    """A community number a node, the largest community 0: Louvain, label propagation where that would take long."""
    plain = nx.Graph()
    plain.add_nodes_from(range(count))
    plain.add_edges_from(edges)
    find = nx.community.louvain_communities if count <= _SLOW else nx.community.fast_label_propagation_communities
    found = sorted(map(set, find(plain, seed=1)), key=lambda c: (-len(c), min(c))) if edges else []
    number = {node: i for i, members in enumerate(found) for node in members}
    return [number.get(i, 0) for i in range(count)]


def _box(label: str, size: float) -> tuple[float, float]:
    """Width and height of a node with its label below it, wrapped as the page wraps it."""
    lines = min(2, -(-len(label) // _WRAP)) or 1
    wide = min(len(label), _WRAP) * _CHARACTER
    return max(2 * size, wide) + 10, 2 * size + lines * _LINE + 10
