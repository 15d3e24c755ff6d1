"""Articles that print the same words are one telling; what each adds of its own is another, in whatever order they
come and go.
"""

from dataclasses import replace
from itertools import permutations

import pytest

from kg import copies, queries, vocabulary
from kg.assembler import assemble
from kg.copies import Article, alike, components, fingerprint, shares
from kg.identity import Identity
from kg.model import Claim, Document, Entity, Evidence, Mention, Reading, Standing
from kg.rdf import BASE, IRI, special_graph, term
from kg.store import Store

WORDS = vocabulary.load()

HEADLINE = "Fire closes Marrow Street ferry dock"
LEAD = (
    "A fire that began in a paint store closed the Marrow Street dock in Port Arlen on Tuesday and kept 400 passengers "
    "on board the ferry Petrel for three hours, the harbour office said."
)
CREWS = (
    "Nobody was hurt. Crews from Dunmore and Saltmarsh brought the flames under control by 6 p.m., according to the "
    "chief of the Port Arlen brigade, Helga Stroud."
)
QUOTE = (
    '"We were lucky that the wind stood off the land," Stroud told reporters. "An hour later and the fuel tanks would '
    'have been next."'
)
FIRM = (
    "The store belongs to Kessel Coatings, a company that was fined 20,000 crowns in 2019 for keeping solvents in an "
    "open yard. A spokesman for Kessel, Ivo Marsh, said the company was helping investigators and would not comment "
    "further."
)
LINE = (
    "The ferry line, which carries 9,000 people a week between Port Arlen and the Skerry islands, will run from the "
    "old coal quay until Friday, the operator said."
)
MAYOR = (
    "Mayor Ines Calder said she would ask the council to move the store away from the water. A similar plan failed in "
    "2021 by two votes."
)
STORY = (HEADLINE, LEAD, CREWS, QUOTE, FIRM, LINE, MAYOR)


def text(*paragraphs):
    return "\n\n".join(paragraphs)


NEAR = {
    "the same": STORY,
    "cut from the end": STORY[:5],
    "cut to its beginning": STORY[:3],
    "another headline": ("Hundreds wait on ferry as paint store burns", *STORY[1:]),
    "one paragraph changed": (
        *STORY[:4],
        "Kessel Coatings owns the store. It paid a fine four years ago and says it is working with the police.",
        *STORY[5:],
    ),
    "an agency's line": (
        HEADLINE,
        "PORT ARLEN, March 3 (Coastwire) - " + LEAD,
        *STORY[2:],
        "(Reporting by Una Field; editing by Per Holm)",
    ),
    "quotes translated otherwise": (
        *STORY[:3],
        '"It was our good fortune to have the breeze blowing out to sea," Stroud told reporters. "Sixty minutes more, '
        'and it would have reached the tanks of fuel."',
        *STORY[4:],
    ),
    "a word here and there": tuple(
        p.replace("closed", "shut").replace("brought", "got").replace("would ask", "will ask").replace("store", "depot")
        for p in STORY
    ),
    "typography": tuple(p.replace('"', "“").replace("'", "’").replace(" ", "  ") for p in STORY),
    "news of its own": (
        *STORY,
        "At the Lantern inn, where some of the passengers were given soup, Bertil Aas, a joiner from the outer island, "
        "told The Signal that he had missed the funeral of his aunt. His brother Odd had rowed out to the Petrel with "
        "blankets, and was sent back by the coastguard.",
        "The Signal asked the port for the papers on the yard in January. The port has not answered. Its director, "
        "Ragna Dahl, is on leave until the 14th and could not be reached at her home in Fellmouth.",
        "The council of Fellmouth has kept paint out of its own harbour since 1998, when a barge, the Molly Hare, "
        "burned at her berth for two days.",
    ),
}

