"""The verbs of a store, as a user types them."""

from __future__ import annotations

import json
import re
import threading
import time

import pytest

from kg.rdf import RdfFormat, serialize
from tests.helpers import newsroom


@pytest.fixture
def files(tmp_path):
    """Two articles as graph files."""
    for reading in (newsroom.harbour_march(), newsroom.coast_march()):
        with (tmp_path / f"{reading.document.id}.trig").open("wb") as out:
            serialize(newsroom.quads(reading), RdfFormat.TRIG, out)
    return tmp_path


def test_add_list_ask_remove(kg, files):
    done = kg("add", "news.kg", "harbour-1.trig", "coast-1.trig")
    assert done.returncode == 0 and done.stderr.count("added: ") == 2
    assert kg("add", "news.kg", "coast-1.trig").stderr.startswith("unchanged: ")
    listed = json.loads(kg("list", "news.kg", "--format", "json").stdout)
    assert [row["title"] for row in listed] == ["Mayor meets governor", "Governor tours Saltmarsh"]
    asked = kg("ask", "news.kg", "members", "--where", "body=copper ring", "--format", "csv")
    assert asked.returncode == 0 and asked.stdout.count("Oskar Lind") == 2
    counts = dict(line.rsplit(",", 1) for line in kg("stats", "news.kg", "--format", "csv").stdout.splitlines())
    assert counts["articles"] == "2" and int(counts["claims"]) > 50
    assert kg("remove", "news.kg", "Mayor meets governor").returncode == 0
    assert (
        kg("ask", "news.kg", "members", "--where", "body=copper ring", "--format", "csv").stdout.count("Oskar Lind")
        == 1
    )
    gone = kg("remove", "news.kg", "Mayor meets governor")
    assert gone.returncode == 1 and "no article is called" in gone.stderr
    assert kg("check", "news.kg").returncode == 0


def test_others_read_while_articles_are_added(files, monkeypatch):
    """What was read is kept in bursts, and the store is free in between; the last is kept where adding is stopped."""
    from kg.cli import stores
    from kg.errors import StoreError
    from kg.store import Store

    folder, go, by_document = files / "news.kg", threading.Event(), stores.by_document

    def slow(path):
        if path.name.startswith("coast"):
            assert go.wait(60)
        return by_document(path)

    monkeypatch.setattr(stores, "by_document", slow)
    monkeypatch.setattr(stores, "BURST_SECONDS", 0.0)
    adding = threading.Thread(target=stores.add, args=(folder, [files / "harbour-1.trig", files / "coast-1.trig"]))
    adding.start()
    deadline = time.monotonic() + 60
    titles: list[str] = []
    while not titles and time.monotonic() < deadline:
        time.sleep(0.05)
        if (folder / "store.json").exists():
            with Store.of(folder) as store:
                titles = [held.title for held in store.documents()]
    assert titles == ["Mayor meets governor"] and adding.is_alive()
    go.set()
    adding.join()
    with Store.of(folder) as store:
        assert len(list(store.documents())) == 2
        with pytest.raises(StoreError, match="in use"):
            Store.open(folder, write=True)

    kept = []

    def stopped():
        yield 1
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        monkeypatch.setattr(stores, "BURST_SECONDS", 60.0)
        stores.in_bursts(stopped(), kept.extend)
    assert kept == [1]


def test_a_reader_waits_for_a_writer(files, monkeypatch):
    from kg.store import Store

    writer = Store.open(files / "a.kg", create=True, write=True)
    threading.Timer(0.5, writer.close).start()
    with Store.of(files / "a.kg") as store:
        assert len(store) == 0


def test_export_and_snapshot(kg, files):
    kg("add", "news.kg", "harbour-1.trig")
    assert kg("snapshot", "news.kg", "copy.kg").returncode == 0
    again = kg("snapshot", "news.kg", "copy.kg")
    assert again.returncode == 2 and "already there" in again.stderr
    assert kg("export", "copy.kg", "-o", "all.trig").returncode == 0
    assert (files / "all.trig").read_bytes() == (files / "harbour-1.trig").read_bytes()


def test_diff(kg, files):
    found = kg("diff", "harbour-1.trig", "coast-1.trig", "--format", "csv")
    assert (
        found.returncode == 1
        and "changed,Oskar Lind,memberOf,Copper Ring,alleged by Prosecutors,denied by spokesman" in found.stdout
    )
    assert kg("diff", "coast-1.trig", "coast-1.trig").returncode == 0


