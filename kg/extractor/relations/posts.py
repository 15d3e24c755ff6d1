"""Offices: the post as a node, who holds it, of what it is the post; and the country of a post that the text leaves to
the context.

"Foreign Minister Karl Dahl" in an article on Norway is the Norwegian one. Such a post is given to the country that is
both the one most named and the one named last before it, and named where the article first names any, if nobody else is
said to hold the like there and nothing before the title says whose it is. On 296 articles of annotated news (Deutsche
Welle) that gave, without the condition on the opening, 63 heads and ministers, of whom 58 were right, read one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
        self.entities: dict[tuple[str, str | None], Entity] = {}
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
        elif mention not in self.entities[key].mentions:
            self.entities[key] = replace(self.entities[key], mentions=(*self.entities[key].mentions, mention))
        return self.entities[key]

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
        known = {(c.subject, self._title_at(c.object)) for c in claims if c.predicate == HOLDS}
        heads = {
            (c.predicate, c.object)
            for c in claims
            if c.predicate in self.scene.listed("office", "sole") and c.subject in self.scene.named
        }
        ranked = self._countries()
        told = list(claims)
        for held in self.open:
            if (held.holder.id, title_of(self.scene, held)) in known:
                continue
            known.add((held.holder.id, title_of(self.scene, held)))
            country = self._country(held, ranked, heads, told)
            if country is not None:
                fresh = list(self._of_country(held, *country))
                told += fresh
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

    def _title_at(self, post: object) -> str:
        return next((title for (title, _), entity in self.entities.items() if entity.id == post), "")

    def _countries(self) -> list[tuple[int, str, list[int]]]:
        """Countries by how often they are named: count, id, heads of the names."""
        found = []
        for entity in self.scene.resolved.entities:
            if self.scene.is_a(entity, "Country"):
                heads = [m.head for m in entity.mentions if m.kind == "name"]
                found.append((len(entity.mentions), entity.id, heads))
        return sorted(found, key=lambda c: (-c[0], c[1]))

    def _country(
        self,
        held: Held,
        ranked: Sequence[tuple[int, str, list[int]]],
        heads: set[tuple[str, Filler]],
        claims: Sequence[Claim],
    ) -> tuple[str, int, str] | None:
        """The country of a post by context: its id, the token that names it last before the post, and the property."""
        predicate = next((p for kind, p in held.rule.means if kind == "Country"), None)
        if (
            predicate not in self.scene.listed("office", "national")
            or not ranked
            or held.standing.status not in ("asserted", "reported")
        ):
            return None
        if held.by is not None:
            own = [
                c.object
                for c in claims
                if c.subject == held.by and c.predicate in self.scene.listed("office", "national")
            ]
            found = next(
                ((country, names[0], predicate) for _, country, names in ranked if country in own and names), None
            )
            if found is not None:
                return found
        if not held.holder.title or self._qualified(held):
            return None
        unnamed = self._unnamed(held, claims)
        if unnamed is not None:
            return next(
                ((country, names[0], predicate) for _, country, names in ranked if country == unnamed and names), None
            )
        if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
            return None
        count, top, names = ranked[0]
        before = [(head, country) for _, country, heads_of in ranked for head in heads_of if head < held.i]
        if not before or max(before)[1] != top or (predicate, top) in heads or not self._opens(ranked, top):
            return None
        sentence = self.scene.parse.tokens[held.i].sentence
        if len({country for head, country in before if self.scene.parse.tokens[head].sentence == sentence}) > 1:
            return None  # "Norway cut its ties with Ghana after former minister X": of one of the two
        if any(c.subject == held.holder.id and c.predicate in self.scene.listed("office", "national") for c in claims):
            return None
        return top, max(before)[0], predicate

    def _opens(self, ranked: Sequence[tuple[int, str, list[int]]], top: str) -> bool:
        """Whether the first sentence that names a country names this one: that is where the article plays."""
        tokens = self.scene.parse.tokens
        lead = tokens[min(head for _, _, heads in ranked for head in heads)].sentence
        return any(tokens[head].sentence == lead for _, country, heads in ranked if country == top for head in heads)

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

    def _unnamed(self, held: Held, claims: Sequence[Claim]) -> str | None:
        """The country whose like officer the text speaks of without a name ("the Peruvian president"), if there is
        but one.
        """
        title = title_of(self.scene, held)
        said: dict[str, set[bool]] = {}
        for claim in claims:
            if claim.predicate == HOLDS and claim.validity == held.validity:
                for (other, target), post in self.entities.items():
                    if post.id == claim.object and other == title and target is not None:
                        said.setdefault(target, set()).add(claim.subject in self.scene.named)
        found = [
            target
            for target, named in said.items()
            if named == {False} and self.scene.is_a(self.scene.resolved.by_id[target], "Country")
        ]
        others = {h.holder.id for h in self.open if title_of(self.scene, h) == title}
        return found[0] if len(found) == 1 and len(others) == 1 else None

    def _of_country(self, held: Held, country: str, token: int, predicate: str) -> Iterator[Claim]:
        evidence = tuple(
            Evidence(*self.scene.span(*tokens), "post in context") for tokens in ((held.i, held.holder.token), (token,))
        )
        yield Claim(held.holder.id, predicate, country, held.standing, evidence, held.validity)
        yield from self.held(held._replace(rule=replace(held.rule, name="post in context")), country, token, apart=True)


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
    while first and scene.entity(first - 1) is None:
        before = scene.parse.tokens[first - 1]
        if before.text.lower() not in known and not (
            before.pos == "NOUN" and phrases.premodifies(before) and before.head in (held.i, first)
        ):
            break
        first -= 1
    return first
