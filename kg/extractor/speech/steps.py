"""The links on the way from a predicate up to the root of its sentence, and what each does to its standing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.extractor.speech.scope import NEGATIVE, RELATIVE, Scope
from kg.grammar import constructions, cues as lexicon
from kg.grammar.tree import SUBJECTS, VERBAL
from kg.model import Attribution, Parse, Status

TRANSPARENT = frozenset(
    {
        "attr",
        "acomp",
        "oprd",
        "amod",
        "nmod",
        "poss",
        "compound",
        "advmod",
        "npadvmod",
        "quantmod",
        "nummod",
        "det",
        "case",
    }
)
#: Statuses that also reach what is taken for granted: someone says it, and it is no one's plan.
SAID = frozenset({"reported", "alleged", "denied"})
#: Constructions of a noun, not of a clause.
NOMINAL = frozenset({"object", "of", "in", "for", "on", "to", "about", "over"})
#: Prepositions before a gerund that leave it a fact; any other makes it a doubt.
FACTUAL_GERUND = frozenset(
    {
        "after",
        "before",
        "since",
        "while",
        "by",
        "upon",
        "on",
        "in",
        "through",
        "despite",
        "besides",
        "with",
        "into",
        "following",
        "when",
        "at",
        "during",
        "from",
        "amid",
        "beyond",
        "as",
    }
)
#: Verbs that end what was under way.
DROPPING = frozenset({"drop", "abandon", "scrap", "shelve", "call", "block"})
#: Verbs that say no more than that their subject takes place.
OCCURRING = frozenset(
    {"happen", "occur", "begin", "start", "take", "follow", "materialize", "materialise", "ensue", "open"}
)
#: Adjuncts that take their event for granted, whatever the main clause plans or doubts.
GRANTED_ADJUNCT = frozenset({"after", "since", "following", "despite", "amid", "during", "because", "over"})


class Way:
    """What was met on the way up."""

    __slots__ = (
        "apart",
        "aside",
        "conceded",
        "negative",
        "only_said",
        "remark",
        "sources",
        "start",
        "statuses",
        "would",
    )

    def __init__(self, start: int) -> None:
        self.start = start
        self.statuses: list[Status] = []
        self.negative = False
        self.only_said = False  # from here on, plans and negations no longer reach the token
        self.aside = False  # in a remark of the writer's own: ", which opened in 2019,"
        self.apart = False  # … and not even of the one to whom the whole sentence is attributed
        self.remark = False
        self.conceded = -1  # the verb of a clause like "though she denied it" that was passed
        self.would = False  # a "would" that is a plan if it turns out to be reported, else a doubt
        self.sources: list[str] = []

    def add(self, status: Status) -> None:
        if status == "negated":
            self.negative = self.negative or not self.only_said  # two negations do not make a fact
        elif status != "asserted" and (not self.only_said or status in SAID):
            self.statuses.append(status)


class Steps:
    """Takes a way up link by link."""

    def __init__(
        self,
        parse: Parse,
        cues: lexicon.Cues,
        attributions: Sequence[Attribution],
        heads: Mapping[int, Sequence[int]],
        direct: Mapping[int, int],
        inside: frozenset[int],
    ) -> None:
        self.parse, self.tokens, self.children, self.cues = parse, parse.tokens, parse.children, cues
        self.attributions, self.heads, self.direct, self.inside = attributions, heads, direct, inside
        self.by_cue = {a.cue_token: a for a in attributions}
        self.scope = Scope(parse, cues, inside)
        self.named = frozenset(i for n in parse.names for i in range(n.first, n.last))

    def step(self, way: Way, at: int) -> int:
        """One link up: what it does to the way, and the token above."""
        token = self.tokens[at]
        head, dep = token.head, token.dep
        place = constructions.construction(self.parse, at)
        for n in self.heads.get(at, ()):
            attribution = self.attributions[n]
            if (
                self.direct.get(at) != n
                and (place is None or place[0] != attribution.cue_token)
                and attribution.cue_token in self.parse.ancestors(at)
            ):
                self.would_be(way)  # "…, police said, because a bridge fell"; "told the man that …", hung on the man
                way.add(attribution.status)
                self.take_source(way, attribution)
                self.take_local(way, attribution.cue_token, cue=True)
                return attribution.cue_token
        if place and place[1] == "clause" and constructions.parataxis(self.parse, at, head):
            way.only_said = True
            return head
        if (
            place
            and place[1] == "clause"
            and self.tokens[head].lemma == "be"
            and (rule := constructions.equated(self.cues, self.parse, head))
        ):
            self.would_be(way)
            way.add(rule.status)
            self.take_local(way, head, cue=True)
            if (said := self.by_cue.get(head)) is not None:
                self.take_source(way, said)
            return head
        if (
            place
            and place[1] == "object"
            and self.unknown_event(at)
            and (rule := constructions.government(self.cues, self.parse, place[0], "event"))
        ):
            return self.governed(way, at, place[0], "object", rule)
        if (
            place
            and (rule := constructions.government(self.cues, self.parse, *place))
            and not self.addressee(at, *place)
        ):
            return self.governed(way, at, place[0], place[1], rule)
        if dep == "conj":
            if constructions.beyond(self.cues, self.parse, at, head, self.inside):
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
            if (verb := self.happening(at, head, way.start)) is not None:
                self.take_local(way, verb)  # "a strike is to begin", "the sale failed to materialise"
                return verb
            self.argument(way, at, head)
        elif dep in TRANSPARENT:
            if self.tokens[head].pos not in VERBAL and dep in ("poss", "nmod"):
                way.only_said = way.only_said or self.scope.definite(head)
            elif not way.only_said:
                self.take_local(way, head)
        elif dep == "prep":
            pass
        else:  # apposition, parataxis, dep: a telling of its own
            way.only_said = True
        return head

    def unknown_event(self, i: int) -> bool:
        """ "(Discussed) a merger", "the merger (was discussed)"; but not "(discussed) the merger"."""
        return self.cues.is_event(self.tokens[i]) and (self.tokens[i].dep == "nsubjpass" or not self.scope.definite(i))

    def addressee(self, at: int, governor: int, name: str) -> bool:
        """Whether an object is who is spoken to, accused or sent, not what is said or planned."""
        return name == "object" and (
            self.somebody(at) or any(self.tokens[c].dep in ("ccomp", "xcomp") for c in self.children[governor])
        )

    def somebody(self, i: int) -> bool:
        """Whether a noun stands for people or a body; a capital alone does not make a name."""
        return self.cues.is_agent(self.tokens[i]) and (self.tokens[i].pos != "PROPN" or i in self.named)

    def governed(self, way: Way, at: int, governor: int, name: str, rule: lexicon.Government) -> int:
        """Under a word of the tables."""
        status, doubt = rule.status, False
        if (
            name in ("infinitive", "gerund")
            and self.tokens[governor].lemma == "go"
            and self.tokens[governor].tag == "VBG"
            and name == "infinitive"
        ):
            status = "planned"  # "is going to leave"
        if name in NOMINAL and way.only_said and status not in SAID:
            status = "asserted"
        if (
            name == "object"
            and status == "negated"
            and self.tokens[at].lemma in self.cues.begun
            and self.tokens[governor].lemma in DROPPING
        ):
            status = "asserted"  # "called off the search": there was one
        if name == "object" and status == "denied" and self.made(at, at == way.start):
            status = "asserted"  # "denied the allegations", "rejected calls for …": they were made
        if name in ("infinitive", "other_infinitive") and self.tokens[governor].lemma in ("have", "know"):
            status = self.scope.pending(governor, status)
        if name == "clause" and self.scope.subjunctive(at):
            way.add("requested")  # "recommended that he be dismissed"
        if at == way.start and name in NOMINAL and self.somebody(at):
            status = "asserted"  # "the trial of the minister": he is a minister all the same
        if status == "reported" and name == "clause":
            self.would_be(way)
        if name == "clause" and any(
            self.tokens[c].lemma in ("if", "whether") and self.tokens[c].dep == "mark" for c in self.children[at]
        ):
            way.add("hypothetical")
        if status == "denied" and self.scope.local(governor)[1]:
            status = "hypothetical"  # "did not deny", "did not rule out"
            doubt = True
        if name in ("over", "into") and self.scope.definite(at):
            status = "asserted"  # "arrested over the killing of X", "an inquiry into the death"
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
        if status == "asserted" and name in NOMINAL | {"as", "at", "by", "into"}:
            way.only_said = way.only_said or self.scope.definite(at) or rule.attributed
            if not way.only_said:
                self.take_local(way, governor)
        elif (rule.attributed or name == "clause") and (status in SAID or doubt):
            way.only_said = was_only
            self.take_local(way, governor, cue=True)
        else:
            self.take_local(way, governor)
        return governor

    def made(self, i: int, itself: bool) -> bool:
        """Whether a noun denied or rejected is an act of speech that took place: itself, or with what it asks for."""
        table = self.cues.nouns.get(self.tokens[i].lemma, {})
        return itself and "clause" in table or any(rule.status in ("requested", "planned") for rule in table.values())

    def first_conjunct(self, at: int, head: int) -> int:
        """The verb with which a verb is coordinated, where the parser hung it on a noun between ("accused of fraud and jailed")."""
        if self.tokens[at].pos == "VERB" and self.tokens[head].pos in ("NOUN", "PROPN", "PRON"):
            for above in self.parse.ancestors(head):
                if self.tokens[above].tag == self.tokens[at].tag:
                    return above
        return head

    def would_be(self, way: Way) -> None:
        """ "Said he would resign": in reported speech "would" is a will of the past."""
        if way.would:
            way.add("planned")
            way.would = False

    def coordinated(self, way: Way, at: int, head: int) -> None:
        """A conjunct shares the auxiliaries and negation of the first, unless it has its own."""
        token, first = self.tokens[at], self.tokens[head]
        if token.pos in VERBAL and first.pos in VERBAL:
            contrast = any(
                self.tokens[c].lemma in ("but", "yet") and self.tokens[c].dep == "cc" for c in self.children[head]
            )
            own = constructions.has_own_subject(self.parse, at) or any(
                self.tokens[c].dep in ("aux", "auxpass") and self.tokens[c].tag != "TO" for c in self.children[at]
            )
            alike = (
                token.tag == first.tag
                or token.tag in ("VB", "VBN", "VBG")
                and first.tag in ("VB", "VBN", "VBG")
                and token.tag == first.tag
            )
            if (
                not own
                and token.tag == "VB"
                and first.tag in ("VBZ", "VBP", "VBD")
                and not any(self.tokens[c].dep == "aux" for c in self.children[at])
            ):
                way.add("hypothetical")  # a bare form under a finite verb: "power to search, confine …", hung too high
            if not own and token.tag in ("VBD", "VBN"):
                self.hearsay(way, head)
            negative = self.scope.local(head)[1]
            condition = self.scope.conditional(head)
            if not own and alike and not way.only_said:
                self.take_local(way, head, negation=False)
                if negative and not contrast and self.shares_negation(head, token.tag):
                    way.add("negated" if at == way.start else "hypothetical")
            elif condition and not contrast:
                way.add("hypothetical")
        elif not way.only_said:
            statuses, negative = self.scope.local(head)
            for status in statuses:
                way.add(status)
            if negative and any(
                self.tokens[c].lemma in ("or", "nor", "and") for c in self.children[head] if self.tokens[c].dep == "cc"
            ):
                way.add("negated")

    def hearsay(self, way: Way, head: int) -> None:
        """ "Is said to have hidden it and fled": a second verb that the parser hung on "said" is hearsay too."""
        if not any(
            self.tokens[c].dep == "auxpass" and self.tokens[c].tag in ("VBZ", "VBP") for c in self.children[head]
        ):
            return
        for c in self.children[head]:
            if self.tokens[c].dep == "xcomp" and (
                rule := constructions.government(self.cues, self.parse, head, "infinitive")
            ):
                way.add(rule.status)

    def shares_negation(self, head: int, tag: str) -> bool:
        """ "Nobody came or called", "did not eat or sleep"; but "said nothing and left"."""
        for c in self.children[head]:
            child = self.tokens[c]
            if child.dep in SUBJECTS and (child.lemma in NEGATIVE or self.scope.negative_determiner(c)):
                return True
            if child.dep == "cc" and child.lemma == "nor":
                return True
            if (
                child.dep in ("neg", "advmod", "preconj")
                and self.cues.adverbs.get(child.lemma) == "negated"
                and tag != "VBD"
            ):
                return True
        return False

    def unknown_clause(self, way: Way, at: int, head: int, place: tuple[int, str] | None) -> None:
        """A clause under a word that the tables do not hold."""
        name = place[1] if place else "predicate"
        if name == "predicate":
            self.take_local(way, head)
        elif name == "clause":
            if self.tokens[head].lemma not in ("be", "happen", "make") and self.tokens[at].dep == "ccomp":
                way.add("hypothetical")
            if self.tokens[at].dep == "ccomp":
                self.take_local(way, head)
        elif name == "gerund":
            self.take_local(way, head)
        else:
            way.add(
                "planned" if self.tokens[head].pos in VERBAL and self.tokens[head].lemma != "be" else "hypothetical"
            )
            self.take_local(way, head)

    def adjunct_clause(self, way: Way, at: int, head: int) -> None:
        """Adverbial and relative clauses."""
        token = self.tokens[at]
        marks = [self.tokens[c].lemma for c in self.children[at] if self.tokens[c].dep in ("mark", "advmod") and c < at]
        if token.dep == "relcl" and not constructions.is_infinitive(self.parse, at):
            if self.scope.negative_determiner(head) or self.scope.cleft(head):
                way.add("negated")
            if constructions.complete(self.parse, at):
                way.add("hypothetical")  # "accused of hiding that …", hung on the accused
            if self.tokens[head].head == head and self.tokens[head].pos in ("NOUN", "PROPN"):
                return  # a fragment: what looks like its relative clause may be the main one
            known = (
                self.scope.definite(head)
                or self.tokens[head].dep == "appos"
                and self.scope.definite(self.tokens[head].head)
            )
            aside = self.scope.after_comma(at) and self.scope.relative(at)
            known = (
                known
                or aside
                and any(
                    self.tokens[c].dep in SUBJECTS and self.scope.definite(c) and self.tokens[c].lemma not in RELATIVE
                    for c in self.children[at]
                )
            )
            way.aside = way.aside or (aside or self.scope.past(at)) and known
            way.remark = way.remark or self.remark(at, head)
            way.apart = way.apart or way.remark or aside and self.scope.definite(head) and at not in self.inside
            if aside or self.scope.definite(head) or self.scope.past(at):
                way.only_said = True
            else:
                self.take_local(way, head)
            return
        if constructions.is_infinitive(self.parse, at):
            if token.dep != "advcl" and self.scope.ordinal(head):
                way.only_said = way.only_said or self.scope.definite(head)
            elif (
                token.dep == "acl"
                and self.tokens[head].head == head
                and not self.scope.finite(self.tokens[head].sentence)
            ):
                way.add("planned")  # headline: "Minister to visit flood area"
            elif (
                token.dep == "advcl"
                and any(self.tokens[c].dep == "prt" for c in self.children[head])
                and (rule := constructions.government(self.cues, self.parse, head, "infinitive"))
                and rule.status == "asserted"
            ):
                pass  # "went on to study": the verb is implicative, however the parser hung it
            elif "only" not in marks:
                way.add("planned" if token.dep == "advcl" else "hypothetical")
            if self.tokens[head].pos in VERBAL:
                self.take_local(way, head, negation=False)
            return
        if token.dep == "acl":
            if self.scope.negative_determiner(head):
                way.add("negated")
            way.only_said = way.only_said or self.scope.definite(head) or token.tag == "VBN"
            return
        condition = next((s for m in marks if (s := self.cues.conjunctions.get(m))), None)
        if "as" in marks and {"if", "though"} & set(marks) or "like" in marks:
            way.add("hypothetical")  # "as though a bomb had gone off"
        elif condition == "asserted" and "if" not in marks:
            way.only_said = True
            way.conceded = max(way.conceded, at)
        elif condition is not None:
            way.add("hypothetical")
        elif "that" in marks and "so" in marks:
            way.add("planned")
        elif "than" in marks:
            way.add("negated")  # "rather than resign"
        elif "case" in marks:
            way.add("hypothetical")
        elif marks and self.scope.to_come(at, head):
            way.add("planned")  # "will resume once the judge has ruled"
        elif self.scope.past(at) and marks:
            way.only_said = True  # "when police arrived": a time of the past is a fact
        if self.tokens[head].pos in VERBAL and not way.only_said:
            self.take_local(way, head, negation=False)

    def under_preposition(self, way: Way, at: int, preposition: int, place: tuple[int, str] | None) -> int:
        token, lemma = self.tokens[at], self.tokens[preposition].lemma
        head = self.tokens[preposition].head
        if lemma == "of" and self.tokens[preposition - 1].lemma in ("instead", "short"):
            way.add("negated")
        status = self.cues.prepositions.get(lemma) or self.cues.prepositions.get(self.tokens[preposition].text.lower())
        gerund = constructions.is_gerund(self.parse, at) and token.dep == "pcomp"
        if gerund:
            status = self.cues.gerund_prepositions.get(lemma) or status
            if status is None and lemma not in FACTUAL_GERUND:
                status = "hypothetical"
            elif status is None and lemma in ("in", "on", "with", "at") and self.tokens[head].pos == "NOUN":
                status = "hypothetical"  # "interest in buying"
        if lemma == "than" and token.pos in VERBAL:
            status = "negated"
        for hedge in (status, *(self.cues.adverbs.get(self.tokens[c].lemma) for c in self.children[preposition])):
            if hedge:  # "reportedly after a quarrel"
                way.add(hedge)
        if token.pos in ("NOUN", "PROPN", "PRON") and (self.scope.definite(at) or lemma in GRANTED_ADJUNCT):
            way.only_said = True
        elif gerund and lemma in GRANTED_ADJUNCT and self.scope.past_frame(head):
            way.only_said = True
        if not way.only_said and self.tokens[head].pos in VERBAL:
            self.take_local(
                way, head, negation=gerund is False and lemma in ("of", "to", "into") or lemma in ("by", "to")
            )
        elif not way.only_said and self.tokens[head].pos in ("NOUN", "PROPN"):
            self.take_local(way, head)
        return head

    def happening(self, at: int, head: int, start: int) -> int | None:
        """The infinitive that says of a noun no more than that it takes place."""
        if (
            self.tokens[at].dep not in SUBJECTS
            or self.tokens[at].pos != "NOUN"
            or at != start
            and self.scope.definite(at)
        ):
            return None
        return next(
            (
                c
                for c in self.children[head]
                if self.tokens[c].dep == "xcomp"
                and self.tokens[c].lemma in OCCURRING
                and constructions.is_infinitive(self.parse, c)
            ),
            None,
        )

    def argument(self, way: Way, at: int, head: int) -> None:
        """A noun under its verb: an event that is held, signed, begun shares the verb's lot; a definite one is given."""
        happens = self.tokens[head].lemma in self.cues.happening or (
            self.tokens[at].dep == "nsubjpass"
            and not self.cues.is_agent(self.tokens[at])
            and any(status in ("planned", "hypothetical") for status in self.scope.local(head)[0])
        )
        if at == way.start and self.cues.is_event(self.tokens[at]) and (status := self.scope.undecided(head)):
            way.add(status)
        if at == way.start and self.somebody(at):
            way.only_said = True  # people are there, whatever is planned for them
        if happens and self.tokens[at].pos == "NOUN" or not self.scope.definite(at):
            if not way.only_said or happens:
                self.take_local(way, head)
            if self.tokens[at].dep in ("nsubj", "nsubjpass"):
                for c in self.children[head] if not self.cues.is_agent(self.tokens[at]) else ():
                    if self.tokens[c].dep in ("acomp", "attr") and (
                        status := self.cues.premodifiers.get(self.tokens[c].lemma)
                    ):
                        way.add(status)
        else:
            for c in self.children[head] if not self.cues.is_agent(self.tokens[at]) else ():
                if self.tokens[c].dep == "acomp" and (status := self.cues.premodifiers.get(self.tokens[c].lemma)):
                    way.add(status)
            way.only_said = True

    def remark(self, at: int, head: int) -> bool:
        """ "…, a figure that she called absurd": what another says of the content is no part of it."""
        return (
            self.tokens[head].dep == "appos"
            and "quote" in self.cues.governments(self.parse, at)
            and any(
                self.tokens[c].dep == "nsubj" and self.tokens[c].lemma not in ("that", "which", "who")
                for c in self.children[at]
            )
        )

    def take_local(self, way: Way, i: int, *, cue: bool = False, negation: bool = True) -> None:
        """Adds what the words around a predicate or noun say of it. A negated cue ("did not confirm that") leaves a doubt."""
        statuses, negative = self.scope.local(i)
        for status in statuses:
            if status == "hypothetical" and self.scope.has_would(i) and not way.only_said:
                way.would = True
            else:
                way.add(status)
        if negative and negation:
            way.add("hypothetical" if cue else "negated")

    def take_source(self, way: Way, attribution: Attribution) -> None:
        if attribution.source_entity is not None:
            way.sources.append(attribution.source_entity)
