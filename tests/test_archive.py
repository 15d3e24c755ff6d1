"""An archive by many processes: the same bytes whoever makes them, each article accounted for, and an end at any moment
loses nothing. Real processes, killed for real; their pipeline is small and of our own (tests/helpers/poison.py).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import archive
from kg.cli.many import progress
from kg.errors import DocumentError, InputError
from kg.model import Document
from kg.reader import Reading
from kg.reader.pieces import Piece, pieces, read_piece
from tests.conftest import ROOT
from tests.helpers import poison

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers of an archive want a Unix")


@pytest.fixture(scope="session")
def poisoned(tmp_path_factory) -> Path:
    return poison.make(tmp_path_factory.mktemp("poison"))


@pytest.fixture
def place(tmp_path: Path, poisoned: Path, monkeypatch) -> Path:
    """An empty folder to work in, where the small pipeline can be loaded by name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(ROOT), str(poisoned))))
    monkeypatch.syspath_prepend(str(poisoned))
    (poisoned / "poisoned" / "stumbled").unlink(missing_ok=True)
    return tmp_path


def article(number: int, word: str = "grows") -> str:
    return f"Pia Sand visited Varby.\nThe mill {word} in Varby, says note {number}."


def write(path: Path, words: list[str]) -> Path:
    lines = [json.dumps({"id": f"a{n}", "text": article(n, word)}) for n, word in enumerate(words)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def build(*more: object, articles: str = "in.jsonl") -> list[str]:
    return ["build", articles, "--model", "poisoned", *map(str, more)]


def start(*arguments: str) -> subprocess.Popen:
    heard = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)  # noqa: E731  # a test in the background ignores it
    return subprocess.Popen([sys.executable, "-m", "kg", *arguments], stderr=subprocess.PIPE, preexec_fn=heard)


def until(true: Callable[[], object], seconds: float = 200) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "took too long"
        time.sleep(0.02)


def shards(folder: Path) -> list[Path]:
    return sorted(folder.glob("shard-*.nq"))


def children(process: subprocess.Popen) -> list[int]:
    found = Path(f"/proc/{process.pid}/task").glob("*/children")
    return [int(pid) for path in found for pid in path.read_text().split()]


# ------------------------------------------------------------------ the same bytes


def test_the_bytes_do_not_depend_on_who_makes_them(place: Path, run):
    write(place / "in.jsonl", ["grows"] * 7)
    (place / "more").mkdir()
    for n in range(4):
        (place / "more" / f"{n}.txt").write_text(article(20 + n), encoding="utf-8")
    more = ["more", "--date", "2025-03-12", "--publisher", "The Varby Post"]
    for n in (1, 2):
        done = run(*build(*more, "-o", f"by{n}/", "--workers", n, "--shard-size", 3))
        assert done.status == 0 and "11 articles = 11 built + 0 skipped + 0 quarantined; 4 shards" in done.err
    assert bytes_of(place / "by1") == bytes_of(place / "by2")
    assert [path.name for path in shards(place / "by2")] == [f"shard-{n:08}.nq" for n in range(4)]
    # one process without shards: byte for byte where all is one shard, and the same statements where it is not
    assert run(*build(*more, "-q", "-o", "one.nq")).status == 0
    assert run(*build(*more, "-q", "-o", "whole/", "--shard-size", 100)).status == 0
    # (that one is a copy of another is found among all of them, not shard by shard)
    one = b"".join(n for n in (place / "one.nq").read_bytes().splitlines(True) if b"/graph/links>" not in n)
    assert (place / "whole" / "shard-00000000.nq").read_bytes() == one and b"The Varby Post" in one
    cut = b"".join(path.read_bytes() for path in shards(place / "by2"))
    assert set(cut.splitlines()) == set(one.splitlines())
    # and a file by many processes is that of one
    for name in ("one.nq", "one.ttl"):
        assert run(*build(*more, "-q", "-o", name)).status == 0
        assert run(*build(*more, "-o", f"many-{name}", "--workers", 2, "--shard-size", 3)).status == 0
        assert (place / f"many-{name}").read_bytes() == (place / name).read_bytes()
    assert not list(place.glob("*.shards"))


