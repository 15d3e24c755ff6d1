"""What `ontology/structure/` says of lines, made ready for looking up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg.vocabulary import data_folder, tables

_OUTER = " \t.,:;!?…·•|>»›<«‹-–—*#()[]'\"“”‘’"


def bare(line: str) -> str:
    """A line as it is looked up: without outer marks, small letters, single spaces, straight apostrophes."""
    return " ".join(line.lower().replace("’", "'").split()).strip(_OUTER)


@dataclass(frozen=True, slots=True)
class Rules:
    """The words of the table, and patterns made of them."""

    lines: frozenset[str]
    starts: re.Pattern[str]
    leads: re.Pattern[str]
    others: re.Pattern[str]
    comments: re.Pattern[str]
    reactions: frozenset[str]
    captions: re.Pattern[str]
    sources: re.Pattern[str]
    photographer: re.Pattern[str]
    credit: re.Pattern[str]
    agencies: frozenset[str]
    press: re.Pattern[str]
    mail: re.Pattern[str]
    greets: re.Pattern[str]
    closes: frozenset[str]
    asks: frozenset[str]
    answers: frozenset[str]
    open: re.Pattern[str]
    said: re.Pattern[str]
    apart: frozenset[str]
    small: frozenset[str]
    days: frozenset[str]


def _any(words: Iterable[str]) -> str:
    """Alternatives, the longest first; "…" stands for a few words, a space for white space, ' for either apostrophe."""
    found = sorted(set(words), key=lambda w: (-len(w), w))
    return "|".join(
        re.escape(w).replace("…", r".{2,40}").replace(r"\ ", r"\s+").replace("'", "['’]").replace(r"\*", r"\w*")
        for w in found
    )


def _governing() -> set[str]:
    """The words of the cues under which a clause that follows is not said outright."""
    cues = tables(data_folder("ontology") / "cues")
    verbs = [
        block
        for table in cues.values()
        for block in table.get("verb", ())
        if {"clause", "quote"} & {*block.get("content", ()), *block.get("governs", ())}
    ]
    others = [block for table in cues.values() for kind in ("adverb", "aside_verb") for block in table.get(kind, ())]
    return {word.split("_")[0] for block in (*verbs, *others) for word in block["words"].split()}


def _forms(words: Iterable[str]) -> str:
    """Alternatives for words in any of their regular forms."""
    stems = {word[:-1] if word.endswith(("e", "y")) and len(word) > 3 else word for word in words}
    return rf"(?:{_any(stems)})(?:\w?(?:e?s|ed|ing|es)|e|y|ies|ied|ly)?"


@cache
def rules() -> Rules:
    """The shipped rules. Raises an InputError if the table is missing or damaged."""
    table = tables(data_folder("ontology") / "structure")["lines"]
    furniture, captions, broken = table["furniture"], table["captions"], table["broken"]
    governing = _forms(_governing())
    houses = _any(captions["houses"])
    return Rules(
        frozenset(furniture["lines"]),
        re.compile(rf"(?i)\W*(?:{_any(furniture['starts'])})"),
        re.compile(rf"(?i)\W*(?:{_any(furniture['leads'])})\s*(?:[:|»›>]|[-–—]+\s)"),
        re.compile(rf"(?i)(?:{_any(furniture['others'])})"),
        re.compile(rf"(?i)\W*(?:\d[\d,]*\s+)?(?:{_any(furniture['comments'])})\s*(?:\(?\d[\d,]*\)?)?\W*"),
        frozenset(furniture["reactions"]),
        re.compile(rf"(?i)\W*(?:{_any(captions['labels'])})(?:\s*[:|.,]+\s*|\s+(?=[A-Z])|(?-i:(?=[A-Z])))"),
        re.compile(
            rf"(?i)\s*[(\[]?(?:(?:{_any(captions['sources'])})\s*[:/|,]|(?:photo|photograph|picture|image|video|illustration)s?\s+(?:by|courtesy\s+of)\b)"
        ),
        re.compile(
            rf"(?:(?<=[.!?”\")])\s+|^\s*)(?:[A-ZÀ-Þ][\w.'’-]*(?:\s[A-ZÀ-Þ][\w.'’-]*){{0,4}}(?:\s?[/|,]\s?|\s+via\s+))?"
            rf"(?i:{houses})(?:\s?[/|,]\s?[A-ZÀ-Þ][\w.'’ -]{{2,40}}){{0,3}}\.?\s*$"
        ),
        re.compile(
            rf"(?i)\W*(?:additional\s+)?(?:{_any(table['credits']['works'].split())})"
            rf"(?:\s*(?:,|and|&)\s*(?:additional\s+)?(?:{_any(table['credits']['works'].split())}))*\s+(?:by|from)\s+(?-i:[A-ZÀ-Þ]).{{2,300}}\W*"
        ),
        frozenset(table["agencies"]["words"].split()),
        re.compile(rf"\b(?:{_any(table['press']['works'].split())})s?\b"),
        re.compile(rf"(?i)(?:{_any(table['mail']['fields'].split())}):(?:\s|$)"),
        re.compile(rf"(?i)(?:{_any(table['mail']['greets'].split())})\b[^.]{{0,40}}[,:!]?$"),
        frozenset(table["mail"]["closes"]),
        frozenset(table["interviews"]["asks"]),
        frozenset(table["interviews"]["answers"]),
        re.compile(rf"(?i)(?:[,–—(\[/&]|\s-|\b(?:{_any(broken['open'].split())}|{governing}))$"),
        re.compile(rf"(?i)\b(?:{_any(broken['said'].split())}|{governing})\b"),
        frozenset(broken["apart"].split()),
        frozenset(table["capitals"]["small"].split()),
        frozenset(table["capitals"]["days"].split()),
    )
