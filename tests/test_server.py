"""The endpoint against the rules of the SPARQL 1.1 Protocol, with real clients, and against strangers."""

from __future__ import annotations

import contextlib
import http.client
import json
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import xml.etree.ElementTree as xml
from email.message import Message

import pytest

from kg import queries
from kg.errors import InputError, OutputError, StoreError
from kg.rdf import IRI, RdfFormat, parse
from kg.server import Endpoint, Limits, serving
from kg.server.protocol import Refused, read, same_site
from kg.server.results import negotiate
from kg.server.workers import Pool
from kg.store import Store
from tests.helpers import newsroom
from tests.test_guard import ESCAPES, Canary

NAMES = "SELECT ?name WHERE { ?x a kg:Prison ; skos:prefLabel ?name }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served") / "news.kg"
    with Store.open(folder, create=True, write=True) as store:
        store.load(newsroom.quads())
    return folder


def started(folder, **options) -> Endpoint:
    endpoint = Endpoint(folder, port=0, **options)
    threading.Thread(target=endpoint.serve_forever, daemon=True).start()
    return endpoint


@pytest.fixture(scope="module")
def endpoint(folder):
    endpoint = started(folder, limits=Limits(seconds=6, workers=2))
    yield endpoint
    endpoint.shutdown()
    endpoint.server_close()


@pytest.fixture
def writable(tmp_path):
    with Store.open(tmp_path / "w.kg", create=True, write=True) as store:
        store.load(newsroom.quads(newsroom.brief()))
    endpoint = started(tmp_path / "w.kg", updates=True, limits=Limits(seconds=20, workers=1))
    yield endpoint
    endpoint.shutdown()
    endpoint.server_close()


def ask(
    endpoint: Endpoint, method: str = "GET", path: str = "/sparql", body: bytes | str | None = None, **headers: str
):
    """(status, headers, body) of a request."""
    connection = http.client.HTTPConnection("127.0.0.1", endpoint.server_port, timeout=30)
    connection.request(
        method,
        path,
        body.encode() if isinstance(body, str) else body,
        {k.replace("_", "-"): v for k, v in headers.items()},
    )
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer.status, answer.headers, data


def get(endpoint: Endpoint, query: str, accept: str = "application/sparql-results+json", **more: str):
    return ask(endpoint, "GET", "/sparql?" + urllib.parse.urlencode({"query": query, **more}), Accept=accept)


FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


def values(data: bytes) -> list[str]:
    return [next(iter(row.values()))["value"] for row in json.loads(data)["results"]["bindings"]]


# ------------------------------------------------------------------ the rules of the protocol, one by one


def test_an_answer_of_nothing_says_what_is_nowhere(endpoint):
    for query in ("SELECT ?s { ?s a kg:Perzon }", "ASK { ?s kg:visted ?o }"):
        status, headers, _ = get(endpoint, query)
        note = urllib.parse.unquote(headers["Kg-Note"] or "")
        assert status == 200 and "ontology" in note, (query, note)
    assert "kg:Person" in urllib.parse.unquote(get(endpoint, "SELECT ?s { ?s a kg:Perzon }")[1]["Kg-Note"])
    assert get(endpoint, NAMES)[1]["Kg-Note"] is None
    assert get(endpoint, "SELECT ?s { ?s a kg:Person FILTER(false) }")[1]["Kg-Note"] is None


def test_query_by_get(endpoint):
    status, headers, data = get(endpoint, NAMES)
    assert (status, headers["Content-Type"], values(data)) == (
        200,
        "application/sparql-results+json",
        ["Saltmarsh Prison"],
    )


def test_query_by_post_as_a_form(endpoint):
    status, _, data = ask(endpoint, "POST", body=urllib.parse.urlencode({"query": NAMES}), Content_Type=FORM)
    assert status == 200 and values(data) == ["Saltmarsh Prison"]


def test_query_by_post_directly(endpoint):
    status, _, data = ask(endpoint, "POST", body=NAMES, Content_Type=QUERY + "; charset=UTF-8")
    assert status == 200 and values(data) == ["Saltmarsh Prison"]


def graphs(endpoint) -> list[str]:
    return sorted(values(get(endpoint, "SELECT DISTINCT ?g { GRAPH ?g { ?x a kg:Document } }")[2]))


def test_a_default_graph_can_be_named(endpoint):
    count = "SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a kg:Document }"
    one = graphs(endpoint)[0]
    assert values(get(endpoint, count)[2]) == ["4"]
    assert values(get(endpoint, count, **{"default-graph-uri": one})[2]) == ["1"]
    form = urllib.parse.urlencode(
        [("query", count), ("default-graph-uri", one), ("default-graph-uri", graphs(endpoint)[1])]
    )
    assert values(ask(endpoint, "POST", body=form, Content_Type=FORM)[2]) == ["2"]
    path = "/sparql?" + urllib.parse.urlencode({"default-graph-uri": one})
    assert values(ask(endpoint, "POST", path, body=count, Content_Type=QUERY)[2]) == ["1"]


