"""Pictures without a browser: scenes, places, values, the packed page, figures."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import numpy as np
import pytest
import rdflib

from kg import picture, rdf
from kg.errors import QueryError
from kg.picture.layout import place
from kg.picture.look import spoken
from kg.picture.page import VIS, look
from kg.picture.scene import KINDS, read_scene
from kg.picture.times import bounds
from kg.store import Store
from tests.helpers import page_graphs

SVG = "{http://www.w3.org/2000/svg}"


def store_of(dataset) -> Store:
    store = Store.memory()
    store.load(rdf.from_rdflib(dataset))
    return store


@pytest.fixture(scope="module")
def sample() -> Store:
    return store_of(page_graphs.sample())


@pytest.fixture(scope="module")
def scene(sample):
    return read_scene(sample, picture.read_view("events"), picture.views())


def data_of(page: str) -> dict:
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)[1])


# ------------------------------------------------------------------ scenes


def test_a_scene_holds_all_claims_about_what_is_shown(scene):
    marnoto = next(iri for iri, t in scene.things.items() if t.label == "Marnoto")
    about = [c for c in scene.claims.values() if marnoto in (c.subject, c.object)]
    assert {c.status for c in about} >= {"asserted", "alleged", "denied", "planned", "hypothetical", "reported"}
    alleged = next(c for c in about if c.status == "alleged" and c.evidence[0].quote == "bribing two officials")
    assert (
        scene.things[alleged.by].label == "Open Lagoon"
        and alleged.confidence == 0.55
        and alleged.stated_in in scene.things
    )
    for claim in scene.claims.values():
        for e in claim.evidence:
            text = next(d.text for d in scene.documents if d.iri == e.document)
            assert text[e.start : e.end] == e.quote


def test_an_event_that_is_not_asserted_has_its_claimed_type_and_its_status(scene):
    events = {t.label: t for t in scene.things.values() if t.kind == "Event"}
    assert events["bribing"].type == "Payment" and events["bribing"].status == "alleged"
    assert events["arrested"].type == "Arrest" and events["arrested"].status == ""


def test_times_and_amounts_are_values_and_no_nodes(scene):
    assert not [t for t in scene.things.values() if t.kind in ("Time", "Quantity")]
    monday = next(c.value for c in scene.claims.values() if c.value and c.value.words == "Monday")
    assert (monday.value, monday.anchor) == ("2026-03-02", "2026-03-03")


def test_an_allegation_and_its_denial_are_two_edges(scene):
    statuses = {(e.status, e.polarity) for e in scene.edges["events"] if scene.things[e.subject].type == "Payment"}
    assert (
        ("alleged", "positive") in statuses
        and ("denied", "positive") in statuses
        and ("reported", "negative") in statuses
    )


def test_an_event_without_anyone_stands_alone(scene):
    assert [scene.things[iri].label for iri in scene.alone["events"]] == ["storm"]


@pytest.mark.parametrize("name", [view.name for view in picture.views() if view.name != "plain"])
def test_every_view_shows_something_and_says_what(sample, name):
    view = picture.read_view(name)
    assert view.title and view.about and view.sparql.startswith("# " + view.title)
    assert read_scene(sample, view).edges[name]


def test_a_graph_of_plain_triples_is_drawn_too(sample):
    plain = Store.memory()
    from kg.slim import plain_triples

    plain.load(plain_triples(list(sample.quads())))
    graph = picture.to_networkx(plain)
    labels = {d["label"] for _, d in graph.nodes(data=True)}
    assert {"Helena Duarte", "Aveiro"} <= labels and "bribing" not in labels


def test_only_about_one_thing(sample, scene):
    veiga = next(iri for iri, t in scene.things.items() if t.label == "Paulo Veiga")
    page = data_of(picture.draw(sample, view="events", about=[veiga]))
    shown = {page["things"][end][1] for edge in page["edges"] for end in edge[:2]}
    assert "Paulo Veiga" in shown and "arrested" in shown and "Helena Duarte" not in shown


def test_wrong_views_are_named(sample, tmp_path):
    with pytest.raises(QueryError, match="no view is called nothing"):
        picture.draw(sample, view="nothing")
    wrong = tmp_path / "wrong.rq"
    wrong.write_text("SELECT ?x WHERE { ?x ?y ?z }", encoding="utf-8")
    with pytest.raises(QueryError, match="no .subject"):
        picture.draw(sample, view=wrong)
    wrong.write_text("SELECT WHERE", encoding="utf-8")
    with pytest.raises(QueryError):
        picture.draw(sample, view=wrong)


def test_an_empty_graph_gives_an_empty_page():
    page = picture.draw(Store.memory(), title="Nothing")
    assert data_of(page)["things"] == [] and b"<svg" in picture.figure(Store.memory(), title="Nothing")


def test_networkx_gives_names_and_claims(sample):
    graph = picture.to_networkx(sample, view="folded")
    assert isinstance(graph, nx.MultiDiGraph)
    by = {d["label"]: n for n, d in graph.nodes(data=True)}
    visits = [d for d in graph[by["Helena Duarte"]][by["Aveiro"]].values() if d["predicate"].endswith("#Visit")]
    assert len(visits) == 1 and visits[0]["status"] == "asserted"


# ------------------------------------------------------------------ the page


def test_the_same_bytes_whatever_the_seed(tmp_path):
    program = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1])\n"
        "from tests.helpers import page_graphs; from tests.test_picture import store_of; from kg import picture\n"
        "s = store_of(page_graphs.sample())\n"
        "print(*[hashlib.sha256(x).hexdigest() for x in (picture.draw(s).encode(), picture.figure(s), "
        "picture.figure(s, format='png'))])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program, str(Path(__file__).parent.parent)],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
        ).stdout
        for seed in ("0", "17")
    }
    assert len(said) == 1


def test_the_page_holds_the_whole_and_is_small(sample):
    page = picture.draw(sample)
    assert len(page.encode()) < 1_000_000
    data = data_of(page)
    assert {v["name"] for v in data["views"]} == {v.name for v in picture.views()} - {"plain"}
    assert len(data["claims"]) == len(read_scene(sample, picture.read_view("events")).claims)
    assert page.startswith("<!doctype html>") and "http://" not in re.sub(
        r'<script.*?</script>|content="[^"]*"', "", page, flags=re.S
    )


def test_no_word_of_the_graph_stands_outside_the_data_block_but_the_escaped_title():
    page = picture.draw(store_of(page_graphs.hostile()))
    rest = re.sub(r'<script type="application/json" id="data">.*?</script>', "", page, flags=re.S)
    assert "hacked" in page
    assert rest.count("hacked") == 2 and rest.count("&lt;script&gt;window.hacked=1&lt;/script&gt;") == 2
    assert "<" not in re.search(r'id="data">(.*?)</script>', page, re.S)[1]


def test_without_text_the_quotes_remain(sample):
    data = data_of(picture.draw(sample, text=False))
    assert not any(d[5] for d in data["documents"])
    assert "accused Marnoto of bribing two officials" in json.dumps(data["claims"], ensure_ascii=False)


def test_a_page_shows_itself_in_a_notebook(sample):
    shown = picture.draw(sample)._repr_html_()
    assert shown.startswith("<iframe sandbox=") and "allow-same-origin" not in shown and shown.count("<") == 2


def test_the_network_library_is_the_one_that_was_tried():
    import hashlib

    import pyvis

    text = (Path(pyvis.__file__).parent / VIS).read_bytes()
    assert hashlib.sha256(text).hexdigest() == "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"


def test_each_coarse_class_and_status_has_a_look_of_its_own():
    from kg import vocabulary
    from kg.model import WEAKNESS

    table = look()
    assert set(KINDS) - {"UnassertedEvent", "Quantity", "Time"} <= set(table["kinds"])
    assert set(table["statuses"]) == {"asserted", "negated", *WEAKNESS}
    for shade in ("light", "dark"):
        lines = {(s[shade], tuple(s["dash"]), s.get("struck")) for s in table["statuses"].values()}
        assert len(lines) == len(table["statuses"])
        for row in (*table["kinds"].values(), *table["statuses"].values()):
            assert contrast(row[shade], table["paper"][shade]) >= 4.5
    assert set(table["roles"]) <= set(vocabulary.load().properties)


def contrast(one: str, other: str) -> float:
    """WCAG 2's contrast ratio of two colours."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        return sum(
            w * (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4)
            for w, p in zip((0.2126, 0.7152, 0.0722), parts)
        )

    a, b = sorted((light(one), light(other)))
    return (b + 0.05) / (a + 0.05)


