"""What a folder of shards keeps of itself: `manifest.jsonl`, and the articles left out beside it.

The first line says what made the shards, each other line is one shard that is done; a shard without a line is not done.
Lines are appended as shards are done, and put in order at the end: the same archive gives the same manifest.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

from kg.archive.shard import Entry, Settings
from kg.archive.supervised import no_parts
from kg.errors import InputError, OutputError
from kg.writer import writing

__all__ = ["LEFT_OUT", "MANIFEST", "Manifest"]

MANIFEST = "manifest.jsonl"
#: Files of the articles left out, by why.
LEFT_OUT = {"quarantined": "quarantine.jsonl", "skipped": "skipped.jsonl"}


class Manifest:
    """The manifest of a folder, held by one process at a time: a context manager."""

    def __init__(self, folder: Path, settings: Settings, size: int) -> None:
        """Open it, or begin one. Raises an error if the folder holds shards of other settings, or anything else."""
        from kg import __version__

        self.folder, self.path, self._adding = folder, folder / MANIFEST, threading.Lock()
        head = {"article-kg": __version__, "shard-size": size, **settings.record()}
        self._head: dict[str, Any] = json.loads(_line(head))  # as it is read again: lists for tuples
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not self.path.exists() and any(folder.iterdir()):
                raise OutputError("is a folder with other things in it", str(folder), "name a new one with -o")
            self._file: IO[bytes] = self.path.open("a+b")
        except OSError as problem:
            raise OutputError(
                f"cannot be written: {(problem.strerror or str(problem)).lower()}", str(folder), "choose another place"
            ) from None
        try:
            self._lock()
            no_parts(folder)
            self.entries = self._read()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Manifest:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def producer(self) -> str | None:
        """What made the shards: program and model."""
        return next((entry["producer"] for entry in self.entries.values()), None)

    def is_done(self, name: str, key: str) -> bool:
        """Whether a shard of these very pieces stands there."""
        entry, path = self.entries.get(name), self.folder / name
        return entry is not None and entry["key"] == key and path.is_file() and path.stat().st_size == entry["bytes"]

    def add(self, entry: Entry) -> None:
        """Note that a shard is done, for good; from any thread."""
        with self._adding:
            if self.producer not in (None, entry["producer"]):
                raise InputError(
                    f"holds shards made by {self.producer}, and not by {entry['producer']}",
                    str(self.folder),
                    "name a new folder with -o, or remove this one",
                )
            self.entries[entry["shard"]] = entry
            self._file.write(_line(entry))
            self._file.flush()
            os.fsync(self._file.fileno())

    def drop(self, names: set[str]) -> None:
        """Forget shards, and remove them."""
        for name in names:
            self.entries.pop(name, None)
            (self.folder / name).unlink(missing_ok=True)

    def close(self) -> None:
        """Put the lines in order, write the lists of what was left out, and let go."""
        if self._file.closed:
            return
        try:
            with writing(self.path) as out:
                out.write(_line(self._head))
                for _, entry in sorted(self.entries.items()):
                    out.write(_line(entry))
            for left, name in LEFT_OUT.items():
                lines = [_line(one) for one in self.left_out() if one["left"] == left]
                if lines:
                    with writing(self.folder / name) as out:
                        out.writelines(lines)
                else:
                    (self.folder / name).unlink(missing_ok=True)
        finally:
            self._file.close()

    def left_out(self) -> Iterator[dict[str, object]]:
        """The documents that are not in the graph, in the order of the archive."""
        for name, entry in sorted(self.entries.items()):
            for one in entry["left_out"]:
                yield {**one, "shard": name}

    def _read(self) -> dict[str, Entry]:
        self._file.seek(0)
        lines = self._file.read().split(b"\n")
        entries: dict[str, Entry] = {}
        if not lines[0]:
            self._file.write(_line(self._head))
            return entries
        if lines[-1]:  # an end from outside cut it short
            self._file.truncate(sum(len(line) + 1 for line in lines[:-1]))
        try:
            head, *held = (json.loads(line) for line in lines[:-1])
            entries |= {entry["shard"]: entry for entry in held}
        except (ValueError, KeyError, TypeError):
            raise InputError("is no manifest of shards", str(self.path), "name a new folder with -o") from None
        if head != self._head:
            wrong = [n for n in dict.fromkeys((*head, *self._head)) if head.get(n) != self._head.get(n)]
            if wrong == ["article-kg"]:
                what = f"article-kg {head['article-kg']}, and this is {self._head['article-kg']}"
            else:
                what = f"other options ({', '.join(name for name in wrong if name != 'article-kg')})"
            raise InputError(
                f"holds shards made by {what}", str(self.folder), "name a new folder with -o, or remove this one"
            )
        return entries

    def _lock(self) -> None:
        with suppress(ImportError):
            import fcntl

            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise OutputError(
                    "is being written by another process", str(self.folder), "wait for it, or name another folder"
                ) from None


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def of_folder(folder: Path) -> list[Entry]:
    """The shards of a folder, in order."""
    lines = (folder / MANIFEST).read_bytes().splitlines()[1:]
    return sorted((cast("Entry", json.loads(line)) for line in lines), key=lambda entry: entry["shard"])
