"""The documents are true: generated parts are up to date, every verb and public name is told of, commands shown
exist.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.cli import VERBS
from tests import readme

ROOT = Path(__file__).parent.parent
PAGES = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in readme.PAGES}
README, VERBS_PAGE, LIBRARY = PAGES["README.md"], PAGES["docs/cli.md"], PAGES["docs/library.md"]
#: First cells of the table of verbs.
TABLE = re.findall(r"^\| (`kg [^|]+) \|", VERBS_PAGE, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES)
def test_generated_parts_are_up_to_date(page: str, annotator):
    assert readme.generated(PAGES[page]) == PAGES[page], "run `make readme`"


def test_the_front_page_is_short():
    assert README.count("\n") <= 400


def test_generated_parts_hold_something():
    for part in (part for text in PAGES.values() for part in readme._PART.finditer(text)):
        assert part["name"] in readme.PARTS and len(part["body"]) > 40, part["open"]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_told_of(verb: str):
    assert f"`kg {verb}`" in "".join(TABLE), "the table of verbs: what it takes, writes, overwrites, returns"
    assert f"### `kg {verb}`" in VERBS_PAGE, "the generated help"
    assert VERBS[verb].__doc__, "its help"


def test_no_verb_is_told_of_that_is_not_there():
    assert {verb for row in TABLE for verb in re.findall(r"`kg ([a-z]+)`", row)} == set(VERBS)


@pytest.mark.parametrize("name", kg.__all__)
def test_every_public_name_is_told_of(name: str):
    assert re.search(rf"^\| .*`{name}`.* \|", LIBRARY, re.MULTILINE)


@pytest.mark.parametrize("path", [*PAGES, "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_and_targets_exist(path: str):
    text = (ROOT / path).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / path).parent.joinpath(target).exists(), target
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`(?:\$ )?make ([a-z]+)", text):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for file in re.findall(r"`((?:kg|tests|ontology|queries|benchmarks|samples)/[A-Za-z0-9_./-]+)`", text):
        if not file.isupper() and "FAMILY" not in file and "NAME" not in file:
            assert (ROOT / file).exists(), file


def test_commands_shown_have_options_that_exist():
    import typer

    command = typer.main.get_command(kg.cli.app)
    known = {
        verb: {option for parameter in sub.params for option in (*parameter.opts, *parameter.secondary_opts)}
        for verb, sub in command.commands.items()
    }
    for verb, rest in re.findall(r"\bkg ([a-z]+)((?: [^\n`|]*)?)", "\n".join(PAGES.values())):
        if verb in known:
            for option in re.findall(r"(?<=\s)(-{1,2}[a-z][a-z-]*)", rest):
                assert option in known[verb] | {"--help", "-h"}, f"kg {verb} {option}"


def test_the_version_is_one():
    assert f"## {kg.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_library_example_runs(annotator, tmp_path, monkeypatch, capsys):
    example = README.partition("```python\n")[2].partition("```")[0]
    (tmp_path / "article.txt").write_text("Maria Silva visited Lyon on Monday.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102
    assert "Lyon" in capsys.readouterr().out


def python_of(folder: Path, **versions: tuple[int, int]) -> str:
    """The Python that make chooses where only these are; a version of nothing is one that does not run."""
    for name, version in versions.items():
        lie = f"import sys; sys.version_info = {(*version, 0)}; exec(sys.argv[1])" if version else ""
        script = f'exec {shlex.quote(sys.executable)} -c {shlex.quote(lie)} "$2"' if version else "exit 127"
        (folder / name.replace("_", ".")).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name.replace("_", ".")).chmod(0o755)
    done = subprocess.run(
        [shutil.which("make"), "-s", "-f", ROOT / "Makefile", "--eval", "chosen: ; @echo $(PYTHON);", "chosen"],
        cwd=folder,
        capture_output=True,
        text=True,
        env={"PATH": str(folder)},
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.skipif(not shutil.which("make"), reason="missing tool: make (apt install make)")
@pytest.mark.parametrize(
    "versions, chosen",
    [
        ({"python3_11": (3, 11)}, "python3.11"),
        ({"python3_12": (3, 12)}, "python3.12"),
        ({"python3_13": (3, 13)}, "python3.13"),
        ({"python3_14": (3, 14)}, "python3.14"),
        ({"python3": (3, 13)}, "python3"),
        ({"python": (3, 12)}, "python"),
        (
            {"python3_11": (), "python3_13": (3, 13), "python3": (3, 12)},
            "python3.13",
        ),  # one that stands there and does not run
        ({"python3": (3, 10), "python": (3, 12)}, "python"),
        ({"python3": (3, 10)}, ""),
        ({"python3": (3, 15)}, ""),
        ({}, ""),
    ],
)
def test_make_finds_any_python_that_fits(tmp_path, versions, chosen):
    assert python_of(tmp_path, **versions) == chosen
