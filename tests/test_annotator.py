"""Lines are parsed by themselves, hyphens and quotes as news writes them, in any company the same."""

import os
import subprocess
import sys

import pytest

from kg.annotator import load
from kg.annotator.words import plainly
from kg.errors import ModelError
from kg.model import Document


def test_a_line_is_a_sentence_of_its_own(annotator):
    text = "LIMA, Peru —\nAna Ruiz, the president-elect, won.\nVoters “cheered”.\n\nBy Dan Ode"
    parse = next(annotator.parse([Document(text)]))
    assert [text[s.start : s.end] for s in parse.sentences] == [
        "LIMA, Peru —",
        "Ana Ruiz, the president-elect, won.",
        "Voters “cheered”.",
        "By Dan Ode",
    ]
    assert "president-elect" in [t.text for t in parse.tokens]
    assert all(text[t.start : t.end] == t.text for t in parse.tokens)


def test_the_same_text_gives_the_same_parse_in_any_company(annotator):
    texts = ["Guards left.", "Ana Ruiz met Tom Ode in Oslo on Friday.\nThey agreed.", "x " * 300]
    alone = [next(annotator.parse([Document(t)])) for t in texts]
    assert list(annotator.parse([Document(t) for t in texts])) == alone
    assert list(annotator.parse([Document(t) for t in reversed(texts)])) == alone[::-1]
    assert annotator.parse_together([Document(t) for t in texts]) == alone


def test_an_unknown_model_is_one_line_with_a_remedy():
    with pytest.raises(ModelError, match="pip install"):
        load("no_such_pipeline")


ODD = (
    "Ana Ruiz said she's gonna visit Lima; there were some who'd gotta go.\nLet's go!\nBy Dan Ode\n"
    "It ain't so, but Ana's is the one that the mayors' aides have had.\nNo.\n"
    "The towns were flooded, and Tom Ode, who ran Oslo, did not do that; doing so is better done.  Y'all come on."
)


def test_words_looked_up_once_are_those_of_the_whole_pipeline(annotator):
    """Rules about two words ("gonna", "let's", "there were") among them."""
    assert annotator._words is not plainly
    whole = [pipe for name, pipe in annotator._nlp.components if name in ("attribute_ruler", "lemmatizer")]
    for text in ODD.split("\n"):
        doc = annotator._nlp(text)
        once = annotator._words(doc)
        for pipe in whole:
            doc = pipe(doc)
        assert once == [(token.pos_, token.lemma_.lower()) for token in doc]
    lemmas = {t.text: t.lemma for t in next(annotator.parse([Document(ODD)])).tokens}
    assert lemmas["gon"] == "go" and lemmas["na"] == "to"


def parsed_with(**environment):
    """Hash of a parse made in a process of its own, and who multiplied."""
    code = (
        "import sys, hashlib; from kg import annotator; from kg.model import Document; a = annotator.load()\n"
        "p = next(a.parse([Document(sys.argv[1])]))\n"
        "print(hashlib.sha256(repr((p.tokens, p.sentences, p.names)).encode()).hexdigest(), a.product)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, ODD], capture_output=True, text=True, env=os.environ | environment
    )
    return ran.stdout.strip().partition(" ")[::2] if not ran.returncode else (ran.returncode, ran.stderr)


def test_the_parse_is_the_same_whoever_multiplies():
    usual, _ = parsed_with()
    spacys, who = parsed_with(KG_PRODUCT="spacy")
    assert (spacys, who) == (usual, "spaCy's own")
    for kernel in ("Nehalem", "Prescott"):
        assert parsed_with(OPENBLAS_CORETYPE=kernel)[0] == usual, kernel


def test_an_unknown_product_is_one_line_with_a_remedy():
    status, said = parsed_with(KG_PRODUCT="abacus")
    assert status == 1 and "set numpy or spacy" in said
