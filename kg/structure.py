"""The shape of a text before its sentences: what a parser is to read of it, and where each character of that stands.

In: a text as people paste and save it. Out: a `View`: prose with one paragraph a line, plain characters, and for
each of its characters the offsets in the text as given. Lines broken at a width, by quoting in mail, by a hyphen or by
the foot of a page are put together again; soft hyphens, invisible marks, ligatures, entities of HTML and quotation marks
of other houses are read as what they stand for; lines that belong to the page and not to the story are left out.

A text whose paragraphs are lines already is its own view, character for character.
"""

from __future__ import annotations

import dataclasses
import html
import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from typing import Any, TypeAlias

from kg.model import Document, LineKind, Parse, Part, Reading, View

# ------------------------------------------------------------------ characters

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,20});")
ODD = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufb00-\ufb06\uff01-\uff5e\u0300-\u036f\r\u2028\u2029\x85\x0b\xa0\u2007\u2009\u202f]"
    "|&[#A-Za-z]|  "
)
Char: TypeAlias = tuple[str, int, int]


def _characters(text: str) -> list[Char]:
    """The text in plain characters, each with the span it stands for."""
    if not ODD.search(text):
        return [(c, i, i + 1) for i, c in enumerate(text)]
    out: list[Char] = []
    i = 0
    while i < len(text):
        c, end = text[i], i + 1
        if c == "&" and (entity := ENTITY.match(text, i)):
            c, end = html.unescape(entity[0]), entity.end()
        elif text.startswith("\r\n", i):
            c, end = "\n", i + 2
        elif c in "\r\u2028\u2029\x85\x0b":
            c = "\n"
        elif "\ufb00" <= c <= "\ufb06" or "\uff01" <= c <= "\uff5e":
            c = unicodedata.normalize("NFKC", c)
        elif "\u0300" <= c <= "\u036f" and out and len(whole := unicodedata.normalize("NFC", out[-1][0] + c)) == 1:
            out[-1] = (whole, out[-1][1], end)
            i = end
            continue
        if c in "\xa0\u2007\u2009\u202f" or c == " " and out and out[-1][0] == " ":
            c = " " if not (out and out[-1][0] == " ") else ""
        out.extend((one, i, end) for one in c if not INVISIBLE.match(one))
        i = end
    return out


def _marks(chars: list[Char]) -> list[Char]:
    """Quotation marks of other houses as “ and ”: „low“, «pointed», and ‘single’ where a text has no double ones."""
    text = "".join(c for c, _, _ in chars)
    if "„" in text and "”" not in text:
        swap = {"„": "“", "“": "”"}
    elif "«" in text:
        swap = {"«": "“", "»": "”"}
    elif "‘" in text and not re.search('[“”"„]', text) and re.search(r"[.,!?]’", text):
        marks = _singles(text)
        return [("“" if c == "‘" else "”", a, b) if at in marks else (c, a, b) for at, (c, a, b) in enumerate(chars)]
    else:
        return chars
    return [(swap.get(c, c), a, b) for c, a, b in chars]


def _singles(text: str) -> frozenset[int]:
    return frozenset(
        at for m in re.finditer(r"(?<!\w)‘(?=\w)[^‘\n]*?(?<=[.,!?…\w])’(?!\w)", text) for at in (m.start(), m.end() - 1)
    )


# ------------------------------------------------------------------ lines

END = re.compile(r"""[.!?…:;]["'”’)\]]*$""")
#: A line that ends so has not said all: a comma, a dash, or a word after which something must come.
OPEN = re.compile(
    r"""(?i)(?:[,–—]|\b(?:of|the|a|an|in|on|at|to|for|from|by|with|without|and|or|but|nor|that|this|those|his|her|its|their|our|my|is|are|was
|were|be|been|had|has|have|not|if|when|while|as|than|because|since|until|unless|whether|who|whom|which|whose|what|about|after|before|over|under
|into|against|between|among|like|near|per|via|said|says|told|tells|say|claims?|claimed|alleges?|alleged|believes?|believed|thinks?|expects?|denies|denied|appears|reports?|warns?|warned|possible|once
|will|would|could|may|might|must|should|can|did|does|do|named|called))$""".replace("\n", "")
)
QUOTING = re.compile(r"\s*(?:>\s?)+")
#: A line that begins so tells of the line before it: "(it is said)", "– report".
ASIDE = re.compile(r"\((?=[a-z])|[–—-] ?(?=[a-z])")
#: Words that take back or hand on what was said before them: better a heading run into its story than a half sentence told as a fact.
SAID = re.compile(
    r"(?i)\b(?:said|says?|tells?|told|confirm\w*|claim\w*|alleg\w*|reports?|reported|according|den(?:y|ie[sd])|warn\w*|belie\w*|insist\w*"
    r"|announced|stat(?:es|ed)|false|untrue|never|rumou?r\w*|suggest\w*|reportedly|apparently)\b"
)
APPOSITION = re.compile(r"[A-Z]\w+, [a-z]")
ITEM = re.compile(r"\s*(?:[-*•·‣]|\d{1,3}[.)])\s+\S")


