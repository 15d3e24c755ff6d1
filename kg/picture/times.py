"""The first and last day of a dated value (EDTF level 1): enough to set an event on a line."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

__all__ = ["MONTHS", "bounds", "long_day"]

MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}
_DAY = re.compile(r"(-?\d{3}[\dX]|\d{2}XX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?(?:T.*)?")


def bounds(value: str) -> list[str]:
    """["2026-01-01", "2026-01-31"] of "2026-01", "2026-01~" …; nothing of a duration or an open or unreadable value."""
    ends = [_span(part.strip("?~%")) for part in value.split("/")]
    if not value or any(end is None for end in ends):
        return []
    return [min(e[0] for e in ends if e), max(e[1] for e in ends if e)]


def _span(text: str) -> tuple[str, str] | None:
    match = _DAY.fullmatch(text)
    if not match:
        return None
    year, month, day = match.groups()
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if not 1 <= first <= last <= 9999:
        return None
    if not month or month == "XX":
        return f"{first:04d}-01-01", f"{last:04d}-12-31"
    months = _SEASONS.get(int(month), (int(month), int(month)))
    if not 1 <= months[0] <= months[1] <= 12:
        return None
    if day and day != "XX":
        try:
            return (date(first, months[0], int(day)).isoformat(),) * 2
        except ValueError:
            return None
    return f"{first:04d}-{months[0]:02d}-01", f"{last:04d}-{months[1]:02d}-{monthrange(last, months[1])[1]:02d}"


def long_day(day: str) -> str:
    """The day as "30 Jan 2026" of "2026-01-30"; other text as it is."""
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?", day)
    return f"{int(match[3])} {MONTHS[int(match[2])]} {match[1]}" if match and 1 <= int(match[2]) <= 12 else day