def test_named_graphs_can_be_named(endpoint):
    one = graphs(endpoint)[0]
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?x a kg:Document } }"
    assert values(get(endpoint, query, **{"named-graph-uri": one})[2]) == [one]


def test_the_dataset_of_the_protocol_overrides_that_of_the_query(endpoint):
    one, other = graphs(endpoint)[:2]
    query = f"SELECT ?d FROM <{other}> {{ ?d a kg:Document }}"
    assert values(get(endpoint, query)[2]) == [other]
    assert values(get(endpoint, query, **{"default-graph-uri": one})[2]) == [one]


@pytest.mark.parametrize(
    "method, path, body, type, status",
    [
        ("GET", "/sparql?x=1", None, None, 400),  # no query
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", None, None, 400),  # two queries
        ("GET", "/sparql?query=", None, None, 400),  # an empty one
        ("GET", "/sparql?query=SELECT", None, None, 400),  # not SPARQL
        ("GET", "/sparql?query=%FF", None, None, 400),  # not UTF-8
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=nope", None, None, 400),  # a relative graph
        ("GET", "/sparql?update=CLEAR%20ALL", None, None, 405),  # an update by GET
        ("POST", "/sparql", "query=ASK%7B%7D&query=ASK%7B%7D", FORM, 400),
        ("POST", "/sparql?query=ASK%7B%7D", "query=ASK%7B%7D", FORM, 400),  # in URL and body
        ("POST", "/sparql?query=ASK%7B%7D", "ASK {}", QUERY, 400),
        ("POST", "/sparql", "ASK {}", "text/plain", 415),
        ("POST", "/sparql", "ASK {}", None, 415),
        ("POST", "/sparql", "ASK {}", QUERY + "; charset=latin-1", 415),
        ("POST", "/sparql", b"ASK { ?x ?y '\xff' }", QUERY, 400),
        ("POST", "/sparql", "CLEAR ALL", QUERY, 400),  # an update as a query
        ("POST", "/sparql", "CLEAR ALL", UPDATE, 403),  # updates are off
        ("POST", "/sparql", "update=CLEAR+ALL", FORM, 403),
        ("PUT", "/sparql", "x", QUERY, 405),
        ("DELETE", "/sparql", None, None, 405),
        ("OPTIONS", "/sparql", None, None, 405),
        ("POST", "/", "x", QUERY, 405),
        ("GET", "/nothing", None, None, 404),
        ("GET", "/static/../worker.py", None, None, 404),
        ("POST", "/sparql", b"x" * (1 << 20) + b"x", QUERY, 413),
    ],
)
def test_what_the_protocol_forbids(endpoint, method, path, body, type, status):
    said, headers, data = ask(endpoint, method, path, body, **({"Content_Type": type} if type else {}))
    assert said == status and data.strip() and headers["Content-Type"].startswith("text/plain")
    if status == 405:
        assert headers["Allow"]


@pytest.mark.parametrize(
    "accept, type",
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("application/json", "application/json"),
        ("*/*", "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.9, */*;q=0.1", "application/sparql-results+xml"),
        ("text/*", "text/csv; charset=utf-8"),
        ("text/html, application/sparql-results+json;q=0.5", "application/sparql-results+json"),
    ],
)
def test_tables_in_the_form_that_is_liked(endpoint, accept, type):
    status, headers, data = get(endpoint, NAMES, accept)
    assert (
        status == 200
        and headers["Content-Type"] == type
        and b"Saltmarsh Prison" in data
        and headers["Vary"] == "Accept"
    )


@pytest.mark.parametrize(
    "accept, format",
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("*/*", RdfFormat.TURTLE),
    ],
)
def test_graphs_in_the_form_that_is_liked(endpoint, accept, format):
    status, _, data = get(endpoint, "CONSTRUCT { ?x a kg:Jail } WHERE { ?x a kg:Prison }", accept)
    assert status == 200 and len(list(parse(data, format))) == 1


def test_nothing_liked_is_406(endpoint):
    assert get(endpoint, NAMES, "image/png")[0] == 406
    assert get(endpoint, NAMES, "text/turtle")[0] == 406
    assert get(endpoint, "DESCRIBE person:x", "text/csv")[0] == 406
    assert get(endpoint, NAMES, "image/png", format="csv")[0] == 200


