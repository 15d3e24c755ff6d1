"""A worker that is watched: one that dies or hangs is replaced, and the document it did so at is put aside.

A document that a worker died at is tried once more, for a worker may be killed from outside; a second death there is
the document's own. One that takes far more time than it may has had its time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, cast

from kg.archive.pipes import Ended, Late, hear, tell
from kg.archive.shard import TOGETHER, Entry, Key, Limits, Settings, Task
from kg.errors import KgError

__all__ = ["Stopped", "Supervised", "no_parts"]

#: Seconds that a worker may take to start and load its model.
STARTING = 300.0
#: Wall time that a document may take for each second of processor time, and beyond: machines are shared.
PATIENCE, GRACE = 4.0, 10.0
#: So many deaths outside of any document are not the archive's fault.
DEATHS = 3


class Stopped(Exception):
    """The work was given up from outside."""


class _Died(Exception):
    """The worker has ended, or was ended, at a document (or outside of any)."""

    def __init__(self, key: Key | None, reason: str, late: bool = False) -> None:
        self.key, self.reason, self.late = key, reason, late


class Supervised:
    """One worker at a time, started when first needed. `folder` is where shards are written."""

    def __init__(self, settings: Settings, limits: Limits, folder: Path) -> None:
        self._settings, self._limits, self._folder = settings, limits, folder
        self._process: subprocess.Popen[bytes] | None = None
        self._held: int | None = None
        self._closed = False
        self._lock = threading.Lock()

    def make(self, task: Task) -> Entry:
        """Make a shard; what kills its reader is put aside. Raises what is no document's fault."""
        skip, deaths = dict(task.skip), Counter[Key | None]()
        while True:
            try:
                return self._once(replace(task, skip=dict(skip)))
            except _Died as died:
                self._end()
                no_parts(self._folder, task.name)
                if self._closed:
                    raise Stopped from None
                if died.key == TOGETHER:
                    task = replace(task, alone=True)
                    continue
                deaths[died.key] += 1
                if died.key is not None and (died.late or deaths[died.key] > 1):
                    skip[died.key] = died.reason
                elif died.key is None and deaths[None] >= DEATHS:
                    raise KgError(
                        f"a worker ended {DEATHS} times outside of any article ({died.reason})",
                        task.name,
                        "give it more memory (--article-memory), or smaller shards (--shard-size)",
                    ) from None

    def close(self) -> None:
        """End the worker, whatever it is doing; from any thread."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._process.kill()

    def bury(self) -> None:
        """Let go of a worker that was closed, when nobody uses it any more."""
        self.close()
        self._end()

    def _once(self, task: Task) -> Entry:
        key: Key | None = None
        seconds = STARTING
        try:
            process = self._started()
            out = cast("IO[bytes]", process.stdout).fileno()
            tell(cast("IO[bytes]", process.stdin).fileno(), task)
            while True:
                match hear(out, seconds):
                    case ("at", at, str(), float(allowed)):
                        key, seconds = at, PATIENCE * allowed + GRACE
                    case ("made", entry, last):
                        if last:
                            self._end()
                        return cast("Entry", entry)
                    case ("failed", error):
                        raise cast("Exception", error)
        except Ended:
            raise _Died(key, self._how()) from None
        except Late:
            raise _Died(key, f"the process that read it hung for {seconds:,.0f} s", late=True) from None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None:
            return self._process
        lifeline, held = os.pipe()
        with self._lock:
            if self._closed:
                os.close(lifeline)
                os.close(held)
                raise Stopped
            self._process = subprocess.Popen(
                [sys.executable, "-m", "kg.archive.worker", str(lifeline)],
                pass_fds=[lifeline],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=None if os.environ.get("KG_DEBUG") else subprocess.DEVNULL,
                env={**os.environ, **_ONE_THREAD},
            )
        os.close(lifeline)
        self._held = held
        out = cast("IO[bytes]", self._process.stdout).fileno()
        tell(cast("IO[bytes]", self._process.stdin).fileno(), (self._settings, self._limits, self._folder))
        match hear(out, STARTING):
            case ("failed", error):
                self._end()
                raise cast("Exception", error)
        return self._process

    def _how(self) -> str:
        """How the worker ended."""
        if self._process is None:
            return "the process that read it ended"
        try:
            status = self._process.wait(5)
        except subprocess.TimeoutExpired:
            status = 0
        return f"the process that read it ended ({f'signal {-status}' if status < 0 else f'status {status}'})"

    def _end(self) -> None:
        """End the worker; the next shard gets a new one."""
        process = self._process
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    cast("IO[bytes]", pipe).close()
        if self._held is not None:
            os.close(self._held)
        with self._lock:
            self._process = self._held = None


#: Each worker is one process of work: threads of its libraries would only take them from others.
_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def no_parts(folder: Path, name: str = "*") -> None:
    """Take away what was half written of a shard, or of all."""
    for part in folder.glob(f".{name}.*.part"):
        with suppress(OSError):
            part.unlink()
