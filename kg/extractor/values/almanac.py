"""Dates as the calendar gives them: days, months, seasons, years, decades, and ranges need nothing but the words.

A day or month without its year is taken as the nearest one before the anchor, or after it where the verb looks ahead.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from kg.extractor.values import numbers
from kg.extractor.values.dates import (
    BEFORE_MONTH,
    BEFORE_YEAR,
    DOUBTFUL_MONTHS,
    HOLIDAYS,
    MONTHS,
    NOT_AFTER_YEAR,
    QUARTERS,
    SEASONS,
    day_of,
)
from kg.extractor.values.tense import looks_ahead
from kg.grammar import labels
from kg.model import Parse

#: A day with its parts joined by one sign: the year first, or the month by its name.
JOINED = re.compile(
    r"(?:(?P<y>\d{4})/(?P<m>\d\d?)/(?P<d>\d\d?)|(?P<day>\d\d?)-(?P<name>[A-Za-z]{3,9})-(?P<year>\d{4}|\d\d))(?![\w/])"
)


YEARS_OFF = {"last": -1, "this": 0, "next": 1}


class Found(NamedTuple):
    """A stretch of words read as a time: where it ends (exclusive), its value, its granularity, what it rests on."""

    end: int
    value: str | None
    granularity: str
    relative: bool = False
    kind: str = "time"
    shift: int | None = None  # told from the time before it, this many units away


class Almanac:
    """Absolute dates over one document's words. Every method takes an index and gives what is found there, or None."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.tokens = parse.tokens
        self.words = [t.text.lower() for t in parse.tokens]
        self._inside = frozenset(
            i
            for n in parse.names
            if n.label not in ("DATE", "TIME", "CARDINAL", "ORDINAL", "GPE")
            for i in range(n.first, n.last)
        )  # "The Sunday Times", "Theresa May"
        self.anchor: date | None = day_of(parse.document.date)

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    def calendar(self, i: int) -> Found | None:
        """ "Jan. 29", "29 January 2026", "the 3rd of May", "March 2025", "2024", "2024-05-03"."""
        word = self.word(i)
        if word in MONTHS and self._is_month(i):
            return self._month_first(i)
        if (
            word == "the"
            and numbers.ordinal(self.word(i + 1))
            and self.word(i + 2) == "of"
            and self.word(i + 3) in MONTHS
        ):
            return self._day_first(i + 1, i + 3)
        if word[0:1].isdigit():
            if self.word(i + 1) in MONTHS and self._is_month(i + 1) and self._day_number(i):
                return self._day_first(i, i + 1)
            if self.word(i + 1) == "of" and self.word(i + 2) in MONTHS and numbers.ordinal(word):
                return self._day_first(i, i + 2)
            if (joined := self._joined(i)) is not None:
                return joined
            if len(word) == 10 and word[4] == word[7] == "-" and day_of(word):
                return Found(i + 1, word, "day")
            if (iso := self._iso(i)) is not None:
                return iso
            return self._dotted(i) or self._year(i)
        if word in SEASONS:
            at = i + 2 if self.word(i + 1) == "of" else i + 1
            if (year := self._year_number(at)) is not None:
                return Found(at + 1, f"{year}-{SEASONS[word]}", "season")
        if word in QUARTERS and (year := self._year_number(i + 1)) is not None:
            return Found(i + 2, f"{year}-{QUARTERS[word]}", "quarter")
        return None

    def _joined(self, i: int) -> Found | None:
        """ "2019/11/12", "19-Nov-12", "19-Nov-2012", however the tokenizer cuts them."""
        start = self.tokens[i].start
        match = JOINED.match(self.parse.text, start, start + 12)
        if match is None:
            return None
        end = next((k for k in range(i, min(i + 6, len(self.tokens))) if self.tokens[k].end >= match.end()), None)
        if end is None or self.tokens[end].end != match.end():
            return None
        if match["name"] is None:
            return self._full(end + 1, int(match["y"]), int(match["m"]), int(match["d"]))
        month = MONTHS.get(match["name"].lower())
        year = int(match["year"])
        if year < 100:  # of the century that puts it nearest to the day of writing
            here = self.anchor.year if self.anchor else 2000
            year += here // 100 * 100
            year -= 100 if year > here + 20 else 0
        return self._full(end + 1, year, month, int(match["day"])) if month else None

    def _iso(self, i: int) -> Found | None:
        """ "2024-05-03" cut at its hyphens by the tokenizer."""
        if self.word(i + 1) == self.word(i + 3) == "-" and len(self.word(i)) == 4:
            text = "".join(self.words[i : i + 5])
            if day_of(text) and self.tokens[i + 4].end - self.tokens[i].start == 10:
                return Found(i + 5, text, "day")
        return None

    def _dotted(self, i: int) -> Found | None:
        """ "23.04.2015": with dots the day comes first."""
        parts = self.word(i).split(".")
        if len(parts) == 3 and all(p.isdigit() for p in parts) and [len(p) for p in parts] == [2, 2, 4]:
            return self._full(i + 1, int(parts[2]), int(parts[1]), int(parts[0]))
        return None

    def _is_month(self, i: int) -> bool:
        token = self.tokens[i]
        if not token.text[0].isupper() or token.tag == "MD":
            return False
        if self.words[i] in DOUBTFUL_MONTHS:
            follows = self.word(i + 1)[0:1].isdigit()
            before = self.word(i - 1) in BEFORE_MONTH or bool(self._day_number(i - 1)) or "-" in self.word(i - 1)
            return (
                follows
                or before
                or (token.pos == "PROPN" and i not in self._inside and self.words[i] not in ("may", "march", "mar"))
            )
        return True

    def _day_number(self, i: int) -> int | None:
        word = self.word(i)
        number = (
            int(word) if word.isdigit() and len(word) < 3 else numbers.ordinal(word) if word[:1].isdigit() else None
        )
        return number if number and 1 <= number <= 31 else None

    def _year_number(self, i: int) -> int | None:
        word = self.word(i)
        return int(word) if len(word) == 4 and word.isdigit() and 1000 <= int(word) <= 2199 else None

    def _year_after(self, i: int) -> tuple[int, int] | None:
        """A year at `i`, or after a comma there: the index after it, and the year."""
        at = i + 1 if self.word(i) in (",", "of") else i
        year = self._year_number(at)
        return (at + 1, year) if year is not None and self.word(at + 1) not in NOT_AFTER_YEAR else None

    def _year_told(self, i: int) -> tuple[int, int] | None:
        """ "last year", "of next year" after a month: the index after it, and the year."""
        at = i + 1 if self.word(i) in ("of", ",") else i
        if self.anchor is None or self.word(at + 1) != "year" or self.word(at) not in YEARS_OFF:
            return None
        return at + 2, self.anchor.year + YEARS_OFF[self.word(at)]

    def _month_first(self, i: int) -> Found | None:
        month, day = MONTHS[self.words[i]], self._day_number(i + 1)
        if (told := self._year_told(i + (2 if day else 1))) is not None:  # "February last year"
            end, year_told = told
            whole = self._full(end, year_told, month, day) if day else None
            return whole or Found(end, f"{year_told:04d}-{month:02d}", "month", True)
        if day:
            end = i + 2
            if year := self._year_after(end):
                return self._full(year[0], year[1], month, day)
            return self._yearless(end, month, day, i)
        if year := self._year_after(i + 1):
            return Found(year[0], f"{year[1]:04d}-{month:02d}", "month")
        return self._yearless(i + 1, month, None, i)

    def _day_first(self, i: int, at: int) -> Found | None:
        month, day = MONTHS[self.words[at]], self._day_number(i) or numbers.ordinal(self.word(i))
        if not day:
            return None
        if year := self._year_told(at + 1) or self._year_after(at + 1):
            return self._full(year[0], year[1], month, day)
        return self._yearless(at + 1, month, day, at)

    def _full(self, end: int, year: int, month: int, day: int) -> Found | None:
        try:
            return Found(end, date(year, month, day).isoformat(), "day")
        except ValueError:
            return None

    def _yearless(self, end: int, month: int, day: int | None, i: int) -> Found:
        """A month, or a day of a month, in the year that makes it the nearest one in the direction of the tense."""
        granularity = "day" if day else "month"
        if self.anchor is None:
            return Found(end, None, granularity, True)
        here = (self.anchor.month, self.anchor.day if day else 0)
        there, year = (month, day or 0), self.anchor.year
        if looks_ahead(self.parse, i):
            year += there < here
        else:
            year -= there > here
        if day:
            return (self._full(end, year, month, day) or Found(end, None, granularity))._replace(relative=True)
        return Found(end, f"{year:04d}-{month:02d}", granularity, True)

    def _year(self, i: int) -> Found | None:
        year = self._year_number(i)
        if year is None:
            return None
        token, after = self.tokens[i], self.word(i + 1)
        if after in NOT_AFTER_YEAR or self.word(i - 1) in ("$", "£", "€", "#", "no.", "nos."):
            return None
        named = (
            token.dep in labels.DATED
            or self.word(i - 1) in BEFORE_YEAR
            or after in ("-", "–", ",", ".", ")")
            or 1900 <= year <= 2050
        )
        if not named or (
            token.dep in labels.NUMBERS and self.tokens[token.head].tag in ("NNS", "NNPS") and not 1900 <= year <= 2050
        ):
            return None
        return Found(i + 1, f"{year:04d}", "year")

    def holiday(self, i: int) -> Found | None:
        """ "Christmas Eve", "New Year's Day 2012"; never "the Christmas market"."""
        if not self.tokens[i].text[0].isupper():
            return None
        for n in range(min(4, len(self.words) - i), 0, -1):
            if (feast := HOLIDAYS.get(tuple(self.words[i : i + n]))) is not None:
                if self.tokens[i + n - 1].dep in labels.OWNING:
                    return None
                year = self._year_after(i + n)
                return self._full(year[0], year[1], *feast) if year else self._yearless(i + n, *feast, i)
        return None

    def decade(self, i: int) -> Found | None:
        """ "the 1990s", "mid-1980s", "the nineties" of the last century, "the 20th century"."""
        at = i + 1 if self.word(i) == "the" else i
        if self.word(at) in ("'", "’", "‘"):  # "the '60s"
            at += 1
        word = self.word(at).removeprefix("mid-").lstrip("'’‘")
        if (
            len(word) == 3
            and word[0].isdigit()
            and word[1:] == "0s"
            and (at > 0 and self.word(at) != word or self.word(at - 1) in ("'", "’", "‘"))
        ):
            return Found(at + 1, f"19{word[0]}X", "decade")
        for cut in ("s", "'s", "’s"):
            stem = word.removesuffix(cut)
            if stem != word and len(stem) == 4 and stem.isdigit() and stem.endswith("0"):
                return Found(at + 1, stem[:3] + "X", "decade") if stem[2] != "0" or stem[:2] in ("20", "19") else None
        if (
            word[:4].isdigit()
            and len(word) == 4
            and word.endswith("0")
            and self.word(at + 1) in ("s", "'s", "’s")
            and self.word(i) == "the"
            and self.tokens[at + 1].dep != "case"
        ):
            return Found(at + 2, word[:3] + "X", "decade")
        if (
            (number := numbers.ordinal(word.removesuffix("-century")))
            and (word.endswith("-century") or self.word(at + 1) == "century")
            and number < 23
        ):
            return Found(at + (1 if word.endswith("-century") else 2), f"{number - 1:02d}XX", "century")
        return None
