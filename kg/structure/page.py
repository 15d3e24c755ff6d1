"""Which lines belong to the page and not to its story: menus, credits, headlines of other stories, comments, tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import LineKind
from kg.structure.lines import END, ITEM, STOP, Line
from kg.structure.rules import bare, rules

_FOOT = re.compile(r"(?i)\bpage\s+\d+\b|^\W*\d{1,4}\W*$")
_TABLE = re.compile(r"^\s*\|.*\|\s*$|^[|\s:+=-]*[|+][|\s:+=-]*$")
_COLUMNS = re.compile(r"\S(?:\t+| {3,}|\s*\t\s*)\S")
_SCORE = re.compile(r"^(?:[A-ZÀ-Þ][\w.'’-]*\s){1,4}\d{1,3}\s?[-–:]\s?\d{1,3}(?:\s[A-ZÀ-Þ][\w.'’-]*){1,4}(?:\s\(.*\))?$")
_QUOTES = re.compile(
    r"^(?>[A-Z][A-Z0-9.&/ ]{0,18}\s+[▲▼+−-]?\d[\d.,]*\s?%?"
    r"(?:\s+[▲▼(]?[+−-]?\d[\d.,]*\s?%?\)?)*[\s|]*)+$"
)
_BYLINE = re.compile(
    r"^(?:(?:Written |Story |Words |Text |Report |Reported |Analysis |Opinion )?[Bb]y|BY) "
    r"[A-ZÀ-Þ][\w.'’-]+(?:(?:,? and |, | & | )[A-ZÀ-Þ][\w.'’-]+){0,8}"
    r"(?:,? (?:in|at) [A-ZÀ-Þ][\w .'’-]{2,40})?"
    r"(?:,? (?:[A-Z][\w-]* )?(?:[Cc]orrespondent|[Rr]eporter|[Ee]ditor|[Ww]riter"
    r"|[Ss]taff|[Cc]orrespondents|[Rr]eporters)(?: [Ww]riters?)?)?\.?$"
)
_STAMP = re.compile(
    r"(?i)^(?:first |last )?(?:published|posted|updated?|modified|issued)\b(?:\s+(?:on|at))?\s*:?\s*"
    r"(?:\W*+(?:\d{1,2}(?:st|nd|rd|th)|\d[\d:./T+Z-]*+|[a-z]{3,}+\.?|[ap]\.?m\.?))*+\W*$"
)
_AGO = re.compile(
    r"(?i)^\W*(?:\d+|an?)\s*(?:s|m|h|d|sec|min|hr|seconds?|minutes?|mins?|hours?|hrs?|days?"
    r"|weeks?|months?|years?)\s+ago\b[\d\s.:GMTUCapm]*\W*$|^\W*\d+ min(?:ute)?s? read\W*$"
)
_BARS = re.compile(r"^\W*[\w&'’.-]+(?: [\w&'’.-]+){0,3}(?:\s+[|›»>•·/]\s+[\w&'’.-]+(?: [\w&'’.-]+){0,3}){2,}\W*$")
_PASSED_ON = re.compile(r"(?i)^-{2,}\s*(?:original|forwarded) message\s*-{2,}$|^on\b.{6,120}\bwrote:$")
_SIGNATURE = re.compile(r"^--$")
_NAME_ALONE = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ'’-]+(?: [A-ZÀ-Þ]\.)?(?: [A-ZÀ-Þ][\w'’-]+){1,2}")
_LONGEST_NAME = 120
_OF_WRITERS = re.compile(r" (?:is|was|writes|covers|reports) ")
_CODE = re.compile(r"^(?:@|#)\w+(?:\s+(?:@|#)\w+)*$|^https?://\S+$|^www\.\S+$")


def classify(lines: Sequence[Line], given: Sequence[str]) -> None:
    """Says of each line what it is; `given` are the lines with the spaces that they had."""
    pages = {re.sub(r"\d+", "#", line.text) for line in lines if line.after_page}
    for line, words in zip(lines, given, strict=True):
        line.kind = _kind(line.text, words)
        if (
            line.after_page
            and (_FOOT.search(line.text) or line.text.isupper())
            or re.sub(r"\d+", "#", line.text) in pages
            and _FOOT.search(line.text)
        ):
            line.kind = "page"
    _columns(lines, given)
    _mail(lines)
    _sections(lines)
    _menus(lines)
    _writers(lines)


def _kind(text: str, given: str) -> LineKind:
    if _TABLE.match(text):
        return "table"
    if len(text) <= 400 and rules().credit.fullmatch(text):
        return "credit"
    if len(text) <= 160:
        name = bare(text)
        if name in rules().lines and text[-1:] != "." and name not in text or _AGO.match(text) or _CODE.match(text):
            return "furniture"
        if _BARS.match(text) or _PASSED_ON.match(text):
            return "furniture"
        if _BYLINE.match(text) or _STAMP.match(text):
            return "byline"
        if _SCORE.match(text) or _QUOTES.match(text):
            return "table"
    if (
        rules().leads.match(text)
        and not (END.search(text) and _talks(text))
        or rules().starts.match(text)
        and _is_of_page(text)
    ):
        return "furniture"
    return "prose"


def _talks(text: str) -> bool:
    """Whether what follows a colon is more than a headline: several sentences."""
    return len(re.findall(r"[.!?](?:\s|$)", text)) > 1


def _is_of_page(text: str) -> bool:
    return len(text) <= 400


def _columns(lines: Sequence[Line], given: Sequence[str]) -> None:
    """Rows of cells parted by tabs or wide gaps: at least two one after the other."""
    run: list[Line] = []
    for line, words in [*zip(lines, given, strict=True), (None, "")]:
        if (
            line is not None
            and line.kind == "prose"
            and len(_COLUMNS.findall(words)) >= 1
            and not END.search(line.text)
        ):
            run.append(line)
            continue
        if len(run) >= 2:
            for one in run:
                one.kind = "table"
        run = []


def _sections(lines: Sequence[Line]) -> None:
    """Marks what stands under headings of other stories and of comments.

    A heading of other stories holds to the first line that ends like a sentence. One of comments holds only where the
    story has been told before it, and while what follows has the shape of comments.
    """
    section: LineKind | None = None
    told = False
    reacted = False  # the last comment has come to its end
    for line in lines:
        if line.kind in ("page", "table"):
            continue
        name = bare(line.text)
        if len(line.text) <= 60 and rules().others.fullmatch(name) and not END.search(line.text):
            section, line.kind = "furniture", "furniture"
            continue
        if len(line.text) <= 60 and rules().comments.fullmatch(line.text) and not END.search(line.text):
            section = "comment" if told else None
            line.kind, reacted = "comment" if told else "furniture", False
            continue
        sentence = len(line.text) > 40 and bool(END.search(line.text)) and not ITEM.match(line.text)
        if section == "furniture" and sentence or section == "comment" and _story_again(line, reacted, sentence):
            section = None
        if section == "comment":
            reacted = name in rules().reactions or reacted and line.kind == "furniture"
        if section is not None and line.kind in ("prose", "furniture", "byline"):
            line.kind = section
        told = told or line.kind == "prose" and len(line.text) > 20 and bool(END.search(line.text))


def _story_again(line: Line, reacted: bool, sentence: bool) -> bool:
    """Whether a line under a heading of comments is of the story: a byline, or a sentence where a name was to come."""
    return line.kind == "byline" and line.text[:2] in ("By", "BY") or reacted and sentence and line.gap > 0


def _menus(lines: Sequence[Line]) -> None:
    """Lines of a word or two before and among lines of furniture are items of a menu."""
    run: list[Line] = []
    for line in [*lines, None]:
        if (
            line is not None
            and (
                line.kind == "furniture"
                or line.kind == "prose"
                and len(line.text.split()) <= 3
                and not STOP.search(line.text)
            )
            and (not run or not line.gap)
        ):
            run.append(line)
            continue
        if sum(one.kind == "furniture" for one in run) >= 2:
            for one in run:
                one.kind = "furniture"
        run = []


def _mail(lines: Sequence[Line]) -> None:
    """What stands around a text that was sent: fields, greeting, close and signature."""
    run: list[Line] = []
    sent, signed = False, False
    for line in [*lines, None]:
        if line is not None and rules().mail.match(line.text):
            run.append(line)
            continue
        if len(run) > 1:
            sent = True
            for one in run:
                one.kind = "furniture"
        run = []
        if line is None:
            break
        sent = sent or bool(_PASSED_ON.match(line.text))
        signed = bool(_SIGNATURE.match(line.text)) or signed and not line.gap
        if signed:
            line.kind = "furniture"
    for number, line in enumerate(lines if sent else ()):
        if rules().greets.match(line.text) and line.gap:
            line.kind = "furniture"
        elif bare(line.text) in rules().closes:
            line.kind = "furniture"
            if number + 1 < len(lines) and len(lines[number + 1].text.split()) < 4 and not lines[number + 1].gap:
                lines[number + 1].kind = "furniture"


def _writers(lines: Sequence[Line]) -> None:
    """A name alone on its line that the text never tells of, and what is said of those who wrote it."""
    whole = "\n".join(line.text for line in lines)
    names = [_NAME_ALONE.fullmatch(line.text) for line in lines]
    authors = {name for line in lines if line.kind == "byline" for name in _NAME_ALONE.findall(line.text[3:])}
    for number, line in enumerate(lines):
        if line.kind != "prose":
            continue
        if (
            names[number]
            and not END.search(line.text)
            and (line.text in authors or _alone(lines, names, number, whole))
        ):
            line.kind = "byline"
            authors.add(line.text)
        elif (
            authors
            and (found := _of_writer(line.text, authors))
            and rules().press.search(line.text[found.end() : found.end() + 120])
        ):
            line.kind = "credit"


def _of_writer(text: str, authors: set[str]) -> re.Match[str] | None:
    """The verb of "Ana Ruiz covers" at the head of a line, if she is one of the authors."""
    verbs = _OF_WRITERS.finditer(text, 0, _LONGEST_NAME)
    return next((verb for verb in verbs if text[: verb.start()] in authors), None)


def _alone(lines: Sequence[Line], names: list[re.Match[str] | None], number: int, whole: str) -> bool:
    """Whether a name has a line for itself, no other name beside it, and is not told of in the text."""
    beside = names[max(0, number - 1) : number] + names[number + 1 : number + 2]
    return number > 0 and not any(beside) and whole.count(lines[number].text.rsplit(" ", 1)[-1]) == 1