def test_lean_shards_are_smaller_and_read_in_full(place: Path, run):
    write(place / "in.jsonl", ["grows"] * 5)
    for profile in ("full", "lean"):
        assert run(*build("-o", f"{profile}/", "--shard-size", 3, "--profile", profile)).status == 0
        assert run("add", f"{profile}.kg", *shards(place / profile)).status == 0
        assert run("export", f"{profile}.kg", "-o", f"{profile}.nq").status == 0
    size = {profile: sum(path.stat().st_size for path in shards(place / profile)) for profile in ("full", "lean")}
    assert size["lean"] < 0.6 * size["full"]
    assert (place / "lean.nq").read_bytes() == (place / "full.nq").read_bytes()
    other = run(*build("-o", "lean/", "--shard-size", 3))
    assert other.status == 2 and "lean" in other.err


def test_what_the_manifest_says_is_so(place: Path, run):
    write(place / "in.jsonl", ["grows"] * 5)
    with (place / "in.jsonl").open("a", encoding="utf-8") as out:
        out.write('{"id": "bad"}\n')
    done = run(*build("-o", "out/", "--shard-size", 4))
    assert done.status == 1 and "6 articles = 5 built + 1 skipped + 0 quarantined" in done.err
    head, *entries = map(json.loads, (place / "out" / "manifest.jsonl").read_text(encoding="utf-8").splitlines())
    assert head["model"] == "poisoned" and head["shard-size"] == 4 and [e["documents"] for e in entries] == [4, 2]
    for entry in entries:
        data = (place / "out" / entry["shard"]).read_bytes()
        assert entry["sha256"] == hashlib.sha256(data).hexdigest() and entry["bytes"] == len(data)
        assert entry["statements"] == len(data.splitlines())
    (skipped,) = map(json.loads, (place / "out" / "skipped.jsonl").read_text(encoding="utf-8").splitlines())
    assert skipped["document"] == "in.jsonl, line 6 (id 'bad')" or skipped["document"] == "in.jsonl, line 6"
    assert 'has no "text"' in skipped["reason"] and not (place / "out" / "quarantine.jsonl").exists()


def test_into_a_store_as_one_process_does(place: Path, run):
    write(place / "in.jsonl", ["grows", "grows", "FAILS", "grows", "grows"])
    many = run(*build("-o", "many.kg", "--workers", 2, "--shard-size", 2))
    assert many.status == 1 and "5 articles = 4 built + 0 skipped + 1 quarantined" in many.err
    assert "a fault of a part" in (place / "many.kg.quarantine.jsonl").read_text(encoding="utf-8")
    assert not (place / "many.kg.shards").exists()
    assert run("add", "one.kg", "in.jsonl", "--model", "poisoned").status == 1
    for name in ("one", "many"):
        assert run("export", f"{name}.kg", "-o", f"{name}.nq").status == 0
    assert (place / "one.nq").read_bytes() == (place / "many.nq").read_bytes()
    assert run(*build("-o", "many.kg", "--workers", 1)).err.count("unchanged: ") == 4


# ------------------------------------------------------------------ poison


