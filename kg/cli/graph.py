"""Verbs that take a graph: ask, terms, why, check, export, draw."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options as o
from kg.cli.reading import LeftOut, articles, how, progress
from kg.cli.terminal import FORMATS, counted, rows, say
from kg.errors import InputError, QueryError

if TYPE_CHECKING:
    from kg.queries import Answer, Question
    from kg.queries.evidence import Grounds
    from kg.reader import Reading
    from kg.store import Store

#: A bound for work that has none of its own.
DAY = 86_400.0

Format = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help="table, csv, tsv or json (the SPARQL 1.1 form).")
]


def _questions(incomplete: str) -> list[tuple[str, str]]:
    """Completion of a question's name."""
    from kg import queries

    return [(q.name, q.title) for q in queries.questions().values() if q.name.startswith(incomplete)]


def _parameters(incomplete: str) -> list[tuple[str, str]]:
    """Completion of the parameters of the question that is being asked, which the shell's words tell."""
    from kg import queries

    typed = (os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS") or "").split()
    known = queries.questions()
    asked = next((known[word] for word in typed[2:] if word in known), None)
    return [(f"{p.name}=", p.help) for p in asked.parameters if p.name.startswith(incomplete)] if asked else []


def ask(
    graph: Annotated[
        Path | None,
        typer.Argument(metavar="GRAPH", show_default=False, help="A graph file: .ttl .trig .nt .nq .jsonld .rdf"),
    ] = None,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="QUESTION", show_default=False, help="The name of a shipped question.", autocompletion=_questions
        ),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            metavar="KEY=VALUE",
            help="A parameter of the question; a value is an IRI, a label or an alias.",
            show_default=False,
            autocompletion=_parameters,
        ),
    ] = None,
    query: Annotated[
        str | None,
        typer.Option(
            "-q", "--query", metavar="SPARQL", help="A query of your own, our prefixes declared.", show_default=False
        ),
    ] = None,
    why: Annotated[bool, typer.Option("--why", help="Show the quotes behind each row.")] = False,
    format: Format = "table",
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", help="Stop a query that takes longer.")
    ] = 60,
    listed: Annotated[
        bool,
        typer.Option(
            "--list", help="List the questions with their parameters; with the name of one, explain that one."
        ),
    ] = False,
) -> int:
    """Ask a graph a question.

    A shipped question by its name, or SPARQL of your own. Exit status 1 where there is no answer.
    """
    from kg import queries, sandbox
    from kg.store import Store

    o.check_choice(format, FORMATS, "--format")
    if listed and (explained := name or (graph and str(graph))):
        return _explain(queries.question(explained), format)
    if listed:
        rows(
            ("question", "asks", "parameters"),
            [
                (q.name, q.title, ", ".join(p.name + ("!" if p.required else "") for p in q.parameters))
                for q in queries.questions().values()
            ],
            format,
        )
        return 0
    if graph is None or (name is None) == (query is None):
        raise InputError(
            "give a graph and a question", "ask", "kg ask GRAPH QUESTION, kg ask GRAPH -q SPARQL, or kg ask --list"
        )
    if query is not None and (where or why):
        raise InputError(
            "belongs to a shipped question", "--where" if where else "--why", "write the condition into the query"
        )
    asked = queries.question(name) if name is not None else None
    given = [_pair(text) for text in where or []]

    def work() -> tuple[queries.Answer, list[queries.Grounds]]:
        with Store.of(graph) as store:
            answer = queries.ask(store, asked, given) if asked is not None else queries.run(store, query or "")
            nodes = dict.fromkeys(node for node in answer.grounds if node is not None) if why else ()
            return answer, list(dict.fromkeys(g for node in nodes for g in queries.why(store, node)))

    began = time.perf_counter()
    answer, grounds = sandbox.run(work, seconds=timeout)
    seconds = time.perf_counter() - began
    shown = _show(answer, format, asked.title if asked else None)
    if format == "table" and len(answer):
        merged = f" of {counted(len(answer), 'answer')}" if shown < len(answer) else ""
        say(f"{counted(shown, 'row')}{merged} in {seconds:.2f} s")
    for ground in grounds:
        _quote(ground)
    return 0 if len(answer) else 1


def terms(graph: o.Graph, format: Format = "table") -> int:
    """List the classes and properties of a graph.

    With how often each is used: what queries can be written by.
    """
    from kg import queries
    from kg.store import Store

    o.check_choice(format, FORMATS, "--format")
    with Store.of(graph) as store:
        answer = queries.terms(store)
    _show(answer, format)
    return 0 if len(answer) else 1


