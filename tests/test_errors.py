"""Bad input gives one clear line and exit status 2, and no half-written file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from kg import errors

GOOD = "Ana Ruiz visited Lima on Monday.\n"
TURTLE = "@prefix kg: <https://w3id.org/article-kg/ontology#> .\n<https://example.org/a> a kg:Person .\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    """A folder of files good and bad, and the place where commands run."""
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \n\n\t")
    (tmp_path / "binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    (tmp_path / "signs.txt").write_bytes(bytes(range(128, 256)))
    (tmp_path / "utf16.txt").write_bytes(b"\xff\xfe" + GOOD.encode("utf-16-le")[:-1])
    (tmp_path / "large.txt").write_bytes(b"word " * 300_000)
    (tmp_path / "huge.txt").write_bytes(b"word " * 900_000)
    (tmp_path / "folder").mkdir()
    (tmp_path / "good.ttl").write_text(TURTLE, encoding="utf-8")
    (tmp_path / "broken.ttl").write_text(TURTLE + "<https://example.org/b> a kg:Person", encoding="utf-8")
    (tmp_path / "broken.jsonld").write_text('{"@id": ', encoding="utf-8")
    (tmp_path / "broken.rdf").write_text("<rdf:RDF", encoding="utf-8")
    (tmp_path / "text.ttl").write_text("Ana Ruiz visited Lima.", encoding="utf-8")
    (tmp_path / "binary.nt").write_bytes(b"\x00\x01\x02\xff")
    (tmp_path / "terms.toml").write_text("x = ", encoding="utf-8")
    (tmp_path / "old.ttl").write_text("kept", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


CASES = [
    # articles
    (["build", "none.txt", "-o", "new.ttl"], "none.txt: does not exist"),
    (["build", "empty.txt", "-o", "old.ttl"], "empty.txt: is empty"),
    (["build", "blank.txt", "-o", "new.ttl"], "blank.txt: is empty"),
    (["build", "binary.txt", "-o", "new.ttl"], "binary.txt: is a PNG picture"),
    (["build", "signs.txt", "-o", "new.ttl"], "signs.txt: is not UTF-8"),
    (["build", "utf16.txt", "-o", "new.ttl"], "utf16.txt: is not UTF-16"),
    (["build", "large.txt", "-o", "new.ttl"], "large.txt: is too large"),
    (["build", "huge.txt", "-o", "new.ttl"], "huge.txt: is too large"),
    (["build", "folder", "-o", "new.ttl"], "folder: is a folder without articles"),
    (["build", "good.txt", "empty.txt", "--strict", "-o", "new.ttl"], "empty.txt: is empty"),
    (["annotate", "signs.txt", "-o", "new.jsonl"], "signs.txt: is not UTF-8"),
    (["annotate", "--jsonl", "none.jsonl", "-o", "new.jsonl"], "none.jsonl: does not exist"),
    (["annotate", "good.txt", "--jsonl", "x.jsonl"], "two things to read"),
    (["explain", "none.txt"], "none.txt: does not exist"),
    # options
    (["build", "good.txt", "--date", "yesterday", "-o", "new.ttl"], "the date 'yesterday' is no day"),
    (["build", "good.txt", "--url", "no address", "-o", "new.ttl"], "the url 'no address'"),
    (["build", "good.txt", "--base", "example", "-o", "new.ttl"], "--base example: is no namespace"),
    (["build", "good.txt", "--base", "https://example.org/x", "-o", "new.ttl"], "is no namespace"),
    (["build", "good.txt", "--model", "xx_none", "-o", "new.ttl"], "xx_none"),
    (["build", "good.txt", "--ontology", "none.ttl", "-o", "new.ttl"], "none.ttl: does not exist"),
    (["build", "good.txt", "--ontology", "broken.ttl", "-o", "new.ttl"], "broken.ttl"),
    (["build", "good.txt", "--frames", "none", "-o", "new.ttl"], "none: does not exist"),
    (["build", "good.txt", "--frames", ".", "-o", "new.ttl"], "terms.toml"),
    (["build", "good.txt", "--names", "broken.ttl", "-o", "new.ttl"], "broken.ttl"),
    (["build", "good.txt", "good.txt", "--id", "a", "-o", "new.ttl"], "share one id"),
    (["build", "good.txt", "--with", "everything", "-o", "new.ttl"], "everything"),
    # outputs
    (["build", "good.txt", "-o", "none/new.ttl"], "its folder does not exist"),
    (["build", "good.txt", "-o", "folder"], "folder"),
    (["build", "good.txt", "-o", "new.xyz"], ".xyz"),
    (["build", "good.txt", "-o", "good.txt/new.ttl"], "cannot be written"),
    (["export", "good.ttl", "-o", "none/new.nt"], "its folder does not exist"),
    (["draw", "good.ttl", "-o", "none/new.html"], "its folder does not exist"),
    # graphs
    (["ask", "none.ttl", "-q", "SELECT * {}"], "none.ttl"),
    (["ask", "broken.ttl", "-q", "SELECT * {}"], "broken.ttl: not readable as"),
    (["terms", "broken.ttl"], "broken.ttl: not readable as"),
    (["why", "text.ttl", "Ana Ruiz"], "text.ttl: not readable as"),
    (["check", "broken.jsonld"], "broken.jsonld: not readable as"),
    (["export", "broken.rdf", "-o", "new.nt"], "broken.rdf: not readable as"),
    (["export", "binary.nt", "-o", "new.ttl"], "binary.nt: not readable as"),
    (["draw", "broken.ttl", "-o", "new.html"], "broken.ttl: not readable as"),
    (["export", "good.txt", "-o", "new.ttl"], ".txt"),
    (["terms", "folder"], "folder: is not a store"),
    # questions
    (["ask", "good.ttl", "no-such-question"], "no-such-question"),
    (["ask", "good.ttl", "-q", "SELECT"], "not SPARQL"),
    (["ask", "good.ttl", "-q", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"], "query"),
    (["ask", "good.ttl"], "give a graph and a question"),
    (["ask", "good.ttl", "-q", "SELECT * {}", "--format", "xml"], "--format xml"),
    (["draw", "good.ttl", "--view", "no-such-view", "-o", "new.html"], "no-such-view"),
    # usage
    (["bild"], "bild"),
    (["build", "good.txt", "--nope"], "--nope"),
    (["export"], ""),
]


@pytest.mark.parametrize(
    ("arguments", "said"), CASES, ids=lambda value: " ".join(value)[:60] if isinstance(value, list) else ""
)
def test_one_line_and_nothing_written(folder: Path, run, arguments: list[str], said: str):
    before = {path: path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}
    done = run(*arguments)
    assert done.status == 2, done.err
    assert said in done.err
    assert "Traceback" not in done.err
    if said:
        assert done.err.startswith("kg: ") and done.err.count("\n") == 1, done.err
    assert not done.out.strip()
    assert {path: path.read_bytes() if path.is_file() else None for path in folder.rglob("*")} == before


def test_where_without_a_sign(folder: Path, run):
    done = run("ask", "good.ttl", "-q", "SELECT * {}", "--where", "x")
    assert done.status == 2 and done.err.count("\n") == 1


@pytest.fixture
def nobody():
    """For the time of a test, not to be the one who may read and write anything."""
    if not hasattr(os, "geteuid"):
        pytest.skip("permissions of another kind")
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    yield
    if root:
        os.seteuid(0)


def test_permissions(run, request):
    """Unreadable articles and graphs, unwritable folders and files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind in ("article.txt", "graph.ttl", "kept.ttl"):
            (folder / kind).write_text(GOOD if kind.endswith(".txt") else TURTLE, encoding="utf-8")
        (folder / "readable.ttl").write_text(TURTLE, encoding="utf-8")
        for kind, mode in (
            ("article.txt", 0),
            ("graph.ttl", 0),
            ("kept.ttl", 0o444),
            ("readable.ttl", 0o444),
            ("", 0o555),
        ):
            (folder / kind).chmod(mode)
        run("terms", folder / "readable.ttl")  # what is imported on the way is imported now
        request.getfixturevalue("nobody")
        for arguments in (
            ["build", folder / "article.txt"],
            ["terms", folder / "graph.ttl"],
            ["export", folder / "readable.ttl", "-o", folder / "new.nt"],
            ["export", folder / "readable.ttl", "-o", folder / "kept.ttl"],
        ):
            done = run(*arguments)
            assert done.status == 2 and "permission denied" in done.err.lower() and done.err.count("\n") == 1, done.err
        if os.getuid() == 0:
            os.seteuid(0)
        assert sorted(p.name for p in folder.iterdir()) == ["article.txt", "graph.ttl", "kept.ttl", "readable.ttl"]
        assert (folder / "kept.ttl").read_text(encoding="utf-8") == TURTLE
        folder.chmod(0o755)