def test_poison_costs_only_itself(place: Path, run):
    """A reader that dies (twice), hangs idle or at work, in Python or below it, or takes too much memory at once or little
    by little; a fault; and one that was killed once, by accident.
    """
    bad = ["CRASHES", "SLEEPS", "SPINS", "GRINDS", "SWELLS", "CREEPS", "BURSTS", "FAILS"]
    words = [word for one in bad for word in ("grows", one)] + ["STUMBLES", "grows"]
    write(place / "in.jsonl", words)
    limits = ["--article-seconds", 1, "--article-memory", 300]
    done = run(*build("-o", "out/", "--workers", 2, "--shard-size", 6, *limits))
    assert done.status == 1 and "18 articles = 10 built + 0 skipped + 8 quarantined; 3 shards" in done.err
    lines = map(json.loads, (place / "out" / "quarantine.jsonl").read_text(encoding="utf-8").splitlines())
    reasons = {words[int(one["document"].rpartition("'a")[2].rstrip("')"))]: one["reason"] for one in lines}
    assert list(reasons) == bad
    assert "signal 11" in reasons["CRASHES"] and "signal 11" in reasons["BURSTS"]
    assert "hung" in reasons["SLEEPS"] and "hung" in reasons["GRINDS"] and "takes more than its 1 s" in reasons["SPINS"]
    assert all("300 MB of memory" in reasons[word] for word in ("SWELLS", "CREEPS"))
    assert reasons["FAILS"] == "RuntimeError: a fault of a part"
    # what was good is as if the poison had not been there
    good = [json.dumps({"id": f"a{n}", "text": article(n, w)}) for n, w in enumerate(words) if w not in bad]
    (place / "good.jsonl").write_text("\n".join(good) + "\n", encoding="utf-8")
    (place / "poisoned").mkdir(exist_ok=True)
    assert run(*build("-o", "good/", articles="good.jsonl")).status == 0
    held = {line for path in shards(place / "out") for line in path.read_bytes().splitlines()}
    assert held == set((place / "good" / "shard-00000000.nq").read_bytes().splitlines())


def test_too_much_text_and_a_sentence_without_end(place: Path, run):
    (place / "in").mkdir()
    (place / "in" / "a.txt").write_text(article(1), encoding="utf-8")
    (place / "in" / "b.txt").write_bytes(b"The mill grows in Varby. " * 2_000_000)
    (place / "in" / "c.txt").write_text("and Pia Sand visited Varby " * 10_000, encoding="utf-8")
    with (place / "in" / "d.jsonl").open("wb") as out:
        out.write(json.dumps({"text": "The mill grows. " * 4_500_000}).encode() + b"\n")
        out.write(json.dumps({"text": article(2)}).encode() + b"\n")
    done = run(*build("-o", "out/", "--article-seconds", 1, articles="in"))
    assert done.status == 1 and "5 articles = " in done.err
    entries = [json.loads(line) for line in (place / "out" / "manifest.jsonl").read_text().splitlines()[1:]]
    left = {one["document"]: one["reason"] for entry in entries for one in entry["left_out"]}
    assert "is too large" in left["in/b.txt"] and "is too large" in left["in/d.jsonl, line 1"]
    assert {"in/a.txt", "in/d.jsonl, line 2"}.isdisjoint(left)
    assert sum(entry["built"] for entry in entries) + len(left) == 5


def test_strict_stops_at_the_first(place: Path, run):
    write(place / "in.jsonl", ["grows", "FAILS", "grows"])
    done = run(*build("-o", "out/", "--strict"))
    assert done.status == 2 and "in.jsonl, line 2 (id 'a1'): RuntimeError" in done.err
    write(place / "in.jsonl", ["FAILS", "FAILS"])
    assert run(*build("-o", "none/")).status == 2


# ------------------------------------------------------------------ ends from outside


