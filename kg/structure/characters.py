"""The characters of a text as plain ones: each with the stretch of the text as given that it stands for.

Soft hyphens and other invisible marks, marks of Markdown and of wikis, tags and entities of HTML, ligatures, full-width
forms, combining accents and odd spaces are read as what they stand for; quotation marks of other houses as “ and ”.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kg.model import Run, back

INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
SPACES = " \xa0\u2007\u2009\u202f"
_INLINE = "a|abbr|b|cite|code|em|font|i|ins|mark|q|s|small|span|strong|sub|sup|time|u"
_BLOCK = "article|blockquote|br|center|div|h[1-6]|hr|li|ol|p|section|ul"
#: With what such a thing begins, but for a letter with an accent of its own and a space before a space.
_FIRST = rf"{INVISIBLE}{SPACES[1:]}\r\u2028\u2029\x85\x0b\ufb00-\ufb06\uff01-\uff5e&!\[\]*_#<"
#: Whatever is not read as it stands. Alternatives that open with a rare sign come as they are met.
_ODD = re.compile(
    rf"(?:(?=[{_FIRST}]| [{SPACES}])(?:(?P<invisible>[{INVISIBLE}]+)"
    r"|(?P<end>\r\n?|[\u2028\u2029\x85\x0b])"
    rf"|(?P<space>[{SPACES}]{{2,}}|[{SPACES[1:]}])"
    r"|(?P<wide>[\ufb00-\ufb06\uff01-\uff5e])"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,20});)"
    r"|(?P<picture>!\[[^\]\n]{0,300}\]\([^)\n]{0,500}\))"
    r"|(?P<link>\[(?=[^\[\]\n]{1,300}\]\([^)\n]{0,500}\)))"
    r"|(?P<target>(?<=\S)\]\((?:[^()\n]|\([^()\n]{0,200}\)){0,500}\))"
    r"|(?P<note>(?<=[\w.,;:!?”’\"')\]])\[(?:\d{1,3}|[a-z]|(?:note|nb) \d{1,2}|citation needed|update|edit)\])"
    r"|(?P<strong>^\*{1,3}(?=[^\s*][^*\n]{0,900}\*)|(?<!^)(?<![\w*])\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?![\w*])"
    r"|(?<![\w_])_{1,2}(?=[^\W_])|(?<=[^\W_])_{1,2}(?![\w_])|(?<=[.,!?])_{1,2}(?![\w_]))"
    r"|(?P<heading>^#{1,6}[ \t]+)"
    rf"|(?P<tag></?(?:{_INLINE})(?:\s[^<>\n]{{0,500}})?/?>)"
    rf"|(?P<block></?(?:{_BLOCK})(?:\s[^<>\n]{{0,500}})?/?>))"
    r"|(?P<accent>[^\W\d_][\u0300-\u036f]+))",
    re.MULTILINE,
)
_UNSEEN = re.compile(f"[{INVISIBLE}]")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text made from another one, and what its characters stand for there."""

    text: str
    runs: tuple[Run, ...]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Offsets of the text as given for a stretch of this one."""
        return back(self.runs, start, end)


class Weaving:
    """A Plain while it is made: stretches of another one, and words put in their place."""

    __slots__ = ("_pieces", "_runs", "_size")

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._runs: list[Run] = []
        self._size = 0

    def take(self, source: Plain, start: int, end: int) -> None:
        """A stretch of a text, as it stands."""
        if start >= end:
            return
        self._pieces.append(source.text[start:end])
        first = _run_at(source.runs, start)
        for number in range(first, len(source.runs)):
            run = source.runs[number]
            if run.at >= end:
                break
            a, b = max(start, run.at), min(end, run.at + run.size)
            if run.size == run.end - run.start:
                self._run(b - a, run.start + a - run.at, run.start + b - run.at)
            else:
                self._run(b - a, run.start, run.end)

    def put(self, words: str, start: int, end: int) -> None:
        """Words that stand for a stretch of the text as given."""
        if words:
            self._pieces.append(words)
            self._run(len(words), start, end)

    def _run(self, size: int, start: int, end: int) -> None:
        if self._runs:
            last = self._runs[-1]
            if last.end == start and last.size == last.end - last.start and size == end - start:
                self._runs[-1] = Run(last.at, last.size + size, last.start, end)
                self._size += size
                return
        self._runs.append(Run(self._size, size, start, end))
        self._size += size

    @property
    def size(self) -> int:
        return self._size

    def made(self) -> Plain:
        return Plain("".join(self._pieces), tuple(self._runs))


def _run_at(runs: tuple[Run, ...], at: int) -> int:
    low, high = 0, len(runs)
    while low < high:
        middle = (low + high) // 2
        if runs[middle].at <= at:
            low = middle + 1
        else:
            high = middle
    return max(low - 1, 0)


class Edit(NamedTuple):
    """Words in the place of a stretch of a Plain; nothing in the place of none leaves it as it is."""

    start: int
    end: int
    words: str


def edited(source: Plain, edits: Iterable[Edit]) -> Plain:
    """A text with its edits made; they do not overlap."""
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    if not ordered:
        return source
    weaving, at = Weaving(), 0
    for start, end, words in ordered:
        weaving.take(source, at, start)
        weaving.put(words, *source.back(start, end))
        at = end
    weaving.take(source, at, len(source.text))
    return weaving.made()


def plain(text: str) -> Plain:
    """A text as given in plain characters."""
    whole = Plain(text, (Run(0, len(text), 0, len(text)),) if text else ())
    return _marks(edited(whole, _edits(text)) if _ODD.search(text) else whole)


def _edits(text: str) -> Iterator[Edit]:
    before, after = "", 0  # the character before, as it is read, and where that ends
    for odd in _ODD.finditer(text):
        start, end = odd.span()
        if start and (not before or start != after):
            before = text[start - 1]
        words = _READ.get(odd.lastgroup or "", _nothing)(odd)
        if words == " " and before == " ":
            words = ""
        if words != odd.group():
            yield Edit(start, end, words)
        before, after = (words or before)[-1:], end


def _nothing(odd: re.Match[str]) -> str:
    return ""


def _composed(odd: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", odd.group())


def _unescaped(odd: re.Match[str]) -> str:
    words = _UNSEEN.sub("", html.unescape(odd.group()))
    return " " if words and words in SPACES else words


_READ: dict[str, Callable[[re.Match[str]], str]] = {
    "end": lambda odd: "\n",
    "space": lambda odd: " ",
    "accent": _composed,
    "wide": lambda odd: unicodedata.normalize("NFKC", odd.group()),
    "entity": _unescaped,
    "block": lambda odd: "\n\n",
}


# ------------------------------------------------------------------ quotation marks


def _marks(text: Plain) -> Plain:
    """Quotation marks of other houses as “ and ”: „low“, «pointed», and ‘single’ where a text has no double ones."""
    words = text.text
    if "„" in words and "”" not in words:
        words = words.translate({0x201E: "“", 0x201C: "”"})
    elif "«" in words:
        words = words.translate({0xAB: "“", 0xBB: "”"})
    elif "‘" in words and not re.search('[“”"„]', words) and re.search(r"[.,!?]’", words):
        marks = list(words)
        for found in re.finditer(r"(?<!\w)‘(?=\w)[^‘\n]*?(?<=[.,!?…\w])’(?!\w)", words):
            marks[found.start()], marks[found.end() - 1] = "“", "”"
        words = "".join(marks)
    else:
        return text
    return Plain(words, text.runs)
