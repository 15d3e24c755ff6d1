"""What we write is read by parsers and stores of others: equal counts, and equal answers to ten questions."""

from __future__ import annotations

import contextlib
import functools
import http.server
import io
import json
import shutil
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import pytest

from kg import exchange, queries, rdf
from kg.errors import InputError, OutputError
from kg.rdf import RdfFormat
from kg.server import Endpoint
from kg.server.results import encode
from kg.store import Store
from kg.vocabulary import data_folder
from tests.helpers import newsroom, others

#: Every question that can be asked without a parameter, and those that slow starters are asked.
FREE = tuple(q.name for q in queries.questions().values() if not any(p.required for p in q.parameters))
TEN = (
    "absent",
    "causes",
    "contradictions",
    "denied",
    "members",
    "met",
    "numbers",
    "places",
    "single-source",
    "two-values",
)

ENDINGS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
ONTOLOGY = data_folder("ontology") / "kg.ttl"


@pytest.fixture(scope="module")
def news() -> Store:
    store = Store.memory()
    store.load(newsroom.quads())
    return store


@pytest.fixture(scope="module")
def files(news, tmp_path_factory) -> dict[str, Path]:
    """The four articles in every format."""
    folder = tmp_path_factory.mktemp("files")
    for ending, format in ENDINGS.items():
        with (folder / f"all.{ending}").open("wb") as out:
            rdf.serialize(news.quads(), format, out)
    shutil.copyfile(ONTOLOGY, folder / "kg.ttl")
    return {path.suffix[1:]: path for path in folder.glob("all.*")}


@pytest.fixture(scope="module")
def counts(news) -> dict[str, int]:
    quads, triples = len(list(news.quads())), len(news)
    return {ending: quads if format.supports_datasets else triples for ending, format in ENDINGS.items()}


def expected(store: Store, name: str) -> others.Rows:
    result = store.query(queries.question(name).text, ontology=True)
    out = io.BytesIO()
    encode(result, "text/csv", lambda type: out)
    return others.rows_of(out.getvalue().decode())


def same_answers(store: Store, ask, names) -> None:
    for name in names:
        assert ask(queries.question(name).text) == expected(store, name) != [], name


def has(program: str) -> bool:
    return shutil.which(program) is not None


# ------------------------------------------------------------------ parsers


def test_rapper_counts(tool, files, counts):
    rapper = tool("rapper", "apt-get install raptor2-utils")
    for ending, syntax in (
        ("ttl", "turtle"),
        ("nt", "ntriples"),
        ("trig", "trig"),
        ("nq", "nquads"),
        ("rdf", "rdfxml"),
    ):
        said = subprocess.run(
            [rapper, "-q", "-i", syntax, "-o", "nquads", files[ending]], capture_output=True, check=True
        )
        assert said.stdout.count(b"\n") == counts[ending] and not said.stderr, ending


def test_serdi_counts(tool, files, counts):
    serdi = tool("serdi", "apt-get install serdi")
    for ending, syntax in (("ttl", "turtle"), ("nt", "ntriples"), ("trig", "trig"), ("nq", "nquads")):
        said = subprocess.run([serdi, "-i", syntax, "-o", "nquads", files[ending]], capture_output=True, check=True)
        assert said.stdout.count(b"\n") == counts[ending] and not said.stderr, ending


