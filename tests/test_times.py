"""Times from flat parses: every word hangs on the verb, marked with a star."""

import pytest

from kg.extractor.values.times import find_times
from kg.model import Parse, Time
from tests.helpers.parses import by_hand

DAY = "2026-01-31"  # a Saturday


def flat(sentence: str, date: str | None = DAY, tag: str = "VBD", names: dict[str, str] | None = None) -> Parse:
    """A parse without structure: enough for the words; "will" and "to" become helpers of the verb."""
    words = sentence.split()
    verb = next(i for i, word in enumerate(words) if word.startswith("*"))
    notation = []
    for i, word in enumerate(words):
        if i == verb:
            notation.append(f"{word[1:]}/{tag}")
        elif word in ("will", "may"):
            notation.append(f"{word}/MD/aux/{verb}")
        else:
            kind = (
                "CD"
                if word[0].isdigit()
                else "NNP"
                if word[0].isupper() and i
                else "IN"
                if word in ("in", "on", "of")
                else "NN"
            )
            notation.append(f"{word}/{kind}/{'pobj' if kind == 'CD' else 'dep'}/{verb}")
    return by_hand(" ".join(notation), names, date=date)


def one(sentence: str, **options: object) -> Time:
    found = find_times(flat(sentence, **options))  # type: ignore[arg-type]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("sentence", "text", "value", "granularity"),
    [
        ("He *left on Friday", "Friday", "2026-01-30", "day"),
        ("He *left on Saturday", "Saturday", "2026-01-31", "day"),
        ("He *left last Saturday", "last Saturday", "2026-01-24", "day"),
        ("He *left on Monday morning", "Monday morning", "2026-01-26", "day"),
        ("He *left on Wednesday , 14 January 2026", "Wednesday, 14 January 2026", "2026-01-14", "day"),
        ("He *left on Jan. 29", "Jan. 29", "2026-01-29", "day"),
        ("He *left on 12 February", "12 February", "2025-02-12", "day"),
        ("He *left on March 3 , 1961", "March 3, 1961", "1961-03-03", "day"),
        ("He *left on the 3rd of May 1999", "the 3rd of May 1999", "1999-05-03", "day"),
        ("He *left in March 2025", "March 2025", "2025-03", "month"),
        ("He *left in late January", "late January", "2026-01", "month"),
        ("He *left in mid-December", "mid-December", "2025-12", "month"),
        ("He *left in early 2019", "early 2019", "2019", "year"),
        ("He *left last year", "last year", "2025", "year"),
        ("He *left earlier this month", "earlier this month", "2026-01", "month"),
        ("He *left last week", "last week", "2026-W04", "week"),
        ("He *left two weeks ago", "two weeks ago", "2026-W03", "week"),
        ("He *left three days ago", "three days ago", "2026-01-28", "day"),
        ("He *left a year ago", "a year ago", "2025", "year"),
        ("He *left yesterday", "yesterday", "2026-01-30", "day"),
        ("He *left last night", "last night", "2026-01-30", "day"),
        ("He *left in the 1990s", "the 1990s", "199X", "decade"),
        ("He *left in the 19th century", "the 19th century", "18XX", "century"),
        ("He *left last summer", "last summer", "2025-22", "season"),
        ("He *left in summer 2019", "summer 2019", "2019-22", "season"),
        ("He *left in the first quarter of 2020", "the first quarter of 2020", "2020-33", "quarter"),
        ("He *left between 2014 and 2016", "between 2014 and 2016", "2014/2016", "year"),
        ("He *ruled from 2001 to 2005", "from 2001 to 2005", "2001/2005", "year"),
        ("He *ruled since 2022", "2022", "2022/..", "year"),
        ("He *left at 9 a.m. on Tuesday", "9 a.m. on Tuesday", "2026-01-27T09:00", "time"),
        ("He *left at the end of last year", "the end of last year", "2025", "year"),
        ("He *left over the weekend", "the weekend", "2026-01-31/2026-02-01", "weekend"),
        ("He *left on Christmas Day", "Christmas Day", "2025-12-25", "day"),
        ("He *left on New Year 's Eve 2012", "New Year's Eve 2012", "2012-12-31", "day"),
        ("He *left in the '60s", "the '60s", "196X", "decade"),
        ("He *left on 23.04.2015", "23.04.2015", "2015-04-23", "day"),
        ("Sales *fell in the third quarter", "the third quarter", "2025-35", "quarter"),
        ("Sales *fell in the second half of the year", "the second half of the year", "2025-41", "half"),
        ("He *ruled between March and June 2019", "between March and June 2019", "2019-03/2019-06", "month"),
        ("He *ruled from November to May 2019", "from November to May 2019", "2018-11/2019-05", "month"),
        ("He *wrote it in the past two years", "the past two years", "2024/2026", "year"),
        ("He *left later in the day", "later in the day", "2026-01-31", "day"),
    ],
)
def test_a_time_keeps_its_granularity(sentence: str, text: str, value: str, granularity: str) -> None:
    found = one(sentence)
    assert (found.text, found.value, found.granularity, found.kind) == (text, value, granularity, "time")


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("He *stayed for seven months", "P7M"),
        ("He *got a 12-year sentence", "P12Y"),
        ("He *stayed for two hours", "PT2H"),
        ("He *stayed for a decade", "P10Y"),
        ("He *stayed for two and a half years", "P2Y6M"),
        ("He *stayed for three weeks", "P3W"),
    ],
)
def test_durations(sentence: str, value: str) -> None:
    found = one(sentence)
    assert (found.kind, found.value, found.anchor) == ("duration", value, None)


