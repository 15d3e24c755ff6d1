#!/usr/bin/env python3
"""How well the line reads: our own hand-made graphs, and annotated news where it is at hand.

    quality.py [--gold FOLDER] [--held] [--sets NAME …] [--bootstrap N] [--errors N] [--predictions FOLDER]
    quality.py --raise-floors                          # lift tests/floors.json to what is reached now; never lowers
    quality.py --lower SET FIGURE VALUE --because "…"  # the one way down, and it is written into the file

The line sees the id, text and date of a document and nothing else. A folder given with --gold may hold annotated news
(dwie_dev.jsonl …) and further hand-made graphs. Its answer goes through tests/scorer/score.py. Figures with their
counts and the 95 % interval of a bootstrap over documents are written to benchmarks/quality.json; a Markdown table is
printed. A set that is not run keeps the figures it has in the file. Nothing in the file depends on clock or machine.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "scorer")]

import score  # noqa: E402

from kg.model import Document  # noqa: E402
from kg.pipeline import Line  # noqa: E402

Json = dict[str, Any]

RESULTS = ROOT / "benchmarks" / "quality.json"
FLOORS = ROOT / "tests" / "floors.json"
GRAPHS = ROOT / "tests" / "graphs"

#: our own graphs: those looked at while building, and those looked at only at the end
OWN = {"own_dev": "dev.jsonl", "own_held": "held.jsonl"}
#: annotated news: set → the scorer that reads it
PUBLIC = {
    "dwie_dev": "dwie",
    "conll04_dev": "conll04",
    "redocred_dev": "redocred",
    "wikievents_dev": "wikievents",
    "gum_news_dev": "gum",
    "ontogum_news_dev": "ontogum",
    "polnear_dev": "polnear",
}
NAMES = {
    "own_dev": "our graphs, seen",
    "own_held": "our graphs, held back",
    "dwie_dev": "DWIE",
    "conll04_dev": "CoNLL04",
    "redocred_dev": "Re-DocRED",
    "wikievents_dev": "WikiEvents",
    "gum_news_dev": "GUM news",
    "ontogum_news_dev": "OntoGUM news",
    "polnear_dev": "PolNeAR",
}

_GRAPH = (
    "entities_typed",
    "mentions",
    "coref_relaxed/conll",
    "events",
    "events_with_core_roles",
    "event_roles",
    "claims",
    "claims_whole",
    "claims_asserted",
    "status_accuracy",
    "validity_accuracy",
    "claimedBy_accuracy/sourced",
    "time_value_accuracy",
    "attributions/content",
    "attributions/whole",
    "unsafe",
    "unsafe_per_100_claims",
    "plain_triples_wrong",
)
#: The figures of the table, a set each.
HEADLINES: dict[str, tuple[str, ...]] = {
    "graph": _GRAPH,
    "dwie": (
        "names_exact",
        "names_exact/PER",
        "names_exact/ORG",
        "names_exact/LOC",
        "names_exact/EVENT",
        "clusters_exact/conll",
        "relations",
    ),
    "conll04": ("names_relaxed", "names_strict", "relations_relaxed", "relations_strict"),
    "redocred": ("names_relaxed", "relations"),
    "wikievents": (
        "trigger_classification_without_speech",
        "trigger_identification",
        "argument_classification",
        "entity_typing/FAC",
    ),
    "gum": ("coref_relaxed/conll", "coref_relaxed_person_place_org/conll"),
    "ontogum": ("coref_relaxed/conll",),
    "polnear": ("all/attribution_overlap", "speech/attribution_overlap", "direct/attribution_overlap"),
}
#: What the floors of the tests hold: the first may only rise, the second only fall.
FLOORED = tuple(f for f in _GRAPH if f not in ("unsafe", "plain_triples_wrong", "unsafe_per_100_claims"))
CEILINGS = ("unsafe", "plain_triples_wrong")


def scorer_of(name: str) -> str:
    return PUBLIC.get(name, "graph")


def sets_in(folder: Path) -> list[str]:
    """The sets in a folder: annotated news by name, and hand-made graphs by what their first line holds."""

    def is_graph(path: Path) -> bool:
        with path.open(encoding="utf-8") as lines:
            return {"entities", "events", "claims", "attributions"} <= set(json.loads(next(lines, "{}")))

    graphs = [
        p.stem for p in sorted(folder.glob("*.jsonl")) if p.stem.split("_")[0] not in score.SCORERS and is_graph(p)
    ]
    return graphs + [name for name in PUBLIC if path_of(name, folder).exists()]


def path_of(name: str, gold: Path | None) -> Path:
    return GRAPHS / OWN[name] if name in OWN else (gold or Path()) / f"{name}.jsonl"


# ------------------------------------------------------------------ reading and scoring


def predict(line: Line, gold: dict[str, Json], failures: list[str]) -> dict[str, Json]:
    """What the line makes of the texts: documents by id, in the annotation form. A document that fails is named and
    counts as empty.
    """
    documents = [Document(text=d["text"], id=key, date=d.get("date")) for key, d in gold.items()]

    def failed(document: Document, problem: Exception) -> None:
        failures.append(f"{document.id}: {type(problem).__name__}: {problem}")

    return {reading.document.id or "": line.annotate(reading) for reading in line.read(documents, failed)}


def teach_types(line: Line) -> None:
    """Tell the scorer of the ontology's further classes: each under its nearest class that the scorer knows."""
    known = set(score.TYPE_PARENT) | set(score.TYPE_PARENT.values())
    ontology = line.vocabulary
    for name in ontology.types:
        if name not in known:
            above = [a for a in sorted(ontology.lineage(name)) if a in known and a != name]
            nearest = max(above, key=lambda a: (len(score.lineage(a)), a), default=None)
            if nearest:
                score.TYPE_PARENT[name] = nearest


