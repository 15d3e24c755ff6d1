"""An archive in pieces that can be read elsewhere: a file of one article as its bytes, a line of JSON Lines, an article
of a file that holds many.

Cutting an archive into pieces costs a look at each file; reading them is the work, and goes to other processes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeAlias

from kg.errors import DocumentError
from kg.model import Document
from kg.reader import Reading, _document, _known, _of_data, forms
from kg.reader.files import LARGEST, PACKERS, bare, files, read_bytes, unreadable
from kg.reader.rows import of_line

__all__ = ["Item", "Piece", "pieces", "read_piece", "weight"]

#: Forms of which a file holds one article.
_ONE = (forms.TEXT, forms.MARKDOWN, forms.HTML, forms.PDF, forms.DOCX, forms.ODT, forms.RTF, forms.MAIL)
#: How files of JSON Lines are called: they are read line by line, however long they are.
_LINES = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Piece:
    """An article not yet read: the bytes of a file that was called `name`, or (`name` is "") a line of JSON Lines."""

    source: str
    name: str
    data: bytes


#: What stands at one place of an archive: an article, not yet read or read already, or why it is none.
Item: TypeAlias = Piece | Document | DocumentError


def pieces(paths: Iterable[str | Path], how: Reading, **given: str | None) -> Iterator[Item]:
    """The pieces of files, folders and patterns in the order given, streamed; `given` as in `read_documents`."""
    known = _known(given, how, "--")
    for path in paths:
        try:
            for file in files([path], how.tell):
                yield from _of_file(file, how, known)
        except DocumentError as error:
            yield error


def read_piece(item: Item, how: Reading, **given: str | None) -> Iterator[Document | DocumentError]:
    """The articles of a piece, mostly one; what is none is an error in its place."""
    if not isinstance(item, Piece):
        yield item
        return
    known = _known(given, how, "--")
    if item.name:
        yield from _of_data(item.data, item.name, item.source, how, known)
    else:
        source = item.source.rpartition(", line ")[0]
        yield _document(of_line(item.data, item.source, how.columns), source, how, known)


def weight(item: Item) -> int:
    """About how many bytes a piece is."""
    return (
        len(item.data) if isinstance(item, Piece) else len(item.text) if isinstance(item, Document) else len(str(item))
    )


def _of_file(path: str | Path, how: Reading, known: dict[str, str]) -> Iterator[Item]:
    source = "standard input" if str(path) == "-" else str(path)
    try:
        if str(path) != "-" and bare(source).endswith(_LINES) and (lines := _opened(Path(path), source)) is not None:
            with lines:
                yield from _lines(lines, source)
            return
        data, name = read_bytes(path, source)
        if forms.form_of(data, name, source)[0] in _ONE:
            yield Piece(source, name or "-", data)
        else:
            yield from _of_data(data, name, source, how, known)
    except DocumentError as error:
        yield error


def _lines(lines: IO[bytes], source: str) -> Iterator[Item]:
    try:
        number = 0
        while line := lines.readline(LARGEST):
            number += 1
            if len(line) == LARGEST and not line.endswith(b"\n"):
                while (rest := lines.readline(LARGEST)) and not rest.endswith(b"\n"):
                    pass
                yield DocumentError(
                    f"is too large: at most {LARGEST // 1_000_000} MB are read at once",
                    f"{source}, line {number}",
                    "split it into articles",
                )
            elif line.strip():
                yield Piece(f"{source}, line {number}", "", line)
    except EOFError:
        raise DocumentError("ends too early", source, "fetch it again") from None
    except Exception as error:  # each packer has errors of its own
        if isinstance(error, OSError) and error.errno:
            raise unreadable(error, source) from None
        raise DocumentError(
            f"is packed and damaged ({' '.join(str(error).split())[:80]})", source, "unpack it first, or fetch it again"
        ) from None


def _opened(path: Path, source: str) -> IO[bytes] | None:
    """A file of JSON Lines in UTF-8, unpacked as it is read; None for anything else."""
    try:
        file: IO[bytes] = path.open("rb")
        head = file.read(4)
        file.seek(0)
        packer = next((packer for magic, packer in PACKERS.items() if head.startswith(magic)), None)
        if packer is not None:
            file = packer(file, source)
        elif not head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
            file.close()
            return None
    except OSError as error:
        raise unreadable(error, source) from None
    return file
