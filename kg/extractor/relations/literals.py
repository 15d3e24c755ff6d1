"""What is said of an entity by a value: age, living, dates of opening and founding, quantities, distances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kg.extractor.links import Link, join
from kg.extractor.relations.holders import holders_of
from kg.extractor.scene import Scene
from kg.extractor.values import numbers
from kg.extractor.values.units import DURATIONS, LENGTHS
from kg.grammar import labels, phrases
from kg.model import Claim, Entity, Predication, Quantity, Standing, Time, Value

DATATYPES = {"day": "xsd:date", "month": "xsd:gYearMonth", "year": "xsd:gYear"}
_LENGTHS = frozenset(LENGTHS.values())
_DURATIONS = frozenset(DURATIONS.values())


def literal_claims(scene: Scene) -> list[Claim]:
    """All claims of entities and values."""
    claims: list[Claim] = []
    by_verb: dict[str, list[Mapping[str, Any]]] = {}
    for entry in scene.lexicon.literals.values():
        for lemma in entry["verbs"]:
            by_verb.setdefault(lemma, []).append(entry)
    holders: dict[int, list[tuple[Predication, Mapping[str, Any]]]] = {}
    for predication in scene.predications:
        for entry in by_verb.get(predication.lemma, ()) if predication.kind == "verb" else ():
            if scene.vocabulary.range(entry["predicate"]) == ("Quantity",):
                holders.setdefault(predication.token, []).append((predication, entry))
            else:
                claims += _dated(scene, predication, entry)
    for quantity in scene.quantities:
        claims += _counted(scene, quantity, holders)
    livings = scene.listed("occupation", "nouns")
    for token in scene.parse.tokens:
        if token.tag == "CD" or token.text[:1].isdigit():
            claims += _age(scene, token.i)
        elif token.lemma in livings and token.pos in ("NOUN", "PROPN") and token.lemma not in scene.lexicon.offices:
            claims += _occupation(scene, token.i, token.lemma)
    return claims


# ------------------------------------------------------------------ when it was opened or founded


def _dated(scene: Scene, predication: Predication, entry: Mapping[str, Any]) -> Iterator[Claim]:
    time = _time_of(scene, predication.token)
    if time is None or time.value is None or time.granularity not in DATATYPES or "/" in time.value:
        return
    standing = scene.standing(predication.token)
    if predication.negated and standing.status == "asserted":
        standing = scene.deny(standing)
    for slot in entry["of"]:
        found = [t for t in predication.fillers(slot) if scene.is_a(scene.entity(t), *entry["kinds"])]
        if predication.fillers(slot):
            for token in found:
                entity = scene.entity(token)
                claim = entity and scene.claim(
                    entity.id,
                    entry["predicate"],
                    Value(time.value, DATATYPES[time.granularity]),
                    entry["name"],
                    (token, predication.token, time.head),
                    standing,
                )
                if claim:
                    yield claim
            return


def _time_of(scene: Scene, verb: int) -> Time | None:
    """The time that hangs on a verb, directly or by one preposition."""
    tokens = scene.parse.tokens
    for time in scene.times_in.get(tokens[verb].sentence, ()):
        if time.kind == "time":
            at = tokens[time.head].head
            if at == verb or (tokens[at].pos in ("ADP", "SCONJ") and tokens[at].head == verb):
                return time
    return None


# ------------------------------------------------------------------ how many and how far


def _counted(
    scene: Scene, quantity: Quantity, holders: Mapping[int, list[tuple[Predication, Mapping[str, Any]]]]
) -> Iterator[Claim]:
    """A quantity and the entity that has it: the holder of what is counted, else what is counted."""
    tokens = scene.parse.tokens
    head = quantity.head
    over = tokens[head].head if tokens[head].head != head else head
    if quantity.unit in _LENGTHS and quantity.from_ is not None:
        yield from _distance(scene, quantity)
        return
    if quantity.unit in _DURATIONS or quantity.unit in ("percent", "percentage point"):
        return
    if quantity.start and scene.parse.text[quantity.start - 1] == "(":
        return  # the same in other units
    noun = over if quantity.unit is None and over > head and tokens[over].pos in ("NOUN", "PROPN") else head
    verb = tokens[noun].head
    if verb in holders and tokens[noun].dep in labels.HELD:
        for predication, entry in holders[verb]:
            if tokens[noun].lemma not in entry.get("counts", (tokens[noun].lemma,)):
                continue
            for token in (
                t for slot in entry["of"] for t in predication.fillers(slot) or phrases.subjects(scene.parse, verb)
            ):
                token = _holder_before(scene, token, entry["kinds"])
                entity = scene.entity(token)
                if entity is not None and scene.is_a(entity, *entry["kinds"]):
                    standing = _standing(scene, verb, predication.negated)
                    claim = scene.claim(
                        entity.id, entry["predicate"], quantity, entry["name"], (token, verb, head, noun), standing
                    )
                    if claim:
                        yield claim
                        return
    elsewhere = _measured(scene, quantity, noun)
    if elsewhere is not None:
        owner, token = elsewhere
        yield from join(scene, (Link("measure", token, owner, quantity, (token, head, noun), token, False),))
        return
    entity = scene.entity(noun) or scene.entity(head)
    if entity is None or quantity.value == 1:
        return
    if quantity.unit is None and not (scene.spans.get(noun, (0, 0))[0] <= quantity.start or noun == head):
        return
    yield from join(scene, (Link("count", noun, entity, quantity, (head, noun), noun, False),))


def _measured(scene: Scene, quantity: Quantity, noun: int) -> tuple[Entity, int] | None:
    """Whose number it is: "a village of 300 people", "had sales of $5 million", "contracts worth $5 million"."""
    tokens = scene.parse.tokens
    over = tokens[noun].head
    if scene.words[over] == "worth" and tokens[over].head != over:
        entity = scene.entity(tokens[over].head)
        return (entity, tokens[over].head) if entity is not None else None
    if not phrases.after(scene.parse, noun, "of"):
        return None
    whole = tokens[over].head
    entity = scene.bearer(whole)
    if entity is not None and quantity.unit is None and scene.is_a(entity, "Place", "Organization"):
        return entity, whole
    verb = tokens[whole].head
    if (
        quantity.unit
        and tokens[whole].dep in labels.OBJECTS
        and tokens[verb].lemma in scene.listed("amounts", "having")
    ):
        for child in phrases.subjects(scene.parse, verb):
            owner = scene.entity(_holder_before(scene, child, ("Organization", "Facility")))
            if scene.is_a(owner, "Organization", "Facility") and owner is not None:
                return owner, verb
    return None


def _holder_before(scene: Scene, token: int, kinds: Sequence[str]) -> int:
    """What "which" stands for where the grammar leaves it open: the nearest thing before it that can hold something."""
    if scene.words[token] not in ("which", "that") or scene.entity(token) is not None:
        return token
    for at in range(token - 1, scene.parse.sentences[scene.parse.tokens[token].sentence].first - 1, -1):
        if scene.parse.tokens[at].pos in ("NOUN", "PROPN") and scene.is_a(scene.entity(at), *kinds):
            return at
    return token


def _standing(scene: Scene, token: int, negated: bool) -> Standing:
    standing = scene.standing(token)
    return scene.deny(standing) if negated and standing.status == "asserted" else standing


def _distance(scene: Scene, quantity: Quantity) -> Iterator[Claim]:
    """ "75 km from X": of the place that is spoken of, else of whatever is there."""
    tokens = scene.parse.tokens
    if (before := _set_off(scene, quantity)) is not None:
        yield from _far(scene, *_lying(scene, *before), quantity)
        return
    at, steps = quantity.head, 0
    while tokens[at].head != at and steps < 6:
        at, steps = tokens[at].head, steps + 1
        entity = scene.entity(at)
        if entity is not None and entity.id != quantity.from_ and scene.is_a(entity, "Place"):
            yield from _far(scene, *_lying(scene, at, entity), quantity)
            return
        if tokens[at].pos in ("VERB", "AUX"):
            fillers = scene.fillers(at, "object", "subject")
            for token in sorted(fillers, key=lambda t: not scene.is_a(scene.entity(t), "Place")):
                entity = scene.entity(token)
                if entity is not None and entity.id != quantity.from_ and scene.is_a(entity, "Place"):
                    yield from _far(scene, entity, token, quantity)
                    return
            return


def _set_off(scene: Scene, quantity: Quantity) -> tuple[int, Entity] | None:
    """The place that ends before the comma of "in X, about 80 km from Y", and its token."""
    tokens = scene.parse.tokens
    for at in range(quantity.head, 1, -1):
        if tokens[at].start <= quantity.start:
            comma = at - 1 if tokens[at].start == quantity.start else at
            break
    else:
        return None
    if tokens[comma].text != ",":
        return None
    entity = scene.entity(comma - 1)
    if entity is None or entity.id == quantity.from_ or not scene.is_a(entity, "Place"):
        return None
    return comma - 1, entity


def _lying(scene: Scene, token: int, place: Entity) -> tuple[Entity, int]:
    """What lies at the place, where that is said: "the camp lies near Kabwe, 140 km north of Lusaka" is of the camp."""
    tokens = scene.parse.tokens
    preposition = tokens[token].head
    verb = tokens[preposition].head
    if phrases.after(scene.parse, token) and tokens[verb].lemma in scene.listed("places", "lying"):
        for filler in scene.fillers(verb, "object", "subject"):
            one = scene.entity(filler)
            if one is not None and one.id != place.id and scene.is_a(one, "Place"):
                return one, filler
    return place, token


def _far(scene: Scene, entity: Entity, token: int, quantity: Quantity) -> Iterator[Claim]:
    link = Link("distance", token, entity, quantity, (token, quantity.head), quantity.head, False)
    return join(scene, (link,))


# ------------------------------------------------------------------ how old, and what they do


def _age(scene: Scene, i: int) -> Iterator[Claim]:
    """ "Ana Ruiz, 45,", "the 45-year-old Ana Ruiz", "Ana Ruiz is 45 years old", "aged 45"."""
    tokens, words = scene.parse.tokens, scene.words
    parts = words[i].split("-")
    who: int | None = None
    if (
        len(parts) == 3
        and parts[1] in ("year", "years")
        and parts[2] == "old"
        and (age := numbers.plain(parts[0])) is not None
    ):
        who = i if scene.entity(i) is not None else tokens[i].head
    else:
        age = numbers.plain(words[i])
        if age is None or not 0 < age < 120 or age != int(age):
            return
        after = words[i + 1] if i + 1 < len(words) else ""
        before = words[i - 1] if i else ""
        if before == "," and after in (",", ".", ")", ";") and i >= 2:
            entity = scene.entity(i - 2)
            if entity is not None and scene.is_a(entity, "Person") and tokens[i - 2].pos == "PROPN":
                who = i - 2
        elif (
            before == "("
            and after == ")"
            and scene.is_a(scene.entity(i - 2), "Person")
            and tokens[i - 2].pos == "PROPN"
        ):
            who = i - 2
        elif before == "aged" and tokens[i - 1].head != i - 1:
            who = tokens[i - 1].head
        elif after in ("years", "year") and i + 2 < len(words) and words[i + 2] in ("old", "-old"):
            at = tokens[i + 2].head
            who = next((c for c in phrases.subjects(scene.parse, at)), None) if tokens[at].lemma == "be" else at
        elif (
            tokens[i].dep in labels.COMPLEMENTS
            and tokens[tokens[i].head].lemma in ("be", "turn")
            and after in (".", ",", "and", "when", "")
        ):
            verb = tokens[tokens[i].head]
            if verb.dep not in labels.ADJOINED:  # "when she was ten" is no age of now
                who = next((c for c in phrases.subjects(scene.parse, verb.i)), None)
    if who is None:
        return
    entity = scene.entity(who)
    if entity is not None:
        yield from join(scene, (Link("age", who, entity, Value(str(int(age)), "xsd:integer"), (who, i), who),))


def _occupation(scene: Scene, i: int, lemma: str) -> Iterator[Claim]:
    """What the noun says its one holder does: "the lawyer Karl Dahl", "Karl Dahl, a lawyer", "Karl Dahl is a
    lawyer".
    """
    tokens = scene.parse.tokens
    if tokens[i].tag in ("NNS", "NNPS"):
        return
    for holder in holders_of(scene, i):
        entity = scene.resolved.by_id[holder.id]
        if holder.token != i:
            first = i
            while (
                first
                and phrases.premodifies(tokens[first - 1])
                and tokens[first - 1].pos == "NOUN"
                and tokens[first - 1].head == i
                and scene.entity(first - 1) is None
            ):
                first -= 1
            words = " ".join([*scene.words[first:i], lemma])
            former = any(scene.words[c] in scene.listed("validity", "former") for c in scene.parse.children[i])
            link = Link("occupation", i, entity, Value(words), (holder.token, i), i, holder.given)
            for claim in join(scene, (link,)):
                yield replace(claim, validity="former") if former else claim
