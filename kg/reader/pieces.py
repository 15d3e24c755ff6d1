"""An archive in pieces that can be read elsewhere: a file of one article as its bytes, a line of JSON Lines, a message
of a box, a page of a web archive; rows of tables, items of feeds and of JSON as what is found in them.

Cutting an archive into pieces costs a look at its bytes; reading them is the work, and goes to other processes. What
holds many articles is cut as it is read, however long it is.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

from kg.errors import DocumentError
from kg.model import Document
from kg.reader import Reading, _document, _known, _of_data, forms
from kg.reader.files import LARGEST, Source, bare, encoding_of, files, opened, too_large, whole_lines
from kg.reader.found import Found, Given
from kg.reader.rows import of_line, table

__all__ = ["Item", "Piece", "pieces", "read_piece", "weight", "where_is"]

#: Forms of which a file holds one article.
_ONE = (forms.TEXT, forms.MARKDOWN, forms.HTML, forms.PDF, forms.DOCX, forms.ODT, forms.RTF, forms.MAIL)
#: Forms of which a file may be of any size, for it is cut as it is read.
_MANY = (forms.MAILBOX, forms.ARCHIVE, forms.COMMAS, forms.TABS, forms.LINES)
#: How files of JSON Lines are called.
_LINES = (".jsonl", ".ndjson")
#: How tables are called.
_TABLES = (".csv", ".tsv", ".tab")


@dataclass(frozen=True, slots=True)
class Piece:
    """An article not yet read, and where it stands: the bytes of a file that was called `name`, or a record of one."""

    source: str
    name: str
    data: bytes
    kind: Literal["file", "line", "message", "page"] = "file"


#: What stands at one place of an archive: an article, not yet read or as it was found, or why it is none.
Item: TypeAlias = Piece | Found | DocumentError


def pieces(paths: Iterable[str | Path], how: Reading, **given: str | None) -> Iterator[Item]:
    """The pieces of files, folders and patterns in the order given, streamed; `given` as in `read_documents`."""
    _known(given, how, "--")  # what is given and cannot be is said before anything is read
    for path in paths:
        try:
            for file in files([path], how.tell):
                yield from _of_file(file, how)
        except DocumentError as error:
            yield error


def read_piece(item: Item, how: Reading, **given: str | None) -> Iterator[Document | DocumentError]:
    """The articles of a piece, mostly one; what is none is an error in its place."""
    known = _known(given, how, "--")
    if isinstance(item, Piece) and item.kind == "file":
        yield from _of_data(item.data, item.name, item.source, how, known)
    else:
        yield _document(_found(item, how), where_is(item), how, known)


def _found(item: Item, how: Reading) -> Found | DocumentError:
    if not isinstance(item, Piece):
        return item
    if item.kind == "line":
        return of_line(item.data, item.source, how.columns)
    if item.kind == "message":
        from kg.reader.mail import message

        return message(item.data, item.source, item.source)
    from kg.reader.page import archived_page

    return archived_page(item.data, item.source)


def weight(item: Item) -> int:
    """About how many bytes a piece is."""
    return len(item.data) if isinstance(item, Piece) else len(item.text) if isinstance(item, Found) else len(str(item))


def where_is(item: Item) -> str:
    """Where a piece stands."""
    if isinstance(item, DocumentError):
        return item.where or item.what
    return item.source if isinstance(item, Piece) else item.part


def _of_file(path: str | Path, how: Reading) -> Iterator[Item]:
    source = "standard input" if str(path) == "-" else str(path)
    try:
        with opened(path, source) as (file, name):
            if bare(name).endswith(_LINES) and _has_records(file):
                yield from _lines(file, source)
                return
            data = file.read(LARGEST + 1)
            form, text, assumed = _form(whole_lines(data) if len(data) > LARGEST else data, name, source)
            if assumed:
                how.tell(f"{source}: {assumed}")
            if form in _MANY:
                file.again(data)
                yield from _cut(file, form, data, source, how)
            elif len(data) > LARGEST:
                yield too_large(source)
            elif form in _ONE:
                yield Piece(source, "-" if str(path) == "-" else name, data)
            else:
                for found in form.read(Given(data, text, source, how.columns)):
                    yield replace(found, part=found.part or source) if isinstance(found, Found) else found
    except DocumentError as error:
        yield error


def _form(data: bytes, name: str, source: str) -> tuple[forms.Form, str, str]:
    """The form of a file, its text, and what was assumed; a byte that is none costs a row of a table, and not all."""
    try:
        return forms.form_of(data, name, source)
    except DocumentError:
        if not bare(name).endswith(_TABLES) or encoding_of(data, source) != "utf-8-sig":
            raise
        return forms.form_of(data.decode(errors="ignore").encode(), name, source)


def _cut(file: Source, form: forms.Form, head: bytes, source: str, how: Reading) -> Iterator[Item]:
    """The articles of a file that may be of any size; `head` is how it begins."""
    if form is forms.LINES:
        yield from _lines(file, source)
    elif form in (forms.COMMAS, forms.TABS):
        lines = io.TextIOWrapper(
            io.BufferedReader(file), encoding_of(head, source), errors="surrogateescape", newline=""
        )
        yield from table(lines, source, how.columns, "\t" if form is forms.TABS else "")
    else:
        from kg.reader.mail import messages
        from kg.reader.page import archived

        records = messages(file, source) if form is forms.MAILBOX else archived(file, source)
        kind: Literal["message", "page"] = "message" if form is forms.MAILBOX else "page"
        for one in records:
            yield one if isinstance(one, DocumentError) else Piece(one[0], "", one[1], kind)


def _lines(file: Source, source: str) -> Iterator[Item]:
    number = 0
    while line := file.readline(LARGEST):
        number += 1
        where = f"{source}, line {number}"
        if len(line) == LARGEST and not line.endswith(b"\n"):
            del line
            while (rest := file.readline(1 << 20)) and not rest.endswith(b"\n"):
                pass
            yield too_large(where)
        elif line.strip():
            yield Piece(where, "", line, "line")


def _has_records(file: Source) -> bool:
    """Whether a file begins with a record of JSON Lines in UTF-8."""
    head = file.read(4096)
    file.again(head)
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
