"""Pictures for the README: the page of the sample article, light and dark, wide and narrow, and a static figure.

    python benchmarks/screenshots.py [-o docs/screenshots]          make screenshots

Wants Chromium and playwright.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from kg import Line, Store, read_document  # noqa: E402
from kg.picture import draw, figure  # noqa: E402

#: No WebGL is needed for so few nodes; drawn by the processor it takes minutes.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
ARTICLE, DAY = ROOT / "samples/court-case.txt", "2026-02-10"
#: file, width, height, dark, hash of the address, name to find
SHOTS = (
    ("page.png", 1440, 900, False, "", ""),
    ("selected.png", 1440, 900, False, "#view=folded", "Krevelj"),
    ("dark.png", 1440, 900, True, "#tab=map", ""),
    ("narrow.png", 390, 844, False, "#view=folded", ""),
)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("-o", "--output", type=Path, default=ROOT / "docs/screenshots")
    given = options.parse_args()
    from playwright.sync_api import sync_playwright

    line, store = Line(), Store.memory()
    for reading in line.read([read_document(ARTICLE, date=DAY)]):
        store.load(line.quads(reading))
    given.output.mkdir(parents=True, exist_ok=True)
    (given.output / "figure.svg").write_bytes(figure(store, view="folded"))
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as tool, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(draw(store), encoding="utf-8")
        browser = tool.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, width, height, dark, hash, wanted in SHOTS:
            context = browser.new_context(
                viewport={"width": width, "height": height}, offline=True, color_scheme="dark" if dark else "light"
            )
            page = context.new_page()
            page.goto(file.as_uri() + hash)
            page.wait_for_selector("html[data-ready]")
            if wanted:
                page.fill("#find", wanted)
                page.keyboard.press("Enter")
                page.wait_for_timeout(500)
            page.wait_for_timeout(300)
            page.screenshot(path=given.output / name)
            context.close()
            print(given.output / name)
        browser.close()


if __name__ == "__main__":
    main()
