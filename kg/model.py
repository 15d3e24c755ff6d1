"""The values that travel down the line: frozen, printable, standard library only.

    Document → Parse (tokens, sentences, names) → Entities → Events + Claims → quads

Offsets are Unicode code points into `Document.text`, end exclusive. Token indices count from 0 in the document.
Ids ("e1" entities, "v1" events) hold inside one `Reading`; IRIs are minted by the assembler alone.
Types, predicates and roles are local names of the ontology ("Prison", "locatedIn", "agent").
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal as Choice, NamedTuple, TypeAlias

Span: TypeAlias = tuple[int, int]
MOST = 1 << 62  # more than any offset

Status: TypeAlias = Choice[
    "asserted", "negated", "reported", "planned", "requested", "alleged", "hypothetical", "denied"
]
Polarity: TypeAlias = Choice["positive", "negative"]
Validity: TypeAlias = Choice["current", "former", "future"]
Origin: TypeAlias = Choice["extracted", "background", "inferred"]
MentionKind: TypeAlias = Choice["name", "nominal", "pronoun"]

#: Statuses under a source, a plan or a doubt; where several govern, the one furthest right stands.
WEAKNESS: tuple[Status, ...] = ("reported", "planned", "requested", "alleged", "hypothetical", "denied")


# ------------------------------------------------------------------ the document as read and parsed


@dataclass(frozen=True, slots=True)
class Document:
    """One article. `source` says where it was read (for messages only, never for the graph)."""

    text: str
    id: str | None = None
    title: str | None = None
    url: str | None = None
    date: str | None = None  # ISO 8601 day of publication: the anchor of relative times
    publisher: str | None = None
    source: str = "<text>"
    modified: str | None = None  # ISO 8601 day
    author: str | None = None
    section: str | None = None
    language: str | None = None  # BCP 47, as the file declares it
    taken: tuple[tuple[str, str], ...] = ()  # property → where the file or the text says it; what was given is not here
    foreign: tuple[Span, ...] = ()  # stretches in other languages than English: they stay in the text, unread


class Token(NamedTuple):
    """One word of the parse. `head` is the index of its head (its own index at a root); `dep` the dependency label."""

    i: int
    text: str
    lemma: str  # lower case
    pos: str  # Universal POS
    tag: str  # Penn Treebank tag
    dep: str  # ClearNLP label as spaCy's English models give it
    head: int
    start: int
    end: int
    sentence: int


class Sentence(NamedTuple):
    """Tokens `first` to `last` (exclusive) of the document; `start`, `end` in code points."""

    i: int
    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch of text that the annotator takes for a name, with the label of the pipeline (PERSON, GPE, DATE …)."""

    start: int
    end: int
    first: int  # tokens, last exclusive
    last: int
    label: str


Gender: TypeAlias = Choice["male", "female"]
Scope: TypeAlias = Choice["name", "document", "gazetteer"]
#: What a line of a text may be. From "byline" on they are no part of the story and are not read.
LineKind: TypeAlias = Choice[
    "prose",
    "headline",
    "heading",
    "dateline",
    "caption",
    "question",
    "answer",
    "byline",
    "credit",
    "page",
    "furniture",
    "comment",
    "table",
    "time",
    "repeat",
]


class Part(NamedTuple):
    """A stretch of the text as given (code points, end exclusive) and what it was taken for."""

    kind: LineKind
    start: int
    end: int


class Run(NamedTuple):
    """Characters `at` to `at + size` of a view stand for `start` to `end` of the text as given: one for one where these
    are as many, else all for the whole."""

    at: int
    size: int
    start: int
    end: int


def back(runs: Sequence[Run], start: int, end: int) -> Span:
    """Offsets of the text as given for a stretch of a view; an empty one is a place."""
    if not runs:
        return 0, 0
    first = runs[max(bisect_right(runs, (start, MOST)) - 1, 0)]
    same = first.size == first.end - first.start
    begin = min(first.start + start - first.at, first.end) if same else first.start
    if end <= start:
        return begin, begin
    last = runs[max(bisect_right(runs, (end - 1, MOST)) - 1, 0)]
    same = last.size == last.end - last.start
    return begin, min(last.start + end - last.at, last.end) if same else last.end


