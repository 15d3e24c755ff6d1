"""Interviews: whose words a question and an answer are.

A turn is read as a quotation after its speaker and a colon, which is what print means by it; a bare "Q" or "A" as
the one who asks and the one who is asked.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.structure.characters import Edit
from kg.structure.rules import rules
from kg.structure.story import Paragraph

_LABEL = re.compile(
    r"(?P<name>[A-ZÀ-Þ][\w.'’-]*(?: (?:(?:de|da|von|van|bin|al|the|of) )?[A-ZÀ-Þ][\w.'’-]*){0,4})"
    r"(?: \([^()\n]{2,60}\))?\s?(?P<mark>:|[—–]|\.(?=\s)|\s-(?=\s))\s*(?=\S)"
)
_NAMED = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?: (?:(?:de|da|von|van|bin|al|el|la|dos) )?[A-ZÀ-Þ][\w’'-]+){1,3}")
_PLACED = re.compile(r"(?:In|At|Near|From|Outside|Across) ")
_BEHIND = re.compile(r"(?i)\b(?:in|at|near|from|outside|across)(?: the)? $")
_QUESTION = re.compile(r"\?[”\"’']?$")
_FIRST = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Ww]e|[Mm]y|[Mm]e|[Oo]ur|us)\b")
_SECOND = re.compile(r"(?i)\byour?s?\b|\byou['’]")
#: Opens a paragraph that is first of all somebody's words; what follows them is no "she said".
_ANSWER = re.compile(r"[“\"][^“”\"]{20,}(?:\.[”\"]|[!?][”\"](?!\s+[\w.’' ]{1,40}\b(?:said|says|added|told)\b))(?=\s|$)")
_INITIALS = 3  # letters that stand for a name, at most
_DOUBLE = re.compile('[“"]|”')


@dataclass(slots=True)
class _Turn:
    first: int  # number of its first paragraph
    name: str
    mark_start: int  # offsets in the joined text
    mark_end: int
    label_start: int
    asks: bool
    paragraphs: list[Paragraph]


def edits(paragraphs: Sequence[Paragraph]) -> Iterator[Edit]:
    """The edits by which turns are read as quotations of their speakers; their paragraphs get their kinds."""
    turns = _turns(paragraphs)
    if not turns:
        yield from list(_printed(paragraphs)) or _unlabelled(paragraphs)
        return
    people = _People(_people(paragraphs, turns))
    for turn in turns:
        speaker = _speaker(turn, people)
        head = turn.paragraphs[0]
        if speaker != turn.name:
            yield Edit(turn.label_start, turn.label_start + len(turn.name), speaker)
        if head.text[turn.mark_start - head.start : turn.mark_end - head.start] != ": ":
            yield Edit(turn.mark_start, turn.mark_end, ": ")
        yield Edit(turn.mark_end, turn.mark_end, "“")
        head.inner = turn.mark_end
        yield from _quoted(turn.paragraphs, opened=True)
        for p in turn.paragraphs:
            p.kind = "question" if turn.asks else "answer"


def _quoted(paragraphs: Sequence[Paragraph], opened: bool) -> Iterator[Edit]:
    for number, p in enumerate(paragraphs):
        words, inner = p.words, p.inner
        for mark in _DOUBLE.finditer(words):
            opens = (
                mark.group() == "“" or mark.group() == '"' and (mark.start() == 0 or words[mark.start() - 1].isspace())
            )
            yield Edit(inner + mark.start(), inner + mark.end(), "‘" if opens else "’")
        if number or not opened:
            yield Edit(inner, inner, "“")
        if number == len(paragraphs) - 1:
            yield Edit(p.until, p.until, "”")


def _turns(paragraphs: Sequence[Paragraph]) -> list[_Turn]:
    """The turns of an interview or a transcript, if the text is one: of two speakers, one asks, or they take turns."""
    turns: list[_Turn] = []
    told = sorted(p.text for p in paragraphs)
    for number, p in enumerate(paragraphs):
        found = _LABEL.match(p.words) if p.kind in ("prose", "headline", "heading") else None
        name = found["name"] if found else ""
        if (
            found
            and (len(name) > 3 or found["mark"] in ":.—–")
            and (found["mark"] == ":" or _letter(name) or _spoken(name, told))
        ):
            if found["mark"] == "." and not _letter(name):
                found = None
        elif found:
            found = None
        if found:
            asks = bool(_QUESTION.search(p.words)) or name.lower() in rules().asks
            turns.append(_Turn(number, name, p.inner + found.end("name"), p.inner + found.end(), p.inner, asks, [p]))
        elif turns and p.kind in ("prose", "heading") and p.gap is not None and _goes_on(p, turns):
            turns[-1].paragraphs.append(p)
    names = Counter(turn.name for turn in turns)
    several = {name for name, times in names.items() if times > 1}
    asked = any(turn.asks for turn in turns)
    if len(names) < 2 or not (asked and any(not t.asks for t in turns) or len(several) > 1 and len(turns) > 3):
        return []
    _cut(turns)
    return turns


def _letter(name: str) -> bool:
    return name.lower() in rules().asks | rules().answers


def _spoken(name: str, told: Sequence[str]) -> bool:
    """Whether a label before a dash stands before two paragraphs or more, or a question follows it; `told` are all
    paragraphs, sorted.
    """
    at = bisect_left(told, name)
    own = [text for text in told[at : at + 2] if text.startswith(name)]
    return len(own) > 1 or any(_QUESTION.search(text) for text in own)


def _goes_on(p: Paragraph, turns: Sequence[_Turn]) -> bool:
    """A paragraph without a label goes on with the answer before it: until the last label for certain."""
    return p.kind == "prose" and p.sentence


def _cut(turns: list[_Turn]) -> None:
    """The last turn ends where nobody speaks in the first person any more; a question is of one paragraph."""
    for turn in turns:
        if turn.asks:
            del turn.paragraphs[1:]
    last = turns[-1]
    while len(last.paragraphs) > 1 and not _FIRST.search(last.paragraphs[-1].words):
        last.paragraphs.pop()


def _people(paragraphs: Sequence[Paragraph], turns: Sequence[_Turn]) -> list[str]:
    """Full names before and in the interview, in order."""
    named = [name for turn in turns for name in _NAMED.findall(turn.name)]
    return [name for name in (*_introduced(paragraphs[: turns[0].first]), *named) if not name.isupper()]


def _introduced(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """Full names in the order of the text; a name behind "in" or "from" is of a place."""
    for p in paragraphs:
        for found in _NAMED.finditer(p.text):
            if not _PLACED.match(found[0]) and not _BEHIND.search(p.text, max(found.start() - 13, 0), found.start()):
                yield found[0]


class _People:
    """Full names, looked up by what a label may have of them; of two the one named first."""

    def __init__(self, names: Sequence[str]) -> None:
        self.first = names[0] if names else "The interviewee"
        self.by_initials: dict[str, str] = {}
        self.in_capitals: dict[str, str] = {}
        for name in names:
            self.by_initials.setdefault("".join(w[0] for w in name.split()), name)
            for written in (name.upper(), name.upper().split()[-1]):
                self.in_capitals.setdefault(written, name)


def _speaker(turn: _Turn, people: _People) -> str:
    """Whom a label names: letters stand for the first person named before, initials for a name with them."""
    name = turn.name
    if name.lower() in rules().asks:
        return "The interviewer" if len(name) == 1 or name.lower() == "question" else f"The {name.lower()}"
    if name.lower() in rules().answers:
        return people.first
    if name.isupper():
        letters = name.replace(".", "")
        if len(letters) <= _INITIALS:
            return people.by_initials.get(letters, name)
        return people.in_capitals.get(name) or name.title()
    return name


def _printed(paragraphs: Sequence[Paragraph]) -> Iterator[Edit]:
    """Three or more answers in quotation marks of "I" or "we", each after a line of its own that is put to "you"."""
    rounds = [
        (asked, answer)
        for asked, answer in pairwise(paragraphs)
        if asked.kind in ("prose", "heading", "headline")
        and answer.kind == "prose"
        and len(asked.words) < 400
        and not _DOUBLE.search(asked.words)
        and not asked.words.endswith(":")
        and _ANSWER.match(answer.words)
    ]
    put = sum(bool(_QUESTION.search(asked.words) or _SECOND.search(asked.words)) for asked, _ in rounds)
    personal = sum(bool(_FIRST.search(answer.words)) for _, answer in rounds)
    if len(rounds) < 3 or put * 2 < len(rounds) or personal * 2 < len(rounds):
        return
    person = next(_introduced(paragraphs[: paragraphs.index(rounds[0][0])]), "The interviewee")
    for asked, answer in rounds:
        asked.kind, answer.kind = "question", "answer"
        yield Edit(answer.inner, answer.inner, f"{person}: ")


def _unlabelled(paragraphs: Sequence[Paragraph]) -> Iterator[Edit]:
    """Questions to "you" that stand alone, with answers of "I" or "we": of the one whom the text has introduced."""
    rounds: list[tuple[Paragraph, list[Paragraph]]] = []
    first = len(paragraphs)
    for number, p in enumerate(paragraphs):
        if (
            p.kind in ("prose", "heading", "headline")
            and _QUESTION.search(p.words)
            and len(p.words) < 400
            and not _DOUBLE.match(p.words)
        ):
            rounds.append((p, []))
            first = min(first, number)
        elif rounds and p.kind == "prose" and p.sentence:
            rounds[-1][1].append(p)
    rounds = [one for one in rounds if one[1]]
    personal = sum(any(_FIRST.search(_unquoted(p.words)) for p in answer) for _, answer in rounds)
    if len(rounds) < 2 or not any(_SECOND.search(q.words) for q, _ in rounds) or personal * 2 < len(rounds):
        return
    people = list(_introduced(paragraphs[:first]))
    last = rounds[-1][1]
    while len(last) > 1 and not _FIRST.search(last[-1].words):
        last.pop()
    for question, answer in rounds:
        question.kind = "question"
        head = answer[0].inner
        word = re.match(r"\S+", answer[0].words)
        opening = word.group() if word else ""
        yield Edit(head, head + len(opening), f"{people[0] if people else 'The interviewee'}: “{_single(opening)}")
        for p in answer:
            p.kind = "answer"
        yield from (edit for edit in _quoted(answer, opened=True) if edit.start >= head + len(opening))


def _single(words: str) -> str:
    return re.sub('[“"]', "‘", words).replace("”", "’")


def _unquoted(words: str) -> str:
    return re.sub(r"[“\"][^”\"]*[”\"]", "", words)
