"""The forms for other tools: each read back by the tool it is for, the same to the byte each time, and no claim
without its status.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import kg as package
from kg.exchange import FORMS, TABLES, Records, columns, frames, rows
from kg.exchange.forms.money import entities, identifier
from kg.exchange.records import days, isodate
from kg.model import Document
from kg.pipeline import Line
from kg.rdf import IRI, kg as ours, term
from kg.store import Store
from tests.helpers import newsroom
from tests.helpers.firmness import PLAIN, WRAPPINGS, wrap

ROOT = Path(__file__).parent.parent
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
STATUSES = ("asserted", "negated", "reported", "planned", "requested", "alleged", "hypothetical", "denied")


def written(records: Records, form: str) -> dict[str, bytes]:
    """The files of a form: name, or ending of the one file → bytes."""
    found = {}
    for name, write in FORMS[form].parts(records).items():
        out = io.BytesIO()
        assert write(out)
        found[name] = out.getvalue()
    return found


def store_of(line: Line, *documents: Document) -> Store:
    made = Store.memory()
    for reading in line.read(documents):
        made.load(line.quads(reading))
    return made


@pytest.fixture(scope="module")
def line(annotator) -> Line:
    return Line()


@pytest.fixture(scope="module")
def samples(line) -> Store:
    """The five samples."""
    assert len(SAMPLES) == 5
    return store_of(
        line, *(Document(p.read_text(encoding="utf-8"), id=p.stem, title=p.stem, date="2025-11-12",
                         url=f"https://example.org/{p.stem}", publisher="The Example") for p in SAMPLES)
    )  # fmt: skip


@pytest.fixture(scope="module")
def news() -> Store:
    """The invented articles understood by hand: every status, offices past and to come, times, amounts."""
    made = Store.memory()
    made.load(newsroom.quads())
    return made


@pytest.fixture(scope="module", params=["news", "samples"])
def graph(request) -> Store:
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def records(graph) -> Records:
    return Records.of(graph)


# ------------------------------------------------------------------ the tables


def test_the_tables_hold_all_that_the_graph_holds(graph, records):
    """Counted by SPARQL, apart from the records: claims, quotes, events, articles."""

    def count(text: str) -> int:
        return int(next(iter(graph.query(f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {text} }}")))["n"].value)

    held = {table: len(list(rows(records, table))) for table in TABLES}
    assert held["claims"] == count("?x a kg:Claim") > 0
    assert held["articles"] == count("?x a kg:Document")
    assert held["events"] == count("?c rdf:predicate rdf:type ; rdf:subject ?x")
    assert held["sources"] == count("{ ?c kg:claimedBy ?x } UNION { ?c kg:via ?x }")
    assert held["quotes"] == sum(row.quotes for row in rows(records, "claims"))
    row = next(row for row in rows(records, "claims") if row.status == "alleged")
    assert row.quote and row.start is not None and row.end == row.start + len(row.quote) and row.stands_plain == "no"


def test_csv_and_parquet_and_frames_are_the_same_rows(records, tmp_path):
    import duckdb
    import pandas

    framed = frames(records)
    for form in ("csv", "parquet"):
        for name, data in written(records, form).items():
            (tmp_path / name).write_bytes(data)
    for table in TABLES:
        names, body = list(columns(table)), [tuple(row) for row in rows(records, table)]
        assert len({name.lower() for name in names}) == len(names), "a header once"
        read = pandas.read_csv(tmp_path / f"{table}.csv", keep_default_na=False, dtype=str)
        assert list(read.columns) == names
        assert [tuple(r) for r in read.itertuples(index=False)] == [
            tuple("" if cell is None else str(cell) for cell in row) for row in body
        ]
        asked = duckdb.execute(f"SELECT * FROM '{tmp_path / table}.parquet'")
        assert [d[0] for d in asked.description] == names and asked.fetchall() == body
        frame = framed[table]
        assert list(frame.columns) == names and len(frame) == len(body)
        assert frame.astype(object).where(frame.notna(), None).values.tolist() == [list(row) for row in body]
        assert duckdb.execute(f"SELECT count(*) FROM read_csv('{tmp_path / table}.csv')").fetchone() == (len(body),)


def test_frame_takes_any_graph(news):
    framed = package.frame(news)
    alleged = framed["claims"].query("status == 'alleged' and predicate == 'memberOf'")
    assert list(framed) == list(TABLES) and "Oskar Lind" in set(alleged["subject"])
    assert str(framed["claims"]["quotes"].dtype) == "int64" and str(framed["claims"]["confidence"].dtype) == "float64"


def test_a_workbook_is_read_back_with_filters_and_links(records):
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(written(records, "xlsx")[".xlsx"]))
    assert book.sheetnames == ["claims", "entities", "events", "sources", "articles"]
    for sheet in book:
        body = list(rows(records, sheet.title))
        header = [cell.value for cell in sheet[1]]
        assert sheet.max_row == len(body) + 1 and sheet.auto_filter.ref and sheet.freeze_panes == "B2"
        at = [list(columns(sheet.title)).index(name) for name in header]
        assert [[c.value for c in r] for r in sheet.iter_rows(min_row=2)] == [[row[i] for i in at] for row in body]
    claims = book["claims"]
    linked = claims.cell(2, [c.value for c in claims[1]].index("article") + 1)
    assert linked.hyperlink.location.startswith("articles!A")


# fmt: skip
FORMULAS = ('=HYPERLINK("http://evil.example")', "+1+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1+1", "{=1}")


@pytest.mark.parametrize("words", FORMULAS)
def test_words_of_an_article_are_never_a_formula(words):
    import openpyxl

    w = newsroom.Writer("odd", "2026-03-02", words, words, f"{words} met Ana Ruiz.")
    ruiz = w.entity("e1", "Person", "Ana Ruiz")
    odd = w.entity("e2", "Organization", words)
    w.event("v1", "Meeting", "met", f"{words} met Ana Ruiz", [("agent", odd), ("agent", ruiz)])
    w.claim(ruiz, "memberOf", odd, words)
    made = Store.memory()
    made.load(newsroom.quads(w.reading()))
    data = written(Records.of(made), "xlsx")[".xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [c.data_type for c in cells if str(c.value).strip() == words.strip()].count("f") == 0
    assert sum(str(c.value).strip() == words.strip() for c in cells) > 4
    parts = zipfile.ZipFile(io.BytesIO(data))
    assert not any(b"<f>" in parts.read(n) or b"<f " in parts.read(n) for n in parts.namelist())
    assert [c for c in cells if c.hyperlink and not c.hyperlink.location] == [], "only an address is a link to the web"
    read = list(csv.DictReader(io.StringIO(written(Records.of(made), "csv")["claims.csv"].decode(), newline="")))
    assert words in {row["object"] for row in read}, "CSV holds the words as they are"


# ------------------------------------------------------------------ FollowTheMoney


def test_followthemoney_knows_every_line(records):
    """Each entity is of its schema, with all its values kept by the cleaning of types, and its ends there and of
    the right kind.
    """
    model = pytest.importorskip("followthemoney").model
    told = list(entities(records))
    schema = {line["id"]: line["schema"] for line in told}
    assert len(schema) == len(told), "an id is of one entity"
    for line in told:
        model.get(line["schema"]).validate(line)
        proxy = model.get_proxy(dict(line), cleaned=False)
        for name, values in line["properties"].items():
            assert len(proxy.get(name)) == len(values), (line["schema"], name, values)
            property = proxy.schema.get(name)
            if property.type.name == "entity":
                assert all(model.get(schema[value]).is_a(property.range) for value in values), (line, name)
    assert [json.loads(line) for line in written(records, "ftm")[".json"].decode().splitlines()] == told


def by_schema(store: Store, schema: str) -> list[dict]:
    return [line["properties"] for line in entities(Records.of(store)) if line["schema"] == schema]


def test_followthemoney_has_the_offices_relations_and_notes(news):
    names = {line["id"]: line["properties"].get("name", [""])[0] for line in entities(Records.of(news))}

    def links(schema: str, *ends: str) -> set[tuple[str, ...]]:
        return {(*(names[p[end][0]] for end in ends), p.get("status", [""])[0]) for p in by_schema(news, schema)}

    posts = links("Occupancy", "holder", "post")
    assert ("Ines Calder", "Mayor of Port Arlen", "current") in posts
    assert ("Ines Calder", "Mayor of Port Arlen", "former") in posts
    assert ("Tomas Rhee", "President of Norvia", "future") in posts
    assert ("Ines Calder", "Jon Calder", "") in links("Family", "person", "relative")
    assert ("Arlen Bank", "Coast Steel", "") in links("Ownership", "asset", "owner")
    assert {s for *_, s in links("Membership", "member", "organization")} <= {"current", "former"}
    notes = by_schema(news, "Note")
    lind = next(n for n in notes if "Oskar Lind · memberOf · Copper Ring" in n["name"][0] and "alleged" in n["name"][0])
    assert lind["name"][0].startswith("alleged by Prosecutors: ") and lind["description"][0].startswith("“")
    assert any(n["name"][0].startswith("alleged: Attack “attacking”") for n in notes)
    assert any(n["name"][0].startswith("planned by Ines Calder: Payment “pay”") for n in notes)
    assert not by_schema(news, "Payment"), "a payment that is only promised is none"
    case = next(p for p in by_schema(news, "CourtCase") if p["category"] == ["Sentencing"])
    assert "Oskar Lind" in case["name"][0] and by_schema(news, "CourtCaseParty")
    met = next(p for p in by_schema(news, "Event") if p["name"][0].startswith("met: Ines Calder"))
    assert met["date"] == ["2026-03-02"] and met["publisher"] == ["Harbour Post"] and len(met["involved"]) == 2


def test_mentions_of_followthemoney_tell_document_and_span(samples):
    texts = {identifier(a.id): a.text for a in Records.of(samples).articles.values()}
    spans = [line for line in entities(Records.of(samples)) if line["schema"] == "Mention"]
    assert spans
    for line in spans:
        (document,), (name,), (start, end) = (*map(line["properties"].get, ("document", "name")), line["span"])
        assert texts[document][start:end] == name


def test_what_review_joined_is_one_entity_of_followthemoney():
    made = Store.memory()
    made.load(newsroom.quads(newsroom.brief()))
    one, other = (
        next(t.id for t in Records.of(made).things.values() if t.label == n) for n in ("Tomas Rhee", "Oskar Lind")
    )
    before = len(by_schema(made, "Person"))
    made.load([package.rdf.Quad(IRI(one), term("owl:sameAs"), IRI(other), package.rdf.special_graph("links"))])
    people = by_schema(made, "Person")
    assert len(people) == before - 1 and {"Tomas Rhee", "Oskar Lind"} <= {*people[0]["name"], *people[0]["alias"]}


# ------------------------------------------------------------------ networks, times, places


def test_gexf_is_read_by_networkx(records):
    import networkx

    data = written(records, "gexf")[".gexf"]
    read = networkx.read_gexf(io.BytesIO(data))
    assert f"{read.number_of_nodes():,} nodes and {read.number_of_edges():,} edges" == FORMS["gexf"].parts(records)[
        ".gexf"
    ](io.BytesIO())
    assert all(d["iri"] == node and d["type"] for node, d in read.nodes(data=True))
    numbers = [d["number"] for _, d in read.nodes(data=True) if "number" in d]
    assert numbers and all(isinstance(number, float) for number in numbers)
    dated = [d for _, d in read.nodes(data=True) if d.get("begins")]
    assert dated and all(
        datetime.date.fromisoformat(d["begins"]) <= datetime.date.fromisoformat(d["ends"]) for d in dated
    )
    assert b'start="' in data and b'timeformat="date"' in data
    for _, _, d in read.edges(data=True):
        firm = (d["status"], d["polarity"], d["validity"]) == ("asserted", "positive", "current")
        assert firm or f"({d['status']}" in d["label"] or d["status"] == "asserted" and "(" in d["label"]


#: What TimelineJS 3 takes (https://timeline.knightlab.com/docs/json-format.html).
SLIDE = {"start_date": dict, "end_date": dict, "text": dict, "group": str, "unique_id": str}


def test_a_timeline_is_of_the_form_of_timelinejs(records):
    told = json.loads(written(records, "timeline")[".json"])
    assert told["events"] and len({s["unique_id"] for s in told["events"]}) == len(told["events"])
    for slide in told["events"]:
        assert slide.keys() <= SLIDE.keys() and all(isinstance(slide[k], SLIDE[k]) for k in slide)
        assert {"start_date", "text"} <= slide.keys() and slide["text"].keys() <= {"headline", "text"}
        for day in (slide["start_date"], slide.get("end_date", {"year": 1})):
            assert day.keys() <= {"year", "month", "day"} and "year" in day
            datetime.date(day["year"], day.get("month", 1), day.get("day", 1))
    starts = [tuple(s["start_date"].get(k, 0) for k in ("year", "month", "day")) for s in told["events"]]
    assert starts == sorted(starts)


def test_a_timeline_shows_words_and_never_markup():
    w = newsroom.Writer("odd", "2026-03-02", None, "<b>Odd</b>", "On Monday <script>alert(1)</script> met Ana Ruiz.")
    odd = w.entity("e1", "Person", "<script>alert(1)</script>")
    w.event(
        "v1",
        "Meeting",
        "met",
        "<script>alert(1)</script> met Ana Ruiz",
        [("agent", odd)],
        time=w.time("Monday", "2026-03-02"),
    )
    made = Store.memory()
    made.load(newsroom.quads(w.reading()))
    held = Records.of(made)
    slide = json.loads(written(held, "timeline")[".json"])["events"][0]["text"]
    assert "<script" not in slide["headline"] + slide["text"] and "&lt;script" in slide["headline"]
    page = zipfile.ZipFile(io.BytesIO(written(held, "pack")[".zip"])).read("index.html").decode()
    assert "<script" not in page and "&lt;script" in page and "<b>Odd" not in page


def test_a_calendar_is_read_by_icalendar(records):
    import icalendar

    data = written(records, "timeline")[".ics"]
    calendar = icalendar.Calendar.from_ical(data)
    slides = json.loads(written(records, "timeline")[".json"])["events"]
    assert len(calendar.walk("VEVENT")) == len(slides) and not calendar.errors
    for event in calendar.walk("VEVENT"):
        assert not event.errors and event["DTSTART"].dt < event["DTEND"].dt and event["UID"] and event["DTSTAMP"]
        assert event["STATUS"] in ("CONFIRMED", "TENTATIVE")
    assert (
        all(len(line) <= 75 for line in data.split(b"\r\n"))
        and data.endswith(b"\r\n")
        and b"\n" not in data.replace(b"\r\n", b"")
    )


@pytest.mark.parametrize(
    "value, first, last",
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-02-03/2024-02-07", "2024-02-03", "2024-02-07"),
        ("2024-23", "2024-01-01", "2024-12-31"),  # a season of EDTF
        ("2024-05-03T10:00", "2024-05-03", "2024-05-03"),
        ("P3D", "", ""),
        ("2023-02-30", "", ""),
        ("0000", "", ""),
        ("", "", ""),
    ],
)
def test_days_of_a_value(value, first, last):
    found = days(value)
    assert (found and (found[0].isoformat(), found[1].isoformat())) == ((first, last) if first else None)
    assert isodate(value)[:4] == (value[:4] if value[:1] == "2" else "")


def test_places_are_valid_geojson(samples):
    geojson = pytest.importorskip("geojson")
    read = geojson.loads(written(Records.of(samples), "geojson")[".geojson"])
    assert read.is_valid and read["features"] and all(f.geometry.is_valid for f in read["features"])
    kinds = {f.properties["kind"] for f in read["features"]}
    assert kinds == {"place", "event"} and len({f["id"] for f in read["features"]}) == len(read["features"])
    lusaka = next(f for f in read["features"] if f.properties["label"] == "Lusaka")
    assert [round(c) for c in lusaka.geometry.coordinates] == [28, -15]
    for f in read["features"]:
        if f.properties["kind"] == "event":
            assert f.properties["status"] in STATUSES and f.properties["quote"]


# ------------------------------------------------------------------ the evidence pack


def verifiers() -> dict[str, list[str]]:
    return {"python": [sys.executable, "-I", "verify.py"], "node": ["node", "verify.js"]}


@pytest.fixture(scope="module", params=["python", "node"])
def verify(request) -> Callable[..., subprocess.CompletedProcess]:
    """Run a verifier that came with a pack, in its folder: `verify(folder, seal)`."""
    program, *rest = verifiers()[request.param]
    if shutil.which(program) is None:
        pytest.skip(f"missing tool: {program}")

    def run(folder: Path, *arguments: str, pack: str = ".") -> subprocess.CompletedProcess:
        command = [program, *rest, pack, *arguments]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)

    return run


@pytest.fixture(scope="module")
def packed(news) -> bytes:
    return written(Records.of(news), "pack")[".zip"]


def unpacked(data: bytes, folder: Path) -> Path:
    zipfile.ZipFile(io.BytesIO(data)).extractall(folder)
    return folder


def sealed(folder: Path) -> str:
    """The manifest made anew, as one who changes a pack would; its seal."""
    names = sorted(
        p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.name != "manifest.txt"
    )
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (folder / "manifest.txt").write_text("".join(lines), encoding="utf-8")
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def test_a_pack_is_proven(graph, verify, tmp_path):
    held = Records.of(graph)
    data = written(held, "pack")[".zip"]
    folder = unpacked(data, tmp_path / "pack")
    seal = hashlib.sha256((folder / "manifest.txt").read_bytes()).hexdigest()
    done = verify(folder, seal)
    quotes = sum(len(c.quotes) for c in held.claims)
    assert done.returncode == 0, done.stdout
    assert done.stdout == (
        f"OK     {len(held.articles)} articles, {len(held.claims)} claims, {quotes} quotes proven, "
        f"0 without a text to prove them; seal {seal}\n"
    )
    (tmp_path / "pack.zip").write_bytes(data)
    assert verify(folder, seal, pack="../pack.zip").stdout == done.stdout, "the zip as it is"
    assert seal in FORMS["pack"].parts(held)[".zip"](io.BytesIO())


def test_a_pack_without_texts_is_proven_once_they_are_there(samples, verify, tmp_path):
    held = Records.of(samples)
    folder = unpacked(written(held.without_text(), "pack")[".zip"], tmp_path)
    assert not (folder / "texts").exists() and verify(folder).returncode == 2
    for article in json.loads((folder / "articles.json").read_bytes()):
        (folder / article["file"]).parent.mkdir(exist_ok=True)
        (folder / article["file"]).write_bytes(held.articles[article["id"]].text.encode())
    assert verify(folder).returncode == 0
    (folder / article["file"]).write_bytes(held.articles[article["id"]].text.upper().encode())
    assert verify(folder).returncode == 1, "another text"


def damages(folder: Path) -> list[tuple[str, Callable[[str], str]]]:
    """Single changes to a file's text: a letter, a digit, something too much, something gone."""

    def swap(pattern: str, by: str) -> Callable[[str], str]:
        return lambda text: re.sub(pattern, by, text, count=1)

    found: list[tuple[str, Callable[[str], str]]] = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        size = len(path.read_text(encoding="utf-8"))
        for at in (0, size // 2, size - 1):
            found.append((name, lambda text, at=at: text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]))
        found += [(name, swap(r"\d(?=\D*$)", "#")), (name, lambda text: text + " ")]
    return found


