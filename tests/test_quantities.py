"""Quantities from parses by hand."""

import pytest

from kg.extractor.values import numbers
from kg.extractor.values.quantities import find_quantities
from kg.model import Entity, Mention, Quantity, Resolved
from tests.helpers.parses import by_hand

NOBODY = Resolved.of(())


def one(notation: str, resolved: Resolved = NOBODY, **options: object) -> Quantity:
    found = find_quantities(by_hand(notation, **options), resolved)  # type: ignore[arg-type]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("91,000", 91000),
        ("1.5 million", 1500000),
        ("twenty-five", 25),
        ("two dozen", 24),
        ("a dozen", 12),
        ("three hundred and five", 305),
        ("115m", 115000000),
        ("two thousand", 2000),
        ("half a million", 500000),
        ("sixty five", 65),
        ("1.25", 1.25),
    ],
)
def test_numbers(words: str, value: float) -> None:
    split = words.split()
    assert numbers.read(split, 0) == (len(split), value)


@pytest.mark.parametrize("words", ["the", "1,50", "12-year-old", "3rd"])
def test_no_numbers(words: str) -> None:
    assert numbers.read(words.split(), 0) is None


def test_what_is_counted_and_how_exactly() -> None:
    found = one(
        "It/PRP/nsubj/holds holds=hold/VBZ about/RB/advmod/3,000 3,000/CD/nummod/inmates inmates=inmate/NNS/dobj/holds"
    )
    assert (found.value, found.modifier, found.of, found.unit) == (3000, "about", "inmates", None)


def test_people_that_something_was_done_to() -> None:
    found = one(
        "Nearly/RB/advmod/40,000 40,000/CD/nummod/people people/NNS/nsubjpass/detained were/VBD/auxpass/detained "
        "detained=detain/VBN"
    )
    assert (found.value, found.modifier, found.of) == (40000, "nearly", "people detained")


def test_money_with_its_sign_and_purpose() -> None:
    found = one(
        "An/DT/det/investment investment/NN of/IN/prep/investment $/$/quantmod/million 115/CD/compound/million "
        "million/CD/pobj/of"
    )
    assert (found.value, found.unit, found.of) == (115000000, "USD", "investment")


@pytest.mark.parametrize(
    ("notation", "value", "unit"),
    [
        (
            "He/PRP/nsubj/paid paid=pay/VBD 3/CD/compound/million million/CD/nummod/dollars Canadian/JJ/amod/dollars "
            "dollars=dollar/NNS/dobj/paid",
            3000000,
            "CAD",
        ),
        ("It/PRP/nsubj/rose rose=rise/VBD 4.2/CD/nummod/percent percent/NN/npadvmod/rose", 4.2, "percent"),
        (
            "It/PRP/nsubj/rose rose=rise/VBD 10/CD/nummod/points percentage/NN/compound/points "
            "points=point/NNS/npadvmod/rose",
            10,
            "percentage point",
        ),
        (
            "It/PRP/nsubj/covers covers=cover/VBZ 40/CD/nummod/kilometres square/JJ/amod/kilometres "
            "kilometres/NNS/dobj/covers",
            40,
            "square kilometre",
        ),
        ("The/DT/det/road 300-kilometre/JJ/amod/road road/NN", 300, "kilometre"),
        ("It/PRP/nsubj/cost cost/VBD €/SYM/nmod/5 5/CD/dobj/cost", 5, "EUR"),
    ],
)
def test_units(notation: str, value: float, unit: str) -> None:
    found = one(notation)
    assert (found.value, found.unit) == (value, unit)


def test_ranges() -> None:
    found = one(
        "Between/IN/quantmod/700 500/CD/quantmod/700 and/CC/cc/700 700/CD/nummod/men men=man/NNS/nsubj/came "
        "came=come/VBD"
    )
    assert (found.value, found.min, found.max, found.of) == (None, 500, 700, "men")


def test_where_a_distance_is_from() -> None:
    notation = (
        "It/PRP/nsubj/lies lies=lie/VBZ 75/CD/nummod/kilometers kilometers=kilometer/NNS/npadvmod/north "
        "north/RB/advmod/lies "
        "of/IN/prep/north Lima/NNP/pobj/of"
    )
    lima = Resolved.of((Entity("e1", "Settlement", "Lima", (Mention(30, 34, "name", 6),)),))
    found = one(notation, lima)
    assert (found.value, found.unit, found.from_, found.of) == (75, "kilometre", "e1", "distance")


@pytest.mark.parametrize(
    "notation",
    [
        "Article/NNP/nsubj/applies 5/CD/nummod/Article applies=apply/VBZ",
        "They/PRP/nsubj/won won=win/VBD 3/CD/dobj/won -/SYM/punct/3 1/CD/prep/3",
        "Ana/NNP/nsubj/left ,/, 45/CD/appos/Ana ,/, left=leave/VBD",
        "One/CD/nsubj/left of/IN/prep/One them/PRP/pobj/of left=leave/VBD",
        "It/PRP/nsubj/opened opened=open/VBD in/IN/prep/opened 2019/CD/pobj/in",
    ],
)
def test_labels_scores_ages_and_years_are_no_quantities(notation: str) -> None:
    assert find_quantities(by_hand(notation), NOBODY) == ()


def test_a_number_in_a_name_is_none() -> None:
    notation = "Sector/NNP/nmod/9 9/CD/nsubj/grew grew=grow/VBD"
    resolved = Resolved.of((Entity("e1", "ArmedGroup", "Sector 9", (Mention(0, 8, "name", 1),)),))
    assert find_quantities(by_hand(notation), resolved) == ()


def test_hyphens_that_count() -> None:
    found = one("A/DT/det/hospital 60-bed/JJ/amod/hospital hospital/NN")
    assert (found.value, found.of, found.unit) == (60, "beds", None)
    found = one("A/DT/det/quake magnitude-6.8/JJ/amod/quake quake/NN")
    assert (found.value, found.unit) == (6.8, "magnitude")
    assert find_quantities(by_hand("A/DT/det/tie 4-way/JJ/amod/tie tie/NN"), NOBODY) == ()


def test_a_total_that_is_put_at() -> None:
    found = one(
        "They/PRP/nsubj/put put/VBD the/DT/det/number number/NN/dobj/put of/IN/prep/number marchers/NNS/pobj/of "
        "at/IN/prep/put 60/CD/pobj/at"
    )
    assert (found.value, found.of) == (60, "marchers")


def test_a_change_in_percent_is_of_its_subject() -> None:
    found = one("Profits=profit/NNS/nsubj/fell fell=fall/VBD 21/CD/nummod/percent percent/NN/npadvmod/fell")
    assert (found.value, found.unit, found.of) == (21, "percent", "Profits")
