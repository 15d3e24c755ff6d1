"""Entities of several articles are joined and kept apart by hand, by links alone, and nobody is asked twice."""

from dataclasses import replace

import pytest

from kg import joins, review, vocabulary
from kg.assembler import assemble
from kg.errors import InputError
from kg.identity import Identity
from kg.model import Claim, Document, Entity, Evidence, Mention, Reading, Standing
from kg.rdf import BASE, IRI, special_graph, term
from kg.review import Decision
from kg.store import Store

WORDS = vocabulary.load()


def reading(text, *entities, claims=()):
    made = []
    for n, (type_, name, scope) in enumerate(entities, 1):
        start = text.index(name)
        made.append(Entity(f"e{n}", type_, name, (Mention(start, start + len(name), "name", n),), scope=scope))
    return Reading(
        Document(text, date="2026-03-02"),
        tuple(made),
        claims=tuple(Claim(s, p, o, Standing(), (Evidence(0, 9, "test"),)) for s, p, o in claims),
    )


READINGS = (
    reading(
        "Lena Orban leads the Harbour Transit Union in Antwerp.",
        ("Person", "Lena Orban", "name"),
        ("Organization", "Harbour Transit Union", "name"),
    ),
    reading("Orban said the strike would end.", ("Person", "Orban", "document")),
    reading(
        "The Harbor Transit Union met Tomas Fiala of Brno.",
        ("Organization", "Harbor Transit Union", "name"),
        ("Person", "Tomas Fiala", "name"),
    ),
    reading(
        "Czechia welcomed the envoy Omar Said.",
        ("Country", "Czechia", "name"),
        ("Person", "Omar Said", "name"),
        claims=(("e2", "citizenOf", "e1"),),
    ),
    reading(
        "Kenya elected Omar Said.",
        ("Country", "Kenya", "name"),
        ("Person", "Omar Said", "name"),
        claims=(("e2", "citizenOf", "e1"),),
    ),
)


def store(readings=READINGS):
    made = Store.memory()
    for r in readings:
        made.put(Identity(r.document, WORDS).of_document(), assemble(r, WORDS))
    return made


def by_words(found):
    return {d.said: d for d in found}


SAID = "two called Omar Said?"


def links(held):
    return {
        (q.subject.value.removeprefix(BASE), q.predicate, q.object.value.removeprefix(BASE))
        for q in held.graph(special_graph("links"))
    }


def test_proposals_with_their_evidence():
    found = by_words(joins.proposals(store()))
    assert {frozenset(said.strip("?").split(" = ")) for said in found} == {
        frozenset(("Lena Orban", "Orban")),
        frozenset(("Harbor Transit Union", "Harbour Transit Union")),
        frozenset((SAID.strip("?"),)),
    }
    surname = next(d for said, d in found.items() if "Orban" in said)
    assert any("[Orban]" in q and "strike" in q for q in surname.quotes) and any(
        "[Lena Orban]" in q for q in surname.quotes
    )
    assert found[SAID].kind == "split" and found[SAID].distinction in ("Kenya", "Czechia")


def test_a_surname_within_one_article_or_of_nobody_else_is_not_asked():
    alone = (reading("Fiala spoke.", ("Person", "Fiala", "document")), READINGS[0])
    assert joins.proposals(store(alone)) == []


def test_decisions_become_links_and_are_never_asked_again(tmp_path):
    held = store()
    file = tmp_path / "joins.toml"
    file.write_text(review.write(joins.proposals(held)), encoding="utf-8")
    asked = review.read(file)
    assert asked and set(asked) == set(joins.proposals(held))
    before = {q for q in held.quads(beside=())}
    decided, changed = review.decide(
        held, [replace(d, decision="confirm" if "Orban" in d.said else "reject") for d in asked]
    )
    assert changed == 0 and {q for q in held.quads(beside=())} == before
    assert {p for _, p, _ in links(held)} == {term("owl:sameAs"), term("owl:differentFrom")} and len(links(held)) == 2
    assert joins.proposals(held, decided) == []
    assert [d.kind for d in joins.proposals(held)] == ["split"]  # the links alone remember the joins


