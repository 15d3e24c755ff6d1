"""The generated parts of README.md and docs/: what stands between `<!-- NAME -->` and `<!-- end -->` comes from the
program itself.

python tests/readme.py            # say which parts are out of date (exit status 1)
python tests/readme.py --write    # bring them up to date
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: The pages that people read; each may have generated parts.
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
SAMPLE, DAY = "samples/prison-visit.txt", "2025-11-12"

_PART = re.compile(
    r"(?P<open><!-- (?P<name>[a-z-]+)(?: (?P<given>[^>]*?))? -->\n)(?P<body>.*?)(?P<close><!-- end -->)", re.DOTALL
)


def generated(text: str) -> str:
    """A page with all its generated parts made anew."""
    return _PART.sub(lambda m: m["open"] + PARTS[m["name"]](m["given"] or "") + m["close"], text)


def _fenced(text: str, language: str = "") -> str:
    return f"```{language}\n{text.strip()}\n```\n"


def _run(arguments: list[str]) -> str:
    """What a command line writes to standard output."""
    from kg.cli import app

    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        app(arguments, prog_name="kg", standalone_mode=False)
    return out.buffer.getvalue().decode()


def help_text(_: str = "") -> str:
    """The help of the command and of each verb."""
    columns, os.environ["COLUMNS"] = os.environ.get("COLUMNS"), "100"
    os.environ["TERMINAL_WIDTH"] = "100"
    try:
        verbs = re.findall(r"^  ([a-z]+)  ", _run(["--help"]).partition("Commands:")[2], re.MULTILINE)
        parts = ["### `kg`\n\n" + _fenced(_run(["--help"]))]
        parts += [f"### `kg {verb}`\n\n" + _fenced(_run([verb, "--help"])) for verb in verbs]
    finally:
        os.environ.pop("TERMINAL_WIDTH")
        os.environ.pop("COLUMNS") if columns is None else os.environ.update(COLUMNS=columns)
    return "\n" + "\n".join(parts) + "\n"


def sample(given: str) -> str:
    """A command on the sample's graph, with its output. `GRAPH` stands for the graph file; `| head N` cuts it short."""
    command, _, most = given.partition(" | head ")
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "prison-visit.ttl"
        if "ttl" in command.split(" -o ")[0]:
            _run(["build", str(ROOT / SAMPLE), "--date", DAY, "-o", str(graph), "--quiet"])
        arguments = [
            str(graph) if word.endswith(".ttl") else str(ROOT / SAMPLE) if word.endswith(".txt") else word
            for word in _words(command)[1:]
        ]
        out = _run(arguments).replace(str(graph), "prison-visit.ttl").replace(str(ROOT) + "/", "").rstrip()
    lines = [line.rstrip() for line in out.splitlines()]
    if most:
        lines = lines[: int(most)] + (["…"] if len(lines) > int(most) else [])
    return _fenced(f"$ {command}\n" + "\n".join(lines), "console")


def _words(command: str) -> list[str]:
    import shlex

    return shlex.split(command)


#: What the front page says of quality: figures of the graphs that nobody read while rules were written.
IN_SHORT = (
    "claims",
    "claims_asserted",
    "events",
    "events_with_core_roles",
    "status_accuracy",
    "claimedBy_accuracy/sourced",
    "unsafe",
)


def quality_in_short(_: str = "") -> str:
    """A few figures of the graphs held back, as a table."""
    rows = quality().splitlines()
    start = next((i for i, row in enumerate(rows) if "held back" in row), None)
    if start is None:
        return rows[0] + "\n"
    kept = [row for row in _of_one_set(rows[start:]) if row.split(" | ")[1] in IN_SHORT]
    first = rows[start].split(" | ")[0]
    kept = [row if row.startswith(first) or i else first + row.removeprefix("| ") for i, row in enumerate(kept)]
    return "\n".join(rows[:2] + kept) + "\n"


def _of_one_set(rows: list[str]) -> list[str]:
    """The rows up to the next one that names a set."""
    end = next((i for i, row in enumerate(rows[1:], 1) if not row.startswith("|  |")), len(rows))
    return rows[:end]


def quality(_: str = "") -> str:
    """The measured quality, from benchmarks/quality.json."""
    path = ROOT / "benchmarks" / "quality.json"
    if not path.exists():
        return "Not measured yet: `make quality` writes `benchmarks/quality.json`.\n"
    sys.path.insert(0, str(path.parent))
    import quality as measured

    return measured.table(json.loads(path.read_text(encoding="utf-8"))) + "\n"


def peers(_: str = "") -> str:
    """Others on the graphs held back, from benchmarks/peers.json."""
    folder = ROOT / "benchmarks"
    sys.path.insert(0, str(folder))
    import peers as measured

    read = [json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in ("peers", "quality")]
    return measured.table(*read) + "\n"


def reliability(_: str = "") -> str:
    """Predicted against observed on graphs held back, and what asking for more gives: benchmarks/confidence.json."""
    path = ROOT / "benchmarks" / "confidence.json"
    if not path.exists():
        return "Not measured yet: `benchmarks/train_confidence.py` writes `benchmarks/confidence.json`.\n"
    told = json.loads(path.read_text(encoding="utf-8"))["held"]["all"]
    rows = ["| confidence | statements | predicted | observed |", "| --- | ---: | ---: | ---: |"]
    for k, bin in enumerate(told["bins"]):
        shares = [f"{100 * bin[key]:.0f} %" if bin["count"] else "–" for key in ("predicted", "observed")]
        rows.append(f"| {10 * k} to {10 * k + 10} % | {bin['count']:g} | {shares[0]} | {shares[1]} |")
    rows += [
        "",
        f"Expected calibration error: {told['error']:.1f} points, over {told['statements']:,} statements.",
        "",
        "| `--sure` | plain statements | right | of what the gold asserts |",
        "| ---: | ---: | ---: | ---: |",
    ]
    for sure, plain in told["plain"].items():
        shares = [f"{100 * plain[key]:.1f} %" for key in ("right", "recall")]
        rows.append(f"| {sure} | {plain['statements']} | {shares[0]} | {shares[1]} |")
    return "\n".join(rows) + "\n"


PARTS: dict[str, Callable[[str], str]] = {
    "help": help_text,
    "sample": sample,
    "quality": quality,
    "quality-in-short": quality_in_short,
    "peers": peers,
    "reliability": reliability,
}


def main() -> int:
    """0 where every page is up to date or was brought up to date, 1 where one is not."""
    old = [page for page in PAGES if (text := page.read_text(encoding="utf-8")) != generated(text)]
    for page in old:
        if "--write" in sys.argv[1:]:
            page.write_text(generated(page.read_text(encoding="utf-8")), encoding="utf-8")
            print(f"{page.relative_to(ROOT)} brought up to date", file=sys.stderr)
        else:
            print(f"{page.relative_to(ROOT)} is out of date: run `make readme`", file=sys.stderr)
    return 0 if not old or "--write" in sys.argv[1:] else 1


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
