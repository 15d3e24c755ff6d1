"""A healthy graph has no violation; every shape and every check catches a graph broken in just that way, in a plain
sentence.
"""

from __future__ import annotations

import re
import time

import pytest

from kg import checker
from kg.errors import GraphError
from kg.rdf import IRI, Literal, Quad, from_rdflib, graph, parse_file, term, to_rdflib_graph
from kg.store import Store
from kg.vocabulary import data_folder
from tests.helpers import newsroom

CLAIM = "?c a kg:Claim ; rdf:predicate kg:near"
EVENT = "?e a kg:Meeting"
HYPO = "?e a kg:UnassertedEvent ; rdfs:label 'attacking'"

#: Rule → an update that breaks the graph in that way.
BROKEN = {
    # shapes
    "claim-subject": f"DELETE {{ ?c rdf:subject ?x }} WHERE {{ {CLAIM} ; rdf:subject ?x }}",
    "claim-predicate": "INSERT { ?c rdf:predicate kg:locatedIn } WHERE { " + CLAIM + " }",
    "claim-object": f"DELETE {{ ?c rdf:object ?x }} WHERE {{ {CLAIM} ; rdf:object ?x }}",
    "claim-status": f"DELETE {{ ?c kg:status ?x }} WHERE {{ {CLAIM} ; kg:status ?x }}",
    "claim-polarity": f"INSERT {{ ?c kg:polarity kg:negative }} WHERE {{ {CLAIM} }}",
    "claim-validity": f"DELETE {{ ?c kg:validity ?x }} INSERT {{ ?c kg:validity kg:asserted }} WHERE {{ {CLAIM} ; "
    f"kg:validity ?x }}",
    "claim-origin": f"DELETE {{ ?c kg:origin ?x }} WHERE {{ {CLAIM} ; kg:origin ?x }}",
    "claim-fact": f"DELETE {{ ?c kg:fact ?x }} WHERE {{ {CLAIM} ; kg:fact ?x }}",
    "claim-source": "INSERT { ?c kg:claimedBy <https://e.org/a>, <https://e.org/b> } WHERE { ?c a kg:Claim ; "
    "kg:status kg:alleged ; rdf:predicate kg:memberOf }",
    "claim-via": "INSERT { ?c kg:via <https://e.org/a>, <https://e.org/b> } WHERE { ?c a kg:Claim ; kg:status "
    "kg:alleged ; rdf:predicate kg:memberOf }",
    "claim-modality": "INSERT { ?c kg:modality kg:current } WHERE { ?c a kg:Claim ; kg:status kg:alleged ; "
    "rdf:predicate kg:memberOf }",
    "claim-confidence": f"INSERT {{ ?c kg:confidence 1.7 }} WHERE {{ {CLAIM} }}",
    "claim-stated-in": f"INSERT {{ ?c kg:statedIn 'a speech' }} WHERE {{ {CLAIM} }}",
    "claim-evidence-node": f"INSERT {{ ?c kg:evidence <https://e.org/x> }} WHERE {{ {CLAIM} }}",
    "Grounded": f"DELETE {{ ?c kg:evidence ?x }} WHERE {{ {CLAIM} ; kg:evidence ?x }}",
    "evidence-document": "DELETE { ?v kg:document ?d } WHERE { ?v kg:rule 'near' ; kg:document ?d }",
    "evidence-start": "DELETE { ?v kg:start ?s } INSERT { ?v kg:start 9999 } WHERE { ?v kg:rule 'near' ; kg:start ?s }",
    "evidence-end": "DELETE { ?v kg:end ?s } WHERE { ?v kg:rule 'near' ; kg:end ?s }",
    "evidence-quote": "DELETE { ?v kg:quote ?s } WHERE { ?v kg:rule 'near' ; kg:quote ?s }",
    "evidence-rule": "DELETE { ?v kg:rule ?s } WHERE { ?v kg:rule 'near' ; kg:rule ?s }",
    "document-sha256": "DELETE { ?d kg:sha256 ?x } INSERT { ?d kg:sha256 'abc' } WHERE { ?d kg:sha256 ?x }",
    "document-text": "INSERT { ?d schema:articleBody 'another text' } WHERE { ?d kg:sha256 ?x }",
    "document-date": "INSERT { ?d schema:datePublished 'Monday' } WHERE { ?d kg:sha256 ?x }",
    "entity-label": "DELETE { ?p skos:prefLabel ?x } WHERE { ?p a kg:Prison ; skos:prefLabel ?x }",
    "event-label": f"DELETE {{ ?e rdfs:label ?x }} WHERE {{ {EVENT} ; rdfs:label ?x }}",
    "event-status": f"INSERT {{ ?e kg:status kg:planned }} WHERE {{ {EVENT} }}",
    "Told": f"DELETE {{ ?e kg:status ?x }} WHERE {{ {EVENT} ; kg:status ?x }}",
    **{
        f"unasserted-{role}": f"INSERT {{ ?e kg:{role} <https://e.org/x> }} WHERE {{ {HYPO} }}"
        for role in (
            "agent",
            "patient",
            "participant",
            "recipient",
            "place",
            "time",
            "origin",
            "destination",
            "topic",
            "amount",
            "charge",
        )
    },
    "unasserted-type": f"INSERT {{ ?e a kg:Attack }} WHERE {{ {HYPO} }}",
    "time-words": "DELETE { ?t kg:words ?x } WHERE { ?t kg:words 'Sunday' ; kg:words ?x }",
    "time-value": "INSERT { ?t kg:value '2026' } WHERE { ?t kg:words 'Sunday' }",
    "time-anchor": "INSERT { ?t kg:anchor 'yesterday' } WHERE { ?t kg:words 'Sunday' }",
    "Quantity": "DELETE { ?q kg:value ?x } WHERE { ?q kg:of 'inmates' ; kg:value ?x }",
    "quantity-value": "INSERT { ?q kg:value 'many' } WHERE { ?q kg:of 'inmates' }",
    "quantity-min": "INSERT { ?q kg:min 9 ; kg:max 3 } WHERE { ?q kg:of 'inmates' }",
    "quantity-unit": "INSERT { ?q kg:unit 'a', 'b' } WHERE { ?q kg:of 'inmates' }",
    # checks
    "quote-equals-text": "DELETE { ?v kg:quote ?s } INSERT { ?v kg:quote 'lies far from it' } WHERE { ?v kg:rule "
    "'near' ; kg:quote ?s }",
    "offsets-inside-text": "DELETE { ?v kg:end ?s } INSERT { ?v kg:end 99999 } WHERE { ?v kg:rule 'near' ; kg:end ?s }",
    "text-as-hashed": "DELETE { ?d schema:articleBody ?x } INSERT { ?d schema:articleBody ?y } WHERE { ?d "
    "schema:articleBody ?x BIND(CONCAT(?x, '!') AS ?y) }",
    "plain-triple-is-claimed": "INSERT { ?x kg:memberOf ?y } WHERE { ?x skos:prefLabel 'Oskar Lind' . ?y "
    "skos:prefLabel 'Copper Ring' }",
    "plain-triple-is-sure": f"INSERT {{ ?d kg:sure 99 . ?c kg:confidence 0.5 }} WHERE {{ {CLAIM} ; kg:evidence ?v . "
    f"?v kg:document ?d }}",
    "participant-is-claimed": f"INSERT {{ ?e kg:participant ?y }} WHERE {{ {EVENT} . ?y skos:prefLabel 'Copper Ring' "
    f"}}",
    "event-type-is-asserted": f"DELETE {{ ?e kg:status ?x }} INSERT {{ ?e kg:status kg:planned }} WHERE {{ {EVENT} ; "
    f"kg:status ?x }}",
    "role-no-firmer-than-event": f"DELETE {{ ?c kg:status ?x }} INSERT {{ ?c kg:status kg:reported }} WHERE {{ "
    f"{HYPO} . ?c rdf:subject ?e ; rdf:predicate kg:agent ; kg:status ?x }}",
    "weakest-status-wins": "INSERT { ?c kg:modality kg:denied } WHERE { ?c a kg:Claim ; kg:status kg:alleged ; "
    "rdf:predicate kg:memberOf }",
    "negation-is-the-articles": "INSERT { ?c kg:claimedBy ?y } WHERE { ?c a kg:Claim ; kg:status kg:asserted ; "
    "rdf:predicate kg:near . ?y skos:prefLabel 'Oskar Lind' }",
    "subject-fits": "INSERT DATA { person:x a kg:Person ; skos:prefLabel 'X' } ; DELETE { ?c rdf:subject ?s } INSERT "
    "{ ?c rdf:subject person:x } WHERE { " + CLAIM + " ; rdf:subject ?s }",
    "object-fits": "DELETE { ?c rdf:object ?s } INSERT { ?c rdf:object ?p } WHERE { "
    + CLAIM
    + " ; rdf:object ?s . ?p skos:prefLabel 'Oskar Lind' }",
    "terms-are-declared": "INSERT { ?p kg:likes 'cheese' } WHERE { ?p a kg:Prison }",
    "one-coarse-class": "INSERT { ?p a kg:Prison } WHERE { ?p skos:prefLabel 'Oskar Lind' }",
    "nothing-hangs-loose": f"DELETE {{ ?c rdf:object ?s }} INSERT {{ ?c rdf:object person:nobody }} WHERE {{ {CLAIM} "
    f"; rdf:object ?s }}",
    "fact-is-one": f"DELETE {{ ?c kg:fact ?f }} INSERT {{ ?c kg:fact ?g }} WHERE {{ {CLAIM} ; kg:fact ?f . ?d "
    f"rdf:predicate kg:spouseOf ; kg:fact ?g }}",
    "nobody-to-oneself": f"DELETE {{ ?c rdf:object ?s }} INSERT {{ ?c rdf:object ?x }} WHERE {{ {CLAIM} ; rdf:object "
    f"?s ; rdf:subject ?x }}",
    "every-node-is-named": "INSERT { ?p skos:note [ skos:note 'blank' ] } WHERE { ?p a kg:Prison }",
    "names-joined-are-alike": "INSERT { ?p owl:sameAs ?q } WHERE { ?p a kg:Prison . ?q skos:prefLabel 'Oskar Lind' }",
}


