"""Whom a noun stands for: by title, apposition, copula, coordination, or as the resolver has it."""

from __future__ import annotations

from kg.extractor.relations.posts import Holder
from kg.extractor.scene import Scene
from kg.grammar import labels, phrases
from kg.grammar.constructions import apposed, kin_of
from kg.grammar.posts import borne
from kg.model import Entity


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
    for at in phrases.modified(scene.parse, i):
        found += [c for c in scene.parse.children[at] if c < i and c not in found]
    more = [g for c in found if tokens[c].dep in labels.TITLES for g in scene.parse.children[c] if g < c]
    return sorted({*found, *more})


def led_by(scene: Scene, i: int) -> int | None:
    """The body without a name right before noun `i` that the post is of: "rescue agency" of "rescue agency chief"."""
    before = scene.entity(i - 1) if i else None
    is_body = before is not None and before.id not in scene.named and scene.is_a(before, "Organization")
    return i - 1 if is_body and scene.parse.tokens[i - 1].dep in labels.COMPOUNDS else None


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
    if token.tag in ("NNS", "NNPS") and phrases.after(scene.parse, i, "of"):
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
    above = phrases.modified(scene.parse, i)
    for at in above:
        entity = scene.entity(at)
        of_a_body = token.text.islower() and scene.words[i] in scene.listed("bodies", "roles")
        kind = "Organization" if of_a_body and not scene.is_a(entity, "Person") else "Person"
        if entity is not None and entity.id in scene.named and scene.is_a(entity, kind):
            first = [Holder(entity.id, at, True, True)]
            return first + _listed_names(scene, at) if token.tag in ("NNS", "NNPS") else first
    if above:
        return []  # a modifier of something else
    if (said := borne(scene.parse, i)) is not None:
        return _bearer(scene, said.bearer)
    behind = _apposition(scene, i) or _named_behind(scene, i)
    if behind is not None:
        return [behind]
    if token.dep in labels.BESIDE and (beside := _people_beside(scene, i)):
        return beside
    if token.dep in labels.COMPLEMENTS or phrases.after(scene.parse, i):
        subject = _subject_of(scene, i)
        if subject:
            return subject
    return _itself(scene, i, own)


def _people_beside(scene: Scene, i: int) -> list[Holder]:
    """Whom a noun stands for that hangs on another as apposition or conjunct."""
    if (above := _apposed(scene, i)) is not None:
        return [above]
    shared = _shared(scene, i)
    return [h for h in holders_of(scene, shared) if h.token != shared] if shared is not None else []


def _bearer(scene: Scene, token: int) -> list[Holder]:
    """The person at `token`, of whom a post is said."""
    one = scene.entity(token)
    return [Holder(one.id, token, False, False)] if one is not None and scene.is_a(one, "Person") else []


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
    if own.id not in scene.named and _nobody(scene, i):
        return []
    as_it = phrases.after(scene.parse, i, "as")
    return [Holder(own.id, i, not as_it, False)]


def _nobody(scene: Scene, i: int) -> bool:
    """ "any president", "no minister ever", "a president must be 35": the noun stands for nobody in particular."""
    determiners = {t.text.lower() for t in phrases.determiners(scene.parse, i)}
    if determiners & scene.listed("nobody", "determiners"):
        return True
    helpers = {t.text.lower() for t in phrases.auxiliaries(scene.parse, scene.parse.tokens[i].head)}
    return bool(determiners & {"a", "an"}) and not helpers.isdisjoint(scene.listed("nobody", "modals"))


