"""Graphs between programs: what two differ in, forms for other tools, RDF 1.2 and schema.org, stores elsewhere."""

from __future__ import annotations

from kg.exchange.diff import differences
from kg.exchange.forms import FORMS, Form
from kg.exchange.forms.sheets import frames
from kg.exchange.property import property_graph, write_csv, write_gexf, write_graphml, write_neo4j
from kg.exchange.records import Records
from kg.exchange.reifying import as_rdf12, from_rdf12
from kg.exchange.remote import graphs_at, pull, push
from kg.exchange.schema import as_schema
from kg.exchange.tables import TABLES, columns, rows

__all__ = [
    "FORMS",
    "Form",
    "Records",
    "TABLES",
    "as_rdf12",
    "as_schema",
    "columns",
    "differences",
    "frames",
    "from_rdf12",
    "graphs_at",
    "property_graph",
    "pull",
    "push",
    "rows",
    "write_csv",
    "write_gexf",
    "write_graphml",
    "write_neo4j",
]
