"""What the line reaches on our own hand-made graphs may only rise; and the graphs themselves are what they say they are."""
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
    assert quality.broken(floors, "own_dev", rows) == ["claims: 59.90, the floor is 60", "unsafe: 3.00, the floor is 2",
                                                       "events: no longer measured"]


def test_floors_rise_and_do_not_fall(quality: ModuleType) -> None:
    floors = {"sets": {"own_dev": {"claims": 60.0, "events": 70.0, "unsafe": 2.0}}, "lowered": []}
    measured = {"sets": {"own_dev": {"figures": {"claims": {"f1": 64.8}, "events": {"f1": 65.0}, "unsafe": {"count": 1}}}}}
    assert quality.raised(floors, measured)["sets"] == {"own_dev": {"claims": 64.0, "events": 70.0, "unsafe": 1.0}}


def test_a_floor_is_lowered_for_a_reason_only(quality: ModuleType) -> None:
    floors = {"sets": {"own_dev": {"claims": 60.0}}, "lowered": []}
    with pytest.raises(SystemExit, match="reason"):
        quality.lowered(floors, "own_dev", "claims", 55.0, " ")
    with pytest.raises(SystemExit, match="no floor for events"):
        quality.lowered(floors, "own_dev", "events", 55.0, "a graph was wrong")
    assert quality.lowered(floors, "own_dev", "claims", 55.0, "a graph was wrong") == {
        "sets": {"own_dev": {"claims": 55.0}},
        "lowered": [{"set": "own_dev", "figure": "claims", "from": 60.0, "to": 55.0, "because": "a graph was wrong"}]}


def test_sets_that_were_not_run_keep_their_figures(quality: ModuleType) -> None:
    old = {"program": "a 1", "sets": {"dwie_dev": {"documents": 96}, "own_dev": {"documents": 1}}}
    new = {"program": "a 2", "sets": {"own_dev": {"documents": 9}}}
    assert quality.merged(old, new) == {"program": "a 2", "sets": {"own_dev": {"documents": 9}, "dwie_dev": {"documents": 96}}}


# ------------------------------------------------------------------ the graphs

def test_the_graphs_come_from_their_sources() -> None:
    documents = {d["id"]: d for name in ("dev", "held") for d in _documents(name)}
    sources = sorted((GRAPHS / "source").glob("*.gold"))
    done = subprocess.run([sys.executable, str(GRAPHS / "compile.py"), *map(str, sources)], capture_output=True, text=True, check=True)
    made = {d["id"]: d for d in map(json.loads, done.stdout.splitlines())}
    changed = [name for name in {**made, **documents} if made.get(name) != documents.get(name)]
    assert not changed, f"{changed}: run tests/graphs/compile.py after a change"


def test_the_samples_are_the_texts_of_their_graphs() -> None:
    texts = {d["id"]: d["text"] for d in _documents("dev")}
    samples = {p.stem: p.read_text(encoding="utf-8") for p in (ROOT / "samples").glob("*.txt")}
    assert len(samples) >= 5
    assert {name: texts.get(name) for name in samples} == samples


def test_the_graphs_are_right_about_themselves() -> None:
    """The scorer's own check: each graph as its own answer gives 100, nothing gives 0, a flipped claim is unsafe."""
    done = subprocess.run([sys.executable, "selftest.py", str(GRAPHS), str(GRAPHS / "dev.jsonl"), str(GRAPHS / "held.jsonl")],
                          cwd=ROOT / "tests" / "scorer", capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "selftest: passed" in done.stdout


@pytest.mark.parametrize(("change", "message"), [
    (("trial Trial", "trial Tribunal"), "unknown type"), (("status=alleged", "status=perhaps"), "unknown status"),
    (("krev spouseOf irena", "krev spouseOf nobody"), "names 'nobody'"), (("agent=court patient=krev", "agent=court victim=krev"), "unknown role"),
    (("{ptuj.n Ptuj}", "{ptuj.n Ptuj"), "not closed"), (("court Court ", "court Court|Tribunal "), "unknown type"),
    (("karv basedIn ptuj", "karv basedAt ptuj"), "unknown predicate"), (("{ptuj.n Ptuj}", "Ptuj"), "has no mention")])
def test_a_fault_in_a_source_is_told(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    words = (GRAPHS / "source" / "court-case.gold").read_text(encoding="utf-8")
    assert change[0] in words
    spoilt = tmp_path / "spoilt.gold"
    spoilt.write_text(words.replace(*change), encoding="utf-8")
    done = subprocess.run([sys.executable, str(GRAPHS / "compile.py"), str(spoilt)], capture_output=True, text=True)
    assert done.returncode != 0 and message in done.stderr, done.stderr
