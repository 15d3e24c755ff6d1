"""Who says it: the source of a cue, its words and its entity."""

from __future__ import annotations

from collections.abc import Container, Sequence

from kg.grammar import constructions, cues as lexicon
from kg.grammar.clauses import Clauses
from kg.grammar.words import ISSUED, ISSUING, RELATIVE
from kg.model import Predication, Resolved

#: Dependents that are no part of the words for a source.
OUTSIDE = frozenset({"relcl", "acl", "appos", "punct", "advcl", "parataxis", "cc", "ccomp"})
#: How far back in the text what someone gives out in words may have been named.
FAR = 400
BORROWING = frozenset({"conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "acl"})
PLACES = frozenset({"Place", "Country", "Region", "Settlement", "NaturalFeature", "Facility"})


class Speakers:
    """The sources of one parse. `quoted` holds the tokens inside quotations."""

    def __init__(
        self, clauses: Clauses, cues: lexicon.Cues, predications: Sequence[Predication], quoted: Container[int]
    ) -> None:
        self.clauses, self.parse = clauses, clauses.parse
        self.tokens, self.children = clauses.tokens, clauses.children
        self.cues, self.quoted = cues, quoted
        self.predications = {p.token: p for p in predications}

    def subject_child(self, i: int) -> int | None:
        return next((c for c in self.children[i] if self.tokens[c].dep == "nsubj"), None)

    def source(self, i: int) -> int | None:
        """The token that heads the words for the source."""
        token = self.tokens[i]
        if token.pos in ("NOUN", "PROPN"):
            return self.source_of_noun(i)
        if constructions.beyond(
            self.cues, self.parse, i, token.head, self.quoted
        ) and not constructions.has_own_subject(self.parse, i):
            return self.source(self.tokens[token.head].head)
        if token.pos in ("ADJ", "ADV"):
            head = token.head
            return self.subject_child(head) if self.tokens[head].pos in ("AUX", "VERB") else None
        if self.clauses.passive(i):
            return self.agent(i)
        near = [
            c
            for c in self.children[i]
            if self.tokens[c].dep == "nsubj"
            and self.tokens[c].lemma not in RELATIVE
            and (c not in self.quoted or i in self.quoted)
        ]
        if near:
            nearest = min(near, key=lambda c: (abs(c - i), c))
            one = constructions.one_person(self.parse, nearest)
            return nearest if one is None else one
        if (predication := self.predications.get(i)) and (subjects := predication.fillers("subject")):
            return subjects[0]
        at, steps = i, 0
        while steps < 8:
            if (subject := self.subject_child(at)) is not None:
                above = self.clauses.antecedent(at) if self.tokens[subject].lemma in RELATIVE else None
                return subject if above is None else above
            if agent := self.agent(at):
                return agent
            token, steps = self.tokens[at], steps + 1
            if token.dep == "acl" and at == i or token.dep == "relcl":
                return token.head
            if token.dep not in BORROWING or token.head == at:
                return None
            at = token.head
        return None

    def agent(self, i: int) -> int | None:
        for c in self.children[i]:
            if self.tokens[c].dep == "agent" or self.tokens[c].dep == "prep" and self.tokens[c].lemma == "by":
                return next((k for k in self.children[c] if self.tokens[k].dep == "pobj"), None)
        return None

    def source_of_noun(self, i: int) -> int | None:
        """ "X's claim", "claims by X", "X made the claim"."""
        for c in self.children[i]:
            if self.tokens[c].dep == "poss":
                return c
        for c in self.children[i]:
            if self.tokens[c].dep == "prep" and self.tokens[c].lemma in ("by", "from"):
                return next((k for k in self.children[c] if self.tokens[k].dep == "pobj"), None)
        token = self.tokens[i]
        if token.dep in ("dobj", "obj") and self.tokens[token.head].lemma in ISSUING:
            return self.source(token.head)
        verb = self.saying_in(i)
        return self.source(verb) if verb is not None else None

    def saying_in(self, i: int) -> int | None:
        """The verb of "said in a statement"."""
        token = self.tokens[i]
        if token.dep != "pobj" or token.pos != "NOUN" or self.tokens[token.head].lemma not in ("in", "through", "via"):
            return None
        verb = self.tokens[self.tokens[token.head].head]
        return verb.i if verb.pos == "VERB" and "quote" in self.cues.verbs.get(verb.lemma, ()) else None

    def issuer(self, i: int) -> int | None:
        """Whose "the statement" is: said with it, or where it was last spoken of with someone's name to it."""
        if (owner := self.source_of_noun(i)) is not None or not any(
            self.tokens[c].lemma in ("the", "that", "this") for c in self.children[i]
        ):
            return owner
        lemma = self.tokens[i].lemma
        return next(
            (
                owner
                for k in range(i - 1, max(i - FAR, -1), -1)
                if self.tokens[k].lemma == lemma
                and self.tokens[k].pos == "NOUN"
                and (owner := self.source_of_noun(k)) is not None
            ),
            None,
        )

    def inverted(self, k: int) -> int | None:
        """ "said Ruiz", where the parser took the speaker for an object."""
        return next(
            (
                c
                for c in self.children[k]
                if c > k
                and self.tokens[c].dep in ("dobj", "attr", "npadvmod", "oprd")
                and self.tokens[c].pos in ("PROPN", "PRON", "NOUN")
            ),
            None,
        )

    def noun_phrase(self, i: int) -> list[int]:
        """The words of a source: its noun with what stands before and prepositions after, no clauses or appositions."""
        found, todo = [], [i]
        while todo:
            at = todo.pop()
            found.append(at)
            for c in self.children[at]:
                token = self.tokens[c]
                if (
                    token.dep in OUTSIDE
                    and not (token.dep == "cc" and at == i)
                    or token.dep == "prep"
                    and (c - at > 3 or token.lemma == "according")
                ):
                    continue
                todo.append(c)
        found.sort()
        run = [i]  # the stretch around the head, without gaps but for punctuation
        for k in sorted((k for k in found if k < i), reverse=True):
            if run[0] - k > 2:
                break
            run.insert(0, k)
        for k in (k for k in found if k > i):
            if k - run[-1] > 2:
                break
            run.append(k)
        return run

    def beside(self, source: int) -> list[int]:
        """The names that stand in apposition to the noun of a source, or to which it does."""
        found = [
            c
            for c in self.children[source]
            if self.tokens[c].dep in ("appos", "nmod") and self.tokens[c].pos == "PROPN"
        ]
        return found + [self.tokens[source].head] if self.tokens[source].dep == "appos" else found

    def named(self, source: int) -> int:
        """The name of a source, else its noun, as long as nobody is known."""
        if self.tokens[source].pos == "PROPN":
            return source
        return next((c for c in self.beside(source) if self.tokens[c].pos == "PROPN"), source)

    def speaker(self, source: int | None, resolved: Resolved) -> str | None:
        """The entity of a source; a name in apposition before a bare noun ("the newspaper Kurir")."""
        if source is None:
            return None
        found = resolved.entity_at(source)
        if found is None or found.id not in resolved.named:
            for c in self.beside(source):
                if (named := resolved.entity_at(c)) and named.place is None and named.type not in PLACES:
                    return named.id
        if found is None and self.tokens[source].lemma in ISSUED and (owner := self.issuer(source)) is not None:
            found = resolved.entity_at(owner)
        return found.id if found else None
