"""What a word of the tables makes of what stands under it: its status, as the circumstances change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kg.extractor.speech.scope import Told
from kg.extractor.speech.way import SAID, Context, Way, take_local, take_source, would_be
from kg.grammar import cues as lexicon, labels
from kg.grammar.words import DROPPING
from kg.model import Status

#: Constructions of a noun, not of a clause.
NOMINAL = frozenset({"object", "of", "in", "for", "on", "to", "about", "over"})


class Governed(NamedTuple):
    """A token `at` under its `governor` in a construction (`name`)."""

    at: int
    governor: int
    name: str
    rule: lexicon.Government


Change = Callable[[Context, Way, Governed, Status], Status]


def going_to(context: Context, way: Way, under: Governed, status: Status) -> Status:
    """ "Is going to leave"; but "went on to leave"."""
    governor = context.parse.tokens[under.governor]
    return "planned" if under.name == "infinitive" and governor.lemma == "go" and governor.tag == "VBG" else status


def called_off(context: Context, way: Way, under: Governed, status: Status) -> Status:
    """ "Called off the search": there was one."""
    tokens = context.parse.tokens
    begun = tokens[under.at].lemma in context.cues.begun and tokens[under.governor].lemma in DROPPING
    return "asserted" if under.name == "object" and status == "negated" and begun else status


def speech_denied(context: Context, way: Way, under: Governed, status: Status) -> Status:
    """ "Denied the allegations", "rejected calls for a vote": they were made."""
    if under.name != "object" or status != "denied":
        return status
    table = context.cues.nouns.get(context.parse.tokens[under.at].lemma, lexicon.NOTHING)
    made = under.at == way.start and "clause" in table
    return "asserted" if made or any(rule.status in ("requested", "planned") for rule in table.values()) else status


def pending(context: Context, way: Way, under: Governed, status: Status) -> Status:
    """ "Has yet to sign", "has to sign", "has been known to sign"."""
    infinitive = under.name in ("infinitive", "other_infinitive")
    if infinitive and context.parse.tokens[under.governor].lemma in ("have", "know"):
        return context.scope.pending(under.governor, status)
    return status


def demanded(context: Context, way: Way, under: Governed, status: Status) -> Status:
    """ "Recommended that he be dismissed": a subjunctive is a request, whatever the verb."""
    if under.name == "clause" and context.scope.subjunctive(under.at):
        way.add(Told("requested", "step: demanded", under.at))
    return status


def people(context: Context, way: Way, under: Governed, status: Status) -> Status:
    """ "The trial of the minister": he is a minister all the same."""
    return "asserted" if under.at == way.start and under.name in NOMINAL and context.somebody(under.at) else status


def future_of_the_past(context: Context, way: Way, under: Governed, status: Status) -> Status:
    """ "Said he would resign": a plan."""
    if status == "reported" and under.name == "clause":
        would_be(way)
    return status


def whether(context: Context, way: Way, under: Governed, status: Status) -> Status:
    """ "Asked if he had left", "did not say whether he had"."""
    tokens = context.parse.tokens
    mark = next(
        (
            c
            for c in context.parse.children[under.at]
            if tokens[c].lemma in ("if", "whether") and tokens[c].dep == labels.MARKER
        ),
        None,
    )
    if under.name == "clause" and mark is not None:
        way.add(Told("hypothetical", "step: whether", mark))
    return status


def not_denied(context: Context, way: Way, under: Governed, status: Status) -> Status:
    """ "Did not deny", "did not rule out"."""
    denied = status == "denied" and context.scope.local(under.governor).negation is not None
    return "hypothetical" if denied else status


def known_deed(context: Context, way: Way, under: Governed, status: Status) -> Status:
    """ "Arrested over the killing of a nurse", "an inquiry into the death"."""
    return "asserted" if under.name in ("over", "into") and context.scope.definite(under.at) else status


def own_remark(context: Context, way: Way, under: Governed, status: Status) -> Status:
    """ "…, which opened in May," is the writer's, whatever governs the noun beside it."""
    if way.aside and under.name not in ("clause", "quote") or way.apart and way.remark and under.name == "clause":
        return "asserted"
    return status


#: In this order: what a later one makes of the status overrules the earlier.
CHANGES: tuple[Change, ...] = (
    going_to,
    called_off,
    speech_denied,
    pending,
    demanded,
    people,
    future_of_the_past,
    whether,
    not_denied,
    known_deed,
    own_remark,
)


def governed(context: Context, way: Way, under: Governed) -> int:
    """Takes what the governor makes of the token, its source and its circumstances; returns the governor."""
    status, cause, at, rule = under.rule.status, under.rule.rule, under.governor, under.rule
    doubt = False
    for change in CHANGES:
        changed = change(context, way, under, status)
        if changed != status:
            status, cause = changed, f"step: {change.__name__.replace('_', ' ')}"
            doubt = doubt or change is not_denied
    way.add(Told(status, cause, at))
    attribution = context.by_cue.get(at) if status != "asserted" and rule.attributed else None
    if attribution is not None and (not attribution.direct or under.at in attribution.contents):
        take_source(way, attribution)
    if status == "asserted" and under.name in NOMINAL | {"as", "at", "by", "into"}:
        way.only_said = way.only_said or context.scope.definite(under.at) or rule.attributed
        if not way.only_said:
            take_local(context, way, at)
    else:
        said = (rule.attributed or under.name == "clause") and (status in SAID or doubt)
        take_local(context, way, at, cue=said)
    return at