def figures(name: str, gold: dict[str, Json], said: dict[str, Json], rounds: int) -> tuple[Json, list[Any]]:
    """The figures of one set with counts and intervals, rounded to two places, and the result of each document."""
    for doc in said.values():
        for event in doc.get("events", []):
            event["roles"] = [role[:2] for role in event.get("roles", [])]
    results = score.evaluate(scorer_of(name), gold, said)
    table = {k: dict(row) for k, row in score.headline(score.totals(results)).items()}
    if rounds and len(results) > 1:
        for key, (low, high) in intervals(results, rounds).items():
            if key in table:
                table[key] |= {"low": low, "high": high}
    return {k: {m: round(float(v), 2) for m, v in row.items()} for k, row in table.items()}, results


def intervals(results: list[Any], rounds: int, seed: int = 7) -> dict[str, tuple[float, float]]:
    """95 % of each figure over documents drawn again with replacement, the same draws every time."""
    draw, values = random.Random(seed), {}
    for _ in range(rounds):
        for key, row in score.headline(score.totals(draw.choices(results, k=len(results)))).items():
            values.setdefault(key, []).append(score.main_value(row))
    return {
        k: (v[int(0.025 * (len(v) - 1))], v[int(0.975 * (len(v) - 1))])
        for k, v in ((k, sorted(v)) for k, v in values.items())
    }


def measure(
    names: Iterable[str],
    gold: Path | None,
    rounds: int,
    line: Line | None = None,
    errors: int = 0,
    keep: Path | None = None,
) -> Json:
    """Read and score the sets. `errors` prints that many examples of each kind; `keep` is a folder for the
    predictions.
    """
    line = line or Line()
    teach_types(line)
    sets: Json = {}
    for name in names:
        truth = score.read_lines(path_of(name, gold))
        failures: list[str] = []
        said = predict(line, truth, failures)
        if keep:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{name}.jsonl").write_text(
                "".join(json.dumps(d, ensure_ascii=False) + "\n" for d in said.values()), encoding="utf-8"
            )
        rows, results = figures(name, truth, said, rounds)
        sets[name] = {"documents": len(truth), "failed": len(failures), "figures": rows}
        for failure in failures:
            print(f"{name}: {failure}", file=sys.stderr)
        if errors:
            show_errors(name, results, errors)
    return {"program": line.producer, "rounds": rounds, "sets": sets}


def show_errors(name: str, results: list[Any], count: int) -> None:
    """Examples of what is missed and what is wrong, drawn over the documents."""
    heap: dict[tuple[str, str], list[str]] = {}
    for result in results:
        for figure, kind, message in result.errors:
            heap.setdefault((figure, kind), []).append(f"{result.id}: {message}" if hasattr(result, "id") else message)
    for (figure, kind), messages in sorted(heap.items()):
        chosen = random.Random(len(messages)).sample(messages, min(count, len(messages)))
        print(f"\n{name}, {figure}, {kind}: {len(chosen)} of {len(messages)}")
        for message in chosen:
            print(f"  {message}")


# ------------------------------------------------------------------ what is written and shown


def merged(old: Json, new: Json) -> Json:
    """The new figures over those of sets that were not run."""
    sets = {**old.get("sets", {}), **new["sets"]}
    order = {name: i for i, name in enumerate(PUBLIC, 1)} | dict.fromkeys(OWN, -1)
    return {**new, "sets": {k: sets[k] for k in sorted(sets, key=lambda k: (order.get(k, 0), k))}}


