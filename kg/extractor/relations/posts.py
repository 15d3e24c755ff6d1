"""Offices: the post as a node, who holds it, of what it is the post; and the country of a post that the text leaves to
the context.

"Foreign Minister Karl Dahl" in an article on Norway is the Norwegian one. Such a post is given to the country that is
both the one most named and the one named last before it, and named where the article first names any, if nobody else is
said to hold the like there and nothing before the title says whose it is. On 296 articles of annotated news (Deutsche
Welle) that gave, without the condition on the opening, 63 heads and ministers, of whom 58 were right, read one by one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kg.extractor.lexicon import NounRule
from kg.extractor.scene import Scene
from kg.grammar import phrases
from kg.model import Claim, Entity, Evidence, Filler, Mention, Span, Standing, Validity

#: A post is a node of its own in the graph, between its holder and its body: these two properties make it.
HOLDS, OF = "holdsOffice", "officeOf"


class Holder(NamedTuple):
    """Whom a noun stands for, the token of that mention, and whether the text takes it for granted."""

    id: str
    token: int
    given: bool
    title: bool  # the noun stands before the name, as a title


class Held(NamedTuple):
    """Somebody's post, read off the noun at token `i`."""

    rule: NounRule
    i: int
    lemma: str
    holder: Holder
    standing: Standing
    validity: Validity
    by: str | None = None  # the person whose minister it is


class Posts:
    """The offices of one document, with ids after the last of the resolved entities."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.entities: dict[tuple[str, str | None], Entity] = {}  # each with its first mention alone
        self._mentions: dict[tuple[str, str | None], dict[Mention, None]] = {}
        self._keys: dict[str, tuple[str, str | None]] = {}  # id → title, and whose post it is
        self.open: list[Held] = []  # posts whose body is not named beside them

    def post(self, held: Held, target: str | None) -> Entity:
        """The node of a post, the same one for the same title of the same body; the words of the title are its
        mentions.
        """
        title = title_of(self.scene, held)
        key = (title, target)
        mention = Mention(*title_span(self.scene, held), "nominal", held.i)
        if key not in self.entities:
            label = f"{title} of {self.scene.resolved.by_id[target].label}" if target else title
            self.entities[key] = Entity(
                f"e{len(self.scene.resolved.entities) + len(self.entities) + 1}",
                "Office",
                label,
                (mention,),
                scope="name" if target else "document",
            )
            self._keys[self.entities[key].id] = key
        self._mentions.setdefault(key, {})[mention] = None
        return self.entities[key]

    def all(self) -> Iterator[Entity]:
        """The nodes of all posts with their mentions."""
        for key, post in self.entities.items():
            yield replace(post, mentions=tuple(self._mentions[key]))

    def held(self, held: Held, target: str, token: int, apart: bool = False) -> Iterator[Claim]:
        """Who holds a post of a body named at `token`, and that it is the body's post; `apart`: named elsewhere."""
        scene = self.scene
        if not scene.vocabulary.fits("Office", OF, scene.resolved.by_id[target].type):
            return
        post = self.post(held, target)
        spans = (
            (scene.span(held.i, held.holder.token, token),)
            if not apart
            else (scene.span(held.i, held.holder.token), scene.span(token))
        )
        evidence = tuple(Evidence(*span, held.rule.name) for span in spans)
        yield Claim(held.holder.id, HOLDS, post.id, held.standing, evidence, held.validity)
        spans = (scene.span(held.i, token),) if not apart else (scene.span(held.i), scene.span(token))
        yield Claim(
            post.id,
            OF,
            target,
            scene.standing(held.i, True),
            tuple(Evidence(*s, held.rule.name) for s in spans),
        )

    # -------------------------------------------------------------- posts without a body

    def in_context(self, claims: Sequence[Claim]) -> Iterator[Claim]:
        """Posts whose body the text does not name beside them: as said elsewhere, by the country spoken of, or bare."""
        known = {(c.subject, self._key(c.object)[0]) for c in claims if c.predicate == HOLDS}
        told = _Told(self, claims)
        for held in self.open:
            if (held.holder.id, title_of(self.scene, held)) in known:
                continue
            known.add((held.holder.id, title_of(self.scene, held)))
            country = self._country(held, told)
            if country is not None:
                fresh = list(self._of_country(held, *country))
                for claim in fresh:
                    told.add(claim)
                yield from fresh
            else:
                post = self.post(held, None)
                span = self.scene.span(held.i, held.holder.token)
                yield Claim(
                    held.holder.id,
                    HOLDS,
                    post.id,
                    held.standing,
                    (Evidence(*span, held.rule.name),),
                    held.validity,
                )

    def _key(self, post: object) -> tuple[str, str | None]:
        """The title of a post, and whose it is."""
        return self._keys.get(post, ("", None)) if isinstance(post, str) else ("", None)

    def _country(self, held: Held, told: _Told) -> tuple[str, int, str] | None:
        """The country of a post by context: its id, the token that names it last before the post, and the property."""
        predicate = next((p for kind, p in held.rule.means if kind == "Country"), None)
        ranked = told.countries
        if (
            predicate not in self.scene.listed("office", "national")
            or not ranked
            or held.standing.status not in ("asserted", "reported")
        ):
            return None
        if held.by is not None:
            own = told.lands_of.get(held.by, ())
            found = next(
                ((country, names[0], predicate) for _, country, names in ranked if country in own and names), None
            )
            if found is not None:
                return found
        if not held.holder.title or self._qualified(held):
            return None
        unnamed = self._unnamed(held, told)
        if unnamed is not None:
            return next(
                ((country, names[0], predicate) for _, country, names in ranked if country == unnamed and names), None
            )
        if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
            return None
        count, top, names = ranked[0]
        place = bisect_left(told.places, (held.i,))
        last = told.places[place - 1] if place else (-1, "")
        if last[1] != top or (predicate, top) in told.sole or top not in told.opening:
            return None
        sentence = self.scene.parse.sentences[self.scene.parse.tokens[held.i].sentence]
        if len({country for _, country in told.places[bisect_left(told.places, (sentence.first,)) : place]}) > 1:
            return None  # "Norway cut its ties with Ghana after former minister X": of one of the two
        return None if held.holder.id in told.lands_of else (top, last[0], predicate)

    def _qualified(self, held: Held) -> bool:
        """Something else stands before the title that says whose it is: "the Agency (EPA) president", "football
        president".
        """
        first = _first(self.scene, held)
        tokens = self.scene.parse.tokens
        if first and (
            tokens[first - 1].text == ")"
            or tokens[first - 1].pos in ("NOUN", "PROPN")
            and first <= tokens[first - 1].head <= held.holder.token
        ):
            return True
        return any(t.pos == "NOUN" for t in tokens[first : held.i]) and held.rule.name == "president"

    def _unnamed(self, held: Held, told: _Told) -> str | None:
        """The country whose like officer the text speaks of without a name ("the Peruvian president"), if there is
        but one.
        """
        title = title_of(self.scene, held)
        if len(told.open_to[title]) != 1:
            return None
        found = [
            target
            for target, named in told.officers.get((title, held.validity), {}).items()
            if named == {False} and self.scene.is_a(self.scene.resolved.by_id[target], "Country")
        ]
        return found[0] if len(found) == 1 else None

    def _of_country(self, held: Held, country: str, token: int, predicate: str) -> Iterator[Claim]:
        evidence = tuple(
            Evidence(*self.scene.span(*tokens), "post in context") for tokens in ((held.i, held.holder.token), (token,))
        )
        yield Claim(held.holder.id, predicate, country, held.standing, evidence, held.validity)
        yield from self.held(held._replace(rule=replace(held.rule, name="post in context")), country, token, apart=True)


