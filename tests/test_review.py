"""Doubtful claims are put before a person, and what the person decides stays decided."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from kg import checker, inference, queries, review
from kg.errors import InputError
from kg.model import Standing, Value
from kg.rdf import BASE, IRI, Literal, Quad, kg, special_graph, term
from kg.review import Decision
from kg.store import Store
from tests.helpers import newsroom

MEMBER = "Oskar Lind · memberOf · Copper Ring"
OPENED = "Saltmarsh Prison · openedOn · 2018"


def store(*readings) -> Store:
    made = Store.memory()
    for reading in readings or newsroom.readings():
        quads = newsroom.quads(reading)
        made.put(quads[0].graph_name, quads)
    return made


@pytest.fixture
def made() -> Store:
    return store()


def find(made: Store, said: str, why: str = "", status: str = "") -> Decision:
    """The doubtful claim of these words, or else any other of the store."""
    found = [d for d in review.doubtful(made) if d.said == said and why in d.why and d.stands.startswith(status)]
    return found[0] if found else Decision(claim(made, said, status).value, said=said)


def claim(made: Store, said: str, status: str = "") -> IRI:
    return next(
        g.claim
        for q in sorted(made.match(None, term("rdf:type"), kg("Claim")), key=str)
        for g in queries.why(made, q.subject)
        if g.said == said and g.status.startswith(status)
    )


def correct(made: Store, said: str, *, standing: str = "", **words: str) -> int:
    doubt = find(made, said, status=standing)
    return review.decide(made, [replace(doubt, decision="correct", **words)])[1]


def said_of(made: Store, predicate: str) -> set[tuple[str, ...]]:
    """All claims with a property: subject, object, status, and whose word it is."""
    found = set()
    for q in made.match(None, term("rdf:predicate"), kg(predicate) if ":" not in predicate else term(predicate)):
        for ground in queries.why(made, q.subject):
            found.add((*ground.said.split(" · ")[::2], ground.status, ground.speaker))
    return found


def plain(made: Store, predicate: str) -> set[tuple[str, str]]:
    labels = queries.labels_of(
        made, (n for q in made.match(None, kg(predicate)) for n in (q.subject, q.object) if isinstance(n, IRI))
    )
    return {(labels[q.subject], labels.get(q.object) or q.object.value) for q in made.match(None, kg(predicate))}


def sound(made: Store) -> bool:
    return checker.check(made) == []


def snapshot(made: Store) -> set[Quad]:
    return {q for g in made.graphs() if g != special_graph("ontology") for q in made.graph(g)} | set(made.match())


# ------------------------------------------------------------------ what is doubtful, and how it is shown


def test_what_is_doubtful_and_why(made):
    doubts = {(d.said, d.stands): d.why for d in review.doubtful(made)}
    assert doubts == {
        (
            MEMBER,
            "alleged, current, by Prosecutors",
        ): "what is read in this way is right about 55 times in 100, as measured",
        (MEMBER, "asserted, current"): "another article denies it, by spokesman: Governor tours Saltmarsh, 2026-03-03",
        (MEMBER, "denied, current, by spokesman"): "another article says that it is so: Lind sentenced, 2026-04-10",
        (OPENED, "asserted, current"): "another article says 2019: Mayor meets governor, 2026-03-02",
        (
            "Saltmarsh Prison · openedOn · 2019",
            "asserted, current",
        ): "another article says 2018: Governor tours Saltmarsh, 2026-03-03",
        (
            "Saltmarsh Prison · quantity · about 800 inmates",
            "asserted, current",
        ): "another article says about 950 inmates: Governor tours Saltmarsh, 2026-03-03",
        (
            "Saltmarsh Prison · quantity · about 950 inmates",
            "reported, current, by official figures",
        ): "another article says about 800 inmates: Mayor meets governor, 2026-03-02",
    }


def test_a_quote_stands_in_its_sentence_with_article_and_date(made):
    assert find(made, OPENED).quotes == (
        "Governor tours Saltmarsh, 2026-03-03: [The prison opened in 2018] and holds about 950 inmates, according to "
        "official figures.",
    )
    assert find(made, MEMBER, status="alleged").quotes == (
        "Mayor meets governor, 2026-03-02: Prosecutors say [Lind belongs to the Copper Ring], which the province "
        "designated as a criminal organization.",
    )


def test_a_sentence_is_cut_where_it_is_long_and_not_at_all_without_the_text():
    def shown(text: str, quote: str, with_text: bool = True, title: str = "T") -> str:
        held, document = Store.memory(), IRI(BASE + "doc/1")
        if with_text:
            held.load([Quad(document, term("schema:articleBody"), Literal(text), document)])
        at = text.index(quote)
        held.load([Quad(document, term("schema:headline"), Literal(title), document)] if title else [])
        return review.sentence(held, document, at, at + len(quote), quote)

    assert (
        shown("Rain fell. The pier at the foot of Elm Street burnt. Nobody was hurt.", "pier")
        == "T: The [pier] at the foot of Elm Street burnt."
    )
    assert shown("Rain fell. The pier burnt. Nobody was hurt.", "pier", with_text=False) == "T: [pier]"
    assert shown("“It burnt!” Nobody was hurt", "Nobody was hurt") == "T: [Nobody was hurt]"
    assert shown(
        "Rain fell on the town and on the harbour until the evening of that day.", "Rain", title=""
    ).startswith("“Rain fell on the town and on the harbour until the evening …”: [Rain] fell")
    long = shown("so it went on " * 80 + "until the pier burnt " + "and on it went " * 80, "pier")
    assert (
        long.startswith("T: … ") and long.endswith(" …") and 500 < len(long) < 640 and "until the [pier] burnt" in long
    )
    assert shown("A\x07 pier\nburnt\u202e.", "pier") == "T: A\ufffd [pier] burnt\ufffd."


# ------------------------------------------------------------------ rejecting, confirming


def test_a_rejected_claim_is_gone_and_stays_gone(made):
    wrong = replace(find(made, MEMBER, status="asserted"), decision="reject")
    assert review.decide(made, [wrong])[1] == 1
    assert not list(made.match(None, kg("memberOf"))) and not list(made.match(IRI(wrong.id)))
    again = newsroom.quads(newsroom.harbour_april())
    assert review.put(made, again[0].graph_name, again) == "unchanged"
    assert {r[3] for r in queries.ask(made, "members").rows} == {kg("alleged"), kg("denied")}
    assert sound(made)
    assert wrong.id not in {d.id for d in review.doubtful(made, review.kept(made))}


def test_a_confirmed_claim_is_not_asked_again(made):
    doubt = replace(find(made, MEMBER, status="alleged"), decision="confirm")
    before = set(made.match())
    decided, changed = review.decide(made, [doubt])
    assert changed == 0 and set(made.match()) == before
    assert doubt.id not in {d.id for d in review.doubtful(made, decided)}


def test_to_reject_the_type_of_an_event_is_to_reject_the_event(made):
    event = next(q.subject for q in made.match(None, kg("charge")))
    wrong = next(
        q.subject
        for q in made.match(None, term("rdf:subject"), event)
        if list(made.match(q.subject, term("rdf:predicate"), term("rdf:type")))
    )
    review.decide(made, [Decision(wrong.value, decision="reject")])
    assert not list(made.match(event)) and not list(made.match(None, None, event))
    assert sound(made)
    review.decide(made, [replace(d, decision="") for d in review.kept(made)])
    assert snapshot(made) == snapshot(store())


# ------------------------------------------------------------------ correcting


def test_a_corrected_claim_stands_under_the_name_of_what_it_says_now(made):
    """As the same claim would stand, had the article been read rightly."""
    right = replace(
        newsroom.coast_march(),
        claims=tuple(
            replace(c, object=Value("2017", "xsd:gYear")) if c.predicate == "openedOn" else c
            for c in newsroom.coast_march().claims
        ),
    )
    wanted = store(right)
    old = claim(made, OPENED)
    assert correct(made, OPENED, object="2017") == 1
    (new,) = (q.subject for q in made.match(None, term("prov:wasRevisionOf"), old))
    assert {(q.predicate, q.object) for q in made.match(new)} - {(term("prov:wasRevisionOf"), old)} == {
        (q.predicate, q.object) for q in wanted.match(new)
    }
    assert list(made.match(new, kg("evidence"))) and not list(made.match(old))
    assert plain(made, "openedOn") == {("Saltmarsh Prison", "2017"), ("Saltmarsh Prison", "2019")}
    assert sound(made)


def test_status_and_validity(made):
    correct(made, OPENED, status="reported")
    assert plain(made, "openedOn") == {("Saltmarsh Prison", "2019")}
    correct(made, "Ines Calder · spouseOf · Jon Calder", validity="former")
    assert plain(made, "spouseOf") == set()
    assert sound(made)


def test_a_doubt_that_turns_out_true_becomes_a_fact(made):
    correct(made, MEMBER, standing="alleged", status="asserted")
    assert said_of(made, "memberOf") == {
        ("Oskar Lind", "Copper Ring", "asserted", ""),
        ("Oskar Lind", "Copper Ring", "denied", "spokesman"),
    }
    assert sound(made)


def test_subject_and_object_by_name_by_alias_and_by_iri(made):
    correct(made, "Tomas Rhee · bornIn · Port Arlen", object="Dunmore", subject="Ines Calder")
    assert plain(made, "bornIn") == {("Ines Calder", "Dunmore")}
    correct(made, "Fenwick Hall · locatedIn · Port Arlen", subject="saltmarsh")
    assert plain(made, "locatedIn") == {("Saltmarsh Prison", "Port Arlen")}
    correct(made, "Ines Calder · residesIn · Dunmore", object=f"<{BASE}place/port-arlen>")
    assert plain(made, "residesIn") == {("Ines Calder", "Port Arlen")}
    assert sound(made)


def test_a_thing_of_another_article_is_described_where_it_is_spoken_of(made):
    correct(made, "Ines Calder · residesIn · Dunmore", object="Fenwick Hall")
    document = next(g for g in made.graphs() if any(q.predicate == kg("residesIn") for q in made.graph(g)))
    assert {q.object for q in made.graph(document, IRI(BASE + "place/fenwick-hall"))} == {
        kg("GovernmentBuilding"),
        Literal("Fenwick Hall"),
    }
    for held in list(made.documents()):
        if held.iri != document:
            made.remove(held.iri)
    assert sound(made)


def test_the_predicate(made):
    correct(made, "Ines Calder · spouseOf · Jon Calder", predicate="sibling of")
    assert plain(made, "spouseOf") == set() and plain(made, "siblingOf") == {("Ines Calder", "Jon Calder")}
    correct(made, "Saltmarsh Prison · near · Port Arlen", predicate="locatedIn", object="Dunmore")
    assert ("Saltmarsh Prison", "Dunmore") in plain(made, "locatedIn") and sound(made)


def test_the_speaker(made):
    correct(made, MEMBER, standing="alleged", claimedBy="Police")
    assert ("Oskar Lind", "Copper Ring", "alleged", "Police") in said_of(made, "memberOf")
    correct(made, OPENED, status="reported", claimedBy="official figures")
    assert ("Saltmarsh Prison", "2018", "reported", "official figures") in said_of(made, "openedOn")
    assert sound(made)


def test_the_speaker_of_an_event_speaks_of_its_roles_too(made):
    correct(made, "beat · rdf:type · Attack", claimedBy="Ines Calder", standing="reported")
    assert {(*row[2:],) for p in ("rdf:type", "agent", "patient") for row in said_of(made, p) if row[0] == "beat"} == {
        ("reported", "Ines Calder")
    }
    assert not [
        q
        for q in made.match(None, kg("statedIn"))
        for g in queries.why(made, q.subject)
        if g.speaker == "Ines Calder" and g.said.startswith("beat")
    ]
    assert sound(made)


def test_the_filler_of_a_role(made):
    correct(made, "arrested · patient · Oskar Lind", object="Tomas Rhee")
    event = next(q.subject for q in made.match(None, kg("patient"), IRI(BASE + "person/tomas-rhee")))
    assert {q.object.value.rpartition("/")[2] for q in made.match(event, kg("participant"))} >= {"tomas-rhee"}
    assert not list(made.match(event, None, IRI(BASE + "person/oskar-lind"))) and sound(made)


def test_the_role_itself(made):
    correct(made, "visited · place · Saltmarsh Prison", predicate="destination")
    assert ("visited", "Saltmarsh Prison") in plain(made, "destination") and sound(made)


def test_the_type_of_an_event(made):
    event = next(
        q.subject
        for q in made.match(None, term("rdf:type"), kg("Visit"))
        if list(made.match(q.subject, kg("agent"), IRI(BASE + "person/tomas-rhee")))
    )
    correct(made, "visited · rdf:type · Visit", object="Meeting")
    assert {q.object for q in made.match(event, term("rdf:type"))} == {kg("Meeting")} and sound(made)


def test_the_status_of_an_event_is_that_of_its_roles(made):
    event = next(q.subject for q in made.match(None, term("rdf:type"), kg("Arrest")))
    correct(made, "arrested · rdf:type · Arrest", status="alleged", claimedBy="Tomas Rhee")
    assert {q.object for q in made.match(event, term("rdf:type"))} == {kg("UnassertedEvent")}
    assert [q.object for q in made.match(event, kg("status"))] == [kg("alleged")]
    assert not list(made.match(event, kg("participant"))) and not list(made.match(event, kg("time")))
    assert {row[2:] for row in said_of(made, "patient") if row[:2] == ("arrested", "Oskar Lind")} == {
        ("alleged", "Tomas Rhee")
    }
    assert sound(made)
    review.decide(made, [replace(d, decision="") for d in review.kept(made)])
    correct(made, "attacking · rdf:type · Attack", status="asserted")
    attack = next(
        q.subject
        for q in made.match(None, kg("patient"), IRI(BASE + "org/arlen-bank"))
        if list(made.match(q.subject, term("rdf:type"), kg("Attack")))
    )
    assert {q.object for q in made.match(attack, term("rdf:type"))} == {kg("Attack")} and list(
        made.match(attack, kg("participant"))
    )
    assert sound(made)


def test_a_communication_that_is_no_fact_says_no_words(made):
    event = next(q.subject for q in made.match(None, term("rdf:type"), kg("Denial")))
    assert list(made.match(event, kg("content")))
    correct(made, "denied · rdf:type · Denial", status="alleged")
    assert not list(made.match(event, kg("content"))) and sound(made)


def test_the_time_of_an_event(made):
    correct(made, "visited · time · Tuesday", object="2026-03-04")
    (node,) = (
        q.object for e in made.match(None, term("rdf:type"), kg("Visit")) for q in made.match(e.subject, kg("time"))
    )
    told = {q.predicate: q.object.value for q in made.match(node)}
    assert (told[kg("words")], told[kg("value")], told[term("time:inXSDDate")]) == (
        "Tuesday",
        "2026-03-04",
        "2026-03-04",
    )
    assert not list(
        made.match(None, kg("value"), Literal("2026-03-03", datatype=term("xsd:date")))
    )  # nothing speaks of the old one
    correct(made, "opened · time · recently", object="2026-04")
    correct(made, "stayed · duration · three days", object="P4D")
    assert sound(made) and queries.why(made, "opened")


def test_a_quantity_keeps_what_it_counts(made):
    correct(made, "Saltmarsh Prison · quantity · about 950 inmates", object="900")
    correct(made, "Saltmarsh Prison · quantity · about 800 inmates", object="700-750")
    correct(made, "Saltmarsh Prison · distance · 12 kilometre", object="12.5")
    assert {row[1] for row in said_of(made, "quantity") if row[0] == "Saltmarsh Prison"} == {
        "about 900 inmates",
        "about 700–750 inmates",
    }
    assert {row[1] for row in said_of(made, "distance")} == {"12.5 kilometre"}
    assert sound(made)


def test_a_literal_keeps_its_datatype_unless_it_is_a_more_exact_date(made):
    correct(made, OPENED, object="2018-05-03")
    assert Literal("2018-05-03", datatype=term("xsd:date")) in {
        q.object for q in made.match(None, kg("openedOn"))
    } and sound(made)


def test_a_correction_to_what_is_said_already_joins_it(made):
    """Two claims of one article become one, with the words of both."""
    correct(made, "Tomas Rhee · bornIn · Port Arlen", predicate="residesIn", subject="Ines Calder", object="Dunmore")
    (one,) = (q.subject for q in made.match(None, term("rdf:predicate"), kg("residesIn")))
    assert len(list(made.match(one, kg("evidence")))) == 2 and sound(made)


def test_a_plain_triple_stays_while_another_claim_carries_it(made):
    document = next(q.subject for q in made.match(None, term("schema:headline"), Literal("Lind sentenced")))
    correct(made, MEMBER, standing="alleged", status="asserted")
    assert plain(made, "memberOf") == {("Oskar Lind", "Copper Ring")}
    review.decide(made, [Decision(claim(made, MEMBER, "asserted").value, decision="")])
    made.remove(document)
    assert plain(made, "memberOf") == {("Oskar Lind", "Copper Ring")}


def test_what_follows_follows_the_correction(made):
    inference.infer(made)
    married = {(q.subject.value, q.object.value) for q in made.match(None, kg("spouseOf"))}
    assert (BASE + "person/jon-calder", BASE + "person/ines-calder") in married
    correct(made, "Ines Calder · spouseOf · Jon Calder", object="Tomas Rhee")
    inference.infer(made)
    assert plain(made, "spouseOf") == {("Ines Calder", "Tomas Rhee"), ("Tomas Rhee", "Ines Calder")}


# ------------------------------------------------------------------ what is refused, before anything is written


@pytest.mark.parametrize(
    "said, words, says",
    [
        (
            "Ines Calder · residesIn · Dunmore",
            {"object": "Tomas Rhee"},
            "is Tomas Rhee, a Person: residesIn ends at a Place",
        ),
        ("Ines Calder · residesIn · Dunmore", {"subject": "Dunmore"}, "residesIn is said of an Agent"),
        (
            "Ines Calder · residesIn · Dunmore",
            {"object": "Atlantis"},
            "nothing in the store is called 'Atlantis'; write a name",
        ),
        ("Ines Calder · residesIn · Dunmore", {"object": "dunm"}, "did you mean Dunmore?"),
        ("Ines Calder · residesIn · Dunmore", {"object": BASE + "place/nowhere"}, "nothing in the store is called"),
        (
            "Ines Calder · residesIn · Dunmore",
            {"predicate": "spouseOf"},
            "spouseOf cannot end at 'Dunmore'; give its object too: an Agent",
        ),
        (
            "Ines Calder · residesIn · Dunmore",
            {"predicate": "ownedBy", "object": "Dunmore"},
            "is Dunmore, a Settlement: ownedBy ends at an Agent or a Country",
        ),
        (
            "Fenwick Hall · locatedIn · Port Arlen",
            {"predicate": "residesIn"},
            "residesIn is not said of 'Fenwick Hall'",
        ),
        (
            "Ines Calder · residesIn · Dunmore",
            {"predicate": "resides"},
            "is no property of the ontology; did you mean residesIn?",
        ),
        ("Ines Calder · residesIn · Dunmore", {"predicate": "participant"}, "is no property of the ontology"),
        (
            "Ines Calder · residesIn · Dunmore",
            {"claimedBy": "criminal organization", "status": "reported"},
            "a person, a group, an organization or a document claims",
        ),
        (
            "Ines Calder · residesIn · Dunmore",
            {"claimedBy": "Tomas Rhee"},
            "would break a rule: .*asserted and claimed by",
        ),
        ("Ines Calder · residesIn · Dunmore", {"object": "Dunmore"}, "to what it says"),
        ("Ines Calder · spouseOf · Jon Calder", {"object": "Ines Calder"}, "would break a rule: "),
        (
            OPENED,
            {"object": "soon"},
            "'soon' is no xsd:gYear or xsd:date or xsd:gYearMonth; write it in the form of '2018'",
        ),
        (OPENED, {"object": "2018-02-30"}, "is no xsd:gYear"),
        ("Saltmarsh Prison · quantity · about 800 inmates", {"object": "many"}, "'many' is no number"),
        ("Saltmarsh Prison · quantity · about 800 inmates", {"object": "900-800"}, "would break a rule: .*range"),
        ("visited · time · Tuesday", {"object": "Wednesday"}, "is no time; write a day, month or year"),
        ("visited · rdf:type · Visit", {"object": "Prison"}, "is no type of event"),
        ("visited · rdf:type · Visit", {"predicate": "agent"}, "is the type of an event"),
        ("attacking · agent · Oskar Lind", {"status": "asserted"}, "would break a rule: .*of an event that is alleged"),
        ("visited · agent · Tomas Rhee", {"object": "Visit"}, "nothing in the store is called"),
    ],
)
def test_a_correction_that_cannot_be_is_one_line_and_changes_nothing(made, said, words, says):
    before = snapshot(made)
    good = replace(find(made, MEMBER, status="alleged"), decision="reject")
    with pytest.raises(InputError, match=says) as caught:
        review.decide(made, [good, replace(find(made, said), decision="correct", **words)], "review.toml")
    assert str(caught.value).startswith("review.toml: ") and "\n" not in str(caught.value)
    assert snapshot(made) == before


def test_a_name_that_several_bear_is_refused_with_the_choices():
    def article(id: str, text: str, town: str):
        w = newsroom.Writer(id, "2026-05-01", None, id, text)
        w.entity("e1", "Person", "Lea Marsh")
        w.entity("e2", town, "Hollow", iri=f"{BASE}place/{id}-hollow")
        w.entity("e3", "Settlement", "Eastbrook", "Eastbrook") if "Eastbrook" in text else None
        w.claim("e1", "residesIn", "e3" if "Eastbrook" in text else "e2", "Lea Marsh")
        return w.reading()

    made = store(
        article("a", "Lea Marsh of Eastbrook left Hollow.", "Settlement"),
        article("b", "Lea Marsh came to Hollow.", "Region"),
    )
    lives = "Lea Marsh · residesIn · Eastbrook"
    correct(made, lives, object="Hollow")  # its own article knows one alone
    assert ("Lea Marsh", "Hollow") in plain(made, "residesIn")
    assert {q.object.value for q in made.match(None, kg("residesIn"))} == {
        BASE + "place/a-hollow",
        BASE + "place/b-hollow",
    }

    third = newsroom.Writer("c", "2026-05-02", None, "c", "Lea Marsh lives in Vale.")
    third.entity("e1", "Person", "Lea Marsh")
    third.entity("e2", "Settlement", "Vale")
    third.claim("e1", "residesIn", "e2", "lives in Vale")
    quads = newsroom.quads(third.reading())
    made.put(quads[0].graph_name, quads)
    vale = "Lea Marsh · residesIn · Vale"
    with pytest.raises(
        InputError,
        match=r"'Hollow' may be several; write one of place:a-hollow \(Hollow, a Settlement\) or place:b-hollow",
    ):
        correct(made, vale, object="Hollow")
    review.decide(made, [Decision(BASE + "place/a-hollow", "join", BASE + "place/b-hollow", decision="confirm")])
    correct(made, vale, object="Hollow")  # joined, they are one
    assert not [row for row in plain(made, "residesIn") if "Vale" in row]


def test_what_no_article_says_cannot_be_decided(made):
    inference.infer(made)
    before = snapshot(made)
    inferred = next(made.graph(special_graph("inferred"))).subject.value
    for d in (
        Decision(BASE + "claim/0", decision="reject"),
        Decision(inferred, decision="reject"),
        Decision(BASE + "person/nobody", "join", BASE + "person/oskar-lind", decision="confirm"),
    ):
        with pytest.raises(InputError, match="add its article first, or take the entry out"):
            review.decide(made, [d], "review.toml")
    assert snapshot(made) == before


def test_a_person_is_not_joined_with_a_place(made):
    before = snapshot(made)
    with pytest.raises(InputError, match="two of different kinds"):
        review.decide(made, [Decision(BASE + "place/dunmore", "join", BASE + "person/oskar-lind", decision="confirm")])
    assert snapshot(made) == before


def test_nothing_is_corrected_to_what_is_rejected(made):
    right = "Saltmarsh Prison · openedOn · 2019"
    march = Decision(claim(made, right).value, decision="reject")
    review.decide(made, [march])
    with pytest.raises(InputError, match="which is rejected"):
        correct(made, OPENED, object="2019")


# ------------------------------------------------------------------ it stays so


def decide(made: Store, said: str, standing: str = "", **words: str) -> None:
    review.decide(made, [replace(find(made, said, status=standing), **words)])


def test_decisions_hold_when_the_article_comes_again(made):
    decide(made, OPENED, decision="correct", object="2017")
    decide(made, MEMBER, "asserted", decision="reject")
    then = snapshot(made)
    for reading in newsroom.readings():
        quads = newsroom.quads(reading)
        assert review.put(made, quads[0].graph_name, quads) == "unchanged"
    for reading in newsroom.readings():  # taken out, and added again
        quads = newsroom.quads(reading)
        assert made.remove(quads[0].graph_name) and review.put(made, quads[0].graph_name, quads) == "added"
    assert snapshot(made) == then


def test_nothing_of_an_article_is_left_when_it_goes(made):
    decide(made, OPENED, decision="correct", object="2017")
    for held in list(made.documents()):
        made.remove(held.iri)
    notes = list(made.graph(special_graph("decisions")))
    assert [q.predicate for q in notes] == [kg("decision")] and len(made) == 0
    assert len(review.kept(made)) == 1  # it waits


def test_decisions_hold_in_a_changed_article_and_wait_where_the_claim_is_gone(made):
    decide(made, OPENED, decision="correct", object="2017")
    reading = newsroom.coast_march()
    shorter = newsroom.quads(replace(reading, claims=tuple(c for c in reading.claims if c.predicate != "memberOf")))
    assert review.put(made, shorter[0].graph_name, shorter) == "replaced"
    assert ("Saltmarsh Prison", "2017") in plain(made, "openedOn")
    without = newsroom.quads(replace(reading, claims=()))
    review.put(made, without[0].graph_name, without)
    assert plain(made, "openedOn") == {("Saltmarsh Prison", "2019")} and sound(made)
    assert review.decide(made, review.kept(made))[1] == 0  # it waits, and is written to the file again
    review.put(made, shorter[0].graph_name, shorter)
    assert ("Saltmarsh Prison", "2017") in plain(made, "openedOn")


def test_a_decision_meets_the_same_claim_in_another_article(made):
    decide(made, "Fenwick Hall · locatedIn · Port Arlen", decision="reject")
    w = newsroom.Writer(
        "other-1", "2026-06-01", None, "Other", "Fenwick Hall in Port Arlen was painted. Dunmore was not."
    )
    w.entity("e1", "GovernmentBuilding", "Fenwick Hall")
    w.entity("e2", "Settlement", "Port Arlen")
    w.claim("e1", "locatedIn", "e2", "Fenwick Hall in Port Arlen")
    quads = newsroom.quads(w.reading())
    review.put(made, quads[0].graph_name, quads)
    assert plain(made, "locatedIn") == set() and sound(made)


@pytest.mark.parametrize(
    "said, standing, words",
    [
        (OPENED, "", {"decision": "correct", "object": "2017"}),
        (MEMBER, "asserted", {"decision": "reject"}),
        ("visited · time · Tuesday", "", {"decision": "correct", "object": "2026-03-04"}),
        ("arrested · rdf:type · Arrest", "", {"decision": "correct", "object": "Detention", "status": "alleged"}),
        ("Ines Calder · residesIn · Dunmore", "", {"decision": "correct", "object": "Fenwick Hall"}),
    ],
)
def test_an_emptied_decision_brings_back_what_the_article_says(made, said, standing, words):
    before = snapshot(made)
    decide(made, said, standing, **words)
    assert snapshot(made) != before
    (kept,) = review.kept(made)
    assert review.decide(made, [replace(kept, decision="", **{name: "" for name in words if name != "decision"})]) == (
        [],
        1,
    )
    assert snapshot(made) == before


def test_an_older_file_takes_nothing_back(made):
    """An open entry of a file that was written before the decision is no decision."""
    open_ = find(made, OPENED)
    decide(made, OPENED, decision="reject")
    assert review.decide(made, [open_])[1] == 0 and len(review.kept(made)) == 1


def test_a_decision_can_be_made_otherwise(made):
    decide(made, OPENED, decision="reject")
    (kept,) = review.kept(made)
    review.decide(made, [replace(kept, decision="correct", object="2016")])
    assert ("Saltmarsh Prison", "2016") in plain(made, "openedOn")
    (kept,) = review.kept(made)
    review.decide(made, [replace(kept, object="2015")])
    assert plain(made, "openedOn") == {("Saltmarsh Prison", "2015"), ("Saltmarsh Prison", "2019")} and sound(made)


def test_what_was_decided_keeps_its_meaning_when_names_change(made):
    decide(made, "Ines Calder · residesIn · Dunmore", decision="correct", object="Port Arlen")
    w = newsroom.Writer("port-2", "2026-07-01", None, "Ports", "Port Arlen is another town.")
    w.entity("e1", "Settlement", "Port Arlen", iri=f"{BASE}place/port-arlen-of-the-north")
    quads = newsroom.quads(w.reading())
    review.put(made, quads[0].graph_name, quads)
    assert review.decide(made, review.kept(made))[1] == 0
    assert [q.object.value for q in made.match(None, kg("residesIn"))] == [BASE + "place/port-arlen"]


def test_decisions_are_in_the_stores_folder_and_travel_with_a_snapshot(tmp_path):
    quads = newsroom.quads(newsroom.coast_march())
    with Store.open(tmp_path / "a.kg", create=True, write=True) as held:
        held.put(quads[0].graph_name, quads)
        decide(held, OPENED, decision="correct", object="2017")
        held.snapshot(tmp_path / "b.kg")
    with Store.open(tmp_path / "b.kg", write=True) as held:
        assert [d.object for d in review.kept(held)] == ["2017"]
        assert review.put(held, quads[0].graph_name, quads) == "unchanged"
        review.decide(held, [replace(d, decision="") for d in review.kept(held)])
        assert plain(held, "openedOn") == {("Saltmarsh Prison", "2018")}


def test_no_query_and_no_export_meets_what_was_withheld(made):
    decide(made, OPENED, decision="reject")
    rows = list(
        made.query(
            "SELECT ?g { { ?s kg:openedOn 2018 } UNION { GRAPH ?g { ?s kg:openedOn ?y FILTER(STR(?y) = '2018') } } "
            "UNION { ?s kg:withheld ?what } }"
        )
    )
    assert rows == []
    assert not [q for q in made.quads() if q.graph_name == special_graph("decisions")] and sound(made)


def test_all_or_nothing_even_if_the_program_dies(made, monkeypatch):
    """What a decision changes goes into the store in one transaction, decisions and articles together."""
    calls = []
    change = Store.change
    monkeypatch.setattr(Store, "change", lambda self, gone, new: calls.append(self is made) or change(self, gone, new))
    monkeypatch.setattr(Store, "put", None)
    doubts = [
        replace(find(made, OPENED), decision="reject"),
        replace(find(made, MEMBER, status="alleged"), decision="reject"),
        Decision(BASE + "person/jon-calder", "join", BASE + "person/ines-calder", decision="reject"),
    ]
    calls.clear()
    assert review.decide(made, doubts)[1] == 2
    assert calls.count(True) == 1
    before = snapshot(made)

    def broken(self, gone, new):
        raise OSError("no space left")

    monkeypatch.setattr(Store, "change", broken)
    with pytest.raises(OSError):
        review.decide(made, [replace(d, decision="") for d in review.kept(made)])
    assert snapshot(made) == before


# ------------------------------------------------------------------ the file


def test_the_file_comes_back_as_it_went(made, tmp_path):
    path = tmp_path / "review.toml"
    path.write_text(review.write(review.doubtful(made)), encoding="utf-8")
    assert review.read(path) == tuple(review.doubtful(made))
    text = path.read_text(encoding="utf-8")
    edited = text.replace('decision = ""', 'decision = "confirm"', 1)
    path.write_text(edited, encoding="utf-8")
    decided, _ = review.decide(made, review.read(path))
    path.write_text(review.write([*review.doubtful(made, decided), *decided]), encoding="utf-8")
    once = path.read_bytes()
    decided, changed = review.decide(made, review.read(path))
    assert changed == 0 and [d.decision for d in decided] == ["confirm"]
    assert review.write([*review.doubtful(made, decided), *decided]).encode() == once


def test_the_file_holds_any_text(tmp_path):
    odd = "a\"\"\"b\\'''c\n[[claim]]\r\td\x00\x01\x1f\x7f\x85\u2028\ud7ff# = é\U0001f600"
    path = tmp_path / "r.toml"
    given = Decision("http://a/claim/1", said=odd, why=odd, quotes=(odd, ""), decision="correct", object=odd.strip())
    path.write_text(review.write([given]), encoding="utf-8", newline="")
    assert review.read(path) == (given,)
    assert len(tomllib.loads(path.read_text(encoding="utf-8"))["claim"]) == 1


def test_hostile_names_are_kept_and_applied(tmp_path):
    odd = "Mal\" \\ ''' [[claim]] > . } Ory"
    w = newsroom.Writer("odd", "2026-05-01", None, 'T"itle\n[[claim]]', f"{odd} lives in Vale. Hollow is far.")
    w.entity("e1", "Person", odd)
    w.entity("e2", "Settlement", "Vale")
    w.entity("e3", "Settlement", "Hollow")
    w.claim("e1", "residesIn", "e2", "lives in Vale", confidence=0.4)
    made = store(w.reading())
    path = tmp_path / "r.toml"
    path.write_text(review.write(review.doubtful(made)), encoding="utf-8")
    path.write_text(
        path.read_text(encoding="utf-8")
        .replace('decision = ""', 'decision = "correct"')
        .replace('object = ""', 'object = "Hollow"'),
        encoding="utf-8",
    )
    review.decide(made, review.read(path))
    assert plain(made, "residesIn") == {(odd, "Hollow")} and sound(made)
    (kept,) = review.kept(made)
    assert odd in kept.said and review.decide(made, [replace(kept, decision="")]) == ([], 1)


CLAIM = f"[[claim]]\nid = '{BASE}claim/1'\n"


@pytest.mark.parametrize(
    "text, says",
    [
        (CLAIM + "decision = 'perhaps'", "claim 1: decides 'perhaps' of .*; write confirm, reject or correct"),
        (CLAIM + "decision = 'correct'", "to nothing; give what is wrong anew: subject, predicate"),
        (CLAIM + "decision = 'correct'\nstatus = 'perhaps'", "the status 'perhaps'; choose one of asserted"),
        (CLAIM + "decision = 'correct'\nvalidity = 'past'", "the validity 'past'; choose one of current"),
        (CLAIM + "object = 'Lund'", 'anew without deciding to; set its decision to "correct"'),
        (CLAIM + "decision = 'reject'\nobject = 'Lund'", "anew without deciding to"),
        (CLAIM + "mood = 'good'", "has a key that is not known: 'mood'; the keys of a claim are said"),
        (CLAIM + "decision = 1", "has no words in decision"),
        (CLAIM + "quotes = 'x'", "has no words in quotes"),
        (CLAIM + "decision = 'reject'\n" + CLAIM + "decision = 'confirm'", "claim 2: decides .* in two ways"),
        ("[[claim]]\ndecision = 'reject'", "its id is missing or no IRI"),
        ("[[claim]]\nid = 'http://a b>'", "its id is missing or no IRI"),
        (
            "[[claims]]\nid = 'http://a/b'",
            "has a part that is not known: 'claims'; entries begin with \\[\\[claim\\]\\], \\[\\[join\\]\\]",
        ),
        ("claim = 3", "has a part that is not known"),
        ("claim = [3]", "claim 1: is no entry"),
        ("[[join]]\nid = 'http://a/b'\ndecision = 'confirm'", "its other is missing"),
        ("[[join]]\nid = 'http://a/b'\nother = 'http://a/c'\ndecision = 'correct'", "write confirm or reject"),
        (
            "[[split]]\nid = 'http://a/b'\nother = 'http://a/c'\ndecision = 'confirm'",
            "without a word to tell the second one by",
        ),
        ("[[claim]", "cannot be read: .*line 1"),
        ("\xff", "cannot be read: "),
    ],
)
def test_a_file_that_cannot_be_meant(tmp_path, text, says):
    path = tmp_path / "r.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(InputError, match=says) as caught:
        review.read(path)
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        review.read(tmp_path / "none.toml")


def test_the_standing_of_a_source_beside_others_is_kept_in_order(made):
    """A firmer status leaves no modality behind that is weaker than it."""
    reading = newsroom.brief()
    both = replace(
        reading,
        claims=tuple(
            replace(c, standing=Standing("alleged", modality=("reported",), claimed_by="e1"))
            if c.predicate == "memberOf"
            else c
            for c in reading.claims
        ),
    )
    held = store(both)
    correct(held, MEMBER, status="reported")
    assert said_of(held, "memberOf") == {("Oskar Lind", "Copper Ring", "reported", "Tomas Rhee")}
    assert not list(held.match(None, kg("modality"))) and sound(held)
