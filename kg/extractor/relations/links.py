"""Where things are and whose they are, as modifiers and places tell it.

"French police", "Peru's prisons", "the German carmaker X", "X in Lima", "the Oslo-based company", "Ana Ruiz of
Lima": the kinds of the two ends decide which property it is.

Who belongs to a group that the text speaks of: "two pilots, Ana Ruiz and Karl Dahl", "31 people, among them four nurses", "one of the
three hostages". The group is one of people, without a name; what has a name has rules of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extractor.scene import Scene
from kg.model import Claim, Entity, Standing, Token

WITHIN = frozenset("in at inside within on outside".split())
NEAR = frozenset("near outside".split())
PARTY_LIKE = ("PoliticalParty", "ArmedGroup", "SportsTeam")


def _own_names(scene: Scene) -> Iterator[Claim]:
    """A nation within the name of a body: "the German Ministry of Labour", "US Senate", "Bank of Norway"."""
    nations: dict[str, str] = {}
    for entity in scene.resolved.entities:
        if scene.is_a(entity, "Country", "IntergovernmentalOrganization"):
            for mention in entity.mentions:
                if mention.kind == "name":
                    nations.setdefault(scene.parse.quote(mention.span).lower(), entity.id)
    if not nations:
        return
    for entity in scene.resolved.entities:
        if not scene.is_a(entity, "Organization"):
            continue
        for mention in entity.mentions:
            words = scene.parse.quote(mention.span).lower().removeprefix("the ").split()
            if mention.kind != "name" or len(words) < 2:
                continue
            nation = (
                nations.get(words[0])
                or nations.get(" ".join(words[:2]))
                or (nations.get(words[-1]) if words[-2] == "of" else None)
            )
            if nation is None or nation == entity.id:
                continue
            if scene.is_a(scene.resolved.by_id[nation], "Country") and scene.is_a(
                entity, "IntergovernmentalOrganization"
            ):
                continue
            above = not scene.is_a(scene.resolved.by_id[nation], "Country")
            if above and words[-1] not in scene.listed("places", "public"):
                continue  # "UN Women", "EU Summit"
            predicate = "agencyOf" if above or scene.is_a(entity, "GovernmentBody") else "basedIn"
            claim = scene.claim(
                entity.id, predicate, nation, "nation in the name", (mention.head,), scene.standing(mention.head, True)
            )
            if claim is not None:
                yield claim
            break


def _headquarters(scene: Scene) -> Iterator[Claim]:
    """ "Nordbank's headquarters in Oslo", "the headquarters of Nordbank are in Oslo", "its Oslo headquarters"."""
    tokens, words = scene.parse.tokens, scene.words
    for token in tokens:
        if token.lemma not in ("headquarters", "headquarter", "hq"):
            continue
        inner = scene.children(token.i, "prep")
        owners = scene.children(token.i, "poss") + [o for c in inner if words[c] == "of" for o in scene.objects(c)]
        inside = scene.children(token.i, "compound", "nmod", "amod") + [
            o for c in inner if words[c] in ("in", "at") for o in scene.objects(c)
        ]
        if token.dep == "nsubj" and tokens[token.head].lemma == "be":
            inside += [
                o for c in scene.children(token.head, "prep") if words[c] in ("in", "at") for o in scene.objects(c)
            ]
        for owner in owners:
            for spot in inside:
                body, place = scene.entity(owner), scene.entity(spot)
                if body is not None and place is not None and scene.is_a(body, "Organization"):
                    claim = scene.claim(
                        body.id, "basedIn", place.id, "headquarters", (owner, token.i, spot), scene.standing(token.i)
                    )
                    if claim is not None:
                        yield claim


def place_claims(scene: Scene) -> list[Claim]:
    """What adjectives of nationality, possessors and places after "in" say that no noun or verb has told."""
    told = {(c.subject, c.object) for c in scene.claims}
    found = [*_own_names(scene), *_headquarters(scene), *_citizens(scene)]
    for token in scene.parse.tokens:
        entity = scene.entity(token.i)
        if entity is None:
            if token.text[-6:] == "-based" or token.text[-5:] == "-born":
                found += _hyphenated(scene, token)
            continue
        if token.i not in scene.spans:
            continue
        if token.dep in ("amod", "compound", "nmod", "poss") and scene.is_a(entity, "Place"):
            found += _modifier(scene, token, entity, told)
        elif token.dep == "poss" and scene.is_a(entity, "Person"):
            found += _own_party(scene, token, entity)
        elif token.dep == "poss" or token.dep in ("compound", "nmod") and scene.is_a(entity, "Organization"):
            found += _of_body(scene, token, entity, told)
        found += _prepositions(scene, token, entity, told)
        if scene.is_a(entity, "Person") and entity.id in scene.named and token.pos == "PROPN":
            found += _bracket(scene, token, entity)
            found += _beside(scene, token, entity, told)
    return found


def _citizens(scene: Scene) -> Iterator[Claim]:
    """ "a Chilean": who is called by the adjective of a country is its citizen."""
    for country in scene.resolved.entities:
        for name in country.mentions if country.type == "Country" else ():
            one = scene.entity(name.head) if name.kind == "name" else None
            if one is not None and one.type == "Person":
                said = scene.parse.tokens[name.head].dep != "attr"  # else it is what the clause says of its subject
                claim = scene.claim(
                    one.id,
                    "citizenOf",
                    country.id,
                    "nationality as noun",
                    (name.head,),
                    scene.standing(name.head, said),
                )
                if claim is not None:
                    yield claim


# ------------------------------------------------------------------ before the noun


def _modifier(scene: Scene, token: Token, place: Entity, told: set[tuple[str, object]]) -> Iterator[Claim]:
    """A place before a noun: nationality of people, seat of bodies, place of places."""
    tokens = scene.parse.tokens
    if token.head <= token.i or place.label.lower() in scene.listed("places", "continents"):
        return
    adjective = (
        token.pos == "ADJ"
        or token.tag in ("JJ", "NNPS")
        or scene.words[token.i] in scene.listed("places", "as_adjective")
        or token.dep == "amod"
    )
    nation = adjective and scene.is_a(place, "Country")
    at, spots = token.head, [token.head]
    while tokens[at].dep in ("compound", "nmod", "amod") and tokens[at].head > at:
        at = tokens[at].head  # "Peruvian Foreign Minister X", "Peruvian football federation"
        spots.append(at)
    for spot, one in ((spot, one) for spot in spots for one in scene.bearers(spot)):
        if spot != spots[0] and scene.is_a(scene.entity(spots[0]), "Organization", "Place"):
            continue
        predicate = _whose(
            scene,
            one,
            place,
            nation,
            token.dep == "poss" and one.id in scene.named,
            scene.words[spot],
            scene.words[spot - 1] in scene.listed("places", "private"),
        )
        if (
            predicate is None
            and token.dep in ("compound", "nmod")
            and scene.is_a(place, "Settlement")
            and scene.is_a(one, "Person")
            and tokens[spot].pos == "NOUN"
            and tokens[spot].tag == "NN"
            and tokens[spot].lemma not in scene.lexicon.offices
            and scene.words[spot] not in scene.listed("outside", "nouns")
            and spot == token.i + 1
        ):
            predicate = "residesIn"  # "Denver plumber Ana Ruiz"
        if predicate and ((one.id, place.id) not in told or predicate == "citizenOf"):
            rule = (
                "nationality before noun"
                if nation
                else "possessor before noun"
                if token.dep == "poss"
                else "place before noun"
            )
            claim = scene.claim(one.id, predicate, place.id, rule, (token.i, spot), scene.standing(spot, True))
            if claim is not None:
                yield claim


def _whose(
    scene: Scene, one: Entity, place: Entity, nation: bool, possessed_name: bool, word: str, private: bool = False
) -> str | None:
    """The property by which a noun of this kind is the place's."""
    if scene.is_a(one, "Person", "Group"):
        if scene.is_a(one, "Group") and word.rstrip("s") in scene.lexicon.offices:
            return None  # "Cuban officials": officials of
        return (
            "citizenOf"
            if nation or (possessed_name and scene.is_a(place, "Country") and scene.is_a(one, "Person"))
            else None
        )
    if word in scene.listed("places", "abroad"):
        return "agencyOf" if scene.is_a(one, "Organization") and scene.is_a(place, "Country") else None
    if scene.is_a(one, "GovernmentBody"):
        return "agencyOf"
    if word in scene.listed("places", "public") and not private and scene.is_a(one, "Organization"):
        return "agencyOf"
    if scene.is_a(one, "IntergovernmentalOrganization"):
        return None
    if scene.is_a(one, "Organization"):
        return "basedIn"
    if scene.is_a(one, "Facility", "NaturalFeature") and not scene.is_a(place, "Facility"):
        return "locatedIn"
    if scene.is_a(one, "Settlement") and scene.is_a(place, "Country", "Region"):
        return "locatedIn"
    if scene.is_a(one, "Region") and scene.is_a(place, "Country"):
        return "locatedIn"
    return None


