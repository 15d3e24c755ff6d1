"""What runs in the sandbox is killed at its deadline, capped in memory, and cannot open a socket; answers come through."""
from __future__ import annotations

import os
import socket
import sys
import time

import pyoxigraph
import pytest

from kg import queries, sandbox
from kg.errors import QueryError
from kg.store import Store
from tests import newsroom
from tests.test_guard import ESCAPES, Canary

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot fork here")


def test_an_answer_comes_through():
    store = Store.memory()
    store.load(newsroom.quads(newsroom.brief()))
    here = queries.ask(store, "family")
    there = sandbox.run(lambda: queries.ask(store, "family"))
    assert there.rows == here.rows and there.labels == here.labels and len(there) == 1


def test_an_error_comes_through():
    store = Store.memory()
    with pytest.raises(QueryError, match="not SPARQL"):
        sandbox.run(lambda: queries.run(store, "SELEC"))


CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_cross_product_is_killed_at_its_deadline():
    store = Store.memory()
    store.load(newsroom.quads())
    began = time.monotonic()
    with pytest.raises(QueryError, match="took too long and was stopped"):
        sandbox.run(lambda: queries.run(store, CROSS), seconds=0.7)
    assert time.monotonic() - began < 5


@pytest.mark.skipif(sys.platform != "linux", reason="memory is capped on Linux")
def test_memory_is_capped():
    store = Store.memory()
    store.load(newsroom.quads())
    hungry = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
    with pytest.raises(QueryError, match="needs more than the 200 MB"):
        sandbox.run(lambda: queries.run(store, hungry), memory=200 << 20)


@pytest.mark.skipif(sys.platform != "linux", reason="the network is cut on Linux")
def test_there_is_no_socket_inside():
    def dial() -> str:
        try:
            socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        except PermissionError:
            return "refused"
        return "made"

    assert sandbox.run(dial) == "refused"
    assert dial() == "made"                                # only inside


@pytest.mark.skipif(sys.platform != "linux", reason="the network is cut on Linux")
def test_even_past_the_guard_nothing_is_reached():
    """The engine itself, with no guard before it, cannot get out of the sandbox."""
    canary = Canary()
    try:
        def unguarded(text: str) -> str:
            try:
                list(pyoxigraph.Store().query(text))
            except Exception as error:
                return type(error).__name__
            return "done"

        for text in ESCAPES.values():
            sandbox.run(lambda text=text: unguarded(text.format(u=canary.url)))
        assert canary.calls == []
        unguarded(ESCAPES["plain"].format(u=canary.url))
        assert canary.calls                                # the canary does sing
    finally:
        canary.close()


def test_the_library_asks_within_the_same_walls(monkeypatch):
    import kg

    store = Store.memory()
    store.load(newsroom.quads())
    assert len(kg.ask(store, "family")) == len(queries.ask(store, "family")) > 0
    with pytest.raises(QueryError, match="took too long and was stopped"):
        kg.query(store, CROSS, seconds=0.7)
    canary = Canary()
    try:
        with pytest.raises(QueryError):
            kg.query(store, ESCAPES["plain"].format(u=canary.url))
        monkeypatch.setattr("kg.guard.check", lambda text: text)         # should the guard ever miss one
        with pytest.raises((QueryError, OSError)):
            kg.query(store, ESCAPES["plain"].format(u=canary.url))
        assert canary.calls == []
    finally:
        canary.close()
