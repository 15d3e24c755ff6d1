"""One event told by several articles: `python benchmarks/events.py GOLD.jsonl`, or `--links STORE`.

GOLD has an article a line: its `id`, `text` and `events`, each with an `id` that is the same wherever the event is told
(after `cross_` and `intra_`, and within the folder of the article's id), and the `mentions` of it. The articles are
read, put into a store, and their events linked as `kg merge` does without a person. Prints the CoNLL score (mean F1 of
MUC, B-cubed and CEAF-e) of the events across articles with the links and without: with the mentions given, where one
at which nothing is read stands alone; with those alone at which an event is read; and with all, where what is not read
counts as not found. First comes what is scored by joining nothing. And how many of the links that can be judged are right.

STORE is a store of articles, which is only read: prints how many of the links that would be made without a person are
right by the judgements in `events.json`, which were made by hand, from the two sentences, and stand there by the events'
names; links that are not judged are listed with their sentences.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

JUDGED = Path(__file__).with_suffix(".json")

Mention = Hashable
Clusters = list[frozenset[Mention]]


def f1(right: float, said: float, wanted: float, right_there: float | None = None) -> float:
    precision = right / said if said else 0.0
    recall = (right if right_there is None else right_there) / wanted if wanted else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def muc(key: Clusters, response: Clusters) -> float:
    def links(one: Clusters, other: Clusters) -> tuple[int, int]:
        place = {m: n for n, cluster in enumerate(other) for m in cluster}
        parts = [len({place.get(m, (m,)) for m in cluster}) for cluster in one]
        return sum(len(c) - n for c, n in zip(one, parts, strict=True)), sum(len(c) - 1 for c in one)

    (found, wanted), (right, said) = links(key, response), links(response, key)
    return f1(right, said, wanted, found)


def b_cubed(key: Clusters, response: Clusters) -> float:
    def share(one: Clusters, other: Clusters) -> float:
        place = {m: c for c in other for m in c}
        return sum(len(c & place.get(m, frozenset())) / len(c) for c in one for m in c)

    return f1(share(response, key), sum(map(len, response)), sum(map(len, key)), share(key, response))


def ceaf(key: Clusters, response: Clusters) -> float:
    import numpy
    from scipy.optimize import linear_sum_assignment

    place = defaultdict(list)
    for n, cluster in enumerate(response):
        for m in cluster:
            place[m].append(n)
    table = numpy.zeros((len(key), len(response)))
    for k, cluster in enumerate(key):
        for n in {n for m in cluster for n in place[m]}:
            table[k, n] = 2 * len(cluster & response[n]) / (len(cluster) + len(response[n]))
    rows, columns = linear_sum_assignment(-table)
    return f1(table[rows, columns].sum(), len(response), len(key))


def conll(key: Clusters, response: Clusters) -> list[float]:
    parts = [measure(key, response) for measure in (muc, b_cubed, ceaf)]
    return [*parts, sum(parts) / 3]


def clusters(names: dict[Mention, Hashable]) -> Clusters:
    found: dict[Hashable, set[Mention]] = defaultdict(set)
    for mention, name in names.items():
        found[name].add(mention)
    return [frozenset(c) for c in found.values()]


def joined(links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each linked event's first one."""
    one: dict[str, str] = {}

    def first(event: str) -> str:
        while one.get(event, event) != event:
            event = one[event]
        return event

    for a, b in links:
        if first(a) != first(b):
            one[first(b)] = first(a)
    return {event: first(event) for event in one}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?")
    parser.add_argument("--links", type=Path, metavar="STORE")
    given = parser.parse_args()
    if given.links:
        judge(given.links)
    if given.gold:
        score(given.gold)


def judge(folder: Path) -> None:
    from kg import joins
    from kg.review import mention
    from kg.store import Store

    judged = json.loads(JUDGED.read_text(encoding="utf-8"))["links"]
    store = Store.open(folder)
    verdicts: Counter[str] = Counter()
    for pair in joins.told_twice(store):
        if pair.sure:
            key = " ".join(e.iri.value.rpartition("/")[2] for e in (pair.one, pair.other))
            verdicts[judged.get(key, "not judged")] += 1
            if key not in judged:
                print(key, "|", pair.why)
                print("   ", mention(store, pair.one.iri)[-400:])
                print("   ", mention(store, pair.other.iri)[-400:])
    print("links made without a person:", ", ".join(f"{n} {v}" for v, n in sorted(verdicts.items())) or "none")


def score(gold: Path) -> None:

    from kg import joins
    from kg.identity import Identity
    from kg.pipeline import Line
    from kg.reader import read_jsonl
    from kg.store import Store

    rows = {row["id"]: row for row in map(json.loads, gold.read_text(encoding="utf-8").splitlines())}
    line, store = Line(), Store.memory()
    at: dict[tuple[str, int, int], str] = {}  # a mention of the gold → the event that is read there
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as texts:
        for row in rows.values():
            texts.write(json.dumps({"id": row["id"], "text": row["text"]}) + "\n")
        texts.flush()
        for reading in line.read(read_jsonl(Path(texts.name))):
            identity = Identity(reading.document, line.vocabulary)
            store.put(identity.of_document(), line.quads(reading))
            nodes = identity.nodes(reading)
            triggers = sorted((start, end, nodes[e.id].value) for e in reading.events for start, end in e.triggers)
            name = str(reading.document.id)
            for event in rows[name]["events"]:
                for start, end in event["mentions"]:
                    for a, b, node in triggers:
                        if a < end and start < b:
                            at.setdefault((name, start, end), node)
    key = {
        (name, start, end): (name.split("/")[0], re.sub(r"^(?:cross_|intra_)+", "", event["id"]))
        for name, row in rows.items()
        for event in row["events"]
        for start, end in event["mentions"]
    }
    joins.link(store)
    links = [pair for pair in joins.linked(store)]
    one = joined(links)
    read = {m: k for m, k in key.items() if m in at}
    show("mentions given, each alone", key, {m: m for m in key})
    for how, name_of in (("without links", {}), ("with links", one)):
        means_one = {m: name_of.get(n, n) for m, n in at.items()}
        show(f"mentions given, {how}", key, {m: means_one.get(m, m) for m in key})
        show(f"those read, {how}", read, means_one)
        show(f"all, {how}", key, means_one)
    means: dict[str, Counter[Hashable]] = defaultdict(Counter)
    for mention, node in at.items():
        means[node][key[mention]] += 1
    judged = [(a, b) for a, b in links if a in means and b in means]
    right = sum(bool(means[a].keys() & means[b].keys()) for a, b in judged)
    print(f"links made without a person: {len(links)}, judged {len(judged)}, right {right}")


def show(what: str, wanted: dict[Mention, Hashable], found: dict[Mention, Hashable]) -> None:
    scores = conll(clusters(wanted), clusters(found))
    told = " ".join(f"{n} {100 * s:.1f}" for n, s in zip(("MUC", "B3", "CEAFe", "CoNLL"), scores, strict=True))
    print(f"{what} ({len(wanted)}): {told}")


if __name__ == "__main__":
    main()
