"""An article costs a store the same however many it holds: what is looked up, read and written is counted."""

from __future__ import annotations

import random
import re
from collections import Counter

import pyoxigraph as engine
import pytest
from pyoxigraph import RdfFormat

from kg import rdf
from kg.rdf import IRI, Quad
from kg.store import Store
from tests.helpers import newsroom

TOLD = newsroom.quads(newsroom.brief())
NAME = TOLD[0].graph_name.value
LINES = rdf._bytes(TOLD, RdfFormat.N_QUADS).decode()
BODY = re.compile(r'(?<=articleBody> ")[^"]*')


def another(number: int) -> tuple[IRI, list[Quad]]:
    """An article of its own: other words, other events and claims, people and places that others name too."""
    chance = random.Random(number)

    def word(old: re.Match[str]) -> str:
        new = "".join(chance.choice(letters) for letters in ("bdfgklmnprst", "aeiou", "dklmnrst", "aeiou", "nrst"))
        return new.capitalize() if old[0][0].isupper() else new

    key = NAME.rpartition("/")[2]
    lines = LINES.replace(key, f"{key}x{number}")
    lines = re.sub(r"/id/(event|claim|ev)/", rf"/id/\1/{number}x", lines)
    lines = BODY.sub(lambda body: re.sub("[A-Za-z]{4,}", word, body[0]), lines)
    return IRI(NAME.replace(key, f"{key}x{number}")), list(rdf.parse(lines.encode(), RdfFormat.N_QUADS))


class Counting:
    """An engine that counts what is asked of it."""

    def __init__(self, inner: engine.Store) -> None:
        self.inner, self.counted = inner, Counter()

    def __contains__(self, quad):
        self.counted["looked up"] += 1
        return quad in self.inner

    def __getattr__(self, name):
        return getattr(self.inner, name)

    def quads_for_pattern(self, *pattern):
        self.counted["looked up"] += 1
        for quad in self.inner.quads_for_pattern(*pattern):
            self.counted["read"] += 1
            yield quad

    def extend(self, quads):
        quads = list(quads)
        self.counted["written"] += len(quads)
        self.inner.extend(quads)


def steps(store: Store, number: int) -> Counter:
    inner = store._inner
    counting = Counting(inner)
    store._inner = counting
    if store._whole is not None:
        store._whole.inner = counting
    try:
        assert store.put(*another(number)) == "added"
    finally:
        store._inner = inner
        if store._whole is not None:
            store._whole.inner = inner
    return counting.counted


@pytest.mark.parametrize("profile", ["full", "lean"])
def test_an_article_costs_as_many_steps_in_a_large_store_as_in_a_small_one(profile):
    store = Store(engine.Store(), profile=profile)
    store.learn()
    store._count()
    costs: dict[int, Counter] = {}
    for number in range(320):
        if number in (20, 319):
            costs[number] = steps(store, number)
        else:
            store.put(*another(number))
    for what, few in costs[20].items():
        assert few > 50 and costs[319][what] <= 1.05 * few, what
