"""When and where: times by dependency and then by clause, places from the words around."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extractor.events.drafts import PLACE_SLOTS, Arguments, Draft
from kg.extractor.scene import Scene
from kg.extractor.values.dates import day_of
from kg.grammar import labels, phrases
from kg.grammar.tree import last_of
from kg.grammar.words import HAPPENING, LATER, NO_PLACE_BARE
from kg.model import Evidence, Parse, Role, Time
from kg.vocabulary import word_lists

PLACES = frozenset({"Place"})
FOUND, DATING = word_lists("grammar")["finding"], word_lists("grammar")["dating"]
SPANNING = frozenset({"since", "after", "before", "until"})
SUFFERED = frozenset({"Death", "Injury", "Destruction"})
#: Speech about what is not there yet.
ASKING = word_lists("events")["asking"]
#: Slots whose own place is not the event's.
NOT_HERE = frozenset(
    {
        "clause",
        "infinitive",
        "question",
        "from",
        "to",
        "about",
        "after",
        "before",
        "since",
        "possessor",
        "modifier",
        "complement",
        "host",
        "that",
        "as",
        "like",
        "than",
        "according to",
    }
)


def lay_on(scene: Scene, drafts: list[Draft], arguments: Arguments) -> None:
    """Give each draft its time, its duration and its place; drafts are changed in place."""
    parse, at = scene.parse, {d.token: d for d in drafts}
    carried = {d.said.light: d for d in drafts if d.said.light is not None}
    for time in scene.times:
        draft = governor(parse, time, at, carried)
        if draft is None:
            continue
        if time.kind == "duration":
            if draft.type in ASKING and of_the_wanted(parse, time):
                continue
            draft.duration = draft.duration or time
        else:
            draft.time = draft.time or time
    for draft in drafts:
        place(draft, parse, arguments)
    by_clause(parse, drafts, at)
    shared_places(parse, drafts, at)
    for draft in drafts:
        if draft.time is not None and draft.standing.status == "asserted" and to_come(draft.time, parse.document.date):
            draft.standing = replace(draft.standing, status="planned")


def governor(parse: Parse, time: Time, at: dict[int, Draft], carried: dict[int, Draft]) -> Draft | None:
    """The event to which the words of a time belong: the nearest above them in the tree."""
    i = time.head
    if i < 0:
        return None
    noun = parse.tokens[i].head
    if time.kind == "time" and phrases.premodifies(parse.tokens[i]) and parse.tokens[noun].pos in ("NOUN", "PROPN"):
        return at.get(noun) or carried.get(noun)  # "set a July deadline": nobody set it in July
    for _ in range(7):
        token = parse.tokens[i]
        head = token.head
        if head == i:
            return None
        i = head
        if (outer := said_before(parse, time, i)) is not None and outer in at:
            return at[outer]
        if i in at:
            return at[i]
        if i in carried:
            return carried[i]
        if (told := told_of(parse, i, at)) is not None:
            return told
        above = parse.tokens[i]
        if opens_a_span(parse, i):
            return None
        if above.lemma == "be" and above.dep == labels.RELATIVE_CLAUSE:  # "X, who was a winner in 1998, died"
            return next((at[c] for c in phrases.dependents(parse, i, labels.COMPLEMENTS) if c in at), None)
        if above.pos == "VERB" and above.dep not in labels.BORROWED:
            return None
    return None


def of_the_wanted(parse: Parse, time: Time) -> bool:
    """ "Sought a nine-year sentence", "called for a truce of two days": how long lasts what is wanted."""
    tokens = parse.tokens
    noun = (
        time.head
        if tokens[time.head].pos != "NOUN" or phrases.after(parse, time.head, "of")
        else tokens[time.head].head
    )
    while tokens[noun].pos in ("ADP", "ADJ", "NUM") or phrases.after(parse, noun, "of"):
        if tokens[noun].head == noun:
            return False
        noun = tokens[noun].head
    return tokens[noun].pos in ("NOUN", "PROPN") and noun != time.head


def told_of(parse: Parse, verb: int, at: dict[int, Draft]) -> Draft | None:
    """The event that a predicate only sets a day for: "is due on", "is set for", "took place", "is on Friday"."""
    token, clause = parse.tokens[verb], verb
    called = {token.lemma, *(f"{token.lemma} {parse.tokens[c].lemma}" for c in phrases.particles(parse, verb))}
    if token.dep == labels.ADJECTIVAL_COMPLEMENT:
        clause = token.head
    elif token.lemma == "be" and token.pos == "AUX":
        if any(parse.tokens[c].dep in labels.COMPLEMENTS for c in parse.children[verb]):
            return None
    elif token.pos != "VERB" or called.isdisjoint(DATING | HAPPENING | {"take"}):
        return None
    kids = parse.children[clause]
    return next((at[c] for c in kids if phrases.is_subject(parse.tokens[c]) and c in at), None)


def opens_a_span(parse: Parse, verb: int) -> bool:
    """ "Has led it since coming to power in 2015": what a gerund dates is not what it began or ended."""
    token = parse.tokens[verb]
    return token.dep == labels.PREPOSITIONAL_CLAUSE and parse.tokens[token.head].lemma in SPANNING


def said_before(parse: Parse, time: Time, i: int) -> int | None:
    """The verb over verb `i` to which a time between the two belongs: "said on Monday it had", "was found burnt out
    on Monday".
    """
    token = parse.tokens[i]
    head = parse.tokens[token.head]
    if token.dep == labels.CONTENT_CLAUSE and head.i < time.head < i:
        subjects = phrases.dependents(parse, i, labels.NOMINAL_SUBJECTS | {labels.MARKER})
        return head.i if subjects and time.head < min(subjects) else None
    return head.i if token.dep == labels.OPEN_CLAUSE and token.tag == "VBN" and head.lemma in FOUND else None


def to_come(time: Time, today: str | None) -> bool:
    """Whether a time lies wholly after the day of publication: what is told of it has not happened yet."""
    value = time.value
    if value is not None and len(value) == 8 and value[4:6] == "-W" and (day := day_of(today)) is not None:
        return value > "{}-W{:02d}".format(*day.isocalendar()[:2])
    return (
        today is not None
        and value is not None
        and value[:4].isdigit()
        and len(value) in (4, 7, 10)
        and value > today[: len(value)]
        and value[5:7] <= "12"
    )


def place(draft: Draft, parse: Parse, arguments: Arguments) -> None:
    """A place from the predicate's own words, else from those that the parser hung on its object or doer."""
    if any(r.name in ("place", "destination") for r in draft.roles):
        return
    taken = {r.filler for r in draft.roles if isinstance(r.filler, str)}
    for argument in draft.said.arguments:
        if argument.slot in PLACE_SLOTS and add_place(draft, argument.token, arguments, taken):
            return
    for argument in draft.said.arguments:
        if (
            argument.slot not in NOT_HERE
            and not argument.shared
            and (argument.token > draft.token or argument.token in arguments.dated)
        ):
            for k in phrases.under(parse, argument.token, "in", "at", "near", "outside"):
                if add_place(draft, k, arguments, taken):
                    return


