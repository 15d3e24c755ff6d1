"""Every frame: its examples give what they say, its near misses give nothing of its type. One batch through the
line.
"""

from __future__ import annotations

import pytest

from kg import annotator, names, resolver, vocabulary
from kg.errors import InputError
from kg.extractor.events.dictionary import ROLES, Frame, dictionary
from kg.extractor.events.frames import find_events
from kg.extractor.scene import Scene
from kg.grammar.analysis import Analysis
from kg.model import Document, Event, Quantity, Resolved, Value

WORDS = vocabulary.load()
FRAMES = dictionary(WORDS).frames
Told = tuple[tuple[Event, ...], Resolved]


@pytest.fixture(scope="module")
def told() -> dict[str, Told]:
    """Every example sentence of every frame → its events and entities."""
    texts = sorted({e["text"] for f in FRAMES for e in f.yes} | {n for f in FRAMES for n in f.no})
    gazetteer, found = names.load(), {}
    for parse in annotator.load().parse(Document(text, date="2026-03-03") for text in texts):
        resolved = resolver.resolve(parse, gazetteer)
        found[parse.text] = Scene(Analysis(parse), resolved, WORDS).read(find_events).events, resolved
    return found


def fillers(event: Event, role: str, resolved: Resolved) -> list[str]:
    """Every wording of what fills a role."""
    found = []
    for r in event.roles:
        if r.name == role:
            if isinstance(r.filler, (Value, Quantity)):
                found.append(str(r.filler.value))
            elif (entity := resolved.by_id.get(r.filler)) is not None:
                found.append(" / ".join((entity.label, *entity.aliases)))
    return found


def lacks(example: dict, frame: Frame, told: Told) -> str | None:
    """What an example misses, or None."""
    events = [e for e in told[0] if e.type == frame.type]
    if not events:
        return f"no {frame.type}, but {[(e.type, e.label) for e in told[0]]}"
    problems = []
    for event in events:
        missing = [
            f"{role}={want}"
            for role in ROLES
            if role in example
            for want in ([example[role]] if isinstance(example[role], str) else example[role])
            if not any(want in got for got in fillers(event, role, told[1]))
        ]
        if not missing:
            return None
        problems.append(
            f"{event.label} lacks {missing}, has {[(r.name, fillers(event, r.name, told[1])) for r in event.roles]}"
        )
    return "; ".join(problems)


@pytest.mark.parametrize("frame", FRAMES, ids=lambda f: f.name)
def test_examples_and_near_misses(frame: Frame, told: dict[str, Told]) -> None:
    assert frame.yes and frame.no, "a frame needs an example and a near miss"
    for example in frame.yes:
        problem = lacks(example, frame, told[example["text"]])
        assert problem is None, f"{example['text']}: {problem}"
    for text in frame.no:
        wrong = [(e.type, e.label, e.rule) for e in told[text][0] if e.rule == frame.name]
        assert not wrong, f"{text}: {wrong}"


def test_every_event_type_has_a_frame() -> None:
    families = {
        "Event",
        "Communication",
        "Contact",
        "Movement",
        "Justice",
        "Conflict",
        "Life",
        "Politics",
        "Economy",
        "Making",
        "Hazard",
        "Competition",
        "Change",
    }
    kinds = {t for t in WORDS.types if WORDS.is_a(t, "Event")} - families
    assert kinds <= {f.type for f in FRAMES}


def test_the_dictionary_is_broad() -> None:
    verbs = {v for f in FRAMES for v in f.verbs}
    others = {n for f in FRAMES for n in (*f.nouns, *f.adjectives)}
    assert len(FRAMES) >= 60 and len(verbs) >= 300 and len(others) >= 120


def test_a_user_s_own_frame_needs_no_python(tmp_path) -> None:
    (tmp_path / "sport.toml").write_text(
        '[match]\ntype = "Meeting"\nverbs = "outplay"\nagent = "* subject object: Agent"\nneeds = "agent"\n'
        'yes = [{ text = "x" }]\nno = ["y"]\n',
        encoding="utf-8",
    )
    words = vocabulary.load(frames=tmp_path)
    assert "match" in {f.name for f in dictionary(words).frames}
    parse = next(annotator.load().parse([Document("Viktor Adler outplayed Marta Lunde in Oslo.")]))
    resolved = resolver.resolve(parse, names.load())
    events = Scene(Analysis(parse), resolved, words).read(find_events).events
    assert [(e.type, e.rule, len(e.roles)) for e in events] == [("Meeting", "match", 3)]


@pytest.mark.parametrize(
    "table, what",
    [
        ('type = "Meetin"', "no event type"),
        ('type = "Person"', "no event type"),
        ('type = "Meeting"\nverb = "meet"', "unknown key 'verb'"),
        ('type = "Meeting"\nverbs = "meet"\nagent = "subject: Persn"', "'Persn' is no class"),
    ],
)
def test_a_wrong_frame_says_what_is_wrong_and_where(tmp_path, table: str, what: str) -> None:
    (tmp_path / "own.toml").write_text(f"[mine]\n{table}\n", encoding="utf-8")
    with pytest.raises(InputError) as problem:
        dictionary(vocabulary.load(frames=tmp_path))
    assert what in str(problem.value) and "frames/own.toml [mine]" in str(problem.value)


def test_confidence_is_measured_or_absent() -> None:
    assert all(f.confidence is None or 0 <= f.right <= f.seen for f in FRAMES)
    assert any(f.seen > 10 for f in FRAMES) and any(f.seen == 0 for f in FRAMES)
