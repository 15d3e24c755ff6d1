"""The folder of questions: each file opens with its question in English and declares its parameters.

    # Who met whom, where and when?
    # param person entity: one who met
    # param since date: on this day or later
    # example person=Ana Ruiz
    # why event

Then follows SPARQL. A parameter is a variable of the SELECT line: left out it is free, given it is bound to the value.
A kind with "!" must be given; one with "?" only narrows the answer and is no column of it, as are dates, numbers, words
and types. `why` names the column whose evidence carries the row, and `wide` stands alone
where it takes in most of a graph. Other comment lines describe.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import QueryError, meant
from kg.vocabulary import data_folder

__all__ = ["KINDS", "Parameter", "Question", "catalogue_page", "question", "questions"]

#: What a parameter can be, and how a value for it is written.
KINDS = {
    "entity": "an IRI, a label or an alias",
    "document": "an IRI, a title, an id or a URL",
    "type": "a class of the ontology",
    "predicate": "a property of the ontology",
    "status": "asserted, reported, alleged …",
    "date": "YYYY, YYYY-MM or YYYY-MM-DD",
    "number": "a whole number",
    "text": "any words",
}

#: Kinds of parameters that are never a column.
ASIDE = ("date", "number", "text", "type")

_PARAMETER = re.compile(r"param (?P<name>\w+) (?P<kind>\w+)(?P<sign>[!?])?: (?P<help>.+)")
_EXAMPLE = re.compile(r"(\w+)=((?:(?!\s+\w+=).)+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that a question can be narrowed to; without it a `required` one cannot be asked."""

    name: str
    kind: str
    help: str
    required: bool = False
    aside: bool = False  # narrows the answer without being a column of it


@dataclass(frozen=True, slots=True)
class Question:
    """A shipped question: its English, its parameters, its SPARQL."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    example: tuple[tuple[str, str], ...]
    grounds: str | None
    text: str
    wide: bool = False  # without somebody or something named it takes in most of a graph

    @property
    def usage(self) -> str:
        """How it is asked on the command line: `met --where person=…`."""
        parts = (f"--where {p.name}=…" if p.required else f"[--where {p.name}=…]" for p in self.parameters)
        return " ".join((self.name, *parts))

    @property
    def sample(self) -> str:
        """How it is asked with the values of its example."""
        return " ".join(
            (self.name, *(f'--where {k}="{v}"' if " " in v else f"--where {k}={v}" for k, v in self.example))
        )

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        known = [p.name for p in self.parameters]
        near = f"; {hint}" if (hint := meant(name, known)) else ""
        raise QueryError(f"has no parameter {name!r}", self.name, f"its parameters: {', '.join(known) or 'none'}{near}")


def questions(folder: Path | str | None = None) -> dict[str, Question]:
    """All questions of a folder (the shipped ones by default), by name."""
    return {path.stem: _read(path) for path in sorted(_folder(folder).glob("*.rq"))}


def question(name: str, folder: Path | str | None = None) -> Question:
    """One question by its name; an unknown one names those that sound like it."""
    path = _folder(folder) / f"{name}.rq"
    if re.fullmatch(r"[\w-]+", name) and path.is_file():
        return _read(path)
    known = [p.stem for p in _folder(folder).glob("*.rq")]
    raise QueryError(f"there is no question {name!r}", "", meant(name, known, 3, "`kg ask --list` lists them"))


def _folder(folder: Path | str | None) -> Path:
    return Path(folder) if folder is not None else data_folder("queries") / "questions"


@cache
def _read(path: Path) -> Question:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise QueryError(f"cannot be read: {problem}", str(path), "repair the file") from None
    head = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        head.append(line.lstrip("#").strip())
    if not head or not head[0].endswith("?"):
        raise QueryError(
            "does not open with its question in English", str(path), "write it as a comment in the first line"
        )
    example: tuple[tuple[str, str], ...] = ()
    parameters, grounds, words, wide = [], None, [], False
    for line in head[1:]:
        key = line.partition(" ")[0]
        if key == "param":
            found = _PARAMETER.fullmatch(line)
            if not found or found["kind"] not in KINDS:
                raise QueryError(
                    f"cannot read {line!r}", str(path), f"write `param NAME KIND: help`, KIND one of {', '.join(KINDS)}"
                )
            parameters.append(
                Parameter(
                    found["name"],
                    found["kind"],
                    found["help"],
                    found["sign"] == "!",
                    found["sign"] == "?" or found["kind"] in ASIDE,
                )
            )
        elif key == "example":
            example = tuple((k, v.strip()) for k, v in _EXAMPLE.findall(line.partition(" ")[2]))
        elif key == "why":
            grounds = line.partition(" ")[2].strip()
        elif line == "wide":
            wide = True
        elif line:
            words.append(line)
    return Question(path.stem, head[0], " ".join(words), tuple(parameters), example, grounds, text, wide)


def catalogue_page(folder: Path | str | None = None) -> str:
    """The catalogue in Markdown: each question with its parameters and an example, generated from the files."""
    found = questions(folder)
    lines = [
        "# The questions",
        "",
        f"{len(found)} questions that `kg ask GRAPH NAME` answers. A value matches an IRI, a label or an alias.",
        "This page is made from the files by `python -m kg.queries > queries/README.md`.",
        "",
        "| name | asks | parameters |",
        "| --- | --- | --- |",
    ]
    for q in found.values():
        given = ", ".join(f"`{p.name}`" + (" (needed)" if p.required else "") for p in q.parameters)
        lines.append(f"| [{q.name}](#{q.name}) | {q.title} | {given} |")
    for q in found.values():
        lines += ["", f"## {q.name}", "", f"**{q.title}**" + (f" {q.description}" if q.description else "")]
        if q.parameters:
            lines += ["", "| parameter | is | value |", "| --- | --- | --- |"]
            lines += [
                f"| `{p.name}`{' (needed)' if p.required else ''} | {p.help} | {KINDS[p.kind]} |" for p in q.parameters
            ]
        lines += ["", f"    kg ask GRAPH {q.sample}"]
    return "\n".join(lines) + "\n"