def test_forms_say_the_same(endpoint):
    query = 'SELECT ?a ?b ?c { VALUES (?a ?b ?c) { ("x,\\"y\\"\\n<&>" "é"@fr 4) (<urn:x> UNDEF true) } }'
    told = json.loads(get(endpoint, query)[2])["results"]["bindings"]
    assert told[0] == {
        "a": {"type": "literal", "value": 'x,"y"\n<&>'},
        "b": {"type": "literal", "value": "é", "xml:lang": "fr"},
        "c": {"type": "literal", "value": "4", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
    }
    assert told[1]["a"] == {"type": "uri", "value": "urn:x"} and "b" not in told[1]
    tree = xml.fromstring(get(endpoint, query, "application/sparql-results+xml")[2])
    assert [e.text for e in tree.iter("{http://www.w3.org/2005/sparql-results#}literal")] == [
        'x,"y"\n<&>',
        "é",
        "4",
        "true",
    ]
    assert get(endpoint, query, "text/csv")[2].decode() == 'a,b,c\r\n"x,""y""\n<&>",é,4\r\nurn:x,,true\r\n'
    assert (
        get(endpoint, query, "text/tab-separated-values")[2]
        .decode()
        .startswith('?a\t?b\t?c\n"x,\\"y\\"\\n<&>"\t"é"@fr\t')
    )
    assert json.loads(get(endpoint, "ASK {}")[2])["boolean"] is True
    assert b"<boolean>false</boolean>" in get(endpoint, "ASK { <urn:no> ?p ?o }", "application/sparql-results+xml")[2]


def test_head_has_no_body(endpoint):
    status, headers, data = ask(endpoint, "HEAD", "/sparql?" + urllib.parse.urlencode({"query": NAMES}))
    assert status == 200 and data == b"" and int(headers["Content-Length"]) > 0


def test_updates_where_they_are_allowed(writable):
    assert ask(writable, "POST", body="INSERT DATA { person:x a kg:Person }", Content_Type=UPDATE)[0] == 204
    assert json.loads(get(writable, "ASK { person:x a kg:Person }")[2])["boolean"] is True
    assert (
        ask(
            writable,
            "POST",
            body=urllib.parse.urlencode({"update": "DELETE WHERE { person:x ?p ?o }"}),
            Content_Type=FORM,
        )[0]
        == 204
    )
    assert json.loads(get(writable, "ASK { person:x a kg:Person }")[2])["boolean"] is False
    assert ask(writable, "POST", body="INSERT DATA {", Content_Type=UPDATE)[0] == 400
    assert ask(writable, "POST", "/sparql?using-graph-uri=urn:x", body="CLEAR ALL", Content_Type=UPDATE)[0] == 400


def test_the_service_describes_itself(endpoint):
    status, headers, data = ask(endpoint, "GET", "/sparql", Accept="text/turtle")
    said = {
        (q.predicate.value.partition("#")[2], getattr(q.object, "value", "").partition("#")[2])
        for q in parse(data, RdfFormat.TURTLE)
    }
    assert (
        status == 200
        and ("supportedLanguage", "SPARQL11Query") in said
        and ("supportedLanguage", "SPARQL11Update") not in said
    )
    assert ("feature", "UnionDefaultGraph") in said
    assert len(list(parse(ask(endpoint, "GET", "/sparql", Accept="application/rdf+xml")[2], RdfFormat.RDF_XML))) > 5
    assert ask(endpoint, "GET", "/sparql", Accept="text/html,*/*;q=0.1")[0] == 303


# ------------------------------------------------------------------ real clients


def test_sparqlwrapper_asks(endpoint):
    wrapper = pytest.importorskip("SPARQLWrapper", reason="missing tool: SPARQLWrapper (pip install sparqlwrapper)")
    client = wrapper.SPARQLWrapper(endpoint.url + "sparql")
    for method in (wrapper.GET, wrapper.POST):
        client.setMethod(method)
        client.setQuery(NAMES)
        client.setReturnFormat(wrapper.JSON)
        assert client.query().convert()["results"]["bindings"][0]["name"]["value"] == "Saltmarsh Prison"
        client.setReturnFormat(wrapper.XML)
        assert "Saltmarsh" in client.query().convert().toxml()
        client.setReturnFormat(wrapper.CSV)
        assert b"Saltmarsh" in client.query().convert()
    client.setQuery("CONSTRUCT { ?x a kg:Jail } WHERE { ?x a kg:Prison }")
    client.setReturnFormat(wrapper.TURTLE)
    assert b"Jail" in client.query().convert()


def test_every_shipped_question_is_answered(endpoint, folder):
    with Store.open(folder) as store:
        for question in queries.questions().values():
            if any(p.required for p in question.parameters):
                continue  # without its value it would ask for every pair of things
            status, _, data = ask(endpoint, "POST", body=question.text, Content_Type=QUERY)
            assert status == 200, (question.name, data)
            rows = json.loads(data)["results"]["bindings"]
            assert len(rows) >= len(queries.ask(store, question)) > 0, question.name


# ------------------------------------------------------------------ strangers


def test_a_query_that_runs_too_long_is_killed_and_the_next_is_answered(endpoint):
    began = time.monotonic()
    status, _, data = get(endpoint, HEAVY)
    assert status == 504 and b"was stopped" in data and time.monotonic() - began < 8
    assert get(endpoint, NAMES)[0] == 200


@pytest.fixture
def patient(folder):
    endpoint = started(folder, limits=Limits(seconds=120, workers=1))
    yield endpoint
    endpoint.shutdown()
    endpoint.server_close()


def test_an_answer_of_any_length_comes_as_it_is_found(patient):
    endpoint = patient
    query = "SELECT ?a ?b ?d { ?a ?b ?c . ?d ?e ?f } LIMIT 150000"
    status, headers, data = get(endpoint, query)
    assert (status, headers["Transfer-Encoding"], len(values(data))) == (200, "chunked", 150_000)
    query = query.replace("150000", "20000")
    assert get(endpoint, query, "text/csv")[2].count(b"\r\n") == 20_001
    assert get(endpoint, query, "text/tab-separated-values")[2].count(b"\n") == 20_001
    tree = xml.fromstring(get(endpoint, query, "application/sparql-results+xml")[2])
    assert len(list(tree.iter("{http://www.w3.org/2005/sparql-results#}result"))) == 20_000
    many = "CONSTRUCT { ?a <urn:with> ?d } WHERE { { SELECT DISTINCT ?a ?d { ?a a ?b . ?d ?e ?f } LIMIT 25000 } }"
    counts = {
        len(set(parse(get(endpoint, many, accept)[2], format)))
        for accept, format in (
            ("text/turtle", RdfFormat.TURTLE),
            ("application/n-triples", RdfFormat.N_TRIPLES),
            ("application/rdf+xml", RdfFormat.RDF_XML),
            ("application/ld+json", RdfFormat.JSON_LD),
        )
    }
    assert len(counts) == 1 and counts.pop() == 25_000
    with socket.create_connection(("127.0.0.1", endpoint.server_port), timeout=30) as old:  # it knows no chunks
        path = "/sparql?" + urllib.parse.urlencode({"query": query, "format": "csv"})
        old.sendall(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{endpoint.server_port}\r\n\r\n".encode())
        head, _, body = b"".join(iter(lambda: old.recv(1 << 16), b"")).partition(b"\r\n\r\n")
    assert b"chunked" not in head and body.count(b"\r\n") == 20_001
    status, headers, data = ask(endpoint, "HEAD", path)
    assert status == 200 and not data


def test_an_answer_that_is_not_whole_can_be_told(folder):
    slow = started(folder, limits=Limits(seconds=3, workers=1))
    try:
        with pytest.raises(http.client.IncompleteRead):
            get(slow, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "text/csv")
        assert get(slow, NAMES)[0] == 200
    finally:
        slow.shutdown()
        slow.server_close()


def test_an_answer_that_is_cut_says_where_it_goes_on(folder):
    short = started(folder, limits=Limits(rows=700, workers=1))
    try:
        for query, accept, count in (
            ("SELECT * { ?s ?p ?o }", "text/csv", lambda data: data.count(b"\r\n") - 1),
            ("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples", lambda data: data.count(b"\n")),
        ):
            found, path = [], "/sparql?" + urllib.parse.urlencode({"query": query})
            while path:
                status, headers, data = ask(short, path=path, Accept=accept)
                assert status == 200
                found.append(count(data))
                link = headers["Link"]
                assert (found[-1] == 700) if link else (found[-1] <= 700)
                path = link and link.partition(">")[0].strip("<")
                assert not link or link.endswith('; rel="next"')
            with Store.open(folder) as store:
                assert sum(found) == len(store) and len(found) > 2
        assert get(short, "SELECT * { ?s ?p ?o } LIMIT 700")[1]["Link"] is None
        assert get(short, NAMES, offset="1")[2].count(b'"value"') == 0
        assert get(short, NAMES, offset="-1")[0] == 400
    finally:
        short.shutdown()
        short.server_close()


HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_heavy_queries_leave_a_worker_to_light_ones(folder):
    """Two at once of those, and a third later: light ones are answered meanwhile, and all hear why they are not."""
    served = started(folder, limits=Limits(seconds=6, workers=2))
    said = []

    def heavy(query):
        began = time.monotonic()
        said.append((*get(served, query), time.monotonic() - began))

    try:
        assert get(served, NAMES)[0] == 200
        threads = [threading.Thread(target=heavy, args=(HEAVY + f" # {n}",)) for n in range(2)]
        for thread in threads:
            thread.start()
        time.sleep(2)
        assert [get(served, NAMES)[0] for _ in range(5)] == [200] * 5
        again = threading.Thread(target=heavy, args=(HEAVY + " # 1",))  # it is known to be heavy: it tries no worker
        again.start()
        assert get(served, NAMES)[0] == 200
        for thread in [*threads, again]:
            thread.join()
    finally:
        served.shutdown()
        served.server_close()
    for status, headers, data, took in said:
        if status == 503:
            assert b"no more than 1 heavy query can run at once" in data and headers["Retry-After"]
        else:
            assert status == 504 and b"was stopped" in data and took < 8
    assert {status for status, *_ in said} == {503, 504}


def ready(pool: Pool) -> None:
    """All workers of a pool are there within a minute."""
    deadline = time.monotonic() + 60
    while len(pool._idle) < pool.limits.workers and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [worker.alive() for worker in pool._idle] == [True] * pool.limits.workers


def test_a_stopped_worker_is_replaced_ahead_of_need(folder):
    pool = Pool(folder, Limits(seconds=1, workers=1))
    try:
        ready(pool)
        with pool.query({"query": HEAVY, "accept": ""}) as said:
            assert said.status == 504
        ready(pool)  # though nobody asked
    finally:
        pool.close()


def test_a_worker_loads_nothing_that_draws():
    loaded = subprocess.run(
        [sys.executable, "-c", "import kg.server.worker, sys; print(*sys.modules)"], capture_output=True, text=True
    ).stdout.split()
    assert "pyoxigraph" in loaded and not {"networkx", "scipy", "numpy", "spacy", "pyvis"} & set(loaded)


def test_a_busy_server_says_so(folder):
    slow = started(folder, limits=Limits(seconds=3, workers=1, patience=0.2))
    try:
        ready(slow.pool)
        thread = threading.Thread(target=get, args=(slow, HEAVY))
        thread.start()
        time.sleep(0.7)
        status, headers, data = get(slow, NAMES)
        assert status == 503 and headers["Retry-After"] and b"all workers are busy" in data
        thread.join()
    finally:
        slow.shutdown()
        slow.server_close()


# ------------------------------------------------------------------ updates say what happened


def test_an_update_that_is_stopped_is_not_in(tmp_path):
    folder = tmp_path / "w.kg"
    with Store.open(folder, create=True, write=True) as store:
        store.load(newsroom.quads(newsroom.brief()))
    served = started(folder, updates=True, limits=Limits(seconds=3, workers=1))
    heavy = "INSERT { <urn:x> <urn:n> ?a } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l}"
    try:
        for text in (heavy, f"INSERT DATA {{ <urn:x> <urn:first> 1 }} ; {heavy}"):
            status, _, data = ask(served, "POST", body=text, Content_Type=UPDATE)
            assert status == 504 and b"nothing of it is in" in data
            assert not (folder / "updating").exists()
            assert json.loads(get(served, "ASK { <urn:x> ?p ?o }")[2])["boolean"] is False
        assert ask(served, "POST", body="INSERT DATA { <urn:x> <urn:p> 1 }", Content_Type=UPDATE)[0] == 204
        assert json.loads(get(served, "ASK { <urn:x> ?p ?o }")[2])["boolean"] is True
    finally:
        served.shutdown()
        served.server_close()


def test_an_update_is_written_only_when_someone_waits_for_it(tmp_path):
    """Who is told that it was stopped can rely on it: the worker asks before it writes, and else it ends."""
    folder = tmp_path / "w.kg"
    with Store.open(folder, create=True, write=True) as store:
        store.load(newsroom.quads(newsroom.brief()))
    for go in (True, False):
        worker = Pool(folder, Limits(workers=0))._started(write=True)
        worker.send({"update": f"INSERT DATA {{ <urn:x> <urn:p> {str(go).lower()} }}"}, 20)
        assert json.loads(worker.line()) == {"committing": True}
        if go:
            worker.say("go")
            assert json.loads(worker.line())["status"] == 204
        worker.finish()
    with Store.open(folder) as store:
        assert [q.object.value for q in store.match(IRI("urn:x"))] == ["true"]


def test_an_update_that_is_being_written_is_waited_for(tmp_path, folder):
    class Slow:
        """A writer that is at its time limit when it begins to write."""

        said = [b'{"committing": true}', b'{"status": 204, "type": "text/plain"}']
        left = None

        def alive(self):
            return True

        def send(self, request, seconds):
            self.left = seconds

        def say(self, said):
            pass

        def line(self):
            if len(self.said) == 1 and self.left is not None:
                raise TimeoutError
            return self.said.pop(0)

        def frame(self):
            return b""

    pool = Pool(folder, Limits(seconds=1, workers=1))
    try:
        assert pool._written(Slow(), {"update": ""}).status == 204
    finally:
        pool.close()


def test_an_update_that_waits_in_vain_takes_nothing_away(tmp_path):
    folder = tmp_path / "w.kg"
    with Store.open(folder, create=True, write=True) as store:
        store.load(newsroom.quads(newsroom.brief()))
    pool = Pool(folder, Limits(seconds=1, workers=2, patience=1))
    insert = {"update": "INSERT DATA { <urn:x> <urn:p> 1 }"}
    try:
        ready(pool)
        with pool.query({"query": "SELECT * { ?a ?b ?c . ?d ?e ?f }", "accept": ""}) as said:
            assert said.rest is not None
            refused = pool.update(insert)
            assert refused.status == 503 and b"queries are running" in refused.body
        for _ in range(2):
            assert pool.update(insert).status == 204
        with pool.query({"query": "ASK { <urn:x> ?p ?o }", "accept": ""}) as said:
            assert b"true" in said.read()
    finally:
        pool.close()


# ------------------------------------------------------------------ the line


def raw(endpoint: Endpoint, text: str | bytes) -> bytes:
    """What comes back for these bytes until the line is closed."""
    with socket.create_connection(("127.0.0.1", endpoint.server_port), timeout=30) as line:
        line.sendall(text.encode() if isinstance(text, str) else text)
        return b"".join(iter(lambda: line.recv(1 << 16), b""))


@pytest.mark.parametrize(
    "head, status",
    [
        ("Content-Length: 7", 200),
        ("Content-Length: +7", 400),
        ("Content-Length: 0_7", 400),
        ("Content-Length: 7 7", 400),
        ("Content-Length: -7", 400),
        ("Content-Length: ٧", 400),
        ("Content-Length: 7\r\nContent-Length: 7", 400),
        ("Content-Length: 7\r\nHost: evil.example", 400),
        ("Content-Length: 7\r\nHost: {host}", 400),
        ("Content-Length: 7\r\nTransfer-Encoding: chunked", 411),
    ],
)
def test_a_head_that_can_be_read_in_two_ways_is_refused(endpoint, head, status):
    host = f"127.0.0.1:{endpoint.server_port}"
    head = f"POST /sparql HTTP/1.1\r\nHost: {host}\r\nContent-Type: {QUERY}\r\nConnection: close\r\n" + head
    assert raw(endpoint, head.replace("{host}", host) + "\r\n\r\nASK { }").startswith(f"HTTP/1.1 {status} ".encode())


def test_head_and_body_are_written_at_once(endpoint, monkeypatch):
    written = []
    write = socket.SocketIO.write

    def counted(self, data):
        if self._sock.getsockname()[1] == endpoint.server_port:
            written.append(bytes(data))
        return write(self, data)

    monkeypatch.setattr(socket.SocketIO, "write", counted)
    connection = http.client.HTTPConnection("127.0.0.1", endpoint.server_port, timeout=30)
    for _ in range(3):
        connection.request("GET", "/sparql?" + urllib.parse.urlencode({"query": NAMES}))
        assert b"Saltmarsh" in connection.getresponse().read()
    connection.close()
    assert len(written) == 3 and all(b"\r\n\r\n{" in part for part in written)


def test_slow_connections_have_a_limit(endpoint, monkeypatch):
    monkeypatch.setattr("kg.server.PATIENCE", 1.0)
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", endpoint.server_port), timeout=30) as line:
        with contextlib.suppress(OSError):
            for sign in "GET / HTTP/1.1\r\nHost: x\r\nX: " + "x" * 100:
                line.sendall(sign.encode())
                time.sleep(0.1)
        assert time.monotonic() - began < 8
    head = f"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:{endpoint.server_port}\r\nContent-Type: {QUERY}\r\n"
    assert raw(endpoint, head + "Content-Length: 7\r\n\r\nASK").startswith(b"HTTP/1.1 408 ")


def test_a_body_too_large_is_refused_without_a_broken_pipe(endpoint):
    for more in ({}, {"Expect": "100-continue"}):
        status, _, data = ask(endpoint, "POST", body=b"x" * 20_000_000, Content_Type=QUERY, **more)
        assert status == 413 and b"1,048,576 bytes" in data
    big = "ASK { } #" + "x" * 900_000
    assert ask(endpoint, "POST", body=big, Content_Type=QUERY, Expect="100-continue")[0] == 200


def test_ctrl_c_ends_it_at_once_though_a_query_runs(folder):
    served = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", folder, "--port", "0", "--timeout", "60"],
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    url = served.stderr.readline().split()[0]
    port = int(url.rstrip("/").rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        path = "/sparql?" + urllib.parse.urlencode({"query": HEAVY})
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        time.sleep(2)
        began = time.monotonic()
        served.send_signal(signal.SIGINT)
        assert served.wait(timeout=60) == 0
        took = time.monotonic() - began
    served.stderr.close()
    assert took < 3, took  # a second, with room for a machine under load; the query would run for a minute


# ------------------------------------------------------------------ other origins


def test_an_origin_that_is_let_in_may_ask(folder):
    served = started(folder, origins=("https://desk.example",), limits=Limits(workers=1))
    theirs = {"Origin": "https://desk.example", "Sec_Fetch_Site": "cross-site"}
    try:
        asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
        status, headers, data = ask(served, "OPTIONS", **theirs, **asks)
        assert (status, data, headers["Access-Control-Allow-Origin"]) == (204, b"", "https://desk.example")
        assert "POST" in headers["Access-Control-Allow-Methods"]
        assert "content-type" in headers["Access-Control-Allow-Headers"].lower()
        status, headers, data = ask(served, "POST", body=NAMES, Content_Type=QUERY, **theirs)
        assert status == 200 and values(data) and headers["Access-Control-Allow-Origin"] == "https://desk.example"
        assert "Origin" in headers["Vary"]
        for other in ("https://desk.example.evil.example", "http://desk.example", "null"):
            for method in ("GET", "OPTIONS"):
                status, headers, _ = ask(served, method, Origin=other)
                assert status == 403 and headers["Access-Control-Allow-Origin"] is None
        assert get(served, NAMES)[1]["Access-Control-Allow-Origin"] is None
    finally:
        served.shutdown()
        served.server_close()
    with pytest.raises(InputError, match="is no origin"):
        Endpoint(folder, port=0, origins=("*",))


@pytest.mark.parametrize("name", ESCAPES)
def test_no_query_gets_out(endpoint, writable, name):
    canary = Canary()
    try:
        text = ESCAPES[name].format(u=canary.url)
        assert get(endpoint, text)[0] == 400
        assert ask(writable, "POST", body=text, Content_Type=UPDATE)[0] == 400
        assert canary.calls == []
    finally:
        canary.close()


def test_from_reaches_neither_the_web_nor_a_file(endpoint, tmp_path):
    canary = Canary()
    secret = tmp_path / "secret.ttl"
    secret.write_text("<urn:a> <urn:b> <urn:c> .")
    try:
        for source in (canary.url, secret.as_uri()):
            for form in (f"FROM <{source}>", f"FROM NAMED <{source}>"):
                status, _, data = get(
                    endpoint, f"SELECT * {form} {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
                )
                assert status == 200 and values(data) == []
            status, _, data = get(endpoint, "SELECT * { ?s ?p ?o }", **{"default-graph-uri": source})
            assert status == 200 and values(data) == []
        assert canary.calls == []
    finally:
        canary.close()


@pytest.mark.parametrize(
    "headers, status",
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "evil.example:80"}, 421),
        ({"Host": ""}, 421),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Sec_Fetch_Site": "same-origin"}, 200),
        ({}, 200),
    ],
)
def test_other_names_and_other_sites_are_refused(endpoint, headers, status):
    for method, body, type in (("GET", None, {}), ("POST", NAMES, {"Content_Type": QUERY})):
        path = "/sparql?" + urllib.parse.urlencode({"query": NAMES}) if method == "GET" else "/sparql"
        assert ask(endpoint, method, path, body, **headers, **type)[0] == status


