"""What two graphs differ in."""

from __future__ import annotations

from kg.exchange import differences
from kg.store import Store
from tests.helpers import newsroom


def store(*readings) -> Store:
    made = Store.memory()
    for reading in readings:
        made.load(newsroom.quads(reading))
    return made


def test_no_difference():
    assert differences(store(newsroom.harbour_march()), store(newsroom.harbour_march())) == []


def test_facts_that_came_went_and_changed():
    found = differences(store(newsroom.harbour_march()), store(newsroom.coast_march()))
    assert (
        "changed",
        "Oskar Lind",
        "memberOf",
        "Copper Ring",
        "alleged by Prosecutors",
        "denied by spokesman",
    ) in found
    assert ("came", "Saltmarsh Prison", "openedOn", "2018", "", "asserted") in found
    assert ("went", "Ines Calder", "spouseOf", "Jon Calder", "asserted", "") in found
    assert not any(row[1:3] == ("Ines Calder", "holdsOffice") for row in found)  # both assert it
    assert [row[0] for row in found] == sorted((row[0] for row in found), key=["changed", "came", "went"].index)
    later = differences(store(newsroom.coast_march()), store(newsroom.harbour_april()))
    assert ("changed", "Ines Calder", "holdsOffice", "Mayor of Port Arlen", "asserted", "asserted, former") in later


# ------------------------------------------------------------------ property graphs

import csv  # noqa: E402
import io  # noqa: E402

import pytest  # noqa: E402

from kg import rdf  # noqa: E402
from kg.exchange import as_rdf12, csv_files, from_rdf12, neo4j_files, property_graph, write_graphml  # noqa: E402
from kg.rdf import IRI, Literal, Quad, RdfFormat, kg, term  # noqa: E402


@pytest.fixture(scope="module")
def news() -> Store:
    made = store(*newsroom.readings())
    odd = IRI("https://w3id.org/article-kg/id/person/odd")
    made.load(
        [
            Quad(odd, term("rdf:type"), kg("Person"), IRI("https://w3id.org/article-kg/id/doc/odd")),
            Quad(
                odd,
                term("skos:prefLabel"),
                Literal("A \"quoted\"; <odd>,\x07\nname & 'co' ]]>"),
                IRI("https://w3id.org/article-kg/id/doc/odd"),
            ),
        ]
    )
    return made


def claims(made: Store) -> int:
    return sum(1 for q in made.match(None, term("rdf:predicate")) if q.object != term("rdf:type"))


def test_graphml_is_read_back_by_networkx(news):
    networkx = pytest.importorskip("networkx")
    out = io.BytesIO()
    nodes, edges = write_graphml(news, out)
    read = networkx.read_graphml(io.BytesIO(out.getvalue()), force_multigraph=True)
    assert (read.number_of_nodes(), read.number_of_edges()) == (nodes, edges) == tuple(
        map(len, property_graph(news))
    ) and edges == claims(news)
    lind = "https://w3id.org/article-kg/id/person/oskar-lind"
    assert read.nodes[lind]["label"] == "Oskar Lind" and read.nodes[lind]["type"] == "Person"
    said = {d["status"]: d for _, _, d in read.out_edges(lind, data=True) if d["type"] == "memberOf"}
    assert (
        set(said) == {"alleged", "asserted", "denied"}
        and said["alleged"]["confidence"] == 0.55
        and said["denied"]["claimedBy"] == "spokesman"
    )
    assert "]]>" in read.nodes["https://w3id.org/article-kg/id/person/odd"]["label"]
    attack = next(d for _, d in read.nodes(data=True) if d["label"] == "attacking")
    assert attack["type"] == "Attack" and attack["status"] == "alleged"


def written(files) -> tuple[dict[str, bytes], int, int]:
    """The contents of a file of nodes and of one of edges, and how many each says that it holds."""
    outs = {name: io.BytesIO() for name in files}
    counts = [write(outs[name]) for name, write in files.items()]
    return {name: out.getvalue() for name, out in outs.items()}, *counts


