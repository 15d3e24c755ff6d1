"""The notebooks run from top to bottom, use public names alone, and keep their outputs small."""

from __future__ import annotations

import ast
import importlib.util
from pathlib import Path

import pytest

import kg

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
BOOKS = sorted(NOTEBOOKS.glob("*.ipynb"))

nbformat = pytest.importorskip("nbformat", reason="missing tool: nbformat (pip install nbformat nbclient)")
nbclient = pytest.importorskip("nbclient", reason="missing tool: nbclient (pip install nbformat nbclient)")


def code(path: Path) -> list[str]:
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def test_there_are_three():
    assert len(BOOKS) == 3


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_it_runs_from_any_folder(path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    pytest.importorskip("ipykernel", reason="missing tool: ipykernel (pip install ipykernel)")
    monkeypatch.setenv("PYTHONPATH", str(NOTEBOOKS.parent))
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    nbclient.NotebookClient(
        book, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    assert all(cell.execution_count for cell in book.cells if cell.cell_type == "code")
    assert any(
        o.get("data", {}).get("image/svg+xml") or "asserted" in o.get("text", "")
        for cell in book.cells
        if cell.cell_type == "code"
        for o in cell.outputs
    )


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_it_is_small_and_shows_its_outputs(path: Path):
    assert path.stat().st_size < 100_000
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert (
        all(o.output_type != "error" for cell in cells for o in cell.outputs)
        and sum(bool(cell.outputs) for cell in cells) > len(cells) / 2
    )


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_it_uses_public_names_alone(path: Path):
    names = {
        alias.name
        for cell in code(path)
        for node in ast.walk(ast.parse(cell))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "kg"
        for alias in node.names
        if node.module == "kg" or pytest.fail(f"{path.name} imports {node.module}")
    }
    assert names and names <= set(kg.__all__)


def test_the_files_are_those_that_are_written():
    spec = importlib.util.spec_from_file_location("write", NOTEBOOKS / "write.py")
    write = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(write)
    assert set(write.NOTEBOOKS) == {path.name for path in BOOKS}
    for path in BOOKS:
        assert code(path) == [cell[1:] for cell in write.NOTEBOOKS[path.name] if cell.startswith(">")]


def test_the_page_shows_itself_in_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    pytest.importorskip("ipykernel", reason="missing tool: ipykernel (pip install ipykernel)")
    monkeypatch.setenv("PYTHONPATH", str(NOTEBOOKS.parent))
    cells = [cell for cell in code(BOOKS[0]) if not cell.startswith(("ask(", "answer"))]
    shown = next(i for i, cell in enumerate(cells) if cell == "draw(graph)")
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells[: shown + 1]])
    nbclient.NotebookClient(
        book, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    assert book.cells[-1].outputs[0].data["text/html"].startswith("<iframe ")
