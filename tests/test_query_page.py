"""The query page in a browser: what it completes, how it answers, where faults stand, and that it asks nobody else."""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Callable, Iterator

import pytest

from kg import queries
from kg.rdf import IRI, Quad, literal, term
from kg.server import Endpoint, Limits
from kg.store import Store
from tests.helpers import newsroom

playwright = pytest.importorskip("playwright.sync_api", reason="missing tool: playwright (pip install playwright)")

ID = "https://w3id.org/article-kg/id/"
SHOWN = "#panel table tbody tr"


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory) -> Iterator[Endpoint]:
    folder = tmp_path_factory.mktemp("asked") / "news.kg"
    with Store.open(folder, create=True, write=True) as store:
        store.load(newsroom.quads())
        prison = next(q.subject for q in store.match(None, term("skos:prefLabel"), literal("Saltmarsh Prison")))
        background = IRI(f"{ID}graph/background")
        for property, value in (("geo:lat", "54.1"), ("geo:long", "7.9")):
            store.load([Quad(prison, term(property), literal(value, "xsd:decimal"), background)])
    endpoint = Endpoint(folder, port=0, limits=Limits(seconds=20, workers=2))
    threading.Thread(target=endpoint.serve_forever, daemon=True).start()
    yield endpoint
    endpoint.shutdown()
    endpoint.server_close()


@pytest.fixture(scope="module")
def browser(chromium) -> Iterator:
    with playwright.sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def opened(browser, endpoint) -> Iterator[Callable]:
    """`opened(at="#question=met")` is the page as it stands; it has asked nobody else, and complained of nothing."""
    contexts, asked, complaints = [], [], []

    def open_(at: str = "", width: int = 1280, **options):
        contexts.append(browser.new_context(viewport={"width": width, "height": 800}, **options))
        page = contexts[-1].new_page()
        page.set_default_timeout(60_000)
        page.on("request", lambda r: asked.append(r.url))
        page.on("pageerror", lambda e: complaints.append(str(e)))
        page.on(
            "console", lambda m: complaints.append(m.text) if m.type == "error" and "status of 400" not in m.text else 0
        )
        page.goto(f"{endpoint.url}{at}")
        page.wait_for_function("window.kgReady === true")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert all(url.startswith((endpoint.url, "data:", "blob:")) for url in asked), asked
    assert not complaints, complaints


def write(page, text: str) -> None:
    """Text in the editor, the cursor behind it."""
    page.evaluate("t => { kgEditor.setValue(t); kgEditor.setCursor(kgEditor.lineCount(), 0); kgEditor.focus() }", text)


def own(page, text: str) -> None:
    page.select_option("#questions", "")
    write(page, text)
    page.click("#run")


def test_everything_is_built_in(endpoint):
    with urllib.request.urlopen(endpoint.url) as answer:
        page, policy = answer.read().decode(), answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "://" not in page.split('id="known"')[0]
    for question in queries.questions():
        assert f'value="{question}"' in page
    for name in ("yasgui.min.js", "yasgui.min.css", "page.js", "answers.js", "page.css", "outline.json"):
        assert urllib.request.urlopen(f"{endpoint.url}static/{name}").status == 200


def test_answers_have_labels_that_lead_into_the_graph(opened):
    page = opened("#question=family")
    page.wait_for_selector(SHOWN)
    link = page.locator("#panel a", has_text="Jon Calder")
    assert link.get_attribute("href") == f"graph?about={ID.replace(':', '%3A').replace('/', '%2F')}person%2Fjon-calder"
    assert f"{ID}person/jon-calder" not in page.inner_text("#panel")
    page.check("#iris")
    assert f"{ID}person/jon-calder" in page.inner_text("#panel")
    page.select_option("#questions", "articles")
    page.wait_for_selector("#panel td:has-text('2026-03-02')")
    assert page.inner_text("#panel td.number >> nth=0").isdigit()
    page.click("#panel th button:has-text('claims')")
    page.click("#panel th button:has-text('claims')")
    told = [int(n) for n in page.locator("#panel tr td:nth-child(4)").all_inner_texts()]
    assert told == sorted(told, reverse=True) and len(set(told)) > 1


def test_parameters_are_fields_that_complete(opened):
    page = opened()
    page.select_option("#questions", "about")
    page.click("#run")
    assert page.evaluate("document.querySelector('#field-who').validity.valueMissing")
    page.type("#field-who", "oskar")
    page.wait_for_selector("#field-who-list option[value='Oskar Lind']", state="attached")
    page.fill("#field-who", "Oskar Lind")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{SHOWN}:has-text('Copper Ring')")
    assert "who=Oskar+Lind" in page.url
    again = opened(page.url.partition("/#")[2] and "#" + page.url.partition("#")[2])
    again.wait_for_selector(f"{SHOWN}:has-text('Copper Ring')")
    assert again.input_value("#field-who") == "Oskar Lind"
    page.select_option("#questions", "events")
    page.wait_for_selector("#field-type-list option[value=Visit]", state="attached")
    assert not page.locator("#field-type-list option[value=Regatta]").count()
    assert page.locator("#field-status-list option[value=alleged]").count() == 1


