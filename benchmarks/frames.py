#!/usr/bin/env python3
"""How often each frame is right, on our hand-made graphs and on annotated news: ontology/frames/measured.toml.

    frames.py [--gold FOLDER]         # FOLDER holds wikievents_dev.jsonl; without it our own graphs alone

A use of a frame is right if a gold event of its type (or of one that the gold takes, too) has a trigger there. Our
graphs are complete, so a use on no gold trigger is wrong. WikiEvents marks but a part of what its articles tell: there
only uses on a gold trigger count, right or wrong by its table of types. The file holds counts alone, no words of the
news.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "scorer")]

import score  # noqa: E402

from kg.extractor.events.frames import GENERIC  # noqa: E402
from kg.model import Document, Event  # noqa: E402
from kg.pipeline import Line  # noqa: E402

Json = dict[str, Any]
MEASURED = ROOT / "ontology" / "frames" / "measured.toml"
HEAD = """\
# How often each frame was right, of how many uses on annotated news. Written by benchmarks/frames.py; do not edit.
# A frame that is not here has not been measured.
"""


def overlap(a: tuple[int, int] | list[int], b: tuple[int, int] | list[int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def documents(path: Path) -> list[Json]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def own(line: Line, path: Path) -> Iterator[tuple[str, bool]]:
    """Frame and whether it was right, for each event found in our graphs."""
    for gold in documents(path):
        for event in events(line, gold):
            here = [g for g in gold["events"] if any(overlap(t, u) for t in event.triggers for u in g["triggers"])]
            yield event.rule, any(event.type == g["type"] or event.type in g.get("type_ok", ()) for g in here)


def wikievents(line: Line, path: Path) -> Iterator[tuple[str, bool]]:
    """The same for each event that stands on a gold trigger."""
    for gold in documents(path):
        for event in events(line, gold):
            prefixes = score.wiki_prefixes(event.type)
            for trigger in event.triggers:
                here = [g for g in gold["events"] if overlap(trigger, g["trigger"])]
                if here and prefixes:
                    yield event.rule, any(g["type"].startswith(prefixes) for g in here)


def events(line: Line, gold: Json) -> list[Event]:
    document = Document(gold["text"], id=gold["id"], date=gold.get("date"))
    return [e for reading in line.read([document]) for e in reading.events if e.rule != GENERIC]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path)
    gold: Path | None = parser.parse_args().gold
    line, counts = Line(), {}
    found = list(own(line, ROOT / "tests" / "graphs" / "dev.jsonl"))
    if gold is not None:
        found += wikievents(line, gold / "wikievents_dev.jsonl")
    for name, right in found:
        got = counts.setdefault(name, [0, 0])
        got[0] += right
        got[1] += 1
    MEASURED.write_text(
        HEAD
        + "".join(f"\n[{name}]\nright = {right}\nseen = {seen}\n" for name, (right, seen) in sorted(counts.items())),
        encoding="utf-8",
    )
    total = [sum(c[k] for c in counts.values()) for k in (0, 1)]
    print(f"{MEASURED.relative_to(ROOT)}: {len(counts)} frames measured, {total[0]} of {total[1]} uses right")


if __name__ == "__main__":
    main()
