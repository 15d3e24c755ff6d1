"""The lines of a text, those that belong to its story put together to paragraphs again.

Lines may be broken at a width, by quoting in mail, by a hyphen, or by the foot of a page. Where it is not certain
whether a line goes on with the one before it, the worse mistake decides: half a sentence can say
what the whole does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.model import LineKind
from kg.structure.characters import Plain, Weaving
from kg.structure.rules import rules

END = re.compile(r"""[.!?…]["'”’)\]]*$""")
#: What ends a line that is filled: a sentence, or what announces something.
STOP = re.compile(r"""[.!?…:;]["'”’)\]]*$""")
_QUOTING = re.compile(r"\s*(?:>\s?)+")
#: A line that begins so tells of the line before it: "(it is said)", "– report".
_ASIDE = re.compile(r"\((?=\w)|[–—-]{1,2} ?(?=\w)|[,;.!?…)\]”’]")
#: A line that ends with who says so: ": police", "- sources".
_SOURCE = re.compile(r"(?::|\s[–—-]{1,2})\s*[A-Za-z]+$")
_WIRED = re.compile(r"[A-Z][^.!?:;()]{0,40}\(([\w./ -]{2,20})\)\s?(?:--|[—–-])\s")
_WIDEST = 110  # what lines are broken at, at most
_APPOSITION = re.compile(r"[A-Z]\w+, [a-z]")
ITEM = re.compile(r"\s*(?:(?:[-*•·‣▪●○]|\d{1,3}[.)])\s+\S|[*•·‣▪●○][A-Z])")
_SURELY_ITEM = re.compile(r"\s*(?:(?:[*•·‣▪●○]|\d{1,3}[.)]|[-](?=\s+[A-Z]))\s+\S|[*•·‣▪●○][A-Z])")


@dataclass(slots=True)
class Line:
    """A line of a Plain while it is looked at: offsets there, white space left out at both ends."""

    start: int
    end: int
    text: str
    gap: int = 0  # empty lines before it
    kind: LineKind = "prose"
    after_page: bool = False


def lines_of(source: Plain) -> list[Line]:
    """The lines that hold something, mail quoting taken off."""
    found: list[Line] = []
    gap, page, at = 0, False, 0
    for row in source.text.split("\n"):
        if "\x0c" in row:
            page = True
        sign = _QUOTING.match(row)
        inside = row[sign.end() :] if sign else row
        words = inside.strip()
        if words:
            start = at + len(row) - len(inside.lstrip())
            found.append(Line(start, start + len(words), words, gap, after_page=page))
            gap, page = 0, False
        else:
            gap += 1
        at += len(row) + 1
    if found:
        found[0].gap = max(found[0].gap, 1)
    return found


def joined(source: Plain, lines: Sequence[Line]) -> Plain:
    """The text of these lines: a paragraph a line, an empty line between them where there was one."""
    weaving = Weaving()
    before = lines[0] if lines else None
    for number, rows in enumerate(_paragraphs(lines)):
        if number and before:
            weaving.put(
                "\n\n" if rows[0].gap else "\n",
                source.back(before.start, before.end)[1],
                source.back(rows[0].start, rows[0].end)[0],
            )
        for at, line in enumerate(rows):
            end = line.end
            parted = at + 1 < len(rows) and _parted(line.text, rows[at + 1].text)
            weaving.take(source, line.start, end - (parted == "word"))
            if at + 1 < len(rows) and not parted:
                weaving.put(" ", source.back(line.start, end)[1], source.back(rows[at + 1].start, rows[at + 1].end)[0])
            before = line
    return weaving.made()


def _parted(first: str, then: str) -> str:
    """What a hyphen between two lines parts: a "word", a "compound" that keeps it, or nothing."""
    found = re.search(r"([^\W\d_]+)-$", first)
    if not found or not then[:1].islower():
        return ""
    return "compound" if found[1].lower() in rules().apart else "word"


def _paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    width = _width(lines)
    gaps = sorted({line.gap for line in lines[1:]})
    least = gaps[0] if width is not None and gaps else 0
    whole = width is None and sum(len(a.text) > _WIDEST and bool(END.search(a.text)) for a in lines) > 1
    out: list[list[Line]] = []
    for line in lines:
        if out and _continues(out[-1][-1], line, width, least, whole):
            out[-1].append(line)
        else:
            out.append([line])
    return _settled(out)