@pytest.mark.parametrize(
    ("how", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)], ids=["INT", "TERM", "KILL"]
)
def test_the_same_command_goes_on_where_it_was_stopped(place: Path, run, how: signal.Signals, status: int):
    write(place / "in.jsonl", ["LINGERS"] * 24)
    command = build("-o", "out/", "--workers", 2, "--shard-size", 3)
    process = start(*command)
    until(lambda: len(shards(place / "out")) >= 3)
    workers = children(process)
    process.send_signal(how)
    assert process.wait(60) == status and workers
    said = process.stderr.read().decode()
    process.stderr.close()
    until(lambda: not any(alive(pid) for pid in workers), 30)
    before = {path.name: path.stat().st_mtime_ns for path in shards(place / "out")}
    assert 3 <= len(before) < 8
    if how != signal.SIGKILL:
        assert not list((place / "out").glob(".*.part")) and said.count("\n") <= 1 and "Traceback" not in said
    done = run(*command)
    assert done.status == 0 and "24 articles = 24 built" in done.err and not list((place / "out").glob(".*.part"))
    after = {path.name: path.stat().st_mtime_ns for path in shards(place / "out")}
    again = [name for name, when in before.items() if after[name] != when]
    assert len(again) <= 2, "at most one shard a worker is made twice"
    assert run(*build("-o", "whole/", "--workers", 1, "--shard-size", 3)).status == 0
    assert bytes_of(place / "out") == bytes_of(place / "whole")


@pytest.mark.parametrize(("how", "status"), [(KeyboardInterrupt(), 130), (SystemExit(143), 143)], ids=["INT", "TERM"])
@pytest.mark.parametrize("name", ["out.nq", "out.kg"])
def test_an_end_while_shards_come_together_loses_nothing(place: Path, run, monkeypatch, how, status: int, name: str):
    write(place / "in.jsonl", ["grows"] * 4)
    command = build("-o", name, "--workers", 1, "--shard-size", 2)

    def stop(*_: object) -> None:
        raise how

    with monkeypatch.context() as patched:
        patched.setattr("kg.cli.many.save" if name == "out.nq" else "kg.cli.many._tidy", stop)
        done = run(*command)
    last = done.err.splitlines()[-1]
    assert done.status == status and "4 articles = 4 built + 0 skipped + 0 quarantined" in last
    assert last.startswith(f"{name}: stopped") and "the same command goes on" in last
    assert not (place / "out.nq").exists() and len(shards(place / f"{name}.shards")) == 2
    done = run(*command)
    assert done.status == 0 and "2 shards of 2 had been made before" in done.err
    assert sorted(path.name for path in place.iterdir()) == ["in.jsonl", name]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_worker_that_is_killed_loses_nothing(place: Path, run):
    write(place / "in.jsonl", ["LINGERS"] * 12)
    process = start(*build("-o", "out/", "--workers", 2, "--shard-size", 3))
    until(lambda: shards(place / "out"))
    for pid in children(process)[:1]:
        os.kill(pid, signal.SIGKILL)
    said = process.communicate(timeout=200)[1].decode()
    assert process.returncode == 0 and "12 articles = 12 built" in said
    assert run(*build("-o", "whole/", "--shard-size", 3)).status == 0
    assert bytes_of(place / "out") == bytes_of(place / "whole")


def test_a_manifest_cut_short_is_read_to_its_last_whole_line(place: Path, run):
    write(place / "in.jsonl", ["grows"] * 4)
    command = build("-o", "out/", "--shard-size", 2)
    assert run(*command).status == 0
    whole = bytes_of(place / "out")
    (place / "out" / "manifest.jsonl").write_bytes(whole["manifest.jsonl"][:-40])
    (place / "out" / ".shard-00000001.nq.17.part").write_bytes(b"half")
    done = run(*command)
    assert "1 shard of 2 had been made before" in done.err and bytes_of(place / "out") == whole


# ------------------------------------------------------------------ what has changed


def test_other_options_and_other_articles_are_noticed(place: Path, run):
    write(place / "in.jsonl", ["grows"] * 6)
    command = build("-o", "out/", "--shard-size", 2)
    assert run(*command).status == 0
    done = run(*command, "--curated", "--no-text")
    assert done.status == 2 and "out: holds shards made by other options (curated, with_text)" in done.err
    assert run(*command[:-1], "3").status == 2
    held = (place / "out" / "manifest.jsonl").read_text(encoding="utf-8")
    older = held.replace('{"article-kg": "', '{"article-kg": "0.', 1)
    (place / "out" / "manifest.jsonl").write_text(older, encoding="utf-8")
    done = run(*command)
    assert done.status == 2 and "holds shards made by article-kg 0." in done.err
    (place / "out" / "manifest.jsonl").write_text(held, encoding="utf-8")
    # an article more, another one, and none of the last
    write(place / "in.jsonl", ["grows", "grows", "grows", "shrinks"])
    done = run(*command)
    assert done.status == 0 and "1 shard made again, for their articles are others now" in done.err
    assert "1 shard of 2 had been made before" in done.err and len(shards(place / "out")) == 2


