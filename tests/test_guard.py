"""Queries that would leave the store are refused, however they are spelled; harmless ones pass."""

from __future__ import annotations

import http.server
import threading

import pyoxigraph
import pytest
from hypothesis import given, settings, strategies as st

from kg.errors import QueryError
from kg.guard import check

URL = "http://127.0.0.1:{port}/x"


class Canary:
    """A server on loopback that counts who comes by."""

    def __init__(self) -> None:
        canary, self.calls = self, []

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self):
                canary.calls.append((self.command, self.path))
                self.send_response(200)
                self.send_header("Content-Type", "application/sparql-results+json")
                self.end_headers()
                self.wfile.write(b'{"head":{"vars":[]},"results":{"bindings":[]}}')

            do_GET = do_POST = answer

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/x"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def canary():
    bird = Canary()
    yield bird
    bird.close()


ESCAPES = {
    "plain": "SELECT * {{ SERVICE <{u}> {{ ?a ?b ?c }} }}",
    "silent": "SELECT * {{ SERVICE SILENT <{u}> {{ ?a ?b ?c }} }}",
    "mixed case": "SELECT * {{ sErViCe <{u}> {{ ?a ?b ?c }} }}",
    "after a number": "SELECT * {{ ?s ?p 1SERVICE <{u}> {{ ?a ?b ?c }} }}",
    "after true": "SELECT * {{ ?s ?p trueSERVICE <{u}> {{ ?a ?b ?c }} }}",
    "after a dot": "SELECT * {{ ?s ?p ?o.SERVICE<{u}>{{ ?a ?b ?c }} }}",
    "after a name's dot": "PREFIX e: <{u}> SELECT * {{ ?s ?p e:o.SERVICE<{u}>{{ ?a ?b ?c }} }}",
    "empty prefix": "PREFIX : <{u}> SELECT * {{SERVICE:a{{ ?a ?b ?c }} }}",
    "glued prefix": "PREFIX ex: <{u}> SELECT * {{SERVICEex:a{{ ?a ?b ?c }} }}",
    "glued silent": "PREFIX ex: <{u}> SELECT * {{SERVICESILENTex:a{{ ?a ?b ?c }} }}",
    "variable": "SELECT * {{ BIND(<{u}> AS ?u) SERVICE ?u {{ ?a ?b ?c }} }}",
    "less than": "PREFIX : <{u}> SELECT * {{ BIND(1 AS ?a) BIND(2 AS ?b) FILTER(?a<?b)SERVICE:a#>\n{{ ?x ?y ?z }} }}",
    "less than, quoted": "PREFIX : <{u}> SELECT * {{ BIND(1 AS ?a) BIND(2 AS ?b) "
    "FILTER(?a<?b)FILTER('>'='>')SERVICE:a{{ ?x ?y ?z }} }}",
    "escaped": "SELECT * {{ \\u0053ERVICE <{u}> {{ ?a ?b ?c }} }}",
    "long escape": "SELECT * {{ \\U00000053ERVICE <{u}> {{ ?a ?b ?c }} }}",
    "escaped quote": 'SELECT * {{ ?s ?p "\\u0022 . SERVICE <{u}> {{}} #" }}',
    "comment": "SELECT * {{ #\nSERVICE#\n<{u}>#\n{{ ?a ?b ?c }} }}",
    "comment with return": "SELECT * {{ # x\rSERVICE <{u}> {{ ?a ?b ?c }} }}",
    "subquery": "SELECT * {{ {{ SELECT * {{ SERVICE <{u}> {{ ?a ?b ?c }} }} }} }}",
    "exists": "SELECT * {{ FILTER EXISTS {{ SERVICE <{u}> {{ ?a ?b ?c }} }} }}",
    "construct": "CONSTRUCT {{ ?a ?b ?c }} WHERE {{ SERVICE <{u}> {{ ?a ?b ?c }} }}",
    "escaped name": "PREFIX e: <{u}> SELECT * {{ ?s ?p e:a\\'b.SERVICE <{u}> {{ ?a ?b ?c }} FILTER('x'='x') }}",
    "update": "INSERT {{ ?a ?b ?c }} WHERE {{ SERVICE <{u}> {{ ?a ?b ?c }} }}",
    "load": "LOAD <{u}>",
    "load silent": "LOAD SILENT <{u}> INTO GRAPH <urn:g>",
    "load in a row": "CLEAR ALL;load<{u}>",
}

HARMLESS = [
    "SELECT * { ?service <http://example.org/service/load> ?load }",
    "SELECT * { ?s ?p 'SERVICE <http://x>' } # LOAD",
    'SELECT * { ?s ?p """a " SERVICE "" b""" }',
    "SELECT * { ?s ?p '''SERVICE''' , '' , \"\" }",
    "PREFIX ex: <http://e/> SELECT * { ?s ex:service ex:upload . FILTER(1 < 2 && 3 > 2) }",
    "SELECT * { ?s ?p ?o FILTER(?a<?b && ?c>?d) }",
    'SELECT * { ?s ?p "caf\\u00e9" , "a\\"SERVICE" }',
    "SELECT * { ?s a/<urn:x:service>* ?o }",
    "PREFIX : <http://e/> SELECT * { ?s :p? :o ; :q 1.5e3 , 'x'@en-GB , '1'^^:int . _:b :p () }",
]


@pytest.mark.parametrize("name", ESCAPES)
def test_a_way_out_is_refused(name):
    with pytest.raises(QueryError):
        check(ESCAPES[name].format(u="http://127.0.0.1:9/x"))


@pytest.mark.parametrize("text", HARMLESS)
def test_the_word_as_data_is_no_way_out(text):
    assert check(text) == text


def test_the_canary_hears_the_engine(canary):
    """Without the guard these spellings do get out: the list is no straw man."""
    heard = 0
    for text in ESCAPES.values():
        before = len(canary.calls)
        store = pyoxigraph.Store()
        store.add(
            pyoxigraph.Quad(
                *[pyoxigraph.NamedNode("urn:x")] * 2,
                pyoxigraph.Literal("1", datatype=pyoxigraph.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
            )
        )
        for call in (store.query, store.update):
            try:
                list(call(text.format(u=canary.url)) or ())
            except Exception:
                continue
        heard += len(canary.calls) > before
    assert heard >= 12


PIECES = [
    "SERVICE",
    "service",
    ":a",
    "ex:a",
    "<",
    ">",
    "<urn:x>",
    "'",
    '"',
    "'''",
    '"""',
    "#",
    "\n",
    "\\",
    "?a",
    "1",
    ".",
    "{",
    "}",
    " ",
    ")",
    "(",
    "<http://127.0.0.1:9/>",
    "FILTER",
    "true",
    "%",
    "@en",
    "^^",
    "_:b",
    "\\u0053",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_what_the_engine_takes_for_a_service_is_refused(pieces):
    """Random text: whatever the engine parses as a call to a port it refuses to dial, the guard refuses too."""
    text = (
        f"PREFIX ex: <http://127.0.0.1:9/> PREFIX : <http://127.0.0.1:9/> SELECT * {{ BIND(1 AS ?a) "
        f"{''.join(pieces)} {{}} }}"
    )
    try:
        list(pyoxigraph.Store().query(text))
    except OSError:  # the engine tried to dial
        with pytest.raises(QueryError):
            check(text)
    except (SyntaxError, ValueError):
        pass
