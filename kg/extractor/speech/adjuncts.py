"""Clauses beside what they are said of: relative clauses, infinitives of purpose, participles, adverbial clauses."""

from __future__ import annotations

from collections.abc import Callable

from kg.extractor.speech.scope import Told
from kg.extractor.speech.way import Context, Link, Way, take_local, take_source
from kg.grammar import constructions, labels, phrases
from kg.grammar.tree import VERBAL
from kg.grammar.words import RELATIVE
from kg.vocabulary import word_lists

#: Conjunctions of a time that lasts as long as the main clause does.
LASTING = word_lists("speech")["lasting"]


def marks(context: Context, at: int) -> list[str]:
    """The conjunctions that open a clause."""
    return [t.lemma for t in phrases.openers(context.parse, at)]


# ------------------------------------------------------------------ the step for each kind of clause


def relative_clause(context: Context, way: Way, link: Link) -> int | None:
    """ "The bridge, which fell in May": what is said of something definite, or past, is taken for granted."""
    if link.dep != labels.RELATIVE_CLAUSE or constructions.is_infinitive(context.parse, link.at):
        return None
    at, head, scope = link.at, link.head, context.scope
    above = context.parse.tokens[head]
    if phrases.negative(context.parse, head) or scope.cleft(head):
        way.add(Told("negated", "step: relative clause", head))
    if constructions.complete(context.parse, at):
        way.add(Told("hypothetical", "step: relative clause", at))  # "accused of hiding that …", hung on the accused
    if above.head == head and above.pos in ("NOUN", "PROPN"):
        return head  # a fragment: what looks like its relative clause may be the main one
    aside = scope.after_comma(at) and scope.relative(at)
    known = scope.definite(head) or phrases.in_apposition(above) and scope.definite(above.head)
    known = known or aside and definite_subject(context, at)
    way.aside = way.aside or (aside or scope.past(at)) and known
    way.remark = way.remark or remark(context, at, head)
    way.apart = way.apart or way.remark or aside and scope.definite(head) and at not in context.inside
    said = context.by_cue.get(at) if at == way.start else None
    spoken = said is not None and said.source_entity is not None and scope.local(at) == ((), None)
    if aside or scope.definite(head) or scope.past(at) or spoken:  # "a merger that analysts say …": they do
        way.only_said = True
    else:
        take_local(context, way, head)
    return head


def definite_subject(context: Context, at: int) -> bool:
    """Whether a relative clause has a subject of its own that is known: "a bridge, which the town built"."""
    tokens = context.parse.tokens
    return any(
        context.scope.definite(c) and tokens[c].lemma not in RELATIVE
        for c in phrases.dependents(context.parse, at, labels.SUBJECTS)
    )


def remark(context: Context, at: int, head: int) -> bool:
    """ "…, a figure that she called absurd": what another says of the content is no part of it."""
    tokens = context.parse.tokens
    return (
        phrases.in_apposition(tokens[head])
        and "quote" in context.cues.governments(context.parse, at)
        and any(tokens[c].lemma not in ("that", "which", "who") for c in phrases.subjects(context.parse, at))
    )


def infinitive_beside(context: Context, way: Way, link: Link) -> int | None:
    """ "Left to find work": a purpose is a plan; "the first woman to climb it" did."""
    if link.dep not in labels.ADJOINED or not constructions.is_infinitive(context.parse, link.at):
        return None
    at, head, scope = link.at, link.head, context.scope
    above = context.parse.tokens[head]
    adverbial, particle = link.dep == labels.ADVERBIAL_CLAUSE, phrases.particles(context.parse, head)
    if not adverbial and scope.ordinal(head):
        way.only_said = way.only_said or scope.definite(head)
    elif link.dep == labels.ADNOMINAL_CLAUSE and above.head == head and not scope.finite(above.sentence):
        way.add(Told("planned", "step: infinitive beside", at))  # headline: "Minister to visit flood area"
    elif (
        adverbial
        and particle
        and (rule := constructions.government(context.cues, context.parse, head, "infinitive"))
        and rule.status == "asserted"
    ):
        way.add(Told(rule.status, rule.rule, head))  # "went on to study": implicative, however the parser hung it
    elif "only" not in marks(context, at):
        way.add(Told("planned" if adverbial else "hypothetical", "step: infinitive beside", at))
    if above.pos in VERBAL:
        take_local(context, way, head, negation=False)
    return head


