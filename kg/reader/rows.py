"""Articles in rows: JSON Lines, JSON, and tables with commas or tabs."""

from __future__ import annotations

import io
import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from kg.errors import DocumentError
from kg.reader.found import KEYS, PROPERTIES, Articles, Found, Given, told

#: Where the properties of an article in rows stand.
RECORD = "its record"


def read_lines(given: Given) -> Articles:
    """One JSON object a line."""
    for number, line in enumerate(given.text.split("\n"), 1):
        if line.strip():
            yield of_line(line, f"{given.source}, line {number}", given.columns)


def of_line(line: str | bytes, source: str, columns: Mapping[str, str] | None = None) -> Found | DocumentError:
    """The article of a line of JSON, or why it is none."""
    try:
        record: Any = json.loads(line.decode("utf-8-sig") if isinstance(line, bytes) else line)
    except UnicodeDecodeError as error:
        return DocumentError(f"is not UTF-8 (byte {error.start})", source, "convert it to UTF-8 first")
    except (ValueError, RecursionError) as error:
        return DocumentError(f"is not JSON ({error})", source, "write one JSON object a line")
    return _record(record, source, columns or {})


def read_json(given: Given) -> Articles:
    """One JSON object, or a list of them."""
    try:
        held = json.loads(given.text)
    except (ValueError, RecursionError) as error:
        yield DocumentError(f"is not JSON ({error})", given.source, "mend it, or give the article as text")
        return
    if not isinstance(held, list):
        yield _record(held, given.source, given.columns, "")
    elif not held:
        yield DocumentError("holds no article", given.source, 'write [{"text": …}, …]')
    else:
        for number, record in enumerate(held, 1):
            yield _record(record, f"{given.source}, article {number}", given.columns)


def _record(record: Any, source: str, columns: Mapping[str, str], part: str | None = None) -> Found | DocumentError:
    record = _renamed(record, columns) if isinstance(record, dict) else record
    text = _text(record)
    if text is None:
        return DocumentError(
            'has no "text"', source, 'write {"id": …, "text": …}, or name its key with --columns text=KEY'
        )
    if "id" in record:
        source = f"{source} (id {record['id']!r})"
    for key, value in record.items():
        if (
            key in PROPERTIES
            and value is not None
            and not isinstance(value, (str, list, dict))
            and not (key == "id" and type(value) is int)
        ):
            return DocumentError(f'"{key}" is not a string', source, "put it in quotes")
    return Found(text, told(record, RECORD), source if part is None else part)


def _renamed(record: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """A record under our names where --columns says which of its own they are."""
    mine = {name: record[column] for name, column in columns.items() if column in record}
    return mine | {
        key: value
        for key, value in record.items()
        if key not in mine and KEYS.get(str(key).strip().lower()) not in mine
    }


def _text(record: Any) -> str | None:
    if isinstance(record, dict):
        for key, value in sorted(record.items(), key=lambda pair: pair[0] != "text"):
            if KEYS.get(key.strip().lower()) == "text" and isinstance(value, str):
                return value
    return None


def read_commas(given: Given) -> Articles:
    """A table with commas (or semicolons), its first line naming the columns."""
    yield from table(io.StringIO(given.text, newline=""), given.source, given.columns)


def read_tabs(given: Given) -> Articles:
    """A table with tabs."""
    yield from table(io.StringIO(given.text, newline=""), given.source, given.columns, "\t")


def table(lines: TextIO, source: str, columns: Mapping[str, str], mark: str = "") -> Articles:
    """The articles of a table as its lines come; a damaged or endless row is an error in its place."""
    rows = _Rows(lines, mark)
    first = rows.row()
    if isinstance(first, str):
        yield DocumentError(f"is a damaged table ({first})", source, _MEND)
        return
    head = rows.head = [cell.strip() for cell in first or ()]
    if problem := _headless(head, source, columns):
        yield problem
        return
    number = 1
    while (row := rows.row()) is not None:
        number += 1
        where = f"{source}, row {number}"
        if isinstance(row, str):
            yield DocumentError(f"is a damaged row ({row})", where, _MEND)
        elif len(row) != len(head) and any(cell.strip() for cell in row):
            yield DocumentError(
                f"has {len(row)} cells under {len(head)} columns",
                where,
                "mend the row: a text with commas or line ends stands in quotes",
            )
        elif any(cell.strip() for cell in row):
            yield _record({key: cell for key, cell in zip(head, row, strict=True) if cell.strip()}, where, columns)


_MEND = "mend its quotes, or save it as JSON Lines"
#: The longest row of a table, in characters: many times the longest text that is read.
LONGEST_ROW = 8_000_000


class _Rows:
    """The rows of a table one after the other. Of one that cannot be read its first line is taken alone: a quote that
    nobody closes costs no other row.
    """

    def __init__(self, lines: TextIO, mark: str) -> None:
        import csv

        self.head: list[str] = []
        self._lines, self._back = lines, deque[str]()  # lines that were read too far
        first = self._line()
        self._back.append(first)
        self._mark = mark or (";" if first.count(";") > first.count(",") else ",")
        csv.field_size_limit(LONGEST_ROW)

    def row(self) -> list[str] | str | None:
        """The cells of the next row, or why it has none; None at the end."""
        import csv

        held: list[str] = []
        try:
            return next(csv.reader(self._of_row(held), delimiter=self._mark, strict=True), None)
        except csv.Error as error:
            if sum(map(len, held)) <= LONGEST_ROW or len(self.head) > 1 and self._are_rows(held[1:]):
                self._back.extendleft(reversed(held[1:]))
            else:
                self._pass(held)
            return str(error)

    def _of_row(self, held: list[str]) -> Iterator[str]:
        import csv

        size = 0
        while line := self._line():
            held.append(line)
            size += len(line)
            if size > LONGEST_ROW:
                raise csv.Error(f"longer than {LONGEST_ROW:,} characters")
            yield line

    def _line(self) -> str:
        return self._back.popleft() if self._back else self._lines.readline(LONGEST_ROW + 1)

    def _are_rows(self, lines: list[str]) -> bool:
        """Whether lines that a row seems to go on with are rows of their own."""
        import csv

        try:
            alike = sum(1 for row in csv.reader(lines, delimiter=self._mark) if len(row) == len(self.head))
        except csv.Error:  # longer than a row may be
            return False
        return 0 < 0.9 * len(lines) <= alike

    def _pass(self, held: list[str]) -> None:
        """Read to the end of a row that is too long: to that of the line in which its quotes become even, or to a line
        whose first quote opens a cell, for then this row has never closed its own.
        """
        odd, last = sum(line.count('"') for line in held) % 2, held[-1]
        while last and (odd or not last.endswith(("\n", "\r"))):
            opens = last.endswith(("\n", "\r"))
            last = self._lines.readline(1 << 20)
            if odd and opens and re.match(rf'(?:[^"]*{re.escape(self._mark)})?"[^"]', last.removesuffix("\n")):
                self._back.append(last)
                return
            odd = (odd + last.count('"')) % 2


def _headless(head: list[str], source: str, columns: Mapping[str, str]) -> DocumentError | None:
    for name, column in columns.items():
        if column not in head:
            return DocumentError(
                f"the table has no column {column!r}",
                source,
                f"--columns {name}=… is one of {', '.join(head)[:200]}",
            )
    if "text" not in columns and not any(KEYS.get(cell.lower()) == "text" for cell in head):
        return DocumentError(
            f"is a table whose columns ({', '.join(head)[:120]}) name no text",
            source,
            "say --columns text=COLUMN,date=COLUMN …",
        )
    return None
