"""What stands plain, what stands only in claims, and that every claim carries its words."""

from dataclasses import replace
from itertools import product

import pytest

from kg import names, rdf, vocabulary
from kg.annotation import annotate
from kg.assembler import assemble
from kg.background import background
from kg.identity import Identity, slug
from kg.model import (
    WEAKNESS,
    Claim,
    Document,
    Entity,
    Event,
    Evidence,
    Mention,
    Quantity,
    Reading,
    Role,
    Standing,
    Time,
    Value,
    weaker,
)
from kg.rdf import kg, term

TEXT = "Guards held Ines Moll in Quito on Friday. Her lawyer says she did not rob the bank."
WORDS = vocabulary.load()


def evidence(words: str, rule: str = "test") -> Evidence:
    start = TEXT.index(words)
    return Evidence(start, start + len(words), rule)


def span(words: str) -> tuple[int, int]:
    return evidence(words).start, evidence(words).end


ENTITIES = (
    Entity("e1", "Group", "guards", (Mention(*span("Guards"), "nominal", 0),), scope="document"),
    Entity(
        "e2",
        "Person",
        "Ines Moll",
        (Mention(*span("Ines Moll"), "name", 3), Mention(*span("Her"), "pronoun", 9)),
        aliases=("Moll",),
    ),
    Entity("e3", "Settlement", "Quito", (Mention(*span("Quito"), "name", 5),), place="geonames:3652462"),
    Entity("e4", "Person", "lawyer", (Mention(*span("lawyer"), "nominal", 10),), scope="document"),
)


def reading(standing: Standing = Standing(), **changes: object) -> Reading:
    event = Event(
        "v1",
        "Detention",
        "held",
        (span("held"),),
        (
            Role("agent", "e1", evidence("Guards held")),
            Role("patient", "e2", evidence("held Ines Moll")),
            Role("place", "e3", evidence("in Quito")),
        ),
        standing,
        "detention",
        time=Time(*span("Friday"), "Friday", "2026-03-06", "day", "2026-03-07"),
    )
    return Reading(Document(TEXT, date="2026-03-07"), ENTITIES, (replace(event, **changes),))


def triples(of: Reading, **options: object) -> set[tuple]:
    return {(q.subject, q.predicate, q.object) for q in assemble(of, WORDS, **options)}


def node(of: Reading, id: str) -> rdf.IRI:
    return Identity(of.document, WORDS).nodes(of)[id]


def claims(of: Reading) -> dict[rdf.IRI, dict[str, list]]:
    said: dict[rdf.IRI, dict[str, list]] = {}
    quads = assemble(of, WORDS)
    nodes = {q.subject for q in quads if q.object == kg("Claim")}
    for q in quads:
        if q.subject in nodes:
            name = q.predicate.value.rpartition("#")[2]
            said.setdefault(q.subject, {}).setdefault(name, []).append(q.object)
    return said


def test_an_asserted_event_stands_plain_with_its_roles_and_time():
    of = reading()
    said, event = triples(of), node(of, "v1")
    assert (event, term("rdf:type"), kg("Detention")) in said
    for role, filler in (
        ("agent", "e1"),
        ("patient", "e2"),
        ("place", "e3"),
        ("participant", "e1"),
        ("participant", "e2"),
    ):
        assert (event, kg(role), node(of, filler)) in said
    assert any(s == event and p == kg("time") for s, p, o in said)
    assert not any(o == kg("UnassertedEvent") for _, _, o in said)


@pytest.mark.parametrize("status", [*WEAKNESS, "negated"])
def test_an_unasserted_event_is_plainly_no_more_than_a_label_and_a_status(status):
    of = reading(Standing(status))
    event = node(of, "v1")
    plain = {(p, o) for s, p, o in triples(of) if s == event}
    assert {p for p, _ in plain} == {term("rdf:type"), term("rdfs:label"), kg("status")}
    assert (term("rdf:type"), kg("UnassertedEvent")) in plain
    assert (term("rdf:type"), kg("Detention")) not in plain
    typed = [c for c in claims(of).values() if c["predicate"] == [term("rdf:type")]]
    assert [c["object"] for c in typed] == [[kg("Detention")]] and typed[0]["status"] == [kg(status)]
    assert not any(o == event for _, p, o in triples(of) if p not in (term("rdf:subject"), term("rdf:object")))


