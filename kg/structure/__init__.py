"""The shape of a text before its sentences: what a parser is to read of it, and where each character of that stands.

In: a text as people paste and save it. Out: a `View`: prose with one paragraph a line, in plain characters, and for
each stretch of it the offsets in the text as given. `characters` makes its signs plain, `page` finds
what is no part of the story, `lines` puts broken lines together, `story`, `turns` and `capitals` read its paragraphs,
`headlines` lets what stands over them yield to them, `spans` leads back.

A text whose paragraphs are lines already is its own view, character for character.
"""

from __future__ import annotations

import dataclasses
import re

from kg.model import Document, LineKind, Part, Span, View
from kg.structure import capitals, page, story, turns
from kg.structure.capitals import Lexicon
from kg.structure.characters import edited, plain
from kg.structure.headlines import yielding
from kg.structure.lines import END, ITEM, joined, lines_of
from kg.structure.spans import given, placed, seen_in

__all__ = ["Lexicon", "given", "placed", "seen", "seen_in", "view", "yielding"]


#: A line with a line right below it.
_UNENDED = re.compile(r"^([^\n]+)\n(?=[^\n])", re.MULTILINE)
_IS_PLACE_LINE = re.compile(r"(?:[—–:)\]/]|--|-)\s*$")  # a dateline


_NOTHING = Lexicon()


def view(document: Document, lexicon: Lexicon = _NOTHING) -> View:
    """The parser's view of a text with what `lexicon` knows of words."""
    text = plain(document.text)
    lines = lines_of(text)
    page.classify(lines, [document.text[slice(*text.back(line.start, line.end))] for line in lines])
    parts = [Part(line.kind, *text.back(line.start, line.end)) for line in lines if line.kind != "prose"]
    left_out, paged, prose = 0, False, []
    for line in lines:
        if line.kind == "prose":
            line.gap, line.after_page = max(line.gap, left_out), line.after_page or paged
            prose.append(line)
            left_out, paged = 0, False
        else:
            left_out, paged = max(left_out, line.gap, 1), paged or line.kind == "page"
    told = joined(text, prose)
    paragraphs = story.paragraphs_of(told)
    story.classify(paragraphs, lexicon.place)
    spoken = list(turns.edits(paragraphs))
    made = edited(told, [*story.edits(paragraphs), *spoken, *capitals.edits(paragraphs, lexicon)])
    parts += story.parts(told, paragraphs)
    found = View(document, made.text, made.runs, tuple(sorted(parts, key=lambda part: part[1:])))
    return dataclasses.replace(
        found,
        captions=_where(found, ("caption",)),
        headings=_where(found, ("headline", "heading")),
        torn=_torn(found.text),
    )


def _where(found: View, kinds: tuple[LineKind, ...]) -> tuple[Span, ...]:
    """The stretches of a view that were taken for one of these."""
    return tuple((found.at(part.start), found.at(part.end)) for part in found.parts if part.kind in kinds)


def _torn(text: str) -> tuple[Span, ...]:
    """Lines without an end and with more right below them: they may be half a sentence."""
    return tuple(
        found.span(1)
        for found in _UNENDED.finditer(text)
        if not END.search(found[1]) and not ITEM.match(found[1]) and not _IS_PLACE_LINE.search(found[1])
    )


def seen(document: Document, lexicon: Lexicon = _NOTHING) -> tuple[Document, View]:
    """The document as a parser is to read it, and the view that leads back. Other languages are blank to the parser."""
    found = view(document, lexicon)
    pieces: list[str] = []
    at = 0
    for first, last in sorted(document.foreign):  # offsets of the text as given
        start, end = max(found.at(first), at), max(found.at(last), at)
        pieces += [found.text[at:start], re.sub(r"[^\n]", " ", found.text[start:end])]
        at = end
    return dataclasses.replace(document, text="".join([*pieces, found.text[at:]]), foreign=()), found
