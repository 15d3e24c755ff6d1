"""JSON-LD that people can read: short names, one block a node, and what belongs to a node inside it.

The context stands in the file, so no reader fetches anything. A node that is pointed at from one place alone (a quote
of its claim, a time of its event) is written there; others are named by their IRI. The same quads come back from any
JSON-LD reader. It knows terms by what they have, not by whose they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["document"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPE, _STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", _XSD + "string"
#: Kinds of nodes that may stand inside the node that points at them.
_INNER = ("ev", "when", "quantity")
#: JSON's own numbers and truth values, where their digits are kept.
_INTEGER, _BOOLEAN = _XSD + "integer", _XSD + "boolean"


def document(quads: Iterable[Any], prefixes: Mapping[str, str], vocabulary: str) -> str:
    """Quads in order as a JSON-LD document: triples of no graph at the top, each named graph as a block of its own.

    `prefixes` shorten IRIs; the terms of the namespace `vocabulary` stand by their bare names.
    """
    graphs: dict[str, list[Any]] = {}
    for quad in quads:
        graphs.setdefault(getattr(quad.graph_name, "value", ""), []).append(quad)
    names = _Names(prefixes, vocabulary)
    blocks: list[Any] = []
    for name, said in graphs.items():
        nodes = _nodes(said, names)
        blocks += nodes if not name else [{"@id": names.id(name), "@graph": nodes}]
    return json.dumps({"@context": names.context(), "@graph": blocks}, ensure_ascii=False, indent=1) + "\n"


class _Names:
    """IRIs as short names, and the context that says what they stand for."""

    def __init__(self, prefixes: Mapping[str, str], vocabulary: str) -> None:
        self.vocabulary = vocabulary
        self.known = sorted(((iri, p) for p, iri in prefixes.items()), key=lambda pair: -len(pair[0]))
        self.prefixes = {prefix for _, prefix in self.known}
        self.used: set[str] = set()

    def id(self, iri: str) -> str:
        for namespace, prefix in self.known:
            name = iri[len(namespace) :]
            if iri.startswith(namespace) and name and not name.startswith("//"):
                self.used.add(prefix)
                return f"{prefix}:{name}"
        return iri

    def term(self, iri: str) -> str:
        """A class or property: a term of the ontology by its bare name, unless that is a prefix (`kg:fact`, beside
        `fact:…`).
        """
        name = iri[len(self.vocabulary) :]
        return (
            name if iri.startswith(self.vocabulary) and name.isalnum() and name not in self.prefixes else self.id(iri)
        )

    def context(self) -> dict[str, Any]:
        namespaces = {prefix: iri for iri, prefix in self.known}
        return {"@vocab": self.vocabulary, **{p: namespaces[p] for p in sorted(self.used)}}


def _nodes(quads: list[Any], names: _Names) -> list[dict[str, Any]]:
    said: dict[str, list[Any]] = {}
    pointed: dict[str, int] = {}
    for quad in quads:
        said.setdefault(_key(quad.subject), []).append(quad)
        if _is_iri(quad.object):
            pointed[quad.object.value] = pointed.get(quad.object.value, 0) + 1
    inner = {
        node
        for node in said
        if pointed.get(node) == 1 and node.rsplit("/", 2)[-2:-1] and node.rsplit("/", 2)[-2] in _INNER
    }

    def node(key: str) -> dict[str, Any]:
        block: dict[str, Any] = {"@id": key if key.startswith("_:") else names.id(key)}
        for quad in said[key]:
            predicate = quad.predicate.value
            if predicate == _TYPE and _is_iri(quad.object):
                name, value = "@type", names.term(quad.object.value)
            else:
                name, value = names.term(predicate), cell(quad.object)
            if name not in block:
                block[name] = value
            else:
                block[name] = [*(block[name] if isinstance(block[name], list) else [block[name]]), value]
        return block

    def cell(value: Any) -> Any:
        if hasattr(value, "datatype"):
            if value.language:
                return {"@value": value.value, "@language": value.language}
            datatype = value.datatype.value
            if datatype == _STRING:
                return value.value
            if datatype == _INTEGER and str(int(value.value)) == value.value and abs(int(value.value)) < 1 << 53:
                return int(value.value)
            if datatype == _BOOLEAN and value.value in ("true", "false"):
                return value.value == "true"
            return {"@value": value.value, "@type": names.id(datatype)}
        key = _key(value)
        return node(key) if key in inner else {"@id": key if key.startswith("_:") else names.id(key)}

    return [node(key) for key in said if key not in inner]


def _is_iri(node: Any) -> bool:
    return not hasattr(node, "datatype") and not str(node).startswith("_:")


def _key(node: Any) -> str:
    return node.value if _is_iri(node) else str(node)
