"""Verbs that put doubtful things before a person: review, and merge for names alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.terminal import counted, say

_Store = Annotated[Path, typer.Argument(metavar="STORE", show_default=False, help="The folder of a store (NAME.kg).")]


def review(
    folder: _Store,
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            show_default=False,
            help="The file that a person edits, TOML: read if it is there, then written again.",
        ),
    ],
) -> None:
    """Put what is doubtful before a person, and keep what is decided.

    Claims of low measured confidence, contradicted ones and rival values; names that may be one, and one that may be
    two; each with its quotes. Set a decision to confirm, reject or correct and run it again, or empty it to take it
    back. All decisions of a file are applied, or none; they stay when an article is added again.
    """
    _decide(folder, output, names_only=False)


def merge(
    store: _Store,
    review: Annotated[
        Path,
        typer.Option(
            "--review",
            metavar="FILE",
            help="The review file, TOML: read if it is there, then written again.",
            show_default=False,
        ),
    ],
) -> None:
    """Do what kg review does, for names and events alone.

    Writes which may be one, and which one may be two. Confirmed joins become links, nothing is rewritten; rejected ones
    are kept apart and never asked again.
    """
    _decide(store, review, names_only=True)


def _decide(folder: Path, file: Path, *, names_only: bool) -> None:
    """Read what a person decided, apply it, and write what is open and what is decided."""
    from kg import joins, review
    from kg.rdf import special_graph
    from kg.store import Store
    from kg.writer import check_writable, writing

    check_writable(file)
    given = review.read(file) if file.exists() else ()
    with Store.open(folder, write=True) as store:
        decided, changed = review.decide(store, given, str(file))
        came, went = joins.link(store, decided)
        found = [*([] if names_only else review.doubtful(store, decided)), *joins.proposals(store, decided)]
        stale = changed and next(iter(store.graph(special_graph("inferred", store.base))), None) is not None
    shown = [d for d in decided if not names_only or d.kind != "claim"]
    with writing(file) as out:
        out.write(review.write([*found, *shown]).encode())
    claims = sum(d.kind == "claim" for d in found)
    say(
        f"{file}: "
        + ("" if names_only else f"{counted(claims, 'claim')} and ")
        + f"{counted(len(found) - claims, 'name')} to decide, {len(shown)} decided; "
        f"{counted(changed, 'article')} changed" + ("; run `kg infer` again, for what follows" if stale else "")
    )


VERBS: dict[str, Callable[..., int | None]] = {"review": review, "merge": merge}
