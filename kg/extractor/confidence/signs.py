"""Signs of doubt: what in the words, the tree and the names of a reading tells how likely a statement is right.

A sign is a name in `ontology/confidence.toml`, where it is explained and weighed. Nothing here says which way a sign
points: that is measured.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from kg.extractor.events.drafts import GENERIC
from kg.grammar import phrases
from kg.model import Claim, Entity, Event, Filler, Mention, Parse, Reading, Span, Standing, Time
from kg.vocabulary import table

Wing = Literal["event", "role", "claim"]

#: Types that say little of what a thing is.
VAGUE = frozenset({"Entity", "Agent", "Organization", "Group", "Concept", "Artifact", "Facility", "Place"})
#: How many tokens make a sentence long; a trigger and its argument far; what margin of a pronoun's score is narrow.
LONG, LONGER, FAR, FARTHER, NARROW = 30, 45, 6, 12, 60
NOT_ASSERTED = "not asserted"
DEEP = 3  # clauses above a predicate that make it deep


@cache
def named_signs(kind: Literal["clauses", "links"]) -> Mapping[str, str]:
    """What the tables of signs call a link of the tree, or what joined a mention to its entity."""
    return {of: name for name, all_of in table("confidence")[kind].items() for of in all_of}


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a statement is judged by: its rule, the group of rules that this one stands in, and the signs it shows."""

    wing: Wing
    group: str
    rule: str
    signs: tuple[str, ...]