def test_neo4j_files_keep_the_rules_of_bulk_import(news):
    """Header fields; ids unique; both ends of every relationship known; a type on each; labels joined by ";";
    nothing over two lines.
    """
    files, nodes, edges = written(neo4j_files(news))
    node_rows = list(csv.reader(io.StringIO(files["nodes.csv"].decode())))
    edge_rows = list(csv.reader(io.StringIO(files["relationships.csv"].decode())))
    assert (
        node_rows[0][:3] == ["iri:ID", "label", "status"]
        and node_rows[0][-1] == ":LABEL"
        and "number:double" in node_rows[0]
        and edge_rows[0][:3] == [":START_ID", ":END_ID", ":TYPE"]
    )
    assert {"confidence:double", "quotes:int"} <= set(edge_rows[0])
    ids = [row[0] for row in node_rows[1:]]
    assert len(ids) == len(set(ids)) == nodes and len(edge_rows) - 1 == edges == claims(news)
    for row in edge_rows[1:]:
        assert row[0] in ids and row[1] in ids and row[2] and len(row) == len(edge_rows[0])
        float(dict(zip(edge_rows[0], row))["confidence:double"] or 0), int(dict(zip(edge_rows[0], row))["quotes:int"])
    assert all(label and ":" not in label for row in node_rows[1:] for label in row[-1].split(";"))
    for data in files.values():
        assert data.count(b"\n") == len(data.splitlines()) and b"\x07" not in data and b"\r" not in data


def test_plain_csv_of_nodes_and_edges(news):
    files, nodes, edges = written(csv_files(news))
    assert len(list(csv.DictReader(io.StringIO(files["nodes.csv"].decode())))) == nodes
    row = next(r for r in csv.DictReader(io.StringIO(files["edges.csv"].decode())) if r["type"] == "spouseOf")
    assert (
        row["status"] == "asserted"
        and row["quote"] == "Calder is married to Jon Calder"
        and len(files["edges.csv"].splitlines()) == edges + 1
    )


def test_csv_is_read_back_by_other_readers(news, tmp_path):
    """Every header once; the same rows by pandas, DuckDB and SQLite, with numbers as numbers."""
    import sqlite3

    import duckdb
    import pandas

    files, nodes, edges = written(csv_files(news))
    for name, count in (("nodes.csv", nodes), ("edges.csv", edges)):
        (tmp_path / name).write_bytes(files[name])
        header = next(csv.reader(io.StringIO(files[name].decode())))
        assert len(header) == len({h.lower() for h in header})
        frame = pandas.read_csv(tmp_path / name)
        assert list(frame.columns) == header and len(frame) == count
        assert duckdb.execute(f"SELECT count(*) FROM read_csv('{tmp_path / name}')").fetchone() == (count,)
        with sqlite3.connect(":memory:") as base:
            frame.to_sql("t", base, index=False)
            assert base.execute("SELECT count(*) FROM t").fetchone() == (count,)


def test_values_are_typed(news):
    """Numbers, units and dates are attributes of their nodes, in every form."""
    networkx = pytest.importorskip("networkx")
    nodes = {n.id: n for n in property_graph(news)[0]}
    numbers = [n for n in nodes.values() if "number" in n.values]
    dates = [n for n in nodes.values() if "date" in n.values]
    assert numbers and dates and all(float(n.values["number"]) is not None for n in numbers)
    assert any(n.values["date"][:4].isdigit() and n.label != n.values["date"] for n in dates)
    out = io.BytesIO()
    write_graphml(news, out)
    read = networkx.read_graphml(io.BytesIO(out.getvalue()), force_multigraph=True)
    for node in numbers:
        assert read.nodes[node.id]["number"] == float(node.values["number"])
    rows = {r["iri:ID"]: r for r in csv.DictReader(io.StringIO(written(neo4j_files(news))[0]["nodes.csv"].decode()))}
    assert all(rows[n.id]["date"] == n.values["date"] for n in dates)


# ------------------------------------------------------------------ RDF 1.2


@pytest.mark.parametrize("format", [RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.N_QUADS, RdfFormat.N_TRIPLES])
def test_rdf_1_2_and_back(format):
    quads = newsroom.quads(newsroom.brief())
    out = io.BytesIO()
    rdf.serialize(as_rdf12(quads), format, out)
    assert b"<<(" in out.getvalue() and b"rdf:subject" not in out.getvalue()
    read = set(from_rdf12(rdf.parse(out.getvalue(), format)))
    assert read == set(quads if format.supports_datasets else rdf.graph(quads))
    assert len(set(as_rdf12(quads))) < len(quads)
