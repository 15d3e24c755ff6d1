"""Predications from parses made by hand: one small tree a turn of syntax."""

from hypothesis import given, settings, strategies as st

from kg.grammar.clauses import Clauses
from kg.model import Document, Parse, Predication, Sentence, Token


def parse_of(*rows: str) -> Parse:
    """One sentence from rows "text lemma POS TAG dep head" (head: 0-based index)."""
    tokens, at = [], 0
    children: list[list[int]] = [[] for _ in rows]
    for i, row in enumerate(rows):
        text, lemma, pos, tag, dep, head = row.split()
        tokens.append(Token(i, text, lemma, pos, tag, dep, int(head), at, at + len(text), 0))
        at += len(text) + 1
        if int(head) != i:
            children[int(head)].append(i)
    text = " ".join(t.text for t in tokens)
    return Parse(
        Document(text), tuple(tokens), (Sentence(0, 0, len(rows), 0, len(text)),), (), tuple(map(tuple, children))
    )


def read(parse: Parse) -> dict[str, Predication]:
    return {p.lemma: p for p in Clauses(parse).all()}


def words(parse: Parse, predication: Predication, slot: str) -> list[str]:
    return [parse.tokens[t].text for t in predication.fillers(slot)]


def test_passive_with_by() -> None:
    parse = parse_of(
        "Kovac kovac PROPN NNP nsubjpass 2",
        "was be AUX VBD auxpass 2",
        "arrested arrest VERB VBN ROOT 2",
        "by by ADP IN agent 2",
        "police police NOUN NNS pobj 3",
        ". . PUNCT . punct 2",
    )
    arrest = read(parse)["arrest"]
    assert arrest.passive
    assert words(parse, arrest, "object") == ["Kovac"]
    assert words(parse, arrest, "subject") == ["police"]


def test_control_by_subject_and_by_object() -> None:
    parse = parse_of(
        "Ortiz ortiz PROPN NNP nsubj 1",
        "wants want VERB VBZ ROOT 1",
        "to to PART TO aux 3",
        "leave leave VERB VB xcomp 1",
    )
    leave = read(parse)["leave"]
    assert words(parse, leave, "subject") == ["Ortiz"] and leave.arguments[0].shared
    parse = parse_of(
        "Ortiz ortiz PROPN NNP nsubj 1",
        "told tell VERB VBD ROOT 1",
        "Prado prado PROPN NNP dobj 1",
        "to to PART TO aux 4",
        "leave leave VERB VB xcomp 1",
    )
    assert words(parse, read(parse)["leave"], "subject") == ["Prado"]


def test_relative_clause_with_and_without_pronoun() -> None:
    parse = parse_of(
        "prison prison NOUN NN ROOT 0",
        "which which PRON WDT nsubj 2",
        "holds hold VERB VBZ relcl 0",
        "inmates inmate NOUN NNS dobj 2",
    )
    assert words(parse, read(parse)["hold"], "subject") == ["prison"]
    parse = parse_of("prison prison NOUN NN ROOT 0", "he he PRON PRP nsubj 2", "visited visit VERB VBD relcl 0")
    visit = read(parse)["visit"]
    assert words(parse, visit, "subject") == ["he"] and words(parse, visit, "object") == ["prison"]


def test_shared_object_of_coordinated_verbs() -> None:
    parse = parse_of(
        "Troops troop NOUN NNS nsubj 1",
        "detained detain VERB VBD ROOT 1",
        "and and CCONJ CC cc 1",
        "questioned question VERB VBD conj 1",
        "men man NOUN NNS dobj 3",
    )
    found = read(parse)
    assert words(parse, found["detain"], "object") == ["men"]
    assert words(parse, found["question"], "subject") == ["Troops"]


def test_coordinated_subjects_without_the_denied_one() -> None:
    parse = parse_of(
        "Ruiz ruiz PROPN NNP nsubj 5",
        "and and CCONJ CC cc 0",
        "Prado prado PROPN NNP conj 0",
        "not not PART RB neg 4",
        "Sol sol PROPN NNP conj 2",
        "met meet VERB VBD ROOT 5",
    )
    assert words(parse, read(parse)["meet"], "subject") == ["Ruiz", "Prado"]


