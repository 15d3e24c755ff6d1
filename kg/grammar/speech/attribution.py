"""Who says what: every statement of an article with its source, its cue and its content.

A cue inside the content of another statement names it as `outer`, if it is a statement of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from kg.grammar import phrases
from kg.grammar.analysis import Analysis
from kg.grammar.speech.quotations import Quotation
from kg.grammar.speech.quoting import Draft
from kg.grammar.speech.statements import Statements
from kg.grammar.words import RELATIVE
from kg.model import Attribution, Resolved, Span

TRIMMED = frozenset(",;:.-–—")
Source = TypeVar("Source")


def find_attributions(analysis: Analysis, resolved: Resolved) -> tuple[Attribution, ...]:
    """The attributions of a document in the order of their cues."""
    return _Attributing(analysis.statements, resolved).all()


def find_speakers(analysis: Analysis) -> dict[int, int]:
    """Token inside quotation marks → head token of who says it: the source of the narrowest statement that holds the
    quotation. The same reading as `find_attributions`, before anybody is known.
    """
    if not analysis.quotations:
        return {}
    statements = analysis.statements
    told = _Attributing(statements, Resolved.of(())).told
    named = statements.speakers.named
    return speakers(analysis.quotations, [(d.words, named(d.source)) for d in told if d.source is not None])


def speakers(quotations: Sequence[Quotation], told: Sequence[tuple[Collection[int], Source]]) -> dict[int, Source]:
    """Token inside quotation marks → the source of the narrowest of the statements that hold most of the quotation.

    `told`: the tokens of a statement and its source, in the order of the text.
    """
    found: dict[int, Source] = {}
    holding: dict[int, list[int]] = {k: [] for quote in quotations for k in range(quote.first, quote.last)}
    for n, (words, _) in enumerate(told):
        for k in words:
            if k in holding:
                holding[k].append(n)
    for quote in quotations:
        inside = range(quote.first, quote.last)
        times = Counter(n for k in inside for n in holding[k])
        held = [(len(told[n][0]), n) for n, shared in times.items() if 2 * shared > len(inside)]
        if held:
            found.update(dict.fromkeys(inside, told[min(held)[1]][1]))
    return found


class _Attributing:
    """The statements of a document with those who make them."""

    def __init__(self, statements: Statements, resolved: Resolved) -> None:
        self.parse, self.tokens, self.cues = statements.parse, statements.tokens, statements.cues
        self.quoted, self.speakers, self.resolved = statements.quoted, statements.speakers, resolved
        known = statements.made
        around = self.around(known)
        self.told = [d for d in known if d.cue not in around or self.passed_on(d, around[d.cue])]

    def all(self) -> tuple[Attribution, ...]:
        around = self.around(self.told)
        place = {d.cue: n for n, d in enumerate(self.told)}
        found = []
        for draft in self.told:
            outer = place[around[draft.cue].cue] if draft.cue in around else None
            entity = self.speakers.speaker(draft.source, self.resolved)
            found.append(
                Attribution(
                    source=self.source_spans(draft),
                    cue=self.runs(draft.cue_words),
                    content=self.content(draft),
                    cue_token=draft.cue,
                    source_entity=entity,
                    status=draft.status,
                    direct=self.mostly_quoted(draft),
                    outer=outer,
                    contents=tuple(draft.heads),
                )
            )
        return tuple(found)

    def source_spans(self, draft: Draft) -> tuple[Span, ...]:
        """The words of the source; in a relative clause its pronoun besides ("Ruiz, who said")."""
        if draft.source is None:
            return ()
        relative = next((c for c in phrases.subjects(self.parse, draft.cue) if self.tokens[c].lemma in RELATIVE), None)
        more = self.runs([relative]) if relative is not None and relative != draft.source else ()
        own = self.speakers.noun_phrase(draft.source)
        if self.tokens[draft.source].pos == "NOUN":  # "its leader, Mara Kerr": the name besides
            name = next(
                (
                    c
                    for c in phrases.appositions(self.parse, draft.source)
                    if self.tokens[c].pos == "PROPN" and c - own[-1] <= 4
                ),
                None,
            )
            own = own + self.speakers.noun_phrase(name) if name is not None else own
        return tuple(sorted((*self.spans(own), *more)))

    def around(self, drafts: Sequence[Draft]) -> dict[int, Draft]:
        """Cue → the narrowest attribution in whose content it stands."""
        found: dict[int, Draft] = {}
        cues = {d.cue for d in drafts}
        for draft in sorted(drafts, key=lambda d: (-len(d.words), d.cue)):
            for k in draft.words:
                if k in cues and k != draft.cue:
                    found[k] = draft
        return found

    def passed_on(self, inner: Draft, outer: Draft) -> bool:
        """Whether a statement inside another is one of its own: someone else's speech, accusation or denial."""
        if inner.source is None or inner.status not in ("reported", "alleged", "denied"):
            return False
        source, token = self.tokens[inner.source], self.tokens[inner.cue]
        table = self.cues.governments(self.parse, inner.cue)
        if token.lemma not in self.cues.sources and not ("quote" in table and token.pos == "VERB"):
            return False
        if outer.status not in ("reported", "alleged", "denied"):
            return True  # "hopes to find it, which, she warned, …": the first is no one's words
        if source.pos == "PRON":
            mine, theirs = (self.resolved.at.get(k) if k is not None else None for k in (inner.source, outer.source))
            return mine is not None and theirs is not None and mine != theirs and source.lemma in ("he", "she", "they")
        if inner.cue in self.quoted and source.pos != "PROPN":
            return False  # inside a quotation only one who is named
        return source.pos in ("NOUN", "PROPN") and source.lemma != (
            self.tokens[outer.source].lemma if outer.source is not None else ""
        )

    def mostly_quoted(self, draft: Draft) -> bool:
        return 2 * sum(q.last - q.first for q in draft.quotes) > len(draft.words)

    def content(self, draft: Draft) -> tuple[Span, ...]:
        """Spans of the content: quotations with their marks, other words in runs without a leading "that"."""
        spans = [span for quote in draft.quotes for span in quote.spans]
        starts = sorted(spans)
        rest = [k for k in draft.words if not _within(starts, self.tokens[k].start)]
        spans.extend(self.spans(rest))
        return tuple(sorted(spans))

    def runs(self, words: Iterable[int]) -> tuple[Span, ...]:
        """Code points of runs of tokens."""
        return tuple(self.parse.span(run[0], run[-1]) for run in _runs(words))

    def spans(self, words: Iterable[int]) -> tuple[Span, ...]:
        """Code points of runs of tokens, trimmed of punctuation at their ends and of a leading conjunction."""
        found = []
        for run in _runs(words):
            while run and (
                self.tokens[run[0]].text in TRIMMED
                or self.tokens[run[0]].lemma == "that"
                and self.tokens[run[0]].tag in ("IN", "WDT")
            ):
                run.pop(0)
            while run and (self.tokens[run[-1]].text in TRIMMED or self.tokens[run[-1]].pos == "CCONJ"):
                run.pop()
            if run and any(self.tokens[k].pos != "PUNCT" for k in run):
                found.append(self.parse.span(run[0], run[-1]))
        return tuple(found)


def _runs(words: Iterable[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for k in sorted(words):
        if found and k == found[-1][-1] + 1:
            found[-1].append(k)
        else:
            found.append([k])
    return found


def _within(spans: Sequence[Span], at: int) -> bool:
    place = bisect_right(spans, (at, 1 << 60)) - 1
    return place >= 0 and spans[place][0] <= at < spans[place][1]