FAR = {
    "the same fire in other words": (
        "Ferry passengers stuck as dockside depot burns",
        "Some 400 people had to stay on the Petrel for much of Tuesday afternoon after a depot full of paint caught "
        "fire beside the Marrow Street landing in Port Arlen.",
        "Firefighters came from as far as Dunmore and Saltmarsh. Brigade chief Helga Stroud said the blaze was out by "
        "early evening and that there were no injuries; the fuel tanks, she added, had been in danger.",
        "Kessel Coatings, to which the depot belongs, paid 20,000 crowns in 2019 over badly kept solvents. Its "
        "spokesman Ivo Marsh promised to help those who look into the cause.",
        "Ferries to the Skerry islands leave from the coal quay up to and including Friday. Ines Calder, the mayor, "
        "wants paint stored inland, as she already did in 2021.",
    ),
    "a story that quotes three paragraphs": (
        "Port Arlen council votes to move paint store",
        "The council of Port Arlen voted 9 to 4 on Thursday to move the paint store on Marrow Street inland, six weeks "
        "after it burned.",
        "The vote ends a quarrel that began under Mayor Nils Orre, who in 2009 let the yard be built against the advice "
        "of the harbour pilots and of the insurer, Northern Mutual.",
        "Ragna Dahl, the director of the port, told the meeting that the move would cost 3 million crowns, a third of "
        "it paid by the islands. Councillor Edda Winter of the Shore List called that a gift to Kessel.",
        "The Signal reported on the day of the fire:",
        LEAD,
        CREWS,
        QUOTE,
        "Since then two inspectors have resigned. One of them, Joss Verney, has said that his letters of May and "
        "September were never opened, and has given copies to the prosecutor in Dunmore.",
        "The new site lies behind the railway at Fenn Cross, where 30 families live. They have hired a lawyer, Alma "
        "Reece, and want a wall of four metres and a siren.",
        "Work is to begin in June, after the herring fair, and to end before the storms of the autumn.",
    ),
    "nothing": (),
    "a brief": ("Port Arlen", "The Petrel sails again."),
}


def court(name, age, town, street, years, day, crime, officer):
    return text(
        f"{town} man jailed for {crime}",
        f"A man has been jailed for {years} years after he pleaded guilty to {crime} at {town} Crown Court on {day}.",
        f"{name}, {age}, of {street}, {town}, was arrested after officers were called to an address in the early hours "
        f"of the morning following reports of a disturbance. He was taken to {town} police station, where he was "
        f"interviewed and later charged with {crime}.",
        f"Speaking after the hearing, Detective Constable {officer} said: "
        '"I am pleased with the sentence that was handed down by the court today, and I hope that it will give the '
        'victim some comfort. I would urge anyone who has been affected by a crime of this kind to come forward."',
        f"{name} was also ordered to pay a surcharge, and was made subject of a restraining order.",
    )


TEMPLATE = (
    court("Dale Prior", 34, "Hexford", "Mill Lane", "three", "Monday", "burglary", "Amy Cross"),
    court("Leon Hatch", 52, "Wexley", "Station Road", "seven", "Friday", "wounding", "Tim Boyle"),
)
MARKET = tuple(
    text(
        f"Shares in {town} closed {way} on {day}.",
        f"The {index} index of leading shares {verb} {points} points to finish the day at {value}, as traders weighed "
        f"the outlook for interest rates. {firm} was the biggest riser of the day, up {percent} percent, while {other} "
        "was the biggest faller.",
        f"The crown was little changed against the dollar. Oil prices were trading at around {oil} a barrel.",
    )
    for town, way, day, index, verb, points, value, firm, percent, other, oil in (
        ("Dunmore", "higher", "Monday", "DX40", "rose", 31, "4,120", "Halden Foods", 4.1, "Kessel", "81 dollars"),
        ("Dunmore", "lower", "Tuesday", "DX40", "fell", 12, "4,108", "Brightwater", 2.7, "Halden Foods", "79 dollars"),
    )
)


def made(words, n=0, date="2026-03-03"):
    return Article(IRI(f"{BASE}doc/{n:02}"), date, fingerprint(words))


@pytest.mark.parametrize("name", NEAR)
def test_near_copies_are_found(name):
    original, copy = made(text(*STORY)), made(text(*NEAR[name]), 1, "2026-03-04")
    assert original.print.keys & copy.print.keys and alike(original, copy)
    ((first, second),) = components([copy, original])
    assert (first, second) == (original, copy)
    found = shares([copy, original])
    assert found[original.iri].of is None
    assert found[copy.iri].of == original.iri


@pytest.mark.parametrize("name", FAR)
def test_near_misses_are_not(name):
    pair = [made(text(*STORY)), made(text(*FAR[name]), 1)]
    assert not components(pair)


@pytest.mark.parametrize("pair", [TEMPLATE, MARKET], ids=["court", "market"])
def test_stories_of_one_template_are_not(pair):
    assert not components([made(words, n) for n, words in enumerate(pair)])


def test_an_ending_of_the_site_makes_no_copies():
    ending = "Read more from The Signal on Port Arlen and the Skerry islands every Friday in Harbour Notes, page 4."
    others = [made(text(*FAR["the same fire in other words"], ending)), made(text(*TEMPLATE, ending), 1)]
    assert not components(others)


def test_a_print_is_kept_and_read_again():
    for words in (text(*STORY), "Petrel", ""):
        one = fingerprint(words)
        assert copies.Print.unpacked(one.packed()) == one
    words = "Петрель sailed for Порт Арлен at 9"
    assert fingerprint(words).runs == fingerprint(words.replace(" for", ", for")).runs != ()


