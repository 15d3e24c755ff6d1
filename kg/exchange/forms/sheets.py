"""The tables as CSV, Parquet, a workbook and pandas frames: the same rows and columns in each."""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.errors import InputError
from kg.exchange.records import Records
from kg.exchange.tables import TABLES, columns, rows
from kg.rdf import for_xml

if TYPE_CHECKING:
    import pandas

__all__ = ["frames", "write_csv", "write_parquet", "write_workbook"]

Row = tuple[Any, ...]
#: So many rows are held at once.
BATCH = 20_000
#: The tables of a workbook; of each the columns that people read, and the IRI of what the row is of.
SHEETS = ("claims", "entities", "events", "sources", "articles")
#: What a worksheet and its cells can hold, and how many links.
MOST_ROWS, MOST_CHARACTERS, MOST_LINKS = 1_048_576, 32_767, 60_000


def write_csv(records: Records, table: str, out: BinaryIO) -> int:
    """A table as CSV (RFC 4180, UTF-8, the header once); how many rows it has.

    Cells hold the words as they are: of a program that takes a cell that begins with "=" for a formula, open the
    workbook instead.
    """
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text)  # lines end in CRLF, and a cell that holds either stands in quotes
    writer.writerow(columns(table))
    count = 0
    for row in rows(records, table):
        writer.writerow(row)
        count += 1
    text.detach()
    return count


def write_parquet(records: Records, table: str, out: BinaryIO) -> int:
    """A table as Parquet, with text, 64-bit integers and doubles, in groups of rows; how many rows it has."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise missing("parquet") from None
    types = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
    schema = pyarrow.schema([(name, types[type]) for name, type in columns(table).items()])
    count = 0
    with parquet.ParquetWriter(out, schema) as writer:
        for batch in batches(rows(records, table)):
            held = [pyarrow.array(cells, type) for cells, type in zip(zip(*batch), schema.types)]
            writer.write_table(pyarrow.Table.from_arrays(held, schema=schema))
            count += len(batch)
    return count


def batches(given: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    """Rows in lists of bounded length."""
    while batch := list(itertools.islice(given, BATCH)):
        yield batch


def frames(records: Records) -> dict[str, pandas.DataFrame]:
    """The tables as pandas frames, by name: text as `object`, whole numbers as `int64` (`Int64` with gaps), numbers as
    `float64`.
    """
    try:
        import pandas
    except ImportError:
        raise missing("frame") from None
    found = {}
    for table in TABLES:
        held = list(zip(*rows(records, table))) or [()] * len(columns(table))
        made = {}
        for (name, type), cells in zip(columns(table).items(), held):
            whole = "Int64" if None in cells else "int64"
            made[name] = pandas.Series(cells, dtype={str: object, int: whole, float: "float64"}[type])
        found[table] = pandas.DataFrame(made)
    return found


def missing(form: str) -> InputError:
    """What is said where a library is not installed."""
    return InputError("its library is not installed", f"--as {form}", "pip install 'article-kg[exchange]'")


# ------------------------------------------------------------------ the workbook

#: Columns that are wide, in characters; others have a width by their names.
_WIDE = {
    "quote": 60,
    "subject": 26,
    "object": 26,
    "entity": 28,
    "article": 30,
    "title": 50,
    "otherwise": 40,
    "event": 18,
}


def write_workbook(records: Records, out: BinaryIO) -> int:
    """One workbook, a sheet a table, with filters, a header that stays, and links to the articles; how many rows it
    has.

    It has the columns that people read; the IRIs of what else is named, and all quotes, are in the other forms of the
    tables. Every cell is text or a number: words of an article are never a formula, whatever they begin with. A table
    with more rows than a sheet can hold goes on in another; a cell longer than a sheet can hold is cut, with an
    ellipsis.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise missing("xlsx") from None
    held = tempfile.TemporaryFile()
    settings = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    book = xlsxwriter.Workbook(held, {**settings, "strings_to_numbers": False})
    book.set_properties({"title": "article-kg", "created": datetime.datetime(1980, 1, 1)})
    looks = {"bold": book.add_format({"bold": True}), "link": book.get_default_url_format()}
    places = {id: n for n, id in enumerate(records.articles, 1)}
    count = 0
    for table in SHEETS:
        given, part = rows(records, table), 0
        for first in itertools.chain(given, (None,)):
            if first is None and part:
                break
            part += 1
            sheet = book.add_worksheet(table if part == 1 else f"{table} {part}")
            body = itertools.chain((first,), itertools.islice(given, MOST_ROWS - 2)) if first is not None else ()
            count += _fill(sheet, table, body, looks, places)
    book.close()
    held.seek(0)
    shutil.copyfileobj(held, out)
    held.close()
    return count


def _fill(sheet: Any, table: str, body: Iterable[Row], looks: dict[str, Any], places: dict[str, int]) -> int:
    """Write rows into a sheet; how many they are."""
    named = columns(table)
    names = list(named)
    own = next(name for name in names if name.endswith("_id"))
    shown = [n for n, name in enumerate(names) if name == own or not name.endswith("_id")]
    for x, n in enumerate(shown):
        sheet.set_column(x, x, _WIDE.get(names[n], max(10, min(len(names[n]) + 4, 20))))
        sheet.write_string(0, x, names[n], looks["bold"])
    sheet.freeze_panes(1, 1)
    links = {names.index(name): names.index(target) for name, target in _LEADING.get(table, {}).items()}
    numbers = {n for n, type in enumerate(named.values()) if type is not str}
    left, y = MOST_LINKS, 0
    for y, row in enumerate(body, 1):
        for x, n in enumerate(shown):
            cell = row[n]
            if cell is None:
                continue
            if n in numbers:
                sheet.write_number(y, x, cell)
                continue
            address = _address(row[links[n]], places) if n in links and left else ""
            words = for_xml(cell if len(cell) <= MOST_CHARACTERS else cell[: MOST_CHARACTERS - 1] + "…")
            if address:
                left -= 1
                sheet.write_url(y, x, address, looks["link"], words[:255])
            else:
                sheet.write_string(y, x, words)
    sheet.autofilter(0, 0, max(y, 1), len(shown) - 1)
    return y


#: Of each sheet the columns that are links, and the column that tells where they lead.
_LEADING = {name: {"article": "article_id"} for name in ("claims", "events")} | {"articles": {"url": "url"}}


def _address(target: str | None, places: dict[str, int]) -> str:
    """Where a cell leads: to the row of an article, or to its url; nowhere for what is neither."""
    if target in places:
        return f"internal:articles!A{places[target] + 1}"
    return target if target and target.startswith(("https://", "http://")) and len(target) < 2000 else ""
