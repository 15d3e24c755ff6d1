"""The store keeps articles whole: added, replaced, removed, after a crash, beside readers, and copied."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from kg import queries
from kg.errors import GraphError, OutputError, QueryError, StoreError
from kg.rdf import IRI, Literal, Quad, RdfFormat, kg, serialize, special_graph, term
from kg.store import Store, is_store, tally
from tests.helpers import newsroom

ARTICLES = {r.document.id: newsroom.quads(r) for r in newsroom.readings()}


def name(quads: list[Quad]) -> IRI:
    return quads[0].graph_name


@pytest.fixture(params=["memory", "folder"])
def store(request, tmp_path):
    with (
        Store.memory()
        if request.param == "memory"
        else Store.open(tmp_path / "news.kg", create=True, write=True) as made
    ):
        yield made


def filled(store: Store, *ids: str) -> Store:
    for id in ids or ARTICLES:
        assert store.put(name(ARTICLES[id]), ARTICLES[id]) == "added"
    return store


def same(store: Store, *ids: str) -> bool:
    """Whether the store holds just these articles, and its union is just theirs."""
    quads = {q for id in ids for q in ARTICLES[id]}
    return set(store.quads()) == quads and set(store.match()) == {Quad(q.subject, q.predicate, q.object) for q in quads}


def test_articles_come_go_and_leave_nothing(store):
    filled(store)
    assert same(store, *ARTICLES)
    for id in list(ARTICLES)[:3]:
        assert store.remove(name(ARTICLES[id]))
    assert same(store, "signal-1")
    assert not store.remove(name(ARTICLES["coast-1"]))
    store.remove(name(ARTICLES["signal-1"]))
    assert same(store) and list(store.documents()) == []


def test_the_same_again_changes_nothing(store):
    filled(store)
    for quads in ARTICLES.values():
        assert store.put(name(quads), reversed(quads)) == "unchanged"
    assert same(store, *ARTICLES)


def test_a_changed_article_replaces_its_graph_and_no_other(store):
    filled(store)
    document = name(ARTICLES["coast-1"])
    shorter = [q for q in ARTICLES["coast-1"] if q.predicate != kg("rule")]
    extra = Quad(document, term("schema:headline"), Literal("Second edition"), document)
    assert store.put(document, [*shorter, extra]) == "replaced"
    expected = {q for id, quads in ARTICLES.items() if id != "coast-1" for q in quads} | set(shorter) | {extra}
    assert set(store.quads()) == expected
    assert set(store.match()) == {Quad(q.subject, q.predicate, q.object) for q in expected}


def test_a_claim_that_another_article_makes_stays(store):
    filled(store)
    before = queries.ask(store, "offices", {"person": "Ines Calder"})
    store.remove(name(ARTICLES["signal-1"]))
    after = queries.ask(store, "offices", {"person": "Ines Calder"})
    assert len(after) == len(before) - 1 and {r[3] for r in after.rows} == {kg("current"), kg("former")}


def test_a_triple_counts_once_however_many_articles_say_it(store):
    filled(store)
    count = queries.run(store, "SELECT (COUNT(*) AS ?n) { person:ines-calder a kg:Person }").rows[0][0].value
    assert count == "1"
    named = (
        queries.run(store, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { person:ines-calder a kg:Person } }").rows[0][0].value
    )
    assert named == "4"


def test_what_stands_beside_is_kept_apart_and_seen_together(store):
    filled(store, "coast-1")
    port, norvia = IRI(store.base + "place/port-arlen"), IRI(store.base + "place/norvia")
    inside = Quad(port, kg("locatedIn"), norvia, special_graph("background", store.base))
    assert store.put(name(ARTICLES["coast-1"]), [*ARTICLES["coast-1"], inside]) == "replaced"
    assert queries.run(store, "ASK { place:port-arlen kg:locatedIn place:norvia }").rows[0][0].value == "true"
    assert inside in set(store.quads()) and inside not in set(store.quads(beside=()))
    store.remove(name(ARTICLES["coast-1"]))
    assert set(store.quads()) == set()  # the background of a place goes with the last article that names it
    assert store.replace_graph("background", []) == 0 and len(store) == 0


def test_the_list_tells_title_day_publisher(store):
    filled(store)
    held = {h.title: h for h in store.documents()}
    assert held["Lind sentenced"].date == "2026-04-10" and held["Lind sentenced"].publisher == "Harbour Post"
    assert held["Lind sentenced"].triples == len({q for q in ARTICLES["harbour-2"]})


@pytest.mark.parametrize(
    "ending, format",
    [(".trig", RdfFormat.TRIG), (".nq", RdfFormat.N_QUADS), (".ttl", RdfFormat.TURTLE), (".nt", RdfFormat.N_TRIPLES)],
)
def test_a_file_opens_as_a_store(tmp_path, ending, format):
    path = tmp_path / f"graph{ending}"
    with path.open("wb") as out:
        serialize([q for quads in ARTICLES.values() for q in quads], format, out)
    whole = filled(Store.memory())
    read = Store.of(path)
    assert set(read.match()) == set(whole.match())
    if format.supports_datasets:
        assert set(read.quads()) == set(whole.quads())
    else:
        assert {q.graph_name for q in read.quads()} == {Quad(kg("a"), kg("b"), kg("c")).graph_name} and set(
            read.quads()
        ) == set(whole.match())
    assert len(queries.ask(read, "met")) == len(queries.ask(whole, "met"))


def test_changes_in_sparql_keep_graphs_and_union_true(store):
    filled(store, "coast-1", "signal-1")
    before = set(store.quads())
    document = name(ARTICLES["coast-1"])
    store.update("INSERT DATA { person:x a kg:Person }")
    added = Quad(IRI(store.base + "person/x"), term("rdf:type"), kg("Person"), special_graph("added", store.base))
    assert set(store.quads()) == before | {added}
    store.update("DELETE WHERE { person:x ?p ?o }")
    assert set(store.quads()) == before
    born = next(q for q in before if q.predicate == kg("bornIn"))
    store.update("DELETE WHERE { ?x kg:bornIn ?y }")  # without GRAPH: from every graph
    assert set(store.quads()) == before - {born} and born not in set(store.match())
    store.update(f"INSERT DATA {{ GRAPH {document} {{ person:y a kg:Person }} }}")
    assert len(list(store.match(IRI(store.base + "person/y")))) == 1
    store.update(f"DROP GRAPH {document}")
    assert same(store, "signal-1") or {q for q in ARTICLES["signal-1"]} - {born} == set(store.quads())
    for way_out in ("LOAD <file:///etc/passwd>", "INSERT DATA { SERVICE }", "not sparql"):
        with pytest.raises(QueryError):
            store.update(way_out)


def test_an_update_of_a_file_of_triples(tmp_path):
    path = tmp_path / "g.nt"
    path.write_text("<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> <urn:d> .\n")
    store = Store.of(path)
    store.update("DELETE DATA { <urn:a> <urn:b> <urn:d> } ; INSERT DATA { <urn:a> <urn:b> <urn:e> }")
    assert sorted(q.object.value for q in store.match()) == ["urn:c", "urn:e"]


# ------------------------------------------------------------------ the folder


def test_the_folder_keeps_everything(tmp_path):
    with Store.open(tmp_path / "a.kg", create=True, write=True) as made:
        filled(made)
    with Store.open(tmp_path / "a.kg") as read:
        assert same(read, *ARTICLES)
        assert len(queries.ask(read, "who", {"type": "Person"})) == 7  # classes are climbed without loading anything
        with pytest.raises(StoreError, match="reading only"):
            read.remove(name(ARTICLES["coast-1"]))
        with pytest.raises(StoreError, match="reading only"):
            read.update("DROP ALL")


def test_readers_share_and_a_writer_is_alone(tmp_path):
    folder = tmp_path / "a.kg"
    with Store.open(folder, create=True, write=True):
        for write in (True, False):
            with pytest.raises(StoreError, match="in use by another process; wait for it, ask it through `kg serve`"):
                Store.open(folder, write=write)
    with Store.open(folder), Store.open(folder), pytest.raises(StoreError, match="in use"):
        Store.open(folder, write=True)
    Store.open(folder, write=True).close()


def test_a_snapshot_opens_on_its_own(tmp_path):
    with Store.open(tmp_path / "a.kg", create=True, write=True, base="https://news.example/") as made:
        filled(made, "coast-1")
        made.snapshot(tmp_path / "b.kg")
        filled(made, "signal-1")
        with pytest.raises(OutputError, match="already there"):
            made.snapshot(tmp_path / "b.kg")
        with Store.open(tmp_path / "b.kg") as copy:
            assert same(copy, "coast-1") and copy.base == "https://news.example/"
    with pytest.raises(StoreError, match="only the owner"):
        Store.memory().snapshot(tmp_path / "c.kg")


def test_a_store_knows_its_form(tmp_path):
    folder = tmp_path / "a.kg"
    Store.open(folder, create=True, write=True).close()
    assert is_store(folder)
    for form, says in ((99, "install a newer"), (0, "older form 0, this program writes 2")):
        (folder / "store.json").write_text(json.dumps({"format": form, "base": "https://e.org/"}))
        with pytest.raises(StoreError, match=says):
            Store.open(folder)
    (folder / "store.json").write_text("{")
    with pytest.raises(StoreError, match="cannot be read"):
        Store.open(folder)


def test_what_is_no_store_says_so(tmp_path):
    with pytest.raises(StoreError, match="does not exist; make one"):
        Store.open(tmp_path / "nothing")
    (tmp_path / "full").mkdir()
    with pytest.raises(StoreError, match="is not a store; make one"):
        Store.open(tmp_path / "full")
    (tmp_path / "full" / "x").write_text("x")
    with pytest.raises(StoreError, match="is no store"):
        Store.open(tmp_path / "full", create=True, write=True)
    (tmp_path / "half" / "data").mkdir(parents=True)  # its making was cut short
    Store.open(tmp_path / "half", create=True, write=True).close()
    with pytest.raises(GraphError):
        Store.of(tmp_path / "missing.ttl")
    (tmp_path / "bad.ttl").write_text("this is not turtle")
    with pytest.raises(GraphError, match="not readable as Turtle"):
        Store.of(tmp_path / "bad.ttl")


# ------------------------------------------------------------------ crashes

ADDER = """
import sys
from pathlib import Path
from kg.rdf import parse_file
from kg.store import Store
articles = {path.stem: list(parse_file(path)) for path in sorted(Path(sys.argv[2]).glob("*.nq"))}
with Store.open(sys.argv[1], create=True, write=True) as store:
    print("open", flush=True)
    while True:
        for id, quads in articles.items():
            store.remove(quads[0].graph_name)
            print("-" + id, flush=True)
            store.put(quads[0].graph_name, quads)
            print("+" + id, flush=True)
