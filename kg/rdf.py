"""RDF as the program handles it: terms, prefixes, reading and writing of files, the bridge to rdflib.

Terms are pyoxigraph's (immutable, hashable, compared by value). Nothing here is blank: every node has an IRI.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import pyoxigraph as engine
from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode as IRI,
    RdfFormat,
    Triple,
    parse as _parse,
    serialize as _serialize,
)

from kg.errors import ADDRESS, GraphError, OutputError

if TYPE_CHECKING:
    import rdflib

__all__ = [
    "BASE",
    "DefaultGraph",
    "FORMATS",
    "IRI",
    "KG",
    "Literal",
    "PREFIXES",
    "Quad",
    "RdfFormat",
    "STREAMED",
    "Term",
    "Triple",
    "as_iri",
    "document_graphs",
    "documents_of",
    "format_of",
    "from_rdflib",
    "graph",
    "in_order",
    "kg",
    "literal",
    "parse",
    "parse_file",
    "prefixes",
    "serialize",
    "serialize_parts",
    "special_graph",
    "stream",
    "term",
    "to_rdflib",
    "to_rdflib_graph",
    "with_graph",
]

Term = IRI | Literal

if TYPE_CHECKING:

    class Quad(engine.Quad):  # type: ignore[misc]  # final to the engine; this only tells the type checker what ours hold
        """A quad of ours: an IRI, an IRI, an IRI or a literal, in the graph of an IRI or in the default graph."""

        subject: IRI
        object: Term
        graph_name: IRI | DefaultGraph

        def __init__(
            self, subject: IRI, predicate: IRI, object: Term, graph_name: IRI | DefaultGraph | None = None, /
        ) -> None: ...
        def __iter__(self) -> Iterator[Any]: ...

else:
    Quad = engine.Quad

KG = "https://w3id.org/article-kg/ontology#"
BASE = "https://w3id.org/article-kg/id/"

#: Vocabularies that the graph uses, by prefix.
PREFIXES: dict[str, str] = {
    "kg": KG,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "time": "http://www.w3.org/2006/time#",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "wd": "http://www.wikidata.org/entity/",
}

#: One folder of the data namespace a kind of node: `person:ana-ruiz` is `<BASE>person/ana-ruiz`. In this order a file
#: lists them.
KINDS: tuple[str, ...] = (
    "graph",
    "doc",
    "person",
    "group",
    "org",
    "place",
    "office",
    "artifact",
    "program",
    "concept",
    "thing",
    "event",
    "claim",
    "fact",
    "when",
    "quantity",
    "ev",
)

FORMATS: dict[str, RdfFormat] = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
}


@lru_cache(maxsize=4096)
def kg(name: str) -> IRI:
    """The ontology's term of that local name."""
    return IRI(KG + name)


@lru_cache(maxsize=4096)
def term(curie: str) -> IRI:
    """`skos:prefLabel` as an IRI."""
    prefix, _, name = curie.partition(":")
    return IRI(PREFIXES[prefix] + name)


def literal(value: str, datatype: str = "xsd:string") -> Literal:
    return Literal(value) if datatype == "xsd:string" else Literal(value, datatype=term(datatype))


def prefixes(base: str = BASE) -> dict[str, str]:
    """All prefixes of a file whose data stand under `base`."""
    return PREFIXES | {kind: f"{base}{kind}/" for kind in KINDS}


def special_graph(name: str, base: str = BASE) -> IRI:
    """The graph beside the documents' own: background, inferred, links, ontology."""
    return IRI(f"{base}graph/{name}")


def as_iri(node: object) -> IRI:
    """A node that must be an IRI: `GraphError` if it is something else."""
    if not isinstance(node, IRI):
        raise GraphError(f"has {node} where an IRI must stand", "graph", "repair or build the graph again")
    return node


def document_graphs(quads: Iterable[Quad], base: str = BASE) -> Iterator[Quad]:
    """The quads that documents say: all but those of the special graphs."""
    beside = f"{base}graph/"
    return (q for q in quads if not (isinstance(q.graph_name, IRI) and q.graph_name.value.startswith(beside)))


def graph(quads: Iterable[Quad]) -> list[Quad]:
    """The quads without their graphs, each triple once: the union that a triple format holds."""
    return list(dict.fromkeys(Quad(q.subject, q.predicate, q.object) for q in quads))


def documents_of(quads: Iterable[Quad]) -> list[IRI]:
    """The documents that quads tell of, in order."""
    a, document = term("rdf:type"), kg("Document")
    return sorted({q.subject for q in quads if q.predicate == a and q.object == document}, key=lambda n: n.value)


def with_graph(quads: Iterable[Quad], name: IRI) -> Iterator[Quad]:
    return (Quad(q.subject, q.predicate, q.object, name) for q in quads)


# ------------------------------------------------------------------ files