def test_every_changed_character_is_found(packed, verify, tmp_path):
    folder = unpacked(packed, tmp_path)
    kept = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    for name, damage in damages(folder):
        path = folder / name
        if path.name in ("verify.py", "verify.js"):
            continue  # the other verifier is asked of each, below
        path.write_bytes(damage(kept[path].decode()).encode())
        assert verify(folder).returncode == 1, name
        path.write_bytes(kept[path])
    (folder / "texts" / "more.txt").write_text("more")
    assert "is not in the manifest" in verify(folder).stdout
    (folder / "texts" / "more.txt").unlink()
    (folder / "README.txt").unlink()
    assert "README.txt: is missing" in verify(folder).stdout


def test_each_verifier_finds_a_change_of_the_other(packed, tmp_path):
    folder = unpacked(packed, tmp_path)
    for name, by in (("verify.js", "python"), ("verify.py", "node")):
        if shutil.which(verifiers()[by][0]) is None:
            continue
        kept = (folder / name).read_bytes()
        (folder / name).write_bytes(kept.replace(b"proven", b"approved", 1))
        done = subprocess.run([*verifiers()[by], "."], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 1 and f"{name}: has changed" in done.stdout
        (folder / name).write_bytes(kept)


#: What somebody may change and seal again: of a claim's line what is quoted and where, of an article its hash and its
#: length.
FORGED = {
    "a letter of a quote": ("claims.jsonl", lambda t: re.sub(r'("quote": "[^"]*?)([a-z])', r"\1\2\2", t, count=1)),
    "a start": ("claims.jsonl", lambda t: re.sub(r'"start": (\d+)', lambda m: f'"start": {int(m[1]) + 1}', t, count=1)),
    "an end": ("claims.jsonl", lambda t: re.sub(r'"end": (\d+)', lambda m: f'"end": {int(m[1]) + 1}', t, count=1)),
    "an offset that is no number": ("claims.jsonl", lambda t: re.sub(r'"start": (\d+)', r'"start": "\1"', t, count=1)),
    "an offset before the text": ("claims.jsonl", lambda t: re.sub(r'"start": (\d+)', r'"start": -\g<1>9', t, count=1)),
    "another article": ("claims.jsonl", lambda t: re.sub(r'"article": (\d)', lambda m: f'"article": {int(m[1]) % 4 + 1}', t, count=1)),
    "an article that is not there": ("claims.jsonl", lambda t: t.replace('"article": 1', '"article": 5', 1)),
    "no status": ("claims.jsonl", lambda t: t.replace('"status": "asserted"', '"status": "certain"', 1)),
    "no polarity": ("claims.jsonl", lambda t: t.replace('"polarity": "positive"', '"polarity": ""', 1)),
    "a confidence beyond one": ("claims.jsonl", lambda t: re.sub(r'"confidence": 0?\.?\d+', '"confidence": 1.01', t, count=1)),
    "a claim without quotes": ("claims.jsonl", lambda t: re.sub(r'"quotes": \[[^]]*\]', '"quotes": []', t, count=1)),
    "a claim gone": ("claims.jsonl", lambda t: t.partition("\n")[2]),
    "a rule": ("claims.jsonl", lambda t: re.sub(r'"rule": "[^"]*"', '"rule": "of thumb"', t, count=1)),
    "a hash": ("articles.json", lambda t: re.sub(r'"sha256": "(.)', lambda m: '"sha256": "' + ("0" if m[1] != "0" else "1"), t, count=1)),
    "a length": ("articles.json", lambda t: re.sub(r'"characters": (\d+)', r'"characters": \g<1>1', t, count=1)),
    "a letter of a text": ("texts/000001.txt", lambda t: t.replace("e", "a", 1)),
    "a letter too many": ("texts/000001.txt", lambda t: t + "."),
    "a number of rules": ("rules.json", lambda t: re.sub(r": (\d+)", r": \g<1>1", t, count=1)),
    "a number of claims": ("about.json", lambda t: re.sub(r'"claims": (\d+)', r'"claims": \g<1>1', t)),
    "a file that is broken": ("claims.jsonl", lambda t: t[:-20]),
}  # fmt: skip


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_quote_is_found_though_it_is_sealed_again(what, packed, verify, tmp_path):
    folder = unpacked(packed, tmp_path)
    name, change = FORGED[what]
    before = (folder / name).read_text(encoding="utf-8")
    (folder / name).write_text(change(before), encoding="utf-8")
    assert (folder / name).read_text(encoding="utf-8") != before
    sealed(folder)
    done = verify(folder)
    assert done.returncode == 1 and "manifest" not in done.stdout, done.stdout


def test_a_status_that_is_changed_and_sealed_again_is_of_another_seal(packed, verify, tmp_path):
    folder = unpacked(packed, tmp_path)
    seal = hashlib.sha256((folder / "manifest.txt").read_bytes()).hexdigest()
    path = folder / "claims.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"alleged"', '"asserted"'), encoding="utf-8")
    assert sealed(folder) != seal
    assert verify(folder).returncode == 0 and verify(folder, seal).returncode == 1


def test_verifiers_stand_alone():
    """No import of this package or of any library, and short enough to be read."""
    folder = ROOT / "kg/exchange/forms/pack"
    python, script = ((folder / f"verify.{e}").read_text(encoding="utf-8") for e in ("py", "js"))
    assert set(re.findall(r"^(?:import|from) (\w+)", python, re.M)) <= {*sys.stdlib_module_names, "__future__"}
    assert set(re.findall(r'require\("(\w+)"\)', script)) <= {"crypto", "fs", "path", "zlib"}
    assert python.count("\n") <= 150 and script.count("\n") <= 150


# ------------------------------------------------------------------ all forms


def test_offsets_count_code_points_beyond_the_basic_plane(verify, tmp_path):
    w = newsroom.Writer(
        "far", "2026-03-02", None, "\U0001f6a2 At sea", "\U0001f6a2\U0001f6a2 é é Ana Ruiz met Ivo Maric.\r\nBye\u2028."
    )
    ruiz, maric = w.entity("e1", "Person", "Ana Ruiz"), w.entity("e2", "Person", "Ivo Maric")
    w.event("v1", "Meeting", "met", "Ana Ruiz met Ivo Maric", [("agent", ruiz), ("agent", maric)])
    made = Store.memory()
    made.load(newsroom.quads(w.reading()))
    done = verify(unpacked(written(Records.of(made), "pack")[".zip"], tmp_path))
    assert done.returncode == 0, done.stdout


def test_the_same_graph_gives_the_same_bytes(kg, sample_graph, tmp_path):
    """In another process, with another order of sets, on another day."""
    names = {f: f"{f}{FORMS[f].endings[-1] if FORMS[f].endings else ''}" for f in FORMS}
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        for form, name in names.items():
            done = kg(
                "export", sample_graph, "--as", form, "-o", f"{seed}/{name}", PYTHONHASHSEED=seed, TZ=f"UTC{seed}"
            )
            assert done.returncode == 0 and done.stderr.endswith("written\n") and done.stderr.count("\n") == 1, (
                done.stderr
            )
    one, two = (
        {p.relative_to(tmp_path / s): p.read_bytes() for p in (tmp_path / s).rglob("*") if p.is_file()} for s in "12"
    )
    assert len(one) > len(FORMS) and one == two


def test_an_empty_graph_is_an_empty_file_of_each_form(tmp_path):
    records = Records.of(Store.memory())
    for form in FORMS:
        for name, data in written(records, form).items():
            assert data or form == "ftm", name
    assert json.loads(written(records, "geojson")[".geojson"])["features"] == []
    assert json.loads(written(records, "timeline")[".json"])["events"] == []


def test_texts_can_be_left_out(samples):
    records = Records.of(samples)
    phrase = next(iter(records.articles.values())).text[-60:-10]
    for form, kept in (("ftm", True), ("pack", True)):
        full, bare = ("".join(_texts(d)) for d in (written(records, form), written(records.without_text(), form)))
        assert json.dumps(phrase, ensure_ascii=False)[1:-1] in full or phrase in full
        assert json.dumps(phrase, ensure_ascii=False)[1:-1] not in bare and phrase not in bare and kept


def _texts(files: dict[str, bytes]) -> list[str]:
    data = next(iter(files.values()))
    if data[:2] != b"PK":
        return [data.decode()]
    archive = zipfile.ZipFile(io.BytesIO(data))
    return [archive.read(name).decode() for name in archive.namelist()]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--as", "docx", "-o", "x.docx"),
        ("--as", "ftm", "-o", "x.ttl"),
        ("--as", "timeline"),
        ("--as", "csv", "-o", "taken.txt"),
        ("--as", "csv"),
        ("--as", "xlsx", "-o", "nowhere/x.xlsx"),
        ("--as", "pack", "-o", "x.zip", "--plain"),
        ("--no-text", "-o", "x.ttl"),
        ("--as", "geojson", "-o", "."),
    ],
)
def test_what_cannot_be_is_one_line(kg, sample_graph, tmp_path, arguments):
    (tmp_path / "taken.txt").write_text("mine")
    done = kg("export", sample_graph, *arguments)
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and not done.stdout
    assert [p.name for p in tmp_path.iterdir()] == ["taken.txt"] and (tmp_path / "taken.txt").read_text() == "mine"


