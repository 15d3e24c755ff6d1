"""The forms in which a graph goes into other programs, by name: each from the same records.

What is not vouched for is in none of them without its status.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from kg.exchange import property
from kg.exchange.forms import money, pack, places, sheets, timeline
from kg.exchange.records import Records
from kg.exchange.tables import TABLES

__all__ = ["FORMS", "Form"]

#: Writes into a file, and says in words what it has written.
Write = Callable[[BinaryIO], str]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of one file, whose name ends in one of `endings`, or of several files in a folder where there are none.

    `parts` gives for the records what writes each file, by its name in the folder or by the ending of the one file.
    """

    name: str
    about: str
    parts: Callable[[Records], Mapping[str, Write]]
    endings: tuple[str, ...] = ()


def _one(about: str, name: str, **written: Callable[[Records, BinaryIO], str]) -> Form:
    """A form of one file: ending → what writes it."""

    def parts(records: Records) -> Mapping[str, Write]:
        return {f".{ending}": _bound(write, records) for ending, write in written.items()}

    return Form(name, about, parts, tuple(f".{ending}" for ending in written))


def _bound(write: Callable[[Records, BinaryIO], str], records: Records) -> Write:
    return lambda out: write(records, out)


def _counted(write: Callable[[Records, BinaryIO], int], what: str) -> Callable[[Records, BinaryIO], str]:
    return lambda records, out: f"{write(records, out):,} {what}"


def _network(write: Callable[[Records, BinaryIO], tuple[int, int]]) -> Callable[[Records, BinaryIO], str]:
    return lambda records, out: "{:,} nodes and {:,} edges".format(*write(records, out))


def _packed(records: Records, out: BinaryIO) -> str:
    return "{:,} claims under the seal {}".format(*pack.write_pack(records, out))


#: The files of a folder, by name.
Parts = Callable[[Records], Mapping[str, Write]]


def _tables(name: str, write: Callable[[Records, str, BinaryIO], int]) -> Parts:
    """The tables, a file each."""

    def part(records: Records, table: str) -> Write:
        return lambda out: f"{write(records, table, out):,} {table}"

    return lambda records: {f"{table}.{name}": part(records, table) for table in TABLES}


def _two(files: Callable[[Records], Mapping[str, Callable[[BinaryIO], int]]]) -> Parts:
    """A file of nodes and one of edges."""

    def part(write: Callable[[BinaryIO], int], what: str) -> Write:
        return lambda out: f"{write(out):,} {what}"

    def parts(records: Records) -> Mapping[str, Write]:
        made = zip(files(records).items(), ("nodes", "edges"), strict=True)
        return {name: part(write, what) for (name, write), what in made}

    return parts


def _together(*several: Parts) -> Parts:
    return lambda records: {name: write for parts in several for name, write in parts(records).items()}


FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        Form(
            "csv",
            "the tables, and nodes and edges",
            _together(_tables("csv", sheets.write_csv), _two(property.csv_files)),
        ),
        Form("parquet", "the tables", _tables("parquet", sheets.write_parquet)),
        _one("a workbook", "xlsx", xlsx=_counted(sheets.write_workbook, "rows")),
        _one("FollowTheMoney", "ftm", json=_counted(money.write_money, "entities")),
        _one("a network", "graphml", graphml=_network(property.write_graphml)),
        _one("a network for Gephi", "gexf", gexf=_network(property.write_gexf)),
        Form("neo4j", "files for bulk import", _two(property.neo4j_files)),
        _one(
            "TimelineJS or a calendar",
            "timeline",
            json=_counted(timeline.write_timeline, "dated things"),
            ics=_counted(timeline.write_calendar, "dated things"),
        ),
        _one("places and events on a map", "geojson", geojson=_counted(places.write_places, "features")),
        _one("an evidence pack", "pack", zip=_packed),
    )
}
