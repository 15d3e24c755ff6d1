"""The page beside pyvis' own page of the same graph, and beside one drawn as sift-kg 0.9 draws (pyvis, too, but settled
by ForceAtlas2, nodes grown by their ties, names only when they are pointed at), in the same run, in a real browser with
the network cut.

    python benchmarks/page.py [--nodes 40 2000 10000] [--patience 150] [-o out/page.json]

Measured for each: how long drawing takes, the size of the file, when the first picture stands on the canvas, how
evenly it moves while it is dragged, and (ours) how long a filter takes. Wants Chromium and playwright.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import networkx as nx

sys.path.insert(0, str(Path(__file__).parent.parent))
from kg import picture, rdf  # noqa: E402
from kg.store import Store  # noqa: E402
from tests.helpers.page_graphs import large  # noqa: E402

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
EDGES = {40: 60, 2000: 6000, 10000: 20000}
#: Looks at the canvas every 30 ms, in small, until more than one colour is on it.
WATCH = """(() => {
  const small = document.createElement("canvas"); small.width = small.height = 48;
  const look = small.getContext("2d", { willReadFrequently: true });
  const timer = setInterval(() => {
    const canvas = document.querySelector("canvas");
    if (!canvas || !canvas.width) return;
    look.clearRect(0, 0, 48, 48); look.drawImage(canvas, 0, 0, 48, 48);
    if (new Set(new Uint32Array(look.getImageData(0, 0, 48, 48).data.buffer)).size > 8) { window.firstPicture =
    performance.now(); clearInterval(timer); }
  }, 30);
})()"""
FRAMES = """() => { window.gaps = []; let last = performance.now();
  const tick = now => { window.gaps.push(now - last); last = now; requestAnimationFrame(tick); };
  requestAnimationFrame(tick); }"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--nodes", type=int, nargs="+", default=[40, 2000, 10000])
    options.add_argument("--patience", type=float, default=150, help="seconds that pyvis' page is given")
    options.add_argument("--repeat", type=int, default=3, help="loads of a page, of which the median counts")
    options.add_argument("-o", "--output", type=Path)
    given = options.parse_args()
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    results = []
    with sync_playwright() as tool, tempfile.TemporaryDirectory() as folder:
        browser = tool.chromium.launch(executable_path=chromium, args=FLAGS)
        for nodes in given.nodes:
            store = Store.memory()
            store.load(rdf.from_rdflib(large(nodes, EDGES.get(nodes, 3 * nodes))))
            begin = time.perf_counter()
            page = picture.draw(store, view="events", most=max(given.nodes))
            drawing = time.perf_counter() - begin
            ours = Path(folder) / f"ours-{nodes}.html"
            ours.write_text(page, encoding="utf-8")
            graph = picture.to_networkx(store)
            results.append(
                {
                    "page": "article-kg",
                    "nodes": nodes,
                    "draw_s": round(drawing, 2),
                    **measured(browser, ours, 60, given.repeat, True),
                }
            )
            print(json.dumps(results[-1]), flush=True)
            for name, settled in (("pyvis 0.3.2", False), ("as sift-kg 0.9", True)) if nodes <= 2000 else ():
                theirs = Path(folder) / f"theirs-{nodes}-{settled}.html"
                theirs.write_text(pyvis_page(graph, settled=settled), encoding="utf-8")
                repeat = given.repeat if nodes < 100 else 1
                results.append(
                    {"page": name, "nodes": nodes, **measured(browser, theirs, given.patience, repeat, False)}
                )
                print(json.dumps(results[-1]), flush=True)
        browser.close()
    print(table(results))
    if given.output:
        given.output.parent.mkdir(parents=True, exist_ok=True)
        given.output.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


#: How sift-kg lets a page settle, and what it hides until it is pointed at.
SETTLED = {
    "physics": {
        "solver": "forceAtlas2Based",
        "forceAtlas2Based": {
            "gravitationalConstant": -350,
            "springLength": 400,
            "springConstant": 0.03,
            "centralGravity": 0.002,
            "damping": 0.4,
            "avoidOverlap": 0.9,
        },
        "stabilization": {"iterations": 300},
    },
    "edges": {"font": {"size": 0}, "smooth": {"type": "curvedCW", "roundness": 0.1}},
    "nodes": {"font": {"size": 0}},
    "interaction": {"hideEdgesOnDrag": True, "hideEdgesOnZoom": True},
}


def pyvis_page(graph: nx.MultiDiGraph, *, settled: bool) -> str:
    """pyvis' page in its best case: its scripts in line, as its default is blank without a network; `settled`: as
    sift-kg sets it.
    """
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    for node, data in graph.nodes(data=True):
        size = {"size": max(8, min(50, 6 + 2.5 * graph.degree(node)))} if settled else {}
        net.add_node(node, label=data["label"], group=data["kind"], **size)
    for one, other, data in graph.edges(data=True):
        net.add_edge(one, other, label=data["predicate"].rpartition("#")[2])
    if settled:
        net.set_options(json.dumps(SETTLED))
    return net.generate_html()


def measured(browser, path: Path, patience: float, repeat: int, ours: bool) -> dict:
    firsts, found = [], {"file_KB": round(path.stat().st_size / 1000)}
    for turn in range(repeat):
        context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
        page = context.new_page()
        page.set_default_timeout(patience * 1000)
        page.add_init_script(WATCH)
        try:
            page.goto(path.as_uri(), wait_until="commit")
            firsts.append(first_picture(page, patience))
            if turn == repeat - 1:
                found |= dragged(page, ours)
        except TimeoutError:  # a page that never comes is a result
            found["never"] = f"no picture in {patience:.0f} s"
            break
        finally:
            context.close()
    return found | ({"first_picture_s": round(statistics.median(firsts), 2)} if firsts else {})


def first_picture(page, patience: float) -> float:
    """Seconds from the start of loading to the first picture. A page too busy to answer has not come."""
    from playwright.sync_api import TimeoutError as Late

    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            page.wait_for_load_state("domcontentloaded", timeout=max(1, (end - time.monotonic()) * 1000))
            if at := page.evaluate("window.firstPicture"):
                return at / 1000
        except Late:
            break
        page.wait_for_timeout(100)
    raise TimeoutError


def dragged(page, ours: bool) -> dict:
    if ours:
        page.wait_for_selector("html[data-ready]")
    found = {}
    box = page.locator("canvas").first.bounding_box()
    x, y = box["x"] + box["width"] * 0.02 + 6, box["y"] + box["height"] - 16
    page.evaluate(FRAMES)
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(50):
        page.mouse.move(x + step * 6, y - step * 3)
        page.wait_for_timeout(16)
    page.mouse.up()
    gaps = page.evaluate("window.gaps")
    found |= {"drag_frames_s": round(1000 / statistics.mean(gaps)), "worst_frame_ms": round(max(gaps))}
    if ours:
        took = page.evaluate("""() => new Promise(done => { const begin = performance.now();
        document.querySelector('.chip[data-name=alleged]').click();
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin), 0)) })""")
        found["filter_ms"] = round(took)
    return found


def table(results: list[dict]) -> str:
    keys = ["page", "nodes", "draw_s", "file_KB", "first_picture_s", "drag_frames_s", "worst_frame_ms", "filter_ms"]
    lines = ["| " + " | ".join(keys) + " |", "|" + " --- |" * len(keys)]
    lines += [
        "| " + " | ".join(str(r.get(k, r.get("never", "–") if k == "first_picture_s" else "–")) for k in keys) + " |"
        for r in results
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