def test_a_folder_of_other_things_is_left_alone(place: Path, run):
    write(place / "in.jsonl", ["grows"])
    (place / "out").mkdir()
    (place / "out" / "letter.txt").write_text("Dear Pia", encoding="utf-8")
    done = run(*build("-o", "out/"))
    assert done.status == 2 and "is a folder with other things in it" in done.err
    assert [path.name for path in (place / "out").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["-o", "out/", "--title", "Mills"], "--title Mills: belongs to one article"),
        (["--workers", "2"], "has no place to write to"),
        (["-o", "-", "--workers", "2"], "-o -: takes no archive"),
        (["-o", "out/", "--engine", "spark"], "choose one of local, dask"),
        (["-o", "out/", "--scheduler", "tcp://x:1"], "belongs to --engine dask"),
        (["-o", "out/", "--model", "none_such"], "no spaCy pipeline 'none_such'"),
        (["-o", "out/", "--frames", "nowhere"], "--frames nowhere: does not exist"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(place: Path, run, more: list[str], said: str):
    write(place / "in.jsonl", ["grows"])
    done = run("build", "in.jsonl", *more)
    assert done.status == 2 and said in done.err and done.err.count("\n") == 1


# ------------------------------------------------------------------ pieces, and how they are cut


def test_pieces_give_what_reading_gives(tmp_path: Path):
    (tmp_path / "a.txt").write_text("The mill grows.\n", encoding="utf-8")
    (tmp_path / "b.html").write_text("<html><body><p>The mill grows in Varby.</p></body></html>", encoding="utf-8")
    (tmp_path / "c.csv").write_text('id,text\n1,"The mill, grows"\n2,"It shrinks"\n', encoding="utf-8")
    lines = b'{"id": "x", "text": "The mill grows."}\n\n{"id": "y"}\n{"text": "It shrinks."}'
    (tmp_path / "d.jsonl").write_bytes(lines)
    (tmp_path / "e.jsonl.gz").write_bytes(gzip.compress(lines))
    (tmp_path / "f.txt").write_bytes(b"")
    how = Reading()
    items = list(pieces([tmp_path, tmp_path / "none.txt"], how))
    read = [one for item in items for one in read_piece(item, how)]
    assert [type(item) for item in items].count(Piece) == 1 + 1 + 3 + 3 + 1  # rows of a table are found as it is cut
    assert [one.text.strip() for one in read if isinstance(one, Document)] == [
        "The mill grows.",
        "The mill grows in Varby.",
        "The mill, grows",
        "It shrinks",
        *["The mill grows.", "It shrinks."] * 2,
    ]
    assert [one.what for one in read if isinstance(one, DocumentError)] == [
        'has no "text"',
        'has no "text"',
        "is empty",
        "does not exist",
    ]
    with pytest.raises(InputError):
        list(pieces([tmp_path], how, date="no day"))


def test_a_broken_pack_of_lines_costs_only_its_rest(tmp_path: Path):
    whole = gzip.compress(b"".join(b'{"text": "The mill grows, %d."}\n' % n for n in range(2000)))
    (tmp_path / "a.jsonl.gz").write_bytes(whole[:-400])
    *lines, last = pieces([tmp_path], Reading())
    assert lines and all(isinstance(one, Piece) for one in lines)
    assert isinstance(last, DocumentError) and "ends too early" in last.what


# ------------------------------------------------------------------ files of many articles, with poison in them


def texts(path: Path, **columns: str) -> tuple[list[str], list[str]]:
    """The texts that are read out of the pieces of a file, and why others are none."""
    how = Reading(columns)
    read = [one for item in pieces([path], how) for one in read_piece(item, how)]
    return (
        [" ".join(one.text.split()) for one in read if isinstance(one, Document)],
        [str(one).removeprefix(f"{path}, ") for one in read if isinstance(one, DocumentError)],
    )


def mail(text: str) -> str:
    return (
        "From a@b.c Wed Mar 12 08:15:00 2025\nFrom: Eva <eva@post.example>\nTo: desk@post.example\nSubject: Mills\n"
        f"Date: Wed, 12 Mar 2025 08:15:00 +0100\n\n{text}\n\n"
    )


def record(text: str, length: int = 0, kind: str = "response") -> bytes:
    """A record of a web archive; one of another length than it says, where one is given."""
    page = f"<html><body><article><p>{text}</p></article></body></html>"
    body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}".encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://post.example/{text[-2]}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {length or len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


