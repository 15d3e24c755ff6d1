"""Trains the classifier of the kinds of names and writes `ontology/names/kinds.json`.

    python benchmarks/train_kinds.py GUM.jsonl REDOCRED.jsonl

GUM.jsonl, REDOCRED.jsonl: documents with "text" and "entities" ({"type", "mentions": [[start, end], …]}) of the GUM
corpus (Zeldes 2017; annotation CC BY 4.0, texts CC BY and CC BY-SA 3.0) and of Re-DocRED (Tan et al. 2022; MIT). A
softmax regression on yes/no features, fitted with L-BFGS; weights below 0.25 are left out, the others kept in
hundredths. Needs scipy; the shipped file is plain numbers and needs nothing.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg import annotator, names
from kg.model import Document, Parse
from kg.resolver.candidates import Chain
from kg.resolver.naming.clustering import cluster
from kg.resolver.naming.features import features
from kg.resolver.naming.finding import find_names
from kg.vocabulary import data_folder

CLASSES = ["Person", "Organization", "Place", "Other"]
KINDS = {
    "PER": 0,
    "ORG": 1,
    "LOC": 2,
    "MISC": 3,
    "person": 0,
    "organization": 1,
    "place": 2,
    "event": 3,
    "object": 3,
    "abstract": 3,
    "substance": 3,
    "animal": 3,
    "plant": 3,
}
RIDGE, LEAST, SEEN = 4.0, 0.25, 3
#: Sentences of a chain that stand for themselves, too.
PARTS = 4


def examples(path: Path) -> tuple[list[list[str]], list[int]]:
    """Features and class of every chain of names that the gold knows."""
    gazetteer, pipeline = names.load(), annotator.load()
    rows: list[list[str]] = []
    kinds: list[int] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        parse = next(pipeline.parse([Document(gold["text"])]))
        spans = {
            _core(gold["text"], *m[:2]): KINDS[e["type"]]
            for e in reversed(gold["entities"])
            if e["type"] in KINDS
            for m in e["mentions"]
        }
        found, titles = find_names(parse, gazetteer)
        titled = {name.head for _, name in titles}
        for chain in cluster(parse, found, gazetteer):
            votes = Counter(
                spans[span] for c in chain.candidates if (span := _core(gold["text"], c.start, c.end)) in spans
            )
            if votes:
                for part in (chain, *_alone(parse, chain)):
                    rows.append(features(parse, part, gazetteer, titled))
                    kinds.append(votes.most_common(1)[0][0])
    return rows, kinds


def _alone(parse: Parse, chain: Chain) -> Iterator[Chain]:
    """The mentions of each sentence as if it were all there is: what a short text shows of a name."""
    by_sentence: dict[int, Chain] = {}
    for candidate in chain.candidates:
        by_sentence.setdefault(parse.tokens[candidate.head].sentence, Chain()).candidates.append(candidate)
    if len(by_sentence) > 1:
        yield from islice(by_sentence.values(), PARTS)


def _core(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without article and possessive mark."""
    for article in ("the ", "The ", "a ", "an "):
        if text.startswith(article, start, end):
            start += len(article)
    for mark in ("'s", "’s"):
        if text[start:end].endswith(mark):
            end -= len(mark)
    return start, end


def fit(rows: list[list[str]], kinds: list[int]) -> tuple[list[str], np.ndarray]:
    """The features kept and their weights; the last row of the weights is the bias."""
    counts = Counter(f for row in rows for f in row)
    known = sorted(f for f, n in counts.items() if n >= SEEN)
    place = {f: i for i, f in enumerate(known)}
    pairs = [(i, place[f]) for i, row in enumerate(rows) for f in row if f in place] + [
        (i, len(known)) for i in range(len(rows))
    ]
    matrix = csr_matrix((np.ones(len(pairs)), tuple(zip(*pairs))), shape=(len(rows), len(known) + 1))
    truth = np.eye(len(CLASSES))[kinds]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(-1, len(CLASSES))
        scores = matrix @ weights
        scores -= scores.max(1, keepdims=True)
        shares = np.exp(scores)
        shares /= shares.sum(1, keepdims=True)
        slope = matrix.T @ (shares - truth)
        slope[:-1] += RIDGE * weights[:-1]
        return float(-np.log(shares[truth == 1] + 1e-12).sum() + RIDGE / 2 * (weights[:-1] ** 2).sum()), np.asarray(
            slope
        ).ravel()

    found = minimize(
        loss, np.zeros((len(known) + 1) * len(CLASSES)), jac=True, method="L-BFGS-B", options={"maxiter": 200}
    )
    return known, found.x.reshape(-1, len(CLASSES))


def main() -> None:
    rows: list[list[str]] = []
    kinds: list[int] = []
    for path in sys.argv[1:]:
        more, their = examples(Path(path))
        rows += more
        kinds += their
    known, weights = fit(rows, kinds)
    kept = {f: [round(100 * float(w)) for w in row] for f, row in zip(known, weights) if np.abs(row).max() >= LEAST}
    content = {
        "about": "weights in hundredths; trained by benchmarks/train_kinds.py on the GUM corpus (Zeldes 2017, "
        "annotation CC BY 4.0; texts CC BY, "
        "CC BY-SA 3.0) and Re-DocRED (MIT)",
        "classes": CLASSES,
        "bias": [round(100 * float(w)) for w in weights[-1]],
    }
    lines = ",\n".join(f"{json.dumps(f, ensure_ascii=False)}: {json.dumps(w)}" for f, w in sorted(kept.items()))
    head = json.dumps(content, ensure_ascii=False)[:-1]
    (data_folder("ontology") / "names" / "kinds.json").write_text(
        f'{head}, "weights": {{\n{lines}\n}}}}\n', encoding="utf-8", newline="\n"
    )
    print(f"{len(rows)} names, {len(kept)} features kept of {len(known)}", file=sys.stderr)


if __name__ == "__main__":
    main()