@pytest.mark.parametrize("form, library", [("xlsx", "xlsxwriter"), ("parquet", "pyarrow"), ("frame", "pandas")])
def test_a_missing_library_is_named_by_its_extra(form, library, news, monkeypatch):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(package.KgError, match=r"pip install 'article-kg\[exchange\]'"):
        frames(Records.of(news)) if form == "frame" else written(Records.of(news), form)


# ------------------------------------------------------------------ what is not vouched for

#: Every so-many-th wrapping of a sentence, shifted from sentence to sentence.
EACH = 101


@pytest.fixture(scope="module")
def doubtful(line) -> Store:
    """Sentences that say something without vouching for it, an article each, and the same sentences plain."""
    wrapped = [
        wrap(plain, wrapping)
        for n, plain in enumerate(PLAIN)
        for wrapping in WRAPPINGS[3 * n % EACH :: EACH]
        if plain.noun or "{n" not in wrapping
    ]
    plain = [wrap(plain, "{S}.") for plain in PLAIN]
    dated = [f"{text} That was in Oslo on 3 March 2024." for text in (*wrapped[:60], *plain[:5])]
    texts = [*wrapped, *plain, *dated]
    return store_of(line, *(Document(t, id=f"t{n}", date="2025-11-12") for n, t in enumerate(texts)))


