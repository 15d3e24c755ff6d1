"""A lean graph is a part of the full one, and gives it back whole, wherever a graph is read."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from pyoxigraph import Store as Engine

import kg as library
from kg import rdf, vocabulary
from kg.assembler import assemble
from kg.model import (
    WEAKNESS,
    Claim,
    Document,
    Entity,
    Event,
    Evidence,
    Mention,
    Quantity,
    Reading,
    Role,
    Standing,
    Time,
    Value,
)
from kg.profile import full, is_lean, lean
from kg.rdf import IRI, Literal, Quad, kg, term
from kg.store import Store

WORDS = vocabulary.load()
ROOT = Path(__file__).parent.parent
MARK = kg("profile")

# ------------------------------------------------------------------ graphs of all kinds

texts = st.text(alphabet="ab \n\t\"\\'é🦊.-", min_size=1, max_size=40)
rules = st.sampled_from(
    ["name", "nominal", "take_office", "post in context", "prime minister", "a-b", "a_b", "Ω", "7-8"]
)
standings = st.builds(
    Standing,
    status=st.sampled_from(sorted(WEAKNESS)),
    claimed_by=st.sampled_from([None, "e0"]),
    via=st.sampled_from([None, "e1"]),
    polarity=st.sampled_from(["positive", "negative"]),
    modality=st.sampled_from([(), ("alleged",)]),
)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """What a document of odd letters might say: whatever the assembler takes."""
    text = draw(texts)

    def span() -> tuple[int, int]:
        start = draw(st.integers(0, len(text) - 1))
        return start, draw(st.integers(start + 1, len(text)))

    def words() -> Evidence:
        return Evidence(*span(), draw(rules))

    entities = tuple(
        Entity(
            f"e{i}",
            draw(st.sampled_from(["Person", "Settlement", "Company"])),
            draw(st.sampled_from(["Ana", "Lima", 'The "Fox"', "Ω"])),
            tuple(
                Mention(*span(), draw(st.sampled_from(["name", "pronoun"])), 0) for _ in range(draw(st.integers(0, 3)))
            ),
            scope=draw(st.sampled_from(["document", "name"])),
        )
        for i in range(2)
    )
    fillers = st.sampled_from(["e0", "e1", Value('a\n"b"'), Value("2024", "xsd:gYear"), Quantity(3.5, of="foxes")])
    events = tuple(
        Event(
            f"v{i}",
            draw(st.sampled_from(["Visit", "Attack"])),
            draw(texts),
            (span(),),
            tuple(
                Role(
                    draw(st.sampled_from(["agent", "patient", "place", "nonParticipant"])),
                    draw(st.sampled_from(["e0", "e1"])),
                    words(),
                    draw(st.none() | standings),
                )
                for _ in range(draw(st.integers(0, 3)))
            ),
            draw(standings),
            draw(rules),
            time=draw(st.none() | st.just(Time(0, 1, "Monday", "2024-05-06", "day"))),
            confidence=draw(st.sampled_from([None, 0.5, 0.875])),
        )
        for i in range(draw(st.integers(0, 2)))
    )
    claims = tuple(
        Claim(
            "e0",
            draw(st.sampled_from(["locatedIn", "occupation", "quantity"])),
            draw(fillers),
            draw(standings),
            (words(),),
            validity=draw(st.sampled_from(["current", "former", "future"])),
            origin=draw(st.sampled_from(["extracted", "background"])),
        )
        for _ in range(draw(st.integers(0, 3)))
    )
    return Reading(Document(text, id=draw(st.sampled_from(["a", "b"]))), entities, events, claims)


def quads(reading: Reading, with_text: bool = True) -> list[Quad]:
    return assemble(reading, WORDS, with_text=with_text)


@settings(max_examples=60, deadline=None)
@given(readings(), readings(), st.booleans())
def test_whatever_a_document_says_comes_back(one: Reading, other: Reading, with_text: bool):
    graph = [*quads(one, with_text), *quads(other)]
    assert set(full(lean(graph))) == set(graph)
    assert set(lean(lean(graph))) == set(lean(graph))
    assert {q for q in lean(graph) if q.predicate != MARK} <= set(graph)
    union = rdf.graph(graph)  # what one file of triples holds
    assert set(full(lean(union))) == set(union)


NODES = [
    IRI(f"https://x.org/{n}")
    for n in (
        "doc/a",
        "claim/1",
        "claim/2",
        "ev/a-0-3-name",
        "ev/a-1-9-x-y",
        "ev/b-0-1-name",
        "event/a-1",
        "fact/1",
        "z",
    )
]
PREDICATES = [
    *map(kg, ("evidence", "content", "start", "rule", "quote", "status", "polarity", "fact", "agent", "participant")),
    *map(term, ("rdf:type", "rdf:subject", "rdf:predicate", "rdf:object", "skos:prefLabel", "rdfs:label")),
    term("schema:articleBody"),
]
VALUES = [
    *NODES,
    *map(kg, ("Document", "Claim", "Evidence", "asserted", "alleged", "positive")),
    *(Literal("name"), Literal("Ana was here"), rdf.literal("0", "xsd:integer"), Literal("Ana", language="en")),
]
anything = st.builds(
    Quad, *map(st.sampled_from, (NODES, PREDICATES, VALUES, [NODES[0], NODES[-1], rdf.DefaultGraph()]))
)


@settings(max_examples=120, deadline=None)
@given(st.lists(anything, max_size=40), readings(), st.randoms())
def test_a_graph_that_is_not_as_ours_comes_back_too(odd: list[Quad], reading: Reading, chance):
    """Whatever somebody has put in or taken out."""
    ours = quads(reading)
    graph = [*odd, *chance.sample(ours, len(ours) * 9 // 10)]
    assert set(full(lean(graph))) == set(graph)


@settings(max_examples=60, deadline=None)
@given(readings())
def test_the_rules_for_other_stores_say_the_same(reading: Reading):
    other, ours = Engine(), Engine()
    other.extend(lean(quads(reading)))
    other.update((ROOT / "queries/full.ru").read_text())
    ours.extend(quads(reading))
    assert set(other) == set(ours)


def test_what_is_left_out_and_what_is_not():
    said, words = Standing("alleged", claimed_by="e0"), (Role("agent", "e0", Evidence(0, 10, "rob")),)
    odd = (Role("agent", "e0", Evidence(0, 10, "rob_it")),)
    reading = Reading(
        Document("Ana robbed a bank.", id="a"),
        (Entity("e0", "Person", "Ana", (Mention(0, 3, "name", 0),)),),
        (
            Event("v0", "Attack", "robbed", ((4, 10),), words, said, "rob"),
            Event("v1", "Visit", "robbed", ((5, 10),), odd, Standing(), "rob"),
        ),
    )
    graph, less = quads(reading), [q for q in lean(quads(reading)) if q.predicate != MARK]
    assert set(less) < set(graph)
    gone = {q.predicate for q in graph} - {q.predicate for q in less}
    assert gone == {
        kg(name)
        for name in ("polarity", "validity", "origin", "fact", "start", "end", "quote", "document", "participant")
    }
    assert [q.object for q in less if q.predicate == kg("rule")] == [Literal("rob_it")]  # the others stand in the names
    claims = {q.subject for q in graph if q.predicate == term("rdf:type") and q.object == kg("Claim")}
    assert not [q for q in less if q.subject in claims and q.predicate == kg("status")]  # as their events
    assert {q.object for q in less if q.predicate == kg("status")} == {kg("alleged"), kg("asserted")}
    alleged = next(q.subject for q in graph if q.object == kg("UnassertedEvent"))
    assert not [q for q in less if q.subject == alleged and q.predicate == kg("agent")]


def test_without_its_text_a_lean_graph_keeps_the_quotes():
    reading = Reading(Document("Ana left.", id="a"), (Entity("e0", "Person", "Ana", (Mention(0, 3, "name", 0),)),))
    assert [q.object for q in lean(quads(reading, with_text=False)) if q.predicate == kg("quote")] == [Literal("Ana")]
    assert not [q for q in lean(quads(reading)) if q.predicate == kg("quote")]


def test_a_graph_of_no_document_stays_whole():
    place = Quad(IRI("https://x.org/lima"), term("skos:prefLabel"), Literal("Lima"), rdf.special_graph("background"))
    graph = [place, Quad(place.subject, term("rdfs:label"), place.object, place.graph_name)]
    assert lean(graph) == full(graph) == graph and not is_lean(lean(graph))


# ------------------------------------------------------------------ as files, and all that reads them


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory, annotator) -> tuple[Path, Path]:
    """The samples' graph, full and lean."""
    from kg.cli import app

    folder = tmp_path_factory.mktemp("profile")
    made = tuple(folder / f"{name}.nq" for name in ("full", "lean"))
    for path in made:
        options = ["-o", str(path), "--quiet", "--profile", path.stem]
        app(["build", *map(str, sorted((ROOT / "samples").glob("*.txt"))), *options], standalone_mode=False)
    return made


