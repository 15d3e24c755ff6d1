"""Chains of places, people of groups, and whom coordinated nouns stand for: through the whole line, on prose of our
own.
"""

from __future__ import annotations

import pytest

from kg import names, resolver
from kg.model import Claim, Document
from tests.test_relations import relations, scene, tell


@pytest.fixture(scope="module")
def told(annotator):
    gazetteer = names.load()

    def read(text: str) -> dict[str, Claim]:
        parse = next(annotator.parse([Document(text, date="2026-03-02")]))
        entities, claims = relations(parse, resolver.resolve(parse, gazetteer))
        return {tell(entities, c): c for c in claims}

    return read


# ------------------------------------------------------------------ places


def test_a_chain_of_places_says_each_pair() -> None:
    told = scene(
        "He/PRP/nsubj/left left=leave/VBD Bergen/NNP/dobj/left ,/, Vestland/NNP/appos/Bergen ,/, "
        "Norway/NNP/appos/Vestland ./.",
        ("Settlement", "Bergen", "Bergen"),
        ("Region", "Vestland", "Vestland"),
        ("Country", "Norway", "Norway"),
    )
    assert set(told) == {
        "Bergen | locatedIn | Vestland",
        "Bergen | locatedIn | Norway",
        "Vestland | locatedIn | Norway",
    }


def test_the_words_decide_where_the_parser_hangs_a_place_elsewhere(told) -> None:
    assert "Missoula | locatedIn | Montana" in told(
        "Crews were at the site four miles north of Missoula in western Montana."
    )


def test_a_state_after_its_town_may_be_followed_by_and(told) -> None:
    assert "Nashville | locatedIn | Tennessee" in told("He moved to Nashville, Tenn. and sang.")


def test_a_larger_place_in_brackets() -> None:
    told = scene(
        "He/PRP/nsubj/left left=leave/VBD Solna/NNP/dobj/left (/-LRB- Sweden/NNP/appos/Solna )/-RRB- ./.",
        ("Settlement", "Solna", "Solna"),
        ("Country", "Sweden", "Sweden"),
    )
    assert list(told) == ["Solna | locatedIn | Sweden"]


def test_a_place_that_owns_the_next_word_holds_nothing() -> None:
    told = scene(
        "Born/VBN/advcl/won in/IN/prep/Born Solna/NNP/pobj/in ,/, Sweden/NNP/poss/team 's/POS/case/Sweden "
        "team/NN/nsubj/won won=win/VBD ./.",
        ("Settlement", "Solna", "Solna"),
        ("Country", "Sweden", "Sweden"),
    )
    assert "Solna | locatedIn | Sweden" not in told


def test_a_body_before_a_chain_has_its_seat_there() -> None:
    line = (
        "He/PRP/nsubj/left left=leave/VBD Nordbank/NNP/dobj/left ,/, Solna/NNP/appos/Nordbank ,/, "
        "Sweden/NNP/appos/Solna ./."
    )
    bank, town, land = (
        ("Company", "Nordbank", "Nordbank"),
        ("Settlement", "Solna", "Solna"),
        ("Country", "Sweden", "Sweden"),
    )
    assert {"Nordbank | basedIn | Solna", "Nordbank | basedIn | Sweden"} <= set(scene(line, bank, town, land))
    assert scene(line.replace(",/, Sweden/NNP/appos/Solna ", ""), bank, town) == {}


def test_several_states_of_one_country(told) -> None:
    found = told("Snow fell on the Mexican states of Chihuahua and Sonora.")
    assert {"Chihuahua | locatedIn | Mexico", "Sonora | locatedIn | Mexico"} <= set(found)


# ------------------------------------------------------------------ people of groups

PILOTS = ("Group", "pilots", "pilots")
TWO = ("Person", "Ana Ruiz", "Ana Ruiz"), ("Person", "Karl Dahl", "Karl Dahl")


def test_the_names_of_a_group_belong_to_it() -> None:
    told = scene(
        "The/DT/det/pilots two/CD/nummod/pilots pilots/NNS/nsubj/sang ,/, Ana/NNP/compound/Ruiz "
        "Ruiz/NNP/appos/pilots and/CC/cc/Ruiz "
        "Karl/NNP/compound/Dahl Dahl/NNP/conj/Ruiz ,/, sang=sing/VBD ./.",
        PILOTS,
        *TWO,
        nominals=("pilots",),
    )
    assert {"Ana Ruiz | memberOf | pilots", "Karl Dahl | memberOf | pilots"} <= set(told)


