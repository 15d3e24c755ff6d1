"""Who is said to have done it: "claimed responsibility for the attack", "is behind the attack", "blamed X for the attack".

What somebody owns up to is reported by himself, what he is blamed for is alleged by whoever blames him.
"""
from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kg.extractor.drafts import Arguments, Draft
from kg.extractor.words import OWNING_UP
from kg.model import Evidence, Predication, Role, Standing, Status

HARM = ("Conflict", "Hazard", "Death", "Injury", "Detention")
DOERS = frozenset({"Agent", "Country"})


def answerable(drafts: Sequence[Draft], predications: Sequence[Predication], arguments: Arguments,
               standing: Callable[[Predication], Standing]) -> None:
    """Give harm without a doer those who are said to have done it, with the standing of the saying; drafts are changed in place."""
    at = {t.token: d for d in drafts for t in (d, *d.merged) if any(arguments.vocabulary.is_a(d.type, kind) for kind in HARM)}
    for said in predications if at else ():
        for doer, deed, status, source in answers(said, arguments):
            draft, entity = at.get(deed), arguments.entity(doer)
            if draft is None or entity is None or not arguments.fits(entity, DOERS) or any(r.name == "agent" for r in draft.roles) \
                    or entity.id in draft.fillers("patient", "place"):
                continue
            by = arguments.entity(source) if source is not None else None
            how = Standing(status, claimed_by=by.id if by else None) if status else standing(said)
            first, last = arguments.tokens[min(doer, deed)], arguments.tokens[max(doer, deed)]
            draft.roles.append(Role("agent", entity.id, Evidence(first.start, last.end, "answerable"), None if how == draft.standing else how))


def answers(said: Predication, arguments: Arguments) -> Iterator[tuple[int, int, Status | None, int | None]]:
    """Doer, deed, and the status with its source (None: as the text itself says it) of one predication."""
    if said.negated:
        return
    subjects, objects = said.fillers("subject"), said.fillers("object")
    if said.lemma in ("responsible", "be"):
        held: Status | None = "alleged" if said.fillers("governor") else None    # "was found responsible"
        for deed in said.fillers("for" if said.lemma == "responsible" else "behind"):
            yield from ((doer, deed, held, None) for doer in subjects)
    elif said.kind == "verb" and said.lemma in OWNING_UP:
        for owned in objects:
            if arguments.tokens[owned].lemma == "responsibility":
                prepositions = [c for i in (owned, said.token) for c in arguments.parse.children[i] if arguments.tokens[c].lemma == "for"]
                deeds = [k for c in prepositions for k in arguments.parse.children[c]]
            else:                                # "the attack was claimed by X"
                deeds = [owned] if said.lemma == "claim" else []
            yield from ((doer, deed, "reported", doer) for doer in subjects for deed in deeds)
    elif said.kind == "verb" and said.lemma == "blame":
        source = next(iter(subjects), None)
        yield from ((doer, deed, "alleged", source) for doer in objects for deed in said.fillers("for"))
        yield from ((doer, deed, "alleged", source) for doer in said.fillers("on") for deed in objects)
