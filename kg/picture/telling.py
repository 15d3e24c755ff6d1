"""The sentences above the graph: the article's weightiest events, each told by its claims and linked to them.

An event is told in the words of the text where they stand together; else it is put together from its parts. What the
lead
does not say in the article's own voice is told by the whole sentence of the text, with those who say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from kg.picture.acts import ARTICLES, Act, Part, acts_of, day_of, led
from kg.picture.story import named

if TYPE_CHECKING:
    from kg.picture.scene import ClaimRow, Evidence, Thing

__all__ = ["Sentence", "sentences"]

_MOST, _LONG, _WHOLE = 5, 150, 300
_SAYINGS = ("Statement", "Question", "Announcement", "Denial")
_FIRM = {"asserted": 3.0, "reported": 2.0, "planned": 1.5, "alleged": 1.5}
_END = re.compile(r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?][\"”’)]*(?=\s)|\n")
_HELPER = (
    r"(?:has|have|had|is|are|was|were|will|would|could|can|may|might|must|did|does|do)"
    r"(?: not| \w+ly| first| also| been| be)*"
)
_HELPERS = re.compile(rf"\b({_HELPER}) $")
_GAP = re.compile(rf" (?:(?:{_HELPER}|\w+ly|first|also) )?")
_UNCLEAR = re.compile(r"[;:“”\"]|, (?:and|but|who|which)\b|\b(?:it|him|her|them|there|here|himself|herself|itself)\b")
_CLAUSE = re.compile(r"[,;:—–“”\"(]|[.!?](?=[\s”\"’]|$)|\n|$")
_DETERMINER = re.compile(r"\b([Aa]n?|[Tt]he|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|(?:[A-Z]\w+ )?[A-Z]\w+[’']s) $")


class Sentence(NamedTuple):
    """A sentence made from claims: its words, the claims' standing ("" where the article asserts it), and the claims.
    `whole`: it is the text's own sentence, with those who say so in it."""

    text: str
    standing: str
    claims: tuple[str, ...]
    whole: bool = False


def sentences(
    claims: Mapping[str, ClaimRow], things: Mapping[str, Thing], texts: Mapping[str, str], year: str
) -> tuple[Sentence, ...]:
    """At most five sentences of the article's weightiest events, the main one first, the others as the text has them.

    In: claims and things by IRI; the articles' texts by IRI, as far as they are kept; the year that dates leave out.
    """
    teller = _Teller(acts_of(claims.values(), things), things, texts, year)
    ranked = teller.ranked()
    lead = [a for a in ranked if teller.in_lead(a)]
    made: list[tuple[Act, Sentence]] = []
    covered: set[str] = set()
    for act in lead[:1] + [a for a in ranked if a not in lead[:1]]:
        sentence = teller.main(act) if not made else teller.told(act)
        if covered.issuperset(sentence.claims) or any(sentence.text == other.text for _, other in made):
            continue
        made.append((act, sentence))
        covered.update(sentence.claims)
        if len(made) == _MOST:
            break
    return tuple(s for _, s in made[:1] + sorted(made[1:], key=lambda pair: (pair[0].where, pair[0].thing.iri)))


