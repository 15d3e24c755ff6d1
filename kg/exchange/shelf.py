"""What a large graph is read into: values by key and in order, on disk where they are many, so that memory stays the
same however large the graph is.

SQLite keeps them in a file of its own that has no name and goes with the program.
"""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Callable, ItemsView, Iterator, Mapping, ValuesView
from functools import lru_cache
from typing import Any, TypeVar

__all__ = ["Shelf", "disk", "kept"]

T = TypeVar("T")
#: Kilobytes of memory that a disk takes, and how many values of a shelf are at hand.
CACHE, AT_HAND = 16_384, 2_048
#: So many values are put down at once.
BURST = 500


def disk() -> sqlite3.Connection:
    """A place for shelves: in memory while they are small, in a file without a name beyond that."""
    made = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{CACHE}"):
        made.execute(f"PRAGMA {setting}")
    made.execute("BEGIN")  # never ended: nothing of it is to stay
    return made


def kept(flat: Any) -> bytes:
    """Tuples, lists, dicts, words and numbers as they are kept."""
    return marshal.dumps(flat)


class Shelf(Mapping[str, T]):
    """Values by key, in order of the keys. `flat` makes of a value what can be kept (tuples, lists, dicts, words and
    numbers), `made` the value again.
    """

    def __init__(
        self,
        place: sqlite3.Connection,
        name: str,
        flat: Callable[[T], Any],
        made: Callable[[Any], T],
        *,
        there: bool = False,
    ) -> None:
        self._place, self._name, self._flat, self._made = place, name, flat, made
        self._coming: list[tuple[str, bytes]] = []
        if not there:
            place.execute(f"CREATE TABLE {name} (key TEXT NOT NULL UNIQUE, value BLOB NOT NULL)")
        self._at_hand = lru_cache(AT_HAND)(self._find)

    def put(self, key: str, value: T) -> None:
        """Keep a value; of several with one key the first."""
        self._coming.append((key, kept(self._flat(value))))
        if len(self._coming) >= BURST:
            self._settle()

    def _settle(self) -> None:
        if self._coming:
            self._place.executemany(f"INSERT OR IGNORE INTO {self._name} VALUES (?, ?)", self._coming)
            self._coming.clear()

    def changed(self, change: Callable[[T], T]) -> Shelf[T]:
        """The same shelf, with a change made to each value that is taken."""
        self._settle()
        return Shelf(self._place, self._name, self._flat, lambda flat: change(self._made(flat)), there=True)

    def clear(self) -> None:
        """Give the room back; nothing can be taken any longer."""
        self._at_hand.cache_clear()
        self._coming.clear()
        self._place.execute(f"DROP TABLE {self._name}")

    def _find(self, key: str) -> T:
        self._settle()
        row = self._place.execute(f"SELECT value FROM {self._name} WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        return self._made(marshal.loads(row[0]))  # noqa: S302  # written here

    def __getitem__(self, key: str) -> T:
        return self._at_hand(key)

    def __iter__(self) -> Iterator[str]:
        self._settle()
        return (row[0] for row in self._place.execute(f"SELECT key FROM {self._name} ORDER BY key"))

    def __len__(self) -> int:
        self._settle()
        return int(self._place.execute(f"SELECT count(*) FROM {self._name}").fetchone()[0])

    def values(self) -> ValuesView[T]:
        return _Values(self)

    def items(self) -> ItemsView[str, T]:
        return _Items(self)

    def in_order(self) -> Iterator[tuple[str, T]]:
        """Keys and values, in order of the keys."""
        self._settle()
        rows = self._place.execute(f"SELECT key, value FROM {self._name} ORDER BY key")
        return ((key, self._made(marshal.loads(data))) for key, data in rows)  # noqa: S302


class _Values(ValuesView[T]):
    _mapping: Shelf[T]

    def __iter__(self) -> Iterator[T]:
        return (value for _, value in self._mapping.in_order())


class _Items(ItemsView[str, T]):
    _mapping: Shelf[T]

    def __iter__(self) -> Iterator[tuple[str, T]]:
        return self._mapping.in_order()
