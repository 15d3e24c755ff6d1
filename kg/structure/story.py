"""The paragraphs of a story: headlines, datelines, captions, times of a live blog, pull quotes.

What stands before or behind the sentences of a paragraph (where it was written, when, who took the picture) is parted
from them, so that no sentence swallows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.model import LineKind, Part
from kg.structure.characters import Edit, Plain
from kg.structure.lines import END, ITEM
from kg.structure.rules import rules

IsPlace = Callable[[str], bool]

_LONGEST_HEADLINE, _LONGEST_CAPTION = 200, 600
_NAME = r"[A-ZÀ-Þ][\w.'’-]*"
_PLACE = rf"{_NAME}(?: (?:(?:of|de|del|da|do|la|le|el|al|on|upon|the) )?{_NAME}){{0,3}}"
_MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?"
    r"|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thurs?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )?"
_DATE = (
    rf"{_WEEKDAY}(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTHS}(?:,? \d{{4}})?"
    rf"|{_MONTHS} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?)"
)
_AGENCY = r"(?:\s?(?:\([\w .,/&'’-]{2,40}\)|\[[\w .,/&'’-]{2,40}\]|/[A-Z][\w .&-]{2,30}/))"
#: "LIMA, Peru (AP) — ", "Oslo: ", "Nairobi, 12 March 2025 – ", "(CNN)": where, when and by whom it was written.
_DATELINE = re.compile(
    rf"(?:(?P<place>{_PLACE}(?:(?:, |/| and ){_PLACE}){{0,3}}?)(?P<date>,? {_DATE})?"
    rf"|(?P<alone>(?:{_DATE})?(?={_AGENCY})))(?P<agency>{_AGENCY}{{0,2}})(?P<day>,? {_DATE})?"
    r"\s?(?P<mark>—|–|--|:(?=\s)|-(?=\s)|(?<=[)\]/]))\s*"
    r"(?:(?P<second>\([A-Z][\w .,/&'’-]{1,40}\))\s?[—–-]*\s*)?(?=[\"'“‘A-ZÀ-Þ0-9])"
)
_TIME = re.compile(
    r"[\[(]?(?:\d{1,2}:\d{2}(?::\d{2})?\s?(?:[ap]\.?m\.?)?|\d{1,2}(?:\.\d{2})?\s?[ap]\.?m\.?|\d{1,2}h\d{2}"
    r"|\d{1,2}\.\d{2}(?=\s?(?:GMT|UTC|CET|[A-Z]{1,3}T\b|[-–—:|])))"
    r"(?:\s?(?:GMT|UTC|CET|CEST|[A-Z]{1,3}[SD]?T)(?:[+-]\d{1,2})?)?[\])]?(?:\s*[-–—:|•·]\s*|\s+)(?=[\"'“‘A-ZÀ-Þ])"
)
_CLOCK = re.compile(r"[\[(]?\d{1,2}[:.h]\d{2}(?::\d{2})?\s?(?:[ap]\.?m\.?)?\s?(?:[A-Z]{2,5})?[\])]?\W*(?:\([^)]*\))?")
_SENTENCE = re.compile(r"""[.!?]["”’')\]]*\s+""")
_TICKER = re.compile(
    r"\s?\((?:[A-Z][A-Za-z]*(?:\s[A-Z][A-Za-z]*){0,2}\s?:\s?[A-Z0-9][A-Z0-9.]{0,7}(?:\s?[;,/|]\s?)?)+\)"
    r"|\s?\((?:ticker|symbol):? [A-Z.]{1,6}\)"
    r"|(?<=\w) <?[A-Z0-9]{3,6}\.[A-Z]{1,2}>?(?=[\s,.;:)])"  # "Halden Foods HLDN.OL"
)
_CAPITALS = re.compile(r"[A-ZÀ-Þ]{2}")
_MARK = re.compile(r"[“\"‘'«„]")
_SIGNED = re.compile(rf"\s*[—–-]+\s*{_NAME}[^.!?]{{0,80}}$")
#: Words that no sentence is without, in what is mostly names.
_SMALL = re.compile(r"(?<![\w'’])[a-zà-ÿ]{2,}")
_BESIDE_NAMES = frozenset(
    "by for via and of the de da von van courtesy from file handout photo image images pool".split()
)


@dataclass(slots=True)
class Paragraph:
    """A line of a joined text: offsets there; `inner` is where its sentences begin, `until` where they end."""

    start: int
    end: int
    text: str
    gap: bool
    kind: LineKind = "prose"
    inner: int = 0
    until: int = 0
    parts: list[tuple[LineKind, int, int]] = field(default_factory=list)  # what stands before and behind its sentences

    def __post_init__(self) -> None:
        self.inner, self.until = self.start, self.end

    @property
    def words(self) -> str:
        """Its sentences."""
        return self.text[self.inner - self.start : self.until - self.start]

    @property
    def sentence(self) -> bool:
        return len(self.text) > 12 and bool(END.search(self.words))