class _Teller:
    """Tells the events of one article."""

    def __init__(
        self, acts: Mapping[str, Act], things: Mapping[str, Thing], texts: Mapping[str, str], year: str
    ) -> None:
        self.acts, self.things, self.texts, self.year = acts, things, texts, year

    def ranked(self) -> list[Act]:
        """The events that can be told, weightiest first."""
        telling = [
            a
            for a in self.acts.values()
            if a.thing.type not in _SAYINGS and (_tellable(a) or not a.by("agent") and self._own(a))
        ]
        return sorted(telling, key=lambda a: (-_weight(a), a.where, a.thing.iri))

    def in_lead(self, act: Act) -> bool:
        """Whether an event is told in the sentence with which the article's events begin."""
        first = min(self.acts.values(), key=lambda a: a.where)
        limits = self._around(first)
        return limits is not None and act.where[0] == first.where[0] and act.where[1] < limits[1]

    def main(self, act: Act) -> Sentence:
        """The article's main event; what it does not say in its own voice, and what nobody does, by the text's own
        sentence."""
        weakest = act.weakest
        if act.by("agent") and weakest is not None and (weakest.status, weakest.polarity) == ("asserted", "positive"):
            return self.told(act)
        limits = self._around(act)
        if limits is None or limits[1] - limits[0] > _WHOLE:
            return self.told(act)
        beside = [a for a in self.acts.values() if a.where[0] == act.where[0] and limits[0] <= a.where[1] < limits[1]]
        cited = dict.fromkeys(c.iri for a in (act, *sorted(beside, key=lambda a: a.where)) for c in _claims(a))
        return Sentence(self._dated(act.where[0], *limits, beside), self._standing(act), tuple(cited), True)

    def told(self, act: Act) -> Sentence:
        own = self._own(act)
        text = own or self._put_together(act)
        return Sentence(_capital(text).rstrip(".") + ".", self._standing(act), tuple(c.iri for c in _claims(act)))

    # -------------------------------------------------------------- in the words of the text

    def _around(self, act: Act) -> tuple[int, int] | None:
        """Where the sentence of an event begins and ends in its text."""
        document, at = act.where
        text = self.texts.get(document, "")
        if not at < len(text):
            return None
        begin = max((m.end() for m in _END.finditer(text, 0, at)), default=0)
        stop = _END.search(text, at)
        end = stop.end() if stop else len(text)
        begin += len(text[begin:end]) - len(text[begin:end].lstrip())
        return begin, end

    def _own(self, act: Act) -> str:
        """The words of the text from who acts, or from whom it befalls, to the last that belongs to the event; ""
        where they
        do not stand together."""
        limits = self._around(act)
        if limits is None or act.typed is None or not act.typed.evidence:
            return ""
        verb = act.typed.evidence[0]
        first = act.by("agent") or act.by("patient")
        before = [e for p in first for e in p.thing.evidence if self._within(e, act, limits[0], verb.start)]
        if not before or act.by("nonParticipant"):
            return ""
        subject = max(before, key=lambda e: (e.end, -e.start))
        text = self.texts[act.where[0]]
        gap = text[subject.end : verb.start]
        if (
            not _GAP.fullmatch(gap)
            or not act.by("agent")
            and not re.search(r"\b(?:is|are|was|were|be|been|being) ", gap)
        ):
            return ""
        end = max(e.end for c in _claims(act) for e in c.evidence if self._within(e, act, *limits))
        others = [p for p in act.parts if p not in first[:1]]
        if any(not any(self._within(e, act, verb.end, end) for e in p.thing.evidence) for p in others):
            return ""
        stop = _CLAUSE.search(text, end, limits[1])
        end = stop.start() if stop and stop.start() - subject.start <= _LONG else end
        if end - subject.start > _LONG or _UNCLEAR.search(text, subject.start, end):
            return ""
        name = next(p.thing.label for p in first if subject in p.thing.evidence)
        return f"{name} {self._dated(act.where[0], subject.end, end, [act])}"

    def _dated(self, document: str, begin: int, end: int, acts: Iterable[Act]) -> str:
        """A piece of a text on one line, with the day behind a word such as "Tuesday"."""
        text, at, out = self.texts[document], begin, ""
        times = {
            e: a.time.value for a in acts if a.time and a.time.value for e in a.time.evidence if e.document == document
        }
        for e, value in sorted(times.items(), key=lambda pair: pair[0].start):
            day = day_of(value.value, value.words, self.year)
            if begin <= at <= e.start and e.end <= end and not re.search(r"\d", value.words) and re.search(r"\d", day):
                out += f"{text[at : e.end]} ({day})"
                at = e.end
        return " ".join((out + text[at:end]).split())

    def _within(self, e: Evidence, act: Act, begin: int, end: int) -> bool:
        return e.document == act.where[0] and begin <= e.start and e.end <= end

    # -------------------------------------------------------------- put together

    def _put_together(self, act: Act) -> str:
        when = day_of(act.time.value.value, act.time.value.words, self.year) if act.time and act.time.value else ""
        if when[:1].isdigit() and " " in when:
            when = f"on {when}"
        elif when[-4:].isdigit():
            when = f"{self._preposition(act)} {when}"
        return (f"{when}, " if when else "") + self._clause(act)

    def _preposition(self, act: Act) -> str:
        """The word before a year: "since" where the text has it."""
        e = act.time.evidence[0] if act.time and act.time.evidence else None
        before = self.texts.get(e.document, "")[max(0, e.start - 8) : e.start].lower() if e else ""
        return "since" if before.endswith("since ") else "until" if before.endswith("until ") else "in"

    def _clause(self, act: Act) -> str:
        """Who did what to whom, where and without whom."""
        agents = [self._name(act, p) for p in act.by("agent")]
        others = [p for p in act.parts if p.role not in ("agent", "nonParticipant") and p.thing.kind != "Event"]
        verb = self._verb(act)
        words = [agents[0], verb, _listed(agents[1:])] if act.mutual and len(agents) > 1 else [_listed(agents), verb]
        leads, before = [led(act, p, articles=True) for p in others], ""
        for part, lead in zip(others, leads):
            if any(part.thing.label in other for other in leads):  # already said on the way to another
                continue
            joined = "and" if before == part.role else lead
            name = part.thing.label if joined.split()[-1:] and joined.split()[-1] in ARTICLES else self._name(act, part)
            words.append(f"{joined} {name}".strip())
            before = part.role
        return " ".join([w for w in words if w] + [f"without {p.thing.label}" for p in act.by("nonParticipant")])

    def _verb(self, act: Act) -> str:
        """The verb with the helpers that the text has before it; an infinitive with what its standing asks for."""
        text, at = self.texts.get(act.where[0], ""), act.where[1]
        helpers = _HELPERS.search(text[max(0, at - 30) : at])
        if helpers and act.word == text[at : at + len(act.word)].lower() and " not" not in helpers[1]:
            return f"{helpers[1]} {act.word}"
        weakest = act.weakest
        plain = act.word == act.thing.label.lower() and not act.word.endswith(("ed", "s"))
        if weakest is None or not plain:
            return act.word
        agents = act.by("agent")
        plural = (
            len(agents) > 1
            or agents
            and re.fullmatch(r"\d.*|(?:two|three|four|five|six) .*|[A-Za-z]+s", agents[0].thing.label)
        )
        to = "are to " if plural else "is to "
        return {"planned": to, "requested": to, "hypothetical": "might "}.get(weakest.status, "") + act.word

    def _name(self, act: Act, part: Part) -> str:
        """What takes part, a common noun with the article or owner that the text gives it."""
        label, limits = part.thing.label, self._around(act)
        if limits is None or label[:1].isupper() or label[:1].isdigit():
            return label
        near = [e for e in part.thing.evidence if self._within(e, act, *limits)]
        for e in sorted(near, key=lambda e: abs(e.start - act.where[1])):
            before = _DETERMINER.search(self.texts[act.where[0]], max(limits[0], e.start - 40), e.start)
            if before:
                return f"{before[1] if before[1][-2:] in ('’s', chr(39) + 's') else before[1].lower()} {label}"
        return label

    def _standing(self, act: Act) -> str:
        """Nothing where the article asserts it, else its standing and who says it: "alleged by the prosecution"."""
        weakest = act.weakest
        if weakest is None or weakest.status == "asserted" and weakest.polarity == "positive":
            return ""
        if weakest.status in ("asserted", "negated"):
            word = "not so"
        else:
            word = weakest.status + (", not to be so" if weakest.polarity == "negative" else "")
        if weakest.by not in self.things:
            return word
        by = "by" if word in ("reported", "alleged", "requested", "denied") else "according to"
        return f"{word}{' ' if by == 'by' else ', '}{by} {self.things[weakest.by].label}"


def _claims(act: Act) -> list[ClaimRow]:
    return [*dict.fromkeys([p.claim for p in act.parts] + [c for c in (act.typed, act.time) if c])]


def _tellable(act: Act) -> bool:
    return bool(act.by("agent") and len({p.thing.iri for p in act.parts if p.thing.kind != "Event"}) > 1)


def _weight(act: Act) -> float:
    """Who acts, when and where, how firmly, how often those who take part are named, how early it is told."""
    status = act.typed.status if act.typed else ""
    best = max((len(p.thing.evidence) for p in act.parts), default=0) * any(named(p.thing) for p in act.parts)
    return (
        2 * bool(act.by("agent"))
        + 2 * bool(act.time)
        + 1.5 * bool(act.by("place", "destination"))
        + _FIRM.get(status, 0.0)
        + (act.thing.type != "Event")
        + 0.5 * len(act.parts)
        + 0.25 * min(8, best)
        - 4 * ("Communication" in act.thing.above and not act.by("topic", "charge", "patient"))
        + (4.5 if act.where[1] < 250 else 2.5 / (1 + act.where[1] / 300))
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] if names else ""
