"""Who and where: names and their kinds, short forms, descriptions, pronouns, groups; no link rather than a wrong
one.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg import names
from kg.model import Document, Name
from kg.resolver import resolve


@pytest.fixture(scope="module")
def read(annotator):
    """Text → (Resolved, {label: entity}, quotes of an entity's mentions)."""

    def call(text, gazetteer=None):
        found = resolve(next(annotator.parse([Document(text)])), gazetteer or names.load())
        return (
            found,
            {e.label: e for e in found.entities},
            lambda e: [(text[m.start : m.end], m.kind) for m in e.mentions],
        )

    return call


def test_a_person_is_one_under_full_name_title_surname_role_and_pronoun(read):
    found, by, said = read(
        "President Ana Ruiz of Peru met farmers in Cusco on Monday. Ruiz said she would return.\n"
        "The Peruvian president also thanked her guests."
    )
    ruiz = by["Ana Ruiz"]
    assert ruiz.type == "Person" and ruiz.scope == "name" and ruiz.gender == "female"
    assert said(ruiz)[0] == ("President", "nominal") and ("Ana Ruiz", "name") in said(ruiz)
    assert ("Ruiz", "name") in said(ruiz) and ("she", "pronoun") in said(ruiz)


def test_a_bare_surname_holds_only_in_its_document(read):
    _, by, _ = read("Mr Okonjo said on Tuesday that he was tired.")
    assert by["Okonjo"].type == "Person" and by["Okonjo"].scope == "document"


def test_an_alias_in_brackets_is_the_same_thing(read):
    _, by, said = read("The Northern River Authority (NRA) closed the lock. The NRA gave no reason.")
    assert [q for q, _ in said(by["Northern River Authority"])][:2] == ["Northern River Authority", "NRA"]


def test_a_nationality_is_a_name_of_its_country(read):
    _, by, said = read("The Danish minister flew to Chile. Chilean officials met him, the U.S. envoy said.")
    assert said(by["Denmark"]) == [("Danish", "name")] and by["Denmark"].place == "country:DK"
    assert said(by["Chile"]) == [("Chile", "name"), ("Chilean", "name")]
    assert by["United States"].type == "Country" and "U.S." in by["United States"].aliases


def test_a_demonym_with_an_article_is_a_person(read):
    found, by, said = read("Guards held a 40-year-old Peruvian and an Israeli in Lima. The Peruvian was freed.")
    one = by["40-year-old Peruvian"]
    assert one.type == "Person" and by["Israeli"].type == "Person"
    assert said(one) == [("40-year-old Peruvian", "nominal"), ("Peruvian", "nominal")]
    assert by["Peru"].type == "Country" and ("Peruvian", "name") in said(by["Peru"])
    found, by, said = read("The Peruvian guards met the Israeli side. The British left.")
    assert not [e for e in found.entities if e.type == "Person"]


@pytest.mark.parametrize(
    "words", ['"Mr. Okoro paid," lawyer Tim Ask wrote.', "They were met by Dr. Salma Rifi of Rabat."]
)
def test_a_courtesy_title_is_nobody(read, words):
    _, by, _ = read(words)
    assert not {"Mr.", "Dr."} & set(by)


def test_the_name_in_a_compound_word_is_found(read):
    _, by, said = read("A Berlin-based company and US-led troops were named.")
    assert said(by["Berlin"]) == [("Berlin", "name")]
    assert said(by["United States"]) == [("US", "name")]


def test_people_without_a_name_are_groups_with_their_number(read):
    found, by, said = read("About 12,000 prisoners and two Kenyan nurses left the camp.")
    groups = [e for e in found.entities if e.type == "Group"]
    assert [said(g)[0] for g in groups] == [("About 12,000 prisoners", "nominal"), ("two Kenyan nurses", "nominal")]
    assert all(g.scope == "document" and g.plural for g in groups)
    assert not [e for e in found.entities if e.type == "Person"]


def test_a_facility_by_its_head_noun_and_by_what_it_is_called(read):
    _, by, _ = read("He was taken to Redfern Prison. They met at the Kisumu Airport.")
    assert by["Redfern Prison"].type == "Prison" and by["Kisumu Airport"].type == "TransportHub"


def test_generic_it_is_left_alone(read):
    found, _, said = read("Norway sent a ship. It is clear that it rained on Sunday.")
    assert not [q for e in found.entities for q in said(e) if q[0].lower() == "it"]


def test_first_person_in_a_quotation_is_the_speaker(read):
    _, by, said = read("“I know my village,” said Tom Ode on Friday.")
    assert ("I", "pronoun") in said(by["Tom Ode"]) and ("my", "pronoun") in said(by["Tom Ode"])


def test_relative_pronouns_belong_to_their_noun(read):
    _, by, said = read("Lena Holm, who was born in Oslo, where she works, left.")
    assert ("who", "pronoun") in said(by["Lena Holm"])
    assert ("where", "pronoun") in said(by["Oslo"])


@pytest.mark.parametrize(
    "text, label, place",
    [
        ("Rain fell on Springfield, Ill., on Friday.", "Springfield", "geonames:4250542"),
        ("The mayor of Lyon spoke. France was calm.", "Lyon", "geonames:2996944"),
        ("The United States sent a team to Birmingham.", "Birmingham", None),  # of two, and the larger is elsewhere
        ("A fire burned in Springfield on Friday.", "Springfield", None),
    ],
)
def test_a_settlement_is_linked_only_where_the_context_decides(read, text, label, place):
    _, by, _ = read(text)
    assert by[label].place == place


def test_mentions_are_words_of_the_text_and_heads_lie_inside(read):
    text = "The European Union (EU) and Kenya’s parliament met “friends” in Rome.\n\nThey signed a treaty there."
    found, _, _ = read(text)
    starts = [m.start for e in found.entities for m in e.mentions[:1]]
    assert starts == sorted(starts)
    for entity in found.entities:
        for mention in entity.mentions:
            words = text[mention.start : mention.end]
            assert words and words == words.strip()


def test_a_users_gazetteer_keeps_its_iris_and_leaves_what_two_share(read, tmp_path):
    path = tmp_path / "my.ttl"
    path.write_text(
        """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix kg: <https://w3id.org/article-kg/ontology#> .
        <https://example.org/1> a kg:Prison ; skos:prefLabel "Casa Gris"@en ; skos:altLabel "Grey House" .
        <https://example.org/2> a kg:Company ; skos:prefLabel "Alpha Works" .
        <https://example.org/3> skos:prefLabel "Alpha Works" .""",
        encoding="utf-8",
    )
    _, by, said = read("Guards at the Grey House spoke of Casa Gris and of Alpha Works.", names.load(path))
    assert (
        by["Casa Gris"].iri == "https://example.org/1"
        and by["Casa Gris"].scope == "gazetteer"
        and by["Casa Gris"].type == "Prison"
    )
    assert [q for q, _ in said(by["Casa Gris"])] == ["Grey House", "Casa Gris"]
    assert by["Alpha Works"].iri is None


def test_resolving_twice_gives_the_same(annotator):
    parse = next(
        annotator.parse([Document("Police in Lima arrested Ana Ruiz and Tom Ode. She denied it; he did, too.")])
    )
    assert resolve(parse, names.load()) == resolve(parse, names.load())


@pytest.mark.parametrize(("text", "kept"), [("Ana Ruiz slept ( —", []), ("Ana Ruiz slept ( Norvik", ["Norvik"])])
def test_a_name_of_marks_alone_at_the_end_of_the_text_is_none(text, kept, annotator):
    parse = next(iter(annotator.parse([Document(text)])))
    last = len(parse.tokens)
    end = Name(parse.tokens[last - 2].start, parse.tokens[last - 1].end, last - 2, last, "ORG")
    resolved = resolve(replace(parse, names=(end,)), names.load())
    assert [e.label for e in resolved.entities if "Ruiz" not in e.label] == kept


def test_two_countries_are_a_group_of_the_two_last_named(read):
    found, by, _ = read("Peru and Chile signed a treaty. The two countries share a long border.")
    pair = next(e for e in found.entities if e.members)
    assert pair.type == "Group" and {found.by_id[m].label for m in pair.members} == {"Peru", "Chile"}


def test_a_noun_alone_means_the_one_thing_of_its_kind_just_named(read):
    _, by, said = read("Padma Lines Ltd owns a ferry. The company denied the claim.")
    assert ("company", "nominal") in said(by["Padma Lines Ltd"])
    found, by, said = read("Padma Lines Ltd and Orbit Motors Inc met. The company denied the claim.")
    assert not any("company" in q[0] for e in found.entities if e.scope == "name" for q in said(e))


@pytest.mark.parametrize(
    "text, kinds",
    [
        (
            "Many are accused of belonging to the violent Mara Nueva (MN-7) and Sector 9 gangs.",
            {"Mara Nueva": "ArmedGroup", "Sector 9": "ArmedGroup"},
        ),
        ("Inmates belong to the Los Brea and Calle 21 gangs.", {"Los Brea": "ArmedGroup", "Calle 21": "ArmedGroup"}),
        ("Lena Ode and Tom Ash met members of the gangs.", {"Lena Ode": "Person", "Tom Ash": "Person"}),
    ],
)
def test_a_plural_noun_says_the_kind_of_all_names_before_it(text, kinds, annotator):
    resolved = resolve(next(annotator.parse([Document(text)])), names.load())
    assert {e.label: e.type for e in resolved.entities if any(m.kind == "name" for m in e.mentions)} == kinds
