"""The shape of a text: lines that are put together, characters read as plain ones, lines that are no part of the
story.
"""

from __future__ import annotations

import os
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
    "Marta Venn, the mayor of Tarn, opened a school on Monday and promised to build another one in the north of the "
    "town. "
    "The council of the district paid two million euros for the building, its treasurer said on the day before the "
    "opening.\n\n"
    "Teachers who had waited for years were glad, but the union warned that heating the halls would cost more than "
    "planned.\n\n"
    "A bus will bring children from the villages from Thursday on, and the fare has been set at one euro for the "
    "first year."
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
        "Image source, Tarnpix/Getty Images",
        "File photo. Photograph: Rosa Klein/Tarnpix/AP",
        "World | Europe | Politics",
        "Home > News > Europe",
        "Ivo Kern\n\nBy Ivo Kern\n\nIvo Kern is our economics correspondent. He has won three prizes.",
        "1h ago 13.05 GMT",
        "From: Ada Birk <ada@tarn.example>\nSubject: Fwd: Story\n\nHi Ivo,\n\nBest,\nAda\n\n--\nAda Birk\nTarn Post",
        "On 11 Mar 2025, at 18:02, Otto Lund <otto@lund.example> wrote:",
        "-----Original Message-----\nFrom: Otto Lund\nSent: Monday",
        "Source text: [ID:nBw12]\nFurther company coverage: HALD.OL",
        "(Adds details, quote)",
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
        "Ivo Kern is the spokesman of the union.",
        "From: the mayor came no word.",
        "Dear friends left the town.",
        "On Monday, she wrote: the town is lost.",
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


#: Of the wrappings of a sentence every so-many-eth is broken, another one for each sentence; 1: all of them.
EACH = int(os.environ.get("KG_EVERY", "29"))


def test_a_sentence_broken_at_any_place_leaves_nothing_a_fact() -> None:
    """What is put together again is the sentence itself; what is not is read, and asserts none of what was wrapped."""
    torn, tried = [], 0
    for n, plain in enumerate(PLAIN):
        for wrapping in WRAPPINGS[n % EACH :: EACH]:
            if "{n" in wrapping and not plain.noun:
                continue
            text = wrap(plain, wrapping)
            whole = prose(text)
            for at, sign in enumerate(text):
                if sign == " ":
                    tried += 1
                    broken = f"{text[:at]}\n{text[at + 1 :]}"
                    if prose(broken) != whole:
                        torn.append((broken, about(plain, wrapping)))
    assert tried > 9000
    assert len(torn) <= tried * 0.015, torn
    readings = Line().read(Document(text) for text, _ in torn)
    leaks = [text for (text, words), reading in zip(torn, readings, strict=True) if facts(reading, words)]
    assert leaks == []


def test_a_long_text_in_single_quotes_costs_in_proportion() -> None:
    def cost(times: int) -> float:
        document = Document("‘We left,’ Venn said on Monday after the meeting.\n\n" * times)
        begun = time.process_time()
        structure.view(document)
        return time.process_time() - begun

    cost(10)
    assert cost(800) < 40 * cost(100)


def test_a_long_last_line_costs_in_proportion() -> None:
    def cost(times: int) -> float:
        document = Document("Venn left the town on Monday. " * times)
        begun = time.process_time()
        structure.view(document)
        return time.process_time() - begun

    cost(10)
    assert cost(1600) < 40 * cost(200)


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


def taken(text: str) -> list[str]:
    return [part.kind for part in structure.view(Document(text)).parts]


@pytest.mark.parametrize(
    ("text", "story"),
    [
        ("LIMA, Peru (AP) — Police left.", "LIMA, Peru (AP) —\nPolice left."),
        ("BERN (dpa) - Voters came.", "BERN (dpa) -\nVoters came."),
        ("QUITO, March 4 – The court met.", "QUITO, March 4 –\nThe court met."),
        ("Geneva (Reuters) -- A panel met.", "Geneva (Reuters) --\nA panel met."),
        ("Geneva BBC — A panel met on Monday.", "Geneva —\nA panel met on Monday."),
        ("(AFP) Voters came to the polls.", "Voters came to the polls."),
        ("BERN (Tarnpress) —Voters came.", "BERN (Tarnpress) —\nVoters came."),
        ("Lagos, Nigeria – Guards left.", "Lagos, Nigeria –\nGuards left."),
        ("March 4 (Reuters) - Guards left.", "Guards left."),
        ("Lagos: Guards left the prison on Monday.", "Lagos:\nGuards left the prison on Monday."),
    ],
)
def test_a_dateline_is_parted_from_its_sentence(text: str, story: str) -> None:
    assert structure.view(Document(text), structure.Lexicon(place={"Lagos", "Nigeria"}.__contains__)).text == story


