"""Nothing that is alleged, planned, reported, requested, hypothetical, denied, negated or past stands as a plain
triple.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import kg as library
from kg.rdf import IRI, Quad, kg, parse_file, term

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))
_PARTS = ("rdf:subject", "rdf:predicate", "rdf:object", "kg:status", "kg:polarity", "kg:validity")


def firm_and_weak(quads: list[Quad]) -> tuple[set[tuple], set[tuple]]:
    """Triples that some claim asserts as so and current, and those that are only claimed otherwise."""
    said: dict[IRI, dict[str, object]] = {}
    for q in quads:
        for part in _PARTS:
            if q.predicate == term(part):
                said.setdefault(q.subject, {})[part] = q.object
    firm, weak = set(), set()
    for parts in said.values():
        if "rdf:subject" not in parts:
            continue
        triple = tuple(parts[p] for p in _PARTS[:3])
        standing = tuple(parts[p] for p in _PARTS[3:])
        (firm if standing == (kg("asserted"), kg("positive"), kg("current")) else weak).add(triple)
    return firm, weak - firm


def unsupported(quads: list[Quad]) -> list[str]:
    """Plain triples that no firm claim supports, though some claim has them."""
    _, weak = firm_and_weak(quads)
    return sorted(str((s, p, o)) for s, p, o in weak & {(q.subject, q.predicate, q.object) for q in quads})


@pytest.fixture(scope="module")
def graphs(annotator) -> dict[str, list[Quad]]:
    line = library.Line(sure=0)  # however unsurely it was read
    return {
        path.stem: line.quads(reading)
        for path, reading in zip(SAMPLES, line.read(library.read_document(p, date="2025-11-12") for p in SAMPLES))
    }


@pytest.mark.parametrize("name", [p.stem for p in SAMPLES])
def test_only_firm_claims_stand_plain(graphs, name: str):
    quads = graphs[name]
    firm, weak = firm_and_weak(quads)
    assert firm and weak, "the sample has both"
    assert unsupported(quads) == []
    plain = {(q.subject, q.predicate, q.object) for q in quads}
    assert not firm - plain, "what is asserted does stand"


@pytest.mark.parametrize("name", [p.stem for p in SAMPLES])
def test_an_event_that_is_not_asserted_is_no_more_than_that(graphs, name: str):
    quads = graphs[name]
    allowed = {term("rdf:type"), term("rdfs:label"), kg("status")}
    weak = {q.subject for q in quads if q.predicate == term("rdf:type") and q.object == kg("UnassertedEvent")}
    assert weak
    for q in quads:
        if q.subject in weak:
            assert q.predicate in allowed and (q.predicate != term("rdf:type") or q.object == kg("UnassertedEvent")), q


def test_the_guard_would_see_it(graphs):
    quads = graphs["prison-visit"]
    _, weak = firm_and_weak(quads)
    triple = min(weak, key=str)
    assert unsupported([*quads, Quad(*triple)]) == [str(triple)]


#: What a reader of the demo's article may not find among its plain triples: (status it has, query that must give no
#: row).
TRAPS = [
    ("alleged: membership of the gang", "?who kg:memberOf ?gang . ?gang skos:prefLabel 'Copper Boys'"),
    ("alleged: the killing", "?e a/rdfs:subClassOf* kg:Death"),
    (
        "alleged: an order to kill",
        "?e kg:agent ?who . ?who skos:prefLabel 'Felix Banda' . ?e a ?type . FILTER (?type IN (kg:Attack, "
        "kg:Request, kg:Death, kg:Operation))",
    ),
    ("reported: the arrests", "?e a kg:Arrest"),
    ("reported: the releases", "?e a kg:Release"),
    ("reported: innocent people in jail", "?e a kg:Detention"),
    ("planned: the trial", "?e a kg:Trial"),
    ("planned: the building", "?e a kg:Construction"),
    ("hypothetical: the agreement", "?e a kg:Agreement"),
    ("hypothetical: the instructors", "?e a kg:Transfer"),
    ("future: the presidency", "?who kg:headOfStateOf ?c . ?c skos:prefLabel 'Botswana'"),
    ("future: the office", "?who skos:prefLabel 'Thandi Moreri' ; kg:holdsOffice ?office"),
    ("past: the former minister", "?who skos:prefLabel 'Kagiso Dube' ; kg:holdsOffice ?office"),
    ("negated: the absent president", "?e a kg:Visit ; kg:participant ?who . ?who skos:prefLabel 'Joseph Kalindo'"),
]


@pytest.fixture(scope="module")
def sample(graphs) -> library.Store:
    store = library.Store.memory()
    store.load(graphs["prison-visit"])
    store.load(parse_file(Path(__file__).parent.parent / "ontology" / "kg.ttl"))
    return store


@pytest.mark.parametrize(("trap", "pattern"), TRAPS, ids=[t for t, _ in TRAPS])
def test_traps_of_the_sample(sample, trap: str, pattern: str):
    assert list(library.query(sample, f"SELECT * {{ {pattern} }}")) == []


@pytest.mark.parametrize(
    "pattern",
    [
        "?e a kg:Visit ; kg:agent ?who ; kg:time ?t . ?who skos:prefLabel 'Thandi Moreri'",
        "?e a kg:Meeting ; kg:participant ?who . ?who skos:prefLabel 'Joseph Kalindo'",
        "?p kg:openedOn ?year . FILTER (STR(?year) = '2022')",
    ],
)
def test_what_is_asserted_is_found(sample, pattern: str):
    assert len(library.query(sample, f"SELECT * {{ {pattern} }}")) > 0
