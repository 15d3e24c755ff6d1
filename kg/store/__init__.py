"""The store: articles as named graphs in memory or in a folder, asked through SPARQL; the only room that knows the
engine.

Every document has a graph of its own; `background`, `inferred` and `links` stand beside. The engine's default graph
holds their union, each triple once, and is what queries see: the engine's own union repeats a triple for every graph
that has it, so counts would grow with the number of articles. Readers share a folder, a writer has it alone.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, Literal as Choice, cast

import pyoxigraph as engine
from pyoxigraph import DefaultGraph, RdfFormat, Variable

from kg import guard
from kg.errors import GraphError, OutputError, QueryError, StoreError, surroundings
from kg.profile import Profile, full, is_lean
from kg.rdf import (
    BASE,
    IRI,
    Literal,
    Quad,
    Term,
    format_of,
    in_order,
    kg,
    parse_file,
    prefixes,
    special_graph,
    term,
    with_graph,
)
from kg.store.first import First
from kg.store.folder import about, create as create_folder, is_store, let_go, open_data, take
from kg.store.looking import Look, looks
from kg.store.packing import pack
from kg.store.plans import CLIMBS, Ask, in_graph, is_climbing, listed, read_whole
from kg.store.seen import Seen, noted, read as read_seen, says
from kg.store.tally import Held, Tally, counted, documents, kept, lines, tallied, written
from kg.store.union import BESIDE, UNION, Engine, elsewhere, hidden, is_graph, is_note, statements
from kg.store.updates import Draft, Journal, operations
from kg.store.whole import Whole, leaned, restored
from kg.store.wire import begun, copied, is_kept, is_link, renewed
from kg.vocabulary import data_folder

__all__ = [
    "BESIDE",
    "Change",
    "Held",
    "PATIENCE",
    "Result",
    "Seen",
    "Solutions",
    "Store",
    "Truth",
    "Tally",
    "Triples",
    "is_store",
    "pack",
]

Result = engine.QuerySolutions | engine.QueryBoolean | engine.QueryTriples
Solutions = engine.QuerySolutions
Truth = engine.QueryBoolean
Triples = engine.QueryTriples
#: Seconds for which a reader waits for a writer that is at work, and a writer between two pieces of work for readers.
PATIENCE = 10.0
Change = Choice["added", "replaced", "unchanged"]
_FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?(?:<|\w*:)", re.IGNORECASE)


class Store:
    """A set of documents' graphs. Made by `memory`, `open` or `of`; a context manager that lets go of the folder."""

    def __init__(
        self,
        inner: engine.Store,
        *,
        base: str = BASE,
        folder: Path | None = None,
        lock: int | None = None,
        writable: bool = True,
        profile: Profile = "full",
    ) -> None:
        self._inner, self.base, self.folder, self._lock, self.writable = inner, base, folder, lock, writable
        self.profile = profile
        self._whole = Whole(inner) if profile == "lean" else None
        self._refused = False

    @property
    def _seen(self) -> Engine:
        """What is looked at: the articles' graphs in full."""
        return self._whole or self._inner

    # -------------------------------------------------------------- opening and closing

    @classmethod
    def memory(cls, base: str = BASE) -> Store:
        """An empty store that lives as long as the program."""
        return cls(engine.Store(), base=base)

    @classmethod
    def open(
        cls,
        folder: Path | str,
        *,
        create: bool = False,
        write: bool = False,
        base: str = BASE,
        profile: Profile = "full",
        wait: float = 0,
    ) -> Store:
        """The store in a folder. Many may read at once; who writes is alone. `create` makes it where there is none, and
        keeps the articles' graphs in that profile: what is read and asked is the same.

        A lock that another process has is waited for so many seconds.
        """
        folder = Path(folder)
        if create and not (folder / "store.json").exists():
            create_folder(folder, base, profile)
        told = about(folder)
        if profile == "lean" != told["profile"]:
            raise StoreError(
                "holds its articles' graphs in full", str(folder), "leave --profile out, or begin a new store with it"
            )
        lock = take(folder, alone=write, wait=wait)
        try:
            inner = open_data(folder, write)
        except BaseException:
            let_go(lock)
            raise
        store = cls(inner, base=told["base"], folder=folder, lock=lock, writable=write, profile=told["profile"])
        if write:
            journal = Journal(folder)  # an update was cut short: nothing of it is in
            store._undo(*journal.read())
            journal.close()
            store.learn()
            store._count()
            store._compare()
        return store

    @classmethod
    def of(cls, path: Path | str) -> Store:
        """A store's folder, or a graph file read into memory. One that is just being written is waited for a moment."""
        path = Path(path)
        if path.is_dir():
            return cls.open(path, wait=PATIENCE)
        if path.suffix == ".kg" and not path.exists():
            raise StoreError("does not exist", str(path), "make one with `kg build ARTICLE -o FOLDER.kg`")
        store = cls.memory()
        store.load_file(path)
        return store

    def _pattern(
        self, subject: IRI | None, predicate: IRI | None, object: Term | None, graph: IRI | DefaultGraph | None = None
    ) -> Iterator[Quad]:
        """Quads of the engine; all that this program puts in are of IRIs and literals."""
        return cast("Iterator[Quad]", self._seen.quads_for_pattern(subject, predicate, object, graph))

    def close(self) -> None:
        """Let go of the folder. The store cannot be used afterwards."""
        try:
            # where the disk has refused something, the engine would wait for room
            if self.folder is not None and self.writable and self._inner is not None and not self._refused:
                with self._told():
                    self._count()
                    self._compare()
                    self._inner.flush()
        finally:
            self._inner, self._whole = cast("engine.Store", None), None  # what is done with it from now on is a fault
            let_go(self._lock)
            self._lock = None

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        """How many triples queries see."""
        told = kept(self._seen, self.base)
        return told.triples if told else sum(1 for _ in self._pattern(None, None, None, UNION))

    # -------------------------------------------------------------- putting in

    def load(self, quads: Iterable[Quad]) -> None:
        """Add quads of any graphs, without replacing anything. Lean ones come in full, here as in all that follows."""
        self._write()
        self._forget()
        both: dict[Quad, None] = {}
        for quad in full(quads):
            if is_note(quad.graph_name):
                continue
            both[quad] = None
            if isinstance(quad.graph_name, IRI) and not hidden(quad.graph_name):
                both[Quad(quad.subject, quad.predicate, quad.object)] = None
        with self._told():
            self._exchange(set(), both)

    def load_file(self, path: Path | str) -> None:
        """Add a graph file. A triple format has no graphs: its triples go to the union alone."""
        self._write()
        self._forget()
        path = Path(path)
        format = format_of(path)
        if format.supports_datasets:
            return self.load(parse_file(path))
        try:
            with path.open("rb") as file:
                self._inner.bulk_load(file, format)
        except (SyntaxError, ValueError) as problem:
            raise GraphError(
                f"not readable as {format.name}: {' '.join(str(problem).split())[:200]}",
                str(path),
                "repair or build the file again",
            ) from None
        except OSError as problem:
            raise GraphError(
                problem.strerror or str(problem), str(path), "check the path and its permissions"
            ) from None
        if is_lean(self.match(None, kg("profile"))):
            held = set(self.match())
            whole = set(full(held))
            self._inner.extend(whole - held)
            for quad in held - whole:
                self._inner.remove(quad)

    def put(self, document: IRI, quads: Iterable[Quad]) -> Change:
        """Make these quads what the document says: whole or not at all. Quads of graphs beside it are added to those.

        What review notes of the document, in the graph `decisions`, comes and goes with it. What it copies, and what
        is copied from it, is found out.
        """
        self._compare()
        quads = {q for q in full(quads) if not is_note(q.graph_name) and not is_link(q)}
        notes = {q for q in quads if is_graph(q.graph_name, "decisions") and q.subject == document}
        own = {
            Quad(q.subject, q.predicate, q.object, document) for q in quads if not self.is_beside(q.graph_name)
        } | notes
        old = self._held(document)
        new = [q for q in quads - notes if self.is_beside(q.graph_name) and q not in self._seen] + sorted(
            own - old, key=str
        )
        gone = old - own
        if not new and not gone:
            self._write()
            return "unchanged"
        left = {q.subject for q in old} - {q.subject for q in own}
        self.change(gone | self._orphaned(document, gone, own) | self._unlinked(left), new)
        return "replaced" if old else "added"

    def remove(self, document: IRI) -> bool:
        """Drop a document's graph, and from the background what only it had brought; whether there was one."""
        self._compare()
        old = self._held(document)
        self.change(old | self._orphaned(document, old, set()) | self._unlinked({q.subject for q in old}), [])
        return bool(old)

    def _unlinked(self, events: Iterable[object]) -> set[Quad]:
        """The links that were made without a person to what is no longer told."""
        notes, links, same = (*(special_graph(n, self.base) for n in ("decisions", "links")), kg("sameEvent"))
        pairs = ((e, None) if n else (None, e) for e in events if isinstance(e, IRI) for n in (0, 1))
        found = [q for a, b in pairs for q in self._pattern(a, same, b, notes)]
        return {Quad(q.subject, q.predicate, q.object, graph) for q in found for graph in (notes, links)}

    def _orphaned(self, document: IRI, gone: set[Quad], stays: set[Quad]) -> set[Quad]:
        """The background of the nodes that no article names once `gone` is out of a document's graph and `stays` is
        left of it.
        """
        background = special_graph("background", self.base)
        kept = {q.subject for q in stays}
        todo = {q.subject for q in gone} - kept
        lost: set[Quad] = set()
        while todo:
            node = todo.pop()
            about = set(self._pattern(node, None, None, background)) if isinstance(node, IRI) else set()
            if (
                not about
                or about <= lost
                or node in kept
                or self._named(node, document)
                or any(q not in lost for q in self._pattern(None, None, node, background))
            ):
                continue
            lost |= about
            todo |= {q.object for q in about if isinstance(q.object, IRI)}
        if lost and all(q in lost or q.subject == background for q in self._pattern(None, None, None, background)):
            lost |= set(self._pattern(background, None, None, background))
        return lost

    def _named(self, node: IRI, document: IRI) -> bool:
        """Whether an article other than this one says something of a node."""
        return any(
            q.graph_name != document
            and q.graph_name != UNION
            and not hidden(q.graph_name)
            and not self.is_beside(q.graph_name)
            for q in self._pattern(node, None, None, None)
        )

    def _held(self, document: IRI) -> set[Quad]:
        """A document's graph, and what review notes of it."""
        return {*self.graph(document), *self.graph(special_graph("decisions", self.base), document)}

    def replace_graph(self, name: str, quads: Iterable[Quad]) -> int:
        """Make these triples the whole of the graph of that name beside the documents; how many there are."""
        graph = special_graph(name, self.base)
        new = {Quad(q.subject, q.predicate, q.object, graph) for q in quads}
        old = set(self._pattern(None, None, None, graph))
        self.change(old - new, sorted(new - old, key=str))
        return len(new)

    def know(self) -> None:
        """Have the terms at hand: a folder has them from its last writer."""
        if self.folder is None and next(self.graph(special_graph("ontology", self.base)), None) is None:
            self.learn()

    def learn(self) -> None:
        """Keep the ontology's terms beside the documents, as this program knows them: shipped questions climb their
        classes.
        """
        terms = _terms(self.base)
        if next(self.graph(special_graph("ontology", self.base)), None):  # those of another version
            self.replace_graph("ontology", terms)
        else:
            self._write()
            with self._told():
                self._inner.extend(terms)

    def change(self, gone: set[Quad], new: Iterable[Quad]) -> None:
        """Take quads of any graphs out and put others in, in one transaction; the union stays true, and what
        inference will want to know is noted.
        """
        self._write()
        coming = dict.fromkeys(new)
        leaving, arriving = copied(self._seen, self.base, gone, coming)
        gone, coming = gone | leaving, coming | dict.fromkeys(arriving)
        out, into = noted(self._seen, self.base, gone, coming)
        with self._told():
            self._swap(gone | out, coming | dict.fromkeys(into))

    def _swap(self, gone: set[Quad], new: dict[Quad, None]) -> None:
        if not gone and not new:
            return  # nothing is written, no change counted
        seen = [Quad(q.subject, q.predicate, q.object) for q in new if not hidden(q.graph_name)]
        if not gone:
            out, into = tallied(self._seen, self.base, (), new, (), seen)
            self._exchange(set(), dict.fromkeys([*new, *seen, *into]))
            for quad in out:  # the later line of two holds: a crash before this takes nothing
                self._inner.remove(quad)
            return
        stays = {(q.subject, q.predicate, q.object) for q in seen}
        lost = [
            Quad(q.subject, q.predicate, q.object)
            for q in gone
            if not hidden(q.graph_name)
            and (q.subject, q.predicate, q.object) not in stays
            and not elsewhere(self._seen, q, gone)
        ]
        out, into = tallied(self._seen, self.base, gone, new, lost, seen)
        self._exchange({*gone, *lost, *out}, dict.fromkeys([*new, *seen, *into]))

    def _exchange(self, gone: set[Quad], new: dict[Quad, None]) -> None:
        """Take quads out and put others in, of full graphs, in one transaction."""
        if self._whole is not None:
            gone, new = leaned(self._inner, gone, new)
            self._whole.forget()
        if not gone:
            self._inner.extend(new)
            return
        steps = [("DELETE", q) for q in gone] + [("INSERT", q) for q in new]
        if not any(_blank(q.subject) or _blank(q.object) for _, q in steps):
            self._inner.update(statements(steps))
            return
        for quad in gone:  # SPARQL cannot name a blank node that is there already
            self._inner.remove(quad)
        self._inner.extend(new)

    # -------------------------------------------------------------- what inference keeps

    def seen(self) -> tuple[Seen | None, list[Quad]]:
        """What inference last saw, if that is still to be trusted, and the triples that have come or gone since."""
        return read_seen(self._seen, self.base)

    def conclude(self, gone: Iterable[Quad], new: Iterable[Quad], seen: Seen | None) -> None:
        """Change the conclusions, and keep what they were drawn from, in one transaction."""
        self._write()
        kept, graph = special_graph("inference", self.base), special_graph("inferred", self.base)
        old = set(self._pattern(None, None, None, kept))
        told = dict.fromkeys(Quad(q.subject, q.predicate, q.object, graph) for q in new)
        now = {} if seen is None else {seen.quad(self.base): None}
        self._swap(
            {Quad(q.subject, q.predicate, q.object, graph) for q in gone} | (old - now.keys()),
            told | {q: None for q in now if q not in old},
        )

    def says(self, triple: Quad) -> bool:
        """Whether a triple stands otherwise than as a conclusion."""
        return says(self._seen, triple, special_graph("inferred", self.base))

    def _forget(self) -> None:
        """Let inference begin anew, the tally and the prints: much is put in at once, and nobody counts what."""
        for name in ("inference", "tally", "copies"):
            graph = special_graph(name, self.base)
            if next(self._pattern(None, None, None, graph), None):
                self._inner.clear_graph(graph)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the disk refuses is told with the folder; a transaction that was not made has changed nothing."""
        try:
            yield
        except OSError as problem:
            self._refused = True
            fault = surroundings(problem) or OutputError(str(problem), "", "check the disk")
            raise OutputError(fault.what, str(self.folder or "memory"), fault.remedy) from None

    def _write(self) -> None:
        if not self.writable:
            raise StoreError("is open for reading only", str(self.folder), "open it with write=True")

    # -------------------------------------------------------------- looking

    def is_beside(self, graph: object) -> bool:
        """Whether a graph is none of a document."""
        return any(is_graph(graph, name) for name in BESIDE)

    def documents(self) -> Iterator[Held]:
        """The articles, in order of their IRIs."""
        if kept(self._seen, self.base) is not None:
            yield from lines(self._seen, self.base)
        else:
            yield from sorted(documents(self._seen), key=lambda held: held.iri.value)

    def tally(self) -> Tally:
        """How much queries see, by property, class and kind."""
        self.know()
        return kept(self._seen, self.base) or counted(self._seen)

    def _count(self) -> None:
        """Count what the store holds, where nothing keeps it."""
        if kept(self._seen, self.base) is None:
            self._inner.clear_graph(special_graph("tally", self.base))
            self._inner.extend(written(counted(self._seen), documents(self._seen), self.base))

    def _compare(self) -> None:
        """Find the copies among all articles, where their prints are not kept."""
        if is_kept(self._seen, self.base):
            return
        self._write()
        with self._told():
            self._inner.clear_graph(special_graph("copies", self.base))
            self._swap({q for q in self.graph(special_graph("links", self.base)) if is_link(q)}, {})
            for document in [g for g in self.graphs() if not self.is_beside(g)]:
                out, into = renewed(self._seen, self.base, {document})
                self._swap(out, dict.fromkeys(into))
            self._inner.add(begun(self.base))

    def graphs(self) -> list[IRI]:
        """Names of the graphs that hold something, in order."""
        return sorted((g for g in self._inner.named_graphs() if isinstance(g, IRI)), key=lambda n: n.value)

    def graph(self, name: IRI, subject: IRI | None = None) -> Iterator[Quad]:
        """The quads of one graph; with `subject` those about it."""
        return self._pattern(subject, None, None, name)

    def quads(self, *, beside: Iterable[str] = BESIDE[:4]) -> Iterator[Quad]:
        """All that documents say, and the graphs beside them that are named; triples of no graph come last."""
        first = First(self._graphs_of)
        for graph in self.graphs():
            part = list(self.graph(graph))
            if not hidden(graph):
                first.of(graph, part)
            if self._shown(graph, beside):
                yield from part
        yield from self._loose(first)

    def parts(self, *, beside: Iterable[str] = BESIDE[:4], union: bool = False) -> Iterator[list[Quad]]:
        """What `quads` gives, graph by graph in the order of files; with `union` each triple once, where it first
        stands.
        """
        first, graphs = First(self._graphs_of), self.graphs()
        shown = [g for g in graphs if self._shown(g, beside)]
        for graph in (q.subject for q in in_order([Quad(g, g, g, g) for g in shown], self.base)):
            part = list(self.graph(graph))
            new = part if hidden(graph) else first.of(graph, part)
            yield new if union else part
        for graph in graphs:
            if graph not in shown and not hidden(graph):
                first.of(graph, self.graph(graph))
        if loose := list(self._loose(first)):
            yield loose

    def _shown(self, graph: IRI, beside: Iterable[str]) -> bool:
        """Whether a graph is a document's, or one of those beside that are named."""
        return not self.is_beside(graph) or any(is_graph(graph, name) for name in beside)

    def _loose(self, first: First) -> Iterator[Quad]:
        """The triples of no graph, if the union holds more than all its graphs do."""
        union = self._pattern(None, None, None, UNION)
        if not first.count:
            yield from union
        elif first.count < len(self):
            yield from (q for q in union if not elsewhere(self._seen, q))

    def _graphs_of(self, quad: Quad) -> Iterator[object]:
        return (q.graph_name for q in self._pattern(quad.subject, quad.predicate, quad.object))

    def nodes(self) -> Iterator[tuple[IRI, list[Quad]]]:
        """What queries see, a node at a time: each once, with all that is told of it."""
        union = self._pattern(None, None, None, UNION)
        if self.folder is None:  # in memory the engine has no such order
            yield from ((node, list(self.match(node))) for node in dict.fromkeys(q.subject for q in union))
        else:
            yield from ((node, list(some)) for node, some in groupby(union, key=lambda q: q.subject))

    def dump(self, out: BinaryIO, format: RdfFormat) -> None:
        """Write the store in the engine's own order: the same triples as `quads`, much faster, for graphs too large
        to be sorted.
        """
        beside = [g for g in self.graphs() if self.is_beside(g) and not hidden(g)]
        if not format.supports_datasets and not beside:
            self._inner.dump(
                out,
                format,
                from_graph=UNION,
                prefixes=prefixes(self.base) if format in (RdfFormat.TURTLE, RdfFormat.RDF_XML) else None,
            )
            return
        quads = self.quads(beside=()) if not format.supports_datasets else self.quads()
        engine.serialize(
            quads if format.supports_datasets else (engine.Triple(q.subject, q.predicate, q.object) for q in quads),
            out,
            format,
            prefixes=prefixes(self.base) if format == RdfFormat.TRIG else None,
        )

    def match(
        self,
        subject: IRI | None = None,
        predicate: IRI | None = None,
        object: Term | None = None,
        graph: IRI | None = None,
    ) -> Iterator[Quad]:
        """Triples of the union that fit, or those of one graph."""
        return self._pattern(subject, predicate, object, graph or UNION)

    def __contains__(self, quad: Quad) -> bool:
        return quad in self._seen

    # -------------------------------------------------------------- asking

    def query(
        self,
        text: str,
        bindings: Mapping[str, Term] | None = None,
        *,
        ontology: bool | None = None,
        default_graphs: Sequence[IRI] = (),
        named_graphs: Sequence[IRI] = (),
        as_kept: bool = False,
    ) -> Result:
        """Ask in SPARQL; our prefixes are declared. Values in `bindings` stand for variables of the SELECT line.

        The query sees the union of the graphs, unless it names others in FROM or they are given here, as the SPARQL
        protocol has it. With `ontology` it sees the terms too; by itself it does where it climbs classes
        (`rdfs:subClassOf`). It cannot reach out of the store. With `as_kept` an article's graph may lack what
        `kg.profile` restores, which is faster for a query that does not ask for it.
        """
        default: list[engine.NamedNode | engine.BlankNode | DefaultGraph] | None = None
        if ontology is None and CLIMBS.search(text) and not _FROM.search(text):
            ontology = True
        if ontology:
            self.know()
            default = [UNION, special_graph("ontology", self.base)]
        if default_graphs or named_graphs:
            default = list(default_graphs)
        checked = guard.check(text)
        inner = self._inner if as_kept else self._looked_into(checked, [*default_graphs, *named_graphs], bool(ontology))
        try:
            return inner.query(
                checked,
                prefixes=prefixes(self.base),
                default_graph=default,
                named_graphs=list(named_graphs) if default_graphs or named_graphs else None,
                substitutions={Variable(k): v for k, v in bindings.items()} if bindings else None,
            )
        except SyntaxError as problem:
            raise QueryError(
                f"not SPARQL: {' '.join(str(problem).split())[:200]}", "query", "compare it with `kg ask --list`"
            ) from None
        except (RuntimeError, ValueError) as problem:
            raise QueryError(" ".join(str(problem).split())[:200], "query", "correct the query") from None

    def _looked_into(self, text: str, given: Sequence[IRI], ontology: bool) -> engine.Store:
        """The engine to be asked: this one, or one in memory with those graphs in full that a query looks into."""
        if self._whole is None:
            return self._inner
        look = looks(text, prefixes(self.base))
        if given or not ontology and look and look.given:
            graphs = [*given, *(self._iris(look, look.given) if look else ())]
            return restored(self._whole, graphs, False)
        if look is None or not look.left_out:
            return self._inner
        graphs = self.graphs() if look.any else self._iris(look, look.graphs)
        if all(map(self.is_beside, graphs)):
            return self._inner
        terms = [special_graph("ontology", self.base)] if ontology else []
        return restored(self._whole, [*graphs, *terms], look.union or ontology)

    def _iris(self, look: Look, names: Sequence[str]) -> list[IRI]:
        """The IRIs that are written so in a query."""
        bench = engine.Store()
        said = "\n".join(f"<urn:x> <urn:x> {name} ." for name in names)
        try:
            bench.update(f"{look.prologue}INSERT DATA {{ {said} }}", prefixes=prefixes(self.base))
        except (SyntaxError, ValueError):
            return []  # the query is refused in its own words
        return [q.object for q in bench if isinstance(q.object, IRI)]

    def climbing(self, text: str, wide: bool = False) -> tuple[str, bool | None]:
        """A query that wants the terms for climbing classes alone, so written that nothing else of it looks at them,
        and what `ontology` is then: each lookup of a query that sees two graphs costs two. Left as it is where the
        documents place classes too. A `wide` one takes in most of what a folder holds: it is read from beginning to
        end, not looked up.
        """
        wide = wide and self.folder is not None
        whole = read_whole if wide else str
        if not is_climbing(text) or next(self.match(None, _BELOW), None):
            return whole(text), None
        self.know()
        graph = special_graph("ontology", self.base)
        told = kept(self._seen, self.base)
        claims = 0 if wide else told.classes.get(kg("Claim").value, 0) if told else 2**31
        ask = partial(self.select, ontology=False)
        return whole(in_graph(listed(text, graph, cast("Ask", ask), claims), graph)), False

    def select(
        self,
        text: str,
        bindings: Mapping[str, Term] | None = None,
        *,
        ontology: bool | None = None,
        as_kept: bool = False,
    ) -> Solutions:
        """The rows of a SELECT, asked as `query` asks."""
        result = self.query(text, bindings, ontology=ontology, as_kept=as_kept)
        if not isinstance(result, engine.QuerySolutions):
            raise QueryError("gives no rows", "query", "write a SELECT")
        return result

    def words(self, text: str) -> Iterator[list[str]]:
        """The rows of a SELECT that binds all its variables, as words: IRIs and literals bare, blank nodes as `_:x`.

        Much faster than terms, where there are many.
        """
        data = self.select(text).serialize(format=engine.QueryResultsFormat.CSV)
        csv.field_size_limit(2**31 - 1)  # a text may be one
        rows = csv.reader(io.StringIO((data or b"").decode(), newline=""))
        next(rows, None)
        return rows

    def update(self, text: str, committing: Callable[[], None] = lambda: None) -> None:
        """Change the store in SPARQL, whole or not at all. It cannot reach out of the store.

        It costs what it looks at and changes. `committing` is called when all is found out and nothing is left but to
        write it: if the program ends before, nothing is in.

        What changes in a graph changes in the union. Without GRAPH the union itself is meant: what is taken out of it
        goes from every graph, what is put into it stands in the graph `added`.
        """
        self._write()
        try:
            engine.Store().update(guard.check(text), prefixes=prefixes(self.base))  # is it SPARQL at all?
        except SyntaxError as problem:
            raise QueryError(
                f"not SPARQL Update: {' '.join(str(problem).split())[:200]}", "update", "correct it"
            ) from None
        except (RuntimeError, ValueError):
            pass  # an empty store lacks the graphs that it names
        journal, draft = Journal(self.folder), self._draft()
        emptied: list[IRI] = []
        try:
            for operation in operations(text):
                if draft and operation.verb != "data":  # it looks at what the ones before did
                    journal.note(draft.gone, draft.new)
                    self._apply(draft)
                    draft = self._draft()
                draft.plan(operation, self._rows)
                emptied += draft.emptied
            committing()
            self._apply(draft)
        except (RuntimeError, SyntaxError, ValueError) as problem:
            self._undo(journal.gone, journal.new)
            raise QueryError(" ".join(str(problem).split())[:200], "update", "correct the update") from None
        except BaseException:
            self._undo(journal.gone, journal.new)
            raise
        finally:
            journal.close()
        for graph in emptied:
            if next(self._pattern(None, None, None, graph), None) is None:
                self._inner.remove_graph(graph)

    def _draft(self) -> Draft:
        return Draft(self._seen, prefixes(self.base), special_graph("added", self.base))

    def _rows(self, text: str, graphs: Sequence[IRI]) -> engine.QuerySolutions:
        rows = self.query(text, default_graphs=graphs, ontology=False)
        assert isinstance(rows, engine.QuerySolutions)
        return rows

    def _apply(self, draft: Draft) -> None:
        """Make a change that an update came to."""
        if any(q.graph_name == UNION for q in draft.gone):
            self._forget()  # triples of no graph go: inference begins anew
        self.change(draft.gone, draft.new)

    def _undo(self, gone: set[Quad], new: set[Quad]) -> None:
        """Take back the first operations of an update that did not come to its end."""
        if gone or new:
            self.change({q for q in new if q in self._seen}, gone)

    def tidy(self) -> None:
        """Pack the folder's files after much was put in."""
        self._inner.optimize()

    def snapshot(self, target: Path | str) -> None:
        """Copy the store as it is now into a new folder that opens on its own."""
        target = Path(target)
        if self.folder is None or not self.writable:
            raise StoreError(
                "only the owner of a folder can copy it", str(self.folder or "memory"), "open it with write=True"
            )
        if target.exists():
            raise OutputError("is already there", str(target), "name a folder that does not exist yet")
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            part.mkdir(parents=True)
            self._inner.backup(str(part / "data"))
            shutil.copyfile(self.folder / "store.json", part / "store.json")
            os.replace(part, target)
        except OSError as problem:
            shutil.rmtree(part, ignore_errors=True)
            raise OutputError(f"cannot be written: {problem}", str(target), "choose another place") from None


# ------------------------------------------------------------------ small things

_BELOW = term("rdfs:subClassOf")


@cache
def _terms(base: str) -> tuple[Quad, ...]:
    return tuple(with_graph(parse_file(data_folder("ontology") / "kg.ttl"), special_graph("ontology", base)))


def _blank(node: object) -> bool:
    return isinstance(node, (engine.BlankNode, engine.Triple))


def _text(value: object) -> str | None:
    return value.value if isinstance(value, (Literal, IRI)) else None
