"""Whom a noun stands for: by title, apposition, copula, coordination, or as the resolver has it."""

from __future__ import annotations

from kg.extractor.relations.posts import Holder
from kg.extractor.scene import Scene
from kg.grammar import labels as gr
from kg.grammar.constructions import apposed, kin_of
from kg.model import Entity

#: Dependencies of a word that stands before the noun or name it belongs to.
TITLES = gr.PREMODIFIERS | {gr.FLAT, gr.APPOSITION}


def split_marks(lemma: str) -> tuple[str, frozenset[str]]:
    """ "president-elect" → president, {elect}; "ex-minister" → minister, {ex}."""
    first, hyphen, rest = lemma.partition("-")
    if hyphen and rest in ("elect", "designate"):
        return first, frozenset((rest,))
    if hyphen and first in ("ex", "then"):
        return rest, frozenset((first,))
    return lemma, frozenset()


def premodifiers(scene: Scene, i: int) -> list[int]:
    """Words between the start of the noun phrase and noun `i` that modify it, or the name it is a title of."""
    tokens = scene.parse.tokens
    found = [c for c in scene.parse.children[i] if c < i]
    at = i
    while tokens[at].dep in TITLES - {gr.APPOSITION} and tokens[at].head > at:
        at = tokens[at].head
        found += [c for c in scene.parse.children[at] if c < i and c not in found]
    more = [g for c in found if tokens[c].dep in TITLES for g in scene.parse.children[c] if g < c]
    return sorted({*found, *more})


def _places_of_kind(scene: Scene, i: int, own: Entity | None) -> list[Holder]:
    """The places that a noun for their kind stands for."""
    token = scene.parse.tokens[i]
    if token.tag == "NNS" and token.lemma in scene.listed("places", "kinds"):
        places = [e for e in scene.bearers(i) if e.id in scene.named]
        if places and own not in places:
            return [Holder(e.id, i, True, False) for e in places]  # "the Spanish cities of Toledo and Avila"
    if scene.words[i] in scene.listed("places", "kinds"):
        place = scene.bearer(i)
        if place is not None and place is not own:
            return [Holder(place.id, i, True, False)]  # "the Spanish city of Toledo"
    return []


def holders_of(scene: Scene, i: int) -> list[Holder]:
    """Whom noun `i` stands for: by title, apposition, copula, or as the resolver has it."""
    tokens = scene.parse.tokens
    token = tokens[i]
    if token.tag in ("NNS", "NNPS") and token.dep == gr.PREPOSITIONAL_OBJECT and scene.words[token.head] == "of":
        one = tokens[token.head].head
        if scene.words[one] == "one":
            return holders_of(scene, one)  # "one of the founders of"
    own = scene.entity(i)
    if places := _places_of_kind(scene, i, own):
        return places
    if token.tag in ("NN", "NNP") and (own is None or own.id not in scene.named or not scene.is_a(own, "Person")):
        head = scene.named_next(i)
        if head is not None:
            return [Holder(scene.resolved.at[head], head, True, True)]
    at = i
    while tokens[at].dep in TITLES - {gr.APPOSITION} and tokens[at].head > at:
        at = tokens[at].head
        entity = scene.entity(at)
        if entity is not None and entity.id in scene.named and scene.is_a(entity, "Person"):
            first = [Holder(entity.id, at, True, True)]
            return first + _listed_names(scene, at) if token.tag in ("NNS", "NNPS") else first
    if at != i:
        return []  # a modifier of something else
    behind = _apposition(scene, i) or _named_behind(scene, i)
    if behind is not None:
        return [behind]
    if token.dep in (gr.APPOSITION, gr.CONJUNCT):
        above = _apposed(scene, i)
        if above is not None:
            return [above]
        if (shared := _shared(scene, i)) is not None:
            return [h for h in holders_of(scene, shared) if h.token != shared]
    if token.dep in (gr.ATTRIBUTE, gr.OBJECT_PREDICATE, gr.PREPOSITIONAL_OBJECT, gr.ADJECTIVAL_COMPLEMENT):
        subject = _subject_of(scene, i)
        if subject:
            return subject
    return _itself(scene, i, own)


