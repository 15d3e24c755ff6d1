"""Files hold what was put in, in one order, with our prefixes, and come back the same."""

import random
from io import BytesIO

import pytest

from kg import rdf
from kg.errors import GraphError
from kg.rdf import BASE, FORMATS, IRI, Literal, Quad, kg, term

DOC = IRI(BASE + "doc/ab")
HOSTILE = 'a "b" \\ </script> .\n\n\t@prefix x: <y> .\n\u202eé𝕏'
QUADS = [
    Quad(IRI(f"{BASE}{kind}/x-{n}"), p, o, DOC)
    for kind in ("person", "event", "ev", "claim")
    for n in (2, 10, 1)
    for p, o in (
        (term("rdf:type"), kg("Event")),
        (term("rdfs:label"), Literal(HOSTILE)),
        (kg("value"), rdf.literal("7", "xsd:integer")),
        (kg("agent"), IRI(BASE + "person/x-1")),
    )
]


def written(quads, ending):
    out = BytesIO()
    rdf.serialize(quads, FORMATS[ending], out)
    return out.getvalue()


@pytest.mark.parametrize("ending", FORMATS)
def test_round_trip_and_order(ending, tmp_path):
    data = written(QUADS, ending)
    file = tmp_path / f"x{ending}"
    file.write_bytes(data)
    back = set(rdf.parse_file(file))
    assert back == (set(QUADS) if FORMATS[ending].supports_datasets else set(rdf.graph(QUADS)))
    shuffled = random.Random(3).sample(QUADS, len(QUADS)) + QUADS
    assert written(shuffled, ending) == data


def test_turtle_reads_well():
    text = written(QUADS, ".ttl").decode()
    blocks = [b for b in text.split("\n\n") if b.strip() and not b.startswith("@prefix")]
    heads = [b.split()[0] for b in blocks]
    assert heads == [f"{k}:x-{n}" for k in ("person", "event", "claim", "ev") for n in (1, 2, 10)]
    assert all(b.split()[1] == "a" for b in blocks)
    header = [line.split()[1] for line in text.splitlines() if line.startswith("@prefix")]
    assert header == sorted(header) and "xsd:" not in header


def test_local_names_never_need_escapes():
    assert b"\\/" not in written(QUADS, ".ttl")


def test_claims_stand_beside_their_subject():
    def claim(n, subject):
        return [
            Quad(IRI(f"{BASE}claim/{n}"), term("rdf:type"), kg("Claim"), DOC),
            Quad(IRI(f"{BASE}claim/{n}"), term("rdf:subject"), IRI(f"{BASE}event/{subject}"), DOC),
        ]

    text = written([*claim("a", "k-9"), *claim("b", "k-1"), *claim("c", "k-9")], ".ttl").decode()
    assert text.index("claim:b") < text.index("claim:a") < text.index("claim:c")


def test_broken_files_and_unknown_endings_are_one_line(tmp_path):
    bad = tmp_path / "bad.ttl"
    bad.write_text("<a> <b> .")
    for path in (bad, tmp_path / "none.ttl", tmp_path / "x.docx"):
        with pytest.raises(GraphError) as caught:
            list(rdf.parse_file(path))
        assert str(path) in str(caught.value) and "\n" not in str(caught.value)


def test_rdflib_and_back():
    data = rdf.to_rdflib(QUADS)
    assert len(data) == len(QUADS)
    assert set(rdf.from_rdflib(data)) == set(QUADS)
