"""Graphs between programs: what two differ in, forms for other tools, RDF 1.2 and schema.org, stores elsewhere."""

from __future__ import annotations

from kg.exchange.diff import differences
from kg.exchange.forms import FORMS, Form
from kg.exchange.forms.sheets import frames
from kg.exchange.property import csv_files, neo4j_files, property_graph, write_gexf, write_graphml
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
    "csv_files",
    "differences",
    "frames",
    "from_rdf12",
    "graphs_at",
    "neo4j_files",
    "property_graph",
    "pull",
    "push",
    "rows",
    "write_gexf",
    "write_graphml",
]
