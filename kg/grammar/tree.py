"""Small looks at a dependency tree, on which the grammar is built."""

from __future__ import annotations

from kg.grammar.labels import OBJECTS, SUBJECTS
from kg.grammar.words import (
    BUNDLES,
    COMPOUND_PREPOSITION,
    LACKING,
    MISREAD,
    NAMED_AFTER_OF,
    POST_NOUNS,
    RELATIVE,
    RESULTS,
)
from kg.model import Argument, Parse, Token

VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM", "X", "INTJ"})
RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$", "IN", "WRB", "DT"})


class Tree:
    """The tree of one parse."""

    def __init__(self, parse: Parse) -> None:
        self.parse, self.tokens, self.children = parse, parse.tokens, parse.children
        #: Tokens of names of people, and of those that "who" cannot mean.
        self.people = {i for n in parse.names if n.label == "PERSON" for i in range(n.first, n.last)}
        self.lengths = {n.last - 1 for n in parse.names if n.label == "QUANTITY"}
        self.lifeless = {
            i for n in parse.names if n.label in ("GPE", "LOC", "FAC", "DATE", "TIME") for i in range(n.first, n.last)
        }

    def kids(self, i: int, *deps: str) -> list[int]:
        return [c for c in self.children[i] if self.tokens[c].dep in deps]

    def group(self, i: int) -> list[int]:
        """A nominal and those coordinated with it; "X, not Y" gives X alone, "the brothers X and Y" their names."""
        members, at = [self.named(i)], 0
        while at < len(members):
            for c in self.children[members[at]]:
                token = self.tokens[c]
                if token.dep == "conj" and token.pos in NOMINAL and not self.denied(c):
                    members.append(c)
                elif token.dep == "appos" and token.pos == "PROPN" and self.tokens[members[at]].tag == "NNS":
                    members.append(c)  # "ten people, among them X"
                elif (
                    token.dep == "prep"
                    and token.lemma == "include"
                    and self.tokens[members[at]].lemma not in POST_NOUNS  # "offices, including governor"
                ):
                    members += self.kids(c, "pobj")
            at += 1
        return members

    def named(self, i: int) -> int:
        """The first of the names that a plural noun is followed by, else the noun."""
        if self.tokens[i].tag == "NNS":
            for c in self.kids(i, "appos"):
                if self.tokens[c].pos == "PROPN" and self.kids(c, "conj"):
                    return c
            if self.tokens[i].lemma in NAMED_AFTER_OF:  # "the islands of X and Y"
                for c in self.kids(i, "prep"):
                    for k in self.kids(c, "pobj") if self.tokens[c].lemma == "of" else ():
                        if self.tokens[k].pos == "PROPN":
                            return k
        return i

    def denied(self, i: int) -> bool:
        return (
            any(self.tokens[c].dep == "neg" for c in self.children[i])
            or i > 0
            and self.tokens[i - 1].lemma in ("not", "n't")
        )

    def lemma(self, token: Token) -> str:
        """The lemma with its particle."""
        lemma = MISREAD.get(token.lemma, token.lemma)
        if token.tag == "VBG" and lemma in LACKING and not self.kids(token.i, *OBJECTS):
            return token.text.lower()  # "two are missing": nobody misses anything
        for c in self.children[token.i]:
            if self.tokens[c].dep == "prt" and not (
                self.tokens[c].lemma == "up"
                and c + 2 < len(self.tokens)
                and self.tokens[c + 1].lemma == "to"
                and self.tokens[c + 2].pos == "NUM"
            ):
                return f"{lemma} {self.tokens[c].lemma}"
        return lemma

    def is_verb(self, i: int) -> bool:
        token = self.tokens[i]
        return token.pos == "VERB" or (token.pos == "AUX" and token.dep not in ("aux", "auxpass"))

    def participial(self, token: Token) -> bool:
        return token.dep == "amod" and (token.lemma.endswith("ed") or token.lemma == "dead")

    def antecedent(self, i: int) -> int | None:
        """The noun that a relative clause above (or at) verb `i` modifies."""
        for _ in range(4):
            token = self.tokens[i]
            if token.dep == "relcl":
                who = self.says_who(i)
                return (
                    self.living(token.head)
                    if token.head in self.lifeless
                    and (who or token.lemma in RESULTS)
                    or who
                    and self.led_by(token.head)
                    else token.head
                )
            if token.dep in ("conj", "xcomp", "ccomp", "pcomp", "prep", "advcl") and token.head != i:
                i = token.head
            else:
                return None
        return None

    def meant(self, verb: int) -> list[int]:
        """The nouns that a relative clause tells of: of two names before its comma both, unless its verb is of one."""
        ante = self.antecedent(verb)
        if ante is None:
            return []
        first = ante
        while self.tokens[first].dep == "conj" and self.tokens[first].head < first:
            first = self.tokens[first].head
        pronoun = next((c for c in self.children[verb] if self.tokens[c].lemma in RELATIVE), None)
        names = [t for t in self.group(first) if pronoun is None or t < pronoun]
        if pronoun is None or len(names) < 2 or not all(map(self.is_name, names)):
            return [ante]
        finite = [self.tokens[c] for c in self.children[verb] if self.tokens[c].dep in ("aux", "auxpass")]
        finite.append(self.tokens[verb])
        if self.tokens[pronoun - 1].text != "," or self.tokens[pronoun].dep not in SUBJECTS:
            return names if self.tokens[pronoun - 1].text == "," else [ante]
        if any(t.tag == "VBZ" or t.text.lower() == "was" for t in finite):
            return names[-1:]
        return names if any(t.tag == "VBP" or t.text.lower() == "were" for t in finite) else [ante]

    def is_name(self, i: int) -> bool:
        """A name, or the noun that ends one: "gangs" of "the Red Hand and Blue Fist gangs"."""
        before = self.tokens[i - 1] if i else self.tokens[i]
        named = before.pos in ("PROPN", "NUM") and before.text[:1].isalnum()
        return self.tokens[i].pos == "PROPN" or self.tokens[i].tag == "NNS" and named

    def led_by(self, i: int) -> bool:
        """ "The mayors, led by Lyon, who had asked": an aside between commas names who leads, "who" goes on."""
        by = self.tokens[self.tokens[i].head]
        aside = self.tokens[by.head]
        return (
            by.lemma == "by"
            and aside.dep == "acl"
            and aside.tag == "VBN"
            and self.tokens[aside.i - 1].text == ","
            and i not in self.people
            and any(self.tokens[c].text == "," for c in self.children[i])
        )

    def says_who(self, verb: int) -> bool:
        return any(self.tokens[c].lemma in ("who", "whom") for c in self.children[verb])

    def living(self, i: int) -> int:
        """ "a blast in X which killed two": the parser takes the nearest noun; one above it is meant."""
        at = i
        while self.tokens[at].head != at:
            at = self.tokens[at].head
            if self.tokens[at].pos in ("NOUN", "PROPN") and at not in self.lifeless:
                return at
            if self.tokens[at].pos == "ADJ" and (nouns := self.kids(at, "compound")):
                return nouns[-1]  # "attorneys general"
        return i

    def bundle(self, i: int) -> int:
        """The noun itself, or the one that holds many of it ("a series of attacks"), which shows its role."""
        prep = self.tokens[self.tokens[i].head]
        if (
            self.tokens[i].dep == "pobj"
            and prep.lemma == "of"
            and prep.dep == "prep"
            and self.tokens[prep.head].lemma in BUNDLES
        ):
            return prep.head
        return i

    def relative(self, verb: int, i: int) -> list[int]:
        """A relative pronoun gives way to what it stands for."""
        token = self.tokens[i]
        if token.lemma in RELATIVE and token.tag in RELATIVE_TAGS:
            meant = self.meant(verb)
            return meant if meant and i not in meant else self.group(i)
        return self.group(i)

    def preposition(self, owner: int, prep: Token, found: list[Argument], shared: bool = False) -> None:
        """The objects of one preposition, its coordinated and its nested ones."""
        slot = prep.lemma
        if prep.i - 1 in self.lengths:  # "in X, 80 km from Y": how far X is from Y
            return
        for c in self.children[prep.i]:
            token = self.tokens[c]
            if token.lemma == "hand" and slot == "at" and token.tag == "NNS":  # "killed at the hands of X"
                found += [
                    Argument("by", t, shared)
                    for k in self.kids(c, "prep")
                    if self.tokens[k].lemma == "of"
                    for t in self.pobjects(owner, k)
                ]
            elif token.dep == "prep":
                if slot in COMPOUND_PREPOSITION:
                    found += [Argument(f"{slot} {token.lemma}", t, shared) for t in self.pobjects(owner, c)]
                else:  # "from within the prison"
                    found += [Argument(slot, t, shared) for t in self.pobjects(owner, c)]
            elif token.dep == "conj" and token.pos in ("ADP", "SCONJ"):
                self.preposition(owner, token, found, shared)
        found += [Argument(slot, t, shared) for t in self.pobjects(owner, prep.i)]

    def pobjects(self, owner: int, prep: int) -> list[int]:
        found = []
        for c in self.children[prep]:
            if self.tokens[c].dep == "pobj":
                found += self.relative(owner, c)
            elif self.tokens[c].dep == "pcomp":
                found.append(c)
        return found


def last_of(parse: Parse, i: int) -> int | None:
    """The verb that ends what verb `i` begins ("shot and wounded two nurses"): what follows it belongs to both."""
    for c in parse.children[i]:
        if (
            parse.tokens[c].dep == "conj"
            and i < c <= i + 4
            and parse.tokens[c].pos == "VERB"
            and all(k < i or parse.tokens[k].dep in ("cc", "punct", "advmod", "conj") for k in parse.children[i])
        ):
            return c
    return None


def unique(found: list[Argument], self_token: int) -> tuple[Argument, ...]:
    """Without repeats (an own argument wins over a shared one) and without the predicate itself, in a stable order."""
    if not found or len(found) == 1 and found[0].token != self_token:
        return tuple(found)
    best: dict[tuple[str, int], Argument] = {}
    for argument in found:
        key = argument.slot, argument.token
        if argument.token == self_token and argument.slot != "subject":
            continue
        if key not in best or (best[key].shared and not argument.shared):
            best[key] = argument
    return tuple(best.values())
