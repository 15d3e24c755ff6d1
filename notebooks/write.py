"""Writes the notebooks from the cells below and runs them: `python notebooks/write.py`. The tests run them as they
are.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parent
os.environ["PYTHONPATH"] = str(HERE.parent)

NOTEBOOKS: dict[str, list[str]] = {}

NOTEBOOKS["1-one-article.ipynb"] = [
    """# One article, from text to answers

A news article goes in; a graph comes out in which every statement keeps its words, its speaker and how firmly it is said.""",
    """>from pathlib import Path

import kg
from kg import ask, build, draw, figure, plain, read_document, understand, why

SAMPLES = Path(kg.__file__).parent.parent / "samples"
article = read_document(SAMPLES / "court-case.txt", date="2026-02-10")
print(article.text[:400], "…")""",
    """## What was understood

`understand` gives the values before they become a graph: people, places and things, events with their roles, and who says so.""",
    """>[reading] = understand(article)
for entity in reading.entities[:12]:
    print(f"{entity.type:28} {entity.label}")""",
    """>for event in reading.events[:15]:
    said = "" if event.standing.status == "asserted" else f"  ({event.standing.status})"
    print(f"{event.type:15} {event.label}{said}")""",
    """## The graph

`build` gives an `rdflib.Dataset`: a named graph an article. The plain triples hold only what the article itself asserts.""",
    """>graph = build(article)
print(len(graph), "triples, of which", len(plain(graph)), "plain")""",
    """## A look at it

`figure` is a still picture; `draw` is a page to click through, with the article beside it. It opens without a network and shows itself here when the cell is run (it is left out of the saved notebook).""",
    """>from IPython.display import SVG

SVG(figure(graph, view="folded"))""",
    """>draw(graph)""",
    """## Answers

Shipped questions by name (`kg ask --list` tells them all), and your own in SPARQL.""",
    """>ask(graph, "reported").to_pandas().filter(like="Label").head(12)""",
    """An answer is rows by name, of plain values.""",
    """>answer = ask(graph, "alleged")
for row in answer:
    print({name: value for name, value in row.items() if value is not None})""",
    """## Why?

Behind each statement stand its words.""",
    """>if len(answer) and answer.grounds and answer.grounds[0] is not None:
    for grounds in why(graph, answer.grounds[0].value)[:3]:
        print(grounds)""",
]

NOTEBOOKS["2-asking.ipynb"] = [
    """# Asking: SPARQL, pandas, networkx

The same graph as a table for pandas and as a network for networkx.""",
    """>from pathlib import Path

import pandas as pd

import kg
from kg import build, network, query

SAMPLES = Path(kg.__file__).parent.parent / "samples"
graph = build(*(SAMPLES / f"{name}.txt" for name in ("summit", "takeover", "court-case")), date="2026-02-10")""",
    """## SPARQL into pandas

Our prefixes are declared. Beside a column of IRIs stands one of their labels; numbers are numbers.""",
    """>claims = query(graph, \"\"\"
SELECT ?status ?source (COUNT(?claim) AS ?claims) WHERE {
  ?claim a kg:Claim ; kg:status ?status . OPTIONAL { ?claim kg:claimedBy ?source }
} GROUP BY ?status ?source ORDER BY DESC(?claims)\"\"\").to_pandas()
claims[["statusLabel", "sourceLabel", "claims"]].head(12)""",
    """>claims.groupby("statusLabel")["claims"].sum().sort_values(ascending=False)""",
    """## networkx: who is in the middle?

`network` gives a `MultiDiGraph`: nodes by IRI, edges by claim. Only what is asserted counts here.""",
    """>import networkx as nx

g = network(graph, view="folded")
said = nx.Graph((a, b) for a, b, d in g.edges(data=True) if d["status"] == "asserted" and d["polarity"] == "positive")
name = {n: d["label"] for n, d in g.nodes(data=True)}
print(g.number_of_nodes(), "things,", g.number_of_edges(), "claims,", said.number_of_edges(), "asserted ties")

central = nx.betweenness_centrality(said)
pd.Series({name[n]: round(c, 3) for n, c in central.items()}).sort_values(ascending=False).head(8)""",
    """### Communities""",
    """>for members in sorted(nx.community.louvain_communities(said, seed=1), key=len, reverse=True)[:4]:
    print(", ".join(sorted(name[n] for n in members)[:8]))""",
    """### A shortest path, and the claims that carry it""",
    """>largest = max(nx.connected_components(said), key=len)
one, other = max(((a, b) for a in sorted(largest) for b in sorted(largest)), key=lambda p: (nx.shortest_path_length(said, *p), p))
path = nx.shortest_path(said, one, other)
for a, b in zip(path, path[1:]):
    tie = next(d for x, y in ((a, b), (b, a)) if g.has_edge(x, y) for d in g[x][y].values() if d["status"] == "asserted")
    print(f"{name[a]}  –{tie['predicate'].rpartition('#')[2]}–  {name[b]}")""",
]

