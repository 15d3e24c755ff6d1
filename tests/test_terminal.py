"""The summary and the tables, from values made by hand."""

from __future__ import annotations

import json

import pytest

from kg.cli import summaries, terminal
from kg.model import Claim, Document, Entity, Event, Evidence, Mention, Quantity, Reading, Role, Standing, Time, Value

E = Evidence(0, 3, "test")


def reading() -> Reading:
    ana = Entity("e1", "Person", "Ana Ruiz", (Mention(0, 3, "name", 0), Mention(9, 12, "pronoun", 2)))
    lima = Entity("e2", "Settlement", "Lima", (Mention(4, 8, "name", 1),))
    crowd = Entity("e3", "Group", "crowd", (Mention(13, 18, "nominal", 3),) * 5)
    visit = Event(
        "v1",
        "Visit",
        "visited",
        ((0, 3),),
        (Role("agent", "e1", E), Role("place", "e2", E)),
        Standing(),
        "visit",
        time=Time(0, 3, "Monday", "2025-03-03"),
    )
    attack = Event(
        "v2",
        "Attack",
        "hit",
        ((4, 8),),
        (Role("agent", "e3", E),),
        Standing("alleged", claimed_by="e1", via="e3"),
        "hit",
    )
    past = Claim("e1", "holdsOffice", "e2", Standing(), (E,), validity="former")
    said = Claim(
        "e3",
        "quantity",
        Quantity(15000, of="people", modifier="about"),
        Standing("reported", "negative", claimed_by="e1"),
        (E,),
    )
    born = Claim("e1", "age", Value("44", "xsd:integer"), Standing(), (E,))
    return Reading(
        Document("Ana Lima she crowd", title="T", date="2025-03-05"),
        (ana, lima, crowd),
        (visit, attack),
        (past, said, born),
    )


def test_the_summary():
    lines = list(summaries.lines_of(reading(), {"Settlement": True}))
    assert lines == [
        "T: 4 words, 2025-03-05",
        "Who (2)",
        "  Ana Ruiz (Person, 2×)",
        "  crowd (Group, 5×)",
        "Where (1)",
        "  Lima (Settlement)",
        "What happened (1)",
        "  Visit “visited”, 2025-03-03: agent Ana Ruiz; place Lima",
        "What is so (2)",
        "  Ana Ruiz holdsOffice Lima (former)",
        "  Ana Ruiz age 44",
        "Who says what (2)",
        "  alleged by Ana Ruiz (via crowd): Attack “hit”: agent crowd",
        "  reported, that not by Ana Ruiz: crowd quantity about 15,000 people",
        "3 entities, 2 events, 3 relations; 2 of them not asserted; 0 attributions",
    ]


def test_the_summary_of_nothing():
    lines = list(summaries.lines_of(Reading(Document("It rained.", source="a.txt")), {}))
    assert lines[0] == "a.txt: 2 words, no date" and "document alone" in lines[1] and len(lines) == 3


def test_long_sections_are_counted():
    many = Reading(
        Document("x"), tuple(Entity(f"e{i}", "Person", f"P{i}", (Mention(0, 1, "name", 0),)) for i in range(40))
    )
    lines = list(summaries.lines_of(many, {}))
    assert lines[1] == "Who (40)" and lines[2 + summaries.MOST] == f"  … and {40 - summaries.MOST} more"


def test_rows_as_data(capsys):
    body = [("a", 'q"1', None), ("b,c", "x\ny", 2)]
    terminal.rows(("one", "two", "three"), body, "csv")
    assert capsys.readouterr().out == 'one,two,three\na,"q""1",\n"b,c","x\ny",2\n'
    terminal.rows(("one", "two", "three"), body, "json")
    assert json.loads(capsys.readouterr().out)[0] == {"one": "a", "two": 'q"1', "three": ""}


def test_rows_as_a_table(capsys):
    terminal.rows(("name",), [("[red]x[/red] \x1b[31m :smile:",)])
    out = capsys.readouterr().out
    assert "[red]x[/red] �[31m :smile:" in out and "\x1b" not in out


def test_counts_in_words():
    assert [
        terminal.counted(1, "entity", "entities"),
        terminal.counted(0, "claim"),
        terminal.counted(1234, "claim"),
    ] == ["1 entity", "0 claims", "1,234 claims"]


@pytest.fixture
def paged(monkeypatch) -> list[str]:
    """What goes through the pager, on a terminal of ten lines and 40 columns."""
    from rich.console import Console

    handed: list[str] = []
    monkeypatch.setattr("pydoc.pager", handed.append)
    monkeypatch.setattr(
        terminal, "_console", lambda: Console(force_terminal=True, width=40, height=10, highlight=False, markup=False)
    )
    return handed


def test_a_pager_gets_words_and_no_escapes(paged, capsys):
    terminal.rows(("name", "day"), [(f"Ana {n}", "Monday") for n in range(30)], title="Who?")
    assert len(paged) == 1 and "\x1b" not in paged[0] and "Ana 29" in paged[0] and not capsys.readouterr().out


def test_few_rows_of_many_lines_are_taller_than_the_screen(paged, capsys):
    terminal.rows(("words",), [("word " * 60,), ("word " * 60,)])
    assert len(paged) == 1
    terminal.rows(("words",), [("word",), ("other",)])
    assert len(paged) == 1 and "other" in capsys.readouterr().out


@pytest.mark.parametrize(
    "columns, body, title",
    [
        (("a", "bee"), [("x", None), ("世界 wide", 12), ("é", "\x1b[31m")] * 3, "What?"),
        (("one",), [("x",)], None),
        (("a", "b", "c"), [("", "", "long " * 300)] * 4, "A title that is longer than a column"),
        (("wider than its cells", "z"), [("", "")], "t"),
    ],
)
def test_a_long_table_in_a_file_is_the_one_that_rich_draws(monkeypatch, capsys, columns, body, title):
    def written(many: int) -> str:
        monkeypatch.setattr(terminal, "MANY", many)
        terminal.rows(columns, body, title=title)
        return capsys.readouterr().out

    drawn = written(10**9)
    monkeypatch.setattr("rich.table.Table.add_row", lambda *_: pytest.fail("drawn by rich"))
    assert written(0) == drawn != ""
