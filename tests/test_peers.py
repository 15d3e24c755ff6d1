"""The mapping of benchmarks/peers.py: what others say in triples, in the annotation form."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (
    "Ana Ruiz, 44, the founder of Corvid Ltd, was arrested in Lima on Monday. "
    "She did not visit the mill. Bo Lind said that Ana Ruiz sold the mill to a cousin. "
    "Bo Lind is the brother of Ana Ruiz."
)


@pytest.fixture(scope="module")
def peers() -> ModuleType:
    spec = importlib.util.spec_from_file_location("peers", ROOT / "benchmarks" / "peers.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["peers"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def read(peers: ModuleType) -> dict:
    """The text as a peer might tell it."""
    ends = [i + 1 for i, c in enumerate(TEXT) if c == "."]
    first, second, third, fourth = zip([0, *ends], ends)

    def names(words: str, label: str) -> list:
        starts = [i for i in range(len(TEXT)) if TEXT.startswith(words, i)]
        return [peers.Mention((i, i + len(words)), label, words) for i in starts]

    mentions = [*names("Ana Ruiz", "PERSON"), *names("Bo Lind", "PERSON"), *names("Corvid Ltd", "ORG")]
    mentions += [*names("Lima", "GPE"), *names("Monday", "DATE")]
    fact = peers.Fact
    facts = [
        fact(first, "Ana Ruiz", "is", "44", "be"),
        fact(first, "Ana Ruiz", "is", "the founder of Corvid Ltd", "be"),
        fact(first, "Ana Ruiz", "was arrested in", "Lima", "arrest", "in", passive=True),
        fact(first, "Ana Ruiz", "was arrested in", "Monday", "arrest", "in", passive=True),
        fact(second, "She", "did not visit", "the mill", "visit"),
        fact(second, "She", "owns", "the mill", "own"),
        fact(third, "Ana Ruiz", "sold", "the mill", "sell", sources=("Bo Lind",)),
        fact(third, "Ana Ruiz", "sold to", "a cousin", "sell", "to", sources=("Bo Lind",)),
        fact(third, "Carl Orr", "said", "the mill", "say"),
        fact(third, "Ana Ruiz", "flew to", "Quito", "fly", "to"),
        fact(fourth, "Bo Lind", "is", "the brother of Ana Ruiz", "be"),
        fact(fourth, "Bo Lind", "is", "the brother", "be"),
    ]
    return peers.annotation("mill", TEXT, mentions, facts)


def _told(read: dict) -> tuple[dict, list]:
    label = {e["id"]: e["label"] for e in read["entities"]}
    events = {
        TEXT[slice(*v["trigger"])]: (v["type"], v["status"], [(r, label[n]) for r, n in v["roles"]])
        for v in read["events"]
    }
    claims = [
        (label[c["subject"]], c["predicate"], label.get(c["object"]) if isinstance(c["object"], str) else c["object"])
        for c in read["claims"]
    ]
    return events, claims


def test_triples_become_events_with_types_roles_and_standing(read: dict) -> None:
    assert _told(read)[0] == {
        "arrested": ("Arrest", "asserted", [("patient", "Ana Ruiz"), ("place", "Lima")]),
        "visit": ("Visit", "negated", [("agent", "She"), ("patient", "mill")]),
        "sold": ("Event", "reported", [("agent", "Ana Ruiz"), ("patient", "mill"), ("recipient", "cousin")]),
        "said": ("Statement", "asserted", [("patient", "mill")]),
    }  # "flew" does not stand in the text
    source = {v["claimedBy"] for v in read["events"]} - {None}
    assert [e["label"] for e in read["entities"] if e["id"] in source] == ["Bo Lind"]


def test_triples_become_claims(read: dict) -> None:
    assert _told(read)[1] == [
        ("Ana Ruiz", "age", {"value": 44, "unit": "year"}),
        ("Ana Ruiz", "founderOf", "Corvid Ltd"),
        ("Bo Lind", "siblingOf", "Ana Ruiz"),
        ("Bo Lind", "occupation", {"value": "brother", "datatype": "xsd:string"}),
    ]  # who "she" is the peer does not say: nobody owns the mill


def test_names_are_entities_once(read: dict) -> None:
    names = {e["label"]: (e["type"], len(e["mentions"])) for e in read["entities"] if e["mentions"][0][2] == "name"}
    assert names == {
        "Ana Ruiz": ("Person", 3),
        "Bo Lind": ("Person", 2),
        "Corvid Ltd": ("Organization", 1),
        "Lima": ("Place", 1),
    }


def test_the_scorer_takes_what_is_mapped(peers: ModuleType, read: dict) -> None:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    import quality

    rows, _ = quality.figures("own_held", {"mill": {**read, "date": None}}, {"mill": read}, 0)
    assert rows["events"]["f1"] == rows["claims"]["f1"] == rows["event_roles"]["f1"] == 100
    empty, _ = quality.figures("own_held", {"mill": {**read, "date": None}}, {}, 0)
    assert empty["events"]["f1"] == empty["claims"]["f1"] == 0


def test_what_the_tables_name_is_known(peers: ModuleType) -> None:
    from kg import vocabulary

    known = vocabulary.load()
    assert {*peers.VERBS, *peers.LABELS.values(), *(kind for kind, _ in peers.EVENTS.values())} <= set(known.types)
    properties = {name.lstrip("-") for name in [*peers.LINKS.values(), *peers.NOUNS]}
    assert properties <= set(known.predicates)
    assert set(peers.CALLED) == set(peers.PEERS) == set(peers.READERS)
    twice = [v for v in peers.TYPE_OF if sum(v in verbs.split() for verbs in peers.VERBS.values()) > 1]
    assert twice == []


def test_the_table_stands_beside_our_own_figures(peers: ModuleType) -> None:
    rows = {"events": {"f1": 71.23}, "claims_asserted": {"precision": 41.18, "predicted": 34.0}}
    rows |= {"unsafe": {"count": 3.0, "of": 90.0}}
    shown = peers.table({"sets": {"own_held": {"spacy": rows}}}, {"sets": {"own_held": {"figures": rows}}}).splitlines()
    assert len(shown) == 4 and "article-kg" in shown[2]
    assert shown[3].endswith("| – | 71.2 | – | – | – | 41.2 (of 34) | 3 of 90 |")


def test_the_file_of_figures_is_of_these_peers(peers: ModuleType) -> None:
    kept = json.loads(peers.RESULTS.read_text(encoding="utf-8"))
    assert kept["peers"] == {name: list(wanted) for name, wanted in peers.PEERS.items()}
    assert set(kept["sets"]["own_held"]) == set(peers.PEERS)
