"""Articles posted to the server: the same bytes as the command line writes, within limits, and described as it does."""

from __future__ import annotations

import http.client
import json
import threading
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import kg as package
from kg import rdf
from kg.server import Endpoint, Limits
from kg.server.articles import ANSWERS, GIVEN, MOST_ARTICLES, MOST_BODY, QUEUE, TYPES, Readers
from kg.server.openapi import openapi
from kg.server.workers import Said
from kg.store import Store
from tests.helpers import newsroom

TEXT = "Police arrested Ana Ruiz in Lima on Monday. She is accused of attacking a bank.\n"
PAGE = f"""<!doctype html><html lang="en"><head><title>An arrest in Lima</title>
<meta property="article:published_time" content="2026-03-03"></head><body><article><h1>An arrest in Lima</h1>
<p>{TEXT}</p><p>The bank in Lima was closed on Tuesday, said Mayor Ivo Maric, who visited it with two officers.</p>
</article></body></html>"""
TURTLE, LINES = "text/turtle", "application/x-ndjson"


def serve(folder: Path, **options) -> Endpoint:
    endpoint = Endpoint(folder, port=0, **options)
    threading.Thread(target=endpoint.serve_forever, daemon=True).start()
    return endpoint


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served") / "news.kg"
    with Store.open(folder, create=True, write=True) as store:
        store.load(newsroom.quads(newsroom.brief()))
    return folder


@pytest.fixture(scope="module")
def endpoint(folder):
    endpoint = serve(folder, limits=Limits(seconds=120, workers=1))
    assert not endpoint.readers._running, "the model is loaded when the first article comes"
    yield endpoint
    endpoint.shutdown()
    endpoint.server_close()


def send(endpoint: Endpoint, method: str, path: str, body: bytes | str | None = None, **headers: str):
    """(status, headers, body) of a request."""
    connection = http.client.HTTPConnection("127.0.0.1", endpoint.server_port, timeout=180)
    data = body.encode() if isinstance(body, str) else body
    connection.request(method, path, data, {k.replace("_", "-"): v for k, v in headers.items()})
    answer = connection.getresponse()
    got = answer.status, answer.headers, answer.read()
    connection.close()
    return got


def post(endpoint: Endpoint, body: bytes | str, type: str = "text/plain", accept: str = TURTLE, **given: str):
    query = f"?{urllib.parse.urlencode(given)}" if given else ""
    return send(endpoint, "POST", f"/articles{query}", body, Content_Type=type, Accept=accept)


# ------------------------------------------------------------------ what is answered


@pytest.mark.parametrize("accept", [type for type, format in ANSWERS.items() if format is not None])
def test_the_graph_is_that_of_the_command_line(endpoint, kg, tmp_path, accept):
    (tmp_path / "article.txt").write_text(TEXT, encoding="utf-8")
    file = f"graph.{ANSWERS[accept].file_extension}"
    done = kg("build", "article.txt", "--date", "2026-03-03", "--title", "An arrest", "-q", "-o", file)
    assert done.returncode == 0, done.stderr
    status, headers, data = post(endpoint, TEXT, accept=accept, date="2026-03-03", title="An arrest")
    assert status == 200 and headers["Content-Type"].startswith(accept)
    assert data == (tmp_path / file).read_bytes()


@pytest.mark.parametrize(
    "name, type, body",
    [
        ("article.txt", "text/plain; charset=utf-8", TEXT),
        ("article.md", "text/markdown", f"---\ndate: 2026-03-03\n---\n# An arrest\n\n{TEXT}"),
        ("article.html", "text/html", PAGE),
        ("article.json", "application/json", json.dumps({"id": "one", "text": TEXT, "date": "2026-03-03"})),
        ("articles.json", "application/json", json.dumps([{"text": TEXT}, {"headline": "Two", "text": "Ana fled."}])),
        ("articles.jsonl", LINES, "".join(json.dumps({"id": n, "text": TEXT + n}) + "\n" for n in "abc")),
    ],
)
def test_the_annotations_are_those_of_the_command_line(endpoint, kg, tmp_path, name, type, body):
    (tmp_path / name).write_text(body, encoding="utf-8")
    assert kg("annotate", name, "-o", "told.jsonl").returncode == 0
    wanted = (tmp_path / "told.jsonl").read_bytes()
    status, headers, data = post(endpoint, body, type, LINES)
    assert (status, headers["Content-Type"], data) == (200, LINES, wanted)
    told = json.loads(post(endpoint, body, type, "application/json")[2])
    assert told == [json.loads(line) for line in wanted.splitlines()] and told[0]["events"]


