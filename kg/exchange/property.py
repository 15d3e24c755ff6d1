"""Forms for property graphs and for programs that draw networks: GraphML, GEXF, and Neo4j's bulk-import CSV.

A node is an entity or an event; an edge is a claim that joins two of them, with its standing as properties, so that
nothing alleged looks asserted. What a claim says in a literal, a time or a quantity is an edge to a node of that value.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from operator import attrgetter
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from kg.exchange.records import Claim, Event, Records, Thing, days
from kg.exchange.shelf import Shelf, disk
from kg.rdf import KG, for_xml
from kg.store import Store

__all__ = ["Edge", "Network", "Node", "csv_files", "neo4j_files", "property_graph", "write_gexf", "write_graphml"]

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


class Network:
    """Nodes and edges, in order of their ids, on shelves: they can be walked more than once."""

    def __init__(self, graph: Store | Records) -> None:
        records, place = graph if isinstance(graph, Records) else Records.of(graph), disk()
        self.nodes: Shelf[Node] = Shelf(place, "nodes", _NODE_FIELDS, lambda flat: Node(*flat))
        self.edges: Shelf[Edge] = Shelf(place, "edges", _EDGE_FIELDS, lambda flat: Edge(*flat))
        for thing in records.things.values():
            if thing.kind != "Time":
                self.nodes.put(thing.id, _thing(thing))
        for event in records.events.values():
            self.nodes.put(event.id, _event(records, event))
        for claim in records.claims:
            if claim.predicate != "type":
                self._add(records, claim)

    def _add(self, records: Records, claim: Claim) -> None:
        for id in (claim.subject, claim.speaker):
            if id:
                _known(records, self.nodes, id)
        end = claim.object
        if claim.datatype:
            end = f"value:{claim.datatype.removeprefix('xsd:')}:{claim.object}"
            kind = _kind(claim.datatype)
            self.nodes.put(end, Node(end, claim.object, ("Value",), values={kind: claim.object} if kind else {}))
        else:
            _known(records, self.nodes, end)
        edge = _edge(records, claim, end)
        self.edges.put("\0".join((edge.start, edge.type, edge.end, edge.claim)), edge)


_NODE_FIELDS, _EDGE_FIELDS = (attrgetter(*(f.name for f in fields(kind))) for kind in (Node, Edge))


def property_graph(graph: Store | Records) -> tuple[list[Node], list[Edge]]:
    """Nodes and edges, in order of their ids."""
    network = Network(graph)
    return [*network.nodes.values()], [*network.edges.values()]


def _known(records: Records, nodes: Shelf[Node], id: str) -> None:
    """Have a node for whatever a claim names: a time, a document, a class, something of which nothing is told."""
    if id in nodes:
        return
    if id in records.things:
        nodes.put(id, _thing(records.things[id]))
    else:
        type = records.type_of(id) or ("Class" if id.startswith(KG) else "Thing")
        nodes.put(id, Node(id, records.label(id), (type,)))


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
    network = Network(graph)

    def lines() -> Iterator[str]:
        yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
        for kind, keys in (("node", _NODE | _VALUE), ("edge", {"type": "string", **_EDGE})):
            for name, type in keys.items():
                yield f' <key id="{kind}-{name}" for="{kind}" attr.name="{name}" attr.type="{type}"/>\n'
        yield ' <graph edgedefault="directed">\n'
        for node in network.nodes.values():
            yield (
                f"  <node id={quoteattr(for_xml(node.id))}>"
                + _data(
                    "node",
                    {**_said(node), **node.values},
                )
                + "</node>\n"
            )
        for n, edge in enumerate(network.edges.values()):
            said = {"type": edge.type, **{name: getattr(edge, name) for name in _EDGE}}
            yield (
                f'  <edge id="e{n}" source={quoteattr(for_xml(edge.start))} target={quoteattr(for_xml(edge.end))}>'
                + _data("edge", said)
                + "</edge>\n"
            )
        yield " </graph>\n</graphml>\n"

    for line in lines():
        out.write(line.encode())
    return len(network.nodes), len(network.edges)


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
    network = Network(graph)
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
    for node in network.nodes.values():
        label = _marked(node.label, node.status, node.doubt)
        told = _attvalues("node", {**_said(node), **node.values})
        write(f"   <node id={_attribute(node.id)} label={_attribute(label)}{_spell(node)}>{told}</node>\n".encode())
    write(b"  </nodes>\n  <edges>\n")
    for n, edge in enumerate(network.edges.values()):
        label = _marked(edge.type, edge.status, edge.polarity, edge.validity, edge.doubt)
        told = _attvalues("edge", {"type": edge.type, **{name: getattr(edge, name) for name in _EDGE}})
        ends = f"source={_attribute(edge.start)} target={_attribute(edge.end)} label={_attribute(label)}"
        write(f'   <edge id="{n}" {ends}{_spell(edge)}>{told}</edge>\n'.encode())
    write(b"  </edges>\n </graph>\n</gexf>\n")
    return len(network.nodes), len(network.edges)


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


def neo4j_files(graph: Store | Records) -> dict[str, Callable[[BinaryIO], int]]:
    """Files for `neo4j-admin database import`, by name: each writes itself, and says how many nodes or relationships
    it holds.

    Header fields are as Neo4j has them (`:ID`, `:LABEL`, `:START_ID`, `:END_ID`, `:TYPE`, types after a colon); several
    labels are joined by ";". No field spans lines.
    """
    network = cache(lambda: Network(graph))
    typed = [name if t == "string" else f"{name}:{t}" for name, t in _VALUE.items()]
    node_head = ["iri:ID", "label", "status", "begins", "ends", *typed, ":LABEL"]
    edge_types = [name if t == "string" else f"{name}:{t}" for name, t in _EDGE.items()]

    def node(n: Node) -> list[str]:
        labels = ";".join(dict.fromkeys(t.replace(";", " ").replace(":", "_") for t in n.types))
        return [n.id, n.label, n.status, n.begins, n.ends, *(n.values.get(name, "") for name in _VALUE), labels]

    def edge(e: Edge) -> list[object]:
        return [e.start, e.end, e.type.replace(":", "_"), *(getattr(e, name) for name in _EDGE)]

    return {
        "nodes.csv": lambda out: _csv(out, node_head, map(node, network().nodes.values())),
        "relationships.csv": lambda out: _csv(
            out, [":START_ID", ":END_ID", ":TYPE", *edge_types], map(edge, network().edges.values())
        ),
    }


def csv_files(graph: Store | Records) -> dict[str, Callable[[BinaryIO], int]]:
    """`nodes.csv` and `edges.csv` for tools that join two tables: each writes itself, and says how many lines of nodes
    or edges it holds.
    """
    network = cache(lambda: Network(graph))

    def node(n: Node) -> list[str]:
        return [*_said(n).values(), *(n.values.get(name, "") for name in _VALUE)]

    def edge(e: Edge) -> list[object]:
        return [e.start, e.end, e.type, *(getattr(e, name) for name in _EDGE)]

    return {
        "nodes.csv": lambda out: _csv(out, ["id", *list(_NODE)[1:], *_VALUE], map(node, network().nodes.values())),
        "edges.csv": lambda out: _csv(out, ["source", "target", "type", *_EDGE], map(edge, network().edges.values())),
    }


def _csv(out: BinaryIO, head: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer, count = csv.writer(text, lineterminator="\n"), 0
    writer.writerow(head)
    for row in rows:
        writer.writerow(
            " ".join("".join(c if c.isprintable() else " " for c in cell).split()) if isinstance(cell, str) else cell
            for cell in row
        )
        count += 1
    text.detach()
    return count
