"""Who belongs to a group that the text speaks of: "two pilots, Ana Ruiz and Karl Dahl", "31 people, among them four
nurses", "one of the three hostages".

The group is one of people, without a name; what has a name has rules of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extractor.links import Link, join
from kg.extractor.scene import Scene
from kg.grammar import labels, phrases
from kg.model import Claim, Entity


def group_claims(scene: Scene) -> Iterator[Claim]:
    """What links people to groups, in order of the text."""
    return join(scene, _links(scene))


def _links(scene: Scene) -> Iterator[Link]:
    for token in scene.parse.tokens:
        word = scene.words[token.i]
        if word == "among":
            yield from _among(scene, token.i)
        elif word == "including":
            yield from _including(scene, token.i)
        elif word == "one":
            yield from _one_of(scene, token.i)
        elif token.tag == "NNS" and (group := _group(scene, token.i)) is not None:
            yield from _named(scene, token.i, group)


def _group(scene: Scene, token: int) -> Entity | None:
    entity = scene.entity(token)
    return entity if entity is not None and scene.is_a(entity, "Group") and entity.id not in scene.named else None


def _member(
    scene: Scene, link: str, token: int, group: Entity, at: int, standing: int, given: bool = False
) -> Iterator[Link]:
    """The one at `token` and those joined to it."""
    for one in scene.coordinated(token):
        if (entity := scene.entity(one)) is not None:
            yield Link(link, one, entity, group, (at, one), standing, given)


def _before(scene: Scene, at: int) -> tuple[Entity, int] | None:
    """The group whose words end right before token `at`, or before the comma there; over a clause of one word ("27
    people killed,").
    """
    last = at - 2 if at > 1 and scene.words[at - 1] in (",", "-", "–", "—") else at - 1
    for head in range(last, max(-1, last - 4), -1):
        group = _group(scene, head)
        if group is not None and head in scene.spans and scene.parse.tokens[head].tag in ("NNS", "NN", "JJ", "CD"):
            above = scene.parse.tokens[scene.parse.tokens[head].head].head
            whole = _group(scene, above) if phrases.after(scene.parse, head) else None
            return (whole, above) if whole is not None and above in scene.spans else (group, head)
        if scene.parse.tokens[head].pos in ("PROPN", "PUNCT"):
            return None
    return None


def _among(scene: Scene, at: int) -> Iterator[Link]:
    """ "27 people, among them the captain, Karl Dahl"; "Ana Ruiz was among the victims"."""
    words, tokens = scene.words, scene.parse.tokens
    if at + 2 >= len(words):
        return
    if words[at + 1] in ("them", "whom"):
        held = _before(scene, at)
        if held is None:
            return
        for head in range(at + 2, min(at + 12, len(words))):
            entity = scene.entity(head)
            if (
                tokens[head].sentence != tokens[at].sentence
                or words[head] in (",", ".", ";", ":")
                or tokens[head].pos == "VERB"
            ):
                return
            if (
                entity is not None
                and not phrases.owns(tokens[head])
                and tokens[head].dep not in labels.PREMODIFIERS
                and scene.is_a(entity, "Person", "Group")
            ):
                yield from _member(scene, "members among them", head, held[0], held[1], held[1])
                return
    elif tokens[tokens[at].head].lemma in ("be", "number", "remain"):
        verb = tokens[at].head
        for one in phrases.objects(scene.parse, at):
            if (group := _group(scene, one)) is not None:
                for subject in phrases.subjects(scene.parse, verb):
                    yield from _member(scene, "members among", subject, group, one, verb)


def _including(scene: Scene, at: int) -> Iterator[Link]:
    """ "nine migrants, including two infants"."""
    held = _before(scene, at)
    if held is not None:
        for one in phrases.objects(scene.parse, at):
            yield from _member(scene, "members including", one, held[0], held[1], held[1])


def _one_of(scene: Scene, at: int) -> Iterator[Link]:
    """ "Karl Dahl, one of the three hostages,", "Karl Dahl is one of the hostages"."""
    tokens = scene.parse.tokens
    group = next(
        (
            (group, o)
            for o in phrases.under(scene.parse, at, "of")
            if tokens[o].tag == "NNS" and (group := _group(scene, o)) is not None
        ),
        None,
    )
    if group is None:
        return
    head = tokens[at].head
    if phrases.in_apposition(tokens[at]) and scene.is_a(scene.entity(head), "Person"):
        yield from _member(scene, "members one of", head, group[0], group[1], at, True)
    elif phrases.equates(tokens[at]) and tokens[head].lemma == "be":
        for subject in phrases.subjects(scene.parse, head):
            yield from _member(scene, "members one of", subject, group[0], group[1], head)


def _named(scene: Scene, at: int, group: Entity) -> Iterator[Link]:
    """ "the two pilots, Ana Ruiz and Karl Dahl,": the names in apposition to a plural."""
    names = scene.each(at)
    follows = scene.words[at + 1] if at + 1 < len(scene.words) else ""
    if (
        names != [at]
        and (follows in (",", "(", "-", "–", "—", ":") or phrases.numbers(scene.parse, at))
        and len(names) > 1
    ):
        for one in names:
            entity = scene.entity(one)
            if entity is not None:
                yield Link("members named", one, entity, group, (at, one), at)
