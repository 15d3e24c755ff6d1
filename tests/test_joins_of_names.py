"""Names of several articles that may be one: how they are written, what they have in common, and what it costs."""

import hashlib
import math

import pytest

from kg.joins import names
from kg.joins.former import renamings
from kg.joins.names import Known, Name, likely


def name(label, *others, kind="person", documents=(), local=False):
    documents = frozenset(documents or (f"d {label}",))
    iri = f"https://x/{kind}/{label}" + "".join(sorted(documents)) * local
    return Name(iri, kind, label, others, documents, local)


def reasons(*given, known=None):
    return [p.why.partition(";")[0].partition(" (score")[0] for p in likely(given, known)]


ONE = [
    ("an initial for a given name", "R. Okafor", "Ruth Okafor"),
    ("an initial for a given name", "R. T. Okafor", "Ruth Tessa Okafor"),
    ("an initial for a given name", "R. Okafor", "Ruth Tessa Okafor"),
    ("a form of the given name, or a name between", "Bill Sandberg", "William Sandberg"),
    ("a form of the given name, or a name between", "Ruth Okafor", "Ruth T. Okafor"),
    ("a form of the given name, or a name between", "Peggy Lund", "Margaret Ann Lund"),
    ("their names are spelt nearly alike", "Abdel-Fatah el Masri", "Abd al-Fattah al-Masri"),
    ("their names are spelt nearly alike", "Yusef Khoury", "Youssef Khouri"),
    ("their names differ by a letter", "Matilda Ekstrand", "Matilda Ekstrond"),
    ("a name with a further one behind", "Pilar Montero", "Pilar Montero Aguirre"),
]
BODIES = [
    ("the letters of the other name", "HTU", "Harbour Transit Union"),
    ("the letters of the other name", "I.O.L.", "Institute of Letters"),
    ("their names differ by what a short form leaves out", "Calder", "Calder Holdings Ltd."),
    ("a part of the other name", "Transit Union", "Harbour Transit Union"),
    ("their names are spelt nearly alike", "Harbor-Transit Union", "Harbour Transit Unyon"),
    ("two names of one well-known body", "European Commission", "EU Commission"),
]
TWO = [
    ("person", "R. Okafor", "Sarah Okafor"),
    ("person", "R. S. Okafor", "Ruth Tessa Okafor"),
    ("person", "Bill Sandberg", "Walter Sandberg"),
    ("person", "Ruth T. Okafor", "Ruth S. Okafor"),
    ("person", "Maria Ekstrand", "Mario Ekstrand"),
    ("person", "Pilar Montero", "Pilar Aguirre"),
    ("org", "HTU", "Harbour Transport Office"),
    ("org", "Eastern Transit Union", "Western Transit Union"),
    ("org", "Dunmore", "University of Dunmore"),
    ("org", "Eleventh Brigade 201", "Eleventh Brigade 202"),
    ("org", "New Harbour Union", "Harbour Union"),
]


@pytest.mark.parametrize(("why", "a", "b"), ONE, ids=lambda x: x.replace(" ", "_"))
def test_people_who_may_be_one(why, a, b):
    company = {f"d {n}": frozenset((f"https://x/person/{n}", "https://x/org/harbour")) for n in (a, b)}
    company["d of others"] = frozenset(("https://x/org/other",))
    (pair,) = likely((name(a), name(b)), Known(company, labels={"https://x/org/harbour": "Harbour"}))
    assert (
        pair.why.startswith(why)
        and "both with Harbour" in pair.why
        and pair.why.endswith(f"({pair.score:.2f})".replace("(", "(score "))
    )


@pytest.mark.parametrize(("why", "a", "b"), BODIES, ids=lambda x: x.replace(" ", "_"))
def test_bodies_that_may_be_one(why, a, b):
    company = {f"d {n}": frozenset((f"https://x/org/{n}", "https://x/person/p")) for n in (a, b)}
    company |= {f"d {n}": frozenset() for n in range(3)}
    assert reasons(name(a, kind="org"), name(b, kind="org"), known=Known(company)) == [why]


@pytest.mark.parametrize(("kind", "a", "b"), TWO)
def test_those_who_are_two(kind, a, b):
    assert reasons(name(a, kind=kind), name(b, kind=kind)) == []


def test_two_kinds_are_never_one():
    assert reasons(name("Lena Harbour"), name("Lena Harbour", kind="org")) == []