@pytest.fixture(scope="module")
def vouched(doubtful) -> dict[str, set[str]]:
    """By SPARQL, apart from the records: which claims and events the articles vouch for, and how each claim stands."""
    plain = (
        "?c a kg:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:status kg:asserted ; kg:polarity "
        "kg:positive "
    )
    claims = {r["c"].value for r in doubtful.query(f"SELECT ?c {{ {plain} ; kg:validity kg:current . ?s ?p ?o }}")}
    claims |= {
        r["c"].value for r in doubtful.query(f"SELECT ?c {{ {plain} ; kg:validity ?v FILTER(?v != kg:current) }}")
    }
    text = f"SELECT ?s {{ {plain} . FILTER(?p = rdf:type) FILTER NOT EXISTS {{ ?s a kg:UnassertedEvent }} }}"
    events = {r["s"].value for r in doubtful.query(text)}
    doubt = {q.subject.value for q in doubtful.match(None, term("rdf:type"), ours("UnassertedEvent"))}
    assert len(events) > 30 and len(doubt) > 200 and not events & doubt
    return {"claims": claims, "events": events, "doubt": doubt}


@pytest.fixture(scope="module")
def standing(doubtful) -> dict[str, str]:
    return {q.subject.value: q.object.value.rpartition("#")[2] for q in doubtful.match(None, term("kg:status"))}


