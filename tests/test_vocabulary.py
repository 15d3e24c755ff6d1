"""The ontology explains itself, is a tree, and gates what may be joined."""

import re

import pytest

from kg import rdf, vocabulary
from kg.errors import InputError

WORDS = vocabulary.load()


def test_every_term_has_a_label_a_comment_and_parents_that_exist():
    for term in (*WORDS.classes.values(), *WORDS.properties.values()):
        assert term.label and len(term.comment) > 8, term.name
        assert all(p in WORDS.classes or p in WORDS.properties for p in term.parents), term.name
        assert all(c in WORDS.classes or c.startswith("xsd:") or c == "Concept" for c in term.domain + term.range), (
            term.name
        )


def test_every_individual_and_term_of_the_file_is_described():
    said: dict[str, set[str]] = {}
    for q in rdf.parse_file(vocabulary.data_folder("ontology") / "kg.ttl"):
        said.setdefault(q.subject.value, set()).add(q.predicate.value)
    for subject, predicates in said.items():
        assert {rdf.term("rdfs:label").value, rdf.term("rdfs:comment").value} <= predicates, subject


@pytest.mark.parametrize(
    "name, above",
    [
        ("Prison", "Place"),
        ("Court", "Organization"),
        ("Denial", "Event"),
        ("Group", "Agent"),
        ("Law", "Artifact"),
        ("Claim", "Claim"),
    ],
)
def test_lineage(name, above):
    assert WORDS.is_a(name, above) and not WORDS.is_a(above, name) or name == above


@pytest.mark.parametrize(
    "subject, predicate, object, fits",
    [
        ("Person", "citizenOf", "Country", True),
        ("Group", "citizenOf", "Country", True),
        ("Person", "citizenOf", "Settlement", False),
        ("Prison", "locatedIn", "Settlement", True),
        ("Person", "locatedIn", "Country", False),
        ("Country", "memberOf", "IntergovernmentalOrganization", True),
        ("Person", "holdsOffice", "Office", True),
        ("Office", "officeOf", "Person", False),
        ("Company", "age", None, True),
        ("Visit", "agent", "Person", True),
        ("Person", "agent", "Visit", False),
        ("Person", "no-such", "Person", False),
    ],
)
def test_the_type_gate(subject, predicate, object, fits):
    assert WORDS.fits(subject, predicate, object) is fits


def test_roles_below_participant_and_offices_below_official():
    assert {"agent", "patient"} <= {p for p in WORDS.predicates if WORDS.is_a(p, "participant")}
    assert WORDS.is_a("headOfStateOf", "officialOf") and WORDS.is_a("ministerOf", "affiliatedWith")


def test_a_users_own_terms_join_ours(tmp_path):
    own = tmp_path / "own.ttl"
    own.write_text("""@prefix my: <http://example.org/my#> . @prefix kg: <https://w3id.org/article-kg/ontology#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        my:Vineyard a owl:Class ; rdfs:subClassOf kg:Facility ; rdfs:label "vineyard" .
        my:growsAt a owl:ObjectProperty ; rdfs:domain kg:Concept ; rdfs:range my:Vineyard .""")
    words = vocabulary.load(own)
    assert words.is_a("Vineyard", "Place") and words.fits("Concept", "growsAt", "Vineyard")
    assert not words.fits("Concept", "growsAt", "Prison")
    assert words.properties["growsAt"].iri == "http://example.org/my#growsAt"


def test_a_broken_table_is_named(tmp_path):
    (tmp_path / "bad.toml").write_text("name = ")
    with pytest.raises(InputError, match=re.escape(str(tmp_path / "bad.toml"))):
        vocabulary.tables(tmp_path)
