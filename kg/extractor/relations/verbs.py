"""Relations that a verb says of its arguments: the rows of ontology/relations/verbs.toml at work."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extractor.lexicon import VerbRule
from kg.extractor.scene import Scene
from kg.grammar import labels, phrases
from kg.model import Claim, Entity, Predication, Validity


def verb_claims(scene: Scene) -> Iterator[Claim]:
    """What verbs of ontology/relations/verbs.toml say of their arguments."""
    for predication in scene.predications:
        if predication.kind != "noun":
            for rule in scene.lexicon.verbs.get(predication.lemma, ()):
                yield from _verb(scene, rule, predication)


def _verb(scene: Scene, rule: VerbRule, predication: Predication) -> Iterator[Claim]:
    if rule.passive is not None and rule.passive != (predication.passive or _participle(scene, predication.token)):
        return
    if rule.bare and predication.fillers("object"):
        return
    slots = ("subject",) if rule.passive and not predication.passive else rule.source
    sources = next(((slot, found) for slot in slots if (found := predication.fillers(slot))), None)
    if sources is None:
        return
    first_ends = [one for token in (*sources[1], *_companions(scene, rule, predication)) for one in scene.each(token)]
    standing = scene.standing(predication.token)
    if predication.negated and standing.polarity == "positive" and standing.status != "negated":
        standing = scene.deny(standing)
    if not rule.denied and (standing.status in ("negated", "denied") or standing.polarity == "negative"):
        return
    validity: Validity = rule.validity or (  # type: ignore[assignment]
        "former"
        if rule.stative and _past(scene, predication) or rule.dated and _long_ago(scene, predication)
        else "current"
    )
    seen: set[tuple[str, str]] = set()
    for slot in rule.target:
        if slot == sources[0] and not rule.mutual:
            continue
        targets = predication.fillers(slot)
        if rule.mutual:
            pairs = [sources[1]] if len(sources[1]) == 2 and not predication.fillers("object") else []
        else:
            pairs = [
                (a, b)
                for a in first_ends
                for t in targets
                for one in scene.each(t)
                for b in (one, *scene.alongside(one))
            ]
        for first, second in pairs:
            (a, subject), (b, other) = scene.argument(first), scene.argument(second)
            subject, other = scene.bearer(a) or subject, scene.bearer(b) or other
            if (
                subject is None
                or other is None
                or (subject.id, other.id) in seen
                or not _allowed(scene, rule, subject, other)
            ):
                continue
            if rule.only and scene.words[b] not in scene.listed("groups", rule.only):
                continue
            held, when = standing, validity
            if scene.copula(a) is not None:  # "she will be the first woman to lead X"
                held = standing if standing.status != "asserted" else scene.standing(scene.parse.tokens[a].head)
                if any(
                    t.text.lower() in ("will", "'ll", "’ll", "would")
                    for t in phrases.auxiliaries(scene.parse, scene.parse.tokens[a].head)
                ):
                    held, when = scene.weaken(held, "planned"), "future"
            claim = scene.claim(subject.id, rule.predicate, other.id, rule.name, (a, predication.token, b), held, when)
            if claim is not None:
                seen.add((subject.id, other.id))
                yield claim


def _participle(scene: Scene, token: int) -> bool:
    """A bare past participle: "Born poor in Lima, she …"."""
    return scene.parse.tokens[token].tag == "VBN" and not phrases.auxiliaries(scene.parse, token)


def _companions(scene: Scene, rule: VerbRule, predication: Predication) -> list[int]:
    """ "founded it with her brother Karl": people under "with" do it, too, where the rule says so."""
    return [t for t in predication.fillers("with") if scene.is_a(scene.entity(t), "Person")] if rule.together else []


def _allowed(scene: Scene, rule: VerbRule, subject: Entity, other: Entity) -> bool:
    return _among(scene, subject, rule.subject) and _among(scene, other, rule.object)


def _among(scene: Scene, entity: Entity, kinds: tuple[str, ...]) -> bool:
    """One of the kinds or below it; "=Kind" asks for that very kind, "!Kind" for a name, too."""

    def fits(kind: str) -> bool:
        if kind[0] == "=":
            return entity.type == kind[1:]
        return scene.is_a(entity, kind.removeprefix("!")) and (kind[0] != "!" or entity.id in scene.named)

    return not kinds or any(map(fits, kinds))


def _long_ago(scene: Scene, predication: Predication) -> bool:
    """ "Led the party from 1990 to 1995", "in the 1990s": a past that its own words put before the article's year."""
    tokens, i = scene.parse.tokens, predication.token
    year = (scene.parse.document.date or "9999")[:4]
    if tokens[i].tag != "VBD":
        return False
    for time in scene.times:
        at, steps = time.head, 0
        dated = (
            time.value is not None and time.value[:2].isdigit() and "/.." not in time.value and time.value[:4] < year
        )
        while dated and 0 <= at != i and steps < 6 and (at == time.head or tokens[at].pos not in ("VERB", "AUX")):
            at, steps = tokens[at].head, steps + 1
        if dated and at == i:
            return True
    return False


def _past(scene: Scene, predication: Predication) -> bool:
    """A state told in the past tense is over, where nobody's report put it there."""
    token = scene.parse.tokens[predication.token]
    helpers = {t.text.lower() for t in phrases.auxiliaries(scene.parse, token.i)}
    if "had" in helpers or (predication.passive and helpers & {"was", "were"}):
        return True
    return token.tag == "VBD" and token.dep in labels.MAIN and not helpers
