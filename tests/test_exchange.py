"""What two graphs differ in."""
from __future__ import annotations

from kg.exchange import differences
from kg.store import Store
from tests import newsroom


def store(*readings) -> Store:
    made = Store.memory()
    for reading in readings:
        made.load(newsroom.quads(reading))
    return made


def test_no_difference():
    assert differences(store(newsroom.harbour_march()), store(newsroom.harbour_march())) == []


def test_facts_that_came_went_and_changed():
    found = differences(store(newsroom.harbour_march()), store(newsroom.coast_march()))
    assert ("changed", "Oskar Lind", "memberOf", "Copper Ring", "alleged by Prosecutors", "denied by spokesman") in found
    assert ("came", "Saltmarsh Prison", "openedOn", "2018", "", "asserted") in found
    assert ("went", "Ines Calder", "spouseOf", "Jon Calder", "asserted", "") in found
    assert not any(row[1:3] == ("Ines Calder", "holdsOffice") for row in found)      # both assert it
    assert [row[0] for row in found] == sorted((row[0] for row in found), key=["changed", "came", "went"].index)
    later = differences(store(newsroom.coast_march()), store(newsroom.harbour_april()))
    assert ("changed", "Ines Calder", "holdsOffice", "Mayor of Port Arlen", "asserted", "asserted, former") in later
