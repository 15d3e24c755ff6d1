"""An archive by workers of Dask: the same bytes as by processes of this machine, and nothing is lost or doubled when a
worker or the scheduler is killed. A real scheduler and real workers, as processes.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_archive import build, bytes_of, place, poisoned, shards, start, until, write

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers of an archive want a Unix")
__all__ = ["place", "poisoned"]


class Cluster:
    """A scheduler on this machine and its workers, each a process with a name of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.processes, self.workers = folder, [], 0
        self.file = folder / f"scheduler-{len(list(folder.glob('scheduler-*')))}.json"
        self.scheduler = self._start("dask_scheduler", "--port", "0", "--host", "127.0.0.1", "--no-dashboard")
        until(lambda: self.file.exists() and self.file.read_text().rstrip().endswith("}"))
        self.address = json.loads(self.file.read_text())["address"]

    def worker(self) -> subprocess.Popen:
        self.workers += 1
        options = ("--nthreads", "1", "--nworkers", "1", "--no-dashboard", "--name", str(self.workers))
        return self._start("dask_worker", *options)

    def _start(self, program: str, *options: str) -> subprocess.Popen:
        command = [sys.executable, "-m", f"distributed.cli.{program}", "--scheduler-file", str(self.file), *options]
        log = (self.folder / f"dask-{len(self.processes)}.log").open("wb")
        self.processes.append(
            subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, start_new_session=True)
        )
        log.close()
        return self.processes[-1]

    def close(self) -> None:
        for process in self.processes:
            kill(process)


def kill(process: subprocess.Popen) -> None:
    """A process and all that it started, at once."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


@pytest.fixture
def dask(place: Path, tmp_path_factory, monkeypatch) -> Iterator[Path]:
    """A folder for clusters, which all end with the test; a shard that ends its worker is tried but once."""
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    folder, made = tmp_path_factory.mktemp("dask"), []
    begun = Cluster.__init__

    def noted(self: Cluster, where: Path) -> None:
        made.append(self)
        begun(self, where)

    monkeypatch.setattr(Cluster, "__init__", noted)
    yield folder
    for cluster in made:
        cluster.close()


def by_dask(cluster: Cluster, *more: object) -> list[str]:
    return build("-o", "out/", "--engine", "dask", "--scheduler", cluster.address, "--shard-size", 3, *more)


def whole(place: Path, run) -> dict[str, bytes]:
    assert run(*build("-o", "whole/", "--workers", 2, "--shard-size", 3)).status == 0
    return bytes_of(place / "whole")


def test_a_cluster_of_this_machine_makes_the_same_bytes(place: Path, run):
    write(place / "in.jsonl", ["grows", "FAILS", *["grows"] * 5])
    done = run(*build("-o", "out/", "--engine", "dask", "--workers", 2, "--shard-size", 3))
    assert done.status == 1 and "7 articles = 6 built + 0 skipped + 1 quarantined; 3 shards" in done.err
    assert run(*build("-o", "whole/", "--workers", 2, "--shard-size", 3)).status == 1
    assert bytes_of(place / "out") == bytes_of(place / "whole")


def test_a_worker_that_is_killed_loses_and_doubles_nothing(place: Path, run, dask: Path, monkeypatch):
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "3")
    write(place / "in.jsonl", ["LINGERS"] * 18)
    cluster = Cluster(dask)
    first, _ = cluster.worker(), cluster.worker()
    process = start(*by_dask(cluster))
    until(lambda: shards(place / "out"))
    kill(first)  # with its nanny, and the process that reads
    said = process.communicate(timeout=300)[1].decode()
    assert process.returncode == 0 and "18 articles = 18 built" in said, said
    assert bytes_of(place / "out") == whole(place, run)


def test_a_scheduler_that_is_killed_is_said_and_the_same_command_goes_on(place: Path, run, dask: Path):
    write(place / "in.jsonl", ["LINGERS"] * 18)
    cluster = Cluster(dask)
    cluster.worker()
    process = start(*by_dask(cluster))
    until(lambda: len(shards(place / "out")) >= 2)
    kill(cluster.scheduler)
    said = process.communicate(timeout=300)[1].decode()
    assert process.returncode == 2 and "the same command goes on" in said and "Traceback" not in said, said
    cluster.close()
    before = {path.name: path.stat().st_mtime_ns for path in shards(place / "out")}
    assert 2 <= len(before) < 6
    another = Cluster(dask)
    another.worker()
    done = run(*by_dask(another))
    assert done.status == 0 and "18 articles = 18 built" in done.err, done.err
    after = {path.name: path.stat().st_mtime_ns for path in shards(place / "out")}
    assert sum(after[name] != when for name, when in before.items()) <= 1, "at most one shard a worker"
    assert bytes_of(place / "out") == whole(place, run)


def test_what_kills_workers_is_found_and_put_aside(place: Path, run, dask: Path):
    write(place / "in.jsonl", ["grows", "FELLS", "grows", "grows"])
    cluster = Cluster(dask)
    cluster.worker()
    done = run(*by_dask(cluster))
    assert done.status == 1 and "4 articles = 3 built + 0 skipped + 1 quarantined" in done.err, done.err
    aside = (place / "out" / "quarantine.jsonl").read_text(encoding="utf-8")
    assert aside.count("\n") == 1 and "in.jsonl, line 2" in aside and "the workers that read it ended" in aside


def test_nobody_at_the_address_is_one_line(place: Path, run):
    write(place / "in.jsonl", ["grows"])
    done = run(*build("-o", "out/", "--engine", "dask", "--scheduler", "tcp://127.0.0.1:9"))
    assert done.status == 2 and done.err.count("\n") == 1 and "tcp://127.0.0.1:9" in done.err
    assert not shards(place / "out")