@pytest.fixture(scope="module")
def triples():
    return graph(newsroom.quads(newsroom.brief()))


def broken(triples, update: str = "") -> Store:
    store = Store.memory()
    store.load(triples)
    if update:
        before = set(store.match())
        store.update(update)
        assert set(store.match()) != before, "the update breaks nothing"
    return store


def shapes() -> set[str]:
    """The names of shapes that can be the source of a result: those with a message of their own."""
    text = (data_folder("ontology") / "shapes.ttl").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=s:)", text)
    named = {block.split()[0][2:] for block in blocks[1:] if "sh:message" in block}
    return named - {
        "Claim",
        "Entity",
        "Event",
    }  # an IRI for every node: a blank one is caught by every-node-is-named first


def test_healthy_graphs_have_no_violation(triples):
    assert checker.check(broken(triples)) == []
    together = Store.memory()
    together.load(newsroom.quads())
    assert checker.check(together) == []


def test_every_shape_and_every_check_has_its_broken_graph():
    assert set(BROKEN) == shapes() | {c.name for c in checker.checks()}


@pytest.mark.parametrize("rule", BROKEN)
def test_the_rule_catches_its_broken_graph(triples, rule):
    found = checker.check(broken(triples, BROKEN[rule]), shapes=rule in shapes())
    mine = [v for v in found if v.rule == rule]
    assert mine, [str(v) for v in found]
    for violation in mine:
        sentence = str(violation)
        assert sentence.endswith(".") and ": " in sentence and "; " in sentence and "\n" not in sentence
        assert violation.node.startswith("http") or "blank" in sentence.lower()