@pytest.fixture
def little(monkeypatch):
    """Limits of the size of a record that are reached soon."""
    for module in ("files", "mail", "page", "pieces"):
        monkeypatch.setattr(f"kg.reader.{module}.LARGEST", 4000, raising=False)
    monkeypatch.setattr("kg.reader.rows.LONGEST_ROW", 4000)


GOOD = [f"The mill in Varby grows every year, says note {n}." for n in range(6)]


@pytest.mark.usefixtures("little")
def test_a_message_without_end_costs_only_itself(tmp_path: Path):
    box = tmp_path / "in.mbox"
    box.write_text(mail(GOOD[0]) + mail("The mill grows. " * 900) + "".join(map(mail, GOOD[1:])), encoding="utf-8")
    assert box.stat().st_size > 4000
    found, left = texts(box)
    assert found == GOOD and [one.split(":")[0] for one in left] == ["message 2"] and "is too large" in left[0]
    (tmp_path / "one.mbox").write_text(mail(GOOD[0]) + "x" * 9000, encoding="utf-8")
    assert texts(tmp_path / "one.mbox")[0] == [] and len(texts(tmp_path / "one.mbox")[1]) == 1


@pytest.mark.usefixtures("little")
@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (record("Too long by far.", 300), "is not as long as it says"),
        (record("Too long by a little.", 190), "is not as long as it says"),
        (record("Too short.", 20), "is not as long as it says"),
        (record("Of no length.").replace(b"Content-Length: ", b"Content-Length: many"), "has no head"),
        (b"nonsense\r\n" * 9, "has no head"),
        (record("words " * 900), "is too large"),
        (record("Endless.", 10**15), "is not as long as it says"),
    ],
    ids=["long", "longer", "short", "length", "noise", "large", "endless"],
)
def test_a_broken_record_of_a_web_archive_costs_only_itself(tmp_path: Path, bad: bytes, why: str):
    whole = [record(text) for text in GOOD] + [record(text) for text in GOOD]
    data = b"".join([whole[0], record("x.", kind="request"), bad, *whole[1:]])
    (tmp_path / "in.warc").write_bytes(data)
    (tmp_path / "in.warc.gz").write_bytes(gzip.compress(data))
    for name in ("in.warc", "in.warc.gz"):
        found, left = texts(tmp_path / name)
        assert found == GOOD * 2 and len(left) == 1 and why in left[0], (name, left)


