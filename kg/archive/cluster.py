"""Who makes shards: workers of Dask, on this machine or on many. The only room that knows Dask.

Each thread of a Dask worker watches one process that reads (`Supervised`), with its model loaded once; a plugin keeps
them. So poison costs a reading process, and not a worker; should some yet kill workers, the scheduler gives its shard
up, and it is looked for by halving the shard. Workers write the shards: the folder must be the same for all of them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from concurrent.futures import CancelledError
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from kg.archive.shard import READING, Entry, Key, Limits, Settings, Task
from kg.archive.supervised import Supervised
from kg.errors import InputError, KgError

try:
    import distributed as _distributed
    from distributed import KilledWorker, WorkerPlugin
except ImportError:
    raise InputError(
        "wants Dask, which is not installed", "--engine dask", "pip install 'article-kg[cluster]'"
    ) from None

__all__ = ["Dask"]

distributed: Any = _distributed  # most of it says nothing of its types

#: Seconds to wait for a scheduler to answer, and for its first worker.
ANSWER, ARRIVAL = 30, 300
#: The plugin of the workers.
NAME = "article-kg"


class Readers(WorkerPlugin):
    """The reading processes of one Dask worker, started when they are needed."""

    def __init__(self, settings: Settings, limits: Limits, folder: Path) -> None:
        self.given = settings, limits, folder
        self.name = NAME

    def setup(self, worker: Any) -> None:
        self.all = [Supervised(*self.given) for _ in range(worker.state.nthreads)]
        self.idle: SimpleQueue[Supervised] = SimpleQueue()
        for one in self.all:
            self.idle.put(one)

    def teardown(self, worker: Any) -> None:
        for one in self.all:
            one.close()

    def make(self, task: Task) -> Entry:
        one = self.idle.get()
        try:
            return one.make(task)
        finally:
            self.idle.put(one)


def make(task: Task) -> Entry:
    """Make a shard, on a worker."""
    readers: Readers = distributed.get_worker().plugins[NAME]
    return readers.make(task)


class Dask:
    """A cluster: of a scheduler at an address, or with so many workers on this machine."""

    def __init__(
        self, address: str | None, workers: int | None, settings: Settings, limits: Limits, folder: Path
    ) -> None:
        for part in ("distributed", "distributed.client", "tornado.application"):
            logging.getLogger(part).setLevel(logging.CRITICAL)  # what people are to know is said here
        self._address = address or "this machine"
        self._cluster: Any = None
        self._client: Any = None
        self._runs = 0
        try:
            if address is None:
                self._cluster = distributed.LocalCluster(
                    n_workers=workers or 1, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL
                )
            self._client = distributed.Client(address or self._cluster, timeout=ANSWER, set_as_default=False)
            self._client.wait_for_workers(1, timeout=ARRIVAL)
            self._client.register_plugin(Readers(settings, limits, folder.resolve()), name=NAME)
        except (OSError, ValueError) as problem:
            self.close()
            raise self._gone(problem) from None

    @property
    def width(self) -> int:
        try:
            return max(1, int(sum(self._client.nthreads().values())))
        except (CancelledError, OSError) as problem:
            raise self._gone(problem) from None

    def submit(self, task: Task, note: Callable[[Entry], None]) -> Any:
        future = self._submit(task)
        future.task, future.note = task, note
        return future

    def wait(self, handles: Collection[Any]) -> Collection[Any]:
        try:
            with self._client.as_current():
                done: Collection[Any] = distributed.wait(list(handles), return_when="FIRST_COMPLETED").done
        except (CancelledError, OSError) as problem:
            raise self._gone(problem) from None
        return done

    def result(self, handle: Any) -> Entry:
        try:
            entry: Entry = handle.result()
        except KilledWorker:
            task: Task = handle.task
            handle.release()
            again = replace(task, skip={**task.skip, **self._poison(task)})
            return self.result(self.submit(again, handle.note))
        except (CancelledError, OSError) as problem:
            raise self._gone(problem) from None
        handle.note(entry)
        return entry

    def close(self) -> None:
        for one in (self._client, self._cluster):
            if one is not None:
                one.close(timeout=10)

    def _submit(self, task: Task) -> Any:
        self._runs += 1
        key = f"{task.name}-{task.key[:16]}-{self._client.id}-{self._runs}"
        return self._client.submit(make, task, key=key, pure=False)

    def _poison(self, task: Task) -> dict[Key, str]:
        """The pieces of a shard that kill workers, by halving: each part is tried alone and not written. The whole is
        tried first: it may only have waited on a worker that another shard has killed.
        """
        found: dict[Key, str] = {}
        parts = [tuple(range(len(task.items)))]
        while parts:
            part = parts.pop()
            if not self._kills(task, part):
                continue
            if len(part) > 1:
                parts += [part[len(part) // 2 :], part[: len(part) // 2]]
            else:
                found[part[0], READING] = "the workers that read it ended, one after the other"
        return found

    def _kills(self, task: Task, part: tuple[int, ...]) -> bool:
        trial = self._submit(replace(task, items=tuple(task.items[n] for n in part), trial=True))
        try:
            trial.result()
        except KilledWorker:
            return True
        except (CancelledError, OSError) as problem:
            raise self._gone(problem) from None
        finally:
            trial.release()
        return False

    def _gone(self, problem: BaseException) -> KgError:
        what = " ".join(str(problem).split())[:120] or type(problem).__name__
        return KgError(
            f"no scheduler of Dask, or no worker of it, answers ({what})",
            str(self._address),
            "look whether they run; the same command goes on",
        )
