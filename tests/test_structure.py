"""The shape of a text: lines that are put together, characters read as plain ones, lines that are no part of the story."""

from __future__ import annotations

import textwrap
import time

import pytest

from kg import structure
from kg.model import Document
from kg.pipeline import Line
from tests.helpers.firmness import PLAIN, WRAPPINGS, wrap
from tests.test_firmness import about, facts


def prose(text: str) -> str:
    return structure.view(Document(text)).text


STORY = (
    "Marta Venn, the mayor of Tarn, opened a school on Monday and promised to build another one in the north of the town. "
    "The council of the district paid two million euros for the building, its treasurer said on the day before the opening.\n\n"
    "Teachers who had waited for years were glad, but the union warned that heating the halls would cost more than planned.\n\n"
    "A bus will bring children from the villages from Thursday on, and the fare has been set at one euro for the first year."
)


@pytest.mark.parametrize("width", [48, 60, 72, 80])
@pytest.mark.parametrize(
    ("line", "between", "start"),
    [
        ("\n", "\n\n", ""),
        ("\r\n", "\r\n\r\n", ""),
        ("\n\n", "\n\n\n", ""),
        ("\n", "\n> \n", "> "),
        ("\n", "\n\n", "    "),
    ],
)
def test_lines_broken_at_a_width_are_paragraphs_again(width: int, line: str, between: str, start: str) -> None:
    text = between.join(line.join(start + part for part in textwrap.wrap(p, width)) for p in STORY.split("\n\n"))
    assert prose(text) == STORY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The clerk opened a hos-\npital in Tarn.", "The clerk opened a hospital in Tarn."),
        ("He is a well-\nknown singer.", "He is a well-known singer."),
        ("Re\u00adporters met Ma\u200brta \u2068Venn\u2069.", "Reporters met Marta Venn."),
        ("The o\ufb03ce was \ufb01ned.", "The office was fined."),
        ("Jose\u0301 left.", "Jos\u00e9 left."),
        ("Tarn &amp; Sons &ldquo;closed&rdquo;.", "Tarn & Sons \u201cclosed\u201d."),
        ("\u201eWe left\u201c, she said.", "\u201cWe left\u201d, she said."),
        ("\u2018We left,\u2019 Venn\u2019s son said.", "\u201cWe left,\u201d Venn\u2019s son said."),
    ],
)
def test_characters_are_read_as_what_they_stand_for(text: str, expected: str) -> None:
    assert prose(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "AT&T left.",
        "Mayor quits\nMarta Venn resigned on Monday.",
        "\u2018We left the dogs\u2019 home,\u201d said \u201cno one\u201d.",
        "The police met.\n\nshe said",
        "- Marta Venn left.\n- Otto Lund came.",
    ],
)
def test_what_is_plain_stays_as_it_stands(text: str) -> None:
    assert prose(text) == text


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Otto Lund jailed in Tarn",
        "(Reporting by Ada Birk; Editing by Otto Lund)",
        "By Ada Birk in Tarn",
        "Photo: Ada Birk/Tarnpix",
        "Related stories\nOtto Lund jailed in Tarn",
        "Comments (3)\n\nredfox\nVenn stole it all.",
        "| Tarn | Otto Lund |",
        "Image caption Otto Lund left Tarn",
        "Menu\nWorld\nHome\nSubscribe",
    ],
)
def test_what_is_of_the_page_is_not_of_the_story(line: str) -> None:
    assert prose(f"Marta Venn resigned on Monday.\n\n{line}\n") == "Marta Venn resigned on Monday."


@pytest.mark.parametrize(
    "line",
    [
        "Residents read more about the case in a book.",
        "By Tuesday the mayor had left.",
        "Her comments angered the union.",
        "The photo shows Otto Lund.",
        "Home owners in Tarn protested.",
        "Share prices fell in Tarn.",
    ],
)
def test_words_of_a_page_inside_a_sentence_are_of_the_story(line: str) -> None:
    assert line in prose(f"Marta Venn resigned on Monday.\n\n{line}\n")


def test_every_offset_leads_back() -> None:
    text = "> Ma\u00adrta Venn, the ma-\n> yor of Tarn, opened the o\ufb03ce\n> on Monday.\n"
    view = structure.view(Document(text))
    for word, given in (
        ("Marta", "Ma\u00adrta"),
        ("mayor", "ma-\n> yor"),
        ("office", "o\ufb03ce"),
        ("Monday", "Monday"),
    ):
        start = view.text.index(word)
        a, b = view.back(start, start + len(word))
        assert text[a:b] == given


def test_a_sentence_broken_at_any_place_leaves_nothing_a_fact() -> None:
    """What is put together again is the sentence itself; what is not is read, and asserts none of what was wrapped."""
    torn, tried = [], 0
    for n, plain in enumerate(PLAIN):
        for wrapping in WRAPPINGS[n % 29 :: 29]:
            if "{n" in wrapping and not plain.noun:
                continue
            text = wrap(plain, wrapping)
            whole = prose(text)
            for at, sign in enumerate(text):
                if sign == " " and text[at - 1] not in '.!?:;\u201d"':
                    tried += 1
                    broken = f"{text[:at]}\n{text[at + 1 :]}"
                    if prose(broken) != whole:
                        torn.append((broken, about(plain, wrapping)))
    assert tried > 9000
    assert len(torn) <= tried * 0.02, torn
    readings = Line().read(Document(text) for text, _ in torn)
    leaks = [text for (text, words), reading in zip(torn, readings, strict=True) if facts(reading, words)]
    assert len(leaks) * 1000 <= tried, leaks


def test_a_long_text_in_single_quotes_costs_in_proportion() -> None:
    def cost(times: int) -> float:
        document = Document("‘We left,’ Venn said on Monday after the meeting.\n\n" * times)
        begun = time.process_time()
        structure.view(document)
        return time.process_time() - begun

    cost(10)
    assert cost(800) < 40 * cost(100)


@pytest.mark.parametrize(
    "before",
    ["", "Home\nMenu\nSubscribe\nShare\n\n", "Ida Berg met re\u00adporters in Oslo,\n\nthe town of her birth.\n\n"],
)
def test_other_languages_are_blank_wherever_the_shape_of_the_text_has_moved_them(before: str, annotator) -> None:
    text = before + "Der Rat von Graz hat am Montag getagt.\n\nAna Ruiz, the mayor of Porto, visited Lyon on Monday."
    at = text.index("Der")
    document = Document(text, foreign=((at, text.index("\n\nAna")),))
    words = " ".join(token.text for token in next(Line().parse([document])).tokens)
    assert "Ana Ruiz , the mayor of Porto" in words and "Graz" not in words and ("Oslo" in words) == ("Oslo" in text)
