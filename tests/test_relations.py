"""Relations: every rule's example and near miss through the whole line, and the grammar of posts on parses by hand."""
from __future__ import annotations

import pytest

from kg import names, resolver, vocabulary
from kg.extractor.attribution import find_attributions
from kg.extractor.grammar import predications
from kg.extractor.lexicon import lexicon
from kg.extractor.quantities import find_quantities
from kg.extractor.relations import find_relations
from kg.extractor.times import find_times
from kg.errors import InputError
from kg.model import Claim, Document, Entity, Mention, Parse, Quantity, Resolved, Value
from tests.parses import by_hand

VOCABULARY = vocabulary.load()
RULES = [(stem, entry) for stem, content in VOCABULARY.relations.items() for kind in ("office", "noun", "verb", "literal")
         for entry in (content.get(kind) if isinstance(content.get(kind), list) else ())]


def relations(parse: Parse, resolved: Resolved) -> tuple[dict[str, Entity], tuple[Claim, ...]]:
    said, times = predications(parse), find_times(parse)
    posts, claims = find_relations(parse, said, resolved, find_attributions(parse, said, resolved), times,
                                   find_quantities(parse, resolved, times), (), VOCABULARY)
    return {e.id: e for e in (*resolved.entities, *posts)}, claims


def tell(entities: dict[str, Entity], claim: Claim) -> str:
    """ "Ana Ruiz | headOf | Green Party". """
    def words(filler: object) -> str:
        if isinstance(filler, str):
            return entities[filler].label
        if isinstance(filler, Value):
            return filler.value
        assert isinstance(filler, Quantity)
        return " ".join(str(part) for part in (filler.modifier, filler.value, filler.unit or filler.of) if part is not None)
    return f"{words(claim.subject)} | {claim.predicate} | {words(claim.object)}"


@pytest.fixture(scope="module")
def gazetteer() -> names.Gazetteer:
    return names.load()


@pytest.mark.parametrize(("stem", "entry"), RULES, ids=[f"{stem}:{entry['name']}" for stem, entry in RULES])
def test_every_rule_gives_its_example_and_not_its_near_miss(stem: str, entry: dict, annotator, gazetteer) -> None:
    example, near = (next(annotator.parse([Document(entry[key]["text"], date="2026-03-02")])) for key in ("example", "near"))
    entities, claims = relations(example, resolver.resolve(example, gazetteer))
    told = [tell(entities, c) for c in claims]
    for claim in entry["example"]["claims"]:
        assert claim in told, told
    assert any(e.rule == entry["name"] for c in claims for e in c.evidence)
    for claim in claims:
        for evidence in claim.evidence:
            assert 0 <= evidence.start < evidence.end <= len(example.text)
    entities, claims = relations(near, resolver.resolve(near, gazetteer))
    assert not [tell(entities, c) for c in claims if any(e.rule == entry["name"] for e in c.evidence)]


def test_every_rule_has_an_example_and_a_near_miss() -> None:
    assert len(RULES) > 60
    for _, entry in RULES:
        assert entry["example"]["claims"] and entry["near"]["text"], entry["name"]


def test_names_of_rules_are_unique() -> None:
    names_of = [entry["name"] for _, entry in RULES]
    assert len(names_of) == len(set(names_of))


# ------------------------------------------------------------------ by hand

def scene(notation: str, *entities: tuple[str, str, str], nominals: tuple[str, ...] = ()) -> dict[str, Claim]:
    """Claims of a parse by hand; entities as (type, label, words), the last word of each the head."""
    parse = by_hand(notation, date="2026-03-02")
    found = []
    for n, (kind, label, words) in enumerate(entities, 1):
        mentions, at = [], parse.text.find(words)
        while at >= 0:
            head = next(t.i for t in parse.tokens if t.end == at + len(words))
            mentions.append(Mention(at, at + len(words), "nominal" if words in nominals else "name", head))
            at = parse.text.find(words, at + 1)
        found.append(Entity(f"e{n}", kind, label, tuple(mentions)))
    by_id, claims = relations(parse, Resolved.of(tuple(found)))
    return {tell(by_id, c): c for c in claims}


PERU, ANA = ("Country", "Peru", "Peruvian"), ("Person", "Ana Ruiz", "Ana Ruiz")


def titled(title: str, before: str = "") -> dict[str, Claim]:
    return scene(f"{before} Peruvian/JJ/amod/Ruiz {title}/NN/compound/Ruiz Ana/NNP/compound/Ruiz Ruiz/NNP/nsubj/left left=leave/VBD ./.", PERU, ANA)


def test_a_title_gives_post_and_country() -> None:
    told = titled("president")
    assert {"Ana Ruiz | headOfStateOf | Peru", "Ana Ruiz | holdsOffice | President of Peru", "President of Peru | officeOf | Peru",
            "Ana Ruiz | citizenOf | Peru"} <= set(told)
    assert told["Ana Ruiz | headOfStateOf | Peru"].validity == "current"