"""


def test_a_hundred_crashes_lose_nothing_that_was_reported(tmp_path, root):
    """Killed at any moment, the store opens and holds what was reported, and at most the one change in flight,
    whole.
    """
    folder, chance, kills = tmp_path / "a.kg", random.Random(7), 0
    held: set[str] = set()
    for id, quads in ARTICLES.items():
        with (tmp_path / f"{id}.nq").open("wb") as out:
            serialize(quads, RdfFormat.N_QUADS, out)
    while kills < 100:
        with subprocess.Popen(
            [sys.executable, "-c", ADDER, str(folder), str(tmp_path)],
            stdout=subprocess.PIPE,
            cwd=root,
            text=True,
            env={**os.environ, "PYTHONPATH": str(root)},
        ) as adder:
            assert adder.stdout.readline() == "open\n"
            time.sleep(chance.uniform(0, 0.08))
            adder.send_signal(signal.SIGKILL)
            lines = adder.stdout.read().split("\n")[:-1]
        kills += 1
        for line in lines:
            held = held | {line[1:]} if line[0] == "+" else held - {line[1:]}
        with Store.open(folder) as store:
            there = {d.iri for d in store.documents()}
            ids = {id for id, quads in ARTICLES.items() if name(quads) in there}
            assert len(ids ^ held) <= 1, (ids, held)  # the one in flight
            assert same(store, *ids)  # each whole, and the union theirs
            held = ids


# ------------------------------------------------------------------ what the background keeps

PLACES = (
    "Ana Ruiz visited Lima and Lyon on Monday.",
    "Karl Dahl visited Lyon, a city in France.",
    "Ida Berg lives in France.",
    "Per Lind sings.",
)


@pytest.fixture(scope="module")
def placed(annotator) -> list[tuple[IRI, list[Quad]]]:
    """(document, its quads with those of its places) of articles that share some of their places."""
    import kg
    from kg import Line

    line = Line()
    readings = line.read(kg.document(text, id=f"p{n}") for n, text in enumerate(PLACES))
    return [
        (next(q.graph_name for q in quads if "/graph/" not in str(q.graph_name)), quads)
        for quads in map(line.quads, readings)
    ]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 0, 3, 2), (2, 0, 1, 3)])
def test_removing_takes_back_all_that_only_it_brought(placed, order):
    for out in range(len(placed)):
        with Store.memory() as whole, Store.memory() as without:
            for n in order:
                whole.put(*placed[n])
                if n != out:
                    without.put(*placed[n])
            assert whole.remove(placed[out][0])
            assert set(whole.quads()) == set(without.quads())
            assert {q for q in whole.match()} == {q for q in without.match()}
    with Store.memory() as store:
        for one in placed:
            store.put(*one)
        for document, _ in placed:
            store.remove(document)
        assert list(store.quads()) == []


def test_a_changed_article_takes_back_the_places_it_no_longer_names(placed):
    with Store.memory() as changed, Store.memory() as anew:
        (document, lima), (_, sings) = placed[0], placed[3]
        other = [Quad(q.subject, q.predicate, q.object, document) for q in sings]
        changed.put(document, lima)
        assert changed.put(document, other) == "replaced"
        anew.put(document, other)
        assert set(changed.quads()) == set(anew.quads())


# ------------------------------------------------------------------ what is kept of it


def true_tally(store: Store) -> None:
    """What is kept is what counting anew gives, and is kept at all."""
    kept = tally.kept(store._seen, store.base)
    assert kept is not None and kept == tally.counted(store._seen)
    assert list(store.documents()) == sorted(tally.documents(store._seen), key=lambda held: held.iri.value)
    assert len(store) == kept.triples == sum(1 for _ in store.match())


@pytest.mark.parametrize("seed", range(3))
def test_what_is_kept_of_a_store_is_what_counting_gives(tmp_path, seed):
    """Whatever comes, changes and goes, in whatever order."""
    chance = random.Random(seed)
    own = "INSERT DATA { <https://e.org/C> rdfs:subClassOf kg:Person . <https://e.org/x> a <https://e.org/C> }"
    with Store.open(tmp_path / "news.kg", create=True, write=True) as store:
        true_tally(store)
        for _ in range(12):
            id = chance.choice(list(ARTICLES))
            quads, document = ARTICLES[id], name(ARTICLES[id])
            match chance.randrange(6):
                case 0 | 1:
                    store.put(document, quads)
                case 2:
                    store.put(document, chance.sample(quads, len(quads) // 2))
                case 3:
                    store.remove(document)
                case 4:
                    store.replace_graph("links", chance.sample(quads, 5))
                case 5:
                    title = Quad(document, term("schema:headline"), Literal(f"Edition {chance.random()}"), document)
                    kind = Quad(IRI(store.base + "person/ines-calder"), term("rdf:type"), kg("Place"), document)
                    store.change(set(), [title, kind])
            true_tally(store)
        store.update(own)
    with Store.open(tmp_path / "news.kg", write=True) as store:
        true_tally(store)
        store.update("DELETE DATA { <https://e.org/x> a <https://e.org/C> }")
        store.load([*ARTICLES["coast-1"]])
    with Store.open(tmp_path / "news.kg") as store:
        true_tally(store)


def test_a_list_and_counts_read_no_article(tmp_path, monkeypatch):
    with Store.open(tmp_path / "news.kg", create=True, write=True) as store:
        filled(store)
        told = list(store.documents()), queries.counts(store), queries.terms(store)

    def looks(*_):
        raise AssertionError("reads the articles")

    monkeypatch.setattr("kg.store.counted", looks)
    monkeypatch.setattr("kg.store.documents", looks)
    with Store.open(tmp_path / "news.kg") as store:
        assert (list(store.documents()), queries.counts(store), queries.terms(store)) == told
        assert len(store) == dict(told[1])["triples"]
    with pytest.raises(AssertionError, match="reads the articles"):
        queries.counts(filled(Store.memory()))  # where nothing is kept it is counted
    with Store.open(tmp_path / "news.kg", write=True) as store:
        store.remove(name(ARTICLES["coast-1"]))
        assert len(list(store.documents())) == len(told[0]) - 1


def test_a_crash_between_two_lines_of_the_tally_takes_nothing(tmp_path, monkeypatch):
    """The new line comes in the change's own transaction, the old one goes after it."""
    with Store.open(tmp_path / "news.kg", create=True, write=True) as store:
        filled(store, "coast-1")
        old = list(store.graph(special_graph("tally", store.base)))
        filled(store, "signal-1")
        store._inner.extend(old)
        true_tally(store)
        filled(store, "harbour-2")
        true_tally(store)


