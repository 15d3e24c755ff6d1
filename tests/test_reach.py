"""How far denial, hearsay, a request or a date reaches in whole sentences, and who is taken for the speaker."""

from __future__ import annotations

import pytest

from kg.model import Document, Reading
from kg.pipeline import Line


@pytest.fixture(scope="module")
def line() -> Line:
    return Line()


def read(line: Line, text: str) -> Reading:
    return next(line.read([Document(text, date="2026-03-12")]))


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("Officials say the clerk forged the deed and have asked a judge to free Odile Brun.", "asked", "asserted"),
        ("Police say Marek Dol robbed the bank and has fled the country.", "fled", "reported"),
        ("The broker denied any knowledge of Sorel's plan to bomb the depot.", "bomb", "planned"),
        ("The broker denied bombing the depot.", "bombing", "denied"),
        ("Guards were looking for a thief they said filmed himself killing a nurse.", "killing", "reported"),
        ("Guards were looking for a thief who was filmed killing a nurse.", "killing", "asserted"),
        ("The quake did not cause a flood.", "quake", "asserted"),
        ("The quake did not cause a flood.", "flood", "negated"),
        ("The disputed election of Lena Berg took place in May.", "election", "asserted"),
        ("The board approved a merger that analysts say threatens jobs.", "say", "asserted"),
        ("The vote is on Friday.", "vote", "planned"),
        ("The bishop called on farmers to join the march.", "join", "requested"),
        ("It is not true that Lena Berg resigned.", "resigned", "negated"),
        ("It is true that Lena Berg resigned.", "resigned", "reported"),
        ("There was no raid, the navy said: the explosion was an accident.", "explosion", "reported"),
        ("There was no raid; the explosion was an accident.", "explosion", "asserted"),
        ("Villagers want the arrest of the colonel and the resignation of the governor.", "resignation", "planned"),
        ("Villagers saw the arrest of the colonel and the resignation of the governor.", "resignation", "asserted"),
        ("The treaty bars the sale of missiles to rebels.", "sale", "hypothetical"),
        ("Talks on the sale of the port collapsed.", "sale", "hypothetical"),
    ],
)
def test_what_a_word_reaches_and_what_it_leaves(line: Line, text: str, word: str, status: str) -> None:
    reading = read(line, text)
    assert [e.standing.status for e in reading.events if word in {text[a:b] for a, b in e.triggers}] == [status]


@pytest.mark.parametrize(
    ("text", "word", "polarity"),
    [
        ("The duke vowed to stop selling arms.", "selling", "negative"),
        ("The duke vowed to sell arms.", "sell", "positive"),
        ("Rumours that Lena Berg resigned are untrue.", "resigned", "negative"),
        ("Rumours that Lena Berg resigned spread.", "resigned", "positive"),
    ],
)
def test_what_is_said_not_to_be_so(line: Line, text: str, word: str, polarity: str) -> None:
    (event,) = (e for e in read(line, text).events if word in {text[a:b] for a, b in e.triggers})
    assert event.standing.polarity == polarity and event.standing.status != "asserted"


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("“Nobody came,” said baker and father of two Omar Lind, his voice low.", ["Omar Lind"]),
        ("“It broke,” said teacher Tom Rudd and nurse Ida Holm.", ["Ida Holm", "Tom Rudd"]),
        ("“The mill will close.” — Ada Voss, a manager", ["Ada Voss"]),
        ("The thief, who police say robbed nine banks, was shot in Lund.", ["police"]),
        ("“The mill will close.” — a nine-day wait for Ada Voss", []),
        (
            "Nine captives were freed — four Danes and five Poles, Nora Vint, spokesperson for the navy, said on Monday.",
            ["Nora Vint"],
        ),
    ],
)
def test_who_speaks(line: Line, text: str, speakers: list[str]) -> None:
    reading = read(line, text)
    labels = {e.id: e.label for e in reading.entities}
    told = {a.source_entity for a in reading.attributions}
    told |= {r.filler for e in reading.events if e.type == "Statement" for r in e.roles if r.name == "agent"}
    assert sorted(labels[str(t)] for t in told if t) == speakers


def test_who_is_only_asked_to_come_is_not_there(line: Line) -> None:
    asked = read(line, "Lena Berg urged nurses to join the march. The march began on Monday.")
    (march,) = (e for e in asked.events if e.type == "Protest")
    assert not [r for r in march.roles if r.name == "agent"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The day before yesterday Ada Voss flew to Porto.", "2026-03-10"),
        ("The day after tomorrow Ada Voss will fly to Porto.", "2026-03-14"),
        ("Ada Voss was arrested on 19-Nov-12.", "2012-11-19"),
        ("Ada Voss was arrested on 2019/11/12.", "2019-11-12"),
        ("Ada Voss was arrested on 4 May last year.", "2025-05-04"),
        ("Three ministers have resigned since February last year.", "2025-02/.."),
        ("Ada Voss was arrested earlier in the day.", "2026-03-12"),
        ("Ada Voss resigned on Monday. She was arrested later in the day.", "2026-03-09"),
        ("The vote is on Saturday.", "2026-03-14"),
    ],
)
def test_days_told_in_other_ways(line: Line, text: str, value: str) -> None:
    times = [e.time.value for e in read(line, text).events if e.time]
    assert times[-1] == value


def test_a_clause_that_says_since_when_keeps_its_date(line: Line) -> None:
    reading = read(line, "Idris Bello has led a campaign against graft since coming to power in 2015.")
    assert {e.type: e.time and e.time.value for e in reading.events} == {"Operation": None, "TakingOffice": "2015"}