def why(
    graph: o.Graph,
    term: Annotated[
        str,
        typer.Argument(
            metavar="TERM",
            show_default=False,
            help="A claim, an event, an entity, a fact: an IRI, a short IRI, a label or an alias.",
        ),
    ],
) -> int:
    """Show the words behind a claim, an event or an entity.

    Each quote in its context, with status and speaker; and the chain of cues and steps that gave it its status, by
    reading its article again.
    """
    from kg import queries
    from kg.cli.reasons import read_again
    from kg.cli.terminal import printable
    from kg.store import Store

    with Store.of(graph) as store:
        found = queries.why(store, term)
        because = read_again(store, found)
    for ground in found:
        _quote(ground)
        for line in because.get(ground, ()):
            print(printable(f"  because {line}"))
    if not found:
        say(f"nothing is quoted for {term!r}")
    return 0 if found else 1


def check(graph: o.Graph, format: Format = "table") -> int:
    """Check a graph against its rules.

    The shapes of the ontology and the shipped checks; each violation is a sentence. Exit status 1 where there is one.
    """
    from kg import checker, sandbox
    from kg.store import Store

    o.check_choice(format, FORMATS, "--format")

    def work() -> int:
        found = []
        with Store.of(graph) as store:
            for violation in checker.checking(store):
                found.append((violation.rule, violation.node, violation.message))
                if format == "table":
                    print(violation, flush=True)
        if format != "table":
            rows(("rule", "node", "message"), sorted(found), format)
        sys.stdout.flush()
        return len(found)

    broken = sandbox.run(work, seconds=DAY)  # a process of its own: the engine itself cannot be interrupted
    say(f"{graph}: {counted(broken, 'violation')}" if broken else f"{graph}: no violation")
    return 1 if broken else 0


def export(
    graph: o.Graph,
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Where it goes: .ttl .trig .nt .nq .jsonld .rdf, or what --as asks for; - is Turtle on standard "
            "output.",
        ),
    ] = Path("-"),
    plain: Annotated[bool, typer.Option("--plain", help="Plain triples alone: no claims, evidence or text.")] = False,
    beside: Annotated[
        str,
        typer.Option("--with", metavar="GRAPHS", help="Add these to a format of triples: background, inferred, links."),
    ] = "",
    schema: Annotated[
        bool, typer.Option("--schema", help="What stands plain, in schema.org's terms: types, names, relations, dates.")
    ] = False,
    rdf12: Annotated[
        bool,
        typer.Option("--rdf12", help="Claims as RDF 1.2 has them: rdf:reifies instead of subject, predicate, object."),
    ] = False,
    profile: o.Profiled = "full",
    form: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="FORM",
            help="For other tools: csv, parquet and neo4j fill the folder -o; xlsx, ftm (FollowTheMoney, .json), "
            "graphml, gexf, timeline (TimelineJS .json or .ics), geojson and pack (evidence, .zip) write a file.",
            show_default=False,
        ),
    ] = "",
    no_text: Annotated[
        bool, typer.Option("--no-text", help="With --as: leave the articles' texts out; quotes stay.")
    ] = False,
) -> None:
    """Write a graph in another format.

    A file that stands at -o is replaced, whole or not at all.
    """
    from kg.cli.files import check_form, check_target, homed, is_streamed, save, save_form, stream
    from kg.slim import plain_triples
    from kg.store import Store

    kept = o.check_profile(profile)
    form = form or output.suffix[1:] * (output.suffix in (".graphml", ".gexf", ".xlsx", ".geojson"))
    if form:
        if plain or schema or rdf12 or beside or profile != "full":
            options = "--plain, --schema, --rdf12, --profile or --with"
            raise InputError("belongs to a format of RDF", options, "leave it out")
        from kg.exchange import Records

        wanted = check_form(output, form)
        with Store.of(graph) as store:
            records = Records.of(store)
        said = save_form(records.without_text() if no_text else records, output, wanted)
        return say(said) if str(output) != "-" else None
    if no_text:
        raise InputError("belongs to --as", "--no-text", "give --as FORM, or build the graph with --no-text")
    if plain + schema + rdf12 + (profile != "full") > 1:
        raise InputError("each is a form of its own", "--plain, --schema, --rdf12, --profile lean", "choose one")
    check_target(output, beside)
    with Store.of(graph) as store:
        if not (plain or schema or rdf12) and is_streamed(store, output, kept):
            return _written(output, stream(store, graph, output, beside, kept))
        base, quads = store.base, homed(list(store.quads()), graph, output, beside)
    if rdf12:
        from kg.exchange import as_rdf12

        quads = list(as_rdf12(quads))
    elif schema:
        from kg.exchange import as_schema

        quads = as_schema(quads)
    _written(output, save(plain_triples(quads) if plain else quads, output, beside, base, kept))


def _written(output: Path, statements: int) -> None:
    if str(output) != "-":
        say(f"{output}: {counted(statements, 'statement')} written")


#: Endings of what kg draw writes.
PICTURES = ("html", "htm", "svg", "png")


