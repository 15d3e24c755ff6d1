"""What runs in the sandbox is killed at its deadline, capped in memory, and cannot open a socket; answers come
through.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph
import pytest

from kg import queries, sandbox
from kg.errors import QueryError
from kg.store import Store
from tests.helpers import newsroom
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
    assert dial() == "made"  # only inside


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
        assert canary.calls  # the canary does sing
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
        monkeypatch.setattr("kg.guard.check", lambda text: text)  # should the guard ever miss one
        with pytest.raises((QueryError, OSError)):
            kg.query(store, ESCAPES["plain"].format(u=canary.url))
        assert canary.calls == []
    finally:
        canary.close()


# ------------------------------------------------------------------ a child ends with its parent

HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def descendants(pid: int) -> set[int]:
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found |= {child} | descendants(child)
    return found


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(true, seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own way is Linux's")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_query_ends_with_who_asked_it(sample_graph, root, how):
    asking = subprocess.Popen(
        [sys.executable, "-m", "kg", "ask", str(sample_graph), "-q", HEAVY],
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert until(lambda: descendants(asking.pid))
    children = descendants(asking.pid)
    asking.send_signal(how)
    asking.wait(30)
    assert until(lambda: not any(map(running, children)), 10)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own way is Linux's")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_served_query_ends_with_its_server(sample_graph, root, how):
    import socket
    import threading
    import urllib.parse
    import urllib.request

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serving = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", str(sample_graph), "--port", str(port)],
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def listening() -> bool:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return True
        except OSError:
            return False

    def ask() -> None:
        try:
            urllib.request.urlopen(
                f"http://127.0.0.1:{port}/sparql?{urllib.parse.urlencode({'query': HEAVY})}", timeout=60
            ).read()
        except OSError:
            pass

    assert until(listening)
    threading.Thread(target=ask, daemon=True).start()
    assert until(lambda: descendants(serving.pid))
    time.sleep(1.5)  # it is at the query, not before it
    children = descendants(serving.pid)
    serving.send_signal(how)
    serving.wait(30)
    assert until(lambda: not any(map(running, children)), 10)


def test_a_child_has_a_deadline_of_its_own():
    with pytest.raises(QueryError, match="memory|too long"):
        sandbox.run(lambda: sandbox.deadline(0.2) or time.sleep(30), seconds=20)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")
def test_a_server_does_not_wait_for_a_query_when_it_closes(sample_graph, tmp_path):
    """Closing ends a worker at its query; the deadline of the query is far."""
    import threading

    from kg.server.workers import Limits, Pool

    folder = tmp_path / "n.kg"
    with Store.open(folder, create=True, write=True) as store:
        store.load_file(sample_graph)
    pool = Pool(folder, Limits(seconds=120))
    asking = threading.Thread(target=pool.query, args=({"query": HEAVY, "accept": "text/csv"},), daemon=True)
    asking.start()
    assert until(lambda: any(w.alive() for w in set(pool._running)))
    time.sleep(2)  # it is at the query
    began = time.monotonic()
    pool.close()
    assert time.monotonic() - began < 1
    asking.join(10)
    assert not asking.is_alive() and until(lambda: not any(w.alive() for w in set(pool._running)), 1)