@pytest.mark.parametrize(
    "standing, validity",
    [
        (Standing("alleged"), "current"),
        (Standing("reported", claimed_by="e4"), "current"),
        (Standing(), "former"),
        (Standing(), "future"),
        (Standing("asserted", "negative"), "current"),
        (Standing("negated"), "current"),
    ],
)
def test_a_relation_stands_plain_only_if_asserted_positive_and_current(standing, validity):
    told = (evidence("Ines Moll in Quito"),)

    def with_claim(standing, validity):
        return replace(reading(), claims=(Claim("e2", "residesIn", "e3", standing, told, validity),))

    plain = (node(reading(), "e2"), kg("residesIn"), node(reading(), "e3"))
    assert plain in triples(with_claim(Standing(), "current"))
    assert plain not in triples(with_claim(standing, validity))


def test_a_claim_is_never_firmer_than_the_event_it_is_about():
    of = replace(
        reading(Standing("alleged")),
        claims=(Claim("v1", "quantity", Quantity(3, of="days"), Standing(), (evidence("held"),)),),
    )
    about = [c for c in claims(of).values() if c["predicate"] == [kg("quantity")]]
    assert about[0]["status"] == [kg("alleged")]
    assert not any(p == kg("quantity") for _, p, _ in triples(of))


def test_a_role_that_is_weaker_than_its_event_does_not_stand_plain():
    roles = (Role("patient", "e2", evidence("held Ines Moll"), Standing("alleged", claimed_by="e4")),)
    of = reading(roles=roles)
    assert (node(of, "v1"), term("rdf:type"), kg("Detention")) in triples(of)
    assert not any(p in (kg("patient"), kg("participant")) for _, p, _ in triples(of))


def test_every_claim_has_its_fields_and_evidence_whose_quote_is_the_text():
    of = replace(
        reading(Standing("denied", modality=("reported",), claimed_by="e2", via="e4")),
        claims=(Claim("e2", "age", Value("31", "xsd:integer"), Standing(), (evidence("Ines Moll"),)),),
    )
    quads = assemble(of, WORDS)
    for claim in claims(of).values():
        for key in ("subject", "predicate", "object", "status", "polarity", "validity", "origin", "fact", "evidence"):
            assert claim[key], key
    by = {q.subject: {} for q in quads if q.object == kg("Evidence")}
    for q in quads:
        if q.subject in by:
            by[q.subject][q.predicate] = q.object.value
    assert by
    for fields in by.values():
        assert fields[kg("quote")] == TEXT[int(fields[kg("start")]) : int(fields[kg("end")])]
    named = [c for c in claims(of).values() if c["status"] == [kg("denied")]]
    assert all(
        c["claimedBy"] == [node(of, "e2")] and c["via"] == [node(of, "e4")] and c["modality"] == [kg("reported")]
        for c in named
    )


def test_the_same_claim_of_two_documents_is_one_node_and_a_denial_another_joined_by_the_fact():
    def with_claim(text, standing=Standing()):
        return Reading(
            Document(text),
            (Entity("e1", "Person", "Ada Pol"), Entity("e2", "Organization", "Nord Bank")),
            claims=(Claim("e1", "employedBy", "e2", standing, (Evidence(0, 3, "r"),)),),
        )

    one, two, other = (claims(with_claim(*a)) for a in (("abc",), ("abcd",), ("abc", Standing("denied"))))
    assert one.keys() == two.keys() != other.keys()
    assert {c["fact"][0] for c in one.values()} == {c["fact"][0] for c in other.values()}
    assert {c["evidence"][0] for c in one.values()} != {c["evidence"][0] for c in two.values()}


def test_identity_of_entities():
    document = Document(TEXT)

    def iri(entity):
        return Identity(document, WORDS).of_entity(entity).value.removeprefix(rdf.BASE)

    assert iri(Entity("e", "Person", "José Íñigo Åström")) == "person/jose-inigo-astrom"
    assert iri(Entity("e", "Prison", "St. Mark's")) == "place/st-marks"
    assert iri(Entity("e", "Person", "Moll", scope="document")).startswith("person/moll-")
    assert iri(Entity("e", "Person", "Ann Lee", disambiguator="Mayor of Lund")) == "person/ann-lee-mayor-of-lund"
    assert iri(Entity("e", "Person", "王伟")) != iri(Entity("e", "Person", "李娜"))
    identity = Identity(document, WORDS)
    twice = [identity.of_entity(Entity(i, "Group", "inmates", scope="document")) for i in ("e1", "e2", "e1")]
    assert twice[0] == twice[2] != twice[1]
    assert (
        Identity(document, WORDS).of_entity(Entity("e", "Person", "X", iri="http://example.org/x")).value
        == "http://example.org/x"
    )


@pytest.mark.parametrize("name", ["Ana Ruiz", "O’Neil", "a/b\\c", "%20", "ÆØÅ", "   ", "Нева", "…", "x" * 300])
def test_local_names_are_flat(name):
    flat = slug(name)
    assert flat and all(c.isascii() and (c.isalnum() or c == "-") for c in flat) and len(flat) <= 100