def test_our_own_page_may_ask(endpoint):
    here = f"http://127.0.0.1:{endpoint.server_port}"
    status, headers, _ = ask(endpoint, "POST", body=NAMES, Content_Type=QUERY, Origin=here)
    assert status == 200 and not any(name.lower().startswith("access-control") for name in headers)


def test_a_simple_form_of_another_site_changes_nothing(writable):
    form = urllib.parse.urlencode({"update": "CLEAR ALL"})
    assert ask(writable, "POST", body=form, Content_Type=FORM, Origin="https://evil.example")[0] == 403
    assert ask(writable, "POST", body=form, Content_Type="text/plain")[0] == 415
    assert json.loads(get(writable, "ASK { ?x a kg:Document }")[2])["boolean"] is True


# ------------------------------------------------------------------ what the query page asks


def test_a_shipped_question_is_answered_as_kg_ask_answers_it(endpoint, folder):
    for form, write in (("json", "to_json"), ("csv", "to_csv")):
        status, _, data = ask(endpoint, path=f"/ask?question=met&who=Ines+Calder&since=&format={form}")
        with Store.open(folder) as store:
            assert (
                status == 200 and data.decode() == getattr(queries.ask(store, "met", {"who": "Ines Calder"}), write)()
            )
    status, headers, _ = ask(endpoint, path="/ask?question=met&who=Nobody+Such")
    assert status == 200 and "Nobody Such" in urllib.parse.unquote(headers["Kg-Note"])
    for wrong in ("question=mett", "question=about", "question=met&whom=x", "question=events&type=Nonsense", ""):
        assert ask(endpoint, path=f"/ask?{wrong}")[0] == 400
    assert ask(endpoint, path="/ask?question=met&format=xml")[0] == 406