def _width(lines: Sequence[Line]) -> int | None:
    """The width at which the lines of a text are broken; None where lines are paragraphs."""
    longest = max((len(line.text) for line in lines), default=0)
    if not 30 <= longest <= _WIDEST or len(lines) < 4:
        return None
    inner = [a.text for a in lines[:-1] if not STOP.search(a.text)]
    if len(inner) < 3 or sum(len(a) > longest - 16 for a in inner) < 0.8 * len(inner):
        return None
    return longest


def _full(a: str, b: str, width: int) -> bool:
    """The first word of the next line had no more room on this one."""
    return len(a) + 1 + len(b.split(" ", 1)[0]) > width


def _continues(a: Line, b: Line, width: int | None, least: int, whole: bool) -> bool:
    """Whether a line goes on with the sentence or the paragraph of the line before it."""
    first, then = a.text, b.text
    if _SURELY_ITEM.match(then) or _parts_case(first, then) or _is_wired(then):
        return False
    ended = bool(STOP.search(first))
    if then[:1].islower() and not (ended and END.search(first)) and (not ended or b.gap == 0):
        return True
    if b.after_page and not ended and b.gap and width:
        return True
    if b.gap > least:
        return False
    if width is not None:
        return _full(first, then, width + (2 if first.endswith("-") else 0))
    return b.gap == 0 and _unfinished(first, then, ended, whole)


def _is_wired(line: str) -> bool:
    """Whether a line opens a dispatch: "March 12 (Reuters) - "."""
    found = _WIRED.match(line)
    return found is not None and found[1].lower() in rules().agencies


def _parts_case(first: str, then: str) -> bool:
    """A line in capitals and one in others are two: an alert, a headline, and what follows it."""
    return len(first.split()) > 2 and first.isupper() and not then.isupper() and then[:1].isupper()


def _unfinished(first: str, then: str, ended: bool, whole: bool) -> bool:
    """Whether a line of a text without a width leaves its sentence to the next one. Where lines are `whole`
    paragraphs, one that begins with a capital and says who tells it need not speak of the line before it.
    """
    if END.search(first):
        return False
    return bool(
        ended  # a colon: what it announces
        or rules().open.search(first)
        or len(first.split()) < 4
        and rules().open.search(first.split()[0])
        or _ASIDE.match(then)
        or _SOURCE.search(then)
        or _quotation_open(first)
        or not (whole and END.search(then))
        and len(then) <= _WIDEST
        and rules().said.search(then)
        or _parts_a_name(first, then)
    )


def _quotation_open(line: str) -> bool:
    return line.count("“") > line.count("”") or line.count('"') % 2 == 1


def _parts_a_name(first: str, then: str) -> bool:
    """A capital before the break and one after it, where the line is no heading with capitals all through."""
    words = first.split()
    small = [word for word in words if word[:1].islower()]
    heading = len(words) > 2 and len(small) * 3 < len(words) and all(len(word) <= 4 for word in small)
    return (
        words[-1][:1].isupper()
        and not first.isupper()
        and then[:1].isupper()
        and (not heading or bool(rules().said.search(first)))
        and bool(STOP.search(then) or rules().said.search(first) or ":" in first)
    )


def _apart(before: str, then: str) -> bool:
    return bool(ITEM.match(then)) or _parts_case(before, then)


def _settled(paragraphs: Iterable[list[Line]]) -> list[list[Line]]:
    """Lines of a block in which one was broken for certain are one paragraph while no sentence has ended."""
    blocks: list[list[list[Line]]] = []
    for row in paragraphs:
        if row[0].gap or not blocks:
            blocks.append([])
        blocks[-1].append(row)
    out: list[list[Line]] = []
    for block in blocks:
        surely = any(len(row) > 1 or n and _APPOSITION.match(row[0].text) for n, row in enumerate(block))
        for n, row in enumerate(block):
            before = out[-1][-1].text if n else ""
            if n and surely and not STOP.search(before) and len(before.split()) > 1 and not _apart(before, row[0].text):
                out[-1].extend(row)
            else:
                out.append(row)
    return out
