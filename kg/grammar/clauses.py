"""From a dependency parse to predications: what is said of whom, with the turns of English syntax undone.

`Clauses(parse).all()` gives, in the order of the text, every verb, every common noun and every predicate (or
participial) adjective with its arguments. Passive, relative and reduced relative clauses, control and raising,
coordination, light verbs, nominalisations and headline participles are undone here, once, so that a frame sees
"subject" and "object" as its verb means them. Slots beside those of `Argument`: "modifier" (a noun's compound or
adjective: "Russian attack"), "where" (a place adverb or the antecedent of "where"), "host" (the subject of the clause
in which an event noun without doer stands: "during his tour of X, Y said"), "governor" and "finder" (the verb of an
adjective and its subject: "the court found him guilty"), "infinitive", "that" and "question" (a clause that is one).
Method: the labels of spaCy's English models (ClearNLP), by hand.
"""

from __future__ import annotations

from operator import attrgetter

from kg.grammar.constructions import one_person, resuming
from kg.grammar.cues import FINITE, load
from kg.grammar.labels import OBJECTS, SUBJECTS
from kg.grammar.nominals import eventive, noun
from kg.grammar.phrases import definite
from kg.grammar.tree import RELATIVE_TAGS, VERBAL, last_of, unique
from kg.grammar.voice import Voice
from kg.grammar.words import (
    BUNDLES,
    CASUALTIES,
    COPULAS,
    DITRANSITIVE,
    LACKING,
    LIGHT,
    LOCATIVE_ADVERB,
    MISREAD,
    NEGATIVE_ADVERB,
    NEGATIVE_DETERMINER,
    NEGATIVE_PRONOUN,
    OBJECT_GERUND,
    POST_NOUNS,
    PREPOSITION_CONTROL,
    RELATIVE,
    REPORTING,
    RESULTATIVE,
    RESULTS,
    SUBJECT_CONTROL,
    VANISHING,
)
from kg.model import Argument, Parse, Predication, Token

NEGATIVE = NEGATIVE_ADVERB | NEGATIVE_DETERMINER | NEGATIVE_PRONOUN | {"without"}
PREDICATIVE = frozenset({"acomp", "oprd", "ccomp", "attr", "ROOT", "conj", "relcl", "advcl"})
LIGHT_HEADS = frozenset(lemma.split()[0] for lemma in LIGHT)
LOCAL = frozenset({"in", "at", "near", "on", "inside", "outside"})
SORTS = frozenset({"subject", "object"})
DEEP = 12  # clauses between a verb and the subject it borrows, at most


