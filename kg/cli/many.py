"""`kg build` of an archive: many processes, a folder of shards, and what people see of it."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import archive
from kg.cli import options as o
from kg.cli.files import check_target, save
from kg.cli.reading import LeftOut
from kg.cli.terminal import counted, say
from kg.errors import InputError, KgError

if TYPE_CHECKING:
    from kg.profile import Profile
    from kg.rdf import IRI, Quad
    from kg.reader import Reading

ENGINES = ("local", "dask")


@dataclass(frozen=True)
class Work:
    """What is asked for: articles, where their graph goes, and who makes it."""

    articles: list[Path]
    to: str | None
    workers: int | None
    engine: str
    scheduler: str | None
    size: int
    seconds: float
    memory: int  # MB
    strict: bool
    beside: str = ""
    profile: Profile = "full"

    @property
    def target(self) -> Path:
        if self.to is None:
            raise InputError("has no place to write to", "--workers", "name a folder, a store or a file with -o")
        return Path(self.to)

    @property
    def is_folder(self) -> bool:
        return str(self.to).endswith("/") or self.target.suffix == "" and str(self.to) != "-"

    @property
    def shards(self) -> Path:
        """The folder of the shards: what was asked for, or one beside it while the work goes on."""
        return self.target if self.is_folder else self.target.with_name(f"{self.target.name}.shards")


def build_many(work: Work, how: Reading, **settings: Any) -> int:
    """Read an archive by many processes; exit status 1 where an article was left out, 2 where all were."""
    o.check_choice(work.engine, ENGINES, "--engine")
    if work.scheduler is not None and work.engine != "dask":
        raise InputError("belongs to --engine dask", f"--scheduler {work.scheduler}", "give both, or neither")
    if work.to == "-":
        raise InputError("takes no archive", "-o -", "name a folder, a store or a file with -o")
    finish = _finishing(work, str(settings["base"]))
    made = archive.Settings(
        columns=tuple(sorted(how.columns.items())), order=how.order, language=how.language, **settings
    )
    if work.is_folder:  # otherwise the shards go, and what they come to is kept as asked
        made = replace(made, profile=work.profile)
    limits = archive.Limits(work.seconds, work.memory << 20)
    left, totals = LeftOut(work.strict), archive.Totals()
    try:
        with archive.Manifest(work.shards, made, work.size) as manifest, _engine(work, made, limits) as engine:
            with _watched(work.articles, totals) as show:

                def on_shard(entry: archive.Entry) -> None:
                    for one in entry["left_out"]:
                        left.line(KgError(one["reason"], one["document"]))
                    show()

                for entry in archive.build(
                    work.articles, manifest, engine, made, how, size=work.size, totals=totals, on_shard=on_shard
                ):
                    finish(entry)
        finish(None)
    except (KeyboardInterrupt, SystemExit) as end:
        say(f"{work.to}: stopped; {told(totals)}; the same command goes on")
        raise SystemExit(130 if isinstance(end, KeyboardInterrupt) else end.code) from None
    if totals.again:
        say(f"{work.to}: {counted(totals.again, 'shard')} of {totals.shards:,} had been made before")
    if totals.changed:
        say(f"{work.to}: {counted(totals.changed, 'shard')} made again, for their articles are others now")
    say(f"{work.to}: {told(totals)}")
    return left.status if totals.built else 2


def told(totals: archive.Totals) -> str:
    """What has come of an archive."""
    return (
        f"{counted(totals.documents, 'article')} = {totals.built:,} built + {totals.skipped:,} skipped + "
        f"{totals.quarantined:,} quarantined; {counted(totals.shards, 'shard')}, "
        f"{counted(totals.claims, 'claim')}, {counted(totals.statements, 'statement')}"
    )


@contextmanager
def _engine(work: Work, settings: archive.Settings, limits: archive.Limits) -> Iterator[archive.Engine]:
    engine: archive.Engine
    if work.engine == "dask":
        from kg.archive.cluster import Dask

        engine = Dask(work.scheduler, work.workers, settings, limits, work.shards)
    else:
        engine = archive.Processes(work.workers or 1, settings, limits, work.shards)
    try:
        yield engine
    finally:
        engine.close()


# ------------------------------------------------------------------ where the shards go

Finish = Callable[[archive.Entry | None], None]


def _finishing(work: Work, base: str) -> Finish:
    """What is done with each shard, in order, and (with None) at the end."""
    if work.is_folder:
        return lambda entry: None
    return _into_store(work, base) if work.target.suffix == ".kg" else _into_file(work, base)


def _into_file(work: Work, base: str) -> Finish:
    check_target(work.target, work.beside)
    names: list[str] = []

    def finish(entry: archive.Entry | None) -> None:
        from kg import copies
        from kg.rdf import parse_file

        if entry is not None:
            names.append(entry["shard"])
            return
        quads = [quad for name in names for quad in parse_file(work.shards / name)]
        save([*quads, *copies.links(quads, base)], work.target, work.beside, base, work.profile)
        _tidy(work)

    return finish


def _into_store(work: Work, base: str) -> Finish:
    from kg import review
    from kg.cli.stores import keep
    from kg.store import PATIENCE, Store, is_store, pack

    with Store.open(work.target, create=not is_store(work.target), write=True, base=base, profile=work.profile):
        pass

    def finish(entry: archive.Entry | None) -> None:
        if entry is None:
            with Store.open(work.target, write=True, wait=PATIENCE) as store:
                store.tidy()  # questions look things up three times as fast
            pack(work.target)
            _tidy(work)
            return
        with Store.open(work.target, write=True, wait=PATIENCE) as store:
            decided = review.kept(store)
            for document, quads in documents_of(work.shards / entry["shard"], base):
                keep(store, quads, entry["shard"], document, decided)

    return finish


def documents_of(shard: Path, base: str) -> Iterator[tuple[IRI, list[Quad]]]:
    """The documents of a shard with their quads; what stands in graphs beside them comes with the first."""
    from kg.rdf import as_iri, parse_file

    by_graph: dict[IRI, list[Quad]] = {}
    for quad in parse_file(shard):
        by_graph.setdefault(as_iri(quad.graph_name), []).append(quad)
    beside = [quad for graph, quads in by_graph.items() if graph.value.startswith(f"{base}graph/") for quad in quads]
    for graph, quads in by_graph.items():
        if not graph.value.startswith(f"{base}graph/"):
            yield graph, [*quads, *beside]
            beside = []


def _tidy(work: Work) -> None:
    """The shards have come where they should: what stays of them is the list of what was put aside."""
    for name in archive.LEFT_OUT.values():
        if (work.shards / name).exists():
            (work.shards / name).replace(work.target.with_name(f"{work.target.name}.{name}"))
    gone = work.shards.with_name(f".{work.shards.name}.part")  # an end from outside leaves no half of a folder
    shutil.rmtree(gone, ignore_errors=True)
    work.shards.replace(gone)
    shutil.rmtree(gone)


# ------------------------------------------------------------------ how far it is


@contextmanager
def _watched(paths: list[Path], totals: archive.Totals) -> Iterator[Callable[[], None]]:
    """On a terminal a line of how far the work is; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    began, whole = time.monotonic(), _bytes(paths)
    with Live(Text("starting"), console=Console(stderr=True), transient=True, refresh_per_second=2) as live:

        def show() -> None:
            live.update(Text(progress(totals, time.monotonic() - began, whole)))

        yield show


def progress(totals: archive.Totals, seconds: float, whole: int | None) -> str:
    """One line: articles, their rate, claims, failures, and the time left where the size of the archive is known."""
    rate = totals.fresh / seconds if seconds > 0 else 0.0
    line = (
        f"{counted(totals.documents, 'article')}, {rate:.1f} a second, {counted(totals.claims, 'claim')}, "
        f"{totals.skipped + totals.quarantined:,} left out"
    )
    if whole and totals.fresh_weight:
        left = max(0, whole - totals.weight) * seconds / totals.fresh_weight
        line += f"; {min(1.0, totals.weight / whole):.0%}, {_clock(left)} left"
    return line


def _clock(seconds: float) -> str:
    minutes, hours = int(seconds) // 60 % 60, int(seconds) // 3600
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {int(seconds) % 60:02} s"


def _bytes(paths: list[Path]) -> int | None:
    """How large an archive is, as far as it can be told without reading it; None where it cannot."""
    from kg.reader.files import PACKED, files

    size = 0
    try:
        for file in files(paths, lambda line: None):
            if str(file) == "-" or str(file).endswith(PACKED):
                return None
            size += Path(file).stat().st_size
    except (KgError, OSError):
        return None
    return size
