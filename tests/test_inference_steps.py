"""Inference step by step: after any sequence of changes the graph `inferred` is what inferring anew gives, and a
small change is small work.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import kg.inference as inference
from kg.errors import InputError, QueryError
from kg.inference import infer, remove, rules
from kg.inference.forms import forms
from kg.inference.rounds import closure
from kg.rdf import IRI, Quad, kg, prefixes, special_graph, term
from kg.store import Store

BASE = "https://w3id.org/article-kg/id/"
INFERRED = special_graph("inferred")

#: Rules of a user, of many forms: a shared parent, a node that is made, other negation, no negation, EXISTS, MINUS,
#: optional premises.
OWN = {
    "brothers": "CONSTRUCT { ?a kg:siblingOf ?b . ?b kg:siblingOf ?a } WHERE { ?p kg:parentOf ?a, ?b FILTER (?a != "
    "?b) }",
    "circle": """PREFIX k: <https://w3id.org/article-kg/ontology#>
        CONSTRUCT { ?circle a k:Group ; k:label "circle" ; k:of ?place ; k:participant ?a . }
        WHERE { ?a k:residesIn ?place . ?b k:residesIn ?place . FILTER (?a != ?b) BIND (IRI(CONCAT(STR(?place), "-circle")) AS ?circle) }""",
    "homeless": """CONSTRUCT { ?a kg:affiliatedWith ?place } WHERE {
        ?a kg:memberOf ?body . ?body kg:basedIn ?place . FILTER NOT EXISTS { ?a kg:residesIn ?home . ?home kg:locatedIn ?place } }""",
    "linear": "CONSTRUCT { ?a kg:near ?c } WHERE { ?a kg:locatedIn ?b . ?b kg:near ?c . }",
    "joined": """CONSTRUCT { ?a kg:partnerOf ?b . ?claim a kg:Claim ; kg:of ?a ; prov:wasDerivedFrom ?said, ?other } WHERE {
        ?a kg:spouseOf ?b OPTIONAL { ?said rdf:subject ?a ; rdf:predicate kg:spouseOf ; rdf:object ?b . }
        OPTIONAL { ?other rdf:subject ?b ; rdf:object ?a . FILTER (BOUND(?said) && ?other != ?said) }
        MINUS { ?a kg:opponentOf ?b } FILTER EXISTS { ?a kg:residesIn ?x } BIND (IRI(CONCAT(STR(?a), "-", STRAFTER(STR(?b), "person/"))) AS ?claim) }""",
}


def node(name: str) -> IRI:
    return IRI(f"{BASE}{name}")


PLACES, PEOPLE, ORGS = [
    [f"{kind}/{n}" for n in range(count)] for kind, count in (("place", 5), ("person", 4), ("org", 2))
]
SHAPES = [
    ("locatedIn", PLACES, PLACES),
    ("locatedIn", PLACES, PLACES),
    ("partOf", PLACES, PLACES),
    ("near", PLACES, PLACES),
    ("memberOf", PEOPLE, ORGS),
    ("headOf", PEOPLE, ORGS),
    ("basedIn", ORGS, PLACES),
    ("residesIn", PEOPLE, PLACES),
    ("holdsOffice", PEOPLE, ["office/0"]),
    ("officeOf", ["office/0"], PLACES[:2]),
    ("spouseOf", PEOPLE, PEOPLE),
    ("parentOf", PEOPLE, PEOPLE),
    ("siblingOf", PEOPLE, PEOPLE),
    ("relativeOf", PEOPLE, PEOPLE),
    ("opponentOf", PEOPLE, PEOPLE),
    ("affiliatedWith", PEOPLE, ORGS),
    ("officialOf", PEOPLE, PLACES[:2]),
]
FACT = st.sampled_from(SHAPES).flatmap(
    lambda shape: st.tuples(
        st.sampled_from(shape[1]),
        st.just(shape[0]),
        st.sampled_from(shape[2]),
        st.sampled_from(("asserted",) * 4 + ("alleged",)),
        st.sampled_from(("current",) * 4 + ("former",)),
        st.integers(0, 1),
    )
)
FACTS = st.lists(FACT, min_size=1, max_size=8)
STEP = st.one_of(
    st.tuples(st.just("put"), st.integers(0, 4), FACTS),
    st.tuples(st.just("put"), st.integers(0, 4), FACTS),
    st.tuples(st.just("remove"), st.integers(0, 4), st.just([])),
    st.tuples(st.just("background"), st.just(0), FACTS),
    st.tuples(st.just("change"), st.integers(0, 4), st.integers(0, 7)),
)


def said(facts: list, graph: IRI) -> list[Quad]:
    """The claims of a document, their plain triples where they may stand, and the kinds of places; of the
    background plain triples alone.
    """
    quads = [
        Quad(node("place/0"), term("rdf:type"), kg("Country"), graph),
        Quad(node("place/1"), term("rdf:type"), kg("Region"), graph),
    ]
    for subject, predicate, obj, status, validity, voice in facts:
        triple = (node(subject), kg(predicate), node(obj))
        if (status, validity) == ("asserted", "current"):
            quads.append(Quad(*triple, graph))
        if graph != special_graph("background"):
            claim = node(f"claim/{'-'.join((subject, predicate, obj, status, validity, str(voice))).replace('/', '')}")
            quads += [
                Quad(claim, term(f"rdf:{part}"), value, graph)
                for part, value in zip(("subject", "predicate", "object"), triple)
            ]
            quads += [
                Quad(claim, kg(key), kg(value), graph)
                for key, value in (("status", status), ("polarity", "positive"), ("validity", validity))
            ]
            quads.append(Quad(claim, term("rdf:type"), kg("Claim"), graph))
    return quads


def lines(quads) -> list[str]:
    return sorted(f"{q} ." for q in quads)


def anew(store: Store, folder: Path | None) -> list[str]:
    """What inferring from nothing gives: all rules on all that is said, round by round."""
    with Store.memory() as bench:
        bench.load(store.quads(beside=("background", "links", "added")))
        return lines(Quad(t.subject, t.predicate, t.object, INFERRED) for t in closure(bench, rules(folder)))


def play(steps: list, after: list[bool], folder: Path | None) -> int:
    """Take the steps and infer after some of them; how often that was done step by step."""
    store, documents, small = Store.memory(), {}, 0
    infer(store, folder)
    for (verb, n, facts), now in zip(steps, after):
        name = node(f"doc/{n}")
        if verb == "change" and documents.get(n):  # the standing of one fact changes, all else stays
            at = facts % len(documents[n])
            old = documents[n][at]
            status, validity = (
                {"asserted": ("alleged", "current"), "alleged": ("asserted", "former")}[old[3]]
                if old[4] == "current"
                else ("asserted", "current")
            )
            documents[n] = [*documents[n][:at], (*old[:3], status, validity, old[5]), *documents[n][at + 1 :]]
            store.put(name, said(documents[n], name))
        elif verb == "put":
            documents[n] = facts
            store.put(name, said(facts, name))
        elif verb == "background":
            store.replace_graph("background", said(facts, special_graph("background")))
        else:
            documents.pop(n, None)
            store.remove(name)
        if now:
            small += compared(store, folder)
    return small + compared(store, folder)


def compared(store: Store, folder: Path | None) -> bool:
    told = infer(store, folder)
    assert lines(store.graph(INFERRED)) == anew(store, folder)
    assert {Quad(q.subject, q.predicate, q.object) for q in store.quads()} == set(store.match())
    assert (
        told.stand
        == inference._outcome((), {Quad(q.subject, q.predicate, q.object) for q in store.graph(INFERRED)}).stand
    )
    return not told.anew


@pytest.fixture(autouse=True)
def small_steps(monkeypatch):
    """A small store would be inferred anew at every change."""
    monkeypatch.setattr(inference, "SHARE", 0)


@pytest.fixture(scope="module")
def own(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("rules")
    for name, text in (*OWN.items(), *rules()):
        (folder / f"{name}.rq").write_text(text, encoding="utf-8")
    return folder


QUICK = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@QUICK
@given(st.lists(STEP, min_size=1, max_size=7), st.lists(st.booleans(), min_size=7, max_size=7))
def test_any_steps_end_where_inferring_anew_does(steps, after):
    assert play(steps, after, None) == sum(after[: len(steps)]) + 1


@QUICK
@given(st.lists(STEP, min_size=1, max_size=7), st.lists(st.booleans(), min_size=7, max_size=7))
def test_with_rules_of_many_forms_too(own, steps, after):
    assert play(steps, after, own) == sum(after[: len(steps)]) + 1


# ------------------------------------------------------------------ one thing at a time


def fact(subject: str, predicate: str, obj: str, status: str = "asserted", validity: str = "current") -> tuple:
    return (subject, predicate, obj, status, validity, 0)


def held(store: Store, *documents: list) -> Store:
    for n, facts in enumerate(documents):
        name = node(f"doc/{n}")
        store.put(name, [q for q in said(facts, name) if q.predicate != term("rdf:type")])
    return store


def concluded(store: Store) -> set[tuple[str, ...]]:
    return {
        tuple(n.value.removeprefix(BASE).split("#")[-1] for n in (q.subject, q.predicate, q.object))
        for q in store.graph(INFERRED)
        if "claim/" not in q.subject.value
    }


def premises(store: Store) -> set[str]:
    return {
        q.object.value.rpartition("/")[2] for q in store.graph(INFERRED) if q.predicate == term("prov:wasDerivedFrom")
    }


def test_a_conclusion_goes_with_its_last_premise_and_not_before():
    store = held(
        Store.memory(),
        [fact("place/0", "locatedIn", "place/1"), fact("place/1", "locatedIn", "place/4")],
        [fact("place/0", "locatedIn", "place/2"), fact("place/2", "locatedIn", "place/4")],
    )
    told = infer(store)
    assert told.anew and concluded(store) == {("place/0", "locatedIn", "place/4")} and len(premises(store)) == 4
    store.remove(node("doc/1"))
    told = infer(store)
    assert (told.came, told.went, told.moved, told.stand, told.anew) == (0, 0, 1, 1, False)
    assert premises(store) == {
        "place0-locatedIn-place1-asserted-current-0".replace("/", ""),
        "place1-locatedIn-place4-asserted-current-0",
    }
    store.remove(node("doc/0"))
    told = infer(store)
    assert (told.came, told.went, told.stand, told.anew) == (0, 1, 0, False) and not list(store.graph(INFERRED))


def test_a_circle_does_not_hold_itself_up():
    circle = [
        fact("place/1", "locatedIn", "place/2"),
        fact("place/2", "locatedIn", "place/3"),
        fact("place/3", "locatedIn", "place/1"),
    ]
    store = held(
        Store.memory(), circle, [fact("place/0", "locatedIn", "place/1")], [fact("place/3", "locatedIn", "place/4")]
    )
    infer(store)
    assert {
        ("place/0", "locatedIn", "place/2"),
        ("place/0", "locatedIn", "place/4"),
        ("place/1", "locatedIn", "place/4"),
    } < concluded(store)
    store.remove(node("doc/2"))
    assert not infer(store).anew and not any(o == "place/4" for *_, o in concluded(store))
    held(store, circle[1:])
    infer(store)
    assert concluded(store) == {("place/2", "locatedIn", "place/1")}


@pytest.mark.parametrize("now", [("alleged", "current"), ("asserted", "former")])
def test_what_no_longer_stands_carries_nothing(now):
    store = held(Store.memory(), [fact("person/0", "headOf", "org/0")])
    assert infer(store).came == 2
    held(store, [fact("person/0", "headOf", "org/0", *now)])
    assert infer(store).went == 2 and not list(store.graph(INFERRED))


def test_what_is_said_is_no_conclusion_and_becomes_one_again():
    store = held(Store.memory(), [fact("person/0", "spouseOf", "person/1")])
    infer(store)
    assert ("person/1", "spouseOf", "person/0") in concluded(store)
    held(store, [fact("person/0", "spouseOf", "person/1")], [fact("person/1", "spouseOf", "person/0")])
    assert infer(store).went == 1 and ("person/1", "spouseOf", "person/0") not in concluded(store)
    store.remove(node("doc/1"))
    assert infer(store).came == 1 and ("person/1", "spouseOf", "person/0") in concluded(store)


def test_a_change_that_is_taken_back_is_none():
    store = held(Store.memory(), [fact("person/0", "headOf", "org/0")])
    infer(store)
    held(store, [fact("person/0", "memberOf", "org/1")])
    assert store.seen()[1]
    held(store, [fact("person/0", "headOf", "org/0")], [fact("person/0", "headOf", "org/0")])  # said twice is said
    assert not store.seen()[1] and infer(store).came == 0


def test_the_work_is_that_of_the_change(monkeypatch):
    """As many triples are looked at in a store ten times as large."""
    looked, match = [0], Store.match

    def counting(self, *pattern):
        for quad in match(self, *pattern):
            looked[0] += 1
            yield quad

    monkeypatch.setattr(Store, "match", counting)
    works = []
    for size in (20, 200):
        store = Store.memory()
        for n in range(size):
            name, place = node(f"doc/{n}"), f"place/{n}x"
            store.put(
                name,
                said(
                    [
                        fact(f"person/{n}", "residesIn", place),
                        fact(place, "locatedIn", "place/4"),
                        fact(f"person/{n}", "headOf", f"org/{n}"),
                    ],
                    name,
                ),
            )
        store.put(node("doc/more"), said([fact("place/4", "near", "place/3")], node("doc/more")))
        assert infer(store).anew
        looked[0] = 0
        store.put(
            node("doc/new"),
            said(
                [fact("person/new", "residesIn", "place/3x"), fact("person/new", "spouseOf", "person/5")],
                node("doc/new"),
            ),
        )
        assert infer(store).came == 4
        works.append(looked[0])
    assert works[0] == works[1] > 0


# ------------------------------------------------------------------ when it begins anew


def test_a_store_without_notes_is_inferred_anew_once():
    store = held(Store.memory(), [fact("person/0", "headOf", "org/0")])
    assert infer(store).anew and not infer(store).anew
    store.load(said([fact("person/1", "headOf", "org/0")], node("doc/1")))  # loaded, not put: nobody counted
    assert infer(store).anew and ("person/1", "memberOf", "org/0") in concluded(store)
    store.update("DELETE WHERE {{ GRAPH ?g {{ <{}> ?p ?o }} }}".format(node("person/1").value))
    assert infer(store).anew and ("person/1", "memberOf", "org/0") not in concluded(store)
    store.replace_graph("inferred", [Quad(node("person/2"), kg("near"), node("place/0"))])  # put in by somebody else
    assert infer(store).anew and ("person/2", "near", "place/0") not in concluded(store)
    assert remove(store).went == 2 and not list(store.graph(INFERRED)) and infer(store).anew
    store.put(
        node("doc/3"),
        [
            Quad(node("person/3"), kg("near"), node("place/0"), INFERRED),
            Quad(node("x"), kg("near"), node("y"), node("doc/3")),
        ],
    )
    assert infer(store).anew and ("person/3", "near", "place/0") not in concluded(store)


def test_other_rules_begin_anew(own):
    store = held(Store.memory(), [fact("person/0", "parentOf", "person/1"), fact("person/0", "parentOf", "person/2")])
    assert infer(store).anew and infer(store, own).anew and not infer(store, own).anew and infer(store).anew


def test_much_at_once_is_inferred_anew(monkeypatch):
    monkeypatch.setattr(inference, "SHARE", 20)
    store = held(Store.memory(), [fact("person/0", "headOf", "org/0")])
    infer(store)
    held(store, [fact("person/0", "headOf", "org/0")], [fact("person/1", "headOf", "org/0")])
    assert infer(store).anew and infer(store).came == 0


def test_after_owl_it_begins_anew():
    store = held(Store.memory(), [fact("person/0", "headOf", "org/0")])
    plain = infer(store).stand
    assert infer(store, owl=True).stand > plain and infer(store).anew
    assert concluded(store) == {("person/0", "memberOf", "org/0"), ("person/0", "affiliatedWith", "org/0")}


@pytest.mark.parametrize("where", ["memory", "folder"])
def test_a_rule_of_another_form_is_run_whole_each_time(tmp_path, where):
    rule = (
        "CONSTRUCT { ?a kg:near ?b } WHERE { { ?a kg:partOf ?b } UNION { ?b kg:partOf ?a } FILTER NOT EXISTS { GRAPH "
        "?g { ?a kg:opponentOf ?b } } }"
    )
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "around.rq").write_text(rule, encoding="utf-8")
    with Store.memory() if where == "memory" else Store.open(tmp_path / "news.kg", create=True, write=True) as store:
        held(store, [fact("place/0", "partOf", "place/1")])
        for _ in range(2):
            told = infer(store, tmp_path / "rules")
            assert told.anew and told.other == ("around",)
            assert concluded(store) == {("place/0", "near", "place/1"), ("place/1", "near", "place/0")}
        held(store, [fact("place/0", "partOf", "place/2")])
        infer(store, tmp_path / "rules")
        assert concluded(store) == {("place/0", "near", "place/2"), ("place/2", "near", "place/0")}
    if where == "folder":
        assert not (tmp_path / "news.kg" / "inferring").exists()


@pytest.mark.parametrize(
    "rule",
    [
        "CONSTRUCT { ?a kg:near ?b } WHERE { ?a kg:partOf+ ?b }",
        "CONSTRUCT { ?a kg:near ?b } WHERE { GRAPH ?g { ?a kg:partOf ?b } }",
        "CONSTRUCT { ?a ?p ?b } WHERE { ?a ?p ?b }",
        "CONSTRUCT { ?a kg:near [] } WHERE { ?a kg:partOf ?b }",
        "CONSTRUCT { ?a kg:near ?b } WHERE { ?a kg:partOf ?b } LIMIT 3",
        "CONSTRUCT { ?a kg:near ?b } WHERE { { SELECT ?a ?b { ?a kg:partOf ?b } } }",
        "CONSTRUCT { ?a kg:near ?b } WHERE { ?a kg:partOf ?c OPTIONAL { ?a kg:near ?b } ?b kg:near ?c }",
        "CONSTRUCT { ?a kg:near ?b } WHERE { ?a kg:partOf ?b FILTER (EXISTS { ?b kg:near ?a } || ?a != ?b) }",
        "CONSTRUCT { ?a kg:label ?b } WHERE { ?a kg:partOf ?c BIND (NOW() AS ?b) }",
    ],
)
def test_forms_that_are_not_followed(rule):
    assert forms("rule", rule, prefixes()) == ()
    assert forms(
        "rule", "CONSTRUCT { ?a kg:near ?b } WHERE { ?a kg:partOf ?b FILTER (?a < 3 && ?b > 4) # here }\n}", prefixes()
    )


def test_a_rule_that_is_none_is_refused(tmp_path):
    (tmp_path / "r.rq").write_text("SELECT * { ?s ?p ?o }", encoding="utf-8")
    with pytest.raises(QueryError, match="rule r: is no CONSTRUCT"):
        infer(held(Store.memory(), [fact("place/0", "partOf", "place/1")]), tmp_path)
    (tmp_path / "r.rq").write_text("CONSTRUCT", encoding="utf-8")
    with pytest.raises(QueryError, match="rule r: not SPARQL"):
        infer(Store.memory(), tmp_path)
    with pytest.raises(InputError, match="holds no rules"):
        infer(Store.memory(), tmp_path / "none")


# ------------------------------------------------------------------ a crash

CUT = """
import os, signal, sys
from kg.inference import infer
from kg.store import Store
import kg.inference as inference
inference.SHARE = 0
store = Store.open(sys.argv[1], write=True)
engine, at = store._inner, sys.argv[2]
class Cut:
    def __contains__(self, quad):
        return quad in engine
    def __getattr__(self, name):
        call = getattr(engine, name)
        if name not in ("update", "extend"):
            return call
        def cut(*args, **options):
            if at == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            call(*args, **options)
            os.kill(os.getpid(), signal.SIGKILL)
        return cut
store._inner = Cut()
infer(store)
"""


@pytest.mark.parametrize("at", ["before", "after"])
def test_killed_where_it_writes_it_is_as_before_or_as_after(tmp_path, at):
    """The store is written once in a run: a process killed at that moment leaves what was, or what is to be."""
    folder = tmp_path / "news.kg"
    facts = [
        fact("place/0", "locatedIn", "place/1"),
        fact("place/1", "locatedIn", "place/2"),
        fact("person/0", "residesIn", "place/0"),
    ]
    with Store.open(folder, create=True, write=True) as store:
        infer(held(store, facts))
        before = lines(store.graph(INFERRED))
        held(store, [facts[0], facts[2]], [fact("place/1", "locatedIn", "place/3")])
        after = anew(store, None)
        assert before != after
    done = subprocess.run(
        [sys.executable, "-c", CUT, str(folder), at], cwd=Path(__file__).parent.parent, capture_output=True, text=True
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    with Store.open(folder, write=True) as store:
        assert lines(store.graph(INFERRED)) == (before if at == "before" else after)
        assert compared(store, None) and lines(store.graph(INFERRED)) == after
