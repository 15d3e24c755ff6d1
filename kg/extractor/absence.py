"""Who stayed away: "X did not attend the summit", "skipped the meeting", "stayed away from the ceremony", "was absent from it".

The event took place, X was not there: a role `nonParticipant` says all of it, and no further event is told.
"""
from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kg.extractor.drafts import Arguments, Draft
from kg.extractor.words import ATTENDING, SKIPPING
from kg.model import WEAKNESS, Evidence, Parse, Predication, Role, Standing


def absent(parse: Parse, drafts: list[Draft], predications: Sequence[Predication], arguments: Arguments,
           standing: Callable[[Predication], Standing]) -> None:
    """Give events those who were not there; plain events that say no more than that are dropped. `drafts` is changed in place."""
    at = {d.token: d for d in drafts}
    idle: set[int] = set()
    for said in predications:
        for i in missed(parse, said):
            target = next((at[t] for t in (i, _above(parse, i)) if t in at and at[t].frame is not None and t != said.token), None)
            if target is not None:
                keep_out(parse, said, target, arguments, standing(said))
                idle.add(said.token)
                break
    if idle:
        drafts[:] = [d for d in drafts if d.frame is not None or d.token not in idle]


def missed(parse: Parse, said: Predication) -> Iterator[int]:
    """The words that may stand for what somebody stayed away from."""
    verb = parse.tokens[said.token]
    if said.kind == "adjective":
        if said.lemma == "absent" and not said.negated:
            yield from said.fillers("from")
    elif said.kind != "verb":
        return
    elif said.negated and said.lemma in ATTENDING:
        for slot in ("object", "in", "at"):
            yield from said.fillers(slot)
        if verb.dep in ("acl", "relcl"):
            yield verb.head
    elif said.negated and said.lemma == "take":                          # "did not take part in the talks"
        for part in said.fillers("object"):
            if parse.tokens[part].lemma == "part":
                yield from said.fillers("in")
                yield from (k for c in parse.children[part] if parse.tokens[c].lemma == "in" for k in parse.children[c])
    elif not said.negated and said.lemma in SKIPPING:
        yield from said.fillers("object")
    elif not said.negated and said.lemma in ("stay", "keep", "stay away", "keep away"):
        away = [c for c in parse.children[said.token] if parse.tokens[c].lemma == "away"]
        yield from said.fillers("away from")
        yield from (t for i in away for c in parse.children[i] if parse.tokens[c].lemma == "from" for t in parse.children[c])
        yield from said.fillers("from") if away else ()


def keep_out(parse: Parse, said: Predication, target: Draft, arguments: Arguments, how: Standing) -> None:
    """Make the subject of a predicate one who was not at an event, as firmly as the predicate is said."""
    weak = Standing(how.status, claimed_by=how.claimed_by, via=how.via) if how.status in WEAKNESS and how.status != target.standing.status else None
    for token in said.fillers("subject"):
        if (entity := arguments.entity(token)) is not None:
            start, end = arguments.span(token)
            trigger = parse.tokens[said.token]
            target.roles = [r for r in target.roles if r.filler != entity.id]
            target.roles.append(Role("nonParticipant", entity.id, Evidence(min(start, trigger.start), max(end, trigger.end), "absent"), weak))


def _above(parse: Parse, i: int) -> int:
    """The noun over an "of" phrase: the parser hangs "a tour of X that Y did not attend" on X."""
    prep = parse.tokens[parse.tokens[i].head]
    return prep.head if prep.lemma == "of" else i
