"""Nicknames in quotation marks within a name: "Frank “Tiny” Holm" is one person.

In: the names found so far, which the pipeline tears at the marks. Out: one name over given name, nickname and surname;
it is looked up without the nickname, so that "Frank Holm" and "Holm" are the same.
"""

from __future__ import annotations

from kg.model import Parse
from kg.names import plain
from kg.resolver.candidates import PROPER, QUOTES, Taken, over

MARKS = QUOTES | {"'", "‘", "’", "`"}
#: The most words that a nickname has.
MOST = 3


def nicknames(parse: Parse, taken: Taken) -> None:
    """Joins the parts of each such name; what stands in the marks has to be written large."""
    tokens = parse.tokens
    for i in range(1, len(tokens) - 3):
        if (
            tokens[i].text not in MARKS
            or tokens[i - 1].tag not in PROPER
            or tokens[i - 1].sentence != tokens[i].sentence
        ):
            continue
        close = next((j for j in range(i + 2, min(i + 2 + MOST, len(tokens) - 1)) if tokens[j].text in MARKS), None)
        if close is None or tokens[close + 1].sentence != tokens[i].sentence:
            continue
        first, last = _given(parse, taken, i), _surname(parse, taken, close + 1)
        inside = tokens[i + 1 : close]
        if (
            first is None
            or last is None
            or not all(t.text[:1].isupper() and t.text[:1].isalpha() for t in inside)
            or tokens[i].start != tokens[i - 1].end + 1
            or tokens[close + 1].start != tokens[close].end + 1
            or tokens[i].end != tokens[i + 1].start
        ):
            continue
        words = [t.text for t in (*tokens[first:i], *tokens[close + 1 : last])]
        whole = over(parse, first, last, "name", plain(" ".join(words)))
        whole.label = "PERSON"
        for j in range(first, last):
            taken[j] = whole


def _given(parse: Parse, taken: Taken, end: int) -> int | None:
    """Where the given name before token `end` begins; None if something else is named there."""
    name = taken[end - 1]
    if name is not None and (name.land and name.adjective or name.label in ("ORG", "NORP") or name.last != end):
        return name.first if name.first < end < name.last and name.label == "PERSON" else None
    return name.first if name is not None else end - 1


def _surname(parse: Parse, taken: Taken, first: int) -> int | None:
    """Where the surname that begins at token `first` ends."""
    if parse.tokens[first].tag not in PROPER:
        return None
    name = taken[first]
    if name is not None and (name.first < first and name.label != "PERSON" or name.label in ("ORG", "NORP", "DATE")):
        return None
    return name.last if name is not None else first + 1
