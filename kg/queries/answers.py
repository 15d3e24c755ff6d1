"""What a query gives back: columns and rows of terms, with the labels of what is in them."""
from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ..rdf import IRI, KG, Literal, PREFIXES, Term, prefixes, term

__all__ = ["Answer", "labels_of", "shorten", "show"]

Row = tuple[Term | None, ...]

_NAMES = tuple(term(curie) for curie in ("skos:prefLabel", "rdfs:label", "schema:headline"))
_PLAIN = {None, PREFIXES["xsd"] + "string", PREFIXES["rdf"] + "langString"}


@dataclass(frozen=True)
class Answer:
    """Rows of an answer. `hidden` columns hold what the rows rest on; tables leave them out, data keeps them.

    `note` says why there is nothing, or that there is more than was asked for.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    labels: Mapping[IRI, str] = field(default_factory=dict, repr=False)
    hidden: frozenset[str] = frozenset()
    grounds: tuple[IRI | None, ...] = ()                  # a row, what carries it
    note: str = ""
    base: str = field(default="", repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def shown(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Columns and cells for people: labels instead of IRIs, nothing hidden, no column that is empty throughout.

        Rows that rest on the same and differ in one cell alone (the two who met) become one.
        """
        kept = [i for i, c in enumerate(self.columns) if c not in self.hidden and (not self.rows or any(r[i] is not None for r in self.rows))]
        cells: dict[tuple[str, ...], None] = {}
        merged: dict[object, list[list[str]]] = {}
        for n, row in enumerate(self.rows):
            line = [show(row[i], self.labels, self.base) for i in kept]
            grounds = self.grounds[n] if self.grounds and self.grounds[n] is not None else n
            for other in merged.setdefault(grounds, []):
                differ = [i for i, (a, b) in enumerate(zip(other, line)) if a != b]
                if len(differ) < 2 and all(other[i] and line[i] for i in differ):
                    for i in differ:
                        other[i] = ", ".join(dict.fromkeys((*other[i].split(", "), line[i])))
                    break
            else:
                merged[grounds].append(line)
        for lines in merged.values():
            cells |= dict.fromkeys(map(tuple, lines))
        return tuple(self.columns[i] for i in kept), list(cells)

    def data(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Columns and cells for programs: every column, and beside one of IRIs a column of their labels."""
        named = {i for i, _ in enumerate(self.columns) if any(isinstance(r[i], IRI) for r in self.rows)}
        columns = tuple(c for i, name in enumerate(self.columns) for c in ((name, f"{name}Label") if i in named else (name,)))
        rows = [tuple(c for i, cell in enumerate(row)
                      for c in ((_bare(cell), show(cell, self.labels, self.base)) if i in named else (_bare(cell),))) for row in self.rows]
        return columns, rows

    def to_csv(self, delimiter: str = ",") -> str:
        """The data as CSV (or, with a tab, TSV)."""
        columns, rows = self.data()
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
        return out.getvalue()

    def to_json(self) -> str:
        """The rows in the SPARQL 1.1 form of query results."""
        bindings = [{c: _json(cell) for c, cell in zip(self.columns, row) if cell is not None} for row in self.rows]
        return json.dumps({"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}, ensure_ascii=False, indent=1) + "\n"


def show(cell: Term | None, labels: Mapping[IRI, str], base: str = "") -> str:
    """A cell for people: a label, a term's local name, a short IRI, or the words of a literal; on one line, without control characters."""
    if cell is None:
        return ""
    text = cell.value if not isinstance(cell, IRI) else labels.get(cell) or shorten(cell, base)
    return "".join(c if c.isprintable() else " " if c in "\n\r\t" else "\ufffd" for c in text)


def shorten(iri: IRI, base: str = "") -> str:
    """`Prison` for a term of the ontology, `person:ana-ruiz` or `rdf:type` where a prefix is known, else the IRI."""
    value = iri.value
    if value.startswith(KG):
        return value[len(KG):]
    for prefix, namespace in prefixes(base).items() if base else prefixes().items():
        name = value[len(namespace):]
        if value.startswith(namespace) and name and "/" not in name:
            return f"{prefix}:{name}"
    return value


def labels_of(store, nodes: Iterable[IRI]) -> dict[IRI, str]:
    """The labels of nodes: of several names of one thing the longest, then the first in the alphabet."""
    found: dict[IRI, str] = {}
    for node in dict.fromkeys(nodes):
        if node.value.startswith(KG):
            continue
        for property in _NAMES:
            names = [q.object.value for q in store.match(node, property) if isinstance(q.object, Literal)]
            if names:
                found[node] = min(names, key=lambda n: (-len(n), n))
                break
    return found


def _bare(cell: Term | None) -> str:
    return "" if cell is None else cell.value


def _json(cell: Term) -> dict[str, str]:
    if isinstance(cell, IRI):
        return {"type": "uri", "value": cell.value}
    said = {"type": "literal", "value": cell.value}
    if cell.language:
        said["xml:lang"] = cell.language
    elif cell.datatype.value not in _PLAIN:
        said["datatype"] = cell.datatype.value
    return said
