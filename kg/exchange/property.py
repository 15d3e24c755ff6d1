"""Forms for property graphs and for programs that draw networks: GraphML, GEXF, and Neo4j's bulk-import CSV.

A node is an entity or an event; an edge is a claim that joins two of them, with its standing as properties, so that
nothing alleged looks asserted. What a claim says in a literal, a time or a quantity is an edge to a node of that value.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from kg.exchange.records import Claim, Event, Records, Thing, days
from kg.rdf import KG, for_xml
from kg.store import Store

__all__ = ["Edge", "Node", "property_graph", "write_csv", "write_gexf", "write_graphml", "write_neo4j"]

#: Properties of nodes and edges: name → type in GraphML and (where it differs) Neo4j.
_NODE = {"iri": "string", "label": "string", "type": "string", "status": "string", "begins": "string", "ends": "string"}
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
    "begins": "string",
    "ends": "string",
}
#: What a thing carries under another name than an attribute of a node.
_CARRIED = {"min": "least", "max": "most"}
_NUMBERS = frozenset(f"xsd:{name}" for name in ("integer", "decimal", "double", "float"))
_DATES = frozenset(f"xsd:{name}" for name in ("date", "dateTime", "gYear", "gYearMonth", "gMonthDay"))


@dataclass(frozen=True, slots=True)
class Node:
    """An entity, an event, or a value. `types` are local names, the most telling first; `status` is an event's."""

    id: str
    label: str
    types: tuple[str, ...]
    status: str = ""
    values: Mapping[str, str] = field(default_factory=dict)  # attribute of _VALUE → what the graph says of it
    begins: str = ""  # the first and the last day of an event, where they are known
    ends: str = ""
    doubt: str = ""  # "unsure" of an event that is asserted, and read too unsurely to stand plain


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
    begins: str
    ends: str
    doubt: str = ""  # "unsure" where it is asserted, and read too unsurely to stand plain


def property_graph(graph: Store | Records) -> tuple[list[Node], list[Edge]]:
    """Nodes and edges, in order of their ids."""
    records = graph if isinstance(graph, Records) else Records.of(graph)
    nodes = {thing.id: _thing(thing) for thing in records.things.values() if thing.kind != "Time"}
    for event in records.events.values():
        nodes[event.id] = _event(records, event)
    edges = []
    for claim in records.claims:
        if claim.predicate == "type":
            continue
        for id in (claim.subject, claim.speaker):
            if id:
                _known(records, nodes, id)
        end = claim.object
        if claim.datatype:
            end = f"value:{claim.datatype.removeprefix('xsd:')}:{claim.object}"
            kind = _kind(claim.datatype)
            nodes.setdefault(end, Node(end, claim.object, ("Value",), values={kind: claim.object} if kind else {}))
        else:
            _known(records, nodes, end)
        edges.append(_edge(records, claim, end))
    return [nodes[id] for id in sorted(nodes)], sorted(edges, key=lambda e: (e.start, e.type, e.end, e.claim))


def _known(records: Records, nodes: dict[str, Node], id: str) -> None:
    """Have a node for whatever a claim names: a time, a document, a class, something of which nothing is told."""
    if id in nodes:
        return
    if id in records.things:
        nodes[id] = _thing(records.things[id])
    else:
        type = records.type_of(id) or ("Class" if id.startswith(KG) else "Thing")
        nodes[id] = Node(id, records.label(id), (type,))


def _thing(thing: Thing) -> Node:
    told = {_CARRIED.get(name, name): value for name, value in thing.values.items()}
    if "value" in told:
        told[_worth(thing.kind, told["value"])] = told["value"]
    return Node(
        thing.id,
        thing.label,
        tuple(dict.fromkeys(map(_class, thing.types))),
        "",
        {name: told[name] for name in _VALUE if name in told},
    )