@dataclass(slots=True)
class _Line:
    chars: list[Char]
    start: int
    end: int
    gap: int = 0  # empty lines before it
    kind: LineKind = "prose"
    after_page: bool = False
    cut: bool = False  # joined to the line before it although something stood between

    @property
    def text(self) -> str:
        return "".join(c for c, _, _ in self.chars)


def _lines(chars: list[Char], length: int) -> list[_Line]:
    lines: list[_Line] = []
    row: list[Char] = []
    gap, page = 0, False
    for char in [*chars, ("\n", length, length)]:
        if char[0] == "\x0c":
            page = True
        elif char[0] != "\n":
            row.append(char)
        else:
            if any(not c.isspace() for c, _, _ in row):
                lines.append(_Line(row, row[0][1], row[-1][2], gap, after_page=page))
                gap, page = 0, False
            else:
                gap += 1
            row = []
    if lines:
        lines[0].gap = max(lines[0].gap, 1)
    return lines


def _unquoted(lines: list[_Line]) -> list[_Line]:
    """Mail quoting taken off; a line with nothing but the sign is an empty one."""
    out: list[_Line] = []
    gap = 0
    for line in lines:
        sign = QUOTING.match(line.text)
        if sign:
            line.chars = line.chars[sign.end() :]
        while line.chars and line.chars[-1][0].isspace():
            line.chars = line.chars[:-1]
        if not line.chars:
            gap += line.gap + 1
            continue
        line.gap += gap
        gap = 0
        out.append(line)
    return out


def _stripped(line: _Line) -> None:
    while line.chars and line.chars[0][0].isspace():
        line.chars = line.chars[1:]


def _full(a: str, b: str, width: int) -> bool:
    """The first word of the next line had no more room on this one."""
    return len(a) + 1 + len(b.split(" ", 1)[0]) > width


def _width(lines: list[_Line]) -> int | None:
    """The width at which the lines of a text are broken; None where lines are paragraphs."""
    longest = max((len(line.text) for line in lines), default=0)
    if not 30 <= longest <= 110 or len(lines) < 4:
        return None
    pairs = [(a.text, b.text) for a, b in zip(lines, lines[1:])]
    inner = [(a, b) for a, b in pairs if not END.search(a)]
    if len(inner) < 3 or sum(len(a) > longest - 16 for a, _ in inner) < 0.8 * len(inner):
        return None
    return longest


def _continues(a: _Line, b: _Line, width: int | None, least: int) -> bool:
    """Whether a line goes on with the sentence or the paragraph of the line before it."""
    first, then = a.text, b.text
    if ITEM.match(then) and not then[:1].islower():
        return False
    ended = bool(END.search(first))
    if then[:1].islower() and not ended:
        return True
    if b.after_page and not ended and b.gap and width:
        return True
    if b.gap > least:
        return False
    if width is not None:
        return _full(first, then, width + (2 if first.endswith("-") else 0))
    return (
        not ended
        and b.gap == 0
        and bool(
            OPEN.search(first)
            or ASIDE.match(then)
            or len(then) <= 110
            and SAID.search(then)
            or _parts_a_name(first, then)
        )
    )


def _parts_a_name(first: str, then: str) -> bool:
    """A capital before the break and one after it, where the line is no heading with capitals all through."""
    words = first.split()
    heading = len(words) > 2 and sum(word[:1].islower() for word in words) * 3 < len(words)
    return (
        words[-1][:1].isupper()
        and not first.isupper()
        and then[:1].isupper()
        and not heading
        and bool(END.search(then))
    )