# ------------------------------------------------------------------ places


def overlapping(at: np.ndarray, boxes: np.ndarray) -> int:
    return sum((np.abs(at[i] - at[j]) < (boxes[i] + boxes[j]) / 2 - 1).all() for i in range(len(at)) for j in range(i))


@pytest.mark.parametrize("nodes", [1, 2, 7, 40, 120])
def test_no_box_covers_another(nodes):
    graph = nx.barabasi_albert_graph(nodes, 2, seed=3) if nodes > 2 else nx.path_graph(nodes)
    boxes = [(60 + 12 * (i % 9), 46 + 15 * (i % 2)) for i in range(nodes)]
    at = place(nodes, list(graph.edges), boxes)
    assert overlapping(at, np.array(boxes)) == 0
    assert (at == place(nodes, list(graph.edges), boxes)).all()


def test_components_nest_without_touching():
    graph = nx.disjoint_union_all([nx.star_graph(14), *[nx.path_graph(2)] * 12, *[nx.path_graph(1)] * 9])
    boxes = [(110, 55)] * len(graph)
    at = place(len(graph), list(graph.edges), boxes)
    assert overlapping(at, np.array(boxes)) == 0
    wide, high = np.ptp(at, axis=0) + (110, 55)
    assert wide * high < 4.5 * len(graph) * 110 * 55


