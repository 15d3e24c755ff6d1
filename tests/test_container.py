"""The container file: built from the lock file, without rights, and nothing of the tests in it."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "Dockerfile").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def instructions() -> list[tuple[str, str]]:
    """(INSTRUCTION, rest) of the file, continued lines joined."""
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", TEXT, flags=re.MULTILINE))
    return [tuple(line.split(" ", 1)) for line in joined.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def needed():
    spec = importlib.util.spec_from_file_location("needed", ROOT / ".ci/needed.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_runs_without_rights_and_builds_from_the_lock_file():
    found = instructions()
    last = [(what, rest) for what, rest in found[max(i for i, (w, _) in enumerate(found) if w == "FROM") :]]
    assert ("USER", "10001:10001") in last and ("ENTRYPOINT", '["kg"]') in last
    assert not [rest for what, rest in last if what == "RUN"], "nothing is fetched into what runs"
    assert last.index(("USER", "10001:10001")) > max(i for i, (what, _) in enumerate(last) if what == "COPY")
    run = " ".join(rest for what, rest in found if what == "RUN")
    assert "--require-hashes --no-deps -r needed.lock" in run and "curl" not in run and "apt" not in run
    assert all(
        what in {"FROM", "WORKDIR", "ENV", "RUN", "COPY", "LABEL", "USER", "ENTRYPOINT", "CMD"} for what, _ in found
    )
    assert all(re.fullmatch(r"python:3\.\d+-slim-\w+( AS \w+)?", rest) for what, rest in found if what == "FROM")


def test_what_it_copies_is_there_and_let_through():
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert ignored[0] == "*"
    for what, rest in instructions():
        if what == "COPY" and not rest.startswith("--from"):
            for source in rest.split()[:-1]:
                assert (ROOT / source).exists() and f"!{source}" in ignored


def test_only_what_is_needed_is_taken_from_the_lock_file(needed):
    taken = needed.select(LOCK, {"rdflib", "lxml-html-clean"})
    names = [name for name, _ in needed.entries(taken)]
    assert sorted(names) == ["lxml-html-clean", "rdflib"] and taken.count("--hash=sha256:") >= 2
    assert all(line in LOCK for line in taken.splitlines())
    assert "pytest" in dict(needed.entries(LOCK)) and "pytest" not in taken
    with pytest.raises(KeyError, match="no-such-thing"):
        needed.select(LOCK, {"rdflib", "no-such-thing"})
    assert all(re.match(r"[a-zA-Z0-9][\w.-]*==", line) for line in needed.pinned(LOCK).splitlines() if line[0] != "#")