def test_a_sentence_names_the_thing_the_rule_and_the_remedy(triples):
    found = checker.check(broken(triples, BROKEN["unasserted-agent"]))
    sentence = next(str(v) for v in found if v.rule == "unasserted-agent")
    assert re.fullmatch(
        r"event:\w+-\d+ \(“attacking”\): an event that is not asserted has no plain agent; leave the agent to its "
        r"claim\.",
        sentence,
    )


def test_a_blank_claim_is_caught(triples):
    store = broken(triples, "INSERT DATA { [] a kg:Claim ; rdf:subject person:x }")
    assert {"Claim", "every-node-is-named"} <= {v.rule for v in checker.check(store)}


def by_pyshacl(quads) -> set[tuple[str, str]]:
    """Shape and node of each violation, as a validator that is not ours finds them."""
    import pyshacl

    ontology = data_folder("ontology")
    hierarchy = [q for q in parse_file(ontology / "kg.ttl") if q.predicate == term("rdfs:subClassOf")]
    shacl = "http://www.w3.org/ns/shacl#"
    _, results, _ = pyshacl.validate(
        to_rdflib_graph([*quads, *hierarchy]), shacl_graph=to_rdflib_graph(parse_file(ontology / "shapes.ttl"))
    )
    found: dict[object, dict[str, object]] = {}
    for quad in from_rdflib(results):
        found.setdefault(quad.subject, {})[quad.predicate.value.removeprefix(shacl)] = quad.object
    return {
        (r["sourceShape"].value.partition("#")[2], r["focusNode"].value) for r in found.values() if "focusNode" in r
    }


