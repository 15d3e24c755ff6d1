"""Answers in the forms of the SPARQL 1.1 Recommendations, within limits of rows and bytes."""

from __future__ import annotations

import io
import itertools
import json
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from kg import rdf
from kg.errors import QueryError
from kg.rdf import IRI, Literal, Quad, RdfFormat

__all__ = ["GRAPHS", "TABLES", "encode", "negotiate"]

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
            quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
            try:
                ranges.append((name, float(quality)))
            except ValueError:
                continue
    best, liked = None, 0.0
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


def encode(result, accept: str, *, most_rows: int, most_bytes: int) -> tuple[str, bytes]:
    """A query's result as (media type, body). Raises a QueryError if it would pass a limit, a LookupError if no form is liked."""
    kind = type(result).__name__
    if kind == "QueryTriples":
        chosen = negotiate(accept, GRAPHS)
        if chosen is None:
            raise LookupError(accept)
        triples = [Quad(t.subject, t.predicate, t.object) for t in itertools.islice(result, most_rows + 1)]
        if len(triples) > most_rows:
            raise _too_many(most_rows)
        out = io.BytesIO()
        rdf.serialize(triples, GRAPHS[chosen], out)
        return chosen, _small(out.getvalue(), most_bytes)
    chosen = negotiate(accept, TABLES)
    if chosen is None:
        raise LookupError(accept)
    if kind == "QueryBoolean":
        return chosen, _truth(bool(result), chosen).encode()
    names = [v.value for v in result.variables]
    write = {"json": _as_json, "xml": _as_xml, "csv": _as_csv}.get(
        chosen.rpartition("/")[2].rpartition("+")[2], _as_tsv
    )
    parts, size = [], 0
    for part in write(names, _limited(result, most_rows)):
        data = part.encode()
        size += len(data)
        if size > most_bytes:
            raise QueryError(f"the answer passes {most_bytes:,} bytes", "query", "narrow it, or add a LIMIT")
        parts.append(data)
    return chosen, b"".join(parts)


def _limited(result: Iterable, most: int) -> Iterator[list]:
    for n, row in enumerate(result):
        if n >= most:
            raise _too_many(most)
        yield list(row)


def _too_many(most: int) -> QueryError:
    return QueryError(f"the answer has more than {most:,} rows", "query", "narrow it, or add a LIMIT")


def _small(data: bytes, most: int) -> bytes:
    if len(data) > most:
        raise QueryError(f"the answer passes {most:,} bytes", "query", "narrow it, or add a LIMIT")
    return data


def _truth(truth: bool, chosen: str) -> str:
    said = "true" if truth else "false"
    if chosen.endswith("json"):
        return json.dumps({"head": {}, "boolean": truth}) + "\n"
    if chosen.endswith("xml"):
        return f'<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><boolean>{said}</boolean></sparql>\n'
    return f"{said}\n"


def _as_json(names: list[str], rows: Iterable[list]) -> Iterator[str]:
    yield '{"head": {"vars": ' + json.dumps(names) + '}, "results": {"bindings": [\n'
    for n, row in enumerate(rows):
        binding = {name: _json(cell) for name, cell in zip(names, row) if cell is not None}
        yield (",\n" if n else "") + json.dumps(binding, ensure_ascii=False)
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


def _as_xml(names: list[str], rows: Iterable[list]) -> Iterator[str]:
    yield '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>'
    yield "".join(f"<variable name={quoteattr(name)}/>" for name in names) + "</head><results>\n"
    for row in rows:
        yield (
            "<result>"
            + "".join(
                f"<binding name={quoteattr(name)}>{_xml(cell)}</binding>"
                for name, cell in zip(names, row)
                if cell is not None
            )
            + "</result>\n"
        )
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


def _as_csv(names: list[str], rows: Iterable[list]) -> Iterator[str]:
    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\r\n') else text

    yield ",".join(names) + "\r\n"
    for row in rows:
        yield (
            ",".join(
                quoted(cell.value if isinstance(cell, (IRI, Literal)) else "" if cell is None else str(cell))
                for cell in row
            )
            + "\r\n"
        )


def _as_tsv(names: list[str], rows: Iterable[list]) -> Iterator[str]:
    yield "\t".join(f"?{name}" for name in names) + "\n"
    for row in rows:
        yield "\t".join("" if cell is None else str(cell).replace("\t", "\\t") for cell in row) + "\n"
