"""The words of the calendar, and the arithmetic that turns them into ISO 8601 and EDTF values."""

from __future__ import annotations

from datetime import date, timedelta

from kg.extractor.values import numbers
from kg.vocabulary import word_lists

_LISTS = word_lists("times")

MONTHS = {name: number for number, names in enumerate(_LISTS.rows("months"), 1) for name in names}
DOUBTFUL_MONTHS = _LISTS["doubtful_months"]
WEEKDAYS = {name: number for number, names in enumerate(_LISTS.rows("weekdays")) for name in names}
SEASONS = _LISTS.numbers("seasons")
QUARTERS = _LISTS.numbers("quarters")
PARTS = _LISTS["parts"]
UNITS = _LISTS.spellings("units")
POINTS = _LISTS.numbers("points")
TOLD = _LISTS.numbers("told")
#: Feasts that fall on one day of every year, by their words.
HOLIDAYS = {
    feast: (int(day[:2]), int(day[3:])) for day, feasts in _LISTS.tables("holidays").items() for feast in feasts
}
BEFORE_YEAR = _LISTS["before_year"]
BEFORE_MONTH = _LISTS["before_month"]
NOT_AFTER_YEAR = _LISTS["not_after_year"]
SHIFTS = _LISTS["shifts"]
VAGUE_MANY = _LISTS["vague_many"]
VAGUE_PAST = _LISTS["vague_past"]
RATES = _LISTS["rates"]
OPENERS, STAGES, CLOCKS = _LISTS["openers"], _LISTS["stages"], _LISTS["clocks"]
BETWEEN = _LISTS["between_number_and_unit"]
CALENDAR_UNITS, VAGUE_UNITS = _LISTS["calendar_units"], _LISTS["vague_units"]
#: Unit of time → what precedes a number of it in ISO 8601, its factor, its letter.
PERIODS = {
    unit: ("T" if "T" in iso else "", int(iso.strip("PTSMHDWY")), iso[-1])
    for unit, iso in _LISTS.texts("periods").items()
}
#: Units of a step from the time told last → how many sentences back that may stand, and how long its value must be.
STEPS = {unit: (reach, _LISTS.numbers("fineness")[unit]) for unit, reach in _LISTS.numbers("reach").items()}


def day_of(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def period(number: float | int, unit: str) -> str:
    """ "P7M", "PT2H", "P10Y"; the fraction of a year as months."""
    prefix, times, letter = PERIODS[unit]
    number = numbers.tidy(float(number) * times)
    if letter == "Y" and isinstance(number, float) and numbers.tidy(number * 12) == int(number * 12):
        return f"P{int(number)}Y{int(number * 12) % 12}M" if number > 1 else f"P{int(number * 12)}M"
    return f"P{prefix}{number}{letter}"


def move(anchor: date, unit: str, step: int) -> str | None:
    """The day, ISO week, month, year … that lies `step` units from the anchor's, as its EDTF or ISO 8601 value."""
    year = anchor.year + step * {"year": 1, "decade": 10, "century": 100}.get(unit, 0)
    if not 1 <= year <= 9998:
        return None
    if unit in ("day", "night"):
        return (anchor + timedelta(days=step)).isoformat()
    if unit in ("week", "fortnight"):
        iso = (anchor + timedelta(weeks=step * (2 if unit == "fortnight" else 1))).isocalendar()
        return f"{iso.year:04d}-W{iso.week:02d}"
    if unit == "weekend":
        saturday = anchor - timedelta(days=(anchor.weekday() - 5) % 7)
        if step >= 0 and anchor.weekday() < 5:
            saturday += timedelta(weeks=1)
        elif step < 0 and anchor.weekday() >= 5:
            saturday -= timedelta(weeks=1)
        saturday += timedelta(weeks=1) if step > 0 and anchor.weekday() >= 5 else timedelta(0)
        return f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}"
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + step
        return f"{months // 12:04d}-{months % 12 + 1:02d}" if 12 <= months < 119988 else None
    if unit == "quarter":
        quarters = anchor.year * 4 + (anchor.month - 1) // 3 + step
        return f"{quarters // 4:04d}-{33 + quarters % 4}"
    if unit == "year":
        return f"{year:04d}"
    if unit == "decade":
        return f"{year // 10:03d}X"
    if unit == "century":
        return f"{year // 100:02d}XX"
    return None
