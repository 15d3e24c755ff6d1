"""The built wheel in an empty environment, outside the checkout, does the main job."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--no-build-isolation",
            "-w",
            str(folder),
            str(ROOT),
        ],
        check=True,
        timeout=300,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_it_carries_all_its_data(wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for top in ("ontology", "queries"):
        for path in (ROOT / top).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert f"kg/data/{path.relative_to(ROOT)}" in names
    for path in (ROOT / "kg").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert str(path.relative_to(ROOT)) in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any(name.startswith(("tests/", "samples/", "benchmarks/")) for name in names)


def test_the_lock_pins_what_the_project_asks_for():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"^([a-z0-9._-]+)==(\S+)", lock, re.MULTILINE)
    for block in re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in block, block[:60]
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = set(re.findall(r'^\s*"([a-z0-9-]+)[=><]', project, re.MULTILINE))
    assert wanted <= {name for name, _ in pinned}, wanted
    assert "://" not in lock, "the lock names no host"


@pytest.mark.slow
def test_an_empty_environment_does_the_main_job(wheel: Path, tmp_path: Path):
    place = tmp_path / "env"
    subprocess.run([sys.executable, "-m", "venv", str(place)], check=True, timeout=120)
    python = place / ("Scripts" if os.name == "nt" else "bin") / "python"
    pins = tmp_path / "pins.txt"  # the lock's versions; the wheel itself can have no hash in it
    pins.write_text(
        "\n".join(
            re.findall(r"^([a-z0-9._-]+==[^\\\n]+?) *\\?$", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
        )
    )
    done = subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", str(pins), str(wheel)],
        capture_output=True,
        text=True,
        timeout=900,
    )
    if "No matching distribution" in done.stderr or "Could not fetch" in done.stderr:
        pytest.skip("missing tool: a package index (the network)")
    assert done.returncode == 0, done.stderr
    away = tmp_path / "away"
    away.mkdir()
    (away / "visit.txt").write_text(
        "Maria Silva, the mayor of Porto, visited Lyon on Monday. She met Jean Petit there.\n", encoding="utf-8"
    )
    kg = python.parent / "kg"
    environment = {key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "PYTHONHOME"}}

    def run(*arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [str(kg), *arguments], cwd=away, env=environment, capture_output=True, text=True, timeout=300
        )

    for arguments in (
        ("build", "visit.txt", "--date", "2025-03-05", "-o", "visit.ttl"),
        ("check", "visit.ttl"),
        ("ask", "--list"),
        ("ask", "visit.ttl", "-q", "SELECT ?e { ?e a kg:Visit ; kg:place ?p . ?p skos:prefLabel 'Lyon' }"),
        ("terms", "visit.ttl"),
        ("draw", "visit.ttl", "-o", "visit.html"),
        ("annotate", "visit.txt", "-o", "visit.jsonl"),
    ):
        done = run(*arguments)
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
    assert {"visit.ttl", "visit.html", "visit.jsonl"} <= {p.name for p in away.iterdir()}
    where = subprocess.run(
        [str(python), "-c", "import kg; print(kg.__file__)"], cwd=away, env=environment, capture_output=True, text=True
    )
    assert str(place) in where.stdout
