"""Trains the weights by which a pronoun finds what it stands for and writes `ontology/names/antecedents.json`.

    python benchmarks/train_antecedents.py GUM.jsonl

GUM.jsonl: documents with "text" and "entities" ({"mentions": [[start, end], …]}) of the GUM corpus (Zeldes 2017;
annotation CC BY 4.0, texts CC BY and CC BY-SA 3.0). Logistic regression over pairs of a pronoun or description and an
earlier thing, fitted with L-BFGS; the resolver itself proposes the pairs, and while training every pronoun goes where
the gold has it. Needs scipy; the shipped file is plain numbers and needs nothing.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg import annotator, names, resolver
from kg.model import Document, Parse
from kg.resolver.candidates import Candidate, Chain
from kg.resolver.coreference.linking import Linker, Options
from kg.vocabulary import data_folder

RIDGE, SEEN, LEAST = 3.0, 4, 0.03
CUT = re.compile(r"(?<=\w)(?:[\s,]+(?:of|in|at|from|for|on|to|with|by|who|which|that|where|when)\b|\s*[,;(–—])")


class Gold:
    """Which thing of the gold a candidate is: by its span, else by its head word."""

    def __init__(self, text: str, entities: list[dict], parse: Parse) -> None:
        self.text, self.parse = text, parse
        self.spans: dict[tuple[int, int], int] = {}
        self.heads: dict[int, int] = {}
        for number, entity in enumerate(entities):
            for start, end, *_ in entity["mentions"]:
                self.spans[self._core(start, end)] = number
                self.heads.setdefault(self._head(start, end), number)

    def of(self, candidate: Candidate) -> int | None:
        number = self.spans.get(self._core(candidate.start, candidate.end))
        return number if number is not None else self.heads.get(self.parse.tokens[candidate.head].start)

    def _core(self, start: int, end: int) -> tuple[int, int]:
        if found := re.match(r"(?:the|an?)\s+(?=\S)", self.text[start:end], re.I):
            start += found.end()
        if found := re.search(r"['’]s?$", self.text[start:end]):
            end -= len(found.group())
        return start, end

    def _head(self, start: int, end: int) -> int:
        """Start of the last word before a preposition or comma."""
        start, end = self._core(start, end)
        words = self.text[start:end]
        if cut := CUT.search(words):
            words = words[: cut.start()]
        return start + max(0, words.rstrip().rfind(" ") + 1)


def examples(path: Path) -> tuple[list[list[str]], list[bool]]:
    gazetteer, pipeline = names.load(), annotator.load()
    rows: list[list[str]] = []
    right: list[bool] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        parse = next(pipeline.parse([Document(entry["text"])]))
        gold = Gold(entry["text"], entry["entities"], parse)

        def chosen(_: Linker, candidate: Candidate, options: Options, __: int) -> Chain | None:
            wanted, home = gold.of(candidate), None
            for chain, last, found in options:
                votes = Counter(n for c in chain.candidates if (n := gold.of(c)) is not None)
                fits = wanted is not None and bool(votes) and wanted in (gold.of(last), votes.most_common(1)[0][0])
                rows.append(found)
                right.append(fits)
                home = home or (chain if fits else None)
            return home

        Linker._chosen = chosen
        resolver.resolve(parse, gazetteer)
    return rows, right


def main() -> None:
    rows, right = examples(Path(sys.argv[1]))
    counts = Counter(f for row in rows for f in row)
    known = sorted(f for f, n in counts.items() if n >= SEEN)
    place = {f: i for i, f in enumerate(known)}
    pairs = [(i, place[f]) for i, row in enumerate(rows) for f in row if f in place] + [
        (i, len(known)) for i in range(len(rows))
    ]
    matrix = csr_matrix((np.ones(len(pairs)), tuple(zip(*pairs))), shape=(len(rows), len(known) + 1))
    truth = np.array(right, float)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        shares = 1 / (1 + np.exp(-(matrix @ weights)))
        slope = matrix.T @ (shares - truth)
        slope[:-1] += RIDGE * weights[:-1]
        cost = -(truth * np.log(shares + 1e-12) + (1 - truth) * np.log(1 - shares + 1e-12)).sum()
        return float(cost + RIDGE / 2 * (weights[:-1] ** 2).sum()), slope

    weights = minimize(loss, np.zeros(len(known) + 1), jac=True, method="L-BFGS-B").x
    kept = {"": round(100 * float(weights[-1]))} | {
        f: round(100 * float(w)) for f, w in zip(known, weights) if abs(w) >= LEAST
    }
    lines = ",\n".join(f"{json.dumps(f)}: {w}" for f, w in sorted(kept.items()))
    about = (
        "weights in hundredths; trained by benchmarks/train_antecedents.py on the GUM corpus (Zeldes 2017, "
        "annotation CC BY 4.0; "
        "texts CC BY, CC BY-SA 3.0)"
    )
    (data_folder("ontology") / "names" / "antecedents.json").write_text(
        f'{{"about": {json.dumps(about)}, "weights": {{\n{lines}\n}}}}\n', encoding="utf-8", newline="\n"
    )
    print(f"{len(rows)} pairs, {sum(right)} right, {len(kept)} features kept", file=sys.stderr)


if __name__ == "__main__":
    main()
