"""Inside other programs: an assistant over the Model Context Protocol, spaCy pipelines, and every line of
docs/exchange.md.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

import kg as package
from kg import queries

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/exchange.md").read_text(encoding="utf-8")


# ------------------------------------------------------------------ an assistant


def asked(graph: Path, work: Callable[[Any], Awaitable[None]]) -> None:
    """Do something with a client of a server that runs in a process of its own, over standard input and output."""
    mcp = pytest.importorskip("mcp")

    async def session() -> None:
        started = mcp.StdioServerParameters(
            command=sys.executable, args=["-m", "kg", "mcp", str(graph)], env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        async with mcp.Client(started) as client:
            await work(client)

    asyncio.run(asyncio.wait_for(session(), 240))


def test_an_assistant_asks_finds_and_quotes(sample_graph, tmp_path):
    before = sample_graph.read_bytes()

    async def work(client: Any) -> None:
        tools = (await client.list_tools()).tools
        assert {t.name for t in tools} == {"questions", "ask", "find", "quotes", "articles"}
        assert all(t.annotations.read_only_hint and not t.annotations.destructive_hint and t.description for t in tools)

        async def call(tool: str, /, **arguments: Any) -> Any:
            done = await client.call_tool(tool, arguments)
            assert not done.is_error, done.content
            told = done.structured_content
            return told["result"] if set(told) == {"result"} else told

        questions = await call("questions")
        assert {q["name"] for q in questions} == set(queries.questions())
        visits = await call("ask", question="visits", parameters={"person": "Thandi Moreri"})
        assert visits["rows"] and all(row["quotes"] and row["personLabel"] == "Thandi Moreri" for row in visits["rows"])
        alleged = await call("ask", question="alleged")
        assert any(
            q["status"] == "alleged" and q["speaker"] == "Prosecutors" for r in alleged["rows"] for q in r["quotes"]
        )
        (found,) = await call("find", name="moreri")
        assert found["label"] == "Thandi Moreri" and found["types"] == ["Person"]
        for quote in await call("quotes", of=found["iri"], most=3):
            assert quote["quote"] and quote["status"] and quote["document"]
        assert len(await call("quotes", of="Thandi Moreri", most=2)) == 2
        (article,) = await call("articles")
        assert article["date"] == "2025-11-12"
        assert (await call("ask", question="visits", parameters={"person": "Nobody Here"}))["note"]
        for name, arguments, said in (
            ("ask", {"question": "visit"}, "did you mean"),
            ("ask", {"question": "visits", "parameters": {"colour": "red"}}, "has no parameter"),
            ("quotes", {"of": "Nobody Here"}, "nothing in the graph"),
        ):
            failed = await client.call_tool(name, arguments)
            assert failed.is_error and said in failed.content[0].text

    asked(sample_graph, work)
    assert sample_graph.read_bytes() == before


def test_an_assistant_sees_what_is_added_to_a_store_and_changes_nothing(sample_graph, kg, tmp_path):
    assert kg("add", "news.kg", sample_graph).returncode == 0

    async def work(client: Any) -> None:
        for count, text in ((1, "Ana Ruiz visited Lyon on Monday."), (2, "")):
            held = (await client.call_tool("articles", {})).structured_content["result"]
            assert len(held) == count
            if text:
                (tmp_path / "more.txt").write_text(text, encoding="utf-8")
                added = await asyncio.to_thread(kg, "add", "news.kg", "more.txt", "--date", "2025-11-12")
                assert added.returncode == 0, added.stderr

    asked(tmp_path / "news.kg", work)


def test_what_cannot_be_served_is_one_line(kg, monkeypatch):
    done = kg("mcp", "nothing.kg")
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and not done.stdout
    from kg.mcp import server

    monkeypatch.setitem(sys.modules, "mcp.server", None)
    with pytest.raises(package.KgError, match=r"pip install 'article-kg\[mcp\]'"):
        server("nothing.ttl")


# ------------------------------------------------------------------ spaCy

TEXT = "Police arrested Ana Ruiz in Lima on Monday. She is accused of attacking a bank."
PIPE = """
import json, sys, spacy
nlp = spacy.load(sys.argv[1])
doc = nlp.make_doc(sys.argv[2])
doc._.kg_document = {"date": "2026-03-03"}
print(json.dumps(nlp(doc)._.kg.events))
"""


def test_a_pipeline_of_spacy_holds_the_line(annotator):
    import spacy
    from spacy.tokens import Doc, DocBin

    nlp = spacy.blank("en")
    nlp.add_pipe("article_kg")
    doc = nlp.make_doc(TEXT)
    doc._.kg_document = {"date": "2026-03-03", "id": "one"}
    doc = nlp(doc)
    (told,) = package.annotate(package.document(TEXT, date="2026-03-03", id="one"))
    for name in ("entities", "events", "claims", "attributions"):
        assert list(getattr(doc._.kg, name)) == told[name], "the same as the line itself"
    standing = {event["type"]: event["status"] for event in doc._.kg.events}
    assert standing["Arrest"] == "asserted" and standing["Attack"] == "alleged"
    for event in doc._.kg.events:
        assert doc.char_span(*event["trigger"]).text in TEXT
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.kg == doc._.kg
    (kept,) = DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)
    assert kept._.kg == doc._.kg
    assert nlp.make_doc("Nothing read.")._.kg.events == ()
    assert len(list(nlp.pipe([TEXT, "Ana Ruiz met Ivo Maric.", ""]))) == 3


def test_a_pipeline_is_saved_and_loaded_with_its_settings(tmp_path):
    """Loaded by a program that knows spaCy alone: the entry point finds the component."""
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("article_kg", config={"curated": True, "base": "https://example.org/id/"})
    nlp.to_disk(tmp_path / "pipeline")
    loaded = spacy.load(tmp_path / "pipeline").get_pipe("article_kg")
    assert (loaded.line.curated, loaded.line.base) == (True, "https://example.org/id/")
    done = subprocess.run(
        [sys.executable, "-c", PIPE, tmp_path / "pipeline", TEXT],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert {e["type"] for e in json.loads(done.stdout)} >= {"Arrest", "Attack"}


def test_what_is_told_of_a_text_must_be_known():
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("article_kg")
    doc = nlp.make_doc(TEXT)
    doc._.kg_document = {"day": "2026-03-03"}
    with pytest.raises(package.KgError, match="day"):
        nlp(doc)


# ------------------------------------------------------------------ the page


def blocks() -> list[tuple[str, str]]:
    return re.findall(r"```(sh|python)\n(.*?)```", PAGE, re.DOTALL)


def test_every_line_of_the_page_runs(tmp_path, annotator):
    """The shell's lines and the programs, one after the other, as a reader would copy them."""
    for module in ("duckdb", "followthemoney", "icalendar", "geojson", "mcp"):
        pytest.importorskip(module)
    if shutil.which("node") is None:
        pytest.skip("missing tool: node")
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    (tmp_path / "bin").mkdir()
    for name, command in (("kg", f"{shlex.quote(sys.executable)} -m kg"), ("python", shlex.quote(sys.executable))):
        (tmp_path / "bin" / name).write_text(f'#!/bin/sh\nexec {command} "$@"\n')
        (tmp_path / "bin" / name).chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    ran = 0
    for kind, text in blocks():
        commands = (
            [["sh", "-c", line] for line in text.splitlines()] if kind == "sh" else [[sys.executable, "-c", text]]
        )
        for command in commands:
            done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"{command[-1]}\n{done.stdout}{done.stderr}"
            assert kind == "sh" or done.stdout.strip(), f"a program that shows nothing:\n{text}"
            ran += 1
    assert ran > 15


def test_every_form_is_told_of():
    from kg.exchange import FORMS

    shown = set(re.findall(r"^kg export news\.trig --as (\w+)", PAGE, re.MULTILINE))
    assert shown == set(FORMS)
