"""Faults of the surroundings: one line with the true cause and exit status 2, nothing aborted, nothing half-written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.errors import KgError, surroundings
from kg.rdf import RdfFormat, serialize
from tests.helpers import newsroom

linux = pytest.mark.skipif(sys.platform != "linux", reason="the limits and devices of Linux")
HERE = str(Path(__file__).parent.parent)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A store of one article, and a second article as a graph file."""
    for name, reading in (("one", newsroom.harbour_march()), ("two", newsroom.coast_march())):
        with (tmp_path / f"{name}.trig").open("wb") as out:
            serialize(newsroom.quads(reading), RdfFormat.TRIG, out)
    assert shell(tmp_path, "kg add s.kg one.trig").returncode == 0
    return tmp_path


def shell(place: Path, line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a shell's line gives; `kg` in it is the program."""
    return subprocess.run(
        ["bash", "-c", f'kg() {{ "{sys.executable}" -m kg "$@"; }}; {line}'],
        cwd=place,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        env={**os.environ, "PYTHONPATH": HERE, **environment},
    )


def told(done: subprocess.CompletedProcess[str], cause: str) -> None:
    """One line, exit status 2, that cause."""
    assert done.returncode == 2, (done.returncode, done.stderr)
    assert done.stderr.startswith("kg: ") and done.stderr.count("\n") == 1 and cause.lower() in done.stderr.lower(), (
        done.stderr
    )


@linux
@pytest.mark.parametrize(
    "line, cause",
    [
        ("kg list s.kg > /dev/full", "no space left on device"),
        ("kg ask s.kg members --format csv > /dev/full", "no space left on device"),
        ("kg export one.trig -o - > /dev/full", "no space left on device"),
        ("kg list s.kg >&-", "bad file descriptor"),
        ("kg build - <&-", "standard input"),
        ("rm -r s.kg/data; kg add s.kg two.trig", "its data is missing"),
        ("rm -r s.kg/data; kg list s.kg", "its data is missing"),
        ("for f in s.kg/data/*.sst; do truncate -s 60 $f; done; kg list s.kg", "Corruption"),
        ("for f in s.kg/data/*.sst; do truncate -s 60 $f; done; kg add s.kg two.trig", "Corruption"),
        ("kg list missing.kg", "does not exist"),
        ("kg remove missing.kg x", "missing.kg: does not exist"),
        ("ulimit -f 1; kg add s.kg two.trig", "file too large"),
        ("ulimit -v 300000; echo Rain fell. | kg build - -o x.nq", "not enough memory"),
        ("ulimit -f 1; kg add new.kg two.trig", "file too large"),
        ("ulimit -v 300000; kg add s.kg two.trig", "MB of memory"),
        ("ulimit -v 300000; kg list s.kg", "MB of memory"),
        ("ulimit -v 300000; kg ask s.kg members", "MB of memory"),
    ],
)
def test_the_true_cause_is_told(place, line, cause):
    done = shell(place, line)
    assert "4,096" not in done.stderr
    told(done, cause)
    assert not (place / "new.kg").exists()


def test_what_was_closed_and_is_not_needed_is_not_missed(place):
    assert shell(place, "kg export one.trig -o out.nq <&- >&-").returncode == 0
    assert (place / "out.nq").stat().st_size > 1000


def test_data_is_utf_8_whatever_the_surroundings_say(place):
    """Also where the locale knows ASCII alone."""
    (place / "x.ttl").write_text('<https://example.org/a> <https://example.org/b> "Zoë 東京" .', encoding="utf-8")
    asked = 'kg ask x.ttl -q "SELECT ?o { ?s ?p ?o }" --format '
    for form in ("csv", "json", "table"):
        done = shell(place, asked + form, PYTHONIOENCODING="ascii")
        assert done.returncode == 0 and "Zoë 東京" in done.stdout, (form, done.stderr)


def test_one_bad_graph_among_three_costs_only_itself(place):
    (place / "bad.trig").write_text("no graph", encoding="utf-8")
    done = shell(place, "kg add t.kg one.trig bad.trig two.trig")
    assert done.returncode == 1 and done.stderr.count("added: ") == 2 and "left out: bad.trig" in done.stderr
    told(shell(place, "kg add t.kg bad.trig"), "bad.trig")
    told(shell(place, "kg add t.kg bad.trig one.trig --strict"), "bad.trig")


def test_one_empty_article_among_three_costs_only_itself(place):
    (place / "a.txt").write_text("Marta Lunde met Viktor Adler in Bergen.", encoding="utf-8")
    (place / "b.txt").write_text("", encoding="utf-8")
    (place / "c.txt").write_text("Viktor Adler visited Oslo.", encoding="utf-8")
    done = shell(place, "kg add t.kg a.txt b.txt c.txt")
    assert done.returncode == 1 and done.stderr.count("added: ") == 2 and "left out: b.txt: is empty" in done.stderr


def test_a_full_disk_is_told_with_the_store_and_is_not_waited_for(tmp_path):
    """The engine, asked to write out what is left, would wait for room that does not come."""
    from kg.errors import OutputError
    from kg.store import Store

    class Full:
        def __init__(self, inner):
            self.inner, self.flushed = inner, 0

        def __getattr__(self, name):
            return getattr(self.inner, name)

        def __contains__(self, quad):
            return quad in self.inner

        def extend(self, quads):
            raise OSError(28, "No space left on device")

        def flush(self):
            self.flushed += 1

    quads = newsroom.quads(newsroom.harbour_march())
    with Store.open(tmp_path / "s.kg", create=True, write=True):
        pass
    store = Store.open(tmp_path / "s.kg", write=True)
    full = store._inner = Full(store._inner)
    with pytest.raises(OutputError, match="s.kg: no space left on device; make room"):
        store.put(quads[0].graph_name, quads)
    store.close()
    assert not full.flushed
    del full
    with Store.open(tmp_path / "s.kg") as store:
        assert list(store.documents()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes")
def test_an_end_from_outside_leaves_nothing_half_written(place):
    """Asked to end while a file is being written, it takes the part back."""
    code = (
        "import sys, time; from kg.cli.terminal import begin; from kg.writer import writing; begin()\n"
        "with writing('out.nq') as out: out.write(b'half'); print('half', flush=True); time.sleep(60)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code], cwd=place, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": HERE}
    )
    assert child.stdout.readline() == b"half\n" and list(place.glob(".out.nq.*.part"))
    began = time.monotonic()
    child.send_signal(signal.SIGTERM)
    assert child.wait(30) == 128 + signal.SIGTERM and time.monotonic() - began < 20
    child.stdout.close()
    assert not list(place.glob(".*.part")) and not (place / "out.nq").exists()


def test_a_fault_of_ours_is_none_of_the_surroundings():
    assert surroundings(ValueError("wrong")) is None and surroundings(KeyError("x")) is None
    fault = surroundings(OSError(28, "No space left on device", "a.nq"))
    assert (
        isinstance(fault, KgError) and str(fault) == "a.nq: no space left on device; make room, or choose another place"
    )
    missing = surroundings(ModuleNotFoundError("No module named 'lxml'", name="lxml"))
    assert "the package lxml is not installed" in str(missing)
    assert surroundings(ModuleNotFoundError("No module named 'kg.nowhere'", name="kg.nowhere")) is None  # ours
    assert "memory" in str(surroundings(ImportError("x.so: failed to map segment from shared object")))


def test_a_check_is_stopped_at_once(place):
    """Also while the engine, which looks at no signal, is at work: what checks is a process of its own."""
    code = (
        "import signal, time; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from kg import checker; checker.checking = lambda store: [print('begun', flush=True), "
        "signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}), time.sleep(60)]\n"
        "import sys; sys.argv = ['kg', 'check', 's.kg']; from kg.cli import main; main()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=place,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": HERE},
    )
    assert child.stdout.readline() == b"begun\n"
    began = time.monotonic()
    child.send_signal(signal.SIGINT)
    assert child.wait(30) == 130 and time.monotonic() - began < 10
    assert child.stderr.read() == b"kg: stopped\n"
    child.stdout.close(), child.stderr.close()


def test_a_store_that_another_process_finished_meanwhile_is_theirs(tmp_path, monkeypatch):
    """Making a store fails because somebody else has just made it: what is there is not ours to clear away."""
    from kg.errors import OutputError
    from kg.store import folder

    target = tmp_path / "news.kg"

    def beaten(path):
        (target / "store.json").write_text('{"format": 1, "base": "urn:x/"}')
        (target / "data" / "articles").write_text("theirs")
        raise OSError("lock held by another process")

    monkeypatch.setattr(folder.engine, "Store", beaten)
    with pytest.raises(OutputError, match="lock held"):
        folder.create(target, "urn:x/")
    assert (target / "data" / "articles").read_text() == "theirs" and folder.is_store(target)


@pytest.mark.parametrize("there", [False, True])
def test_a_store_that_cannot_be_made_leaves_nothing_of_itself(tmp_path, monkeypatch, there):
    from kg.errors import OutputError
    from kg.store import folder

    target = tmp_path / "news.kg"
    if there:
        target.mkdir()

    def full(path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder.engine, "Store", full)
    with pytest.raises(OutputError, match="no space left"):
        folder.create(target, "urn:x/")
    assert target.exists() == there and (not there or not list(target.iterdir()))