def test_the_oldest_is_the_original_and_words_are_the_first_ones():
    extended, cut = NEAR["news of its own"], NEAR["cut from the end"]
    own = extended[-1]
    group = [
        made(text(*extended, "Filed at 9 p.m."), 0, "2026-03-05"),
        made(text(*extended), 1, "2026-03-04"),
        made(text(*cut), 2, "2026-03-03"),
        made(text(*STORY), 3, ""),
    ]
    found = shares(group)
    assert [found[a.iri].of and int(found[a.iri].of.value[-2:]) for a in group] == [1, None, None, 2]

    def source(n, words):
        whole = text(*extended)
        return int(found[group[n].iri].source(whole.index(words), whole.index(words) + len(words)).value[-2:])

    assert [source(0, LEAD), source(1, LEAD)] == [2, 2]
    assert [source(0, own), source(1, own)] == [1, 1]


# ------------------------------------------------------------------ in a store


def reading(paragraphs, publisher, date="2026-03-03", facts=(("Kessel Coatings", "Ivo Marsh"),)):
    """An article in which people work for firms, said by the words around their names; each paragraph is quoted."""
    words = text(*paragraphs)
    whole = tuple(Mention(words.index(p), words.index(p) + len(p), "nominal", n) for n, p in enumerate(paragraphs))
    entities, claims = [Entity("crowd", "Group", "crowd", whole, scope="document")], []
    for firm, person in facts:
        ids = []
        for type_, name in (("Company", firm), ("Person", person)):
            start = words.index(name)
            ids.append(f"e{len(entities)}")
            entities.append(Entity(ids[-1], type_, name, (Mention(start, start + len(name), "name", len(entities)),)))
        start = words.index(person)
        evidence = Evidence(max(0, start - 30), start + len(person) + 30, "test")
        claims.append(Claim(ids[1], "employedBy", ids[0], Standing(), (evidence,)))
    document = Document(words, url=f"https://{publisher}.example/{date}", publisher=publisher, date=date)
    return Reading(document, tuple(entities), claims=tuple(claims))


def quads(one, **options):
    return assemble(one, WORDS, **options)


def name(one):
    return Identity(one.document, WORDS).of_document()


def kept(readings, held=None, **options):
    held = Store.memory() if held is None else held
    for one in readings:
        held.put(name(one), quads(one, **options))
    return held


def linked(held):
    return sorted(map(str, held.graph(special_graph("links"))))


def answer(held, question):
    """The rows of a question, by firm."""
    return {row["value"].rpartition("/")[2]: row for row in queries.ask(held, question)}


OWN = (*STORY, "At the Lantern inn Odd Aas, who sews sails for Brede Brothers, told The Signal that he had rowed out.")
OTHER = FAR["the same fire in other words"]
WIRE = [
    reading(STORY, "harbour-post"),
    reading(NEAR["cut from the end"], "dunmore-times", "2026-03-04"),
    reading(NEAR["an agency's line"], "skerry-news", "2026-03-04"),
    reading(OWN, "signal", "2026-03-05", (("Kessel Coatings", "Ivo Marsh"), ("Brede Brothers", "Odd Aas"))),
]


def publishers(held):
    return {firm: row["publishers"] for firm, row in answer(held, "corroboration").items()}


@pytest.mark.parametrize("with_text", [True, False])
def test_publishers_are_counted_and_not_copies(with_text):
    held = kept(WIRE, with_text=with_text)
    assert publishers(held) == {"kessel-coatings": 1, "brede-brothers": 1}
    rows = answer(held, "corroboration")
    assert rows["kessel-coatings"]["articles"] == 4
    alone = answer(held, "single-source")
    assert {k: r["source"] for k, r in alone.items()} == {
        "kessel-coatings": "harbour-post",
        "brede-brothers": "signal",
    }
    kept([reading(OTHER, "fellmouth-echo", "2026-03-04")], held, with_text=with_text)
    assert publishers(held) == {"kessel-coatings": 2, "brede-brothers": 1}
    assert "kessel-coatings" not in answer(held, "single-source")


def test_copies_are_listed_and_counted(tmp_path, capsys):
    from kg.cli.stores import list_, stats

    with Store.open(tmp_path / "news.kg", create=True, write=True) as held:
        kept(WIRE, held)
    stats(tmp_path / "news.kg", "csv")
    assert "copies among them,3" in capsys.readouterr().out
    list_(tmp_path / "news.kg", "csv")
    lines = capsys.readouterr().out.splitlines()
    assert [line.endswith("," + name(WIRE[0]).value) for line in lines[1:]].count(True) == 3


def test_any_order_gives_the_same_links():
    wanted = linked(kept(WIRE))
    assert len(wanted) == 4  # three copies, and the words that one of them has of its own
    together = [q for one in WIRE for q in quads(one)]
    assert sorted(map(str, copies.links(together, BASE))) == wanted
    for order in permutations(WIRE):
        assert linked(kept(order)) == wanted


