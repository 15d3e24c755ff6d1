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
        (
            "Union leader Bo Kern spoke to strikers. President Jan Holt, himself a former miner, urged calm.",
            "Jan Holt",
            "himself",
        ),
        ("Ida Brix sang. Mayor Ana Ruiz, herself a doctor, closed the clinic.", "Ana Ruiz", "herself"),
        ("Bo Kern lost. Jan Holt, who was himself accused of fraud, resigned.", "Jan Holt", "himself"),
        ("The forewoman read out the verdict. She wept.", "forewoman", "She"),
        (
            "The mayor of Lund quit on Monday. Rain fell. It fell on. It fell. It fell. Mayor Ida Brix had debts.",
            "mayor",
            "Ida Brix",
        ),
        (
            "The governor of Ostland's Karu province closed a road. Governor Ida Brix gave no reason.",
            "governor",
            "Ida Brix",
        ),
        ("Ostland ambassador to Oslo Mary Holt met the mayor.", "Ostland ambassador", "Mary Holt"),
        ("He met the Ostland envoy to the UN Mary Holt.", "Ostland envoy", "Mary Holt"),
        ("The United Dock Workers struck at Padma Motors. The union said pay was low.", "United Dock Workers", "union"),
        ("Ivo Kern, 61, sat still as the forewoman read out the verdict. He faces prison.", "Ivo Kern", "He"),
        ("Mary Holt wrote a book. Her son, Tim, was born in 1990. She moved to Oslo.", "Mary Holt", "She"),
        ("Palau, an American partner in the Pacific, signed the pact.", "Palau", "American partner"),
        (
            "The Karu Relief Front shot a guard. The rebel group said it would go on.",
            "Karu Relief Front",
            "rebel group",
        ),
        (
            "Ostland broke with the Plains Command and accused the rebel group of a raid.",
            "Plains Command",
            "rebel group",
        ),
        ("The Royal Ostland Army held a drill. The army used live shells.", "Royal Ostland Army", "army"),
        (
            "Harbour clinic head Tom Ode closed a ward. Town clinic chief Ida Brix did not. "
            '"We wait," the harbour clinic chief said.',
            "Tom Ode",
            "harbour clinic chief",
        ),
        (
            '"We heard a bang," said baker Eva Dahl.\n\n"My shop is gone."\n\nMayor Max Hart said help was near.',
            "Eva Dahl",
            "My",
        ),
        (
            "Police held the singer Eva Dahl. Dahl lives in Oslo, and Dahl has two sons. Her manager, Ida Brix, was "
            "charged with fraud. She was fined.",
            "Ida Brix",
            "She",
        ),
        ("A Dutch judge fined the bank. Dutch Judge Nora Lind read the verdict.", "Dutch judge", "Nora Lind"),
        ("Eva Dahl, 34, and Ida Brix, 51, were held. The 34-year-old was freed.", "Eva Dahl", "34-year-old"),
        ("The board named Ana Ruiz as its treasurer. She promised to cut costs.", "Ana Ruiz", "treasurer"),
        ("Padma Lines hired Ana Ruiz as head of sales. She joins in May.", "Ana Ruiz", "She"),
    ],
)
def test_two_mentions_of_one_thing(together, text, one, other):
    assert together(text, one, other)


@pytest.mark.parametrize(
    "text, one, other",
    [
        ("North Korea met South Sudan. The West gave no reason.", "North Korea", "West"),
        ("Jan Holt met Ida Brix, herself a doctor.", "Jan Holt", "herself"),
        ("The forewoman read out the verdict. He wept.", "forewoman", "He"),
        ("The mayor of Lund was killed on Monday. Mayor Ida Brix spoke to voters.", "mayor", "Ida Brix"),
        ("The mayor of Lund lost the vote. His successor, Mayor Ida Brix, spoke to voters.", "mayor", "Ida Brix"),
        ("The mayor of Lund closed a school. Former Mayor Ida Brix had built it.", "mayor", "Ida Brix"),
        ("The mayor of Lund closed a school. Mayor Ida Brix of Oslo did not.", "mayor", "Ida Brix"),
        ("The mayor of Lund closed a school. Mayor Ida Brix and Mayor Jan Holt had built it.", "mayor", "Ida Brix"),
        ("The ambassador went to Oslo. Mary Holt stayed.", "ambassador", "Mary Holt"),
        ("The ambassador spoke to Oslo mayor Mary Holt.", "ambassador", "Mary Holt"),
        ("Padma Airlines pilots voted to strike, the union said.", "Padma Airlines", "union"),
        ("Padma Motors workers walked out on Monday. The union said pay was low.", "Padma Motors", "union"),
        (
            "The German Interior Ministry met the French Interior Ministry.",
            "German Interior Ministry",
            "French Interior Ministry",
        ),
        ("A trawler sank off Oslo. The vessels of the navy came.", "trawler", "vessels"),
        ("The old bridge was closed. The new bridge opened on Friday.", "old bridge", "new bridge"),
        ('"We will open two shops," said Ana Ruiz, who met Padma Lines Ltd.', "We", "Ana Ruiz"),
        ("The club refused to name Ana Ruiz as its treasurer. The treasurer left.", "Ana Ruiz", "treasurer"),
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
        ("The Free Forest Army burned two trucks. On Monday the army bombed a camp.", "Free Forest Army", "army"),
        (
            "Coastal clinic chief Tom Ode closed a ward. Town bank head Ida Brix left. "
            '"We wait," the town bank chief said.',
            "Tom Ode",
            "town bank chief",
        ),
        ('"It fell," said Nora Lind.\n\nThe rain went on.\n\n"I ran."\n\nMax Hart came.', "Max Hart", "I"),
        ('"The roof fell," Nora Lind said.\n\n"My wife called," said Tom Ode.', "Nora Lind", "My"),
        (
            "Max Hart was held on Monday. Hart denied the charge. His lawyer, Jan Ek, said Hart was well. He will "
            "appeal.",
            "Jan Ek",
            "He",
        ),
        ("A French judge fined it. Dutch Judge Nora Lind freed it.", "French judge", "Nora Lind"),
        ("A doctor was killed. Doctor Ida Brix treated the rest.", "doctor", "Ida Brix"),
        ("The wounded lay in Accra, Ghana's capital, where the king met them.", "Ghana", "them"),
        ("Norway's small army could not stop it.", "Norway", "it"),
    ],
)
def test_two_mentions_of_two_things(together, text, one, other):
    assert not together(text, one, other)


def test_home_without_an_article_is_how_and_no_place(annotator):
    def named(text):
        return {e.label for e in resolve(next(annotator.parse([Document(text)])), names.load()).entities}

    assert "home" not in named("Ana Ruiz promised to build a similar prison at home.")
    assert "home" in named("Ana Ruiz left her home in Porto.")