def _paragraphs(lines: list[_Line]) -> list[list[_Line]]:
    width = _width(lines)
    gaps = sorted({line.gap for line in lines[1:]})
    least = gaps[0] if width is not None and gaps else 0
    out: list[list[_Line]] = []
    for line in lines:
        if out and _continues(out[-1][-1], line, width, least):
            out[-1].append(line)
        else:
            out.append([line])
    return _settled(out)


def _settled(paragraphs: list[list[_Line]]) -> list[list[_Line]]:
    """Lines of a block in which one was broken for certain are one paragraph while no sentence has ended."""
    blocks: list[list[list[_Line]]] = []
    for row in paragraphs:
        if row[0].gap or not blocks:
            blocks.append([])
        blocks[-1].append(row)
    out: list[list[_Line]] = []
    for block in blocks:
        surely = any(len(row) > 1 or n and APPOSITION.match(row[0].text) for n, row in enumerate(block))
        for n, row in enumerate(block):
            before = out[-1][-1].text if n else ""
            if n and surely and not END.search(before) and len(before.split()) > 1 and not ITEM.match(row[0].text):
                out[-1].extend(row)
            else:
                out.append(row)
    return out


# ------------------------------------------------------------------ what is no part of the story

PAGE = re.compile(r"(?i)\bpage\s+\d+\b|^\W*\d{1,4}\W*$")
CREDIT = re.compile(
    r"(?i)^\W*(?:additional )?(?:reporting|writing|editing|compiled|translated) (?:and \w+ )?by\b.{3,200}$"
)
CAPTION = re.compile(
    r"(?i)^(?:image|media|picture|photo|video) ?(?:caption|source|credit)|^(?:file )?(?:photo|photograph|picture)s?\s?[:.]"
)
FURNITURE = re.compile(r"""(?ix)^(?:skip\ to\ (?:main\ )?content|menu|home|sign\ (?:in|up)|log\ ?in|subscribe|register|share(?:\ this)?|copy\ link
    |advertisement|sponsored|reply|report|whatsapp|facebook|twitter|reddit|linkedin|e-?mail|print|search|close
    |we\ use\ cookies\b.*|by\ subscribing,.*|sign\ up\ (?:for|to)\ our\b.*|(?:©|\(c\)|copyright)\W.*|all\ rights\ reserved.*
    |(?:read|see)\ (?:more|also)\s?:.*|accept\ all\b.*|click\ here\b.*)$""")
OTHERS = re.compile(
    r"(?i)^(?:related (?:stories|articles|news|topics|content)|most (?:read|popular|viewed)|more (?:on this story|from .{2,40})|"
    r"recommended|trending(?: now)?|you may also like|popular now|top stories)\W*$"
)
COMMENTS = re.compile(r"(?i)^(?:\d+ )?comments?(?: \(?\d+\)?)?\W*$")
TABLE = re.compile(r"^\s*\|.*\|\s*$")
BYLINE = re.compile(r"^By (?:[A-Z][\w.'’-]+(?: and |, | )?){1,8}(?: in [A-Z][\w .'’-]{2,40})?$")


def _kind(text: str) -> LineKind:
    for kind, rule in (
        ("table", TABLE),
        ("credit", CREDIT),
        ("caption", CAPTION),
        ("furniture", FURNITURE),
        ("byline", BYLINE),
    ):
        if rule.search(text):
            return kind  # type: ignore[return-value]
    return "prose"


def _menus(lines: list[_Line]) -> None:
    """Lines of a word or two before and among lines of furniture are items of a menu."""
    run: list[_Line] = []
    for line in [*lines, None]:
        if (
            line is not None
            and (
                line.kind == "furniture"
                or line.kind == "prose"
                and len(line.text.split()) <= 2
                and not END.search(line.text)
            )
            and (not run or not line.gap)
        ):
            run.append(line)
            continue
        if sum(one.kind == "furniture" for one in run) >= 2:
            for one in run:
                one.kind = "furniture"
        run = []


def _classify(lines: list[_Line]) -> None:
    """Says of each line what it is. A heading of other stories holds to the first line that ends like a sentence."""
    state: LineKind | None = None
    pages = {re.sub(r"\d+", "#", line.text) for line in lines if line.after_page}
    for line in lines:
        line.kind = _kind(line.text)
        if (
            line.after_page
            and (PAGE.search(line.text) or line.text.isupper())
            or re.sub(r"\d+", "#", line.text) in pages
            and PAGE.search(line.text)
        ):
            line.kind = "page"
        if OTHERS.match(line.text):
            state = "furniture"
        elif COMMENTS.match(line.text):
            state = "comment"
        elif state == "furniture" and len(line.text) > 40 and END.search(line.text) and not ITEM.match(line.text):
            state = None
        if state is not None and line.kind == "prose":
            line.kind = state
    _menus(lines)