def test_a_process_of_its_own_shows_no_traceback(folder: Path, kg):
    done = kg("build", "signs.txt", "-o", "new.ttl", cwd=folder)
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and not (folder / "new.ttl").exists()


def test_what_nobody_foresaw_is_one_line_too(run, monkeypatch, folder: Path):
    from kg import reader

    monkeypatch.setattr(reader, "read_documents", lambda *_, **__: 1 / 0)
    done = run("build", "good.txt")
    assert done.status == 70 and done.err.count("\n") == 1 and "ZeroDivisionError" in done.err


def test_a_text_without_any_name_is_no_error(folder: Path, run, annotator):
    (folder / "quiet.txt").write_text("It rained. It was cold and it was late.\n", encoding="utf-8")
    done = run("build", "quiet.txt", "-o", "quiet.ttl")
    assert done.status == 0 and "document alone" in done.out
    assert run("check", "quiet.ttl").status == 0
    asked = run("ask", "quiet.ttl", "-q", "SELECT ?s { ?s a kg:Document }", "--format", "csv")
    assert asked.status == 0 and asked.out.count("\n") == 2


def test_a_document_that_fails_costs_only_itself(folder: Path, run, annotator, monkeypatch):
    import kg.extractor

    whole = kg.extractor.extract

    def brittle(parse, *rest, **options):
        if "Bad" in parse.text:
            raise ValueError("played")
        return whole(parse, *rest, **options)

    monkeypatch.setattr(kg.extractor, "extract", brittle)
    (folder / "in.jsonl").write_text(
        '{"id": "a", "text": "Ana left."}\n{"id": "b", "text": "Bad."}\nnot json\n{"id": "c", "text": "Bo left."}\n'
    )
    done = run("annotate", "--jsonl", "in.jsonl", "-o", "out.jsonl")
    assert done.status == 1
    assert "in.jsonl, line 2" in done.err and "in.jsonl, line 3" in done.err and "played" in done.err
    assert [line[:10] for line in (folder / "out.jsonl").read_text().splitlines()] == ['{"id": "a"', '{"id": "c"']


