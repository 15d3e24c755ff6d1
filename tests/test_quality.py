"""What the line reaches on our own hand-made graphs may only rise; and the graphs themselves are what they say they
are.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
GRAPHS = ROOT / "tests" / "graphs"


def _module(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def quality() -> ModuleType:
    return _module("quality", ROOT / "benchmarks" / "quality.py")


@pytest.fixture(scope="module")
def results(quality: ModuleType) -> dict:
    """Our own graphs read and scored, once."""
    return quality.measure(quality.OWN, None, 0)


def _documents(name: str) -> list[dict]:
    return [json.loads(line) for line in (GRAPHS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


# ------------------------------------------------------------------ the floors


@pytest.mark.parametrize("name", ["own_dev", "own_held"])
def test_no_figure_falls_below_its_floor(quality: ModuleType, results: dict, name: str) -> None:
    floors = quality.read_floors()
    assert floors["sets"][name], "no floors: benchmarks/quality.py --held --raise-floors writes them"
    assert quality.broken(floors, name, results["sets"][name]["figures"]) == []


def test_every_document_is_read(results: dict) -> None:
    assert {name: one["failed"] for name, one in results["sets"].items()} == {"own_dev": 0, "own_held": 0}


def test_a_floor_that_is_not_reached_is_named(quality: ModuleType) -> None:
    rows = {"claims": {"f1": 59.9, "gold": 10}, "unsafe": {"count": 3, "of": 10}}
    floors = {"sets": {"own_dev": {"claims": 60.0, "unsafe": 2.0, "events": 50.0}}, "lowered": []}
    assert quality.broken(floors, "own_dev", rows) == [
        "claims: 59.90, the floor is 60",
        "unsafe: 3.00, the floor is 2",
        "events: no longer measured",
    ]


def test_floors_rise_and_do_not_fall(quality: ModuleType) -> None:
    floors = {"sets": {"own_dev": {"claims": 60.0, "events": 70.0, "unsafe": 2.0}}, "lowered": []}
    measured = {
        "sets": {"own_dev": {"figures": {"claims": {"f1": 64.8}, "events": {"f1": 65.0}, "unsafe": {"count": 1}}}}
    }
    assert quality.raised(floors, measured)["sets"] == {"own_dev": {"claims": 64.0, "events": 70.0, "unsafe": 1.0}}


def test_a_floor_is_lowered_for_a_reason_only(quality: ModuleType) -> None:
    floors = {"sets": {"own_dev": {"claims": 60.0}}, "lowered": []}
    with pytest.raises(SystemExit, match="reason"):
        quality.lowered(floors, "own_dev", "claims", 55.0, " ")
    with pytest.raises(SystemExit, match="no floor for events"):
        quality.lowered(floors, "own_dev", "events", 55.0, "a graph was wrong")
    assert quality.lowered(floors, "own_dev", "claims", 55.0, "a graph was wrong") == {
        "sets": {"own_dev": {"claims": 55.0}},
        "lowered": [{"set": "own_dev", "figure": "claims", "from": 60.0, "to": 55.0, "because": "a graph was wrong"}],
    }


def test_sets_that_were_not_run_keep_their_figures(quality: ModuleType) -> None:
    old = {
        "program": "a 1",
        "sets": {"dwie_dev": {"documents": 96}, "mine": {"documents": 2}, "own_dev": {"documents": 1}},
    }
    new = {"program": "a 2", "sets": {"own_dev": {"documents": 9}}}
    merged = quality.merged(old, new)
    assert list(merged["sets"].items()) == [
        ("own_dev", {"documents": 9}),
        ("mine", {"documents": 2}),
        ("dwie_dev", {"documents": 96}),
    ]
    assert merged["program"] == "a 2"


def test_a_folder_tells_its_sets(quality: ModuleType, tmp_path: Path) -> None:
    graph = json.dumps({"id": "1", "text": "x", "entities": [], "events": [], "claims": [], "attributions": []})
    for name, line in (
        ("mine", graph),
        ("dwie_dev", "{}"),
        ("polnear_train", graph),
        ("other", '{"id": "1", "text": "x"}'),
        ("empty", ""),
    ):
        (tmp_path / f"{name}.jsonl").write_text(line, encoding="utf-8")
    assert quality.sets_in(tmp_path) == ["mine", "dwie_dev"]


def test_the_table_holds_the_chief_figures(quality: ModuleType) -> None:
    rows = {
        "events": {
            "precision": 81.0,
            "recall": 79.04,
            "f1": 80.0,
            "hit": 8,
            "predicted": 9,
            "found": 8,
            "gold": 10,
            "low": 70.0,
            "high": 90.06,
        },
        "unsafe": {"count": 1, "of": 46},
        "events/secret": {"f1": 1.0},
    }
    shown = quality.table({"sets": {"own_dev": {"documents": 9, "figures": rows}}}).splitlines()
    assert shown[2:] == [
        "| our graphs, seen (9) | events | 81.0 | 79.0 | 80.0 | 70.0–90.1 | 10 |",
        "|  | unsafe |  |  | 1 |  | 46 |",
    ]


# ------------------------------------------------------------------ the graphs


def test_the_graphs_come_from_their_sources() -> None:
    documents = {d["id"]: d for name in ("dev", "held") for d in _documents(name)}
    sources = sorted((GRAPHS / "source").glob("*.gold"))
    done = subprocess.run(
        [sys.executable, str(GRAPHS / "compile.py"), *map(str, sources)], capture_output=True, text=True, check=True
    )
    made = {d["id"]: d for d in map(json.loads, done.stdout.splitlines())}
    changed = [name for name in {**made, **documents} if made.get(name) != documents.get(name)]
    assert not changed, f"{changed}: run tests/graphs/compile.py after a change"


@pytest.fixture(scope="module")
def agreement() -> ModuleType:
    return _module("agreement", GRAPHS / "agreement.py")


def test_the_sources_agree_with_their_second_readers(agreement: ModuleType) -> None:
    documents = {d["id"]: d for name in ("dev", "held") for d in _documents(name)}
    readings = sorted((GRAPHS / "second").glob("*.txt"))
    assert readings
    for path in readings:
        counts, apart = agreement.compared(documents[path.stem], path.read_text(encoding="utf-8"))
        assert counts["event"] >= 20 and counts["claim"] >= 10, path.stem
        assert len(apart) <= 0.1 * (counts["event"] + counts["claim"]), apart


def test_what_two_readers_see_differently_is_told(agreement: ModuleType) -> None:
    document = next(d for d in _documents("dev") if d["id"] == "court-case")
    same = [
        "event sentenced | Sentencing | asserted",
        "event appeal | Justice | planned",
        "claim Matjaž Krevelj | spouseOf | his wife | asserted",
        "claim his wife | spouseOf | Krevelj | asserted",
        "claim Karvant | quantity | 1300 | asserted",
    ]
    apart = [
        "event sentenced | Sentencing | alleged",
        "event sentenced | Arrest | asserted",
        "event bribe | Payment | asserted",
        "claim Karvant | basedIn | Maribor | asserted",
        "claim Maribor | locatedIn | court | asserted",
        "claim Helena Brodnik | residesIn | Dubai | asserted",
    ]
    assert agreement.compared(document, "\n".join(same + apart))[1] == apart
    with pytest.raises(SystemExit, match="'sentenced' does not stand 2 times"):
        agreement.compared(document, "event sentenced#2 | Sentencing | asserted")


def test_the_samples_are_the_texts_of_their_graphs() -> None:
    texts = {d["id"]: d["text"] for d in _documents("dev")}
    samples = {p.stem: p.read_text(encoding="utf-8") for p in (ROOT / "samples").glob("*.txt")}
    assert len(samples) >= 5
    assert {name: texts.get(name) for name in samples} == samples


@pytest.mark.parametrize("name", ["dev", "held"])
def test_the_graphs_are_right_about_themselves(quality: ModuleType, name: str) -> None:
    """Each graph as its own answer gives 100 in every figure, whichever of the accepted answers is taken; nothing
    gives 0.
    """
    selftest = _module("selftest", ROOT / "tests" / "scorer" / "selftest.py")
    score = quality.score
    gold = score.read_lines(GRAPHS / f"{name}.jsonl")
    assert "variants at 100" in selftest.check_graph(
        gold
    )  # asserts inside, and flips each allegation to see it found unsafe
    own = score.headline(
        score.totals(score.evaluate("graph", gold, {k: selftest.graph_prediction(d) for k, d in gold.items()}))
    )
    assert {
        k: row for k, row in own.items() if "count" not in row and "rate" not in row and score.main_value(row) < 99.9999
    } == {}
    assert own["unsafe"]["count"] == own["plain_triples_wrong"]["count"] == 0
    nothing = score.headline(score.totals(score.evaluate("graph", gold, {})))
    assert {k: row for k, row in nothing.items() if score.main_value(row) > 0} == {}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("trial Trial", "trial Tribunal"), "unknown type"),
        (("status=alleged", "status=perhaps"), "unknown status"),
        (("krev spouseOf irena", "krev spouseOf nobody"), "names 'nobody'"),
        (("agent=court patient=krev", "agent=court victim=krev"), "unknown role"),
        (("{ptuj.n Ptuj}", "{ptuj.n Ptuj"), "not closed"),
        (("court Court ", "court Court|Tribunal "), "unknown type"),
        (("karv basedIn ptuj", "karv basedAt ptuj"), "unknown predicate"),
        (("{ptuj.n Ptuj}", "Ptuj"), "has no mention"),
    ],
)
def test_a_fault_in_a_source_is_told(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    words = (GRAPHS / "source" / "court-case.gold").read_text(encoding="utf-8")
    assert change[0] in words
    spoilt = tmp_path / "spoilt.gold"
    spoilt.write_text(words.replace(*change), encoding="utf-8")
    done = subprocess.run([sys.executable, str(GRAPHS / "compile.py"), str(spoilt)], capture_output=True, text=True)
    assert done.returncode != 0 and message in done.stderr, done.stderr