def test_a_sample_is_read_as_it_is_everywhere_else(endpoint, root, sample_graph):
    text = (root / "samples/prison-visit.txt").read_bytes()
    for _ in range(2):
        status, _, data = post(endpoint, text, accept="application/trig", date="2025-11-12")
        assert status == 200 and data == sample_graph.read_bytes()


def test_an_encoding_that_is_told_is_heeded_and_what_was_taken_is_said(endpoint):
    text = "Police arrested José Núñez in Bogotá on Monday. “He fled,” said Mayor Ana Ruiz.\n"
    for charset in ("utf-8", "windows-1252", "utf-16"):
        status, _, data = post(endpoint, text.encode(charset), f"text/plain; charset={charset}", LINES)
        assert status == 200 and json.loads(data)["text"] == text
    status, headers, _ = post(endpoint, PAGE, "text/html")
    assert "2026-03-03" in urllib.parse.unquote(headers["Kg-Note"])
    record = json.dumps({"text": TEXT, "date": "soon"})
    status, headers, _ = post(endpoint, record, "application/json")
    assert status == 200 and "'soon' is no day" in urllib.parse.unquote(headers["Kg-Note"])


def test_nothing_is_kept(folder, endpoint):
    held = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    count = urllib.parse.urlencode({"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"})
    before = send(endpoint, "GET", f"/sparql?{count}")[2]
    assert post(endpoint, TEXT)[0] == 200
    assert send(endpoint, "GET", f"/sparql?{count}")[2] == before
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == held


def test_no_status_is_lost(endpoint):
    (told,) = json.loads(post(endpoint, TEXT, accept="application/json")[2])
    assert {e["type"]: e["status"] for e in told["events"]}.items() >= {
        "Arrest": "asserted",
        "Attack": "alleged",
    }.items()
    plain = rdf.parse(post(endpoint, TEXT, accept="application/n-triples")[2], rdf.RdfFormat.N_TRIPLES)
    assert not any(q.predicate == rdf.term("rdf:type") and q.object == rdf.kg("Attack") for q in plain)


# ------------------------------------------------------------------ what is refused

WRONG = [
    ("GET", "/articles", None, {}, 405, "POST"),
    ("PUT", "/articles", TEXT, {"Content_Type": "text/plain"}, 405, "POST"),
    ("POST", "/articles", TEXT, {}, 415, "text/plain"),
    ("POST", "/articles", TEXT, {"Content_Type": "application/x-www-form-urlencoded"}, 415, "text/html"),
    ("POST", "/articles", TEXT, {"Content_Type": "text/plain; charset=klingon"}, 415, "klingon"),
    ("POST", "/articles", TEXT, {"Content_Type": "text/plain", "Content_Encoding": "gzip"}, 415, "Content-Encoding"),
    ("POST", "/articles", b"%PDF-1.7\n", {"Content_Type": "text/plain"}, 415, "another form"),
    ("POST", "/articles", "PK\x03\x04", {"Content_Type": "text/html"}, 422, "zip"),
    ("POST", "/articles", TEXT, {"Content_Type": "text/plain", "Accept": "image/png"}, 406, "text/turtle"),
    ("POST", "/articles", b"", {"Content_Type": "text/plain"}, 400, "no article"),
    ("POST", "/articles", " \n ", {"Content_Type": "text/plain"}, 400, "no article"),
    ("POST", "/articles", b"caf\xe9", {"Content_Type": "text/plain; charset=utf-8"}, 400, "utf-8"),
    ("POST", "/articles", '{"text": ', {"Content_Type": "application/json"}, 400, "not JSON"),
    ("POST", "/articles", '{"txt": "x"}', {"Content_Type": "application/json"}, 422, '"text"'),
    ("POST", "/articles", "[]", {"Content_Type": "application/json"}, 422, "no article"),
    ("POST", "/articles?day=2026-03-03", TEXT, {"Content_Type": "text/plain"}, 400, "'day'"),
    ("POST", "/articles?date=2026-13-03", TEXT, {"Content_Type": "text/plain"}, 400, "YYYY-MM-DD"),
    ("POST", "/articles?date=2026-03-03&date=2026-03-04", TEXT, {"Content_Type": "text/plain"}, 400, "once"),
    ("POST", "/articles?url=here", TEXT, {"Content_Type": "text/plain"}, 400, "https://"),
    ("POST", "/articles?title=%FF", TEXT, {"Content_Type": "text/plain"}, 400, "UTF-8"),
    ("POST", "/articles?language=de", TEXT, {"Content_Type": "text/plain"}, 400, "any"),
    ("POST", "/articles?id=x", '[{"text":"Ana fled."},{"text":"Ivo fled."}]', {"Content_Type": "application/json"}, 400, "share one"),
    ("POST", "/articles", "Die Hafenmeisterin von Bremen trat am Dienstag zurück, teilte die Stadt mit. Ein Nachfolger steht noch nicht fest.", {"Content_Type": "text/plain"}, 422, "German"),
    ("POST", "/articles", b"x" * (MOST_BODY + 1), {"Content_Type": "text/plain"}, 413, "bytes"),
    ("POST", "/articles", "Ana fled. " * 100_001, {"Content_Type": "text/plain"}, 422, "1,000,000"),
    ("POST", "/articles", json.dumps([{"text": "Ana fled."}] * (MOST_ARTICLES + 1)), {"Content_Type": "application/json"}, 413, "in parts"),
    ("POST", "/articles", TEXT, {"Content_Type": "text/plain", "Transfer_Encoding": "chunked"}, 411, "Content-Length"),
    ("POST", "/articles", TEXT, {"Content_Type": "text/plain", "Origin": "https://elsewhere.example"}, 403, "other sites"),
    ("POST", "/articles", TEXT, {"Content_Type": "text/plain", "Sec_Fetch_Site": "cross-site"}, 403, "other sites"),
    ("POST", "/articles", TEXT, {"Content_Type": "text/plain", "Host": "rebound.example"}, 421, "rebound"),
]  # fmt: skip


