"""Who is said to have done it: "claimed responsibility for the attack", "is behind the attack", "blamed X for the
attack".

What somebody owns up to is reported by himself, what he is blamed for is alleged by whoever blames him.

Who stayed away: "X did not attend the summit", "skipped the meeting", "stayed away from the ceremony", "was absent from
it".

The event took place, X was not there: a role `nonParticipant` says all of it, and no further event is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kg.extractor.events.drafts import Arguments, Draft
from kg.extractor.scene import Scene
from kg.grammar import labels
from kg.grammar.words import ATTENDING, OWNING_UP, SKIPPING, STAYING_AWAY
from kg.model import WEAKNESS, Evidence, Parse, Predication, Role, Standing, Status

HARM = ("Conflict", "Hazard", "Death", "Injury", "Detention")
DOERS = frozenset({"Agent", "Country"})


def answerable(
    scene: Scene,
    drafts: Sequence[Draft],
    arguments: Arguments,
    standing: Callable[[Predication], Standing],
) -> None:
    """Give harm without a doer those who are said to have done it, with the standing of the saying; drafts are
    changed in place.
    """
    at = {
        t.token: d
        for d in drafts
        for t in (d, *d.merged)
        if any(arguments.vocabulary.is_a(d.type, kind) for kind in HARM)
    }
    for said in scene.predications if at else ():
        for doer, deed, status, source in answers(said, arguments):
            draft, entity = at.get(deed), arguments.entity(doer)
            if (
                draft is None
                or entity is None
                or not arguments.fits(entity, DOERS)
                or any(r.name == "agent" for r in draft.roles)
                or entity.id in draft.fillers("patient", "place")
            ):
                continue
            by = arguments.entity(source) if source is not None else None
            how = Standing(status, claimed_by=by.id if by else None) if status else standing(said)
            first, last = arguments.tokens[min(doer, deed)], arguments.tokens[max(doer, deed)]
            draft.roles.append(
                Role(
                    "agent",
                    entity.id,
                    Evidence(first.start, last.end, "answerable"),
                    None if how == draft.standing else how,
                )
            )


#: What says whose deed something is.
ANSWERING = OWNING_UP | {"responsible", "be", "blame"}


def answers(said: Predication, arguments: Arguments) -> Iterator[tuple[int, int, Status | None, int | None]]:
    """Doer, deed, and the status with its source (None: as the text itself says it) of one predication."""
    if said.negated or said.lemma not in ANSWERING:
        return
    subjects, objects = said.fillers("subject"), said.fillers("object")
    if said.lemma in ("responsible", "be"):
        held: Status | None = "alleged" if said.fillers("governor") else None  # "was found responsible"
        for deed in said.fillers("for" if said.lemma == "responsible" else "behind"):
            yield from ((doer, deed, held, None) for doer in subjects)
    elif said.kind == "verb" and said.lemma in OWNING_UP:
        for owned in objects:
            if arguments.tokens[owned].lemma == "responsibility":
                prepositions = [
                    c
                    for i in (owned, said.token)
                    for c in arguments.parse.children[i]
                    if arguments.tokens[c].lemma == "for"
                ]
                deeds = [k for c in prepositions for k in arguments.parse.children[c]]
            else:  # "the attack was claimed by X"
                deeds = [owned] if said.lemma == "claim" else []
            yield from ((doer, deed, "reported", doer) for doer in subjects for deed in deeds)
    elif said.kind == "verb" and said.lemma == "blame":
        source = next(iter(subjects), None)
        yield from ((doer, deed, "alleged", source) for doer in objects for deed in said.fillers("for"))
        yield from ((doer, deed, "alleged", source) for doer in said.fillers("on") for deed in objects)


# ------------------------------------------------------------------ who stayed away


def absent(
    scene: Scene,
    drafts: list[Draft],
    arguments: Arguments,
    standing: Callable[[Predication], Standing],
) -> None:
    """Give events those who were not there; plain events that say no more than that are dropped. `drafts` is
    changed in place.
    """
    parse, at = scene.parse, {d.token: d for d in drafts}
    idle: set[int] = set()
    for said in scene.predications:
        for i in missed(parse, said):
            target = next(
                (at[t] for t in (i, _above(parse, i)) if t in at and at[t].frame is not None and t != said.token), None
            )
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
        if verb.dep in labels.NOUN_CLAUSES:
            yield verb.head
    elif said.negated and said.lemma == "take":  # "did not take part in the talks"
        for part in said.fillers("object"):
            if parse.tokens[part].lemma == "part":
                yield from said.fillers("in")
                yield from (k for c in parse.children[part] if parse.tokens[c].lemma == "in" for k in parse.children[c])
    elif not said.negated and said.lemma in SKIPPING:
        yield from said.fillers("object")
    elif not said.negated and said.lemma in STAYING_AWAY:
        away = [c for c in parse.children[said.token] if parse.tokens[c].lemma == "away"]
        yield from said.fillers("away from")
        yield from (
            t for i in away for c in parse.children[i] if parse.tokens[c].lemma == "from" for t in parse.children[c]
        )
        yield from said.fillers("from") if away else ()


def keep_out(parse: Parse, said: Predication, target: Draft, arguments: Arguments, how: Standing) -> None:
    """Make the subject of a predicate one who was not at an event, as firmly as the predicate is said."""
    weak = (
        Standing(how.status, claimed_by=how.claimed_by, via=how.via)
        if how.status in WEAKNESS and how.status != target.standing.status
        else None
    )
    for token in said.fillers("subject"):
        if (entity := arguments.entity(token)) is not None:
            start, end = arguments.span(token)
            trigger = parse.tokens[said.token]
            target.roles = [r for r in target.roles if r.filler != entity.id]
            target.roles.append(
                Role(
                    "nonParticipant",
                    entity.id,
                    Evidence(min(start, trigger.start), max(end, trigger.end), "absent"),
                    weak,
                )
            )


def _above(parse: Parse, i: int) -> int:
    """The noun over an "of" phrase: the parser hangs "a tour of X that Y did not attend" on X."""
    prep = parse.tokens[parse.tokens[i].head]
    return prep.head if prep.lemma == "of" else i