class _Told:
    """What the claims so far tell of posts and of countries."""

    def __init__(self, posts: Posts, claims: Iterable[Claim]) -> None:
        scene = posts.scene
        self._scene, self._key = scene, posts._key
        self._national, self._sole = scene.listed("office", "national"), scene.listed("office", "sole")
        #: Countries by how often they are named: count, id, heads of the names.
        self.countries = sorted(
            (
                (len(e.mentions), e.id, [m.head for m in e.mentions if m.kind == "name"])
                for e in scene.resolved.entities
                if scene.is_a(e, "Country")
            ),
            key=lambda c: (-c[0], c[1]),
        )
        #: The tokens that name countries. Those named in the first sentence that names any are where the article plays.
        self.places = sorted((head, country) for _, country, heads in self.countries for head in heads)
        tokens = scene.parse.tokens
        self.opening = {c for head, c in self.places if tokens[head].sentence == tokens[self.places[0][0]].sentence}
        self.open_to: dict[str, set[str]] = {}  # title → those whose post has no body beside it
        for held in posts.open:
            self.open_to.setdefault(title_of(scene, held), set()).add(held.holder.id)
        self.lands_of: dict[str, dict[Filler, None]] = {}  # person → the countries of a national post
        self.sole: set[tuple[str, Filler]] = set()  # posts that somebody with a name has and nobody else can
        #: Title and validity → country or body → whether the holders have names.
        self.officers: dict[tuple[str, Validity], dict[str, set[bool]]] = {}
        for claim in claims:
            self.add(claim)
            if claim.predicate in self._sole and claim.subject in scene.named:
                self.sole.add((claim.predicate, claim.object))

    def add(self, claim: Claim) -> None:
        if claim.predicate in self._national:
            self.lands_of.setdefault(claim.subject, {})[claim.object] = None
        title, target = self._key(claim.object) if claim.predicate == HOLDS else ("", None)
        if target is not None:
            officers = self.officers.setdefault((title, claim.validity), {})
            officers.setdefault(target, set()).add(claim.subject in self._scene.named)


def title_of(scene: Scene, held: Held) -> str:
    """The name of the post: "Foreign Minister", "Secretary of State"."""
    rule, i = held.rule, held.i
    first = _first(scene, held)
    words = [*scene.words[first:i], held.lemma]
    if rule.of:
        after = next(
            (
                scene.words[o]
                for c in phrases.prepositions(scene.parse, i)
                for o in phrases.objects(scene.parse, c)
                if scene.words[o] in rule.of
            ),
            None,
        )
        words += ["of", after] if after else []
    return " ".join(w if w == "of" else "CEO" if w == "ceo" else w[:1].upper() + w[1:] for w in words)


def title_span(scene: Scene, held: Held) -> Span:
    """The words of the title: "foreign minister"."""
    return scene.parse.span(_first(scene, held), held.i)


def _first(scene: Scene, held: Held) -> int:
    """The first word of the title."""
    first = held.i
    known = scene.listed("office", "parts") | held.rule.before
    while first and held.i - first < phrases.LONGEST_COMPOUND and scene.entity(first - 1) is None:
        before = scene.parse.tokens[first - 1]
        if before.text.lower() not in known and not (
            before.pos == "NOUN" and phrases.premodifies(before) and before.head in (held.i, first)
        ):
            break
        first -= 1
    return first
