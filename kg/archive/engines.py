"""Who makes shards: processes of this machine. Another engine has the same four doors."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Protocol

from kg.archive.shard import Entry, Limits, Settings, Task
from kg.archive.supervised import Supervised

__all__ = ["Engine", "Processes"]


class Engine(Protocol):
    """`submit` gives a handle of a shard to be made, `wait` those of some that are made, `result` what came of one.

    `note` is told of a shard that is made, from any thread, at the latest when its result is asked for.
    """

    @property
    def width(self) -> int:
        """How many shards are made at once."""

    def submit(self, task: Task, note: Callable[[Entry], None]) -> Any: ...

    def wait(self, handles: Collection[Any]) -> Collection[Any]: ...

    def result(self, handle: Any) -> Entry: ...

    def close(self) -> None:
        """Give up what is not done, and end the workers."""


class Processes:
    """So many worker processes on this machine; each has a thread here that watches it."""

    def __init__(self, workers: int, settings: Settings, limits: Limits, folder: Path) -> None:
        self.width = workers
        self._all = [Supervised(settings, limits, folder) for _ in range(workers)]
        self._idle: SimpleQueue[Supervised] = SimpleQueue()
        for one in self._all:
            self._idle.put(one)
        self._threads = ThreadPoolExecutor(workers)

    def submit(self, task: Task, note: Callable[[Entry], None]) -> Future[Entry]:
        return self._threads.submit(self._make, task, note)

    def wait(self, handles: Collection[Future[Entry]]) -> Collection[Future[Entry]]:
        return wait(handles, return_when=FIRST_COMPLETED).done

    def result(self, handle: Future[Entry]) -> Entry:
        return handle.result()

    def close(self) -> None:
        for one in self._all:
            one.close()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for one in self._all:
            one.bury()

    def _make(self, task: Task, note: Callable[[Entry], None]) -> Entry:
        one = self._idle.get()
        try:
            entry = one.make(task)
            note(entry)  # before its worker takes another one: an end from outside costs one shard a worker
            return entry
        finally:
            self._idle.put(one)
