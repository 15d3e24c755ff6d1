"""Where the text quotes someone: pairs of quote marks, over sentences and paragraphs.

Typographic and straight marks, double and single. A straight mark opens or closes by its neighbours; a single mark
closes only where one was opened, so that apostrophes stay apostrophes. A paragraph whose mark is never closed goes on
in the next one if that begins with an opening mark again (the convention of print for long quotations), or has the
closing one before any other. Source: English typography; no model.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from kg.model import Parse, Span

OPENING, CLOSING, STRAIGHT = "“„«", "”»", '"″'
SINGLE_OPENING, SINGLE_CLOSING = "‘`", "’'"
MARKS = re.compile(f"[{OPENING}{CLOSING}{STRAIGHT}{SINGLE_OPENING}']")
DOUBLE = re.compile(f"[{OPENING}{CLOSING}{STRAIGHT}]")
LONGEST_SINGLE = 600  # code points within which a single mark must close


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words: one span a paragraph, marks included; `first` and `last` (exclusive) are tokens."""

    spans: tuple[Span, ...]
    first: int
    last: int

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]


def find_quotations(parse: Parse) -> tuple[Quotation, ...]:
    """All outermost quotations in the order of the text."""
    text, starts = parse.text, [t.start for t in parse.tokens]
    groups: list[list[Span]] = []
    running = False  # the last paragraph ended inside a quotation
    paragraphs = _paragraphs(text)
    for (begin, end), after in zip(paragraphs, [*paragraphs[1:], None]):
        start = begin
        if running and (close := _close(text, begin, end)):
            groups[-1].append((begin, close))
            start, running = close, False
        found, unclosed = _pairs(text, start, end)
        if running and found and found[0][0] <= begin + 1:
            groups[-1].append(found.pop(0))
            if unclosed and not found:
                continue
        groups.extend([span] for span in found)
        running = unclosed
        goes_on = _continued(text, end) or after is not None and _close(text, *after) > 0
        if unclosed and groups and not goes_on:
            running = False
            if groups[-1][-1][0] > begin + 1:  # a stray mark in the middle of a paragraph opens nothing
                groups[-1].pop()
                if not groups[-1]:
                    groups.pop()
    quotations = []
    for spans in groups:
        first, last = bisect_left(starts, spans[0][0]), bisect_left(starts, spans[-1][1])
        if last > first:
            quotations.append(Quotation(tuple(spans), first, last))
    return tuple(quotations)


def _paragraphs(text: str) -> list[Span]:
    found, at = [], 0
    for line in text.split("\n"):
        inside = line.strip()
        if inside:
            begin = at + line.index(inside[0])
            found.append((begin, begin + len(inside)))
        at += len(line) + 1
    return found


def _continued(text: str, end: int) -> bool:
    """Whether the next paragraph begins with an opening mark."""
    rest = text[end : end + 40].lstrip()
    return rest[:1] != "" and rest[0] in OPENING + STRAIGHT + SINGLE_OPENING


def _close(text: str, begin: int, end: int) -> int:
    """Where a double mark closes (exclusive) what a paragraph before it opened, or 0 if another opens first."""
    mark = DOUBLE.search(text, begin, end)
    if mark is None or mark.start() == begin or mark[0] in OPENING:
        return 0
    return mark.end() if mark[0] in CLOSING or not _opens(text, mark.start(), begin) else 0


def _pairs(text: str, begin: int, end: int) -> tuple[list[Span], bool]:
    """Spans of quotations in one paragraph, and whether the last one is left open at its end."""
    found: list[Span] = []
    opened, passed = -1, begin
    for mark in MARKS.finditer(text, begin, end):
        at, sign = mark.start(), mark.group()
        if at < passed:
            continue
        if opened < 0:
            if sign in OPENING or sign in STRAIGHT and _opens(text, at, begin):
                opened = at
            elif (sign in SINGLE_OPENING or sign == "'" and _opens(text, at, begin)) and (
                close := _single_close(text, at, end)
            ):
                found.append((at, close))
                passed = close
        elif sign in CLOSING or sign in STRAIGHT and (text[opened] in STRAIGHT or not _opens(text, at, begin)):
            found.append((opened, at + 1))
            opened = -1
    if opened >= 0:
        found.append((opened, end))
    return found, opened >= 0


def _opens(text: str, at: int, begin: int) -> bool:
    """A straight mark opens after space or bracket and before a word."""
    before = text[at - 1] if at > begin else " "
    after = text[at + 1 : at + 2]
    return (before.isspace() or before in "([—–-:“‘\"'") and after != "" and not after.isspace()


def _single_close(text: str, at: int, end: int) -> int:
    """Where a single quotation opened at `at` ends (exclusive), or 0. Apostrophes inside words are passed over."""
    for i in range(at + 2, min(end, at + LONGEST_SINGLE)):
        if text[i] in '“"”':
            return 0
        if text[i] in SINGLE_CLOSING and not text[i - 1].isspace():
            after = text[i + 1 : i + 2]
            if (after == "" or not after.isalnum()) and not (
                text[i - 1] == "s" and after == " " and _closes_later(text, i + 1, min(end, at + LONGEST_SINGLE))
            ):
                return i + 1
    return 0


def _closes_later(text: str, begin: int, end: int) -> bool:
    """A plural possessive is no closing mark if a better one follows: a mark after punctuation."""
    return any(text[i] in SINGLE_CLOSING and text[i - 1] in ".,?!" for i in range(begin, end))