def test_n3_js_counts(node_module, files, counts):
    node_module("n3")
    endings = ("ttl", "nt", "trig", "nq")
    said = subprocess.run(
        ["node", "count.mjs", *(files[e] for e in endings)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent / "node",
    )
    assert [int(n) for n in said.stdout.split()] == [counts[e] for e in endings]


def test_rdflib_counts_and_answers(news, files, counts):
    rdflib = pytest.importorskip("rdflib")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for ending, format in (("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml")):
            assert len(rdflib.Graph().parse(files[ending], format=format)) == counts[ending]
        for ending, format in (("trig", "trig"), ("nq", "nquads"), ("jsonld", "json-ld")):
            assert len(list(rdflib.Dataset().parse(files[ending], format=format).quads())) == counts[ending]
        graph = rdflib.Graph().parse(files["ttl"]).parse(ONTOLOGY)
        same_answers(news, lambda text: others.rows_of(graph.query(text).serialize(format="csv").decode()), FREE)


# ------------------------------------------------------------------ stores


@pytest.fixture(scope="module")
def jena(tmp_path_factory):
    if not has("java") or not (others.JAVA / "jena-arq.jar").exists():
        pytest.skip("missing tool: jena (apt-get install libapache-jena-java default-jre-headless)")
    return others.Jena.at(tmp_path_factory.mktemp("jena"))


def test_jena_counts(jena, files, counts):
    for ending in ("trig", "jsonld", "rdf"):
        assert jena.count(files[ending]) == counts[ending], ending


def test_jena_arq_answers(jena, news, files):
    same_answers(news, lambda text: jena.ask(text, files["rdf"], ONTOLOGY), ("met", "events"))


def test_jena_tdb2_answers(jena, news, files, tmp_path):
    jena.run("tdb2.tdbloader", f"--loc={tmp_path / 'tdb'}", files["nt"], ONTOLOGY)
    same_answers(news, lambda text: jena.ask(text, tdb=tmp_path / "tdb"), TEN)


def pushed(store: Store, server: others.Server, monkeypatch) -> None:
    """Put the store's graphs there as `kg push` does, and the ontology beside them; then fetch them again as `kg
    pull` does.
    """
    for key, value in server.environment.items():
        monkeypatch.setenv(key, value)
    told = dict(exchange.push(store, server.graphs_url))
    assert told == {g.value: sum(1 for _ in store.graph(g)) for g in store.graphs() if not store.is_beside(g)}
    terms = Store.memory()
    terms.load(rdf.with_graph(rdf.parse_file(ONTOLOGY), rdf.IRI("urn:terms")))
    assert list(exchange.push(terms, server.graphs_url))
    names = exchange.graphs_at(server.query_url)
    assert names == sorted(told)
    for name in names:
        there, here = set(exchange.pull(server.graphs_url, name)), set(store.graph(rdf.IRI(name)))
        assert len(there) == len(here)
        # Virtuoso 7 keeps a duration as a number of its own: everything else comes back as it went
        assert {q for q in here ^ there if "duration" not in str(q.object)} == set()


def triples(text: str) -> Store:
    """A store as a graph file without graphs gives it."""
    store = Store.memory()
    store.load(rdf.parse(text.encode(), rdf.RdfFormat.N_TRIPLES, "urn:x"))
    return store


DOCUMENT = (
    f"<urn:doc:{{n}}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{rdf.KG}Document> .\n<urn:a> <urn:p> "
    f'"{{n}}" .\n'
)
FOREIGN = '<urn:theirs> <urn:p> "kept" .\n'


def harmless(server: others.Server, monkeypatch) -> None:
    """What others keep at the target stays: in its default graph, and in the graphs beside the articles."""
    for key, value in server.environment.items():
        monkeypatch.setenv(key, value)
    background = rdf.special_graph("background", rdf.BASE)
    theirs = Store.memory()
    theirs.load(rdf.with_graph(triples(FOREIGN).quads(), background))
    list(exchange.push(theirs, server.graphs_url))
    ours = Store.memory()
    ours.load(rdf.with_graph(triples('<urn:ours> <urn:p> "new" .\n').quads(), background))
    for _ in range(2):
        list(exchange.push(ours, server.graphs_url))
    assert {q.subject.value for q in exchange.pull(server.graphs_url, background.value)} == {"urn:theirs", "urn:ours"}
    assert [name for name, _ in exchange.push(triples(DOCUMENT.format(n=1)), server.graphs_url)] == ["urn:doc:1"]
    assert len(exchange.pull(server.graphs_url, "urn:doc:1")) == 2
    with pytest.raises(InputError, match="2 articles without graphs"):
        list(exchange.push(triples(DOCUMENT.format(n=1) + DOCUMENT.format(n=2)), server.graphs_url))


def test_pushing_leaves_what_others_have(tmp_path, monkeypatch):
    if not (has("oxigraph") or Path(sys.executable).with_name("oxigraph").exists()):
        pytest.skip("missing tool: oxigraph (pip install oxigraph)")
    with others.oxigraph(tmp_path, "--union-default-graph") as server:
        harmless(server, monkeypatch)
    (tmp_path / "plain").mkdir()
    with others.oxigraph(tmp_path / "plain") as server:  # its default graph is one of its own
        list(exchange.push(triples(FOREIGN), server.graphs_url, default=True))
        list(exchange.push(triples(DOCUMENT.format(n=1)), server.graphs_url))
        list(exchange.push(triples(DOCUMENT.format(n=2)), server.graphs_url, default=True))
        assert {q.subject.value for q in exchange.pull(server.graphs_url, None)} == {"urn:theirs", "urn:doc:2", "urn:a"}


def test_fuseki_keeps_what_others_have(news, monkeypatch):
    """The protocol as Fuseki speaks it: a password, a default graph of its own, 404 for what is not there."""
    with others.fuseki() as (server, held):
        held.load(FOREIGN, rdf.RdfFormat.N_TRIPLES)
        monkeypatch.delenv("KG_USER", raising=False)
        with pytest.raises(OutputError, match="set KG_USER and KG_PASSWORD"):
            list(exchange.push(news, server.graphs_url))
        pushed(news, server, monkeypatch)
        harmless(server, monkeypatch)
        assert {q.subject.value for q in exchange.pull(server.graphs_url, None)} == {"urn:theirs"}
        list(exchange.push(triples(DOCUMENT.format(n=2)), server.graphs_url, default=True))
        assert {q.subject.value for q in exchange.pull(server.graphs_url, None)} == {"urn:theirs", "urn:doc:2", "urn:a"}
        with pytest.raises(OutputError, match="404"):
            exchange.pull(server.graphs_url, "urn:nothing")


def test_large_bodies_reach_virtuoso(tool, tmp_path, monkeypatch):
    """A challenge answered before the body is sent: none of the pushes breaks off."""
    tool("virtuoso-t", "apt-get install virtuoso-opensource-7-bin")
    large = triples(
        "".join(f'<urn:s{n}> <urn:p> "{"x" * 220} {n}" .\n' for n in range(20_000)) + DOCUMENT.format(n="large")
    )
    with others.virtuoso(tmp_path) as server:
        harmless(server, monkeypatch)
        for _ in range(5):
            assert list(exchange.push(large, server.graphs_url)) == [("urn:doc:large", 20_002)]


def test_a_push_that_breaks_says_what_arrived(monkeypatch):
    class Full(http.server.BaseHTTPRequestHandler):
        taken = 0

        def do_PUT(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            Full.taken += 1
            self.send_response(204 if Full.taken == 1 else 507)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            pass

    store = Store.memory()
    for n in (1, 2, 3):
        store.load(rdf.with_graph(triples(DOCUMENT.format(n=n)).quads(), rdf.IRI(f"urn:doc:{n}")))
    with (
        listening(http.server.HTTPServer(("127.0.0.1", 0), Full)) as url,
        pytest.raises(OutputError, match="507.*1 of 3 graphs arrived"),
    ):
        list(exchange.push(store, url + "/store"))


def test_oxigraph_server(news, tmp_path, monkeypatch):
    if not (has("oxigraph") or Path(sys.executable).with_name("oxigraph").exists()):
        pytest.skip("missing tool: oxigraph (pip install oxigraph)")
    with others.oxigraph(tmp_path, "--union-default-graph") as server:
        pushed(news, server, monkeypatch)
        same_answers(news, server.ask, FREE)


def test_virtuoso(tool, news, tmp_path, monkeypatch):
    tool("virtuoso-t", "apt-get install virtuoso-opensource-7-bin")
    with others.virtuoso(tmp_path) as server:
        monkeypatch.delenv("KG_USER", raising=False)
        with pytest.raises(OutputError, match="set KG_USER and KG_PASSWORD"):
            list(exchange.push(news, server.graphs_url))
        pushed(news, server, monkeypatch)
        same_answers(news, server.ask, FREE)


@contextlib.contextmanager
def listening(server: http.server.HTTPServer):
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def comunica(node_module, sources: list[str], names) -> dict[str, others.Rows]:
    node_module("@comunica/query-sparql")
    folder = Path(__file__).parent / "node"
    node = folder / "node_modules" / ".bin" / "node"  # Comunica wants Node 22
    asked = [str(data_folder("queries") / "questions" / f"{name}.rq") for name in names]
    said = subprocess.run(
        [node if node.exists() else "node", "ask.mjs", ",".join(sources), *asked],
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=300,
    )
    assert said.returncode == 0, said.stderr[-2000:]
    return {name: others.rows_of(json.loads(line)) for name, line in zip(names, said.stdout.splitlines())}


def test_comunica_reads_our_files(node_module, news, files):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        extensions_map = {".ttl": "text/turtle"}

        def log_message(self, *args):
            pass

    with listening(
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(files["ttl"].parent)))
    ) as url:
        answers = comunica(node_module, [f"{url}/all.ttl", f"{url}/kg.ttl"], TEN)
    assert answers == {name: expected(news, name) for name in TEN}


