"""Text as it stands, and Markdown: its front matter says what it is, its marks are no part of the text."""

from __future__ import annotations

import html
import re
import tomllib
from typing import Any

from kg.reader.found import Articles, Found, Given, told

ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z]{2,8}\d{0,2});")
FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\r?\n(.*?)^\1[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#[ \t]+(\S.*?)[ \t#]*$", re.MULTILINE)
#: Marks of Markdown and of wikis, and what stays of them; none is long, so that marks without an end cost little.
_MARKS = tuple(
    (re.compile(pattern, re.MULTILINE), kept)
    for pattern, kept in (
        (r"<!--(?:.|\n){0,1000}?-->|</?(?:a|b|br|center|div|em|i|img|p|span|strong|sub|sup|u)(?:\s[^<>\n]*)?/?>", ""),
        (r"^[ \t]*\[\^?[^\]\n]{1,300}\]:[ \t].*\n?", ""),  # where a link or a footnote leads
        (
            r"\[!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)\]\([^)\n]{0,2000}\)|!\[[^\]\n]{0,300}\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,300}\])"
            r"|!\[\[[^\]\n]{0,300}\]\]",
            "",
        ),
        (r"\[\[(?:[^\]|\n]{0,300}\|)?([^\]|\n]{1,300})\]\]", r"\1"),
        (r"\[\^[^\]\s]{1,300}\]", ""),
        (r"\[([^\]\n]{1,300})\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\]\n]{0,300}\])", r"\1"),
        (r"<(?:https?|mailto):[^>\s]{0,2000}>", ""),
        (r"^[ \t]{0,3}#{1,6}[ \t]+((?:.*[^ \t#\n])?)[ \t#]*$", r"\1"),
        (r"(\*\*|__|~~)(?=\S)(.{1,300}?)(?<=\S)\1", r"\2"),
        (r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?!\w)|(?<!\w)_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)", r"\1\2"),
        (r"'''?(?=\S)([^'\n]+?)'''?", r"\1"),
        (r"`([^`\n]+)`", r"\1"),
        (r"\\([\\`*_{}\[\]()#+.!>-])", r"\1"),
        (r"^[ \t]*(?:[-*_][ \t]*){3,}$\n?", ""),  # a rule across the page
    )
)


def read(given: Given) -> Articles:
    """A text as it stands; entities of HTML that were left in it are read as their characters."""
    text = _unescaped(given.text)
    yield Found(text, notes=("HTML entities are read as their characters",) if text != given.text else ())


def _unescaped(text: str) -> str:
    """A text without entities; what only looks like one (`?a=1&copy=2`) stays."""
    return ENTITY.sub(lambda entity: html.unescape(entity.group()), text)


def read_markdown(given: Given) -> Articles:
    """A text without its front matter and marks; the first heading is the title where the front matter gives none."""
    text, said = given.text, {}
    if found := FRONT_MATTER.match(text):
        said = told(_yaml(found[2]) if found[1] == "---" else _toml(found[2]), "the front matter")
        text = text[found.end() :]
    if "title" not in said and (heading := _HEADING.search(text)):
        said["title"] = (unmarked(heading[1]), "the first heading")
    yield Found(_unescaped(unmarked(text)), said)


def unmarked(text: str) -> str:
    """Markdown without its marks."""
    for mark, kept in _MARKS:
        text = mark.sub(kept, text)
    return text


def _yaml(text: str) -> dict[str, Any]:
    """The plain part of YAML that front matter is written in: `key: value`, with lists of words."""
    values: dict[str, Any] = {}
    key = ""
    for line in text.splitlines():
        name, colon, value = line.partition(":")
        if line.lstrip().startswith("- ") and key:
            values[key] = [*(values[key] if isinstance(values[key], list) else ()), _scalar(line.lstrip()[2:])]
        elif colon and name.strip() and not name[0].isspace():
            key, value = name.strip(), value.strip()
            values[key] = (
                [*map(_scalar, value[1:-1].split(","))]
                if value.startswith("[") and value.endswith("]")
                else _scalar(value)
            )
    return values


def _scalar(value: str) -> str:
    value = value.strip()
    for mark in "\"'":
        if len(value) > 1 and value[0] == value[-1] == mark:
            return value[1:-1].replace(mark * 2 if mark == "'" else '\\"', mark)
    return re.sub(r"\s+#.*", "", value)


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}
