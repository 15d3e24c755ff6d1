"""Answers in the forms of the SPARQL 1.1 Recommendations, written as they are found."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import IO, NamedTuple, TypeVar, cast
from xml.sax.saxutils import escape, quoteattr

from kg import rdf
from kg.rdf import IRI, Literal, Quad, RdfFormat
from kg.store import Result, Solutions, Triples

__all__ = ["GRAPHS", "TABLES", "encode", "negotiate"]

_T = TypeVar("_T")
Row = list[object]
Sink = IO[bytes]
#: A graph of fewer triples comes in our order; a larger one as it is found.
MOST_SORTED = 20_000
#: So many cells that were written are kept: in a long answer the same ones come again and again.
KNOWN = 1 << 14

_XSD_STRING = rdf.PREFIXES["xsd"] + "string"

#: Media types of tables and truth values, and of graphs: in order of preference.
TABLES = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
    "application/json",
    "application/xml",
)
GRAPHS: dict[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
}
#: Short names, as in `?format=csv`.
SHORT = {
    "json": TABLES[0],
    "xml": TABLES[1],
    "csv": TABLES[2],
    "tsv": TABLES[3],
    "ttl": "text/turtle",
    "turtle": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}


def negotiate(accept: str, offered: Iterable[str]) -> str | None:
    """The offered media type that an Accept header likes best; nothing if it likes none (RFC 9110, 12.5.1)."""
    offered = list(offered)
    ranges = []
    for part in accept.split(","):
        name, *parameters = (p.strip().lower() for p in part.split(";"))
        if name:
            weight = next((p[2:] for p in parameters if p.startswith("q=")), "1")
            try:
                ranges.append((name, float(weight)))
            except ValueError:
                continue
    best: str | None = None
    liked = 0.0
    for type in offered:
        fits = [
            (range != "*/*", not range.endswith("/*"), q)
            for range, q in ranges
            if range in (type, "*/*") or range.endswith("/*") and type.startswith(range[:-1])
        ]
        quality = max(fits)[2] if fits else 0.0  # the most specific range decides
        if quality > liked:
            best, liked = type, quality
    return best if ranges else offered[0]


class Cut(Iterator[_T]):
    """Some of what another iterator gives, beginning at a place; `more` tells afterwards whether there was more."""

    def __init__(self, items: Iterable[_T], start: int, most: int | None) -> None:
        self._items, self._left, self.more = itertools.islice(items, start, None), most, False
        self.empty = start == 0  # until something is given

    def __next__(self) -> _T:
        if self._left == 0:
            self.more = self.more or any(True for _ in itertools.islice(self._items, 1))
            raise StopIteration
        if self._left is not None:
            self._left -= 1
        item = next(self._items)
        self.empty = False
        return item


class Written(NamedTuple):
    """What is to be known of an answer that was written: whether more was cut off, and whether nothing was found."""

    more: bool
    empty: bool


def encode(
    result: Result, accept: str, begin: Callable[[str], Sink], *, start: int = 0, most: int | None = None
) -> Written:
    """Write a query's result, as it is found, into what `begin` gives for the media type chosen.

    Rows or triples before `start` are passed over, and no more than `most` written; whether there are more, or none at
    all, is given back. Raises a LookupError if no form is liked.
    """
    chosen = negotiate(accept, GRAPHS if isinstance(result, Triples) else TABLES)
    if chosen is None:
        raise LookupError(accept)
    out = begin(chosen)
    if isinstance(result, Triples):
        triples = Cut((Quad(t.subject, t.predicate, t.object) for t in cast("Iterable[Quad]", result)), start, most)
        first = list(itertools.islice(triples, MOST_SORTED))
        if len(first) < MOST_SORTED:
            rdf.serialize(first, GRAPHS[chosen], out)
        else:
            rdf.stream(itertools.chain(first, triples), GRAPHS[chosen], out)
        return Written(triples.more, triples.empty)
    if not isinstance(result, Solutions):
        out.write(_truth(bool(result), chosen).encode())
        return Written(False, not result)
    names = [v.value for v in result.variables]
    write = {"json": _as_json, "xml": _as_xml, "csv": _as_csv}.get(
        chosen.rpartition("/")[2].rpartition("+")[2], _as_tsv
    )
    rows = Cut((list(row) for row in result), start, most)
    for part in write(names, rows):
        out.write(part.encode())
    return Written(rows.more, rows.empty)


def _truth(truth: bool, chosen: str) -> str:
    said = "true" if truth else "false"
    if chosen.endswith("json"):
        return json.dumps({"head": {}, "boolean": truth}) + "\n"
    if chosen.endswith("xml"):
        return (
            '<?xml version="1.0"?>\n<sparql '
            f'xmlns="http://www.w3.org/2005/sparql-results#"><head/><boolean>{said}</boolean></sparql>\n'
        )
    return f"{said}\n"


def _as_json(names: list[str], rows: Iterable[Row]) -> Iterator[str]:
    yield '{"head": {"vars": ' + json.dumps(names) + '}, "results": {"bindings": [\n'
    keys = [json.dumps(name) + ": " for name in names]
    value = lru_cache(maxsize=KNOWN)(lambda cell: json.dumps(_json(cell), ensure_ascii=False))
    between = ""
    for row in rows:
        yield between + "{" + ", ".join(k + value(cell) for k, cell in zip(keys, row) if cell is not None) + "}"
        between = ",\n"
    yield "\n]}}\n"


def _json(cell: object) -> dict[str, str]:
    if isinstance(cell, IRI):
        return {"type": "uri", "value": cell.value}
    if not isinstance(cell, Literal):
        return {"type": "bnode", "value": str(cell).removeprefix("_:")}
    said = {"type": "literal", "value": cell.value}
    if cell.language:
        said["xml:lang"] = cell.language
    elif cell.datatype.value != _XSD_STRING:
        said["datatype"] = cell.datatype.value
    return said


def _as_xml(names: list[str], rows: Iterable[Row]) -> Iterator[str]:
    yield '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>'
    yield "".join(f"<variable name={quoteattr(name)}/>" for name in names) + "</head><results>\n"
    keys = [f"<binding name={quoteattr(name)}>" for name in names]
    value = lru_cache(maxsize=KNOWN)(_xml)
    for row in rows:
        cells = (f"{key}{value(cell)}</binding>" for key, cell in zip(keys, row) if cell is not None)
        yield "<result>" + "".join(cells) + "</result>\n"
    yield "</results></sparql>\n"


def _xml(cell: object) -> str:
    if isinstance(cell, IRI):
        return f"<uri>{_text(cell.value)}</uri>"
    if not isinstance(cell, Literal):
        return f"<bnode>{_text(str(cell).removeprefix('_:'))}</bnode>"
    mark = ""
    if cell.language:
        mark = f" xml:lang={quoteattr(cell.language)}"
    elif cell.datatype.value != _XSD_STRING:
        mark = f" datatype={quoteattr(cell.datatype.value)}"
    return f"<literal{mark}>{_text(cell.value)}</literal>"


def _text(value: str) -> str:
    """Text for XML 1.0, which knows no control characters but tab and line ends."""
    return escape(rdf.for_xml(value), {"\r": "&#13;"})


def _as_csv(names: list[str], rows: Iterable[Row]) -> Iterator[str]:
    def quoted(cell: object) -> str:
        text = cell.value if isinstance(cell, (IRI, Literal)) else "" if cell is None else str(cell)
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\r\n') else text

    value = lru_cache(maxsize=KNOWN)(quoted)
    yield ",".join(names) + "\r\n"
    for row in rows:
        yield ",".join(map(value, row)) + "\r\n"


def _as_tsv(names: list[str], rows: Iterable[Row]) -> Iterator[str]:
    value = lru_cache(maxsize=KNOWN)(lambda cell: "" if cell is None else str(cell).replace("\t", "\\t"))
    yield "\t".join(f"?{name}" for name in names) + "\n"
    for row in rows:
        yield "\t".join(map(value, row)) + "\n"