@pytest.mark.usefixtures("little")
@pytest.mark.parametrize(
    ("bad", "left"),
    [
        ('9,"is never closed\n', 1),
        ('9,"is closed" too early\n', 1),
        (f'9,"{"has many lines and" * 20}\n{"words in each of them; " * 300}"\n', 1),
        (f'9,"{"grows and grows" * 900}"\n', 1),
        (f'9,"{"a line of it" * 5}\n{("no comma here" * 9 + chr(10)) * 90}"\n', 1),
        ("9,has,more cells\n", 1),
        ("\n", 0),
    ],
    ids=["open", "early", "lines", "line", "paragraphs", "cells", "blank"],
)
@pytest.mark.parametrize("more", [1, 300], ids=["few", "many"])
def test_a_broken_row_costs_only_itself(tmp_path: Path, bad: str, left: int, more: int):
    said = [text.replace(",", "") for text in GOOD]
    rows = [f"{n},{text}\n" if n % 2 else f'{n},"{text}"\n' for n, text in enumerate(said)]
    plain = [f"{n},{said[0]}\n" for n in range(more)]
    (tmp_path / "in.csv").write_text("".join(["id,text\n", rows[0], bad, *plain, *rows[1:]]), encoding="utf-8")
    found, why = texts(tmp_path / "in.csv")
    assert found == [said[0], *[said[0]] * more, *said[1:]] and len(why) == left, why


def test_a_table_of_any_size_is_read_in_its_encoding(tmp_path: Path, little):
    rows = [f"{n},Café {n} grows in Varby every year\n" for n in range(400)]
    for encoding in ("utf-8", "cp1252", "utf-16"):
        (tmp_path / "in.csv").write_bytes("".join(["id,text\n", *rows]).encode(encoding))
        assert texts(tmp_path / "in.csv") == ([row[:-1].partition(",")[2] for row in rows], [])
    # a byte that is none costs its row
    (tmp_path / "in.csv").write_bytes("".join(["id,text\n", *rows]).encode().replace(b"\xc3\xa9 7 ", b"\xc3 7 "))
    found, why = texts(tmp_path / "in.csv")
    assert len(found) == 399 and len(why) == 1 and "row 9" in why[0]


def test_a_folder_is_walked_in_the_order_of_its_paths(tmp_path: Path):
    for name in ("b/2.txt", "b/1.txt", "b.txt", "a/z/1.txt", "a/.hidden.txt", ".git/x.txt", "c/note.zip"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("The mill grows in Varby.", encoding="utf-8")
    told: list[str] = []
    found = [item.source for item in pieces([tmp_path], Reading(tell=told.append)) if isinstance(item, Piece)]
    assert found == [str(path) for path in sorted(tmp_path.rglob("*.txt")) if "/." not in str(path)]
    assert len(found) == 4 and "1 of 5 files are no articles" in told[0]


def test_shards_are_cut_by_number_and_by_weight():
    small = [Piece(f"{n}", "", b"x") for n in range(7)]
    cut = list(archive.cut(small, 3))
    assert [(name, len(items)) for name, items in cut] == [
        ("shard-00000000.nq", 3),
        ("shard-00000001.nq", 3),
        ("shard-00000002.nq", 1),
    ]
    heavy = Piece("h", "", b"x" * archive.HEAVY)
    assert [len(items) for _, items in archive.cut([*small[:2], heavy, *small], 100)] == [3, 7]
    assert archive.key_of((small[0],)) != archive.key_of((small[1],)) == archive.key_of((Piece("1", "", b"x"),))


def test_progress_says_how_fast_and_how_long():
    totals = archive.Totals()
    entry = dict(shard="s", key="", documents=30, built=29, claims=60, statements=9, bytes=9, sha256="", producer="")
    left = [archive.LeftOut(document="d", left="skipped", reason="is empty")]
    totals.count(archive.Entry(**entry, weight=1000, left_out=left), again=True)
    totals.count(archive.Entry(**entry, weight=1000, left_out=left))
    assert progress(totals, 10, 4000) == "60 articles, 3.0 a second, 120 claims, 2 left out; 50%, 0 min 20 s left"
    assert progress(totals, 10, None) == "60 articles, 3.0 a second, 120 claims, 2 left out"
    with pytest.raises(Exception, match="30 articles went in and 29 came out"):
        totals.count(archive.Entry(**entry, weight=1, left_out=[]))