def format_of(path: Path | str) -> RdfFormat:
    """The format that a file's ending names."""
    if ADDRESS.match(str(path)):
        raise GraphError(
            "is an address on the web, and no file",
            str(path),
            "fetch it first, with kg pull or your browser, and give the file",
        )
    ending = Path(path).suffix.lower()
    if ending not in FORMATS:
        raise GraphError(
            f"no graph format is called {ending or 'nothing'}", str(path), f"use one of {', '.join(FORMATS)}"
        )
    return FORMATS[ending]


def parse(data: bytes | str | IO[bytes], format: RdfFormat, where: str = "<data>") -> Iterator[Quad]:
    """The quads of RDF data. JSON-LD contexts are never fetched."""
    try:
        yield from cast("Iterator[Quad]", _parse(data, format=format))
    except (SyntaxError, ValueError, OSError) as problem:
        raise GraphError(
            f"not readable as {format.name}: {_one_line(problem)}", where, "repair or build the file again"
        ) from None


def parse_file(path: Path | str) -> Iterator[Quad]:
    """The quads of a file, by its ending."""
    format = format_of(path)
    try:
        with open(path, "rb") as file:
            yield from parse(file, format, str(path))
    except OSError as problem:
        raise GraphError(
            problem.strerror or "cannot be read", str(path), "check the path and its permissions"
        ) from None


def serialize(quads: Iterable[Quad], format: RdfFormat, out: IO[bytes], base: str = BASE) -> None:
    """Write quads in a stable order, grouped by subject, with our prefixes; a triple format holds their union."""
    quads = in_order(quads if format.supports_datasets else graph(quads), base)
    if format == RdfFormat.JSON_LD and not any(isinstance(q.object, Triple) for q in quads):
        from kg.jsonld import document  # its context stands in the file: nothing to fetch

        out.write(document(quads, prefixes(base), KG).encode())
        return
    short = _used(quads, base) if format in _PREFIXED else None
    if format == RdfFormat.RDF_XML:
        quads = [_xml_literal(q) for q in quads]
    try:
        if format == RdfFormat.TURTLE:
            head, body = _split_header(_bytes(quads, format, short))
            out.write(head + body.replace(b" .\n", b" .\n\n"))  # newlines inside literals are escaped
        else:
            _serialize(quads, output=out, format=format, prefixes=short)
    except OSError as problem:
        raise OutputError(
            problem.strerror or "cannot be written", getattr(out, "name", ""), "choose another place"
        ) from None


def stream(quads: Iterable[Quad], format: RdfFormat, out: IO[bytes], base: str = BASE) -> None:
    """Write quads as they come, for graphs too large to be put in order."""
    _serialize(
        map(_xml_literal, quads) if format == RdfFormat.RDF_XML else quads,
        output=out,
        format=format,
        prefixes=prefixes(base) if format in _PREFIXED else None,
    )


#: Formats in which a file can be written part after part.
STREAMED = (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS, RdfFormat.TURTLE, RdfFormat.TRIG)


def serialize_parts(parts: Iterable[Sequence[Quad]], format: RdfFormat, out: IO[bytes], base: str = BASE) -> int:
    """Write parts as they come, each in its own stable order, in a format of STREAMED; how many quads there are."""
    short = prefixes(base) if format in _PREFIXED else None
    written = 0
    try:
        for part in parts:
            part = in_order(part if format.supports_datasets else graph(part), base)
            head, body = _split_header(_bytes(part, format, short))
            if not written:
                out.write(head if short else b"")
            out.write(body.replace(b" .\n", b" .\n\n") if format == RdfFormat.TURTLE else body)
            out.flush()
            written += len(part)
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise OutputError(
            problem.strerror or "cannot be written", getattr(out, "name", ""), "choose another place"
        ) from None
    return written


_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def for_xml(text: str) -> str:
    """Text with U+FFFD for each character that XML 1.0 cannot carry, escaped or not: most control characters, U+FFFE,
    U+FFFF.
    """
    return _NOT_XML.sub("\ufffd", text)


def _xml_literal(quad: Quad) -> Quad:
    object = quad.object
    if not isinstance(object, Literal) or not _NOT_XML.search(object.value):
        return quad
    object = (
        Literal(for_xml(object.value), language=object.language)
        if object.language
        else Literal(for_xml(object.value), datatype=object.datatype)
    )
    return Quad(quad.subject, quad.predicate, object, quad.graph_name)


def _bytes(quads: Iterable[Quad], format: RdfFormat, prefixes: dict[str, str] | None = None) -> bytes:
    return _serialize(quads, format=format, prefixes=prefixes) or b""


def _split_header(turtle: bytes) -> tuple[bytes, bytes]:
    """The prefixes in alphabetical order, and the rest."""
    at = 0
    while turtle.startswith(b"@prefix", at):
        at = turtle.index(b"\n", at) + 1
    return b"".join(sorted(turtle[:at].splitlines(keepends=True))) + b"\n", turtle[at:]