def test_neighbours_stand_nearer_than_strangers():
    graph = nx.connected_caveman_graph(5, 6)
    at = place(len(graph), list(graph.edges), [(60, 40)] * len(graph))
    far = [float(np.hypot(*(at[a] - at[b]))) for a, b in graph.edges]
    every = [float(np.hypot(*(at[a] - at[b]))) for a in graph for b in graph if a < b]
    assert np.mean(far) < 0.6 * np.mean(every)


# ------------------------------------------------------------------ times


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2026-03-02", ["2026-03-02", "2026-03-02"]),
        ("2026-02", ["2026-02-01", "2026-02-28"]),
        ("2024-02~", ["2024-02-01", "2024-02-29"]),
        ("2024", ["2024-01-01", "2024-12-31"]),
        ("202X", ["2020-01-01", "2029-12-31"]),
        ("19XX", ["1900-01-01", "1999-12-31"]),
        ("2024-21", ["2024-03-01", "2024-05-31"]),
        ("2026-02-23/2026-03-01", ["2026-02-23", "2026-03-01"]),
        ("2026-01-30T10:00", ["2026-01-30", "2026-01-30"]),
        ("2026-02-30", []),
        ("2026-13", []),
        ("P7M", []),
        ("../2024", []),
        ("", []),
        ("soon", []),
    ],
)
def test_first_and_last_day(value, days):
    assert bounds(value) == days


# ------------------------------------------------------------------ figures


def test_a_figure_draws_nodes_lines_names_and_their_meaning(sample):
    root = ElementTree.fromstring(picture.figure(sample, view="events", title="Flood <wall> & coast"))
    words = "".join(root.itertext())
    assert "Helena Duarte" in words and "Flood <wall> & coast" in words and "alleged" in words
    lines = [p for p in root.iter(f"{SVG}path") if p.get("marker-end")]
    assert len(lines) == 62 and {
        p.get("stroke-dasharray") is None for p in lines if p.get("marker-end") == "url(#to-asserted)"
    } == {True}
    assert all(p.get("stroke-dasharray") for p in lines if p.get("marker-end") == "url(#to-alleged)")
    # What was or will be does not look like what is.
    assert len([p for p in lines if p.get("opacity") == "0.5"]) == 1 and ": asserted, former" in words