def _event(records: Records, event: Event) -> Node:
    begins, ends = _period(records, event)
    sure = event.typed.confidence if event.typed else None
    return Node(
        event.id,
        event.label,
        (_class(event.type),),
        event.typed.status if event.typed else event.status,
        {} if sure is None else {"confidence": f"{sure:g}"},
        begins,
        ends,
        _doubt(event.typed) if event.typed else "",
    )


def _doubt(claim: Claim) -> str:
    unsure = claim.status == "asserted" and claim.polarity == "positive" and not claim.firm
    return "unsure" if unsure and claim.origin != "inferred" else ""


def _edge(records: Records, claim: Claim, end: str) -> Edge:
    event = records.events.get(claim.subject)
    begins, ends = _period(records, event) if event and event.as_firm(claim) else ("", "")
    return Edge(
        claim.subject,
        end,
        claim.predicate,
        claim.id,
        claim.status,
        claim.polarity,
        claim.validity,
        records.label(claim.speaker),
        "" if claim.confidence is None else f"{claim.confidence:g}",
        len(claim.quotes),
        claim.quotes[0].words if claim.quotes else "",
        begins,
        ends,
        _doubt(claim),
    )


def _period(records: Records, event: Event) -> tuple[str, str]:
    """The first and the last day of an event."""
    time = records.time_of(event)
    found = days(time.values.get("value", "")) if time else None
    return (found[0].isoformat(), found[1].isoformat()) if found else ("", "")


def _class(name: str) -> str:
    """A class of somebody else's by the last part of its IRI."""
    return re.split("[/#:]", name)[-1] or name if "/" in name else name


def _worth(kind: str, value: str) -> str:
    """The attribute that carries what a quantity or a time is worth."""
    return "number" if kind == "Quantity" else "duration" if value.startswith("P") else "date"


def _kind(datatype: str) -> str:
    """The attribute that carries a literal: "number", "date", "duration", or none."""
    if datatype in _NUMBERS:
        return "number"
    return "date" if datatype in _DATES else "duration" if datatype == "xsd:duration" else ""


# ------------------------------------------------------------------ GraphML


def write_graphml(graph: Store | Records, out: BinaryIO) -> tuple[int, int]:
    """One GraphML file; how many nodes and edges are in it."""
    nodes, edges = property_graph(graph)

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
                    {**_said(node), **node.values},
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


def _said(node: Node) -> dict[str, str]:
    known = (node.id, node.label, node.types[0], node.status, node.begins, node.ends)
    return dict(zip(_NODE, known))


def _data(kind: str, said: Mapping[str, object]) -> str:
    return "".join(
        f'<data key="{kind}-{name}">{escape(for_xml(str(value)))}</data>'
        for name, value in said.items()
        if value not in ("", None)
    )


# ------------------------------------------------------------------ GEXF

_GEXF = {"string": "string", "double": "double", "int": "integer"}


def write_gexf(graph: Store | Records, out: BinaryIO) -> tuple[int, int]:
    """One GEXF 1.2 file for Gephi; how many nodes and edges are in it.

    Events, and the edges of what was done in them, have the days on which they were, for the timeline. What is not
    vouched for says so in its label too, since a drawing shows nothing else.
    """
    nodes, edges = property_graph(graph)
    node_keys, edge_keys = {**_NODE, **_VALUE}, {"type": "string", **_EDGE}
    write = out.write
    write(b'<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n')
    write(b' <graph defaultedgetype="directed" mode="dynamic" timeformat="date">\n')
    for kind, keys in (("node", node_keys), ("edge", edge_keys)):
        write(f'  <attributes class="{kind}" mode="static">\n'.encode())
        for name, type in keys.items():
            write(f'   <attribute id="{kind}-{name}" title="{name}" type="{_GEXF[type]}"/>\n'.encode())
        write(b"  </attributes>\n")
    write(b"  <nodes>\n")
    for node in nodes:
        label = _marked(node.label, node.status, node.doubt)
        told = _attvalues("node", {**_said(node), **node.values})
        write(f"   <node id={_attribute(node.id)} label={_attribute(label)}{_spell(node)}>{told}</node>\n".encode())
    write(b"  </nodes>\n  <edges>\n")
    for n, edge in enumerate(edges):
        label = _marked(edge.type, edge.status, edge.polarity, edge.validity, edge.doubt)
        told = _attvalues("edge", {"type": edge.type, **{name: getattr(edge, name) for name in _EDGE}})
        ends = f"source={_attribute(edge.start)} target={_attribute(edge.end)} label={_attribute(label)}"
        write(f'   <edge id="{n}" {ends}{_spell(edge)}>{told}</edge>\n'.encode())
    write(b"  </edges>\n </graph>\n</gexf>\n")
    return len(nodes), len(edges)


