"""Several files at once, through the command line: one that cannot be read costs only itself, and is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

GOOD = "Pia Sand resigned from the harbour board of Varby on Friday.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "page.html").write_text(
        f"<html><body><article><h1>Varby</h1><p>{GOOD}</p></article></body></html>", encoding="utf-8"
    )
    (tmp_path / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "other.txt").write_text(
        "Der Hafenrat von Varby hat am Freitag seinen Direktor entlassen, weil er zwei Kräne verkauft haben soll.\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "made"),
    [
        (["build", "good.txt", "bad.png", "none.txt", "page.html", "-q", "-o", "new.nt"], "new.nt"),
        (["annotate", "good.txt", "bad.png", "none.txt", "page.html", "-o", "new.jsonl"], "new.jsonl"),
        (["add", "new.kg", "good.txt", "bad.png", "none.txt", "page.html"], "new.kg"),
    ],
)
def test_one_bad_file_costs_only_itself(folder: Path, run, arguments: list[str], made: str):
    done = run(*arguments)
    assert done.status == 1 and (folder / made).exists()
    assert "left out: bad.png: is a PNG picture" in done.err and "left out: none.txt: does not exist" in done.err
    strict = run(*[word.replace("new", "other") for word in arguments], "--strict")
    assert strict.status == 2 and strict.err.startswith("kg: bad.png: is a PNG picture") and strict.err.count("\n") == 1
    assert not (folder / made.replace("new", "other")).exists()


def test_what_was_good_is_whole(folder: Path, run):
    run("annotate", "bad.png", "good.txt", "page.html", "-o", "some.jsonl")
    run("annotate", "good.txt", "page.html", "-o", "all.jsonl")
    assert (folder / "some.jsonl").read_bytes() == (folder / "all.jsonl").read_bytes()
    assert [json.loads(line)["text"] for line in (folder / "all.jsonl").read_text(encoding="utf-8").splitlines()] == [
        GOOD,
        GOOD,
    ]


def test_nothing_good_is_an_error(folder: Path, run):
    done = run("build", "bad.png", "other.txt", "-q", "-o", "new.nt")
    assert done.status == 2 and not (folder / "new.nt").exists()
    assert "bad.png" in done.err and "other.txt: is in German, not in English; --language any" in done.err
    assert run("build", "other.txt", "-q", "--language", "any", "-o", "new.nt").status == 0
    assert run("build", "other.txt", "--language", "de").status == 2


def test_a_folder_and_a_page_are_drawn(folder: Path, run):
    (folder / "bad.png").unlink()
    assert run("draw", "page.html", "-o", "page.svg").status == 0
    many = run("draw", ".", "-o", "all.svg")
    assert many.status == 1 and "other.txt: is in German" in many.err and (folder / "all.svg").stat().st_size > 500


def test_explain_reads_what_build_reads(folder: Path, run):
    assert "resigned" in run("explain", "page.html").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--columns", "story"], "--columns story: is not NAME=COLUMN"),
        (["--columns", "tale=story"], "--columns tale=…: is nothing that an article has"),
        (["--day-first", "--month-first"], "--day-first and --month-first"),
        (["--date", "12/03/2025"], "--date: the date '12/03/2025' may be of two days"),
    ],
)
def test_options_of_reading_are_looked_at(folder: Path, run, arguments: list[str], said: str):
    done = run("build", "good.txt", *arguments)
    assert done.status == 2 and said in done.err and done.err.count("\n") == 1


def test_a_day_of_any_form(folder: Path, run):
    for words, options in (("12 March 2025", []), ("12/03/2025", ["--day-first"]), ("3/12/2025", ["--month-first"])):
        assert run("build", "good.txt", "-q", "--date", words, *options, "-o", "new.nt").status == 0
        assert '"2025-03-12"' in (folder / "new.nt").read_text(encoding="utf-8")


def test_a_bar_on_a_terminal_from_two_on(monkeypatch, capsys):
    import sys

    from kg.cli.reading import progress

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert list(progress(iter("ab"), 2)) == ["a", "b"] and "2 articles" in capsys.readouterr().err
    assert list(progress(iter("a"), 1)) == ["a"] and capsys.readouterr().err == ""