def test_a_hostile_figure_is_well_formed_and_inert():
    for dark in (False, True):
        root = ElementTree.fromstring(picture.figure(store_of(page_graphs.hostile()), dark=dark))
        assert {e.tag.rpartition("}")[2] for e in root.iter()} <= {
            "svg",
            "title",
            "defs",
            "marker",
            "path",
            "rect",
            "text",
            "g",
        }
        assert not [k for e in root.iter() for k in e.keys() if k.startswith("on") or "href" in k]


def test_a_png_is_drawn_without_a_browser(sample):
    import io

    from PIL import Image

    image = Image.open(io.BytesIO(picture.figure(sample, format="png", width=900)))
    assert image.width == 900 and len(image.convert("RGB").getcolors(1_000_000)) > 100


def test_kg_draw_writes_by_the_ending(kg, tmp_path, sample):
    graph = tmp_path / "g.trig"
    page_graphs.sample().serialize(str(graph), format="trig", encoding="utf-8")
    for name, start in (("g.html", b"<!doctype html>"), ("g.svg", b"<svg"), ("g.png", b"\x89PNG")):
        done = kg("draw", graph, "-o", name)
        assert done.returncode == 0 and (tmp_path / name).read_bytes().startswith(start), done.stderr
    assert kg("draw", graph, "--view", "nothing", "-o", "x.html").returncode == 2 and not (tmp_path / "x.html").exists()


# ------------------------------------------------------------------ size


@pytest.mark.slow
def test_two_thousand_nodes_are_drawn_in_time_and_stay_small():
    """Wide bounds: the benchmark holds the narrow ones."""
    store = store_of(page_graphs.large(2000, 6000))
    begin = time.perf_counter()
    page = picture.draw(store, view="events")
    assert time.perf_counter() - begin < 60
    assert len(page.encode()) < 4_000_000
    data = data_of(page)
    # claims of one fact that look alike share an edge
    assert sum(len(edge[3]) for edge in data["edges"]) == 6000 and sum(bool(n) for n in data["nodes"]) == 2000


def test_only_the_things_with_most_ties(sample):
    data = data_of(picture.draw(sample, view="events", most=12))
    shown = {end for edge in data["edges"] for end in edge[:2]}
    assert len(shown) <= 12 and data["options"]["left_out"] == 52 - 12
    assert "Marnoto" in {data["things"][i][1] for i in shown}


def test_about_takes_a_name_or_says_that_there_is_none(sample):
    data = data_of(picture.draw(sample, about=["the COMMISSION"]))
    assert "European Commission" in {data["things"][end][1] for edge in data["edges"] for end in edge[:2]}
    with pytest.raises(QueryError, match="nothing is called that"):
        picture.draw(sample, about=['Nobody "} #'])


def test_narrowing_a_view_gives_the_rows_that_touch(sample):
    from kg.picture.rows import touching, view_rows

    for view in picture.views():
        whole = view_rows(sample, view, ())
        for iri in sorted({r["subject"] for r in whole} | {r["object"] for r in whole if r["object"]})[::5]:
            assert touching(sample, view, [iri]) == [r for r in whole if iri in (r["subject"], r["object"])]


def test_sources_that_do_nothing_else_have_a_place_where_they_speak(sample):
    data = data_of(picture.draw(sample))
    said = next(v for v in data["views"] if v["name"] == "said")
    names = {data["things"][edge[0]][1] for edge in said["edges"]}
    assert {"the ministry", "two people familiar with the matter", "Open Lagoon"} <= names
    assert {edge[i] for edge in said["edges"] for i in (0, 1)} <= {p[0] for p in said["places"]}


# ------------------------------------------------------------------ the story


def story_of(kg, tmp_path, text: str):
    """The story view's scene of a text of our own."""
    (tmp_path / "text.txt").write_text(text, encoding="utf-8")
    kg("build", tmp_path / "text.txt", "--date", "2025-05-20", "-o", tmp_path / "graph.trig")
    return read_scene(Store.of(tmp_path / "graph.trig"), picture.read_view("story"))


def told(scene) -> set[tuple[str, str, str]]:
    return {(scene.things[e.subject].label, e.label, scene.things[e.object].label) for e in scene.edges["story"]}


