"""Doubtful claims are put before a person, and what the person decides stays decided."""
from __future__ import annotations

import pytest

from kg import checker, queries, review
from kg.errors import InputError
from kg.rdf import kg, term
from kg.store import Store
from tests import newsroom


def store() -> Store:
    made = Store.memory()
    for reading in newsroom.readings():
        quads = newsroom.quads(reading)
        made.put(quads[0].graph_name, quads)
    return made


def find(doubts, said: str, why: str):
    return next(d for d in doubts if d.said == said and why in d.why)


def decided(doubt, **changes):
    from dataclasses import replace

    return replace(doubt, **changes)


MEMBER = "Oskar Lind · memberOf · Copper Ring"


def test_what_is_doubtful():
    doubts = review.doubtful(store())
    assert {(d.said, d.why) for d in doubts} == {
        (MEMBER, "measured confidence 0.55"), (MEMBER, "another article denies it"),
        ("Saltmarsh Prison · openedOn · 2018", "another article gives another value"),
        ("Saltmarsh Prison · quantity · about 800 inmates", "another article gives another value")}
    assert find(doubts, MEMBER, "denies").quotes == ("Oskar Lind, a member of the Copper Ring (Lind sentenced, 2026-04-10)",)
    assert find(doubts, MEMBER, "0.55").stands == "alleged, current, by Prosecutors"


def test_the_file_comes_back_as_it_went(tmp_path):
    doubts = review.doubtful(store())
    path = tmp_path / "review.toml"
    path.write_text(review.write(doubts), encoding="utf-8")
    assert review.read(path) == doubts


def test_a_rejected_claim_is_gone_and_stays_gone():
    made = store()
    wrong = decided(find(review.doubtful(made), MEMBER, "denies"), decision="reject")
    assert review.apply(made, [wrong]) == 1
    assert not list(made.match(None, kg("memberOf"))) and not list(made.match(term("rdf:type").__class__(wrong.id)))
    again = newsroom.quads(newsroom.harbour_april())
    assert made.put(again[0].graph_name, review.settle(again, [wrong])) == "unchanged"
    assert {r[3] for r in queries.ask(made, "members").rows} == {kg("alleged"), kg("denied")}
    assert checker.check(made, shapes=False) == []
    assert wrong.id not in {d.id for d in review.doubtful(made, [wrong])}


def test_a_corrected_claim_stands_as_corrected():
    made = store()
    doubt = find(review.doubtful(made), "Saltmarsh Prison · openedOn · 2018", "value")
    assert review.apply(made, [decided(doubt, decision="correct", status="reported")]) == 1
    opened = {row[2].value: row[4] for row in queries.ask(made, "where", {"place": "Saltmarsh Prison"}).rows if row[1] == kg("openedOn")}
    assert opened == {"2018": kg("reported"), "2019": kg("asserted")}
    assert [q.object.value for q in made.match(None, kg("openedOn"))] == ["2019"]
    assert checker.check(made) == []


def test_a_doubt_that_turns_out_true_becomes_a_fact():
    made = store()
    doubt = find(review.doubtful(made), MEMBER, "0.55")
    review.apply(made, [decided(doubt, decision="correct", status="asserted")])
    answer = queries.ask(made, "members", {"body": "Copper Ring"})
    assert {r[3] for r in answer.rows} == {kg("asserted"), kg("denied")}
    assert checker.check(made) == []


def test_a_confirmed_claim_is_not_asked_again():
    made = store()
    doubt = decided(find(review.doubtful(made), MEMBER, "0.55"), decision="confirm")
    assert review.apply(made, [doubt]) == 0
    assert doubt.id not in {d.id for d in review.doubtful(made, [doubt])}


@pytest.mark.parametrize("text, says", [("[[claim]]\nid = 'x'\ndecision = 'perhaps'\n", "write confirm, reject or correct"),
                                        ("[[claim]]\nid = 'x'\ndecision = 'correct'\n", "corrects '' to nothing"),
                                        ("[[claim]]\nid = 'x'\nmood = 'good'\n", "not understood"), ("[[claim]", "cannot be read")])
def test_a_file_that_cannot_be_meant(tmp_path, text, says):
    path = tmp_path / "r.toml"
    path.write_text(text)
    with pytest.raises(InputError, match=says):
        review.read(path)
