"""Names of several articles told to be one: `python benchmarks/joins.py --gold GOLD.jsonl [--store STORE] [-o FILE]`.

GOLD has an article a line: its `id`, `text` and `entities`, each with its `mentions` and, where it is known, `wiki`, the
title of the encyclopedia's article about it. The articles are read and put into a store, or are those of STORE, by
their ids. Scored without a look at the words: which names of two articles get one IRI (made without a person), and which
pairs `kg merge` puts before a person; right is a pair whose two have one title. Links are counted as MUC counts them:
a name in n articles is n - 1 links. Pairs that may be right at all are those of two nodes of one title.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

#: A pair of nodes, and the title of each of them.
Titles = dict[str, Counter[str]]


def read(gold: dict[str, Any]) -> Any:
    """A store in memory of these articles."""
    from kg.identity import Identity
    from kg.pipeline import Line
    from kg.reader import read_jsonl
    from kg.store import Store

    line, store = Line(), Store.memory()
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as texts:
        for row in gold.values():
            texts.write(json.dumps({"id": row["id"], "text": row["text"]}) + "\n")
        texts.flush()
        for reading in line.read(read_jsonl(Path(texts.name))):
            store.put(Identity(reading.document, line.vocabulary).of_document(), line.quads(reading))
    return store


def titled(store: Any, gold: dict[str, Any], nodes: dict[str, Any]) -> Titles:
    """Of each node, in how many articles it means each title: that of most of its mentions there."""
    found: Titles = defaultdict(Counter)
    ids = {r["d"].value: r["i"].value for r in store.select("SELECT ?d ?i { ?d a kg:Document ; schema:identifier ?i }")}
    for document, name in sorted(ids.items()):
        if name not in gold:
            continue
        at = {tuple(m): e["wiki"] for e in gold[name]["entities"] if e["wiki"] for m in e["mentions"]}
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for row in store.select(
            f"SELECT ?n ?s ?e {{ GRAPH <{document}> {{ ?n skos:prefLabel ?l ; kg:evidence ?w . "
            "?w kg:start ?s ; kg:end ?e } }"
        ):
            title = at.get((int(row["s"].value), int(row["e"].value)))
            if title and row["n"].value in nodes:
                votes[row["n"].value][title] += 1
        for node, titles in votes.items():
            found[node][min(titles, key=lambda t: (-titles[t], t))] += 1
    return found


def alone(means: Titles) -> dict[str, float]:
    """Links by one IRI: made and right, and all that there are."""
    made = sum(sum(titles.values()) - 1 for titles in means.values())
    right = sum(sum(titles.values()) - len(titles) for titles in means.values())
    articles: Counter[str] = Counter()
    parts: Counter[str] = Counter()
    for titles in means.values():
        articles.update(titles)
        parts.update(list(titles))
    there = sum(n - 1 for n in articles.values())
    found = sum(articles[t] - parts[t] for t in articles)
    return {"made": made, "right": right, "precision": share(right, made), "recall": share(found, there)}


def share(part: float, whole: float) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def proposed(pairs: list[Any], means: Titles, kind: dict[str, str]) -> dict[str, Any]:
    """Of the pairs proposed that can be judged how many are right, and how many of the links that are missing between
    names of one kind they would make.
    """
    title = {node: min(titles, key=lambda t: (-titles[t], t)) for node, titles in means.items()}
    judged = [p for p in pairs if p.one.iri in title and p.other.iri in title]
    right = [p for p in judged if title[p.one.iri] == title[p.other.iri]]
    nodes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for node, t in title.items():
        nodes[kind[node], t].add(node)
    missing = sum(len(of) - 1 for of in nodes.values())
    one: dict[str, str] = {}

    def root(node: str) -> str:
        while node in one:
            node = one[node]
        return node

    links = 0
    for p in right:
        a, b = root(p.one.iri), root(p.other.iri)
        if a != b:
            one[b] = a
            links += 1
    by: dict[str, Any] = {}
    for name, of in (
        ("reason", lambda p: p.why.split(";")[0].split(" (")[0]),
        ("score", lambda p: f"{int(p.score * 10) / 10:.1f}"),
    ):
        counts = Counter(of(p) for p in judged)
        rights = Counter(of(p) for p in right)
        by[name] = {k: f"{rights[k]} of {counts[k]}" for k in sorted(counts)}
    return {
        "proposed": len(pairs),
        "judged": len(judged),
        "right": len(right),
        "precision": share(len(right), len(judged)),
        "missing": missing,
        "found": links,
        "recall": share(links, missing),
        **by,
    }


def costs(store: Any, names: list[Any], times: int) -> dict[str, Any]:
    """CPU seconds and comparisons for the names of these articles, and for so many times as many, made by exchanging
    the letters of each: other people in other articles.
    """
    from dataclasses import replace

    from kg.joins import names as rules
    from kg.joins.names import Known, likely

    compared, counted = rules._compared, [0]

    def counting(*given: Any) -> Any:
        counted[0] += 1
        return compared(*given)

    def changed(name: Any, n: int) -> Any:
        table = {ord(c): a + (i + n) % 26 for a in (65, 97) for i, c in enumerate(map(chr, range(a, a + 26)))}
        label, *others = (called.translate(table) for called in name.names)
        documents = frozenset(f"{d} {n}" for d in name.documents)
        return replace(name, iri=f"{name.iri} {n}", label=label, others=tuple(others), documents=documents)

    rules._compared = counting
    found: dict[str, Any] = {}
    for size in (1, 2, times):
        some = [changed(name, n) for n in range(size) for name in names]
        company: dict[str, set[str]] = defaultdict(set)
        for name in some:
            for document in () if name.local else name.documents:
                company[document].add(name.iri)
        counted[0], began = 0, time.process_time()
        likely(some, Known({d: frozenset(iris) for d, iris in company.items()}))
        found[str(len(company))] = {
            "names": len(some),
            "compared": counted[0],
            "CPU seconds": round(time.process_time() - began, 2),
        }
    rules._compared = compared
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--store", type=Path, help="a store of these articles, which is only read")
    parser.add_argument("--wrong", type=int, default=0, metavar="N", help="show so many wrong pairs and missing ones")
    parser.add_argument("--times", type=int, metavar="N", help="what N times as many names would cost")
    parser.add_argument("-o", "--output", type=Path, help="write the figures here, as JSON")
    given = parser.parse_args()

    from kg import joins
    from kg.store import Store

    gold = {row["id"]: row for row in map(json.loads, given.gold.read_text(encoding="utf-8").splitlines())}
    store = Store.open(given.store) if given.store else read(gold)
    names = {n.iri: n for n in joins.names_of(store)}
    means = titled(store, gold, names)
    pairs = joins.likely_names(store, list(names.values()))
    figures = {
        "articles": sum(1 for _ in store.documents()),
        "names": len(names),
        "without a person": {
            kind: alone({iri: t for iri, t in means.items() if names[iri].kind == kind})
            for kind in ("person", "org", "place")
        }
        | {"all": alone(means)},
        "proposals": proposed(pairs, means, {n.iri: n.kind for n in names.values()}),
    }
    if given.times:
        figures["cost by articles"] = costs(store, list(names.values()), given.times)
    text = json.dumps(figures, indent=2, ensure_ascii=False) + "\n"
    print(text, end="")
    if given.output:
        given.output.write_text(text, encoding="utf-8")
    title = {node: titles.most_common(1)[0][0] for node, titles in means.items()}
    shown = [p for p in pairs if p.one.iri in title and p.other.iri in title and title[p.one.iri] != title[p.other.iri]]
    for p in shown[: given.wrong]:
        print("wrong:", p.one.label, "=", p.other.label, "|", p.why)
    together = {frozenset((p.one.iri, p.other.iri)) for p in pairs}
    by_title: dict[tuple[str, str], list[str]] = defaultdict(list)
    for node, t in sorted(title.items()):
        by_title[names[node].kind, t].append(node)
    missing = [(t, of) for t, of in sorted(by_title.items()) if len(of) > 1]
    for t, of in missing[: given.wrong]:
        if not any(frozenset((a, b)) in together for a in of for b in of):
            print("missing:", t, [f"{names[i].kind} {names[i].label}" + " *" * names[i].local for i in of])


if __name__ == "__main__":
    main()