class Signs:
    """Looks at the statements of one reading in the tree that they were read from; offsets are those of the parse."""

    def __init__(self, parse: Parse, reading: Reading) -> None:
        self.parse, self.tokens, self.reading = parse, parse.tokens, reading
        self.starts = [t.start for t in parse.tokens]
        self.entities: dict[str, Entity] = {e.id: e for e in reading.entities}
        self.events: dict[str, Event] = {v.id: v for v in reading.events}
        self._mentions: dict[str, list[tuple[int, int]]] = {}  # entity → where its mentions start, and their numbers

    # -------------------------------------------------------------- events

    def of_event(self, event: Event) -> Doubt:
        """The type of an event."""
        found = [*self.predicate(event.tokens[0]), *_standing(event.standing)] if event.tokens else []
        named = sum(1 for r in event.roles if isinstance(r.filler, str) and self.is_named(r.filler))
        found.append(("no role", "one role", "two roles")[min(len(event.roles), 2)])
        if named:
            found.append("named participant")
        if event.rule == GENERIC:
            found.append("no listed type")
        if event.time is not None:
            found.append("dated")
        if len(event.triggers) > 1:
            found.append("told again")
        return Doubt("event", event.type, event.rule, tuple(found))

    def predicate(self, i: int) -> Iterator[str]:
        """How a predicate stands in its sentence."""
        token = self.tokens[i]
        if token.pos in ("NOUN", "PROPN"):
            yield "noun"
            if phrases.premodifies(token):
                yield "before a noun"
        elif token.pos != "VERB":
            yield "no verb"
        elif token.dep in (clauses := named_signs("clauses")):
            yield clauses[token.dep]
        if sum(phrases.is_clause(self.tokens[a]) for a in (i, *self.parse.ancestors(i))) >= DEEP:
            yield "deep"
        yield from self.length(token.sentence)

    def length(self, sentence: int) -> Iterator[str]:
        words = self.parse.sentences[sentence].last - self.parse.sentences[sentence].first
        if words > LONG:
            yield "long sentence" if words <= LONGER else "very long sentence"

    # -------------------------------------------------------------- roles

    def of_role(self, event: Event, name: str, filler: Filler | Time, span: Span, weaker: bool = False) -> Doubt:
        """A role, time or duration of an event, its words at `span`; what it adds to the doubt of the event."""
        found = list(self.filler(filler, span, "filler"))
        if event.standing.status != "asserted":
            found.append(NOT_ASSERTED)
        if weaker:
            found.append("otherwise sure")
        at = self.token(filler, span)
        if at is not None and event.tokens:
            place = bisect_left(event.tokens, at)  # they are in order of the text
            near = min(event.tokens[max(place - 1, 0) : place + 1], key=lambda t: (abs(t - at), t))
            found += self.path(near, at)
        return Doubt("role", name, event.rule, tuple(found))

    def path(self, trigger: int, at: int) -> Iterator[str]:
        """How an argument hangs on its predicate."""
        far = abs(trigger - at)
        if self.tokens[at].sentence != self.tokens[trigger].sentence:
            yield "other sentence"
            return
        if far > FAR:
            yield "far" if far <= FARTHER else "very far"
        above = [at, *self.parse.ancestors(at)]
        if trigger not in above:
            yield "not below it"
        else:
            way = above[: above.index(trigger)]
            between = [self.tokens[t] for t in way[1:]]
            if any(map(phrases.is_clause, between)):
                yield "over a clause"
            elif any(t.pos in ("NOUN", "PROPN", "PRON") for t in between):
                yield "over a noun"
            elif phrases.is_argument(self.tokens[at]) and not between:
                yield "subject or object"
        if any(phrases.is_conjunct(self.tokens[t]) for t in (at, trigger)):
            yield "joined"

    # -------------------------------------------------------------- claims

    def of_claim(self, claim: Claim) -> Doubt:
        """A relation, or a literal of something."""
        first = claim.evidence[0] if claim.evidence else None
        found = list(_standing(claim.standing))
        if first is not None:
            span = first.start, first.end
            found += self.filler(claim.subject, span, "subject")
            found += self.filler(claim.object, span, "object")
            found += self.between(claim, span)
        if claim.validity != "current":
            found.append("not current")
        if len(claim.evidence) > 1:
            found.append("said again")
        if self.objects[claim.subject, claim.predicate] > 1:
            found.append("several objects")
        if isinstance(claim.object, str) and self.subjects[claim.object, claim.predicate] > 1:
            found.append("several subjects")
        if isinstance(claim.object, str) and self.pairs[frozenset((claim.subject, claim.object))] > 1:
            found.append("joined otherwise, too")
        return Doubt("claim", claim.predicate, first.rule if first else "", tuple(found))

    def between(self, claim: Claim, span: Span) -> Iterator[str]:
        """How the two ends of a claim hang together in its words."""
        a = self.token(claim.subject, span)
        b = self.token(claim.object, span)
        first = self.at(span[0])
        yield from self.length(self.tokens[first].sentence)
        if a is None or (b is None and isinstance(claim.object, str)):
            yield "an end beyond the words"
            return
        if b is None or a == b:
            return
        if self.tokens[a].sentence != self.tokens[b].sentence:
            yield "other sentence"
            return
        far = abs(a - b)
        if far > FAR:
            yield "far" if far <= FARTHER else "very far"
        above = [a, *self.parse.ancestors(a)], [b, *self.parse.ancestors(b)]
        if a in above[1]:
            way = above[1][: above[1].index(a)]
        elif b in above[0]:
            way = above[0][: above[0].index(b)]
        else:
            yield "neither below the other"
            return
        if any(phrases.is_clause(self.tokens[t]) for t in way):
            yield "over a clause"
        if any(phrases.is_conjunct(self.tokens[t]) for t in way):
            yield "joined"

    @cached_property
    def objects(self) -> Counter[tuple[str, str]]:
        return Counter((c.subject, c.predicate) for c in self.reading.claims)

    @cached_property
    def subjects(self) -> Counter[tuple[str, str]]:
        return Counter((c.object, c.predicate) for c in self.reading.claims if isinstance(c.object, str))

    @cached_property
    def pairs(self) -> Counter[frozenset[str]]:
        return Counter(frozenset((c.subject, c.object)) for c in self.reading.claims if isinstance(c.object, str))

    # -------------------------------------------------------------- who or what it is

    def filler(self, filler: Filler | Time, span: Span, end: str) -> Iterator[str]:
        """What stands at one end of a statement: its kind, how it was joined to what it stands for, how well it is
        known.
        """
        if isinstance(filler, Time):
            yield f"{end} dated" if filler.value else f"{end} undated"
        elif not isinstance(filler, str):
            yield f"{end} a value"
        elif filler in self.events:
            yield f"{end} an event"
        elif (entity := self.entities.get(filler)) is not None:
            mention = self.mention(entity, span)
            if mention is None:
                yield f"{end} from elsewhere"
            else:
                how = mention.joined
                yield f"{end} by {named_signs('links').get(how, 'described')}" if how else f"{end} {mention.kind}"
                if mention.margin is not None and mention.margin < NARROW:
                    yield f"{end} by a narrow margin"
            if entity.type in VAGUE:
                yield f"{end} vague"
            if entity.place:
                yield f"{end} in the gazetteer"
            elif not self.is_named(filler):
                yield f"{end} nameless"

    def is_named(self, filler: str) -> bool:
        entity = self.entities.get(filler)
        return entity is not None and entity.id in self.named

    @cached_property
    def named(self) -> frozenset[str]:
        return frozenset(e.id for e in self.reading.entities if any(m.kind == "name" for m in e.mentions))

    def mention(self, entity: Entity, span: Span) -> Mention | None:
        """The mention of an entity within a stretch of text, the last of several."""
        if (placed := self._mentions.get(entity.id)) is None:
            placed = self._mentions[entity.id] = sorted((m.start, n) for n, m in enumerate(entity.mentions))
        near = placed[bisect_left(placed, (span[0],)) : bisect_left(placed, (span[1],))]
        inside = [n for _, n in near if entity.mentions[n].end <= span[1]]
        return entity.mentions[max(inside)] if inside else None

    def token(self, filler: Filler | Time, span: Span) -> int | None:
        """The token that stands for one end of a statement in its words."""
        if isinstance(filler, str):
            if filler in self.events:
                told = self.events[filler].tokens  # in order of the text
                first = bisect_left(told, span[0], key=lambda t: self.tokens[t].start)
                return told[first] if first < len(told) and self.tokens[told[first]].start < span[1] else None
            entity = self.entities.get(filler)
            mention = self.mention(entity, span) if entity is not None else None
            return mention.head if mention is not None else None
        head = getattr(filler, "head", -1)
        return head if head >= 0 else None

    def at(self, offset: int) -> int:
        """The token at an offset, or the last before it."""
        return max(bisect_right(self.starts, offset) - 1, 0)


def _standing(standing: Standing) -> Iterator[str]:
    if standing.status != "asserted":
        yield NOT_ASSERTED
        yield f"status {standing.status}"
    if standing.modality:
        yield "several statuses"
