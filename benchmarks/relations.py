#!/usr/bin/env python3
"""How often each rule of relations is right, on our hand-made graphs and on annotated news:
ontology/relations/measured.toml.

    relations.py [--gold FOLDER] [--documents N]    # FOLDER holds dwie_train.jsonl and conll04_train.jsonl

A use is right if the gold has the claim, or a broader one. On our graphs, which are complete, every claim between known
ends counts. The news sets know few properties and leave gaps: there a claim counts whose property the set annotates and
whose ends it knows. The file holds counts alone, no words of the news.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "scorer")]

import score  # noqa: E402

from kg.model import Document  # noqa: E402
from kg.pipeline import Line  # noqa: E402

Json = dict[str, Any]
MEASURED = ROOT / "ontology" / "relations" / "measured.toml"
HEAD = """\
# How often each rule of relations was right, of how many uses on annotated news. Written by benchmarks/relations.py; do not edit.
# A rule that is not here has not been measured.
"""


def documents(path: Path, count: int | None = None) -> Iterator[Json]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in islice(lines, count))


def read(line: Line, gold: Json) -> Json:
    return next(
        line.annotate(reading) for reading in line.read([Document(gold["text"], id=gold["id"], date=gold.get("date"))])
    )


def own(line: Line, path: Path) -> Iterator[tuple[str, bool]]:
    """Rule and whether it was right, for the claims found in our graphs."""
    for gold in documents(path):
        said = read(line, gold)
        graph = score.Graph(score.Result(gold["id"]), gold, said)
        for claim in said["claims"]:
            ends = [e for e in (claim["subject"], claim["object"]) if isinstance(e, str)]
            if claim["subject"] in graph.pred_events or not all(e in graph.to_gold for e in ends):
                continue
            yield (
                claim.get("rule", ""),
                any(
                    graph.fits(
                        g,
                        claim,
                        [
                            p
                            for own_ in (g["predicate"], *g.get("predicate_ok", []))
                            for p in (own_, *score.BROADER.get(own_, ()))
                        ],
                    )
                    for g in graph.gold_claims
                ),
            )


def dwie(line: Line, path: Path, count: int) -> Iterator[tuple[str, bool]]:
    """The same against DWIE's closed set of properties between named clusters."""
    for gold in documents(path, count):
        said = read(line, gold)
        spans = {e["id"]: [(m[0], m[1]) for m in e["mentions"]] for e in gold["entities"]}
        same: dict[str, str] = {}
        for s, q, o in gold["onto"]:
            if q in score.SAME_COUNTRY:
                same[s] = o
        clusters: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for i, mentions in spans.items():
            clusters[same.get(i, i)] += mentions
        aligned = score.align_entities(dict(clusters), said["entities"])
        truth = {(same.get(s, s), q, same.get(o, o)) for s, q, o in gold["onto"]}
        for claim in said["claims"]:
            if claim["predicate"] not in score.DWIE_RELATIONS or not isinstance(claim["object"], str):
                continue
            a, b = aligned.get(claim["subject"]), aligned.get(claim["object"])
            if a and b and a != b:
                exact, broader = score.DWIE_RELATIONS[claim["predicate"]]
                yield (
                    claim.get("rule", ""),
                    any(
                        ((b, n[1:], a) if n[0] == "~" else (a, n, b)) in truth
                        or (n in score.SYMMETRIC and (b, n, a) in truth)
                        for n in exact + broader
                    ),
                )


def conll04(line: Line, path: Path, count: int) -> Iterator[tuple[str, bool]]:
    """The same against the four standing relations of CoNLL04."""
    for gold in documents(path, count):
        said = read(line, gold)
        aligned = score.align_entities(
            {e["id"]: [(m[0], m[1]) for m in e["mentions"]] for e in gold["entities"]}, said["entities"]
        )
        for claim in said["claims"]:
            label = score.CONLL_RELATIONS.get(claim["predicate"])
            a, b = (
                aligned.get(claim["subject"]),
                aligned.get(claim["object"]) if isinstance(claim["object"], str) else None,
            )
            kinds = {e["id"]: e["type"] for e in gold["entities"]}
            if (
                label
                and a
                and b
                and a != b
                and "Other" not in (kinds[a], kinds[b])
                and (kinds[a], kinds[b]) not in score.CONLL_OUTSIDE.get(label, ())
            ):
                yield claim.get("rule", ""), [a, label, b] in gold["relations"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--documents", type=int, default=200)
    options = parser.parse_args()
    line, counts = Line(), {}
    found = list(own(line, ROOT / "tests" / "graphs" / "dev.jsonl"))
    if options.gold is not None:
        found += dwie(line, options.gold / "dwie_train.jsonl", options.documents)
        found += conll04(line, options.gold / "conll04_train.jsonl", 4 * options.documents)
    for name, right in found:
        got = counts.setdefault(name, [0, 0])
        got[0] += right
        got[1] += 1
    MEASURED.write_text(
        HEAD
        + "".join(
            f"\n[{json.dumps(name)}]\nright = {right}\nseen = {seen}\n"
            for name, (right, seen) in sorted(counts.items())
        ),
        encoding="utf-8",
    )
    total = [sum(c[k] for c in counts.values()) for k in (0, 1)]
    print(f"{MEASURED.relative_to(ROOT)}: {len(counts)} rules measured, {total[0]} of {total[1]} uses right")


if __name__ == "__main__":
    main()