def test_no_row_of_a_table_is_without_its_status(doubtful, standing):
    import openpyxl

    records = Records.of(doubtful)
    seen = 0
    for table, id in (("claims", "claim_id"), ("events", "event_id"), ("quotes", "claim_id")):
        for row in rows(records, table):
            assert row.status == standing[getattr(row, id)] in STATUSES
            seen += row.status != "asserted"
    assert seen > 500
    for row in rows(records, "claims"):
        assert row.stands_plain == "no" or row.status == "asserted" and row.polarity == "positive"
    book = openpyxl.load_workbook(io.BytesIO(written(records, "xlsx")[".xlsx"]))
    for name in ("claims", "events"):
        head = [c.value for c in book[name][1]]
        at, id = head.index("status"), next(i for i, h in enumerate(head) if h.endswith("_id"))
        assert all(r[at] == standing[r[id]] for r in book[name].iter_rows(min_row=2, values_only=True))
    for name, status in (("nodes.csv", "status"), ("relationships.csv", "status")):
        for row in csv.DictReader(io.StringIO(written(records, "neo4j")[name].decode())):
            id = row.get("claim") or row["iri:ID"]
            assert id not in standing or row[status] == standing[id]


def test_roles_that_stand_otherwise_than_their_event_are_told_so(news):
    """In the table of events a role stands beside the event only if it is as firm."""
    for event in Records.of(news).events.values():
        row = next(r for r in rows(Records.of(news), "events") if r.event_id == event.id)
        for role in event.roles:
            if not event.as_firm(role):
                assert row.otherwise and f"({role.status}" in row.otherwise