def test_what_goes_takes_its_links_along():
    for gone in WIRE:
        held = kept(WIRE)
        held.remove(name(gone))
        assert linked(held) == linked(kept(one for one in WIRE if one is not gone))
        kept([gone], held)
        assert linked(held) == linked(kept(WIRE))
    held = kept(WIRE)
    for one in WIRE:
        held.remove(name(one))
    assert not linked(held)
    assert [g for g in held.graphs() if g.value.endswith("copies")] == [special_graph("copies")]
    assert len(list(held.graph(special_graph("copies")))) == 1  # that prints are kept


def test_a_group_falls_apart_without_the_one_that_held_it():
    half, rest = (*STORY[:4],), (*STORY[4:], "The quay is 40 metres long, said Una Field, who keeps the Lantern inn.")
    parts = [
        reading(half, "a", "2026-03-01", ()),
        reading(rest, "b", "2026-03-02", ()),
        reading((*half, *rest), "c", "2026-03-03", ()),
    ]
    held = kept(parts)
    assert [q for q in linked(held) if "copyOf" in q]
    held.remove(name(parts[2]))
    assert not linked(held)


def test_a_changed_article_is_compared_anew():
    held = kept(WIRE)
    changed = replace(WIRE[1], document=replace(WIRE[1].document, text=text(*OTHER)), entities=(), claims=())
    held.put(name(changed), quads(changed))
    assert not any(name(changed).value in line for line in linked(held))
    held.put(name(WIRE[1]), quads(WIRE[1]))
    assert linked(held) == linked(kept(WIRE))


def test_links_follow_when_an_article_is_dated_anew():
    held = kept(WIRE[:2])
    first, second = name(WIRE[0]), name(WIRE[1])
    assert any(q.subject == second and q.object == first for q in held.graph(special_graph("links")))
    early = replace(WIRE[1], document=replace(WIRE[1].document, date="2026-02-28"))
    held.put(second, quads(early))
    assert any(q.subject == first and q.object == second for q in held.graph(special_graph("links")))


def test_an_update_and_much_at_once_are_noticed(tmp_path):
    held = kept(WIRE)
    held.update(f"DROP GRAPH <{name(WIRE[0]).value}>")
    assert linked(held) == linked(kept(WIRE[1:]))
    with Store.open(tmp_path / "s.kg", create=True, write=True) as held:
        held.load(q for one in WIRE for q in quads(one))
    with Store.open(tmp_path / "s.kg", write=True) as held:
        assert linked(held) == linked(kept(WIRE))
        held.remove(name(WIRE[0]))
    with Store.open(tmp_path / "s.kg") as held:
        assert linked(held) == linked(kept(WIRE[1:]))


def test_links_that_come_along_are_found_anew_and_not_believed():
    held = Store.memory()
    everything = list(kept(WIRE).quads())
    held.put(name(WIRE[0]), [q for q in everything if q.graph_name == name(WIRE[0]) or held.is_beside(q.graph_name)])
    assert not linked(held)


def test_links_keep_the_rules_and_the_counts():
    from kg.checker import check

    held = kept(WIRE)
    assert not [v for v in check(held) if "copy" in str(v).lower() or "wasQuotedFrom" in str(v)]
    assert len(held) == sum(1 for _ in held.match())
    assert {q.predicate for q in held.graph(special_graph("links"))} == {
        IRI("https://w3id.org/article-kg/ontology#copyOf"),
        term("prov:wasQuotedFrom"),
    }


def test_an_article_costs_the_same_in_a_large_archive(monkeypatch):
    """Only those that share a key are compared."""
    compared = []
    monkeypatch.setattr("kg.store.wire.alike", lambda a, b: compared.append((a, b)) or alike(a, b))
    monkeypatch.setattr("kg.copies.alike", lambda a, b: compared.append((a, b)) or alike(a, b))
    held = Store.memory()
    counts = []
    for n in range(120):
        words = court(
            f"Dale{n} Prior{n * 7}",
            20 + n,
            f"Hex{n}ford",
            f"Mill{n} Lane",
            f"{n}",
            f"day {n}",
            f"crime {n}",
            f"Amy{n} C",
        )
        one = reading((words,), f"p{n}", facts=())
        before = len(compared)
        held.put(name(one), quads(one))
        counts.append(len(compared) - before)
    assert sum(counts[60:]) <= 1.1 * sum(counts[:60]) + 5
    before = len(compared)
    for n in range(20):
        one = reading(NEAR["cut from the end"], f"wire{n}", f"2026-03-{n + 1:02}", ())
        held.put(name(one), quads(one))
    assert len(compared) - before <= 20 * 20 + 20  # each group's members once for one that comes
