"""What a text costs grows with its length, however odd it is; an article over its time is left out with the reason."""

from __future__ import annotations

import cProfile

import pytest

from kg import annotator, pipeline
from kg.annotator import LONGEST_RUN, LONGEST_SENTENCE, PIECE
from kg.errors import DocumentError
from kg.model import Document

ODD = {
    "speakers": lambda n: "Ana Ruiz said that " * n + "it rained.",
    "coordination": lambda n: "Ana Ruiz visited Lima " + "and the mayor visited Lima " * n + ".",
    "titles": lambda n: "President " * (4 * n),
    "surnames": lambda n: "Ruiz visited Lima. " * n,
    "signs": lambda n: "\U0001f600 " * (4 * n),
}


def calls(line: pipeline.Line, text: str) -> int:
    """How many calls understanding a text takes: steps, which no load of the machine changes."""
    parse = next(line.parse([Document(text)]))
    profile = cProfile.Profile()
    profile.enable()
    line.understand(parse)
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("kind", ODD)
def test_a_text_twice_as_long_takes_about_twice_the_steps(kind):
    line = pipeline.Line()
    calls(line, ODD[kind](10))  # what is loaded once is loaded
    once, twice = calls(line, ODD[kind](150)), calls(line, ODD[kind](300))
    assert twice < 2.8 * once, (kind, once, twice)


@pytest.mark.parametrize(
    "text", ["\U0001f600" * 3500, "(" * 3500, "word " * 9000, "He saw it. " * 4000, "x" * 2500 + " Ana slept."]
)
def test_lines_are_parsed_in_pieces_that_hold_every_word(text):
    pieces = list(annotator._pieces(text, 7))
    assert "".join(piece for piece, _ in pieces).split() == text.split() or "".join(p for p, _ in pieces) == text
    assert all(text[start - 7 : start - 7 + len(piece)] == piece for piece, start in pieces)
    assert all(len(piece) <= PIECE and max(map(len, piece.split())) <= LONGEST_RUN for piece, _ in pieces)


def test_prose_is_one_piece_and_long_lines_are_cut_between_sentences():
    prose = "Ana Ruiz visited Lima. " * 100
    assert [p for p, _ in annotator._pieces(prose, 0)] == [prose]
    cut = [p for p, _ in annotator._pieces("Ana Ruiz visited Lima. " * 2000, 0)]
    assert len(cut) > 1 and all(p.startswith("Ana") and p.rstrip().endswith("Lima.") for p in cut)


def test_a_sentence_has_bounds():
    parse = next(pipeline.Line().parse([Document(ODD["coordination"](200))]))
    assert max(s.last - s.first for s in parse.sentences) <= LONGEST_SENTENCE
    assert all(s.first <= t.head < s.last for s in parse.sentences for t in parse.tokens[s.first : s.last])


def test_the_edges_of_every_subtree():
    text = 'The mayor of Lima, officials said on Monday, had visited the town that he loved. "It rained," she said.'
    parse = next(pipeline.Line().parse([Document(text)]))
    assert parse.edges == tuple((parse.subtree(i)[0], parse.subtree(i)[-1]) for i in range(len(parse.tokens)))


def test_an_article_over_its_time_costs_only_itself(monkeypatch):
    line, left = pipeline.Line(), []
    monkeypatch.setattr(pipeline, "allowed", lambda document: 0.2 if document.id == "slow" else 60.0)
    documents = [
        Document("Ana Ruiz visited Lima.", id="one"),
        Document("Ana Ruiz visited Lima. " * 3000, id="slow"),
        Document("Lima grew.", id="two"),
    ]
    read = list(line.read(documents, lambda document, problem: left.append((document.id, problem))))
    assert [r.document.id for r in read] == ["one", "two"]
    assert (
        [name for name, _ in left] == ["slow"]
        and isinstance(left[0][1], DocumentError)
        and "takes more than its" in str(left[0][1])
    )
    with pytest.raises(DocumentError, match="takes more than its"):
        list(line.read(documents))