@pytest.mark.parametrize(
    "text, offered, absent",
    [
        ("PREFIX kg: <https://w3id.org/article-kg/ontology#>\nSELECT ?x WHERE { ?x a kg:Pr", "kg:Prison", "kg:Protest"),
        (
            "PREFIX kg: <https://w3id.org/article-kg/ontology#>\nSELECT ?x WHERE { ?x kg:spou",
            "kg:spouseOf",
            "kg:height",
        ),
        ("SELECT ?x WHERE { ?x ?p Oskar", "Oskar Lind (Person)", "Ines Calder (Person)"),
        ("PREFIX sko", "skos: <http://www.w3.org/2004/02/skos/core#>", "kg: <https://w3id.org/article-kg/ontology#>"),
    ],
)
def test_the_editor_completes_from_the_store(opened, text, offered, absent):
    page = opened()
    page.select_option("#questions", "")
    write(page, text[:-1])
    page.keyboard.type(text[-1])
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".CodeMirror-hints")
    hints = page.locator(".CodeMirror-hint").all_inner_texts()
    assert offered in hints and absent not in hints
    while page.inner_text(".CodeMirror-hint-active") != offered:
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    said = page.evaluate("kgEditor.getValue()")
    assert said.endswith(f"<{ID}person/oskar-lind>" if "Oskar" in offered else offered)


def test_faults_stand_where_they_are(opened):
    page = opened()
    own(page, "SELECT ?x WHERE {\n  ?x a kg:Prison .\n  ?x ?y\n}")
    page.wait_for_selector("#fault:not(:empty)")
    assert "not SPARQL" in page.inner_text("#fault")
    assert page.locator(".CodeMirror .wrong").count() == 1
    assert page.evaluate("kgEditor.getCursor().line") in (2, 3)
    page.select_option("#questions", "events")
    page.wait_for_selector(SHOWN)
    assert not page.locator(".CodeMirror .wrong").count() and not page.inner_text("#fault")
    page.fill("#field-type", "Nonsense")
    page.click("#run")
    page.wait_for_selector("#field-type[aria-invalid=true]")
    assert "Nonsense" in page.inner_text("#fault") and page.is_hidden("#answer")
    page.select_option("#questions", "met")
    page.wait_for_selector(SHOWN)
    page.fill("#field-who", "Nobody Such")
    page.click("#run")
    page.wait_for_selector("#told:has-text('Nobody Such')")


def test_an_answer_is_a_graph_a_map_a_timeline_a_chart_and_a_file(opened, endpoint):
    page = opened()

    def tabs() -> list[str]:
        return page.locator("[role=tab]").all_inner_texts()

    own(page, "CONSTRUCT { ?a kg:spouseOf ?b } WHERE { ?a kg:spouseOf ?b }")
    page.click("#tab-Graph")
    assert {"Ines Calder", "Jon Calder", "spouseOf"} <= set(page.locator("#panel svg text").all_text_contents())
    assert page.locator("#panel svg a[href^='graph?about=']").count() == 2
    page.click("#tab-Download")
    address = page.locator("#panel a", has_text="TURTLE").get_attribute("href")
    assert b"spouseOf" in urllib.request.urlopen(endpoint.url + address).read()
    page.select_option("#questions", "visits")
    page.wait_for_selector("#told:has-text('row')")
    assert tabs() == ["Table", "Graph", "Map", "Timeline", "Download"]
    page.click("#tab-Map")
    assert "Saltmarsh Prison" in page.text_content("#panel")
    page.wait_for_function("document.querySelector('#panel path.coast').getAttribute('d').length > 100")
    page.click("#tab-Timeline")
    dates = page.locator("#panel li time").all_inner_texts()
    assert dates == sorted(dates) and dates and page.locator("#panel li a").count()
    page.select_option("#questions", "who")
    page.wait_for_selector("#tab-Chart")
    page.click("#tab-Chart")
    bars = [int(n) for n in page.locator("#panel td.number").all_inner_texts()]
    assert bars == sorted(bars, reverse=True) and bars[0] > bars[-1]
    own(page, "ASK { ?x a kg:Prison }")
    page.wait_for_selector("#panel:has-text('yes')")
    assert tabs() == ["Table", "Download"]


def test_it_is_worked_by_keys_alone(opened):
    page = opened("#question=family")
    page.wait_for_selector(SHOWN)
    page.focus("#editor textarea")
    page.keyboard.press("Tab")  # the editor keeps nobody
    assert page.evaluate("document.activeElement.id") == "run"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "tab-Table"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "tab-Graph" and page.locator("#panel svg").count() == 1
    page.focus("#editor textarea")
    write(page, "SELECT (1 AS ?one) {}")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#panel th:has-text('one')")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")])
def test_axe_finds_nothing_and_nothing_overflows(opened, node_module, width, scheme):
    axe = (node_module("axe-core") / "axe.min.js").read_text(encoding="utf-8")
    page = opened("#question=visits", width=width, color_scheme=scheme)
    page.wait_for_selector(SHOWN)
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": axe})  # the policy forbids scripts of others

    def check(state: str) -> None:
        answer = session.send(
            "Runtime.evaluate",
            {
                "expression": "axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify("
                "r.violations.map(v => [v.id, v.nodes.slice(0, 4).map(n => n.html.slice(0, 160) + ' ' + "
                "n.failureSummary.slice(0, 200))])))",
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
        assert json.loads(answer["result"]["value"]) == [], state
        assert page.evaluate("document.documentElement.scrollWidth") <= width, state

    for tab in page.locator("[role=tab]").all():
        tab.click()
        check(tab.inner_text())
    page.fill("#field-person", "x")
    page.evaluate("kgEditor.setValue('SELECT ?x {')")
    page.click("#run")
    page.wait_for_selector("#fault:not(:empty)")
    check("a fault")