def draw(
    graph: Annotated[
        Path,
        typer.Argument(
            metavar="GRAPH",
            show_default=False,
            help="A graph file, a store's folder, or an article of any form that kg build reads.",
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Where the picture goes: an .html page, or an .svg or .png figure; - is a page on standard output.",
        ),
    ] = Path("-"),
    view: Annotated[
        str, typer.Option("--view", metavar="VIEW", help="What is shown: a shipped view, or the file of one.")
    ] = "story",
    title: Annotated[
        str | None,
        typer.Option("--title", metavar="TEXT", help="Heading of the picture.", show_default="the article's"),
    ] = None,
    about: Annotated[
        list[str] | None,
        typer.Option(
            "--about",
            metavar="NAME",
            help="Only this (a name or an IRI) and what is tied to it; may be given again.",
            show_default=False,
        ),
    ] = None,
    date: o.Date = None,
    columns: o.Columns = None,
    day_first: o.DayFirst = False,
    month_first: o.MonthFirst = False,
    language: o.Language = "en",
    no_text: Annotated[bool, typer.Option("--no-text", help="Leave the articles' words out of the page.")] = False,
    dark: Annotated[bool, typer.Option("--dark", help="A dark figure; a page follows its reader.")] = False,
) -> int:
    """Draw a graph as one HTML page, or as a figure.

    The page opens with the network cut. A file that stands at -o is replaced, whole or not at all.
    """
    from kg import picture
    from kg.writer import check_writable, writing

    format = output.suffix.lower().lstrip(".")
    if str(output) == "-" and sys.stdout.isatty():
        raise InputError(
            "a page of some hundred kilobytes is no text for a terminal",
            "draw",
            "name a file, -o page.html, or redirect the output",
        )
    if str(output) != "-" and format not in PICTURES:
        raise InputError(
            f"no picture is called {output.suffix or 'nothing'}",
            f"-o {output}",
            f"use one of {', '.join(f'.{p}' for p in PICTURES)}",
        )
    check_writable(output)
    left = LeftOut()
    with _drawn(graph, how(columns, day_first, month_first, language), left, date) as store:
        if format in ("svg", "png"):
            made = picture.figure(store, view=view, title=title, about=about or (), format=format, dark=dark)
        else:
            made = picture.draw(store, view=view, title=title, about=about or (), text=not no_text).encode()
    with writing(output) as out:
        out.write(made)
    if str(output) != "-":
        say(f"{output}: {len(made) / 1024:,.0f} KB written{left}")
    return left.status


def _drawn(path: Path, how: Reading, left: LeftOut, date: str | None) -> Store:
    """The store that a picture is made of; articles are read first."""
    from kg.rdf import FORMATS as GRAPHS
    from kg.store import Store, is_store

    if path.suffix.lower() in GRAPHS or path.suffix == ".kg" or is_store(path):
        return Store.of(path)
    from kg.pipeline import Line

    documents = articles([path], how, left, date=date)
    line, store = Line(), Store.memory()
    for reading in progress(line.read(documents, left.article if len(documents) > 1 else None), len(documents)):
        store.load(line.quads(reading))
    return store


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key.strip():
        raise QueryError("is not KEY=VALUE", f"--where {text}", "write it as --where person='Ana Ruiz'")
    return key.strip(), value.strip()


def _explain(question: Question, format: str) -> int:
    """What a question asks, what each of its parameters takes, and an example."""
    from kg.queries import KINDS

    if format == "table":
        print(question.title, *filter(None, [question.description]), sep="\n")
    if question.parameters or format != "table":
        rows(
            ("parameter", "is", "value"),
            [(p.name + ("!" if p.required else ""), p.help, KINDS[p.kind]) for p in question.parameters],
            format,
        )
    if format == "table":
        print(f"kg ask GRAPH {question.sample}")
    return 0


def _show(answer: Answer, format: str, title: str | None = None) -> int:
    """An answer: labels in a table for people, all columns with their IRIs as data; how many rows were shown."""
    shown = len(answer)
    if format == "json":
        sys.stdout.write(answer.to_json())
    elif format != "table":
        sys.stdout.write(answer.to_csv("," if format == "csv" else "\t"))
    elif len(answer):
        columns, body = answer.shown()
        shown = len(body)
        rows(columns, body, title=title)
    if answer.note or not len(answer):
        say(answer.note or "no answer")
    return shown


def _quote(ground: Grounds) -> None:
    from kg.cli.terminal import printable

    who = f" by {ground.speaker}" if ground.speaker else ""
    standing = ", ".join(
        filter(
            None,
            (
                ground.status + who,
                "negative" if ground.polarity == "negative" else "",
                ground.validity if ground.validity not in ("", "current") else "",
            ),
        )
    )
    print(printable(f"{ground.said}  [{standing}]"))
    print(printable(f"  …{ground.before}»{ground.quote}«{ground.after}…"))
    where = ", ".join(filter(None, (ground.title or ground.document.value, ground.publisher, ground.date)))
    print(printable(f"  {where}, {ground.start}–{ground.end}, rule {ground.rule}"))


VERBS: dict[str, Callable[..., int | None]] = {
    "ask": ask,
    "terms": terms,
    "why": why,
    "check": check,
    "export": export,
    "draw": draw,
}
