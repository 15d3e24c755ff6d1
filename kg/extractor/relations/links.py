"""What stands before, behind and beside a noun and whose it is: the links that the grammar finds there.

"French police", "Peru's prisons", "the German carmaker X", "X in Lima", "the Oslo-based company", "Ana Ruiz of Lima":
ontology/relations/links.toml tells which property it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extractor.links import Link, join
from kg.extractor.relations.holders import argument, led_by
from kg.extractor.scene import Scene
from kg.grammar import labels, phrases
from kg.model import Claim, Entity, Token


def place_claims(scene: Scene) -> list[Claim]:
    """What adjectives of nationality, possessors and places after "in" say that no noun or verb has told."""
    return list(join(scene, _links(scene), {(c.subject, c.object) for c in scene.claims}))


def _links(scene: Scene) -> Iterator[Link]:
    yield from _names(scene)
    yield from _headquarters(scene)
    yield from _citizens(scene)
    for token in scene.parse.tokens:
        entity = scene.entity(token.i)
        if entity is not None and token.i in scene.spans:
            yield from _before(scene, token, entity)
            yield from _behind(scene, token, entity)
            if scene.is_a(entity, "Person") and entity.id in scene.named and token.pos == "PROPN":
                yield from _bracket(scene, token, entity)
                yield from _spoken_for(scene, token, entity)


# ------------------------------------------------------------------ within a name


def _names(scene: Scene) -> Iterator[Link]:
    """A nation within the name of a body: "the German Ministry of Labour", "US Senate", "Bank of Norway"."""
    nations: dict[str, Entity] = {}
    for entity in scene.resolved.entities:
        if scene.is_a(entity, "Country", "IntergovernmentalOrganization"):
            for mention in entity.mentions:
                if mention.kind == "name":
                    nations.setdefault(scene.parse.quote(mention.span).lower(), entity)
    for entity in scene.resolved.entities if nations else ():
        for mention in entity.mentions if scene.is_a(entity, "Organization") else ():
            words = scene.parse.quote(mention.span).lower().removeprefix("the ").split()
            if mention.kind != "name" or len(words) < 2:
                continue
            nation = (
                nations.get(words[0])
                or nations.get(" ".join(words[:2]))
                or (nations.get(words[-1]) if words[-2] == "of" else None)
            )
            if nation is not None and nation != entity:
                yield Link("name", mention.head, entity, nation, (mention.head,), mention.head)
                break


def _headquarters(scene: Scene) -> Iterator[Link]:
    """ "Nordbank's headquarters in Oslo", "the headquarters of Nordbank are in Oslo", "its Oslo headquarters"."""
    tokens = scene.parse.tokens
    for token in tokens:
        if token.lemma not in ("headquarters", "headquarter", "hq"):
            continue
        owners = phrases.owners(scene.parse, token.i) + scene.under(token.i, "of")
        inside = phrases.dependents(scene.parse, token.i, labels.PREMODIFIERS) + scene.under(token.i, "in", "at")
        if token.i in phrases.subjects(scene.parse, token.head) and tokens[token.head].lemma == "be":
            inside += scene.under(token.head, "in", "at")
        for owner in owners:
            for spot in inside:
                body, place = scene.entity(owner), scene.entity(spot)
                if body is not None and place is not None:
                    yield Link("headquarters", owner, body, place, (owner, token.i, spot), token.i, False)


def _citizens(scene: Scene) -> Iterator[Link]:
    """ "a Chilean": one who is called by the adjective of a country."""
    for country in scene.resolved.entities:
        for name in country.mentions if country.type == "Country" else ():
            one = scene.entity(name.head) if name.kind == "name" else None
            if one is not None:
                # after "is" it is what the clause says of its subject, and otherwise taken for granted
                given = not phrases.equates(scene.parse.tokens[name.head])
                yield Link("called", name.head, one, country, (name.head,), name.head, given)


# ------------------------------------------------------------------ before the noun


def _before(scene: Scene, token: Token, entity: Entity) -> Iterator[Link]:
    if scene.is_a(entity, "Place"):
        if token.dep in labels.PREMODIFIERS or phrases.owns(token):
            yield from _modifier(scene, token, entity)
    elif token.dep in labels.COMPOUNDS or phrases.owns(token):
        at = token.head
        one = scene.entity(at)
        if one is not None and at > token.i:
            link = "possessor" if phrases.owns(token) else "compound"
            yield Link(link, at, one, entity, (token.i, at), at)


def _modifier(scene: Scene, token: Token, place: Entity) -> Iterator[Link]:
    """A place before a noun and before those it modifies: "Peruvian Foreign Minister X", "the Oslo-based company X"."""
    tokens = scene.parse.tokens
    if token.head <= token.i or place.label.lower() in scene.listed("places", "continents"):
        return
    adjective = token.pos == "ADJ" or token.tag in ("JJ", "NNPS") or token.dep == labels.ADJECTIVE
    nation = (adjective or scene.words[token.i] in scene.listed("places", "as_adjective")) and scene.is_a(
        place, "Country"
    )
    start, end = scene.spans[token.i]
    hyphened = (token.text[max(end - token.start, 0) :] or token.text[: max(start - token.start, 0)]).strip("-")
    link = (
        hyphened  # "Oslo-based", "US-backed", "pro-Russian": the hyphen says what the place is to the noun
        if hyphened
        else "nationality"
        if nation
        else "possessor"
        if phrases.owns(token)
        else "adjective"
        if token.dep == labels.ADJECTIVE
        else "compound"
    )
    posts = (token.head, *phrases.dependents(scene.parse, token.head, labels.COMPOUNDS))
    led = next((b for p in posts if (b := led_by(scene, p)) is not None and b > token.i), None)
    for spot in (token.head, *phrases.modified(scene.parse, token.head)) if led is None else (led,):
        if spot != token.head and scene.is_a(scene.entity(token.head), "Organization", "Place"):
            continue
        right = spot == token.i + 1 and tokens[spot].pos == "NOUN" and tokens[spot].tag == "NN"
        for one in scene.bearers(spot):
            marks = frozenset(("next",) if right else ())
            yield Link(link, spot, one, place, (token.i, spot), spot, marks=marks)


# ------------------------------------------------------------------ after the noun


def _behind(scene: Scene, token: Token, entity: Entity) -> Iterator[Link]:
    """ "the museum in Lima", "Ana Ruiz of Lima", "Karl Dahl of the Green Party"; "the town of Moss in Norway" is
    Moss.
    """
    if scene.words[token.i] in scene.listed("places", "kinds"):
        entity = scene.bearer(token.i) or entity
    for child in phrases.prepositions(scene.parse, token.i):
        if child < token.i or phrases.dependents(scene.parse, child, {labels.NOUN_ADVERB}):
            continue  # "90 km from"
        for at in scene.objects(child):
            other = scene.bearer(at)
            if other is not None and other.id != entity.id:
                marks = frozenset(("argument",) if argument(scene, token.i) else ())
                yield Link(scene.words[child], token.i, entity, other, (token.i, at), token.i, marks=marks)


def _spoken_for(scene: Scene, token: Token, person: Entity) -> Iterator[Link]:
    """ "said Ana Ruiz from the Red Cross", "Ana Ruiz, of Nordbank,": right after the name, wherever the parser hangs
    it.
    """
    words, tokens = scene.words, scene.parse.tokens
    i = token.i
    at = i + 2 if i + 2 < len(words) and words[i + 1] == "," else i + 1
    if at + 1 >= len(words) or words[at] not in ("of", "from") or tokens[at].head == i:
        return
    first = at + 1 + (words[at + 1] in ("the", "a"))
    for head in range(first, min(first + 9, len(words))):
        body = scene.entity(head)
        starts = head in scene.spans and scene.spans[head][0] <= tokens[min(first + 1, len(words) - 1)].start
        if body is not None and starts:
            if scene.is_a(body, "Organization"):
                yield Link(words[at], i, person, body, (i, head), i)
            if phrases.after(scene.parse, head):
                return
        if tokens[head].pos not in ("PROPN", "NOUN", "ADJ", "DET"):
            return


def _bracket(scene: Scene, token: Token, person: Entity) -> Iterator[Link]:
    """ "Karl Dahl (Green Party)"."""
    i, words = token.i, scene.words
    if i + 3 < len(words) and words[i + 1] == "(":
        for at in range(i + 2, min(i + 5, len(words) - 1)):
            body = scene.entity(at)
            if body is not None and scene.is_a(body, "Organization") and words[at + 1] in (")", ",", "/"):
                yield Link("bracket", i, person, body, (i, at), i)
                return
