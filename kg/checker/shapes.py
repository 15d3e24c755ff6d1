"""SHACL shapes, read once and looked at node by node: the part of SHACL Core that ontology/shapes.ttl is written in.

A validator that builds its own graph of every document takes most of a second for one; here a document is a dictionary,
and the tests hold what is found against such a validator. A shape that asks for more than is known here is an error
when it is read.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import GraphError
from kg.queries.answers import value_of
from kg.rdf import IRI, PREFIXES, Literal, Quad, parse_file, term

__all__ = ["Broken", "Shape", "broken", "lineage", "read_shapes"]

SHACL = "http://www.w3.org/ns/shacl#"
_A, _FIRST, _REST, _NIL = (term(f"rdf:{name}") for name in ("type", "first", "rest", "nil"))

Node = object  # a term of any kind: an IRI, a literal, a blank node
#: subject → predicate → objects
Graph = Mapping[Node, Mapping[IRI, tuple[Node, ...]]]
#: class → all classes above it, and itself
Lineage = Mapping[Node, frozenset[Node]]
Order = Callable[[Any, Any], bool]
_NOTHING: Mapping[IRI, tuple[Node, ...]] = {}


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape: where it looks, what it asks, the shapes of properties below it."""

    name: str
    message: str
    targets: frozenset[IRI]
    path: IRI | None  # whose values are looked at; none: the node itself
    of_all: tuple[
        tuple[Callable[[tuple[Node, ...], Node], bool], Node], ...
    ]  # what is asked of the values together, its parameter
    of_each: tuple[tuple[Callable[[Node, Node], bool], Node], ...]  # of each
    of_pairs: tuple[tuple[Order, IRI], ...]  # of each and those of another property
    kinds: tuple[Node, ...]  # the classes of each
    either: tuple[tuple[Shape, ...], ...]  # of each group one must fit
    properties: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """A node that does not fit a shape."""

    shape: Shape
    node: Node


def broken(shapes: Iterable[Shape], quads: Iterable[Quad], above: Lineage) -> Iterator[Broken]:
    """Every shape that a node of one document's quads does not fit, once for each node."""
    graph = _graph(quads)
    for node, said in graph.items():
        types = frozenset[Node]().union(*(above.get(kind, (kind,)) for kind in said.get(_A, ())))
        if types:
            for shape in shapes:
                if not shape.targets.isdisjoint(types):
                    yield from (Broken(failed, node) for failed in _failed(shape, node, graph, above))


def lineage(pairs: Iterable[tuple[Node, Node]]) -> Lineage:
    """From pairs of a class and the one right above it."""
    right_above: dict[Node, set[Node]] = {}
    for below, above in pairs:
        right_above.setdefault(below, set()).add(above)

    def climb(kind: Node) -> frozenset[Node]:
        seen, todo = {kind}, [kind]
        while todo:
            new = right_above.get(todo.pop(), set()) - seen
            seen |= new
            todo += new
        return frozenset(seen)

    return {kind: climb(kind) for kind in right_above}


# ------------------------------------------------------------------ looking


def _graph(quads: Iterable[Quad]) -> Graph:
    found: dict[Node, dict[IRI, dict[Node, None]]] = {}
    for quad in quads:
        found.setdefault(quad.subject, {}).setdefault(quad.predicate, {})[quad.object] = None
    return {node: {p: tuple(objects) for p, objects in said.items()} for node, said in found.items()}


def _failed(shape: Shape, node: Node, graph: Graph, above: Lineage) -> Iterator[Shape]:
    """The shape if the node does not fit it, and the shapes of its properties that it does not fit."""
    said = graph.get(node, _NOTHING)
    values = (node,) if shape.path is None else said.get(shape.path, ())
    if not _holds(shape, values, said, graph, above):
        yield shape
    for property in shape.properties:
        for value in values:
            yield from _failed(property, value, graph, above)


def _holds(
    shape: Shape, values: tuple[Node, ...], said: Mapping[IRI, tuple[Node, ...]], graph: Graph, above: Lineage
) -> bool:
    for asks, parameter in shape.of_all:
        if not asks(values, parameter):
            return False
    for value in values:
        for fits, parameter in shape.of_each:
            if not fits(value, parameter):
                return False
        for order, other in shape.of_pairs:
            for second in said.get(other, ()):
                if not _compared(order, value, second):
                    return False
        for kind in shape.kinds:
            if not any(kind in above.get(k, (k,)) for k in graph.get(value, _NOTHING).get(_A, ())):
                return False
        for group in shape.either:
            if all(next(_failed(one, value, graph, above), None) for one in group):
                return False
    return True


def _number(parameter: Node) -> int:
    return int(parameter.value)  # type: ignore[attr-defined]  # a literal, as read_shapes has seen


def _text(value: Node) -> str | None:
    return value.value if isinstance(value, (IRI, Literal)) else None


def _compared(order: Order, value: Node, other: Node) -> bool:
    if not isinstance(value, Literal) or not isinstance(other, Literal):
        return False
    try:
        return bool(order(value_of(value), value_of(other)))
    except TypeError:  # a word and a number
        return False


