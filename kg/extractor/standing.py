"""How firmly a predicate is said: the status, polarity and source that follow from what governs it.

From a token the way leads up the dependency tree to the root of its sentence, and out of a quotation to its cue. On the
way every governor is looked up in the tables of ontology/cues/ (speech, accusation, denial, plan, request, doubt; and the
implicative verbs that keep a fact a fact), every clause gives its auxiliaries, negations, adverbs, conditions and
questions, and every attribution its source. What is taken for granted passes plans, doubts and negations by: a clause
on a definite noun, a reason, a definite noun itself ("will visit the site of the attack"). Where two readings are
possible the weaker status stands. Method: rules over a dependency parse; implicative and factive classes after
Karttunen (1971) and Kiparsky & Kiparsky (1970).
"""
from __future__ import annotations

from collections.abc import Sequence

from kg.extractor import cues as lexicon
from kg.extractor.quotations import find_quotations
from kg.model import WEAKNESS, Attribution, Parse, Standing, Status

VERBAL = frozenset({"VERB", "AUX"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "my", "our", "your", "whose", "both"})
NEGATIVE = frozenset({"no", "neither", "nobody", "none", "nothing", "nor", "no-one", "noone"})
TRANSPARENT = frozenset({"attr", "acomp", "oprd", "amod", "nmod", "poss", "compound", "advmod", "npadvmod", "quantmod", "nummod", "det", "case"})
#: Statuses that also reach what is taken for granted: someone says it, and it is no one's plan.
SAID = frozenset({"reported", "alleged", "denied"})
#: Prepositions before a gerund that leave it a fact; any other makes it a doubt.
FACTUAL_GERUND = frozenset({"after", "before", "since", "while", "by", "upon", "on", "in", "through", "despite", "besides", "with", "into",
                            "following", "when", "at", "during", "from", "amid", "beyond", "as"})
#: Adjuncts that take their event for granted, whatever the main clause plans or doubts.
GRANTED_ADJUNCT = frozenset({"after", "since", "following", "despite", "amid", "during", "because", "over", "before"})
ORDINAL = frozenset({"first", "last", "only", "second", "third", "next", "latest", "youngest", "oldest"})
ASSERTED, NEGATED = Standing(), Standing("negated")
STEPS = 60                                       # links of one way up, at most

_last: tuple[Parse, Sequence[Attribution], Standings] | None = None


def standing_of(parse: Parse, token: int, attributions: Sequence[Attribution]) -> Standing:
    """How firmly the predicate at a token is said. `stated_in` stays open.

    The way up is prepared once for a document: asking for token after token of the same one is cheap.
    """
    global _last
    if _last is None or _last[0] is not parse or _last[1] is not attributions:
        _last = (parse, attributions, Standings(parse, attributions))
    return _last[2].of(token)


class _Way:
    """What was met on the way up."""

    __slots__ = ("apart", "aside", "negative", "only_said", "remark", "sources", "start", "statuses", "would")

    def __init__(self, start: int) -> None:
        self.start = start
        self.statuses: list[Status] = []
        self.negative = False
        self.only_said = False                   # from here on, plans and negations no longer reach the token
        self.aside = False                       # in a remark of the writer's own: ", which opened in 2019,"
        self.apart = False                       # … and not even of the one to whom the whole sentence is attributed
        self.remark = False
        self.would = False                       # a "would" that is a plan if it turns out to be reported, else a doubt
        self.sources: list[str] = []

    def add(self, status: Status) -> None:
        if status == "negated":
            self.negative = self.negative or not self.only_said      # two negations do not make a fact
        elif status != "asserted" and (not self.only_said or status in SAID):
            self.statuses.append(status)


