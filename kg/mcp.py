"""A graph for assistants: the Model Context Protocol on standard input and output.

Its tools ask the shipped questions, find what a name stands for and show the words behind it, so that an assistant
answers from quoted claims. None writes, none takes SPARQL, and every call is bounded: in time, in memory and in rows,
in a process without a network.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kg import queries, sandbox
from kg.errors import InputError, KgError
from kg.queries import Answer, Grounds, Question
from kg.rdf import IRI, Literal, term
from kg.store import Store

if TYPE_CHECKING:
    from mcp.server import MCPServer

__all__ = ["serve", "server"]

T = TypeVar("T")

#: So many rows, things or quotes at most come of one call, unless it asks for fewer.
MOST = 100

_INSTRUCTIONS = (
    "A knowledge graph of news articles. Each claim has a status: only what is asserted is what an article itself says "
    "is so; reported, planned, requested, alleged, hypothetical, denied and negated are not facts, and are never to be "
    "retold without their status and speaker. Begin with `questions`, find names with `find`, and quote the words that "
    "`ask` and `quotes` give."
)


def server(graph: Path | str, *, seconds: float = sandbox.SECONDS, most: int = MOST) -> MCPServer:
    """The server for a graph file or the folder of a store; `seconds` bounds each call, `most` its rows.

    Raises an InputError where the package `mcp` is not installed, and whatever `Store.of` raises for the graph.
    """
    try:
        from mcp.server import MCPServer
        from mcp.types import ToolAnnotations
    except ImportError:
        raise InputError("its library is not installed", "kg mcp", "pip install 'article-kg[mcp]'") from None
    from kg import __version__

    tools = _Tools(graph, seconds, most)
    made = MCPServer("article-kg", instructions=_INSTRUCTIONS, version=__version__, log_level="WARNING")
    only_reads = ToolAnnotations(
        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )
    for tool in (tools.questions, tools.ask, tools.find, tools.quotes, tools.articles):
        made.tool(annotations=only_reads)(tool)
    return made


def serve(graph: Path | str, *, seconds: float = sandbox.SECONDS, most: int = MOST) -> None:
    """Serve a graph on standard input and output until the client closes it."""
    server(graph, seconds=seconds, most=most).run("stdio")


class _Tools:
    """What the tools do. A file is read once, a store is opened for each call, so that what is added to it is seen."""

    def __init__(self, graph: Path | str, seconds: float, most: int) -> None:
        self._seconds, self._most, self._path = seconds, most, Path(graph)
        store = Store.of(graph)
        self._held = None if self._path.is_dir() else store
        if self._held is None:
            store.close()

    def _within(self, work: Callable[[Store], T]) -> T:
        """The work on the graph, done within walls."""

        def alone() -> T:
            if self._held is not None:
                return work(self._held)
            with Store.of(self._path) as store:
                return work(store)

        from mcp.server.mcpserver.exceptions import ToolError

        try:
            return sandbox.run(alone, seconds=self._seconds)
        except KgError as error:
            raise ToolError(str(error)) from None

    def _few(self, most: int) -> int:
        return max(1, min(most, self._most))

    async def questions(self) -> list[dict[str, Any]]:
        """The questions that `ask` answers: name, what it asks, and its parameters with what each takes."""
        return [_question(q) for q in queries.questions().values()]

    async def ask(
        self, question: str, parameters: dict[str, str] | None = None, quotes: bool = True, most: int = 50
    ) -> dict[str, Any]:
        """Ask one of the questions by its name. Values of parameters are names, IRIs, dates; see `questions`.

        Gives rows, each with the quotes that it rests on: words, status, speaker, article, date. A row without quotes
        is a count.
        """
        few = self._few(most)

        def work(store: Store) -> dict[str, Any]:
            asked = queries.question(question)
            answer = queries.ask(store, asked, dict(parameters or {}), most=few)
            return {"question": asked.title, "rows": _rows(store, answer, quotes), "note": answer.note}

        return self._within(work)

    async def find(self, name: str, most: int = 20) -> list[dict[str, Any]]:
        """What a name stands for in the graph, or else what has it in its name: IRI, label, types, and in how many
        articles.
        """
        few = self._few(most)
        return self._within(lambda store: [_thing(store, node) for node in _called(store, name, few)])

    async def quotes(self, of: str, most: int = 20) -> list[dict[str, Any]]:
        """The words behind a name, an event or a claim (a name, or an IRI): each with what it is quoted for, its
        status, who says so, the words around it, and the article."""
        few = self._few(most)
        return self._within(lambda store: [_quote(g) for g in queries.why(store, of, most=few)])

    async def articles(self, most: int = 100) -> list[dict[str, Any]]:
        """The articles of the graph: IRI, title, date, publisher; the latest first."""

        def work(store: Store) -> list[dict[str, Any]]:
            held = sorted(store.documents(), key=lambda d: (d.date or "", d.iri.value), reverse=True)
            told = ((d.iri.value, d.title, d.date, d.publisher) for d in held[: self._few(most)])
            return [dict(zip(("iri", "title", "date", "publisher"), row)) for row in told]

        return self._within(work)


def _question(asked: Question) -> dict[str, Any]:
    return {
        "name": asked.name,
        "asks": asked.title,
        "parameters": [
            {"name": p.name, "is": p.help, "takes": queries.KINDS[p.kind], "needed": p.required}
            for p in asked.parameters
        ],
    }


def _rows(store: Store, answer: Answer, quotes: bool) -> list[dict[str, Any]]:
    """Rows of plain values without the hidden columns, each with what it rests on."""
    found = []
    for n, row in enumerate(answer):
        told = {name: _plain(value) for name, value in row.items() if value is not None and name not in answer.hidden}
        told = {
            name: value for name, value in told.items() if not name.endswith("Label") or name[:-5] not in answer.hidden
        }
        ground = answer.grounds[n] if quotes and answer.grounds else None
        if ground is not None:
            told["quotes"] = [_quote(g) for g in queries.why(store, ground, most=5)]
        found.append(told)
    return found


def _plain(value: object) -> object:
    return value if isinstance(value, (str, int, float, bool)) else str(value)


def _quote(ground: Grounds) -> dict[str, Any]:
    told = {
        "said": ground.said,
        "status": ground.status,
        "polarity": ground.polarity,
        "validity": ground.validity,
        "speaker": ground.speaker,
        "quote": ground.quote,
        "before": ground.before,
        "after": ground.after,
        "article": ground.title,
        "date": ground.date,
        "publisher": ground.publisher,
        "document": ground.document.value,
        "start": ground.start,
        "end": ground.end,
        "claim": ground.claim.value if ground.claim is not None else "",
    }
    return {name: value for name, value in told.items() if value != ""}


def _called(store: Store, name: str, most: int) -> list[IRI]:
    """The nodes of a name; where there are none, those in whose names it stands."""
    exact = [node for node in queries.find(store, name) if next(iter(store.match(node)), None)]
    if exact or not name.strip():
        return exact[:most]
    part, near = name.strip().lower(), set()
    for property in ("skos:prefLabel", "skos:altLabel"):
        for q in store.match(None, term(property)):
            if isinstance(q.subject, IRI) and isinstance(q.object, Literal) and part in q.object.value.lower():
                near.add(q.subject)
    return sorted(near, key=lambda node: node.value)[:most]


def _thing(store: Store, node: IRI) -> dict[str, Any]:
    types = sorted(queries.shorten(q.object) for q in store.match(node, term("rdf:type")) if isinstance(q.object, IRI))
    evidence = [q.object for q in store.match(node, term("kg:evidence")) if isinstance(q.object, IRI)]
    articles = {q.object for e in evidence for q in store.match(e, term("kg:document"))}
    label = queries.labels_of(store, [node]).get(node, queries.shorten(node, store.base))
    return {"iri": node.value, "label": label, "types": types, "articles": len(articles), "mentions": len(evidence)}
