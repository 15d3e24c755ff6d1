"""How a shipped question is written for the engine; it asks for the same.

A path has no size that the engine could plan by, so the classes below given ones are listed. What is optional it reads
whole before it joins it, where the few things of some classes are better looked up one by one: that it is told by
LATERAL. And what it joins triple by triple it looks up triple by triple: where most of a graph is wanted, each pattern
is read from beginning to end, a SELECT of its own, and the rows are joined by what they share.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from kg.rdf import IRI, Literal

__all__ = ["CLIMBS", "Ask", "in_graph", "is_climbing", "listed", "read_whole"]

Ask = Callable[[str], Iterable[Iterable[Literal | IRI]]]

CLIMBS = re.compile("sub(?:Class|Property)Of")
#: A step up the classes, or all, as the shipped questions write it.
_CLIMB = re.compile(r"[?\w:]+\s+rdfs:subClassOf\*?\s+[?\w:]+")
#: All below some classes: `VALUES ?sort { kg:Visit kg:Stay } ?kind rdfs:subClassOf* ?sort .`
_BELOW_SOME = re.compile(r"VALUES\s+\?(\w+)\s*\{([^{}()]*)\}\s*\?(\w+)\s+rdfs:subClassOf\*\s+\?\1\s*\.")
#: All below one class: `?class rdfs:subClassOf* kg:Agent .`
_BELOW_ONE = re.compile(r"\?(\w+)\s+rdfs:subClassOf\*\s+(\w+:\w+)\s*\.")
#: One of so many claims, or fewer, is few.
FEW = 10
_OPTIONAL = re.compile(r"\bOPTIONAL\s*\{")
#: Braces, and the words that may have some in them: strings, IRIs, comments.
_BRACES = re.compile(r"""[{}()]|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#[^\n]*""")


def is_climbing(text: str) -> bool:
    """Whether a query looks for places of classes, and in no other way than by steps that are understood here."""
    climbs = _CLIMB.findall(text)
    return bool(climbs) and len(climbs) == len(CLIMBS.findall(text))


def in_graph(text: str, graph: IRI) -> str:
    """The query with each climb sent to the graph of the terms."""
    return _CLIMB.sub(lambda climb: f"GRAPH {graph} {{ {climb[0]} }}", text)


def listed(text: str, graph: IRI, ask: Ask, claims: int) -> str:
    """The query with the classes below given ones written out, as `ask` finds them in the graph of the terms. What is
    optional beside those of few of the claims that there are is looked up row by row.
    """
    few = True

    def below(names: str, kind: str, sort: str, sorts: str) -> str:
        rows = ask(
            f"SELECT {names} {{ VALUES ?{sort} {{ {sorts} }} GRAPH {graph} {{ ?{kind} rdfs:subClassOf* ?{sort} }} }}"
        )
        found = sorted(f"({' '.join(map(str, row))})" for row in rows)
        listing = f"VALUES ({names}) {{ {' '.join(found)} }}"
        number = next(iter(ask(f"SELECT (COUNT(*) AS ?number) {{ {listing} ?claim rdf:object ?{kind} }}")))
        nonlocal few
        few = few and int(next(iter(number)).value) * FEW <= claims
        return listing

    text, some = _BELOW_SOME.subn(lambda m: below(f"?{m[3]} ?{m[1]}", m[3], m[1], m[2]), text)
    text = _BELOW_ONE.sub(lambda m: below(f"?{m[1]}", m[1], "above", m[2]), text)
    return _row_by_row(text) if some and few else text


def _row_by_row(text: str) -> str:
    """The query with each outer OPTIONAL under LATERAL; one with a SELECT in it is left as it is."""
    done, at = "", 0
    while found := _OPTIONAL.search(text, at):
        end = _closing(text, found.end())
        part = text[found.start() : end]
        done += text[at : found.start()] + (part if "SELECT" in part else f"LATERAL {{ {part} }}")
        at = end
    return done + text[at:]


def _closing(text: str, at: int) -> int:
    """Where the group or bracket ends that has just been opened."""
    depth = 1
    for token in _BRACES.finditer(text, at):
        depth += {"{": 1, "(": 1, "}": -1, ")": -1}.get(token[0], 0)
        if not depth:
            return token.end()
    return len(text)


# ------------------------------------------------------------------ most of a graph

_TERM = r"(?:\?\w+|\w+:\w[\w.-]*(?<!\.)|\"[^\"\\\n]*\")"
_PAIR = rf"(?:\?\w+|\w+:\w+|a)\s+{_TERM}"
#: Patterns of one subject, with simple properties: `?claim rdf:subject ?who ; kg:status kg:asserted .`
_PATTERNS = re.compile(rf"({_TERM})\s+({_PAIR}(?:\s*;\s*{_PAIR})*)\s*(\.|(?=\}})|(?=[A-Z]))")
#: What has patterns that are looked at for each row, or none.
_ASIDE = re.compile(
    r"(?:EXISTS|GRAPH\s+\S+|VALUES\s+(?:\?\w+|\([^)]*\)))\s*\{|#[^\n]*|SELECT\b[^{]*\{|PREFIX\b[^\n]*|(?:GROUP|ORDER)\s+BY\b[^{}]*"
)
_WORD = re.compile(r"[?\w:]+|\s+|.")


def read_whole(text: str) -> str:
    """The query with each of its patterns read from beginning to end, but for those that are looked at row by row."""
    done, at = "", 0
    while at < len(text):
        if aside := _ASIDE.match(text, at):
            end = aside.end()
            if aside[0].endswith("{") and not aside[0].startswith("SELECT"):
                end = _closing(text, end)
        elif text[at] == "(":
            end = _closing(text, at + 1)
        elif found := _PATTERNS.match(text, at):
            done, at = done + _scans(found[1], found[2]), found.end()
            continue
        else:
            end = _next(text, at)
        done, at = done + text[at:end], end
    return done


def _next(text: str, at: int) -> int:
    word = _WORD.match(text, at)
    return word.end() if word else at + 1


def _scans(subject: str, said: str) -> str:
    found = []
    for pair in re.split(r"\s*;\s*", said):
        pattern = f"{subject} {pair}"
        names = " ".join(dict.fromkeys(re.findall(r"\?\w+", pattern)))
        found.append(f"{{ SELECT {names} WHERE {{ {pattern} }} }}")
    return " ".join(found) + " "
