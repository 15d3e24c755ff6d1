"""RSS (0.9 to 2.0) and Atom: one article an item."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from kg.errors import DocumentError
from kg.reader.found import Articles, Found, Given
from kg.reader.page import fragment

#: Local names of the elements of an item, the best first.
_TEXT = ("encoded", "content", "description", "summary")
_SAID = (
    ("title", ("title",)),
    ("date", ("pubDate", "published", "issued", "date", "created")),
    ("modified", ("updated", "modified")),
    ("author", ("creator", "author")),
    ("section", ("category",)),
    ("language", ("language",)),
)


def read(given: Given) -> Articles:
    """The items of a feed; one without text is an error of its own. The feed's title is the publisher."""
    try:  # text already, whatever its declaration says of its encoding
        root = ElementTree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", given.text).strip())
    except ElementTree.ParseError as error:
        yield DocumentError(
            f"is XML that cannot be read ({error})", given.source, "fetch it again, or copy the articles' text"
        )
        return
    kind = _name(root)
    if kind not in ("rss", "feed", "RDF"):
        yield DocumentError(
            f"is an XML document of {kind!r}, which is not read; RSS and Atom feeds are",
            given.source,
            "copy the article's text into a .txt file",
        )
        return
    items = [e for e in root.iter() if _name(e) in ("item", "entry")]
    if not items:
        yield DocumentError("is a feed without items", given.source, "give a feed with articles")
    head = root if kind == "feed" else next((e for e in root if _name(e) == "channel"), root)
    publisher = fragment(_first(head, ("title",)))
    for number, item in enumerate(items, 1):
        where = f"{given.source}, item {number}"
        if text := fragment(_first(item, _TEXT, markup=True)):
            yield Found(text + "\n", _said(item, publisher), where)
        else:
            yield DocumentError("has no text", where, "give a feed that holds its articles")


def _said(item: ElementTree.Element, publisher: str) -> dict[str, tuple[str, str]]:
    said = {}
    for name, names in _SAID:
        if value := fragment(_first(item, names)):
            said[name] = (value, f"the feed's {names[0]}")
    if _name(item) == "entry" and "date" not in said and "modified" in said:
        said["date"] = said["modified"]  # Atom asks for `updated` alone
    links = (
        e.get("href") or e.text or "" for e in item if _name(e) == "link" and e.get("rel", "alternate") == "alternate"
    )
    said |= {
        name: (value, "the feed")
        for name, value in (("url", next(links, "").strip()), ("publisher", publisher))
        if value
    }
    return said


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _first(parent: ElementTree.Element, names: tuple[str, ...], markup: bool = False) -> str:
    """What the first element of these names holds; with `markup` XHTML inside it stays HTML."""
    held = (_held(child, markup) for name in names for child in parent if _name(child) == name)
    return next((value for value in held if value.strip()), "")


def _held(element: ElementTree.Element, markup: bool) -> str:
    if markup and len(element):
        return "".join(ElementTree.tostring(e, encoding="unicode") for e in element).replace("html:", "")
    return (
        element.text
        if element.text and element.text.strip()
        else next((e.text or "" for e in element if _name(e) == "name"), "")
    )