def test_the_samples_are_lean(samples: tuple[Path, Path]):
    whole, less = (list(rdf.parse_file(path)) for path in samples)
    assert set(full(less)) == set(whole) and {q for q in less if q.predicate != MARK} < set(whole)
    assert len(less) < 0.4 * len(whole) and samples[1].stat().st_size < 0.42 * samples[0].stat().st_size


@pytest.mark.parametrize("ending", ["nq", "trig", "ttl", "nt", "jsonld", "rdf"])
def test_each_form_of_file_comes_back(samples: tuple[Path, Path], ending: str, run, tmp_path: Path):
    whole, less, again = (tmp_path / f"{name}.{ending}" for name in ("whole", "less", "again"))
    assert run("export", samples[0], "-o", whole).status == 0
    assert run("export", samples[0], "-o", less, "--profile", "lean").status == 0
    assert run("export", less, "-o", again).status == 0
    assert set(rdf.parse_file(again)) == set(rdf.parse_file(whole))
    assert less.stat().st_size < 0.55 * whole.stat().st_size


def test_each_is_made_from_the_other(samples: tuple[Path, Path], run, tmp_path: Path):
    made: dict[str, set[bytes]] = {"full": set(), "lean": set()}
    for source, profile in product(samples, made):
        assert run("export", source, "-o", tmp_path / "made.nq", "--profile", profile).status == 0
        made[profile].add((tmp_path / "made.nq").read_bytes())
    assert [len(bytes) for bytes in made.values()] == [1, 1] and made["full"] != made["lean"]