def within(spans: Sequence[Span], at: int) -> bool:
    """Whether an offset lies in one of these stretches, which are in order and do not overlap."""
    place = bisect_right(spans, (at, MOST)) - 1
    return place >= 0 and at < spans[place][1]


@dataclass(frozen=True, slots=True)
class View:
    """Text for a parser, what it stands for in the text as given, and what the lines of that were taken for.

    The rest are stretches of the view: `captions`, in which the present tense tells what has happened; `headings`,
    which yield to what stands under them; `torn`, which may be half a sentence.
    """

    given: Document
    text: str
    runs: tuple[Run, ...]
    parts: tuple[Part, ...]
    captions: tuple[Span, ...] = ()
    headings: tuple[Span, ...] = ()
    torn: tuple[Span, ...] = ()

    @property
    def same(self) -> bool:
        """Whether the view is the text as given, at least to its last line."""
        return len(self.runs) == 1 and self.runs[0].start == 0 and self.runs[0].end == len(self.text)

    def back(self, start: int, end: int) -> Span:
        """Offsets of the text as given for a stretch of the view."""
        return back(self.runs, start, end)

    def at(self, offset: int) -> int:
        """Where in the view that stands which an offset of the text as given begins, or what follows it."""
        number = bisect_right(self.runs, offset, key=lambda run: run.start) - 1
        if number < 0:
            return 0
        run = self.runs[number]
        if offset < run.end:
            return run.at + (offset - run.start if run.size == run.end - run.start else 0)
        return run.at + run.size


def _edges(children: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    """First and last below each node of a forest, itself among them, in one pass: each node hands its own to its
    head.
    """
    first, last = list(range(len(children))), list(range(len(children)))
    below = {c for kids in children for c in kids}
    order = [i for i in range(len(children)) if i not in below]
    for i in order:  # grows while it is walked: heads before their dependents
        order.extend(children[i])
    for i in reversed(order):
        for c in children[i]:
            first[i], last[i] = min(first[i], first[c]), max(last[i], last[c])
    return tuple(zip(first, last))


@dataclass(frozen=True, slots=True)
class Parse:
    """What the annotator saw in one document."""

    document: Document
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...]
    children: tuple[tuple[int, ...], ...]  # token → its dependents, in order
    view: View | None = field(default=None, repr=False, compare=False)
    #: token → the first and the last token of its subtree
    edges: tuple[Span, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "edges", _edges(self.children))

    @property
    def text(self) -> str:
        return self.document.text

    def subtree(self, i: int) -> list[int]:
        """Token `i` and all below it, in order of the text."""
        found, todo = [], [i]
        while todo:
            at = todo.pop()
            found.append(at)
            todo.extend(self.children[at])
        return sorted(found)

    def ancestors(self, i: int) -> list[int]:
        """The heads above token `i`, nearest first, up to the root."""
        above = []
        while (head := self.tokens[i].head) != i:
            above.append(head)
            i = head
        return above

    def span(self, first: int, last: int) -> Span:
        """Code points of tokens `first` to `last`, inclusive."""
        return self.tokens[first].start, self.tokens[last].end

    def quote(self, span: Span) -> str:
        return self.document.text[span[0] : span[1]]

    def name_at(self, i: int) -> Name | None:
        """The name in which token `i` stands."""
        place = bisect_right(self.names, i, key=lambda name: name.first) - 1
        return self.names[place] if place >= 0 and i < self.names[place].last else None

    def in_caption(self, i: int) -> bool:
        """Whether token `i` stands in the caption of a picture."""
        return self.view is not None and within(self.view.captions, self.tokens[i].start)