def test_events_of_two_articles_are_one_by_a_link():
    from kg.model import Event, Role, Time
    from kg.rdf import kg

    def told(text, type_, day):
        event = Event(
            "v1",
            type_,
            "met",
            ((0, 4),),
            (Role("agent", "e1", Evidence(0, 4, "t")),),
            Standing(),
            "t",
            time=Time(0, 4, "then", day, "day"),
        )
        return replace(reading(text, ("Person", "Omar Said", "name")), events=(event,))

    held = store(
        (
            told("Omar Said met A.", "Meeting", "2026-03-02"),
            told("Omar Said met B.", "Meeting", "2026-03-02"),
            told("Omar Said met C.", "Meeting", "2026-03-03"),
            told("Omar Said said D.", "Statement", "2026-03-02"),
            told("Omar Said said E.", "Statement", "2026-03-02"),
            told("Omar Said met F.", "Meeting", "2026"),
        )
    )
    asked = joins.proposals(held)
    assert [(d.kind, d.why) for d in asked] == [("event", "Meeting of one day, 2026-03-02, with Omar Said in both")]
    review.decide(held, [replace(asked[0], decision="confirm")])
    assert [q.predicate for q in held.graph(special_graph("links"))] == [kg("sameEvent")]
    assert joins.proposals(held) == []


def test_taking_a_decision_back_takes_its_link_and_only_its():
    held = store()
    asked = [replace(d, decision="confirm") for d in joins.proposals(held) if d.kind == "join"]
    other = IRI(BASE + "person/x"), IRI(BASE + "person/y")
    held.replace_graph("links", _link(other))
    decided, _ = review.decide(held, asked)
    assert len(links(held)) == 3
    review.decide(held, [replace(d, decision="") for d in decided])
    assert [(q.subject, q.object) for q in held.graph(special_graph("links"))] == [other]
    assert {d.key for d in joins.proposals(held)} >= {d.key for d in asked}


def _link(pair):
    from kg.rdf import Quad

    return [Quad(pair[0], term("owl:sameAs"), pair[1], special_graph("links"))]


def test_a_rejected_join_stays_so_when_articles_come_again():
    held = store()
    decided, _ = review.decide(held, [replace(d, decision="reject") for d in joins.proposals(held) if d.kind == "join"])
    then = links(held)
    for r in READINGS:
        document, quads = Identity(r.document, WORDS).of_document(), assemble(r, WORDS)
        held.remove(document)
        review.put(held, document, quads)
    assert links(held) == then and {p for _, p, _ in then} == {term("owl:differentFrom")}
    assert {d.kind for d in joins.proposals(held, review.kept(held))} == {"split"}


def test_what_is_joined_by_others_cannot_be_kept_apart():
    held = store()
    a, b, c = (f"{BASE}person/{name}" for name in ("lena-orban", "omar-said", "tomas-fiala"))
    with pytest.raises(InputError, match="apart, which other joins make one; reject one of those"):
        review.decide(
            held,
            [
                Decision(a, "join", b, decision="confirm"),
                Decision(b, "join", c, decision="confirm"),
                Decision(c, "join", a, decision="reject"),
            ],
        )
    assert links(held) == set() and review.kept(held) == []


def test_namesakes_are_kept_apart_when_built_again():
    apart = [replace(d, decision="confirm") for d in joins.proposals(store()) if d.kind == "split"]
    again = [joins.keep_apart(r, apart, WORDS, BASE) for r in READINGS]
    nodes = {Identity(r.document, WORDS).nodes(r)["e2"].value for r in again[3:]}
    assert len(nodes) == 2 and BASE + "person/omar-said" in nodes
    assert again[0] is READINGS[0]
    assert not [d for d in joins.proposals(store(again)) if d.kind == "split"]


