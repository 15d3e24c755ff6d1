"""Predications become events: curated frames first, and under them a generic tier, so that nothing that happened is
missing.

`find_events` reads every predication once: the frames of its lemma choose the sense by the types of its arguments, its
roles are filled slot by slot, its standing comes from what governs it. Times, places and absences are then laid on
(`placing`) and the tellings of one event joined (`merging`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extractor.events.dictionary import Dictionary, Frame, RoleRule, dictionary
from kg.extractor.events.drafts import GENERIC, NO_EVENT_TYPES, PART_HEADS, Arguments, Draft, finish
from kg.extractor.events.merging import APART, merge, pointing
from kg.extractor.events.parties import absent, answerable
from kg.extractor.events.placing import lay_on, shared_doers
from kg.extractor.scene import Scene
from kg.extractor.speech.scope import yet_to_come
from kg.grammar import labels, phrases
from kg.grammar.nominals import eventive
from kg.grammar.words import ATTENDING, BUNDLES, NO_CHARGE, NO_EVENT, SKIPPING, STATES
from kg.model import (
    WEAKNESS,
    Argument,
    Entity,
    Event,
    Evidence,
    Predication,
    Quantity,
    Role,
    Silence,
    Standing,
    Value,
    weaker,
)

#: Types of which a common noun may be that nobody listed.
THINGS = frozenset({"Entity", "Facility", "Artifact", "Place", "Work", "Law", "Product", "Concept"})
#: The type of a noun that names something and nobody knows what.
VAGUE = "Concept"
#: Sentences over which "it" under the same verb means the same object.
REPEATED = 3
GENERIC_ROLES = tuple(
    RoleRule(role, slots, frozenset(types), first=frozenset(slots))
    for role, slots, types in (
        ("agent", ("subject", "by", "possessor"), ("Entity",)),
        ("patient", ("object", "of"), ("Entity",)),
        ("recipient", ("indirect",), ("Entity",)),
        ("origin", ("from",), ("Place",)),
        ("destination", ("to",), ("Place",)),
    )
)

PERSONS = frozenset({"Person"})


def find_events(scene: Scene) -> Iterator[Event | Silence]:
    """The events of a document, told as often as may be, and the predications that gave none with the reason."""
    reader = _Reader(scene)
    drafts: list[Draft] = []
    for said in scene.predications:
        draft, reason = reader.read(said)
        if draft is not None:
            drafts.append(draft)
        elif reason:
            yield Silence(reader.tokens[said.token].sentence, said.token, reason)
    carried = {d.said.light for d in drafts if d.said.light is not None}
    drafts = [d for d in drafts if d.frame is not None or d.token not in carried]
    lay_on(scene, drafts, reader.arguments)
    absent(scene, drafts, reader.arguments, reader.standing)
    drafts = merge(scene.parse, drafts)
    shared_doers(drafts)
    answerable(scene, drafts, reader.arguments, reader.standing)
    kept: list[Draft] = []
    for draft in drafts:
        if telling(draft, scene.named):
            kept.append(draft)
        else:
            yield Silence(reader.tokens[draft.token].sentence, draft.token, "a plain event with too little in it")
    yield from finish(scene.parse, kept)


def telling(draft: Draft, named: frozenset[str]) -> bool:
    """Whether an event says enough to stand: one of no listed type wants two participants, or a named one and a
    time or place.
    """
    if any(d.frame is not None for d in (draft, *draft.merged)):
        return True
    takers = draft.fillers("agent", "patient", "recipient", "instrument", "nonParticipant")
    if len(takers) > 1:
        return True
    return not named.isdisjoint(takers) and (
        draft.time is not None or bool(draft.fillers("place", "origin", "destination"))
    )


class _Reader:
    """The frames at work on one document."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.parse, self.tokens = scene, scene.parse, scene.parse.tokens
        self.arguments = Arguments(scene.parse, scene.resolved, scene.quantities, scene.vocabulary)
        self.book: Dictionary = dictionary(scene.vocabulary)
        self.cues = {a.cue_token: a for a in reversed(scene.attributions)}
        self.objects: dict[str, tuple[int, str]] = {}  # of verbs so far: the sentence and the noun of their last object

    def read(self, said: Predication) -> tuple[Draft | None, str | None]:
        """The event that a predication tells of, or why it tells of none."""
        frames = self.book.index.get((said.kind, said.lemma), ())
        reason = back = None
        if frames and self.may_be_event(said):
            slots: dict[str, list[Argument]] = {"self": [Argument("self", said.token)]}
            for argument in said.arguments:
                slots.setdefault(argument.slot, []).append(argument)
            if said.kind == "verb":
                self.remember(said, slots)
            if self._says_a_name(slots):
                frames, reason = (), "it only says a name"
                if self.tokens[said.token].dep == labels.ADNOMINAL_CLAUSE:
                    return None, reason
            for frame in frames:
                roles, missing = self.match(frame, said, slots)
                if roles is not None:
                    draft = self.draft(frame.type, frame, said, roles)
                    if draft.type == "Statement" and draft.standing.status == "negated" and not draft.content:
                        return None, "nothing was said"
                    return draft, None
                reason = f"type gate: {frame.name} {missing}"
                if back is None and missing.startswith("needs") and frame.type not in APART:
                    back = frame
            if back is not None and said.kind == "noun" and pointing(self.parse, said.token):
                draft = self.draft(back.type, back, said, [])
                draft.anaphoric = True
                return draft, None
        if said.kind == "adjective" or (said.kind == "noun" and (frames or not eventive(self.tokens[said.token]))):
            return None, reason if said.kind != "noun" or frames else None
        if not self.may_be_event(said):
            return None, None
        return self.generic(said, reason)

    def _says_a_name(self, slots: dict[str, list[Argument]]) -> bool:
        """ "A woman named Ana Ruiz", "named the victim as Ana Ruiz": nobody takes a post that is a person's name."""
        called = [a.token for s in ("complement", "as") for a in slots.get(s, ())]
        return bool(slots.get("object")) and any(
            (entity := self.arguments.entity(i)) is not None
            and self.arguments.fits(entity, PERSONS)
            and any(m.kind == "name" for m in self.arguments.resolved.heads.get((entity.id, i), ()))
            for i in called
        )

    def may_be_event(self, said: Predication) -> bool:
        """False of nouns that name somebody, a place or a thing, or only tell which thing another noun means."""
        if said.kind == "verb" and self.tokens[said.token].dep == labels.ADJECTIVE:
            return self.tokens[said.token].tag != "VBG"  # "rising demand", "a floating unit"
        if said.kind != "noun" or said.light is not None:
            return True
        if self.tokens[said.token].dep in labels.COMPOUNDS:
            return any(f.compound for f in self.book.index.get(("noun", said.lemma), ()))
        entity = self.arguments.resolved.entity_at(said.token)
        if entity is None or any(f.holder for f in self.book.index.get(("noun", said.lemma), ())):
            return True
        mention = next(iter(self.arguments.resolved.heads.get((entity.id, said.token), ())), None)
        return (mention is None or mention.kind == "nominal") and NO_EVENT_TYPES.isdisjoint(
            self.scene.vocabulary.lineage(entity.type)
        )

    # -------------------------------------------------------------- curated frames

    def remember(self, said: Predication, slots: dict[str, list[Argument]]) -> None:
        """Keeps the noun that is a verb's object."""
        for argument in slots.get("object", ()):
            if (token := self.tokens[argument.token]).pos == "NOUN":
                self.objects[said.lemma] = (token.sentence, token.lemma)

    def nouns(self, said: Predication, argument: Argument) -> frozenset[str]:
        """The lemma in a slot; for "it" the noun that the same verb had as its object shortly before ("Did he take the
        money? She took it."), and what a row or number of things consists of ("a series of letters").
        """
        token = self.tokens[argument.token]
        if argument.slot == "object" and token.lemma in ("it", "them") and said.lemma in self.objects:
            sentence, lemma = self.objects[said.lemma]
            if token.sentence - sentence <= REPEATED:
                return frozenset((lemma,))
        inner = phrases.under(self.parse, token.i, "of") if token.lemma in BUNDLES else ()
        return frozenset((token.lemma, *(self.tokens[k].lemma for k in inner)))

    def _refused(self, frame: Frame, said: Predication, slots: dict[str, list[Argument]]) -> str | None:
        """What the words and kinds in the slots have against the frame, if anything."""
        for slot, lemmas in frame.only:
            if not any(
                "*" in lemmas or self.nouns(said, a) & lemmas for s in slot.split("|") for a in slots.get(s, ())
            ):
                return f"other {slot}"
        for slot, lemmas in frame.never:
            if any("*" in lemmas or self.nouns(said, a) & lemmas for a in slots.get(slot, ())):
                return f"other {slot}"
        for slot, types in frame.kinds:
            if not any(
                self.arguments.fits(e, types)
                for one in slot.split("|")
                for a in slots.get(one, ())
                if (e := self.arguments.entity(a.token)) is not None
            ):
                return f"{slot} of another kind"
        return None

    def match(self, frame: Frame, said: Predication, slots: dict[str, list[Argument]]) -> tuple[list[Role] | None, str]:
        """The roles that a frame finds, or None and what stands against it."""
        if frame.passive is not None and frame.passive != said.passive:
            return None, "voice"
        if (refused := self._refused(frame, said, slots)) is not None:
            return None, refused
        roles: list[Role] = []
        used: set[int] = set()
        open_roles: set[str] = set()
        for rule in frame.roles:
            if rule.absent(slots):
                continue
            found, unknown = self.fill(
                rule, said, slots, used, frame, {r.filler for r in roles if isinstance(r.filler, str)}
            )
            roles += found
            if found or unknown:
                open_roles.add(rule.role)
        if said.kind != "noun" or frame.strict:
            for alternatives in frame.needs:
                if open_roles.isdisjoint(alternatives):
                    return None, f"needs {' or '.join(alternatives)}"
            objects = [a.token for a in slots.get("object", ())]
            if (
                said.kind == "verb"
                and objects
                and used.isdisjoint(objects)
                and any("object" in rule.slots for rule in frame.roles)
                and not any("object" in rule.slots and rule.words for rule in frame.roles)
                and any(self.arguments.entity(t) is not None and self.arguments.quantity(t) is None for t in objects)
            ):
                return None, "object of another kind"
        if said.kind == "noun" and any("of" in rule.slots and rule.types for rule in frame.roles):
            for a in slots.get("of", ()):  # "the execution of the plan" kills nobody
                if (
                    a.token not in used
                    and self.tokens[a.token].pos == "NOUN"
                    and a.token not in self.arguments.dated
                    and self.tokens[a.token].lemma not in PART_HEADS
                ):
                    return None, "of another kind"
        if frame.singular and self.tokens[said.token].tag == "NNS":
            return None, "plural"
        if said.kind == "noun" and not frame.bare and not open_roles and self.abstract(said):
            return None, "nobody in it"
        return roles, ""

    def abstract(self, said: Predication) -> bool:
        """A bare singular ("murder is a crime", "charges of rape") names a kind of event, and none that happened."""
        token = self.tokens[said.token]
        return (
            token.tag == "NN"
            and token.dep not in labels.SUBJECTS
            and said.light is None
            and not phrases.dependents(self.parse, token.i, labels.IN_PHRASE)
        )

    def fill(
        self,
        rule: RoleRule,
        said: Predication,
        slots: dict[str, list[Argument]],
        used: set[int],
        frame: Frame | None,
        taken: set[str],
    ) -> tuple[list[Role], bool]:
        """Fillers of one role, and whether some word stood there that nothing is known of."""
        found: list[Role] = []
        unknown = False
        name = frame.name if frame else GENERIC
        for slot in rule.slots:
            for argument in self.below(slots, slot) if ">" in slot else slots.get(slot, ()):
                i = argument.token
                if i in used:
                    continue
                entity = self.arguments.entity(i)
                if together := self._together(entity, rule, taken):
                    used.add(i)
                    found += [Role(rule.role, one, self.evidence(said, i, name)) for one in together]
                    continue
                vague = entity is not None and entity.type == VAGUE and not self.arguments.fits(entity, rule.types)
                filler: str | Value | Quantity
                if (
                    entity is not None
                    and (rule.types or not (rule.words or rule.amount or rule.count))
                    and (self.arguments.fits(entity, rule.types) or vague and self.may_be(i, rule, said, slot, frame))
                ):
                    if entity.id in taken:  # nobody asks himself: the reading of one of the two is wrong
                        continue
                    filler = entity.id
                elif rule.amount and (quantity := self.arguments.quantity(i)) is not None:
                    filler = quantity
                elif rule.count and (quantity := self.arguments.count(i)) is not None:
                    filler = quantity
                elif (
                    entity is None
                    and "Event" in rule.types
                    and self.book.index.get(("noun", self.tokens[i].lemma))
                    and self.tokens[i].pos == "NOUN"
                ):
                    filler = f"@{i}"
                elif (
                    rule.words
                    and (entity is None or vague or slot in ("complement", "as"))
                    and i not in self.arguments.dated
                    and not (
                        rule.role == "charge" and self.tokens[i].pos == "NOUN" and self.tokens[i].lemma in NO_CHARGE
                    )
                ):
                    used.add(i)
                    unknown = True
                    if not rule.phrase:
                        continue
                    filler = Value(self.parse.quote(self.arguments.phrase(i)))
                else:
                    unknown |= entity is None and self.may_be(i, rule, said, slot, frame)
                    continue
                used.add(i)
                if all(r.filler != filler for r in found):
                    found.append(Role(rule.role, filler, self.evidence(said, i, name)))
            if (found or unknown) and not rule.every:
                break
        return found, unknown

    def _together(self, entity: Entity | None, rule: RoleRule, taken: set[str]) -> list[str]:
        """The ones that a plural pronoun alone stands for: "Ana Ruiz and Karl Dahl … They"."""
        if entity is None or not entity.members or entity.id in self.arguments.resolved.called:
            return []
        members = [self.arguments.resolved.by_id[one] for one in entity.members]
        return [m.id for m in members if m.id not in taken and self.arguments.fits(m, rule.types)]

    def below(self, slots: dict[str, list[Argument]], path: str) -> list[Argument]:
        """ "object>in": what stands after "in" under the object ("took a stake in X"); "subject>modifier": what stands
        before the subject.
        """
        slot, _, prep = path.partition(">")
        if prep == "modifier":
            return [
                Argument(path, c)
                for a in slots.get(slot, ())
                for c in phrases.dependents(self.parse, a.token, labels.OWNING)
            ]
        return [
            Argument(path, k)
            for a in slots.get(slot, ())
            for c in self.parse.children[a.token]
            if self.tokens[c].lemma == prep
            for k in phrases.objects(self.parse, c)
        ]

    def may_be(self, i: int, rule: RoleRule, said: Predication, slot: str, frame: Frame | None) -> bool:
        """Whether a word that nothing is known of may fill a role: pronouns, numbers and names may, a common noun only
        where things are wanted (whoever is known as people has been resolved)."""
        token = self.tokens[i]
        if slot == "where" and token.lemma in ("there", "here"):
            return True
        if i in self.arguments.dated or rule.amount or rule.count or token.pos in ("VERB", "AUX", "ADJ", "ADV"):
            return False
        quantity = self.arguments.quantity(i)
        if quantity is not None and quantity.unit is not None:
            return False
        if token.lemma in PART_HEADS:
            return True
        if token.pos == "NOUN":
            return (
                said.kind == "verb"
                and not (frame and frame.known)
                and slot != "where"
                and (not THINGS.isdisjoint(rule.types) or slot == "subject" and rule.role == "agent")
            )
        return True

    def evidence(self, said: Predication, filler: int, rule: str) -> Evidence:
        """From the trigger to the filler where one sentence holds both, else the filler alone."""
        start, end = self.arguments.span(filler)
        if self.tokens[filler].sentence == self.tokens[said.token].sentence:
            trigger = self.tokens[said.token]
            start, end = min(start, trigger.start), max(end, trigger.end)
        return Evidence(start, end, rule)

    def draft(self, type_: str, frame: Frame | None, said: Predication, roles: list[Role]) -> Draft:
        content: tuple[tuple[int, int], ...] = ()
        if type_ in self.book.communication and (attribution := self.cues.get(said.token)) is not None:
            content = attribution.content
            taken = {r.filler for r in roles}
            if (
                attribution.source_entity
                and attribution.source_entity not in taken
                and not said.passive
                and all(r.name != "agent" for r in roles)
            ):
                words = attribution.source[0] if attribution.source else attribution.cue[0]
                roles = [
                    Role("agent", attribution.source_entity, Evidence(*words, frame.name if frame else GENERIC)),
                    *roles,
                ]
        roles = self.there(said, roles)
        return Draft(type_, said.token, said, frame, roles, self.standing(said), content=content)

    def there(self, said: Predication, roles: list[Role]) -> list[Role]:
        """The roles without those who are only to attend: "urged nurses to join the march", which takes place."""
        verb = said.light
        if verb is None and said.kind == "noun":
            verb = next((a for a in self.parse.ancestors(said.token) if self.tokens[a].pos == "VERB"), None)
        if verb is None or self.tokens[verb].lemma not in ATTENDING | {"take"}:
            return roles
        if self.scene.standings.of(verb).status not in WEAKNESS:
            return roles
        comers = {e.id for t in said.fillers("subject") if (e := self.arguments.entity(t)) is not None}
        return [r for r in roles if r.filler not in comers]

    def standing(self, said: Predication) -> Standing:
        """What governs the predicate and, where it has one, its light verb; its own negation and what is said of it
        last.
        """
        standing = self.scene.standings.of(said.token)
        if said.light is not None and self.tokens[said.light].lemma not in ATTENDING | SKIPPING:
            standing = weaker(standing, self.scene.standings.of(said.light))
        if standing.status == "asserted" and said.kind == "noun" and yet_to_come(self.parse, said.token):
            standing = Standing("planned")
        if said.negated and standing.polarity == "positive" and standing.status in ("asserted", *WEAKNESS):
            if standing.status == "asserted":
                return replace(standing, status="negated")
            if said.light is not None or said.kind == "noun":
                return replace(standing, polarity="negative")
        return standing

    # -------------------------------------------------------------- the generic tier

    def generic(self, said: Predication, reason: str | None) -> tuple[Draft | None, str | None]:
        """A plain event, typed no further, of any other verb or deverbal noun with somebody or something known in
        it.
        """
        token = self.tokens[said.token]
        if (
            not said.arguments
            or token.lemma in NO_EVENT
            or token.pos == "AUX"
            or token.lemma in STATES
            or not token.lemma.isalpha()
        ):
            return None, reason
        if self.scene.curated:
            return None, reason or "no frame"
        slots: dict[str, list[Argument]] = {}
        for argument in said.arguments:
            slots.setdefault(argument.slot, []).append(argument)
        used: set[int] = set()
        roles: list[Role] = []
        for rule in GENERIC_ROLES:
            if rule.absent(slots):
                continue
            roles += self.fill(rule, said, slots, used, None, {r.filler for r in roles if isinstance(r.filler, str)})[0]
        if said.kind == "noun" and not any(r.name in ("agent", "patient") for r in roles):
            return None, reason
        if not roles:
            return None, reason or "unresolved argument"
        return self.draft("Event", None, said, roles), None