def test_light_verb_gives_its_noun() -> None:
    parse = parse_of(
        "Kovac kovac PROPN NNP nsubj 1",
        "paid pay VERB VBD ROOT 1",
        "a a DET DT det 3",
        "visit visit NOUN NN dobj 1",
        "to to ADP IN prep 3",
        "Lima lima PROPN NNP pobj 4",
    )
    found = read(parse)
    assert "pay" not in found
    visit = found["visit"]
    assert visit.light == 1 and visit.kind == "noun"
    assert words(parse, visit, "subject") == ["Kovac"] and words(parse, visit, "to") == ["Lima"]


def test_a_verb_that_is_no_light_verb_here_stays() -> None:
    parse = parse_of(
        "Kovac kovac PROPN NNP nsubj 1", "paid pay VERB VBD ROOT 1", "a a DET DT det 3", "waiter waiter NOUN NN dobj 1"
    )
    assert "pay" in read(parse)


def test_nominalisation() -> None:
    parse = parse_of(
        "The the DET DT det 1",
        "arrest arrest NOUN NN ROOT 1",
        "of of ADP IN prep 1",
        "Ruiz ruiz PROPN NNP pobj 2",
        "by by ADP IN prep 3",
        "soldiers soldier NOUN NNS pobj 4",
    )
    arrest = read(parse)["arrest"]
    assert words(parse, arrest, "of") == ["Ruiz"] and words(parse, arrest, "by") == ["soldiers"]


def test_headline_participle_is_passive_but_not_in_a_full_sentence() -> None:
    rows = [
        "Miners miner NOUN NNS nsubj 1",
        "freed free VERB VBD ROOT 1",
        "after after ADP IN prep 1",
        "week week NOUN NN pobj 2",
    ]
    parse = parse_of(*rows)
    assert words(parse, read(parse)["free"], "object") == ["Miners"]
    parse = parse_of(*rows, ". . PUNCT . punct 1")
    assert words(parse, read(parse)["free"], "subject") == ["Miners"]


def test_negation_and_its_scope() -> None:
    parse = parse_of(
        "Ruiz ruiz PROPN NNP nsubj 3",
        "did do AUX VBD aux 3",
        "not not PART RB neg 3",
        "leave leave VERB VB ROOT 3",
        "after after ADP IN prep 3",
        "meeting meet VERB VBG pcomp 4",
        "Prado prado PROPN NNP dobj 5",
    )
    found = read(parse)
    assert found["leave"].negated and not found["meet"].negated
    assert words(parse, found["meet"], "subject") == ["Ruiz"]


def test_predicate_adjective_under_a_passive() -> None:
    parse = parse_of(
        "Miners miner NOUN NNS nsubjpass 2",
        "were be AUX VBD auxpass 2",
        "found find VERB VBN ROOT 2",
        "dead dead ADJ JJ oprd 2",
    )
    dead = read(parse)["dead"]
    assert dead.kind == "adjective" and words(parse, dead, "subject") == ["Miners"]


def test_reduced_relative_and_gerund_under_a_preposition() -> None:
    parse = parse_of(
        "people people NOUN NNS nsubjpass 3",
        "arrested arrest VERB VBN acl 0",
        "were be AUX VBD auxpass 3",
        "accused accuse VERB VBN ROOT 3",
        "of of ADP IN prep 3",
        "stealing steal VERB VBG pcomp 4",
        "cars car NOUN NNS dobj 5",
    )
    found = read(parse)
    assert words(parse, found["arrest"], "object") == ["people"]
    assert words(parse, found["steal"], "subject") == ["people"]
    assert [parse.tokens[t].text for t in found["accuse"].fillers("of")] == ["stealing"]


