"""HTML: the main text of a saved page and what the page says of itself; pieces of HTML; web archives.

trafilatura finds the main text. Its look for a date is not used: it depends on the day on which it looks.
"""

from __future__ import annotations

import copy
import io
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.errors import DocumentError
from kg.reader.files import LARGEST, Source, decode, needed, too_large
from kg.reader.found import Articles, Found, Given, in_words, told

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: What a page says of itself, the surest first: (property, XPath, what to call the place).
_META = tuple(
    (
        name,
        f"//meta[translate(@{key},'ABCDEFGHIJKLMNOPQRSTUVWXYZ','abcdefghijklmnopqrstuvwxyz')='{value}']/@content",
        f"meta {value}",
    )
    for name, key, values in (
        ("title", "property", "og:title"),
        ("title", "name", "twitter:title dc.title"),
        ("date", "property", "article:published_time"),
        (
            "date",
            "name",
            "article:published_time date dc.date dc.date.issued dcterms.created pubdate publishdate parsely-pub-date",
        ),
        ("date", "itemprop", "datepublished"),
        ("modified", "property", "article:modified_time og:updated_time"),
        ("modified", "name", "last-modified dcterms.modified"),
        ("modified", "itemprop", "datemodified"),
        ("author", "name", "author dc.creator parsely-author byl"),
        ("author", "property", "article:author"),
        ("publisher", "property", "og:site_name"),
        ("publisher", "name", "application-name dc.publisher publisher"),
        ("section", "property", "article:section"),
        ("section", "name", "section parsely-section"),
        ("url", "property", "og:url"),
        ("language", "http-equiv", "content-language"),
    )
    for value in values.split()
)
_PLACES = (
    ("url", "//link[@rel='canonical']/@href", "the canonical link"),
    *_META,
    (
        "author",
        "//*[@itemprop='author' or @rel='author' or contains(concat(' ', @class, ' '), ' byline ')][1]",
        "the byline",
    ),
    ("date", "//article//time[@datetime][1]/@datetime", "the time element"),
    ("language", "/html/@lang", "the lang of the page"),
    ("title", "(//article//h1|//main//h1|//h1)[1]", "the heading"),
    ("title", "//head/title", "the title element"),
)