def test_the_terms_that_are_used(endpoint, folder):
    used = json.loads(ask(endpoint, path="/terms")[2])
    with Store.open(folder) as store:
        told = store.tally()
    assert {name: dict(counts) for name, counts in used.items()} == {
        "classes": told.classes,
        "properties": told.properties,
    }


# ------------------------------------------------------------------ the first page, kept beside the store


def test_the_first_page_is_drawn_once_a_state(tmp_path, monkeypatch):
    """The next server has the page of the last; what draws it, and what is kept, never outlives the store's state."""
    from kg.server import graph

    folder, drawn, draws = tmp_path / "n.kg", [], graph.graph_page
    with Store.open(folder, create=True, write=True) as store:
        store.load(newsroom.quads(newsroom.brief()))
    monkeypatch.setattr(graph, "graph_page", lambda *given: drawn.append(given[1]) or draws(*given))

    def pages(*changes: str) -> list[bytes]:
        endpoint = started(folder, updates=True, limits=Limits(seconds=60, workers=1))
        try:
            found = [ask(endpoint, path="/graph")[2]]
            for change in changes:
                assert ask(endpoint, "POST", body=change, Content_Type=UPDATE)[0] == 204
                found.append(ask(endpoint, path="/graph")[2])
            return found
        finally:
            endpoint.shutdown()
            endpoint.server_close()

    (first,), kept = pages(), folder / "graph.html"
    assert drawn == [""] and first in kept.read_bytes()
    assert pages() == [first] and drawn == [""]
    kept.unlink()
    assert pages() == [first] and drawn == ["", ""]  # the same state, the same bytes
    kept.write_bytes(kept.read_bytes().partition(b"\n")[0])
    assert pages() == [first] and len(drawn) == 3  # torn
    named = "DELETE { ?p skos:prefLabel ?old } INSERT { ?p skos:prefLabel 'Ada New' } WHERE { ?p a kg:Person ; skos:prefLabel ?old }"
    same, changed = pages(named)
    assert same == first and changed != first and b"Ada New" in changed and len(drawn) == 4
    assert pages() == [changed] and len(drawn) == 4
    with Store.open(folder, write=True) as store:
        store.update(named.replace("Ada New", "Bo Newer"))
    assert b"Bo Newer" in pages()[0] and len(drawn) == 5


