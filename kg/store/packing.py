"""A store's files made small: the engine writes what is loaded at once compressed, and what comes bit by bit not before
its files hold gigabytes.

The packed copy is made while others read, and takes the place of the data if nothing was written meanwhile. It is made
when the data have doubled since, so that an article is packed some few times in its life however large the store.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pyoxigraph as engine

from kg.errors import StoreError
from kg.store.folder import let_go, open_data, take

__all__ = ["LEAST", "pack"]

#: Bytes of data from which packing is worth its while, and how much larger than after the last packing they are.
LEAST, GROWN = 8 << 20, 2
#: A file that tells how many bytes the data had when they were packed.
_NOTE = "packed"


def pack(folder: Path, *, least: int = LEAST, wait: float = 0) -> bool:
    """Pack a store's data if they have grown to that; whether it was done. Readers are not kept waiting.

    Nothing is done where the store is in use by a writer, or read by one who does not let go in so many seconds.
    """
    made, old = folder / "packing", folder / "data.old"
    try:
        lock = take(folder, alone=False)
    except StoreError:
        return False
    try:
        before = _files(folder / "data")
        if _size(before) < max(least, GROWN * _noted(folder)):
            return False
        shutil.rmtree(made, ignore_errors=True)  # one that a crash left
        loaded, held = engine.Store(str(made)), open_data(folder, False)
        loaded.bulk_extend(held)
        loaded.flush()
        del loaded, held
    except (OSError, RuntimeError, StoreError):  # no room for a copy: the store is as good as it was
        shutil.rmtree(made, ignore_errors=True)
        return False
    finally:
        let_go(lock)
    try:
        lock = take(folder, alone=True, wait=wait)
    except StoreError:
        shutil.rmtree(made, ignore_errors=True)
        return False
    try:
        if _files(folder / "data") != before:
            return False
        os.rename(folder / "data", old)
        os.rename(made, folder / "data")
        (folder / _NOTE).write_text(f"{_size(_files(folder / 'data'))}\n", encoding="ascii")
        return True
    finally:
        shutil.rmtree(made, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
        let_go(lock)


def _files(data: Path) -> list[tuple[str, int, int]]:
    """The files that hold the data, with their sizes and times."""
    held = [path for path in data.iterdir() if path.suffix in (".sst", ".log") or path.name.startswith("MANIFEST")]
    return sorted((path.name, (told := path.stat()).st_size, told.st_mtime_ns) for path in held)


def _size(files: list[tuple[str, int, int]]) -> int:
    return sum(size for _, size, _ in files)


def _noted(folder: Path) -> int:
    try:
        return int((folder / _NOTE).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0
