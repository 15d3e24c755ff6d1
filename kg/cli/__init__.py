"""The command line: a thin skin over the library.

Results go to standard output, talk to standard error. Exit status: 0 done, 1 violations found or no answer, 2 bad input
or usage. Every verb is one short function in a module of this folder; what it needs is imported inside it, so that
asking does not load what only reading needs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from kg.cli import article, graph, joining, stores
from kg.cli.terminal import begin, finish, silence
from kg.errors import KgError, surroundings

__all__ = ["VERBS", "app", "application", "main"]

#: All verbs, in the order in which the help lists them.
VERBS: dict[str, Callable[..., int | None]] = article.VERBS | graph.VERBS | stores.VERBS | joining.VERBS


def _version(asked: bool) -> None:
    if asked:
        from kg import __version__

        typer.echo(f"kg {__version__}")
        raise typer.Exit


def application(*verbs: str) -> typer.Typer:
    """The command line with these verbs, or with all of them: each costs time before the first can start."""
    made = typer.Typer(
        name="kg",
        no_args_is_help=True,
        add_completion=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
        help="A news article in, a knowledge graph one can trust out: who, where, what happened, who says so, and "
        "the words for it.",
    )
    made.callback()(_options)
    for name in verbs or VERBS:
        made.command(name, no_args_is_help=True)(VERBS[name])
    return made


def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


app = application()


def main() -> None:
    """Run the command line; whatever goes wrong is one line on standard error."""
    try:
        begin()
        words = _completed(sys.argv[1:])
        status = application(*(verb for verb in words[:1] if verb in VERBS))(
            words, prog_name="kg", standalone_mode=False
        )
        finish()
    except KgError as error:
        _end(str(error), 2)
    except (typer.Abort, KeyboardInterrupt):
        _end("stopped", 130)
    except BrokenPipeError:  # the reader of a pipe has gone, as `head` does
        silence()
        sys.exit(0)
    except Exception as error:
        _failed(error)
    if status == 130:  # typer's own answer to an interrupt
        _end("stopped", 130)
    sys.exit(status if isinstance(status, int) else 0)


def _failed(error: Exception) -> None:
    """End with what went wrong: a fault of the surroundings, of usage, or of ours."""
    if os.environ.get("KG_DEBUG"):
        raise error
    if (fault := surroundings(error)) is not None:
        silence()  # what is still to be written would meet the same fault at the exit
        _end(str(fault), 2)
    show = getattr(error, "format_message", None)
    if show is None:
        _end(f"unexpected {type(error).__name__}: {error}; this is a bug: KG_DEBUG=1 shows where", 70)
    elif "\n" in show().strip():  # help, for a verb without any argument
        print(show(), file=sys.stderr)
        sys.exit(2)
    else:  # usage: an unknown option, a missing argument
        _end(f"{show()} (kg --help tells more)", 2)


def _completed(words: list[str]) -> list[str]:
    """`kg explain --frames` means the shipped frames: an option whose value may be left out, which click's parser
    lacks.
    """
    at = words.index("--frames") + 1 if words[:1] == ["explain"] and "--frames" in words else 0
    if at and (at == len(words) or words[at].startswith("-")):
        from kg.vocabulary import data_folder

        return [*words[:at], str(data_folder("ontology") / "frames"), *words[at:]]
    return words


def _end(line: str, status: int) -> None:
    print(f"kg: {' '.join(line.split())}", file=sys.stderr)
    sys.exit(status)