@pytest.mark.parametrize("method, path, body, headers, status, said", WRONG)
def test_what_cannot_be_read_is_one_clear_line(endpoint, described, method, path, body, headers, status, said):
    got, answered, data = send(endpoint, method, path, body, **headers)
    assert got == status and said in data.decode() and data.count(b"\n") == 1, data
    assert answered["Content-Type"].startswith("text/plain")
    if method == "POST":
        told = resolved(described, described["paths"]["/articles"]["post"]["responses"][str(status)])
        assert "text/plain" in told["content"], "a status that the description names"


def test_too_many_at_once_are_sent_away(endpoint, monkeypatch):
    held, go = threading.Semaphore(0), threading.Event()

    def slow(self, worker, asked):
        held.release()
        go.wait(60)
        return Said(200, "text/turtle", b"read\n")

    monkeypatch.setattr(Readers, "_asked", slow)
    with ThreadPoolExecutor(QUEUE + 1) as many:
        first = many.submit(post, endpoint, TEXT)
        held.acquire(timeout=60)
        rest = [many.submit(post, endpoint, TEXT) for _ in range(QUEUE)]
        while endpoint.readers._waiting < QUEUE:
            assert not any(one.done() for one in rest)
        status, headers, data = post(endpoint, TEXT)
        assert status == 503 and headers["Retry-After"] and b"try again later" in data
        assert send(endpoint, "GET", "/sparql?query=ASK%7B%7D")[0] == 200, "queries have workers of their own"
        go.set()
        assert [one.result()[0] for one in (first, *rest)] == [200] * (QUEUE + 1)


def test_one_that_waits_too_long_is_told(folder, monkeypatch):
    readers, go = Readers("https://example.org/id/", Limits(seconds=0.2)), threading.Event()
    monkeypatch.setattr(Readers, "_started", lambda self: None)
    monkeypatch.setattr(Readers, "_asked", lambda self, worker, asked: go.wait(60) and Said(200, "", b""))
    with ThreadPoolExecutor(2) as two:
        first = two.submit(readers.read, None)
        while readers._free:
            assert not first.done()
        assert readers.read(None).status == 503
        go.set()
        assert first.result().status == 200


def test_what_takes_too_long_or_too_much_is_stopped_and_the_next_is_read(folder):
    long = "".join(f"Mayor Ana Ruiz of Lima visited {n} prisons on Monday, said Ivo Maric. " for n in range(13_000))
    for limits, status, said in (
        (Limits(seconds=4, workers=1), 504, b"took more than 4 seconds"),
        (Limits(seconds=120, workers=1, memory=4 << 20), 507, b"more memory"),
    ):
        endpoint = serve(folder, limits=limits)
        try:
            got, _, data = post(endpoint, long)
            assert got == status and said in data and data.count(b"\n") == 1
            assert post(endpoint, TEXT)[0] == 200
            assert len(endpoint.readers._running) == 1
        finally:
            endpoint.shutdown()
            endpoint.server_close()


