"""Relations that a noun tells of whom it stands for: offices, family, membership, work, belonging.

"Peruvian President Ana Ruiz", "Ana Ruiz, the president of Peru", "Peru's president", "Ana Ruiz is president of Peru",
"her husband Karl Dahl": the noun has a holder, found by title, apposition, copula or coreference, and another end,
found by preposition, possessor or modifier.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.extractor.lexicon import NounRule
from kg.extractor.links import Link, join, rule_of
from kg.extractor.relations.holders import ahead, argument, holders_of, led_by, over, premodifiers, split_marks
from kg.extractor.relations.posts import Held, Holder, Posts
from kg.extractor.scene import Scene
from kg.grammar import labels, phrases
from kg.model import Claim, Entity, Standing, Validity


class Other(NamedTuple):
    """The other end of a noun, and how it was reached."""

    id: str
    token: int
    slot: str


def noun_claims(scene: Scene) -> Iterator[Entity | Claim]:
    """The offices that nouns speak of, with ids after the last of the resolved entities, and all claims they make."""
    posts = Posts(scene)
    claims: list[Claim] = []
    for token in scene.parse.tokens:
        if token.pos not in ("NOUN", "PROPN", "ADJ") and not (phrases.in_apposition(token) or phrases.equates(token)):
            continue
        lemma, marks = split_marks(token.lemma) if "-" in token.lemma else (token.lemma, frozenset())
        rules = scene.lexicon.nouns.get(lemma, ())
        if token.pos == "ADJ" and not marks and "-" not in lemma:
            continue  # "chief" in "chief executive"
        office = _office(scene, token.i, lemma)
        if office is None and not rules:
            claims += _unlisted(scene, token.i, lemma)
            continue
        holders = holders_of(scene, token.i)
        if not holders:
            continue
        joined: set[tuple[str, str]] = set()
        if office is not None and office.special:
            rules = ()
        for rule in ((office,) if office else ()) + rules:
            for claim in _apply(scene, rule, token.i, lemma, holders, marks, posts):
                pair = (claim.subject, claim.object if isinstance(claim.object, str) else "")
                if rule is office:
                    joined.add(pair)
                elif pair in joined:
                    continue
                claims.append(claim)
    claims += posts.in_context(claims)
    yield from posts.all()
    yield from claims


def _office(scene: Scene, i: int, lemma: str) -> NounRule | None:
    """The meaning of an office noun that its neighbours choose."""
    rules = scene.lexicon.offices.get(lemma, ())
    token = scene.parse.tokens[i]
    if not rules:
        return None
    if token.tag in ("NNS", "NNPS") and token.dep not in labels.TITLES:
        return next((rule for rule in rules if rule.plural), None)
    before = {scene.words[c] for c in premodifiers(scene, i)} | {scene.words[i - 1] if i else ""}
    following = scene.parse.tokens[i + 1].lemma if i + 1 < len(scene.words) else ""
    if any(lemma in rule.before for rule in scene.lexicon.offices.get(following, ())):
        return None  # "Secretary" in "Secretary General"
    if following in scene.lexicon.offices and phrases.premodifies(token) and lemma in scene.listed("office", "parts"):
        return None  # "justice" in "justice minister"
    if phrases.after(scene.parse, i, "of") and any(
        lemma in rule.of for rule in scene.lexicon.offices.get(scene.parse.tokens[_above(scene, i)].lemma, ())
    ):
        return None  # "justice" in "secretary of justice"
    after = {scene.words[o] for o in phrases.under(scene.parse, i, "of")}
    for rule in rules:
        if rule.before and not rule.before & before or rule.of and not rule.of & after:
            continue
        return rule
    return None


def _above(scene: Scene, i: int) -> int:
    """The word on which the preposition over token `i` hangs."""
    return scene.parse.tokens[scene.parse.tokens[i].head].head


# ------------------------------------------------------------------ of whom or what


def _others(scene: Scene, i: int, slots: frozenset[str], holder: Holder) -> Iterator[Other]:
    """The other ends that noun `i` names, nearest construction first."""
    tokens = scene.parse.tokens
    sites = [i] + ([holder.token] if holder.title else [])
    for site in sites:
        for child in phrases.prepositions(scene.parse, site):
            if scene.words[child] not in slots or child < i:
                continue
            if site != i and scene.words[child] in ("at", "in") and argument(scene, site):
                continue  # "ate with lawyer X at the palace"
            yield from _under(scene, child, scene.words[child], slots)
    before = premodifiers(scene, i)
    body = (_bracketed(scene, i) or _leftward(scene, i)) if "modifier" in slots else None
    if body is not None and (entity := scene.entity(body)) is not None and scene.is_a(entity, "Organization"):
        yield Other(entity.id, body, "modifier")
    if holder.title and i >= 2 and scene.words[i - 1] == "and" and tokens[i - 2].lemma in scene.lexicon.lemmas:
        before = premodifiers(scene, i - 2) + before  # "Autobau chairman and founder X"
    led = led_by(scene, i)
    for at in before:
        if led is not None and at < led:
            continue  # "Norway's rescue agency chief": of the agency
        slot = "possessor" if phrases.owns(tokens[at]) else "modifier" if tokens[at].dep in labels.TITLES else ""
        if slot in slots and (entity := scene.entity(at)) is not None and entity.id != holder.id:
            for t in scene.coordinated(at) if slot == "possessor" else [at]:
                if (one := scene.entity(t)) is not None and one.id != holder.id:
                    yield Other(one.id, t, slot)


def _leftward(scene: Scene, i: int) -> int | None:
    """The body of "the Department of Public Works chairman X": the head of a name of several words, the last one
    right before the noun.
    """
    if i < 3:
        return None
    end = scene.parse.tokens[i - 1].end
    return next(
        (
            h
            for h in range(i - 2, max(-1, i - 8), -1)
            if h in scene.spans and scene.spans[h][1] == end and scene.parse.tokens[h].pos == "PROPN"
        ),
        None,
    )


def _bracketed(scene: Scene, i: int) -> int | None:
    """The body of "the People's Party (PP) leader X": the head of the name before the bracket that ends before the
    noun.
    """
    words = scene.words
    if i < 3 or words[i - 1] != ")":
        return None
    opening = next((k for k in range(i - 2, max(-1, i - 7), -1) if words[k] == "("), None)
    if opening is None:
        return None
    end = scene.parse.tokens[opening - 1].end if opening else -1
    return next(
        (h for h in range(opening - 1, max(-1, opening - 6), -1) if h in scene.spans and scene.spans[h][1] == end), None
    )


def _under(scene: Scene, preposition: int, slot: str, slots: frozenset[str]) -> Iterator[Other]:
    """The entities under a preposition, through a plain noun between ("head of research at X", "of the board of X")."""
    for at in scene.objects(preposition):
        entity = scene.entity(at)
        inner = [c for c in phrases.prepositions(scene.parse, at) if scene.words[c] in slots]
        if entity is not None and entity.id not in scene.named and scene.is_a(entity, "Place"):
            exact = scene.under(at, "of")
            if (
                exact
                and (one := scene.entity(exact[0])) is not None
                and one.id in scene.named
                and scene.is_a(one, "Place")
            ):
                yield Other(one.id, exact[0], slot)  # "the state of Hesse"
                continue
        if (
            scene.words[at] in scene.listed("groups", "transparent")
            and inner
            and (entity is None or entity.id not in scene.named)
            or entity is None
        ):
            for deeper in inner:
                for below in scene.objects(deeper):
                    if (one := scene.entity(below)) is not None:
                        yield Other(one.id, below, slot)
            if not inner:
                for child in phrases.dependents(scene.parse, at, labels.OWNING):
                    if scene.parse.tokens[at].pos == "NOUN" and (one := scene.entity(child)) is not None:
                        yield Other(one.id, child, slot)
        else:
            for head in scene.each(at):  # "the daughter of the actors Karl and Lena Dahl"
                yield Other(scene.resolved.at[head], head, slot)


# ------------------------------------------------------------------ the claims


def _validity(scene: Scene, rule: NounRule, before: frozenset[str]) -> Validity:
    """Whether the noun is said of now: by its rule, else by the words before it."""
    if rule.validity == "former" or rule.validity != "future" and before & scene.listed("validity", "former"):
        return "former"
    return "future" if rule.validity == "future" or before & scene.listed("validity", "future") else "current"


def _standing(scene: Scene, i: int, holder: Holder, alleged: bool) -> Standing:
    """How firmly the noun is said of its holder; `alleged` by a word before it."""
    token = scene.parse.tokens[i]
    role = phrases.after(scene.parse, i, "as")
    at = scene.parse.tokens[token.head].head if role else i  # "to join X as its director": as firm as the joining
    standing = scene.standing(at, holder.given)
    return scene.weaken(standing, "alleged") if alleged else standing


def _lasting(scene: Scene, i: int) -> Validity:
    """Whether what the clause says of the noun holds now."""
    return "former" if over(scene, i) else "future" if ahead(scene, i) else "current"


def _apply(
    scene: Scene, rule: NounRule, i: int, lemma: str, holders: list[Holder], marks: frozenset[str], posts: Posts
) -> Iterator[Claim]:
    plural = scene.parse.tokens[i].tag in ("NNS", "NNPS")
    words = {scene.words[c] for c in premodifiers(scene, i)}
    before = marks | words | {mark for word in words for mark in split_marks(word)[1]}  # "ex-finance minister"
    if i + 1 < len(scene.words) and scene.words[i + 1] in ("elect", "designate"):
        before |= {scene.words[i + 1]}  # "Justice Minister designate Ana Ruiz"
    validity = _validity(scene, rule, before)
    for holder in holders:
        entity = scene.resolved.by_id[holder.id]
        one = (
            plural and holder.token != i and (scene.is_a(entity, "Person") or not entity.plural)
        )  # "one of the founders"
        if not scene.is_a(entity, rule.holder) or (plural and not rule.plural and not holder.title and not one):
            continue
        standing = _standing(scene, i, holder, bool(before & scene.listed("doubt", "alleged")))
        lasting = validity if validity != "current" or holder.given else _lasting(scene, i)
        seen: set[str] = set()
        target: tuple[str, int] | None = None
        for other in _others(scene, i, rule.slots, holder):
            kind = scene.resolved.by_id[other.id]
            predicate = next((p for k, p in rule.means if scene.is_a(kind, k)), None)
            if predicate is None or other.id in seen or other.id == holder.id:
                continue
            lower = None  # "Red Cross disaster chief"
            if other.slot == "modifier" and rule.post and not _adjoins(scene, other.token, i, rule.bare):
                lower = rule_of(scene, Link("post", i, entity, kind, (), i))
                if lower is None or predicate not in scene.listed("office", "within"):
                    continue
                predicate = lower.predicate
            if scene.is_a(kind, "Country") and not rule.bare and scene.parse.tokens[other.token].pos in ("PRON", "DET"):
                continue  # "its leader" of the gang rather than the country
            ends = (other.id, holder.id) if rule.inverse else (holder.id, other.id)
            claim = scene.claim(
                ends[0], predicate, ends[1], rule.name, (holder.token, i, other.token), standing, lasting
            )
            if claim is not None:
                seen.add(other.id)
                if lower is None or ("Organization", predicate) in rule.means:
                    target = target or (other.id, other.token)
                yield claim
                if other.slot in ("modifier", "possessor"):
                    break
        if rule.post and (holder.title or not plural) and scene.is_a(entity, "Person"):
            if target is not None:
                yield from posts.held(Held(rule, i, lemma, holder, standing, lasting), *target)
            elif rule.bare and (holder.title or holder.id in scene.named):
                posts.open.append(Held(rule, i, lemma, holder, standing, lasting, _possessor(scene, i, holder)))


def _adjoins(scene: Scene, other: int, i: int, lax: bool) -> bool:
    """Nothing stands between the body and the noun of the post that would make it another post ("German football
    president").
    """
    if scene.words[i - 1] == ")":
        return True  # "the People's Party (PP) leader"
    if not lax and any(scene.parse.tokens[k].pos in ("ADJ", "NOUN") for k in range(other + 1, i)):
        return False  # "German opposition leader"
    passed = scene.listed("office", "parts") | scene.listed("validity", "former") | scene.listed("validity", "future")
    return all(
        scene.words[k] in passed or scene.words[k] in ("'s", "’s", "and", "-") or scene.entity(k) is not None
        for k in range(other + 1, i)
    )


def _unlisted(scene: Scene, i: int, lemma: str) -> Iterator[Claim]:
    """A noun without a rule of its own, between a body and a name: "Channel North anchorwoman Ana Ruiz", "a chemist
    at Nordbank".
    """
    token = scene.parse.tokens[i]
    if token.pos != "NOUN" or token.tag != "NN" or lemma in scene.listed("outside", "nouns"):
        return
    own, after = scene.entity(i), scene.parse.tokens[i + 1] if i + 1 < len(scene.words) else token
    if not scene.is_a(own, "Person") and (own is not None or after.pos != "PROPN"):
        return
    entity = scene.bearer(i)
    if entity is None or entity.id not in scene.named or not scene.is_a(entity, "Person"):
        return
    for holder in holders_of(scene, i)[:1]:
        for other in _others(scene, i, frozenset(("modifier", "at", "with")), holder):
            body = scene.resolved.by_id[other.id]
            if scene.is_a(body, "Organization") and body.id in scene.named:
                tokens = (holder.token, i, other.token)
                one = scene.resolved.by_id[holder.id]
                yield from join(scene, (Link("post", i, one, body, tokens, i, holder.given),))
                return


def _possessor(scene: Scene, i: int, holder: Holder) -> str | None:
    """The person whose minister, say, it is: "He sent his foreign minister, X"."""
    for at in premodifiers(scene, i):
        if phrases.owns(scene.parse.tokens[at]) and (entity := scene.entity(at)) is not None and entity.id != holder.id:
            return entity.id if scene.is_a(entity, "Person") else None
    return None
