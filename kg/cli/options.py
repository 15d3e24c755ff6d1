"""Options that several verbs share, and what is looked at before the work begins."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, cast

import typer

from kg.errors import InputError
from kg.profile import PROFILES, Profile
from kg.rdf import BASE

Articles = Annotated[
    list[Path],
    typer.Argument(
        metavar="ARTICLE...",
        show_default=False,
        help="Files (text, Markdown, HTML, PDF, docx, odt, mail, RSS, JSON Lines, CSV …), folders or patterns; - is "
        "standard input.",
    ),
]
Graph = Annotated[
    Path,
    typer.Argument(
        metavar="GRAPH",
        show_default=False,
        help="A graph file (.ttl .trig .nt .nq .jsonld .rdf) or the folder of a store.",
    ),
]
Date = Annotated[
    str | None,
    typer.Option(
        "--date",
        metavar="DAY",
        help="Day of publication, such as 2025-03-12 or 12 March 2025: the anchor of “Friday” and “last year”.",
    ),
]
Url = Annotated[
    str | None,
    typer.Option("--url", metavar="URL", help="Where the article stands; its identity unless --id is given."),
]
Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Its headline.")]
Id = Annotated[str | None, typer.Option("--id", metavar="ID", help="Its identity: the same id is the same article.")]
Publisher = Annotated[str | None, typer.Option("--publisher", metavar="NAME", help="Who published it.")]
Columns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="NAME=COLUMN,...",
        help="Of a table or JSON: which columns hold text, title, date, url, id …",
        show_default=False,
    ),
]
DayFirst = Annotated[bool, typer.Option("--day-first", help="12/03/2025 is in March.")]
MonthFirst = Annotated[bool, typer.Option("--month-first", help="12/03/2025 is in December.")]
Language = Annotated[
    str,
    typer.Option(
        "--language",
        metavar="LANGUAGE",
        help="en leaves out what is in other languages, and says so; any reads all the same.",
    ),
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Stop at the first article that cannot be read, and write nothing.")
]
Base = Annotated[str, typer.Option("--base", metavar="IRI", help="Namespace of the data, ending in / or #.")]
Model = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME",
        help="An installed spaCy pipeline, or the folder of one.",
        show_default="en_core_web_md",
    ),
]
Ontology = Annotated[
    Path | None, typer.Option("--ontology", metavar="FILE", help="Terms of your own, a Turtle file, added to ours.")
]
Frames = Annotated[
    Path | None,
    typer.Option("--frames", metavar="FOLDER", help="Frames of your own, a folder of TOML files, added to ours."),
]
Names = Annotated[
    Path | None,
    typer.Option("--names", metavar="FILE", help="A gazetteer of your own, SKOS in Turtle; its IRIs are kept."),
]
Joins = Annotated[
    Path | None,
    typer.Option("--joins", metavar="FILE", help="A file of `kg review` whose splits keep namesakes apart."),
]
Curated = Annotated[bool, typer.Option("--curated", help="Leave out events of no listed type.")]
Sure = Annotated[
    int | None,
    typer.Option(
        "--sure",
        metavar="PERCENT",
        min=0,
        max=100,
        help="What is read with less confidence stands in a claim only, not as a plain triple; 0 to 100.",
        show_default="as measured: nine of ten are right",
    ),
]
NoText = Annotated[bool, typer.Option("--no-text", help="Leave the article's text out of the graph; quotes stay.")]

Profiled = Annotated[
    str,
    typer.Option(
        "--profile",
        metavar="PROFILE",
        help="lean leaves out of a graph file what is restored wherever it is read: a third of the size; or full.",
    ),
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", min=1, help="Read by N processes.", show_default="one, this one"),
]
Engine = Annotated[
    str,
    typer.Option("--engine", metavar="NAME", help="local: processes of this machine; dask: workers of Dask."),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="Of a Dask cluster, such as tcp://host:8786.",
        show_default="a cluster on this machine",
    ),
]
ShardSize = Annotated[int, typer.Option("--shard-size", metavar="N", min=1, help="So many articles a shard.")]
ArticleSeconds = Annotated[
    float,
    typer.Option(
        "--article-seconds",
        metavar="N",
        min=0.1,
        help="With --workers: put an article aside that takes more processor time; long ones have more.",
    ),
]
ArticleMemory = Annotated[
    int,
    typer.Option(
        "--article-memory", metavar="MB", min=16, help="With --workers: put an article aside that takes more memory."
    ),
]

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\x00-\x20<>\"{}|\\^`]*[/#]")


def check_base(base: str) -> str:
    """The namespace, if it is one."""
    if not _IRI.fullmatch(base):
        raise InputError("is no namespace", f"--base {base}", f"write an IRI that ends in / or #, such as {BASE}")
    return base


def check_profile(value: str) -> Profile:
    """The profile of that name."""
    return cast("Profile", check_choice(value, PROFILES, "--profile"))


def check_alone(**given: str | None) -> None:
    """Raise an error if something is given that only one article can have."""
    for name, value in given.items():
        if value is not None:
            raise InputError("belongs to one article", f"--{name} {value}", "leave it out for an archive")


def check_choice(value: str, choices: tuple[str, ...], option: str) -> str:
    if value not in choices:
        raise InputError("is not known", f"{option} {value}", f"choose one of {', '.join(choices)}")
    return value
