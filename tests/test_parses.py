"""The notation of parses by hand says what it seems to say."""

from __future__ import annotations


def test_a_sentence(parse):
    got = parse(
        "Police/NNS/nsubj/arrested arrested=arrest/VBD Ana/NNP/compound/Ruiz Ruiz/NNP/dobj/arrested ./.",
        {"Ana Ruiz": "PERSON"},
    )
    assert got.text == "Police arrested Ana Ruiz."
    assert [t.head for t in got.tokens] == [1, 1, 3, 1, 1]
    assert [t.lemma for t in got.tokens] == ["police", "arrest", "ana", "ruiz", "."]
    assert got.children[1] == (0, 3, 4)
    assert [(n.first, n.last, n.label, got.text[n.start : n.end]) for n in got.names] == [(2, 4, "PERSON", "Ana Ruiz")]


def test_sentences_heads_and_joins(parse):
    got = parse("""“/``/punct/leave We/PRP/nsubj/leave leave/VBP/ccomp/said ,/, ”/'' she/PRP/nsubj/said said=say/VBD ./.
                   He/PRP/nsubj/said said=say/VBD he/PRP/nsubj/left left=leave/VBD/ccomp/said ./.""")
    assert got.text == "“We leave,” she said.\nHe said he left."
    assert [(s.first, s.last) for s in got.sentences] == [(0, 8), (8, 13)]
    assert got.tokens[11].head == 9 and got.tokens[11].sentence == 1
    assert all(got.text[t.start : t.end] == t.text for t in got.tokens)


def test_hand_and_model_have_one_shape(parse, annotator):
    from kg.model import Document

    by_model = next(annotator.parse([Document("Police arrested Ana Ruiz in Lima.")]))
    by_hand = parse(
        """Police/NNS/nsubj/arrested arrested=arrest/VBD Ana/NNP/compound/Ruiz Ruiz/NNP/dobj/arrested in/IN/prep/arrested
                       Lima/NNP/pobj/in ./.""".replace("\n", " "),
        {"Ana Ruiz": "PERSON", "Lima": "GPE"},
    )
    assert by_hand.text == by_model.text
    for name in ("i", "text", "lemma", "tag", "dep", "head", "start", "end", "sentence"):
        assert [getattr(t, name) for t in by_hand.tokens] == [getattr(t, name) for t in by_model.tokens], name
    assert by_hand.children == by_model.children and by_hand.names == by_model.names