def test_a_duration_without_number_stays_open() -> None:
    assert (one("He *stayed for decades").kind, one("He *stayed for decades").value) == ("duration", None)


@pytest.mark.parametrize(
    "sentence",
    [
        "A 12-year-old boy *left",
        "He *left twice a year",
        "He *left each Friday",
        "He may *leave",
        "Some 2000 people *left",
        "He *paid 1500 dollars",
        "They *scored 2 goals",
        "They *met for the first time in ten years",
        "They *led in the first half",
        "He *leaves in two weeks ' time",
    ],
)
def test_ages_rates_and_counts_are_no_times(sentence: str) -> None:
    assert find_times(flat(sentence)) == ()


def test_a_feast_that_names_something_is_no_time() -> None:
    assert (
        find_times(
            by_hand(
                "They/PRP/nsubj/saw saw=see/VBD a/DT/det/market Christmas/NNP/compound/market market/NN/dobj/saw",
                date=DAY,
            )
        )
        == ()
    )


def test_the_future_looks_ahead() -> None:
    assert one("They will *meet on Friday", tag="VB").value == "2026-02-06"
    assert one("They will *meet in March", tag="VB").value == "2026-03"
    assert one("The fair *opens on Monday", tag="VBZ").value == "2026-02-02"
    assert one("They will *meet in two weeks", tag="VB").value == "2026-W07"


def test_what_is_told_from_another_time_rests_on_it() -> None:
    def values(sentence: str) -> list[tuple[str | None, str | None]]:
        return [(t.value, t.anchor) for t in find_times(flat(sentence))]

    assert values("He *fell on Monday and *died the next day") == [("2026-01-26", DAY), ("2026-01-27", "2026-01-26")]
    assert values("He *fell on Monday and *died three days later") == [
        ("2026-01-26", DAY),
        ("2026-01-29", "2026-01-26"),
    ]
    assert values("He *fell on Monday after he *met her the previous evening") == [
        ("2026-01-26", DAY),
        ("2026-01-25", "2026-01-26"),
    ]
    assert values("He *wed in 1966 and *moved a year later") == [("1966", None), ("1967", "1966-01-01")]
    assert values("He *wed in March 2014 and *moved that month") == [("2014-03", None), ("2014-03", "2014-03-01")]


def test_what_is_told_from_a_coarser_or_later_time_or_from_none_stays_open() -> None:
    def values(sentence: str) -> list[str | None]:
        return [t.value for t in find_times(flat(sentence))]

    assert values("He *wed in 1966 and *moved two days later") == ["1966", None]
    assert values("He *wed on Friday and *moved two weeks later") == ["2026-01-30", None]
    assert values("He *died the next day") == [None]
    assert values("He *died a few months ago") == [None]


def test_a_distance_from_an_event_is_no_duration() -> None:
    found = one("He *left two days after the vote")
    assert (found.kind, found.value) == ("time", None)


def test_absolute_times_have_no_anchor_and_relative_ones_do() -> None:
    assert one("He *left in 2024").anchor is None
    assert one("He *left on Friday").anchor == DAY


def test_without_a_date_a_relative_time_stays_open() -> None:
    found = one("He *left on Friday", date=None)
    assert (found.value, found.anchor, found.granularity) == (None, None, "day")


def test_a_date_inside_an_undated_text_is_no_anchor() -> None:
    parse = by_hand("""LIMA/NNP ,/, March/NNP/dep/LIMA 3/CD/nummod/March ,/, 2026/CD/nummod/March
                       He/PRP/nsubj/left left=leave/VBD on/IN/prep/left Monday/NNP/pobj/on""")
    assert [(t.value, t.anchor) for t in find_times(parse)] == [("2026-03-03", None), (None, None)]


def test_an_old_date_within_a_sentence_is_no_times_anchor_later() -> None:
    parse = by_hand(
        "\n".join(
            ["He/PRP/nsubj/slept slept=sleep/VBD ./."] * 3
            + [
                "It/PRP/nsubj/fell fell=fall/VBD on/IN/prep/fell May/NNP/pobj/on 4/CD/nummod/May ,/, "
                "1980/CD/nummod/May",
                "He/PRP/nsubj/left left=leave/VBD on/IN/prep/left Monday/NNP/pobj/on",
            ]
        )
    )
    assert [t.value for t in find_times(parse)] == ["1980-05-04", None]


def test_a_weekday_in_a_name_is_none() -> None:
    assert find_times(flat("The Sunday Courier *said so", names={"The Sunday Courier": "ORG"})) == ()


def test_the_head_is_the_word_that_hangs_outside() -> None:
    parse = by_hand(
        "He/PRP/nsubj/left left=leave/VBD on/IN/prep/left 3/CD/nummod/March March/NNP/pobj/on 2024/CD/nummod/March",
        date=DAY,
    )
    (found,) = find_times(parse)
    assert parse.tokens[found.head].text == "March" and parse.quote(found.span) == found.text == "3 March 2024"
