"""What people see: tables, lines of talk.

Rich decides on colour and width; elsewhere than on a terminal there is neither.
"""

from __future__ import annotations

import csv
import json
import os
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

    from rich.console import Console

FORMATS = ("table", "csv", "tsv", "json")


def say(line: str) -> None:
    """Talk: one line on standard error."""
    print(line, file=sys.stderr)


def begin() -> None:
    """Settle what a program inherits: its streams are there, they carry UTF-8, and an end from outside is tidy.

    A closed stream is stood in for, so that no other file takes its number; who then uses it meets an OSError.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            wrong = os.O_RDONLY if name == "stdout" else os.O_WRONLY  # the way in which it cannot be used
            opened = os.open(os.devnull, wrong)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            setattr(sys, name, open(number, "r" if name == "stdin" else "w", encoding="utf-8", closefd=False))
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(**({"errors": "replace"} if sys.stdout.isatty() else {"encoding": "utf-8"}))
    for name in ("SIGTERM", "SIGHUP"):
        known = getattr(signal, name, None)
        if known is not None and signal.getsignal(known) == signal.SIG_DFL:
            signal.signal(known, _stopped)


def _stopped(number: int, frame: FrameType | None) -> None:
    """End as a shell tells it (128 and the signal's number), taking back what is half done."""
    sys.exit(128 + number)


def finish() -> None:
    """Write out what standard output still holds: an OSError now, not after the exit status is settled."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as problem:
        problem.filename = "standard output"
        raise


def silence() -> None:
    """Write to standard output no more: who listened has gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def counted(number: int, one: str, many: str = "") -> str:
    """`1 claim`, `2 claims`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


#: A longer table is written without rich.
MANY = 200


def rows(
    columns: Sequence[str], body: Iterable[Sequence[object]], format: str = "table", title: str | None = None
) -> None:
    """Rows on standard output, as a table for people or as data; a table taller than the screen goes through the
    pager.
    """
    body = [tuple("" if cell is None else cell for cell in row) for row in body]
    if format == "json":
        json.dump([dict(zip(columns, row)) for row in body], sys.stdout, ensure_ascii=False, indent=1, default=str)
        print()
    elif format in ("csv", "tsv"):
        out = csv.writer(sys.stdout, delimiter="," if format == "csv" else "\t", lineterminator="\n")
        out.writerow(columns)
        out.writerows([str(cell) for cell in row] for row in body)
    else:
        cells = [list(map(printable, row)) for row in body]
        if len(cells) > MANY:
            lines = (f"{line}\n" for line in _ruled(columns, cells, title))
            if _console().is_terminal:
                from rich.pager import SystemPager

                SystemPager().show("".join(lines))
            else:
                sys.stdout.writelines(lines)
            return
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False)
        for column in columns:
            table.add_column(column, overflow="fold")
        for row in cells:
            table.add_row(*map(Text, row))
        console = _console()
        if console.is_terminal and len(console.render_lines(table)) > console.height:
            with console.pager():  # without styles: not every pager hands them on to the terminal
                console.print(table)
        else:
            console.print(table)


def _ruled(columns: Sequence[str], cells: Sequence[Sequence[str]], title: str | None) -> Iterator[str]:
    """The lines that rich makes of a table where nothing is cut or folded; of thousands of rows it takes seconds."""
    from rich.cells import cell_len

    def sized(row: Sequence[str]) -> list[int]:
        return list(map(len if "".join(row).isascii() else cell_len, row))

    sizes = [sized(row) for row in (columns, *cells)]
    widths = [max(column) for column in zip(*sizes)]
    whole = sum(widths) + 3 * (len(widths) - 1) + 2
    if title is not None:
        yield title + " " * (whole - cell_len(title))
    yield " " * whole
    for n, (row, size) in enumerate(zip((columns, *cells), sizes)):
        padded = map(str.ljust, row, (width - size + len(cell) for cell, width, size in zip(row, widths, size)))
        yield f" {'   '.join(padded)} "
        if n == 0:
            yield f" {'─' * (whole - 2)} "
    yield " " * whole


def _console() -> Console:
    from rich.console import Console

    console = Console(highlight=False, emoji=False, markup=False)
    if not console.is_terminal:  # a file or pipe is of any width: nothing is cut or folded
        console.width = 10_000
    return console


def printable(cell: object) -> str:
    """Text that cannot steer a terminal: control characters are shown, not sent."""
    text = str(cell)
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    return character if character.isprintable() else " " if character in "\n\t\r" else "�"
