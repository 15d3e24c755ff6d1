"""Names in short wire reports: datelines, sources, languages, states, numbers, single surnames."""

from __future__ import annotations

import pytest

from kg import names
from kg.model import Document
from kg.pipeline import Line
from kg.resolver import resolve


@pytest.fixture(scope="module")
def named(annotator):
    """Text → {words of a name: type of its entity}."""

    def call(text):
        found = resolve(next(annotator.parse([Document(text)])), names.load())
        return {text[m.start : m.end]: e.type for e in found.entities for m in e.mentions if m.kind == "name"}

    return call


@pytest.mark.parametrize(
    "text, yes, no",
    [
        ("The letter was written in Spanish.", {}, {"Spanish"}),
        ("She spoke to Spanish reporters.", {"Spanish": "Country"}, set()),
        ("He addressed French-speaking farmers.", {}, {"French"}),
        ("The league is popular in Spanish towns.", {"Spanish": "Country"}, set()),
    ],
)
def test_a_language_is_no_country(named, text, yes, no):
    found = named(text)
    assert yes.items() <= found.items() and not no & found.keys()


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Lima Radio Faro Network", {"Lima": "Settlement", "Radio Faro Network": "MediaOutlet"}),
        ("XY1402001894 Oslo EL FARO in Spanish 2100 GMT 13 Feb 94", {"Oslo": "Settlement", "EL FARO": "MediaOutlet"}),
        ("ORCHARD HILL, Mich. (AP)", {"ORCHARD HILL": "Settlement", "Mich.": "Region"}),
        ("SAN DIEGO (AP)", {"SAN DIEGO": "Settlement", "AP": "MediaOutlet"}),
    ],
)
def test_the_town_and_the_outlet_of_a_line(named, text, expected):
    assert expected.items() <= named(text).items()


def test_a_line_that_is_a_sentence_is_no_source(named):
    assert "MediaOutlet" not in named("Lima rejects OAS offer.").values()


@pytest.mark.parametrize(
    "text, words, kind",
    [
        ("Senator Dora Finch, D-Calif., voted against it.", "Calif", "Region"),
        ("Crews closed Highway 50 near the pass.", "Highway 50", "Road"),
        ("Mechanics replaced the AB404 engine of the jet.", "AB404", "Product"),
        ("A museum recalls the Ostrander assassination.", "Ostrander", "Person"),
        ("Ostrander, 45, was found in the woods.", "Ostrander", "Person"),
        ("He was jailed for the slaying of King.", "King", "Person"),
    ],
)
def test_what_the_words_beside_a_name_say(named, text, words, kind):
    assert named(text).get(words) == kind


@pytest.mark.parametrize(
    "text, absent",
    [
        ("The king praised the guards.", "king"),
        ("King Harald praised the guards.", "King"),
        ("Transport Minister Dan Ode resigned.", "Transport Minister"),
        ("City Manager Dan Ode resigned.", "City"),
        ("A Presbyterian retreat opened.", "Presbyterian"),
    ],
)
def test_titles_and_creeds_are_no_names(named, text, absent):
    assert absent not in named(text)


def test_no_span_holds_one_bracket_or_one_quotation_mark(annotator):
    text = (
        'Inmates of (mostly Peruvian) prisons met. Police held "Wild Tom" Harker. Two (old bridges fell. They '
        'praised the "old guards of Lima.'
    )
    resolved = resolve(next(annotator.parse([Document(text)])), names.load())
    for entity in resolved.entities:
        for mention in entity.mentions:
            words = text[mention.start : mention.end]
            assert words.count("(") == words.count(")") and words.count('"') % 2 == 0, words


def test_the_group_right_after_its_name_is_the_same(annotator):
    text = 'Guards fear the "Red Hand" militant group. They also fear the Kenyan group.'
    resolved = resolve(next(annotator.parse([Document(text)])), names.load())
    said = {text[m.start : m.end]: e for e in resolved.entities for m in e.mentions}
    assert said["Red Hand"] is said["militant group"] and said["Red Hand"].type == "ArmedGroup"
    assert said["Kenyan"] is not said["Kenyan group"]


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("The pit is owned by Toronto-listed Ashgrove Copper.", "Ashgrove Copper", "Toronto"),
        ("London-listed Halden plc cut jobs.", "Halden plc", "London"),
        ("Oslo-headquartered Norvik Shipping cut jobs.", "Norvik Shipping", "Oslo"),
    ],
)
def test_where_a_firm_is_listed_is_no_part_of_its_name(text: str, name: str, place: str) -> None:
    reading = next(Line().read([Document(text)]))
    assert {name, place} <= {e.label for e in reading.entities}
    assert not any("-" in e.label for e in reading.entities)


def test_a_hyphen_within_a_name_stays() -> None:
    reading = next(Line().read([Document("Rolls-Royce Holdings fell.")]))
    assert "Rolls-Royce Holdings" in {e.label for e in reading.entities}
