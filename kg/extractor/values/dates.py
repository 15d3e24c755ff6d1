"""The words of the calendar, and the arithmetic that turns them into ISO 8601 and EDTF values."""

from __future__ import annotations

from datetime import date, timedelta

from kg.extractor.values import numbers

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan jan.",
            "february feb feb.",
            "march mar mar.",
            "april apr apr.",
            "may",
            "june jun jun.",
            "july jul jul.",
            "august aug aug.",
            "september sept sept. sep sep.",
            "october oct oct.",
            "november nov nov.",
            "december dec dec.",
        ),
        1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon. mondays",
            "tuesday tue. tues. tuesdays",
            "wednesday wed. wednesdays",
            "thursday thu. thurs. thursdays",
            "friday fri. fridays",
            "saturday sat. saturdays",
            "sunday sun. sundays",
        )
    )
    for name in names.split()
}
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
QUARTERS = {"q1": 33, "q2": 34, "q3": 35, "q4": 36}
PARTS = frozenset("morning afternoon evening night noon midday lunchtime midnight dawn dusk".split())
UNITS = {
    name: unit
    for unit, names in {
        "second": "second seconds",
        "minute": "minute minutes",
        "hour": "hour hours",
        "day": "day days",
        "night": "night nights",
        "week": "week weeks",
        "weekend": "weekend weekends",
        "fortnight": "fortnight",
        "month": "month months",
        "quarter": "quarter",
        "year": "year years",
        "decade": "decade decades",
        "century": "century centuries",
    }.items()
    for name in names.split()
}
PERIODS = {
    "second": ("T", 1, "S"),
    "minute": ("T", 1, "M"),
    "hour": ("T", 1, "H"),
    "day": ("", 1, "D"),
    "night": ("", 1, "D"),
    "week": ("", 1, "W"),
    "fortnight": ("", 2, "W"),
    "month": ("", 1, "M"),
    "year": ("", 1, "Y"),
    "decade": ("", 10, "Y"),
    "century": ("", 100, "Y"),
}
SHIFTS = frozenset("early late mid earlier later".split())
POINTS = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0}
BEFORE_YEAR = frozenset(
    "in since of by until till before after during from to for between and around about early late mid circa "
    "through and/or to- back – - ( spring summer autumn fall winter".split()
)
BEFORE_MONTH = frozenset(
    "in since of by until till early late mid last next this from between and to on before after during "
    "through around every for".split()
)
NOT_AFTER_YEAR = frozenset(
    {
        "percent",
        "%",
        "per",
        "people",
        "million",
        "billion",
        "thousand",
        "hundred",
        "dollars",
        "euros",
        "km",
        "miles",
        "metres",
        "meters",
        "kilometres",
        "kilometers",
        "times",
        "points",
        "pounds",
        "votes",
        "feet",
    }
)
#: How far a word of the telling steps from the time told last, in the units it names.
TOLD = {"same": 0, "that": 0, "next": 1, "following": 1, "previous": -1}
#: Units that such steps are counted in → how many sentences back the time told last may stand, and how long its value must be.
STEPS = {
    "day": (1, 10),
    "night": (1, 10),
    "week": (1, 8),
    "fortnight": (1, 8),
    "month": (2, 7),
    "year": (3, 4),
    "decade": (3, 4),
}
VAGUE_MANY = frozenset("several some many few".split())
#: Feasts that fall on one day of every year.
HOLIDAYS = {
    ("christmas", "eve"): (12, 24),
    ("christmas", "day"): (12, 25),
    ("christmas",): (12, 25),
    ("boxing", "day"): (12, 26),
    ("new", "year", "'s", "eve"): (12, 31),
    ("new", "year", "'s", "day"): (1, 1),
    ("new", "year", "’s", "eve"): (12, 31),
    ("new", "year", "’s", "day"): (1, 1),
    ("valentine", "'s", "day"): (2, 14),
    ("valentine", "’s", "day"): (2, 14),
    ("may", "day"): (5, 1),
    ("halloween",): (10, 31),
    ("bastille", "day"): (7, 14),
}
VAGUE_PAST = frozenset("recent previous past".split())
RATES = frozenset("a an per each every".split())


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
