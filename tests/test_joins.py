"""Entities of several articles are joined and kept apart by hand, by links alone, and nobody is asked twice."""
from dataclasses import replace

import pytest

from kg import joins, vocabulary
from kg.assembler import assemble
from kg.errors import InputError
from kg.identity import Identity
from kg.model import Claim, Document, Entity, Evidence, Mention, Reading, Standing
from kg.rdf import BASE, IRI, special_graph, term
from kg.store import Store

WORDS = vocabulary.load()


def reading(text, *entities, claims=()):
    made = []
    for n, (type_, name, scope) in enumerate(entities, 1):
        start = text.index(name)
        made.append(Entity(f"e{n}", type_, name, (Mention(start, start + len(name), "name", n),), scope=scope))
    return Reading(Document(text, date="2026-03-02"), tuple(made),
                   claims=tuple(Claim(s, p, o, Standing(), (Evidence(0, 9, "test"),)) for s, p, o in claims))


READINGS = (
    reading("Lena Orban leads the Harbour Transit Union in Antwerp.", ("Person", "Lena Orban", "name"), ("Organization", "Harbour Transit Union", "name")),
    reading("Orban said the strike would end.", ("Person", "Orban", "document")),
    reading("The Harbor Transit Union met Tomas Fiala of Brno.", ("Organization", "Harbor Transit Union", "name"), ("Person", "Tomas Fiala", "name")),
    reading("Czechia welcomed the envoy Omar Said.", ("Country", "Czechia", "name"), ("Person", "Omar Said", "name"), claims=(("e2", "citizenOf", "e1"),)),
    reading("Kenya elected Omar Said.", ("Country", "Kenya", "name"), ("Person", "Omar Said", "name"), claims=(("e2", "citizenOf", "e1"),)),
)


def store(readings=READINGS):
    made = Store.memory()
    for r in readings:
        made.put(Identity(r.document, WORDS).of_document(), assemble(r, WORDS))
    return made


def by_names(found):
    return {j.names: j for j in found}


def test_proposals_with_their_evidence():
    found = by_names(joins.proposals(store()))
    assert {frozenset(names) for names in found} == {
        frozenset(("Lena Orban", "Orban")), frozenset(("Harbor Transit Union", "Harbour Transit Union")), frozenset(("Omar Said",))}
    surname = next(j for n, j in found.items() if "Orban" in n)
    assert any("[Orban]" in q and "strike" in q for q in surname.quotes) and any("[Lena Orban]" in q for q in surname.quotes)
    assert found[("Omar Said",)].kind == "apart"


def test_a_surname_within_one_article_or_of_nobody_else_is_not_asked():
    alone = (reading("Fiala spoke.", ("Person", "Fiala", "document")), READINGS[0])
    assert joins.proposals(store(alone)) == []


def test_decisions_become_links_and_are_never_asked_again(tmp_path):
    held = store()
    file = tmp_path / "joins.toml"
    file.write_text(joins.write(joins.proposals(held)), encoding="utf-8")
    asked = joins.read(file)
    assert asked and {j.key for j in asked} == {j.key for j in joins.proposals(held)}
    decided = [replace(j, decision="same" if "Orban" in j.names else "different") for j in asked]
    before = {q for q in held.quads(beside=())}
    assert joins.apply(held, decided) == 2
    links = {(q.subject.value.removeprefix(BASE), q.predicate, q.object.value.removeprefix(BASE)) for q in held.graph(special_graph("links"))}
    assert {p for _, p, _ in links} == {term("owl:sameAs"), term("owl:differentFrom")}
    assert {q for q in held.quads(beside=())} == before
    assert joins.proposals(held, decided) == []
    assert [j.kind for j in joins.proposals(held)] == ["apart"]        # the links alone remember the joins