@pytest.mark.parametrize(
    "text",
    [
        "EU-US talks began.",
        "A reporter (Dan Ode) saw it.",
        "OPEC - the oil cartel - met.",
        "Venn: Guards left the prison on Monday.",
        "The guards left – the first since May.",
        "Venn – Who knows her? – left.",
    ],
)
def test_what_looks_like_a_dateline_stays(text: str) -> None:
    assert structure.view(Document(text), structure.Lexicon(place={"Lagos"}.__contains__)).text == text


@pytest.mark.parametrize(
    ("text", "story"),
    [
        ("Image captionGuards left Tarn in 2019", "Guards left Tarn in 2019"),
        ("Guards leave Tarn on Monday. Photo: Ada Birk/Tarnpix", "Guards leave Tarn on Monday."),
        (
            "FILE PHOTO: Guards leave Tarn, June 4, 2019. REUTERS/Ada Birk/File Photo",
            "Guards leave Tarn, June 4, 2019.",
        ),
        ("09:15 Guards left Tarn.", "Guards left Tarn."),
        ("2.30pm: Guards left Tarn.", "Guards left Tarn."),
        ("Tarn Steel (LSE: TRN) was sold.", "Tarn Steel was sold."),
        ("[Guards](https://tarn.example/g) left **Tarn**.[4]", "Guards left Tarn."),
        ("<p>Guards left <b>Tarn</b>.</p>", "Guards left Tarn."),
    ],
)
def test_what_stands_beside_a_sentence_is_not_in_it(text: str, story: str) -> None:
    assert prose(text).strip() == story


@pytest.mark.parametrize(
    "text",
    [
        "Guards left Tarn at 09:15 on Monday.",
        "The photo by Ada Birk shows Tarn.",
        "“The mayor [Marta Venn] left,” he said (https://tarn.example/g).",
        "Guards (and cooks: all) left.",
        "2 * 3 * 4 is 24.",
    ],
)
def test_times_pictures_and_brackets_inside_a_sentence_stay(text: str) -> None:
    assert prose(text) == text


def test_a_quotation_that_stands_by_itself_and_again_in_the_story_is_read_once() -> None:
    story = "Venn left. “We will not pay for the bridge,” she said on Monday."
    assert prose(f"{story}\n\n“We will not pay for the bridge”\n\nGuards came.") == f"{story}\n\nGuards came."
    assert "pay for the road" in prose(f"{story}\n\n“We will not pay for the road”\n\nGuards came.")


def test_comments_end_where_the_story_goes_on() -> None:
    story = "Marta Venn resigned on Monday."
    more = "The council of Tarn will meet on Friday to choose another mayor."
    assert prose(f"Comments (2)\n\n{story}\n\n{more}") == f"{story}\n\n{more}"
    assert prose(f"{story}\n\nComments\n\nredfox\nVenn stole it.\n\nReply\n\n{more}") == f"{story}\n\n{more}"
    assert (
        prose(f"{story}\n\nComments\n\nredfox\nVenn stole it all and burned the rest of it.\n\nowl\nShe did.") == story
    )


@pytest.mark.parametrize(
    ("text", "story"),
    [
        (
            "Ada Birk: Why did it fail?\n\nOtto Lund: Venn lied.\n\nShe “fled”, I think.",
            "Ada Birk: “Why did it fail?”\n\nOtto Lund: “Venn lied.\n\n“She ‘fled’, I think.”",
        ),
        (
            "Otto Lund spoke to us.\n\nQ. Why?\n\nA. Venn lied.",
            "Otto Lund spoke to us.\n\nThe interviewer: “Why?”\n\nOtto Lund: “Venn lied.”",
        ),
        (
            "Otto Lund spoke to Ada Birk.\n\nAB: Why?\n\nOL: Venn lied.",
            "Otto Lund spoke to Ada Birk.\n\nAda Birk: “Why?”\n\nOtto Lund: “Venn lied.”",
        ),
    ],
)
def test_an_answer_is_a_quotation_of_its_speaker(text: str, story: str) -> None:
    assert prose(text) == story


PRINTED = (
    "Otto Lund, who runs the ferry, spoke to us.",
    "You raised the fare.",
    "“I had to. Fuel costs twice what it did.” Ada Birk said the line made a profit.",
    "Is it true that your brother lost his job?",
    "“My brother left. He bribed nobody.”",
    "What will you do next?",
    "“We will buy a ship in May.”",
)


