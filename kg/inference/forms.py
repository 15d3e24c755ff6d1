"""A rule read for its triple patterns: what it needs, what it looks at besides, and what it concludes.

Filters and BIND are passed over: without them a rule only seems to fit more often than it does, and the engine has the
last word. Read are rules of plain triples, OPTIONAL, FILTER, [NOT] EXISTS, MINUS, BIND and VALUES, whose predicates are
named or listed. A rule of another form (UNION, GRAPH, a path, a subquery, what depends on chance or the clock) is not
understood, and then there is no form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from kg.errors import KgError
from kg.rdf import IRI, Quad, RdfFormat, Term, parse, term

__all__ = ["Bound", "Form", "Pattern", "forms", "put", "unify", "variables"]

#: A variable is its name with the sign; all else is a term.
T = TypeVar("T")
Pattern = tuple[str | Term, str | Term, str | Term]
#: Values of variables.
Bound = dict[str, Term]

_TOKEN = re.compile(
    r"""
    (?P<space>\s+|\#[^\r\n]*)
  | (?P<iri><[A-Za-z][^<>()"{}|^`\\\s]*>)
  | (?P<text>(?:\"\"\"(?:"{0,2}(?:[^"\\]|\\.))*\"\"\"
            |'''(?:'{0,2}(?:[^'\\]|\\.))*'''|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
      (?:@[A-Za-z][A-Za-z0-9-]*)?)
  | (?P<variable>[?$]\w+)
  | (?P<name>(?:[A-Za-z][\w.-]*)?:(?:[\w:%-]|\.(?=[\w:%-]))*)
  | (?P<number>[+-]?(?:\d+\.\d+|\d+)(?:[eE][+-]?\d+)?)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<sign>\^\^|.)
    """,
    re.VERBOSE | re.DOTALL,
)
#: Functions whose value is not that of their arguments.
_CHANCE = frozenset({"rand", "now", "uuid", "struuid", "bnode"})


@dataclass(frozen=True, slots=True)
class Form:
    """One rule, or one row of its VALUES: needed together, looked at besides (OPTIONAL, EXISTS …), concluded."""

    rule: str
    body: tuple[Pattern, ...]
    beside: tuple[tuple[Pattern, ...], ...]
    head: tuple[Pattern, ...]

    def reads(self) -> Iterator[Pattern]:
        yield from self.body
        for group in self.beside:
            yield from group


class _Other(Exception):
    """The rule has another form."""


def forms(name: str, text: str, prefixes: Mapping[str, str]) -> tuple[Form, ...]:
    """The forms of a rule; none if it is not understood."""
    try:
        return _Reader(name, text, prefixes).forms()
    except _Other:
        return ()


def variables(patterns: tuple[Pattern, ...]) -> frozenset[str]:
    return frozenset(node for pattern in patterns for node in pattern if isinstance(node, str))


def put(pattern: Pattern, bound: Mapping[str, Term]) -> Pattern:
    """A pattern with the values of its variables."""
    return tuple(bound.get(node, node) if isinstance(node, str) else node for node in pattern)  # type: ignore[return-value]


def unify(pattern: Pattern, triple: Quad, bound: Bound) -> dict[str, Term] | None:
    """What the variables are if this triple is the pattern's; nothing if it cannot be."""
    found = dict(bound)
    for node, value in zip(pattern, (triple.subject, triple.predicate, triple.object)):
        if isinstance(node, str):
            if found.setdefault(node, value) != value:
                return None
        elif node != value:
            return None
    return found


class _Reader:
    """A reader of one rule, token by token."""

    def __init__(self, name: str, text: str, prefixes: Mapping[str, str]) -> None:
        self.name, self.prefixes, self.at = name, dict(prefixes), 0
        if re.search(r"\\[uU]", text):
            raise _Other
        self.tokens = [
            (found.lastgroup or "", found[0]) for found in _TOKEN.finditer(text) if found.lastgroup != "space"
        ]
        if any(kind == "word" and word.lower() in _CHANCE for kind, word in self.tokens):
            raise _Other
        self.rows: list[list[dict[str, Term]]] = []
        self.late: set[str] = set()  # variables that an OPTIONAL or MINUS brought

    # -------------------------------------------------------------- the whole

    def forms(self) -> tuple[Form, ...]:
        while self.word("prefix"):
            name, iri = self.take("name"), self.take("iri")
            self.prefixes[name[:-1]] = iri[1:-1]
        if not self.word("construct"):
            raise _Other
        head = self.template()
        self.word("where")
        body, beside = self.group(deep=True)
        if self.at < len(self.tokens) or not body:
            raise _Other
        rows: list[dict[str, Term]] = [{}]
        for values in self.rows:
            rows = [
                {**row, **other}
                for row in rows
                for other in values
                if all(row.get(k, v) == v for k, v in other.items())
            ]
        if self.late & (variables(tuple(body)) | set(rows[0] if rows else ())):
            raise _Other  # needed after it was looked at besides: then their order counts

        def filled(patterns: Iterable[Pattern], row: Mapping[str, Term]) -> tuple[Pattern, ...]:
            return tuple(put(p, row) for p in patterns)

        made = tuple(
            Form(self.name, filled(body, row), tuple(filled(g, row) for g in beside), filled(head, row)) for row in rows
        )
        if not all(
            isinstance(p[1], IRI) and isinstance(p[0], (str, IRI)) for form in made for p in (*form.reads(), *form.head)
        ):
            raise _Other
        return made

    def template(self) -> list[Pattern]:
        self.sign("{")
        found = self.triples()
        self.sign("}")
        return self.some(found)

    @staticmethod
    def some(found: list[Pattern]) -> list[Pattern]:
        if not found:
            raise _Other
        return found

    def group(self, *, deep: bool) -> tuple[list[Pattern], list[list[Pattern]]]:
        """The triples of { … }, and those of the groups in it, which may hold no more groups."""
        self.sign("{")
        patterns: list[Pattern] = []
        beside: list[list[Pattern]] = []
        while not self.is_sign("}"):
            if self.word("filter"):
                self.word("not")
                if self.word("exists"):
                    beside.append(self.inner(deep))
                else:
                    self.skip()
            elif self.word("optional", "minus"):
                beside.append(self.inner(deep))
                self.late |= (
                    variables(tuple(beside[-1]))
                    - variables(tuple(patterns))
                    - {v for rows in self.rows for row in rows for v in row}
                )
            elif self.word("bind"):
                self.skip()
            elif self.word("values"):
                if not deep:
                    raise _Other
                self.values()
            elif self.is_sign("."):
                self.at += 1
            else:
                patterns += self.some(self.triples())
        self.sign("}")
        return patterns, beside

    def inner(self, deep: bool) -> list[Pattern]:
        if not deep:
            raise _Other
        return self.group(deep=False)[0]

    def values(self) -> None:
        one = not self.is_sign("(")
        names = [
            "?" + name[1:] for name in ([self.take("variable")] if one else self.until(lambda: self.take("variable")))
        ]
        self.sign("{")
        rows = []
        while not self.is_sign("}"):
            row = [self.term()] if one else self.until(self.term)
            if len(row) != len(names):
                raise _Other
            rows.append(dict(zip(names, row)))
        self.sign("}")
        self.rows.append(rows)

    def until(self, what: Callable[[], T]) -> list[T]:
        """What stands in ( … )."""
        self.sign("(")
        found = []
        while not self.is_sign(")"):
            found.append(what())
        self.sign(")")
        return found

    def skip(self) -> None:
        """Pass over an expression: a name before it, if any, and what its brackets hold, unless a group is in it."""
        if not self.is_sign("("):
            self.at += 1
        depth = 0
        while True:
            kind, text = self.peek()
            if kind == "sign" and text in "{}" or kind == "word" and text.lower() == "exists":
                raise _Other
            depth += {"(": 1, ")": -1}.get(text, 0) if kind == "sign" else 0
            self.at += 1
            if depth == 0:
                return

    # -------------------------------------------------------------- triples

    def triples(self) -> list[Pattern]:
        """Subjects with their predicates and objects, up to what is no triple."""
        found: list[Pattern] = []
        while self.peek()[0] in ("iri", "name", "variable"):
            subject = self.node()
            while True:
                predicate = term("rdf:type") if self.word("a") else self.node()
                found.append((subject, predicate, self.node()))
                while self.is_sign(","):
                    self.at += 1
                    found.append((subject, predicate, self.node()))
                if not self.is_sign(";"):
                    break
                while self.is_sign(";"):
                    self.at += 1
                if self.is_sign(".") or self.is_sign("}"):
                    break
            if not self.is_sign("."):
                break
            self.at += 1
        return found

    def node(self) -> str | Term:
        return "?" + self.take("variable")[1:] if self.peek()[0] == "variable" else self.term()

    def term(self) -> Term:
        kind, text = self.peek()
        self.at += 1
        if kind == "iri":
            return IRI(text[1:-1])
        if kind == "name":
            prefix, _, local = text.partition(":")
            if prefix not in self.prefixes:
                raise _Other
            return IRI(self.prefixes[prefix] + local)
        if kind == "word" and text.lower() in ("true", "false"):
            text = text.lower()
        elif kind not in ("text", "number"):
            raise _Other
        if self.is_sign("^^"):
            self.at += 1
            text += f"^^{self.term()}"
        try:
            return next(parse(f"<a:a> <a:a> {text} .".encode(), RdfFormat.TURTLE)).object
        except KgError:
            raise _Other from None

    # -------------------------------------------------------------- tokens

    def peek(self) -> tuple[str, str]:
        if self.at >= len(self.tokens):
            raise _Other
        return self.tokens[self.at]

    def is_sign(self, sign: str) -> bool:
        return self.peek() == ("sign", sign) if self.at < len(self.tokens) else False

    def word(self, *words: str) -> bool:
        """Whether the next token is one of these words; it is taken if so."""
        found = (
            self.at < len(self.tokens)
            and self.tokens[self.at][0] == "word"
            and self.tokens[self.at][1].lower() in words
        )
        self.at += found
        return found

    def sign(self, sign: str) -> None:
        if not self.is_sign(sign):
            raise _Other
        self.at += 1

    def take(self, kind: str) -> str:
        if self.peek()[0] != kind:
            raise _Other
        self.at += 1
        return self.tokens[self.at - 1][1]
