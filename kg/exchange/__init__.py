"""Graphs between programs: what two of them differ in, forms for property graphs, RDF 1.2 and schema.org, stores elsewhere."""

from __future__ import annotations

from kg.exchange.diff import differences
from kg.exchange.property import property_graph, write_csv, write_graphml, write_neo4j
from kg.exchange.reifying import as_rdf12, from_rdf12
from kg.exchange.remote import graphs_at, pull, push
from kg.exchange.schema import as_schema

__all__ = [
    "as_rdf12",
    "as_schema",
    "differences",
    "from_rdf12",
    "graphs_at",
    "property_graph",
    "pull",
    "push",
    "write_csv",
    "write_graphml",
    "write_neo4j",
]