def test_a_confirmed_split_holds_in_the_store_as_if_built_so_and_is_taken_back():
    held = store()
    before = {q for q in held.quads()}
    apart = [replace(d, decision="confirm") for d in joins.proposals(held) if d.kind == "split"]
    decided, changed = review.decide(held, apart)
    assert changed == 1
    rebuilt = {q for q in store([joins.keep_apart(r, apart, WORDS, BASE) for r in READINGS]).quads()}
    assert {q for q in held.quads(beside=())} == rebuilt != before
    assert {p for _, p, _ in links(held)} == {term("owl:differentFrom")} and len(links(held)) == 1
    for r in READINGS:
        assert review.put(held, Identity(r.document, WORDS).of_document(), assemble(r, WORDS)) == "unchanged"
    assert not [d for d in joins.proposals(held, decided) if "Omar Said" in d.said]
    review.decide(held, [replace(d, decision="") for d in decided])
    assert {q for q in held.quads()} == before


def test_a_rejected_claim_stays_rejected_when_its_subject_is_split():
    held = store()
    (split,) = [d for d in joins.proposals(held) if d.kind == "split"]
    claims = {
        q.subject.value
        for q in held.match(None, term("rdf:predicate"))
        if next(held.graph(IRI(split.other), q.subject), None)
    }
    review.decide(held, [Decision(c, decision="reject") for c in claims])
    review.decide(held, [replace(split, decision="confirm")])
    assert not [q for q in held.graph(IRI(split.other)) if q.predicate == term("rdf:predicate")]


def test_one_who_was_not_split_is_not_asked_again():
    held = store()
    decided, changed = review.decide(
        held, [replace(d, decision="reject") for d in joins.proposals(held) if d.kind == "split"]
    )
    assert changed == 0 and not [d for d in joins.proposals(held, decided) if d.kind == "split"]


def test_the_verb_asks_applies_and_asks_no_more(tmp_path, capsys):
    from kg.cli import joining

    folder, file = tmp_path / "news.kg", tmp_path / "joins.toml"
    with Store.open(folder, create=True, write=True) as held:
        for r in READINGS:
            held.put(Identity(r.document, WORDS).of_document(), assemble(r, WORDS))
    joining.merge(folder, file)
    assert len(review.read(file)) == 3
    file.write_text(file.read_text(encoding="utf-8").replace('decision = ""', 'decision = "confirm"'), encoding="utf-8")
    joining.merge(folder, file)
    assert len(review.read(file)) == 3 and all(d.decision == d.kept == "confirm" for d in review.read(file))
    with Store.open(folder) as held:
        assert len(links(held)) == 3
    joining.review(folder, tmp_path / "all.toml")  # one mechanism: what was decided there is decided here
    assert {d.key for d in review.read(tmp_path / "all.toml") if d.decision} == {d.key for d in review.read(file)}
    once = file.read_bytes()
    joining.merge(folder, file)
    assert file.read_bytes() == once


def test_a_line_heeds_the_splits_of_a_review_file(tmp_path):
    from kg.pipeline import Line

    file = tmp_path / "review.toml"
    file.write_text(
        review.write([replace(d, decision="confirm") for d in joins.proposals(store()) if d.kind == "split"]),
        encoding="utf-8",
    )
    assert [d.kind for d in Line(joins=file).decisions] == ["split"]


def tale(
    text,
    type_="Arrest",
    day="2026-03-02",
    label="arrest",
    people=("Lena Orban", "Omar Said"),
    roles=("agent", "patient"),
):
    from kg.model import Event, Role, Time

    made = reading(text, *(("Person", name, "name") for name in people))
    filled = tuple(Role(role, f"e{n}", Evidence(0, 4, "t")) for n, role in enumerate(roles, 1))
    time = Time(0, 4, "then", day, "day") if day else None
    return replace(made, events=(Event("v1", type_, label, ((0, 4),), filled, Standing(), "t", time=time),))