def _of_body(scene: Scene, token: Token, body: Entity, told: set[tuple[str, object]]) -> Iterator[Claim]:
    """ "Real Sociedad's Dahl", "Nordbank's Voss": a named person of a named body; "the University's Institute of Law": a body of it."""
    if not scene.is_a(body, "Organization") or body.id not in scene.named:
        return
    at = token.head
    person = scene.entity(at)
    if (
        person is not None
        and at > token.i
        and person.id in scene.named
        and scene.is_a(person, "Organization")
        and (person.id, body.id) not in told
        and scene.parse.tokens[at].pos == "PROPN"
        and (token.dep == "poss" or scene.is_a(body, "IntergovernmentalOrganization"))
    ):
        predicate = (
            "agencyOf"
            if scene.is_a(body, "IntergovernmentalOrganization")
            else "ownedBy"
            if scene.is_a(body, "Company")
            else "partOf"
        )
        claim = scene.claim(person.id, predicate, body.id, "body before body", (token.i, at), scene.standing(at, True))
        if claim is not None:
            yield claim
        return
    if (
        token.dep != "poss"
        or person is None
        or person.id not in scene.named
        or not scene.is_a(person, "Person")
        or (person.id, body.id) in told
    ):
        return
    if scene.parse.tokens[at].pos != "PROPN":
        return
    predicate = "memberOf" if scene.is_a(body, *PARTY_LIKE) else "employedBy"
    claim = scene.claim(person.id, predicate, body.id, "possessor before name", (token.i, at), scene.standing(at, True))
    if claim is not None:
        yield claim


