"""Roles that the syntax of a sentence hides: shared tails, lists, struck places, owned-up deeds."""

from __future__ import annotations

import pytest

from kg.model import Event
from tests.test_events import found, read, who


def roles(text: str, kind: str, role: str) -> set[str]:
    """Labels of all that fill a role of the events of one type."""
    reading = read(text)
    return set().union(*(who(reading, e, role) for e in found(reading, kind)))


@pytest.mark.parametrize(
    "text, kind, role, expected",
    [
        ("A gunman shot and wounded two nurses at a clinic in Bergen.", "Attack", "place", {"clinic"}),
        ("A gunman shot and wounded two nurses at a clinic in Bergen.", "Attack", "patient", {"two nurses"}),
        ("A gunman shot two nurses and fled to a clinic in Bergen.", "Attack", "place", set()),
        ("Ten sailors were killed in Accra, including two cooks.", "Death", "patient", {"Ten sailors", "two cooks"}),
        ("Ten sailors were killed in Accra, excluding two cooks.", "Death", "patient", {"Ten sailors"}),
        ("Two priests were among those killed in the blast.", "Death", "patient", {"Two priests"}),
        (
            "Three men, Viktor Adler, Olga Prydz and Jens Brekke, were arrested in Oslo.",
            "Arrest",
            "patient",
            {"Viktor Adler", "Olga Prydz", "Jens Brekke"},
        ),
        (
            "Halden Foods was founded by the brothers Viktor and Jens Brekke.",
            "Founding",
            "agent",
            {"Viktor", "Jens Brekke"},
        ),
        ("Nurses and Viktor Adler, a pilot, were arrested in Oslo.", "Arrest", "patient", {"Nurses", "Viktor Adler"}),
        ("The death of Viktor Adler at the hands of soldiers shocked Norway.", "Death", "agent", {"soldiers"}),
        ("The death of Viktor Adler at the gates of Bergen shocked Norway.", "Death", "agent", set()),
        ("A series of explosions rocked a market in Accra.", "Attack", "place", {"market"}),
        ("News of the explosions reached a market in Accra.", "Attack", "place", set()),
        ("The harbour of Accra was rocked by an explosion on Monday.", "Attack", "place", {"harbour"}),
        ("The convoy came under attack near Accra.", "Attack", "patient", {"convoy"}),
        ("The army carried out a series of attacks on rebels in Ghana.", "Attack", "agent", {"army"}),
        ("The girl was hurt in a blast in Ghana which killed two nurses.", "Death", "agent", set()),
        ("Viktor Adler confessed after he committed his first murder.", "Death", "patient", set()),
        ("Viktor Adler's murder shocked Norway.", "Death", "patient", {"Viktor Adler"}),
        ("The girl was seized by rebels while leaving a hospital in Accra.", "Departure", "agent", {"girl"}),
        ("Norway used its army to attack the rebels in Ghana.", "Attack", "agent", {"Norway"}),
        ("Norway ordered its army to attack the rebels in Ghana.", "Attack", "agent", {"army"}),
        ("Bombings aimed at soldiers shook Ghana in May.", "Attack", "patient", {"soldiers"}),
        ("A rocket killed two nurses in Accra.", "Death", "instrument", {"rocket"}),
        ("A guard killed two nurses in Accra.", "Death", "instrument", set()),
    ],
)
def test_roles_that_the_syntax_hides(text: str, kind: str, role: str, expected: set[str]) -> None:
    assert roles(text, kind, role) == expected


def only(text: str, kind: str) -> tuple[Event, list[tuple[str, str | None]]]:
    reading = read(text)
    event = found(reading, kind)[0]
    labels = {e.id: e.label for e in reading.entities}
    return event, [
        (labels[r.filler], r.standing.status if r.standing else None)
        for r in event.roles
        if r.name == "agent" and isinstance(r.filler, str)
    ]


