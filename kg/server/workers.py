"""Processes that answer: each holds the store open for reading, inside the sandbox; one that misses its deadline is killed.

parent → worker   one line of JSON: {"query" | "update", "accept", "default", "named"}
worker → parent   "ready" when the store is open; then for each request
                  one line of JSON: {"status", "type", "length"}, then the body
"""

from __future__ import annotations

import json
import os
import queue
import select
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Limits", "Pool", "Said"]


#: Seconds that a worker may take to start and open the store.
STARTING = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use, and how many run at once."""

    seconds: float = 30.0
    rows: int = 100_000
    bytes: int = 50_000_000
    memory: int = 2 << 30
    workers: int = 2
    patience: float = 5.0  # how long a query waits for a worker


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: HTTP status, media type, body."""

    status: int
    type: str
    body: bytes


class Worker:
    """One process that answers, started when made."""

    def __init__(self, folder: Path, limits: Limits, *, write: bool = False) -> None:
        lifeline, self._held = os.pipe()  # held until this process ends: the worker ends with it
        settings = {
            "folder": str(folder),
            "rows": limits.rows,
            "bytes": limits.bytes,
            "memory": limits.memory,
            "write": write,
            "seconds": limits.seconds,
            "lifeline": lifeline,
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kg.server.worker", json.dumps(settings)],
            pass_fds=[lifeline],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        os.close(lifeline)
        try:
            self._read(time.monotonic() + STARTING, None)  # starting takes nothing from a query's time
        except (OSError, TimeoutError):
            self.kill()

    def ask(self, request: dict, seconds: float) -> Said:
        """The answer, or a failure: 504 after the deadline, 500 where the process ended. Then the worker is dead."""
        deadline = time.monotonic() + seconds
        if not self.alive():
            return Said(503, "text/plain", b"the store cannot be opened at the moment; try again\n")
        try:
            self.process.stdin.write(json.dumps(request).encode() + b"\n")
            self.process.stdin.flush()
            head = self._read(deadline, None)
            said = json.loads(head)
            return Said(said["status"], said["type"], self._read(deadline, said["length"]))
        except TimeoutError:
            self.kill()
            return Said(
                504,
                "text/plain",
                f"the query took more than {seconds:g} seconds and was stopped; narrow it, or add a LIMIT\n".encode(),
            )
        except (OSError, ValueError):
            self.kill()
            return Said(507, "text/plain", b"the query needs more memory than it may use; narrow it, or add a LIMIT\n")

    def _read(self, deadline: float, length: int | None) -> bytes:
        """A line, or so many bytes."""
        pipe, parts = self.process.stdout, bytearray()
        while length is None and not parts.endswith(b"\n") or length is not None and len(parts) < length:
            if not select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise TimeoutError
            part = pipe.read1(min(1 << 20, length - len(parts))) if length is not None else pipe.raw.read(1)
            if not part:
                raise OSError("the worker ended")
            parts += part
        return bytes(parts)

    def alive(self) -> bool:
        return self.process.poll() is None

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self._let_go()
        self.process.stdin.close()
        self.process.stdout.close()

    def finish(self) -> None:
        """Let a worker close the store and end."""
        if self.alive():
            self.process.stdin.close()
            self.process.wait(timeout=30)
        self._let_go()

    def _let_go(self) -> None:
        """Close the lifeline; once is enough."""
        if self._held is not None:
            os.close(self._held)
            self._held = None


class Pool:
    """Some workers for queries; an update waits until they are idle, ends them, and works alone."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder, self.limits = folder, limits
        self._free: queue.Queue[Worker | None] = queue.Queue()
        self._one_update = threading.Lock()
        self._all: list[Worker] = []  # all that run; both under the lock
        self._closed = False
        self._lock = threading.Lock()
        for _ in range(limits.workers):
            self._free.put(None)  # started when first needed

    def query(self, request: dict) -> Said:
        """Answer a query; 503 where all workers stay busy."""
        try:
            worker = self._free.get(timeout=self.limits.patience)
        except queue.Empty:
            return Said(503, "text/plain", b"all workers are busy; try again\n")
        try:
            if worker is None or not worker.alive():
                worker = self._start()
            return worker.ask(request, self.limits.seconds)
        finally:
            self._free.put(worker if worker is not None and worker.alive() else None)

    def update(self, request: dict) -> Said:
        """Change the store, alone with it."""
        with self._one_update:
            for _ in range(self.limits.workers):
                idle = self._free.get(timeout=self.limits.seconds + self.limits.patience)
                if idle is not None:
                    idle.kill()
            try:
                writer = self._start(write=True)
                try:
                    return writer.ask(request, self.limits.seconds)
                finally:
                    writer.finish()
            finally:
                for _ in range(self.limits.workers):
                    self._free.put(None)

    def close(self) -> None:
        """End all workers at once, those at a query too: who asked is going as well."""
        with self._lock:
            self._closed = True
            for worker in self._all:
                worker.process.kill()

    def _start(self, *, write: bool = False) -> Worker:
        """A worker that the pool knows of until it has ended."""
        worker = Worker(self.folder, self.limits, write=write)
        with self._lock:
            for dead in [w for w in self._all if not w.alive()]:
                dead.kill()  # it has ended: its pipes are closed
                self._all.remove(dead)
            self._all.append(worker)
            if self._closed:
                worker.process.kill()
        return worker