#: What breaks several shapes in one go, and what none.
SEVERAL = {
    "nothing": "INSERT DATA { <https://e.org/a> a <https://e.org/Thing> }",
    "not a day": "INSERT { ?d schema:datePublished '2026-02-30'^^xsd:date } WHERE { ?d kg:sha256 ?x }",
    "a word for a number": "DELETE { ?q kg:value ?x } INSERT { ?q kg:value 'ten'^^xsd:integer } WHERE { ?q kg:of "
    "'inmates' ; kg:value ?x }",
    "no words": "DELETE { ?v kg:quote ?s } INSERT { ?v kg:quote '' } WHERE { ?v kg:rule 'near' ; kg:quote ?s }",
    "words for offsets": "DELETE { ?v kg:start ?s } INSERT { ?v kg:start 'one' } WHERE { ?v kg:rule 'near' ; "
    "kg:start ?s }",
    "a range": "DELETE { ?q kg:value ?x } INSERT { ?q kg:min 3 ; kg:max 3.5 } WHERE { ?q kg:of 'inmates' ; kg:value "
    "?x }",
    "nothing of a quantity": "INSERT DATA { <https://e.org/q> a kg:Quantity , kg:Event , kg:Person }",
    "a class below": "INSERT DATA { <https://e.org/q> a kg:Meeting ; kg:status kg:asserted , 'asserted' }",
    "inferred": f"DELETE {{ ?c kg:evidence ?x ; kg:origin ?o }} INSERT {{ ?c kg:origin kg:inferred }} WHERE {{ "
    f"{CLAIM} ; kg:evidence ?x ; kg:origin ?o }}",
    "no class of a node": f"DELETE {{ ?v a kg:Evidence }} WHERE {{ {CLAIM} ; kg:evidence ?v }}",
    "a literal": f"INSERT {{ ?c kg:claimedBy 'somebody' }} WHERE {{ {CLAIM} }}",
    "too sure": f"DELETE {{ ?c kg:confidence ?x }} INSERT {{ ?c kg:confidence -0.1 }} WHERE {{ {CLAIM} . OPTIONAL {{ "
    f"?c kg:confidence ?x }} }}",
}


@pytest.mark.parametrize("what", [*(rule for rule in BROKEN if rule in shapes()), *SEVERAL])
def test_shapes_are_read_as_another_validator_reads_them(triples, what):
    quads = list(broken(triples, {**BROKEN, **SEVERAL}[what]).match())
    above = checker.lineage(
        (q.subject, q.object)
        for q in parse_file(data_folder("ontology") / "kg.ttl")
        if q.predicate == term("rdfs:subClassOf")
    )
    found = checker.broken(checker.read_shapes(data_folder("ontology") / "shapes.ttl"), quads, above)
    assert {(one.shape.name, one.node.value) for one in found} == by_pyshacl(quads)


def test_shapes_cost_a_fraction_of_what_another_validator_takes(triples):
    def cost(check) -> float:
        began = time.process_time()
        check()
        return time.process_time() - began

    def ours() -> None:
        list(checker.broken(checker.read_shapes(data_folder("ontology") / "shapes.ttl"), triples, {}))

    # The least of several: what a collector of garbage does in one of them belongs to all that ran before.
    assert min(cost(ours) for _ in range(5)) * 5 < min(cost(lambda: by_pyshacl(triples)) for _ in range(2))


def test_a_shape_that_is_not_understood_is_an_error(tmp_path):
    shape = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix s: <https://e.org/s#> . s:X sh:targetClass s:C ; "
    for more, told in (
        ("sh:closed true .", "sh:closed"),
        ("sh:property [ sh:path ( s:a s:b ) ; sh:minCount 1 ] .", "more than one step"),
        ("sh:property [ sh:path s:a ; sh:or ( [ sh:equals s:c ] ) ] .", "sh:equals"),
    ):
        path = tmp_path / f"{len(more)}.ttl"
        path.write_text(shape + more, encoding="utf-8")
        with pytest.raises(GraphError, match=told):
            checker.read_shapes(path)


def test_an_event_known_by_its_name_needs_no_status(triples):
    named = (
        "INSERT DATA { event:harvest-fair a kg:Ceremony ; rdfs:label 'Harvest Fair' ; skos:prefLabel 'Harvest Fair' }"
    )
    assert checker.check(broken(triples, named)) == []
    told = checker.check(broken(triples, named.replace("; skos:prefLabel 'Harvest Fair'", "")))
    assert [v.rule for v in told] == ["Told"]
    firm = checker.check(broken(triples, named.replace("}", "; kg:status kg:asserted , kg:planned }")))
    assert {v.rule for v in firm} >= {"event-status"}


