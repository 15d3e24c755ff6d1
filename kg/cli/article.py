"""Verbs that read articles: build, annotate, explain."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options as o
from kg.cli.reading import LeftOut, articles as read, how, progress
from kg.cli.terminal import counted, say
from kg.errors import InputError
from kg.rdf import BASE

if TYPE_CHECKING:
    from kg.model import Document
    from kg.pipeline import Line


def build(
    articles: o.Articles,
    to: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Where the graph goes: .ttl .trig .nt .nq .jsonld .rdf; - is Turtle on standard output; NAME.kg is "
            "a store, which the articles are added to; a name that ends in / is a folder of N-Quads in shards.",
            show_default="the summary alone",
        ),
    ] = None,
    date: o.Date = None,
    url: o.Url = None,
    title: o.Title = None,
    id: o.Id = None,
    publisher: o.Publisher = None,
    columns: o.Columns = None,
    day_first: o.DayFirst = False,
    month_first: o.MonthFirst = False,
    language: o.Language = "en",
    strict: o.Strict = False,
    base: o.Base = BASE,
    model: o.Model = None,
    ontology: o.Ontology = None,
    frames: o.Frames = None,
    names: o.Names = None,
    joins: o.Joins = None,
    curated: o.Curated = False,
    sure: o.Sure = None,
    no_text: o.NoText = False,
    beside: Annotated[
        str,
        typer.Option("--with", metavar="GRAPHS", help="Add these to a format of triples: background, inferred, links."),
    ] = "",
    profile: o.Profiled = "full",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No summary.")] = False,
    workers: o.Workers = None,
    engine: o.Engine = "local",
    scheduler: o.Scheduler = None,
    shard_size: o.ShardSize = 32,
    article_seconds: o.ArticleSeconds = 60,
    article_memory: o.ArticleMemory = 2048,
) -> int:
    """Read articles and write their graph.

    Shows who, where, what happened and who says what. A file that stands at -o is replaced, whole or not at all. An
    article that cannot be read is named and left out (exit status 1). With --workers, --engine dask or a folder at -o
    an archive of any size is read by many processes, without summaries; the same command goes on where it stopped.
    """
    from kg import copies
    from kg.cli.files import check_target, save
    from kg.cli.summaries import summary

    kept = o.check_profile(profile)
    output = Path(to) if to is not None else None
    if workers is not None or engine != "local" or scheduler is not None or to and to.endswith("/"):
        from kg.cli.many import Work, build_many

        o.check_alone(url=url, title=title, id=id)
        _exist(ontology=ontology, frames=frames, names=names, joins=joins)
        work = Work(
            articles, to, workers, engine, scheduler, shard_size, article_seconds, article_memory, strict, beside, kept
        )
        options = how(columns, day_first, month_first, language)
        return build_many(
            work,
            options,
            model=model,
            base=o.check_base(base),
            ontology=ontology,
            frames=frames,
            names=names,
            joins=joins,
            curated=curated,
            with_text=not no_text,
            date=date,
            publisher=publisher,
        )
    if output is not None and output.suffix == ".kg":
        from kg.cli.stores import add

        return add(
            output,
            articles,
            date,
            url,
            title,
            id,
            publisher,
            columns,
            day_first,
            month_first,
            language,
            strict,
            base,
            model,
            ontology,
            frames,
            names,
            joins,
            curated,
            sure,
            no_text,
            kept,
            not quiet,
        )
    if output is not None:
        check_target(output, beside)
    left = LeftOut(strict)
    documents = read(
        articles,
        how(columns, day_first, month_first, language),
        left,
        date=date,
        url=url,
        title=title,
        id=id,
        publisher=publisher,
    )
    line = _line(
        model=model,
        base=base,
        ontology=ontology,
        frames=frames,
        names=names,
        joins=joins,
        curated=curated,
        sure=sure,
        with_text=not no_text,
    )
    place = {name: line.vocabulary.is_a(name, "Place") for name in line.vocabulary.types}
    quads = []
    for reading in progress(line.read(documents, left.article if len(documents) > 1 else None), len(documents)):
        quads += line.quads(reading)
        if not quiet:
            summary(reading, place, talk=str(output) == "-")
    if output is not None:
        quads += copies.links(quads, base)
        say(f"{output}: {counted(save(quads, output, beside, base, kept), 'statement')} written{left}")
    return left.status


def annotate(
    articles: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="ARTICLE...",
            show_default=False,
            help="Files (text, Markdown, HTML, PDF, docx, odt, mail, RSS, JSON Lines, CSV …), folders or patterns; - "
            "is standard input.",
        ),
    ] = None,
    jsonl: Annotated[
        Path | None,
        typer.Option(
            "--jsonl",
            metavar="FILE",
            help='Read articles from JSON Lines, {"id", "text", "date"?} a line; - is standard input.',
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Where the annotations go; - is standard output.")
    ] = Path("-"),
    date: o.Date = None,
    url: o.Url = None,
    title: o.Title = None,
    id: o.Id = None,
    publisher: o.Publisher = None,
    columns: o.Columns = None,
    day_first: o.DayFirst = False,
    month_first: o.MonthFirst = False,
    language: o.Language = "en",
    strict: o.Strict = False,
    base: o.Base = BASE,
    model: o.Model = None,
    ontology: o.Ontology = None,
    frames: o.Frames = None,
    names: o.Names = None,
    curated: o.Curated = False,
    sure: o.Sure = None,
) -> int:
    """Read articles and write annotations as JSON Lines.

    Entities, events, claims and attributions with their offsets, one object a document. An article that cannot be read
    is named and left out (exit status 1).
    """
    from kg.reader import read_jsonl
    from kg.writer import check_writable, writing

    if bool(articles) == (jsonl is not None):
        raise InputError(
            "nothing to read" if not articles else "two things to read", "annotate", "give articles, or --jsonl FILE"
        )
    check_writable(output)
    line = _line(model=model, base=base, ontology=ontology, frames=frames, names=names, curated=curated, sure=sure)
    left, reading_how = LeftOut(strict), how(columns, day_first, month_first, language)
    documents: Iterable[Document]
    total = 0
    if jsonl is not None:
        documents = read_jsonl(jsonl, on_error=left.line, how=reading_how)
    else:
        documents = read(articles or [], reading_how, left, date=date, url=url, title=title, id=id, publisher=publisher)
        total = len(documents)
    done = 0
    with writing(output) as out:
        for reading in progress(line.read(documents, on_error=left.article), total):
            out.write(json.dumps(line.annotate(reading), ensure_ascii=False).encode() + b"\n")
            done += 1
    if str(output) != "-":
        say(f"{output}: {counted(done, 'document')} written{left}")
    return left.status


def explain(
    article: Annotated[
        Path | None,
        typer.Argument(
            metavar="ARTICLE", show_default=False, help="A file of any form that kg build reads; - is standard input."
        ),
    ] = None,
    date: o.Date = None,
    columns: o.Columns = None,
    day_first: o.DayFirst = False,
    month_first: o.MonthFirst = False,
    language: o.Language = "en",
    model: o.Model = None,
    ontology: o.Ontology = None,
    frames: Annotated[
        Path | None,
        typer.Option(
            "--frames",
            metavar="[FOLDER]",
            help="As in kg build. Without an article: list the frames, ours and those of the folder.",
            show_default=False,
        ),
    ] = None,
    names: o.Names = None,
    silent: Annotated[bool, typer.Option("--silent", help="Only the sentences that gave no claim.")] = False,
    format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="Of the list of frames: table, csv, tsv or json.")
    ] = "table",
) -> None:
    """Show what each stage saw in an article, or how often each frame is right.

    Sentence by sentence: names, entities, events, claims, who says so; and why a sentence gave no claim. kg explain
    --frames lists every frame with its measured precision, worst first.
    """
    from kg.cli.summaries import explanation
    from kg.cli.terminal import FORMATS, rows

    o.check_choice(format, FORMATS, "--format")
    if article is not None:
        line = _line(model=model, ontology=ontology, frames=frames, names=names)
        for parse in line.parse(
            read([article], how(columns, day_first, month_first, language), LeftOut(strict=True), date=date)
        ):
            explanation(parse, line.understand(parse), silent)
    elif frames is not None:
        from kg import extractor, vocabulary

        listed = extractor.all_frames(vocabulary.load(ontology, frames))
        rows(
            ("frame", "type", "precision", "right", "seen"),
            [
                (f.name, f.type, "unmeasured" if f.confidence is None else f"{f.confidence:.2f}", f.right, f.seen)
                for f in listed
            ],
            format,
        )
    else:
        raise InputError("nothing to explain", "explain", "give an article, or --frames")


def _exist(**paths: object) -> None:
    """Raise an error if what an option names is not there."""
    for option, path in paths.items():
        if isinstance(path, Path) and not path.exists():
            raise InputError("does not exist", f"--{option} {path}", "check the path")


def _line(base: str = BASE, **parts: object) -> Line:
    """The line, its model loaded: an unknown one is told before an article is read."""
    from kg.pipeline import Line

    _exist(**{option: parts.get(option) for option in ("ontology", "frames", "names", "joins")})
    line = Line(base=o.check_base(base), **parts)  # type: ignore[arg-type]
    line.annotator  # noqa: B018  # a model that is missing is told before the first article
    return line


VERBS: dict[str, Callable[..., int | None]] = {"build": build, "annotate": annotate, "explain": explain}
