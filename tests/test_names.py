"""The shipped names: tables that hold together, lookups that find."""

from __future__ import annotations

import re

import pytest

from kg import names
from kg.errors import GraphError
from kg.vocabulary import data_folder, load as load_vocabulary


def test_countries_by_name_adjective_people_and_history():
    g = names.load()
    assert g.land("El Salvador") == g.nation("Salvadoran") == g.people["salvadorans"] == "country:SV"
    assert g.land("Burma") == g.land("Myanmar") == "country:MM" and g.land("Türkiye") == "country:TR"
    assert g.people["danes"] == "country:DK" and g.people["spaniard"] == "country:ES"
    assert g.nation("French") == "country:FR" and g.nation("Dominican") == "country:DO"


def test_every_country_has_its_code_link_and_capital():
    countries = [land for land in names.load().lands.values() if land.type == "Country" and len(land.code) == 2]
    assert len(countries) >= 195
    for land in countries:
        assert re.fullmatch(r"Q[1-9]\d*", land.wikidata) and land.capital, land.name
    links = [land.wikidata for land in names.load().lands.values() if land.wikidata]
    assert len(links) == len(set(links))


def test_kinds_are_classes_of_the_ontology():
    g, vocabulary = names.load(), load_vocabulary()
    kinds = (
        set(g.nouns.values())
        | {k.type for k in g.known.values()}
        | {a.type for a in g.areas.values()}
        | {x.type for x in g.lands.values()}
    )
    assert kinds <= set(vocabulary.types)


def test_settlements_are_found_by_halves_and_missing_ones_are_not():
    cities = names.load().cities
    assert cities.find("san salvador")[0].country == "SV"
    assert cities.find("kiev") == cities.find("kyiv") or cities.find("kiev")[0].id == cities.find("kyiv")[0].id
    assert cities.find("no such town") == () and cities.find("") == () and cities.find("zzzz") == ()
    lines = (data_folder("ontology") / "names" / "cities.tsv").read_bytes().splitlines()
    assert lines == sorted(lines)
    for line in (lines[0], lines[-1], lines[len(lines) // 2]):
        key, _, _, _, number, *_ = line.decode().split("\t")
        assert int(number) in {c.id for c in cities.find(key)}


def test_a_label_that_is_an_iri_is_no_name(tmp_path):
    own = tmp_path / "own.ttl"
    own.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix e: <https://example.org/> .\n"
        'e:a skos:prefLabel e:elsewhere , "Ostby Works"@en-GB ; skos:altLabel "Ostbyverket"@nb , e:other .'
    )
    assert set(names.read_own(own)) == {"ostby works"}


def test_a_gazetteer_without_labels_is_refused(tmp_path):
    path = tmp_path / "empty.ttl"
    path.write_text("<https://example.org/1> a <https://example.org/Thing> .")
    with pytest.raises(GraphError, match="prefLabel"):
        names.load(path)


def test_a_noun_stands_under_one_kind():
    import tomllib

    kinds = tomllib.loads((data_folder("ontology") / "names" / "nouns.toml").read_text(encoding="utf-8"))["nouns"]
    words = [word for text in kinds.values() for word in text.split()]
    assert len(words) == len(set(words))
