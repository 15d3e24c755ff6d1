"""Many articles → N-Quads in shards, by many processes: the same bytes whoever makes them.

    paths → pieces → shards (cut by number and order) → workers → shard-00000000.nq … and manifest.jsonl

A shard is written whole or not at all and then noted in the manifest; the same call again goes on where one ended. An
article that cannot be read, or that its reader dies or hangs of, costs only itself, and is listed with its reason:
`documents` = `built` + `skipped` + `quarantined`, always.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.archive.engines import Engine, Processes
from kg.archive.manifest import LEFT_OUT, MANIFEST, Manifest
from kg.archive.shard import Entry, LeftOut, Limits, Settings, Task, key_of
from kg.errors import InputError, KgError
from kg.reader import Reading
from kg.reader.pieces import Item, pieces, weight

__all__ = [
    "LEFT_OUT",
    "MANIFEST",
    "SHARD",
    "Engine",
    "Entry",
    "HEAVY",
    "LeftOut",
    "Limits",
    "Manifest",
    "Processes",
    "Settings",
    "Totals",
    "build",
    "cut",
    "key_of",
]

#: How many articles a shard has, and from how many bytes on it is closed before that.
SHARD, HEAVY = 32, 8_000_000
#: So many shards a worker are read ahead and wait.
AHEAD = 2


@dataclass
class Totals:
    """What has come of the articles so far. `weight` is about how many bytes of them are done."""

    documents: int = 0
    built: int = 0
    skipped: int = 0
    quarantined: int = 0
    claims: int = 0
    statements: int = 0
    bytes: int = 0
    shards: int = 0
    weight: int = 0
    again: int = 0  # shards that had been done before
    fresh: int = 0  # articles of the others
    fresh_weight: int = 0
    changed: int = 0  # shards that had been done before, of articles that are others now

    def count(self, entry: Entry, again: bool = False) -> None:
        """Add a shard. Raises an error where its articles do not come out even."""
        left = [one["left"] for one in entry["left_out"]]
        if entry["documents"] != entry["built"] + len(left):
            raise KgError(
                f"{entry['documents']} articles went in and {entry['built'] + len(left)} came out", entry["shard"]
            )
        self.documents += entry["documents"]
        self.built += entry["built"]
        self.skipped += left.count("skipped")
        self.quarantined += left.count("quarantined")
        self.claims += entry["claims"]
        self.statements += entry["statements"]
        self.bytes += entry["bytes"]
        self.weight += entry["weight"]
        self.shards += 1
        self.again += again
        if not again:
            self.fresh += entry["documents"]
            self.fresh_weight += entry["weight"]


def cut(items: Iterable[Item], size: int = SHARD) -> Iterator[tuple[str, tuple[Item, ...]]]:
    """Pieces in shards of `size`, in their order, with the names of the shards; heavy ones are closed earlier."""
    some: list[Item] = []
    number = heavy = 0
    for item in items:
        some.append(item)
        heavy += weight(item)
        if len(some) >= size or heavy >= HEAVY:
            yield name_of(number), tuple(some)
            some, number, heavy = [], number + 1, 0
    if some:
        yield name_of(number), tuple(some)


def name_of(number: int) -> str:
    """The file of a shard."""
    return f"shard-{number:08}.nq"


def build(
    paths: Iterable[str | Path],
    manifest: Manifest,
    engine: Engine,
    settings: Settings,
    how: Reading,
    *,
    size: int = SHARD,
    totals: Totals | None = None,
    on_shard: Callable[[Entry], None] = lambda entry: None,
) -> Iterator[Entry]:
    """Make the shards of an archive that are not done yet; entries of all in order, as soon as they are there.

    `on_shard` is told of each in the order in which they are done. Raises an InputError where there is no article.
    """
    totals = Totals() if totals is None else totals
    done: dict[str, Entry] = {}
    waiting: deque[str] = deque()
    running: set[Any] = set()

    def keep(entry: Entry, again: bool = False) -> None:
        done[entry["shard"]] = entry
        totals.count(entry, again)
        on_shard(entry)

    def collect() -> None:
        for handle in engine.wait(list(running)):
            running.discard(handle)
            keep(engine.result(handle))

    def ready() -> Iterator[Entry]:
        while waiting and waiting[0] in done:
            yield done.pop(waiting.popleft())

    name = ""
    for name, items in cut(pieces(paths, how, date=settings.date, publisher=settings.publisher), size):
        waiting.append(name)
        key = key_of(items)
        if manifest.is_done(name, key):
            keep(manifest.entries[name], again=True)
        else:
            totals.changed += name in manifest.entries
            while len(running) >= AHEAD * engine.width:
                collect()
                yield from ready()
            running.add(engine.submit(Task(name, items, key, weight=sum(map(weight, items))), manifest.add))
        yield from ready()
    while running:
        collect()
        yield from ready()
    manifest.drop({one for one in manifest.entries if one > name})
    if not name:
        raise InputError("holds no article", " ".join(map(str, paths)), "give articles")