class Standings:
    """The standings of one document."""

    def __init__(self, parse: Parse, attributions: Sequence[Attribution]) -> None:
        self.parse, self.tokens, self.children = parse, parse.tokens, parse.children
        self.attributions = attributions
        self.cues = lexicon.load()
        self.by_cue = {a.cue_token: a for a in attributions}
        self.heads: dict[int, list[int]] = {}
        self.direct: dict[int, int] = {}         # token → attribution whose quotation it stands in
        for n, attribution in enumerate(attributions):
            for head in attribution.contents:
                self.heads.setdefault(head, []).append(n)
        self.quoted = [False] * len(self.tokens)
        self.inside: set[int] = set()            # all quoted tokens, single words too
        owners = sorted((span, n) for n, a in enumerate(attributions) if a.direct for span in a.content)
        for quote in find_quotations(parse):
            owner = next((n for span, n in owners if span[0] < quote.end and span[1] > quote.start), None)
            sentence = self.stands_alone(quote.first, quote.last, attributions[owner] if owner is not None else None)
            whole = sentence and (owner is not None or self.claims(quote.first, quote.last))
            self.inside.update(range(quote.first, quote.last))
            for i in range(quote.first, quote.last):
                self.quoted[i] = whole
                if owner is not None and sentence:
                    self.direct[i] = owner
        self.questions = {s.i for s in parse.sentences if any(
            self.tokens[k].text == "?" for k in range(max(s.first, s.last - 3), s.last))}
        self.cache: dict[int, Standing] = {}
        self.known: dict[int, tuple[tuple[Status, ...], bool]] = {}

    def of(self, token: int) -> Standing:
        """The standing of the predicate (or relational noun) at a token."""
        found = self.cache.get(token)
        if found is None:
            found = self.cache[token] = self.settle(self.climb(token))
        return found

    def claims(self, first: int, last: int) -> bool:
        """Whether quoted words say something by themselves: a clause whose predicate hangs on nothing outside."""
        return any(self.tokens[i].pos in VERBAL and self.tokens[i].head == i for i in range(first, last))

    def stands_alone(self, first: int, last: int, attribution: Attribution | None) -> bool:
        """Whether a quotation is an utterance, and not a phrase of the clause around it ("asked for “cooperation”")."""
        for i in range(first, last):
            head = self.tokens[i].head
            if (head == i or not first <= head < last) and self.tokens[i].pos != "PUNCT":
                if head == i and self.tokens[i].pos in VERBAL:
                    return True
                place = lexicon.construction(self.parse, i)
                if place and attribution and place[0] == attribution.cue_token and place[1] not in ("clause", "object", "predicate"):
                    return False
                if self.tokens[i].dep in ("pobj", "nsubj", "amod", "attr", "compound", "acomp") or attribution is None or not attribution.direct:
                    return self.tokens[i].dep in ("ccomp", "conj", "advcl") and self.tokens[i].pos in VERBAL
        return attribution is not None

    def settle(self, way: _Way) -> Standing:
        if way.would:
            way.statuses.append("hypothetical")
        if not way.statuses:
            return NEGATED if way.negative else ASSERTED
        statuses = sorted(set(way.statuses), key=WEAKNESS.index)
        sources = list(dict.fromkeys(way.sources))
        if not set(statuses) - {"planned", "hypothetical"}:
            sources = []                         # a plan or a doubt of the article's own telling has no source
        return Standing(statuses[-1], "negative" if way.negative else "positive", tuple(statuses[:-1]),
                        sources[0] if sources else None, sources[1] if len(sources) > 1 else None)

    # -------------------------------------------------------------- the way up

    def climb(self, start: int) -> _Way:
        way, at, seen, told = _Way(start), start, set(), set()
        self.take_local(way, at)
        for _ in range(STEPS):
            seen.add(at)
            token = self.tokens[at]
            if token.pos == "VERB" and lexicon.parenthetical(self.cues, self.parse, at):
                return way                       # "…, officials said": nothing of its content governs it
            for n in self.heads.get(at, ()) if self.heads else ():
                attribution = self.attributions[n]
                if n not in told and not way.apart and attribution.cue_token not in seen and not attribution.direct and self.hangs_below(attribution.cue_token, at):
                    told.add(n)                  # "according to X", "X, police said, …": the cue hangs below its content
                    way.add(attribution.status)
                    self.take_source(way, attribution)
            owner = self.direct.get(at)
            leaves = token.head == at or self.direct.get(token.head) != owner
            if owner is not None and owner not in told and leaves:
                told.add(owner)
                attribution = self.attributions[owner]
                way.add("reported" if attribution.status in ("asserted", "planned", "requested", "hypothetical") else attribution.status)
                self.take_source(way, attribution)
                cue = attribution.cue_token
                if cue in seen:
                    return way
                at = cue
                way.only_said = False
                self.take_local(way, at, cue=True)
                continue
            if owner is None and self.quoted[at] and leaves and (token.head == at or not self.quoted[token.head]):
                way.add("reported")              # someone is quoted, and it is not said who
            if token.head == at:
                self.root(way, at)
                return way
            above = self.step(way, at)
            if above in seen:
                return way
            at = above
        return way

    def hangs_below(self, cue: int, at: int) -> bool:
        """Whether a cue stands inside or apart from the clause that it covers, not above it."""
        token = self.tokens[at]
        while token.head != token.i:
            if token.head == cue:
                return False
            token = self.tokens[token.head]
        return True

    def step(self, way: _Way, at: int) -> int:
        """One link up: what it does to the way, and the token above."""
        token = self.tokens[at]
        head, dep = token.head, token.dep
        place = lexicon.construction(self.parse, at)
        carrying = self.by_cue.get(head)
        if carrying is not None and dep in ("advcl", "conj") and at in carrying.contents:
            self.would_be(way)                   # "…, police said, because a bridge fell": content beyond its cue
            way.add(carrying.status)
            self.take_source(way, carrying)
            self.take_local(way, head, cue=True)
            return head
        if place and place[1] == "clause" and lexicon.parataxis(self.parse, at, head):
            way.only_said = True
            return head
        if place and (rule := lexicon.government(self.cues, self.parse, *place)) and not self.addressee(at, *place):
            return self.governed(way, at, place[0], place[1], rule)
        if dep == "conj":
            if lexicon.beyond(self.cues, self.parse, at, head, self.inside):
                head = self.tokens[head].head
            head = self.first_conjunct(at, head)
            self.coordinated(way, at, head)
        elif dep in ("ccomp", "csubj", "csubjpass", "xcomp"):
            self.unknown_clause(way, at, head, place)
        elif dep in ("advcl", "acl", "relcl"):
            self.adjunct_clause(way, at, head)
        elif dep in ("pobj", "pcomp"):
            return self.under_preposition(way, at, head, place)
        elif dep in ("dobj", "obj", "nsubj", "nsubjpass", "dative", "agent"):
            self.argument(way, at, head)
        elif dep in TRANSPARENT:
            if self.tokens[head].pos not in VERBAL and dep in ("poss", "nmod"):
                way.only_said = way.only_said or self.definite(head)
            elif not way.only_said:
                self.take_local(way, head)
        elif dep == "prep":
            pass
        else:                                    # apposition, parataxis, dep: a telling of its own
            way.only_said = True
        return head

    def addressee(self, at: int, governor: int, name: str) -> bool:
        """Whether an object is who is spoken to, accused or sent, not what is said or planned."""
        return name == "object" and (self.cues.is_agent(self.tokens[at]) or any(
            self.tokens[c].dep in ("ccomp", "xcomp") for c in self.children[governor]))

    def governed(self, way: _Way, at: int, governor: int, name: str, rule: lexicon.Government) -> int:
        """Under a word of the tables."""
        status = rule.status
        if name in ("infinitive", "gerund") and self.tokens[governor].lemma == "go" and self.tokens[governor].tag == "VBG" and name == "infinitive":
            status = "planned"                   # "is going to leave"
        if name in ("object", "of", "in", "for", "on", "to", "about", "over") and way.only_said and status not in SAID:
            status = "asserted"
        if name == "object" and status == "denied" and at == way.start and self.tokens[at].lemma in self.cues.nouns and \
                "clause" in self.cues.nouns[self.tokens[at].lemma]:
            status = "asserted"                  # "denied the allegations": they were made; what they say is denied
        if status == "reported" and name == "clause":
            self.would_be(way)
        if name == "clause" and any(self.tokens[c].lemma in ("if", "whether") and self.tokens[c].dep == "mark" for c in self.children[at]):
            way.add("hypothetical")
        if name == "over" and self.definite(at):
            status = "asserted"                  # "arrested over the killing of X"
        if way.aside and name not in ("clause", "quote") or way.apart and name == "clause" and way.remark:
            status = "asserted"
        way.add(status)
        attribution = self.by_cue.get(governor)
        if status == "asserted":
            attribution = None
        if attribution is not None and rule.attributed and not attribution.direct:
            self.take_source(way, attribution)
        elif attribution is not None and rule.attributed and at in attribution.contents:
            self.take_source(way, attribution)
        was_only = way.only_said
        if status == "asserted" and name in ("object", "of", "in", "for", "on", "to", "about", "over", "as", "at", "by", "into"):
            way.only_said = way.only_said or self.definite(at) or rule.attributed
            if not way.only_said:
                self.take_local(way, governor)
        elif rule.attributed and status in SAID:
            way.only_said = was_only
            self.take_local(way, governor, cue=True)
        else:
            self.take_local(way, governor)
        return governor

    def first_conjunct(self, at: int, head: int) -> int:
        """The verb with which a verb is coordinated, where the parser hung it on a noun between ("accused of fraud and jailed")."""
        if self.tokens[at].pos == "VERB" and self.tokens[head].pos in ("NOUN", "PROPN", "PRON"):
            for above in self.parse.ancestors(head):
                if self.tokens[above].tag == self.tokens[at].tag:
                    return above
        return head

    def would_be(self, way: _Way) -> None:
        """"Said he would resign": in reported speech "would" is a will of the past."""
        if way.would:
            way.add("planned")
            way.would = False

    def coordinated(self, way: _Way, at: int, head: int) -> None:
        """A conjunct shares the auxiliaries and negation of the first, unless it has its own."""
        token, first = self.tokens[at], self.tokens[head]
        if token.pos in VERBAL and first.pos in VERBAL:
            contrast = any(self.tokens[c].lemma in ("but", "yet") and self.tokens[c].dep == "cc" for c in self.children[head])
            own = lexicon.has_own_subject(self.parse, at) or any(self.tokens[c].dep in ("aux", "auxpass") and self.tokens[c].tag != "TO" for c in self.children[at])
            alike = token.tag == first.tag or token.tag in ("VB", "VBN", "VBG") and first.tag in ("VB", "VBN", "VBG") and token.tag == first.tag
            negative = self.local(head)[1]
            condition = self.conditional(head)
            if not own and alike and not way.only_said:
                self.take_local(way, head, negation=False)
                if negative and not contrast and self.shares_negation(head, token.tag):
                    way.add("negated")
            elif condition and not contrast:
                way.add("hypothetical")
        elif not way.only_said:
            statuses, negative = self.local(head)
            for status in statuses:
                way.add(status)
            if negative and any(self.tokens[c].lemma in ("or", "nor", "and") for c in self.children[head] if self.tokens[c].dep == "cc"):
                way.add("negated")

    def shares_negation(self, head: int, tag: str) -> bool:
        """"Nobody came or called", "did not eat or sleep"; but "said nothing and left"."""
        for c in self.children[head]:
            child = self.tokens[c]
            if child.dep in SUBJECTS and (child.lemma in NEGATIVE or self.negative_determiner(c)):
                return True
            if child.dep == "cc" and child.lemma == "nor":
                return True
            if child.dep in ("neg", "advmod", "preconj") and self.cues.adverbs.get(child.lemma) == "negated" and tag != "VBD":
                return True
        return False

    def unknown_clause(self, way: _Way, at: int, head: int, place: tuple[int, str] | None) -> None:
        """A clause under a word that the tables do not hold."""
        name = place[1] if place else "predicate"
        told = [self.attributions[n] for n in self.heads.get(at, ())]
        if told and name == "clause":            # "said after meeting X that …", with the clause hung on the wrong verb
            for attribution in told:
                self.would_be(way)
                way.add(attribution.status)
                self.take_source(way, attribution)
        elif name == "predicate":
            self.take_local(way, head)
        elif name == "clause":
            if self.tokens[head].lemma not in ("be", "happen", "make") and self.tokens[at].dep == "ccomp":
                way.add("hypothetical")
            if self.tokens[at].dep == "ccomp":
                self.take_local(way, head)
        elif name == "gerund":
            self.take_local(way, head)
        else:
            way.add("planned" if self.tokens[head].pos in VERBAL and self.tokens[head].lemma != "be" else "hypothetical")
            self.take_local(way, head)

    def adjunct_clause(self, way: _Way, at: int, head: int) -> None:
        """Adverbial and relative clauses."""
        token = self.tokens[at]
        marks = [self.tokens[c].lemma for c in self.children[at] if self.tokens[c].dep in ("mark", "advmod") and c < at]
        if token.dep == "relcl":
            if self.negative_determiner(head):
                way.add("negated")
            if self.tokens[head].head == head and self.tokens[head].pos in ("NOUN", "PROPN"):
                return                           # a fragment: what looks like its relative clause may be the main one
            aside = self.after_comma(at) and self.relative(at)
            way.aside = way.aside or self.past(at) or aside and self.definite(head)
            way.remark = way.remark or self.remark(at, head)
            way.apart = way.apart or way.remark or aside and self.definite(head) and not self.quoted[at]
            if aside or self.definite(head) or self.past(at):
                way.only_said = True
            else:
                self.take_local(way, head)
            return
        if lexicon.is_infinitive(self.parse, at):
            if token.dep == "acl" and self.ordinal(head):
                way.only_said = way.only_said or self.definite(head)
            elif token.dep == "acl" and self.tokens[head].head == head and not self.finite(self.tokens[head].sentence):
                way.add("planned")               # headline: "Minister to visit flood area"
            elif "only" not in marks:
                way.add("planned" if token.dep == "advcl" else "hypothetical")
            if self.tokens[head].pos in VERBAL:
                self.take_local(way, head, negation=False)
            return
        if token.dep == "acl":
            if self.negative_determiner(head):
                way.add("negated")
            way.only_said = way.only_said or self.definite(head) or token.tag == "VBN"
            return
        condition = next((s for m in marks if (s := self.cues.conjunctions.get(m))), None)
        if condition == "asserted" and "if" not in marks:
            way.only_said = True
        elif condition is not None:
            way.add("hypothetical")
        elif "that" in marks and "so" in marks:
            way.add("planned")
        elif "case" in marks:
            way.add("hypothetical")
        elif self.past(at) and marks:
            way.only_said = True                 # "when police arrived": a time of the past is a fact
        if self.tokens[head].pos in VERBAL and not way.only_said:
            self.take_local(way, head, negation=False)

    def remark(self, at: int, head: int) -> bool:
        """"…, a figure that she called absurd": what another says of the content is no part of it."""
        return (self.tokens[head].dep == "appos" and "quote" in self.cues.governments(self.parse, at) and any(
            self.tokens[c].dep == "nsubj" and self.tokens[c].lemma not in ("that", "which", "who") for c in self.children[at]))

    def relative(self, i: int) -> bool:
        """Whether a clause opens with a relative pronoun, and is no main clause gone astray."""
        first = self.parse.subtree(i)[0]
        return any(self.tokens[k].lemma in ("which", "who", "whom", "whose", "where", "when", "that") for k in range(first, min(first + 4, i + 1)))

    def after_comma(self, i: int) -> bool:
        """Whether a clause is set off: a remark on something already known."""
        first = self.parse.subtree(i)[0]
        return first > 0 and self.tokens[first - 1].text in (",", "(", "–", "—") or self.tokens[first].text in (",", "(", "–", "—")

    def under_preposition(self, way: _Way, at: int, preposition: int, place: tuple[int, str] | None) -> int:
        token, lemma = self.tokens[at], self.tokens[preposition].lemma
        head = self.tokens[preposition].head
        status = self.cues.prepositions.get(lemma)
        gerund = lexicon.is_gerund(self.parse, at) and token.dep == "pcomp"
        if gerund:
            status = self.cues.gerund_prepositions.get(lemma) or status
            if status is None and lemma not in FACTUAL_GERUND:
                status = "hypothetical"
            elif status is None and lemma in ("in", "on", "with", "at") and self.tokens[head].pos == "NOUN":
                status = "hypothetical"          # "interest in buying"
        if status:
            way.add(status)
        if token.pos in ("NOUN", "PROPN", "PRON") and (self.definite(at) or lemma in GRANTED_ADJUNCT):
            way.only_said = True
        elif gerund and lemma in GRANTED_ADJUNCT and self.past_frame(head):
            way.only_said = True
        if not way.only_said and self.tokens[head].pos in VERBAL:
            self.take_local(way, head, negation=gerund is False and lemma in ("of", "to", "into") or lemma in ("by", "to"))
        elif not way.only_said and self.tokens[head].pos in ("NOUN", "PROPN"):
            self.take_local(way, head)
        return head

    def argument(self, way: _Way, at: int, head: int) -> None:
        """A noun under its verb: an event that is held, signed, begun shares the verb's lot; a definite one is given."""
        happens = self.tokens[head].lemma in self.cues.happening or (
            self.tokens[at].dep == "nsubjpass" and not self.cues.is_agent(self.tokens[at])
            and any(status in ("planned", "hypothetical") for status in self.local(head)[0]))
        if happens and self.tokens[at].pos == "NOUN" or not self.definite(at):
            if not way.only_said or happens:
                self.take_local(way, head)
            if self.tokens[at].dep in ("nsubj", "nsubjpass"):
                for c in self.children[head] if not self.cues.is_agent(self.tokens[at]) else ():
                    if self.tokens[c].dep in ("acomp", "attr") and (status := self.cues.premodifiers.get(self.tokens[c].lemma)):
                        way.add(status)
        else:
            for c in self.children[head] if not self.cues.is_agent(self.tokens[at]) else ():
                if self.tokens[c].dep == "acomp" and (status := self.cues.premodifiers.get(self.tokens[c].lemma)):
                    way.add(status)
            way.only_said = True

    def root(self, way: _Way, at: int) -> None:
        token = self.tokens[at]
        if token.sentence in self.questions and (not way.only_said or token.pos in VERBAL):
            way.statuses.append("hypothetical")
        if token.pos in VERBAL and not way.only_said:
            kids = [self.tokens[c] for c in self.children[at]]
            if any(k.tag == "TO" and k.dep == "aux" for k in kids):
                way.add("planned")
            elif token.tag == "VB" and not any(k.dep in ("aux", "nsubj", "nsubjpass", "auxpass", "expl") for k in kids):
                way.add("requested")

    # -------------------------------------------------------------- one clause

    def take_local(self, way: _Way, i: int, *, cue: bool = False, negation: bool = True) -> None:
        """Adds what the words around a predicate or noun say of it. A negated cue ("did not confirm that") leaves a doubt."""
        statuses, negative = self.local(i)
        for status in statuses:
            if status == "hypothetical" and self.has_would(i) and not way.only_said:
                way.would = True
            else:
                way.add(status)
        if negative and negation:
            way.add("hypothetical" if cue else "negated")

    def take_source(self, way: _Way, attribution: Attribution) -> None:
        if attribution.source_entity is not None:
            way.sources.append(attribution.source_entity)

    def local(self, i: int) -> tuple[tuple[Status, ...], bool]:
        """Statuses and negation that a predicate or noun has from its auxiliaries, adverbs, determiners and conditions."""
        found = self.known.get(i)
        if found is None:
            found = self.known[i] = self.look(i)
        return found

    def look(self, i: int) -> tuple[tuple[Status, ...], bool]:
        statuses: list[Status] = []
        negative = False
        token = self.tokens[i]
        for c in self.children[i]:
            child = self.tokens[c]
            dep, lemma = child.dep, child.lemma
            if dep == "neg":
                negative = negative or not self.only_after(c)
            elif dep == "aux" and child.tag != "TO":
                if status := self.cues.auxiliaries.get(lemma) or self.cues.auxiliaries.get(child.text.lower()):
                    statuses.append(status)
            elif dep in ("advmod", "preconj", "cc", "npadvmod"):
                status = self.cues.adverbs.get(lemma)
                if dep == "cc" and lemma not in ("nor", "neither"):
                    continue
                if status == "negated":
                    negative = negative or (token.pos in VERBAL or lemma in ("not", "never")) and not self.only_after(c)
                elif status and (dep == "advmod"):
                    statuses.append(status)
                if lemma in ("long", "longer") and c and self.tokens[c - 1].lemma == "no":
                    negative = True
            elif dep == "det" and lemma in NEGATIVE:
                negative = True
            elif dep in ("amod", "compound", "nmod") and token.pos in ("NOUN", "PROPN", "ADJ", "VERB"):
                status = self.cues.premodifiers.get(lemma) or self.cues.premodifiers.get(child.text.lower())
                if status == "negated":
                    negative = True
                elif status:
                    statuses.append(status)
            elif dep in ("nsubj", "nsubjpass", "dobj", "obj", "attr", "expl") and token.pos in VERBAL:
                if child.lemma in NEGATIVE or self.negative_determiner(c):
                    negative = True
            elif dep == "prep" and any(self.negative_determiner(k) for k in self.children[c]) and c < i:
                negative = True                  # "at no time did he"
        if negative and token.pos in VERBAL and "hypothetical" in statuses and not self.conditional(i) and any(
                self.tokens[c].dep == "aux" and self.tokens[c].lemma in ("could", "can", "ca", "would") for c in self.children[i]):
            statuses.remove("hypothetical")      # "could not attend", "would not say": it did not happen
        if token.lemma in self.cues.unfinished and token.pos == "NOUN":
            statuses.append(self.cues.unfinished[token.lemma])
        if self.conditional(i):
            statuses.append("hypothetical")
        if token.pos in VERBAL and (status := self.future_progressive(i)):
            statuses.append(status)
        return tuple(statuses), negative

    def conditional(self, i: int) -> bool:
        """The main clause of a condition: "X will fall if Y"."""
        if self.tokens[i].pos not in VERBAL:
            return False
        for c in self.children[i]:
            if self.tokens[c].dep == "advcl" and self.tokens[c].tag != "VBG":
                marks = [self.tokens[k].lemma for k in self.children[c] if self.tokens[k].dep in ("mark", "advmod") and k < c]
                if any(m in ("if", "unless") for m in marks) and not {"even", "as", "though"} & set(marks):
                    return True
        return False

    def future_progressive(self, i: int) -> Status | None:
        """"is visiting Lima next week", "meets the king tomorrow": present tense with a time to come."""
        token = self.tokens[i]
        if not (token.tag in ("VBZ", "VBP") or token.tag in ("VBG", "VBN") and any(
                self.tokens[c].dep in ("aux", "auxpass") and self.tokens[c].tag in ("VBZ", "VBP") and self.tokens[c].lemma == "be" for c in self.children[i])):
            return None
        for c in self.children[i]:
            if self.tokens[c].lemma in ("tomorrow", "tonight") or self.tokens[c].dep == "npadvmod" and any(
                    self.tokens[k].lemma in ("next", "coming") for k in self.children[c]):
                return "planned"
        return None

    def only_after(self, c: int) -> bool:
        """"not only", "not just"."""
        return c + 1 < len(self.tokens) and self.tokens[c + 1].lemma in ("only", "just", "merely", "simply")

    def has_would(self, i: int) -> bool:
        return any(self.tokens[c].lemma in ("would", "'d", "’d") and self.tokens[c].dep == "aux" for c in self.children[i]) and not any(
            self.tokens[c].lemma == "have" and self.tokens[c].dep == "aux" for c in self.children[i]) and not self.conditional(i)

    def negative_determiner(self, i: int) -> bool:
        return any(self.tokens[c].lemma in ("no", "neither") and self.tokens[c].dep == "det" for c in self.children[i])

    def definite(self, i: int) -> bool:
        token = self.tokens[i]
        if token.pos in ("PROPN", "PRON"):
            return token.lemma not in NEGATIVE and not self.negative_determiner(i)
        if token.pos in VERBAL:
            return False
        return any(self.tokens[c].dep == "poss" or self.tokens[c].dep == "det" and self.tokens[c].lemma in DEFINITE for c in self.children[i])

    def ordinal(self, i: int) -> bool:
        return self.tokens[i].lemma in ORDINAL or any(self.tokens[c].lemma in ORDINAL for c in self.children[i])

    def past(self, i: int) -> bool:
        """A finite clause in the past or perfect, without a modal."""
        if self.tokens[i].tag == "VBD":
            return True
        kids = [self.tokens[c] for c in self.children[i] if self.tokens[c].dep in ("aux", "auxpass")]
        return any(k.tag == "VBD" or k.lemma == "have" and k.tag in ("VBZ", "VBP") for k in kids) and not any(k.tag == "MD" for k in kids)

    def past_frame(self, i: int) -> bool:
        return self.tokens[i].pos not in VERBAL or self.past(i)

    def finite(self, sentence: int) -> bool:
        s = self.parse.sentences[sentence]
        return any(self.tokens[k].tag in ("VBD", "VBZ", "VBP", "MD") for k in range(s.first, s.last))
