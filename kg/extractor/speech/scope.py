"""What one clause says of its own predicate: auxiliaries, negation, adverbs, conditions, tense; definite nouns.

`BESIDE` and `AROUND` are the steps in the order in which they are tried.

Last doubts about an event told by a noun that nothing seems to govern.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from kg.extractor.values.tense import FACING
from kg.grammar import constructions, labels, phrases
from kg.grammar.cues import Cues
from kg.grammar.tree import VERBAL
from kg.grammar.words import (
    AIMS,
    CIRCUMSTANCES,
    FACED,
    FIXED,
    HOPEFULS,
    NEGATIVE_DETERMINER,
    NEGATIVE_PRONOUN,
    RELATIVE,
    UNDONE,
    WANTING,
)
from kg.model import Parse, Status
from kg.vocabulary import word_lists

_LISTS = word_lists("speech")
NEGATIVE = NEGATIVE_DETERMINER | NEGATIVE_PRONOUN | {"nor"}
ORDINAL = _LISTS["ordinal"]
ABILITY = _LISTS["ability"]
DASHES = frozenset({",", "(", "–", "—"})


class Told(NamedTuple):
    """A status with what gives it, a cue ("adverb: reported") or a step ("step: question"), and the token where."""

    status: Status
    rule: str
    token: int


class Local(NamedTuple):
    """What the words around a predicate or noun say of it."""

    statuses: tuple[Told, ...]
    negation: Told | None


class Scope:
    """The clauses of one parse. What was once found out of a token is remembered."""

    def __init__(self, parse: Parse, cues: Cues, inside: frozenset[int] = frozenset()) -> None:
        self.parse, self.tokens, self.children, self.cues = parse, parse.tokens, parse.children, cues
        self.inside = inside  # tokens in quotation marks
        self.known: dict[int, Local] = {}

    def local(self, i: int) -> Local:
        """What a predicate or noun has from its auxiliaries, adverbs, determiners and conditions."""
        found = self.known.get(i)
        if found is None:
            found = self.known[i] = self.look(i)
        return found

    def look(self, i: int) -> Local:
        """Of each word below a token what the first step says of it, then what the steps say of the whole."""
        beside = [told for c in self.children[i] if (told := first(BESIDE, self, i, c))]
        negation = next((told for told in beside if told.status == "negated"), None)
        statuses = [told for told in beside if told.status != "negated"]
        if negation is not None and self.impossible(i):
            known = next((told for told in statuses if told.status == "hypothetical"), None)
            statuses = [told for told in statuses if told is not known]
        statuses += [told for step in AROUND if (told := step(self, i))]
        return Local(tuple(statuses), negation)

    def impossible(self, i: int) -> bool:
        """ "Could not attend", "would not say": what an auxiliary leaves open and a "not" shuts did not happen."""
        return (
            self.tokens[i].pos in VERBAL
            and not self.conditional(i)
            and any(t.lemma in ABILITY for t in phrases.auxiliaries(self.parse, i))
        )

    def chance(self, preposition: int) -> Status | None:
        """ "In all likelihood", "in case of rain", "in the event that"; of "in case it rains" see `in_case`."""
        for k in self.children[preposition]:
            articles = {t.lemma for t in phrases.determiners(self.parse, k)}
            if (
                self.tokens[k].lemma == "case"
                and not articles
                and self.tokens[k + 1].lemma == "of"
                or self.tokens[k].lemma == "event"
                and articles == {"the"}
            ):
                return "hypothetical"
            if (cue := self.cues.aside_phrases.get(self.tokens[k].lemma)) and cue.status == "hypothetical":
                return "hypothetical"
        return None

    def undecided(self, verb: int) -> Told | None:
        """ "(The sale) is on hold", "is out of the question", "is off", "fell through"."""
        last = self.parse.sentences[self.tokens[verb].sentence].last
        words = [] if self.tokens[verb].lemma in ("be", "remain", "stay") else [self.tokens[verb].lemma]
        if words and (alone := self.cues.undecided.get(words[0])):
            return Told(alone.status, alone.rule, verb)
        for k in range(verb + 1, min(verb + 7, last)):
            if words or self.tokens[k].pos != "ADV" or self.tokens[k].lemma == "off":
                words.append(self.tokens[k].text.lower())
            cue = self.cues.undecided.get(" ".join(words))
            if cue is not None and (
                k + 1 >= last
                or self.tokens[k + 1].pos in ("PUNCT", "SCONJ", "CCONJ", "ADP", "ADV")
                and words != ["off"]
                or self.tokens[k + 1].pos == "PUNCT"
            ):
                return Told(cue.status, cue.rule, k)
        return None

    def opening(self, i: int) -> Told | None:
        """ "Possibly Ana Ruiz left": an adverb that opens the sentence and was hung on the subject."""
        at = opener = self.parse.sentences[self.tokens[i].sentence].first
        cue = self.cues.adverbs.get(self.tokens[at].lemma)
        if at == i or cue is None or cue.status == "negated":
            return None
        for _ in range(4):
            at = self.tokens[at].head
            if at == i:
                return Told(cue.status, cue.rule, opener)
            if self.tokens[at].pos in VERBAL:
                return None
        return None

    def subjunctive(self, i: int) -> bool:
        """ "(demand) that he leave", "that he be dismissed"."""
        kids = phrases.auxiliaries(self.parse, i)
        bare = [k for k in kids if k.tag == "VB"] if self.tokens[i].tag != "VB" else [self.tokens[i]]
        return bool(bare) and not any(k.tag in ("MD", "TO", "VBD", "VBZ", "VBP") for k in kids)

    def inverted(self, i: int) -> bool:
        """ "Had she known", "should it rain", "were he to win": a condition without "if"."""
        aux = next((t.i for t in phrases.auxiliaries(self.parse, i)), None)
        if aux is None or self.tokens[aux].text.lower() not in ("had", "should", "were"):
            return False
        sentence = self.parse.sentences[self.tokens[i].sentence]
        return (
            self.tokens[sentence.last - 1].text != "?"
            and any(aux < c < i for c in phrases.dependents(self.parse, i, labels.ANY_SUBJECT))
            and (aux == 0 or self.tokens[aux - 1].pos in ("PUNCT", "CCONJ") or aux == sentence.first)
        )

    def conditional(self, i: int) -> bool:
        """The main clause of a condition: "X will fall if Y"."""
        if self.tokens[i].pos not in VERBAL:
            return False
        said = (
            min(phrases.dependents(self.parse, i, {labels.CONTENT_CLAUSE}), default=i)
            if "quote" in self.cues.governments(self.parse, i)
            else i
        )
        for c in self.children[i]:
            if c in self.inside and i not in self.inside or c < said < i:
                continue  # the condition of what is said, not of the saying
            if self.tokens[c].dep in labels.VERB_CLAUSES and self.tokens[c].pos in VERBAL and self.inverted(c):
                return True
            if self.tokens[c].dep == labels.ADVERBIAL_CLAUSE and self.tokens[c].tag != "VBG":
                marks = [t.lemma for t in phrases.openers(self.parse, c)]
                if any(m in ("if", "unless") for m in marks) and not {"even", "as", "though"} & set(marks):
                    return True
        return False

    def future_progressive(self, i: int) -> Status | None:
        """ "is visiting Lima next week", "meets the king tomorrow": present tense with a time to come."""
        token = self.tokens[i]
        if not (
            token.tag in ("VBZ", "VBP")
            or token.tag in ("VBG", "VBN")
            and any(t.tag in ("VBZ", "VBP") and t.lemma == "be" for t in phrases.auxiliaries(self.parse, i))
        ):
            return None
        for c in self.children[i]:
            if (
                self.tokens[c].lemma in ("tomorrow", "tonight")
                or self.tokens[c].dep == labels.NOUN_ADVERB
                and any(self.tokens[k].lemma in ("next", "coming") for k in self.children[c])
            ):
                return "planned"
        return None

    def to_come(self, at: int, head: int) -> bool:
        """A clause of time in the present beside a main clause in the future."""
        helpers = [t.tag for t in phrases.auxiliaries(self.parse, at)]
        present = (helpers or [self.tokens[at].tag])[0] in ("VBZ", "VBP")
        if present and helpers and any(self.tokens[c].lemma == "until" for c in self.children[at]):
            return True
        over = self.tokens[head]
        return (
            present
            and over.pos in VERBAL
            and (
                over.lemma in FACING
                and over.tag in ("VBZ", "VBP")
                or any(told.status in ("planned", "hypothetical", "requested") for told in self.local(head).statuses)
            )
        )

    def cleft(self, noun: int) -> bool:
        """ "It was not the army that …"."""
        verb = self.tokens[noun].head
        return (
            phrases.equates(self.tokens[noun])
            and self.local(verb).negation is not None
            and any(self.tokens[c].lemma == "it" for c in phrases.subjects(self.parse, verb))
        )

    def pending(self, governor: int, status: Status) -> Status:
        """ "Has yet to sign", "has still to sign", "has to sign"; not "had to". "Has been known to sign" is a habit."""
        near = {self.tokens[k].lemma for k in range(max(governor - 2, 0), min(governor + 3, len(self.tokens)))}
        if self.tokens[governor].lemma == "know":
            return "hypothetical" if {"have", "be"} <= near else status
        if "yet" in near:
            return "negated"
        return (
            "planned" if "still" in near else "hypothetical" if self.tokens[governor].tag in ("VBZ", "VBP") else status
        )

    def only_after(self, c: int) -> bool:
        """ "not only", "not just"."""
        return c + 1 < len(self.tokens) and self.tokens[c + 1].lemma in ("only", "just", "merely", "simply")

    def has_would(self, i: int) -> bool:
        helpers = {t.lemma for t in phrases.auxiliaries(self.parse, i)}
        return bool(helpers & {"would", "'d", "’d"}) and "have" not in helpers and not self.conditional(i)

    def definite(self, i: int) -> bool:
        token = self.tokens[i]
        if token.pos in ("PROPN", "PRON"):
            return token.lemma not in NEGATIVE and not phrases.negative(self.parse, i)
        if token.pos in VERBAL:
            return False
        return phrases.definite(self.parse, i)

    def ordinal(self, i: int) -> bool:
        return self.tokens[i].lemma in ORDINAL or any(self.tokens[c].lemma in ORDINAL for c in self.children[i])

    def past(self, i: int) -> bool:
        """A finite clause in the past or perfect, without a modal."""
        if self.tokens[i].tag == "VBD":
            return True
        kids = phrases.auxiliaries(self.parse, i)
        return any(k.tag == "VBD" or k.lemma == "have" and k.tag in ("VBZ", "VBP") for k in kids) and not any(
            k.tag == "MD" for k in kids
        )

    def past_frame(self, i: int) -> bool:
        return self.tokens[i].pos not in VERBAL or self.past(i)

    def finite(self, sentence: int) -> bool:
        s = self.parse.sentences[sentence]
        return any(self.tokens[k].tag in ("VBD", "VBZ", "VBP", "MD") for k in range(s.first, s.last))

    def relative(self, i: int) -> bool:
        """Whether a clause opens with a relative pronoun, and is no main clause gone astray."""
        first = self.parse.edges[i][0]
        return any(self.tokens[k].lemma in RELATIVE for k in range(first, min(first + 4, i + 1)))

    def after_comma(self, i: int) -> bool:
        """Whether a clause is set off: a remark on something already known."""
        first = self.parse.edges[i][0]
        return first > 0 and self.tokens[first - 1].text in DASHES or self.tokens[first].text in DASHES


# ------------------------------------------------------------------ what one word below a predicate or noun says of it


def first(steps: Sequence[Callable[[Scope, int, int], Told | None]], scope: Scope, i: int, c: int) -> Told | None:
    for step in steps:
        if (told := step(scope, i, c)) is not None:
            return told
    return None


def negation(scope: Scope, i: int, c: int) -> Told | None:
    """ "Did not leave", but "not only left"."""
    if scope.tokens[c].dep == labels.NEGATION and not scope.only_after(c):
        return Told("negated", "step: negation", c)
    return None


def auxiliary(scope: Scope, i: int, c: int) -> Told | None:
    """ "May leave", "would leave"."""
    token = scope.tokens[c]
    if token.dep != labels.AUXILIARY or token.tag == "TO":
        return None
    cue = scope.cues.auxiliaries.get(token.lemma) or scope.cues.auxiliaries.get(token.text.lower())
    return Told(cue.status, cue.rule, c) if cue else None


def no_longer(scope: Scope, i: int, c: int) -> Told | None:
    """ "No longer leads"."""
    token = scope.tokens[c]
    if token.dep in labels.ADVERBIAL and token.lemma in ("long", "longer") and c and scope.tokens[c - 1].lemma == "no":
        return Told("negated", "step: no longer", c)
    return None


def adverb(scope: Scope, i: int, c: int) -> Told | None:
    """ "Allegedly left", "never left", "neither ate nor slept"; a noun is negated by "not" and "never" alone."""
    token = scope.tokens[c]
    cue = scope.cues.adverbs.get(token.lemma) if token.dep in labels.ADVERBIAL else None
    if cue is None or token.dep == labels.CONJUNCTION and token.lemma not in ("nor", "neither"):
        return None
    if cue.status == "negated":
        counts = scope.tokens[i].pos in VERBAL or token.lemma in ("not", "never")
        return Told("negated", cue.rule, c) if counts and not scope.only_after(c) else None
    return Told(cue.status, cue.rule, c) if token.dep == labels.ADVERB else None


def negative_article(scope: Scope, i: int, c: int) -> Told | None:
    """ "No arrest"."""
    if scope.tokens[c].dep == labels.DETERMINER and scope.tokens[c].lemma in NEGATIVE:
        return Told("negated", "step: negative article", c)
    return None


def wish(scope: Scope, i: int, c: int) -> Told | None:
    """ "If only he had left.": a condition without a main clause."""
    if scope.tokens[c].lemma in ("if", "unless") and scope.tokens[c].dep == labels.MARKER and scope.tokens[i].head == i:
        return Told("hypothetical", "step: wish", c)
    return None


def open_question(scope: Scope, i: int, c: int) -> Told | None:
    """ "Whether they attacked"."""
    token = scope.tokens[c]
    if token.lemma == "whether" and token.dep not in labels.ADVERBIAL:
        return Told("hypothetical", "step: open question", c)
    return None


def premodifier(scope: Scope, i: int, c: int) -> Told | None:
    """ "Alleged attack", "planned visit", "foiled plot"."""
    token = scope.tokens[c]
    if token.dep not in labels.PREMODIFIERS or scope.tokens[i].pos not in ("NOUN", "PROPN", "ADJ", "VERB"):
        return None
    cue = scope.cues.premodifiers.get(token.lemma) or scope.cues.premodifiers.get(token.text.lower())
    return Told(cue.status, cue.rule, c) if cue else None


def negative_argument(scope: Scope, i: int, c: int) -> Told | None:
    """ "Nobody left", "left no trace"."""
    token = scope.tokens[c]
    if token.dep not in labels.CLAUSAL_NOUNS or scope.tokens[i].pos not in VERBAL:
        return None
    negative = token.lemma in NEGATIVE or phrases.negative(scope.parse, c)
    return Told("negated", "step: negative argument", c) if negative else None


def negative_adjunct(scope: Scope, i: int, c: int) -> Told | None:
    """ "At no time did he leave"."""
    if (
        scope.tokens[c].dep == labels.PREPOSITION
        and c < i
        and any(phrases.negative(scope.parse, k) for k in scope.children[c])
    ):
        return Told("negated", "step: negative adjunct", c)
    return None


def likelihood(scope: Scope, i: int, c: int) -> Told | None:
    """ "In all likelihood", "in case of rain", "in the event of rain"."""
    if scope.tokens[c].dep == labels.PREPOSITION and scope.tokens[c].lemma == "in" and (status := scope.chance(c)):
        return Told(status, "step: likelihood", c)
    return None


#: Of each word below a token the first of these that has something to say is heard.
BESIDE: tuple[Callable[[Scope, int, int], Told | None], ...] = (
    negation,
    auxiliary,
    no_longer,
    adverb,
    negative_article,
    wish,
    open_question,
    premodifier,
    negative_argument,
    negative_adjunct,
    likelihood,
)


# ------------------------------------------------------------------ what its surroundings say of it


def nearly(scope: Scope, i: int) -> Told | None:
    """ "All but fell", "as good as fell"."""
    before = [t.lemma for t in scope.tokens[max(i - 3, 0) : i]]
    if scope.tokens[i].pos in VERBAL and (before[-2:] == ["all", "but"] or before == ["as", "good", "as"]):
        return Told("planned", "step: nearly", i - 1)
    return None


def by_no_means(scope: Scope, i: int) -> Told | None:
    """ "By no means fell", "at no point fell"."""
    before = [t.lemma for t in scope.tokens[max(i - 3, 0) : i]]
    if scope.tokens[i].pos not in VERBAL or len(before) < 3 or before[1] != "no" or before[2] not in CIRCUMSTANCES:
        return None
    if nearly(scope, i) is None and scope.tokens[i - 3].pos == "ADP":
        return Told("negated", "step: by no means", i - 2)
    return None


def had_better(scope: Scope, i: int) -> Told | None:
    """ "Had better leave", "may well leave"."""
    before = scope.tokens[i - 1].lemma if i else ""
    if scope.tokens[i].pos in VERBAL and scope.tokens[i].tag == "VB" and before in ("better", "well"):
        return Told("hypothetical", "step: had better", i - 1)
    return None


def unfinished(scope: Scope, i: int) -> Told | None:
    """ "An attempt": a noun that by itself leaves its event undone."""
    cue = scope.cues.unfinished.get(scope.tokens[i].lemma) if scope.tokens[i].pos == "NOUN" else None
    return Told(cue.status, cue.rule, i) if cue else None


def condition(scope: Scope, i: int) -> Told | None:
    """ "The dam will burst if it rains": the main clause of a condition."""
    return Told("hypothetical", "step: condition", i) if scope.conditional(i) else None


def inversion(scope: Scope, i: int) -> Told | None:
    """ "Had it rained, …": a condition without "if"."""
    if scope.tokens[i].pos in VERBAL and scope.inverted(i) and not scope.conditional(i):
        return Told("hypothetical", "step: inversion", i)
    return None


def in_case(scope: Scope, i: int) -> Told | None:
    """ "(Carried ropes) in case a climber fell": the first verb after it, wherever the parser hung that."""
    tokens = scope.tokens
    if tokens[i].pos not in VERBAL:
        return None
    for k in range(i - 1, scope.parse.sentences[tokens[i].sentence].first, -1):
        if tokens[k].pos in VERBAL and tokens[k].dep not in labels.AUXILIARIES:
            return None
        if tokens[k].lemma == "case" and tokens[k - 1].lemma == "in":
            return Told("hypothetical", "step: in case", k) if tokens[k + 1].lemma != "of" else None
    return None


def present_for_future(scope: Scope, i: int) -> Told | None:
    """ "Is visiting Lima next week", "meets the king tomorrow"."""
    if scope.tokens[i].pos in VERBAL and (status := scope.future_progressive(i)):
        return Told(status, "step: present for future", i)
    return None


def appointed(scope: Scope, i: int) -> Told | None:
    """ "The vote is on Friday": a day is set for it."""
    token = scope.tokens[i]
    if token.dep in labels.SUBJECTS and constructions.appointed(scope.parse, token.head):
        return Told("planned", "step: appointed", token.head)
    return None


def opening_adverb(scope: Scope, i: int) -> Told | None:
    """ "Possibly Ana Ruiz left": an adverb that opens the sentence and was hung on the subject."""
    told = scope.opening(i) if scope.tokens[i].pos in VERBAL else None
    return told if told and not scope.future_progressive(i) else None


#: Each of these is heard.
AROUND: tuple[Callable[[Scope, int], Told | None], ...] = (
    nearly,
    by_no_means,
    had_better,
    unfinished,
    condition,
    inversion,
    in_case,
    present_for_future,
    appointed,
    opening_adverb,
)


# ------------------------------------------------------------------ nouns of what is yet to come


def yet_to_come(parse: Parse, noun: int) -> bool:
    """ "The trial is due in May", "efforts toward an arrest", "the goal is the overthrow": not yet, if ever."""
    token = parse.tokens[noun]
    while phrases.is_conjunct(token) and parse.tokens[token.head].pos == "NOUN":
        token = parse.tokens[token.head]  # "want the arrest of X and the resignation of Y"
    head = parse.tokens[token.head]
    if phrases.after(parse, noun):
        above = parse.tokens[head.head]
        return (
            head.lemma in ("toward", "towards")
            and above.pos == "NOUN"
            or head.lemma in ("in", "for")
            and above.lemma in HOPEFULS
            or head.lemma == "with"
            and above.lemma == "threaten"
        )
    if phrases.equates(token) and head.lemma == "be":
        return any(
            parse.tokens[c].dep in labels.SUBJECTS and parse.tokens[c].lemma in AIMS for c in parse.children[head.i]
        )
    if token.dep in labels.OBJECTS:
        return head.lemma in WANTING or head.lemma == "face" and token.lemma not in FACED
    if token.dep not in labels.SUBJECTS:
        return False
    return (
        head.lemma in ("need", "await", "hinge", "depend")
        or head.lemma in FIXED
        and token.dep == labels.PASSIVE_SUBJECT
        or head.lemma in ("be", "remain")
        and any(
            parse.tokens[c].lemma in UNDONE
            for c in phrases.dependents(parse, head.i, labels.COMPLEMENTS | {labels.ADVERB})
        )
    )
