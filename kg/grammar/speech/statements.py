"""What is said in an article, before anybody in it is known: the words of each statement, its cue and its source.

Two readings after another. Syntax: words of saying, thinking, accusing, denying, asking and planning with the clause
or noun that they govern (the tables in ontology/cues/), "according to X", parentheses ("X, police said, fled"), adverbs
("allegedly") and headlines ("Minister: …"). Quotations: each pair of quote marks goes to the cue beside it, to the one
that introduces it with a colon, or on with the speaker of the quotation before. Method: rules over a dependency parse,
by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.grammar import constructions, cues as lexicon, labels, phrases
from kg.grammar.speech.quoting import Draft, Quoting, breaks
from kg.grammar.speech.speakers import Speakers
from kg.model import WEAKNESS, Status

if TYPE_CHECKING:
    from kg.grammar.analysis import Analysis


#: How far what is said behind a speaker and a colon may reach where no line ends, in tokens.
LONGEST_LINE = 600


class Statements:
    """The statements of one document: `drafts` by the token of their cue, `made` those that say something, in order."""

    def __init__(self, analysis: Analysis) -> None:
        self.parse, self.tokens, self.children = analysis.parse, analysis.parse.tokens, analysis.parse.children
        self.cues = lexicon.load()
        self.quotations, self.asides = analysis.quotations, analysis.asides
        self.quoted: dict[int, int] = {i: n for n, q in enumerate(self.quotations) for i in range(q.first, q.last)}
        self.speakers = Speakers(analysis.clauses, self.cues, analysis.predications, self.quoted)
        self.names = {n.first: n for n in self.parse.names}
        self.drafts: dict[int, Draft] = {}
        self.read()
        self.made = self.whole()

    def read(self) -> None:
        """Finds the statements of the text."""
        for token in self.tokens:
            if token.dep in labels.NO_CUE:
                if (
                    token.dep == labels.AUXILIARY
                    and token.lemma in self.cues.asides
                    and (speaker := self.speakers.subject_child(token.i)) is not None
                ):
                    self.draft(
                        token.i,
                        self.cues.verbs[token.lemma]["clause"].status,
                        [token.head],
                        without=token.i,
                        source=speaker,
                    )
                continue  # "who prosecutors say murdered two"
            if token.lemma in self.cues.sources:
                self.according(token.i)
            elif token.pos == "ADV":
                self.adverb(token.i)
            elif table := self.cues.governments(self.parse, token.i):
                if constructions.parenthetical(self.cues, self.parse, token.i):
                    source = self.speakers.source(token.i)
                    self.draft(
                        token.i,
                        table["clause"].status,
                        [token.head],
                        without=token.i,
                        source=source if source is None or self.tokens[source].lemma != "it" else None,
                    )
                else:
                    self.governed(token.i, table)
        self.remarks()
        self.headlines()
        self.introduced()
        quoting = Quoting(self.parse, self.cues, self.speakers, self.quotations, self.quoted, self.drafts, self.draft)
        for number in range(len(self.quotations)):
            quoting.quotation(number)

    # -------------------------------------------------------------- what syntax shows

    def governed(self, i: int, table: lexicon.Governments) -> None:
        """A cue with what stands under it."""
        found: dict[str, list[int]] = {}
        for c in self.children[i]:
            inner = self.children[c] if self.tokens[c].dep in labels.CARRYING else (c,)
            for at in inner:
                place = constructions.construction(self.parse, at)
                if (
                    place
                    and place[0] == i
                    and not constructions.parenthetical(self.cues, self.parse, at)
                    and not (place[1] == "clause" and constructions.parataxis(self.parse, at, i))
                    and (rule := constructions.government(self.cues, self.parse, i, place[1]))
                    and rule.attributed
                ):
                    found.setdefault(place[1], []).append(at)
        if "object" in found and "predicate" not in found and (len(found) > 1 or self.commanded(i)):
            del found["object"]
        if found.get("predicate") and len(found) == 1:
            del found["predicate"]
        if set(found) == {"object"} and not self.telling_object(found["object"]):
            found = {}
        if (
            not found
            and self.tokens[i].pos == "VERB"
            and "quote" in table
            and "clause" in table
            and table["clause"].attributed
        ):
            if (stray := self.stray(i)) is not None:
                found["clause"] = [stray]
        if (
            not found
            and self.tokens[i].pos == "VERB"
            and "clause" in table
            and table["clause"].attributed
            and "object" not in table
        ):
            found["clause"] = [
                k
                for c in phrases.dependents(self.parse, i, labels.OBJECTS)
                for k in phrases.dependents(self.parse, c, {labels.ADNOMINAL_CLAUSE})
                if self.tokens[k].tag == "VBN"
            ]  # "said rebels attacked …", taken for a participle
            if not found["clause"]:
                return
        if not found:
            return
        heads = sorted(at for group in found.values() for at in group)
        rules = [constructions.government(self.cues, self.parse, i, name) for name in found]
        status = max((rule.status for rule in rules if rule), key=_weakness)
        if (
            self.parse.tokens[i].pos in ("VERB", "AUX")
            and self.speakers.source(i) is None
            and not self.speakers.clauses.passive(i)
        ):
            return
        if "clause" in found:
            heads = sorted({*heads, *self.resumed(i, heads)})
        verb = self.speakers.saying_in(i)
        self.draft(i if verb is None or verb in self.drafts else verb, status, heads)

    def resumed(self, i: int, heads: Sequence[int]) -> list[int]:
        """What goes on after a cue in the middle: "The road is shut, police said, because a bridge fell, and …"."""
        if not any(h < i for h in heads) or i + 1 >= len(self.tokens):
            return []
        at_once = self.tokens[i + 1].text == ","
        found = []
        for c in self.children[i]:
            token = self.tokens[c]
            if c < i + 2 or token.pos not in ("VERB", "AUX"):
                continue
            marks = {self.tokens[k].lemma for k in phrases.dependents(self.parse, c, {labels.MARKER})}
            if (
                token.dep == labels.ADVERBIAL_CLAUSE
                and marks & {"because", "since", "although", "though", "if", "unless", "so"}
                or token.dep == labels.CONJUNCT
                and "quote" not in self.cues.governments(self.parse, c)
            ):
                if (
                    at_once
                    or token.dep == labels.CONJUNCT
                    and constructions.has_own_subject(self.parse, c)
                    and any(self.tokens[k].text == "," for k in range(i + 1, self.parse.edges[c][0]))
                ):
                    found.append(c)
        return found

    def stray(self, i: int) -> int | None:
        """ "Said after meeting X that …": a clause that the parser hung on a word between."""
        for adjunct in self.children[i]:
            if adjunct > i and self.tokens[adjunct].dep in labels.CARRYING | labels.OBJECTS | {labels.ADVERBIAL_CLAUSE}:
                for k in self.parse.subtree(adjunct):
                    that = next(
                        (
                            c
                            for c in self.children[k]
                            if self.tokens[c].lemma == "that" and self.tokens[c].dep in labels.OBJECTS | {labels.MARKER}
                        ),
                        None,
                    )
                    if (
                        that is not None
                        and self.tokens[k].dep in labels.CLAUSES - {labels.OPEN_CLAUSE}
                        and self.tokens[k].head != i
                        and (self.tokens[that].tag == "IN" or constructions.has_own_subject(self.parse, k))
                    ):
                        place = constructions.construction(self.parse, k)
                        rule = constructions.government(self.cues, self.parse, *place) if place else None
                        if place is None or place[1] == "clause" and not (rule and rule.attributed):
                            return k
        return None

    def commanded(self, i: int) -> bool:
        """Whether the object of a cue is one who is told or made to do something."""
        return bool(phrases.dependents(self.parse, i, labels.CONTENT))

    def telling_object(self, heads: Sequence[int]) -> bool:
        """Whether a noun can be the content of saying: words, deeds and things, not a bare pronoun or time."""
        return any(self.tokens[h].pos != "PRON" and self.tokens[h].lemma not in ("way", "time", "day") for h in heads)

    def according(self, i: int) -> None:
        """ "According to X", with the clause to which it belongs."""
        source = None
        for c in self.children[i]:
            if self.tokens[c].lemma == "to":
                source = next(iter(phrases.objects(self.parse, c)), None)
        if (
            source is None
            and self.tokens[i].lemma == "accord"
            and i + 1 < len(self.tokens)
            and self.tokens[i + 1].lemma == "to"
        ):
            source = next(iter(phrases.objects(self.parse, i + 1)), None)
        if source is None:
            return
        clause = self.clause_of(i)
        if clause is None:
            return
        sentence = self.parse.sentences[self.tokens[i].sentence]
        if all(self.tokens[k].i in self.below(i) or self.tokens[k].pos == "PUNCT" for k in range(i, sentence.last)):
            while self.tokens[clause].dep in labels.COVERED and self.tokens[self.tokens[clause].head].pos in (
                "VERB",
                "AUX",
            ):
                clause = self.tokens[clause].head  # at the end of a sentence it covers all its parts
        draft = self.draft(i, "reported", [clause], without=i)
        draft.source = source
        draft.cue_words = [k for k in (i, i + 1) if k < len(self.tokens)]

    def clause_of(self, i: int) -> int | None:
        """The predicate (or the noun of a fragment) to which an adjunct belongs."""
        at = i
        while True:
            head = self.tokens[at].head
            if head == at:
                return at if at != i else None
            at = head
            token = self.tokens[at]
            if token.pos in ("VERB", "AUX") and token.dep not in labels.OF_A_NOUN or token.head == at:
                return at

    def adverb(self, i: int) -> None:
        """ "Allegedly", "reportedly": a statement without a source."""
        cue = self.cues.adverbs.get(self.tokens[i].lemma)
        head = self.tokens[i].head
        if (
            cue is not None
            and cue.status in ("alleged", "reported")
            and self.tokens[i].dep == labels.ADVERB
            and head != i
            and self.tokens[i].lemma.endswith("edly")
        ):
            self.draft(i, cue.status, [head], without=i, source=None)

    def remarks(self) -> None:
        """Remarks set off, wherever the parser hung them ("…, one witness, a nurse, has testified")."""
        for aside in self.asides:
            if aside.status not in ("reported", "alleged", "denied") or not aside.covered:
                continue
            known, inside = self.drafts.get(aside.cue), set(aside.covered)
            if known is not None and 2 * len(inside.intersection(known.words)) > len(inside):
                continue
            heads = [
                k
                for k in aside.covered
                if self.tokens[k].pos != "PUNCT" and (self.tokens[k].head == k or self.tokens[k].head not in inside)
            ]
            low, high = aside.covered[0], aside.covered[-1]
            words = sorted(
                inside | {k for k in range(low, high) if k in self.quoted and not aside.first <= k < aside.last}
            )
            draft = self.draft(aside.cue, aside.status, heads, words=words, source=aside.source)
            if self.tokens[aside.cue].lemma in self.cues.sources:
                draft.cue_words = [aside.cue, aside.cue + 1]

    def headlines(self) -> None:
        """ "Minister: roads to reopen" and "Two held after fire: police" in the first line.

        Transcripts ("SMITH: …") and "Ruiz: “…”" at the head of any line.
        """
        top = self.parse.sentences[0].start if self.parse.sentences else 0
        line_end = self.parse.text.find("\n", top)
        for sentence in self.parse.sentences:
            first_line = line_end < 0 or sentence.start <= line_end
            opens_line = sentence.first == 0 or breaks(self.parse, sentence.first, sentence.first)
            if not (first_line or opens_line):
                continue
            for i in range(sentence.first, min(sentence.last, sentence.first + (1000 if first_line else 8))):
                token = self.tokens[i]
                if token.text not in (":", "–", "—", "-") or i in self.quoted:
                    continue
                before, line = range(sentence.first, i), self.rest_of_line(i + 1)
                words = [k for k in line if self.tokens[k].pos != "PUNCT"]
                if (
                    token.text == ":"
                    and 1 <= len(before) <= 6
                    and len(words) >= 3
                    and self.speaks(before)
                    and (
                        first_line
                        or self.tokens[i + 1].text in ('"', "“")
                        or all(self.tokens[k].text.isupper() for k in before)
                    )
                ):
                    self.colon(i, before, self.said_of(line))
                elif (
                    first_line
                    and 1 <= len(words) <= 4
                    and len(before) >= 3
                    and any(self.tokens[k].lemma in self.cues.headline_sources for k in words)
                ):
                    self.colon(i, words, before)
                break

    def said_of(self, line: range) -> range:
        """Of the line behind a speaker and a colon: his words, if it opens with a quotation that ends before it."""
        number = next((self.quoted[k] for k in line[:2] if k in self.quoted), None)
        last = self.quotations[number].last if number is not None else line.stop
        inner = range(line.start, min(last, line.stop))
        behind = [self.tokens[k] for k in range(inner.stop, line.stop)]
        return inner if any(t.pos in ("VERB", "AUX") for t in behind) and not self.speaks_on(inner.stop) else line

    def speaks_on(self, first: int) -> bool:
        """Whether another quotation of the line follows: he may speak on."""
        return any(k in self.quoted for k in self.rest_of_line(first)) if first < len(self.tokens) else False

    def introduced(self) -> None:
        """A cue and a colon at the end of a line: the next paragraph is said, with quote marks or without."""
        for sentence in self.parse.sentences[:-1]:
            last = sentence.last - 1
            if self.tokens[last].text != ":" or not breaks(self.parse, sentence.last, sentence.last):
                continue
            words = self.rest_of_line(sentence.last)
            if words[0] in self.quoted or not any(self.tokens[k].pos in ("VERB", "AUX") for k in words):
                continue
            for i in range(sentence.first, last):
                if (
                    self.tokens[i].pos == "VERB"
                    and i not in self.drafts
                    and "quote" in self.cues.governments(self.parse, i)
                    and self.speakers.source(i) is not None
                ):
                    self.draft(i, "reported", [k for k in words if self.tokens[k].head == k], words=list(words))
                    break

    def rest_of_line(self, first: int) -> range:
        last, end = first, min(first + LONGEST_LINE, len(self.tokens))
        while last < end and (last == first or not breaks(self.parse, last, last)):
            last += 1
        return range(first, last)

    def speaks(self, part: Sequence[int]) -> bool:
        """Whether the words before a colon can be a speaker: a name of a person or body, or a noun for one."""
        near = (self.names[k] for k in part if k in self.names)
        named = any(n.last <= part[-1] + 1 and n.label in ("PERSON", "ORG", "NORP") for n in near)
        last = self.tokens[part[-1]]
        return (
            named or last.lemma in self.cues.headline_sources or last.pos == "NOUN" and self.cues.is_agent(last)
        ) and not any(self.tokens[k].pos in ("VERB", "AUX") for k in part)

    def colon(self, i: int, source: Sequence[int], content: Sequence[int]) -> None:
        inside = set(content)
        heads = [k for k in content if self.tokens[k].head == k or self.tokens[k].head not in inside]
        for known in (self.drafts[k] for k in content if k in self.drafts):
            # "offered a raise of four percent – sources": the parse hangs them on the percent
            known.words = [k for k in known.words if k in inside]
        draft = self.draft(i, "reported", [h for h in heads if self.tokens[h].pos != "PUNCT"], words=list(content))
        draft.source = next((k for k in source if self.tokens[k].head not in source), source[-1])

    def draft(
        self,
        i: int,
        status: Status,
        heads: list[int],
        *,
        without: int | None = None,
        words: list[int] | None = None,
        source: int | None = -1,
    ) -> Draft:
        if i in self.drafts and self.drafts[i].source is not None and self.tokens[i].text == ":":
            return self.drafts[i]
        if words is None:
            gone = self.below(i)
            words = sorted(
                {k for h in heads for k in self.parse.subtree(h)}
                - (gone if without is not None or not heads else {i})
                - self.elsewhere(heads)
            )
        source = self.speakers.source(i) if source == -1 else source
        if source is not None and source not in heads:
            own = set(self.speakers.noun_phrase(source)) if self.tokens[source].head == i else set()
            words = [k for k in words if k not in own]
        cue = self.drafts[i] = Draft(i, status, words, heads, source)
        cue.cue_words = [i] + phrases.particles(self.parse, i)
        return cue

    def elsewhere(self, heads: Sequence[int]) -> set[int]:
        """Words below a content that the next cue has taken along: a coordinated verb outside the quotation."""
        gone: set[int] = set()
        for h in heads:
            for c in self.children[h]:
                if constructions.beyond(self.cues, self.parse, c, h, self.quoted):
                    gone.update(self.parse.subtree(c))
        return gone

    def below(self, i: int) -> set[int]:
        return set(self.parse.subtree(i))

    def whole(self) -> tuple[Draft, ...]:
        """The statements that are some, in the order of their cues."""
        kept = [d for d in sorted(self.drafts.values(), key=lambda d: d.cue) if d.words and d.heads]
        for draft in kept:
            if (
                draft.quotes
                and (last := draft.quotes[-1]).first > draft.cue
                and self.parse.text[last.end - 2] in ",.!?"
            ):
                draft.words = [k for k in draft.words if k < last.last]  # “…,” she added, as snow fell
            if draft.source is None and draft.quotes:
                draft.source = self.speakers.inverted(draft.cue)
        return tuple(
            d
            for d in kept
            if d.cue in self.quoted
            or d.quotes
            or d.source is None
            or self.tokens[d.source].lemma not in ("i", "we", "you")
        )


def _weakness(status: Status) -> int:
    return WEAKNESS.index(status) if status in WEAKNESS else -1