_PREFIXED = {RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.RDF_XML}
_RDF_TYPE = term("rdf:type").value
_SUBJECT = term("rdf:subject")
#: Datatypes that Turtle writes by the form of the literal.
_UNWRITTEN = {term(f"xsd:{name}") for name in ("string", "integer", "decimal", "boolean", "double")}
_FIRST = {
    _RDF_TYPE: "0",
    term("skos:prefLabel").value: "1",
    term("rdfs:label").value: "1",
    kg("status").value: "2",
    term("rdf:subject").value: "2a",
    term("rdf:predicate").value: "2b",
    term("rdf:object").value: "2c",
    kg("evidence").value: "9",
}
_NUMBER = re.compile(r"\d+")


def in_order(quads: Iterable[Quad], base: str = BASE) -> list[Quad]:
    """Documents first, then entities, events, claims, evidence; numbers in names by value; type and label first in each
    node.
    """
    rank = {f"{base}{kind}/": f"{i:02d}" for i, kind in enumerate(KINDS)}
    known: dict[str, str] = {}

    quads = list(dict.fromkeys(quads))
    about = {q.subject.value: q.object.value for q in quads if q.predicate == _SUBJECT}

    def node(value: str) -> str:
        if value not in known:
            cut = value.rfind("/") + 1
            subject = node(about[value]) if value in about else ""  # a claim stands with those of the same subject
            known[value] = rank.get(value[:cut], "99") + subject + _NUMBER.sub(lambda m: m[0].zfill(9), value)
        return known[value]

    def key(quad: Quad) -> tuple[str, str, str, str]:
        g = quad.graph_name
        return (
            node(g.value) if isinstance(g, IRI) else "",
            node(quad.subject.value),
            _FIRST.get(quad.predicate.value, "5") + quad.predicate.value,
            node(quad.object.value) if isinstance(quad.object, IRI) else str(quad.object),
        )

    return sorted(quads, key=key)


def _used(quads: list[Quad], base: str) -> dict[str, str]:
    namespaces = set()
    for q in quads:
        for node in (q.subject, q.predicate, q.object, q.graph_name):
            named = node.datatype if isinstance(node, Literal) else node
            if isinstance(named, IRI) and not (isinstance(node, Literal) and named in _UNWRITTEN):
                namespaces.add(named.value[: max(named.value.rfind("/"), named.value.rfind("#")) + 1])
    return {p: ns for p, ns in prefixes(base).items() if ns in namespaces}


def _one_line(problem: Exception) -> str:
    return " ".join(str(problem).split())[:200]


# ------------------------------------------------------------------ rdflib


def to_rdflib(quads: Iterable[Quad], base: str = BASE) -> rdflib.Dataset:
    """The same quads as an `rdflib.Dataset` whose default graph is the union."""
    import rdflib

    data = rdflib.Dataset(default_union=True)
    for prefix, namespace in prefixes(base).items():
        data.bind(prefix, namespace)
    data.parse(BytesIO(_bytes(quads, RdfFormat.N_QUADS)), format="nquads")
    return data


def to_rdflib_graph(quads: Iterable[Quad]) -> rdflib.Graph:
    """The triples of quads as a plain `rdflib.Graph`, which is quicker to walk than a Dataset."""
    import rdflib

    data = rdflib.Graph()
    data.parse(BytesIO(_bytes(graph(quads), RdfFormat.N_TRIPLES)), format="nt")
    return data


def to_rdflib_result(columns: Sequence[str], rows: Iterable[Sequence[Term | None]]) -> rdflib.query.Result:
    """Rows of terms as what a SELECT of rdflib gives; the words of a literal stay as they are."""
    import rdflib
    from rdflib.query import Result

    def node(cell: Term) -> rdflib.term.Identifier:
        if isinstance(cell, IRI):
            return rdflib.URIRef(cell.value)
        if not isinstance(cell, Literal):
            return rdflib.BNode(getattr(cell, "value", str(cell)))
        if cell.language:
            return rdflib.Literal(cell.value, lang=cell.language)
        plain = cell.datatype.value == PREFIXES["xsd"] + "string"
        return rdflib.Literal(
            cell.value, datatype=None if plain else rdflib.URIRef(cell.datatype.value), normalize=False
        )

    names = [rdflib.Variable(column) for column in columns]
    result = Result("SELECT")
    result.vars = names
    result.bindings = [{name: node(cell) for name, cell in zip(names, row) if cell is not None} for row in rows]
    return result


def from_rdflib(source: rdflib.Graph) -> Iterator[Quad]:
    """The quads of an `rdflib.Graph` or `Dataset`."""
    import rdflib

    many = isinstance(source, rdflib.Dataset)
    data = source.serialize(format="nquads" if many else "nt", encoding="utf-8")
    return parse(data, RdfFormat.N_QUADS if many else RdfFormat.N_TRIPLES, "rdflib graph")
