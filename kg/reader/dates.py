"""Days in the forms that people write, and the lines in which a text says what it is.

A day counts only where a line says nothing else, or says "Published", "Updated" …: never one inside the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date as Day
from functools import cache
from typing import Literal

#: Whether 12/03/2025 is in March or in December.
Order = Literal["day", "month"]

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "(?P<month>" + "|".join(f"{name}|{name[:3]}" for name in _MONTHS) + r"|sept)\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_TIME = (
    r"(?:(?:[T\s,|–—-]|at\b)*\d{1,2}(?:[:.]\d{2}){1,2}(?:[.,]\d+)?\s*(?:[ap]\.?m\.?)?\s*"
    r"(?:Z|(?:UTC|GMT)?\s*[+-]\d{2}:?\d{2}|[A-Z]{2,5})?(?:\s*\([A-Z]{2,5}\))?)?"
)
_ORDINAL = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = (
    r"(?P<year>\d{4})(?P<mark>[-/.])\s?(?P<number>\d{1,2})(?P=mark)\s?(?P<day>\d{1,2})\.?",
    r"(?P<year>\d{4})(?P<number>\d{2})(?P<day>\d{2})",
    rf"{_WEEKDAY}{_ORDINAL}\.?[\s-]+(?:of\s+)?{_MONTH},?[\s-]+(?P<year>\d{{4}})",
    rf"{_WEEKDAY}{_MONTH}\s+{_ORDINAL},?\s+(?P<year>\d{{4}})",
    r"(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})",
)

_LABEL = re.compile(
    r"(?:first\s+|last\s+)?(published|posted|issued|date|updated?|modified)\s*(?:on|at)?\s*:?\s*(?=[\w])", re.IGNORECASE
)
_NAME = r"[A-ZÀ-Þ][\w’'.-]*(?:\s+(?:(?:de|da|van|von|der|al|bin|la|le|dos|du)\s+)*[A-ZÀ-Þ][\w’'.-]*){1,3}"
_BYLINE = (
    rf"(?:By|BY)\s+({_NAME}(?:(?:,\s+and|,|\s+and|\s+&)\s+{_NAME})*)(?:\s+in\s+{_NAME.replace('{1,3}', '{0,3}')})?"
    r"(?P<rest>,.*)?"
)
#: "NAIROBI, 12 March 2025 (Agency) – ": what stands before the dash with which a story begins.
_DATELINE = re.compile(r"[A-ZÀ-Þ][^\n!?]{4,80}?(?=\s*(?:—|–|--|\s-\s))")
_YEAR = re.compile(r"\d{4}")
_CUT = re.compile(r"\s*[|·•]\s*")
#: Lines at the top of a text that may say what it is; a line of the story ends the look-out for those without a label.
_TOP = 40
_STORY = re.compile(r"(?:\S+\s+){11,}\S*[.!?][\"”’')]*\s*")


def day(text: str, order: Order | None = None) -> str:
    """The ISO 8601 day of a date in any unambiguous form, with or without a time of day.

    Raises a ValueError that says what is wrong: that there is no such day, or that `order` must tell day from month.
    """
    words = " ".join(text.split())
    for form in _day_forms() if _YEAR.search(words) else ():
        if found := form.fullmatch(words):
            parts = found.groupdict()
            if parts.get("first"):
                month, number = _sorted(int(parts["first"]), int(parts["second"]), order)
            elif parts.get("month"):
                month, number = (
                    1 + next(i for i, name in enumerate(_MONTHS) if name.startswith(parts["month"].lower()[:3])),
                    int(parts["day"]),
                )
            else:
                month, number = int(parts["number"]), int(parts["day"])
            return Day(int(parts["year"]), month, number).isoformat()
    raise ValueError("is no day")


@cache
def _day_forms() -> tuple[re.Pattern[str], ...]:
    """Compiled when a line first looks like a day: most texts have none, and compiling costs more than reading one."""
    return tuple(re.compile(form + _TIME, re.IGNORECASE) for form in _FORMS)


@cache
def _byline() -> re.Pattern[str]:
    return re.compile(_BYLINE)


def _sorted(first: int, second: int, order: Order | None) -> tuple[int, int]:
    """(month, day) of two numbers."""
    if first > 12 or second == first:
        return second, first
    if second > 12:
        return first, second
    if order is None:
        raise ValueError("may be of two days: say --day-first or --month-first")
    return (second, first) if order == "day" else (first, second)


def printed(text: str) -> dict[str, tuple[str, str]]:
    """What the lines at the top of a text say of it: date, modified, author, title; each with the line that says so."""
    said: dict[str, tuple[str, str]] = {}
    lines = _lines(text)
    for above, line in zip(["", *lines], lines):
        told = {name: (value, f"the printed line “{line}”") for name, value in _of_line(line)}
        if told and not said and _is_title(above):
            said["title"] = (above, "the printed line above the byline or date")
        said = told | said
    if "date" not in said and (day := _bare(lines)):
        said["date"] = day
    return said


def _is_title(line: str) -> bool:
    """Whether a line above a byline may be a headline."""
    return (
        1 < len(line.split())
        and len(line) <= 140
        and line[-1] not in ".!?,;:"
        and not any(map(_is_day, _CUT.split(line)))
    )


def _bare(lines: list[str]) -> tuple[str, str] | None:
    """The one day that a line before the story, or the dateline of a story, says without a word for what it is."""
    found: dict[str, str] = {}
    for line in lines:
        if value := _of_dateline(line):
            found.setdefault(value, "the dateline")
            break
        if _STORY.fullmatch(line):
            break
        for part in _CUT.split(line) if len(line) <= 200 else ():
            if _is_day(part):
                found.setdefault(part, f"the printed line “{line}”")
    return next(iter(found.items())) if len(found) == 1 else None


def _lines(text: str) -> list[str]:
    found = []
    for match in re.finditer(r"[^\n\r\x0b\x0c\u2028\u2029]+", text[:20_000]):
        if line := match.group().strip():
            found.append(line)
            if len(found) == _TOP:
                break
    return found


def _of_line(line: str) -> Iterator[tuple[str, str]]:
    """What a line says with a word for it: "Published …", "Updated …", "By …"."""
    if len(line) > 200:
        return
    for part in _CUT.split(line):
        if label := _LABEL.match(part):
            if _is_day(part[label.end() :]):
                yield ("modified" if label[1].lower()[0] in "um" else "date"), part[label.end() :]
        elif part.startswith(("By ", "BY ")) and (byline := _byline().fullmatch(part)):
            yield "author", byline[1]
            if byline["rest"] and _is_day(byline["rest"].lstrip(", ")):
                yield "date", byline["rest"].lstrip(", ")


def _of_dateline(line: str) -> str | None:
    """The day of a dateline: only names stand before it."""
    head = _DATELINE.match(line)
    words = re.sub(r"[()]", " ", head.group()).split() if head else []
    for first in range(1, min(8, len(words))):
        if not words[first - 1][0].isupper():
            return None
        for last in range(len(words), first, -1):
            if _is_day(value := " ".join(words[first:last]).strip(", ")):
                return value
    return None


def _is_day(text: str) -> bool:
    try:
        day(text, "day")
    except ValueError:
        return False
    return True
