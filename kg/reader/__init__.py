"""Anything people have → Documents: text, Markdown, HTML, PDF, Word, mail, feeds, tables, archives; files, folders,
patterns.

Plain text is taken as it stands (line ends included), so that an offset into a Document is an offset into the file;
only a byte order mark is not part of it. What other forms hold is taken out of them, and offsets count in that text.
One room a form; the table of forms is in `forms.py`. What a file says of itself comes before the lines that its text
prints; what the caller says comes before both.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kg.errors import DocumentError, InputError
from kg.model import Document
from kg.reader import dates, language as languages
from kg.reader.dates import Order
from kg.reader.files import files, read_bytes, unreadable
from kg.reader.forms import form_of
from kg.reader.found import KEYS, PROPERTIES, Found, Given
from kg.reader.rows import RECORD, of_line

__all__ = ["LIMIT", "Reading", "document", "read_data", "read_document", "read_documents", "read_jsonl"]

#: The longest text that is read: what the parser takes at once, and some two hundred times an article.
LIMIT = 1_000_000

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]+")

OnError = Callable[[DocumentError], None]
Tell = Callable[[str], None]


def _silent(line: str) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read.

    `columns` names the columns of tables ("text": "story"), `order` says what 12/03/2025 is, `language` is "en", or
    "any" to read texts of all languages as if they were English; `tell` is told what was assumed, taken or left out.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    order: Order | None = None
    language: str = "en"
    tell: Tell = _silent

    def __post_init__(self) -> None:
        if self.language not in ("en", "any"):
            raise InputError("is not read", f"--language {self.language}", "choose en, or any to read all the same")
        if wrong := [name for name in self.columns if KEYS.get(name) != name]:
            raise InputError(
                "is nothing that an article has",
                f"--columns {wrong[0]}=…",
                f"choose from {', '.join(('text', *PROPERTIES))}",
            )


def read_document(path: str | Path, how: Reading = Reading(), **given: str | None) -> Document:
    """The one article of a file, or of standard input where `path` is "-".

    `given` (date, url, title, id, publisher) wins over what the file says. Raises a DocumentError that names the file.
    """
    found = list(read_documents([path], how, None, **given))
    if len(found) != 1:
        raise DocumentError(f"holds {len(found)} articles", str(path), "read_documents reads them all")
    return found[0]


def read_documents(
    paths: Iterable[str | Path], how: Reading = Reading(), on_error: OnError | None = None, **given: str | None
) -> Iterator[Document]:
    """The articles of files, folders and patterns, in the order given.

    A url, title or id can belong to one article only. What cannot be read raises a DocumentError that names it; with
    `on_error` it is told and passed over.
    """
    known = _known(given, how, "--")
    found = _documents(paths, how, on_error, known)
    own = [name for name in ("url", "title", "id") if name in known]
    if not own:
        return found
    held = list(found)
    if len(held) > 1:
        raise DocumentError(
            f"{len(held)} articles cannot share one {own[0]}", f"--{own[0]} {given[own[0]]}", "give it with one article"
        )
    return iter(held)


def read_data(
    data: bytes, name: str = "", how: Reading = Reading(), *, source: str = "<data>", **given: str | None
) -> list[Document]:
    """The articles of the bytes of a file that was called `name`, not packed; `given` as in `read_documents`.

    Raises a DocumentError for the first that cannot be read, an InputError for what is given and cannot be so.
    """
    known = _known(given, how)
    found = list(_settled(_of_data(data, name, source, how, known), None))
    if len(found) > 1 and (own := [name for name in ("url", "title", "id") if name in known]):
        raise InputError(f"{len(found)} articles cannot share one", own[0], "give it with one article")
    return found


def _known(given: Mapping[str, str | None], how: Reading, mark: str = "") -> dict[str, str]:
    """What the caller says, where it can be so; `mark` stands before the names that he gave it by."""
    known = {name: value for name, value in given.items() if value is not None}
    try:
        return {name: _property(name, value, f"{mark}{name}", how.order) for name, value in known.items()}
    except DocumentError as error:
        raise (error if mark else InputError(error.what, error.where, error.remedy)) from None


def _documents(
    paths: Iterable[str | Path], how: Reading, on_error: OnError | None, given: Mapping[str, str]
) -> Iterator[Document]:
    for path in paths:
        try:
            for file in files([path], how.tell):
                yield from _settled(_of_file(file, how, given), on_error)
        except DocumentError as error:
            _fail(error, on_error)


def _of_file(path: str | Path, how: Reading, given: Mapping[str, str]) -> Iterator[Document | DocumentError]:
    source = "standard input" if str(path) == "-" else str(path)
    try:
        data, name = read_bytes(path, source)
        yield from _of_data(data, name, source, how, given)
    except DocumentError as error:
        yield error


def _of_data(
    data: bytes, name: str, source: str, how: Reading, given: Mapping[str, str]
) -> Iterator[Document | DocumentError]:
    try:
        form, text, assumed = form_of(data, name, source)
        if assumed:
            how.tell(f"{source}: {assumed}")
        for found in form.read(Given(data, text, source, how.columns)):
            yield _document(found, source, how, given)
    except DocumentError as error:
        yield error


def _settled(found: Iterable[Document | DocumentError], on_error: OnError | None) -> Iterator[Document]:
    for one in found:
        if isinstance(one, DocumentError):
            _fail(one, on_error)
        else:
            yield one


def _fail(error: DocumentError, on_error: OnError | None) -> None:
    if on_error is None:
        raise error
    on_error(error)


def read_jsonl(path: str | Path, on_error: OnError | None = None, how: Reading = Reading()) -> Iterator[Document]:
    """Articles from JSON Lines, `{"id", "text", "date"?, "title"?, "url"?, "publisher"?, …}` a line, streamed.

    A line that is no article raises a DocumentError that names it; with `on_error` it is told and passed over.
    """
    source = "standard input" if str(path) == "-" else str(path)
    try:
        lines = sys.stdin.buffer if str(path) == "-" else Path(path).open("rb")
        if str(path) != "-" and lines.read(2) == b"\x1f\x8b":
            import gzip

            lines.seek(0)
            lines = gzip.open(lines)
        elif str(path) != "-":
            lines.seek(0)
    except OSError as error:
        raise unreadable(error, source) from None
    with lines:
        try:
            yield from _settled(
                (
                    _document(of_line(line, f"{source}, line {number}", how.columns), source, how, {})
                    for number, line in enumerate(lines, 1)
                    if line.strip()
                ),
                on_error,
            )
        except (OSError, EOFError) as error:
            raise (
                unreadable(error, source)
                if isinstance(error, OSError)
                else DocumentError("ends too early", source, "fetch it again")
            ) from None


def document(text: str, *, source: str = "<text>", **given: str | None) -> Document:
    """A Document whose text and metadata have been looked at: the one way in, for files and for library users alike.

    `given` is its date (any unambiguous form), modified, url, title, id, publisher, author, section, language. What
    is not given is taken from the lines that the text prints ("Published 12 March 2025", "By Ana Ruiz").
    """
    if wrong := [name for name in given if name not in PROPERTIES]:
        raise TypeError(f"document() takes no {wrong[0]!r}")
    return _checked(text, source, {name: value for name, value in given.items() if value is not None}, {}, Reading())


def _document(
    found: Found | DocumentError, source: str, how: Reading, given: Mapping[str, str]
) -> Document | DocumentError:
    """A Document of what a form found, or why it is none."""
    if isinstance(found, DocumentError):
        return found
    source = found.part or source
    try:
        made = _checked(found.text, source, given, found.said, how)
        made = _english(made, how) if how.language == "en" else made
    except DocumentError as error:
        return error
    for note in found.notes:
        how.tell(f"{source}: {note}")
    taken = [
        f"{name} {getattr(made, name)!r} from {where}"
        for name, where in made.taken
        if not where.startswith(RECORD)  # a record says it outright
    ]
    if taken:
        how.tell(f"{source}: taken from it: {'; '.join(taken)}")
    return made


def _checked(
    text: str, source: str, given: Mapping[str, str], said: Mapping[str, tuple[str, str]], how: Reading
) -> Document:
    _check_text(text, source)
    values: dict[str, Any] = {name: _property(name, value, source, how.order) for name, value in given.items()}
    taken: list[tuple[str, str]] = []
    for name, (value, where) in sorted(
        {**dates.printed(text), **said}.items(), key=lambda pair: PROPERTIES.index(pair[0])
    ):
        if name not in values:
            try:
                values[name] = _property(name, value, source, how.order)
                taken.append((name, where))
            except DocumentError as error:
                how.tell(f"{source}: {error.what}, in {where}: not taken")
    return Document(text=text, source=source, taken=tuple(taken), **values)


def _check_text(text: str, source: str) -> None:
    if not text.strip():
        raise DocumentError("is empty", source, "give an article with text in it")
    if "\x00" in text:
        raise DocumentError("is not text (it holds a NUL character)", source, "give plain text or Markdown in UTF-8")
    if len(text) > LIMIT:
        raise DocumentError(
            f"is too large: {len(text):,} characters, at most {LIMIT:,} are read", source, "split it into articles"
        )
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise DocumentError(
            f"holds half a character (a lone surrogate) at {error.start}", source, "mend the text"
        ) from None


def _property(name: str, value: str, source: str, order: Order | None) -> str:
    """A property as it stands in a Document. Raises a DocumentError if it cannot."""
    if name in ("date", "modified"):
        return _day(value, source, order)
    if name == "url" and not _IRI.fullmatch(value):
        raise DocumentError(
            f"the url {value!r} is none", source, "write it in full, such as https://example.org/article"
        )
    if name == "id" and not value.strip():
        raise DocumentError("the id is empty", source, "leave it out or give one")
    return value


def _day(date: str, source: str, order: Order | None) -> str:
    try:
        return dates.day(date, order)
    except ValueError as error:
        what = str(error) if "--day-first" in str(error) or str(error) == "is no day" else "is no day"
        raise DocumentError(f"the date {date!r} {what}", source, "write it as YYYY-MM-DD") from None


def _english(document: Document, how: Reading) -> Document:
    """The document, with what of it is in other languages marked. Raises a DocumentError if that is all."""
    found = languages.foreign(document.text)
    if not found:
        return document
    names = ", ".join(sorted({name for _, name in found}))
    if not languages.remains(document.text, [span for span, _ in found]):
        raise DocumentError(f"is in {names}, not in English", document.source, "--language any reads it all the same")
    left = f"{len(found)} paragraph{'s' * (len(found) != 1)} in {names} left out"
    how.tell(f"{document.source}: {left}; --language any reads all")
    return replace(document, foreign=tuple(span for span, _ in found))