def test_stopping_it_is_clean(folder: Path):
    # a background job has SIGINT ignored, and its children inherit that: here it is as in a terminal
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "annotate", "--jsonl", "-", "-o", "out.jsonl"],
        cwd=folder,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(errors.__file__).parent.parent)},
    )
    deadline = time.monotonic() + 60
    while not list(folder.glob(".out.jsonl.*")) and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130 and err.decode().strip() == "kg: stopped"
    assert not list(folder.glob("*out.jsonl*"))


def test_a_closed_pipe_is_no_error(folder: Path):
    lines = "".join(
        f"<https://example.org/{i}> <https://example.org/p> <https://example.org/o> .\n" for i in range(9_000)
    )
    (folder / "many.nt").write_text(lines)
    command = (
        f"{sys.executable} -m kg ask many.nt -q 'SELECT ?s {{ ?s ?p ?o }}' --format csv | head -1; exit "
        f"${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(Path(errors.__file__).parent.parent)},
    )
    assert (done.returncode, done.stdout.count("\n"), done.stderr) == (0, 1, "")


def test_every_error_is_of_the_tree_and_drawn_in_it():
    drawn = errors.__doc__ or ""
    for name, value in vars(errors).items():
        if isinstance(value, type) and issubclass(value, Exception):
            assert issubclass(value, errors.KgError) and name in drawn


def test_an_error_says_what_where_and_what_to_do():
    assert str(errors.GraphError("is no graph", "a.ttl", "build it")) == "a.ttl: is no graph; build it"
    assert str(errors.KgError("stopped")) == "stopped"
