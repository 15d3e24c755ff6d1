"""What graphs a query looks into, as its words tell it; what cannot be told for sure counts as asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.profile import LEFT_OUT, LEFT_OUT_TYPES
from kg.rdf import term
from kg.store.updates import Token, tokens

__all__ = ["Look", "looks"]

_TYPE = term("rdf:type").value
_KEPT_TYPES = {one.value.rpartition("#")[2] for one in LEFT_OUT_TYPES}
_NAMES = {one.value for one in LEFT_OUT}
_LOCAL = {re.split("[#/]", name)[-1] for name in _NAMES}
_TERM = ("name", "iri")


@dataclass(frozen=True, slots=True)
class Look:
    """The graphs of a query as they are written: those of FROM and those after GRAPH, variables left out.

    `any` tells whether a variable stands after GRAPH, `left_out` whether something may be asked there that a lean graph
    leaves out, `union` whether more is asked than what stands in the braces after GRAPH.
    """

    given: tuple[str, ...]
    graphs: tuple[str, ...]
    any: bool
    left_out: bool
    union: bool
    prologue: str


def looks(text: str, prefixes: Mapping[str, str]) -> Look | None:
    """How a query looks into graphs; None where it looks at the union alone."""
    found = tokens(text)
    words = [t.text.upper() if t.kind == "word" else "" for t in found]
    if "GRAPH" not in words and "FROM" not in words:
        return None
    known = {**prefixes, **_declared(found, words)}
    given: list[str] = []
    named: list[Token] = []
    blocks: list[range] = []
    for at, word in enumerate(words):
        if word == "FROM":
            given += [t.text for t in found[at + 1 : at + 3] if t.kind in _TERM][:1]
        elif word == "GRAPH":
            named += found[at + 1 : at + 2]
            blocks.append(range(at, _closing(found, at + 2) + 1))
    return Look(
        tuple(given),
        tuple(t.text for t in named if t.kind != "variable"),
        any(t.kind == "variable" for t in named),
        any(_Block([found[at] for at in block[3:]], known).asks() for block in blocks),
        _asks_for_more(words, found, blocks),
        "".join(
            f"{word} {' '.join(t.text for t in found[at + 1 : at + (3 if word == 'PREFIX' else 2)])}\n"
            for at, word in enumerate(words)
            if word in ("PREFIX", "BASE")
        ),
    )


def _declared(found: Sequence[Token], words: Sequence[str]) -> dict[str, str]:
    return {
        found[at + 1].text[:-1]: found[at + 2].text[1:-1]
        for at, word in enumerate(words)
        if word == "PREFIX" and at + 2 < len(found)
    }


def _closing(found: Sequence[Token], start: int, signs: str = "{}") -> int:
    """Where the bracket that opens there is closed."""
    depth = 0
    for at in range(start, len(found)):
        depth += (found[at].text == signs[0]) - (found[at].text == signs[1])
        if depth <= 0:
            return at
    return len(found) - 1


def _asks_for_more(words: Sequence[str], found: Sequence[Token], blocks: Sequence[range]) -> bool:
    """Whether a query is anything but a SELECT or ASK whose braces hold blocks of GRAPH alone."""
    opening = next((at for at, t in enumerate(found) if t.text == "{"), len(found))
    if not {"SELECT", "ASK"} & set(words[:opening]):
        return True
    closing = _closing(found, opening)
    within = {at for block in blocks for at in block}
    return any(found[at].text != "." for at in range(opening + 1, closing) if at not in within) or any(
        t.text == "{" for t in found[closing:]
    )


class _Block:
    """What stands in the braces after GRAPH, read triple by triple."""

    def __init__(self, found: Sequence[Token], prefixes: Mapping[str, str]) -> None:
        self.found, self.prefixes = found, prefixes

    def asks(self) -> bool:
        """Whether it may ask for what a lean graph leaves out."""
        at, place = 0, "subject"
        while at < len(self.found):
            token = self.found[at]
            word = token.text.upper() if token.kind == "word" else ""
            if word in ("FILTER", "BIND", "VALUES"):
                at = self._after(at)
                place = "subject"
                continue
            if word in ("OPTIONAL", "UNION", "MINUS", "GRAPH") or token.text in ("{", "}", "."):
                at += 2 if word == "GRAPH" else 1
                place = "subject"
                continue
            if token.text in (";", ","):
                place = "verb" if token.text == ";" else "object"
            elif place == "verb" or token.text in ("/", "|") and place == "object":
                if token.text not in ("/", "|", "^") and self._may(at):
                    return True
                place = "verb" if token.text in ("/", "|", "^") else "object"
            elif place == "subject":
                if token.kind not in (*_TERM, "variable"):
                    return True
                place = "verb"
            elif place == "object" and token.text != "+":
                if token.kind == "sign" and token.text != "-":  # brackets, paths of any length
                    return True
                place = "end"
            at += 1
        return False

    def _after(self, at: int) -> int:
        """Behind a FILTER, BIND or VALUES; a pattern in the braces of EXISTS is read as others are."""
        brackets = "{}" if self.found[at].text.upper() == "VALUES" else "()"
        for one in range(at + 1, len(self.found)):
            if self.found[one].text == brackets[0]:
                end = _closing(self.found, one, brackets)
                inside = [t.text for t in self.found[one:end]]
                return one if "{" in inside[1:] else end + 1
            if self.found[one].text == "{":
                return one
        return len(self.found)

    def _may(self, at: int) -> bool:
        """Whether the predicate here may be one that is left out."""
        token = self.found[at]
        then = [t.text for t in self.found[at + 1 : at + 3]]
        if token.text == "a" or self._value(token) == _TYPE:
            kind = self._value(self.found[at + 1]) if at + 1 < len(self.found) else ""
            return not kind or re.split("[#/]", kind)[-1] in _KEPT_TYPES or then[1:] == [","]
        value = self._value(token)
        return not value or value in _NAMES or token.kind == "iri" and re.split("[#/]", value)[-1] in _LOCAL

    def _value(self, token: Token) -> str:
        """The IRI that stands there; nothing where that is not plain."""
        if "\\" in token.text:
            return ""
        if token.kind == "iri":
            return token.text[1:-1]
        prefix, colon, local = token.text.partition(":")
        return self.prefixes[prefix] + local if token.kind == "name" and colon and prefix in self.prefixes else ""