def test_who_owns_up_to_an_attack_or_is_blamed_for_it() -> None:
    _, agents = only(
        "Two nurses died in the attack in Accra. The Kaddar Brigade has taken responsibility for the attack.", "Attack"
    )
    assert agents == [("Kaddar Brigade", "reported")]
    _, agents = only(
        "Two nurses died in the attack in Accra. The attack was blamed on the Kaddar Brigade by Norway.", "Attack"
    )
    assert agents == [("Kaddar Brigade", "alleged")]
    event, agents = only("The Kaddar Brigade is behind the attack on the market in Accra.", "Attack")
    assert event.standing.status == "asserted" and agents == [("Kaddar Brigade", None)]


def test_who_disowns_a_deed_or_owns_up_to_none_is_not_its_doer() -> None:
    assert (
        only("Two nurses died in the attack in Accra. No group has claimed responsibility for the attack.", "Attack")[1]
        == []
    )
    assert (
        only("Two nurses died in the attack in Accra. The Kaddar Brigade has taken leave after the attack.", "Attack")[
            1
        ]
        == []
    )


def test_what_follows_on_an_arrest_is_no_offence() -> None:
    def charges(text: str) -> list[str]:
        return [r.filler.value for e in found(read(text), "Arrest") for r in e.roles if r.name == "charge"]  # type: ignore[union-attr]

    assert charges("Viktor Adler was arrested on a warrant from Norway.") == []
    assert charges("Viktor Adler was arrested for shipping guns to Ghana.") == ["shipping guns to Ghana"]


@pytest.mark.parametrize(
    "text, kind, value",
    [
        ("Marta Lunde said on Tuesday she had met Viktor Adler.", "Statement", "2026-03-03"),
        ("Marta Lunde said that on Tuesday she had met Viktor Adler.", "Meeting", "2026-03-03"),
        ("Viktor Adler was found at the harbour on Sunday.", "Discovery", "2026-03-01"),
        ("Viktor Adler was arrested and charged with fraud on Monday.", "Arrest", "2026-03-02"),
        ("Viktor Adler was arrested and later charged with fraud on Monday.", "Arrest", None),
        ("The attack on the port of Accra failed in 2019.", "Attack", "2019"),
        ("Rebels arrested a nurse. A film shows rebels attacking a convoy on December 28.", "Attack", "2025-12-28"),
    ],
)
def test_the_event_that_a_time_belongs_to(text: str, kind: str, value: str | None) -> None:
    time = found(read(text), kind)[0].time
    assert (time.value if time else None) == value


@pytest.mark.parametrize(
    "text, kind",
    [
        ("Viktor Adler did not attend the summit in Oslo.", "Meeting"),
        ("Viktor Adler skipped the summit in Oslo.", "Meeting"),
        ("Viktor Adler boycotted the summit in Oslo.", "Meeting"),
        ("Viktor Adler stayed away from the ceremony in Oslo.", "Ceremony"),
        ("Viktor Adler was absent from the funeral of Olga Prydz.", "Ceremony"),
        ("Viktor Adler did not take part in the talks between Ghana and Togo.", "Negotiation"),
    ],
)
def test_who_stayed_away_is_told_once(text: str, kind: str) -> None:
    reading = read(text)
    (event,) = reading.events
    assert (event.type, event.standing.status) == (kind, "asserted")
    assert who(reading, event, "nonParticipant") == {"Viktor Adler"} and "Viktor Adler" not in who(
        reading, event, "agent"
    )


def test_who_came_was_not_absent_and_a_plan_to_stay_away_is_a_plan() -> None:
    assert roles("Viktor Adler attended the summit in Oslo.", "Meeting", "nonParticipant") == set()
    assert roles("Viktor Adler stayed in Oslo after the ceremony.", "Ceremony", "nonParticipant") == set()
    event = found(read("Viktor Adler will not attend the summit in Oslo."), "Meeting")[0]
    assert [r.standing.status for r in event.roles if r.name == "nonParticipant" and r.standing] == ["planned"]