def _apposition(scene: Scene, i: int) -> Holder | None:
    """The name that stands in apposition to the noun."""
    for child in apposed(scene.parse, i):
        entity = scene.entity(child)
        if entity is not None and entity.id in scene.named:
            return Holder(entity.id, child, True, False)
    return None


def _itself(scene: Scene, i: int, own: Entity | None) -> list[Holder]:
    """The thing that the resolver has for the noun, unless nothing more is known of it than the noun."""
    token = scene.parse.tokens[i]
    if own is None or not (own.id in scene.named or token.tag in ("NN", "NNS") or scene.is_a(own, "Agent", "Place")):
        return []
    as_it = token.dep == gr.PREPOSITIONAL_OBJECT and scene.words[token.head] == "as"
    return [Holder(own.id, i, not as_it, False)]


def _listed_names(scene: Scene, token: int) -> list[Holder]:
    """ "Presidents A of X, B of Y and C": the names after the first."""
    found = []
    for at in scene.coordinated(token)[1:] + scene.children(token, gr.APPOSITION):
        entity = scene.entity(at)
        if entity is not None and entity.id in scene.named and scene.is_a(entity, "Person"):
            found.append(Holder(entity.id, at, True, True))
    return found


def _named_behind(scene: Scene, i: int) -> Holder | None:
    """ "the premier of Upper Austria, Karl Dahl, said", "its chairman and founder Karl Dahl": the name that follows the
    phrase.

    The parser often hangs such a name elsewhere, so the words decide: no verb between, one comma, then a person's name.
    """
    tokens, words = scene.parse.tokens, scene.words
    for at in scene.children(i, gr.CONJUNCT):
        entity = scene.entity(at)
        if (
            entity is not None
            and entity.id in scene.named
            and scene.is_a(entity, "Person")
            and words[i + 1] == "and"
            and scene.spans.get(at, (0, 0))[0] > tokens[i + 2].start
            and split_marks(tokens[i + 2].lemma)[0] in scene.lexicon.lemmas
        ):
            return Holder(entity.id, at, True, True)
    if (
        tokens[i].tag not in ("NN", "NNP")
        or kin_of(scene.parse, i) is not None
        or tokens[i].dep == gr.POSSESSOR  # "the president's wife, Ana Ruiz,": the name is hers
        or not any(tokens[c].dep in (gr.DETERMINER, gr.POSSESSOR) for c in scene.parse.children[i])
    ):
        return None
    for at in range(i + 1, min(i + 14, len(words) - 2)):
        if tokens[at].sentence != tokens[i].sentence or tokens[at].pos in ("VERB", "AUX", "PRON", "SCONJ"):
            return None
        if words[at] == ",":
            for head in range(at + 1, min(at + 5, len(words) - 1)):
                entity = scene.entity(head)
                first = at + 2 if tokens[at + 1].pos == "NOUN" else at + 1  # "the manager, engineer Karl Dahl,"
                if entity is not None and head in scene.spans and scene.spans[head][0] == tokens[first].start:
                    closed = words[head + 1] in (",", ".", "(", "-", "–", "—", ";", ":") or tokens[head + 1].pos in (
                        "VERB",
                        "AUX",
                    )
                    return (
                        Holder(entity.id, head, True, False)
                        if closed
                        and entity.id in scene.named
                        and tokens[head].pos == "PROPN"
                        and scene.is_a(entity, "Person")
                        else None
                    )
            return None
    return None


