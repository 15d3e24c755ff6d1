"""What form a file has: by what stands in it, and by its name where that does not tell."""

from __future__ import annotations

import importlib
import io
import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.errors import DocumentError
from kg.reader.files import decode
from kg.reader.found import KEYS, Articles, Given

_AGAIN = "save it as text, or copy its text into a .txt file"


@dataclass(frozen=True, slots=True)
class Form:
    """A form that is read: the room and the function that read it, loaded when they are needed."""

    room: str
    function: str = "read"

    def read(self, given: Given) -> Articles:
        reader: Callable[[Given], Articles] = getattr(
            importlib.import_module(f".{self.room}", __package__), self.function
        )
        return reader(given)


TEXT, MARKDOWN, HTML = Form("plain"), Form("plain", "read_markdown"), Form("page")
PDF, DOCX, ODT, RTF = (Form("office", f"read_{name}") for name in ("pdf", "docx", "odt", "rtf"))
MAIL, MAILBOX, FEED, ARCHIVE = Form("mail"), Form("mail", "read_box"), Form("feed"), Form("page", "read_archive")
LINES, JSON, COMMAS, TABS = (Form("rows", f"read_{name}") for name in ("lines", "json", "commas", "tabs"))

#: Forms of bytes by how they begin.
_MAGIC: tuple[tuple[bytes, Form], ...] = ((b"WARC/", ARCHIVE), (b"{\\rtf", RTF))
#: What is not read, by how it begins, and what it is.
_NOT_READ: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old Word or Office document (.doc, .xls, .msg)"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"RIFF", "a RIFF file (picture, sound or film)"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"\x1aE\xdf\xa3", "a film"),
    (b"\x00\x00\x00\x18ftyp", "a film"),
    (b"\x00\x00\x00 ftyp", "a film"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"%!PS", "a PostScript file"),
    (b"bplist", "a Safari web archive or property list"),
)
#: What a zip archive is, by a member of it.
_ZIPS: tuple[tuple[str, Form | str], ...] = (
    ("word/document.xml", DOCX),
    ("xl/workbook.xml", "a spreadsheet"),
    ("ppt/presentation.xml", "a presentation"),
    ("META-INF/container.xml", "an e-book (EPUB)"),
)
_ODF: dict[bytes, Form | str] = {
    b"application/vnd.oasis.opendocument.text": ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": "a spreadsheet",
    b"application/vnd.oasis.opendocument.presentation": "a presentation",
    b"application/epub+zip": "an e-book (EPUB)",
}
_ENDINGS = {
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".jsonl": LINES,
    ".ndjson": LINES,
    ".csv": COMMAS,
    ".tsv": TABS,
    ".tab": TABS,
    ".eml": MAIL,
    ".mbox": MAILBOX,
    ".xml": FEED,
    ".rss": FEED,
    ".atom": FEED,
}
_GRAPHS = (".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf", ".owl", ".graphml")

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"</(?:p|a|b|i|em|strong|div|span|li|h[1-6]|blockquote|td)>|<(?:br|p)\s*/?>", re.IGNORECASE)
_XML = re.compile(r"\s*<(?:\?xml|rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_HEADER = re.compile(
    r"(?:From|To|Cc|Subject|Date|Sender|Reply-To|Received|Return-Path|Message-ID|MIME-Version|Content-Type|Delivered-To"
    r"|X-[\w-]+)"
    r":[ \t].*(?:\r?\n[ \t]+.*)*\r?\n",
    re.IGNORECASE,
)


def form_of(data: bytes, name: str, source: str) -> tuple[Form, str, str]:
    """The form of a file, its text ("" where the form is one of bytes), and what was assumed of its encoding.

    Raises a DocumentError that names a form that is not read, and says what to do.
    """
    if form := _of_bytes(data, source):
        return form, "", ""
    ending = re.search(r"\.\w+$", name.lower())
    end = ending.group() if ending else ""
    if end in _GRAPHS:
        raise DocumentError(
            f"is a graph by its name ({end}), not an article",
            source,
            "give articles; kg ask, draw and export read graphs",
        )
    head = data[:4096].lstrip(b"\xef\xbb\xbf\r\n\t ")
    if _is_mail(head.decode("latin-1"), end):
        return (MAILBOX if re.match(rb"From \S+", head) else MAIL), "", ""
    text, assumed = decode(data, source)
    if "\x00" in text:
        raise DocumentError(
            "is not text (it holds a NUL character)", source, "give an article: text, HTML, PDF, docx …"
        )
    return _of_text(text, end), text, assumed


def _of_bytes(data: bytes, source: str) -> Form | None:
    if b"%PDF-" in data[:21]:  # a few bytes may come before
        return PDF
    for magic, form in _MAGIC:
        if data.startswith(magic):
            return form
    what = next((what for magic, what in _NOT_READ if data.startswith(magic)), None)
    if data.startswith(b"PK\x03\x04"):
        found = _of_zip(data)
        if isinstance(found, Form):
            return found
        what = found
    elif what is None and data[257:262] == b"ustar":
        what = "a tar archive"
    if what is not None:
        raise DocumentError(
            f"is {what}, which is not read", source, "unpack it and give what is in it" if "archive" in what else _AGAIN
        )
    return None


def _of_zip(data: bytes) -> Form | str:
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            names = set(file.namelist())
            kind = (
                file.read("mimetype").strip()
                if "mimetype" in names and file.getinfo("mimetype").file_size < 200
                else b""
            )
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError):
        return "a damaged zip archive or Office document"
    return _ODF.get(kind) or next((form for member, form in _ZIPS if member in names), "a zip archive")


def _is_mail(head: str, end: str) -> bool:
    if end in (".eml", ".mbox"):
        return True
    head = re.sub(r"\AFrom \S+.*\r?\n", "", head)
    names, at = set(), 0
    while found := _HEADER.match(head, at):
        names.add(found.group().partition(":")[0].lower())
        at = found.end()
    return (
        {"from", "date"} <= names
        and bool(names & {"subject", "to", "message-id"})
        and head[at : at + 1] in ("\n", "\r")
    )


def _of_text(text: str, end: str) -> Form:
    """The form of a text: by how it begins, then by its name, then by the tags in it."""
    head = text[:20_000]
    if _PAGE.match(head):
        return HTML
    if _XML.match(head):
        return FEED
    by_name = _ENDINGS.get(end)
    if by_name is not None and (by_name is not FEED or head.lstrip().startswith("<")) or end == ".json":
        return by_name or _json(text)
    if re.match(r'\s*(?:\{\s*"|\[\s*\{)', head):
        return _json(text)
    if re.match(r"---[ \t]*\r?\n\s*[\w-]+:\s|\+\+\+[ \t]*\r?\n", head):
        return MARKDOWN
    return _table(head.split("\n", 1)[0]) or (HTML if len(_TAG.findall(head)) > 1 else TEXT)


def _table(first: str) -> Form | None:
    """A table, if all words of its first line are names of ours and one is the text."""
    for mark, form in (("\t", TABS), (",", COMMAS), (";", COMMAS)):
        cells = [KEYS.get(cell.strip().strip('"').lower()) for cell in first.split(mark)]
        if len(cells) > 1 and all(cells) and "text" in cells:
            return form
    return None


def _json(text: str) -> Form:
    """JSON Lines have an object a line; one JSON value may take many."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return LINES if len(lines) > 1 and all(line.startswith("{") and line.endswith("}") for line in lines[:5]) else JSON
