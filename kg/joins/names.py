"""Names of several articles that may mean one: whom a short, familiar, older or other spelling may stand for.

Two are looked at together where a rule gives both one key. A key that too many share says too little by itself; those
who share it are then looked at only within a company they keep, of which each has a few. So the cost follows the number
of names, whoever they are. What is found has a score between 0 and 1: how much the way of naming says, with what both
have in common and what only one can be. It is an order for review and no likelihood; no two are ever joined by it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from kg.identity import slug
from kg.vocabulary import table, word_lists

__all__ = ["ENOUGH", "Known", "Likely", "Name", "likely", "unlike"]

#: Names of which the words are kept.
KNOWN = 1 << 16
#: So much a pair scores at least that is put before a person.
ENOUGH = 0.5
#: So many pairs of one key are looked at; of a key with more, so many of each company that its bearers keep.
PAIRS = 24
#: So many companions of a name are taken, the rarest, out of so many of its articles.
COMPANY, OF = 8, 12
#: Names shorter than this are not taken for a slip of the pen of one another.
LONG = 8

_LISTS = word_lists("joins")
_SCORES, _SAYS = _LISTS.lists["scores"], _LISTS.lists["says"]
_SMALL, _SIDED, _ARTICLES = _LISTS["small"], _LISTS["sided"], _LISTS["articles"]
_DESIGNATORS = word_lists("names")["designators"] | word_lists("names")["company_ends"]
#: What stands in a town and bears its name.
_PLACED = word_lists("names")["placed_kinds"]
_ENDS = frozenset(word.rstrip(".") for word in word_lists("names")["honorific_ends"])


@dataclass(frozen=True, slots=True)
class Name:
    """A node and what it is called: `kind` is the folder of its IRI, `label` its fullest name, `local` whether it is
    known by a short name in one article alone.
    """

    iri: str
    kind: str
    label: str
    others: tuple[str, ...] = ()
    documents: frozenset[str] = frozenset()
    local: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (self.label, *self.others)


@dataclass(frozen=True, slots=True)
class Likely:
    """Two that may be one, in order of their IRIs, why, and how much speaks for it."""

    one: Name
    other: Name
    why: str
    score: float
    quotes: tuple[str, ...] = ()  # the words that say so, where some do


@dataclass
class Known:
    """What is known beside the names: who stands in an article, and what is said of a node: (property, object) → the
    label of the object. Both are looked up only for those that are compared.
    """

    company: Mapping[str, frozenset[str]] = field(default_factory=dict)  # article → IRIs of those named in it
    said: Callable[[str], Mapping[tuple[str, str], str]] = lambda iri: {}
    labels: Mapping[str, str] = field(default_factory=dict)
    _near: dict[str, dict[str, float]] = field(default_factory=dict)
    _rare: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for named in self.company.values():
            for iri in named:
                self._rare[iri] = self._rare.get(iri, 0) + 1

    def near(self, name: Name) -> dict[str, float]:
        """Those that a name stands with, the rarest, and how much each says: all where but two articles have it,
        nothing where every one has it.
        """
        if name.iri not in self._near:
            met = {iri for d in sorted(name.documents)[:OF] for iri in self.company.get(d, ())} - {name.iri}
            rarest = sorted((i for i in met if self._rare[i] > 1), key=lambda i: (self._rare[i], i))
            all_ = len(self.company) + 1
            self._near[name.iri] = {
                i: math.log(all_ / self._rare[i]) / math.log(all_ / 2) if all_ > 2 else 0.0 for i in rarest
            }
        return self._near[name.iri]


# ------------------------------------------------------------------ words of a name


@lru_cache(maxsize=KNOWN)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name, folded, without what stands after a surname."""
    words = tuple(filter(None, (slug(w) for w in name.replace("-", " ").replace(".", ". ").split() if _sounds(w))))
    while len(words) > 1 and words[-1] in _ENDS:
        words = words[:-1]
    return words


