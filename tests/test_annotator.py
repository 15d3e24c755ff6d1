"""Lines are parsed by themselves, hyphens and quotes as news writes them, in any company the same."""

import pytest

from kg.annotator import load
from kg.errors import ModelError
from kg.model import Document


def test_a_line_is_a_sentence_of_its_own(annotator):
    text = "LIMA, Peru —\nAna Ruiz, the president-elect, won.\nVoters “cheered”.\n\nBy Dan Ode"
    parse = next(annotator.parse([Document(text)]))
    assert [text[s.start : s.end] for s in parse.sentences] == [
        "LIMA, Peru —",
        "Ana Ruiz, the president-elect, won.",
        "Voters “cheered”.",
        "By Dan Ode",
    ]
    assert "president-elect" in [t.text for t in parse.tokens]
    assert all(text[t.start : t.end] == t.text for t in parse.tokens)


def test_the_same_text_gives_the_same_parse_in_any_company(annotator):
    texts = ["Guards left.", "Ana Ruiz met Tom Ode in Oslo on Friday.\nThey agreed.", "x " * 300]
    alone = [next(annotator.parse([Document(t)])) for t in texts]
    assert list(annotator.parse([Document(t) for t in texts])) == alone
    assert list(annotator.parse([Document(t) for t in reversed(texts)])) == alone[::-1]


def test_an_unknown_model_is_one_line_with_a_remedy():
    with pytest.raises(ModelError, match="pip install"):
        load("no_such_pipeline")