# ------------------------------------------------------------------ who and where


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for an entity. `head` is the token that carries the dependency."""

    start: int
    end: int
    kind: MentionKind
    head: int
    joined: str = field(default="", compare=False)  # what joined it to its entity, in plain words; the first: nothing
    margin: int | None = field(default=None, compare=False)  # by what score it beat the next best thing it may mean

    @property
    def span(self) -> Span:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing the article speaks of.

    `scope` is "name" where the normalised full name is its identity in every article, "document" where it holds only
    here (a bare surname, a nominal, a group), "gazetteer" where `iri` is given by a user's gazetteer.
    `place` is the key of the built-in gazetteer ("country:CL", "geonames:3583361"), the source of background facts.
    """

    id: str
    type: str
    label: str
    mentions: tuple[Mention, ...] = ()
    aliases: tuple[str, ...] = ()
    scope: Scope = "name"
    disambiguator: str | None = None
    iri: str | None = None
    place: str | None = None
    same_as: tuple[str, ...] = ()
    plural: bool = False
    gender: Gender | None = None
    members: tuple[str, ...] = ()  # entity ids of a split antecedent ("the two countries", "both")


@dataclass(frozen=True, slots=True)
class Resolved:
    """The entities of one document and, for each token that heads a mention, whose mention it is."""

    entities: tuple[Entity, ...]
    by_id: dict[str, Entity] = field(repr=False)
    at: dict[int, str] = field(repr=False)  # head token → entity id
    named: frozenset[str] = field(repr=False)  # entities with a name
    called: frozenset[str] = field(repr=False)  # entities for which more stands than pronouns
    heads: dict[tuple[str, int], tuple[Mention, ...]] = field(repr=False)  # entity id and head token → mentions

    def entity_at(self, token: int) -> Entity | None:
        found = self.at.get(token)
        return self.by_id[found] if found is not None else None

    @classmethod
    def of(cls, entities: tuple[Entity, ...]) -> Resolved:
        said = [(m, e.id) for e in entities for m in e.mentions]
        # the words of a phrase stand for what the phrase means: "a Chilean" for a person, though it names Chile
        at = {m.head: id for m, id in said if m.kind == "name"} | {m.head: id for m, id in said if m.kind != "name"}
        named = frozenset(id for m, id in said if m.kind == "name")
        called = frozenset(id for m, id in said if m.kind != "pronoun")
        heads: dict[tuple[str, int], tuple[Mention, ...]] = {}
        for mention, id in said:
            heads[id, mention.head] = (*heads.get((id, mention.head), ()), mention)
        return cls(entities, {e.id: e for e in entities}, at, named, called, heads)


# ------------------------------------------------------------------ what fills a role or stands as an object


@dataclass(frozen=True, slots=True)
class Value:
    """A literal object: `datatype` is an xsd local name with its prefix ("xsd:gYear")."""

    value: str
    datatype: str = "xsd:string"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or range with its unit, what is counted, and how exact. `start`, `end` cover number, unit and
    modifier.
    """

    value: float | int | None
    min: float | int | None = None
    max: float | int | None = None
    unit: str | None = None  # "kilometre", "USD", "percent", "month" …
    of: str | None = None  # what is counted or measured, words of the text
    modifier: str | None = None  # "about", "nearly", "at least" …
    from_: str | None = None  # entity id: where a distance is measured from
    start: int = 0
    end: int = 0
    head: int = -1  # token of the number (or of its unit)


@dataclass(frozen=True, slots=True)
class Time:
    """Words of the text that tell when or how long, their EDTF value where it can be resolved, and the anchor used."""

    start: int
    end: int
    text: str
    value: str | None = None  # EDTF level 1; a duration as ISO 8601 ("P7M"); None = unresolved
    granularity: str | None = None  # "day", "week", "month", "year", "decade", "time" …
    anchor: str | None = None  # ISO day it was resolved against; None for an absolute time
    kind: Choice["time", "duration"] = "time"
    head: int = -1  # token to which the rest of the sentence attaches
    confidence: float | None = field(default=None, compare=False)  # that it is the time of the event that has it

    @property
    def span(self) -> Span:
        return self.start, self.end


Filler: TypeAlias = str | Value | Quantity  # a string is the id of an entity ("e3") or an event ("v2")


# ------------------------------------------------------------------ grammar


class Argument(NamedTuple):
    """One argument of a predication, voice and control undone.

    `slot`: "subject", "object", "indirect" (dative), "complement" (predicate noun or adjective, object complement),
    "clause" (clausal complement), "possessor" (of a noun), or the lemma of the preposition ("in", "of", "by", "to",
    "with" …).
    """

    slot: str
    token: int
    shared: bool = False  # taken over from another predicate (control, coordination, relative clause)


@dataclass(frozen=True, slots=True)
class Predication:
    """A predicate with its arguments, after the grammar: passive, relative clauses, control, raising, coordination and
    light verbs are undone, so that a frame sees "subject" and "object" as the verb means them."""

    token: int
    lemma: str  # with its particle: "hand over"; a light verb gives its noun ("visit")
    kind: Choice["verb", "noun", "adjective"]
    arguments: tuple[Argument, ...]
    negated: bool = False
    passive: bool = False
    light: int | None = None  # token of the light verb ("paid" in "paid a visit")

    def fillers(self, slot: str) -> tuple[int, ...]:
        return tuple(a.token for a in self.arguments if a.slot == slot)


# ------------------------------------------------------------------ what is said, by whom, how firmly


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that carry a claim, and the rule that read them."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something stands as it does: the cue ("verb: saying") or step ("step: question") that gave it a status, and
    the word at which it did."""

    status: Status
    rule: str
    span: Span


