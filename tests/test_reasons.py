"""What stands in a reading keeps why: the cue or step of its status, and what joined a mention to its entity."""

from __future__ import annotations

import pytest

from kg.model import Document
from kg.pipeline import Line

TEXT = (
    "Prosecutors say Ana Ruiz bribed a judge in Lima. Solvik Shipping, based in Varna, may sell a port. "
    "The company opened its office in 2019. Ruiz left Lima."
)


@pytest.fixture(scope="module")
def line() -> Line:
    return Line()


@pytest.fixture(scope="module")
def annotation(line) -> dict:
    return line.annotate(next(line.read([Document(TEXT)])))


def test_a_standing_keeps_the_cue_and_its_words(annotation):
    because = {
        event["label"]: [(told["rule"], told["status"], TEXT[slice(*told["span"])]) for told in event["because"]]
        for event in annotation["events"]
        if "because" in event
    }
    assert because["bribed"] == [("verb: saying", "reported", "say")]
    assert because["sell"] == [("auxiliary: hypothetical", "hypothetical", "may")]
    assert not {"say", "opened", "left"} & set(because)


def test_offsets_of_reasons_are_those_of_the_text_as_given(line):
    text = "Markets\n\nBy Jo Lund\n\nLIMA (Wire) — The mayor may sell the port.\n\nShare this story\n"
    said = line.annotate(next(line.read([Document(text)])))
    assert [text[slice(*told["span"])] for event in said["events"] for told in event.get("because", ())] == ["may"]


def test_a_mention_keeps_what_joined_it(annotation):
    joined = {
        TEXT[start:end]: how
        for entity in annotation["entities"]
        for (start, end, _), how in zip(entity["mentions"], entity.get("joined", [""] * 99))
    }
    assert joined["Solvik Shipping"] == joined["Ana Ruiz"] == ""
    assert joined["Ruiz"] == "part of a longer name"
    assert joined["company"] == "what is nearest of its kind"
    assert joined["its"] == "best of those that fit the pronoun"


def test_explain_prints_the_chain(run, tmp_path):
    article = tmp_path / "lima.txt"
    article.write_text(TEXT, encoding="utf-8")
    told = run("explain", article).out
    assert "because reported: “Prosecutors say” governs it (verb: saying)" in told
    assert told.count("because") == 2
    assert "company → Solvik Shipping (Company, nominal: what is nearest of its kind)" in told


def test_why_prints_the_chain(run, sample_graph):
    told = run("why", sample_graph, "Copper Boys").out
    assert "because alleged: “accused” governs it (verb: accusing)" in told