def _listed_names(scene: Scene, token: int) -> list[Holder]:
    """ "Presidents A of X, B of Y and C": the names after the first."""
    found = []
    for at in scene.coordinated(token)[1:] + phrases.appositions(scene.parse, token):
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
    if phrases.owns(tokens[i]):
        return None  # "the president's wife, Ana Ruiz": the name is hers
    for at in phrases.conjuncts(scene.parse, i):
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
        or phrases.owns(tokens[i])  # "the president's wife, Ana Ruiz,": the name is hers
        or not phrases.specified(scene.parse, i)
    ):
        return None
    for at in range(i + 1, min(i + 14, len(words) - 2)):
        if tokens[at].sentence != tokens[i].sentence or tokens[at].pos in ("VERB", "AUX", "PRON", "SCONJ"):
            return None
        if tokens[at].dep == labels.POSSESSOR and scene.is_a(scene.entity(tokens[at].head), "Person"):
            return None  # "the king of Norway's sister, Ana Ruiz"
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
    at = phrases.first_of(scene.parse, i)
    if at == i or tokens[i].tag not in ("NN", "NNP") or tokens[at].pos == "PROPN":
        return None
    if phrases.in_apposition(tokens[at]) or tokens[at].dep in labels.COMPLEMENTS:
        return at if tokens[at].tag == "NN" else None
    above = tokens[tokens[at].head].head
    bare = not phrases.specified(scene.parse, i)
    if (
        bare
        and phrases.after(scene.parse, at)
        and (phrases.equates(tokens[above]) or phrases.in_apposition(tokens[above]))
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
    while tokens[at].dep in labels.BESIDE and steps < 4:
        apposed = phrases.in_apposition(tokens[at])
        at, steps = tokens[at].head, steps + 1
        entity = scene.entity(at)
        if not apposed and entity is not None and entity.id in scene.named and tokens[at].pos == "PROPN":
            own = scene.entity(i)
            return None if own is None or own.id != entity.id else Holder(entity.id, at, False, False)
        if apposed and entity is not None and entity.id in scene.named:
            return Holder(entity.id, at, False, False)
    return None


def _subject_of(scene: Scene, i: int) -> list[Holder]:
    """The subject whose complement noun `i` is: "X is", "X became", "X was named", "X serves as"."""
    tokens = scene.parse.tokens
    token = tokens[i]
    at = token.head
    lemma = tokens[at].lemma
    if phrases.after(scene.parse, i):
        if lemma != "as":
            return []
        at = tokens[at].head
        lemma = tokens[at].lemma
        if lemma not in scene.listed("become", "as") | scene.listed("become", "made"):
            return []
    elif lemma not in scene.listed("become", "verbs") | scene.listed("become", "made"):
        return []
    made = not phrases.after(scene.parse, i) and lemma not in scene.listed("become", "verbs")
    passive = at in scene.said_at and scene.said_at[at].passive
    found = [t for t in scene.fillers(at, "object" if passive or made else "subject") if t != i]
    return [Holder(e.id, t, False, False) for t in found if (e := scene.entity(t)) is not None]


def argument(scene: Scene, i: int) -> bool:
    """Whether a place behind the noun may be where a verb's deed is done: "met the bank in Lima", "a fight between
    gangs in Lima", but not "raided a bank in Lima", of which nothing is known before.
    """
    tokens = scene.parse.tokens
    at = tokens[i]
    while at.dep == labels.CONJUNCT and at.head < at.i:
        at = tokens[at.head]
    if at.dep in (labels.OBJECT, labels.INDIRECT_OBJECT):
        return not any(t.text.lower() in ("a", "an") for t in phrases.determiners(scene.parse, at.i))
    return phrases.after(scene.parse, at.i) and scene.words[at.head] in scene.listed("places", "doing")


def ahead(scene: Scene, i: int) -> bool:
    """ "will be vice president"."""
    tokens = scene.parse.tokens
    at = tokens[i].head
    return tokens[i].dep in labels.COMPLEMENTS and any(
        t.text.lower() in ("will", "'ll", "’ll") for t in phrases.auxiliaries(scene.parse, at)
    )


def over(scene: Scene, i: int) -> bool:
    """ "was president until 1998", "had been president", "served as president from 1990 to 1995"."""
    tokens = scene.parse.tokens
    said = borne(scene.parse, i)
    if said is not None and said.former:
        return True
    at = tokens[i].head
    if tokens[at].pos == "ADP":
        at = tokens[at].head
    verb = tokens[at]
    if verb.pos not in ("VERB", "AUX"):
        return False
    if verb.tag == "VBN" and any(t.text.lower() == "had" for t in phrases.auxiliaries(scene.parse, at)):
        return True
    if verb.tag != "VBD" or verb.lemma not in ("be", "serve", "work"):
        return False
    if verb.dep in labels.ADJOINED and any(scene.words[c] in ("when", "while") for c in scene.parse.children[at]):
        return True
    for child in phrases.prepositions(scene.parse, at) + phrases.prepositions(scene.parse, i):
        if scene.words[child] in ("until", "till", "from", "between", "during", "before"):
            return any(tokens[o].pos == "NUM" or tokens[o].pos == "PROPN" for o in phrases.objects(scene.parse, child))
    return False