def test_an_article_without_a_title_goes_by_its_first_words():
    store = Store.memory()
    for n, (title, text) in enumerate(
        [("Fire", "The mill burnt."), (None, "The mill\nburnt down. " * 9), (None, "Rain."), (None, None)]
    ):
        doc = IRI(f"{store.base}doc/{n}")
        said = [(term("rdf:type"), kg("Document")), (term("rdfs:label"), Literal(title or f"article {n}"))]
        said += [(term("schema:headline"), Literal(title))] if title else []
        said += [(term("schema:articleBody"), Literal(text))] if text else []
        store.put(doc, [Quad(doc, p, o, doc) for p, o in said])
    assert [(held.title, held.called) for held in store.documents()] == [
        ("Fire", "Fire"),
        (None, "The mill burnt down. The mill burnt down. The mill burnt …"),
        (None, "Rain."),
        (None, "article 3"),
    ]


def test_a_store_is_walked_node_by_node(tmp_path):
    """Each node once, with all that any graph tells of it: on disk, and in memory."""
    with Store.open(tmp_path / "news.kg", create=True, write=True) as store, Store.memory() as other:
        filled(store)
        other.load(store.quads())
        for held in (store, other):
            nodes = list(held.nodes())
            assert len(nodes) == len({node for node, _ in nodes}) > 1
            assert all(set(quads) == set(held.match(node)) for node, quads in nodes)
            assert sum(len(quads) for _, quads in nodes) == len(held)


