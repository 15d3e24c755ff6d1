"""Processes that answer: each holds the store open for reading, inside the sandbox; one that misses its deadline is
killed, and another is started at once, ahead of need.

parent → worker   one line of JSON: {"query" | "update", "accept", "default", "named", "offset"}
worker → parent   "ready" when the store is open; then for each request one line of JSON, {"status", "type", "more"},
                  and the body in frames: four bytes of length, then so many bytes; 0 ends it, BROKEN says that it
                  ends here.
An update that is ready to be written says {"committing": true} first, and waits for a line: without it nothing is in.

A query that runs longer than a moment, or gives a long answer, is heavy: a worker is kept back from those.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import struct
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, cast

__all__ = ["BROKEN", "Limits", "Pool", "Request", "Said", "Worker", "no"]

Request = dict[str, Any]

#: Seconds that a worker may take to start and open the store.
STARTING = 60.0
#: A query that has not begun to answer after so many seconds is heavy.
MOMENT = 1.0
#: So many heavy queries are remembered, so that they do not try the worker that is kept back.
REMEMBERED = 256
#: The length of a frame that says: the rest cannot be had.
BROKEN = 0xFFFFFFFF

TEXT = "text/plain"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use, and how many run at once. `rows` cuts answers, otherwise they are as long as they are."""

    seconds: float = 30.0
    rows: int | None = None
    memory: int = 2 << 30
    workers: int = 2
    patience: float = 5.0  # how long a query waits for a worker
    readers: int = 1  # so many requests with articles are read at once


@dataclass(slots=True)
class Said:
    """An answer: HTTP status, media type, the beginning of the body, and what is still to come; a context manager.

    `more` tells that rows were cut off. Iterating `rest` raises an OSError or a TimeoutError where the answer ends
    before it is whole.
    """

    status: int
    type: str
    body: bytes
    rest: Iterator[bytes] | None = None
    more: bool = False
    note: str = ""  # what an answer without rows asked for that is nowhere
    done: Callable[[], None] = field(default=lambda: None)

    def read(self) -> bytes:
        """All of the body."""
        return self.body + b"".join(self.rest or ())

    def __enter__(self) -> Said:
        return self

    def __exit__(self, *_: object) -> None:
        self.done()


def no(status: int, reason: str) -> Said:
    """An answer that is none, and why."""
    return Said(status, TEXT, f"{reason}\n".encode())


def _late(seconds: float) -> Said:
    return no(504, f"the query took more than {seconds:g} seconds and was stopped; narrow it, or add a LIMIT")


