"""Events in the making, who or what the words of an argument stand for, and the events in the end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate

from kg.extractor.events.dictionary import Frame
from kg.grammar import labels, phrases
from kg.model import Entity, Event, Evidence, Parse, Predication, Quantity, Resolved, Role, Span, Standing, Time
from kg.vocabulary import Vocabulary, word_lists

GENERIC = "generic"  # the rule of plain events
PLACE_SLOTS = (
    "where",
    "in",
    "at",
    "inside",
    "near",
    "outside",
    "on",
    "across",
    "throughout",
    "within",
    "along",
    "around",
    "off",
    "outside of",
    "through",
)
PART_HEADS = word_lists("grammar")["part_heads"]
NO_EVENT_TYPES = frozenset({"Agent", "Place", "Vehicle", "Weapon", "Office", "Program"})


@dataclass(slots=True)
class Draft:
    """One telling of an event, before tellings are joined. A filler "@7" is the event told at token 7."""

    type: str
    token: int
    said: Predication
    frame: Frame | None
    roles: list[Role]
    standing: Standing
    time: Time | None = None
    duration: Time | None = None
    content: tuple[Span, ...] = ()
    merged: list[Draft] = field(default_factory=list)
    anaphoric: bool = False  # a bare "the visit": an event only if one was told before

    def fillers(self, *names: str) -> set[str]:
        return {r.filler for r in self.roles if r.name in names and isinstance(r.filler, str)}


class Arguments:
    """Looks up who or what stands at a token: an entity, a quantity, or nothing known."""

    def __init__(
        self, parse: Parse, resolved: Resolved, quantities: Iterable[Quantity], vocabulary: Vocabulary
    ) -> None:
        self.parse, self.tokens, self.resolved, self.vocabulary = parse, parse.tokens, resolved, vocabulary
        self.quantities = sorted((q for q in quantities if q.end), key=lambda q: q.start)
        self.ends = list(accumulate((q.end for q in self.quantities), max))  # the furthest so far
        self.counted = {q.head: n for n, q in reversed(list(enumerate(self.quantities)))}
        self.spans = {m.head: m.span for e in resolved.entities for m in e.mentions}
        self.known: dict[int, Entity | None] = {}
        self.dated = {i for n in parse.names if n.label in ("DATE", "TIME", "PERCENT") for i in range(n.first, n.last)}

    def entity(self, token: int) -> Entity | None:
        """The entity at a token; "some of the inmates" looks below "of", an apposition at its neighbour."""
        if token not in self.known:
            self.known[token] = None  # against cycles
            self.known[token] = self._entity(token)
        return self.known[token]

    def _entity(self, i: int) -> Entity | None:
        token = self.tokens[i]
        if (found := self.resolved.entity_at(i)) is not None and (
            found.type != "Concept" or token.lemma not in PART_HEADS
        ):
            return found
        for c in phrases.appositions(self.parse, i):  # "X, the mayor": whichever of the two is known
            if (found := self.resolved.entity_at(c)) is not None:
                return found
        if phrases.in_apposition(token) and (found := self.resolved.entity_at(token.head)) is not None:
            return found
        if token.lemma in PART_HEADS or token.pos in ("NUM", "PRON", "DET"):
            for k in phrases.under(self.parse, i, "of"):
                if (found := self.entity(k)) is not None:
                    return found
        return None

    def quantity(self, i: int) -> Quantity | None:
        """The first quantity that token `i` stands in."""
        start = self.tokens[i].start
        place = bisect_right(self.ends, start)
        return self.quantities[place] if place < len(self.ends) and self.quantities[place].start <= start else None

    def count(self, i: int) -> Quantity | None:
        """The quantity that counts token `i`: "votes" of "6.2 million votes"."""
        found = [self.counted[number] for number in phrases.numbers(self.parse, i) if number in self.counted]
        return self.quantities[min(found)] if found else None

    def fits(self, entity: Entity, types: frozenset[str]) -> bool:
        return not types or not types.isdisjoint(self.vocabulary.lineage(entity.type))

    def span(self, i: int) -> Span:
        token = self.tokens[i]
        return self.spans.get(i, (token.start, token.end))

    def phrase(self, i: int) -> Span:
        """A noun phrase or clause at token `i`, without its article and without what trails behind a comma or
        "that".
        """
        below, todo = [], [i]
        while todo:
            at = todo.pop()
            below.append(at)
            todo += [
                c
                for c in self.parse.children[at]
                if not (
                    self.tokens[c].dep in labels.OUTSIDE
                    or at == i
                    and self.tokens[c].dep in labels.EDGE
                    or self.tokens[c].dep == labels.PREPOSITION
                    and self.tokens[c].lemma not in ("of", "to")
                    and self.tokens[at].lemma != "be"  # "being at the gate" says where one is, or nothing
                )
            ]
        below.sort()
        first = last = below.index(i)  # the unbroken stretch around the head
        while first > 0 and below[first - 1] == below[first] - 1:
            first -= 1
        while last + 1 < len(below) and below[last + 1] == below[last] + 1:
            last += 1
        return self.parse.span(below[first], below[last])


def finish(parse: Parse, drafts: list[Draft]) -> tuple[Event, ...]:
    """Ids in the order of the text, and fillers that are events by their ids."""
    ids: dict[int, str] = {}
    for n, draft in enumerate(drafts, 1):
        for telling in (draft, *draft.merged):
            ids[telling.token] = f"v{n}"
    events = []
    for n, draft in enumerate(drafts, 1):
        tellings = sorted((draft, *draft.merged), key=lambda d: d.token)
        rule = draft.frame.name if draft.frame else GENERIC
        roles = []
        for role in draft.roles:
            if isinstance(role.filler, str) and role.filler.startswith("@"):
                target = ids.get(int(role.filler[1:]))
                if target is None or target == f"v{n}" or drafts[int(target[1:]) - 1].frame is None:
                    continue
                role = Role(role.name, target, role.evidence, role.standing)
            roles.append(role)
        triggers = tuple(trigger_span(parse, t) for t in tellings)
        label = parse.quote(triggers[0]) if draft.frame else draft.said.lemma
        events.append(
            Event(
                f"v{n}",
                draft.type,
                label,
                triggers,
                tuple(roles),
                draft.standing,
                rule,
                tuple(Evidence(*span, t.frame.name if t.frame else GENERIC) for span, t in zip(triggers, tellings)),
                draft.time,
                draft.duration,
                draft.content,
                tokens=tuple(t.token for t in tellings),
            )
        )
    return tuple(events)


def trigger_span(parse: Parse, draft: Draft) -> tuple[int, int]:
    """The predicate, with a particle that follows at once."""
    token = parse.tokens[draft.token]
    follows = draft.token + 1
    particle = follows in phrases.particles(parse, draft.token)
    return token.start, parse.tokens[follows].end if particle else token.end