def paragraphs_of(source: Plain) -> list[Paragraph]:
    found, at, gap = [], 0, True
    for row in source.text.split("\n"):
        if row.strip():
            found.append(Paragraph(at, at + len(row), row, gap))
            gap = False
        else:
            gap = True
        at += len(row) + 1
    return found


def classify(paragraphs: Sequence[Paragraph], is_place: IsPlace) -> None:
    """Says of each paragraph what it is, and where in it its sentences begin and end."""
    _repeats(paragraphs)
    read = [p for p in paragraphs if p.kind == "prose"]
    for p in read:
        _time(p)
        _caption(p)
    body = False
    for p in read:
        if p.kind != "prose":
            continue
        if not p.sentence:
            if len(p.words) <= _LONGEST_HEADLINE and not ITEM.match(p.text) and not p.words.endswith((":", ",", ";")):
                p.kind = "heading" if body else "headline"
            continue
        _dateline(p, is_place, first=not body)
        body = True
    if not body:  # nothing but lines without an end: no headlines without a story
        for p in read:
            if p.kind == "headline":
                p.kind = "prose"


def _time(p: Paragraph) -> None:
    """A time of day with which an entry of a live blog opens."""
    if found := _TIME.match(p.text):
        p.parts.append(("time", p.start, p.start + len(found.group().rstrip())))
        p.inner = p.start + found.end()
    elif _CLOCK.fullmatch(p.text):
        p.kind = "time"


def _caption(p: Paragraph) -> None:
    """The label of a caption, and who made the picture."""
    if len(p.text) > _LONGEST_CAPTION:
        return
    words, at = p.words, p.inner
    if label := rules().captions.match(words):
        p.parts.append(("credit", at, at + label.end()))
        p.inner += label.end()
        p.kind = "caption"
        words, at = p.words, p.inner
    if (label := rules().sources.match(words)) is not None:
        if _only_names(words[label.end() :]):
            p.kind = "credit"
            return
        if words[label.end() - 1] in ":|" and len(words) > label.end() + 20:
            p.parts.append(("credit", at, at + label.end()))
            p.inner += label.end() + len(words[label.end() :]) - len(words[label.end() :].lstrip())
            p.kind = "caption"
    for end in _SENTENCE.finditer(p.words):
        tail = p.words[end.end() :]
        if len(tail) <= 160 and (label := rules().sources.match(tail)) and _only_names(tail[label.end() :]):
            _signed(p, p.inner + end.end())
            return
    if found := rules().photographer.search(p.words):
        if not p.words[: found.start()].strip():
            p.kind = "credit" if not p.parts else p.kind
            return
        _signed(p, p.inner + found.start())


def _signed(p: Paragraph, at: int) -> None:
    p.parts.append(("credit", at, p.until))
    p.until = p.start + len(p.text[: at - p.start].rstrip())
    p.kind = "caption"


def _only_names(words: str) -> bool:
    return all(word in _BESIDE_NAMES for word in _SMALL.findall(words)) and len(words) <= 120


def _dateline(p: Paragraph, is_place: IsPlace, first: bool) -> None:
    found = _DATELINE.match(p.words)
    if found is None or found.end() == 0 or len(p.words) - found.end() < 8:
        return
    if not _is_dateline(found, p.words, is_place, first):
        return
    end = p.inner + len(found.group().rstrip())
    p.parts.append(("dateline", p.inner, end))
    p.inner += found.end()


def _is_dateline(found: re.Match[str], words: str, is_place: IsPlace, first: bool) -> bool:
    place, mark = found["place"], found["mark"]
    agency = bool(found["agency"] or found["second"])
    dated = bool(found["date"] or found["day"])
    if place is None:  # "(CNN)Ingrid Dahl", "(AP) — "
        name = found["agency"].strip(" ()[]/")
        return (first or bool(found["alone"])) and (
            name.isupper() and len(name) <= 8 or name.lower() in rules().agencies or dated
        )
    *towns, last = re.split(r", |/| and ", place)
    capitals = bool(_CAPITALS.search(place))
    if mark == "":
        return first and agency and (dated or place.isupper() or is_place(place))
    known = any(map(is_place, [*towns, last])) or _town(place) is not None and is_place(_town(place) or "")
    if mark == ":":
        return first and (agency or dated or known and len(words) - found.end() > 20)
    return agency or dated or capitals or known


def _town(place: str) -> str | None:
    """The town of "Oslo CNN"."""
    town, _, last = place.rpartition(" ")
    return town if town and last.lower() in rules().agencies else None


