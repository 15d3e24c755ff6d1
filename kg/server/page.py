"""The query page: the editor of YASGUI, built in, offering the shipped questions; and the service description."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from functools import cache
from pathlib import Path
from typing import Any

from kg import queries, rdf
from kg.rdf import RdfFormat

__all__ = ["POLICY", "STATIC", "description", "query_page"]

_HERE = Path(__file__).parent
#: Files that the page loads, by name: media type, and where they lie.
_SCRIPT, _STYLE = "text/javascript; charset=utf-8", "text/css; charset=utf-8"
_FILES = {
    "yasgui.min.js": (_SCRIPT, "static"),
    "yasgui.min.css": (_STYLE, "static"),
    "page.css": (_STYLE, "static"),
    "answers.js": (_SCRIPT, "static"),
    "page.js": (_SCRIPT, "static"),
    "outline.json": ("application/json", "../page"),
}
STATIC = {name: type for name, (type, _) in _FILES.items()}

#: What the page may load: itself. YASGUI writes styles into its elements, and keeps small pictures in its style sheet.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@cache
def static(name: str) -> bytes:
    """The bytes of a file that the page loads."""
    return (_HERE / _FILES[name][1] / name).read_bytes()


def _fingerprint(name: str) -> str:
    return "sha384-" + base64.b64encode(hashlib.sha384(static(name)).digest()).decode()


@cache
def query_page(base: str) -> bytes:
    """The page. What it needs to know stands in an escaped block of JSON."""
    known: dict[str, Any] = {
        "base": base,
        "prefixes": dict(rdf.prefixes(base)),
        "statuses": queries.STATUSES,
        "questions": [
            {
                "name": q.name,
                "title": q.title,
                "about": q.description,
                "text": q.text,
                "parameters": [
                    {"name": p.name, "kind": p.kind, "help": p.help, "needed": p.required} for p in q.parameters
                ],
            }
            for q in queries.questions().values()
        ],
    }
    data = (
        json.dumps(known, ensure_ascii=False)
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
    options = "".join(
        f'<option value="{html.escape(q["name"])}">{html.escape(q["title"])}</option>' for q in known["questions"]
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ask the graph</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="static/yasgui.min.css" integrity="{_fingerprint("yasgui.min.css")}">
<link rel="stylesheet" href="static/page.css" integrity="{_fingerprint("page.css")}">
</head>
<body>
<header><h1>Ask the graph</h1> <a href="graph">See the graph</a></header>
<main>
<form id="ask">
<p><label for="questions">Question</label>
<select id="questions"><option value="">my own, in SPARQL</option>{options}</select></p>
<p id="about"></p>
<div id="fields"></div>
<div id="editor"></div>
<p id="fault" role="alert"></p>
<p class="row"><button type="submit" id="run">Ask</button>
<span id="told" role="status"></span></p>
</form>
<section id="answer" aria-label="Answer" hidden>
<div class="row"><div id="tabs" role="tablist" aria-label="Ways to see the answer"></div>
<label><input type="checkbox" id="iris"> IRIs</label></div>
<div id="panel" role="tabpanel" tabindex="0"></div>
</section>
</main>
<script type="application/json" id="known">{data}</script>
<script src="static/yasgui.min.js" integrity="{_fingerprint("yasgui.min.js")}"></script>
<script src="static/answers.js" integrity="{_fingerprint("answers.js")}"></script>
<script src="static/page.js" integrity="{_fingerprint("page.js")}"></script>
</body>
</html>
""".encode()


_SD = "http://www.w3.org/ns/sparql-service-description#"


def description(endpoint: str, updates: bool) -> str:
    """The service description in Turtle (SPARQL 1.1 Service Description)."""
    forms = " , ".join(
        f"<http://www.w3.org/ns/formats/{f}>"
        for f in (
            "SPARQL_Results_JSON",
            "SPARQL_Results_XML",
            "SPARQL_Results_CSV",
            "SPARQL_Results_TSV",
            "Turtle",
            "N-Triples",
            "RDF_XML",
            "JSON-LD",
        )
    )
    languages = "sd:SPARQL11Query" + (" , sd:SPARQL11Update" if updates else "")
    return f"""@prefix sd: <{_SD}> .

<{endpoint}> a sd:Service ;
    sd:endpoint <{endpoint}> ;
    sd:supportedLanguage {languages} ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat {forms} ;
    sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ] .
"""


def described(endpoint: str, updates: bool, format: RdfFormat) -> bytes:
    """The service description in a form of choice."""
    import io

    text = description(endpoint, updates).encode()
    if format == RdfFormat.TURTLE:
        return text
    out = io.BytesIO()
    rdf.serialize(rdf.parse(text, RdfFormat.TURTLE), format, out)
    return out.getvalue()
