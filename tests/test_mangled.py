"""Mangled articles: words dropped, doubled, swapped, shouted, odd signs between them. Whatever stands in a text,
the line holds its promises.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

import kg as library
from kg.rdf import IRI, PREFIXES
from tests.test_trust import unsupported

SAMPLES = [
    path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))
]
ODD = (
    "🙂 \u202e \u0301 '' “ ” ( ) — - $ % 1,2,3 https://x.example/y?a=b @who #tag ABC ﬁ İ ß 's ’s … ... 0 −5 ½ 1/2 "
    "10-year-old A. U.S. <b> { \\ "
    "\u200d \ufeff"
).split() + ["\n", "\n\n", "\t", "\u00a0", "\u2028", "\r\n", " "]
KG = PREFIXES["kg"]


def mangled(seed: int) -> str:
    draw = random.Random(seed)
    words = draw.choice(SAMPLES).split(" ")
    for _ in range(draw.randint(3, 60)):
        at = draw.randrange(len(words))
        match draw.randrange(6):
            case 0:
                words[at] = draw.choice(ODD)
            case 1:
                words.insert(at, draw.choice(ODD))
            case 2:
                words[at] = words[at].upper()
            case 3:
                words.insert(at, draw.choice(words))
            case 4:
                other = draw.randrange(len(words))
                words[at], words[other] = words[other], words[at]
            case 5 if len(words) > 1:
                words.pop(at)
    return "x " + " ".join(words)[: draw.choice([60, 400, 3000])]


@pytest.mark.parametrize("seed", range(40))
def test_promises_hold(annotator, seed: int):
    text, line = mangled(seed), library.Line()
    (reading,) = line.read([library.document(text, date="2025-11-12" if seed % 2 else None)])
    quads = line.quads(reading)
    assert unsupported(quads) == []
    quoted: dict[IRI, dict[str, str]] = {}
    for quad in quads:
        assert isinstance(quad.subject, IRI) and "BlankNode" not in type(quad.object).__name__
        if quad.predicate.value in (KG + "start", KG + "end", KG + "quote"):
            quoted.setdefault(quad.subject, {})[quad.predicate.value.removeprefix(KG)] = quad.object.value
    for said in quoted.values():
        assert text[int(said["start"]) : int(said["end"])] == said["quote"]
    record = json.loads(json.dumps(line.annotate(reading)))
    assert record["text"] == text
    known = {node["id"] for part in ("entities", "events") for node in record[part]}
    for claim in record["claims"]:
        assert claim["subject"] in known and (not isinstance(claim["object"], str) or claim["object"] in known)
        assert claim["claimedBy"] is None or claim["claimedBy"] in known


def test_all_of_them_make_one_good_graph(annotator):
    line = library.Line()
    readings = line.read(library.document(mangled(seed), id=f"mangled-{seed}") for seed in range(12))
    with library.Store.memory() as store:
        store.load(q for reading in readings for q in line.quads(reading))
        assert [str(violation) for violation in library.check(store)] == []