def _shared(scene: Scene, i: int) -> int | None:
    """The noun with which noun `i` shares its holder: "is a surgeon and director of X", "a spokesman for reform and
    president of X".
    """
    tokens = scene.parse.tokens
    at = i
    while tokens[at].dep == gr.CONJUNCT and tokens[at].head < at:
        at = tokens[at].head
    if at == i or tokens[i].tag not in ("NN", "NNP") or tokens[at].pos == "PROPN":
        return None
    if tokens[at].dep in (gr.ATTRIBUTE, gr.APPOSITION, gr.OBJECT_PREDICATE):
        return at if tokens[at].tag == "NN" else None
    above = tokens[tokens[at].head].head
    bare = not scene.children(i, gr.DETERMINER, gr.POSSESSOR)
    if (
        bare
        and tokens[at].dep == gr.PREPOSITIONAL_OBJECT
        and tokens[above].dep in (gr.ATTRIBUTE, gr.APPOSITION)
        and tokens[above].tag == "NN"
        and not scene.is_a(scene.entity(at), "Person")
        and tokens[i].lemma in scene.lexicon.offices
    ):
        return above
    return None


def _apposed(scene: Scene, i: int) -> Holder | None:
    """The named head of which noun `i` is an apposition, through coordination ("the founder and head of")."""
    tokens = scene.parse.tokens
    at, steps = i, 0
    while tokens[at].dep in (gr.APPOSITION, gr.CONJUNCT) and steps < 4:
        through = tokens[at].dep
        at, steps = tokens[at].head, steps + 1
        entity = scene.entity(at)
        if through == gr.CONJUNCT and entity is not None and entity.id in scene.named and tokens[at].pos == "PROPN":
            own = scene.entity(i)
            return None if own is None or own.id != entity.id else Holder(entity.id, at, False, False)
        if through == gr.APPOSITION and entity is not None and entity.id in scene.named:
            return Holder(entity.id, at, False, False)
    return None


def _subject_of(scene: Scene, i: int) -> list[Holder]:
    """The subject whose complement noun `i` is: "X is", "X became", "X was named", "X serves as"."""
    tokens = scene.parse.tokens
    token = tokens[i]
    at = token.head
    lemma = tokens[at].lemma
    if token.dep == gr.PREPOSITIONAL_OBJECT:
        if lemma != "as":
            return []
        at = tokens[at].head
        lemma = tokens[at].lemma
        if lemma not in scene.listed("become", "as") | scene.listed("become", "made"):
            return []
    elif lemma not in scene.listed("become", "verbs") | scene.listed("become", "made"):
        return []
    made = token.dep != gr.PREPOSITIONAL_OBJECT and lemma not in scene.listed("become", "verbs")
    for predication in scene.predications:
        if predication.token == at:
            slot = "object" if predication.passive or made else "subject"
            found = [t for t in predication.fillers(slot) if t != i]
            return [Holder(e.id, t, False, False) for t in found if (e := scene.entity(t)) is not None]
    return []


def ahead(scene: Scene, i: int) -> bool:
    """ "will be vice president"."""
    tokens = scene.parse.tokens
    at = tokens[i].head
    return tokens[i].dep in (gr.ATTRIBUTE, gr.OBJECT_PREDICATE) and any(
        scene.words[c] in ("will", "'ll", "’ll") for c in scene.children(at, gr.AUXILIARY)
    )


def over(scene: Scene, i: int) -> bool:
    """ "was president until 1998", "had been president", "served as president from 1990 to 1995"."""
    tokens = scene.parse.tokens
    at = tokens[i].head
    if tokens[at].pos == "ADP":
        at = tokens[at].head
    verb = tokens[at]
    if verb.pos not in ("VERB", "AUX"):
        return False
    if verb.tag == "VBN" and any(scene.words[c] == "had" for c in scene.children(at, gr.AUXILIARY)):
        return True
    if verb.tag != "VBD" or verb.lemma not in ("be", "serve", "work"):
        return False
    if verb.dep in (gr.ADVERBIAL_CLAUSE, gr.RELATIVE_CLAUSE) and any(
        scene.words[c] in ("when", "while") for c in scene.parse.children[at]
    ):
        return True
    for child in scene.children(at, gr.PREPOSITION) + scene.children(i, gr.PREPOSITION):
        if scene.words[child] in ("until", "till", "from", "between", "during", "before"):
            return any(
                tokens[o].pos == "NUM" or tokens[o].pos == "PROPN"
                for o in scene.children(child, gr.PREPOSITIONAL_OBJECT)
            )
    return False
