"""Articles in rows: JSON Lines, JSON, and tables with commas or tabs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

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
    head = given.text.split("\n", 1)[0]
    yield from _table(given, ";" if head.count(";") > head.count(",") else ",")


def read_tabs(given: Given) -> Articles:
    """A table with tabs."""
    yield from _table(given, "\t")


def _table(given: Given, mark: str) -> Articles:
    import csv

    csv.field_size_limit(2**31 - 1)
    try:
        rows = list(csv.reader(given.text.splitlines(keepends=True), delimiter=mark, strict=True))
    except csv.Error as error:
        yield DocumentError(f"is a damaged table ({error})", given.source, "mend its quotes, or save it as JSON Lines")
        return
    head = [cell.strip() for cell in rows[0]] if rows else []
    if problem := _headless(head, given):
        yield problem
        return
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        where = f"{given.source}, row {number}"
        if len(row) != len(head):
            yield DocumentError(
                f"has {len(row)} cells under {len(head)} columns",
                where,
                "mend the row: a text with commas or line ends stands in quotes",
            )
        else:
            yield _record(
                {key: cell for key, cell in zip(head, row, strict=True) if cell.strip()}, where, given.columns
            )


def _headless(head: Iterable[str], given: Given) -> DocumentError | None:
    head = list(head)
    for name, column in given.columns.items():
        if column not in head:
            return DocumentError(
                f"the table has no column {column!r}",
                given.source,
                f"--columns {name}=… is one of {', '.join(head)[:200]}",
            )
    if "text" not in given.columns and not any(KEYS.get(cell.lower()) == "text" for cell in head):
        return DocumentError(
            f"is a table whose columns ({', '.join(head)[:120]}) name no text",
            given.source,
            "say --columns text=COLUMN,date=COLUMN …",
        )
    return None