def _of_kind(value: Node, kind: Node) -> bool:
    mine = "IRI" if isinstance(value, IRI) else "Literal" if isinstance(value, Literal) else "BlankNode"
    return mine in str(_text(kind)).removeprefix(SHACL).replace("Or", " ").split()


_XSD = PREFIXES["xsd"]
_ZONE = r"(Z|[+-]\d\d:\d\d)?"
#: How a literal of a type is written. Others are any words.
_WRITTEN = {
    _XSD + name: re.compile(form)
    for name, form in (
        ("integer", r"[+-]?\d+"),
        ("nonNegativeInteger", r"\+?\d+|-0+"),
        ("decimal", r"[+-]?(\d+(\.\d*)?|\.\d+)"),
        ("double", r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|[+-]?INF|NaN"),
        ("boolean", r"true|false|0|1"),
        ("date", r"-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])" + _ZONE),
        ("dateTime", r"-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T\d\d:\d\d:\d\d(\.\d+)?" + _ZONE),
    )
}


def _of_type(value: Node, type: Node) -> bool:
    if not isinstance(value, Literal) or value.datatype != type:
        return False
    form = _WRITTEN.get(value.datatype.value)
    if form is not None and not form.fullmatch(value.value):
        return False
    plain_day = value.datatype.value == _XSD + "date" and len(value.value) == 10
    return not plain_day or not isinstance(value_of(value), str)  # the thirtieth of February


_GE: Order = operator.ge
_LE: Order = operator.le
_GT: Order = operator.gt
_LT: Order = operator.lt

_OF_ALL: Mapping[str, Callable[[tuple[Node, ...], Node], bool]] = {
    "minCount": lambda values, least: len(values) >= _number(least),
    "maxCount": lambda values, most: len(values) <= _number(most),
    "hasValue": lambda values, wanted: wanted in values,
}
_OF_EACH: Mapping[str, Callable[[Node, Node], bool]] = {
    "nodeKind": _of_kind,
    "datatype": _of_type,
    "in": lambda value, known: value in known,  # type: ignore[operator]  # the members of a list
    "pattern": lambda value, form: (text := _text(value)) is not None and re.search(str(_text(form)), text) is not None,
    "minLength": lambda value, least: (text := _text(value)) is not None and len(text) >= _number(least),
    "maxLength": lambda value, most: (text := _text(value)) is not None and len(text) <= _number(most),
    "minInclusive": lambda value, least: _compared(_GE, value, least),
    "maxInclusive": lambda value, most: _compared(_LE, value, most),
    "minExclusive": lambda value, least: _compared(_GT, value, least),
    "maxExclusive": lambda value, most: _compared(_LT, value, most),
}
_OF_PAIRS: Mapping[str, Order] = {"lessThan": _LT, "lessThanOrEquals": _LE}
_KNOWN = {
    *_OF_ALL,
    *_OF_EACH,
    *_OF_PAIRS,
    "class",
    "or",
    "property",
    "path",
    "targetClass",
    "message",
    "name",
    "description",
}


# ------------------------------------------------------------------ reading


@cache
def read_shapes(path: Path) -> tuple[Shape, ...]:
    """The shapes of a file that look at the instances of classes, in order of their names.

    Raises a GraphError where one asks for more than is known here.
    """
    graph = _graph(parse_file(path))
    targeted = [node for node, said in graph.items() if IRI(SHACL + "targetClass") in said]
    return tuple(sorted((_shape(node, graph, path) for node in targeted), key=lambda shape: shape.name))


def _shape(node: Node, graph: Graph, path: Path) -> Shape:
    said = {p.value.removeprefix(SHACL): objects for p, objects in graph.get(node, {}).items() if SHACL in p.value}
    name = (_text(node) or "").partition("#")[2] or "shape"
    for ask in said.keys() - _KNOWN:
        raise GraphError(f"asks for sh:{ask}, which no check here knows", f"{path}, shape {name}", "ask in other words")
    if "in" in said:
        said["in"] = tuple(frozenset(_members(group, graph)) for group in said["in"])
    paths = said.get("path", (None,))
    if not all(one is None or isinstance(one, IRI) for one in paths):
        raise GraphError("has a path of more than one step", f"{path}, shape {name}", "name one property")
    one = paths[0]
    return Shape(
        name,
        next((text for text in map(_text, said.get("message", ())) if text), ""),
        frozenset(kind for kind in said.get("targetClass", ()) if isinstance(kind, IRI)),
        one if isinstance(one, IRI) else None,
        tuple((asks, p) for ask, asks in _OF_ALL.items() for p in said.get(ask, ())),
        tuple((fits, p) for ask, fits in _OF_EACH.items() for p in said.get(ask, ())),
        tuple((order, p) for ask, order in _OF_PAIRS.items() for p in said.get(ask, ()) if isinstance(p, IRI)),
        said.get("class", ()),
        tuple(tuple(_shape(one, graph, path) for one in _members(group, graph)) for group in said.get("or", ())),
        tuple(_shape(one, graph, path) for one in said.get("property", ())),
    )


def _members(node: Node, graph: Graph) -> Iterator[Node]:
    while node != _NIL:
        said = graph[node]
        yield said[_FIRST][0]
        node = said[_REST][0]