def _own_party(scene: Scene, token: Token, person: Entity) -> Iterator[Claim]:
    """ "her Green Party", "Dahl's Civic Front"."""
    at = token.head
    party = scene.entity(at)
    if party is None or party.id not in scene.named or not scene.is_a(party, "PoliticalParty", "ArmedGroup"):
        return
    claim = scene.claim(person.id, "memberOf", party.id, "possessor of party", (token.i, at), scene.standing(at, True))
    if claim is not None:
        yield claim


def _hyphenated(scene: Scene, token: Token) -> Iterator[Claim]:
    """ "the Oslo-based company X"."""
    name, _, kind = token.text.rpartition("-")
    place = next(
        (e for e in scene.resolved.entities if scene.is_a(e, "Place") and (e.label == name or name in e.aliases)), None
    )
    head = scene.entity(token.head)
    if place is None or head is None:
        return
    at = token.head
    predicate = (
        "basedIn"
        if kind == "based" and scene.is_a(head, "Organization", "Group")
        else "residesIn"
        if kind == "based"
        else "bornIn"
    )
    claim = scene.claim(head.id, predicate, place.id, "place in a hyphen", (token.i, at), scene.standing(at, True))
    if claim is not None:
        yield claim


# ------------------------------------------------------------------ after the noun


def _prepositions(scene: Scene, token: Token, entity: Entity, told: set[tuple[str, object]]) -> Iterator[Claim]:
    """ "the museum in Lima", "Ana Ruiz of Lima", "Karl Dahl of the Green Party"; "the town of Moss in Norway" is Moss."""
    if scene.words[token.i] in scene.listed("places", "kinds"):
        entity = scene.bearer(token.i) or entity
    for child in scene.children(token.i, "prep"):
        word = scene.words[child]
        if child < token.i or scene.children(child, "npadvmod"):
            continue  # "90 km from"
        for at in scene.objects(child):
            other = scene.bearer(at)
            if other is None or other.id == entity.id or (entity.id, other.id) in told:
                continue
            predicate = _after(scene, entity, word, other, token)
            if predicate is None:
                continue
            claim = scene.claim(
                entity.id,
                predicate,
                other.id,
                f"{word} after {'name' if entity.id in scene.named else 'noun'}",
                (token.i, at),
                scene.standing(token.i, True),
            )
            if claim is not None:
                yield claim