# ------------------------------------------------------------------ the view

APART = frozenset(
    "well self ex non co pre post anti pro long short high low so half full first second third "
    "two three four five six seven eight nine ten twenty thirty forty fifty sixty seventy eighty ninety".split()
)


def view(document: Document) -> View:
    """The parser's view of a text."""
    text = document.text
    lines = _unquoted(_lines(_marks(_characters(text)), len(text)))
    for line in lines:
        if line.text[:1].isspace():
            _stripped(line)
    _classify(lines)
    parts = tuple(Part(line.kind, line.start, line.end) for line in lines)
    prose: list[_Line] = []
    gap, page = 0, False
    for line in lines:
        if line.kind == "prose":
            line.gap, line.after_page = max(line.gap, gap), page or line.after_page
            prose.append(line)
            gap, page = 0, False
        else:
            gap, page = max(gap, line.gap, 1), page or line.kind == "page"
    out: list[Char] = []
    for number, rows in enumerate(_paragraphs(prose)):
        if number:
            end = out[-1][2]
            out.extend(("\n", end, rows[0].start) for _ in range(2 if rows[0].gap else 1))
        for at, line in enumerate(rows):
            if at:
                _glue(out, line)
            out.extend(line.chars)
    return View(
        document, "".join(c for c, _, _ in out), tuple(a for _, a, _ in out), tuple(b for _, _, b in out), parts
    )


def _glue(out: list[Char], line: _Line) -> None:
    """Puts a line behind the one before it: a space, or nothing where a word was parted."""
    tail = "".join(c for c, _, _ in out[-24:])
    parted = re.search(r"([^\W\d_]+)-$", tail)
    if parted and line.text[:1].islower():
        if parted[1].lower() not in APART:
            out.pop()
        return
    out.append((" ", out[-1][2], line.start))


def seen(document: Document) -> tuple[Document, View]:
    """The document as a parser is to read it, and the view that leads back. Stretches in other languages are blank to the parser."""
    found = view(document)
    text = found.text
    for first, last in document.foreign:  # offsets of the text as given
        start, end = bisect_left(found.starts, first), bisect_left(found.starts, last)
        text = text[:start] + "".join(c if c == "\n" else " " for c in text[start:end]) + text[end:]
    return dataclasses.replace(document, text=text, foreign=()), found


def given(reading: Reading, parse: Parse) -> Reading:
    """A reading of the view with all its offsets in the text as given."""
    if parse.view is None:
        return reading
    return dataclasses.replace(_mapped(reading, parse.view), document=parse.view.given)


def placed(parse: Parse) -> Parse:
    """A parse of the view with all its offsets in the text as given."""
    if parse.view is None:
        return parse

    def there(one: Any) -> Any:
        start, end = back(one.start, one.end)
        return (
            one._replace(start=start, end=end)
            if isinstance(one, tuple)
            else dataclasses.replace(one, start=start, end=end)
        )

    back = parse.view.back
    return dataclasses.replace(
        parse,
        document=parse.view.given,
        view=None,
        tokens=tuple(map(there, parse.tokens)),
        sentences=tuple(map(there, parse.sentences)),
        names=tuple(map(there, parse.names)),
    )


def _mapped(value: Any, found: View) -> Any:
    if isinstance(value, Document):
        return value
    if type(value) is tuple:
        if len(value) == 2 and type(value[0]) is int and type(value[1]) is int:
            return found.back(*value)
        return tuple(_mapped(one, found) for one in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changed = {
        f.name: _mapped(getattr(value, f.name), found)
        for f in dataclasses.fields(value)
        if f.name not in PLAIN and f.name not in ("start", "end")
    }
    if hasattr(value, "start") and hasattr(value, "end") and (value.end > value.start):
        changed["start"], changed["end"] = found.back(value.start, value.end)
    return dataclasses.replace(value, **changed)


#: Fields that hold numbers of tokens, not offsets.
PLAIN = frozenset(("tokens", "contents", "members"))
