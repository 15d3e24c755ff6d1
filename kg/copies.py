"""Wire copy: articles that print the same words, found by fingerprints, and what each of them adds of its own.

An article's print is the hash of each six words in a row. Those with a name or a number in them tell one story from
another that a template makes alike, and of these winnowing (Schleimer, Wilkerson, Aiken 2003) picks the keys by which
copies find each other: two articles with thirteen such words in a row in common share a key. All here is a function of
the articles alone, in whatever order they come.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import struct
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from kg.rdf import IRI, Literal, Quad, Term, document_graphs, kg, special_graph, term

__all__ = [
    "KEYS",
    "Article",
    "Print",
    "Share",
    "alike",
    "article",
    "components",
    "fingerprint",
    "links",
    "shares",
    "spans",
]

#: Words of a run that is hashed; telling runs of a window, of which the least hash is a key.
RUN, WINDOW = 6, 8
#: How many keys copies share at least, how many of their telling runs, and what part of the shorter one's.
KEYS, FEWEST, COMMON = 3, 16, 0.5
#: The share of its words that a copy has from articles before it.
COPIED = 0.6

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_BREAK = re.compile(r"[.!?:\n\"“”«»]")


@dataclass(frozen=True)
class Print:
    """The hashes of an article's runs of words, odd where a name or number is in them, and where each word starts."""

    runs: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()

    @cached_property
    def telling(self) -> frozenset[int]:
        return frozenset(run for run in self.runs if run & 1)

    @cached_property
    def keys(self) -> frozenset[int]:
        """The least of each window of telling runs."""
        told = [run for run in self.runs if run & 1]
        if len(told) < FEWEST:
            return frozenset()
        return frozenset(min(told[n : n + WINDOW]) for n in range(len(told) - WINDOW + 1))

    def packed(self) -> str:
        """The print in letters, as a store keeps it."""
        numbers = struct.pack(f"<I{len(self.runs)}Q{len(self.starts)}I", len(self.runs), *self.runs, *self.starts)
        return base64.b85encode(numbers).decode()

    @classmethod
    def unpacked(cls, text: str) -> Print:
        data = base64.b85decode(text)
        (runs,) = struct.unpack_from("<I", data)
        starts = (len(data) - 4 - 8 * runs) // 4
        numbers = struct.unpack_from(f"<{runs}Q{starts}I", data, 4)
        return cls(numbers[:runs], numbers[runs:])


@dataclass(frozen=True, slots=True)
class Article:
    """An article as its copies know it: its name, its date (ISO 8601, or nothing) and its print."""

    iri: IRI
    date: str
    print: Print

    @property
    def rank(self) -> tuple[str, str]:
        """Its place among copies: the oldest first, those without a date last."""
        return self.date or "~", self.iri.value


@dataclass(frozen=True, slots=True)
class Share:
    """Whose words an article prints: the article that it is a copy of, if it is one, and runs of words: where each
    begins, and the first article that has them.
    """

    of: IRI | None
    runs: tuple[tuple[int, IRI], ...]

    def source(self, start: int, end: int) -> IRI:
        """The article that most of the words from `start` to `end` are from."""
        held: Counter[IRI] = Counter()
        ends = [begin for begin, _ in self.runs[1:]] + [max(end, self.runs[-1][0])]
        for (begin, source), until in zip(self.runs, ends, strict=True):
            held[source] += max(0, min(end, until) - max(start, begin))
        return max(held, key=lambda source: held[source])


# ------------------------------------------------------------------ one article


def fingerprint(text: str) -> Print:
    """The print of a text. Offsets are code points; case, spaces and punctuation play no part."""
    words, starts, named = [], [], []
    before = 0
    for found in _WORD.finditer(text):
        word, start = found[0], found.start()
        opens = not before or _BREAK.search(text, before, start) is not None
        named.append(any(map(str.isdigit, word)) or (word[0].isupper() and len(word) > 1 and not opens))
        words.append(word.casefold())
        starts.append(start)
        before = found.end()
    runs = []
    for n in range(len(words) - RUN + 1):
        hashed = hashlib.blake2b(" ".join(words[n : n + RUN]).encode(), digest_size=8).digest()
        runs.append(int.from_bytes(hashed, "little") >> 2 << 1 | any(named[n : n + RUN]))
    return Print(tuple(runs), tuple(starts))


def article(document: IRI, quads: Iterable[Quad]) -> Article | None:
    """An article from what its graph says; without its text, by the words that are quoted. Nothing where there are
    none.
    """
    told: dict[IRI, list[str]] = defaultdict(list)
    quoted: dict[object, dict[IRI, str]] = defaultdict(dict)
    for q in quads:
        if q.predicate in _TOLD and q.subject == document:
            told[q.predicate].append(_words(q.object))
        elif q.predicate in _QUOTED:
            quoted[q.subject][q.predicate] = _words(q.object)
    text = min(told.get(_BODY, [""])) or _laid(quoted.values())
    return Article(document, min(told.get(_DATE, [""])), fingerprint(text)) if text else None


def spans(quads: Iterable[Quad]) -> dict[IRI, tuple[int, int]]:
    """The evidence of an article's claims: where each begins and ends."""
    quads = list(quads)
    claims = {q.subject for q in quads if q.predicate == _PREDICATE}
    words = {q.object for q in quads if q.predicate == _EVIDENCE and q.subject in claims}
    places: dict[IRI, dict[IRI, int]] = defaultdict(dict)
    for q in quads:
        if q.subject in words and q.predicate in (_START, _END) and isinstance(q.subject, IRI):
            places[q.subject][q.predicate] = int(_words(q.object))
    return {node: (place[_START], place[_END]) for node, place in places.items() if len(place) == 2}