class Clauses(Voice):
    """The clauses of one parse; remembers what was once found out."""

    def __init__(self, parse: Parse) -> None:
        super().__init__(parse)
        self.subjects: dict[int, tuple[int, ...]] = {}
        self.light: dict[int, int] = {}  # noun → its light verb
        self.gone: set[int] = set()  # verbs that only carried a noun
        self.denials = {t.sentence for t in self.tokens if t.lemma in NEGATIVE or t.dep == "neg"}
        self.amounts = {i for n in parse.names if n.label in ("PERCENT", "MONEY") for i in range(n.first, n.last)}
        self.dates = {i for n in parse.names if n.label in ("DATE", "TIME", "PERCENT") for i in range(n.first, n.last)}

    def all(self) -> tuple[Predication, ...]:
        verbs = [
            t
            for t in self.tokens
            if t.pos == "VERB"
            and t.dep != "aux"
            and t.dep != "auxpass"
            or t.pos == "AUX"
            and t.dep not in ("aux", "auxpass")
        ]
        for verb in verbs:
            if verb.lemma in LIGHT_HEADS or verb.lemma in MISREAD:
                self.note_light(verb)
        found = [self.verb(verb) for verb in verbs if verb.i not in self.gone]
        for token in self.tokens:
            if token.pos == "NOUN" or (token.pos == "PROPN" and token.i in self.light):
                found.append(noun(self, token))
                if token.tag == "JJ" and token.lemma in CASUALTIES:
                    found.append(self.adjective(token))
            elif token.pos == "ADJ" and (token.dep in PREDICATIVE or self.participial(token)):
                found.append(self.adjective(token))
        found.sort(key=attrgetter("token"))
        return tuple(found)

    # -------------------------------------------------------------- the subject as it stands in the sentence

    def surface(self, i: int, depth: int = 0) -> tuple[int, ...]:
        """Tokens of the surface subject of a verb or predicate adjective, own or borrowed."""
        known = self.subjects.get(i)
        if known is None:
            self.subjects[i] = ()
            known = self.subjects[i] = tuple(self._surface(self.tokens[i], depth)) if depth < DEEP else ()
        return known

    def own_subject(self, i: int) -> list[int]:
        for c in self.children[i]:
            token = self.tokens[c]
            if token.dep in SUBJECTS and not self.is_verb(c):
                if token.lemma in RELATIVE and any(k > c for k in self.kids(i, "nsubj")):
                    continue  # "who police say robbed a bank": the police say so
                if token.lemma in RELATIVE and token.tag in RELATIVE_TAGS and (ante := self.antecedent(i)) is not None:
                    meant = self.meant(i)
                    return self.group(ante) if meant == [ante] and self.tokens[ante].dep != "conj" else meant
                if (one := one_person(self.parse, c)) is not None:
                    return [one]
                found = self.group(c)
                if token.tag == "NNS":  # "Three men, X, Y and Z, were held": the parser gives the verb two subjects
                    found = [
                        t
                        for k in self.kids(i, token.dep)
                        if k > c and self.tokens[k].pos == "PROPN"
                        for t in self.group(k)
                    ] or found
                return found
        return self._inverted(self.tokens[i])

    def _inverted(self, verb: Token) -> list[int]:
        """ "…, said Ana Ruiz, her hands cold": the parser makes who speaks the subject of what is said of the hands."""
        if (speaker := self._behind(verb)) is not None:
            return self.group(speaker)
        if verb.lemma not in REPORTING:
            return []
        for c in self.kids(verb.i, "ccomp"):
            for k in self.kids(c, "nsubj") if c > verb.i and self.tokens[c].pos == "ADJ" else ():
                if self.parse.edges[k][0] == verb.i + 1:
                    one = one_person(self.parse, k)
                    return self.group(k) if one is None else [one]
        return []

    def _behind(self, verb: Token) -> int | None:
        """ "Two men died, confirmed the ministry": the parser makes who says it the object."""
        tokens, cues = self.tokens, load()
        if verb.dep != "conj" or verb.tag not in ("VBD", "VBZ") or verb.lemma not in cues.inverted:
            return None
        if tokens[verb.i - 1].text != "," or self.kids(verb.head, "cc") or self.kids(verb.i, "conj", "ccomp"):
            return None
        for k in self.kids(verb.i, "dobj"):
            speaks = cues.is_agent(tokens[k]) or tokens[k].lemma in cues.aside_sources | cues.headline_sources
            if speaks and self.parse.edges[k][0] == verb.i + 1:
                return k
        return None

    def _surface(self, verb: Token, depth: int) -> list[int] | tuple[int, ...]:
        if own := self.own_subject(verb.i):
            return own
        head, above = self.tokens[verb.head], verb.head
        if verb.dep in ("amod",):
            return [above]
        if verb.dep == "acl":
            if head.lemma == "those" and head.dep == "pobj" and self.tokens[head.head].lemma == "among":
                return self.surface(self.tokens[head.head].head, depth + 1)  # "X was among those killed"
            return self.of_noun(verb, head, depth) if verb.tag in ("VB", "TO") else [above]
        if verb.dep == "relcl":  # "the first to leave", "people arrested there"
            return [above] if verb.tag in ("VBN", "VBG", "VB") else ()
        if verb.dep == "conj":
            cue = resuming(self.parse, verb.i)
            return self.surface(above if cue is None else cue, depth + 1)
        if verb.dep in ("ccomp", "xcomp") and head.dep == "relcl" and verb.tag in FINITE and self.own_subject(above):
            return [head.head]  # "a man they said stole it"
        if verb.pos == "ADJ" and (owner := self.kids(verb.i, "poss")):
            return owner  # "found her guilty": the parser makes her the owner of a guilty
        if verb.dep == "acomp" or (verb.pos == "ADJ" and verb.dep in ("oprd", "attr", "ccomp")):
            objects = self.kids(above, *OBJECTS)
            return self.group(objects[0]) if objects and head.lemma not in COPULAS else self.surface(above, depth + 1)
        if verb.dep in ("xcomp", "ccomp", "oprd"):
            return self.controller(above, depth)
        if verb.dep == "pcomp":
            governor = self.tokens[head.head]
            if governor.pos in ("NOUN", "PROPN"):
                return self.of_noun(verb, governor, depth)
            return (
                self.controller(governor.i, depth)
                if head.lemma in OBJECT_GERUND
                else self.surface(governor.i, depth + 1)
            )
        if verb.dep == "advcl":
            return self._of_adverbial(verb, depth)
        if verb.dep == "dep" and head.i != verb.i and head.pos in VERBAL:
            return self.surface(above, depth + 1)
        return ()

    def _of_adverbial(self, verb: Token, depth: int) -> list[int] | tuple[int, ...]:
        """Who does what an adverbial clause says: as a rule who does what is said above it."""
        above = verb.head
        if verb.tag == "VB" and self.tokens[above].lemma in PREPOSITION_CONTROL:
            return self.controller(above, depth)
        result = verb.tag == "VBG" and verb.i > above and verb.lemma in RESULTS and self.passive(above)
        if result and not self.kids(verb.i, "mark", "advmod"):
            # "The town was hit by a storm, killing two": not the town
            return [t for c in self.kids(above, "agent") for k in self.kids(c, "pobj") for t in self.group(k)]
        return self.surface(above, depth + 1) if verb.tag in ("VBG", "VBN", "VB", "VBD") else ()

    def controller(self, i: int, depth: int) -> tuple[int, ...] | list[int]:
        """Who does what the infinitive or gerund under predicate `i` says: its object, else its subject."""
        token = self.tokens[i]
        if token.pos in ("NOUN", "PROPN"):
            return self.of_noun(token, token, depth)
        if token.lemma not in SUBJECT_CONTROL and not self.passive(i):
            if wanted := PREPOSITION_CONTROL.get(token.lemma):
                for c in self.kids(i, "prep"):
                    if self.tokens[c].lemma in wanted and (objects := self.kids(c, "pobj")):
                        return self.group(objects[0])
            for c in self.children[i]:
                if self.tokens[c].dep in ("dobj", "obj", "dative") and self.tokens[c].pos != "ADP":
                    return self.relative(i, c)
        return self.surface(i, depth + 1)

    def of_noun(self, verb: Token, noun: Token, depth: int) -> tuple[int, ...] | list[int]:
        """Who does what a clause under a noun says ("his decision to leave", "made a pledge to leave")."""
        for c in self.children[noun.i]:
            token = self.tokens[c]
            if token.dep == "poss":
                return self.group(c)
            if token.dep in ("prep", "agent") and token.lemma == "by" and (objects := self.kids(c, "pobj")):
                return self.group(objects[0])
        if noun.pos in ("NOUN", "PROPN") and noun.dep in OBJECTS | {"attr"} and self.is_verb(noun.head):
            return self.surface(noun.head, depth + 1)
        if noun.dep == "pobj" and self.is_verb(self.tokens[noun.head].head):
            governor = self.tokens[noun.head].head
            if self.passive(governor) or not self.kids(governor, *OBJECTS):
                return self.surface(governor, depth + 1)
        return ()

    # -------------------------------------------------------------- predications

    def verb(self, verb: Token) -> Predication:
        i, passive = verb.i, self.passive(verb.i)
        found: list[Argument] = []
        own = self.own_subject(i)
        surface = own or (() if verb.dep == "pcomp" and verb.lemma in LACKING else self.surface(i))
        # An antecedent or a borrowed subject is shared.
        near = [c for c in self.children[i] if self.tokens[c].dep in SUBJECTS]
        objects = self.objects(verb)
        if passive:
            slot = "indirect" if objects and verb.lemma in DITRANSITIVE else "object"
        else:
            slot = "subject"
        if surface:
            shared = not near or any(self.tokens[c].lemma in RELATIVE for c in near)
            found = [Argument(slot, t, shared) for t in surface]
        found += objects if slot != "object" else [Argument("complement", a.token, a.shared) for a in objects]
        for c in self.children[i]:
            self.attach(verb, self.tokens[c], passive, found)
        if not passive:
            self.gap(verb, found)
        if (last := last_of(self.parse, i)) is not None:
            self.whereabouts_of(last, found)
        return Predication(i, self.lemma(verb), "verb", unique(found, i), self.negated(verb, surface), passive)

    def attach(self, verb: Token, child: Token, passive: bool, found: list[Argument]) -> None:
        dep = child.dep
        if dep == "agent":
            for t in self.pobjects(verb.i, child.i):
                slot = "by" if t in self.dates or self.is_verb(t) or not passive else "subject"
                found.append(Argument(slot, t))
        elif dep == "dative":
            if child.pos == "ADP":  # "sent troops to the coast": a way, or a receiver
                for t in self.pobjects(verb.i, child.i):
                    found += [Argument("indirect", t), Argument(child.lemma, t)]
            else:
                found += [Argument("indirect", t) for t in self.relative(verb.i, child.i)]
        elif dep == "prep" or (dep == "prt" and self.kids(child.i, "pobj")):
            self.preposition(verb.i, child, found)
            if child.lemma == "include":
                self._included(verb, child, found)
        elif dep in ("attr", "acomp", "oprd") or dep == "ccomp" and self._is_nominal(child):
            found += [Argument("complement", t) for t in self.group(child.i)]
        elif dep in ("ccomp", "xcomp"):
            found += [
                Argument("clause", c) for c in (child.i, *self.kids(child.i, "conj")) if c == child.i or self.is_verb(c)
            ]
            if (mood := self.mood(child)) is not None:
                found.append(Argument(mood, child.i))
        elif dep in ("advmod", "npadvmod"):
            self._adverb(verb, child, found)

    def _adverb(self, verb: Token, child: Token, found: list[Argument]) -> None:
        """Where, by an adverb or by a noun that stands as one ("abroad", "home")."""
        noun = child.dep == "npadvmod"
        if noun and child.i > verb.i and child.i in self.amounts:
            found.append(Argument("by", child.i))  # "fell 12 percent to"
        if noun and (child.pos not in ("NOUN", "PROPN") or child.i in self.dates or child.i <= verb.i):
            return
        if child.lemma in LOCATIVE_ADVERB:
            found.append(Argument("where", child.i))
        elif not noun and child.lemma == "where" and (ante := self.antecedent(verb.i)) is not None:
            found.append(Argument("where", self.whereabouts(ante) if ante in self.dates else ante, True))
        elif not noun and child.lemma == "where" and verb.dep == "advcl":  # "sent there last year, where they stayed"
            above = [k for k in self.kids(verb.head, "advmod") if self.tokens[k].lemma in LOCATIVE_ADVERB]
            found += [Argument("where", k, True) for k in above if k < child.i]

    def _is_nominal(self, clause: Token) -> bool:
        """A noun that the parser takes for a clause."""
        return clause.pos == "NOUN" and not any(self.tokens[k].pos == "AUX" for k in self.children[clause.i])

    def _included(self, verb: Token, including: Token, found: list[Argument]) -> None:
        """ "ten were hurt in X, including Y"; "the envoy" may be another, "posts, including envoy" nobody."""
        whole = [a for a in found if a.slot in SORTS]
        if whole and self.tokens[whole[-1].token].lemma not in POST_NOUNS:
            found += [
                Argument(whole[-1].slot, t, True)
                for t in self.pobjects(verb.i, including.i)
                if not definite(self.parse, t)
            ]

    def whereabouts_of(self, verb: int, found: list[Argument]) -> None:
        """Add the places that stand with another verb of the clause."""
        for c in self.kids(verb, "prep"):
            if self.tokens[c].lemma in LOCAL:
                self.preposition(verb, self.tokens[c], found, True)

    def whereabouts(self, date: int) -> int:
        """ "sent them there last year, where …": the place adverb beside the date that the parser took."""
        for c in self.children[self.tokens[date].head]:
            if self.tokens[c].lemma in LOCATIVE_ADVERB:
                return c
        return date

    def mood(self, clause: Token) -> str | None:
        """ "infinitive", "that" or "question" for a clause that is one."""
        below = [self.tokens[c] for c in self.children[clause.i]]
        if any(t.dep == "aux" and t.tag == "TO" for t in below):
            return "infinitive"
        if any(t.dep == "mark" and t.lemma == "that" for t in below):
            return "that"
        if any(
            t.tag in ("WRB", "WP", "WDT") or t.dep == "mark" and t.lemma in ("whether", "if")
            for t in below
            if t.i < clause.i
        ):
            return "question"
        return None

    def gap(self, verb: Token, found: list[Argument]) -> None:
        """A relative clause without pronoun: the antecedent is its object, or that of a stranded preposition."""
        if verb.dep != "relcl":
            return
        for c in self.children[verb.i]:
            token = self.tokens[c]
            if (
                token.lemma in RELATIVE
                and token.tag in RELATIVE_TAGS
                or token.dep in SUBJECTS
                and token.lemma in RELATIVE
            ):
                return
            if token.dep == "prep" and any(self.tokens[k].lemma in RELATIVE for k in self.children[c]):
                return
        if not any(self.tokens[c].dep in SUBJECTS for c in self.children[verb.i]):
            return
        for c in self.kids(verb.i, "prep"):
            if not self.children[c]:
                found.append(Argument(self.tokens[c].lemma, verb.head, True))
                return
        inner = [c for c in self.kids(verb.i, "xcomp", "ccomp")]
        if not inner and not any(a.slot in ("object", "clause") for a in found):
            found.append(Argument("object", verb.head, True))

    def adjective(self, adjective: Token) -> Predication:
        i, found = adjective.i, []
        head = self.tokens[adjective.head]
        if adjective.dep == "amod":
            found.append(Argument("subject", head.i))
        elif adjective.pos == "NOUN" or self.kids(i, "det", "nummod"):
            found.append(Argument("subject", i))
        else:
            found += [Argument("subject", t, not self.own_subject(i)) for t in self.surface(i)]
        for c in self.children[i]:
            token = self.tokens[c]
            if token.dep in ("prep", "agent"):
                self.preposition(i, token, found)
            elif token.dep in ("ccomp", "xcomp"):
                found.append(Argument("clause", c))
        if adjective.dep in ("oprd", "acomp", "ccomp", "xcomp") and self.is_verb(head.i) and head.lemma not in COPULAS:
            found.append(Argument("governor", head.i, True))
            if not self.passive(head.i):
                found += [Argument("finder", t, True) for t in self.surface(head.i)]
            if adjective.dep in ("oprd", "acomp"):
                found += self.brought_about(head)
        negated = self.negated(adjective, ()) or (
            self.is_verb(head.i) and adjective.dep != "amod" and self.negated(head, ())
        )
        return Predication(i, adjective.lemma, "adjective", unique(found, i), negated)

    def brought_about(self, verb: Token) -> list[Argument]:
        """What an adjective has from its verb: where ("found dead in X"), and by whom ("shot dead by Y")."""
        found: list[Argument] = []
        self.whereabouts_of(verb.i, found)
        if verb.lemma in RESULTATIVE:
            passive = self.passive(verb.i)
            doers = (
                [t for c in self.kids(verb.i, "agent") for t in self.pobjects(verb.i, c)]
                if passive
                else self.surface(verb.i)
                if self.kids(verb.i, *OBJECTS)
                else []
            )
            found += [Argument("by", t, True) for t in doers]
        return found

    def note_light(self, verb: Token) -> None:
        lemma = self.lemma(verb)
        nouns = LIGHT.get(lemma)
        if nouns is None:
            return
        for t in (a.token for a in self.objects_of_light(verb)):
            if self.tokens[t].lemma in BUNDLES:  # "carried out a series of attacks"
                t = next(
                    (k for c in self.kids(t, "prep") if self.tokens[c].lemma == "of" for k in self.kids(c, "pobj")), t
                )
            noun = self.tokens[t]
            if noun.pos in ("NOUN", "PROPN") and (noun.lemma in nouns if nouns else eventive(noun)):
                self.light[t] = verb.i
                if lemma in VANISHING:
                    self.gone.add(verb.i)

    def objects_of_light(self, verb: Token) -> list[Argument]:
        if self.passive(verb.i):  # "a meeting was held", "the first visit paid by"
            return [Argument("object", t) for t in self.surface(verb.i)]
        direct = self.objects(verb)
        if direct or verb.dep != "relcl":
            return direct
        self.gap(verb, direct)  # "the visit that he paid"
        return [a for a in direct if a.slot == "object"]

    # -------------------------------------------------------------- negation

    def negated(self, token: Token, surface: tuple[int, ...] | list[int]) -> bool:
        """Denied by its own words: "not", "never", "no", "nobody", "without"; "not only" denies nothing."""
        if token.sentence not in self.denials:
            return False
        for c in self.children[token.i]:
            child = self.tokens[c]
            if child.dep == "neg" or child.lemma in NEGATIVE_ADVERB:
                if c + 1 < len(self.tokens) and self.tokens[c + 1].lemma in ("only", "just", "merely", "simply"):
                    continue
                return True
            if child.dep == "det" and child.lemma in NEGATIVE_DETERMINER:
                return True
            if child.dep in ("dobj", "nsubj", "nsubjpass") and (
                child.lemma in NEGATIVE_PRONOUN
                or any(
                    self.tokens[k].lemma in NEGATIVE_DETERMINER and self.tokens[k].dep == "det"
                    for k in self.children[c]
                )
            ):
                return True
        head = self.tokens[token.head]
        if token.dep == "pcomp" and head.lemma == "without":
            return True
        if token.dep == "pobj" and head.lemma == "without":
            return True
        if token.dep == "conj" and head.i != token.i and head.pos in VERBAL and token.pos in VERBAL:
            cc = [self.tokens[c].lemma for c in self.children[head.i] if self.tokens[c].dep == "cc"]
            if ("or" in cc or "nor" in cc) and not self.own_subject(token.i):
                return self.negated(head, ())
        return False
