"""No hedge, denial, plan or attribution of any form leaves what it covers a fact; the same sentence by itself is
one.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from kg.model import Document, Reading
from kg.pipeline import Line
from tests.helpers.firmness import PLAIN, WRAPPINGS, Plain, wrap

EACH = 17  # every seventeenth wrapping of a sentence, shifted from sentence to sentence
#: What the tagger or the parser gets so wrong that no reading helps: so many of a thousand, at most.
LOST = 3


@pytest.fixture(scope="module")
def line():
    return Line()


def facts(reading: Reading, words: Iterable[str]) -> list[str]:
    """The events and relations asserted at one of these words."""
    text, wanted = reading.document.text, set(words)
    found = [
        e.type
        for e in reading.events
        if e.standing.status == "asserted" and any(wanted & set(text[start:end].split()) for start, end in e.triggers)
    ]
    return found + [
        c.predicate
        for c in reading.claims
        if c.standing.status == "asserted"
        and c.predicate not in ("quantity", "locatedIn")
        and any(wanted & set(text[e.start : e.end].split()) for e in c.evidence)
    ]


def about(plain: Plain, wrapping: str) -> frozenset[str]:
    return frozenset({plain.noun.split()[1]}) if "{n" in wrapping else plain.words


def test_by_itself_each_sentence_is_a_fact(line):
    documents = [Document(wrap(plain, "{S}."), id=str(n)) for n, plain in enumerate(PLAIN)]
    silent = [
        reading.document.text
        for plain, reading in zip(PLAIN, line.read(documents), strict=True)
        if not facts(reading, plain.words)
    ]
    assert silent == []


def test_wrapped_none_is_a_fact(line):
    chosen = [
        (plain, wrapping)
        for n, plain in enumerate(PLAIN)
        for wrapping in WRAPPINGS[n % EACH :: EACH]
        if plain.noun or "{n" not in wrapping
    ]
    documents = [Document(wrap(plain, wrapping), id=str(n)) for n, (plain, wrapping) in enumerate(chosen)]
    unsafe = [
        f"{reading.document.text} {found}"
        for (plain, wrapping), reading in zip(chosen, line.read(documents), strict=True)
        if (found := facts(reading, about(plain, wrapping)))
    ]
    assert len(chosen) > 3000 and len(WRAPPINGS) > 900 and len(PLAIN) >= 60
    assert len(unsafe) <= LOST * len(chosen) / 1000, "\n".join(unsafe)


@pytest.mark.parametrize(
    "text",
    [
        "The navy rescued forty sailors, and officials praised the crew.",
        "The navy, which officials praised, rescued forty sailors.",
        "The navy rescued forty sailors, thanked the pilots and left.",
        "The navy rescued forty sailors, a crew of divers from Lagos, and left.",
        "In view of the storm, the navy rescued forty sailors.",
        "By noon, the navy rescued forty sailors.",
        "On account of the storm, the navy rescued forty sailors.",
        "As the storm grew, the navy rescued forty sailors.",
        "After the court heard the witness, the navy rescued forty sailors.",
        "The navy managed to rescue forty sailors.",
        "The navy had to rescue forty sailors.",
        "Not only the army but the navy rescued forty sailors.",
        "The navy rescued forty sailors, a process concluded in May.",
        "The navy, best known for its band, rescued forty sailors.",
    ],
)
def test_near_misses_stay_facts(line, text):
    reading = next(line.read([Document(text)]))
    assert facts(reading, {"rescue", "rescued"})