def test_answers_in_quotation_marks_are_of_the_one_who_was_introduced() -> None:
    told = [f"Otto Lund: {p}" if p[0] == "“" else p for p in PRINTED]
    assert prose("\n\n".join(PRINTED)) == "\n\n".join(told)


def test_a_speaker_who_is_not_written_has_no_words_in_the_text() -> None:
    """He stands in the view alone: no mention and no cue of his is an empty stretch of the text as given."""
    said = Line().annotate(next(Line().read([Document("\n\n".join(PRINTED))])))
    spans = [m[:2] for e in said["entities"] for m in e["mentions"]]
    spans += [s for a in said["attributions"] for part in ("source", "cue", "content") for s in a[part]]
    assert len(said["attributions"]) >= 3 and all(start < end for start, end in spans)
    assert "“" in said["text"] and "Otto Lund: “" not in said["text"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ada Birk: “My brother left. He bribed nobody.” Otto Lund later denied that.", "asserted"),
        ("Ada Birk: “My brother left. He bribed nobody.” (Otto Lund denied that when he was asked.)", "asserted"),
        ("Ada Birk: “My brother left. Otto Lund denied that.”", "reported"),
    ],
)
def test_what_stands_behind_the_words_of_a_turn_is_the_article_s(text: str, status: str) -> None:
    said = next(Line().read([Document(text)]))
    assert [e.standing.status for e in said.events if e.type == "Denial"] == [status]


@pytest.mark.parametrize("opening", ["In South Tarn, ", "At his office in the Old Harbour, "])
def test_a_place_that_is_named_first_is_not_who_answers(opening: str) -> None:
    assert "\n\nOtto Lund: “I had to." in prose("\n\n".join((opening + PRINTED[0], *PRINTED[1:])))


def test_quotations_in_paragraphs_of_their_own_are_no_interview() -> None:
    """Nobody is asked, or somebody else speaks."""
    for story in (
        PRINTED[:3],
        [p.replace("You raised", "Ruiz raised").replace("your", "her").replace("you", "she") for p in PRINTED[:4]],
        [p.replace(".”", ",” Ruiz said.") for p in PRINTED],
    ):
        assert prose("\n\n".join(story)) == "\n\n".join(story)


def test_a_line_with_a_colon_is_no_interview() -> None:
    text = "Police: Guards left Tarn\n\nGuards left Tarn on Monday.\n\nThe aim: Nobody knows."
    assert prose(text) == text


def test_answers_are_reported_by_their_speaker_and_never_facts() -> None:
    text = "Otto Lund, a banker, spoke to us.\n\nQ: Did she pay?\n\nA: No. Ana Ruiz bribed a judge in Porto.\n"
    reading = next(Line().read([Document(text)]))
    bribe = next(e for e in reading.events if text[slice(*e.triggers[0])] == "bribed")
    speaker = {e.id: e.label for e in reading.entities}[bribe.standing.claimed_by or ""]
    assert (bribe.standing.status, speaker) == ("reported", "Otto Lund")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Tarn Post: Did she pay?\n\nBirk: No. Ana Ruiz bribed a judge.\n\nTarn Post: Why?\n\nBirk: Ask.", "Birk"),
        ("HOST: Did she pay?\n\nIVO KERN: No. Ana Ruiz bribed a judge.\n\nHOST: Why?\n\nIVO KERN: Ask.", "Ivo Kern"),
        ("DULAC: Did she pay?\n\nMEYN: No. Ana Ruiz bribed a judge.\n\nDULAC: Why?\n\nMEYN: Ask.", "Meyn"),
        ("Q: Did she pay?\n\nA: No. Ana Ruiz bribed a judge.\n\nQ: Why?\n\nA: Ask her.", "interviewee"),
    ],
)
def test_whoever_answers_is_a_person(text: str, speaker: str) -> None:
    reading = next(Line().read([Document(text)]))
    bribe = next(e for e in reading.events if text[slice(*e.triggers[0])] == "bribed")
    said = next(e for e in reading.entities if e.id == bribe.standing.claimed_by)
    assert (bribe.standing.status, said.type, said.label) == ("reported", "Person", speaker)