def test_what_is_no_store(kg, files):
    for verb in (("list", "nothing.kg"), ("remove", "nothing.kg", "x"), ("snapshot", "nothing.kg", "y.kg")):
        done = kg(*verb)
        assert done.returncode == 2 and done.stderr.count("\n") == 1


def test_export_for_property_graphs_and_rdf_1_2(kg, files):
    assert "nodes and" in kg("export", "harbour-1.trig", "-o", "g.graphml").stderr and (
        files / "g.graphml"
    ).read_text().startswith("<?xml")
    assert kg("export", "harbour-1.trig", "-o", "neo", "--as", "neo4j").returncode == 0
    assert sorted(p.name for p in (files / "neo").iterdir()) == ["nodes.csv", "relationships.csv"]
    assert kg("export", "harbour-1.trig", "-o", "tables", "--as", "csv").returncode == 0
    assert {"claims.csv", "nodes.csv", "edges.csv"} <= {p.name for p in (files / "tables").iterdir()}
    assert (
        kg("export", "harbour-1.trig", "-o", "g.ttl", "--rdf12").returncode == 0
        and "rdf:reifies <<(" in (files / "g.ttl").read_text()
    )
    for wrong in (("-o", "x", "--as", "docx"), ("-o", "g.ttl", "--as", "csv"), ("-o", "y.graphml", "--plain")):
        done = kg("export", "harbour-1.trig", *wrong)
        assert done.returncode == 2 and done.stderr.count("\n") == 1


def test_push_and_pull(kg, files, tmp_path):
    import shutil
    import sys
    from pathlib import Path

    from tests.helpers import others

    if not (shutil.which("oxigraph") or Path(sys.executable).with_name("oxigraph").exists()):
        pytest.skip("missing tool: oxigraph (pip install oxigraph)")
    with others.oxigraph(tmp_path, "--union-default-graph") as server:
        assert "1 graph sent" in kg("push", "harbour-1.trig", server.graphs_url).stderr
        kg("push", "coast-1.trig", server.graphs_url)
        done = kg("pull", server.graphs_url, "--sparql", server.query_url, "-o", "back.kg")
        assert done.returncode == 0 and done.stderr.count("added: ") == 2
        name = json.loads(kg("list", "back.kg", "--format", "json").stdout)[0]["document"]
        assert kg("pull", server.graphs_url, "--graph", name, "-o", "one.trig").returncode == 0
    assert (files / "one.trig").read_bytes() == (files / "harbour-1.trig").read_bytes()
    done = kg("push", "harbour-1.trig", f"http://127.0.0.1:{others.free_port()}/store")
    assert done.returncode == 2 and "cannot be reached" in done.stderr


def test_infer_and_take_it_back(kg, files):
    kg("add", "news.kg", "harbour-1.trig", "coast-1.trig")
    before = kg("export", "news.kg", "-o", "before.nq") and (files / "before.nq").read_bytes()
    done = kg("infer", "news.kg")
    assert done.returncode == 0 and re.fullmatch(
        r"news.kg: [1-9]\d* conclusions? came, 0 went; \d+ stand\n", done.stderr
    ), done.stderr
    assert kg("check", "news.kg").returncode == 0, kg("check", "news.kg").stdout
    assert kg("infer", "news.kg", "--owl").returncode == 0
    assert kg("infer", "news.kg", "--remove").returncode == 0
    kg("export", "news.kg", "-o", "after.nq")
    assert (files / "after.nq").read_bytes() == before


def edit(path, said: str, old: str, new: str) -> None:
    """Edit one entry of a review file, found by words in it."""
    entries = path.read_text(encoding="utf-8").split("\n\n")
    (at,) = (n for n, entry in enumerate(entries) if said in entry)
    assert old in entries[at]
    entries[at] = entries[at].replace(old, new, 1)
    path.write_text("\n\n".join(entries), encoding="utf-8")