def test_no_doubtful_claim_is_an_entity_or_a_link_of_followthemoney(doubtful, vouched):
    happened = {identifier(prefix + iri): iri for iri in vouched["doubt"] | vouched["events"] for prefix in ("",)}
    linked = {identifier(prefix + iri) for iri in vouched["claims"] for prefix in ("", "party ", "sanction ")}
    facts = notes = 0
    for line in entities(Records.of(doubtful)):
        schema, told = line["schema"], line["properties"]
        if schema == "Note":
            notes += 1
            status = told["name"][0].split(" ")[0].strip(":,")
            assert status in STATUSES and told["keywords"][0] == status
        elif schema in ("Event", "Trip", "CourtCase", "Payment"):
            facts += 1
            assert happened[line["id"]] in vouched["events"]
        elif "recordId" in told or schema in ("CourtCaseParty", "Sanction"):
            facts += 1
            assert line["id"] in linked
        elif schema == "Person":
            assert told.keys() <= {
                "name",
                "alias",
                "proof",
                "nationality",
                "profession",
                "wikidataId",
                "publisher",
                "birthPlace",
            }
    assert facts > 30 and notes > 200


def test_no_doubtful_thing_of_a_network_looks_firm(doubtful, vouched, standing):
    import networkx

    records = Records.of(doubtful)
    drawn = networkx.read_gexf(io.BytesIO(written(records, "gexf")[".gexf"]))
    for id, node in drawn.nodes(data=True):
        if id in vouched["doubt"]:
            assert node["status"] == standing[id]
            assert node["status"] == "asserted" or node["label"].endswith(f"({node['status']})")
    for *_, edge in drawn.edges(data=True):
        assert edge["status"] == standing[edge["claim"]]
        assert edge["claim"] in vouched["claims"] or "(" in edge["label"]
    plain = networkx.read_graphml(io.BytesIO(written(records, "graphml")[".graphml"]), force_multigraph=True)
    assert all(edge["status"] == standing[edge["claim"]] for *_, edge in plain.edges(data=True))
    assert all(d["status"] == standing[id] for id, d in plain.nodes(data=True) if id in vouched["doubt"])


