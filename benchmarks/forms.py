"""What the form of a text costs: finding structure and language against parsing the same plain text, and a saved page of
300 kB, whole process, against its own text in a .txt file.

    python benchmarks/forms.py [ARTICLE …] [--runs 3]

Processor time, the least of some runs taken in turn, so that a busy machine weighs on all alike. Goals: at most 2 % of
parsing; at most 1.3 times the text.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from html import escape
from pathlib import Path

from benchmarks.process import ROOT, seconds
from kg import structure
from kg.model import Document
from kg.pipeline import Line
from kg.reader.language import foreign

PAGE_SIZE = 300_000
_HEAD = """<!DOCTYPE html><html lang="en"><head><title>A page</title><link rel="canonical" href="https://page.example/1">
<style>{style}</style></head><body><nav><ul>{menu}</ul></nav><main><article><h1>A page</h1>"""
_FOOT = """</article></main><aside><h2>Most read</h2><ul>{links}</ul></aside><script>{script}</script></body></html>"""


def cheapest(calls: dict[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """The least processor time of each, in seconds."""
    best = dict.fromkeys(calls, float("inf"))
    for _ in range(runs):
        for name, call in calls.items():
            begun = time.process_time()
            call()
            best[name] = min(best[name], time.process_time() - begun)
    return best


def parts(texts: list[str], runs: int) -> dict[str, float]:
    """Structure, language and parsing of texts, each document once."""
    line = Line()
    documents = [Document(text) for text in texts]
    prose = [structure.seen(document, line.lexicon)[0] for document in documents]
    list(line.annotator.parse(prose))  # what is made once is made here
    return cheapest(
        {
            "structure": lambda: [structure.seen(document, line.lexicon) for document in documents],
            "language": lambda: [foreign(text) for text in texts],
            "parsing": lambda: list(line.annotator.parse(prose)),
        },
        runs,
    )


def page_of(text: str) -> str:
    """A page of `PAGE_SIZE` with the text in it; the rest is what pages have beside it: styles, menus, links, scripts."""
    body = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in text.split("\n\n"))
    rest = max(0, PAGE_SIZE - len(body)) // 4
    item = '<li><a href="/section/{0}/story-{0}">Another story of the day, number {0}</a></li>\n'
    links = "".join(map(item.format, range(rest // len(item))))
    menu = "".join(f'<li><a href="/m/{n}">Section {n}</a></li>' for n in range(40))
    style = ".a{margin:0;padding:0}\n" * (rest // 24)
    script = "var data = {n: 1, words: [1, 2, 3]};\n" * (2 * rest // 37)
    return _HEAD.format(style=style, menu=menu) + body + _FOOT.format(links=links, script=script)


def whole(text: str, runs: int) -> dict[str, float]:
    """`kg annotate` of a page and of the text in it."""
    with tempfile.TemporaryDirectory() as folder:
        page, plain = Path(folder, "page.html"), Path(folder, "page.txt")
        page.write_text(page_of(text), encoding="utf-8")
        plain.write_text(text, encoding="utf-8")
        best = dict.fromkeys((".html", ".txt"), float("inf"))
        for _ in range(runs):
            for path in (page, plain):
                taken = seconds([sys.executable, "-m", "kg", "annotate", str(path)])
                best[path.suffix] = min(best[path.suffix], taken)
        return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", nargs="*", type=Path, default=sorted((ROOT / "samples").glob("*.txt")))
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in given.articles]
    cost = parts(texts, given.runs)
    for name, taken in cost.items():
        print(f"{name:26} {1000 * taken:8.1f} ms   {100 * taken / cost['parsing']:6.2f} %")
    added = cost["structure"] + cost["language"]
    print(f"{'structure and language':26} {1000 * added:8.1f} ms   {100 * added / cost['parsing']:6.2f} % of parsing")
    pair = whole("\n\n".join(text.strip() for text in texts), given.runs)
    print(
        f"page of {PAGE_SIZE // 1000} kB, whole process {pair['.html']:7.2f} s    its text {pair['.txt']:6.2f} s",
        end="",
    )
    print(f"   ×{pair['.html'] / pair['.txt']:.2f}")


if __name__ == "__main__":
    main()
