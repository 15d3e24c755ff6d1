"""The pieces of one shard → its N-Quads and what is to be known of it: a pure function, the same for every engine.

A shard's bytes depend on its pieces and the settings alone: not on who reads it, when, or in what company.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypedDict

from kg import rdf
from kg.errors import DocumentError, KgError
from kg.model import Document, Parse
from kg.pipeline import Line, allowed, groups
from kg.profile import Profile, in_profile
from kg.reader import Reading
from kg.reader.dates import Order
from kg.reader.pieces import Item, Piece, read_piece, weight, where_is
from kg.sandbox import within

__all__ = ["Entry", "Key", "LeftOut", "Limits", "Settings", "Task", "key_of", "of_shard"]

#: A document of a shard: the number of its piece, and its number among the articles of that; READING is the piece.
Key = tuple[int, int]
READING = -1
#: Several documents of a shard, parsed together.
TOGETHER: Key = (-1, READING)


@dataclass(frozen=True)
class Settings:
    """All that decides what stands in a graph, but the articles: the options of `kg build`, as values that travel."""

    model: str | None = None
    base: str = rdf.BASE
    ontology: Path | None = None
    frames: Path | None = None
    names: Path | None = None
    joins: Path | None = None
    curated: bool = False
    with_text: bool = True
    columns: tuple[tuple[str, str], ...] = ()
    order: Order | None = None
    language: str = "en"
    date: str | None = None
    publisher: str | None = None
    profile: Profile = "full"

    @cached_property
    def line(self) -> Line:
        """The line, its parts loaded."""
        made = Line(
            self.model,
            self.base,
            self.ontology,
            self.frames,
            self.names,
            self.joins,
            self.curated,
            self.with_text,
        )
        for part in ("annotator", "vocabulary", "gazetteer", "lexicon", "decisions"):
            getattr(made, part)
        return made

    @property
    def how(self) -> Reading:
        return Reading(dict(self.columns), self.order, self.language)

    def record(self) -> dict[str, Any]:
        """The settings as JSON, files by what stands in them: two that are equal give the same graphs."""
        return {name: _content(value) if isinstance(value, Path) else value for name, value in asdict(self).items()}


def _content(path: Path) -> str:
    """A hash of a file, or of the files of a folder and their names."""
    made = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            made.update(f"{file.relative_to(path)}\0".encode() + file.read_bytes())
    return made.hexdigest()


@dataclass(frozen=True)
class Limits:
    """What one article may cost before it is put aside: processor seconds (longer articles have more, `allowed`), and
    bytes of memory beyond what a worker has when it starts.
    """

    seconds: float = 60.0
    memory: int = 2 << 30


@dataclass(frozen=True)
class Task:
    """A shard to be made: its file, the pieces, the hash of them, and documents put aside, with reasons."""

    name: str
    items: tuple[Item, ...]
    key: str
    skip: Mapping[Key, str] = field(default_factory=dict)
    weight: int = 0  # about how many bytes they are
    trial: bool = False  # only to see whether it can be made: nothing is written
    alone: bool = False  # no documents are parsed together, for that has killed a worker


class LeftOut(TypedDict):
    """A document that is not in the graph: where it stands, whether it was `skipped` (it is no article that can be
    read) or `quarantined` (reading it failed), and why.
    """

    document: str
    left: str
    reason: str


class Entry(TypedDict):
    """What the manifest keeps of a shard; `documents` = `built` + the number of `left_out`."""

    shard: str
    key: str
    documents: int
    built: int
    claims: int
    statements: int
    bytes: int
    sha256: str
    weight: int
    producer: str
    left_out: list[LeftOut]


#: Told before the work on each document: which, what it is called, how many processor seconds it may take.
At = Callable[[Key, str, float], None]


def key_of(items: tuple[Item, ...]) -> str:
    """A hash of pieces: the same articles in the same order have the same."""
    made = hashlib.sha256()
    for item in items:
        said = (item.source, item.name, item.kind) if isinstance(item, Piece) else (repr(item),)
        made.update("\0".join((type(item).__name__, *said)).encode("utf-8", "surrogatepass"))
        made.update(item.data if isinstance(item, Piece) else b"")
        made.update(b"\0\0")
    return made.hexdigest()


def of_shard(task: Task, settings: Settings, limits: Limits, at: At) -> tuple[bytes, Entry]:
    """The N-Quads of a shard, in the stable order of `rdf.serialize`, and its line of the manifest.

    Nothing stays of it: a worker is as large after a million articles as after the first shards.
    """
    with settings.line.annotator.passing():
        return _of_shard(task, settings, limits, at)


def _of_shard(task: Task, settings: Settings, limits: Limits, at: At) -> tuple[bytes, Entry]:
    line, quads, left, documents, built, claims = settings.line, list[rdf.Quad](), list[LeftOut](), 0, 0, 0
    for key, one, parse in _parsed(_documents(task, settings, limits, at), task, line, limits, at):
        documents += 1
        problem: Exception | None = one if isinstance(one, Exception) else None
        if isinstance(one, Document):
            if key in task.skip:
                problem = _Aside(task.skip[key], one.source)
            else:
                seconds = allowed(one, limits.seconds)
                at(key, one.source, seconds)
                try:
                    with within(seconds):
                        reading = line.understand(parse or next(line.parse([one])))
                        made = in_profile(line.quads(reading), settings.profile)
                    quads += made
                    claims += len(reading.claims)
                    built += 1
                except Exception as error:
                    problem = _aside(error, one.source, limits)
        if problem is not None:
            left.append(_left_out(problem))
    out = io.BytesIO()
    rdf.serialize(quads, rdf.RdfFormat.N_QUADS, out, settings.base)
    data = out.getvalue()
    entry = Entry(
        shard=task.name,
        key=task.key,
        documents=documents,
        built=built,
        claims=claims,
        statements=data.count(b"\n"),
        bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        weight=task.weight,
        producer=line.producer,
        left_out=left,
    )
    return data, entry


Found = tuple[Key, Document | Exception]


def _parsed(
    found: Iterable[Found], task: Task, line: Line, limits: Limits, at: At
) -> Iterator[tuple[Key, Document | Exception, Parse | None]]:
    """Each with its parse, where it has been parsed together with others."""
    for group in groups(found, lambda one: len(one[1].text) if isinstance(one[1], Document) else 0):
        asked = {key: one for key, one in group if isinstance(one, Document) and key not in task.skip}
        parses: dict[Key, Parse] = {}
        if len(asked) > 1 and not task.alone:
            at(TOGETHER, "", sum(allowed(one, limits.seconds) for one in asked.values()))
            parses = dict(zip(asked, line.parse_ahead(list(asked.values()), limits.seconds), strict=False))
        for key, one in group:
            yield key, one, parses.get(key)


class _Aside(DocumentError):
    """An article that could be read and yet is not in the graph."""


def _documents(task: Task, settings: Settings, limits: Limits, at: At) -> Iterator[Found]:
    """The documents of a shard, or why they are none."""
    given = {"date": settings.date, "publisher": settings.publisher}
    for number, item in enumerate(task.items):
        if (number, READING) in task.skip:
            yield (number, READING), _Aside(task.skip[number, READING], where_is(item))
            continue
        found: list[Document | DocumentError] = []
        seconds = limits.seconds + limits.seconds * weight(item) / 1_000_000
        at((number, READING), where_is(item), seconds)
        try:
            with within(seconds):
                found += read_piece(item, settings.how, **given)
        except Exception as error:
            yield (number, READING), _aside(error, where_is(item), limits)
            continue
        for part, one in enumerate(found):
            yield (number, part), one


def _aside(error: Exception, source: str, limits: Limits) -> KgError:
    """Why an article is put aside. An error that is not of the article (no model, no file of frames) is raised."""
    if isinstance(error, KgError) and not isinstance(error, DocumentError):
        raise error
    if isinstance(error, MemoryError):
        return _Aside(f"needs more than the {limits.memory >> 20:,} MB of memory it may use", source)
    if isinstance(error, DocumentError):
        return _Aside(error.what, source, error.remedy)
    return _Aside(f"{type(error).__name__}: {' '.join(str(error).split())[:200]}", source)


def _left_out(problem: Exception) -> LeftOut:
    left = "quarantined" if isinstance(problem, _Aside) else "skipped"
    if not isinstance(problem, KgError):
        return LeftOut(document="", left=left, reason=str(problem))
    reason = f"{problem.what}; {problem.remedy}" if problem.remedy else problem.what
    return LeftOut(document=problem.where, left=left, reason=reason)
