"""The links on the way from a predicate up to the root of its sentence, and what each does to its standing.

`LINKS` is the list of steps in the order in which they are tried: the first that knows a link says what it does to
the way and where it leads. ontology/cues/steps.toml says of every step why, and gives a sentence that it changes and
one that it leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Set

from kg.extractor.speech.adjuncts import adverbial_clause, infinitive_beside, participle, relative_clause
from kg.extractor.speech.governed import Governed, governed
from kg.extractor.speech.scope import NEGATIVE, Told
from kg.extractor.speech.way import Context, Link, Way, take_local, take_source, would_be
from kg.grammar import constructions, labels, phrases
from kg.grammar.tree import VERBAL
from kg.grammar.words import OCCURRING
from kg.vocabulary import word_lists

_LISTS = word_lists("speech")
#: Prepositions before a gerund that leave it a fact; any other makes it a doubt.
FACTUAL_GERUND = _LISTS["factual_gerund"]
#: Adjuncts that take their event for granted, whatever the main clause plans or doubts.
GRANTED_ADJUNCT = _LISTS["granted_adjunct"]
#: What is said to hold: "it is true that", "it is the case that".
HOLDING = _LISTS["holding"]


# ------------------------------------------------------------------ governors


def stated_around(context: Context, way: Way, link: Link) -> int | None:
    """ "…, police said, because a bridge fell", "told the man that …" hung on the man: the cue above covers it."""
    for n in context.heads.get(link.at, ()):
        attribution = context.attributions[n]
        cue = attribution.cue_token
        if (
            context.direct.get(link.at) != n
            and (link.place is None or link.place[0] != cue)
            and cue in context.parse.ancestors(link.at)
        ):
            would_be(way)
            way.add(context.attributed(attribution))
            take_source(way, attribution)
            take_local(context, way, cue, cue=True)
            return cue
    return None


def parataxis(context: Context, way: Way, link: Link) -> int | None:
    """ "The car stopped; police opened fire": two statements, of which neither governs the other."""
    if link.place and link.place[1] == "clause" and constructions.parataxis(context.parse, link.at, link.head):
        way.only_said = True
        return link.head
    return None


def equation(context: Context, way: Way, link: Link) -> int | None:
    """ "The fear is that the dam burst", "it is possible that it burst"."""
    head = link.head
    if not link.place or link.place[1] != "clause" or context.parse.tokens[head].lemma != "be":
        return None
    if not (rule := constructions.equated(context.cues, context.parse, head)):
        return None
    would_be(way)
    shown = (context.parse.tokens[c] for c in context.parse.children[head])
    holds = any(t.dep in labels.COMPLEMENTS and t.lemma in HOLDING for t in shown)
    denied = context.scope.local(head).negation if holds else None
    way.add(Told(rule.status, rule.rule, head) if denied is None else denied)  # "it is not true that …"
    if denied is None:
        take_local(context, way, head, cue=True)
    if (said := context.by_cue.get(head)) is not None:
        take_source(way, said)
    return head


def event_spoken_of(context: Context, way: Way, link: Link) -> int | None:
    """ "Discussed a merger", "the merger was discussed"; but not "discussed the merger"."""
    if not link.place or link.place[1] != "object":
        return None
    token = context.parse.tokens[link.at]
    if not context.cues.is_event(token) or token.dep != labels.PASSIVE_SUBJECT and context.scope.definite(link.at):
        return None
    rule = constructions.government(context.cues, context.parse, link.place[0], "event")
    return governed(context, way, Governed(link.at, link.place[0], "object", rule)) if rule else None


def governor(context: Context, way: Way, link: Link) -> int | None:
    """Under a word of the tables, unless it is who is spoken to, accused or sent."""
    if not link.place or not (rule := constructions.government(context.cues, context.parse, *link.place)):
        return None
    if link.place[1] == "object" and addressee(context, link.at, link.place[0]):
        return None
    return governed(context, way, Governed(link.at, *link.place, rule))


def addressee(context: Context, at: int, verb: int) -> bool:
    """Whether an object is who is spoken to, accused or sent, not what is said or planned."""
    return context.somebody(at) or bool(phrases.dependents(context.parse, verb, labels.CONTENT))


# ------------------------------------------------------------------ coordination


def conjunct(context: Context, way: Way, link: Link) -> int | None:
    """A conjunct shares the auxiliaries and negation of the first, unless it has its own."""
    if link.dep != labels.CONJUNCT:
        return None
    at, head, tokens = link.at, link.head, context.parse.tokens
    if constructions.beyond(context.cues, context.parse, at, head, context.inside):
        head = tokens[head].head
    head = first_conjunct(context, at, head)
    if tokens[at].pos in VERBAL and tokens[head].pos in VERBAL:
        coordinated_verb(context, way, at, head)
    elif not way.only_said:
        local = context.scope.local(head)
        for told in local.statuses:
            way.add(told)
        if local.negation is not None and {"or", "nor", "and"} & set(phrases.conjunctions(context.parse, head)):
            way.add(local.negation)
    return head


def first_conjunct(context: Context, at: int, head: int) -> int:
    """The verb with which one is coordinated that was hung on a noun between ("accused of fraud and jailed")."""
    tokens = context.parse.tokens
    if tokens[at].pos == "VERB" and tokens[head].pos in ("NOUN", "PROPN", "PRON"):
        return next((above for above in context.parse.ancestors(head) if tokens[above].tag == tokens[at].tag), head)
    return head


def coordinated_verb(context: Context, way: Way, at: int, head: int) -> None:
    tokens, scope = context.parse.tokens, context.scope
    token, first = tokens[at], tokens[head]
    contrast = {"but", "yet"} & set(phrases.conjunctions(context.parse, head))
    helped = any(t.tag != "TO" for t in phrases.auxiliaries(context.parse, at))
    own = helped or constructions.has_own_subject(context.parse, at)
    if not own and bare_under_finite(context, at, head):
        way.add(Told("hypothetical", "step: conjunct", at))  # "power to search, confine …", hung too high
    if not own and token.tag in ("VBD", "VBN"):
        hearsay(context, way, head)
    if not own and token.tag == first.tag and not way.only_said:
        negation = scope.local(head).negation
        take_local(context, way, head, negation=False)
        if negation is not None and not contrast and shares_negation(context, head, token.tag):
            way.add(negation if at == way.start else negation._replace(status="hypothetical"))
    elif scope.conditional(head) and not contrast:
        way.add(Told("hypothetical", "step: condition", head))


def bare_under_finite(context: Context, at: int, head: int) -> bool:
    """A bare form under a finite verb: no conjunct of its."""
    tokens = context.parse.tokens
    return (
        tokens[at].tag == "VB"
        and tokens[head].tag in ("VBZ", "VBP", "VBD")
        and not phrases.auxiliaries(context.parse, at)
    )


def hearsay(context: Context, way: Way, head: int) -> None:
    """ "Is said to have hidden it and fled": a second verb that the parser hung on "said" is hearsay too."""
    helpers = phrases.auxiliaries(context.parse, head)
    if not any(t.dep == labels.PASSIVE_AUXILIARY and t.tag in ("VBZ", "VBP") for t in helpers):
        return
    for _ in phrases.dependents(context.parse, head, {labels.OPEN_CLAUSE}):
        if rule := constructions.government(context.cues, context.parse, head, "infinitive"):
            way.add(Told(rule.status, rule.rule, head))


def shares_negation(context: Context, head: int, tag: str) -> bool:
    """ "Nobody came or called", "did not eat or sleep"; but "said nothing and left"."""
    for c in context.parse.children[head]:
        child = context.parse.tokens[c]
        if child.dep in labels.SUBJECTS and (child.lemma in NEGATIVE or phrases.negative(context.parse, c)):
            return True
        if child.dep == labels.CONJUNCTION and child.lemma == "nor":
            return True
        if child.dep in labels.DENYING and tag != "VBD":
            cue = context.cues.adverbs.get(child.lemma)
            if cue is not None and cue.status == "negated":
                return True
    return False


# ------------------------------------------------------------------ under words that the tables do not hold


def unlisted_governor(context: Context, way: Way, link: Link) -> int | None:
    """A clause under a word that the tables do not hold: a plan or a doubt, if it is more than a predicate of it."""
    if link.dep not in labels.CONTENTS:
        return None
    head, name = link.head, link.place[1] if link.place else "predicate"
    above = context.parse.tokens[head]
    if name == "clause":
        if link.dep == labels.CONTENT_CLAUSE:
            if above.lemma not in ("be", "happen", "make"):
                way.add(Told("hypothetical", "step: unlisted governor", head))
            take_local(context, way, head)
        return head
    if name not in ("predicate", "gerund"):
        planned = above.pos in VERBAL and above.lemma != "be"
        way.add(Told("planned" if planned else "hypothetical", "step: unlisted governor", head))
    take_local(context, way, head)
    return head


def under_preposition(context: Context, way: Way, link: Link) -> int | None:
    """ "Without paying", "after the fire", "against building it"."""
    if link.dep not in labels.AFTER_PREPOSITION:
        return None
    tokens, scope, at, preposition = context.parse.tokens, context.scope, link.at, link.head
    token, lemma, head = tokens[at], tokens[preposition].lemma, tokens[preposition].head
    gerund = constructions.is_gerund(context.parse, at) and link.dep == labels.PREPOSITIONAL_CLAUSE
    if lemma == "of" and tokens[preposition - 1].lemma in ("instead", "short"):
        way.add(Told("negated", "step: under preposition", preposition - 1))
    if told := of_preposition(context, link, gerund):
        way.add(told)
    for c in context.parse.children[preposition]:
        if cue := context.cues.adverbs.get(tokens[c].lemma):
            way.add(Told(cue.status, cue.rule, c))  # "reportedly after a quarrel"
    if token.pos in ("NOUN", "PROPN", "PRON") and (scope.definite(at) or lemma in GRANTED_ADJUNCT):
        way.only_said = True
    elif gerund and lemma in GRANTED_ADJUNCT and scope.past_frame(head):
        way.only_said = True
    if not way.only_said and tokens[head].pos in VERBAL:
        take_local(context, way, head, negation=not gerund and lemma in ("of", "to", "into") or lemma in ("by", "to"))
    elif not way.only_said and tokens[head].pos in ("NOUN", "PROPN"):
        take_local(context, way, head)
    return head


def of_preposition(context: Context, link: Link, gerund: bool) -> Told | None:
    """What a preposition makes of its object; a gerund is a doubt after all those that do not take it for granted."""
    tokens = context.parse.tokens
    preposition = tokens[link.head]
    if preposition.lemma == "than" and tokens[link.at].pos in VERBAL:
        return Told("negated", "step: under preposition", link.head)
    cue = context.cues.prepositions.get(preposition.lemma) or context.cues.prepositions.get(preposition.text.lower())
    if gerund:
        cue = context.cues.gerund_prepositions.get(preposition.lemma) or cue
        interest = preposition.lemma in ("in", "on", "with", "at") and tokens[preposition.head].pos == "NOUN"
        if cue is None and (preposition.lemma not in FACTUAL_GERUND or interest):  # "interest in buying"
            return Told("hypothetical", "step: under preposition", link.head)
    return Told(cue.status, cue.rule, link.head) if cue else None


def happening(context: Context, way: Way, link: Link) -> int | None:
    """ "A strike is to begin", "the sale failed to materialise": the infinitive says only that it takes place."""
    at, tokens = link.at, context.parse.tokens
    if link.dep not in labels.NOMINAL_SUBJECTS or tokens[at].pos != "NOUN":
        return None
    if at != way.start and context.scope.definite(at):
        return None
    for c in phrases.dependents(context.parse, link.head, {labels.OPEN_CLAUSE}):
        if tokens[c].lemma in OCCURRING and constructions.is_infinitive(context.parse, c):
            take_local(context, way, c)
            return c
    return None


def argument(context: Context, way: Way, link: Link) -> int | None:
    """A noun under its verb: an event that is held, signed, begun shares the verb's lot; a definite one is given."""
    if link.dep not in labels.ARGUMENTS:
        return None
    at, head, tokens, scope = link.at, link.head, context.parse.tokens, context.scope
    agent = context.cues.is_agent(tokens[at])
    happens = tokens[head].lemma in context.cues.happening or (
        link.dep == labels.PASSIVE_SUBJECT
        and not agent
        and any(told.status in ("planned", "hypothetical") for told in scope.local(head).statuses)
    )
    if at == way.start and context.cues.is_event(tokens[at]) and (told := scope.undecided(head)):
        way.add(told)
    if at == way.start and context.somebody(at):
        way.only_said = True  # people are there, whatever is planned for them
    if happens and tokens[at].pos == "NOUN" or not scope.definite(at):
        if not way.only_said or happens:
            take_local(context, way, head, negation=not brings_about(context, link))
        if link.dep in labels.NOMINAL_SUBJECTS and not agent:
            predicated(context, way, head, {labels.ADJECTIVAL_COMPLEMENT, labels.ATTRIBUTE})
    else:
        if not agent:
            predicated(context, way, head, {labels.ADJECTIVAL_COMPLEMENT})
        way.only_said = True
    return head


