"""Forms for property graphs: GraphML, Neo4j's bulk-import CSV, and plain CSV of nodes and edges.

A node is an entity or an event; an edge is a claim that joins two of them, with its standing as properties, so that nothing
alleged looks asserted. What a claim says in a literal, a time or a quantity is an edge to a node of that value.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from kg.queries import labels_of, shorten
from kg.rdf import IRI, KG, PREFIXES, Literal, Term, for_xml, kg, term
from kg.store import Store

__all__ = ["Edge", "Node", "property_graph", "write_csv", "write_graphml", "write_neo4j"]

XSD = PREFIXES["xsd"]
_CLAIMS = """
SELECT ?claim ?subject ?predicate ?object ?status ?polarity ?validity ?source (MIN(?sure) AS ?confidence) (COUNT(DISTINCT ?words) AS ?quotes)
  (MIN(?said) AS ?quote)
WHERE {
  ?claim a kg:Claim ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; kg:status ?status ; kg:polarity ?polarity ;
    kg:validity ?validity .
  OPTIONAL { ?claim kg:claimedBy ?source }
  OPTIONAL { ?claim kg:confidence ?sure }
  OPTIONAL { ?claim kg:evidence ?words . ?words kg:quote ?said }
}
GROUP BY ?claim ?subject ?predicate ?object ?status ?polarity ?validity ?source
ORDER BY ?claim
"""
#: Properties of nodes and edges: name → type in GraphML and (where it differs) Neo4j.
_NODE = {"iri": "string", "label": "string", "type": "string", "status": "string"}
#: Attributes of values, dates, quantities and places; their types as above.
_VALUE = {
    "number": "double",
    "least": "double",
    "most": "double",
    "unit": "string",
    "of": "string",
    "modifier": "string",
    "date": "string",
    "duration": "string",
    "anchor": "string",
    "latitude": "double",
    "longitude": "double",
    "confidence": "double",
}
_EDGE = {
    "claim": "string",
    "status": "string",
    "polarity": "string",
    "validity": "string",
    "claimedBy": "string",
    "confidence": "double",
    "quotes": "int",
    "quote": "string",
}
#: What the graph says of a node → the attribute that carries it.
_CARRIED = {
    kg("min"): "least",
    kg("max"): "most",
    kg("unit"): "unit",
    kg("of"): "of",
    kg("modifier"): "modifier",
    kg("anchor"): "anchor",
    term("geo:lat"): "latitude",
    term("geo:long"): "longitude",
    kg("confidence"): "confidence",
}
_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double", "float"))
_DATES = frozenset(XSD + name for name in ("date", "dateTime", "gYear", "gYearMonth", "gMonthDay"))


@dataclass(frozen=True, slots=True)
class Node:
    """An entity, an event, or a value. `types` are local names, the most telling first; `status` is an event's."""

    id: str
    label: str
    types: tuple[str, ...]
    status: str = ""
    values: Mapping[str, str] = field(default_factory=dict)  # attribute of _VALUE → what the graph says of it


@dataclass(frozen=True, slots=True)
class Edge:
    """A claim from one node to another."""

    start: str
    end: str
    type: str
    claim: str
    status: str
    polarity: str
    validity: str
    claimedBy: str
    confidence: str
    quotes: int
    quote: str


def property_graph(store: Store) -> tuple[list[Node], list[Edge]]:
    """Nodes and edges, in order of their ids."""
    rows = [row for row in store.query(_CLAIMS)]
    classes = {row["object"] for row in rows if row["predicate"] == term("rdf:type")}
    things = sorted(
        {
            n
            for row in rows
            for n in (row["subject"], row["object"], row["source"])
            if n not in classes and isinstance(n, IRI) and not n.value.startswith(KG)
        }
        | {q.subject for q in store.match(None, term("skos:prefLabel"))},
        key=lambda n: n.value,
    )
    labels = labels_of(store, things)
    types: dict[IRI, list[str]] = {}
    for row in rows:
        if row["predicate"] == term("rdf:type"):
            types.setdefault(row["subject"], []).append(_class(row["object"]))
    nodes: dict[str, Node] = {}
    for thing in things:
        plain = sorted(
            _class(q.object)
            for q in store.match(thing, term("rdf:type"))
            if isinstance(q.object, IRI) and q.object != kg("UnassertedEvent")
        )
        status = next((shorten(q.object) for q in store.match(thing, kg("status")) if isinstance(q.object, IRI)), "")
        kinds = dict.fromkeys([*types.get(thing, ()), *(t for t in plain if ":" not in t)])
        nodes[thing.value] = Node(
            thing.value,
            labels.get(thing, shorten(thing, store.base)),
            tuple(kinds) or ("Thing",),
            status,
            _values(store, thing),
        )
    edges = []
    for row in rows:
        if row["predicate"] == term("rdf:type"):
            continue
        end = _end(row["object"], nodes)
        edges.append(
            Edge(
                row["subject"].value,
                end,
                shorten(row["predicate"]),
                row["claim"].value,
                shorten(row["status"]),
                shorten(row["polarity"]),
                shorten(row["validity"]),
                labels.get(row["source"], "") if row["source"] is not None else "",
                row["confidence"].value if row["confidence"] is not None else "",
                int(row["quotes"].value),
                row["quote"].value if row["quote"] is not None else "",
            )
        )
    return [nodes[id] for id in sorted(nodes)], sorted(edges, key=lambda e: (e.start, e.type, e.end, e.claim))