def test_comunica_asks_our_endpoint(node_module, news, tmp_path):
    with Store.open(tmp_path / "n.kg", create=True, write=True) as store:
        store.load(newsroom.quads())
    with listening(Endpoint(tmp_path / "n.kg", port=0)) as url:
        answers = comunica(node_module, [f"sparql@{url}/sparql"], TEN[:4])
    assert answers == {name: expected(news, name) for name in TEN[:4]}


# ------------------------------------------------------------------ what does not answer


def test_addresses_that_are_none(news):
    for url in ("ftp://example.org/", "not an address", "http://user:secret@127.0.0.1/"):
        with pytest.raises(InputError, match="is no address"):
            list(exchange.push(news, url))
    with pytest.raises(OutputError, match="cannot be reached"):
        exchange.pull(f"http://127.0.0.1:{others.free_port()}/", None, timeout=2)


def test_a_password_follows_no_redirect(monkeypatch):
    """A store that points elsewhere is not followed, so nobody else hears the password."""
    monkeypatch.setenv("KG_USER", "a")
    monkeypatch.setenv("KG_PASSWORD", "b")
    heard = []

    class Elsewhere(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            heard.append(self.headers.get("Authorization"))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    with listening(http.server.HTTPServer(("127.0.0.1", 0), Elsewhere)) as there:

        class Pointing(Elsewhere):
            def do_GET(self):
                self.send_response(302)
                self.send_header("Location", there)
                self.end_headers()

        with (
            listening(http.server.HTTPServer(("127.0.0.1", 0), Pointing)) as here,
            pytest.raises(OutputError, match="302"),
        ):
            exchange.pull(here + "/store", None)
    assert heard == []


def test_nothing_we_write_has_a_backslash_outside_a_literal(files):
    """A local name with an escape is read by some stores as another name."""
    for ending in ("ttl", "trig"):
        text = files[ending].read_text(encoding="utf-8")
        bare = io.StringIO()
        quoted = False
        at = 0
        while at < len(text):
            if text[at] == "\\" and quoted:
                at += 1
            elif text[at] == '"':
                quoted = not quoted
            elif not quoted:
                bare.write(text[at])
            at += 1
        assert "\\" not in bare.getvalue()
