"""Documents of word processors, and PDF: docx, odt, RTF, and the text layer of a PDF."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from kg.errors import DocumentError
from kg.reader.files import LARGEST, needed
from kg.reader.found import Articles, Found, Given

_AGAIN = "open it and save it as text, or copy its text into a .txt file"
_FILE = re.compile(r"\.(?:docx?|indd|qxp|tex)$|^untitled|^python-docx$", re.IGNORECASE)
_ODF = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
}


def read_pdf(given: Given) -> Articles:
    """The text layer of a PDF, page by page; lines that repeat at the head or foot of its pages are left out.

    The day on which the file was made is not taken for the day of publication.
    """
    with needed("a PDF", given.source):
        import pypdf
        import pypdf.errors
    try:
        document = pypdf.PdfReader(io.BytesIO(given.data))
        if document.is_encrypted and not document.decrypt(""):
            yield DocumentError(
                "is a PDF that asks for a password",
                given.source,
                "save it without one, or copy its text into a .txt file",
            )
            return
        pages = [page.extract_text() for page in document.pages]
        about: Mapping[str, Any] = document.metadata or {}
        said = _said("the PDF's properties", title=about.get("/Title"), author=about.get("/Author"))
    except Exception as error:  # a damaged file ends in errors of many kinds
        yield DocumentError(
            f"is a PDF that cannot be read ({type(error).__name__}: {' '.join(str(error).split())[:80]})",
            given.source,
            _AGAIN,
        )
        return
    text = "\n".join(
        "\n".join(line.rstrip() for line in lines) for lines in _without_heads([page.splitlines() for page in pages])
    )
    if not text.strip():
        yield DocumentError(
            "is a PDF without a text layer, as scanned pages are",
            given.source,
            "run text recognition (OCR) over it, or copy its text",
        )
        return
    yield Found(text.strip() + "\n", said)


def _said(where: str, **values: object) -> dict[str, tuple[str, str]]:
    """Properties that hold something; the name of a file is no title."""
    words = {name: " ".join(str(value or "").split()) for name, value in values.items()}
    return {name: (value, where) for name, value in words.items() if value and not _FILE.search(value)}


def _without_heads(pages: list[list[str]]) -> list[list[str]]:
    """Pages without the first and last lines that stand on most of them, whatever their numbers."""
    pages = [[line for line in page if line.strip()] for page in pages]
    for place in (0, -1):
        while len(pages) > 2:
            lines = [re.sub(r"\d+", "#", page[place]).strip() for page in pages if page]
            common = max(set(lines), key=lambda line: (lines.count(line), line), default="")
            if lines.count(common) <= len(pages) // 2:
                break
            for page in pages:
                if page and re.sub(r"\d+", "#", page[place]).strip() == common:
                    page.pop(place)
    return pages


def read_docx(given: Given) -> Articles:
    """The paragraphs of a Word document."""
    with needed("a Word document", given.source):
        import docx
    try:
        document = docx.Document(io.BytesIO(given.data))
        paragraphs = [
            (p.text.strip(), (p.style.name if p.style is not None else "") or "") for p in document.paragraphs
        ]
        about = document.core_properties
        said = _said("the document's properties", title=about.title, author=about.author, language=about.language)
    except Exception as error:  # a damaged file ends in errors of many kinds
        yield DocumentError(f"is a Word document that cannot be read ({type(error).__name__})", given.source, _AGAIN)
        return
    if "title" not in said and (heads := [text for text, style in paragraphs if style == "Title" and text]):
        said["title"] = (heads[0], "the paragraph of style Title")
    yield from _paragraphs([text for text, _ in paragraphs], said, "Word document", given)


def read_odt(given: Given) -> Articles:
    """The paragraphs of an OpenDocument text."""
    try:
        with zipfile.ZipFile(io.BytesIO(given.data)) as file:
            body = ElementTree.fromstring(_member(file, "content.xml"))
            meta = (
                ElementTree.fromstring(_member(file, "meta.xml"))
                if "meta.xml" in file.namelist()
                else ElementTree.Element("none")
            )
    except Exception as error:  # a damaged file ends in errors of many kinds
        yield DocumentError(
            f"is an OpenDocument text that cannot be read ({type(error).__name__})", given.source, _AGAIN
        )
        return
    text = f"{{{_ODF['text']}}}"
    paragraphs = [_of_odf(p, text) for p in body.iter() if p.tag in (text + "p", text + "h")]
    said = {
        name: (" ".join(node.text.split()), "the document's properties")
        for name, tag in (
            ("title", "dc:title"),
            ("author", "meta:initial-creator"),
            ("author", "dc:creator"),
            ("language", "dc:language"),
        )
        if (node := meta.find(f".//{tag}", _ODF)) is not None and node.text and node.text.strip()
    }
    yield from _paragraphs(paragraphs, said, "OpenDocument text", given)


def _member(file: zipfile.ZipFile, name: str) -> bytes:
    if file.getinfo(name).file_size > LARGEST:
        raise ValueError("too large")
    return file.read(name)


def _of_odf(element: ElementTree.Element, text: str) -> str:
    """The words of a paragraph; spaces, tabs and line ends are elements there, notes are no part of it."""
    words = [element.text or ""]
    for child in element:
        if child.tag in (text + "s", text + "tab", text + "line-break"):
            words.append(" " * int(child.get(text + "c", "1")) if child.tag == text + "s" else " ")
        elif child.tag not in (text + "note", text + "tracked-changes") and not child.tag.endswith("annotation"):
            words.append(_of_odf(child, text))
        words.append(child.tail or "")
    return "".join(words).strip()


def read_rtf(given: Given) -> Articles:
    """The text of a rich text (RTF) file."""
    with needed("a rich text (RTF) file", given.source):
        from striprtf.striprtf import rtf_to_text
    try:
        text = str(rtf_to_text(given.data.decode("latin-1"), errors="strict"))  # type: ignore[no-untyped-call]
    except Exception as error:  # a damaged file ends in errors of many kinds
        yield DocumentError(
            f"is a rich text (RTF) file that cannot be read ({type(error).__name__})", given.source, _AGAIN
        )
        return
    yield from _paragraphs(text.split("\n"), {}, "rich text (RTF) file", given)


def _paragraphs(paragraphs: list[str], said: dict[str, tuple[str, str]], form: str, given: Given) -> Articles:
    text = "\n\n".join(filter(None, (p.strip() for p in paragraphs)))
    if not text:
        yield DocumentError(f"is a {form} without text", given.source, _AGAIN)
    else:
        yield Found(text + "\n", said)
