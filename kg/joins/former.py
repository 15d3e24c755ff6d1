"""Names that an article gives to one: "the Harrow Institute, formerly known as the Benton School"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from kg.joins.names import Likely, Name
from kg.rdf import IRI
from kg.review import sentence
from kg.store import Store
from kg.vocabulary import word_lists

__all__ = ["former", "renamings"]

_LISTS = word_lists("joins")
#: The articles whose texts are held at once.
SOME = 64


@cache
def _cue() -> re.Pattern[str]:
    """What stands between two names of one, whole; the longest first."""
    cues = sorted((c.strip() for c in _LISTS.lists["renamed"].strip().splitlines()), key=lambda c: (-len(c), c))
    between = "|".join(re.escape(c).replace(r"\ ", r"\s+") for c in cues)
    return re.compile(rf"(?i)[\s,(–—-]*(?:{between})\s*[:,]?\s*(?:the\s+)?[\"'“‘]?")


def renamings(text: str, mentions: Iterable[tuple[int, int, str]]) -> Iterator[tuple[str, str, int, int]]:
    """Pairs of those named in a text, of whom it says that they are one, and where: between two mentions of names that
    follow each other, each as start, end and whom it means, stands a cue and nothing else.
    """
    if not _cue().search(text):
        return
    last: tuple[int, int, str] | None = None
    for start, end, who in sorted(mentions):
        if last is not None and start >= last[1]:
            if who != last[2] and _cue().fullmatch(text, last[1], start):
                yield last[2], who, last[0], end
        if last is None or end > last[1]:
            last = start, end, who


def former(store: Store, names: Iterable[Name]) -> list[Likely]:
    """What the articles of a store say of two names of one kind, with the sentence."""
    by_iri = {n.iri: n for n in names}
    found: dict[tuple[str, str], Likely] = {}
    for document in sorted({d for n in by_iri.values() for d in n.documents}):
        text = next((r["t"].value for r in store.select(f"SELECT ?t {{ <{document}> schema:articleBody ?t }}")), "")
        if not _cue().search(text):
            continue
        mentions = defaultdict(list)
        for row in store.select(
            f"SELECT ?n ?s ?e {{ GRAPH <{document}> {{ ?n skos:prefLabel ?l ; kg:evidence ?w . "
            "?w kg:start ?s ; kg:end ?e ; kg:quote ?q } }"
        ):
            if row["n"].value in by_iri:
                mentions[int(row["s"].value), int(row["e"].value)].append(row["n"].value)
        spans = [(s, e, who) for (s, e), whose in sorted(mentions.items()) for who in sorted(whose)[:1]]
        for a, b, start, end in renamings(text, spans):
            one, other = sorted((by_iri[a], by_iri[b]), key=lambda n: n.iri)
            if one.kind == other.kind:
                quote = sentence(store, IRI(document), start, end, text[start:end])
                score = float(_LISTS.lists["scores"]["former"])
                why = f"{_LISTS.lists['says']['former']} (score {score:.2f})"
                found.setdefault((one.iri, other.iri), Likely(one, other, why, score, (quote,)))
    return [found[key] for key in sorted(found)]
