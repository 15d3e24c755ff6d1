"""Values between a worker and who started it: eight bytes of length, then a pickle."""

from __future__ import annotations

import os
import pickle
import select
import struct
import time
from typing import Any

__all__ = ["Ended", "Late", "hear", "tell"]

_LENGTH = struct.Struct(">Q")


class Ended(Exception):
    """The other end is closed."""


class Late(Exception):
    """The other end says nothing for too long."""


def tell(into: int, value: object) -> None:
    """Write one value to a pipe. Raises Ended where nobody reads it."""
    pickled = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    try:
        for part in (_LENGTH.pack(len(pickled)), pickled):
            data = memoryview(part)
            while data:
                data = data[os.write(into, data) :]
    except OSError:
        raise Ended from None


def hear(out: int, seconds: float | None = None) -> Any:
    """Read one value from a pipe; within so many seconds, where they are given."""
    until = None if seconds is None else time.monotonic() + seconds
    return pickle.loads(_read(out, _LENGTH.unpack(_read(out, _LENGTH.size, until))[0], until))


def _read(out: int, most: int, until: float | None) -> bytes:
    parts = bytearray()
    while len(parts) < most:
        if until is not None and not select.select([out], [], [], max(0.0, until - time.monotonic()))[0]:
            raise Late
        try:
            part = os.read(out, min(most - len(parts), 1 << 20))
        except OSError:
            part = b""
        if not part:
            raise Ended
        parts += part
    return bytes(parts)
