"""The folder of a store: what it says of itself, and whose it is at the moment."""

from __future__ import annotations

import json
import os
import shutil
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as engine

from kg.errors import OutputError, StoreError, surroundings
from kg.profile import Profile
from kg.sandbox import memory_left

__all__ = ["FORMAT", "FORMS", "about", "create", "is_store", "let_go", "open_data", "take"]

#: The newest form of a store's folder, and how each form keeps the articles' graphs. A program opens these only.
FORMAT = 2
FORMS: dict[int, Profile] = {1: "full", 2: "lean"}

#: Megabytes of address space that the engine's threads and buffers take for reading and for writing, once a process.
#: Where they are refused the engine ends the program, so they are asked for first.
ROOM = {False: 352, True: 448}


def is_store(path: Path | str) -> bool:
    """Whether this is the folder of a store."""
    return (Path(path) / "store.json").is_file()


def create(folder: Path, base: str, profile: Profile = "full") -> None:
    """Make an empty store; a folder that holds something else is left alone."""
    left = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    if folder.exists() and (not folder.is_dir() or left - {"data", ".store.json.part"}):
        raise StoreError("is there already and is no store", str(folder), "name a new folder")
    made = False
    format = next(form for form, kept in FORMS.items() if kept == profile)
    part = folder / ".store.json.part"
    try:
        if left:  # a crash cut its making short: nothing was ever in it
            shutil.rmtree(folder / "data", ignore_errors=True)
        _ask_for_room(True)
        made = not folder.exists()
        (folder / "data").mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps({"format": format, "base": base}) + "\n", encoding="utf-8")
        engine.Store(str(folder / "data")).flush()
        os.replace(part, folder / "store.json")  # last: a folder without it was never finished
    except (OSError, RuntimeError) as problem:
        if not is_store(folder):  # another process may have finished it meanwhile: that is theirs
            shutil.rmtree(folder / "data", ignore_errors=True)
            part.unlink(missing_ok=True)
            if made and not any(folder.iterdir()):
                folder.rmdir()
        fault = surroundings(problem)
        raise OutputError(
            f"cannot be made: {fault.what if fault else problem}",
            str(folder),
            fault and fault.remedy or "choose another place",
        ) from None


def open_data(folder: Path, write: bool) -> engine.Store:
    """The engine on a folder's data.

    Raises StoreError where that is missing, damaged, or cannot be had for want of room.
    """
    kept = folder / "data.old"
    if not (folder / "data").exists() and (kept / "CURRENT").is_file():  # packing was cut short between two names
        with suppress(OSError):
            os.rename(kept, folder / "data")
    if not (folder / "data" / "CURRENT").is_file():  # the engine would begin an empty one without a word
        raise StoreError("its data is missing", str(folder), "restore it from a snapshot, or build it again")
    _ask_for_room(write)
    data = str(folder / "data")
    try:
        return engine.Store(data) if write else engine.Store.read_only(data)
    except (OSError, ValueError, RuntimeError) as problem:
        cause = " ".join(str(problem).split())[:200]
        fault = (
            surroundings(problem) if "while appending" in cause.lower() or "no space left" in cause.lower() else None
        )
        raise StoreError(
            f"the data cannot be opened: {fault.what if fault else cause}",
            str(folder),
            fault.remedy if fault else "restore it from a snapshot, or build it again",
        ) from None


@cache
def _ask_for_room(write: bool) -> None:
    left = memory_left()
    if left is not None and left >> 20 < ROOM[write]:
        raise StoreError(
            f"a store needs {ROOM[write]} MB of memory, and the limit leaves {max(left, 0) >> 20}",
            "",
            "allow it more (ulimit -v)",
        )


def about(folder: Path) -> dict[str, Any]:
    """The profile of the articles' graphs and the namespace of a store, if this program knows its form."""
    try:
        said = json.loads((folder / "store.json").read_text(encoding="utf-8"))
        format, base = int(said["format"]), str(said["base"])
    except FileNotFoundError:
        what = "is not a store" if folder.exists() else "does not exist"
        raise StoreError(what, str(folder), "make one with `kg build ARTICLE -o FOLDER.kg`") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise StoreError("its store.json cannot be read", str(folder), "restore it from a snapshot") from None
    if format > FORMAT:
        raise StoreError(f"has form {format}, this program knows {FORMAT}", str(folder), "install a newer article-kg")
    if format not in FORMS:
        raise StoreError(
            f"has the older form {format}, this program writes {FORMAT}",
            str(folder),
            "write it out with the version that made it (`kg export STORE -o all.nq`) and add that to a new store",
        )
    return {"profile": FORMS[format], "base": base}


def take(folder: Path, *, alone: bool, wait: float = 0) -> int | None:
    """A lock on the folder: shared by readers, exclusive for a writer; waited for so many seconds.

    It goes when the process does, however that ends.
    """
    try:
        import fcntl
    except ImportError:  # no such locks on Windows: the engine's own keeps writers apart
        return None
    try:
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError:
        if alone:
            raise StoreError("cannot be written", str(folder), "check its permissions") from None
        return None  # a store on a read-only disk has no writer
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
            return lock
        except OSError:
            if time.monotonic() >= until:
                os.close(lock)
                raise StoreError(
                    "is in use by another process",
                    str(folder),
                    "wait for it, ask it through `kg serve`, or read a copy made by `kg snapshot`",
                ) from None
        time.sleep(0.02)


def let_go(lock: int | None) -> None:
    """Give a lock back."""
    if lock is not None:
        os.close(lock)