class Worker:
    """One process that answers, started when made."""

    def __init__(self, program: str, settings: dict[str, Any]) -> None:
        """`program` is a module of this folder; its settings are JSON."""
        lifeline, held = os.pipe()  # held until this process ends: the worker ends with it
        self._held: int | None = held
        self.process = subprocess.Popen(
            [sys.executable, "-m", f"kg.server.{program}", json.dumps({**settings, "lifeline": lifeline})],
            pass_fds=[lifeline],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        os.close(lifeline)
        self._in = cast("IO[bytes]", self.process.stdin)
        self._out = cast("IO[bytes]", self.process.stdout).fileno()
        self._read_already = b""
        self.left: float | None = STARTING  # seconds that it may still take; None: as long as it lives
        try:
            self.line()
        except (OSError, TimeoutError):
            self.stop()

    def send(self, request: Request, seconds: float) -> None:
        """Give it something to do, and so long. An OSError where it has ended."""
        self.left = seconds
        self.say(request)

    def say(self, said: object) -> None:
        self._in.write(json.dumps(said).encode() + b"\n")
        self._in.flush()

    def waits(self, seconds: float) -> bool:
        """Whether it says nothing for so long."""
        if self._read_already or seconds <= 0:
            return not self._read_already
        began = time.monotonic()
        ready = select.select([self._out], [], [], seconds)[0]
        if self.left is not None:
            self.left -= time.monotonic() - began
        return not ready

    def line(self) -> bytes:
        """A line. TimeoutError when its time is over, OSError where it ended."""
        while b"\n" not in self._read_already:
            self._read_already += self._part()
        line, _, self._read_already = self._read_already.partition(b"\n")
        return line

    def frame(self) -> bytes:
        """The next part of the body, none at its end."""
        (length,) = struct.unpack(">I", self._bytes(4))
        if length == BROKEN:
            raise OSError("the rest of the answer cannot be had")
        return self._bytes(length)

    def _bytes(self, length: int) -> bytes:
        parts = bytearray(self._read_already)
        while len(parts) < length:
            parts += self._part()
        self._read_already = bytes(parts[length:])
        return bytes(parts[:length])

    def _part(self) -> bytes:
        if self.left is not None and self.waits(max(0.0, self.left)):
            raise TimeoutError
        part = os.read(self._out, 1 << 17)
        if not part:
            raise OSError("the worker ended")
        return part

    def alive(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        """End it, whatever it does."""
        self.process.kill()
        self.process.wait()
        self._let_go()

    def finish(self) -> None:
        """Let a worker close the store and end."""
        if self.alive():
            self._in.close()
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._let_go()

    def _let_go(self) -> None:
        """Close pipes and lifeline; once is enough."""
        held, self._held = self._held, None
        if held is not None:
            os.close(held)
            with contextlib.suppress(OSError):  # what it did not read any more
                self._in.close()
            cast("IO[bytes]", self.process.stdout).close()


class Pool:
    """Some workers for queries; an update waits until they are idle, ends them, and works alone."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder, self.limits = folder, limits
        self.share = max(1, limits.workers - 1)  # so many may be at heavy queries
        self._state = threading.Condition()  # all that follows is under it
        self._idle: deque[Worker] = deque()
        self._running: set[Worker] = set()
        self._readers = 0  # that run or are being started
        self._busy = 0  # at a query
        self._heavy = 0
        self._updates = 0  # that wait or work
        self._known_heavy: dict[int, None] = {}
        self._closed = False
        self._one_update = threading.Lock()
        for _ in range(limits.workers):
            self._start_ahead()

    def query(self, request: Request) -> Said:
        """Answer a query: 503 where workers stay busy, 504 after the deadline, 507 where it needs too much memory.

        The answer is a context manager: it holds a worker until it is left.
        """
        arrived = time.monotonic()
        named = hash(json.dumps(request, sort_keys=True))
        worker = self._take(named)
        if isinstance(worker, Said):
            return worker
        turn = _Turn(self, worker, named)
        try:
            if not worker.alive():  # the store could not be opened when it was started, or something ended it
                self._gone(worker)
                turn.worker = self._started()
            seconds = self.limits.seconds - (time.monotonic() - arrived)
            said = self._asked(turn, request, max(MOMENT, seconds))
        except BaseException:
            turn.end()
            raise
        if said.rest is None:
            turn.end(whole=True)
        return said

    def _take(self, named: int) -> Worker | Said:
        """An idle worker, or why there is none."""

        def can() -> bool:
            return (
                bool(self._idle) and not self._updates and (named not in self._known_heavy or self._heavy < self.share)
            )

        with self._state:
            found = self._state.wait_for(can, timeout=self.limits.patience)
            if not found and self._readers > self._busy + len(self._idle):  # one is being started
                found = self._state.wait_for(can, timeout=STARTING)
            if found:
                self._busy += 1
                return self._idle.popleft()
            if self._updates:
                return no(503, "an update is being made, and queries wait for it; try again in a moment")
            return self._too_heavy() if self._idle else no(503, "all workers are busy; try again in a moment")

    def _too_heavy(self) -> Said:
        return no(
            503,
            f"no more than {self.share} heavy {'query' if self.share == 1 else 'queries'} can run at once, and this is "
            "another one; try again later, or narrow it",
        )

    def _asked(self, turn: _Turn, request: Request, seconds: float) -> Said:
        worker = turn.worker
        if not worker.alive():
            return no(503, "the store cannot be opened at the moment, another program may be writing it; try again")
        try:
            worker.send(request, seconds)
            if worker.waits(min(MOMENT, seconds)) and not turn.heavy():
                worker.stop()
                return self._too_heavy()
            head = json.loads(worker.line())
            first = worker.frame()
            second = worker.frame() if first else b""
            said = Said(head["status"], head["type"], first, None, head.get("more", False), head.get("note", ""))
            if second:
                if not turn.heavy():
                    worker.stop()
                    return self._too_heavy()
                said.rest, said.done = turn.rest(second), turn.end
            return said
        except TimeoutError:
            worker.stop()
            return _late(self.limits.seconds)
        except (OSError, ValueError):
            worker.stop()
            return no(507, "the query needs more memory than it may use; narrow it, or add a LIMIT")

    def update(self, request: Request) -> Said:
        """Change the store, alone with it. Where the answer is no success, nothing is in."""
        patience = self.limits.seconds + self.limits.patience
        with self._state:
            self._updates += 1
        try:
            if not self._one_update.acquire(timeout=patience):
                return no(503, "other updates are being made; try again in a moment")
            try:
                return self._alone(request, patience)
            finally:
                self._one_update.release()
        finally:
            with self._state:
                self._updates -= 1
                again = 0 if self._updates else self.limits.workers - self._readers
                self._state.notify_all()
            for _ in range(again):
                self._start_ahead()

    def _alone(self, request: Request, patience: float) -> Said:
        with self._state:
            if not (
                self._state.wait_for(lambda: not self._busy, timeout=patience)
                and self._state.wait_for(lambda: len(self._idle) == self._readers, timeout=STARTING)
            ):
                return no(503, "queries are running, and an update waits for them; try again later")
            idle = list(self._idle)
            self._idle.clear()
            self._readers = 0
        for worker in idle:
            self._gone(worker)
        writer = self._started(write=True)
        try:
            return self._written(writer, request)
        finally:
            writer.finish()
            if (self.folder / "updating").exists():  # it was stopped after some of its steps: opening takes them back
                mending = self._started(write=True)
                mending.finish()
                self._gone(mending)
            self._gone(writer)

    def _written(self, writer: Worker, request: Request) -> Said:
        if not writer.alive():
            return no(503, "the store cannot be opened for writing, another program may be using it; try again")
        committing = False
        try:
            writer.send(request, self.limits.seconds)
            head = json.loads(writer.line())
            if head.get("committing"):
                committing, writer.left = True, None  # it is in, or will be: that is waited for
                writer.say("go")
                head = json.loads(writer.line())
            return Said(head["status"], head["type"], writer.frame())
        except TimeoutError:
            writer.stop()
            return no(
                504,
                f"the update took more than {self.limits.seconds:g} seconds and was stopped; nothing of it is in. "
                "Narrow it, or send it in parts",
            )
        except (OSError, ValueError):
            writer.stop()
            if committing:
                return no(500, "the program was ended while it wrote the update: look whether it is in")
            return no(507, "the update needs more memory than it may use; nothing of it is in. Send it in parts")

    def close(self) -> None:
        """End all workers at once, those at a query too: who asked is going as well."""
        with self._state:
            self._closed = True
            running = tuple(self._running)
        for worker in running:
            worker.process.kill()
        for worker in running:  # whoever opens the store next finds it free
            worker.process.wait()

    # -------------------------------------------------------------- starting and ending

    def _start_ahead(self) -> None:
        """Have one more worker in a while."""
        with self._state:
            self._readers += 1
        threading.Thread(target=self._join, daemon=True).start()

    def _join(self) -> None:
        worker = self._started()
        with self._state:
            self._idle.append(worker)
            self._state.notify_all()

    def _started(self, *, write: bool = False) -> Worker:
        limits = self.limits
        settings = {"folder": str(self.folder), "rows": limits.rows, "memory": limits.memory, "seconds": limits.seconds}
        worker = Worker("worker", {**settings, "write": write})
        with self._state:
            self._running.add(worker)
            if self._closed:
                worker.process.kill()
        return worker

    def _gone(self, worker: Worker) -> None:
        """Forget a worker that ended, once its memory is free."""
        worker.stop()
        with self._state:
            self._running.discard(worker)

    # -------------------------------------------------------------- what a turn does

    def more_heavy(self, named: int) -> bool:
        """Take one of the places of heavy queries, if there is one."""
        with self._state:
            self._known_heavy[named] = None
            while len(self._known_heavy) > REMEMBERED:
                del self._known_heavy[next(iter(self._known_heavy))]
            if self._heavy >= self.share:
                return False
            self._heavy += 1
            return True

    def back(self, worker: Worker, *, heavy: bool) -> None:
        """A worker after its turn: idle again, or, where it has ended, replaced."""
        alive = worker.alive()
        if not alive:
            self._gone(worker)
        with self._state:
            self._busy -= 1
            self._heavy -= heavy
            if alive:
                self._idle.append(worker)
            else:
                self._readers -= 1
            again = not alive and not self._updates and not self._closed
            self._state.notify_all()
        if again:
            self._start_ahead()


class _Turn:
    """The time that a query has a worker for."""

    def __init__(self, pool: Pool, worker: Worker, named: int) -> None:
        self.pool, self.worker, self.named = pool, worker, named
        self._heavy = self._over = False

    def heavy(self) -> bool:
        """Whether the query may go on, now that it turns out to be heavy."""
        self._heavy = self._heavy or self.pool.more_heavy(self.named)
        return self._heavy

    def rest(self, first: bytes) -> Iterator[bytes]:
        """What is still to come of the answer, as it comes."""
        part = first
        while part:
            yield part
            part = self.worker.frame()
        self.end(whole=True)

    def end(self, *, whole: bool = False) -> None:
        """Give the worker back, or, if its answer was not taken to the end, stop it."""
        if not self._over:
            self._over = True
            if not whole:
                self.worker.process.kill()
                self.worker.process.wait()
            self.pool.back(self.worker, heavy=self._heavy)