@pytest.mark.parametrize(
    "asked",
    [
        ("ask", "who"),
        ("ask", "said"),
        ("ask", "events", "--why"),
        ("ask", "-q", "SELECT (COUNT(*) AS ?n) { ?e kg:quote ?q }"),
        ("terms",),
        ("stats",),
        ("list",),
        ("check",),
        ("draw", "-o", "-"),
        ("export", "--plain"),
        ("export", "--schema"),
        ("export", "--rdf12"),
        ("export", "--as", "graphml"),
    ],
    ids=" ".join,
)
def test_both_are_read_alike(samples: tuple[Path, Path], asked: tuple[str, ...], run):
    verb, *rest = asked
    whole, less = (run(verb, path, *rest) for path in samples)
    assert less.out == whole.out and less.status == whole.status == 0 and whole.out + whole.err


def test_a_store_takes_both_alike(samples: tuple[Path, Path], run, tmp_path: Path):
    for path in samples:
        assert run("add", tmp_path / "a.kg", path).status == 0
    again = run("add", tmp_path / "a.kg", samples[1])
    assert again.err.count("unchanged: ") == len(list((ROOT / "samples").glob("*.txt")))
    with Store.open(tmp_path / "a.kg") as store:
        assert set(store.quads()) == set(Store.of(samples[0]).quads())
        document = next(store.documents()).iri
        held = set(store.graph(document))
    with Store.memory() as store:
        store.put(document, lean(held))
        assert set(store.graph(document)) == held


def test_the_library_reads_and_writes_both(samples: tuple[Path, Path], tmp_path: Path):
    import rdflib

    whole, less = samples
    for path in (whole, less):
        library.save(path, tmp_path / f"{path.stem}.nq", profile="lean")
    assert (tmp_path / "lean.nq").read_bytes() == (tmp_path / "full.nq").read_bytes()
    assert (tmp_path / "lean.nq").stat().st_size < 0.42 * whole.stat().st_size
    data = rdflib.Dataset()
    data.parse(less, format="nquads")
    assert list(library.ask(data, "who")) == list(library.ask(whole, "who"))
    assert len(library.plain(data)) == len(library.plain(whole)) and len(library.load(less)) == len(library.load(whole))


def test_a_profile_is_one_of_two_and_a_store_keeps_its_own(run, tmp_path: Path):
    wrong = run("build", ROOT / "samples/summit.txt", "-o", tmp_path / "a.nq", "--profile", "thin")
    assert wrong.status == 2 and "--profile thin" in wrong.err and "full, lean" in wrong.err
    assert run("build", ROOT / "samples/summit.txt", "-o", tmp_path / "a.kg", "--profile", "lean").status == 0
    assert run("build", ROOT / "samples/summit.txt", "-o", tmp_path / "b.kg").status == 0
    refused = run("add", tmp_path / "b.kg", ROOT / "samples/earthquake.txt", "--profile", "lean")
    assert refused.status == 2 and "in full" in refused.err and "--profile" in refused.err
    both = run("export", tmp_path / "a.nq", "--plain", "--profile", "lean")
    assert both.status == 2 and "--profile" in both.err
