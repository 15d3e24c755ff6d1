"""Of requirements.lock what this project and the extras named need here: python .ci/needed.py EXTRA... > needed.lock

pip tells which packages these are, at the versions of the lock file; their lines are given as they stand there, with
the hashes. Ends with status 1 where one of them is not in the lock file: `make lock` brings it up to date.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

LOCK = Path("requirements.lock")


def name_of(text: str) -> str:
    """A package's name as all spellings of it are read."""
    return re.sub(r"[-_.]+", "-", text).lower()


def entries(lock: str) -> list[tuple[str, str]]:
    """(name, lines) of each package in a lock file; one may stand there twice, for different surroundings."""
    found = re.findall(r"^[A-Za-z0-9].*?(?=^[A-Za-z0-9]|\Z)", lock, re.DOTALL | re.MULTILINE)
    return [(name_of(re.split(r"[=<>!~;\[ ]", entry, maxsplit=1)[0]), entry) for entry in found]


def pinned(lock: str) -> str:
    """The lock file as constraints, without hashes."""
    return "".join(line.rstrip(" \\") + "\n" for line in lock.splitlines() if not re.match(r"\s", line))


def select(lock: str, wanted: set[str]) -> str:
    """The entries of these packages; KeyError names one that the lock file lacks."""
    held = entries(lock)
    if missing := sorted(wanted - {name for name, _ in held}):
        raise KeyError(", ".join(missing))
    return "".join(entry for name, entry in held if name in wanted)


def wanted(lock: str, extras: list[str]) -> set[str]:
    """The names of the packages that pip would install, this project apart."""
    with tempfile.TemporaryDirectory() as folder:
        constraints, report = Path(folder, "constraints.txt"), Path(folder, "report.json")
        constraints.write_text(pinned(lock), encoding="utf-8")
        command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--ignore-installed"]
        options = ["--report", str(report), "-c", str(constraints), f".[{','.join(extras)}]"]
        subprocess.run([*command, *options], check=True, stdout=sys.stderr)
        told = json.loads(report.read_text(encoding="utf-8"))["install"]
    names = {name_of(item["metadata"]["name"]) for item in told}
    return names - {"article-kg"}


if __name__ == "__main__":
    text = LOCK.read_text(encoding="utf-8")
    try:
        print(select(text, wanted(text, sys.argv[1:])), end="")
    except KeyError as error:
        sys.exit(f"requirements.lock lacks {error.args[0]}: run `make lock`")
