"""Voice and objects: whether a verb is passive, and what its objects are where the parser is led astray."""

from __future__ import annotations

from kg.grammar.labels import OBJECTS, SUBJECTS
from kg.grammar.tree import Tree, last_of
from kg.grammar.words import CONVEYANCES, DITRANSITIVE, NEEDS_OBJECT, REPORTING
from kg.model import Argument, Parse, Token


class Voice(Tree):
    """The tree of one parse with the voice of its verbs; remembers what was once found out."""

    def __init__(self, parse: Parse) -> None:
        super().__init__(parse)
        self.voices: dict[int, bool] = {}

    def passive(self, i: int) -> bool:
        if i not in self.voices:
            self.voices[i] = False  # against cycles
            self.voices[i] = self._passive(self.tokens[i])
        return self.voices[i]

    def _passive(self, verb: Token) -> bool:
        deps = {self.tokens[c].dep for c in self.children[verb.i]}
        if "auxpass" in deps or "csubjpass" in deps or "nsubjpass" in deps and not self.by_vehicle(verb):
            return True
        if verb.tag not in ("VBN", "VBD") or "aux" in deps or self.reporting_tail(verb) or self.by_vehicle(verb):
            return False
        if verb.dep == "conj" and verb.tag == "VBN" and "nsubj" in deps and not deps & OBJECTS and "ccomp" not in deps:
            return self.is_verb(verb.head) and self.passive(verb.head)  # "ten were killed and two injured"
        if "agent" in deps and "nsubj" not in deps:
            return True
        if verb.tag == "VBN" and (
            verb.dep in ("acl", "amod", "advcl", "oprd", "ccomp", "xcomp", "acomp", "pcomp")
            or verb.dep == "conj"
            and self.tokens[verb.head].pos == "ADJ"
        ):
            return not deps & OBJECTS or (verb.lemma in DITRANSITIVE and "nsubj" not in deps)
        if (
            verb.dep == "conj"
            and not deps & SUBJECTS
            and self.is_verb(verb.head)
            and (not deps & OBJECTS or verb.lemma in DITRANSITIVE)
        ):
            return self.passive(verb.head) and (verb.tag == "VBN" or verb.lemma in NEEDS_OBJECT)
        if deps & OBJECTS or "ccomp" in deps or verb.dep == "relcl":
            return False
        if verb.dep == "acl" and verb.lemma in NEEDS_OBJECT:
            return True  # "the last sailor detained in X": tagged as a past
        return verb.lemma in NEEDS_OBJECT and self.bare_clause(verb) and not self.objects_of_last(verb)

    def reporting_tail(self, verb: Token) -> bool:
        """ "…, the firms announced on Tuesday": the parser takes the end for an object with a participle."""
        head = self.tokens[verb.head]
        if verb.dep != "acl" or verb.lemma not in REPORTING or head.dep not in OBJECTS | {"appos", "npadvmod"}:
            return False
        first = min((c for c in self.children[head.i] if c < head.i), default=head.i)
        return first > 0 and self.tokens[first - 1].text in (",", '"', "”") and not self.kids(verb.i, "agent")

    def by_vehicle(self, verb: Token) -> bool:
        """ "The visitors left by helicopter" is no passive."""
        return any(
            self.tokens[t].lemma in CONVEYANCES for c in self.kids(verb.i, "agent") for t in self.kids(c, "pobj")
        ) and not self.kids(verb.i, "auxpass")

    def bare_clause(self, verb: Token) -> bool:
        """A headline, or a clause that lost its auxiliary in one ("Miners freed after a week")."""
        sentence = self.parse.sentences[verb.sentence]
        return self.tokens[sentence.last - 1].text not in (".", "!", "?", '"', "”", "'")

    def objects(self, verb: Token) -> list[Argument]:
        own = [
            Argument("object", t)
            for c in self.children[verb.i]
            if self.tokens[c].dep in OBJECTS
            for t in self.relative(verb.i, c)
            if not any(self.tokens[k].dep == "acl" and self.reporting_tail(self.tokens[k]) for k in self.children[t])
        ]
        if not own and not self.passive(verb.i):
            own = [Argument("object", t) for t in self.swallowed(verb)]
        if own or self.passive(verb.i):
            return own
        return self.objects_of_last(verb)

    def swallowed(self, verb: Token) -> list[int]:
        """ "elected X mayor", "declared the valley a park": the parser takes both for one phrase."""
        for c in self.kids(verb.i, "oprd", "ccomp"):
            token = self.tokens[c]
            if token.pos != "NOUN":
                continue
            if token.dep == "oprd":
                return [k for k in self.kids(c, "compound") if self.tokens[k].pos == "PROPN"][-1:]
            if not any(self.tokens[k].pos == "AUX" for k in self.children[c]):
                return [t for k in self.kids(c, "nsubj") for t in self.group(k)]
        return []

    def objects_of_last(self, verb: Token) -> list[Argument]:
        """ "detained and questioned the men": the object of the last verb is that of the first."""
        last = last_of(self.parse, verb.i)
        return (
            []
            if last is None or self.passive(last)
            else [Argument("object", a.token, True) for a in self.objects(self.tokens[last])]
        )
