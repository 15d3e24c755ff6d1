"""Times that rest on the day of writing or on what was told before: "yesterday", "two days later", "over the weekend".

What rests on the telling gets its distance from the time told last (`Found.shift`); `told` lays these distances on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from kg.extractor.values import numbers
from kg.extractor.values.almanac import Almanac, Found
from kg.extractor.values.dates import (
    CALENDAR_UNITS,
    MONTHS,
    PARTS,
    PERIODS,
    POINTS,
    SEASONS,
    STEPS,
    TOLD,
    UNITS,
    VAGUE_MANY,
    VAGUE_PAST,
    VAGUE_UNITS,
    WEEKDAYS,
    day_of,
    move,
)
from kg.extractor.values.tense import looks_ahead
from kg.model import Parse

NEXT_BUT_ONE = frozenset({("before", "yesterday"), ("after", "tomorrow")})


class Deixis(Almanac):
    """Times that need an anchor. Every method takes an index and gives what is found there, or None."""

    def weekday(self, i: int) -> Found | None:
        """ "Friday", "last Friday", "Friday morning", "Friday, 3 March 2023"."""
        way = self.word(i) if self.word(i) in ("last", "next", "this", "past", "coming") else ""
        at = i + 1 if way else i
        word = self.word(at)
        if word not in WEEKDAYS or not self.tokens[at].text[0].isupper():
            return None
        if word.endswith("days") or self.word(i - 1) in ("every", "each") or at in self._inside:
            return None
        end = at + 1
        if self.word(end) in PARTS:
            end += 1
        dated = self.calendar(end + 1 if self.word(end) in (",", "(") else end)
        if dated is not None and dated.granularity == "day":
            return dated
        if self.anchor is None:
            return Found(end, None, "day", True)
        offset = (self.anchor.weekday() - WEEKDAYS[word]) % 7
        if (
            way == "next"
            or (way in ("this", "coming") and looks_ahead(self.parse, at))
            or (not way and looks_ahead(self.parse, at))
        ):
            ahead = (-offset) % 7
            return self._relative(end, ahead or (7 if way == "next" else 0))
        return self._relative(end, -(offset or (7 if way in ("last", "past") else 0)))

    def _relative(self, end: int, days: int) -> Found:
        if self.anchor is None:
            return Found(end, None, "day", True)
        return Found(end, (self.anchor + timedelta(days=days)).isoformat(), "day", True)

    def deictic(self, i: int) -> Found | None:
        """ "yesterday", "tomorrow morning", "tonight", "today" where it is no synonym of nowadays."""
        word = self.word(i)
        if word == "the" and self.word(i + 1) == "day" and (self.word(i + 2), self.word(i + 3)) in NEXT_BUT_ONE:
            return self._relative(i + 4, 2 * POINTS[self.word(i + 3)])
        if word not in POINTS:
            return None
        end = i + 2 if self.word(i + 1) in PARTS else i + 1
        return self._relative(end, POINTS[word])

    def pointing(self, i: int) -> Found | None:
        """ "last year", "this month", "next summer", "last March", "that day", "the following week"."""
        at = i + 1 if self.word(i) in ("the", "these") else i
        way, unit = self.word(at), self.word(at + 1)
        if way in TOLD and (self.word(i) == "the" or way == "that"):
            if unit in PARTS | {"night"} and self.word(at + 2) not in ("of", "before"):
                return Found(at + 2, None, "day", True, shift=TOLD[way])
            if unit in UNITS and unit == UNITS[unit] and unit in PERIODS:
                return Found(at + 2, None, unit, True, shift=TOLD[way])
        if way in VAGUE_PAST | {"coming"} and unit in VAGUE_UNITS:
            return Found(at + 2, None, UNITS[unit], True)
        if way not in ("last", "this", "next", "past", "coming") or (at != i and way in ("last", "this")):
            return None
        step = {"last": -1, "past": -1, "this": 0, "next": 1, "coming": 1}[way]
        if unit in PARTS:
            if unit == "night" and way == "last":
                return self._relative(at + 2, -1)
            return self._relative(at + 2, 0) if way == "this" else None
        if unit in UNITS and unit == UNITS[unit] and way not in ("past",):
            return self._this(at + 2, UNITS[unit], step)
        if self.anchor is None:
            return (
                Found(at + 2, None, "season" if unit in SEASONS else "month", True)
                if unit in SEASONS or unit in MONTHS
                else None
            )
        if unit in MONTHS and self.tokens[at + 1].text[0].isupper():
            year, month = self.anchor.year, MONTHS[unit]
            year += (month <= self.anchor.month) if step > 0 else -(month >= self.anchor.month) if step < 0 else 0
            if (day := self._day_number(at + 2)) and (full := self._full(at + 3, year, month, day)):
                return full._replace(relative=True)
            return Found(at + 2, f"{year:04d}-{month:02d}", "month", True)
        if unit in SEASONS:
            year = self.anchor.year
            over = self.anchor.month > {21: 5, 22: 8, 23: 11, 24: 2}[SEASONS[unit]]
            year += -1 if step < 0 and not over else 1 if step > 0 and over else 0
            return Found(at + 2, f"{year:04d}-{SEASONS[unit]}", "season", True)
        return None

    def _this(self, end: int, unit: str, step: int = 0) -> Found | None:
        """The unit that holds the anchor, or one some steps from it."""
        if unit not in CALENDAR_UNITS:
            return None
        return Found(end, move(self.anchor, unit, step) if self.anchor else None, unit, True)

    def ago(self, i: int) -> Found | None:
        """ "two weeks ago", "a year ago", "three days earlier" (left open: earlier than what?)."""
        vague = (
            i + 1
            if self.word(i) in VAGUE_MANY
            else i + 2
            if self.word(i) == "a" and self.word(i + 1) in ("few", "couple")
            else None
        )
        read = (vague, 0) if vague else (i + 1, 1) if self.word(i) in ("a", "an") else numbers.read(self.words, i)
        if read is None or self.word(read[0]) not in UNITS:
            return None
        end, unit = read[0], UNITS[self.words[read[0]]]
        steps = int(read[1]) if float(read[1]).is_integer() and not vague else None
        word = self.word(end + 1)
        if word == "ago":
            return Found(end + 2, move(self.anchor, unit, -steps) if self.anchor and steps else None, unit, True)
        if unit not in PERIODS:
            return None
        if word in ("later", "earlier", "before", "prior", "after", "afterwards"):
            alone = word in ("later", "earlier", "afterwards") or word == "before" and not self.clause_after(end + 1)
            step = steps if steps and alone and unit in STEPS else None
            return Found(
                end + 2, None, unit, True, shift=step if step is None or word in ("later", "afterwards") else -step
            )
        if steps and self.word(i - 1) == "in" and looks_ahead(self.parse, end) and self.anchor and unit in STEPS:
            return Found(end + 1, move(self.anchor, unit, steps), unit, True)  # "will meet in two weeks"
        return None

    def clause_after(self, i: int) -> bool:
        """Whether something follows word `i` in its sentence that it can govern ("two days before the vote")."""
        after = (
            self.tokens[i + 1]
            if i + 1 < len(self.tokens) and self.tokens[i + 1].sentence == self.tokens[i].sentence
            else None
        )
        return after is not None and after.pos not in ("PUNCT", "CCONJ", "VERB", "AUX", "ADP", "SPACE")

    def stretch(self, i: int) -> Found | None:
        """ "the past two years", "the last five weeks", "the next ten days": from or to the day of writing."""
        at = i + 1 if self.word(i) == "the" else i
        way = self.word(at)
        if (
            way not in ("past", "last", "next", "coming", "previous")
            or (read := numbers.read(self.words, at + 1)) is None
            or self.word(read[0]) not in UNITS
        ):
            return None
        unit, steps = UNITS[self.word(read[0])], read[1]
        if unit not in STEPS or not float(steps).is_integer():
            return None
        ahead = way in ("next", "coming")
        there = (
            move(self.anchor, unit, int(steps) if ahead else -int(steps)) if self.anchor and way != "previous" else None
        )
        here = move(self.anchor, unit, 0) if self.anchor else None
        value = None if there is None else f"{here}/{there}" if ahead else f"{there}/{here}"
        return Found(read[0] + 1, value, unit, True)

    def weekend(self, i: int) -> Found | None:
        """ "over the weekend", "at the weekend": the last one, or the next where the verb looks ahead."""
        if (
            self.word(i) != "the"
            or self.word(i + 1) != "weekend"
            or self.word(i - 1) not in ("over", "at", "during", "on")
        ):
            return None
        if self.anchor is None:
            return Found(i + 2, None, "weekend", True)
        near = looks_ahead(self.parse, i + 1) or self.anchor.weekday() >= 5
        return self._this(i + 2, "weekend", 0 if near else -1)


def told(
    parse: Parse, found: Iterable[tuple[int, Found]], today: date | None
) -> Iterator[tuple[int, Found, str | None]]:
    """Each time with its first word and the day that it rests on; those told from another one now have their value.

    What would then lie after the day of writing was told from something else.
    """
    last: tuple[int, date, int] | None = None  # sentence, first day, length of the value
    for i, one in found:
        rests: str | None = None
        sentence = parse.tokens[i].sentence
        if one.shift is not None and last is not None:
            near, fine = STEPS[one.granularity]
            if (
                sentence - last[0] <= near
                and last[2] >= fine
                and (value := move(last[1], one.granularity, one.shift)) is not None
                and (today is None or (day := first_day(value)) is None or day <= today)
            ):
                one, rests = one._replace(value=value), last[1].isoformat()
        if one.kind == "time" and one.value is not None and (day := first_day(one.value)) is not None:
            last = sentence, day, len(one.value)
        yield i, one, rests


def first_day(value: str) -> date | None:
    """The first day of a plain year, month, week or day."""
    if len(value) == 8 and value[4:6] == "-W":
        return date.fromisocalendar(int(value[:4]), int(value[6:]), 1)
    return (
        day_of(value + "-01-01"[len(value) - 4 :])
        if len(value) in (4, 7)
        else day_of(value)
        if "/" not in value
        else None
    )
