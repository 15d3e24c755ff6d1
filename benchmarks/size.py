"""What an article takes in a store, and what adding one costs as the store grows: `python benchmarks/size.py STORE`.

The articles of STORE are put into new stores, one that keeps their graphs in full and one that keeps them lean, each
also packed. Then articles of their own (other names of their own things, other vowels, so that they are no copies) are
put into each in the same way until it has more, and adding is timed at each size. Figures go into `size.json`.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kg import profile, rdf  # noqa: E402
from kg.store import Store, pack  # noqa: E402

#: Kinds of nodes that an article made of another has of its own.
OWN = re.compile(rb"(/id/(?:doc|person|group|org|office|artifact|program|concept|thing|event|claim|fact|ev)/)")
#: The words of an article, quoted or whole.
WORDS = re.compile(rb'(?<=#quote> )".*"|(?<=/articleBody> )".*"')
VOWELS = list(itertools.permutations(b"aeiou"))
#: At each size so many more are put in to be timed.
TIMED = 9

Article = tuple[rdf.IRI, list[rdf.Quad]]


def made(number: int, article: Article) -> Article:
    """An article of its own from another."""
    name, quads = article
    round = number + 1
    other = bytes.maketrans(b"aeiou", bytes(VOWELS[round * 7 % len(VOWELS)]))
    lines = WORDS.sub(lambda words: words[0].translate(other), rdf._bytes(quads, rdf.RdfFormat.N_QUADS))
    lines = OWN.sub(rb"\g<1>%dx" % round, lines)
    own = rdf.IRI(name.value.replace("/doc/", f"/doc/{round}x"))
    return own, list(rdf.parse(lines, rdf.RdfFormat.N_QUADS))


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def measured(held: list[Article], kept: profile.Profile, sizes: list[int], place: Path) -> dict[str, float]:
    """Bytes of a store an article, and processor milliseconds of adding one at each size."""
    folder = place / f"{kept}.kg"
    found: dict[str, float] = {}
    with Store.open(folder, create=True, write=True, profile=kept) as store:
        for article in held:
            store.put(*article)
    found["bytes_as_added"] = size(folder) / len(held)
    pack(folder, least=0)
    found["bytes_packed"] = size(folder) / len(held)
    count = len(held)
    for wanted in sizes:
        with Store.open(folder, write=True) as store:
            taken = []
            while count < wanted + TIMED:
                one = made(count // len(held), held[count % len(held)])
                began = time.process_time()
                store.put(*one)
                if count >= wanted:
                    taken.append((time.process_time() - began) * 1000)
                count += 1
        found[f"add_ms_at_{wanted}"] = statistics.median(taken)
        found[f"memory_mb_at_{wanted}"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    return {name: round(value, 1) for name, value in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--articles", type=int, default=100, help="take so many of the store's")
    parser.add_argument("--sizes", default="200,400", help="time adding in stores of so many")
    given = parser.parse_args()
    with Store.of(given.store) as store:
        names = [one.iri for one in itertools.islice(store.documents(), given.articles)]
        held: list[Article] = [(name, list(store.graph(name))) for name in names]
    quads = [quad for _, some in held for quad in some]
    figures: dict[str, object] = {"articles": len(held)}
    with tempfile.TemporaryDirectory() as place:
        for kept in profile.PROFILES:
            told = profile.in_profile(quads, kept) if kept == "full" else profile.lean(quads)
            figures[kept] = {
                "quads": round(len(told) / len(held), 1),
                "n_quads_bytes": round(len(rdf._bytes(told, rdf.RdfFormat.N_QUADS)) / len(held), 1),
                **measured(held, kept, [int(n) for n in given.sizes.split(",")], Path(place)),
            }
            print(kept, figures[kept], flush=True)
    Path(__file__).with_suffix(".json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
