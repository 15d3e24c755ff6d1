"""What one clause says of its own predicate: auxiliaries, negation, adverbs, conditions, tense; and whether a noun is definite.

Last doubts about an event told by a noun that nothing seems to govern.
"""

from __future__ import annotations

from kg.grammar.cues import Cues
from kg.grammar.tree import SUBJECTS, VERBAL
from kg.grammar.words import AIMS, FACED, FIXED, HOPEFULS, UNDONE, WANTING
from kg.model import Parse, Status

DEFINITE = frozenset(
    {"the", "this", "that", "these", "those", "his", "her", "its", "their", "my", "our", "your", "whose", "both"}
)
NEGATIVE = frozenset({"no", "neither", "nobody", "none", "nothing", "nor", "no-one", "noone"})
ORDINAL = frozenset({"first", "last", "only", "second", "third", "next", "latest", "youngest", "oldest"})
ABILITY = frozenset({"could", "can", "ca", "would"})
RELATIVE = frozenset({"which", "who", "whom", "whose", "where", "when", "that"})
CIRCUMSTANCES = frozenset({"mean", "means", "way", "point", "time", "stage", "circumstance"})
DASHES = frozenset({",", "(", "–", "—"})


class Scope:
    """The clauses of one parse. What was once found out of a token is remembered."""

    def __init__(self, parse: Parse, cues: Cues, inside: frozenset[int] = frozenset()) -> None:
        self.parse, self.tokens, self.children, self.cues = parse, parse.tokens, parse.children, cues
        self.inside = inside  # tokens in quotation marks
        self.known: dict[int, tuple[tuple[Status, ...], bool]] = {}

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
            elif lemma in ("if", "unless") and dep == "mark" and token.head == i:
                statuses.append("hypothetical")  # "If only he had left."
            elif lemma == "whether" or lemma == "case" and dep == "mark":
                statuses.append("hypothetical")  # "in case they attacked"
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
                negative = True  # "at no time did he"
            elif dep == "prep" and lemma == "in" and (status := self.chance(c)):
                statuses.append(status)
        if (
            negative
            and token.pos in VERBAL
            and "hypothetical" in statuses
            and not self.conditional(i)
            and any(self.tokens[c].dep == "aux" and self.tokens[c].lemma in ABILITY for c in self.children[i])
        ):
            statuses.remove("hypothetical")  # "could not attend", "would not say": it did not happen
        if token.pos in VERBAL and (status := self.nearly(i)):
            statuses.append(status)
        if token.lemma in self.cues.unfinished and token.pos == "NOUN":
            statuses.append(self.cues.unfinished[token.lemma])
        if self.conditional(i) or token.pos in VERBAL and self.inverted(i):
            statuses.append("hypothetical")
        if token.pos in VERBAL and (status := self.future_progressive(i) or self.opening(i)):
            statuses.append(status)
        return tuple(statuses), negative

    def nearly(self, i: int) -> Status | None:
        """ "All but fell", "as good as fell", "had better fall", "by no means fell"."""
        before = [t.lemma for t in self.tokens[max(i - 3, 0) : i]]
        if before[-2:] == ["all", "but"] or before == ["as", "good", "as"]:
            return "planned"
        if len(before) == 3 and before[1] == "no" and self.tokens[i - 3].pos == "ADP" and before[2] in CIRCUMSTANCES:
            return "negated"  # "by no means fell"
        return "hypothetical" if before[-1:] in (["better"], ["well"]) and self.tokens[i].tag == "VB" else None

    def chance(self, preposition: int) -> Status | None:
        """ "In all likelihood", "in case of", "in the event that"."""
        for k in self.children[preposition]:
            articles = {self.tokens[c].lemma for c in self.children[k] if self.tokens[c].dep == "det"}
            if (
                self.tokens[k].lemma == "case"
                and not articles
                or self.tokens[k].lemma == "event"
                and articles == {"the"}
            ):
                return "hypothetical"
            if (status := self.cues.aside_phrases.get(self.tokens[k].lemma)) == "hypothetical":
                return status
        return None

    def undecided(self, verb: int) -> Status | None:
        """ "(The sale) is on hold", "is out of the question", "is off", "fell through"."""
        last = self.parse.sentences[self.tokens[verb].sentence].last
        words = [] if self.tokens[verb].lemma in ("be", "remain", "stay") else [self.tokens[verb].lemma]
        if words and (alone := self.cues.undecided.get(words[0])):
            return alone
        for k in range(verb + 1, min(verb + 7, last)):
            if words or self.tokens[k].pos != "ADV" or self.tokens[k].lemma == "off":
                words.append(self.tokens[k].text.lower())
            status = self.cues.undecided.get(" ".join(words))
            if status is not None and (
                k + 1 >= last
                or self.tokens[k + 1].pos in ("PUNCT", "SCONJ", "CCONJ", "ADP", "ADV")
                and words != ["off"]
                or self.tokens[k + 1].pos == "PUNCT"
            ):
                return status
        return None

    def opening(self, i: int) -> Status | None:
        """ "Possibly Ana Ruiz left": an adverb that opens the sentence and was hung on the subject."""
        at = self.parse.sentences[self.tokens[i].sentence].first
        status = self.cues.adverbs.get(self.tokens[at].lemma)
        if at == i or status is None or status == "negated":
            return None
        for _ in range(4):
            at = self.tokens[at].head
            if at == i:
                return status
            if self.tokens[at].pos in VERBAL:
                return None
        return None

    def subjunctive(self, i: int) -> bool:
        """ "(demand) that he leave", "that he be dismissed"."""
        kids = [self.tokens[c] for c in self.children[i] if self.tokens[c].dep in ("aux", "auxpass")]
        bare = [k for k in kids if k.tag == "VB"] if self.tokens[i].tag != "VB" else [self.tokens[i]]
        return bool(bare) and not any(k.tag in ("MD", "TO", "VBD", "VBZ", "VBP") for k in kids)

    def inverted(self, i: int) -> bool:
        """ "Had she known", "should it rain", "were he to win": a condition without "if"."""
        aux = next((c for c in self.children[i] if self.tokens[c].dep in ("aux", "auxpass")), None)
        if aux is None or self.tokens[aux].text.lower() not in ("had", "should", "were"):
            return False
        sentence = self.parse.sentences[self.tokens[i].sentence]
        return (
            self.tokens[sentence.last - 1].text != "?"
            and any(self.tokens[c].dep in ("nsubj", "nsubjpass", "expl") and aux < c < i for c in self.children[i])
            and (aux == 0 or self.tokens[aux - 1].pos in ("PUNCT", "CCONJ") or aux == sentence.first)
        )

    def conditional(self, i: int) -> bool:
        """The main clause of a condition: "X will fall if Y"."""
        if self.tokens[i].pos not in VERBAL:
            return False
        said = (
            min((c for c in self.children[i] if self.tokens[c].dep == "ccomp"), default=i)
            if "quote" in self.cues.governments(self.parse, i)
            else i
        )
        for c in self.children[i]:
            if c in self.inside and i not in self.inside or c < said < i:
                continue  # the condition of what is said, not of the saying
            if self.tokens[c].dep in ("advcl", "ccomp") and self.tokens[c].pos in VERBAL and self.inverted(c):
                return True
            if self.tokens[c].dep == "advcl" and self.tokens[c].tag != "VBG":
                marks = [
                    self.tokens[k].lemma for k in self.children[c] if self.tokens[k].dep in ("mark", "advmod") and k < c
                ]
                if any(m in ("if", "unless") for m in marks) and not {"even", "as", "though"} & set(marks):
                    return True
        return False

    def future_progressive(self, i: int) -> Status | None:
        """ "is visiting Lima next week", "meets the king tomorrow": present tense with a time to come."""
        token = self.tokens[i]
        if not (
            token.tag in ("VBZ", "VBP")
            or token.tag in ("VBG", "VBN")
            and any(
                self.tokens[c].dep in ("aux", "auxpass")
                and self.tokens[c].tag in ("VBZ", "VBP")
                and self.tokens[c].lemma == "be"
                for c in self.children[i]
            )
        ):
            return None
        for c in self.children[i]:
            if (
                self.tokens[c].lemma in ("tomorrow", "tonight")
                or self.tokens[c].dep == "npadvmod"
                and any(self.tokens[k].lemma in ("next", "coming") for k in self.children[c])
            ):
                return "planned"
        return None

    def to_come(self, at: int, head: int) -> bool:
        """A clause of time in the present beside a main clause in the future."""
        helpers = [self.tokens[c].tag for c in self.children[at] if self.tokens[c].dep in ("aux", "auxpass")]
        present = (helpers or [self.tokens[at].tag])[0] in ("VBZ", "VBP")
        if present and helpers and any(self.tokens[c].lemma == "until" for c in self.children[at]):
            return True
        return (
            present
            and self.tokens[head].pos in VERBAL
            and any(s in ("planned", "hypothetical", "requested") for s in self.local(head)[0])
        )

    def cleft(self, noun: int) -> bool:
        """ "It was not the army that …"."""
        verb = self.tokens[noun].head
        return (
            self.tokens[noun].dep == "attr"
            and self.local(verb)[1]
            and any(self.tokens[c].lemma == "it" and self.tokens[c].dep == "nsubj" for c in self.children[verb])
        )

    def pending(self, governor: int, status: Status) -> Status:
        """ "Has yet to sign", "has still to sign", "has to sign"; but "had to sign". "Has been known to sign" is a habit."""
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
        return (
            any(self.tokens[c].lemma in ("would", "'d", "’d") and self.tokens[c].dep == "aux" for c in self.children[i])
            and not any(self.tokens[c].lemma == "have" and self.tokens[c].dep == "aux" for c in self.children[i])
            and not self.conditional(i)
        )

    def negative_determiner(self, i: int) -> bool:
        return any(
            self.tokens[c].lemma in ("no", "neither") and self.tokens[c].dep in ("det", "preconj")
            for c in self.children[i]
        )

    def definite(self, i: int) -> bool:
        token = self.tokens[i]
        if token.pos in ("PROPN", "PRON"):
            return token.lemma not in NEGATIVE and not self.negative_determiner(i)
        if token.pos in VERBAL:
            return False
        return any(
            self.tokens[c].dep == "poss" or self.tokens[c].dep == "det" and self.tokens[c].lemma in DEFINITE
            for c in self.children[i]
        )

    def ordinal(self, i: int) -> bool:
        return self.tokens[i].lemma in ORDINAL or any(self.tokens[c].lemma in ORDINAL for c in self.children[i])

    def past(self, i: int) -> bool:
        """A finite clause in the past or perfect, without a modal."""
        if self.tokens[i].tag == "VBD":
            return True
        kids = [self.tokens[c] for c in self.children[i] if self.tokens[c].dep in ("aux", "auxpass")]
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