def test_what_comes_first_is_known_in_bounded_memory(monkeypatch):
    """Marks that fall together cost a look, and nothing else."""
    from kg.store import first

    made = [IRI(f"https://e.org/g{n}") for n in range(4)]
    said = {g: [Quad(IRI(f"https://e.org/{n % 7}"), term("rdfs:label"), Literal(str(n))) for n in (1, k, 9 + k)]
            for k, g in enumerate(made)}  # fmt: skip
    for marks in (1, 1 << 10):
        monkeypatch.setattr(first, "MARKS", marks)
        known = first.First(lambda quad: [g for g in made if quad in said[g]])
        found = [quad for g in made for quad in known.of(g, said[g])]
        assert len(found) == known.count and set(found) == {quad for some in said.values() for quad in some}


def test_a_store_is_written_graph_by_graph(tmp_path, monkeypatch):
    """The same quads as all at once, in the same order; each triple once; the first part before the second is read."""
    import io

    from kg.rdf import parse, serialize_parts

    with Store.open(tmp_path / "news.kg", create=True, write=True) as store:
        filled(store)
        store.replace_graph("links", [Quad(IRI("https://e.org/a"), term("owl:sameAs"), IRI("https://e.org/b"))])
        store.load([Quad(IRI("https://e.org/loose"), term("rdfs:label"), Literal("loose"))])
        whole, parts = io.BytesIO(), io.BytesIO()
        serialize(store.quads(), RdfFormat.N_QUADS, whole, store.base)
        written = serialize_parts(store.parts(), RdfFormat.N_QUADS, parts, store.base)
        assert sorted(parts.getvalue().splitlines()) == sorted(whole.getvalue().splitlines())
        assert written == len(whole.getvalue().splitlines())
        for format in (RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.TRIG):
            out = io.BytesIO()
            serialize_parts(store.parts(union=format != RdfFormat.TRIG), format, out, store.base)
            found = list(parse(out.getvalue(), format))
            assert len(found) == len(set(found))
            assert set(found) == set(store.quads() if format == RdfFormat.TRIG else store.match())
            assert format == RdfFormat.N_TRIPLES or out.getvalue().startswith(b"@prefix")
            assert out.getvalue().count(b"@prefix kg:") <= 1
        without = {q for part in store.parts(beside=(), union=True) for q in part}
        assert not any(q.object == IRI("https://e.org/b") for q in without)

        class Gone(io.BytesIO):
            def flush(self):
                raise BrokenPipeError

        read = []
        parts = (read.append(part) or part for part in store.parts())
        with pytest.raises(BrokenPipeError):
            serialize_parts(parts, RdfFormat.TURTLE, Gone(), store.base)
        assert len(read) == 1
