"""Files in: text, Markdown, standard input or JSON Lines → Documents.

The text is taken as it stands (line ends included), so that an offset into a Document is an offset into the file; only a
byte order mark and the front matter of a Markdown file (`key: value` lines between two `---`) are not part of it.
"""
from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date as Day
from pathlib import Path
from typing import Any

from .errors import DocumentError
from .model import Document

#: The longest text that is read: what the parser takes at once, and some two hundred times an article.
LIMIT = 1_000_000

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#[ \t]+(\S.*?)[ \t#]*$", re.MULTILINE)
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]+")
_METADATA = ("id", "title", "url", "date", "publisher")


def read_document(path: str | Path, *, date: str | None = None, url: str | None = None, title: str | None = None,
                  id: str | None = None, publisher: str | None = None) -> Document:
    """One article from a `.txt` or `.md` file, or from standard input where `path` is "-".

    What is given here wins over what a Markdown file says of itself. Raises a DocumentError that names the file.
    """
    source = "standard input" if str(path) == "-" else str(path)
    text = _decode(_bytes(path, source), source)
    own: dict[str, str] = {}
    if source.lower().endswith((".md", ".markdown")):
        text, own = _markdown(text)
    given = {"date": date, "url": url, "title": title, "id": id, "publisher": publisher}
    return document(text, source=source, **(own | {key: value for key, value in given.items() if value is not None}))


def read_documents(paths: Iterable[str | Path], *, date: str | None = None, url: str | None = None, title: str | None = None,
                   id: str | None = None, publisher: str | None = None) -> Iterator[Document]:
    """Several articles, in the order given. A url, title or id can belong to one article only."""
    paths = list(paths)
    if len(paths) > 1:
        for name, value in (("url", url), ("title", title), ("id", id)):
            if value is not None:
                raise DocumentError(f"{len(paths)} articles cannot share one {name}", f"--{name} {value}", "give it with one article")
    for path in paths:
        yield read_document(path, date=date, url=url, title=title, id=id, publisher=publisher)


def read_jsonl(path: str | Path, on_error: Callable[[DocumentError], None] | None = None) -> Iterator[Document]:
    """Articles from JSON Lines, `{"id", "text", "date"?, "title"?, "url"?, "publisher"?}` a line, streamed.

    A line that is no article raises a DocumentError that names it; with `on_error` it is told and passed over.
    """
    source = "standard input" if str(path) == "-" else str(path)
    try:
        lines = sys.stdin.buffer if str(path) == "-" else Path(path).open("rb")
    except OSError as error:
        raise _unreadable(error, source) from None
    with lines:
        try:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    yield _record(line, f"{source}, line {number}")
                except DocumentError as error:
                    if on_error is None:
                        raise
                    on_error(error)
        except OSError as error:
            raise _unreadable(error, source) from None


def document(text: str, *, source: str = "<text>", date: str | None = None, url: str | None = None, title: str | None = None,
             id: str | None = None, publisher: str | None = None) -> Document:
    """A Document whose text and metadata have been looked at: the one way in, for files and for library users alike."""
    if not text.strip():
        raise DocumentError("is empty", source, "give an article with text in it")
    if "\x00" in text:
        raise DocumentError("is not text (it holds a NUL character)", source, "give plain text or Markdown in UTF-8")
    if len(text) > LIMIT:
        raise DocumentError(f"is too large: {len(text):,} characters, at most {LIMIT:,} are read", source, "split it into articles")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise DocumentError(f"holds half a character (a lone surrogate) at {error.start}", source, "mend the text") from None
    if date is not None:
        date = _day(date, source)
    if url is not None and not _IRI.fullmatch(url):
        raise DocumentError(f"the url {url!r} is none", source, "write it in full, such as https://example.org/article")
    if id is not None and not id.strip():
        raise DocumentError("the id is empty", source, "leave it out or give one")
    return Document(text=text, id=id, title=title, url=url, date=date, publisher=publisher, source=source)


def _bytes(path: str | Path, source: str) -> bytes:
    try:
        if str(path) == "-":
            return sys.stdin.buffer.read(4 * LIMIT + 1)
        if Path(path).is_dir():
            raise DocumentError("is a folder", source, "name the articles in it")
        with Path(path).open("rb") as file:
            return file.read(4 * LIMIT + 1)      # UTF-8 takes at most four bytes a character: enough to know it is too large
    except OSError as error:
        raise _unreadable(error, source) from None


def _decode(data: bytes, source: str) -> str:
    if b"\x00" in data[:4096]:
        raise DocumentError("is not text (it holds NUL bytes)", source, "give plain text or Markdown in UTF-8")
    if len(data) > 4 * LIMIT:
        raise DocumentError(f"is too large: at most {LIMIT:,} characters are read", source, "split it into articles")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(f"is not UTF-8 (byte {error.start})", source, "convert it to UTF-8 first") from None


def _markdown(text: str) -> tuple[str, dict[str, str]]:
    """The text without its front matter, and what that says; the first heading is the title where none is given."""
    own: dict[str, str] = {}
    if found := _FRONT_MATTER.match(text):
        for line in found[1].splitlines():
            key, colon, value = line.partition(":")
            value = value.strip().strip("\"'")
            if colon and value and key.strip().lower() in _METADATA:
                own[key.strip().lower()] = value
        text = text[found.end():]
    if "title" not in own and (heading := _HEADING.search(text)):
        own["title"] = heading[1]
    return text, own


def _record(line: bytes, source: str) -> Document:
    try:
        record: Any = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DocumentError(f"is not UTF-8 (byte {error.start})", source, "convert it to UTF-8 first") from None
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"is not JSON ({error})", source, "write one JSON object a line") from None
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise DocumentError('has no "text"', source, 'write {"id": …, "text": …}')
    if "id" in record:
        source = f"{source} (id {record['id']!r})"
    known = {key: record[key] for key in _METADATA if record.get(key) is not None}
    if isinstance(known.get("id"), int) and not isinstance(known["id"], bool):
        known["id"] = str(known["id"])
    for key, value in known.items():
        if not isinstance(value, str):
            raise DocumentError(f'"{key}" is not a string', source, "put it in quotes")
    return document(record["text"], source=source, **known)


def _day(date: str, source: str) -> str:
    """The day of an ISO 8601 date or date and time."""
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d([T ].*)?", date):
            raise ValueError
        return Day.fromisoformat(date[:10]).isoformat()
    except ValueError:
        raise DocumentError(f"the date {date!r} is no day", source, "write it as YYYY-MM-DD") from None


def _unreadable(error: OSError, source: str) -> DocumentError:
    what = {FileNotFoundError: "does not exist", PermissionError: "cannot be read: permission denied"}.get(
        type(error), f"cannot be read: {(error.strerror or str(error)).lower()}")
    return DocumentError(what, source, "check the path and its permissions")