def _beside(scene: Scene, token: Token, person: Entity, told: set[tuple[str, object]]) -> Iterator[Claim]:
    """ "said Ana Ruiz from the Red Cross", "Ana Ruiz, of Nordbank,": right after the name, wherever the parser hangs it."""
    words, tokens = scene.words, scene.parse.tokens
    i = token.i
    at = i + 2 if i + 2 < len(words) and words[i + 1] == "," else i + 1
    if at + 1 >= len(words) or words[at] not in ("of", "from") or tokens[at].head == i:
        return
    first = at + 1 + (words[at + 1] in ("the", "a"))
    for head in range(first, min(first + 9, len(words))):
        body = scene.entity(head)
        if (
            body is not None
            and head in scene.spans
            and scene.spans[head][0] <= tokens[min(first + 1, len(words) - 1)].start
        ):
            if scene.is_a(body, "Organization") and body.id in scene.named and (person.id, body.id) not in told:
                predicate = "memberOf" if scene.is_a(body, *PARTY_LIKE) else "employedBy"
                claim = scene.claim(
                    person.id, predicate, body.id, f"{words[at]} after name", (i, head), scene.standing(i, True)
                )
                if claim is not None:
                    yield claim
            if tokens[head].dep == "pobj":
                return
        if tokens[head].pos not in ("PROPN", "NOUN", "ADJ", "DET"):
            return


def _after(scene: Scene, one: Entity, word: str, other: Entity, token: Token) -> str | None:
    """The property that a preposition after this kind of noun tells."""
    if (
        scene.is_a(other, "Hospital", "School", "Museum")
        and other.id in scene.named
        and word in ("of", "from", "at", "with")
    ):
        return "employedBy" if scene.is_a(one, "Person") and one.id in scene.named and token.pos == "PROPN" else None
    if scene.is_a(other, "Place"):
        if (
            word in ("of", "from")
            and scene.is_a(one, "Organization")
            and not scene.is_a(one, "GovernmentBody", "IntergovernmentalOrganization")
            and (token.pos == "PROPN" or word == "from")
            and scene.is_a(other, "Settlement", "Region", "Country")
        ):
            return "basedIn"
        if word == "near" and scene.is_a(one, "Place"):
            return "near"
        if word in WITHIN:
            if (
                scene.is_a(one, "Facility", "NaturalFeature")
                or scene.is_a(one, "Settlement", "Region")
                and scene.is_a(other, "Country", "Region")
            ):
                return "near" if word == "outside" else "locatedIn"
            if (
                scene.is_a(one, "Organization")
                and word == "in"
                and (scene.is_a(other, "Settlement") or scene.is_a(one, "University"))
            ):
                return "basedIn"
            return None
        if (
            scene.is_a(one, "Person")
            and one.id in scene.named
            and (word in ("of", "from") and token.pos == "PROPN" or word == "from")
        ):
            return "residesIn"
        if word == "from" and scene.is_a(one, "Group", "Person"):
            return "originatesFrom"
        if (
            word == "of"
            and one.id in scene.named
            and scene.is_a(one, "Region", "Settlement", "Facility")
            and scene.is_a(other, "Country", "Region")
            and token.pos == "PROPN"
            and not scene.is_a(other, one.type)
        ):
            return "locatedIn"  # "Kotayk Province of Armenia"
        return None
    if (
        scene.is_a(one, "Person")
        and token.pos == "PROPN"
        and one.id in scene.named
        and scene.is_a(other, "Organization")
        and other.id in scene.named
        and word in ("of", "from", "at", "with")
    ):
        return "memberOf" if scene.is_a(other, *PARTY_LIKE) else "employedBy"
    if word == "from" and scene.is_a(one, "Group") and scene.is_a(other, "Organization") and other.id in scene.named:
        return "memberOf"
    return None


def _bracket(scene: Scene, token: Token, person: Entity) -> Iterator[Claim]:
    """ "Karl Dahl (Green Party)"."""
    i = token.i
    if i + 3 < len(scene.words) and scene.words[i + 1] == "(" and person.id in scene.named:
        for at in range(i + 2, min(i + 5, len(scene.words) - 1)):
            body = scene.entity(at)
            if body is not None and scene.is_a(body, *PARTY_LIKE) and scene.words[at + 1] in (")", ",", "/"):
                claim = scene.claim(person.id, "memberOf", body.id, "bracket", (i, at), scene.standing(i, True))
                if claim is not None:
                    yield claim
                return


# ------------------------------------------------------------------ groups and those who belong to them


def group_claims(scene: Scene) -> list[Claim]:
    """memberOf from people to groups, in order of the text."""
    found: list[Claim] = []
    for token in scene.parse.tokens:
        word = scene.words[token.i]
        if word == "among":
            found += _among(scene, token.i)
        elif word == "including":
            found += _including(scene, token.i)
        elif word == "one":
            found += _one_of(scene, token.i)
        elif token.tag == "NNS" and (group := _group(scene, token.i)) is not None:
            found += _named(scene, token.i, group)
    return found


def _group(scene: Scene, token: int) -> Entity | None:
    entity = scene.entity(token)
    return entity if entity is not None and scene.is_a(entity, "Group") and entity.id not in scene.named else None


