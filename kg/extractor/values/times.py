"""When and how long: a small grammar over the words, giving EDTF and ISO 8601 values that keep their granularity.

"2024" stays a year, "late January" a month, "last week" an ISO week, "the 1990s" a decade (199X), "for seven months" a
duration (P7M), "since 2022" an open interval (2022/..). What needs a day to be resolved against uses the day of
publication, else a full date in the opening lines, else stays open: `value` None. Ages ("a 12-year-old") and rates
("twice a year", "each Friday") are no times.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.extractor.values import numbers
from kg.extractor.values.almanac import Found
from kg.extractor.values.dates import (
    BETWEEN,
    CLOCKS,
    HOLIDAYS,
    MONTHS,
    OPENERS,
    PARTS,
    PERIODS,
    POINTS,
    QUARTERS,
    RATES,
    SEASONS,
    SHIFTS,
    STAGES,
    UNITS,
    VAGUE_MANY,
    VAGUE_PAST,
    WEEKDAYS,
    period,
)
from kg.extractor.values.deixis import Deixis, told
from kg.model import Parse, Time


def find_times(parse: Parse) -> tuple[Time, ...]:
    """All times and durations of the document, in order of the text, none inside another."""
    reader = _Reader(parse)
    times: list[tuple[int, Found]] = []
    i = 0
    words = reader.words
    hot = [
        n for n, word in enumerate(words) if word in _CORES or word[0].isdigit() or word[1:2].isdigit() or "-" in word
    ]
    near = {k for n in hot for k in range(max(0, n - 5), n + 1)}  # where a time can start
    while i < len(words):
        if i in near and (words[i] in _STARTS or words[i][0].isdigit() or "-" in words[i]):
            found = reader.at(i)
            if found is not None:
                times.append((i, found))
                i = found.end
                continue
        i += 1
    anchor = reader.anchor.isoformat() if reader.anchor else None
    return tuple(_time(parse, i, found, rests or anchor) for i, found, rests in told(parse, times, reader.anchor))


def _time(parse: Parse, first: int, found: Found, anchor: str | None) -> Time:
    tokens = parse.tokens
    start, end = parse.span(first, found.end - 1)
    inside = range(first, found.end)
    head = next((i for i in inside if tokens[i].head not in inside or tokens[i].head == i), first)
    return Time(
        start=start,
        end=end,
        text=parse.text[start:end],
        value=found.value,
        granularity=found.granularity,
        anchor=anchor if found.relative and found.value is not None else None,
        kind="duration" if found.kind == "duration" else "time",
        head=head,
    )


class _Reader(Deixis):
    """The grammar of whole expressions. Every method takes an index and gives what is found there, or None."""

    # -------------------------------------------------------------- whole expressions

    def at(self, i: int) -> Found | None:
        """The longest time or duration that starts at word `i`."""
        for rule in _RULES:
            found = rule(self, i)
            if found is not None:
                return found
        return None

    def point(self, i: int) -> Found | None:
        """One time without a range: a date, a weekday, a deictic word."""
        for rule in (
            _Reader.shifted,
            _Reader.clock,
            _Reader.weekday,
            _Reader.calendar,
            _Reader.holiday,
            _Reader.decade,
            _Reader.deictic,
            _Reader.stretch,
            _Reader.pointing,
            _Reader.weekend,
            _Reader.ago,
        ):
            found = rule(self, i)
            if found is not None:
                return found
        return None

    def interval(self, i: int) -> Found | None:
        """ "between 2014 and 2016", "from Monday to Friday", "2014-2016", "2003-04"; the value is an EDTF interval."""
        opener = self.word(i)
        start = i + 1 if opener in ("between", "from") else i
        left = self.point(start)
        if left is None or left.kind != "time":
            return None
        joint = self.word(left.end)
        if joint not in (
            ("and",)
            if opener == "between"
            else ("to", "until", "till", "through", "-", "–", "—")
            if opener == "from"
            else ("-", "–", "to")
            if left.granularity == "year"
            else ("–", "-")
        ):
            return None
        right = self.point(left.end + 1)
        if (
            right is None
            and joint in "-–"
            and left.granularity == "year"
            and len(self.word(left.end + 1)) == 2
            and self.word(left.end + 1).isdigit()
            and left.value
        ):
            right = Found(left.end + 2, left.value[:2] + self.word(left.end + 1), "year")
        if right is None or right.kind != "time":
            return None
        if (
            left.relative
            and left.value
            and right.value
            and not right.relative
            and left.value[5:]
            and len(left.value) == len(right.value)
        ):
            value = right.value[:4] + left.value[4:]  # "between March and June 2019"
            if value > right.value:
                value = f"{int(right.value[:4]) - 1:04d}{left.value[4:]}"
            left = left._replace(value=value, relative=False)
        known = left.value and right.value and left.value <= right.value
        return Found(
            right.end,
            f"{left.value}/{right.value}" if known else None,
            right.granularity,
            left.relative or right.relative,
        )

    def since(self, i: int) -> Found | None:
        """ "since 2022" leaves the interval open; the word "since" stays outside the span."""
        if self.word(i - 1) != "since" or (found := self.point(i)) is None or found.kind != "time":
            return None
        return found._replace(value=f"{found.value}/.." if found.value else None)

    def shifted(self, i: int) -> Found | None:
        """ "late January", "mid-March", "the end of last year", "earlier this month", "the first half of 2020"."""
        word = self.word(i)
        if word in SHIFTS:
            at = i + 1
            if self.word(at) in ("in", "on") and word != "mid":
                at += 1
            if self.word(at) == "the" and word in ("late", "early"):
                at += 1
            found = self.point(at)
            if found is None and word == "late" and self.word(at) == "last":
                found = self.pointing(at)
            if found is not None and found.kind == "time":
                return found
            if (
                word in ("earlier", "later")
                and self.word(i + 1) == "in"
                and self.word(i + 2) == "the"
                and self.word(i + 3) in UNITS
            ):
                here = self._this(i + 4, UNITS[self.word(i + 3)])
                return here._replace(shift=0) if here is not None and here.granularity == "day" else here
            return None
        if word.startswith("mid-") and word[4:] in MONTHS:
            if year := self._year_after(i + 1):
                return Found(year[0], f"{year[1]:04d}-{MONTHS[word[4:]]:02d}", "month")
            return self._yearless(i + 1, MONTHS[word[4:]], None, i)
        if word.startswith("mid-") and len(word) == 8 and word[4:].isdigit():
            return Found(i + 1, word[4:], "year")
        at = i + 1 if word == "the" else i
        if self.word(at) in STAGES and self.word(at + 1) == "of":
            skip = 1 if self.word(at + 2) == "the" and self.word(at + 3) in UNITS else 0
            if skip:
                return self._this(at + 4, UNITS[self.word(at + 3)])
            found = self.point(at + 2)
            return found if found is not None and found.kind == "time" else None
        number = numbers.ordinal(self.word(at))
        if number and number < 5 and self.word(at + 1) in ("half", "quarter"):
            return self.part_of_year(i, at, number)
        return None

    def part_of_year(self, i: int, at: int, number: int) -> Found | None:
        """ "the first half of 2020"; "in the third quarter": of the year in which it last began."""
        part, end = self.word(at + 1), at + 2
        code, months = (32, 3) if part == "quarter" else (39, 6)
        if self.word(end) == "of":
            found = self.point(end + 1)
            if found and found.granularity == "year" and found.value and len(found.value) == 4:
                return found._replace(value=f"{found.value}-{code + number}", granularity=part)
            if self.word(end + 1) not in ("the", "this") or self.word(end + 2) != "year":
                return None
            end += 3
        elif part == "half" or self.word(i) != "the" or self.word(i - 1) not in ("in", "for", "during", "since", "by"):
            return None
        if self.anchor is None:
            return Found(end, None, part, True)
        year = self.anchor.year - ((number - 1) * months >= self.anchor.month)
        return Found(end, f"{year}-{code + number}", part, True)

    def clock(self, i: int) -> Found | None:
        """ "9 a.m. on Friday", "10:30 pm": an hour of the day named beside it, or of an unknown day."""
        word = self.word(i)
        hours, colon, minutes = word.replace(".", ":").partition(":")
        if not (hours.isdigit() and len(hours) < 3 and (not colon or (minutes.isdigit() and len(minutes) == 2))):
            return None
        end, half = i + 1, self.word(i + 1).replace(".", "")
        if half in ("am", "pm"):
            end += 1
        elif not (":" in word and int(hours) < 24 and int(minutes) < 60):
            return None
        if int(hours) > (12 if half in ("am", "pm") else 24):
            return None
        hour = int(hours) % 12 + 12 * (half == "pm") if half in ("am", "pm") else int(hours)
        if self.word(end) in CLOCKS:
            end += 2 if self.word(end + 1) == "time" else 1
        at = end + 1 if self.word(end) in ("on", ",") else end
        day = self.weekday(at) or self.deictic(at) or self.calendar(at)
        if day is not None and day.granularity == "day":
            value = f"{day.value}T{hour:02d}:{minutes or '00'}" if day.value else None
            return Found(day.end, value, "time", day.relative)
        return Found(end, None, "time", True)

    # -------------------------------------------------------------- how long

    def duration(self, i: int) -> Found | None:
        """ "seven months" after "for", "a two-year ban", "for decades"; never an age or a rate."""
        word = self.word(i)
        if "-" in word:
            return self._hyphenated(i)
        before = self.word(i - 1)
        if word in UNITS and word != UNITS[word] and before == "for":
            return Found(i + 1, None, UNITS[word], False, "duration")
        read = (i + 1, 1) if word in ("a", "an") else numbers.read(self.words, i)
        if read is None:
            return None
        end, number = read
        if (
            self.word(end) == "and"
            and self.word(end + 1) == "a"
            and self.word(end + 2) == "half"
            and self.word(end + 3) in UNITS
        ):
            number, end = number + 0.5, end + 3
        if self.word(end) in BETWEEN:
            end += 1
        if self.word(end) not in UNITS or (unit := UNITS[self.words[end]]) not in PERIODS:
            return None
        if word in ("a", "an") and before not in ("for", "within", "in", "over", "almost", "nearly", "about", "than"):
            return None
        if (
            self.word(end + 1) in ("after", "before", "away", "back", "from")
            or before in ("first", "last", "final")
            or before == "in"
            and (self.word(i - 2) == "time" or self.word(end + 1) in ("'", "’", "time"))
        ):
            return None  # "two days after the vote", "for the first time in ten years", "in two weeks' time"
        if (
            self.word(end + 1) in ("old", "of", "-")
            and self.word(end + 1) == "old"
            or before in RATES
            or before in ("aged", "the", "age")
        ):
            return None
        return Found(end + 1, period(number, unit), unit, False, "duration")

    def _hyphenated(self, i: int) -> Found | None:
        """ "a 12-year sentence", "the three-day visit"; "a 12-year-old" and "year-long" aside."""
        parts = self.word(i).split("-")
        if len(parts) == 2 and parts[1] in PERIODS and (number := numbers.plain(parts[0])) is not None:
            if self.word(i + 1) == "old" or self.word(i + 1)[:4] == "-old":
                return None
            return Found(i + 1, period(number, parts[1]), parts[1], False, "duration")
        if len(parts) == 2 and parts[1] in ("long", "old") and parts[0] in PERIODS and parts[1] == "long":
            return Found(i + 1, period(1, parts[0]), parts[0], False, "duration")
        return None


_RULES: tuple[Callable[[_Reader, int], Found | None], ...] = (
    _Reader.interval,
    _Reader.since,
    _Reader.point,
    _Reader.duration,
)
_CORES = (
    frozenset(MONTHS)
    | frozenset(WEEKDAYS)
    | frozenset(POINTS)
    | frozenset(SEASONS)
    | frozenset(QUARTERS)
    | frozenset(UNITS)
    | PARTS
    | frozenset(w for feast in HOLIDAYS for w in feast if w.isalpha())
)
_STARTS = (
    frozenset(MONTHS)
    | frozenset(WEEKDAYS)
    | frozenset(POINTS)
    | frozenset(SHIFTS)
    | frozenset(SEASONS)
    | frozenset(QUARTERS)
    | numbers.OPENERS
    | frozenset(numbers.ORDINALS)
    | VAGUE_PAST
    | frozenset(UNITS)
    | VAGUE_MANY
    | frozenset(feast[0] for feast in HOLIDAYS)
    | OPENERS
)
