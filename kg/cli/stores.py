"""Verbs that keep many articles in a store: add, remove, list, stats, snapshot, diff, serve, mcp, push, pull, infer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypeVar

import typer

from kg.cli import options as o
from kg.cli.reading import LeftOut, articles, how, progress
from kg.cli.terminal import FORMATS, counted, rows, say
from kg.errors import InputError, KgError
from kg.rdf import BASE

if TYPE_CHECKING:
    from kg.rdf import IRI, Quad
    from kg.review import Decision
    from kg.store import Store

TheStore = Annotated[Path, typer.Argument(metavar="STORE", show_default=False, help="The folder of a store (NAME.kg).")]
Format = Annotated[str, typer.Option("--format", metavar="FORMAT", help="table, csv, tsv or json.")]


def add(
    folder: TheStore,
    given: Annotated[
        list[Path],
        typer.Argument(
            metavar="ARTICLE...",
            show_default=False,
            help="Articles of any form that kg build reads, or graph files (.trig .nq .ttl …) made by it.",
        ),
    ],
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
    profile: Annotated[
        str,
        typer.Option(
            "--profile", help="How a new store keeps articles' graphs: full, or lean in little more than half."
        ),
    ] = "full",
    summed: Annotated[bool, typer.Option("--summary", help="Show what was read, as kg build does.")] = False,
) -> int:
    """Add articles to a store, which is made where there is none.

    The same article again changes nothing; a changed one replaces its graph, whole or not at all. An article that
    cannot be read is named and left out (exit status 1).
    """
    from kg import review
    from kg.rdf import FORMATS as GRAPHS
    from kg.store import PATIENCE, Store, is_store, pack

    texts = [path for path in given if path.suffix.lower() not in GRAPHS]
    graphs = [path for path in given if path.suffix.lower() in GRAPHS]
    left = LeftOut(strict)
    documents = (
        articles(
            texts,
            how(columns, day_first, month_first, language),
            left,
            date=date,
            url=url,
            title=title,
            id=id,
            publisher=publisher,
        )
        if texts
        else []
    )
    kept = o.check_profile(profile)
    with Store.open(folder, create=not is_store(folder), write=True, base=o.check_base(base), profile=kept) as store:
        base = store.base

    def found() -> Iterator[_Found]:
        for path in graphs:
            try:
                held = list(by_document(path))
            except KgError as error:
                if len(given) == 1:
                    raise
                left.line(error)
                continue
            for document, quads in held:
                yield _Found(quads, path, document)
        if documents:
            from kg.cli.article import _line
            from kg.cli.summaries import summary

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
            for reading in progress(line.read(documents, left.article if len(documents) > 1 else None), len(documents)):
                then = partial(summary, reading, place) if summed else None
                yield _Found(line.quads(reading), reading.document.source, then=then)

    def keep_all(some: list[_Found]) -> None:
        with Store.open(folder, write=True, wait=PATIENCE) as store:
            decided = review.kept(store)
            for one in some:
                keep(store, one.quads, one.source, one.document, decided)
                if one.then:
                    one.then()

    in_bursts(found(), keep_all)
    pack(folder)
    return left.status


class _Found(NamedTuple):
    """What is to be kept: quads, where they come from, the document they are of, and what is told afterwards."""

    quads: list[Quad]
    source: object
    document: IRI | None = None
    then: Callable[[], None] | None = None


#: What was read is kept after so many seconds, or so many articles: in between others may have the store.
BURST_SECONDS, BURST = 2.0, 200

T = TypeVar("T")


def in_bursts(items: Iterable[T], keep: Callable[[list[T]], None]) -> None:
    """Hand on what comes in bursts, the last one also where something stops the coming."""
    some: list[T] = []
    began = time.monotonic()
    try:
        for item in items:
            some.append(item)
            if len(some) >= BURST or time.monotonic() - began >= BURST_SECONDS:
                now, some = some, []
                keep(now)
                began = time.monotonic()
    finally:
        if some:
            keep(some)


def keep(
    store: Store, quads: list[Quad], source: object, document: IRI | None = None, decided: list[Decision] | None = None
) -> None:
    """Put what one article says into a store, as settled by what was decided in review, and tell what that changed."""
    from kg import review
    from kg.rdf import as_iri

    document = document or as_iri(quads[0].graph_name)
    told(review.put(store, document, quads, decided), document.value, source)


def told(change: str, document: str, source: object) -> None:
    """One line a document, when it is safely kept."""
    say(f"{change}: {document} ({source})")


def by_document(path: Path) -> Iterable[tuple[IRI, list[Quad]]]:
    """The documents of a graph file with their quads; a file of triples must hold one document alone."""
    from kg import rdf
    from kg.store import Store

    with Store.of(path) as store:
        held = [d.iri for d in store.documents()]
        if not held:
            raise InputError("holds no document", str(path), "give a graph file that kg build made")
        if not [g for g in store.graphs() if not store.is_beside(g)]:
            if len(held) > 1:
                raise InputError(
                    f"holds {len(held)} documents without graphs to tell them apart",
                    str(path),
                    "build it to .trig or .nq",
                )
            return [(held[0], list(rdf.with_graph(store.match(), held[0])))]
        beside = [q for g in store.graphs() if store.is_beside(g) for q in store.graph(g)]
        return [(document, [*store.graph(document), *(beside if n == 0 else ())]) for n, document in enumerate(held)]


def remove(
    folder: TheStore,
    document: Annotated[
        list[str], typer.Argument(metavar="DOCUMENT...", show_default=False, help="Its IRI, id, url or title.")
    ],
) -> int:
    """Take articles out of a store.

    Their graphs go, and from the background what only they had brought; a claim that another article also makes stays.
    Exit status 1 where there is no such article.
    """
    from kg import queries
    from kg.queries.asking import uncalled, values
    from kg.rdf import as_iri
    from kg.store import Store

    missing = 0
    with Store.open(folder, write=True) as store:
        for name in document:
            found = values(store, queries.Parameter("document", "document", ""), name)
            gone = [iri for iri in map(as_iri, found) if store.remove(iri)]
            for iri in gone:
                say(f"removed: {iri.value}")
            if not gone:
                say(uncalled(store, name).replace("nothing in the graph", "no article", 1))
                missing += 1
    return 1 if missing else 0


def list_(folder: TheStore, format: Format = "table") -> int:
    """List the articles of a store.

    One without a title goes by the words that it begins with. One that prints the words of another is told as its copy.
    """
    from kg.rdf import as_iri, kg
    from kg.store import Store

    o.check_choice(format, FORMATS, "--format")
    with Store.of(folder) as store:
        held = list(store.documents())
        copies = {q.subject: q.object for q in store.match(None, kg("copyOf"))}
        body = [
            (
                d.called if format == "table" else d.title or "",
                d.date or "",
                d.publisher or "",
                d.triples,
                d.iri.value,
                as_iri(copies[d.iri]).value if d.iri in copies else "",
            )
            for d in held
        ]
    rows(("title", "date", "publisher", "triples", "document", "copy of"), body, format)
    return 0 if body else 1


def stats(folder: TheStore, format: Format = "table") -> None:
    """Count what a store holds."""
    from kg import queries
    from kg.store import Store

    o.check_choice(format, FORMATS, "--format")
    with Store.of(folder) as store:
        rows(("what", "count"), queries.counts(store), format)


def snapshot(
    folder: TheStore,
    target: Annotated[
        Path, typer.Argument(metavar="COPY", show_default=False, help="The folder of the copy; it must not exist.")
    ],
) -> None:
    """Copy a store as it is now, quickly and whole; the copy opens on its own."""
    from kg.store import Store

    with Store.open(folder, write=True) as store:
        store.snapshot(target)
    say(f"{target}: copied")


def diff(old: o.Graph, new: o.Graph, format: Format = "table") -> int:
    """Compare two graphs: which facts came, went, or changed their standing.

    Exit status 1 where there is a difference.
    """
    from kg import exchange
    from kg.store import Store

    o.check_choice(format, FORMATS, "--format")
    with Store.of(old) as before, Store.of(new) as after:
        found = exchange.differences(before, after)
    if found or format != "table":
        rows(("change", "subject", "predicate", "object", "before", "after"), found, format)
    say(counted(len(found), "difference"))
    return 1 if found else 0


def serve(
    graph: Annotated[
        Path, typer.Argument(metavar="STORE", show_default=False, help="The folder of a store, or a graph file.")
    ],
    port: Annotated[int, typer.Option("--port", metavar="PORT", help="Where it listens on this machine.")] = 7878,
    update: Annotated[bool, typer.Option("--update", help="Allow SPARQL Update too.")] = False,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", help="Stop a query or a reading that takes longer.")
    ] = 30,
    rows_: Annotated[
        int | None,
        typer.Option("--rows", metavar="N", min=1, help="Cut answers after N rows, with a link to go on."),
    ] = None,
    workers: Annotated[int, typer.Option("--workers", metavar="N", help="How many queries run at once.")] = 2,
    readers: Annotated[
        int, typer.Option("--readers", metavar="N", min=0, help="How many posted articles are read at once; 0: none.")
    ] = 1,
    cors: Annotated[
        list[str] | None,
        typer.Option("--cors", metavar="ORIGIN", help="Let pages of this origin ask too; may be repeated."),
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open the graph in a browser.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Log requests.")] = False,
) -> None:
    """Serve a graph: a SPARQL 1.1 endpoint, a query page, the graph to look at, and articles read on demand.

    On this machine alone (127.0.0.1), for reading alone unless --update is given. An article posted to /articles is
    answered with its graph or its annotations, and not kept; /openapi.json describes it. Ends with Ctrl-C.
    """
    from kg.server import Limits, serving

    limits = Limits(seconds=timeout, rows=rows_, workers=max(1, workers), readers=readers)
    with serving(
        graph, port=port, updates=update, limits=limits, origins=tuple(cors or ()), quiet=not verbose
    ) as endpoint:
        if open_:
            import webbrowser

            webbrowser.open(f"{endpoint.url}graph")
        say(
            f"{endpoint.url} is the query page, {endpoint.url}graph the graph, {endpoint.url}sparql the endpoint"
            + (f", {endpoint.url}articles reads articles" if readers else "")
            + ("; updates are on" if update else "")
            + "; Ctrl-C ends it"
        )
        endpoint.graphs.prepare()
        try:
            endpoint.serve_forever()
        except KeyboardInterrupt:
            say("ended")


def mcp(
    graph: o.Graph,
    timeout: Annotated[float, typer.Option("--timeout", metavar="SECONDS", help="Stop a call that takes longer.")] = 60,
    rows_: Annotated[int, typer.Option("--rows", metavar="N", help="The most rows of an answer.")] = 100,
) -> None:
    """Serve a graph to an assistant by the Model Context Protocol, on standard input and output.

    Its tools ask the shipped questions, find names and show quotes; none writes. Ends when the assistant closes it.
    """
    from kg.mcp import serve as serve_tools

    serve_tools(graph, seconds=timeout, most=rows_)


def push(
    graph: o.Graph,
    url: Annotated[
        str,
        typer.Argument(
            metavar="URL",
            show_default=False,
            help="Its Graph Store: http://host:7878/store of Oxigraph, …/sparql-graph-crud-auth of Virtuoso.",
        ),
    ],
    default: Annotated[
        bool, typer.Option("--default-graph", help="Add triples of no graph to the default graph there.")
    ] = False,
) -> None:
    """Send a graph to a store that speaks the SPARQL 1.1 Graph Store Protocol.

    Each article's graph replaces the one of its name there, a file without graphs is the graph of its article;
    background, links and conclusions are added to those there. Name and password come from KG_USER and KG_PASSWORD.
    """
    from kg import exchange
    from kg.store import Store

    with Store.of(graph) as store:
        sent = []
        for name, triples in exchange.push(store, url, default=default):
            say(f"put: {name} ({counted(triples, 'triple')})")
            sent.append(name)
    say(f"{url}: {counted(len(sent), 'graph')} sent")


def pull(
    url: Annotated[str, typer.Argument(metavar="URL", show_default=False, help="Its Graph Store, as for push.")],
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            show_default=False,
            help="Where it goes: .trig .nq .ttl …, or NAME.kg, a store, whose articles of these names are replaced.",
        ),
    ],
    graphs: Annotated[
        list[str] | None, typer.Option("--graph", metavar="IRI", help="Fetch this graph.", show_default=False)
    ] = None,
    sparql: Annotated[
        str | None,
        typer.Option(
            "--sparql", metavar="URL", help="The endpoint that tells which graphs hold articles.", show_default=False
        ),
    ] = None,
) -> int:
    """Fetch graphs from a store that speaks the SPARQL 1.1 Graph Store Protocol.

    Those named with --graph, or all that the endpoint --sparql knows. Name and password come from KG_USER and
    KG_PASSWORD.
    """
    from kg import exchange
    from kg.cli.files import check_target, save
    from kg.store import Store, is_store

    if bool(graphs) == bool(sparql):
        raise InputError("say what to fetch", "pull", "give --graph IRI, once or more, or --sparql URL")
    if output.suffix != ".kg":
        check_target(output)
    names = graphs or exchange.graphs_at(str(sparql))
    fetched = {name: exchange.pull(url, name) for name in names}
    if output.suffix == ".kg":
        from kg.rdf import IRI

        with Store.open(output, create=not is_store(output), write=True) as store:
            for name, quads in fetched.items():
                if store.is_beside(IRI(name)):
                    store.load(quads)
                else:
                    keep(store, quads, url, IRI(name))
    else:
        save([quad for quads in fetched.values() for quad in quads], output)
    say(f"{output}: {counted(len(fetched), 'graph')} fetched")
    return 0 if fetched else 1


def infer(
    folder: TheStore,
    rules: Annotated[
        Path | None,
        typer.Option(
            "--rules",
            metavar="FOLDER",
            help="Rules of your own instead of ours: SPARQL CONSTRUCT, NAME.rq.",
            show_default=False,
        ),
    ] = None,
    owl: Annotated[
        bool,
        typer.Option(
            "--owl", help="Add what OWL 2 RL concludes from the ontology, by owlrl; slow, and all of it each time."
        ),
    ] = False,
    remove_: Annotated[bool, typer.Option("--remove", help="Take all conclusions out again.")] = False,
) -> None:
    """Conclude what follows from the claims, into a graph of its own.

    By the rules of queries/rules/; each conclusion names its premises. When articles have come, changed or gone, only
    what follows from that is concluded again, with the same result as anew. The conclusions can be taken out whole.
    """
    from kg import inference
    from kg.store import Store

    with Store.open(folder, write=True) as store:
        told = inference.remove(store) if remove_ else inference.infer(store, rules, owl=owl)
    for name in told.other:
        say(f"{name}: a rule whose form is not followed step by step; all was inferred anew")
    say(
        f"{folder}: {counted(told.came, 'conclusion')} came, {told.went} went"
        + (f", {told.moved} rest on other premises" if told.moved else "")
        + f"; {told.stand} stand"
    )


VERBS: dict[str, Callable[..., int | None]] = {
    "add": add,
    "remove": remove,
    "list": list_,
    "stats": stats,
    "snapshot": snapshot,
    "diff": diff,
    "serve": serve,
    "mcp": mcp,
    "push": push,
    "pull": pull,
    "infer": infer,
}
