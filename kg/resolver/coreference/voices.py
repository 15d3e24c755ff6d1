"""Who speaks inside quotation marks: the subject of the verb of saying beside the quotation.

In: a parse. Out: for each token inside a quotation the token of its speaker. What extends over sentences keeps its
speaker; a quotation without a verb of saying of its own takes that of the quotation before it: on the same line, or in
the paragraph before where it fills one of its own.
"""

from __future__ import annotations

from kg.grammar import labels as gr
from kg.model import Parse
from kg.vocabulary import word_lists

_LISTS = word_lists("names")

SPEECH = _LISTS["speech"]


def find_speakers(parse: Parse) -> dict[int, int]:
    """Token inside quotation marks → head token of who says it."""
    spans = _quotations(parse)
    speakers: dict[int, int] = {}
    before: int | None = None
    line_end = -1
    for first, last in spans:
        speaker = _speaker(parse, first, last)
        if speaker is None and first > 0 and before is not None and _goes_on(parse, line_end, first, last):
            speaker = before
        if speaker is not None:
            before, line_end = speaker, last
            for i in range(first, last + 1):
                speakers[i] = speaker
    return speakers


def _breaks(parse: Parse, first: int, last: int) -> int:
    """How many lines end between two tokens."""
    return parse.document.text.count("\n", parse.tokens[first].end, parse.tokens[last].start)


def _goes_on(parse: Parse, before: int, first: int, last: int) -> bool:
    """Whether the speaker of the quotation that ended at `before` says the tokens `first` to `last`, too."""
    if not _breaks(parse, before, first):
        return True
    closed = min(last + 2, len(parse.tokens) - 1)  # behind the closing mark
    alone = closed == last + 1 or _breaks(parse, last + 1, closed) > 0
    lines = [i for i in range(before + 1, first) if _breaks(parse, i - 1, i)]
    said = parse.tokens[before].sentence == parse.tokens[max(first - 2, 0)].sentence  # nothing else was told between
    return alone and said and lines == [first - 1]


def _quotations(parse: Parse) -> list[tuple[int, int]]:
    """First and last token between opening and closing marks; a mark left open ends with its line."""
    spans: list[tuple[int, int]] = []
    start: int | None = None
    tokens = parse.tokens
    for token in tokens:
        if start is not None and token.i > start and "\n" in parse.document.text[tokens[token.i - 1].end : token.start]:
            if token.i - 1 > start:
                spans.append((start + 1, token.i - 1))
            start = None
        if token.lemma in ('"', "''", "``") or token.text in ("“", "”", "„"):
            if start is None and token.text != "”":
                start = token.i
            elif start is not None:
                if token.i - 1 > start:
                    spans.append((start + 1, token.i - 1))
                start = None
    if start is not None and tokens[-1].i > start:
        spans.append((start + 1, tokens[-1].i))
    return spans


def _speaker(parse: Parse, first: int, last: int) -> int | None:
    """Subject of the verb of saying in the sentences of the quotation, outside of it."""
    tokens = parse.tokens
    for number in dict.fromkeys(
        (tokens[last].sentence, tokens[first].sentence, min(tokens[last].sentence + 1, len(parse.sentences) - 1))
    ):
        sentence = parse.sentences[number]
        if number > tokens[last].sentence and (
            sentence.first > last + 2 or _breaks(parse, last, max(sentence.first, last + 1))
        ):
            continue  # another paragraph says who speaks there
        best: tuple[int, int] | None = None
        for i in range(sentence.first, sentence.last):
            if first <= i <= last or tokens[i].lemma not in SPEECH or tokens[i].pos != "VERB":
                continue
            child = subject_of(parse, i)
            if child is not None and not first <= child <= last:
                distance = min(abs(i - first), abs(i - last))
                if best is None or distance < best[0]:
                    best = distance, child
        if best is not None:
            return best[1]
        for i in range(sentence.first, sentence.last - 1):
            if not first <= i <= last and tokens[i].lemma == "accord" and tokens[i + 1].lemma == "to":
                objects = [c for c in parse.children[i + 1] if tokens[c].dep == gr.PREPOSITIONAL_OBJECT]
                if objects:
                    return objects[0]
    return None


def subject_of(parse: Parse, verb: int) -> int | None:
    """Who does it, also as the subject of the verb above: "he left, adding", "she rose and said"."""
    tokens = parse.tokens
    for _ in range(3):
        for child in parse.children[verb]:
            if tokens[child].dep == gr.SUBJECT:
                return child
        if (
            tokens[verb].dep not in (gr.CONJUNCT, gr.ADVERBIAL_CLAUSE, gr.OPEN_CLAUSE)
            or tokens[verb].dep == gr.ADVERBIAL_CLAUSE
            and tokens[verb].tag != "VBG"
        ):
            return None
        verb = tokens[verb].head
    return None
