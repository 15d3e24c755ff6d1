"""Why something stands as it does, in plain words: which cue or step gave it its status, and at which words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.grammar import cues
from kg.model import Attribution, Document, Evidence, Reading, Reason, Standing, weaker

if TYPE_CHECKING:
    from kg.queries import Grounds
    from kg.store import Store

#: What a cue of each kind does to what it makes so.
DOES = {
    "verb": "governs it",
    "noun": "governs it",
    "adjective": "governs it",
    "premodifier": "stands before it",
    "adverb": "is said of it",
    "auxiliary": "goes with it",
    "conjunction": "opens its clause",
    "preposition": "stands before it",
    "undecided": "is its state",
    "unfinished": "leaves it undone",
}
#: The words of a source and its cue are quoted together if they are no further apart.
TOGETHER = 60
#: At most so many articles are read again.
ARTICLES = 20


def reasons(document: Document, attributions: Sequence[Attribution], standing: Standing) -> list[str]:
    """The chain from the words themselves upwards: `alleged: “prosecutors say” governs it (verb: saying)`."""
    return [_told(document, attributions, reason) for reason in standing.because]


def _told(document: Document, attributions: Sequence[Attribution], reason: Reason) -> str:
    kind, _, name = reason.rule.partition(": ")
    words = " ".join(_words(document, attributions, reason).split())
    what = f"“{words}” {DOES.get(kind, 'says so')}" if kind != "step" else f"at “{words}”: {cues.load().steps[name]}"
    return f"{reason.status}: {what} ({reason.rule})"


def _words(document: Document, attributions: Sequence[Attribution], reason: Reason) -> str:
    """The cue, with its source where that stands beside it."""
    start, end = reason.span
    for said in attributions:
        if reason.span in said.cue and said.source:
            first, last = min(start, said.source[0][0]), max(end, said.source[-1][1])
            if last - first <= TOGETHER:
                return document.text[first:last]
    return document.text[start:end]


def read_again(store: Store, grounds: Sequence[Grounds]) -> dict[Grounds, list[str]]:
    """The reasons of what is no plain fact in the first articles, found by reading them again as the graph has them.

    What no longer reads so (another model or vocabulary read it) has no entry; without a model nothing has.
    """
    from kg.pipeline import Line
    from kg.rdf import term

    wanted = [g for g in grounds if g.status not in ("asserted", "mention")]
    articles = list(dict.fromkeys(g.document for g in wanted))[:ARTICLES]
    if not articles:
        return {}
    texts = {a: next((q.object.value for q in store.match(a, term("schema:articleBody"))), "") for a in articles}
    dates = {g.document: g.date for g in wanted}
    line = Line()
    found: dict[Grounds, list[str]] = {}
    try:
        readings = line.read(Document(texts[a], date=dates[a][:10] or None) for a in articles)
        for article, reading in zip(articles, readings, strict=True):
            told: dict[tuple[int, int, str, str], Standing] = {
                (e.start, e.end, e.rule, s.status): s for e, s in _standings(reading)
            }
            for g in wanted:
                if g.document == article and (standing := told.get((g.start, g.end, g.rule, g.status))):
                    found[g] = reasons(reading.document, reading.attributions, standing)
    except KgError:
        return {}
    return found


def _standings(reading: Reading) -> Iterator[tuple[Evidence, Standing]]:
    """Each piece of evidence with the standing of what it carries."""
    standings = {event.id: event.standing for event in reading.events}
    for claim in reading.claims:
        standing = claim.standing
        for about in (claim.subject, claim.object):
            if isinstance(about, str) and about in standings:
                standing = weaker(standing, standings[about])
        yield from ((evidence, standing) for evidence in claim.evidence)
    for event in reading.events:
        for role in event.roles:
            yield role.evidence, weaker(event.standing, role.standing) if role.standing else event.standing
        told = event.evidence or tuple(Evidence(a, b, event.rule) for a, b in event.triggers)
        yield from ((evidence, event.standing) for evidence in told)