_BODY, _DATE, _SHA = term("schema:articleBody"), term("schema:datePublished"), kg("sha256")
_QUOTE, _START, _END, _EVIDENCE = kg("quote"), kg("start"), kg("end"), kg("evidence")
_PREDICATE, _COPY, _FROM = term("rdf:predicate"), kg("copyOf"), term("prov:wasQuotedFrom")
_TOLD, _QUOTED = frozenset({_BODY, _DATE}), frozenset({_QUOTE, _START})
#: What of an article's graph its print depends on, and what the places of its evidence do; what is linked.
MAKES, PLACES, LINKS = frozenset({_BODY, _DATE, _SHA}), frozenset({_EVIDENCE, _START, _END}), frozenset({_COPY, _FROM})


def _laid(quotes: Iterable[dict[IRI, str]]) -> str:
    """Quotes, each in its place on an empty sheet."""
    placed = sorted((int(said[_START]), said[_QUOTE]) for said in quotes if len(said) == 2)
    sheet = [" "] * max((start + len(quote) for start, quote in placed), default=0)
    for start, quote in placed:
        sheet[start : start + len(quote)] = quote
    return "".join(sheet)


def _words(node: Term) -> str:
    return node.value if isinstance(node, (IRI, Literal)) else ""


# ------------------------------------------------------------------ several


def alike(a: Article, b: Article) -> bool:
    """Whether two articles print the same story: half of what the shorter one tells stands in the other, to the
    word.
    """
    if len(a.print.keys & b.print.keys) < KEYS:
        return False
    common = len(a.print.telling & b.print.telling)
    return common >= max(FEWEST, COMMON * min(len(a.print.telling), len(b.print.telling)))


def components(articles: Iterable[Article]) -> list[list[Article]]:
    """Groups of articles that are alike, or are linked by such as are; each in order of rank, single ones left out.

    Two are compared that share keys, and only until they are in one group.
    """
    waiting: dict[int, dict[IRI, Article]] = defaultdict(dict)
    todo = {a.iri: a for a in articles}
    for a in todo.values():
        for key in a.print.keys:
            waiting[key][a.iri] = a

    def taken(a: Article) -> Article:
        for key in a.print.keys:
            del waiting[key][a.iri]
        return a

    groups = []
    while todo:
        group = [taken(todo.pop(next(iter(todo))))]
        for a in group:
            near = Counter(iri for key in a.print.keys for iri in waiting[key])
            group += [taken(todo.pop(iri)) for iri, n in near.items() if n >= KEYS and alike(a, todo[iri])]
        if len(group) > 1:
            groups.append(sorted(group, key=lambda a: a.rank))
    return sorted(groups, key=lambda group: group[0].rank)


def shares(group: Iterable[Article]) -> dict[IRI, Share]:
    """Whose words each article of a group prints: of those that have them, the first."""
    ranked = sorted(group, key=lambda a: a.rank)
    first: dict[int, int] = {}
    found = {}
    for own, a in enumerate(ranked):
        sources = [own] * len(a.print.starts)
        for n, run in enumerate(a.print.runs):
            if (source := first.setdefault(run, own)) < own:
                sources[n : n + RUN] = [min(source, s) for s in sources[n : n + RUN]]
        others = Counter(source for source in sources if source != own)
        of = None
        if others.total() >= COPIED * len(sources):
            of = ranked[min(others, key=lambda source: (-others[source], source))].iri
        runs = groupby(zip(sources, a.print.starts, strict=True), key=lambda pair: pair[0])
        found[a.iri] = Share(of, tuple((next(words)[1], ranked[source].iri) for source, words in runs))
    return found


def told(document: IRI, share: Share, evidence: dict[IRI, tuple[int, int]], base: str) -> Iterator[Quad]:
    """The links of one article: what it is a copy of, and of its evidence what is from elsewhere than that says."""
    graph = special_graph("links", base)
    if share.of is not None:
        yield Quad(document, _COPY, share.of, graph)
    for node, (start, end) in evidence.items():
        if (source := share.source(start, end)) != (share.of or document):
            yield Quad(node, _FROM, source, graph)


def links(quads: Iterable[Quad], base: str) -> list[Quad]:
    """The links between copies among the articles whose graphs these quads are, in order."""
    said: dict[IRI, list[Quad]] = defaultdict(list)
    for q in document_graphs(quads, base):
        if isinstance(q.graph_name, IRI):
            said[q.graph_name].append(q)
    articles = [a for iri, own in said.items() if (a := article(iri, own)) is not None]
    found = [
        quad
        for group in components(articles)
        for iri, share in shares(group).items()
        for quad in told(iri, share, spans(said[iri]), base)
    ]
    return sorted(found, key=str)


# ------------------------------------------------------------------ kept


def frozen(share: Share, group: str) -> str:
    """A share, and the name of its group, as a store keeps them."""
    said = {"of": share.of and share.of.value, "runs": [(start, iri.value) for start, iri in share.runs]}
    return json.dumps(said | {"group": group}, sort_keys=True)


def thawed(text: str) -> Share:
    said = json.loads(text)
    return Share(said["of"] and IRI(said["of"]), tuple((start, IRI(iri)) for start, iri in said["runs"]))