def brings_about(context: Context, link: Link) -> bool:
    """ "The quake did not cause a flood": what causes nothing has happened; but "the talks did not take place"."""
    tokens = context.parse.tokens
    return link.dep == labels.SUBJECT and any(
        tokens[c].dep in labels.OBJECTS and tokens[c].lemma not in ("place", "effect", "shape", "form")
        for c in context.parse.children[link.head]
    )


def predicated(context: Context, way: Way, head: int, links: Set[str]) -> None:
    """ "The sale is likely", "a visit is a possible next step": what is said of a noun as before it."""
    for c in phrases.dependents(context.parse, head, links):
        if cue := context.cues.premodifiers.get(context.parse.tokens[c].lemma):
            way.add(Told(cue.status, cue.rule, c))


def modifier(context: Context, way: Way, link: Link) -> int | None:
    """A word that is part of a phrase shares its lot; a possessor of something definite is given."""
    if link.dep not in labels.WITHIN:
        return None
    if context.parse.tokens[link.head].pos not in VERBAL and link.dep in labels.POSSESSING:
        way.only_said = way.only_said or context.scope.definite(link.head)
    elif not way.only_said:
        take_local(context, way, link.head)
    return link.head


def own_telling(context: Context, way: Way, link: Link) -> int | None:
    """Apposition and whatever else hangs loosely: a telling of its own, that no plan or negation reaches."""
    if link.dep == labels.PREPOSITION:
        return None  # a preposition by itself says nothing
    way.only_said = True
    return link.head


Step = Callable[[Context, Way, Link], int | None]
#: The first that knows a link takes it.
LINKS: tuple[Step, ...] = (
    stated_around,
    parataxis,
    equation,
    event_spoken_of,
    governor,
    conjunct,
    unlisted_governor,
    relative_clause,
    infinitive_beside,
    participle,
    adverbial_clause,
    under_preposition,
    happening,
    argument,
    modifier,
    own_telling,
)


def step(context: Context, way: Way, at: int) -> int:
    """One link up: what it does to the way, and the token above."""
    token = context.parse.tokens[at]
    link = Link(at, token.dep, token.head, constructions.construction(context.parse, at))
    return next((above for one in LINKS if (above := one(context, way, link)) is not None), token.head)
