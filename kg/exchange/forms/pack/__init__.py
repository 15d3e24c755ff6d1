"""The evidence pack: one zip that proves every quote without this program.

It holds the articles with their SHA-256 (and their texts), the claims with quotes, offsets and rules, the versions, a
page to read, and a verifier in Python and one in JavaScript that share no code with this package. The SHA-256 of
`manifest.txt` is the seal of the pack: whoever knows it from elsewhere can tell that nothing was changed, the manifest
included.
"""

from __future__ import annotations

import hashlib
import html
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from kg.exchange.records import Article, Claim, Records

__all__ = ["write_pack"]

#: The form of what is in the pack.
FORM = 1
_README = """An evidence pack of article-kg.

index.html      the claims and their quotes, to read
claims.jsonl    the claims, one a line: how each stands, who says so, and its quotes with offsets in code points
articles.json   the articles: title, date, address, SHA-256 of the text as it was read
texts/          the texts (UTF-8); where one is missing, put it there to prove its quotes
rules.json      the rules that read the quotes, and how many each has read
about.json      what is in the pack, and by which versions it was made
manifest.txt    the SHA-256 of every file; its own SHA-256 is the seal of the pack

To prove it:    python verify.py . SEAL        or        node verify.js . SEAL
"""


def write_pack(records: Records, out: BinaryIO) -> tuple[int, str]:
    """Write the zip: how many claims it holds, and its seal. The texts are in it where the records have them."""
    places = {id: n for n, id in enumerate(records.articles, 1)}
    sums: dict[str, str] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:

        def put(name: str, pieces: Iterable[str]) -> None:
            digest = hashlib.sha256()
            with archive.open(_entry(name), "w") as file:
                for piece in pieces:
                    data = piece.encode()
                    digest.update(data)
                    file.write(data)
            sums[name] = digest.hexdigest()

        rules = Counter(quote.rule for claim in records.claims for quote in claim.quotes)
        put("README.txt", [_README])
        put("about.json", [_json(_about(records, sum(rules.values())))])
        put("articles.json", _listed(_article(a, n) for n, a in enumerate(records.articles.values(), 1)))
        put("claims.jsonl", (_json(_claim(records, claim, places)) for claim in records.claims))
        put("index.html", _page(records))
        put("rules.json", [_json(dict(sorted(rules.items())))])
        for name in ("verify.js", "verify.py"):
            put(name, [(Path(__file__).parent / name).read_text(encoding="utf-8")])
        for n, article in enumerate(records.articles.values(), 1):
            if article.text:
                put(_file(n), [article.text])
        manifest = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))
        put("manifest.txt", [manifest])
    return len(records.claims), sums["manifest.txt"]


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry with neither clock nor owner."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
    return entry


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) + "\n"


def _listed(values: Iterable[object]) -> Iterator[str]:
    """A list in JSON, piece by piece."""
    yield "["
    for n, value in enumerate(values):
        yield ", " * bool(n) + _json(value).removesuffix("\n")
    yield "]\n"


def _file(n: int) -> str:
    return f"texts/{n:06d}.txt"


def _about(records: Records, quotes: int) -> dict[str, Any]:
    from kg import __version__

    return {
        "form": FORM,
        "made_by": f"article-kg {__version__}",
        "read_by": sorted({a.producer for a in records.articles.values() if a.producer}),
        "articles": len(records.articles),
        "claims": len(records.claims),
        "quotes": quotes,
    }


def _article(article: Article, n: int) -> dict[str, Any]:
    told = {"id": article.id, "label": article.label, "file": _file(n), "sha256": article.sha256}
    known = {name: getattr(article, name) for name in ("title", "url", "date", "modified", "publisher", "author")}
    return {
        **told,
        **{name: value for name, value in known.items() if value},
        "characters": len(article.text) if article.text else None,
        "read_by": article.producer,
    }


def _claim(records: Records, claim: Claim, places: dict[str, int]) -> dict[str, Any]:
    return {
        "id": claim.id,
        "subject": records.label(claim.subject),
        "subject_id": claim.subject,
        "predicate": claim.predicate,
        "object": records.label(claim.object, claim.datatype),
        "object_id": None if claim.datatype else claim.object,
        "status": claim.status,
        "polarity": claim.polarity,
        "validity": claim.validity,
        "speaker": records.label(claim.speaker) or None,
        "via": records.label(claim.via) or None,
        "modality": claim.modality,
        "confidence": claim.confidence,
        "origin": claim.origin,
        "stands": records.standing(claim),
        "quotes": [
            {"article": places.get(q.article, 0), "start": q.start, "end": q.end, "quote": q.words, "rule": q.rule}
            for q in claim.quotes
        ],
    }


# ------------------------------------------------------------------ the page

_HEAD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Evidence pack</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; vertical-align: top; padding: .3rem .6rem
.3rem 0; } tr { border-top: 1px solid #8886; } q { quotes: "“" "”"; } small { opacity: .75; } .doubt { font-weight: 600;
} </style></head><body>
<h1>Evidence pack</h1>
"""


def _page(records: Records) -> Iterator[str]:
    """The claims article by article, each with how it stands and its words."""
    yield _HEAD
    yield f"<p>{len(records.articles)} articles, {len(records.claims)} claims. "
    yield "A claim is no more than what its words say, and stands as the second column tells; "
    yield "<code>verify.py</code> and <code>verify.js</code> prove the quotes.</p>\n"
    for n, article in enumerate(records.articles.values(), 1):
        known = (article.publisher, article.date, article.url, f"SHA-256 {article.sha256}")
        yield f"<h2>{n}. {html.escape(article.title or article.label)}</h2>\n"
        yield f"<p><small>{html.escape(' · '.join(filter(None, known)))}</small></p>\n<table>\n"
        yield "<tr><th>claim</th><th>stands as</th><th>words</th></tr>\n"
        for claim in records.claims.quoting(article.id):
            mark = "" if claim.firm else ' class="doubt"'
            quotes = (
                f"<q>{html.escape(q.words)}</q> <small>{q.start}–{q.end}, {html.escape(q.rule)}</small>"
                for q in claim.quotes
                if q.article == article.id
            )
            said, stands = html.escape(records.sentence(claim)), html.escape(records.standing(claim))
            yield f"<tr><td>{said}</td><td{mark}>{stands}</td><td>{'<br>'.join(quotes)}</td></tr>\n"
        yield "</table>\n"
    yield "</body></html>\n"