@dataclass(frozen=True, slots=True)
class Standing:
    """How firmly something is said: what governs a predicate in its sentence."""

    status: Status = "asserted"
    polarity: Polarity = "positive"
    modality: tuple[Status, ...] = ()  # further statuses that govern, weaker ones having won
    claimed_by: str | None = None  # entity id of the innermost source
    via: str | None = None  # entity id of the one who passes it on
    stated_in: str | None = None  # event id of the communication
    because: tuple[Reason, ...] = field(default=(), compare=False)  # in the order met, from the predicate upwards


def weaker(a: Standing, b: Standing) -> Standing:
    """Of two standings the one that claims less; what governs both is kept as modality."""
    order = ("asserted", "negated", *WEAKNESS)
    if order.index(a.status) < order.index(b.status):
        a, b = b, a
    if b.status == "asserted" or a.status == b.status:
        return a
    kept = dict.fromkeys((*a.modality, b.status, *b.modality))
    return Standing(
        a.status,
        a.polarity,
        tuple(m for m in kept if m != a.status and m != "negated"),
        a.claimed_by or b.claimed_by,
        a.via or b.via,
        a.stated_in or b.stated_in,
        tuple(dict.fromkeys((*a.because, *b.because))),
    )


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what. Spans may be several (a broken quotation). `cue_token` is the token of the verb or noun of
    saying.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    cue_token: int
    source_entity: str | None = None  # entity id
    status: Status = "reported"  # what the cue makes of its content ("alleged" under accuse, …)
    direct: bool = False
    outer: int | None = None  # index of the attribution in whose content this one stands
    contents: tuple[int, ...] = ()  # tokens that head the content (roots of the said clauses)


@dataclass(frozen=True, slots=True)
class Role:
    """One participant of an event. `standing` only where it differs from the event's (an absent participant is
    negated).
    """

    name: str
    filler: Filler
    evidence: Evidence
    standing: Standing | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, is planned, is alleged … `triggers` are all its tellings, the first one its identity."""

    id: str
    type: str
    label: str
    triggers: tuple[Span, ...]
    roles: tuple[Role, ...]
    standing: Standing
    rule: str
    evidence: tuple[Evidence, ...] = ()
    time: Time | None = None
    duration: Time | None = None
    content: tuple[Span, ...] = ()  # words said, of a communication
    confidence: float | None = None
    tokens: tuple[int, ...] = ()  # trigger tokens


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation between entities, or of an entity to a value, with its words and its standing."""

    subject: str
    predicate: str
    object: Filler
    standing: Standing
    evidence: tuple[Evidence, ...]
    validity: Validity = "current"
    confidence: float | None = None
    origin: Origin = "extracted"


class Silence(NamedTuple):
    """A sentence or predicate that gave no claim, and why ("no frame", "type gate: …", "unresolved argument: …")."""

    sentence: int
    token: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was understood of one document: the plane between text and graph."""

    document: Document
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()  # relations and literals; those of events follow from the events
    attributions: tuple[Attribution, ...] = ()
    times: tuple[Time, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    silences: tuple[Silence, ...] = ()