def _member(scene: Scene, token: int, group: Entity, at: int, rule: str, standing: Standing) -> Iterator[Claim]:
    """The one at `token` and those joined to it, people only."""
    for one in scene.coordinated(token):
        entity = scene.entity(one)
        if entity is not None and scene.is_a(entity, "Person", "Group") and entity.id != group.id:
            claim = scene.claim(entity.id, "memberOf", group.id, rule, (at, one), standing)
            if claim is not None:
                yield claim


def _before(scene: Scene, at: int) -> tuple[Entity, int] | None:
    """The group whose words end right before token `at`, or before the comma there; over a clause of one word ("27 people killed,")."""
    last = at - 2 if at > 1 and scene.words[at - 1] in (",", "-", "–", "—") else at - 1
    for head in range(last, max(-1, last - 4), -1):
        group = _group(scene, head)
        if group is not None and head in scene.spans and scene.parse.tokens[head].tag in ("NNS", "NN", "JJ", "CD"):
            above = scene.parse.tokens[scene.parse.tokens[head].head].head
            whole = _group(scene, above) if scene.parse.tokens[head].dep == "pobj" else None
            return (whole, above) if whole is not None and above in scene.spans else (group, head)
        if scene.parse.tokens[head].pos in ("PROPN", "PUNCT"):
            return None
    return None


def _among(scene: Scene, at: int) -> Iterator[Claim]:
    """ "27 people, among them the captain, Karl Dahl"; "Ana Ruiz was among the victims"."""
    words, tokens = scene.words, scene.parse.tokens
    if at + 2 >= len(words):
        return
    if words[at + 1] in ("them", "whom"):
        held = _before(scene, at)
        if held is None:
            return
        for head in range(at + 2, min(at + 12, len(words))):
            entity = scene.entity(head)
            if (
                tokens[head].sentence != tokens[at].sentence
                or words[head] in (",", ".", ";", ":")
                or tokens[head].pos == "VERB"
            ):
                return
            if (
                entity is not None
                and tokens[head].dep not in ("poss", "amod", "compound", "nmod")
                and scene.is_a(entity, "Person", "Group")
            ):
                yield from _member(scene, head, held[0], held[1], "among them", scene.standing(held[1]))
                return
    elif tokens[tokens[at].head].lemma in ("be", "number", "remain"):
        verb = tokens[at].head
        for one in scene.children(at, "pobj"):
            group = _group(scene, one)
            for subject in scene.children(verb, "nsubj") if group is not None else ():
                yield from _member(scene, subject, group, one, "among", scene.standing(verb))  # type: ignore[arg-type]


def _including(scene: Scene, at: int) -> Iterator[Claim]:
    """ "nine migrants, including two infants"."""
    held = _before(scene, at)
    if held is not None:
        for one in scene.children(at, "pobj"):
            yield from _member(scene, one, held[0], held[1], "including", scene.standing(held[1]))


def _one_of(scene: Scene, at: int) -> Iterator[Claim]:
    """ "Karl Dahl, one of the three hostages,", "Karl Dahl is one of the hostages"."""
    tokens = scene.parse.tokens
    group = next(
        (
            (group, o)
            for c in scene.children(at, "prep")
            if scene.words[c] == "of"
            for o in scene.children(c, "pobj")
            if tokens[o].tag == "NNS" and (group := _group(scene, o)) is not None
        ),
        None,
    )
    if group is None:
        return
    head = tokens[at].head
    if tokens[at].dep == "appos" and scene.is_a(scene.entity(head), "Person"):
        yield from _member(scene, head, group[0], group[1], "one of", scene.standing(at, True))
    elif tokens[at].dep == "attr" and tokens[head].lemma == "be":
        for subject in scene.children(head, "nsubj"):
            if scene.is_a(scene.entity(subject), "Person"):
                yield from _member(scene, subject, group[0], group[1], "one of", scene.standing(head))


def _named(scene: Scene, at: int, group: Entity) -> Iterator[Claim]:
    """ "the two pilots, Ana Ruiz and Karl Dahl,": the names in apposition to a plural."""
    names = scene.each(at)
    follows = scene.words[at + 1] if at + 1 < len(scene.words) else ""
    if names != [at] and (follows in (",", "(", "-", "–", "—", ":") or scene.children(at, "nummod")) and len(names) > 1:
        for one in names:
            entity = scene.entity(one)
            claim = entity and scene.claim(
                entity.id, "memberOf", group.id, "names of a group", (at, one), scene.standing(at, True)
            )
            if claim:
                yield claim