# ------------------------------------------------------------------ nouns of what is yet to come


def yet_to_come(parse: Parse, noun: int) -> bool:
    """ "The trial is due in May", "is set for May", "efforts toward an arrest", "the goal is the overthrow": not yet, if ever."""
    token = parse.tokens[noun]
    head = parse.tokens[token.head]
    if token.dep == "pobj":
        above = parse.tokens[head.head]
        return (
            head.lemma in ("toward", "towards")
            and above.pos == "NOUN"
            or head.lemma in ("in", "for")
            and above.lemma in HOPEFULS
            or head.lemma == "with"
            and above.lemma == "threaten"
        )
    if token.dep == "attr" and head.lemma == "be":
        return any(parse.tokens[c].dep in SUBJECTS and parse.tokens[c].lemma in AIMS for c in parse.children[head.i])
    if token.dep == "dobj":
        return head.lemma in WANTING or head.lemma == "face" and token.lemma not in FACED
    if token.dep not in SUBJECTS:
        return False
    return (
        head.lemma in ("need", "await", "hinge", "depend")
        or head.lemma in FIXED
        and token.dep == "nsubjpass"
        or head.lemma in ("be", "remain")
        and any(
            parse.tokens[c].lemma in UNDONE
            for c in parse.children[head.i]
            if parse.tokens[c].dep in ("acomp", "attr", "advmod", "oprd")
        )
    )