def table(results: Json) -> str:
    """The chief figures as a Markdown table."""
    rows = ["| set | figure | P | R | F1 or value | 95 % | of |", "| --- | --- | --- | --- | --- | --- | --- |"]
    for name, one in results["sets"].items():
        label = f"{NAMES.get(name, 'a further article, whole')} ({one['documents']})"
        for figure in HEADLINES[scorer_of(name)]:
            row = one["figures"].get(figure)
            if row is None:
                continue
            cell = {k: f"{row[k]:.1f}" if k in row else "" for k in ("precision", "recall")}
            value = score.main_value(row)
            shown = f"{value:.0f}" if "count" in row else f"{value:.1f}"
            spread = f"{row['low']:.1f}–{row['high']:.1f}" if "low" in row else ""
            size = row.get("gold", row.get("of", row.get("predicted")))
            rows.append(
                f"| {label} | {figure} | {cell['precision']} | {cell['recall']} | {shown} | {spread} | "
                f"{'' if size is None else f'{size:.0f}'} |"
            )
            label = ""
    return "\n".join(rows)


# ------------------------------------------------------------------ floors


def read_floors(path: Path = FLOORS) -> Json:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"sets": {}, "lowered": []}


def reached(figures_of_set: Json, figure: str) -> float:
    """A figure as a floor counts it: whole percents, so that another machine's last digit breaks nothing; counts as
    they are.
    """
    value = score.main_value(figures_of_set[figure])
    return float(value) if figure in CEILINGS else float(math.floor(value))


def raised(floors: Json, results: Json) -> Json:
    """The floors lifted to what is reached, ceilings lowered to it; where it is worse, they stay."""
    sets = {name: dict(rows) for name, rows in floors["sets"].items()}
    for name in OWN:
        if name in results["sets"]:
            rows, have = results["sets"][name]["figures"], sets.setdefault(name, {})
            for figure in (*FLOORED, *CEILINGS):
                if figure in rows:
                    now = reached(rows, figure)
                    best = min if figure in CEILINGS else max
                    have[figure] = best(have.get(figure, now), now)
    return {**floors, "sets": sets}


def lowered(floors: Json, name: str, figure: str, value: float, because: str | None) -> Json:
    """A floor given up, with the reason, which stays in the file."""
    if not (because or "").strip():
        raise SystemExit("quality: a floor is lowered for a reason only; give --because")
    have = floors["sets"].get(name, {})
    if figure not in have:
        raise SystemExit(f"quality: {name} has no floor for {figure}; there are {', '.join(have) or 'none'}")
    note = {"set": name, "figure": figure, "from": have[figure], "to": value, "because": because}
    return {"sets": {**floors["sets"], name: {**have, figure: value}}, "lowered": [*floors["lowered"], note]}


def broken(floors: Json, name: str, rows: Json) -> list[str]:
    """The floors of a set that its figures do not reach, in words."""
    wrong = []
    for figure, bound in floors["sets"].get(name, {}).items():
        if figure not in rows:
            wrong.append(f"{figure}: no longer measured")
            continue
        now = score.main_value(rows[figure])
        if now > bound if figure in CEILINGS else now < bound:
            wrong.append(f"{figure}: {now:.2f}, the floor is {bound:g}")
    return wrong


def write(path: Path, content: Json) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description="Score the line on hand-made graphs and, with --gold, on annotated news."
    )
    parser.add_argument("--gold", type=Path, help="folder with the annotated news (dwie_dev.jsonl …)")
    parser.add_argument("--held", action="store_true", help="also our own graphs that are looked at only at the end")
    parser.add_argument("--sets", nargs="+", metavar="NAME", help="these only, such as own_dev dwie_dev")
    parser.add_argument("--bootstrap", type=int, default=200, metavar="N")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="examples of each kind of error")
    parser.add_argument("--predictions", type=Path, metavar="FOLDER", help="keep what the line said")
    parser.add_argument("--output", type=Path, default=RESULTS)
    parser.add_argument("--raise-floors", action="store_true", help="lift tests/floors.json to what is reached")
    parser.add_argument("--lower", nargs=3, metavar=("SET", "FIGURE", "VALUE"), help="give up a floor; needs --because")
    parser.add_argument("--because", metavar="REASON")
    args = parser.parse_args()
    if args.lower:
        name, figure, value = args.lower
        write(FLOORS, lowered(read_floors(), name, figure, float(value), args.because))
        return
    if args.gold and not args.gold.is_dir():
        raise SystemExit(f"quality: {args.gold} is no folder; give the one with dwie_dev.jsonl and the others in it")
    names = args.sets or [*(n for n in OWN if args.held or n != "own_held"), *(sets_in(args.gold) if args.gold else [])]
    for name in names:
        if not path_of(name, args.gold).exists():
            raise SystemExit(f"quality: there is no {path_of(name, args.gold)}; give its folder with --gold")
    results = measure(names, args.gold, args.bootstrap, errors=args.errors, keep=args.predictions)
    old = json.loads(args.output.read_text(encoding="utf-8")) if args.output.exists() else {}
    write(args.output, merged(old, results))
    print(table(results))
    if args.raise_floors:
        write(FLOORS, raised(read_floors(), results))


if __name__ == "__main__":
    main()
