"""Files in: text as it stands, metadata from where it may come, and one clear line for what cannot be read."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from kg.errors import DocumentError
from kg.reader import LIMIT, document, read_document, read_documents, read_jsonl


def file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_text_is_taken_as_it_stands(tmp_path):
    text = "Ana Ruiz arrived.\r\n\r\n  She left.\t“Good.” 🙂\n\n\n"
    got = read_document(
        file(tmp_path, "a.txt", text), date="2025-03-04", url="https://example.org/a", title="T", id="i", publisher="P"
    )
    assert (got.text, got.date, got.url, got.title, got.id, got.publisher) == (
        text,
        "2025-03-04",
        "https://example.org/a",
        "T",
        "i",
        "P",
    )
    assert got.source.endswith("a.txt")


def test_a_byte_order_mark_is_no_text(tmp_path):
    assert read_document(file(tmp_path, "a.txt", b"\xef\xbb\xbfHello.")).text == "Hello."


def test_markdown_says_what_it_is(tmp_path):
    path = file(
        tmp_path,
        "a.md",
        '---\ntitle: "A visit"\ndate: 2025-03-04\nauthor: nobody\nurl: https://example.org/v\n---\n# Another '
        "heading\n\nText.\n",
    )
    got = read_document(path)
    assert (got.title, got.date, got.url, got.text) == (
        "A visit",
        "2025-03-04",
        "https://example.org/v",
        "Another heading\n\nText.\n",
    )
    assert read_document(path, title="Mine").title == "Mine"
    assert read_document(file(tmp_path, "b.md", "# The heading #\nText.\n")).title == "The heading"
    assert read_document(file(tmp_path, "c.txt", "# No heading\nText.\n")).title is None
    assert read_document(file(tmp_path, "d.md", "---\nA rule, no front matter.\n")).text == "A rule, no front matter.\n"


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO("Ana Ruiz läuft.".encode())))
    got = read_document("-")
    assert (got.text, got.source) == ("Ana Ruiz läuft.", "standard input")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is empty"),
        (b" \n\t", "is empty"),
        (b"PNG\x00\x01", "NUL"),
        (bytes(range(128, 256)) * 4, "not UTF-8 (byte 0)"),
        ("Zoë’s naïve “café”, à côté".encode() + b"\xe9 x", "broken byte"),
        (b"x" * (4 * LIMIT + 9), "too large"),
        (b"word " * (LIMIT // 5 + 1), "too large"),
    ],
)
def test_what_cannot_be_read(tmp_path, content, what):
    path = file(tmp_path, "bad.txt", content)
    with pytest.raises(DocumentError) as error:
        read_document(path)
    assert (
        what in str(error.value)
        and str(path) in str(error.value)
        and "\n" not in str(error.value)
        and error.value.remedy
    )


def test_what_is_not_there(tmp_path):
    with pytest.raises(DocumentError, match="does not exist"):
        read_document(tmp_path / "none.txt")
    with pytest.raises(DocumentError, match="folder without articles"):
        read_document(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions of another kind")
def test_what_may_not_be_read(tmp_path, monkeypatch):
    path = file(tmp_path, "a.txt", "x")

    def refuse(self, *_):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)  # root may read anything, so the refusal is played
    with pytest.raises(DocumentError, match="permission denied"):
        read_document(path)


@pytest.mark.parametrize(
    "metadata",
    [
        {"date": "31 January"},
        {"date": "2025-02-30"},
        {"date": ""},
        {"url": "not an address"},
        {"url": "https://exa mple.org"},
        {"url": "<x:y>"},
        {"id": "  "},
    ],
)
def test_metadata_is_looked_at(metadata):
    with pytest.raises(DocumentError):
        document("Ana Ruiz arrived.", **metadata)


def test_a_date_and_time_is_a_day():
    assert document("x", date="2025-03-04T22:00:00Z").date == "2025-03-04"


def test_one_url_for_one_article(tmp_path):
    paths = [file(tmp_path, "a.txt", "A."), file(tmp_path, "b.txt", "B.")]
    assert [d.text for d in read_documents(paths, date="2025-01-01")] == ["A.", "B."]
    with pytest.raises(DocumentError, match="share one url"):
        list(read_documents(paths, url="https://example.org"))


def test_jsonl_streams_and_names_what_fails(tmp_path):
    lines = [
        json.dumps({"id": 7, "text": "One.", "date": "2025-01-02T00:00:00Z"}),
        "{broken",
        "",
        json.dumps({"id": "b"}),
        json.dumps({"id": "c", "text": "\ud800"}),
        json.dumps({"id": "d", "text": " "}),
        json.dumps(["text"]),
        json.dumps({"text": "x", "title": 3}),
        json.dumps({"id": "e", "text": "Two.", "other": [1]}),
    ]
    path = file(tmp_path, "in.jsonl", "\n".join(lines))
    errors: list[DocumentError] = []
    got = list(read_jsonl(path, errors.append))
    assert [(d.id, d.text, d.date) for d in got] == [("7", "One.", "2025-01-02"), ("e", "Two.", None)]
    assert ["line 2", "line 4", "line 5", "line 6", "line 7", "line 8"] == [str(e).split(", ")[1][:6] for e in errors]
    assert "'d'" in str(errors[3])
    with pytest.raises(DocumentError, match="line 2"):
        list(read_jsonl(path))


def test_jsonl_that_is_not_there(tmp_path):
    with pytest.raises(DocumentError, match="does not exist"):
        list(read_jsonl(tmp_path / "none.jsonl"))
