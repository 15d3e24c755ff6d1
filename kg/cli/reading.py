"""Articles in: what the options say of reading them, what cannot be read, and how far the work is."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.cli.terminal import counted, say
from kg.errors import InputError, KgError

if TYPE_CHECKING:
    from kg.model import Document
    from kg.reader import Reading


def how(
    columns: str | None = None, day_first: bool = False, month_first: bool = False, language: str = "en"
) -> Reading:
    """How files are read, from the options. `columns` is "text=story,date=day"."""
    from kg.reader import Reading

    if day_first and month_first:
        raise InputError("are two answers", "--day-first and --month-first", "give one of them")
    named: dict[str, str] = {}
    for pair in filter(None, (columns or "").split(",")):
        name, sign, column = (part.strip() for part in pair.partition("="))
        if not sign or not name or not column:
            raise InputError("is not NAME=COLUMN", f"--columns {pair}", "write it as --columns text=story,date=day")
        named[name] = column
    return Reading(
        named, "day" if day_first else "month" if month_first else None, language, tell=lambda line: say(f"kg: {line}")
    )


class LeftOut:
    """What could not be read. One article among several that cannot costs only itself; with `strict` the first one
    ends the work.
    """

    def __init__(self, strict: bool = False) -> None:
        self.strict = strict
        self.errors: list[KgError] = []

    def file(self, error: KgError) -> None:
        """A file, or an article in one."""
        if self.strict:
            raise error
        self.errors.append(error)

    def line(self, error: KgError) -> None:
        """A line of a stream, named as soon as it is met."""
        self.file(error)
        say(f"kg: left out: {error}")

    def article(self, document: Document, problem: Exception) -> None:
        """An article that the line could not read."""
        if self.strict:
            raise problem
        told = (
            (problem.what, problem.remedy)
            if isinstance(problem, KgError)
            else (f"{type(problem).__name__}: {problem}", "")
        )
        self.errors.append(KgError(told[0], document.source, told[1]))
        say(f"kg: left out: {self.errors[-1]}")

    def settle(self, read: int) -> None:
        """Name what was left out. Raises the error where there is nothing else: none of the given could be read."""
        if self.errors and not read:
            for error in self.errors[:-1]:
                say(f"kg: left out: {error}")
            raise self.errors[-1]
        for error in self.errors:
            say(f"kg: left out: {error}")

    @property
    def status(self) -> int:
        return 1 if self.errors else 0

    def __str__(self) -> str:
        return f", {len(self.errors)} left out" if self.errors else ""


def articles(paths: Iterable[Path], how: Reading, left: LeftOut, **given: str | None) -> list[Document]:
    """The articles of paths; what cannot be read is named, and an error if that is all."""
    from kg.reader import read_documents

    found = list(read_documents(paths, how, left.file, **given))
    left.settle(len(found))
    return found


def progress(work: Iterable[Any], total: int) -> Iterator[Any]:
    """The same, with a bar on a terminal where there are two or more."""
    if total < 2 or not sys.stderr.isatty():
        yield from work
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, redirect_stdout=sys.stdout.isatty()) as bar:
        task = bar.add_task(counted(total, "article"), total=total)
        for one in work:
            yield one
            bar.advance(task)
