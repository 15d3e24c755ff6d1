"""Files of every form: read with the text and metadata of the plain article, or refused with the form's name and
what to do.
"""

from __future__ import annotations

import builtins
import csv
import gzip
import html
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kg.errors import DocumentError, InputError
from kg.model import Document
from kg.reader import Reading, document, read_document, read_documents, read_jsonl
from kg.reader.dates import day, printed
from kg.reader.files import PACKED
from kg.reader.language import foreign

PARAGRAPHS = [
    "The harbour board of Varby dismissed its director, Nils Orre, on Friday.",
    "Auditors allege that Orre sold two cranes to a cousin. “It’s a lie,” his lawyer, Pia Sand, said.",
    "The council of Varby will vote on a new director in June, and ships may wait until then.",
]
PLAIN = "\n\n".join(PARAGRAPHS) + "\n"
TITLE, DAY = "Varby dismisses harbour director", "2025-03-12"
SHORT = "A ferry ran aground near Varby on Sunday, and nobody was hurt.\n"


def marked(paragraphs: list[str]) -> str:
    return "".join(
        f"<p>{html.escape(p, quote=False).replace('Nils Orre', '<a href=/n><b>Nils Orre</b></a>')}</p>\n"
        for p in paragraphs
    )


PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{TITLE} | The Varby Post</title>
<link rel="canonical" href="https://post.example/orre"><meta property="og:site_name" content="The Varby Post">
<script type="application/ld+json">{
    json.dumps(
        {
            "@graph": [
                {
                    "@type": "NewsArticle",
                    "headline": TITLE,
                    "datePublished": DAY + "T23:30:00-05:00",
                    "dateModified": "2025-03-14",
                    "author": [{"@type": "Person", "name": "Eva Lind"}],
                    "articleSection": "Business",
                }
            ]
        }
    )
}</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav><main><article><h1>{
    TITLE
}</h1>
{
    marked(PARAGRAPHS)
}</article></main><aside><h2>Most read</h2><p>Singer Olga Brandt held in Rome</p></aside><footer>© The Varby Post</footer></body></html>"""


def save(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(folder: Path, name: str, content: str | bytes, **options) -> list[Document]:
    return list(read_documents([save(folder, name, content)], Reading(**options)))


def words(document: Document) -> str:
    return " ".join(document.text.split())


def pdf(pages: list[list[str]], title: str = "") -> bytes:
    """A PDF with a text layer, written by hand: a font, pages, their lines."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (5 + 2 * n) for n in range(len(pages))), len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title (%s) /CreationDate (D:19990101000000Z) >>" % title.encode(),
    ]
    for n, lines in enumerate(pages):
        drawn = (
            b"BT /F1 10 Tf 40 780 Td 12 TL "
            + b" ".join(
                b"(" + line.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)") + b") Tj T*" for line in lines
            )
            + b" ET"
        )
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R "
            b">> >> >>" % (6 + 2 * n),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        ]
    data, places = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(
        b"%010d 00000 n \n" % at for at in places
    )
    return (
        data
        + table
        + b"trailer << /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    )


def docx() -> bytes:
    import docx as word

    made = word.Document()
    made.core_properties.title, made.core_properties.author = TITLE, "Eva Lind"
    for paragraph in PARAGRAPHS:
        made.add_paragraph(paragraph)
    made.save(out := io.BytesIO())
    return out.getvalue()


def odt() -> bytes:
    text = "".join(
        f"<text:p>{html.escape(p).replace('Nils Orre', 'Nils<text:s/><text:span>Orre</text:span>')}</text:p>"
        for p in PARAGRAPHS
    )
    with zipfile.ZipFile(out := io.BytesIO(), "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            f'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>{text}</office:text></office:body></office:document-content>',
        )
        file.writestr(
            "meta.xml",
            '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<office:meta><dc:title>{TITLE}</dc:title></office:meta></office:document-meta>",
        )
    return out.getvalue()


def warc() -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(out := io.BytesIO(), gzip=True)
    for url, status, kind, body in (
        ("https://post.example/a", "200 OK", "text/html; charset=utf-8", PAGE),
        ("https://post.example/x.png", "200 OK", "image/png", "PNG"),
        (
            "https://post.example/b",
            "404 Not Found",
            "text/html",
            "<html><body><p>Nothing is here at all today.</p></body></html>",
        ),
    ):
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(url, "response", payload=io.BytesIO(body.encode()), http_headers=headers)
        )
    return out.getvalue()


