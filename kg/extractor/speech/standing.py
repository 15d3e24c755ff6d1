"""How firmly a predicate is said: the status, polarity and source that follow from what governs it.

From a token the way leads up the dependency tree to the root of its sentence, and out of a quotation to its cue. On
the way every governor is looked up in the tables of ontology/cues/ (speech, accusation, denial, plan, request, doubt;
and the implicative verbs that keep a fact a fact), every clause gives its auxiliaries, negations, adverbs, conditions
and questions, and every attribution its source. What is taken for granted passes plans, doubts and negations by: a
clause on a definite noun, a reason, a definite noun itself ("will visit the site of the attack"). Where two readings
are possible the weaker status stands. Method: rules over a dependency parse; implicative and factive classes after
Karttunen (1971) and Kiparsky & Kiparsky (1970).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from kg.extractor.speech.scope import Told
from kg.extractor.speech.steps import step
from kg.extractor.speech.way import SAID, Context, Way, take_local, take_source
from kg.grammar import constructions, cues as lexicon, labels, phrases
from kg.grammar.speech.asides import Aside
from kg.grammar.speech.quotations import Quotation
from kg.grammar.tree import VERBAL
from kg.model import WEAKNESS, Attribution, Parse, Reason, Standing

STEPS = 60  # links of one way up, at most


class Standings:
    """The standings of one document: how firmly the predicate at a token is said (`of`). `stated_in` stays open."""

    def __init__(
        self,
        parse: Parse,
        attributions: Sequence[Attribution],
        quotations: Sequence[Quotation],
        asides: Sequence[Aside],
    ) -> None:
        self.parse, self.tokens, self.children = parse, parse.tokens, parse.children
        self.attributions = attributions
        self.cues = lexicon.load()
        self.heads: dict[int, list[int]] = {}
        self.direct: dict[int, int] = {}  # token → attribution whose quotation it stands in
        for n, attribution in enumerate(attributions):
            for head in attribution.contents:
                self.heads.setdefault(head, []).append(n)
        self.quoted = [False] * len(self.tokens)
        inside: set[int] = set()  # all quoted tokens, single words too
        owners = sorted((span, n) for n, a in enumerate(attributions) if a.direct for span in a.content)
        reach = list(accumulate((span[1] for span, _ in owners), max))  # the furthest end so far
        for quote in quotations:
            place = bisect_right(reach, quote.start)  # the first that ends behind its beginning
            owner = owners[place][1] if place < len(owners) and owners[place][0][0] < quote.end else None
            sentence = self.stands_alone(quote.first, quote.last, attributions[owner] if owner is not None else None)
            whole = sentence and (owner is not None or self.claims(quote.first, quote.last))
            inside.update(range(quote.first, quote.last))
            for i in range(quote.first, quote.last):
                self.quoted[i] = whole
                if owner is not None and sentence:
                    self.direct[i] = owner
        self.scare = {
            i
            for q in quotations
            if q.last - q.first <= 4
            for i in range(q.first, q.last)
            if self.tokens[i].pos == "VERB"
        }
        self.covered: dict[int, list[Aside]] = {}  # token → remarks that say who tells it
        self.beside: dict[int, int] = {}  # token → cue of the remark in which it stands
        for aside in asides:
            for i in aside.covered:
                self.covered.setdefault(i, []).append(aside)
            self.beside.update((i, aside.cue) for i in range(aside.first, aside.last))
        self.questions = {
            s.i
            for s in parse.sentences
            if any(self.tokens[k].text == "?" for k in range(max(s.first, s.last - 3), s.last))
        }
        self.cache: dict[int, Standing] = {}
        self.context = Context(parse, self.cues, attributions, self.heads, self.direct, frozenset(inside))

    def of(self, token: int) -> Standing:
        """The standing of the predicate (or relational noun) at a token."""
        found = self.cache.get(token)
        if found is None:
            found = self.cache[token] = self.settle(self.told_beside(self.climb(token)))
        return found

    def told_beside(self, way: Way) -> Way:
        """What a remark set off says of the predicate, wherever the parser hung the one or the other."""
        for aside in self.covered.get(way.start, ()):
            if not way.apart and not aside.cue < way.conceded and not SAID.intersection(way.statuses):
                way.force(Told(aside.status, "step: remark", aside.cue))
                if (attribution := self.context.by_cue.get(aside.cue)) is not None:
                    take_source(way, attribution)
        if not way.statuses and not way.negative and (rule := self.cue_before(way.start) or self.cue_above(way.start)):
            way.force(Told(rule[1].status, rule[1].rule, rule[0]))
            if (attribution := self.context.by_cue.get(rule[0])) is not None:
                take_source(way, attribution)
        if way.start in self.scare and not way.statuses:
            # "The navy ‘rescued’ the crew": the word is someone else's
            way.force(Told("reported", "step: scare quotes", way.start))
        return way

    def cue_above(self, start: int) -> tuple[int, lexicon.Government] | None:
        """ "A thief they said filmed himself killing a nurse": the cue before the verb on which a gerund hangs."""
        token = self.tokens[start]
        under = token.tag == "VBG" and token.dep in (labels.OPEN_CLAUSE, labels.CONTENT_CLAUSE, labels.ADVERBIAL_CLAUSE)
        return self.cue_before(token.head) if under else None

    def cue_before(self, start: int) -> tuple[int, lexicon.Government] | None:
        """ "The police were told two trains collided": a word of saying before a finite verb.

        It stands in the same run of words, and the parser took the verb for a participle or a relative clause.
        """
        token = self.tokens[start]
        if (
            token.pos != "VERB"
            or token.dep not in labels.ADJOINED | {labels.LOOSE, labels.CONJUNCT}
            or not (token.tag in lexicon.FINITE or phrases.auxiliaries(self.parse, start))
        ):
            return None
        beside = self.tokens[start - 1]
        if beside.pos == "VERB" and beside.tag in lexicon.FINITE and self.tokens[start].tag in lexicon.FINITE:
            rule = self.cues.governments(self.parse, start - 1).get("clause")  # "a man they said filmed it"
            if (
                rule
                and rule.attributed
                and rule.status in SAID
                and constructions.has_own_subject(self.parse, start - 1)
            ):
                return start - 1, rule
        if token.dep == labels.RELATIVE_CLAUSE and self.context.scope.definite(token.head):
            return None
        for k in range(start - 1, max(self.parse.sentences[token.sentence].first, start - 14) - 1, -1):
            near = self.tokens[k]
            if (
                near.pos in ("PUNCT", "CCONJ", "SCONJ")
                or near.tag in ("WDT", "WP", "WRB", "IN")
                and near.dep == labels.MARKER
                or near.tag == "TO"
                or near.tag == "WDT"
                and near.head > start
            ):
                return None
            if near.pos in VERBAL and near.tag in ("VBD", "VBZ", "VBP", "VBN") and near.dep not in labels.NO_PREDICATE:
                rule = self.cues.governments(self.parse, k).get("clause")
                helped = near.tag != "VBN" or any(self.tokens[c].pos == "AUX" for c in self.children[k])
                if rule and rule.attributed and rule.status in SAID and helped and k in self.parse.ancestors(start):
                    return k, rule
                return None
        return None

    def claims(self, first: int, last: int) -> bool:
        """Whether quoted words say something by themselves: a clause on nothing outside, or with a subject."""
        return any(
            self.tokens[i].pos in VERBAL
            and (
                self.tokens[i].head == i
                or constructions.has_own_subject(self.parse, i)
                and all(first <= c < last for c in self.children[i])
            )
            for i in range(first, last)
        )

    def stands_alone(self, first: int, last: int, attribution: Attribution | None) -> bool:
        """Whether a quotation is an utterance, and not a phrase of the clause around it ("asked for “help”")."""
        if any(self.tokens[i].head == i and self.tokens[i].pos in VERBAL for i in range(first, last)):
            return True
        for i in range(first, last):
            head = self.tokens[i].head
            if (head == i or not first <= head < last) and self.tokens[i].pos != "PUNCT":
                place = constructions.construction(self.parse, i)
                if (
                    attribution
                    and attribution.direct
                    and self.tokens[i].dep == labels.CONTENT_CLAUSE
                    and self.tokens[i].pos in VERBAL
                ):
                    return True
                if (
                    place
                    and attribution
                    and place[0] == attribution.cue_token
                    and place[1] not in ("clause", "object", "predicate")
                ):
                    return False
                if self.tokens[i].dep in labels.OF_A_CLAUSE or attribution is None or not attribution.direct:
                    return self.tokens[i].dep in labels.COVERED and self.tokens[i].pos in VERBAL
        return attribution is not None

    def settle(self, way: Way) -> Standing:
        if way.would is not None:
            way.force(way.would)
        because = tuple(
            Reason(told.status, told.rule, (self.tokens[told.token].start, self.tokens[told.token].end))
            for told in dict.fromkeys(way.because)
        )
        if not way.statuses:
            return Standing("negated" if way.negative else "asserted", because=because)
        statuses = sorted(set(way.statuses), key=WEAKNESS.index)
        sources = list(dict.fromkeys(way.sources))
        if not set(statuses) - {"planned", "hypothetical"}:
            sources = []  # a plan or a doubt of the article's own telling has no source
        return Standing(
            statuses[-1],
            "negative" if way.negative else "positive",
            tuple(statuses[:-1]),
            sources[0] if sources else None,
            sources[1] if len(sources) > 1 else None,
            because=because,
        )

    # -------------------------------------------------------------- the way up

    def climb(self, start: int) -> Way:
        way, at = Way(start), start
        seen: set[int] = set()
        heard: set[int] = set()  # attributions
        take_local(self.context, way, at)
        for _ in range(STEPS):
            seen.add(at)
            token = self.tokens[at]
            aside = token.pos == "VERB" and constructions.parenthetical(self.cues, self.parse, at)
            if aside and at not in self.direct:  # "…, officials said": nothing of its content governs it
                if self.quoted[at]:
                    way.add(Told("reported", "step: quotation", at))
                return way
            for n in self.heads.get(at, ()) if self.heads else ():
                attribution = self.attributions[n]
                cue = attribution.cue_token
                if (
                    n not in heard
                    and not way.apart
                    and cue not in seen
                    and self.beside.get(start) != cue
                    and self.direct.get(at) != n
                    and not cue < way.conceded
                    and self.hangs_below(cue, at)
                ):
                    heard.add(n)  # "according to X", "X, police said, …": the cue hangs below its content
                    way.add(self.context.attributed(attribution))
                    take_source(way, attribution)
            owner = self.direct.get(at)
            leaves = aside or token.head == at or self.direct.get(token.head) != owner
            if owner is not None and owner not in heard and leaves:
                heard.add(owner)
                attribution = self.attributions[owner]
                told = self.context.attributed(attribution)
                spoken = told.status in ("asserted", "planned", "requested", "hypothetical")
                way.add(told._replace(status="reported") if spoken else told)
                take_source(way, attribution)
                if self.asks(at):
                    way.add(Told("hypothetical", "step: question", at))
                if self.commands(at):
                    way.add(Told("requested", "step: imperative", at))
                cue = attribution.cue_token
                if cue in seen:
                    return way
                at = cue
                way.only_said = False
                take_local(self.context, way, at, cue=True)
                continue
            if owner is None and self.quoted[at] and (token.head == at or not self.quoted[token.head]):
                way.add(Told("reported", "step: quotation", at))  # someone is quoted, and it is not said who
            if (
                owner is None
                and at > token.head
                and at not in self.context.inside
                and (around := self.direct.get(token.head)) is not None
            ):
                at = self._beside_quotation(way, at, around)
                if at in seen:
                    return way
                way.only_said = True
                continue
            if token.head == at:
                self.root(way, at)
                return way
            above = step(self.context, way, at)
            if above in seen:
                return way
            at = above
        return way

    def _beside_quotation(self, way: Way, at: int, around: int) -> int:
        """The cue of a quotation into which the parser hung a clause: "…,” she said, as snow fell". What opens the
        clause counts: "“…” if the mill closes, she said".
        """
        if phrases.openers(self.parse, at):
            step(self.context, way, at)
        return self.attributions[around].cue_token

    def commands(self, i: int) -> bool:
        """An imperative."""
        return (
            self.tokens[i].tag == "VB"
            and self.tokens[i].pos == "VERB"
            and not phrases.dependents(self.parse, i, labels.ANY_SUBJECT | labels.AUXILIARIES)
        )

    def asks(self, i: int) -> bool:
        """Whether the quoted sentence around a token ends in a question mark."""
        for k in range(i, self.parse.sentences[self.tokens[i].sentence].last):
            if self.tokens[k].text in (".", "!", "?"):
                return self.tokens[k].text == "?"
        return False

    def hangs_below(self, cue: int, at: int) -> bool:
        """Whether a cue stands inside or apart from the clause that it covers, not above it."""
        token = self.tokens[at]
        while token.head != token.i:
            if token.head == cue:
                return False
            token = self.tokens[token.head]
        return True

    def root(self, way: Way, at: int) -> None:
        token = self.tokens[at]
        if token.sentence in self.questions and (not way.only_said or token.pos in VERBAL):
            way.force(Told("hypothetical", "step: question", at))
        if token.pos in VERBAL and not way.only_said:
            if any(t.tag == "TO" for t in phrases.auxiliaries(self.parse, at)):
                way.add(Told("planned", "step: infinitive by itself", at))
            elif self.commands(at):
                way.add(Told("requested", "step: imperative", at))
