"""Whose words a quotation is: of the cue beside it, of one that introduces it, or on with the speaker before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.grammar import cues as lexicon, labels
from kg.grammar.speech.quotations import Quotation
from kg.grammar.speech.speakers import Speakers
from kg.model import Name, Parse, Status

#: Tokens of a quotation that is no longer a mere phrase.
LONG = 6
#: Between a quotation and the name that signs it.
DASHES = frozenset({"—", "–", "-", "--"})


@dataclass(slots=True)
class Draft:
    """An attribution while it is being found; positions are tokens."""

    cue: int
    status: Status
    words: list[int]
    heads: list[int]
    source: int | None = None
    quotes: list[Quotation] = field(default_factory=list)
    cue_words: list[int] = field(default_factory=list)


class Quoting:
    """Gives the quotations of a parse to the drafts of its attributions, or makes new ones with `draft`."""

    def __init__(
        self,
        parse: Parse,
        cues: lexicon.Cues,
        speakers: Speakers,
        quotations: Sequence[Quotation],
        quoted: dict[int, int],
        drafts: dict[int, Draft],
        draft: Callable[..., Draft],
    ) -> None:
        self.parse, self.tokens, self.cues, self.speakers = parse, parse.tokens, cues, speakers
        self.quotations, self.quoted, self.drafts, self.draft = quotations, quoted, drafts, draft
        self.names: dict[int, Name] = {n.first: n for n in parse.names}
        self.long = [q.first for q in quotations if q.last - q.first > LONG]  # of sentence length
        self.owners: dict[int, Draft] = {}  # first token of a quotation → the draft that it was given to

    def quotation(self, number: int) -> None:
        """Gives a quotation to its cue."""
        quote = self.quotations[number]
        inside = range(quote.first, quote.last)
        touched = range(self.tokens[quote.first].sentence, self.tokens[quote.last - 1].sentence + 1)
        holding = [
            d for d in self.within(touched) if d.cue not in inside and any(k in inside for k in reversed(d.words))
        ]
        if holding:
            best = min(
                holding,
                key=lambda d: (
                    self.tokens[d.cue].lemma in self.cues.sources,
                    not any(h in inside for h in d.heads),
                    self.distance(d.cue, quote),
                    d.cue,
                ),
            )
            whole = any(h in inside for h in best.heads) or len(touched) > 1
            if whole and self.speech(best.cue):
                self.add(best, quote)
            return
        if not self.sentence_like(quote):
            return
        if (signature := self.signature(quote)) is not None:
            dash, name = signature
            self.add(self.draft(dash, "reported", [], source=name), quote)
            return
        cue = self.beside(quote, touched)
        if cue is None and number and (before := self.drafts.get(self.speaker_before(number))):
            self.add(before, quote)
            return
        if cue is None and (told := self.told_before(quote, touched)):
            self.drafts[quote.first] = Draft(quote.first, "reported", [], [], told.source)
            self.add(self.drafts[quote.first], quote)  # it has a speaker, but no word for his saying so
            return
        if cue is not None:
            draft = self.drafts.get(cue)
            if draft is None or not draft.quotes:  # the quotation is the content, not what the parser found beside it
                draft = self.draft(cue, "reported", [])
            self.add(draft, quote)

    def within(self, sentences: range) -> Iterator[Draft]:
        """The drafts whose cues stand in these sentences."""
        first, last = self.parse.sentences[sentences[0]].first, self.parse.sentences[sentences[-1]].last
        return (self.drafts[k] for k in range(first, last) if k in self.drafts)

    def signature(self, quote: Quotation) -> tuple[int, int] | None:
        """ "“We will pay.” — Tom Reed, mayor of Porto": the dash, and the name that signs the quotation."""
        dash = quote.last
        if dash + 1 >= len(self.tokens) or self.tokens[dash].text not in DASHES:
            return None
        if any(self.tokens[k].pos in ("VERB", "AUX") for k in self.line(dash + 1)):
            return None
        name = self.names.get(dash + 1)
        return (dash, name.last - 1) if name is not None and name.label in ("PERSON", "ORG") else None

    def line(self, first: int) -> range:
        """The tokens from one to the end of its line."""
        last = first
        while last < len(self.tokens) and (last == first or not breaks(self.parse, last, last)):
            last += 1
        return range(first, last)

    def told_before(self, quote: Quotation, touched: range) -> Draft | None:
        """The speech of the sentence before, for a quotation that stands alone: "She denied it. “I was at home.”"."""
        first = self.parse.sentences[touched[0]].first
        if (
            touched[0] == 0
            or breaks(self.parse, first, first)
            or any(self.tokens[k].pos != "PUNCT" for k in range(first, quote.first))
        ):
            return None
        last = self.parse.sentences[touched[-1]].last
        if any(self.tokens[k].pos != "PUNCT" for k in range(quote.last, last)):
            return None
        told = [
            d
            for d in self.within(range(touched[0] - 1, touched[0]))
            if d.cue not in self.quoted
            and d.source is not None
            and self.speech(d.cue)
            and self.tokens[d.cue].pos == "VERB"
        ]
        return min(told, key=lambda d: d.cue) if told else None

    def add(self, draft: Draft, quote: Quotation) -> None:
        draft.quotes.append(quote)
        self.owners[quote.first] = draft
        _take_in(draft.words, range(quote.first, quote.last))
        roots = [
            k
            for k in range(quote.first, quote.last)
            if self.tokens[k].pos != "PUNCT"
            and (self.tokens[k].head == k or not quote.first <= self.tokens[k].head < quote.last)
        ]
        _take_in(draft.heads, roots)

    def speech(self, i: int) -> bool:
        return (
            self.tokens[i].lemma in self.cues.sources
            or self.tokens[i].text == ":"
            or self.tokens[i].text in DASHES
            or "quote" in self.cues.governments(self.parse, i)
        )

    def distance(self, i: int, quote: Quotation) -> int:
        return quote.first - i if i < quote.first else i - quote.last + 1

    def sentence_like(self, quote: Quotation) -> bool:
        """More than a quoted name or word: a predicate in it, or a stretch that ends in punctuation."""
        words = [self.tokens[k] for k in range(quote.first, quote.last) if self.tokens[k].pos != "PUNCT"]
        return (
            any(t.pos in ("VERB", "AUX") for t in words)
            and len(words) > 1
            or len(words) > 3
            or (bool(words) and self.parse.text[quote.end - 2] in ",.!?")
        )

    def beside(self, quote: Quotation, touched: range) -> int | None:
        """The cue next to a quotation: in its sentences, just after it, or before it with a colon or comma."""

        def free(k: int) -> bool:
            return (
                k not in self.quoted
                and self.tokens[k].pos in ("VERB", "NOUN")
                and self.tokens[k].dep not in labels.NO_CUE
                and "quote" in self.cues.governments(self.parse, k)
                and (
                    k not in self.drafts
                    or bool(self.drafts[k].quotes)
                    or self.tokens[k].pos == "VERB"
                    and self.distance(k, quote) < 6
                )
                and (
                    self.tokens[k].pos == "VERB"
                    and (self.speakers.source(k) is not None or self.speakers.inverted(k) is not None)
                )
            )

        first, last = self.parse.sentences[touched[0]].first, self.parse.sentences[touched[-1]].last
        around: list[int] = [
            k for k in (*range(first, quote.first), *range(quote.last, last)) if free(k) and self.clear(k, quote)
        ]
        if around:
            return min(around, key=lambda k: (self.distance(k, quote), k))
        after = self.parse.sentences[touched[-1] + 1] if touched[-1] + 1 < len(self.parse.sentences) else None
        if after and not breaks(self.parse, quote.last, after.first) and self.parse.text[quote.end - 2] != ".":
            for k in range(after.first, min(after.first + 8, after.last)):
                if (
                    free(k)
                    and k not in self.drafts
                    and not any(self.tokens[j].text in '"“' for j in range(after.first, k))
                ):
                    return k
        if touched[0] > 0:
            before = self.parse.sentences[touched[0] - 1]
            if self.tokens[before.last - 1].text in (":", ",") or self.tokens[before.last - 1].text.endswith(":"):
                for k in reversed(range(before.first, before.last)):
                    if free(k):
                        return k
        return None

    def clear(self, k: int, quote: Quotation) -> bool:
        """No other quotation of sentence length between cue and quotation."""
        low, high = (k, quote.first) if k < quote.first else (quote.last, k)
        return bisect_right(self.long, low) >= bisect_left(self.long, high)

    def speaker_before(self, number: int) -> int:
        """The cue of the quotation before, if this one goes on with the same speaker; else -1."""
        quote, before = self.quotations[number], self.quotations[number - 1]
        owner = self.owners.get(before.first)
        if owner is None or self.drafts.get(owner.cue) is not owner:
            return -1
        between = self.parse.text[before.end : quote.start]
        if "\n" not in between.strip(" ") and self.tokens[quote.first].sentence - self.tokens[owner.cue].sentence <= 1:
            return owner.cue
        starts_paragraph = between.rstrip(" ").endswith("\n")
        whole = self.parse.text[quote.end : quote.end + 2].lstrip(" ")[:1] in ("", "\n")
        cue_sentence_end = self.parse.sentences[self.tokens[owner.cue].sentence].end
        quiet = (
            not between.strip()
            or before.end <= cue_sentence_end
            and not self.parse.text[cue_sentence_end : quote.start].strip()
        )
        return owner.cue if starts_paragraph and whole and quiet else -1


def _take_in(tokens: list[int], more: Sequence[int]) -> None:
    """Adds tokens to others; both are in order. What goes on behind them costs only itself."""
    if tokens and more and more[0] <= tokens[-1]:
        tokens[:] = sorted({*tokens, *more})
    else:
        tokens.extend(more)


def breaks(parse: Parse, first: int, last: int) -> bool:
    """Whether a line ends before token `first`, up to token `last`."""
    return first == 0 or "\n" in parse.text[parse.tokens[first - 1].end : parse.tokens[last].start]