def _agency_start(place: str) -> int:
    """Where in "Oslo CNN" the agency begins, with the space before it."""
    town = _town(place)
    return len(town) if town else len(place)


class _Said:
    """Where the words of a paragraph are said, by the rarest of them."""

    def __init__(self, told: Sequence[str]) -> None:
        """`told`: the words of each paragraph, a space before and behind each."""
        self._told = told
        self._at: dict[str, list[tuple[int, int]]] = {}  # word → paragraphs and the spaces before it
        for number, words in enumerate(told):
            at = 0
            for word in words.split():
                self._at.setdefault(word, []).append((number, at))
                at += len(word) + 1

    def elsewhere(self, words: str, own: int) -> int | None:
        """The first paragraph in which these words are said, once more where it is the paragraph that has them."""
        places, at = [], 0  # how often each word is said, and where among these words it stands
        for word in words.split():
            places.append((len(self._at.get(word, ())), at, word))
            at += len(word) + 1
        _, before, rarest = min(places)
        for number, place in self._at.get(rarest, ()):
            start = place - before
            if (number, start) != (own, 0) and start >= 0 and self._told[number].startswith(words, start):
                return number
        return None


def _repeats(paragraphs: Sequence[Paragraph]) -> None:
    """Pull quotes and other lines that say again, word for word, what stands in another paragraph."""
    told = [" " + " ".join(re.findall(r"\w+", p.text.lower())) + " " for p in paragraphs]
    said = _Said(told)
    for number, (p, words) in enumerate(zip(paragraphs, told)):
        if len(p.text) > 300 or words.count(" ") < 5:
            if (
                number
                and paragraphs[number - 1].kind == "repeat"
                and re.match(rf"[—–-]+\s*{_NAME}", p.text)
                and not END.search(p.text)
            ):
                p.kind = "repeat"
            continue
        signed = _SIGNED.search(p.text)
        key = " " + " ".join(re.findall(r"\w+", p.text[: signed.start()].lower())) + " " if signed else words
        if key.count(" ") < 5:
            continue
        other = said.elsewhere(key, number)
        if other is None:
            continue
        there = paragraphs[other]
        same = len(told[other]) == len(words)
        if (
            same
            and other < number
            or not same
            and (_MARK.match(p.text) or not END.search(p.text) or _MARK.search(there.text) and "“" not in p.text)
        ):
            p.kind = "repeat"


def edits(paragraphs: Sequence[Paragraph]) -> Iterator[Edit]:
    """What makes of the text the story: parts that are not read are taken out, datelines stand by themselves."""
    before: Paragraph | None = None
    for p in paragraphs:
        if p.kind in NOT_READ:
            # with the break before it; of the first paragraphs the one after it
            yield Edit(before.end if before else 0, p.end, "") if before else Edit(p.start, p.end, "")
            if before:
                before = p
            continue
        if before is None and p.start:
            yield Edit(_end_before(paragraphs, p), p.start, "")
        for kind, start, end in p.parts:
            if start >= p.until:
                yield Edit(p.until, p.end, "")
            elif kind == "dateline":
                yield from _of_dateline(p, start, end)
            else:
                yield Edit(start, p.inner if p.parts[-1] == (kind, start, end) or kind == "time" else end, "")
        for ticker in _TICKER.finditer(p.words):
            yield Edit(p.inner + ticker.start(), p.inner + ticker.end(), "")
        before = p


def _end_before(paragraphs: Sequence[Paragraph], p: Paragraph) -> int:
    ends = [q.end for q in paragraphs if q.end <= p.start]
    return ends[-1] if ends else 0


def _of_dateline(p: Paragraph, start: int, end: int) -> Iterator[Edit]:
    words = p.text[start - p.start : end - p.start]
    found = _DATELINE.match(words + " A")
    place = found["place"] if found else None
    if place is None:
        yield Edit(start, p.inner, "")
        return
    cut = _agency_start(place)
    if cut < len(place):
        yield Edit(start + cut, start + len(place), "")
    yield Edit(end, p.inner, "\n")


#: Kinds of lines that are not given to the parser.
NOT_READ: frozenset[LineKind] = frozenset(
    ("byline", "credit", "page", "furniture", "comment", "table", "time", "repeat")
)


def parts(source: Plain, paragraphs: Sequence[Paragraph]) -> Iterator[Part]:
    """What each stretch of the text as given was taken for."""
    for p in paragraphs:
        start, end = p.start, p.end
        for kind, a, b in sorted(p.parts, key=lambda part: part[1]):
            yield Part(kind, *source.back(a, b))
        if p.kind in NOT_READ:
            yield Part(p.kind, *source.back(start, end))
        elif p.until > p.inner:
            yield Part(p.kind, *source.back(p.inner, p.until))