def test_what_is_surely_one_event_is_linked_alone_and_undone():
    told = [tale(f"{start} Lena Orban arrested Omar Said.") for start in ("Here", "Then")]
    held = store(told)
    assert joins.link(held) == (1, 0) and len(joins.linked(held)) == 1 and joins.link(held) == (0, 0)
    assert [str(p).endswith("sameEvent>") for _, p, _ in links(held)] == [True]
    (asked,) = joins.proposals(held)
    assert (asked.kind, asked.stands) == ("event", "linked") and "Omar Said" in asked.why
    decided, _ = review.decide(held, [replace(asked, decision="reject")])
    assert joins.link(held, decided) == (0, 1) and {p for _, p, _ in links(held)} == {term("owl:differentFrom")}
    decided, _ = review.decide(held, [replace(d, decision="") for d in decided])
    assert joins.link(held, decided) == (1, 0)
    held.remove(Identity(told[0].document, WORDS).of_document())
    assert not links(held) and not joins.linked(held)


def reported(told, status="reported"):
    (event,) = told.events
    return replace(told, events=(replace(event, standing=Standing(status, claimed_by="e1")),))


def test_what_somebody_tells_and_what_the_article_tells_are_one_event():
    here, then = (tale(f"{start} Lena Orban arrested Omar Said.") for start in ("Here", "Then"))
    assert joins.link(store((here, reported(then)))) == (1, 0)
    assert joins.link(store((here, reported(then, "alleged")))) == (0, 0)
    other = tale("Then Lena Orban arrested Tomas Fiala.", people=("Lena Orban", "Tomas Fiala"))
    assert joins.link(store((here, reported(other)))) == (0, 0)


def test_a_question_counts_a_linked_event_once():
    from kg import queries

    starts = ("Here", "Then", "Soon")
    held = store([tale(f"{start} Lena Orban arrested Omar Said.") for start in starts])

    def asked(name):
        answer = queries.ask(held, name)
        return [dict(zip(answer.columns, row)) for row in answer.rows]

    assert len({row["event"] for row in asked("events")}) == 3
    assert len({(row["event"], row["other"]) for row in asked("same-event")}) == 3
    assert joins.link(held) == (3, 0)
    assert len({row["event"] for row in asked("events")}) == 1
    (first,) = {row["event"] for row in asked("same-event")}
    assert {row["other"] for row in asked("same-event")} == {e for a, b in joins.linked(held) for e in (IRI(b),)} - {
        first
    }
    for name in ("corroboration", "single-source"):
        assert not asked(name)  # of relations alone, which an event's telling is none of


@pytest.mark.parametrize(
    "other",
    [
        tale("Then Lena Orban arrested Omar Said.", day="2026-03-01"),
        tale("Then Lena Orban arrested Tomas Fiala.", people=("Lena Orban", "Tomas Fiala")),
        tale("Then Lena Orban freed Omar Said.", "Release", label="free"),
        tale("Then Lena Orban told Omar Said.", "Statement", label="tell"),
        tale("Then Omar Said arrested Lena Orban.", people=("Omar Said", "Lena Orban")),
    ],
    ids=["another day", "another patient", "another kind", "speech", "the other way round"],
)
def test_another_event_is_not_linked_alone(other):
    assert joins.link(store([tale("Here Lena Orban arrested Omar Said."), other])) == (0, 0)


def test_tellings_are_compared_with_few(monkeypatch):
    from kg.joins import events

    counts = []
    compared = events._compared
    monkeypatch.setattr(events, "_compared", lambda *given: counts.append(1) or compared(*given))
    held = [f"2026-{1 + n % 12:02}-{1 + n % 28:02}" for n in range(160)]
    numbers = []
    for size in (80, 160):
        counts.clear()
        joins.link(store([tale(f"T{n:03} Lena Orban arrested Omar Said.", day=held[n]) for n in range(size)]))
        numbers.append(len(counts))
    assert numbers[1] <= 160 * events.NEXT * 2