def participle(context: Context, way: Way, link: Link) -> int | None:
    """ "The man arrested on Monday": on something definite, or in the past, it is taken for granted; "no one hurt"."""
    if link.dep != labels.ADNOMINAL_CLAUSE:
        return None
    if phrases.negative(context.parse, link.head):
        way.add(Told("negated", "step: participle", link.head))
    if (said := told_before(context, link)) is not None:
        way.add(context.attributed(context.by_cue[said]))
        take_source(way, context.by_cue[said])
    way.only_said = way.only_said or context.scope.definite(link.head) or context.parse.tokens[link.at].tag == "VBN"
    return link.head


def told_before(context: Context, link: Link) -> int | None:
    """ "A man they said filmed himself killing a guard": the cue in whose content the participle goes on."""
    tokens, edges = context.parse.tokens, context.parse.edges
    return next(
        (
            c
            for c in context.parse.children[link.head]
            if tokens[c].dep == labels.RELATIVE_CLAUSE and c in context.by_cue and edges[c][1] + 1 == edges[link.at][0]
        ),
        None,
    )


def adverbial_clause(context: Context, way: Way, link: Link) -> int | None:
    """A clause of time, reason, condition: what its conjunction makes of it, then what the main clause does."""
    if link.dep != labels.ADVERBIAL_CLAUSE:
        return None
    opening = marks(context, link.at)
    for kind in ADVERBIAL:
        if kind(context, way, link, opening):
            break
    if context.parse.tokens[link.head].pos in VERBAL and not way.only_said:
        take_local(context, way, link.head, negation=False)
    return link.head


# ------------------------------------------------------------------ what the conjunction of an adverbial clause does


def as_if(context: Context, way: Way, link: Link, opening: list[str]) -> bool:
    """ "As though a bomb had gone off"."""
    if "as" in opening and {"if", "though"} & set(opening) or "like" in opening:
        way.add(Told("hypothetical", "step: as if", link.at))
        return True
    return False


def granted(context: Context, way: Way, link: Link, opening: list[str]) -> bool:
    """ "Because a storm had crossed", "though she denied it": the article's own voice, whatever stands above."""
    cue = next((found for m in opening if (found := context.cues.conjunctions.get(m))), None)
    if cue is None or cue.status != "asserted" or "if" in opening:
        return False
    way.because.append(Told("asserted", cue.rule, link.at))
    way.only_said = True
    way.conceded = max(way.conceded, link.at)
    return True


def throughout(context: Context, way: Way, link: Link, opening: list[str]) -> bool:
    """ "Asked the judge to free him while he appeals": a present that lasts as long as what is only to come."""
    tokens = context.parse.tokens
    helpers = [tokens[c].tag for c in context.parse.children[link.at] if tokens[c].dep in labels.AUXILIARIES]
    if not LASTING.intersection(opening) or (helpers or [tokens[link.at].tag])[0] not in ("VBZ", "VBP"):
        return False
    if "VBG" in (tokens[link.at].tag, *helpers):
        return False
    if constructions.is_infinitive(context.parse, link.head) or context.scope.to_come(link.at, link.head):
        way.add(Told("planned", "step: throughout", link.at))
        return True
    return False


def supposed(context: Context, way: Way, link: Link, opening: list[str]) -> bool:
    """ "If the dam bursts", "unless they pay"."""
    cue = next((found for m in opening if (found := context.cues.conjunctions.get(m))), None)
    if cue is None:
        return False
    way.add(Told("hypothetical", cue.rule, link.at))
    return True


def so_that(context: Context, way: Way, link: Link, opening: list[str]) -> bool:
    """ "So that the children could sleep": a purpose."""
    if "that" in opening and "so" in opening:
        way.add(Told("planned", "step: so that", link.at))
        return True
    return False


def rather_than(context: Context, way: Way, link: Link, opening: list[str]) -> bool:
    """ "Rather than resign"."""
    if "than" in opening:
        way.add(Told("negated", "step: rather than", link.at))
        return True
    return False


def once(context: Context, way: Way, link: Link, opening: list[str]) -> bool:
    """ "Will resume once the judge has ruled": to come, as the main clause is."""
    if opening and context.scope.to_come(link.at, link.head):
        way.add(Told("planned", "step: once", link.at))
        return True
    return False


def when(context: Context, way: Way, link: Link, opening: list[str]) -> bool:
    """ "When police arrived": a time of the past is a fact."""
    if opening and context.scope.past(link.at):
        way.only_said = True
        return True
    return False


#: The first that knows the conjunction decides.
ADVERBIAL: tuple[Callable[[Context, Way, Link, list[str]], bool], ...] = (
    as_if,
    throughout,
    granted,
    supposed,
    so_that,
    rather_than,
    once,
    when,
)