def test_events_of_two_articles_are_one_by_a_link():
    from kg.model import Event, Role, Time
    from kg.rdf import kg
    def told(text, type_, day):
        event = Event("v1", type_, "met", ((0, 4),), (Role("agent", "e1", Evidence(0, 4, "t")),), Standing(), "t",
                      time=Time(0, 4, "then", day, "day"))
        return replace(reading(text, ("Person", "Omar Said", "name")), events=(event,))
    held = store((told("Omar Said met A.", "Meeting", "2026-03-02"), told("Omar Said met B.", "Meeting", "2026-03-02"),
                  told("Omar Said met C.", "Meeting", "2026-03-03"), told("Omar Said said D.", "Statement", "2026-03-02"),
                  told("Omar Said said E.", "Statement", "2026-03-02"), told("Omar Said met F.", "Meeting", "2026")))
    asked = joins.proposals(held)
    assert [(j.kind, j.reason) for j in asked] == [("event", "Meeting of one day, 2026-03-02, with Omar Said in both")]
    joins.apply(held, [replace(asked[0], decision="same")])
    assert [q.predicate for q in held.graph(special_graph("links"))] == [kg("sameEvent")]
    assert joins.proposals(held) == []


def test_taking_a_decision_back_takes_its_link_and_only_its():
    held = store()
    asked = [replace(j, decision="same") for j in joins.proposals(held) if j.kind == "join"]
    joins.apply(held, asked)
    other = IRI(BASE + "person/x"), IRI(BASE + "person/y")
    held.replace_graph("links", [*held.graph(special_graph("links")), *_link(other)])
    joins.apply(held, [replace(j, decision="") for j in asked])
    assert [(q.subject, q.object) for q in held.graph(special_graph("links"))] == [other]


def _link(pair):
    from kg.rdf import Quad
    return [Quad(pair[0], term("owl:sameAs"), pair[1], special_graph("links"))]


def test_namesakes_are_kept_apart_when_built_again():
    apart = [replace(j, decision="different") for j in joins.proposals(store()) if j.kind == "apart"]
    again = [joins.keep_apart(r, apart, WORDS, BASE) for r in READINGS]
    nodes = {Identity(r.document, WORDS).nodes(r)["e2"].value for r in again[3:]}
    assert len(nodes) == 2 and BASE + "person/omar-said" in nodes
    assert again[0] is READINGS[0]
    assert not [j for j in joins.proposals(store(again)) if j.kind == "apart"]


@pytest.mark.parametrize("text", ["not toml [", "[[proposal]]\nnames = []\n", '[[proposal]]\na = "x"\nb = "y"\ndecision = "maybe"\n'])
def test_a_broken_review_file_is_one_line(tmp_path, text):
    file = tmp_path / "joins.toml"
    file.write_text(text)
    with pytest.raises(InputError) as caught:
        joins.read(file)
    assert str(file) in str(caught.value) and "\n" not in str(caught.value)


def test_the_file_holds_any_text(tmp_path):
    odd = joins.Join("http://a/1", "http://a/2", ('Q"uote\\', "ne\nw"), "r\x7f", ("\u2028é",), "same")
    file = tmp_path / "joins.toml"
    file.write_text(joins.write([odd]), encoding="utf-8")
    assert joins.read(file) == (odd,)


def test_the_verb_asks_applies_and_asks_no_more(tmp_path, capsys):
    from kg.cli import joining
    folder, file = tmp_path / "news.kg", tmp_path / "joins.toml"
    with Store.open(folder, create=True, write=True) as held:
        for r in READINGS:
            held.put(Identity(r.document, WORDS).of_document(), assemble(r, WORDS))
    joining.merge(folder, file)
    assert len(joins.read(file)) == 3
    file.write_text(file.read_text(encoding="utf-8").replace('decision = ""', 'decision = "same"'), encoding="utf-8")
    joining.merge(folder, file)
    assert len(joins.read(file)) == 3 and all(j.decision == "same" for j in joins.read(file))
    with Store.open(folder) as held:
        assert len(list(held.graph(special_graph("links")))) == 2
