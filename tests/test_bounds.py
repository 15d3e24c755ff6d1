"""What a text costs grows with its length, however odd it is; an article over its time is left out with the reason."""

from __future__ import annotations

import cProfile
import importlib
import math
import pkgutil
import sys
import time
import unicodedata
from collections.abc import Callable
from inspect import signature
from io import BytesIO
from itertools import islice

import pytest

import kg
from kg import annotator, pipeline, rdf, structure
from kg.annotator import LONGEST_RUN, LONGEST_SENTENCE, PIECE
from kg.errors import DocumentError
from kg.model import Document
from kg.rdf import RdfFormat
from kg.reader import plain

#: Syllables of which no two numbers below eight thousand make the same name.
SYLLABLES = "ba cor del fen gar hol kim lor mar nev ost pel rud sal tor vik wen zan bri dro".split()
LANDS = "Peru Norway France Chile Ghana".split()


def name(i: int) -> str:
    """A name that is in no list."""
    return "".join(SYLLABLES[i // 20**k % 20] for k in range(3)).capitalize()


def person(i: int) -> str:
    return f"{name(i)} {name(i + 4001)}"


def each(unit: Callable[[int], str], between: str = " ") -> Callable[[int], str]:
    return lambda n: between.join(map(unit, range(n)))


def signs(category: str) -> list[str]:
    """Signs of one of Unicode's general categories."""
    return list(islice((c for c in map(chr, range(sys.maxunicode)) if unicodedata.category(c) == category), 200))


def of_category(category: str) -> Callable[[int], str]:
    """Signs alone, in a row, and on words."""
    found = signs(category)
    at = lambda i: found[i % len(found)]  # noqa: E731
    return lambda n: " ".join(f"Ana{at(i)} saw {at(i)} and {at(i)}{at(i + 1)}{at(i + 2)}Lima." for i in range(n))


CATEGORIES = "Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Co Cn".split()
ODD: dict[str, Callable[[int], str]] = {
    **{f"signs: {category}": of_category(category) for category in CATEGORIES},
    "signs: emoji": lambda n: "\U0001f600 " * n,
    "signs: joined emoji": lambda n: "\U0001f468\u200d\U0001f469\u200d\U0001f467 " * n,
    "signs: flags": lambda n: "\U0001f1f5\U0001f1ea " * n,
    "signs: emoji in prose": lambda n: "Ana Ruiz was happy \U0001f600\U0001f389. " * n,
    "titles: alone": lambda n: "President " * n,
    "titles: short": lambda n: "Mr. " * n,
    "titles: mixed": lambda n: "President Mr. Dr. Sir Senator " * n,
    "titles: before names": each(lambda i: f"President {person(i)} met Mr. {name(i + 9)}."),
    "brackets: open": lambda n: "(" * n,
    "brackets: in one another": lambda n: "Ana saw " + "(" * n + "it" + ")" * n + ".",
    "brackets: never closed": each(lambda i: f"Ana {name(i)} (who saw it"),
    "brackets: short forms": each(lambda i: f"The {name(i)} {name(i + 5)} Group ({name(i)[0]}{name(i + 5)[0]}G) grew."),
    "quotes: straight": lambda n: '" ' * n,
    "quotes: curly": lambda n: "“ " * n,
    "quotes: in one another": lambda n: "“ ‘ " * n,
    "quotes: one a word": each(lambda i: f'"{name(i)}"'),
    "quotes: never closed": each(lambda i: f'"It rained, said {name(i)}.'),
    "quotes: paragraphs": each(lambda i: f"“It rained in {name(i)} and I slept.", "\n\n"),
    "quotes: speakers": each(lambda i: f'"It rained in {name(i)}," said {person(i)}.'),
    "quotes: one speaker": lambda n: '"It rained," she said. "I saw it." ' * n,
    "quotes: monologue": lambda n: "Ana Ruiz said: " + "“It rained and I slept.” " * n,
    "lists: bullets": each(lambda i: f"• {person(i)} slept", "\n"),
    "lists: numbered": each(lambda i: f"{i + 1}. {person(i)} slept.", "\n"),
    "lists: commas": lambda n: f"Ana saw {', '.join(map(person, range(n)))}.",
    "lists: ands": lambda n: f"Ana saw {' and '.join(map(person, range(n)))}.",
    "sentence: said that": lambda n: "Ana Ruiz said that " * n + "it rained.",
    "sentence: who": lambda n: "The mayor " + "who met the man " * n + "slept.",
    "sentence: and": lambda n: "Ana Ruiz visited Lima " + "and the mayor visited Lima " * n + ".",
    "sentence: participles": lambda n: "Ana Ruiz slept, " + "seeing the man, " * n + "alone.",
    "sentence: prepositions": lambda n: "Ana Ruiz slept " + "in the house of the mayor " * n + ".",
    "sentence: while": lambda n: ", while ".join(f"{person(i)} met the man who had fired {name(i)}" for i in range(n)),
    "names: one": lambda n: "Ana Ruiz visited Lima. " * n,
    "names: one surname": lambda n: "Ruiz visited Lima. " * n,
    "names: all of one surname": each(lambda i: f"{name(i)} Ruiz slept. Ruiz woke. Mr Ruiz ate."),
    "names: all different": each(lambda i: f"{person(i)} met {person(i + 900)} in {name(i + 77)}."),
    "names: initials": each(lambda i: f"{name(i)[0]}. {name(i)} slept. {name(i + 20)} {name(i)} ate."),
    "names: long": lambda n: f"{' '.join(map(name, range(n)))} slept.",
    "names: bodies": each(lambda i: f"{name(i)} {name(i + 1)} Holdings Inc. bought {name(i)} Ltd."),
    "names: in capitals": each(lambda i: f"ANA {name(i).upper()} SLEPT IN LIMA.", "\n"),
    "pronouns": lambda n: "He saw her and she saw them. " * n,
    "pronouns: after names": each(lambda i: f"{person(i)} said he liked her because they told him."),
    "descriptions: one": lambda n: "The president slept. " * n,
    "descriptions: company": lambda n: "The company said it grew. " * n,
    "descriptions: new ones": lambda n: "A man saw the old bridge. The man left the town. " * n,
    "descriptions: ages": each(lambda i: f"{person(i)}, {20 + i % 70}, slept. The {20 + i % 70}-year-old woke."),
    "descriptions: posts": each(lambda i: f"{person(i)}, the mayor of {name(i + 9)}, slept. The mayor ate."),
    "descriptions: officers": each(lambda i: f"Foreign Minister {person(i)} met the {LANDS[i % 5]} minister."),
    "speech: according": each(lambda i: f"According to {person(i)}, it rained."),
    "speech: denied": each(lambda i: f"{person(i)} denied that {person(i + 4)} had killed {name(i)}."),
    "speech: turns": each(lambda i: f"{name(i)}: Did it rain?\n{name(i + 1)}: It rained.", "\n"),
    "speech: one line": each(lambda i: f"{name(i)} Ruiz: it rained and I slept."),
    "numbers": each(lambda i: f"{i * 37}"),
    "numbers: money": each(lambda i: f"The bank paid ${i + 2} million to {name(i)}."),
    "numbers: counted": each(lambda i: f"The bank sold {i + 3} shares and 3 houses."),
    "numbers: days": each(lambda i: f"Ana slept on {1 + i % 28} March {1900 + i % 120}."),
    "numbers: weekdays": lambda n: "On Monday it rained. " * n,
    "places": each(lambda i: f"It rained in {name(i)}, {LANDS[i % 5]}, and in Lima, Peru."),
    "places: joined": lambda n: "US-led Oslo-based pro-Moscow Israel-Egypt " * n,
    "places: born": lambda n: "Ana Ruiz was born in Lima, Peru. " * n,
    "events: of one kind": each(
        lambda i: f"{person(i)} killed {person(i + 8)} in Lima on Monday. The killing was long."
    ),
    "events: one": lambda n: "The visit was long. The talks in Lima ended. " * n,
    "events: of one doer": each(lambda i: f"Ana Ruiz visited {name(i)}. The visit was long."),
    "lines: headings": each(lambda i: f"{name(i)} Sees Rain In {name(i + 3)}", "\n"),
    "lines: words": each(lambda i: name(i).lower(), "\n"),
    "lines: blank": lambda n: "Ana slept." + "\n" * (9 * n) + "Ana ate.",
    "lines: broken": each(lambda i: f"the {name(i).lower()} met a man and then it went on to the", "\n"),
    "lines: in capitals": each(lambda i: f"ANA {name(i).upper()} SLEPT IN NEW YORK", "\n"),
    "lines: paragraphs": each(lambda i: f"{person(i)} met the mayor. He slept in Lima.", "\n\n"),
    "lines: told again": each(lambda i: f"The dog saw a small cat in the {name(i)} park.", "\n\n"),
    "lines: datelines": each(lambda i: f"{name(i).upper()}, Peru (AP) — It rained.", "\n\n"),
    "lines: tables": each(lambda i: f"{name(i)}\t{i}\t{i * 3}", "\n"),
    "lines: entries of a blog": each(lambda i: f"{i % 24}:{i % 60:02d} It rained in {name(i)}.", "\n"),
    "words: long": lambda n: "abcdefgh" * n,
    "words: joined": lambda n: "Ana-" * n,
    "words: dots": lambda n: "........" * n,
    "words: addresses": each(lambda i: f"See https://www.{name(i).lower()}.com/{i}/a-b?c={i} or {name(i)}@x.com."),
    "leftovers: tags": each(lambda i: f'<p class="x">Ana {name(i)} slept.</p>'),
    "leftovers: entities": lambda n: "&amp; &quot;Ana&quot; &nbsp; " * n,
    "leftovers: markup": lambda n: "**Ana** [slept](x) <b>in</b> _Lima_ <!-- " * n,
    "prose": each(
        lambda i: (
            f"{person(i)}, the mayor of {name(i + 9)}, said on Monday that the company had bought {name(i + 40)} Ltd. "
            f'for ${i + 1} million. "We are glad," he said. Police in Oslo arrested the man.'
        )
    ),
}
#: What no doubling may cost: twice is an exponent of 1.
EXPONENT = 1.15
#: Characters of the shorter text, and how many times as long the other is: three doublings.
SHORT, LONGER = 600, 8
#: What stands in proportion to a sentence, which is cut at some hundred words: these begin where it is.
SENTENCES = 1_500


@pytest.fixture(scope="module")
def line() -> pipeline.Line:
    line = pipeline.Line()
    calls(line, "Ana Ruiz visited Lima on Monday, she said.")  # what is loaded once is loaded
    return line


def calls(line: pipeline.Line, text: str) -> int:
    """How many calls the whole way from text to graph takes: steps, which no load of the machine changes."""
    profile = cProfile.Profile()
    profile.enable()
    reading = line.understand(next(line.parse([Document(text, id="x", date="2026-03-03")])))
    line.annotate(reading)
    rdf.serialize(line.quads(reading), RdfFormat.N_QUADS, BytesIO())
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


def sizes(kind: str, short: int) -> tuple[str, str]:
    """Two texts of a kind, the one of about so many characters, the other of three doublings more."""
    n = max(short * 40 // len(ODD[kind](40)), 2)
    return ODD[kind](n), ODD[kind](LONGER * n)


@pytest.mark.parametrize("kind", ODD)
def test_a_text_twice_as_long_takes_about_twice_the_steps(kind, line):
    short, long = sizes(kind, SENTENCES if kind.startswith(("sentence", "lists")) else SHORT)
    once, more = calls(line, short), calls(line, long)
    exponent = math.log(more / once) / math.log(len(long) / len(short))
    assert exponent <= EXPONENT, (kind, len(short), len(long), once, more, exponent)


def took(work: Callable[[], object]) -> float:
    """Processor seconds, the least of three."""
    times = []
    for _ in range(3):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize("kind", ["lines: broken", "lines: in capitals", "lines: told again", "speech: turns"])
def test_so_does_what_no_count_shows_in_the_shape_of_a_text(kind, line):
    short, long = (Document(text) for text in sizes(kind, 10_000))
    once = took(lambda: structure.seen(short, line.lexicon))
    assert took(lambda: structure.seen(long, line.lexicon)) < LONGER**1.5 * once


@pytest.mark.parametrize("mark", ["![a](b", "<https:a", "[^a", "# a# ", "*a ", "'''a", "`a", "[a](b(c", "- "])
def test_so_do_the_marks_of_a_text_that_are_never_closed(mark):
    short, long = ("# " + mark * (size // len(mark)) + "x" for size in (10_000, 80_000))
    once = took(lambda: plain.unmarked(short))
    assert took(lambda: plain.unmarked(long)) < LONGER**1.5 * once


@pytest.mark.parametrize(
    "row", ["By " + "A" * 40 + "!", "updated " + "1" * 30 + "x!é", "Prices (" + "A" * 30_000, "A 1 " * 30 + "é"]
)
def test_a_line_that_nearly_fits_a_pattern_is_soon_given_up(row):
    start = time.process_time()
    structure.seen(Document(f"{row}\nAna Ruiz slept in Lima."))
    assert time.process_time() - start < 1


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
    parse = next(pipeline.Line().parse([Document(ODD["sentence: and"](200))]))
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


#: Names that are ours: files, tables, and the namespace of a store.
OURS = {"static", "_asset", "word_lists", "query_page", "_terms"}


def test_nothing_that_a_process_keeps_grows_with_the_words_it_reads():
    modules = [
        importlib.import_module(m.name)
        for m in pkgutil.walk_packages(kg.__path__, "kg.")
        if not m.name.endswith("__main__")
    ]
    kept = {f for m in modules for f in vars(m).values() if hasattr(f, "cache_parameters")}
    by_words = {f.__name__ for f in kept if any("str" in str(p.annotation) for p in signature(f).parameters.values())}
    endless = {f.__name__ for f in kept if f.cache_parameters()["maxsize"] is None}
    assert {"_words", "slug", "term"} <= by_words and by_words & endless <= OURS


def test_short_articles_are_parsed_together_and_an_odd_one_alone(monkeypatch):
    line, seen = pipeline.Line(), []
    parse = pipeline.Line.parse_together

    def noted(self, documents):
        seen.append([document.id for document in documents])
        if len(documents) > 1 and any(document.id == "odd" for document in documents):
            raise RuntimeError("cannot be read in company")
        return parse(self, documents)

    monkeypatch.setattr(pipeline.Line, "parse_together", noted)
    monkeypatch.setattr(pipeline, "TOGETHER", 60)
    monkeypatch.setattr(type(line.annotator), "company", True)
    texts = {"one": "Ana Ruiz slept.", "two": "Lima grew.", "long": "It rained in Lima. " * 20, "odd": "Oslo froze."}
    documents = [Document(text, id=id) for id, text in [*texts.items(), ("last", "Ana left.")]]
    assert [reading.document.id for reading in line.read(documents)] == [d.id for d in documents]
    assert seen == [["one", "two"], ["long"], ["odd", "last"], ["odd"], ["last"]]


def test_what_came_before_a_source_failed_is_read():
    def source():
        yield Document("Ana Ruiz slept.", id="one")
        yield Document("Lima grew.", id="two")
        raise DocumentError("is torn", "three")

    line, ids = pipeline.Line(), []
    with pytest.raises(DocumentError, match="torn"):
        for reading in line.read(source()):
            ids.append(reading.document.id)
    assert ids == ["one", "two"]
