"""From a view back to the text as given: all offsets of a reading or a parse."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cache
from typing import Any

from kg.model import Document, Name, Parse, Reading, Span, View

#: Fields that hold numbers of tokens, not offsets.
_TOKENS = frozenset(("tokens", "contents", "members"))


#: What no speaker of a turn is, whatever his name is taken for.
_PLACES = frozenset(("GPE", "LOC", "FAC"))
#: A speaker before what he says, as turns are read.
_SPEAKER = re.compile(r"(?m)^(?!The )([^\n:“]{1,60}): (?=“)")


def seen_in(parse: Parse, view: View) -> Parse:
    """A parse of a view. Whoever speaks in a turn is a person, where the annotator has seen no name."""
    said = [(part.start, part.end) for part in view.parts if part.kind in ("question", "answer")]
    if not said:
        return dataclasses.replace(parse, view=view)
    starts = {view.at(start) for start, _ in said}
    begin, ends = [t.start for t in parse.tokens], [t.end for t in parse.tokens]
    firsts, lasts = [name.first for name in parse.names], [name.last for name in parse.names]
    speakers: list[Name] = []
    gone: set[int] = set()
    for found in _SPEAKER.finditer(view.text):
        if starts.isdisjoint((found.end(), found.end() + 1)):
            continue
        first, last = bisect_left(begin, found.start(1)), bisect_right(ends, found.end(1))
        there = range(bisect_right(lasts, first), bisect_left(firsts, last))  # names do not overlap
        if first < last and all(parse.names[n].label in _PLACES for n in there):
            speakers.append(Name(found.start(1), found.end(1), first, last, "PERSON"))
            gone.update(there)
    names = speakers + [name for n, name in enumerate(parse.names) if n not in gone]
    return dataclasses.replace(parse, view=view, names=tuple(sorted(names, key=lambda name: name.first)))


def given(reading: Reading, parse: Parse) -> Reading:
    """A reading of the view with all its offsets in the text as given."""
    if parse.view is None:
        return reading
    if not parse.view.same:
        reading = _written(_mapped(reading, parse.view.back))
    return dataclasses.replace(reading, document=parse.view.given)


def _written(reading: Reading) -> Reading:
    """A reading without the mentions and cues that only the view has: the speaker put before a bare answer."""

    def stretches(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple([span for span in spans if span[0] < span[1]])

    entities = [
        dataclasses.replace(e, mentions=tuple([m for m in e.mentions if m.start < m.end]))
        if any(m.start >= m.end for m in e.mentions)
        else e
        for e in reading.entities
    ]
    said = [
        dataclasses.replace(a, source=stretches(a.source), cue=stretches(a.cue), content=stretches(a.content))
        for a in reading.attributions
    ]
    return dataclasses.replace(reading, entities=tuple(entities), attributions=tuple(said))


def placed(parse: Parse) -> Parse:
    """A parse of the view with all its offsets in the text as given."""
    if parse.view is None:
        return parse
    back = parse.view.back

    return dataclasses.replace(
        parse,
        document=parse.view.given,
        view=None,
        tokens=tuple(t._replace(start=a, end=b) for t in parse.tokens for a, b in (back(t.start, t.end),)),
        sentences=tuple(s._replace(start=a, end=b) for s in parse.sentences for a, b in (back(s.start, s.end),)),
        names=tuple(dataclasses.replace(n, start=a, end=b) for n in parse.names for a, b in (back(n.start, n.end),)),
    )


@cache
def _fields(kind: Any) -> tuple[tuple[str, ...], bool]:
    """The fields of a class that may hold offsets, and whether it has a stretch of its own."""
    names = [f.name for f in dataclasses.fields(kind)]
    own = "start" in names and "end" in names
    return tuple(n for n in names if n not in _TOKENS and not (own and n in ("start", "end"))), own


def _mapped(value: Any, back: Callable[[int, int], Span]) -> Any:
    if type(value) is tuple:
        if len(value) == 2 and type(value[0]) is int and type(value[1]) is int:
            return back(*value)
        return tuple([_mapped(one, back) for one in value])
    if isinstance(value, (str, int, float, bool, type(None), Document)) or not dataclasses.is_dataclass(value):
        return value
    kept: Any = value
    names, own = _fields(kept.__class__)
    changed: dict[str, Any] = {}
    for name in names:
        old = getattr(value, name)
        if old is not None and type(old) not in (str, int, bool):
            new = _mapped(old, back)
            if new is not old:
                changed[name] = new
    if own and kept.end > kept.start:
        changed["start"], changed["end"] = back(kept.start, kept.end)
    return dataclasses.replace(kept, **changed) if changed else value