RTF = (
    r"{\rtf1\ansi {\fonttbl{\f0 Times;}}\f0 "
    + "\\par\n".join("".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in p) for p in PARAGRAPHS)
    + "}"
)
MAIL = (
    f"From: Eva Lind <eva@post.example>\nTo: desk@post.example\nSubject: {TITLE}\nDate: Wed, 12 Mar 2025 08:15:00 "
    "+0100\nMIME-Version: 1.0\n"
)

FORMS = {
    "page.html": PAGE,
    "page": PAGE,
    "tags.txt": marked(PARAGRAPHS),
    "entities.txt": html.escape(PLAIN).replace("’", "&rsquo;").replace("“", "&#8220;"),
    "story.pdf": pdf([PARAGRAPHS[:2], PARAGRAPHS[2:]]),
    "story.bin": pdf([PARAGRAPHS]),
    "story.docx": docx(),
    "story.odt": odt(),
    "story.rtf": RTF,
    "story.eml": MAIL + f"Content-Type: text/plain; charset=utf-8\n\n{PLAIN}",
    "story.txt": MAIL + f"Content-Type: text/plain; charset=utf-8\n\n{PLAIN}",
    "html.eml": MAIL + f"Content-Type: text/html; charset=utf-8\n\n<html><body>{marked(PARAGRAPHS)}</body></html>",
    "one.json": json.dumps({"headline": TITLE, "articleBody": PLAIN}),
    "rows.jsonl": json.dumps({"text": PLAIN}) + "\n",
    "story.txt.gz": gzip.compress(PLAIN.encode(), mtime=0),
    "latin.txt": PLAIN.encode("cp1252"),
    "utf16.txt": PLAIN.encode("utf-16"),
    "utf16be.txt": PLAIN.encode("utf-16-be"),
    "utf32.txt": PLAIN.encode("utf-32"),
    "declared.html": PAGE.replace("utf-8", "windows-1252").encode("cp1252"),
    "links.md": f"---\ntitle: {TITLE}\n---\n{PLAIN}".replace(
        "Nils Orre", "[Nils Orre](https://post.example/(n))"
    ).replace("Pia Sand", "**Pia [[sand|Sand]]**[^1]"),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_gives_the_words_of_the_plain_article(tmp_path, name):
    (found,) = read(tmp_path, name, FORMS[name])
    assert words(found) == " ".join(PLAIN.split())


def test_paragraphs_stay_apart(tmp_path):
    for name in ("page.html", "tags.txt", "story.docx", "story.odt", "story.rtf", "html.eml"):
        assert read(tmp_path, name, FORMS[name])[0].text == PLAIN, name


def test_marks_of_markdown_are_no_text(tmp_path):
    text = (
        "# The *harbour* of Varby\n\n![a crane](c.png)Nils_Orre_ and __Pia Sand__ met[^1] at `noon`,<br/> said [the "
        "*Post*][p] and [[varby|Varby]].\n\n---\n"
        "<!-- a\nnote -->It costs 5 * 3 * 2 euros; x_y_z stays, and so does [sic].\n\n[p]: "
        "https://post.example\n[^1]: A note.\n"
    )
    (got,) = read(tmp_path, "a.md", text)
    assert words(got) == (
        "The harbour of Varby Nils_Orre_ and Pia Sand met at noon, said the Post and Varby. It costs 5 * 3 * 2 "
        "euros; x_y_z stays, and so does [sic]."
    )
    assert got.title == "The harbour of Varby"


def test_only_entities_are_read_as_characters(tmp_path):
    told: list[str] = []
    assert (
        read(tmp_path, "a.txt", "AT&T; paid. See x.example/?a=1&copy=2.\n", tell=told.append)[0].text
        == "AT&T; paid. See x.example/?a=1&copy=2.\n"
    )
    assert (
        told == []
        and read(tmp_path, "b.txt", "Q&amp;A: Caf&eacute; &#8211; closed.\n")[0].text == "Q&A: Café – closed.\n"
    )


def test_packed_in_any_way(tmp_path):
    import bz2
    import lzma

    import zstandard

    packers = (
        lambda data: gzip.compress(data, mtime=0),
        zstandard.ZstdCompressor().compress,
        bz2.compress,
        lzma.compress,
    )
    for end, pack in zip(PACKED, packers, strict=True):
        assert read(tmp_path, f"rows.csv{end}", pack(f'text,date\n"{SHORT.strip()}",{DAY}\n'.encode()))[0].date == DAY
    with pytest.raises(DocumentError, match="packed and damaged.*unpack"):
        read(tmp_path, "cut.txt.gz", gzip.compress(PLAIN.encode() * 20)[:-30])


def test_what_a_page_says_of_itself(tmp_path):
    (found,) = read(tmp_path, "page.html", PAGE)
    assert (
        found.title,
        found.date,
        found.modified,
        found.author,
        found.publisher,
        found.section,
        found.url,
        found.language,
    ) == (TITLE, DAY, "2025-03-14", "Eva Lind", "The Varby Post", "Business", "https://post.example/orre", "en-GB")
    assert dict(found.taken)["date"].startswith("JSON-LD") and dict(found.taken)["url"] == "the canonical link"
    mine = read_document(tmp_path / "page.html", date="3 May 2024", publisher="Mine")
    assert (mine.date, mine.publisher) == ("2024-05-03", "Mine") and not {"date", "publisher"} & dict(mine.taken).keys()


_BAR = (
    "<header><a href=/>Home</a><a href=/s>Sport</a></header><div class='cookie-bar'>We use cookies. <button>Accept "
    "all</button></div>",
    "<div class='related-stories'><h3>More</h3>"
    "<ul><li><a href=/x>Singer Olga Brandt held in Rome</a></li></ul></div><div id=comments><p>bigfish: Orre stole "
    "the money, everybody knows it.</p></div>",
)
_FIGURE = "<figure><img src=x.jpg alt=Orre><figcaption>Nils Orre leaves the court. Photo: Bo Ek</figcaption></figure>"
_P = marked(PARAGRAPHS)


@pytest.mark.parametrize(
    "body",
    [
        f"{_BAR[0]}<div class=content><h1>{TITLE}</h1><div class=byline>By Eva Lind</div>{_FIGURE}{_P}</div>{_BAR[1]}",
        f"{_BAR[0]}<div id=main><h1>{TITLE}</h1>{_P.replace('<p>', '<div>').replace('</p>', '</div>')}</div>{_BAR[1]}",
        f"{_BAR[0]}<div id=story>{_P.replace('<p>', '').replace('</p>', '<br><br>')}</div>{_BAR[1]}",
        f"<article><h1>{TITLE}</h1>{_P.replace('</p>', '</p>' + _BAR[1], 1)}<p class=share>Share</p></article>",
        f"<article>{_P}<table><tr><th>Town</th><th>Mayor</th></tr><tr><td>Varby</td><td>Ada "
        "Moe</td></tr></table></article>",
        f"<div class='page has-sidebar comments-on'><div class='sidebar-layout'>{_P}</div></div>",
    ],
    ids=["divs", "no paragraphs", "line breaks", "beside inside", "table", "misleading classes"],
)
def test_only_the_article_of_a_page_is_text(tmp_path, body):
    (found,) = read(tmp_path, "a.html", f"<html><head><title>{TITLE}</title></head><body>{body}</body></html>")
    assert found.text == PLAIN and found.title == TITLE and found.author == ("Eva Lind" if "byline" in body else None)


def test_a_short_article_of_a_page_is_read(tmp_path):
    assert (
        read(tmp_path, "a.html", f"<html><body><nav>Home</nav><article><p>{SHORT}</p></article></body></html>")[0].text
        == SHORT
    )
    assert (
        read(tmp_path, "b.html", f"<html><body><article>{_P}<ul><li>{SHORT}</li></ul></article></body></html>")[0].text
        == f"{PLAIN}\n{SHORT}"
    )


def test_what_other_files_say_of_themselves(tmp_path):
    (mail,) = read(tmp_path, "a.eml", FORMS["story.eml"])
    assert (mail.title, mail.author, mail.date) == (TITLE, "Eva Lind", DAY)
    (word,) = read(tmp_path, "a.docx", FORMS["story.docx"])
    assert (word.title, word.author, word.date) == (
        TITLE,
        "Eva Lind",
        None,
    )  # the day on which a file was made is not its day
    (paper,) = read(tmp_path, "a.pdf", pdf([PARAGRAPHS], TITLE))
    assert (paper.title, paper.date) == (TITLE, None)
    (front,) = read(
        tmp_path, "a.md", f"+++\ntitle = 'A \"b\"'\ndate = {DAY}\nauthors = ['Eva Lind', 'Bo Ek']\n+++\n{PLAIN}"
    )
    assert (front.title, front.date, front.author, front.text) == ('A "b"', DAY, "Eva Lind, Bo Ek", PLAIN)
    (front,) = read(
        tmp_path, "b.md", f"---\ntitle: 'It''s so'\nauthor:\n  - Eva Lind\n  - Bo Ek\nurl: /2025/x\n---\n{PLAIN}"
    )
    assert (front.title, front.author, front.url) == ("It's so", "Eva Lind, Bo Ek", None)


def test_running_heads_of_a_pdf_are_no_text(tmp_path):
    pages = [["THE VARBY POST", text, f"Page {n} of 3"] for n, text in enumerate(PARAGRAPHS, 1)]
    assert words(read(tmp_path, "a.pdf", pdf(pages))[0]) == " ".join(PLAIN.split())
    two = [["THE VARBY POST", text] for text in PARAGRAPHS[:2]]  # twice is no pattern
    assert words(read(tmp_path, "b.pdf", pdf(two))[0]).count("VARBY POST") == 2


@pytest.mark.parametrize("form", ["rss", "atom", "rdf"])
def test_a_feed_has_an_article_an_item(tmp_path, form):
    item = {
        "rss": "<item><title>{t}</title><link>https://post.example/{n}</link><pubDate>Wed, 12 Mar 2025 23:15:00 "
        "+0100</pubDate><description>{d}</description></item>",
        "atom": "<entry><title>{t}</title><link "
        'href="https://post.example/{n}"/><updated>2025-03-12T08:15:00Z</updated><content '
        'type="html">{d}</content></entry>',
        "rdf": "<item "
        'xmlns="http://purl.org/rss/1.0/"><title>{t}</title><link>https://post.example/{n}</link><dc:date>2025-03-12</dc:date><description>{d}</description></item>',
    }[form]
    items = "".join(
        item.format(t=f"Title {n}", n=n, d=html.escape(d))
        for n, d in enumerate((marked(PARAGRAPHS), f"<p>{SHORT}</p>", ""))
    )
    feed = {
        "rss": f'<rss version="2.0"><channel><title>The Post</title>{items}</channel></rss>',
        "atom": f'<feed xmlns="http://www.w3.org/2005/Atom"><title>The Post</title>{items}</feed>',
        "rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel xmlns="http://purl.org/rss/1.0/"><title>The Post</title></channel>{items}</rdf:RDF>',
    }[form]
    errors: list[DocumentError] = []
    found = list(
        read_documents(
            [save(tmp_path, "feed", '<?xml version="1.0" encoding="utf-8"?>' + feed)], on_error=errors.append
        )
    )
    assert [d.text for d in found] == [PLAIN, SHORT]
    assert [(d.title, d.url, d.date, d.publisher) for d in found] == [
        (f"Title {n}", f"https://post.example/{n}", DAY, "The Post") for n in (0, 1)
    ]
    assert ["item 3: has no text" in str(e) for e in errors] == [True]


def test_tables_with_columns_of_any_name(tmp_path):
    for name, mark in (("rows.csv", ","), ("rows.tsv", "\t"), ("semicolons.csv", ";")):
        writer = csv.writer(out := io.StringIO(), delimiter=mark)
        writer.writerows([["nr", "story", "day"], ["a", PLAIN, "12/03/2025"], ["b", SHORT, "25/03/2025"]])
        found = read(tmp_path, name, out.getvalue(), columns={"text": "story", "id": "nr", "date": "day"}, order="day")
        assert [(d.id, " ".join(d.text.split()), d.date) for d in found] == [
            ("a", " ".join(PLAIN.split()), DAY),
            ("b", SHORT.strip(), "2025-03-25"),
        ]
        with pytest.raises(DocumentError, match=r"nr, story, day.*--columns text="):
            read(tmp_path, name, out.getvalue())
    with pytest.raises(DocumentError, match="no column 'tale'"):
        read(tmp_path, "rows.csv", "nr,story\n1,x\n", columns={"text": "tale"})
    with pytest.raises(DocumentError, match="row 2: has 3 cells under 2 columns"):
        read(tmp_path, "rows.csv", "id,text\n1,One, two.\n")
    with pytest.raises(InputError, match="--columns colour"):
        Reading({"colour": "x"})


def test_json_in_one_or_in_lines(tmp_path):
    rows = [{"id": 1, "text": PLAIN, "date": DAY}, {"id": "b", "body": SHORT, "published": "12 March 2025"}]
    for name, content in (
        ("a.json", json.dumps(rows, indent=1)),
        ("a.jsonl", "\n".join(map(json.dumps, rows))),
        ("a.txt", "\n".join(map(json.dumps, rows))),
    ):
        assert [(d.id, d.text, d.date) for d in read(tmp_path, name, content)] == [
            ("1", PLAIN, DAY),
            ("b", SHORT, DAY),
        ], name
    packed = save(tmp_path, "b.jsonl.gz", gzip.compress(json.dumps(rows[0]).encode()))
    assert [d.text for d in read_jsonl(packed)] == [PLAIN]


def test_a_web_archive_has_an_article_a_page(tmp_path):
    (found,) = read(tmp_path, "a.warc.gz", warc())
    assert (found.text, found.url, found.date) == (PLAIN, "https://post.example/orre", DAY)
    (bare,) = read(tmp_path, "b.warc", gzip.decompress(warc()).replace(b'rel="canonical"', b'rel="alternate"'))
    assert bare.url == "https://post.example/a"


REFUSED = {
    "a.png": (b"\x89PNG\r\n\x1a\n\0\0", "a PNG picture"),
    "a.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word"),
    "a.zip": (b"PK\x03\x04rest", "zip"),
    "a.xlsx": (None, "a spreadsheet"),
    "a.epub": (None, "an e-book"),
    "a.ps": (b"%!PS-Adobe-3.0\n", "PostScript"),
    "cut.pdf": (b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n", "a PDF"),
    "scan.pdf": (pdf([[]]), "without a text layer"),
    "cut.docx": (None, "Word document"),
    "noise.txt": (bytes(range(256)) * 3, "not text"),
    "rows.xml": ("<?xml version='1.0'?><stock><item/></stock>", "'stock'"),
    "a.ttl": ("<a> <b> <c> .", "a graph"),
    "cut.xml": ("<rss><channel>", "XML"),
    "a.json": ('{"text": ', "JSON"),
    "empty.html": ("<html><body><p> </p></body></html>", "HTML"),
    "cut.warc": (b"WARC/1.0\r\nnonsense", "WARC"),
}


def archive(member: str, mimetype: str = "") -> bytes:
    with zipfile.ZipFile(out := io.BytesIO(), "w") as file:
        file.writestr("mimetype", mimetype)
        file.writestr(member, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_read_is_named(tmp_path, name):
    content, what = REFUSED[name]
    content = (
        content
        if content is not None
        else archive(
            *{
                "a.xlsx": ("xl/workbook.xml",),
                "a.epub": ("META-INF/container.xml", "application/epub+zip"),
                "cut.docx": ("word/document.xml",),
            }[name]
        )
    )
    with pytest.raises(DocumentError) as error:
        read(tmp_path, name, content)
    assert what in str(error.value) and name in str(error.value) and error.value.remedy and "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("story.pdf", "pypdf"),
        ("story.docx", "docx"),
        ("story.rtf", "striprtf"),
        ("a.warc", "warcio"),
        ("a.zst", "zstandard"),
    ],
)
def test_a_missing_library_says_what_to_install(tmp_path, monkeypatch, name, module):
    content = {"a.warc": lambda: gzip.decompress(warc()), "a.zst": lambda: b"\x28\xb5\x2f\xfd123"}.get(
        name, lambda: FORMS[name]
    )()
    real = builtins.__import__

    def without(wanted, *rest):
        if wanted.split(".")[0] == module:
            raise ImportError(wanted)
        return real(wanted, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(DocumentError, match=r"pip install 'article-kg\[files\]'"):
        read(tmp_path, name, content)


@pytest.mark.parametrize(
    "address",
    ["https://post.example/story", Path("https://post.example/story"), "http://post.example", "ftp://x.example/a.txt"],
)
def test_nothing_is_fetched(address):
    with pytest.raises(DocumentError, match="nothing is fetched; save the page.*--url"):
        list(read_documents([address]))


def test_folders_and_patterns(tmp_path):
    (tmp_path / "in").mkdir()
    for name, content in (
        ("b.txt", SHORT),
        ("in/a.html", PAGE),
        (".hidden.txt", SHORT),
        ("picture.png", b"\x89PNG"),
        ("in/c.md", SHORT),
    ):
        save(tmp_path, name, content)
    told: list[str] = []
    assert [Path(d.source).name for d in read_documents([tmp_path], Reading(tell=told.append))] == [
        "b.txt",
        "a.html",
        "c.md",
    ]
    assert any("1 of 4 files" in line for line in told)
    assert [Path(d.source).name for d in read_documents([str(tmp_path / "*" / "*.[hm]*")])] == ["a.html", "c.md"]
    with pytest.raises(DocumentError, match="no file is called so"):
        list(read_documents([tmp_path / "*.pdf"]))
    (tmp_path / "empty").mkdir()
    with pytest.raises(DocumentError, match="folder without articles"):
        list(read_documents([tmp_path / "empty"]))


def test_one_bad_file_costs_only_itself(tmp_path):
    paths = [
        save(tmp_path, "a.txt", SHORT),
        save(tmp_path, "b.png", b"\x89PNG"),
        tmp_path / "none.txt",
        save(tmp_path, "c.txt", PLAIN),
    ]
    errors: list[DocumentError] = []
    assert [d.text for d in read_documents(paths, on_error=errors.append)] == [SHORT, PLAIN]
    assert [Path(e.where).name for e in errors] == ["b.png", "none.txt"]


def test_what_was_assumed_is_told(tmp_path):
    told: list[str] = []
    read(tmp_path, "a.txt", PLAIN.encode("cp1252"), tell=told.append)
    read(tmp_path, "b.html", PAGE, tell=told.append)
    read(tmp_path, "c.txt", PLAIN, tell=told.append)
    assert ["Windows-1252" in told[0], f"date '{DAY}' from JSON-LD" in told[1], len(told)] == [True, True, 2]


# ------------------------------------------------------------------ days, printed lines


@pytest.mark.parametrize(
    "written",
    [
        "2025-03-12",
        "20250312",
        "2025/3/12",
        "2025. 03. 12.",
        "2025-03-12T23:15:00Z",
        "12 March 2025",
        "12th of March, 2025",
        "12-Mar-2025",
        "March 12, 2025",
        "Mar. 12th 2025",
        "Wed, 12 Mar 2025 23:15:00 +0100",
        "Wednesday 12 March 2025 at 8:15 pm",
        "March 12, 2025, 11:42 pm IST",
    ],
)
def test_a_day_in_any_unambiguous_form(written):
    assert day(written) == DAY


def test_a_day_that_may_be_two(tmp_path):
    assert (
        day("12/03/2025", "day") == DAY
        and day("03/12/2025", "month") == DAY
        and day("13.03.2025") == day("3/13/2025") == "2025-03-13"
    )
    for written in (
        "12/03/2025",
        "31 February 2025",
        "March 2025",
        "2025",
        "yesterday",
        "12/03/25",
        "12 March 2025 or so",
    ):
        with pytest.raises(ValueError):
            day(written)
    with pytest.raises(DocumentError, match="--day-first"):
        document(PLAIN, date="12/03/2025")
    told: list[str] = []
    path = save(tmp_path, "a.txt", f"Published 12/03/2025\n\n{PLAIN}")
    assert read_document(path, Reading(tell=told.append)).date is None and "--day-first" in told[0]
    assert read_document(path, Reading(order="month")).date == "2025-12-03"


@pytest.mark.parametrize(
    ("top", "said"),
    [
        (
            f"{TITLE}\n\nBy Eva Lind\nPublished 12 March 2025, 08:15\n\n",
            {"title": TITLE, "author": "Eva Lind", "date": "12 March 2025, 08:15"},
        ),
        (
            f"Home\nSport\n{TITLE}\nBy Eva Lind and Bo Ek in Varby | 12 Mar 2025\n\n",
            {"title": TITLE, "author": "Eva Lind and Bo Ek", "date": "12 Mar 2025"},
        ),
        ("2025. 03. 12.\n\n", {"date": "2025. 03. 12."}),
        (
            "Posted: 2025-03-12T08:15:00Z · Last updated: 13 March 2025\n\n",
            {"date": "2025-03-12T08:15:00Z", "modified": "13 March 2025"},
        ),
        ("VARBY, March 12, 2025 (Norpress) — ", {"date": "March 12, 2025"}),
        (
            "Friday, 4 April 2025 | Last Update : 01:52 PM IST\n\nPublished : Mar 12, 2025, 11:42 pm IST\n\n",
            {"date": "Mar 12, 2025, 11:42 pm IST"},
        ),
    ],
)
def test_lines_that_say_what_a_text_is(top, said):
    assert {name: value for name, (value, _) in printed(top + PLAIN).items()} == said


@pytest.mark.parametrize(
    "text",
    [
        "Pia Sand was born on 1 May 1961 in Varby.\n\n" + PLAIN,
        "By Tuesday, Nils Orre, the director, had left.\n",
        PLAIN + "\n1 May 1961\n",
        "Ships waited on 3 May 2024 – the first since June.\n",
        "1 May 1961\n2 May 1962\n\n" + PLAIN,
        "The report was published on 3 May 2024.\n",
    ],
)
def test_a_date_inside_the_story_is_not_its_day(text):
    assert printed(text) == {} and document(text).date is None


# ------------------------------------------------------------------ language

GERMAN = (
    "Der Hafenrat von Varby hat am Freitag seinen Direktor entlassen, weil er zwei Kräne an einen Vetter verkauft "
    "haben soll."
)
SPANISH = (
    "La junta del puerto destituyó el viernes a su director, acusado de vender dos grúas a un primo suyo sin permiso."
)


def test_other_languages_are_left_out_and_named(tmp_path):
    with pytest.raises(DocumentError, match="is in German, not in English; --language any"):
        read(tmp_path, "a.txt", GERMAN)
    assert read(tmp_path, "a.txt", GERMAN, language="any")[0].foreign == ()
    told: list[str] = []
    (mixed,) = read(tmp_path, "b.txt", f"{PLAIN}\n{SPANISH}\n\n{SHORT}", tell=told.append)
    assert [mixed.text[a:b] for a, b in mixed.foreign] == [SPANISH] and "1 paragraph in Spanish left out" in told[0]
    line = f"{SHORT} {SHORT} {SHORT}".replace("\n", "")
    assert [span for span, _ in foreign(f"{line}\n{SPANISH}\n{line}")] == [
        (len(line) + 1, len(line) + 1 + len(SPANISH))
    ]
    assert (
        foreign("Полиция задержала директора порта вечером: его подозревают в том, что он продал два крана.")[0][1]
        == "Russian"
    )


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        SHORT,
        "Nils Orre met Pia Sand in Varby.",
        "Ada Voss hates Lyon.",
        "Prime Minister Sir Alan Dorset met Professor Ines Vidal and Jürgen Straßmann.",
        "Home\nSport\nSign in\nWhatsApp",
        "“Nein,” said Nils Orre, the former director of the Hafengesellschaft Varby.",
    ],
)
def test_english_is_english(text):
    assert foreign(text) == ()


