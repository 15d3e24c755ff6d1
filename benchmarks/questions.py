"""The shipped questions over a store: `python benchmarks/questions.py NEWS.kg [NEWS.kg …] [--write]`.

Each is asked as `kg ask` asks it, without values and, where one can be given, of the person or place named most often.
Processor seconds to the first row and to the last (of at most 10,000), and rows. --write keeps them in
benchmarks/questions.json, by articles, from which docs/stores.md has its table.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))


def measured(folder: Path) -> tuple[int, dict[str, dict[str, float]]]:
    """How many articles a store holds, and what each question took."""
    from kg import queries
    from kg.store import Store

    told = {}
    with Store.open(folder) as store:
        values = _values(store)
        for question in queries.questions().values():
            needed = {p.name: values[_kind(p)] for p in question.parameters if p.required}
            told[question.name] = _asked(store, question, needed)
            named = next((p for p in question.parameters if p.kind == "entity" and not p.required), None)
            if named:
                told[f"{question.name} {named.name}=…"] = _asked(
                    store, question, needed | {named.name: values[_kind(named)]}
                )
        return dict(queries.counts(store))["articles"], told


def _asked(store, question, values: dict[str, str]) -> dict[str, float]:
    from kg import queries

    spent = []
    for most in (0, queries.MOST):  # the first row, then all
        began = time.process_time()
        answer = queries.ask(store, question, values, most=most)
        spent.append(time.process_time() - began)
    return {"first": round(min(spent), 3), "whole": round(spent[1], 3), "rows": len(answer)}


def _kind(parameter) -> str:
    return parameter.name if parameter.name in ("place", "other") else parameter.kind


def _values(store) -> dict[str, str]:
    def most(kind: str) -> list[str]:
        rows = store.select(
            f"SELECT ?thing (COUNT(?words) AS ?n) {{ ?thing kg:evidence ?words . FILTER(CONTAINS(STR(?thing), '/{kind}/')) }} "
            "GROUP BY ?thing ORDER BY DESC(?n) ?thing LIMIT 2"
        )
        return [row["thing"].value for row in rows]

    people = most("person")
    return {
        "entity": people[0],
        "other": people[-1],
        "place": most("place")[0],
        "document": next(store.select("SELECT ?a { ?a a kg:Document } ORDER BY ?a LIMIT 1"))["a"].value,
        "date": "2016-03-01",
    }


def table(kept: dict[str, dict[str, dict[str, float]]]) -> str:
    """Questions by what they take over the largest store, slowest first; Markdown."""
    sizes = sorted(kept, key=int)
    lines = [
        "| question | " + " | ".join(f"{int(n):,} articles: first row, all | rows" for n in sizes) + " |",
        "| --- |" + " --- | --- |" * len(sizes),
    ]
    for name in sorted(kept[sizes[-1]], key=lambda name: -kept[sizes[-1]][name]["whole"]):
        cells = (
            f"{kept[n][name]['first']:.2f} s, {kept[n][name]['whole']:.2f} s | {kept[n][name]['rows']:,}" for n in sizes
        )
        lines.append(f"| `{name}` | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    path = HERE / "questions.json"
    found = {}
    for folder in sys.argv[1:]:
        if not folder.startswith("--"):
            articles, figures = measured(Path(folder))
            found[str(articles)] = figures
    print(table(found))
    if "--write" in sys.argv:
        path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