def add_place(draft: Draft, token: int, arguments: Arguments, taken: set[str]) -> bool:
    entity = arguments.entity(token)
    if entity is None or entity.id in taken or token in arguments.dated or not arguments.fits(entity, PLACES):
        return False
    if arguments.tokens[token].lemma in NO_PLACE_BARE and not phrases.dependents(
        arguments.parse, token, labels.IN_PHRASE
    ):
        return False
    start, end = arguments.span(token)
    trigger = arguments.tokens[draft.token]
    if trigger.sentence == arguments.tokens[token].sentence:
        start, end = min(start, trigger.start), max(end, trigger.end)
    draft.roles.append(Role("place", entity.id, Evidence(start, end, draft.frame.name if draft.frame else "generic")))
    return True


def by_clause(parse: Parse, drafts: list[Draft], at: dict[int, Draft]) -> None:
    """What a clause dates, its participles ("…, killing two") and the event nouns within it ("in an attack") share."""
    for draft in drafts:
        if draft.time is not None or draft.said.kind == "adjective":
            continue
        token = parse.tokens[draft.token]
        if draft.said.kind == "verb":
            last = last_of(parse, draft.token)
            if (
                last is not None
                and last in at
                and not any(parse.tokens[c].lemma in LATER for c in parse.children[last])
            ):
                draft.time = at[last].time  # "was arrested and charged on Monday"
            elif (
                token.dep == labels.ADVERBIAL_CLAUSE
                and token.tag == "VBG"
                and not any(
                    parse.tokens[c].dep in labels.OPENING and parse.tokens[c].tag in ("IN", "WRB") and c < draft.token
                    for c in parse.children[draft.token]
                )
                and (above := at.get(token.head))
                and draft.token > token.head
            ):
                draft.time = above.time
        elif phrases.after(parse, draft.token, "in", "during", "by", "at"):
            above = at.get(parse.tokens[token.head].head)
            if above is not None and above.said.kind == "verb":
                draft.time = above.time


def shared_places(parse: Parse, drafts: list[Draft], at: dict[int, Draft]) -> None:
    """Who is hurt "in the blast in Accra" is hurt in Accra."""
    for draft in drafts:
        if draft.said.kind == "noun" or any(r.name in ("place", "destination") for r in draft.roles):
            continue
        for argument in draft.said.arguments:
            if (
                argument.slot in ("in", "during", "at", "by", "subject")
                and (inner := at.get(argument.token)) is not None
                and inner is not draft
            ):
                taken = draft.fillers("agent", "patient")
                draft.roles += [r for r in inner.roles if r.name == "place" and r.filler not in taken][:1]
                break


def shared_doers(drafts: Sequence[Draft]) -> None:
    """Who dies "in an attack by X" or from "shots that X fired" dies by X; of several who fought nobody knows."""
    at = {t.token: d for d in drafts for t in (d, *d.merged)}
    for draft in drafts:
        if draft.type not in SUFFERED or any(r.name == "agent" for r in draft.roles):
            continue
        for argument in draft.said.arguments:
            attack = at.get(argument.token)
            if (
                argument.slot in ("subject", "by", "in")
                and attack is not None
                and attack.type == "Attack"
                and attack.standing == draft.standing
            ):
                doers = [r for r in attack.roles if r.name == "agent" and r.standing is None]
                if len(doers) == 1 and doers[0].filler not in draft.fillers("patient", "place"):
                    draft.roles.append(doers[0])
                    break