_ARTICLES = re.compile(r"(?:News|Reportage|Analysis|Opinion|Background|Review|Live)?\w*(?:Article|Posting)$")
_NOT_READ = frozenset(
    """script style noscript template nav aside footer form button svg iframe select textarea figcaption head title
    table""".split()
)
#: Elements that are beside the article wherever they stand, those that may be the whole of it, and classes of what
#: is beside it.
_BESIDE = frozenset("script style noscript template nav aside footer form button dialog figcaption table".split())
_WHOLE = frozenset("html body article main".split())
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:related|recommended|recirc|comments?|disqus|shar(?:e|ing)|social|newsletter|subscri(?:be|ption)"
    r"|cookies?|consent|promo|adverts?|advertisement|ads?|sponsored|trending|most-?(?:read|popular|viewed)"
    r"|breadcrumbs?|byline|caption|credits?|sidebar|menu|navigation|outbrain|taboola|tags)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    """address article blockquote body center dd div dl dt fieldset figure h1 h2 h3 h4 h5 h6 header hr li main ol p
    pre section td th tr ul br""".split()
)


def read(given: Given) -> Articles:
    """A page, or a piece of HTML."""
    yield page(given.text, given.source)


def page(text: str, source: str, part: str = "", url: str | None = None) -> Found | DocumentError:
    """The article of a page; `url` is where it was fetched, if that is known."""
    if not re.search(r"<(?:html|head|body)[\s>]", text[:20_000], re.IGNORECASE):
        found = fragment(text)
        return (
            Found(found + "\n", part=part)
            if found
            else DocumentError("is HTML without text", part or source, "save the page whole")
        )
    import trafilatura

    tree = _tree(text)
    said = _of_page(tree)
    _prune(tree)
    if url:
        said.setdefault("url", (url, "the archive"))
    main = trafilatura.bare_extraction(
        copy.deepcopy(tree),
        include_comments=False,
        include_tables=False,
        fast=True,
        with_metadata=False,
        config=_short_too(),
    )
    read = getattr(main, "text", None) or _flat(tree)
    lines = [line.strip().removeprefix("- ") for line in read.split("\n")]
    while lines and (not lines[0] or _is_heading(lines[0], said)):
        lines.pop(0)
    body = "\n\n".join(filter(None, lines))
    if not body:
        return DocumentError(
            "is an HTML page without a main text", part or source, "copy the article's text into a .txt file"
        )
    return Found(body + "\n", said, part)


def fragment(text: str) -> str:
    """The text of a piece of HTML: a paragraph a block, nothing of scripts, menus and forms."""
    if "<" not in text and "&" not in text:
        return text.strip()
    return _flat(_tree(f"<div>{text}</div>"))


def _flat(tree: HtmlElement) -> str:
    pieces: list[str] = []
    _walk(tree, pieces)
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n|\v", "".join(pieces)))
    return "\n\n".join(filter(None, paragraphs))


def _walk(element: HtmlElement, pieces: list[str]) -> None:
    if isinstance(element.tag, str) and element.tag not in _NOT_READ:
        mark = "\v" if element.tag in _BLOCKS else ""
        pieces.append(mark + (element.text or ""))
        for child in element:
            _walk(child, pieces)
            pieces.append(child.tail or "")
        pieces.append(mark)


def _prune(tree: HtmlElement) -> None:
    """Take out of a page what is not its article, by tag and by class; never what holds half of the page's words or
    more.
    """
    whole = len(tree.text_content())
    for element in [e for e in tree.iter() if isinstance(e.tag, str)]:
        named = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
        beside = (
            element.tag in _BESIDE
            or element.tag == "header"
            and not any(a.tag in ("article", "main") for a in element.iterancestors())
        )
        if (beside or element.tag not in _WHOLE and _ASIDE.search(named)) and element.getparent() is not None:
            if element.tag in ("script", "style", "noscript", "template") or 2 * len(element.text_content()) < whole:
                element.drop_tree()


@cache
def _short_too() -> Any:
    """trafilatura's settings, with short articles as good as long ones: it takes the whole page for an article where
    it finds little.
    """
    import trafilatura.settings

    config = copy.deepcopy(trafilatura.settings.DEFAULT_CONFIG)
    for name in ("MIN_EXTRACTED_SIZE", "MIN_OUTPUT_SIZE"):
        config["DEFAULT"][name] = "1"
    return config


def _tree(text: str) -> HtmlElement:
    import lxml.html

    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)  # lxml takes no declared encoding from what is text already
    return (
        lxml.html.document_fromstring(text, parser=lxml.html.HTMLParser(huge_tree=True))
        if text.strip()
        else lxml.html.Element("html")
    )


def _of_page(tree: HtmlElement) -> dict[str, tuple[str, str]]:
    said: dict[str, tuple[str, str]] = {}
    for article in _linked(tree):
        said = told(article, "JSON-LD of the page") | said
    for name, path, where in _PLACES:
        for value in tree.xpath(path):
            words = " ".join((value if isinstance(value, str) else value.text_content()).split())
            if name == "author":
                words = (
                    re.sub(r"^by\s+", "", words, flags=re.IGNORECASE)
                    if len(words) < 80 and not words.startswith("http")
                    else ""
                )
            if words and name not in said:
                said[name] = (words, where)
    if "language" in said:
        said["language"] = (said["language"][0].split(",")[0], said["language"][1])
    return said


def _linked(tree: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """What the JSON-LD of a page says of articles, the last one first."""
    found: list[Mapping[str, Any]] = []

    def visit(node: Any) -> None:
        if isinstance(node, list):
            for one in node:
                visit(one)
        elif isinstance(node, dict):
            visit(node.get("@graph"))
            kinds = node.get("@type")
            if any(
                isinstance(kind, str) and _ARTICLES.match(kind)
                for kind in (kinds if isinstance(kinds, list) else [kinds])
            ):
                found.append(
                    {
                        key: node[key]
                        for key in (
                            "headline",
                            "datePublished",
                            "dateModified",
                            "author",
                            "publisher",
                            "articleSection",
                            "inLanguage",
                        )
                        if in_words(node.get(key))
                    }
                    | ({"url": node["url"]} if isinstance(node.get("url"), str) else {})
                )

    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            visit(json.loads(script))
        except (ValueError, RecursionError):
            continue
    return iter(found[::-1])


def _is_heading(line: str, said: Mapping[str, tuple[str, str]]) -> bool:
    """Whether a first line of the main text repeats what the page says of itself."""
    title, author = (said.get(name, ("", ""))[0] for name in ("title", "author"))
    return (
        bool(title)
        and title.startswith(line)
        and len(line) > 0.5 * len(title)
        or bool(author)
        and line.lower() in (author.lower(), f"by {author.lower()}")
    )


def read_archive(given: Given) -> Articles:
    """The pages of a WARC file, each with its address."""
    for one in archived(Source(io.BytesIO(given.data)), given.source):
        yield one if isinstance(one, DocumentError) else archived_page(one[1], one[0])


def archived(file: Source, source: str) -> Iterator[tuple[str, bytes] | DocumentError]:
    """The records of a WARC file that hold pages, each with where it stands, as the file is read.

    A record that is damaged or too large is an error in its place; reading goes on at the next one.
    """
    number = pages = others = wrong = 0
    for record in _records(file):
        number += 1
        where = f"{source}, page {pages + 1}"
        if isinstance(record, str):
            wrong += 1
            yield DocumentError(f"is a damaged WARC archive: record {number} {record}", source, "fetch it again")
        elif not _ANSWER.search(record):
            continue
        elif not _is_page(record):
            others += 1
        else:
            pages += 1
            yield too_large(where) if len(record) > LARGEST else (where, record)
    if not pages and not wrong:
        yield DocumentError(
            f"is a WARC archive without HTML pages ({others} other answers)", source, "give an archive of pages"
        )


def archived_page(record: bytes, where: str) -> Found | DocumentError:
    """The article of a record of a WARC file."""
    with needed("a WARC archive", where):
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    try:
        held = next(iter(ArchiveIterator(io.BytesIO(record))))
        charset = re.search(r"charset=([\w-]+)", held.http_headers.get_header("Content-Type", ""))
        data = held.content_stream().read(LARGEST + 1)
        if len(data) > LARGEST:
            return too_large(where)
        text = data.decode(charset[1]) if charset else decode(data, where)[0]
    except (LookupError, UnicodeDecodeError):
        return DocumentError(f"is not {charset[1] if charset else 'text'}, as it says", where, "save the page itself")
    except DocumentError as error:
        return error
    except (ArchiveLoadFailed, AttributeError, StopIteration, ValueError, OSError) as error:
        return DocumentError(
            f"is a damaged record of a WARC archive ({' '.join(str(error).split())[:80]})", where, "fetch it again"
        )
    return page(text, where, where, held.rec_headers.get_header("WARC-Target-URI"))


_HEAD, _AFTER = b"WARC/", (b"WARC/", b"\r\n\r\n", b"\n\n")
_ANSWER = re.compile(rb"\A[^\0]*?^WARC-Type:[ \t]*response\s*$", re.IGNORECASE | re.MULTILINE)
_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d{1,18})\s*$", re.IGNORECASE | re.MULTILINE)
_WEB_PAGE = re.compile(rb"HTTP/\S+ +200\b[^\0]*?^Content-Type:[^\r\n]*html", re.IGNORECASE | re.MULTILINE)
#: Bytes of the head of a record, at most.
_LONGEST_HEAD = 64_000


def _is_page(record: bytes) -> bool:
    """Whether an answer is a web page that was there."""
    head, _, rest = record.partition(b"\r\n\r\n")
    return bool(_WEB_PAGE.match(re.split(rb"\r?\n\r?\n", rest[:_LONGEST_HEAD], maxsplit=1)[0]))


def _records(file: Source) -> Iterator[bytes | str]:
    """The records of a WARC file, or what is wrong with one; of one that is too large the beginning, longer than
    LARGEST.
    """
    while (head := _head(file)).strip():
        head, length = head.lstrip(b"\r\n"), _LENGTH.search(head)
        if not head.startswith(_HEAD) or not head.endswith((b"\n\r\n", b"\n\n")) or length is None:
            file.again(head[len(_HEAD) :])
            _to_next(file)
            yield "has no head that can be read"
            continue
        body = file.read(min(int(length[1]), LARGEST + 1))
        if len(body) > LARGEST:
            _to_next(file)
            yield head + body
            continue
        after = _head(file)
        file.again(after)
        if len(body) < int(length[1]) or after.strip() and not after.startswith(_AFTER):
            file.again(body)
            _to_next(file)
            yield "is not as long as it says"
            continue
        yield head + body + b"\r\n\r\n"


def _head(file: Source) -> bytes:
    """Empty lines, and the lines to the next empty one, with it; nothing at the end of the file."""
    head, begun = bytearray(), False
    while len(head) < _LONGEST_HEAD and (line := file.readline(_LONGEST_HEAD)):
        head += line
        if begun and not line.strip():
            break
        begun = begun or bool(line.strip())
    return bytes(head)


def _to_next(file: Source) -> None:
    """Go to the next line that begins a record."""
    opens = False
    while line := file.readline(1 << 20):
        if opens and line.startswith(b"WARC/1."):
            return file.again(line)
        opens = line.endswith(b"\n")