def test_events_are_told_as_edges_with_their_words_and_sayings_are_not(kg, tmp_path):
    scene = story_of(
        kg,
        tmp_path,
        "President Ana Ruiz met Omar Haddad at the city hall on May 12. Ruiz visited Norway in 2019. Haddad said "
        "that it was late. "
        "On Monday, Haddad arrived in Lisbon.",
    )
    edges = told(scene)
    assert any(label.startswith("met at city hall") and "12 May" in label for _, label, _ in edges)
    assert ("Ana Ruiz", "visited · 2019", "Norway") in edges
    assert not any(
        "said" in label or scene.things[e.subject].kind == "Event" for e in scene.edges["story"] for label in [e.label]
    )
    assert any(s.text == "Ana Ruiz visited Norway in 2019." for s in scene.lead)


def test_who_stayed_away_keeps_an_event_a_node(kg, tmp_path):
    scene = story_of(
        kg,
        tmp_path,
        "Minister Ana Ruiz toured the Larkhall Prison on May 12. Governor Omar Haddad did not attend the tour.",
    )
    absent = [e for e in scene.edges["story"] if e.label == "without"]
    assert [scene.things[e.object].label for e in absent] == ["Omar Haddad"] and scene.things[
        absent[0].subject
    ].kind == "Event"
    assert not any(s.text.startswith("Omar Haddad toured") for s in scene.lead)


def test_no_sentence_states_what_the_article_does_not_assert(kg, tmp_path):
    scene = story_of(
        kg,
        tmp_path,
        "Ana Ruiz will visit Norway in June. Police accused Omar Haddad of bribing Judge Lena Falk. Ruiz did not "
        "meet Haddad.",
    )
    claims = scene.claims
    for sentence in scene.lead:
        firm = all(claims[c].status == "asserted" and claims[c].polarity == "positive" for c in sentence.claims)
        assert sentence.claims and (firm or sentence.standing)
    assert any(s.standing for s in scene.lead)


def test_what_the_lead_reports_is_told_by_its_own_sentence(kg, tmp_path):
    """The lead's event comes first though only a source says it; its sentence is whole, and a weekday has its day."""
    scene = story_of(
        kg,
        tmp_path,
        "At least 12 people were injured when a storm struck the coast of Portugal on Sunday, the police said.\n\n"
        "Ana Ruiz visited Lisbon in 2019. Workers repaired the harbour on Monday morning.",
    )
    first = scene.lead[0]
    assert first.whole and first.standing == "reported by police"
    assert first.text == (
        "At least 12 people were injured when a storm struck the coast of Portugal on Sunday (18 May), the police said."
    )
    assert any(s.text == "Workers repaired the harbour on Monday morning (19 May)." for s in scene.lead[1:])


def test_a_clause_keeps_the_helpers_of_its_verb(kg, tmp_path):
    scene = story_of(
        kg,
        tmp_path,
        "Ana Ruiz visited Norway on May 12. Omar Haddad, a former banker who has run Northwind since 2021, met Lena "
        "Falk in Oslo.",
    )
    assert not any(" run Northwind" in s.text and "has run" not in s.text for s in scene.lead)


def test_a_name_that_an_apostrophe_follows_ends_no_drawing(kg, tmp_path):
    scene = story_of(kg, tmp_path, "Prosecutors charged Omar Haddad’s company Northwind on May 12.")
    assert picture.figure(Store.of(tmp_path / "graph.trig")).startswith(b"<svg") and scene.things


def test_relations_are_said_as_people_say_them():
    assert [spoken("citizenOf"), spoken("holdsOffice"), spoken("memberOf", "former"), spoken("headOf", "future")] == [
        "is a citizen of",
        "is",
        "was a member of",
        "will be head of",
    ]
    assert spoken("agent") == "by" and spoken("homeOfMine") == "home of mine"