def test_what_is_not_english_gives_nothing(annotator):
    from dataclasses import replace

    from kg import Line

    text = f"Pia Sand resigned on Friday. \n\n{SPANISH}\n"
    at = text.index(SPANISH)
    parse = next(Line().parse([replace(document(text), foreign=((at, at + len(SPANISH)),))]))
    assert {t.text for t in parse.tokens if t.start >= at} == set() and parse.tokens[0].text == "Pia"


# ------------------------------------------------------------------ the graph, and what plain text costs


def test_what_a_document_is_stands_in_its_graph(tmp_path):
    import kg

    graph = kg.build(save(tmp_path, "page.html", PAGE))
    schema = "PREFIX schema: <https://schema.org/> PREFIX kg: <https://w3id.org/article-kg/ontology#> "
    (row,) = graph.query(
        schema
        + "SELECT ?t ?a ?p ?s ?l ?u ?d ?m { GRAPH ?g { ?x a kg:Document ; schema:headline ?t ; schema:author ?a ; "
        "schema:publisher ?p ; "
        "schema:articleSection ?s ; schema:inLanguage ?l ; schema:url ?u ; schema:datePublished ?d ; "
        "schema:dateModified ?m } }"
    )
    assert [str(value) for value in row] == [
        TITLE,
        "Eva Lind",
        "The Varby Post",
        "Business",
        "en-GB",
        "https://post.example/orre",
        DAY,
        "2025-03-14",
    ]
    assert kg.check(graph) == []
    assert "date: JSON-LD of the page (datePublished)" in {
        str(row[0]) for row in graph.query(schema + "SELECT ?w { GRAPH ?g { ?x kg:takenFrom ?w } }")
    }


def test_plain_text_loads_no_library_of_other_forms(tmp_path):
    path = save(tmp_path, "a.txt", PLAIN)
    code = (
        f"import sys; from kg.reader import read_document; read_document({str(path)!r}); "
        "print([m for m in ('trafilatura', 'lxml', 'pypdf', 'docx', 'warcio', 'zstandard', 'py3langid', "
        "'charset_normalizer', 'numpy', 'csv', 'email', 'zipfile') if m in sys.modules])"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
