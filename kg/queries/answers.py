"""What a query gives back: columns and rows of terms, with the labels of what is in them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.rdf import IRI, KG, PREFIXES, Literal, Term, prefixes, term, to_rdflib_result

if TYPE_CHECKING:
    import pandas
    import rdflib

    from kg.store import Store

__all__ = ["Answer", "labels_of", "shorten", "show"]

Row = tuple[Term | None, ...]

_NAMES = tuple(term(curie) for curie in ("skos:prefLabel", "rdfs:label", "schema:headline"))
_XSD = PREFIXES["xsd"]
_PLAIN = {None, _XSD + "string", PREFIXES["rdf"] + "langString"}
#: What Python makes of the words of a literal; every other literal stays its words.
_VALUES = {
    _XSD + name: made
    for name, made in (
        ("integer", int),
        ("nonNegativeInteger", int),
        ("long", int),
        ("int", int),
        ("decimal", Decimal),
        ("double", float),
        ("float", float),
        ("boolean", {"true": True, "1": True, "false": False, "0": False}.__getitem__),
        ("date", date.fromisoformat),
        ("dateTime", datetime.fromisoformat),
    )
}
#: What a quotation begins with.
_OPENING = ('"', "“", "‘", "«", "„")


@dataclass(frozen=True)
class Answer:
    """Rows of an answer: iterated, each is a dict of plain Python values by name; `to_pandas` and `to_rdflib` give all
    of them.

    `hidden` columns hold what the rows rest on; tables leave them out, data keeps them. `rows` holds the terms as the
    engine gave them. `note` says why there is nothing, or that there is more than was asked for.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...] = field(repr=False)
    labels: Mapping[IRI, str] = field(default_factory=dict, repr=False)
    hidden: frozenset[str] = frozenset()
    grounds: tuple[IRI | None, ...] = field(default=(), repr=False)  # a row, what carries it
    note: str = ""
    base: str = field(default="", repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Each row by the names of `data`: an IRI as its text with its label beside it, a number, date or truth
        value as that, None for nothing.
        """
        labelled = self._labelled()
        for row in self.rows:
            named: dict[str, Any] = {}
            for i, cell in enumerate(row):
                named[self.columns[i]] = value_of(cell)
                if i in labelled:
                    named[labelled[i]] = None if cell is None else show(cell, self.labels, self.base)
            yield named

    def _labelled(self) -> dict[int, str]:
        """Which columns hold IRIs, and what the columns of their labels are called: as nothing else is."""
        taken, named = set(self.columns), {}
        for i, column in enumerate(self.columns):
            if any(isinstance(row[i], IRI) for row in self.rows):
                name = f"{column}Label"
                while name in taken:
                    name += "_"
                taken.add(name)
                named[i] = name
        return named

    def shown(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Columns and cells for people: labels instead of IRIs, nothing hidden, no column that is empty throughout.

        Rows that rest on the same and differ in one cell alone (the two who met) become one.
        """
        kept = [
            i
            for i, c in enumerate(self.columns)
            if c not in self.hidden and (not self.rows or any(r[i] is not None for r in self.rows))
        ]
        cells: dict[tuple[str, ...], None] = {}
        merged: dict[object, list[list[dict[str, None]]]] = {}
        for n, row in enumerate(self.rows):
            line = [{text: None} if (text := show(row[i], self.labels, self.base)) else {} for i in kept]
            grounds = self.grounds[n] if self.grounds and self.grounds[n] is not None else n
            for other in merged.setdefault(grounds, []):
                differ = [i for i, (a, b) in enumerate(zip(other, line)) if a != b]
                if len(differ) < 2 and all(other[i] and line[i] for i in differ):
                    for i in differ:
                        other[i] |= line[i]
                    break
            else:
                merged[grounds].append(line)
        for lines in merged.values():
            cells |= dict.fromkeys(tuple(map(_joined, line)) for line in lines)
        return tuple(self.columns[i] for i in kept), list(cells)

    def data(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Columns and cells for programs: every column, and beside one of IRIs a column of their labels."""
        named = self._labelled()
        columns = tuple(c for i, name in enumerate(self.columns) for c in ((name, named[i]) if i in named else (name,)))
        rows = [
            tuple(
                c
                for i, cell in enumerate(row)
                for c in ((_bare(cell), show(cell, self.labels, self.base)) if i in named else (_bare(cell),))
            )
            for row in self.rows
        ]
        return columns, rows

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a DataFrame with the names and values of iteration; a column of whole numbers with gaps is
        `Int64`.

        Raises an InputError where pandas is not installed.
        """
        try:
            import pandas
        except ImportError:
            raise InputError("pandas is not installed", "to_pandas", "pip install pandas") from None

        labelled = self._labelled()
        columns = [
            c for i, name in enumerate(self.columns) for c in ((name, labelled[i]) if i in labelled else (name,))
        ]
        body = list(self)
        frame = pandas.DataFrame(
            {c: pandas.Series([row[c] for row in body], dtype=object) for c in columns}, columns=columns
        )
        for column in columns:
            kinds = {type(value) for value in frame[column]} - {type(None)}
            if kinds == {int} and all(value is None or abs(value) < 2**63 for value in frame[column]):
                frame[column] = frame[column].astype("int64" if frame[column].notna().all() else "Int64")
            elif kinds and kinds <= {int, float}:
                frame[column] = frame[column].astype("float64")
        return frame

    def to_rdflib(self) -> rdflib.query.Result:
        """The rows as what rdflib's own queries give: `row.person` and `row["person"]` are rdflib terms, or None."""
        return to_rdflib_result(self.columns, self.rows)

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
        return (
            json.dumps(
                {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}, ensure_ascii=False, indent=1
            )
            + "\n"
        )


def value_of(cell: Term | None) -> Any:
    """A term as a plain Python value: int, float, Decimal, bool, date or datetime where it is one, else its text;
    None for nothing.
    """
    if isinstance(cell, Literal) and (made := _VALUES.get(cell.datatype.value)) is not None:
        try:
            return made(cell.value)
        except (ValueError, KeyError, ArithmeticError):  # not in the form of its type, or beyond Python's years
            return cell.value
    return None if cell is None else _bare(cell)


def _joined(texts: Iterable[str]) -> str:
    """Several values of one cell: names as a list, the pieces of a quotation as one with a mark where it is broken."""
    texts = list(texts)
    return (" … " if all(text.startswith(_OPENING) for text in texts) else ", ").join(texts)


def show(cell: Term | None, labels: Mapping[IRI, str], base: str = "") -> str:
    """A cell for people: a label, a term's local name, a short IRI, or the words of a literal; on one line, without
    control characters.
    """
    if cell is None:
        return ""
    text = cell.value if not isinstance(cell, IRI) else labels.get(cell) or shorten(cell, base)
    return "".join(c if c.isprintable() else " " if c in "\n\r\t" else "\ufffd" for c in text)


def shorten(iri: IRI, base: str = "") -> str:
    """`Prison` for a term of the ontology, `person:ana-ruiz` or `rdf:type` where a prefix is known, else the IRI."""
    value = iri.value
    if value.startswith(KG):
        return value[len(KG) :]
    for prefix, namespace in prefixes(base).items() if base else prefixes().items():
        name = value[len(namespace) :]
        if value.startswith(namespace) and name and "/" not in name:
            return f"{prefix}:{name}"
    return value


def labels_of(store: Store, nodes: Iterable[IRI]) -> dict[IRI, str]:
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
