"""A process that makes shards: it loads the model once, is walled in, and tells of every document before it reads it.

who started it → worker   (Settings, Limits, folder), then a Task for each shard
worker → who started it   ("ready",), then for each shard ("at", key, source, seconds) before each document, and at last
                          ("made", entry, whether it ends now), or ("failed", error)

    python -m kg.archive.worker LIFELINE

It ends with who holds the other end of the lifeline. That it has ended, or is silent, and where, is seen outside.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from kg.archive.pipes import Ended, hear, tell
from kg.archive.shard import Key, Limits, Settings, Task, of_shard
from kg.errors import KgError, surroundings
from kg.sandbox import end_with, wall_in
from kg.writer import writing

#: Seconds that putting a shard in order and writing it may take.
WRITING = 600.0
#: A worker that has grown by this part of the memory that one article may use is replaced by a fresh one.
GROWN = 0.25


def main() -> None:
    """Read tasks from standard input until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started it decides when it ends
    end_with(int(sys.argv[1]))
    into = os.dup(1)
    os.dup2(2, 1)  # whatever a library prints is no value
    try:
        settings, limits, folder = hear(0)
        _serve(settings, limits, folder, into)
    except Ended:
        pass


def _serve(settings: Settings, limits: Limits, folder: Path, into: int) -> None:
    try:
        settings.line  # noqa: B018  # loaded before the first shard, and before the walls
    except Exception as error:
        tell(into, ("failed", _told(error)))
        return
    wall_in(limits.memory)
    began = _memory()
    tell(into, ("ready",))
    while True:
        task: Task = hear(0)

        def at(key: Key | None, source: str, seconds: float) -> None:
            tell(into, ("at", key, source, seconds))

        try:
            data, entry = of_shard(task, settings, limits, at)
            at(None, "", WRITING)
            if not task.trial:
                with writing(folder / task.name) as out:
                    out.write(data)
        except Ended:
            raise
        except MemoryError:
            return  # as if it had been killed: seen outside, and where
        except Exception as error:
            tell(into, ("failed", _told(error)))
            continue
        del data
        last = _memory() - began > GROWN * limits.memory
        tell(into, ("made", entry, last))
        if last:
            return


def _told(error: Exception) -> Exception:
    """An error that travels."""
    if isinstance(error, KgError):
        return error
    return surroundings(error) or KgError(f"{type(error).__name__}: {error}", "a worker", "KG_DEBUG=1 shows more")


def _memory() -> int:
    """Bytes of address space of this process (Linux); 0 elsewhere."""
    try:
        with open("/proc/self/statm") as statm:
            return int(statm.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


if __name__ == "__main__":
    main()