def _marked(label: str, *standing: str) -> str:
    """A label with what is not plain about it: "memberOf (alleged)"."""
    said = [word for word in standing if word not in ("", "asserted", "positive", "current")]
    return f"{label} ({', '.join(said)})" if said else label


def _spell(told: Node | Edge) -> str:
    return f' start="{told.begins}" end="{told.ends}"' if told.begins else ""


def _attvalues(kind: str, said: Mapping[str, object]) -> str:
    values = (
        f'<attvalue for="{kind}-{name}" value={_attribute(str(value))}/>'
        for name, value in said.items()
        if value not in ("", None)
    )
    return f"<attvalues>{''.join(values)}</attvalues>"


def _attribute(words: str) -> str:
    return quoteattr(for_xml(words))


# ------------------------------------------------------------------ Neo4j


def write_neo4j(graph: Store | Records) -> tuple[dict[str, bytes], int, int]:
    """Files for `neo4j-admin database import`: their contents by name, and how many nodes and relationships they hold.

    Header fields are as Neo4j has them (`:ID`, `:LABEL`, `:START_ID`, `:END_ID`, `:TYPE`, types after a colon); several
    labels are joined by ";". No field spans lines.
    """
    nodes, edges = property_graph(graph)
    typed = [name if t == "string" else f"{name}:{t}" for name, t in _VALUE.items()]
    node_rows: list[list[str]] = [
        ["iri:ID", "label", "status", "begins", "ends", *typed, ":LABEL"],
        *(
            [
                n.id,
                n.label,
                n.status,
                n.begins,
                n.ends,
                *(n.values.get(name, "") for name in _VALUE),
                ";".join(dict.fromkeys(t.replace(";", " ").replace(":", "_") for t in n.types)),
            ]
            for n in nodes
        ),
    ]
    edge_rows: list[list[str]] = [
        [":START_ID", ":END_ID", ":TYPE", *(name if t == "string" else f"{name}:{t}" for name, t in _EDGE.items())],
        *([e.start, e.end, e.type.replace(":", "_"), *(getattr(e, name) for name in _EDGE)] for e in edges),
    ]
    return {"nodes.csv": _csv(node_rows), "relationships.csv": _csv(edge_rows)}, len(nodes), len(edges)


def write_csv(graph: Store | Records) -> tuple[dict[str, bytes], int, int]:
    """`nodes.csv` and `edges.csv` for tools that join two tables; how many nodes and edges they hold."""
    nodes, edges = property_graph(graph)
    node_rows: list[list[str]] = [
        ["id", *list(_NODE)[1:], *_VALUE],
        *([*_said(node).values(), *(node.values.get(name, "") for name in _VALUE)] for node in nodes),
    ]
    edge_rows: list[list[str]] = [
        ["source", "target", "type", *_EDGE],
        *([e.start, e.end, e.type, *(getattr(e, name) for name in _EDGE)] for e in edges),
    ]
    return {"nodes.csv": _csv(node_rows), "edges.csv": _csv(edge_rows)}, len(nodes), len(edges)


def _csv(rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [
            " ".join("".join(c if c.isprintable() else " " for c in cell).split()) if isinstance(cell, str) else cell
            for cell in row
        ]
        for row in rows
    )
    return out.getvalue().encode()
