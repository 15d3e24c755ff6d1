"""The document as read: what every reading rule looks at, each part made once and only when asked for.

A rule is a function of the scene that yields what it reads: `(scene) -> Iterable[Found]`. A claim is made only if the
type gate lets it pass. Whoever states it and how firmly is asked of the standing of its cue. What a noun phrase takes
for granted ("Peruvian President X said …") stands as the article's own word, except within the quotation marks of
another.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kg.extractor.lexicon import Lexicon, lexicon
from kg.extractor.speech.standing import Standings
from kg.extractor.values.quantities import find_quantities
from kg.extractor.values.times import find_times
from kg.grammar import labels, phrases
from kg.grammar.analysis import Analysis
from kg.grammar.speech.asides import Aside
from kg.grammar.speech.attribution import find_attributions
from kg.grammar.speech.quotations import Quotation
from kg.model import (
    WEAKNESS,
    Attribution,
    Claim,
    Entity,
    Event,
    Evidence,
    Filler,
    Parse,
    Predication,
    Quantity,
    Resolved,
    Silence,
    Span,
    Standing,
    Status,
    Time,
    Validity,
)
from kg.vocabulary import Vocabulary

#: What a reading rule may yield.
Found = Claim | Event | Entity | Silence


@dataclass(frozen=True)
class Scene:
    """One document as read. With `curated`, events of no listed type are left out."""

    analysis: Analysis = field(repr=False)
    resolved: Resolved = field(repr=False)
    vocabulary: Vocabulary = field(repr=False)
    curated: bool = False
    found: tuple[Found, ...] = ()  # what the rules so far have read

    def read(self, rule: Callable[[Scene], Iterable[Found]]) -> Scene:
        """The same scene, richer by what a rule finds in it."""
        richer = replace(self, found=(*self.found, *rule(self)))
        vars(richer).update({name: part for name, part in vars(self).items() if name not in vars(richer)})
        return richer  # with all parts that the rule asked for

    # -------------------------------------------------------------- parts

    @property
    def parse(self) -> Parse:
        return self.analysis.parse

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The tokens in lower case."""
        return tuple(t.text.lower() for t in self.parse.tokens)

    @property
    def predications(self) -> tuple[Predication, ...]:
        return self.analysis.predications

    @cached_property
    def said_at(self) -> dict[int, Predication]:
        """Token → what it says, the first of two."""
        return {p.token: p for p in reversed(self.predications)}

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        return self.analysis.quotations

    @property
    def asides(self) -> tuple[Aside, ...]:
        return self.analysis.asides

    @cached_property
    def times(self) -> tuple[Time, ...]:
        return find_times(self.parse)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return find_quantities(self.parse, self.resolved, self.times)

    @cached_property
    def attributions(self) -> tuple[Attribution, ...]:
        return find_attributions(self.analysis, self.resolved)

    @cached_property
    def standings(self) -> Standings:
        return Standings(self.parse, self.attributions, self.quotations, self.asides)

    @cached_property
    def lexicon(self) -> Lexicon:
        return lexicon(self.vocabulary)

    @property
    def events(self) -> tuple[Event, ...]:
        """The events read so far."""
        return tuple(f for f in self.found if isinstance(f, Event))

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims read so far."""
        return tuple(f for f in self.found if isinstance(f, Claim))

    @cached_property
    def spans(self) -> dict[int, Span]:
        """Head token of a mention → the mention."""
        return {m.head: m.span for e in self.resolved.entities for m in e.mentions}

    @property
    def named(self) -> frozenset[str]:
        """Entities with a name."""
        return self.resolved.named

    @cached_property
    def spoken(self) -> dict[int, Attribution]:
        """Token → the first direct speech in which it stands."""
        starts = [t.start for t in self.parse.tokens]
        return {
            i: attribution
            for attribution in reversed(self.attributions)
            for first, last in (attribution.content if attribution.direct else ())
            for i in range(bisect_left(starts, first), bisect_left(starts, last))
        }

    @cached_property
    def times_in(self) -> dict[int, list[Time]]:
        """Sentence → the times and durations in it."""
        found: dict[int, list[Time]] = {}
        for time in self.times:
            found.setdefault(self.parse.tokens[time.head].sentence, []).append(time)
        return found

    @cached_property
    def denied(self) -> frozenset[int]:
        """Complements of a negated copula."""
        return frozenset(c for p in self.predications if p.negated for c in p.fillers("complement"))

    # -------------------------------------------------------------- looking

    def entity(self, token: int) -> Entity | None:
        return self.resolved.entity_at(token)

    def fillers(self, token: int, *slots: str) -> list[int]:
        """What fills these slots of the predication at a token, slot by slot."""
        said = self.said_at.get(token)
        return [t for slot in slots for t in said.fillers(slot)] if said is not None else []

    def argument(self, token: int) -> tuple[int, Entity | None]:
        """The entity of an argument, through words of amount ("many of the men", "18 percent of the firm")."""
        for _ in range(2):
            entity = self.entity(token)
            if entity is not None and not (
                self.words[token] in self.listed("amounts", "shares") and entity.id not in self.named
            ):
                return token, entity
            if self.words[token] not in self.listed("amounts", "words") | self.listed("amounts", "shares"):
                return token, entity
            inner = phrases.under(self.parse, token, "of", "in")
            if not inner:
                return token, entity
            token = inner[0]
        return token, self.entity(token)

    def named_next(self, i: int) -> int | None:
        """The head of a person's name that starts right after noun `i` ("former bank chief Ana Ruiz")."""
        first = i + 2 if i + 1 < len(self.words) and self.words[i + 1] in self.listed("validity", "future") else i + 1
        if first >= len(self.words):
            return None
        start = self.parse.tokens[first].start
        for head in range(first, min(first + 4, len(self.words))):
            if self.spans.get(head, (-1, 0))[0] == start and self.parse.tokens[first].pos == "PROPN":
                entity = self.entity(head)
                return head if entity is not None and entity.id in self.named and self.is_a(entity, "Person") else None
        return None

    def bearer(self, token: int) -> Entity | None:
        """Who a noun stands for: its own entity, or the named person it introduces."""
        entity = self.entity(token)
        if entity is not None and entity.id in self.named:
            return entity
        if self.parse.tokens[token].tag in ("NN", "NNP"):
            if self.words[token] in self.listed("places", "kinds"):  # "the Spanish city of Toledo"
                for at in phrases.under(self.parse, token, "of"):
                    place = self.entity(at)
                    if place is not None and place.id in self.named and self.is_a(place, "Place"):
                        return place
            if (head := self.named_next(token)) is not None:
                return self.entity(head)
            for child in phrases.appositions(self.parse, token):
                other = self.entity(child)
                if other is not None and other.id in self.named and self.is_a(other, "Person"):
                    return other
        if (subject := self.copula(token)) is not None:
            return self.entity(subject)
        return entity

    def bearers(self, token: int) -> list[Entity]:
        """All that a noun stands for: "the states of Hesse and Bavaria" are two."""
        if self.parse.tokens[token].tag == "NNS" and self.parse.tokens[token].lemma in self.listed("places", "kinds"):
            named = [
                e
                for at in self.under(token, "of") + phrases.appositions(self.parse, token)
                if (e := self.entity(at)) is not None and e.id in self.named and self.is_a(e, "Place")
            ]
            if named:
                return named
        one = self.bearer(token)
        return [one] if one is not None else []

    def copula(self, token: int) -> int | None:
        """The named subject whose complement a noun is: "she became the first woman to lead X"."""
        head = self.parse.tokens[token].head
        if not phrases.equates(self.parse.tokens[token]) or self.parse.tokens[head].lemma not in self.listed(
            "become", "verbs"
        ):
            return None
        for child in phrases.subjects(self.parse, head):
            subject = self.entity(child)
            if subject is not None and subject.id in self.named:
                return child
        return None

    def alongside(self, token: int) -> list[int]:
        """The heads of mentions joined to this one by "and" in the words, whatever the parse ("the A (B) and C
        gangs").
        """
        end = self.spans.get(token, (0, self.parse.tokens[token].end))[1]
        at = token + 1
        while at < len(self.words) and self.parse.tokens[at].start < end:
            at += 1
        if at < len(self.words) and self.words[at] == ")":
            at += 1
        if at < len(self.words) and self.words[at] == "(":
            closing = next((k for k in range(at, min(at + 6, len(self.words))) if self.words[k] == ")"), None)
            at = closing + 1 if closing else at
        if at + 1 >= len(self.words) or self.words[at] != "and":
            return []
        start = self.parse.tokens[at + 1].start
        for head in range(at + 1, min(at + 6, len(self.words))):
            if head in self.spans and self.spans[head][0] in (
                start,
                self.parse.tokens[min(at + 2, len(self.words) - 1)].start,
            ):
                return [head] if self.parse.tokens[head].dep in labels.JOINED else []
        return []

    def each(self, token: int) -> list[int]:
        """The named people in apposition to a plural noun ("the brothers Karl and Per Dahl"), else the token itself."""
        entity = self.entity(token)
        if self.parse.tokens[token].tag != "NNS" or entity is not None and entity.id in self.named:
            return [token]
        found = [at for child in phrases.appositions(self.parse, token) for at in self.coordinated(child)]
        named = [
            at
            for at in found
            if (one := self.entity(at)) is not None and one.id in self.named and self.is_a(one, "Person")
        ]
        return named or [token]

    def is_a(self, entity: Entity | None, *kinds: str) -> bool:
        if entity is None:
            return False
        above = self.vocabulary.lineage(entity.type)
        for kind in kinds:
            if kind in above:
                return True
        return False

    def objects(self, preposition: int) -> list[int]:
        """The objects of a preposition, coordinated ones too."""
        return [o for at in phrases.objects(self.parse, preposition) for o in self.coordinated(at)]

    def under(self, token: int, *prepositions: str) -> list[int]:
        """The objects of these prepositions below a token, coordinated ones too."""
        return [o for at in phrases.under(self.parse, token, *prepositions) for o in self.coordinated(at)]

    def coordinated(self, token: int) -> list[int]:
        """A nominal and all those joined to it by "and"."""
        return phrases.coordinated(self.parse, token)

    def listed(self, group: str, key: str) -> frozenset[str]:
        """A closed list of ontology/relations/words.toml."""
        return self.lexicon.words.get(group, {}).get(key, frozenset())

    # -------------------------------------------------------------- standing

    def standing(self, token: int, given: bool = False) -> Standing:
        """How firmly what hangs on `token` is said; `given`: it is taken for granted, not stated."""
        if given:
            speech = self.spoken.get(token)
            return Standing() if speech is None else Standing("reported", claimed_by=speech.source_entity)
        standing = self.standings.of(token)
        return (
            self.deny(standing)
            if token in self.denied and standing.polarity == "positive" and standing.status != "negated"
            else standing
        )

    @staticmethod
    def deny(standing: Standing) -> Standing:
        """The same, with a "not" in it."""
        return (
            replace(standing, status="negated", polarity="positive")
            if standing.status == "asserted"
            else replace(standing, polarity="negative")
        )

    @staticmethod
    def weaken(standing: Standing, status: Status) -> Standing:
        """The same under one more doubt; the weaker of two stands, the other is kept."""
        if standing.status not in WEAKNESS:
            return replace(
                standing, status=status, polarity="negative" if standing.status == "negated" else standing.polarity
            )
        if standing.status == status:
            return standing
        weak, strong = sorted((standing.status, status), key=WEAKNESS.index, reverse=True)
        return replace(standing, status=weak, modality=tuple(sorted({*standing.modality, strong}, key=WEAKNESS.index)))

    # -------------------------------------------------------------- claims

    def span(self, *tokens: int) -> Span:
        """The words from the first to the last of these tokens and the mentions they head."""
        spans = [self.spans.get(t, (self.parse.tokens[t].start, self.parse.tokens[t].end)) for t in tokens]
        return min(s[0] for s in spans), max(s[1] for s in spans)

    def claim(
        self,
        subject: str,
        predicate: str,
        object: Filler,
        rule: str,
        tokens: Sequence[int],
        standing: Standing,
        validity: Validity = "current",
    ) -> Claim | None:
        """The claim, or None where the type gate or plain sense (an entity and itself) forbids it."""
        kind = self.resolved.by_id[subject].type
        other = self.resolved.by_id[object].type if isinstance(object, str) and object in self.resolved.by_id else None
        if subject == object or not self.vocabulary.fits(kind, predicate, other):
            return None
        start, end = self.span(*tokens)
        return Claim(subject, predicate, object, standing, (Evidence(start, end, rule),), validity)
