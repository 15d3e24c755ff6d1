"""What happened, who says so, and how firmly: from a parse and its entities to a Reading.

scene (predications, times, quantities, quotations, attributions, standings) → events → relations → order → stated in →
silences → confidence
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import accumulate

from kg.extractor.confidence import rated
from kg.extractor.events.dictionary import Frame, dictionary
from kg.extractor.events.frames import find_events
from kg.extractor.events.order import find_order
from kg.extractor.relations import find_relations
from kg.extractor.scene import Found, Scene
from kg.grammar.analysis import Analysis
from kg.model import Attribution, Claim, Entity, Event, Parse, Reading, Resolved, Silence, Span, Standing
from kg.vocabulary import Vocabulary

__all__ = ["Frame", "all_frames", "extract"]


#: The rules of reading in their order: each yields what it reads in the scene, and knows what those before it read.
RULES: tuple[Callable[[Scene], Iterable[Found]], ...] = (find_events, find_relations, find_order)


def extract(
    parse: Parse,
    resolved: Resolved,
    vocabulary: Vocabulary,
    *,
    curated: bool = False,
    analysis: Analysis | None = None,
) -> Reading:
    """All that is understood of one document. With `curated`, events of no listed type are left out; `analysis` is
    what the grammar saw in the parse, if that is known already.
    """
    scene = Scene(analysis or Analysis(parse), resolved, vocabulary, curated)
    for rule in RULES:
        scene = scene.read(rule)
    attributions, speech = scene.attributions, _Speech(scene.attributions, scene.events)
    events = tuple(
        e if (s := speech.stated(e.standing, e.triggers[0], e.id)) is e.standing else replace(e, standing=s)
        for e in scene.events
    )
    claims = tuple(
        c
        if not c.evidence
        or (s := speech.stated(c.standing, (c.evidence[0].start, c.evidence[0].end), "")) is c.standing
        else replace(c, standing=s)
        for c in scene.claims
    )
    posts = (f for f in scene.found if isinstance(f, Entity))
    quiet = tuple(f for f in scene.found if isinstance(f, Silence))
    reading = Reading(
        parse.document,
        (*resolved.entities, *posts),
        events,
        claims,
        attributions,
        scene.times,
        scene.quantities,
        silences(parse, events, claims, quiet),
    )
    return rated(parse, reading)


def all_frames(vocabulary: Vocabulary) -> tuple[Frame, ...]:
    """Every frame with its measured precision, worst first; the unmeasured ones last."""
    return tuple(
        sorted(
            dictionary(vocabulary).frames, key=lambda f: (f.confidence is None, f.confidence or 0.0, -f.seen, f.name)
        )
    )


def silences(
    parse: Parse, events: tuple[Event, ...], claims: tuple[Claim, ...], quiet: tuple[Silence, ...]
) -> tuple[Silence, ...]:
    """The sentences that gave neither event nor claim, each with the reason of every predicate in it that was
    turned away.
    """
    spans = [(e.start, e.end) for c in claims for e in c.evidence]
    heard = {parse.tokens[t].sentence for e in events for t in e.tokens}
    starts = [s.start for s in parse.sentences]
    heard |= {bisect_right(starts, start) - 1 for start, _ in spans}
    reasons: dict[int, list[Silence]] = {}
    for silence in quiet:
        reasons.setdefault(silence.sentence, []).append(silence)
    found: list[Silence] = []
    for sentence in parse.sentences:
        if sentence.i not in heard:
            found += reasons.get(sentence.i) or [Silence(sentence.i, None, _why(parse, sentence.first, sentence.last))]
    return tuple(found)


def _why(parse: Parse, first: int, last: int) -> str:
    """What a sentence lacks in which not even a predicate was turned away."""
    if not any(parse.tokens[i].pos in ("VERB", "AUX") for i in range(first, last)):
        return "no predicate"
    return "no frame" if any(parse.tokens[i].pos == "VERB" for i in range(first, last)) else "no event: a state"


class _Speech:
    """The events that are the saying of something: by whose words they are, and where the content of these stands."""

    def __init__(self, attributions: Iterable[Attribution], events: Iterable[Event]) -> None:
        told = {token: e.id for e in events for token in e.tokens}
        self._said: dict[str | None, list[tuple[int, int, int, int, str]]] = {}  # start, end, size, order, event
        for n, a in enumerate(attributions):
            if (event := told.get(a.cue_token)) is not None:
                size = sum(end - start for start, end in a.content)
                said = self._said.setdefault(a.source_entity, [])
                said += [(start, end, size, n, event) for start, end in a.content]
        self._reach: dict[str | None, list[int]] = {}  # the furthest end so far
        for source, said in self._said.items():
            said.sort()
            self._reach[source] = list(accumulate((end for _, end, *_ in said), max))

    def stated(self, standing: Standing, span: Span, own: str) -> Standing:
        """The standing with the communication in whose content the words stand: the one of its source, the
        narrowest. `own` is the event that the standing is of.
        """
        if standing.claimed_by is None or standing.claimed_by not in self._said:
            return standing
        said, reach = self._said[standing.claimed_by], self._reach[standing.claimed_by]
        place, best = bisect_left(said, (span[0] + 1,)), None
        while place and reach[place - 1] >= span[1]:
            place -= 1
            _, end, size, n, event = said[place]
            if end >= span[1] and event != own and (best is None or (size, n) < best[:2]):
                best = size, n, event
        return replace(standing, stated_in=best[2]) if best else standing
