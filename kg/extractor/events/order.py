"""What holds between events of one sentence: which came before which, which is part of which, which caused which.

Read from the grammar alone: "after" and "before", "during", "because of", who is killed in, by or when what happens. Never
firmer than the weaker of the two events. Plain events, of no listed type, take no part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extractor.events.drafts import GENERIC
from kg.extractor.scene import Scene
from kg.model import Claim, Event, Evidence, Parse, Predication, weaker
from kg.vocabulary import Vocabulary

#: What is suffered, and the families of what makes people suffer it.
SUFFERED = frozenset({"Death", "Injury", "Illness", "Destruction"})
HARMFUL = ("Conflict", "Hazard")
CAUSE = frozenset({"because of", "due to", "over"})
LATER = frozenset({"after", "following", "since"})
WITHIN = frozenset({"during", "in", "amid"})


def find_order(scene: Scene) -> Iterable[Claim]:
    """Claims between typed events: `before`, `partOfEvent`, `causedBy`."""
    parse, vocabulary = scene.parse, scene.vocabulary
    at = {t: e for e in scene.events if e.rule != GENERIC for t in e.tokens}
    found: dict[tuple[str, str, str], Claim] = {}
    for said in scene.predications:
        outer = at.get(said.token)
        if outer is None:
            continue
        for predicate, token in links(parse, said, outer, at, vocabulary):
            inner = at[token]
            if (
                inner.id == outer.id
                or predicate in ("before", "after")
                and any(vocabulary.is_a(e.type, "Communication") for e in (inner, outer))
            ):
                continue  # "told reporters after the meeting" orders nothing worth a claim
            first, second = (inner, outer) if predicate == "after" else (outer, inner)
            name = "before" if predicate == "after" else predicate
            spans = parse.tokens[said.token], parse.tokens[token]
            evidence = Evidence(
                min(t.start for t in spans),
                max(t.end for t in spans),
                {"before": "order", "after": "order"}.get(predicate, predicate),
            )
            claim = Claim(first.id, name, second.id, weaker(first.standing, second.standing), (evidence,))
            found.setdefault((first.id, name, second.id), claim)
    return found.values()


def links(
    parse: Parse, said: Predication, outer: Event, at: dict[int, Event], vocabulary: Vocabulary
) -> Iterator[tuple[str, int]]:
    """Predicate ("after" for a reversed "before") and token of the other event."""
    suffered = outer.type in SUFFERED

    def harmful(token: int) -> bool:
        return any(vocabulary.is_a(at[token].type, family) for family in HARMFUL) and at[token].type not in SUFFERED

    for argument in said.arguments:
        slot, token = argument.slot, argument.token
        if token not in at:
            continue
        if slot in CAUSE:
            if slot != "over":
                yield "causedBy", token
        elif slot in LATER:
            yield "after", token
        elif slot == "before":
            yield "before", token
        elif suffered and slot in ("in", "by", "subject", "from") and harmful(token):
            yield "causedBy", token
        elif slot in WITHIN and harmful(token) and not vocabulary.is_a(outer.type, "Communication"):
            yield "partOfEvent", token
    for c in parse.children[said.token]:
        if parse.tokens[c].dep != "advcl" or c not in at:
            continue
        mark = next(
            (parse.tokens[k].lemma for k in parse.children[c] if parse.tokens[k].dep in ("mark", "advmod") and k < c),
            None,
        )
        if mark == "after":
            yield "after", c
        elif mark == "before":
            yield "before", c
        elif mark == "when" and suffered and harmful(c):
            yield "causedBy", c
    head = parse.tokens[said.token]
    if suffered and head.dep == "advcl" and head.tag == "VBG" and head.head in at and harmful(head.head):
        yield "causedBy", head.head  # "a bomb exploded, killing two"
