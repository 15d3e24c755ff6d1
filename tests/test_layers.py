"""Who may import whom, read from the syntax trees: imports go one way, and each third-party library has its rooms.

    model, errors ← rdf, vocabulary, reader, writer … ← stages ← pipeline, corpus, server ← cli

A room is a module of kg/ or a folder of them. Stages never import each other, but for the few pairs named below.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from kg import vocabulary
from kg.grammar import labels

PACKAGE = Path(__file__).parent.parent / "kg"

#: Rooms by floor. A room may import from lower floors only.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("model", "errors", "jsonld"),
    ("rdf", "reader", "writer", "guard", "sandbox", "numerics"),
    ("vocabulary",),
    ("names", "identity", "slim", "structure", "copies"),
    ("background", "grammar", "profile"),
    ("annotator", "resolver", "extractor", "assembler", "store"),
    ("annotation", "queries", "checker", "exchange", "review", "inference"),
    ("joins",),
    ("picture",),
    ("pipeline",),
    ("library",),
    ("archive", "server", "mcp", "component"),
    ("__init__",),
    ("cli",),
    ("__main__",),
)

#: The stages of the line: what one of them imports from the others is in this table, and the table says why.
STAGES = {
    "annotator",
    "resolver",
    "extractor",
    "assembler",
    "annotation",
    "store",
    "queries",
    "checker",
    "picture",
    "exchange",
    "review",
}
PAIRS = {
    ("annotation", "assembler"),  # the same standing in both forms
    ("queries", "store"),
    ("checker", "store"),
    ("exchange", "store"),
    ("review", "store"),
    ("picture", "store"),
    ("checker", "queries"),
    ("review", "queries"),
    ("picture", "queries"),
    ("exchange", "queries"),
    ("review", "checker"),  # a correction that breaks a rule is refused
}

#: Third-party libraries and the rooms that may know them.
DOORS = {
    "spacy": {"annotator", "component"},
    "thinc": {"annotator"},
    "threadpoolctl": {"numerics"},
    "mcp": {"mcp"},
    **dict.fromkeys(
        ("trafilatura", "lxml", "pypdf", "docx", "striprtf", "warcio", "zstandard", "charset_normalizer", "py3langid"),
        {"reader"},
    ),
    "distributed": {"archive"},
    "httpx": {"exchange"},
    "pyoxigraph": {"rdf", "store"},
    "rdflib": {"rdf"},
    "pandas": {"queries", "exchange"},
    **dict.fromkeys(("pyarrow", "xlsxwriter"), {"exchange"}),
    "owlrl": {"inference"},
    "networkx": {"picture", "exchange"},
    "pyvis": {"picture"},
    "resvg_py": {"picture"},
    "scipy": {"picture"},
    "numpy": {"picture", "resolver", "numerics"},
    "jinja2": {"picture"},
    "markupsafe": {"picture"},
    "typer": {"cli"},
    "rich": {"cli"},
}


def modules() -> list[tuple[str, Path]]:
    """(room, file) of every Python file of the package."""
    return [(path.relative_to(PACKAGE).parts[0].removesuffix(".py"), path) for path in sorted(PACKAGE.rglob("*.py"))]


def imports(path: Path, *, for_types: bool = True) -> set[str]:
    """Dotted names that a file imports, relative ones made absolute; without `for_types` those under TYPE_CHECKING
    are left out.
    """
    package = ("kg", *path.relative_to(PACKAGE).parent.parts)
    found: set[str] = set()

    def visit(node: ast.AST) -> None:
        if (
            not for_types
            and isinstance(node, ast.If)
            and isinstance(node.test, ast.Name)
            and node.test.id == "TYPE_CHECKING"
        ):
            return
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            head = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (head, node.module)))
            if module == "kg":  # `from . import rdf`: rooms, or public names
                found.update(
                    f"kg.{alias.name}"
                    if (PACKAGE / alias.name).is_dir() or (PACKAGE / f"{alias.name}.py").exists()
                    else "kg.__init__"
                    for alias in node.names
                )
            else:
                found.add(module)
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(ast.parse(path.read_text(encoding="utf-8")))
    return found


def floor(room: str) -> int:
    for height, rooms in enumerate(FLOORS):
        if room in rooms:
            return height
    raise AssertionError(f"kg/{room} has no floor: give it one in FLOORS")


def wrong_imports(room: str, names: set[str]) -> list[str]:
    wrong = []
    for name in sorted(names):
        parts = name.split(".")
        if parts[0] == "kg":
            other = parts[1] if len(parts) > 1 else "__init__"
            if other == room or other == "__init__":
                continue
            if room in STAGES and other in STAGES:
                if (room, other) not in PAIRS:
                    wrong.append(f"{room} imports {other}: stages never import each other")
            elif floor(other) >= floor(room):
                wrong.append(f"{room} imports {other}: not a lower floor")
        elif parts[0] not in sys.stdlib_module_names:
            if parts[0] not in DOORS:
                wrong.append(f"{room} imports {parts[0]}: no room is its door")
            elif room not in DOORS[parts[0]]:
                wrong.append(f"{room} imports {parts[0]}: its door is {', '.join(sorted(DOORS[parts[0]]))}")
    return wrong


@pytest.mark.parametrize(
    ("room", "path"), modules(), ids=lambda value: value.name if isinstance(value, Path) else value
)
def test_imports_go_one_way(room: str, path: Path):
    ours = {name for name in imports(path) if name.split(".")[0] == "kg"}
    running = imports(path, for_types=False)  # a library may be named in a type by whoever hands its values on
    assert not wrong_imports(room, ours | running)


def test_the_table_catches_what_it_should():
    assert wrong_imports("extractor", {"kg.resolver.names"}) == [
        "extractor imports resolver: stages never import each other"
    ]
    assert wrong_imports("rdf", {"kg.pipeline"}) == ["rdf imports pipeline: not a lower floor"]
    assert wrong_imports("store", {"spacy"}) == ["store imports spacy: its door is annotator, component"]
    assert wrong_imports("cli", {"attrs"}) == ["cli imports attrs: no room is its door"]
    assert not wrong_imports("picture", {"kg.store", "kg.model", "networkx", "json"})


def test_relative_imports_are_read(tmp_path: Path):
    found = imports(PACKAGE / "cli" / "__init__.py")
    assert "kg.errors" in found and any(name.startswith("kg.cli") or name == "kg.cli" for name in found)


def test_every_room_of_the_table_is_there():
    there = {room for room, _ in modules()}
    assert {room for rooms in FLOORS for room in rooms} <= there and set().union(*DOORS.values()) <= there


@pytest.mark.parametrize(
    "folder", sorted({path.parent for _, path in modules()} - {PACKAGE}), ids=lambda value: value.name
)
def test_no_folder_is_too_full(folder: Path):
    assert len(list(folder.glob("*.py"))) <= 13, "twelve rooms and the door: more belong in a folder of their own"


def hidden_state(source: str) -> list[int]:
    """The lines that keep something of one call for the next: `global` statements and subscripts or look-ups by
    `id()`.
    """

    def by_id(node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "id"

    module = ast.parse(source)
    held = {
        t.id
        for node in module.body
        if isinstance(node, (ast.Assign, ast.AnnAssign))
        for t in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(t, ast.Name)
    }
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Global):
            found.append(node.lineno)
        elif (
            isinstance(node, ast.Subscript)
            and isinstance(node.value, ast.Name)
            and node.value.id in held
            and by_id(node.slice)
        ):
            found.append(node.lineno)
    return found


@pytest.mark.parametrize(
    "path",
    [path for room, path in modules() if room in ("grammar", "resolver", "extractor")],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_reading_keeps_nothing_of_the_last_document(path: Path):
    assert not hidden_state(path.read_text(encoding="utf-8"))


def test_hidden_state_is_seen():
    assert hidden_state("_last = None\ndef f(x):\n    global _last\n    _last = x\n") == [3]
    assert hidden_state("_READ = {}\ndef f(x):\n    _READ[id(x)] = x\n") == [3]
    assert not hidden_state("def f(x):\n    seen = {}\n    seen[id(x)] = x\n    return seen\n")


def test_values_know_only_the_standard_library():
    for room in ("model", "errors"):
        assert {name.split(".")[0] for name in imports(PACKAGE / f"{room}.py")} <= set(sys.stdlib_module_names) | {"kg"}


# ------------------------------------------------------------------ the tree and the terms have one reader each

LABELS = frozenset(name for name in vars(labels) if name.isupper())
#: So often may the resolver and the extractor together name a link of the tree; a look that stands twice is a function.
MOST_LABELS = 250
#: Terms of the ontology that code of the extractor may name, and why.
TERMS = {
    "holdsOffice": "a post is a node between its holder and its body: two properties make it",
    "officeOf": "a post is a node between its holder and its body: two properties make it",
    "nonParticipant": "who stayed away is no participant: the one role that says the contrary of the others",
}


def labels_named(source: str) -> list[str]:
    """The links of the tree that a module names: constants of kg/grammar/labels.py, and labels of the parser itself."""
    spelt = {value for name in LABELS if isinstance(value := getattr(labels, name), str)} - {"case", "mark", "dep"}
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(ast.Name("labels"), name) if name in LABELS:
                found.append(name)
            case ast.ImportFrom(module="kg.grammar.labels", names=names):
                found += [alias.name for alias in names]
            case ast.Compare(ast.Attribute(attr="dep"), _, [ast.Constant(str(label))]):
                found.append(label)
            case ast.Set(parts) | ast.Tuple(parts) if parts:
                words = {p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str)}
                found += sorted(words & spelt) if len(words & spelt) > 1 else []
    return found


def test_the_links_of_the_tree_are_read_by_the_grammar():
    found = {
        str(path.relative_to(PACKAGE)): named
        for room, path in modules()
        if room in ("resolver", "extractor") and (named := labels_named(path.read_text(encoding="utf-8")))
    }
    assert sum(map(len, found.values())) <= MOST_LABELS, {path: len(named) for path, named in found.items()}


def test_a_label_is_seen_however_it_is_named():
    assert labels_named("from kg.grammar import labels\nx = t.dep == labels.SUBJECT") == ["SUBJECT"]
    assert labels_named("x = t.dep == 'nsubj'") == ["nsubj"]
    assert labels_named("x = t.dep in ('nsubj', 'dobj')") == ["dobj", "nsubj"]
    assert not labels_named("x = phrases.subjects(parse, i)\ny = t.lemma in ('mark', 'case')")


def test_the_extractor_names_no_relation():
    terms = {name for name in vocabulary.load().properties if not name.islower()}
    named = {
        node.value
        for room, path in modules()
        if room == "extractor"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in terms
    }
    assert named == TERMS.keys()
