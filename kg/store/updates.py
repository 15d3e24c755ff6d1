"""SPARQL Update as changes: what each operation would take out and put in is found first, then done in one transaction.

So an update costs what it looks at and changes, whatever the size of the store. An operation that looks at what the one
before it did needs that done: then a journal beside the data says how to undo it, until the whole update is in.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pyoxigraph as engine
from pyoxigraph import BlankNode, DefaultGraph, Triple, Variable

from kg.errors import QueryError
from kg.rdf import IRI, Literal, Quad, Term, parse
from kg.store.union import UNION, Engine, hidden, is_note

__all__ = ["Draft", "Journal", "Operation", "operations", "tokens"]

Node = IRI | BlankNode | Literal | Triple
Graph = IRI | DefaultGraph
#: Rows of a SELECT: (prologue and text, the default graphs it sees or none for the union).
Ask = Callable[[str, Sequence[IRI]], engine.QuerySolutions]

_TOKEN = re.compile(
    r"""
      (?P<skip>\s+|\#[^\r\n]*)
    | (?P<string>'''(?:(?:'|'')?(?:[^'\\]|\\.))*''' | \"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\"
        | '(?:[^'\\\r\n]|\\.)*' | "(?:[^"\\\r\n]|\\.)*")
    | (?P<iri><[^<>\"{}|^`\\\x00-\x20]*>)
    | (?P<variable>[?$]\w+)
    | (?P<name>(?:[^\W\d](?:[\w.-]*[\w-])?)?:(?:[\w:-]|\.(?=[\w:%\\-])|%[0-9A-Fa-f]{2}|\\.)*)
    | (?P<word>\w+)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of an update and where it stands."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: its verb ("data", "modify", or that of a whole graph), the declarations before it, and its parts.

    `delete` and `insert` are templates in which `mark` and a name stand for a variable; `where` is the text from its
    dataset clauses on; `graph` is that of WITH, or those that CLEAR, COPY and their like name.
    """

    verb: str
    prologue: str
    mark: str
    delete: str = ""
    insert: str = ""
    where: str = ""
    graphs: tuple[str, ...] = ()
    silent: bool = False


def tokens(text: str) -> list[Token]:
    """The pieces of a query or update, without spaces and comments."""
    return [
        Token(found.lastgroup or "", found[0], found.start(), found.end())
        for found in _TOKEN.finditer(text)
        if found.lastgroup != "skip"
    ]


def operations(text: str) -> list[Operation]:
    """The operations of an update that the engine has found to be SPARQL, in their order."""
    return list(_Reading(text).operations())


class _Reading:
    """The text of an update, read from its beginning."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.at = 0
        self.mark = "urn:variable:"
        while self.mark in text:
            self.mark += "x:"
        self.prologue: list[str] = []

    def operations(self) -> Iterator[Operation]:
        while self.at < len(self.tokens):
            if word := self.takes("PREFIX", "BASE"):
                declared = self.tokens[self.at : self.at + (2 if word == "PREFIX" else 1)]
                self.prologue.append(f"{word} {' '.join(t.text for t in declared)}")
                self.at += len(declared)
            elif not self.takes(";"):
                yield self.operation(self.takes())

    def peek(self) -> str:
        return self.tokens[self.at].text.upper() if self.at < len(self.tokens) else ""

    def takes(self, *words: str) -> str:
        """The next word, in capitals, if it is one of these; any word if there are none. Reading goes on after it."""
        word = self.peek()
        if words and word not in words:
            return ""
        self.at += 1
        return word

    def operation(self, verb: str) -> Operation:
        if verb in ("INSERT", "DELETE") and self.takes("DATA"):
            data = self.block(variables=False)
            return self.made("data", insert=data) if verb == "INSERT" else self.made("data", delete=data)
        if verb == "DELETE" and self.takes("WHERE"):
            start = self.tokens[self.at].start
            template = self.block()
            return self.made(
                "modify", delete=template, where="WHERE " + self.text[start : self.tokens[self.at - 1].end]
            )
        if verb in ("WITH", "INSERT", "DELETE"):
            return self.modify(verb)
        if verb in ("CLEAR", "DROP", "CREATE", "ADD", "COPY", "MOVE"):
            silent, graphs = bool(self.takes("SILENT")), [self.graph()]
            if self.takes("TO"):
                graphs.append(self.graph())
            return self.made(verb.lower(), graphs=tuple(graphs), silent=silent)
        raise QueryError(f"{verb} is no operation of an update", "update", "correct it")

    def made(
        self,
        verb: str,
        delete: str = "",
        insert: str = "",
        where: str = "",
        graphs: tuple[str, ...] = (),
        silent: bool = False,
    ) -> Operation:
        return Operation(verb, "\n".join(self.prologue) + "\n", self.mark, delete, insert, where, graphs, silent)

    def graph(self) -> str:
        self.takes("GRAPH")
        return self.tokens[self.at - 1].text if self.takes() else ""

    def modify(self, verb: str) -> Operation:
        graphs: tuple[str, ...] = ()
        if verb == "WITH":
            graphs, verb = (self.graph(),), self.takes()
        delete = self.block() if verb == "DELETE" else ""
        insert = self.block() if verb == "INSERT" or self.takes("INSERT") else ""
        dataset = ""
        while self.takes("USING"):
            named = "NAMED " if self.takes("NAMED") else ""
            dataset += f"FROM {named}{self.graph()} "
        self.takes("WHERE")
        start = self.tokens[self.at].start
        self.block()
        where = f"{dataset}WHERE {self.text[start : self.tokens[self.at - 1].end]}"
        return self.made("modify", delete, insert, where, graphs)

    def block(self, *, variables: bool = True) -> str:
        """What stands between the brace here and the one that closes it, each variable as an IRI."""
        begin, depth, parts = self.at, 0, []
        while True:
            token = self.tokens[self.at]
            depth += (token.text == "{") - (token.text == "}")
            self.at += 1
            if not depth:
                break
            if self.at - 1 > begin:
                parts.append(self.text[self.tokens[self.at - 2].end : token.start])
                is_variable = variables and token.kind == "variable"
                parts.append(f"<{self.mark}{token.text[1:]}>" if is_variable else token.text)
        return "".join(parts) + "\n"


class Draft:
    """What a store would lose and gain: nothing is changed yet. Without a graph the union is meant."""

    def __init__(self, inner: Engine, prefixes: dict[str, str], added: IRI) -> None:
        self.inner, self.prefixes, self.added = inner, prefixes, added
        self.gone: set[Quad] = set()
        self.new: dict[Quad, None] = {}
        self._new: dict[Triple, list[Quad]] = {}
        self._by_union: dict[Triple, list[Quad]] = {}
        self.emptied: list[IRI] = []

    def __bool__(self) -> bool:
        return bool(self.gone or self.new)

    def plan(self, operation: Operation, ask: Ask) -> None:
        """Note what an operation changes. Raises QueryError where the engine refuses it."""
        if operation.verb == "data":
            for quad in self._quads(operation, operation.delete):
                self._delete(quad)
            for quad in self._quads(operation, operation.insert):
                self._insert(quad)
        elif operation.verb == "modify":
            self._modify(operation, ask)
        else:
            self._whole(operation)

    def _quads(self, operation: Operation, template: str, graph: Graph = UNION) -> list[Quad]:
        if not template.strip():
            return []
        read = engine.Store()
        read.update(f"{operation.prologue}INSERT DATA {{ {template} }}", prefixes=self.prefixes)
        return [
            Quad(q.subject, q.predicate, q.object, graph if q.graph_name == UNION else q.graph_name)
            for q in read
            if not is_note(q.graph_name)
        ]

    def _iri(self, operation: Operation, name: str) -> IRI:
        (quad,) = self._quads(operation, f"<urn:x> <urn:x> {name}")
        assert isinstance(quad.object, IRI)
        return quad.object

    def _modify(self, operation: Operation, ask: Ask) -> None:
        graphs = [self._iri(operation, name) for name in operation.graphs]
        graph = graphs[0] if graphs else UNION
        delete = self._quads(operation, operation.delete, graph)
        insert = self._quads(operation, operation.insert, graph)
        given = [] if operation.where.startswith("FROM") else graphs
        leaving: dict[Quad, None] = {}
        coming: dict[Quad, None] = {}
        rows = ask(f"{operation.prologue}SELECT * {operation.where}", given)
        names = [v.value for v in rows.variables]
        for row in rows:
            values = {operation.mark + name: row[Variable(name)] for name in names}
            leaving |= dict.fromkeys(_filled(delete, values, operation.mark))
            coming |= dict.fromkeys(_filled(insert, values, operation.mark))
        for quad in leaving:
            self._delete(quad)
        for quad in coming:
            self._insert(quad)

    def _whole(self, operation: Operation) -> None:
        """CLEAR, DROP, CREATE, ADD, COPY and MOVE."""
        verb, graphs = operation.verb, operation.graphs
        if verb in ("clear", "drop", "create"):
            self._cleared(operation, graphs[0])
            return
        source, target = (UNION if g.upper() == "DEFAULT" else self._iri(operation, g) for g in graphs)
        if source == target:
            return
        moved = list(self._matching(graph=source))
        if not moved and not operation.silent and source not in (UNION, *self.inner.named_graphs()):
            raise QueryError(f"the graph {source} does not exist", "update", "correct it, or say SILENT")
        if verb != "add":
            self._all_of(target)
        for quad in moved:
            if verb == "move":
                self._delete(quad)
            self._insert(Quad(quad.subject, quad.predicate, quad.object, target))

    def _cleared(self, operation: Operation, name: str) -> None:
        named = [g for g in self.inner.named_graphs() if isinstance(g, IRI)]
        word = name.upper()
        if word in ("DEFAULT", "NAMED", "ALL"):
            chosen: list[Graph] = [*named, UNION] if word == "ALL" else [*named] if word == "NAMED" else [UNION]
        else:
            graph = self._iri(operation, name)
            chosen = [graph]
            if not operation.silent and (graph in named) == (operation.verb == "create"):
                fault = "exists" if graph in named else "does not exist"
                raise QueryError(f"the graph {graph} {fault}", "update", "correct it, or say SILENT")
        if operation.verb == "create":
            return  # a graph is there once it holds something
        for gone in chosen:
            self._all_of(gone)
        if operation.verb == "drop":
            self.emptied += [g for g in chosen if isinstance(g, IRI)]

    def _all_of(self, graph: Graph) -> None:
        for quad in list(self._matching(graph=graph)):
            self._delete(quad)

    def _matching(
        self,
        subject: IRI | None = None,
        predicate: IRI | None = None,
        object: Term | None = None,
        graph: Graph | None = None,
    ) -> Iterator[Quad]:
        return cast("Iterator[Quad]", self.inner.quads_for_pattern(subject, predicate, object, graph))

    def _standing(self, quad: Quad) -> list[Quad]:
        """Where a triple would stand in a graph that queries see, or in the union alone."""
        there = [q for q in self._matching(quad.subject, quad.predicate, quad.object) if not hidden(q.graph_name)]
        named = [q for q in there if q.graph_name != UNION]
        coming = [q for q in self._new.get(quad.triple, ()) if q in self.new and not hidden(q.graph_name)]
        return [q for q in named or there if q not in self.gone] + coming

    def _delete(self, quad: Quad) -> None:
        for there in self._standing(quad) if quad.graph_name == UNION else [quad]:
            self.new.pop(there, None)
            if there in self.inner:
                self.gone.add(there)
                if quad.graph_name == UNION:
                    self._by_union.setdefault(quad.triple, []).append(there)

    def _insert(self, quad: Quad) -> None:
        if quad.graph_name == UNION:
            back = self._by_union.pop(quad.triple, [])  # what comes again stays where it was
            self.gone.difference_update(back)
            if back or self._standing(quad):
                return
            quad = Quad(quad.subject, quad.predicate, quad.object, self.added)
        self.gone.discard(quad)
        if quad not in self.inner:
            self.new[quad] = None
            self._new.setdefault(quad.triple, []).append(quad)


def _filled(template: Iterable[Quad], values: dict[str, Node | None], mark: str) -> Iterator[Quad]:
    """The quads of a template with a row's values; those that are no quads then are left out, as SPARQL has it."""
    blank: dict[BlankNode, BlankNode] = {}

    def value(node: Node | Graph | None) -> Node | Graph | None:
        if isinstance(node, IRI) and node.value.startswith(mark):
            return values.get(node.value)
        if isinstance(node, BlankNode):  # another one for each row
            return blank.setdefault(node, BlankNode())
        if isinstance(node, Triple):
            subject, predicate, object = value(node.subject), value(node.predicate), value(node.object)
            if _fits(subject, predicate, object):
                return Triple(subject, predicate, object)  # type: ignore[arg-type]  # _fits has looked
            return None
        return node

    for quad in template:
        subject, predicate, object = value(quad.subject), value(quad.predicate), value(quad.object)
        graph = value(quad.graph_name)
        if _fits(subject, predicate, object) and isinstance(graph, (IRI, DefaultGraph)):
            yield Quad(subject, predicate, object, graph)  # type: ignore[arg-type]  # _fits has looked


def _fits(subject: object, predicate: object, object: object) -> bool:
    return isinstance(subject, (IRI, BlankNode)) and isinstance(predicate, IRI) and object is not None


class Journal:
    """How to undo what is in of an update that is not whole yet: a file beside the data, gone when the update is in."""

    def __init__(self, folder: Path | None) -> None:
        self.path = None if folder is None else folder / "updating"
        self.gone: set[Quad] = set()
        self.new: set[Quad] = set()

    def note(self, gone: set[Quad], new: Iterable[Quad]) -> None:
        """Remember a change that is about to be made."""
        new = set(new)
        self.gone, self.new = (self.gone - new) | (gone - self.new), (self.new - gone) | (new - self.gone)
        if self.path is None:
            return
        part = self.path.with_suffix(".part")
        with part.open("w", encoding="utf-8") as out:
            json.dump([_lines(self.gone), _lines(self.new)], out)
            out.flush()
            os.fsync(out.fileno())
        os.replace(part, self.path)

    def read(self) -> tuple[set[Quad], set[Quad]]:
        """What an update that was cut short had taken out, and put in."""
        assert self.path is not None
        try:
            gone, new = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return set(), set()
        return _read(gone), _read(new)

    def close(self) -> None:
        """Nothing is to be undone any more."""
        if self.path is not None:
            self.path.unlink(missing_ok=True)


def _lines(quads: Iterable[Quad]) -> str:
    return (engine.serialize(quads, format=engine.RdfFormat.N_QUADS) or b"").decode()


def _read(text: str) -> set[Quad]:
    return set(parse(text, engine.RdfFormat.N_QUADS, "updating"))