def test_a_server_may_read_none(folder):
    endpoint = serve(folder, limits=Limits(workers=1, readers=0))
    try:
        status, _, data = post(endpoint, TEXT)
        assert status == 403 and b"--readers 1" in data
        assert "/articles" not in json.loads(send(endpoint, "GET", "/openapi.json")[2])["paths"]
    finally:
        endpoint.shutdown()
        endpoint.server_close()


# ------------------------------------------------------------------ the description


@pytest.fixture(scope="module")
def described(endpoint) -> dict:
    status, headers, data = send(endpoint, "GET", "/openapi.json")
    assert status == 200 and headers["Content-Type"] == "application/json"
    return json.loads(data)


def resolved(described: dict, part: dict) -> dict:
    while "$ref" in part:
        _, *steps = part["$ref"].split("/")
        part = described
        for step in steps:
            part = part[step]
    return part


@pytest.mark.parametrize("updates", [False, True])
def test_the_description_is_valid(updates):
    validator = pytest.importorskip("openapi_spec_validator")
    told = json.loads(openapi(Limits(), updates))
    validator.validate(told)
    assert told["openapi"].startswith("3.1") and told["info"]["version"] == package.__version__
    assert ("204" in told["paths"]["/sparql"]["post"]["responses"]) == updates
    unused = [
        n for k, named in told["components"].items() for n in named if f'"#/components/{k}/{n}"' not in json.dumps(told)
    ]
    assert not unused
    del told["info"]["title"]
    assert not validator.OpenAPIV31SpecValidator(told).is_valid(), "a validator that finds what is wrong"


def test_the_description_agrees_with_the_server(endpoint, described):
    link = send(endpoint, "GET", "/")[1]["Link"]
    assert link == '</openapi.json>; rel="service-desc"'
    for path, operations in described["paths"].items():
        for method in ("get", "post", "put", "delete"):
            if method in operations:
                continue
            status, headers, _ = send(endpoint, method.upper(), path, "x", Content_Type="text/plain")
            assert status == 405 and method.upper() not in headers["Allow"].split(", ")
        if "get" in operations:
            status, headers, _ = send(endpoint, "GET", path, Accept="text/turtle, */*;q=0.1")
            told = resolved(described, operations["get"]["responses"][str(status)])
            assert status == 200 and headers["Content-Type"].partition(";")[0] in told["content"]
    operation = described["paths"]["/articles"]["post"]
    assert {resolved(described, p)["name"] for p in operation["parameters"]} == {*GIVEN, "language"}
    assert operation["x-limits"]["bytes"] == MOST_BODY and operation["x-limits"]["seconds"] == 120
    provoked = {str(status) for method, *_, status, _ in WRONG if method == "POST"}
    elsewhere = {"200", "408", "503", "504", "507"}  # 408: who sends nothing
    assert set(operation["responses"]) == provoked | elsewhere
    assert operation["requestBody"]["content"].keys() == TYPES.keys()
    for type in operation["requestBody"]["content"]:
        body = json.dumps({"text": TEXT}) if "json" in type else TEXT
        assert post(endpoint, body, type)[0] == 200
    for type in operation["responses"]["200"]["content"]:
        status, headers, _ = post(endpoint, TEXT, accept=type)
        assert status == 200 and headers["Content-Type"].partition(";")[0] == type


def test_what_is_sent_and_answered_fits_its_schemas(endpoint, described, root):
    jsonschema = pytest.importorskip("openapi_schema_validator")

    def validator(name: str):
        schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
        return jsonschema.OAS31Validator(schema)

    for sample in sorted((root / "samples").glob("*.txt")):
        told = json.loads(post(endpoint, sample.read_bytes(), accept="application/json", date="2025-11-12")[2])
        assert told[0]["claims"] and not list(validator("Annotations").iter_errors(told))
    told[0]["events"][0]["status"] = "true"
    assert list(validator("Annotations").iter_errors(told))
    for body, fits in (
        ({"text": TEXT, "date": "2026-03-03"}, True),
        ([{"text": TEXT}], True),
        ([], False),
        ({"txt": ""}, False),
    ):
        assert validator("Articles").is_valid(body) is fits
        assert (post(endpoint, json.dumps(body), "application/json")[0] == 200) is fits