def _sounds(word: str) -> bool:
    return any(c.isalnum() for c in word)


@cache
def _listed() -> Mapping[str, str]:
    """The names of well-known bodies → the first of those of each."""
    rows = (row.split("=") for kind in table("names/organizations").values() for row in kind.strip().splitlines())
    return {name.strip(): names[0].strip() for names in rows for name in names}


@cache
def _forms() -> Mapping[str, frozenset[str]]:
    """A given name, folded → those of which it is a form, itself among them."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in table("names/given")["forms"].strip().splitlines():
        full, *forms = (slug(w) for w in row.split())
        for form in forms:
            found[form].add(full)
    return {form: frozenset(full) for form, full in found.items()}


def _given(word: str) -> frozenset[str]:
    return _forms().get(word, frozenset()) | {word}


def _is_initial(word: str) -> bool:
    return len(word) == 1


def _core(name: str) -> tuple[str, ...]:
    """The words that tell a body or a place from others: without small words and what a short form leaves out."""
    words = [w for w in _words(name) if w not in _SMALL]
    left = [w for w in words if w not in _DESIGNATORS]
    return tuple(left or words)


def _letters(name: str) -> str:
    """A name that is an acronym, in small letters; else nothing."""
    bare = name.replace(".", "").replace("-", "")
    capitals = sum(c.isupper() for c in bare)
    return bare.lower() if 2 <= len(bare) <= 8 and bare.isalnum() and capitals > 1 and capitals * 2 > len(bare) else ""


def _initials(name: str) -> set[str]:
    """The acronyms that a name of several words may have: with its small words and without."""
    words = _words(name)
    if len(words) < 2:
        return set()
    return {s for some in (words, [w for w in words if w not in _SMALL]) if len(s := "".join(w[0] for w in some)) > 1}


_SOUNDS = tuple(
    (a, b) for row in _LISTS.lists["sounds"].strip().splitlines() for a, b in (tuple((row.split() + [""])[:2]),)
)


@lru_cache(maxsize=KNOWN)
def _skeleton(name: str) -> str:
    """How a name sounds in any of its transcriptions: one letter for those that they choose among."""
    made = []
    for word in _words(name):
        for a, b in _SOUNDS:
            word = word.replace(a, b)
        if word not in _ARTICLES:
            made.append("".join(c for n, c in enumerate(word) if n == 0 or word[n - 1] != c))
    return "".join(made)


def _one_letter_less(word: str) -> Iterator[str]:
    """What two words have in common that differ by one letter, or of which two letters are exchanged."""
    yield word
    for n in range(len(word)):
        yield word[:n] + word[n + 1 :]


# ------------------------------------------------------------------ keys

#: A rule, a key within it, and on which side of a pair the name stands: "" on both.
Key = tuple[str, str, str]


def _keys(name: Name) -> Iterator[Key]:
    if name.local:
        yield "short", _skeleton(_words(name.label)[-1]), "short"
        return
    yield from _spelt(name)
    for called in name.names:
        words = _words(called)
        if len(words) > 1 or called == name.label and name.kind != "person":
            yield "alias", slug(called), ""
    if name.kind == "person":
        yield from _of_person(name)
    else:
        yield from _of_body(name)


def _spelt(name: Name) -> Iterator[Key]:
    words = _words(name.label)
    if len(words) > 1 or len(name.label) >= LONG:
        yield "sound", _skeleton(name.label), ""
        plain = "".join(words)
        if len(plain) >= LONG and len(words) > 1 and not any(c.isdigit() for c in plain):
            yield from (("letter", some, "") for some in set(_one_letter_less(plain)))


def _of_person(name: Name) -> Iterator[Key]:
    words = _words(name.label)
    if len(words) == 1:
        yield "short", _skeleton(words[0]), "short"
        return
    first, last = words[0], words[-1]
    yield "initial", f"{last} {first[0]}", "short" if _is_initial(first) else "long"
    if not _is_initial(first):
        yield from (("given", f"{last} {full}", "") for full in sorted(_given(first)))
        yield "begins", f"{first} {words[1]}", "short" if len(words) == 2 else "long"
    alone = {last, *(w[-1] for o in name.others if " " not in o and (w := _words(o)))}
    yield from (("short", s, "long") for s in sorted(map(_skeleton, alone)))


def _of_body(name: Name) -> Iterator[Key]:
    core = _core(name.label)
    for called in name.names:
        if letters := _letters(called):
            yield "acronym", letters, "short"
        if full := _listed().get(called):
            yield "listed", full, ""
    yield from (("acronym", letters, "long") for letters in sorted(_initials(name.label)))
    if any(len(word) > 2 for word in core):
        yield "core", " ".join(core), ""
        if name.kind == "org":
            parts = sorted({core[:-1], core[1:]}) if len(core) > 1 else ()
            yield from (("part", " ".join(some), "long") for some in parts)
            yield "part", " ".join(core), "short"


# ------------------------------------------------------------------ looking at pairs


def likely(names: Iterable[Name], known: Known | None = None) -> list[Likely]:
    """Those that may be one: the best reason for each pair, those for which most speaks first."""
    known = known or Known()
    found: dict[tuple[str, str], Likely] = {}
    for rule, one, other, rivals in _candidates(names, known):
        if (pair := _compared(rule, one, other, rivals, known)) is not None:
            key = pair.one.iri, pair.other.iri
            if key not in found or (pair.score, pair.why) > (found[key].score, found[key].why):
                found[key] = pair
    return sorted(
        (p for p in found.values() if p.score >= ENOUGH), key=lambda p: (-p.score, p.why, p.one.iri, p.other.iri)
    )


def _candidates(names: Iterable[Name], known: Known) -> Iterator[tuple[str, Name, Name, int]]:
    """A rule, two names of one kind to which it gives a key, and how many others the shorter one may stand for."""
    blocks: dict[tuple[str, str, str], tuple[list[Name], list[Name], list[Name]]] = {}
    for name in sorted(names, key=lambda n: n.iri):
        for rule, key, side in dict.fromkeys(_keys(name)):
            blocks.setdefault((name.kind, rule, key), ([], [], []))[_SIDES.index(side)].append(name)
    met: set[tuple[str, str, str]] = set()
    for (_, rule, _), block in blocks.items():
        for one, other, rivals in _pairs(block, known):
            if (pair := (rule, min(one.iri, other.iri), max(one.iri, other.iri))) not in met:
                met.add(pair)
                yield rule, one, other, rivals


_SIDES = ("", "short", "long")


def _pairs(block: tuple[list[Name], list[Name], list[Name]], known: Known) -> Iterator[tuple[Name, Name, int]]:
    both, short, long = block
    if len(both) * (len(both) - 1) // 2 + len(short) * len(long) <= PAIRS:
        yield from _all_pairs(block)
        return
    company: dict[str, tuple[list[Name], list[Name], list[Name]]] = {}
    for n, side in enumerate(block):
        for name in side:
            for iri in list(known.near(name))[:COMPANY]:
                company.setdefault(iri, ([], [], []))[n].append(name)
    for some in company.values():
        if len(some[0]) * (len(some[0]) - 1) // 2 + len(some[1]) * len(some[2]) <= PAIRS:
            yield from _all_pairs(some)


def _all_pairs(block: tuple[list[Name], list[Name], list[Name]]) -> Iterator[tuple[Name, Name, int]]:
    both, short, long = block
    for n, one in enumerate(both):
        yield from ((one, other, 0) for other in both[n + 1 :])
    for one in short:
        others = [other for other in long if other.iri != one.iri]
        yield from ((one, other, len(others) - 1) for other in others)


def _compared(rule: str, one: Name, other: Name, rivals: int, known: Known) -> Likely | None:
    """What speaks for two being one, by a rule; nothing where it does not hold."""
    if one.iri == other.iri or not _holds(rule, one, other):
        return None
    score = _SCORES[rule] / (1 + rivals / 2)
    near, there = known.near(one), known.near(other)
    company = sorted(near.keys() & there.keys(), key=lambda i: (-near[i], i))
    shared = sum(near[i] for i in company)
    score += _SCORES["company"] * min(1.0, shared) if company else -_SCORES["alone"]
    said, told = known.said(one.iri), known.said(other.iri)
    facts = sorted(said.keys() & told.keys())
    score += _SCORES["fact"] * bool(facts)
    apart = unlike(said, told)
    score -= _SCORES["apart"] * bool(apart)
    why = [_SAYS[rule]]
    if facts:
        why.append("of both is said " + ", ".join(f"{name} {said[name, iri]}" for name, iri in facts[:2]))
    if company:
        why.append("both with " + ", ".join(known.labels.get(i, i) for i in company[:3]))
    if apart:
        why.append(f"but {apart}")
    score = round(min(0.95, max(0.05, score)), 2)
    a, b = sorted((one, other), key=lambda n: n.iri)
    return Likely(a, b, "; ".join(why) + f" (score {score:.2f})", score)


#: What one person seldom has two of at one time.
SINGLE = ("citizenOf", "headOfStateOf", "headOfGovernmentOf", "bornOn", "bornIn")


def unlike(said: Mapping[tuple[str, str], str], told: Mapping[tuple[str, str], str]) -> str:
    """What is said of two that is seldom true of one, in words."""
    for single in SINGLE:
        a, b = ({o: label for (name, o), label in each.items() if name == single} for each in (said, told))
        if a and b and a.keys().isdisjoint(b):
            return f"{single} {min(a.values())} of one and {min(b.values())} of the other"
    return ""


def _holds(rule: str, one: Name, other: Name) -> bool:
    """Whether a rule, to which two names gave a key, lets them be one."""
    a, b = _words(one.label), _words(other.label)
    match rule:
        case "initial":
            return _fits(a[:-1], b[:-1])
        case "given":
            return a[-1] == b[-1] and not _given(a[0]).isdisjoint(_given(b[0])) and _fits(a[1:-1], b[1:-1])
        case "begins":
            return a == b[:2] if len(a) == 2 else b == a[:2]
        case "sound":
            return a != b and not _marked(a, b)
        case "letter":
            return a != b and not _two_given(a, b) and not _marked(a, b) and not ({*a} ^ {*b}) & _SIDED
        case "acronym":
            return not _letters(other.label) or not _letters(one.label)
        case "part" | "core":
            few, many = sorted(({w for w in words if w not in _SMALL} for words in (a, b)), key=len)
            return few <= many and not (many - few) & (_PLACED | _SIDED)
        case _:
            return True


def _fits(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether given names can be those of one: the fewer of them stand among the others in their order, an initial for
    a name that begins with it.
    """
    few, many = sorted((one, other), key=len)
    at = 0
    for word in few:
        while at < len(many) and not _meets(word, many[at]):
            at += 1
        if at == len(many):
            return False
        at += 1
    return True


def _meets(a: str, b: str) -> bool:
    return a == b or (_is_initial(a) or _is_initial(b)) and a[0] == b[0] or not _given(a).isdisjoint(_given(b))


def _two_given(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two differ by one common given name against another: "Maria" and "Mario" are two."""
    known = {slug(w) for gender in ("male", "female") for w in table("names/given")[gender].split()}
    return len(a) == len(b) and any(x != y and x in known and y in known for x, y in zip(a, b))


def _marked(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two differ by a number or an initial, of which no transcription makes another."""
    return any(_is_initial(w) or any(c.isdigit() for c in w) for w in {*a} ^ {*b})
