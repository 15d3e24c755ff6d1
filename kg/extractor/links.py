"""What joins two words of the text without a word of its own for it, and what that says: the rows of
ontology/relations/links.toml.

The grammar of relations and of events yields links; `rule_of` finds the row whose ends fit, `join` makes its claim.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from kg.extractor.lexicon import Choice, LinkRule
from kg.extractor.scene import Scene
from kg.model import Claim, Entity, Event, Filler, Quantity, Value

#: What may stand at an end of a link; a value only as its other end.
End = Entity | Event
Literal = Value | Quantity


class Link(NamedTuple):
    """Two ends and what joins them: a noun (`head`, a token) that stands for `one`, and an entity or a value."""

    name: str
    head: int
    one: End
    other: End | Literal
    tokens: tuple[int, ...]  # the words that show it
    standing: int  # the token whose standing the claim takes …
    given: bool = True  # … taken for granted, not stated
    marks: frozenset[str] = frozenset()


def kinds(scene: Scene, type_: str, name: bool) -> tuple[str, ...]:
    """All that a row may call something of this type: its kinds, "=Kind" for the very one, "!Kind" if it has a name."""
    above = scene.vocabulary.lineage(type_)
    return (*above, f"={type_}", *(f"!{kind}" for kind in above if name))


def called(scene: Scene, end: End | Literal) -> tuple[str, ...]:
    """All that a row may call one end of a link; a value is called nothing."""
    return kinds(scene, end.type, end.id in scene.named) if isinstance(end, End) else ()


def fits(choice: Choice, names: tuple[str, ...]) -> bool:
    """Whether an end of these names is of the kinds that a row asks for; a value fits a row that asks for none."""
    return choice.allows(*names) if names and choice.wanted else not names and not choice.wanted


def rule_of(scene: Scene, link: Link) -> LinkRule | None:
    """The first row of a link whose ends, marks and words fit."""
    rules = scene.lexicon.links.get(link.name, ())
    if not rules:
        return None
    marks = link.marks | ({"proper"} if scene.parse.tokens[link.head].pos == "PROPN" else set())
    words = scene.words[link.head], scene.parse.tokens[link.head].lemma
    before = scene.words[link.head - 1] if link.head else ""
    head, other = called(scene, link.one), called(scene, link.other)
    return next(
        (
            rule
            for rule in rules
            if rule.marks.unwanted.isdisjoint(marks)
            and rule.marks.wanted <= marks
            and fits(rule.head, head)
            and fits(rule.other, other)
            and rule.words.allows(*words)
            and rule.before.allows(before)
        ),
        None,
    )


def join(scene: Scene, links: Iterable[Link], told: Container[tuple[str, Filler]] = ()) -> Iterator[Claim]:
    """The claims that links make; of two of which was `told` only those rows speak that say so again."""
    for link in links:
        rule = rule_of(scene, link)
        other = link.other.id if isinstance(link.other, End) else link.other
        if rule is not None and (rule.again or (link.one.id, other) not in told):
            if (claim := claim_of(scene, rule, link)) is not None:
                yield claim


def claim_of(scene: Scene, rule: LinkRule, link: Link) -> Claim | None:
    """What a row makes of a link, if the type gate lets it pass."""
    subject, filler = link.one.id, link.other.id if isinstance(link.other, End) else link.other
    if rule.inverse and isinstance(filler, str):
        subject, filler = filler, subject
    standing = scene.standing(link.standing, link.given)
    return scene.claim(subject, rule.predicate, filler, rule.name, link.tokens, standing)
