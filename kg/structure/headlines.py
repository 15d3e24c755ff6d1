"""Headlines yield to the story: what the body tells is not told again, nor more firmly, by what stands over it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from kg.model import MOST, Attribution, Claim, Entity, Event, Parse, Reading, Role, Span, Standing

#: So many events of a kind are looked at for what a headline tells, the first of the story.
FIRST = 8


def yielding(reading: Reading, parse: Parse) -> Reading:
    """A reading without the events of headlines that the body tells, and without what half a sentence says.

    Offsets are those of the view.
    """
    view = parse.view
    if view is None or not (view.headings or view.torn):
        return reading
    over, torn = _inside(view.headings), _inside(view.torn)
    body = [e for e in reading.events if not all(map(over, e.triggers))]
    told = {_key(e) for e in body} | {_word(parse, e) for e in body}
    gone = {
        e.id
        for e in reading.events
        if all(map(torn, e.triggers)) or all(map(over, e.triggers)) and (_key(e) in told or _word(parse, e) in told)
    }
    repeated = {e.id for e in reading.events if e.id in gone and not all(map(torn, e.triggers))}
    above = [e for e in reading.events if e.id in gone and all(map(over, e.triggers))]
    below = {e.id for e in reading.entities if not all(over(m.span) for m in e.mentions)}
    named = {e.id for e in reading.entities if e.id in below or any(m.kind == "name" for m in e.mentions)}
    elsewhere = {(c.subject, c.predicate, c.object) for c in reading.claims if not _all(c, over)}
    claims = tuple(
        _without(c, gone)
        for c in reading.claims
        if not ({c.subject, c.object if isinstance(c.object, str) else ""} & gone)
        and not _all(c, torn)
        and not (
            _all(c, over)
            and ((c.subject, c.predicate, c.object) in elsewhere or c.subject not in (below if repeated else named))
        )
    )
    left = [e for e in reading.events if e.id not in gone]
    said = _telling(reading.attributions, over, left, claims)
    if not gone and len(claims) == len(reading.claims) and len(said) == len(reading.attributions):
        return reading
    events = tuple(_cleared(e, gone) for e in _with_mentions(reading, parse, left, above))
    used = {name for e in events for name in _names(e)} | {name for c in claims for name in _of_claim(c)}
    entities = tuple(
        e
        for e in reading.entities
        if e.id in below or e.id in used or any(m.kind == "name" for m in e.mentions) or not e.mentions and e.id in used
    )
    kept = {e.id for e in entities}
    attributions = tuple(a if a.source_entity in kept else replace(a, source_entity=None) for a in said)
    return replace(reading, entities=entities, events=events, claims=claims, attributions=attributions)


def _inside(spans: Iterable[Span]) -> Callable[[Span], bool]:
    """Whether a stretch lies in one of these."""
    held = sorted(spans)
    reach = list(accumulate((end for _, end in held), max))  # the furthest end so far
    return lambda span: (place := bisect_right(held, (span[0], MOST))) > 0 and span[1] <= reach[place - 1]


def _all(claim: Claim, inside: Callable[[Span], bool]) -> bool:
    return bool(claim.evidence) and all(inside((e.start, e.end)) for e in claim.evidence)


def _telling(
    attributions: Sequence[Attribution],
    over: Callable[[Span], bool],
    events: Iterable[Event],
    claims: Iterable[Claim],
) -> list[Attribution]:
    """Attributions without those of headlines under which nothing is told ("Ruiz: what we know")."""
    told = sorted(
        [span for e in events for span in e.triggers] + [(x.start, x.end) for c in claims for x in c.evidence]
    )
    nearest = list(accumulate((end for _, end in reversed(told)), min))[::-1]  # the first end from here on
    kept: dict[int, Attribution] = {}
    for number, a in enumerate(attributions):
        tells = any(
            (place := bisect_left(told, (start,))) < len(told) and nearest[place] <= end for start, end in a.content
        )
        if not a.content or not all(map(over, a.content)) or tells:
            kept[number] = a
    moved = {number: at for at, number in enumerate(kept)}
    return [replace(a, outer=None if a.outer is None else moved.get(a.outer)) for a in kept.values()]


def _with_mentions(reading: Reading, parse: Parse, events: Sequence[Event], above: Iterable[Event]) -> list[Event]:
    """The events of the body, each with the headlines' words for it as further tellings: those of one kind that share
    whom the headline names, and name no two for one role. How firmly it is told is for the body alone to say.
    """
    words = {e.id: _words(e) for e in reading.entities}
    found = {e.id: e for e in events}
    kinds: dict[str, list[str]] = defaultdict(list)  # in order, for the story's first words are nearest to its headline
    for event in events:
        for kind in dict.fromkeys((_key(event), _word(parse, event))):
            if len(kinds[kind]) < FIRST:
                kinds[kind].append(event.id)
    for over in above:
        alike = dict.fromkeys(e for kind in (_key(over), _word(parse, over)) for e in kinds.get(kind, ()))
        fit = [(shared, -n, e) for n, e in enumerate(alike) if (shared := _shared(over, found[e], words)) > 0]
        if fit:
            told = found[max(fit)[2]]
            found[told.id] = replace(
                told,
                triggers=told.triggers + over.triggers,
                evidence=told.evidence + over.evidence,
                tokens=told.tokens + over.tokens,
            )
    return list(found.values())


def _shared(over: Event, event: Event, words: Mapping[str, frozenset[str]]) -> int:
    """How many roles of two have somebody in common, whose names share a word where a headline is short of it; none
    where a role has others of a name in the one than in the other, or only one of the two is denied.
    """
    if _denied(over) != _denied(event):
        return 0
    count = 0
    for role in dict.fromkeys(r.name for r in over.roles):
        above, below = (
            {r.filler for r in e.roles if r.name == role and isinstance(r.filler, str)} for e in (over, event)
        )
        if above & below or any(words[a] & words[b] for a in above for b in below if a in words and b in words):
            count += 1
        elif any(words.get(a) for a in above) and any(words.get(b) for b in below):
            return 0
    return count


def _denied(event: Event) -> bool:
    return event.standing.polarity == "negative" or event.standing.status in ("negated", "denied")


def _words(entity: Entity) -> frozenset[str]:
    """The words of the name of one that has one."""
    return frozenset(entity.label.split()) if any(m.kind == "name" for m in entity.mentions) else frozenset()


def _key(event: Event) -> str:
    return event.type if event.type != "Event" else f"“{event.label}”"


def _word(parse: Parse, event: Event) -> str:
    """The word of an event, whatever its form."""
    return f"“{parse.tokens[event.tokens[0]].lemma}”" if event.tokens else f"“{event.label}”"


def _without(claim: Claim, gone: set[str]) -> Claim:
    return replace(claim, standing=_free(claim.standing, gone))


def _free(standing: Standing, gone: set[str]) -> Standing:
    return replace(standing, stated_in=None) if standing.stated_in in gone else standing


def _cleared(event: Event, gone: set[str]) -> Event:
    """An event that no longer speaks of events that are gone."""
    roles: tuple[Role, ...] = tuple(r for r in event.roles if not (isinstance(r.filler, str) and r.filler in gone))
    return replace(event, roles=roles, standing=_free(event.standing, gone))


def _names(event: Event) -> Iterable[str]:
    yield from (r.filler for r in event.roles if isinstance(r.filler, str))
    yield from filter(None, (event.standing.claimed_by, event.standing.via))


def _of_claim(claim: Claim) -> Iterable[str]:
    yield claim.subject
    if isinstance(claim.object, str):
        yield claim.object
    yield from filter(None, (claim.standing.claimed_by, claim.standing.via))
