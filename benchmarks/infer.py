"""Inference step by step against inferring anew, on a store made like real output: `python benchmarks/infer.py
[--triples N]`.

Both in one run on one store, so that their ratio holds whatever the machine is doing; medians of some articles, each
taken out, inferred without, added again and inferred with. After the last, the graph is compared with that of inferring
from nothing. Prints the table.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]


def timed(what, *given) -> tuple[float, object]:
    began = time.perf_counter()
    told = what(*given)
    return time.perf_counter() - began, told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=300_000)
    parser.add_argument("--articles", type=int, default=9, help="How many articles are measured.")
    given = parser.parse_args()

    from store import articles

    from kg.inference import infer, remove
    from kg.rdf import special_graph
    from kg.store import Store

    with (
        tempfile.TemporaryDirectory(prefix="kg-bench-") as temporary,
        Store.open(Path(temporary) / "news.kg", create=True, write=True) as store,
    ):
        for quads in articles(given.triples):
            store.load(quads)
        store.tidy()
        seen, documents = len(store), [d.iri for d in store.documents()]
        anew, nothing, added, removed = [], [], [], []
        for _ in range(3):
            remove(store)
            seconds, told = timed(infer, store)
            assert told.anew
            anew.append(seconds)
        nothing.append(timed(infer, store)[0])
        for document in documents[:: len(documents) // given.articles][: given.articles]:
            quads = list(store.graph(document))
            for change, times in (
                (lambda: store.remove(document), removed),
                (lambda: store.put(document, quads), added),
            ):
                change()
                seconds, now = timed(infer, store)
                assert not now.anew
                times.append(seconds)
        graph = special_graph("inferred", store.base)
        stepwise = sorted(map(str, store.graph(graph)))
        remove(store)
        infer(store)
        if stepwise != sorted(map(str, store.graph(graph))):
            sys.exit("inferred step by step, and anew: the graphs differ")
        whole = statistics.median(anew)
        print(
            f"| on {seen:,} triples of {len(documents):,} articles, {told.stand:,} conclusions | seconds | against "
            "anew |\n| --- | --- | --- |"
        )
        print(f"| anew | {whole:.2f} | |")
        for what, times in (
            ("after an article was added", added),
            ("after an article was removed", removed),
            ("after nothing", nothing),
        ):
            print(f"| {what} | {statistics.median(times):.3f} | ×{whole / statistics.median(times):.0f} faster |")


if __name__ == "__main__":
    main()