# ------------------------------------------------------------------ starting, and the pure parts


def test_a_file_is_served_as_it_is(tmp_path):
    path = tmp_path / "g.ttl"
    path.write_text("<urn:a> <urn:b> <urn:c> .")
    with serving(path, port=0) as endpoint:
        threading.Thread(target=endpoint.serve_forever, daemon=True).start()
        assert values(get(endpoint, "SELECT ?o { ?s ?p ?o }")[2]) == ["urn:c"]
        copy = endpoint.pool.folder
        endpoint.shutdown()
    assert not copy.exists()


def test_what_cannot_be_served(tmp_path, endpoint, folder):
    with pytest.raises(StoreError, match="is not a store"), serving(tmp_path, port=0):
        pass
    with pytest.raises(OutputError, match="cannot listen there"):
        Endpoint(folder, port=endpoint.server_port)


def test_negotiation():
    assert negotiate("a/b;q=0, */*", ["a/b", "c/d"]) == "c/d"
    assert negotiate("a/*;q=0.3, a/b;q=0.1", ["a/b", "a/c"]) == "a/c"
    assert negotiate("x/y", ["a/b"]) is None


def test_reading_is_pure():
    assert read("GET", "", Message(), b"").operation == "description"
    elsewhere = Message()
    elsewhere["Host"] = "a"
    with pytest.raises(Refused):
        same_site(elsewhere, frozenset({"b"}))
