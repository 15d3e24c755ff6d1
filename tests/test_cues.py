"""Every block of cues and every step has a sentence that would be read otherwise without it, and a near miss that
would not.
"""

from __future__ import annotations

import inspect
import re
from collections import Counter

import pytest

from kg.extractor.scene import Scene
from kg.extractor.speech import adjuncts, governed, scope, standing, steps, way
from kg.grammar import constructions, cues as lexicon
from kg.grammar.analysis import Analysis
from kg.model import Document, Parse, Resolved
from kg.vocabulary import data_folder, load, tables

VOCABULARY = load()
CONTENT = tables(data_folder("ontology") / "cues")
#: (rule, its file, its kind, its number in it)
BLOCKS = [
    (lexicon.rule_of(kind, block), name, kind, n)
    for name, table in CONTENT.items()
    for kind, blocks in table.items()
    if kind != "step"
    for n, block in enumerate(blocks)
]
STEPS = {block["name"]: block for block in CONTENT["steps"]["step"]}
#: The tuples of steps: where a step is one of many.
TUPLES = ((scope, "BESIDE"), (scope, "AROUND"), (steps, "LINKS"), (adjuncts, "ADVERBIAL"), (governed, "CHANGES"))
IN_ORDER = {
    function.__name__.replace("_", " "): (module, tuple_name, function)
    for module, tuple_name in TUPLES
    for function in getattr(module, tuple_name)
}


def block_of(name: str, kind: str, n: int) -> dict:
    return CONTENT[name][kind][n]


def sentences(block: dict, key: str) -> list[str]:
    said = block.get(key, [])
    return [said] if isinstance(said, str) else list(said)


@pytest.fixture(scope="module")
def parses(annotator) -> dict[str, Parse]:
    blocks = [*STEPS.values(), *(block_of(name, kind, n) for _, name, kind, n in BLOCKS)]
    texts = list(dict.fromkeys(text for block in blocks for key in ("yes", "no") for text in sentences(block, key)))
    return dict(zip(texts, annotator.parse([Document(text) for text in texts]), strict=True))


def read(parse: Parse) -> tuple[object, ...]:
    """Who says what, and how firmly each word is said."""
    scene = Scene(Analysis(parse), Resolved.of(()), VOCABULARY)
    return scene.attributions, tuple(scene.standings.of(t.i) for t in parse.tokens)


def reasons(parse: Parse) -> set[str]:
    return {reason.rule for one in read(parse)[1] for reason in one.because}  # type: ignore[attr-defined]


def without(name: str, kind: str, n: int) -> lexicon.Cues:
    """The lexicon as it were without one block."""
    blocks = CONTENT[name][kind]
    return lexicon.read({**CONTENT, name: {**CONTENT[name], kind: [b for k, b in enumerate(blocks) if k != n]}})


def test_each_block_and_step_carries_its_sentences():
    blocks = [(rule, block_of(name, kind, n)) for rule, name, kind, n in BLOCKS]
    blocks += [(f"step: {name}", block) for name, block in STEPS.items()]
    assert [rule for rule, block in blocks if not (sentences(block, "yes") and sentences(block, "no"))] == []
    assert [rule for rule, n in Counter(rule for rule, _ in blocks).items() if n > 1] == []


def test_each_step_that_decides_is_told_of():
    spelt = {
        name
        for module in (scope, way, governed, adjuncts, steps, standing)
        for name in re.findall(r'"step: ([a-z ]+)"', inspect.getsource(module))
    }
    assert spelt | set(IN_ORDER) | {"attribution"} == set(STEPS) | {"attribution"}


@pytest.mark.parametrize(("rule", "name", "kind", "n"), BLOCKS, ids=[b[0] for b in BLOCKS])
def test_a_cue_decides_its_sentence_and_leaves_its_near_miss(parses, monkeypatch, rule, name, kind, n):
    block = block_of(name, kind, n)
    whole = {text: read(parses[text]) for key in ("yes", "no") for text in sentences(block, key)}
    lesser = without(name, kind, n)
    monkeypatch.setattr(lexicon, "load", lambda: lesser)
    monkeypatch.setattr(constructions, "load", lambda: lesser)
    for text in sentences(block, "yes"):
        assert read(parses[text]) != whole[text], text
    for text in sentences(block, "no"):
        assert read(parses[text]) == whole[text], text


@pytest.mark.parametrize("name", STEPS)
def test_a_step_decides_its_sentence_and_leaves_its_near_miss(parses, monkeypatch, name):
    block = STEPS[name]
    if name not in IN_ORDER:
        assert all(f"step: {name}" in reasons(parses[text]) for text in sentences(block, "yes"))
        assert not any(f"step: {name}" in reasons(parses[text]) for text in sentences(block, "no"))
        return
    whole = {text: read(parses[text]) for key in ("yes", "no") for text in sentences(block, key)}
    module, tuple_name, function = IN_ORDER[name]
    monkeypatch.setattr(module, tuple_name, tuple(f for f in getattr(module, tuple_name) if f is not function))
    for text in sentences(block, "yes"):
        assert read(parses[text]) != whole[text], text
    for text in sentences(block, "no"):
        assert read(parses[text]) == whole[text], text