def test_no_doubtful_event_of_a_timeline_or_a_map_looks_firm(doubtful, vouched, standing):
    import icalendar

    records = Records.of(doubtful)
    local = {iri.rpartition("/")[2]: iri for iri in (*vouched["doubt"], *vouched["events"], *standing)}
    firm = vouched["events"] | vouched["claims"]
    slides = json.loads(written(records, "timeline")[".json"])["events"]
    doubts = 0
    for slide in slides:
        iri, headline = local[slide["unique_id"]], slide["text"]["headline"]
        if iri not in firm:
            doubts += 1
            assert headline.startswith(standing[iri]) and "not vouched for" in slide["group"]
    calendar = icalendar.Calendar.from_ical(written(records, "timeline")[".ics"])
    for event in calendar.walk("VEVENT"):
        iri = str(event["UID"])
        assert (event["STATUS"] == "CONFIRMED") == (iri in firm)
        assert iri in firm or str(event["SUMMARY"]).startswith(standing[iri])
    for feature in json.loads(written(records, "geojson")[".geojson"])["features"]:
        told = feature["properties"]
        if told["kind"] == "event":
            assert told["status"] == standing[told["id"]]
            doubts += told["id"] not in firm
            assert told["id"] in firm or told["label"].startswith(told["status"])
    assert doubts > 3 and any(local[s["unique_id"]] in firm for s in slides)


def test_no_doubtful_claim_of_a_pack_is_without_its_standing(doubtful, standing):
    archive = zipfile.ZipFile(io.BytesIO(written(Records.of(doubtful), "pack")[".zip"]))
    claims = [json.loads(line) for line in archive.read("claims.jsonl").splitlines()]
    assert all(c["status"] == standing[c["id"]] and c["stands"].startswith(c["status"]) for c in claims)
    page = archive.read("index.html").decode()
    shown = re.findall(r"<tr><td>.*?</td><td(?: class=\"doubt\")?>(\w+)", page)
    assert len(shown) >= len(claims) and set(shown) <= set(STATUSES) and len(set(shown)) > 4