def test_a_surname_that_several_bear_waits_for_what_they_have_in_common():
    bearers = [name(f"{given} Okafor") for given in ("Ruth", "Sarah", "Tessa")]
    alone = name("Okafor", local=True)
    assert reasons(alone, *bearers) == []
    company = {d: frozenset((n.iri,)) for n in bearers for d in n.documents} | {"d Okafor": frozenset()}
    company = {
        d: iris | {"https://x/org/mine"} if d in ("d Okafor", "d Sarah Okafor") else iris for d, iris in company.items()
    }
    said = {n.iri: {("ministerOf", "https://x/place/land"): "Land"} for n in (alone, bearers[1])}
    (pair,) = likely((alone, *bearers), Known(company, lambda iri: said.get(iri, {})))
    assert {pair.one.label, pair.other.label} == {"Okafor", "Sarah Okafor"}
    assert "of both is said ministerOf Land" in pair.why


def test_what_only_one_can_be_speaks_against_them():
    two = name("Bill Sandberg"), name("William Sandberg")
    assert likely(two)
    said = {n.iri: {("citizenOf", f"https://x/place/{land}"): land} for n, land in zip(two, ("Norland", "Sudland"))}
    assert likely(two, Known(said=lambda iri: said[iri])) == []
    assert names.unlike(*said.values()) == "citizenOf Norland of one and Sudland of the other"


TOLD = [
    ("The Harrow Institute, formerly known as the Benton School, opened.", "Harrow Institute", "Benton School"),
    ("Northgate Bank changed its name to Alder Bank in 2019.", "Northgate Bank", "Alder Bank"),
    ("Mara Quist (née Lindqvist) sang.", "Mara Quist", "Lindqvist"),
    ("Chirper was renamed “Zed” in 2022.", "Chirper", "Zed"),
    ("Adil Karimov, better known as Blaze, sang.", "Adil Karimov", "Blaze"),
]


@pytest.mark.parametrize(("text", "a", "b"), TOLD)
def test_an_article_that_gives_one_two_names(text, a, b):
    spans = [(text.index(n), text.index(n) + len(n), n) for n in (a, b)]
    ((one, other, start, end),) = renamings(text, spans)
    assert (one, other) == (a, b) and text[start:end].startswith(a) and text[start:end].endswith(b)


@pytest.mark.parametrize(
    ("text", "a", "b"),
    [
        ("The Harrow Institute, formerly a part of the Benton School, opened.", "Harrow Institute", "Benton School"),
        ("Northgate Bank formerly lent to many. Alder Bank did not.", "Northgate Bank", "Alder Bank"),
        ("Mara Quist was born in Lindby.", "Mara Quist", "Lindby"),
    ],
)
def test_an_article_that_gives_two_a_name_each(text, a, b):
    assert list(renamings(text, [(text.index(n), text.index(n) + len(n), n) for n in (a, b)])) == []


def word(n):
    return "".join(
        "bdfgklmnprstvz"[c % 14] + "aeiou"[c % 5] for c in hashlib.sha256(str(n).encode()).digest()[:4]
    ).title()


def crowd(size, surname):
    """So many names, four of each person, in four articles; and in whose company each of these is."""
    made, company = [], {}
    for n in range(size):
        given, between, family = word(3 * (n // 4)), word(3 * (n // 4) + 1), surname or word(3 * (n // 4) + 2)
        called = (f"{given} {family}", f"{given[0]}. {family}", f"{given} {between} {family}", family)[n % 4]
        made.append(name(called, documents=(f"d{n}",), local=called == family))
        company[f"d{n}"] = frozenset((made[-1].iri, f"https://x/place/{n // 8}", "https://x/place/everywhere"))
    return made, Known(company)


@pytest.mark.parametrize("surname", ["", "Okafor"], ids=["many surnames", "one surname for all"])
def test_the_cost_follows_the_number_of_names(monkeypatch, surname):
    counted = []
    compared = names._compared
    monkeypatch.setattr(names, "_compared", lambda *given: counted.append(1) or compared(*given))
    numbers = []
    for size in (800, 1600, 3200):
        counted.clear()
        assert len(likely(*crowd(size, surname))) > size / 8
        numbers.append(len(counted))
    for n in (1, 2):
        assert math.log2(numbers[n] / numbers[n - 1]) <= 1.15, numbers


def test_those_whom_nothing_tells_apart_are_left(monkeypatch):
    """A key of all and company of all: no pair is looked at, where there are a million of them."""
    counted = []
    monkeypatch.setattr(names, "_compared", lambda *given: counted.append(given))
    people = [name(f"{'JMA'[n % 3]}. Okafor", documents=(f"d{n}",)) for n in range(1000)]
    people = [Name(f"{p.iri}{n}", "person", p.label, (), p.documents) for n, p in enumerate(people)]
    people += [name(f"{word(n)} Okafor", documents=(f"e{n}",)) for n in range(1000)]
    likely(people, Known({d: frozenset((p.iri, "https://x/place/everywhere")) for p in people for d in p.documents}))
    assert len(counted) < 20 * len(people)