def test_a_headline_that_only_announces_says_nothing() -> None:
    def said(text: str) -> list[str]:
        reading = next(Line().read([Document(text)]))
        return [text[slice(*a.content[0])] for a in reading.attributions if a.content]

    body = "Guards in Lima attacked a convoy on Monday, Ana Ruiz said."
    assert said(f"Ana Ruiz: what we know\n\n{body}") == said(body)
    assert len(said(f"Ana Ruiz: Judges arrested Ivo Kern in Quito\n\n{body}")) == 2


def test_a_name_that_the_foot_of_a_page_parts_is_one() -> None:
    foot = "\n\n\f\nTHE TARN POST  |  PAGE 2\n\n"
    lines = textwrap.wrap(STORY.split("\n\n")[0], 64)
    for at in range(1, len(lines)):
        assert prose("\n".join(lines[:at]) + foot + "\n".join(lines[at:])) == STORY.split("\n\n")[0]


def test_a_headline_tells_only_what_the_story_does_not() -> None:
    def told(text: str) -> list[tuple[str, str]]:
        reading = next(Line().read([Document(text)]))
        return [(text[slice(*e.triggers[0])], e.standing.status) for e in reading.events if e.type == "Attack"]

    assert told("Rebels attack a convoy in Lima\n\nRebels attacked a convoy of trucks, the army said.") == [
        ("attacked", "reported")
    ]
    assert told("Rebels attacked a convoy in Lima\n\nThe army met the mayor.") == [("attacked", "asserted")]


@pytest.mark.parametrize(
    ("headline", "told"),
    [
        ("Meridian Systems launches phone", ["launched", "launches"]),
        ("Meridian launches new phone", ["launched", "launches"]),
        ("Calder Foods launches phone", ["launched"]),
        ("Meridian Systems has not launched phone", ["launched"]),
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n"], ids=["apart", "on the next line"])
def test_a_headline_s_word_is_a_telling_of_the_story_s_event(headline: str, told: list[str], gap: str) -> None:
    text = f"{headline}{gap}Meridian Systems launched a phone in Oslo on Monday.\n\nAda Brandt, who leads it, met the mayor."
    reading = next(Line().read([Document(text, date="2026-03-03")]))
    (event,) = [
        e for e in reading.events if text[slice(*e.triggers[0])] == "launched" and e.triggers[0][0] > len(headline)
    ]
    assert [text[slice(*t)] for t in event.triggers] == told == [text[e.start : e.end] for e in event.evidence]


@pytest.mark.parametrize(
    ("text", "story"),
    [
        ("GUARDS LEAVE TARN\n\nThe guards left Tarn.", "Guards leave Tarn\n\nThe guards left Tarn."),
        ("TWO MEN left Tarn.", "Two men left Tarn."),
        ("UNICEF said it left.", "UNICEF said it left."),
    ],
)
def test_capitals_of_print_are_read_as_others(text: str, story: str) -> None:
    assert structure.view(Document(text), structure.Lexicon(word=lambda w: w.lower() in ("men", "leave"))).text == story


def test_what_each_line_was_taken_for() -> None:
    text = (
        "Home\nMenu\nShare\n\nTarn mayor quits\n\nBy Ada Birk\n\nTARN (AP) — Marta Venn resigned on Monday.\n\n| a | "
        "b |\n"
    )
    assert taken(text) == ["furniture"] * 3 + ["headline", "byline", "dateline", "prose", "table"]


def test_alerts_of_an_agency_are_lines_of_their_own() -> None:
    text = (
        "*HALDEN FOODS TO CUT JOBS\n*HALDEN FOODS SEES LOSS\nBRIEF-Halden Foods to buy Brekke Dairy\n"
        "March 4 (Reuters) - Halden Foods HALD.OL said on Monday it would buy Brekke Dairy <BREK.OL>.\n"
    )
    known = structure.Lexicon(word=lambda w: w.lower() in ("jobs", "cut", "sees", "loss", "foods"))
    assert structure.view(Document(text), known).text == (
        "*Halden Foods to cut jobs\n*Halden Foods sees loss\nBRIEF-Halden Foods to buy Brekke Dairy\n"
        "Halden Foods said on Monday it would buy Brekke Dairy."
    )
    assert prose("The U.S. firm and Mr. A.B. Lund left.") == "The U.S. firm and Mr. A.B. Lund left."
    assert prose("*Otto Lund* left.") == "Otto Lund left."


def test_where_lines_are_paragraphs_a_subheading_stands_alone() -> None:
    whole = "\n".join(STORY.split("\n\n"))
    text = f"{whole}\nWinter in the halls\nTeachers said that the school was cold."
    assert prose(text) == text
    assert prose("Winter in the halls\nTeachers said that the school was cold.").count("\n") == 0
