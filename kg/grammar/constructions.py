"""The constructions in which a cue governs what stands under it: clauses, infinitives, gerunds, parentheses, colons.

`construction` names the one in which a token stands, so that the tables of cues stay free of grammar. Labels are
ClearNLP's, as spaCy's English models give them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container

from kg.grammar import labels as gr
from kg.grammar.cues import FINITE, NOTHING, NOUNS, Cues, Government, load
from kg.grammar.phrases import appositions
from kg.grammar.words import EITHER_NUMBER, ISSUING, KIN, PREPOSITION_CONTROL
from kg.model import Parse, Token


def kin_of(parse: Parse, i: int) -> int | None:
    """The noun for a relative that noun `i` follows with "of": "wife" for "mayor" in "the wife of the mayor"."""
    above = parse.tokens[parse.tokens[i].head]
    if parse.tokens[i].dep != gr.PREPOSITIONAL_OBJECT or above.lemma != "of":
        return None
    return above.head if parse.tokens[above.head].lemma in KIN and parse.tokens[i].pos == "NOUN" else None


def apposed(parse: Parse, i: int) -> list[int]:
    """What stands in apposition to noun `i`; in "the wife of the mayor, Ana Ruiz," the name is hers."""
    own = appositions(parse, i)
    if kin_of(parse, i) is not None:
        return [c for c in own if not _behind_comma(parse, c)]  # "the widow of the mayor Ana Ruiz"
    below = [o for of in parse.children[i] for o in parse.children[of] if kin_of(parse, o) == i]
    return own + [c for o in below for c in appositions(parse, o) if _behind_comma(parse, c)]


def _behind_comma(parse: Parse, i: int) -> bool:
    first = min([i, *parse.subtree(i)])
    return first > 0 and parse.tokens[first - 1].text == ","


def is_infinitive(parse: Parse, i: int) -> bool:
    """ "to leave", "(made him) leave", "(helped) leave"."""
    token = parse.tokens[i]
    kids = [parse.tokens[c] for c in parse.children[i]]
    if any(k.tag == "TO" and k.dep in ("aux", "mark") for k in kids):
        return True
    if token.tag == "VB" or token.pos == "AUX" and token.tag == "VB":
        return not any(k.tag == "MD" or k.dep == "aux" and k.lemma == "do" or k.dep == "mark" for k in kids)
    return False


def is_gerund(parse: Parse, i: int) -> bool:
    """A participle in -ing ("leaving", "being arrested", "having left") without a finite auxiliary."""
    helpers = [parse.tokens[c].tag for c in parse.children[i] if parse.tokens[c].dep in ("aux", "auxpass")]
    return (parse.tokens[i].tag == "VBG" or parse.tokens[i].tag == "VBN" and "VBG" in helpers) and not any(
        h in FINITE or h in ("MD", "VB", "VBN") for h in helpers
    )


def has_own_subject(parse: Parse, i: int) -> bool:
    return any(parse.tokens[c].dep in ("nsubj", "nsubjpass", "csubj", "expl", "csubjpass") for c in parse.children[i])


def construction(parse: Parse, i: int) -> tuple[int, str] | None:
    """The governor of token `i` and the construction in which it stands, or None (a root, an adjunct, a modifier)."""
    token = parse.tokens[i]
    dep, head = token.dep, token.head
    if head == i:
        return None
    if dep in ("ccomp", "xcomp", "csubj", "csubjpass", "acl") or dep == "relcl" and is_infinitive(parse, i):
        return (head, name) if (name := _clausal(parse, token)) else None
    if dep == "relcl" and _content(parse, i, head):
        return head, "clause"
    if dep in ("dobj", "obj", "nsubjpass"):
        return head, "object"
    if dep in ("oprd", "attr", "acomp") and parse.tokens[head].lemma not in ("be", "become", "remain"):
        return head, "predicate"
    if dep in ("pobj", "pcomp"):
        preposition = parse.tokens[head]
        above = preposition.head
        while (
            parse.tokens[above].dep == "prep"
            and parse.tokens[above].pos in ("ADP", "SCONJ")
            and above != parse.tokens[above].head
        ):
            above = parse.tokens[above].head  # "out of", "because of"
        if above == preposition.i:
            return None
        if parse.tokens[above].pos == "ADP":
            return None
        return _attachment(parse, above, preposition), preposition.lemma
    if dep == "compound" and token.pos == "NOUN":
        return head, "of"
    return None


def _content(parse: Parse, i: int, noun: int) -> bool:
    """ "Reports that guards tortured prisoners", where "that" was taken for a relative pronoun."""
    cues = load()
    if "clause" not in cues.nouns.get(parse.tokens[noun].lemma, NOTHING):
        return False
    if complete(parse, i):
        return True
    opening, lemma = parse.tokens[parse.edges[i][0]], parse.tokens[i].lemma
    return (  # "claims that Dahl resigned": nothing that one does to a claim
        opening.lemma == "that"
        and opening.head == i
        and opening.dep in ("dobj", "obj")
        and lemma not in ISSUING
        and lemma not in cues.verbs
        and has_own_subject(parse, i)
    )


def complete(parse: Parse, i: int) -> bool:
    """Whether a clause that opens with "that" lacks nothing for which "that" could stand: it is a conjunction."""
    opening = parse.tokens[parse.edges[i][0]]
    kids = [parse.tokens[c] for c in parse.children[i]]
    if opening.head != i and opening.dep in ("nsubj", "nsubjpass"):
        return False  # "a reform that critics say lets him rule": it is the subject of what they say
    if opening.lemma != "that" or not any(k.dep in ("nsubj", "nsubjpass") and k.i != opening.i for k in kids):
        return False
    return opening.dep not in ("dobj", "obj") or any(
        k.dep in ("dobj", "obj", "nsubjpass") and k.i != opening.i for k in kids
    )


def _attachment(parse: Parse, above: int, at: Token) -> int:
    """The verb of "accused the group of …" where the parser hung the preposition on the group."""
    token, cues, preposition = parse.tokens[above], load(), at.lemma
    if token.dep == "pobj" and parse.tokens[token.head].dep == "agent":
        verb = parse.tokens[token.head].head  # "accused by the opposition of …"
        if preposition in cues.governments(parse, verb) and preposition not in cues.governments(parse, above):
            return verb
    if (
        token.dep in ("dobj", "obj", "nsubjpass")
        and at.i > token.head
        and preposition not in cues.governments(parse, above)
    ):
        verb = token.head
        if (
            preposition in ("of", "with", "from", "for")
            and preposition in cues.governments(parse, verb)
            and (
                preposition != "of"
                or cues.is_agent(token)
                or cues.verbs.get(parse.tokens[verb].lemma, NOTHING)["of"].status == "alleged"
            )
        ):
            return verb
    return above


def parataxis(parse: Parse, at: int, head: int) -> bool:
    """ "The car stopped; police opened fire": a clause put first that the parser took for content of the second.

    It has a subject and no conjunction of its own, and a semicolon between, or a governor that has its content
    elsewhere or is no word of saying.
    """
    tokens = parse.tokens
    if at > head:
        return False  # "…, the church warned: 18,000 had left": it warns of both
    if (
        tokens[at].dep != "ccomp"
        or tokens[head].pos not in ("VERB", "AUX")
        or not has_own_subject(parse, at)
        or any(tokens[c].dep == "mark" for c in parse.children[at])
    ):
        return False
    between = {tokens[k].text for k in range(at + 1, head) if tokens[k].pos == "PUNCT"}
    if ";" in between:
        return True
    if not between:
        return False
    if any(
        c > head and tokens[c].dep in ("ccomp", "xcomp") and not _after_colon(parse, head, c)
        for c in parse.children[head]
    ):
        return True
    rule = load().governments(parse, head).get("clause")
    if rule is None or not rule.attributed:
        return True
    return any(tokens[c].dep == "nsubjpass" and tokens[c].lemma != "it" for c in parse.children[head])


def _after_colon(parse: Parse, cue: int, clause: int) -> bool:
    return any(parse.tokens[k].text == ":" for k in range(cue + 1, min(parse.edges[clause][0] + 1, clause)))


def _clausal(parse: Parse, token: Token) -> str | None:
    i, governor = token.i, parse.tokens[token.head]
    if token.pos not in ("VERB", "AUX") and not any(
        parse.tokens[c].dep in ("cop", "aux", "nsubj") for c in parse.children[i]
    ):
        return "predicate" if token.dep in ("ccomp", "xcomp") else None
    if token.pos == "ADJ" and _small(parse, i) and "predicate" in load().governments(parse, governor.i):
        return "predicate"  # "found her guilty"
    if is_infinitive(parse, i):
        other = has_own_subject(parse, i) or any(
            parse.tokens[c].dep in ("dobj", "obj", "dative", "nsubjpass", "iobj")
            or parse.tokens[c].dep == "prep"
            and parse.tokens[c].lemma in PREPOSITION_CONTROL.get(governor.lemma, ())
            for c in parse.children[governor.i]
        )
        return "other_infinitive" if other and governor.pos not in NOUNS else "infinitive"
    if is_gerund(parse, i):
        return "gerund"
    if (
        token.tag == "VBN"
        and token.dep in ("ccomp", "xcomp")
        and not any(parse.tokens[c].dep in ("aux", "auxpass", "nsubj", "nsubjpass", "mark") for c in parse.children[i])
    ):
        return "predicate"  # "was found burnt out"
    if token.dep == "acl":
        return (
            "clause" if any(parse.tokens[c].dep in ("mark", "nsubj", "nsubjpass") for c in parse.children[i]) else None
        )
    return "clause"


def _small(parse: Parse, i: int) -> bool:
    """A clause of a subject and an adjective, without a verb or a conjunction: "(found) her guilty"."""
    return not any(parse.tokens[c].dep in ("cop", "aux", "auxpass", "mark") for c in parse.children[i])


def parenthetical(cues: Cues, parse: Parse, i: int) -> bool:
    """Whether a verb of saying hangs below its own content: "The talks, officials said, will resume"."""
    token = parse.tokens[i]
    if token.head == i or token.pos != "VERB" or token.dep not in ("parataxis", "advcl", "ccomp", "dep"):
        return False
    rule = cues.governments(parse, i).get("clause")
    if rule is None or parse.tokens[token.head].pos not in ("VERB", "AUX"):
        return False
    if not rule.attributed and not any(
        parse.tokens[c].lemma == "it" and parse.tokens[c].dep == "nsubj" for c in parse.children[i]
    ):
        return False  # "the bank, it emerged, had lent …"
    subject = False
    for c in parse.children[i]:
        child = parse.tokens[c]
        if child.dep in ("ccomp", "xcomp", "dobj") or child.dep == "mark" and child.lemma != "as":
            return False
        subject |= child.dep == "nsubj"
    if not subject:
        return False
    first, last = parse.edges[i]
    if token.dep == "advcl":
        return parse.tokens[first].lemma == "as"
    opens = (
        token.dep == "ccomp" and first == parse.sentences[token.sentence].first
    )  # "The paper reported, the firm had …"
    before = (
        opens
        or first > 0
        and parse.tokens[first - 1].text in (",", "–", "—", "-", "(")
        or parse.tokens[first].text in (",", "–", "—", "(")
    )
    after = last + 1 >= len(parse.tokens) or parse.tokens[last + 1].pos == "PUNCT" or parse.tokens[last].pos == "PUNCT"
    return before and after


def beyond(cues: Cues, parse: Parse, at: int, head: int, quoted: Container[int]) -> bool:
    """Whether a verb joined to content belongs to the clause of the cue: "insists that it “works”, and accuses …"."""
    token, first = parse.tokens[at], parse.tokens[head]
    if resuming(parse, at) is not None and (at not in quoted or first.head in quoted):
        return True
    if token.dep != "conj" or token.pos != "VERB" or first.dep not in ("ccomp", "conj", "xcomp"):
        return False
    if at in quoted and first.head not in quoted:
        return False  # both are in the quotation, the cue is not
    finite = (
        token.tag in FINITE
        or token.tag == "VBN"
        and any(parse.tokens[c].dep in ("dobj", "obj") for c in parse.children[at])
    )
    if (
        first.tag in ("VBG", "VB")
        and finite
        and parse.tokens[first.head].tag in FINITE
        and not has_own_subject(parse, at)
    ):
        return not any(
            parse.tokens[c].dep == "aux" and parse.tokens[c].tag != "TO" for c in parse.children[head]
        )  # "denied taking it and left"
    if head in quoted and at not in quoted:
        return True
    cue = parse.tokens[first.head]
    if first.dep != "ccomp" or token.tag != cue.tag or not any(parse.tokens[k].text == "," for k in range(head, at)):
        return False
    if not has_own_subject(parse, at):  # "said he had not read it, then corrected himself"
        return token.tag in ("VBD", "VBZ") and first.tag in ("VBN", "VB", "VBG") and head < at and cue.i < head
    return "quote" in cues.governments(parse, at)


def one_person(parse: Parse, subject: int) -> int | None:
    """The name of the one who is meant by a subject that the parser took for several.

    "Said baker and party founder Ugo Prenz": two nouns without an article and then one name. "Nine tankers burned —
    six here and three there, Nora Vint, a spokeswoman, said": a list behind a dash, and the name beside it.
    """
    tokens = parse.tokens
    token, last = tokens[subject], parse.edges[subject][1]
    here = parse.name_at(subject)
    place = bisect_right(parse.names, subject, key=lambda name: name.first)
    end = bisect_right(parse.names, last, key=lambda name: name.first)
    names = [n for n in parse.names[place:end] if n.label == "PERSON" and n.last - 1 <= last]
    if not names or here is not None and here.label == "PERSON":
        return None
    name = names[0]
    between = [tokens[k] for k in range(subject + 1, name.first)]
    if parse.edges[subject][0] == subject and token.tag in ("NN", "NNP") and token.lemma not in EITHER_NUMBER:
        one = len(names) == 1 and any(t.lemma == "and" for t in between)
        one = one and not any(t.pos == "PUNCT" or t.dep == "det" for t in between)
        return name.last - 1 if one else None
    opening = parse.edges[subject][0] - 1
    if token.pos in ("NOUN", "PROPN", "NUM") and opening > 0 and tokens[opening].text in ("—", "–", "-", "--"):
        counted = token.pos == "NUM" or any(tokens[c].dep == "nummod" for c in parse.children[subject])
        beside = tokens[name.last - 1].dep == "appos" and tokens[name.first - 1].pos in ("PUNCT", "PROPN")
        return name.last - 1 if counted and beside else None
    return None


def appointed(parse: Parse, verb: int) -> bool:
    """ "The vote is on Friday": a present that says no more of an event than on which day it is."""
    token, cues = parse.tokens[verb], load()
    kids = [parse.tokens[c] for c in parse.children[verb]]
    if token.lemma != "be" or token.tag not in ("VBZ", "VBP") or any(k.dep in gr.COMPLEMENTS for k in kids):
        return False
    if not any(k.dep in gr.SUBJECTS and cues.is_event(k) for k in kids):
        return False
    return any(
        k.dep == "prep"
        and parse.tokens[c].pos in ("PROPN", "NUM")
        and (name := parse.name_at(c)) is not None
        and name.label in ("DATE", "TIME")
        for k in kids
        for c in parse.children[k.i]
    )


def resuming(parse: Parse, i: int) -> int | None:
    """The verb of saying that a verb coordinated inside its content goes on with, known by number alone.

    "Prosecutors allege that Ruel forged it and have asked for a warrant": Ruel has not, they have.
    """
    token, first = parse.tokens[i], parse.tokens[parse.tokens[i].head]
    if token.dep != "conj" or token.pos not in ("VERB", "AUX") or first.dep != "ccomp" or has_own_subject(parse, i):
        return None
    cue = first.head
    mine, theirs = (_subject_number(parse, k) for k in (first.i, cue))
    wanted = _verb_number(parse, i)
    return cue if cue < first.i and wanted and mine and mine != wanted and theirs in (wanted, "") else None


def _verb_number(parse: Parse, i: int) -> str:
    """Which number the finite form of a verb shows: "singular", "plural", or "" where English does not show it."""
    finite = [parse.tokens[c] for c in parse.children[i] if parse.tokens[c].dep in ("aux", "auxpass")]
    form = next((t for t in finite if t.tag in FINITE), parse.tokens[i] if not finite else None)
    if form is None or form.tag == "VBD" and form.text.lower() not in ("was", "were"):
        return ""
    return "singular" if form.tag == "VBZ" or form.text.lower() == "was" else "plural" if form.tag in FINITE else ""


def _subject_number(parse: Parse, i: int) -> str:
    """The number of a verb's subject; "" for what takes either ("police", "the team", "I", "you")."""
    subjects = [c for c in parse.children[i] if parse.tokens[c].dep in ("nsubj", "nsubjpass")]
    if len(subjects) != 1:
        return ""
    token = parse.tokens[subjects[0]]
    if token.pos == "PRON":
        return "singular" if token.lemma in ("he", "she", "it") else "plural" if token.lemma in ("they", "we") else ""
    if token.lemma in EITHER_NUMBER:
        return ""
    joined = any(parse.tokens[c].dep == "conj" for c in parse.children[token.i])
    return "plural" if joined or token.tag in ("NNS", "NNPS") else "singular" if token.tag in ("NN", "NNP") else ""


def equated(cues: Cues, parse: Parse, verb: int) -> Government | None:
    """What "the fear is that …", "it is possible that …", "it is a lie that …" make of their clause."""
    kids = [parse.tokens[c] for c in parse.children[verb]]
    for wanted, table in ((("acomp",), cues.adjectives), (("attr",), cues.nouns), (("nsubj",), cues.nouns)):
        for kid in kids:
            if kid.dep in wanted and (rule := table.get(kid.lemma, NOTHING).get("clause")) is not None:
                return rule
    return None


def government(cues: Cues, parse: Parse, governor: int, name: str) -> Government | None:
    """What a governor does in a construction; the two infinitives stand in for each other."""
    table = cues.governments(parse, governor)
    found = table.get(name)
    if found is None and name == "other_infinitive":
        found = table.get("infinitive")
    elif found is None and name == "infinitive":
        found = table.get("other_infinitive")
    return found
