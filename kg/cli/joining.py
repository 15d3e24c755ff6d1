"""The verb that joins entities of several articles: merge."""
from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .terminal import counted, say


def merge(
        store: Annotated[Path, typer.Argument(metavar="STORE", show_default=False, help="The folder of a store.")],
        review: Annotated[Path, typer.Option("--review", metavar="FILE", help="The review file, TOML: read if it is there, then written again.", show_default=False)]) -> None:
    """Propose entities to join or keep apart, and apply what was decided.

    Writes proposals with their quotes into FILE; a person sets each decision to "same" or "different" and calls again. Joins
    become links, nothing is rewritten, and nothing decided is asked again.
    """
    from .. import joins
    from ..store import Store
    from ..writer import check_writable, writing

    check_writable(review)
    decided = joins.read(review) if review.exists() else ()
    with Store.open(store, write=True) as held:
        links = joins.apply(held, decided)
        new = joins.proposals(held, decided)
    kept = [j for j in decided if j.decision]
    with writing(review) as out:
        out.write(joins.write([*new, *kept]).encode())
    say(f"{review}: {counted(len(new), 'proposal')} to decide, {len(kept)} decided; {counted(links, 'link')} in the store")


VERBS = {"merge": merge}
