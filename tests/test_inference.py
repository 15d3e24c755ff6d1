"""The rules of queries/rules/ on small graphs: what follows, from what, and nothing more."""

from __future__ import annotations

import pytest

from kg.inference import infer, rules
from kg.rdf import IRI, Quad, kg, term
from kg.store import Store

BASE = "https://w3id.org/article-kg/id/"
DOCUMENT = IRI(f"{BASE}doc/d1")


def node(name: str) -> IRI:
    return IRI(f"{BASE}{name}")


def said(
    n: int, subject: str, predicate: str, obj: str, status: str = "asserted", validity: str = "current"
) -> list[Quad]:
    """A claim, and its plain triple where it may stand."""
    claim, triple = node(f"claim/{n}"), (node(subject), kg(predicate), node(obj))
    quads = [Quad(claim, term("rdf:type"), kg("Claim"), DOCUMENT)]
    quads += [
        Quad(claim, term(f"rdf:{part}"), value, DOCUMENT)
        for part, value in zip(("subject", "predicate", "object"), triple)
    ]
    quads += [
        Quad(claim, kg(key), kg(value), DOCUMENT)
        for key, value in (
            ("status", status),
            ("polarity", "positive"),
            ("validity", validity),
            ("origin", "extracted"),
        )
    ]
    return quads + ([Quad(*triple, DOCUMENT)] if (status, validity) == ("asserted", "current") else [])


def inferred(*claims: list[Quad]) -> set[tuple[str, str, str]]:
    store = Store.memory()
    store.load(quad for claim in claims for quad in claim)
    infer(store)
    asked = store.query(
        "SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } FILTER (STRENDS(STR(?g), '/graph/inferred')) "
        "FILTER (STRSTARTS(STR(?p), STR(kg:)) && ?p NOT IN (kg:status, kg:polarity, kg:validity, kg:origin)) }"
    )
    return {tuple(term_.value.removeprefix(BASE).split("#")[-1] for term_ in row) for row in asked}  # type: ignore[misc]


def test_containment_is_transitive_to_the_end() -> None:
    told = inferred(
        said(1, "place/cell", "locatedIn", "place/jail"),
        said(2, "place/jail", "locatedIn", "place/arica"),
        said(3, "place/arica", "locatedIn", "place/chile"),
    )
    assert told == {
        ("place/cell", "locatedIn", "place/arica"),
        ("place/cell", "locatedIn", "place/chile"),
        ("place/jail", "locatedIn", "place/chile"),
    }


@pytest.mark.parametrize("predicate", ["basedIn", "residesIn", "bornIn"])
def test_where_somebody_is_follows_the_place(predicate: str) -> None:
    told = inferred(said(1, "org/firm", predicate, "place/oslo"), said(2, "place/oslo", "locatedIn", "place/norway"))
    assert told == {("org/firm", predicate, "place/norway")}


def test_both_ways() -> None:
    assert ("person/b", "spouseOf", "person/a") in inferred(said(1, "person/a", "spouseOf", "person/b"))


def test_the_broader_property() -> None:
    told = inferred(said(1, "person/a", "headOf", "org/firm"))
    assert told == {("person/a", "memberOf", "org/firm"), ("person/a", "affiliatedWith", "org/firm")}


def test_an_office_of_a_country_makes_an_official() -> None:
    country = [Quad(node("place/peru"), term("rdf:type"), kg("Country"), DOCUMENT)]
    told = inferred(
        said(1, "person/a", "holdsOffice", "office/x"), said(2, "office/x", "officeOf", "place/peru"), country
    )
    assert ("person/a", "officialOf", "place/peru") in told


@pytest.mark.parametrize(
    ("status", "validity"),
    [
        ("alleged", "current"),
        ("reported", "current"),
        ("denied", "current"),
        ("asserted", "former"),
        ("asserted", "future"),
    ],
)
def test_nothing_follows_from_what_is_not_asserted_now(status: str, validity: str) -> None:
    assert inferred(said(1, "person/a", "headOf", "org/firm", status, validity)) == set()
    assert (
        inferred(
            said(1, "place/a", "locatedIn", "place/b", status, validity), said(2, "place/b", "locatedIn", "place/c")
        )
        == set()
    )


def test_a_conclusion_names_its_premises() -> None:
    store = Store.memory()
    store.load(said(1, "place/jail", "locatedIn", "place/arica") + said(2, "place/arica", "locatedIn", "place/chile"))
    infer(store)
    asked = store.query(
        "SELECT ?premise WHERE { ?c kg:origin kg:inferred ; prov:wasDerivedFrom ?premise } ORDER BY ?premise"
    )
    assert [row[0].value for row in asked] == [f"{BASE}claim/1", f"{BASE}claim/2"]  # type: ignore[index]


def test_background_may_be_a_premise_and_is_named() -> None:
    store = Store.memory()
    store.load(
        said(1, "place/jail", "locatedIn", "place/arica")
        + [Quad(node("place/arica"), kg("locatedIn"), node("place/chile"), node("graph/background"))]
    )
    infer(store)
    asked = store.query(
        "SELECT ?premise WHERE { ?c kg:origin kg:inferred ; rdf:object ?o ; prov:wasDerivedFrom ?premise } ORDER BY "
        "?premise"
    )
    assert [row[0].value for row in asked] == [f"{BASE}claim/1", f"{BASE}graph/background"]  # type: ignore[index]


def test_inferring_twice_changes_nothing() -> None:
    store = Store.memory()
    store.load(said(1, "place/a", "near", "place/b") + said(2, "place/b", "locatedIn", "place/c"))
    first, again = infer(store), infer(store)
    assert first.came > 0 and (again.came, again.went, again.moved, again.stand) == (0, 0, 0, first.stand)


def test_every_rule_tells_what_it_does() -> None:
    assert len(rules()) >= 8
    for name, text in rules():
        assert text.startswith("# ") and "kg:inferred" in text and "prov:wasDerivedFrom" in text, name