def test_classes_of_a_users_own_are_looked_at_as_those_above_them(triples):
    own = (
        "INSERT DATA { <https://e.org/Parade> a owl:Class ; rdfs:label 'parade' ; rdfs:subClassOf kg:Ceremony . "
        "event:x a <https://e.org/Parade> ; kg:status kg:asserted }"
    )
    assert [v.rule for v in checker.check(broken(triples, own)) if v.node.endswith("event/x")] == ["event-label"]


def test_violations_come_document_by_document(triples):
    """The first is there before the second document is looked at."""
    store = many(triples, 3)
    store.update(BROKEN["event-label"])
    looked = []
    whole = Store.graph
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "graph", lambda self, *rest: looked.append(rest[0]) or whole(self, *rest))
        found = checker.checking(store)
        first = next(found)
        assert len({g for g in looked if "/doc/" in g.value}) == 1
        rest = list(found)
    assert sorted((first, *rest), key=lambda v: (v.rule, v.node, v.message)) == checker.check(store) and len(rest) == 2


def test_what_is_known_beside_the_text_needs_no_claim():
    store = Store.memory()
    quads = newsroom.quads(newsroom.harbour_march())
    port = next(q.subject for q in quads if q.object == Literal("Port Arlen"))
    norvia = next(q.subject for q in newsroom.quads(newsroom.signal_april()) if q.object == Literal("Norvia"))
    store.load(
        [
            *quads,
            *newsroom.quads(newsroom.signal_april()),
            Quad(port, term("kg:locatedIn"), norvia, term("kg:x").__class__(store.base + "graph/background")),
        ]
    )
    assert checker.check(store, shapes=False) == []


EACH = [check.name for check in checker.checks() if check.each]


def many(triples, articles: int) -> Store:
    """A store of so many articles that say the same of things of their own."""
    store = Store.memory()
    for n in range(articles):
        said = [
            Quad(
                *(
                    type(t)(f"{t.value}-{n}")
                    if getattr(t, "value", "").startswith(store.base) and t != q.predicate
                    else t
                    for t in (q.subject, q.predicate, q.object)
                ),
                IRI(f"{store.base}doc/{n}"),
            )
            for q in triples
        ]
        store.load(said)
    return store


@pytest.mark.parametrize("rule", EACH)
def test_a_check_of_each_document_misses_none_and_no_document_costs_more_for_the_others(triples, rule, monkeypatch):
    """The broken one among several is found, and no query looks at more than one document's triples."""
    store = many(triples, 3)
    store.update(BROKEN[rule].replace("person:x", "<https://e.org/x>"))
    asked = []
    whole = Store.query

    def counted(self, text, *rest, **more):
        asked.append((len(self), self is store, bool(rest)))
        return whole(self, text, *rest, **more)

    monkeypatch.setattr(Store, "query", counted)
    found = {v.node.removeprefix("_:") for v in checker.check(store, shapes=False) if v.rule == rule}
    monkeypatch.undo()
    directly = {
        row["node"].value
        for row in store.query(next(c.text for c in checker.checks() if c.name == rule), ontology=True)
    }
    assert found == directly and found
    assert all(size <= 1.5 * len(triples) + 50 for size, of_all, _ in asked if not of_all)
    assert sum(of_all and not bound for _, of_all, bound in asked) <= len(checker.checks()) - len(EACH)


def test_what_another_document_knows_is_no_violation(triples):
    """A triple that one document says plainly and another claims: seen alone it breaks the rule, together it does
    not.
    """
    kg = "https://w3id.org/article-kg/ontology#"
    ana, ring = IRI("https://e.org/ana"), IRI("https://e.org/ring")
    plain = Quad(ana, term("kg:memberOf"), ring, IRI("https://e.org/doc/1"))
    claim = IRI("https://e.org/claim")
    said = {
        "rdf:subject": ana,
        "rdf:predicate": IRI(kg + "memberOf"),
        "rdf:object": ring,
        "kg:status": IRI(kg + "asserted"),
        "kg:polarity": IRI(kg + "positive"),
        "kg:validity": IRI(kg + "current"),
    }
    for known in (False, True):
        store = Store.memory()
        store.load([plain, *(Quad(claim, term(p), o, IRI("https://e.org/doc/2")) for p, o in said.items() if known)])
        assert [v.rule for v in checker.check(store, shapes=False) if v.rule == "plain-triple-is-claimed"] == (
            [] if known else ["plain-triple-is-claimed"]
        )