def test_review_and_what_is_decided_stays(run, files, monkeypatch):
    monkeypatch.chdir(files)
    run("add", "news.kg", "harbour-1.trig", "coast-1.trig")
    done = run("review", "news.kg", "-o", "review.toml")
    assert done.status == 0 and "5 claims and 0 names to decide, 0 decided" in done.err, done.err
    path = files / "review.toml"
    edit(path, "55 times", 'decision = ""', 'decision = "reject"')
    edit(path, "openedOn · 2018", 'decision = ""', 'decision = "correct"')
    edit(path, "openedOn · 2018", 'object = ""', 'object = "2017"')
    run("infer", "news.kg")
    done = run("review", "news.kg", "-o", "review.toml")
    assert "3 claims and 0 names to decide, 2 decided; 2 articles changed; run `kg infer` again" in done.err, done.err
    statuses = run("ask", "news.kg", "members", "--where", "body=Copper Ring", "--format", "csv").out
    assert "#denied" in statuses and "#alleged" not in statuses
    for article in ("harbour-1.trig", "coast-1.trig"):
        assert run("add", "news.kg", article).err.startswith("unchanged: ")
    run("remove", "news.kg", "Governor tours Saltmarsh")
    assert run("review", "news.kg", "-o", "review.toml").status == 0  # what is of no article at present waits
    run("add", "news.kg", "coast-1.trig")
    assert run("snapshot", "news.kg", "copy.kg").status == 0
    assert run("infer", "news.kg").status == 0 and run("check", "news.kg").status == 0
    for folder in ("news.kg", "copy.kg"):
        run("review", folder, "-o", "review.toml")
        once = path.read_bytes()
        assert run("review", folder, "-o", "review.toml").status == 0 and path.read_bytes() == once
    assert "2017" in run("ask", "copy.kg", "where", "--where", "place=Saltmarsh Prison", "--format", "csv").out
    edit(path, "openedOn · 2018", 'decision = "correct"', 'decision = ""')
    assert "1 decided; 1 article changed" in run("review", "copy.kg", "-o", "review.toml").err
    assert "2018" in run("ask", "copy.kg", "where", "--where", "place=Saltmarsh Prison", "--format", "csv").out


def test_a_mistake_in_a_review_file_is_one_line_and_nothing_is_applied(run, files, monkeypatch):
    monkeypatch.chdir(files)
    run("add", "news.kg", "harbour-1.trig", "coast-1.trig")
    run("review", "news.kg", "-o", "review.toml")
    path = files / "review.toml"
    edit(path, "55 times", 'decision = ""', 'decision = "reject"')
    edit(path, "openedOn · 2018", 'decision = ""', 'decision = "correct"')
    edit(path, "openedOn · 2018", 'object = ""', 'object = "soon"')
    text = path.read_bytes()
    done = run("review", "news.kg", "-o", "review.toml")
    assert (
        (done.status, done.err.count("\n")) == (2, 1)
        and "'soon' is no xsd:gYear" in done.err
        and "review.toml" in done.err
    )
    assert path.read_bytes() == text
    run("review", "news.kg", "-o", "other.toml")
    assert "kept = " not in (files / "other.toml").read_text(encoding="utf-8")


def test_completion_of_questions_and_their_parameters(kg, files):
    named = kg(_KG_COMPLETE="complete_bash", COMP_WORDS="kg ask harbour-1.trig mo", COMP_CWORD="3")
    assert named.stdout.split() == ["money", "movements"]
    taken = kg(_KG_COMPLETE="complete_bash", COMP_WORDS="kg ask harbour-1.trig met --where s", COMP_CWORD="5")
    assert taken.stdout.split() == ["since="]


def test_build_into_a_store_sums_up_and_heeds_its_options(run, tmp_path):
    from kg.store import Store

    text = tmp_path / "visit.txt"
    text.write_text(
        "Maria Silva, the mayor of Porto, visited Lyon on Monday. She whistled a tune there.\n", encoding="utf-8"
    )
    for folder, options in ((tmp_path / "all.kg", ()), (tmp_path / "curated.kg", ("--curated",))):
        done = run("build", text, "--date", "2025-03-05", "-o", folder, *options)
        assert done.status == 0 and "Maria Silva (Person" in done.out and "added: " in done.err
    generic = "SELECT ?event { ?event a kg:Event }"
    with Store.open(tmp_path / "all.kg") as every, Store.open(tmp_path / "curated.kg") as curated:
        assert list(every.query(generic)) and not list(curated.query(generic))