def test_document_key_comes_from_id_then_url_then_text():
    def key(**fields):
        return Identity(Document(**{"text": "x", **fields}), WORDS).key

    assert (
        key(id="a")
        == key(id="a", text="y", url="u")
        != key(url="u")
        == key(url="u", text="y")
        != key()
        != key(text="y")
    )


def test_weaker_takes_the_weaker_and_keeps_the_other_as_modality():
    for a, b in product(WEAKNESS, repeat=2):
        joined = weaker(Standing(a), Standing(b))
        assert joined.status == max(a, b, key=WEAKNESS.index)
        assert joined.modality == (() if a == b else (min(a, b, key=WEAKNESS.index),))
    assert weaker(Standing(), Standing("reported", claimed_by="e9")) == Standing("reported", claimed_by="e9")


def test_background_stands_in_a_graph_of_its_own():
    def known(places):
        return background(places, names.load())

    quads = assemble(reading(), WORDS, background=known)
    beside = [q for q in quads if q.graph_name == rdf.special_graph("background")]
    said = {(q.subject, q.predicate, q.object) for q in beside}
    quito, ecuador = node(reading(), "e3"), rdf.IRI(rdf.BASE + "place/ecuador")
    assert {
        (quito, term("owl:sameAs"), rdf.IRI("https://sws.geonames.org/3652462/")),
        (quito, kg("locatedIn"), ecuador),
        (ecuador, kg("countryCode"), rdf.Literal("EC")),
        (ecuador, term("owl:sameAs"), term("wd:Q736")),
    } <= said
    assert not any(s in (node(reading(), "e1"), node(reading(), "e2")) for s, _, _ in said)
    assert any(p == term("schema:isBasedOn") and "GeoNames" in o.value for _, p, o in said)
    assert not {q.predicate for q in rdf.document_graphs(quads)} & {term("owl:sameAs"), term("geo:lat")}


def test_one_pattern_finds_every_name():
    """Whatever people look at has rdfs:label: documents, entities, events, times, quantities, background places."""
    far = Claim("e2", "distance", Quantity(7, unit="kilometre", from_="e3"), Standing(), (evidence("Quito"),))
    of = replace(reading(), claims=(far,))
    quads = assemble(of, WORDS, background=lambda places: background(places, names.load()))
    unseen = (kg("Claim"), kg("Evidence"))
    seen = {q.subject for q in quads if q.predicate == term("rdf:type") and q.object not in unseen}
    labelled = {q.subject: q.object.value for q in quads if q.predicate == term("rdfs:label")}
    assert seen <= labelled.keys() and len(seen) >= 8
    assert all(labelled[q.subject] == q.object.value for q in quads if q.predicate == term("skos:prefLabel"))
    assert not labelled.keys() & {q.subject for q in quads if q.object in unseen}


@pytest.mark.parametrize(
    "given, label",
    [
        ({"title": "Held in Quito", "url": "https://example.org/1", "id": "a1"}, "Held in Quito"),
        ({"url": "https://example.org/1", "id": "a1"}, "https://example.org/1"),
        ({"id": "a1"}, "a1"),
        ({}, "article "),
    ],
)
def test_an_article_without_a_title_has_a_label_none_the_less(given, label):
    of = replace(reading(), document=Document(TEXT, **given))
    document = Identity(of.document, WORDS).of_document()
    named = [o.value for s, p, o in triples(of) if p == term("rdfs:label") and s == document]
    assert len(named) == 1 and named[0].startswith(label) and TEXT[:10] not in named[0]


def test_text_can_be_left_out():
    assert any(p == term("schema:articleBody") for _, p, _ in triples(reading()))
    assert not any(p == term("schema:articleBody") for _, p, _ in triples(reading(), with_text=False))


def test_the_annotation_form_holds_the_same():
    of = replace(
        reading(Standing("alleged", claimed_by="e4")),
        claims=(Claim("e2", "distance", Quantity(7, unit="kilometre", from_="e3"), Standing(), (evidence("Quito"),)),),
    )
    told = annotate(of, WORDS)
    assert told["text"] == TEXT and [e["iri"] for e in told["entities"]] == [node(of, e.id).value for e in ENTITIES]
    event, claim = told["events"][0], told["claims"][0]
    assert (event["status"], event["claimedBy"], event["roles"][0]) == ("alleged", "e4", ["agent", "e1"])
    assert event["time"] == {"span": list(span("Friday")), "value": "2026-03-06", "anchor": "2026-03-07"}
    assert claim["object"] == {
        "value": 7,
        "min": None,
        "max": None,
        "unit": "kilometre",
        "of": None,
        "modifier": None,
        "from": "e3",
    }
