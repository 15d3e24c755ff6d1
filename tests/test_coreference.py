"""What a second mention stands for: halves of countries, short forms, words of like meaning, who "we" are."""

from __future__ import annotations

import pytest

from kg import names
from kg.model import Document
from kg.resolver import resolve


@pytest.fixture(scope="module")
def together(annotator):
    """Text and two stretches of words → whether one entity has a mention that is the one and a mention that is the
    other.
    """

    def call(text, one, other):
        found = resolve(next(annotator.parse([Document(text)])), names.load())
        said = [{text[m.start : m.end] for m in e.mentions} for e in found.entities]
        return any(one in words and other in words for words in said)

    return call


@pytest.mark.parametrize(
    "text, one, other",
    [
        ("North Korea fired shells. The North gave no reason.", "North Korea", "North"),
        (
            "The German Interior Ministry was informed. Officials of the Interior Ministry left.",
            "German Interior Ministry",
            "Interior Ministry",
        ),
        ("A trawler sank off Oslo. The vessel carried herring.", "trawler", "vessel"),
        ("A tower fell in Cusco. The tower was old.", "tower", "tower"),
        ('"We will open two shops," said Ana Ruiz, a spokeswoman for Padma Lines.', "We", "Padma Lines"),
        ('Tom Ode left the hall, saying, "I know my village."', "I", "Tom Ode"),
        ("Greta Holm, the first Dane to cross the strait, was welcomed.", "Greta Holm", "first Dane"),
        ("The clerk Ivo Kern left early. The clerk was tired.", "Ivo Kern", "clerk"),
        ("Mary Holt wrote a book. Her son, Tim, was born in 1990. She moved to Oslo.", "Mary Holt", "She"),
        ("Palau, an American partner in the Pacific, signed the pact.", "Palau", "American partner"),
    ],
)
def test_two_mentions_of_one_thing(together, text, one, other):
    assert together(text, one, other)


@pytest.mark.parametrize(
    "text, one, other",
    [
        ("North Korea met South Sudan. The West gave no reason.", "North Korea", "West"),
        (
            "The German Interior Ministry met the French Interior Ministry.",
            "German Interior Ministry",
            "French Interior Ministry",
        ),
        ("A trawler sank off Oslo. The vessels of the navy came.", "trawler", "vessels"),
        ("The old bridge was closed. The new bridge opened on Friday.", "old bridge", "new bridge"),
        ('"We will open two shops," said Ana Ruiz, who met Padma Lines Ltd.', "We", "Ana Ruiz"),
        ("Norway met Ivo Kern, an ally of the prime minister.", "Norway", "ally"),
        ("Opposition leader Jana Holt said on Friday that the president should step down.", "Jana Holt", "president"),
        ("Floods reached the Ashby Pit on Sunday, AP reported.", "Ashby Pit", "AP"),
        (
            "The government of Ostland blamed the Blue Coast Front for the raid. The rebel group denied it on "
            "Monday. It works "
            "in valleys once held by the National Liberation Forces of Ostland, a large rebel group that broke up in "
            "2011.",
            "National Liberation Forces of Ostland",
            "It",
        ),
    ],
)
def test_two_mentions_of_two_things(together, text, one, other):
    assert not together(text, one, other)