def test_double_object_passive() -> None:
    parse = parse_of(
        "She she PRON PRP nsubjpass 2",
        "was be AUX VBD auxpass 2",
        "awarded award VERB VBN ROOT 2",
        "a a DET DT det 4",
        "prize prize NOUN NN dobj 2",
    )
    award = read(parse)["award"]
    assert words(parse, award, "indirect") == ["She"] and words(parse, award, "object") == ["prize"]


def test_who_finds_somebody_dead_did_not_kill() -> None:
    def by(verb: str) -> list[str]:
        parse = parse_of(
            "Adler adler PROPN NNP nsubjpass 2",
            "was be AUX VBD auxpass 2",
            verb,
            "dead dead ADJ JJ oprd 2",
            "by by ADP IN agent 2",
            "guards guard NOUN NNS pobj 4",
        )
        return words(parse, read(parse)["dead"], "by")

    assert by("shot shoot VERB VBN ROOT 2") == ["guards"]
    assert by("found find VERB VBN ROOT 2") == []


def test_a_result_of_a_passive_is_not_its_victim_s_doing() -> None:
    parse = parse_of(
        "Bergen bergen PROPN NNP nsubjpass 2",
        "was be AUX VBD auxpass 2",
        "hit hit VERB VBN ROOT 2",
        "by by ADP IN agent 2",
        "storm storm NOUN NN pobj 3",
        ", , PUNCT , punct 2",
        "killing kill VERB VBG advcl 2",
        "sailors sailor NOUN NNS dobj 6",
    )
    assert words(parse, read(parse)["kill"], "subject") == ["storm"]


def test_not_only_denies_nothing() -> None:
    parse = parse_of(
        "Ruiz ruiz PROPN NNP nsubj 3",
        "not not PART RB neg 3",
        "only only ADV RB advmod 3",
        "left leave VERB VBD ROOT 3",
        "Lima lima PROPN NNP dobj 3",
    )
    assert not read(parse)["leave"].negated


WORDS = [
    "kill",
    "visit",
    "arrest",
    "be",
    "say",
    "attack",
    "prison",
    "who",
    "that",
    "where",
    "and",
    "by",
    "of",
    "in",
    "not",
    "no",
    "dead",
    "hold",
    "talk",
    "take",
    "part",
]
SHAPES = st.lists(
    st.tuples(
        st.sampled_from(WORDS),
        st.sampled_from(["VERB", "NOUN", "PROPN", "AUX", "ADP", "ADJ", "PRON", "NUM", "DET"]),
        st.sampled_from(["VBD", "VBN", "VBG", "VB", "NN", "NNS", "NNP", "WDT", "IN", "JJ", "WRB", "TO", "CD"]),
        st.sampled_from(
            [
                "nsubj",
                "nsubjpass",
                "dobj",
                "pobj",
                "prep",
                "agent",
                "relcl",
                "acl",
                "advcl",
                "conj",
                "xcomp",
                "ccomp",
                "pcomp",
                "oprd",
                "acomp",
                "amod",
                "compound",
                "neg",
                "auxpass",
                "dative",
                "appos",
                "poss",
                "prt",
                "advmod",
                "mark",
                "dep",
            ]
        ),
        st.integers(0, 13),
    ),
    min_size=1,
    max_size=14,
)


@settings(max_examples=150, deadline=None)
@given(SHAPES)
def test_no_tree_however_odd_breaks_the_grammar(shapes: list[tuple[str, str, str, str, int]]) -> None:
    """Heads point anywhere before a word (so the tree has no cycle); each argument is a token, and twice is the
    same.
    """
    rows = [
        f"{word} {word} {pos} {tag} {dep if i else 'ROOT'} {head % i if i else 0}"
        for i, (word, pos, tag, dep, head) in enumerate(shapes)
    ]
    parse = parse_of(*rows)
    found = Clauses(parse).all()
    assert found == Clauses(parse).all()
    assert [p.token for p in found] == sorted(p.token for p in found)
    assert all(0 <= a.token < len(rows) for p in found for a in p.arguments)