def test_a_plural_title_makes_no_group() -> None:
    told = scene(
        "The/DT/det/pilots pilots/NNS/nsubj/sang Ana/NNP/compound/Ruiz Ruiz/NNP/appos/pilots and/CC/cc/Ruiz "
        "Karl/NNP/compound/Dahl Dahl/NNP/conj/Ruiz sang=sing/VBD ./.",
        PILOTS,
        *TWO,
        nominals=("pilots",),
    )
    assert told == {}


def test_among_them_is_as_firm_as_the_clause(told) -> None:
    claim = told("Thirty people, among them four nurses, fell ill, doctors said.")[
        "four nurses | memberOf | Thirty people"
    ]
    assert claim.standing.status == "reported"
    claim = told("Thirty people, among them four nurses, fell ill.")["four nurses | memberOf | Thirty people"]
    assert claim.standing.status == "asserted"


def test_including(told) -> None:
    assert "two infants | memberOf | nine migrants" in told(
        "The deaths of nine migrants, including two infants, shook the island."
    )
    assert not any("memberOf" in claim for claim in told("Nine migrants drowned near two infants."))


# ------------------------------------------------------------------ several who share a verb or a noun


def test_the_names_behind_a_plural_do_what_its_verb_says(told) -> None:
    found = told("Autobau AG was founded in 1990 by the engineers Lena Voss and Karl Dahl.")
    assert {"Lena Voss | founderOf | Autobau AG", "Karl Dahl | founderOf | Autobau AG"} <= set(found)
    assert not any(claim.startswith("engineers |") for claim in found)


def test_whoever_is_under_with_founds_it_too_if_a_person(told) -> None:
    found = told("Lena Voss founded Autobau AG with Karl Dahl.")
    assert {"Lena Voss | founderOf | Autobau AG", "Karl Dahl | founderOf | Autobau AG"} <= set(found)
    assert "Karl Dahl | employedBy | Autobau AG" not in told("Autobau AG employed Lena Voss with Karl Dahl.")


def test_a_second_noun_of_the_complement_has_the_same_holder() -> None:
    told = scene(
        "Ana/NNP/compound/Ruiz Ruiz/NNP/nsubj/is is=be/VBZ a/DT/det/surgeon surgeon/NN/attr/is and/CC/cc/surgeon "
        "director/NN/conj/surgeon of/IN/prep/director Nordbank/NNP/pobj/of ./.",
        ("Person", "Ana Ruiz", "Ana Ruiz"),
        ("Company", "Nordbank", "Nordbank"),
        ("Person", "surgeon", "surgeon"),
        ("Person", "director", "director"),
        nominals=("surgeon", "director"),
    )
    assert "Ana Ruiz | headOf | Nordbank" in told


def test_a_name_joined_by_and_is_not_the_holder() -> None:
    told = scene(
        "Ana/NNP/compound/Ruiz Ruiz/NNP/nsubj/left and/CC/cc/Ruiz the/DT/det/director director/NN/conj/Ruiz "
        "of/IN/prep/director "
        "Nordbank/NNP/pobj/of left=leave/VBD ./.",
        ("Person", "Ana Ruiz", "Ana Ruiz"),
        ("Company", "Nordbank", "Nordbank"),
        ("Person", "director", "director"),
        nominals=("director",),
    )
    assert "Ana Ruiz | headOf | Nordbank" not in told


def test_a_body_of_a_body(told) -> None:
    found = told("Uppsala University's Nordic Heart Institute published the list.")
    assert "Nordic Heart Institute | partOf | Uppsala University" in found
    assert not any(
        "partOf" in claim for claim in told("Uppsala University and the Nordic Heart Institute published the list.")
    )


def test_born_in_a_bare_participle(told) -> None:
    assert "Lena Voss | bornIn | Bergen" in told("Born poor in Bergen, Lena Voss became a surgeon.")


def test_a_judge_of_a_country_and_a_hospital_as_employer(told) -> None:
    assert "Lena Voss | officialOf | Norway" in told("Norwegian judge Lena Voss froze the accounts.")
    assert "Lena Voss | employedBy | Mercy Hospital" in told("Surgeon Lena Voss of Mercy Hospital disagreed.")
