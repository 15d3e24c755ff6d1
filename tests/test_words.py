"""One law for words: what English calls things is data, in ontology/; how it puts them together is code.

A literal in the rooms of reading that lists words of open classes (nouns, verbs, adjectives) belongs into a file of
ontology/, where people can read it, extend it and see what it is for. Closed classes are grammar and may stand in code:
labels of the parser, prepositions, pronouns, articles, auxiliaries, conjunctions.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from kg import vocabulary
from kg.errors import InputError
from kg.extractor.events.dictionary import ROLES
from kg.grammar.words import SLOTS
from kg.model import Status

ROOT = Path(__file__).parent.parent
ROOMS = ("grammar", "resolver", "extractor")
#: So many words of open classes may stand together in code.
MOST = 3

LABELS = frozenset(
    """ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj cop csubj csubjpass dative
    dep det dobj expl flat intj iobj mark meta neg nmod npadvmod nsubj nsubjpass nummod obj oprd parataxis pcomp pobj poss
    preconj predet prep prt punct quantmod relcl tmod xcomp""".split()
)
CLOSED = frozenset(
    """a an the this that these those such some any no none every each either neither both all another other
    i me my mine you your he him his she her hers it its we us our ours they them their theirs one who whom whose which what
    be is are am was were been being have has had do does did will would shall should can could may might must ca wo
    and or but nor so yet as if though although because while when where why how whether unless once than then there here
    not never n't n’t 'll ’ll 'd ’d 's ’s 're ’re many few several most more less only just even also too
    one two three four first second third last next""".split()
)


#: Where more may stand, and why.
MAY = {
    ("grammar/cues.py", ""): "keys of a table of cues, each with its answer",
    ("extractor/events/dictionary.py", "KEYS"): "keys of a frame's table",
    ("extractor/lexicon.py", "KEYS"): "keys of a row's table",
    ("extractor/speech/way.py", "__slots__"): "names of fields",
}


def closed() -> frozenset[str]:
    """What is grammar, and what are names of our own: of statuses, roles, slots and properties."""
    words = vocabulary.word_lists("grammar")
    own = {*get_args(Status), *SLOTS, *ROLES, *vocabulary.load().properties}
    return LABELS | CLOSED | own | words["prepositions"] | words["compound_preposition"] | words["relative"]


def listed(node: ast.AST) -> list[str] | None:
    """The strings of a literal that lists some: a set, tuple, list or dict, a text that is split, an expression's
    alternatives.
    """
    match node:
        case ast.Set(elts) | ast.Tuple(elts) | ast.List(elts):
            return [e.value for e in elts if isinstance(e, ast.Constant) and isinstance(e.value, str)]
        case ast.Dict(keys, values):
            return [e.value for e in (*keys, *values) if isinstance(e, ast.Constant) and isinstance(e.value, str)]
        case ast.Call(ast.Attribute(ast.Constant(str(text)), "split" | "splitlines")):
            return text.split()
        case ast.Call(ast.Attribute(_, "compile" | "match" | "fullmatch" | "search" | "sub" | "findall"), arguments):
            return [
                w for a in arguments[:1] if isinstance(a, ast.Constant) for w in re.findall(r"[a-z]{2,}", str(a.value))
            ]
    return None


def lists_of_words(source: str) -> Iterator[tuple[int, str, list[str]]]:
    """(line, name it is given, words) of each literal with too many words of open classes."""
    known = closed()
    tree = ast.parse(source)
    names: dict[ast.AST, str] = {}
    for statement in ast.walk(tree):
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
            names |= dict.fromkeys(ast.walk(statement), ast.unparse(target))
    for node in ast.walk(tree):
        words = [w for w in listed(node) or () if re.fullmatch(r"[a-z][a-z’'. -]+", w) and w not in known]
        if len(words) > MOST:
            yield node.lineno, names.get(node, ""), words


@pytest.mark.parametrize("room", ROOMS)
def test_no_list_of_words_stands_in_code(room: str) -> None:
    """A list of words that is found is moved into a file of ontology/ that says what it is for."""
    found = [
        f"kg/{where}:{line} {name}: {' '.join(words)}"
        for path in sorted((ROOT / "kg" / room).rglob("*.py"))
        for where in [path.relative_to(ROOT / "kg").as_posix()]
        for line, name, words in lists_of_words(path.read_text(encoding="utf-8"))
        if (where, name) not in MAY
    ]
    assert not found, "\n".join(found)


def test_what_may_stand_in_code_is_there() -> None:
    there = {
        (where, name)
        for where in {where for where, _ in MAY}
        for _, name, _ in lists_of_words((ROOT / "kg" / where).read_text(encoding="utf-8"))
    }
    assert there >= set(MAY), f"no longer needed: {sorted(set(MAY) - there)}"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('VERBS = frozenset({"burn", "melt", "freeze", "boil"})', 4),
        ('VERBS = "burn melt freeze boil".split()', 4),
        ('if lemma in ("burn", "melt", "freeze", "boil"): pass', 4),
        ('PAST = re.compile("burnt|melted|froze|boiled")', 4),
        ('KINDS = {"stone": "granite", "metal": "iron"}', 4),
        ('if lemma in ("burn", "melt", "freeze"): pass', 0),  # three may be a construction
        ('if token.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "attr"): pass', 0),
        ('if word in ("in", "at", "on", "near", "the", "which"): pass', 0),
        ('log("burn", "melt", "freeze", "boil")', 0),  # arguments of a call list nothing
    ],
)
def test_what_is_a_list_of_words(source: str, words: int) -> None:
    assert sum(len(found) for _, _, found in lists_of_words(source)) == words


def test_every_list_of_words_is_read() -> None:
    """What nobody reads goes."""
    code = "\n".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "kg").rglob("*.py")))
    for path in sorted((ROOT / "ontology" / "words").glob("*.toml")):
        unread = [key for key in vocabulary.word_lists(path.stem).lists if f'"{key}"' not in code]
        assert not unread, f"ontology/words/{path.name}: {', '.join(unread)}"


def test_two_lists_of_one_name_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "double.toml").write_text("[a]\nx = 'one'\n[b]\nx = 'two'\n")
    monkeypatch.setattr(vocabulary, "data_folder", lambda name: tmp_path)
    with pytest.raises(InputError, match="two lists are called 'x'"):
        vocabulary.word_lists("double")


def test_the_forms_of_a_list() -> None:
    lists = vocabulary.Words(
        "made", {"set": "go go_on", "rows": "a b, c", "table": {"x_y": "p q"}, "numbers": {"p": 2}}
    )
    assert lists["set"] == {"go", "go on"}
    assert lists.rows("rows") == (("a", "b"), ("c",))
    assert lists.sets("table") == {"x y": {"p", "q"}}
    assert lists.spellings("table") == {"p": "x y", "q": "x y"}
    assert lists.numbers("numbers") == {"p": 2}


def test_types_in_lists_are_classes_of_the_ontology() -> None:
    words = vocabulary.word_lists("events")
    named = words["apart"] | words["parties"] | words["asking"] | set(words.spellings("once"))
    assert named <= set(vocabulary.load().classes)
    assert set(words.spellings("once").values()) <= set(vocabulary.load().properties)