@pytest.mark.parametrize(("title", "before", "validity"), [
    ("president-elect", "", "future"), ("president", "Former/JJ/amod/Ruiz", "former"), ("president", "Acting/JJ/amod/Ruiz", "current"),
    ("president", "Future/JJ/amod/Ruiz", "future"), ("president", "Outgoing/JJ/amod/Ruiz", "current"), ("ex-president", "", "former"),
])
def test_validity_by_modifier(title: str, before: str, validity: str) -> None:
    assert titled(title, before)["Ana Ruiz | headOfStateOf | Peru"].validity == validity


def test_a_deputy_is_not_the_head() -> None:
    told = titled("president", "Vice/NN/compound/president")
    assert "Ana Ruiz | officialOf | Peru" not in told or "Ana Ruiz | headOfStateOf | Peru" not in told
    assert "Ana Ruiz | headOfStateOf | Peru" not in told


def test_a_denied_membership_is_negated() -> None:
    told = scene("Dahl/NNP/nsubj/is is=be/VBZ not/RB/neg/is a/DT/det/member member/NN/attr/is of/IN/prep/member Nordbank/NNP/pobj/of ./.",
                 ("Person", "Dahl", "Dahl"), ("Organization", "Nordbank", "Nordbank"))
    assert told["Dahl | memberOf | Nordbank"].standing.status == "negated"


def test_an_alleged_member_is_alleged() -> None:
    told = scene("Alleged/JJ/amod/member Nordbank/NNP/compound/member member/NN/compound/Dahl Dahl/NNP/nsubj/left left=leave/VBD ./.",
                 ("Person", "Dahl", "Dahl"), ("Organization", "Nordbank", "Nordbank"))
    assert told["Dahl | memberOf | Nordbank"].standing.status == "alleged"


def test_accused_of_belonging_is_alleged() -> None:
    told = scene("Dahl/NNP/nsubjpass/accused is=be/VBZ/auxpass/accused accused=accuse/VBN of/IN/prep/accused belonging=belong/VBG/pcomp/of "
                 "to/IN/prep/belonging Nordbank/NNP/pobj/to ./.",
                 ("Person", "Dahl", "Dahl"), ("Organization", "Nordbank", "Nordbank"))
    assert told["Dahl | memberOf | Nordbank"].standing.status == "alleged"


def test_a_former_post_is_not_current_elsewhere() -> None:
    told = scene("Former/JJ/amod/Ruiz Peruvian/JJ/amod/Ruiz president/NN/compound/Ruiz Ana/NNP/compound/Ruiz Ruiz/NNP/nsubj/left left=leave/VBD ./.\n"
                 "Peruvian/JJ/amod/Ruiz president/NN/compound/Ruiz Ana/NNP/compound/Ruiz Ruiz/NNP/nsubj/sang sang=sing/VBD ./.", PERU, ANA)
    assert told["Ana Ruiz | headOfStateOf | Peru"].validity == "former"


def test_said_twice_is_one_claim_with_two_evidences() -> None:
    line = "Peruvian/JJ/amod/Ruiz president/NN/compound/Ruiz Ana/NNP/compound/Ruiz Ruiz/NNP/nsubj/left left=leave/VBD ./."
    told = scene(f"{line}\n{line}", PERU, ANA)
    assert len(told["Ana Ruiz | headOfStateOf | Peru"].evidence) == 2


def test_the_type_gate_holds() -> None:
    told = scene("Dahl/NNP/nsubj/belongs belongs=belong/VBZ to/IN/prep/belongs Lima/NNP/pobj/to ./.",
                 ("Person", "Dahl", "Dahl"), ("Settlement", "Lima", "Lima"))
    assert told == {}


def test_a_place_and_the_larger_place_after_a_comma() -> None:
    told = scene("He/PRP/nsubj/left left=leave/VBD Trujillo/NNP/dobj/left ,/, Peru/NNP/appos/Trujillo ./.",
                 ("Settlement", "Trujillo", "Trujillo"), ("Country", "Peru", "Peru"))
    assert list(told) == ["Trujillo | locatedIn | Peru"]


def test_a_list_of_places_is_no_containment() -> None:
    told = scene("He/PRP/nsubj/left left=leave/VBD Trujillo/NNP/dobj/left ,/, Peru/NNP/conj/Trujillo and/CC/cc/Peru Chile/NNP/conj/Peru ./.",
                 ("Settlement", "Trujillo", "Trujillo"), ("Country", "Peru", "Peru"), ("Country", "Chile", "Chile"))
    assert told == {}


def test_a_rule_of_an_unknown_property_is_refused() -> None:
    from dataclasses import replace

    broken = replace(VOCABULARY, relations={"mine": {"noun": [{"name": "x", "nouns": ["x"], "predicate": "likes"}]}})
    with pytest.raises(InputError, match="likes"):
        lexicon(broken)
