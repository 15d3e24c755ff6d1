"""Whether the parse and the graph are the same whoever multiplies the matrices: spaCy's own product, and numpy's with
several kernels of its OpenBLAS, on one thread and on two.

    python benchmarks/kernels.py [ARTICLES.jsonl] [--articles 300] [--parse] [--kernels Haswell,Zen]

Each combination is a process of its own, for OpenBLAS chooses its kernel when it is loaded. A row tells how many
articles came out otherwise than with the product that the program takes by itself: their parse (words, classes, heads,
labels, names) and, without `--parse`, their N-Quads; exit status 1 if any did. A kernel that this processor cannot run
says so. ARTICLES.jsonl has one object a line, with `text` and, if known, `id` and `date`; without it the articles of
tests/graphs/dev.jsonl are read.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import subprocess
import sys
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

#: Kernels that every processor with AVX2 runs: three families of instructions, and three ways to add up.
KERNELS = "Haswell,Zen,Sandybridge,Nehalem,Prescott"


def read(articles: Path, most: int, *, parse_only: bool, threads: int) -> dict[str, Any]:
    """In a process of its own: who multiplied, processor seconds of the parse, and each article's hashes."""
    import kg
    from kg import numerics, rdf

    def on_threads(engine: numerics.Engine) -> AbstractContextManager[Any]:
        from threadpoolctl import threadpool_limits

        return threadpool_limits(threads, user_api="blas")

    setattr(numerics.Engine, "one_thread", on_threads)  # noqa: B010  # the program itself never takes more than one
    line, found = kg.Line(), {}
    for kept in islice(articles.open(encoding="utf-8"), most):
        told = json.loads(kept)
        date = {"date": told["date"]} if told.get("date") else {}
        parse = next(line.parse([kg.document(told["text"], id=str(told.get("id", len(found))), **date)]))
        seen = repr((parse.tokens, parse.sentences, parse.names))
        hashes = [hashlib.sha256(seen.encode()).hexdigest()]
        if not parse_only:
            out = io.BytesIO()
            rdf.serialize(line.quads(line.understand(parse)), rdf.RdfFormat.N_QUADS, out)
            hashes.append(hashlib.sha256(out.getvalue()).hexdigest())
        found[parse.document.id] = hashes
    return {"product": str(line.annotator.product), "articles": found}


def start(given: argparse.Namespace, threads: int, **environment: str) -> dict[str, Any] | None:
    """One combination; nothing if the processor cannot run it."""
    command = [sys.executable, __file__, str(given.articles_file), "--articles", str(given.articles), "--threads"]
    done = subprocess.run(
        [*command, str(threads), *(["--parse"] if given.parse else [])],
        capture_output=True,
        env=os.environ | {"OPENBLAS_NUM_THREADS": str(threads)} | environment,
    )
    if done.returncode < 0:  # an instruction that the processor has not
        return None
    if done.returncode:
        sys.exit(done.stderr.decode(errors="replace"))
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles_file", nargs="?", type=Path, default=ROOT / "tests/graphs/dev.jsonl")
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--kernels", default=KERNELS)
    parser.add_argument("--parse", action="store_true", help="the parse alone")
    parser.add_argument("--threads", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.threads:
        print(json.dumps(read(given.articles_file, given.articles, parse_only=given.parse, threads=given.threads)))
        return
    first = start(given, 1)
    assert first is not None, "the product that the program takes by itself does not run here"
    usual = first["articles"]
    print(f"{len(usual)} articles; by itself: {first['product']}")
    print(f"{'product':48} {'threads':>7} {'other parse':>12} {'other bytes':>12}")
    differ = 0
    combinations: list[tuple[int, dict[str, str]]] = [(1, {"KG_PRODUCT": "spacy"})]
    combinations += [(n, {"OPENBLAS_CORETYPE": kernel}) for kernel in given.kernels.split(",") for n in (1, 2)]
    for threads, environment in combinations:
        result = start(given, threads, **environment)
        if result is None:
            print(f"{' '.join(environment.values()):48} {threads:7} does not run on this processor", flush=True)
            continue
        others = [sum(a != b for a, b in zip(*pair, strict=True)) for pair in _pairs(usual, result["articles"])]
        differ += sum(others)
        counts = " ".join(f"{count:12}" for count in others)
        print(f"{result['product'].removesuffix(', one thread'):48} {threads:7} {counts}", flush=True)
    sys.exit(1 if differ else 0)


def _pairs(usual: dict[str, list[str]], other: dict[str, list[str]]) -> list[tuple[list[str], list[str]]]:
    """The hashes of a kind (parses; bytes), article by article, in both."""
    kinds = len(next(iter(usual.values())))
    return [([usual[name][kind] for name in usual], [other[name][kind] for name in usual]) for kind in range(kinds)]


if __name__ == "__main__":
    main()
