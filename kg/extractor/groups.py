"""Who belongs to a group that the text speaks of: "two pilots, Ana Ruiz and Karl Dahl", "31 people, among them four nurses", "one of the
three hostages". The group is one of people, without a name; what has a name has rules of its own.
"""
from __future__ import annotations

from collections.abc import Iterator

from kg.extractor.scene import Scene
from kg.model import Claim, Entity, Standing

#: Words between "among them" and the one named: "among them was the captain, Karl Dahl".
PASSED = frozenset("the a an her his their its was were is are also".split())


def group_claims(scene: Scene) -> list[Claim]:
    """memberOf from people to groups, in order of the text."""
    found: list[Claim] = []
    for token in scene.parse.tokens:
        word = scene.words[token.i]
        if word == "among":
            found += _among(scene, token.i)
        elif word == "including":
            found += _including(scene, token.i)
        elif word == "one":
            found += _one_of(scene, token.i)
        elif token.tag == "NNS" and (group := _group(scene, token.i)) is not None:
            found += _named(scene, token.i, group)
    return found


def _group(scene: Scene, token: int) -> Entity | None:
    entity = scene.entity(token)
    return entity if entity is not None and scene.is_a(entity, "Group") and entity.id not in scene.named else None


def _member(scene: Scene, token: int, group: Entity, at: int, rule: str, standing: Standing) -> Iterator[Claim]:
    """The one at `token` and those joined to it, people only."""
    for one in scene.coordinated(token):
        entity = scene.entity(one)
        if entity is not None and scene.is_a(entity, "Person", "Group") and entity.id != group.id:
            claim = scene.claim(entity.id, "memberOf", group.id, rule, (at, one), standing)
            if claim is not None:
                yield claim


def _before(scene: Scene, at: int) -> tuple[Entity, int] | None:
    """The group whose words end right before token `at`, or before the comma there; over a clause of one word ("27 people killed,")."""
    last = at - 2 if at > 1 and scene.words[at - 1] in (",", "-", "–", "—") else at - 1
    for head in range(last, max(-1, last - 4), -1):
        group = _group(scene, head)
        if group is not None and head in scene.spans and scene.parse.tokens[head].tag in ("NNS", "NN", "JJ", "CD"):
            above = scene.parse.tokens[scene.parse.tokens[head].head].head
            whole = _group(scene, above) if scene.parse.tokens[head].dep == "pobj" else None
            return (whole, above) if whole is not None and above in scene.spans else (group, head)
        if scene.parse.tokens[head].pos in ("PROPN", "PUNCT"):
            return None
    return None


def _among(scene: Scene, at: int) -> Iterator[Claim]:
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
            if tokens[head].sentence != tokens[at].sentence or words[head] in (",", ".", ";", ":") or tokens[head].pos == "VERB":
                return
            if entity is not None and tokens[head].dep not in ("poss", "amod", "compound", "nmod") and scene.is_a(entity, "Person", "Group"):
                yield from _member(scene, head, held[0], held[1], "among them", scene.standing(held[1]))
                return
    elif tokens[tokens[at].head].lemma in ("be", "number", "remain"):
        verb = tokens[at].head
        for one in scene.children(at, "pobj"):
            group = _group(scene, one)
            for subject in scene.children(verb, "nsubj") if group is not None else ():
                yield from _member(scene, subject, group, one, "among", scene.standing(verb))  # type: ignore[arg-type]


def _including(scene: Scene, at: int) -> Iterator[Claim]:
    """ "nine migrants, including two infants"."""
    held = _before(scene, at)
    if held is not None:
        for one in scene.children(at, "pobj"):
            yield from _member(scene, one, held[0], held[1], "including", scene.standing(held[1]))


def _one_of(scene: Scene, at: int) -> Iterator[Claim]:
    """ "Karl Dahl, one of the three hostages,", "Karl Dahl is one of the hostages"."""
    tokens = scene.parse.tokens
    group = next(((group, o) for c in scene.children(at, "prep") if scene.words[c] == "of" for o in scene.children(c, "pobj")
                  if tokens[o].tag == "NNS" and (group := _group(scene, o)) is not None), None)
    if group is None:
        return
    head = tokens[at].head
    if tokens[at].dep == "appos" and scene.is_a(scene.entity(head), "Person"):
        yield from _member(scene, head, group[0], group[1], "one of", scene.standing(at, True))
    elif tokens[at].dep == "attr" and tokens[head].lemma == "be":
        for subject in scene.children(head, "nsubj"):
            if scene.is_a(scene.entity(subject), "Person"):
                yield from _member(scene, subject, group[0], group[1], "one of", scene.standing(head))


def _named(scene: Scene, at: int, group: Entity) -> Iterator[Claim]:
    """ "the two pilots, Ana Ruiz and Karl Dahl,": the names in apposition to a plural."""
    names = scene.each(at)
    follows = scene.words[at + 1] if at + 1 < len(scene.words) else ""
    if names != [at] and (follows in (",", "(", "-", "–", "—", ":") or scene.children(at, "nummod")) and len(names) > 1:
        for one in names:
            entity = scene.entity(one)
            claim = entity and scene.claim(entity.id, "memberOf", group.id, "names of a group", (at, one), scene.standing(at, True))
            if claim:
                yield claim
