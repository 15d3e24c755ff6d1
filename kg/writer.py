"""Files out: whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kg.errors import ADDRESS, OutputError


@contextmanager
def writing(target: str | Path) -> Iterator[BinaryIO]:
    """Open `target` to be written in binary; it appears, replacing what stood there, only when the block ends well.

    "-" is standard output; a device or pipe ("/dev/stdout") is written to directly, since nothing can be renamed over
    it.
    """
    if str(target) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(target)
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as out:
                yield out
            return
        path = Path(os.path.realpath(path))  # through a symbolic link, so that the link itself stays
        check_writable(path, str(target))
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        out = part.open("wb")
    except OSError as error:
        raise _refused(error, str(target)) from None
    try:
        with out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        if path.exists():
            os.chmod(part, stat.S_IMODE(path.stat().st_mode))
        os.replace(part, path)
    except BaseException as error:
        part.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename in (None, str(part), str(path)):
            raise _refused(error, str(target)) from None
        raise


def check_writable(target: str | Path, shown: str | None = None) -> None:
    """Raise an OutputError if a file could not be written here: asked before the long work, not after it."""
    path, shown = Path(target), shown or str(target)
    if shown == "-":
        return
    if path.is_dir():
        raise OutputError("is a folder", shown, "name a file in it")
    if ADDRESS.match(str(target)):
        raise OutputError("is an address on the web, and no file", shown, "name a file; kg push sends a graph")
    folder = path.parent
    if not folder.is_dir():
        raise OutputError("cannot be written: its folder does not exist", shown, f"create {folder} first")
    if not os.access(folder, os.W_OK | os.X_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise OutputError("cannot be written: permission denied", shown, "choose another place with -o")


def _refused(error: OSError, shown: str) -> OutputError:
    return OutputError(
        f"cannot be written: {(error.strerror or str(error)).lower()}", shown, "choose another place with -o"
    )