def test_a_figure_has_heading_source_date_and_a_word_on_every_edge(kg, tmp_path):
    text = (
        "---\ntitle: Two mayors meet\npublisher: The Harbour Gazette\ndate: 2025-05-20\n---\n"
        "Mayor Ana Ruiz met Omar Haddad at the city hall on May 12. Ruiz visited Norway in 2019. Lena Falk accused "
        "Haddad of bribery."
    )
    (tmp_path / "text.md").write_text(text, encoding="utf-8")
    kg("build", tmp_path / "text.md", "-o", tmp_path / "graph.trig")
    store = Store.of(tmp_path / "graph.trig")
    drawing = ElementTree.fromstring(picture.figure(store))
    said = [" ".join(t.itertext()) for t in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert said[0] == "Two mayors meet" and said[1] == "The Harbour Gazette · 20 May 2025"
    scene = read_scene(store, picture.read_view("story"))
    assert scene.edges["story"] and all(any(t.startswith(e.label) for t in said) for e in scene.edges["story"])
    assert {"Person", "asserted"} <= set(said)
    image = picture.figure(store, format="png")
    assert int.from_bytes(image[16:20], "big") == pytest.approx(2 * float(drawing.get("width")), abs=2)


def test_a_graph_without_background_finds_its_places_in_the_gazetteer(kg, tmp_path):
    """A country stands at its capital, a town where the gazetteer knows one; a common noun is nowhere."""
    (tmp_path / "text.txt").write_text(
        "Minister Ana Ruiz arrived in Maribor on May 12. She visited the prison. She left Slovenia on Monday.",
        encoding="utf-8",
    )
    kg("build", tmp_path / "text.txt", "--date", "2025-05-20", "-o", tmp_path / "graph.ttl")
    assert "geo:lat" not in (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    scene = read_scene(Store.of(tmp_path / "graph.ttl"), picture.read_view("story"))
    at = {thing.label: thing.at for thing in scene.things.values()}
    assert at["Slovenia"] and abs(at["Slovenia"].lat - 46.05) < 0.1 and abs(at["Slovenia"].long - 14.5) < 0.1
    assert at["Maribor"] and abs(at["Maribor"].lat - 46.55) < 0.1
    assert at.get("prison") is None


def test_the_words_of_an_edge_lead_to_its_end(kg, tmp_path):
    """What stands between a verb and a part may end in a sum or an adjective: only what leads to the part stays."""
    (tmp_path / "text.txt").write_text(
        "Tom Hill paid at least 3.5 million euros to Karl Stein in 2021. Anna Berg arrived by train at Lindholm on "
        "Monday. Rita Sand met with Olga Lund at the town hall on Tuesday.",
        encoding="utf-8",
    )
    kg("build", tmp_path / "text.txt", "--date", "2026-02-10", "-o", tmp_path / "graph.trig")
    scene = read_scene(Store.of(tmp_path / "graph.trig"), picture.read_view("story"))
    said = {e.label for e in scene.edges["story"]}
    assert "paid to · 2021" in said and "arrived by train at · 9 Feb" in said
    assert not any("with at" in text or "million" in text for text in said)


def test_what_a_hub_has_is_not_read_whole():
    """Of a thing in a neighbourhood some mentions and claims are shown; of a graph drawn whole, all."""
    lines = []
    for number in range(60):
        words = f"<urn:w{number}>"
        lines.append(
            f"<urn:hub> kg:evidence {words} . {words} kg:document <urn:d> ; kg:start {number} ; kg:end {number + 1} .\n"
            f"<urn:c{number}> a kg:Claim ; rdf:subject <urn:hub> ; rdf:predicate kg:memberOf ;"
            f" rdf:object <urn:o{number}> ; kg:status kg:asserted ; kg:polarity kg:positive ; kg:validity kg:current ; kg:evidence {words} .\n"
            f'<urn:o{number}> a kg:Organization ; skos:prefLabel "Body {number}" .\n'
            f"<urn:hub> kg:memberOf <urn:o{number}> ."
        )
    graph = rdflib.Dataset()
    graph.parse(
        data="@prefix kg: <https://w3id.org/article-kg/ontology#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
        '<urn:hub> a kg:Person ; skos:prefLabel "Ana Ruiz" . <urn:d> a kg:Document .\n' + "\n".join(lines),
        format="trig",
    )
    store = store_of(graph)
    view = picture.read_view("plain")
    whole, near = read_scene(store, view), read_scene(store, view, about=["urn:hub"])
    assert (len(whole.things["urn:hub"].evidence), len(near.things["urn:hub"].evidence)) == (60, 40)
    assert len(near.edges["plain"]) == len(whole.edges["plain"]) == 60
