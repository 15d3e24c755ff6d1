"""What a word of the tables makes of what stands under it: its status, as the circumstances change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kg.extractor.speech.scope import Told
from kg.extractor.speech.way import SAID, Context, Way, take_local, take_source, would_be
from kg.grammar import constructions, cues as lexicon, labels, phrases
from kg.grammar.words import COPULAS, DROPPING
from kg.model import Status
from kg.vocabulary import word_lists

#: Constructions of a noun, not of a clause.
NOMINAL = frozenset({"object", "of", "in", "for", "on", "to", "about", "over"})


class Governed(NamedTuple):
    """A token `at` under its `governor` in a construction (`name`)."""

    at: int
    governor: int
    name: str
    rule: lexicon.Government


_LISTS = word_lists("speech")
#: Nouns and adjectives of what one knows of, or has to do with: to deny them leaves what is known as it was.
ACQUAINTANCE = _LISTS["acquaintance"]
#: Verbs that end a practice: done now, the practice was; still to be done, it is to be no more.
STOPPING = _LISTS["stopping"]


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


def unknown(context: Context, way: Way, under: Governed, status: Status) -> Status:
    """ "Denied knowledge of the plan", "denied being aware of a raid": the plan and the raid are not denied."""
    if status != "denied" or under.at == way.start:
        return status
    tokens = context.parse.tokens
    named = [under.at, *(c for c in context.parse.children[under.at] if tokens[c].dep in labels.COMPLEMENTS)]
    if not any(tokens[k].lemma in ACQUAINTANCE for k in named):
        return status
    return "asserted" if way.only_said else "hypothetical"


def no_more(context: Context, way: Way, under: Governed, status: Status) -> Status:
    """ "Vowed to stop selling arms", "will stop selling arms": they are to be sold no more; "stopped selling": were."""
    tokens, at = context.parse.tokens, under.governor
    if status != "asserted" or under.name not in ("gerund", "object") or tokens[at].lemma not in STOPPING:
        return status
    to_come = constructions.is_infinitive(context.parse, at) and tokens[at].dep == labels.OPEN_CLAUSE
    to_come = to_come and not done(context, tokens[at].head)
    if to_come or any(told.status in ("planned", "hypothetical") for told in context.scope.local(at).statuses):
        return "negated"
    return status


def done(context: Context, at: int) -> bool:
    """ "Managed to stop": a verb that takes its infinitive for done."""
    rule = constructions.government(context.cues, context.parse, at, "infinitive")
    return rule is not None and rule.status == "asserted"


def untrue(context: Context, way: Way, under: Governed, status: Status) -> Status:
    """ "Claims that the bank failed are false": what they say is not so."""
    tokens = context.parse.tokens
    if under.name not in ("clause", "of", "about", "gerund") or not phrases.is_subject(tokens[under.governor]):
        return status
    above = tokens[under.governor].head
    shown = [c for c in context.parse.children[above] if tokens[c].dep in labels.COMPLEMENTS]
    for c in shown if tokens[above].lemma in COPULAS else ():
        rule = (context.cues.adjectives.get(tokens[c].lemma) or context.cues.nouns.get(tokens[c].lemma) or {}).get(
            "clause"
        )
        if rule and rule.status in ("negated", "denied") and context.scope.local(above).negation is None:
            way.add(Told("negated", "step: untrue", c))
            way.negative = True
    return status


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
    unknown,
    no_more,
    untrue,
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