def _class(iri: IRI) -> str:
    """A class by its local name; one of a vocabulary that has a prefix by its short IRI."""
    name = shorten(iri)
    return name if name != iri.value else re.split("[/#:]", name)[-1] or name


def _values(store: Store, node: IRI) -> dict[str, str]:
    """What a node is worth in numbers, dates and words: of several values of one attribute the first."""
    found: dict[str, str] = {}
    for q in sorted(store.match(node), key=str):
        if isinstance(q.object, Literal):
            name = _kind(q.object) or "date" if q.predicate == kg("value") else _CARRIED.get(q.predicate, "")
            if name:
                found.setdefault(name, q.object.value)
    return {name: found[name] for name in _VALUE if name in found}


def _kind(literal: Literal) -> str:
    """The attribute that carries a literal: "number", "date", "duration", or none."""
    datatype = literal.datatype.value
    return (
        "number"
        if datatype in _NUMBERS
        else "date"
        if datatype in _DATES
        else "duration"
        if datatype == XSD + "duration"
        else ""
    )


def _end(value: Term, nodes: dict[str, Node]) -> str:
    """The id of the node at an edge's end; a literal or a class becomes a node of its own."""
    if isinstance(value, Literal):
        id = f"value:{value.datatype.value.rpartition('#')[2]}:{value.value}"
        nodes.setdefault(
            id, Node(id, value.value, ("Value",), values={kind: value.value} if (kind := _kind(value)) else {})
        )
        return id
    nodes.setdefault(
        value.value, Node(value.value, shorten(value), ("Class" if value.value.startswith(KG) else "Thing",))
    )
    return value.value


# ------------------------------------------------------------------ GraphML


def write_graphml(store: Store, out: BinaryIO) -> tuple[int, int]:
    """One GraphML file; how many nodes and edges are in it."""
    nodes, edges = property_graph(store)

    def lines() -> Iterator[str]:
        yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
        for kind, keys in (("node", _NODE | _VALUE), ("edge", {"type": "string", **_EDGE})):
            for name, type in keys.items():
                yield f' <key id="{kind}-{name}" for="{kind}" attr.name="{name}" attr.type="{type}"/>\n'
        yield ' <graph edgedefault="directed">\n'
        for node in nodes:
            yield (
                f"  <node id={quoteattr(for_xml(node.id))}>"
                + _data(
                    "node",
                    {"iri": node.id, "label": node.label, "type": node.types[0], "status": node.status, **node.values},
                )
                + "</node>\n"
            )
        for n, edge in enumerate(edges):
            said = {"type": edge.type, **{name: getattr(edge, name) for name in _EDGE}}
            yield (
                f'  <edge id="e{n}" source={quoteattr(for_xml(edge.start))} target={quoteattr(for_xml(edge.end))}>'
                + _data("edge", said)
                + "</edge>\n"
            )
        yield " </graph>\n</graphml>\n"

    for line in lines():
        out.write(line.encode())
    return len(nodes), len(edges)


def _data(kind: str, said: dict[str, object]) -> str:
    return "".join(
        f'<data key="{kind}-{name}">{escape(for_xml(str(value)))}</data>'
        for name, value in said.items()
        if value not in ("", None)
    )


# ------------------------------------------------------------------ CSV


def write_neo4j(store: Store) -> tuple[dict[str, bytes], int, int]:
    """Files for `neo4j-admin database import`: their contents by name, and how many nodes and relationships they hold.

    Header fields are as Neo4j has them (`:ID`, `:LABEL`, `:START_ID`, `:END_ID`, `:TYPE`, types after a colon); several labels are
    joined by ";". No field spans lines.
    """
    nodes, edges = property_graph(store)
    typed = [name if t == "string" else f"{name}:{t}" for name, t in _VALUE.items()]
    node_rows = [
        ["iri:ID", "label", "status", *typed, ":LABEL"],
        *(
            [
                n.id,
                n.label,
                n.status,
                *(n.values.get(name, "") for name in _VALUE),
                ";".join(dict.fromkeys(t.replace(";", " ").replace(":", "_") for t in n.types)),
            ]
            for n in nodes
        ),
    ]
    edge_rows = [
        [":START_ID", ":END_ID", ":TYPE", *(name if t == "string" else f"{name}:{t}" for name, t in _EDGE.items())],
        *([e.start, e.end, e.type.replace(":", "_"), *(getattr(e, name) for name in _EDGE)] for e in edges),
    ]
    return {"nodes.csv": _csv(node_rows), "relationships.csv": _csv(edge_rows)}, len(nodes), len(edges)


def write_csv(store: Store) -> tuple[dict[str, bytes], int, int]:
    """`nodes.csv` and `edges.csv` for tables and other tools."""
    nodes, edges = property_graph(store)
    node_rows = [
        ["id", "label", "type", "status", *_VALUE],
        *([n.id, n.label, n.types[0], n.status, *(n.values.get(name, "") for name in _VALUE)] for n in nodes),
    ]
    edge_rows = [
        ["source", "target", "type", *_EDGE],
        *([e.start, e.end, e.type, *(getattr(e, name) for name in _EDGE)] for e in edges),
    ]
    return {"nodes.csv": _csv(node_rows), "edges.csv": _csv(edge_rows)}, len(nodes), len(edges)


def _csv(rows: list[list[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [
            " ".join("".join(c if c.isprintable() else " " for c in cell).split()) if isinstance(cell, str) else cell
            for cell in row
        ]
        for row in rows
    )
    return out.getvalue().encode()