NOTEBOOKS["3-a-small-corpus.ipynb"] = [
    """# A small corpus over time

Several articles in one store: what they say of the same people, when it happened, who says what.""",
    """>import pandas as pd

from kg import Line, Store, ask, document, figure, query

ARTICLES = {
    "2026-03-02": "PORTO, Portugal - Harbour minister Clara Antunes visited Porto on Monday. She promised a new pier. Police arrested Rui Varela in Porto on Sunday.",
    "2026-03-09": "LISBON, Portugal - Clara Antunes met Joao Figueira in Lisbon on Friday. Prosecutors accused Rui Varela of bribing an official.",
    "2026-03-16": "PORTO, Portugal - A court released Rui Varela on Thursday. Rui Varela denied bribing anyone. Joao Figueira visited Porto on Saturday.",
}
line = Line()
store = Store.memory()
for day, text in ARTICLES.items():
    for reading in line.read([document(text, date=day, id=f"harbour-{day}")]):
        store.load(line.quads(reading))
print(len(store), "triples")""",
    """## The course of events

Relative days ("Monday") are counted from each article's own date.""",
    """>ask(store, "timeline", who="Rui Varela").to_pandas().filter(regex="Label$|when")""",
    """## One person through the weeks""",
    """>query(store, \"\"\"
SELECT DISTINCT ?date ?what ?status WHERE {
  ?who skos:prefLabel "Rui Varela" . ?claim a kg:Claim ; rdf:object ?who ; rdf:subject ?event ; kg:status ?status ; kg:evidence/kg:document ?article .
  ?event rdfs:label ?what . ?article schema:datePublished ?date
} ORDER BY ?date ?what\"\"\").to_pandas()[["date", "what", "statusLabel"]]""",
    """## Events a week""",
    """>events = query(store, \"\"\"
SELECT DISTINCT ?event ?value WHERE { ?claim a kg:Claim ; rdf:subject ?event ; rdf:predicate kg:time ; rdf:object ?time . ?time kg:value ?value }\"\"\").to_pandas()
weeks = pd.to_datetime(events["value"], errors="coerce").dropna().dt.to_period("W").value_counts().sort_index()
weeks""",
    """## The picture""",
    """>from IPython.display import SVG

SVG(figure(store, title="Three weeks in Porto"))""",
]


def notebook(cells: list[str]) -> nbformat.NotebookNode:
    """Cells that begin with ">" are code."""
    made = [
        nbformat.v4.new_code_cell(c[1:], id=f"cell-{i}")
        if c.startswith(">")
        else nbformat.v4.new_markdown_cell(c, id=f"cell-{i}")
        for i, c in enumerate(cells)
    ]
    return nbformat.v4.new_notebook(
        cells=made, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )


#: An output of more characters is shown when a cell is run, and not saved.
MOST = 60_000


def small(cell: nbformat.NotebookNode) -> None:
    """Leave out of a cell what it shows at length."""
    cell.outputs = [output for output in cell.outputs if len(json.dumps(output)) <= MOST]


def main() -> None:
    for name, cells in NOTEBOOKS.items():
        book = notebook(cells)
        NotebookClient(
            book, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(HERE)}}, record_timing=False
        ).execute()
        book.metadata.pop("language_info", None)
        for cell in book.cells:
            if cell.cell_type == "code":
                small(cell)
        nbformat.write(book, HERE / name)
        print(f"{name}: {(HERE / name).stat().st_size // 1024} KB", file=sys.stderr)


if __name__ == "__main__":
    main()
