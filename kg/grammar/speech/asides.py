"""Remarks set off by commas, dashes or brackets that say who tells the sentence around them, read from its words alone.

"The road is shut, one witness, a nurse, has testified", "the firm, it is alleged, paid", "said the mayor", "in the
words of the judge", "as police tell it", "rumour has it", "in all likelihood". Parsers hang such a remark anywhere;
here the stretches between the marks are looked at one by one, and the tree is not asked. Found once for a document.
Method: rules over words and tags; the words are in ontology/cues/asides.toml.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.grammar import labels
from kg.grammar.cues import Cues
from kg.grammar.speech.quotations import Quotation
from kg.grammar.words import TELLING
from kg.model import Parse, Status
from kg.vocabulary import word_lists

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
MARKS = frozenset({",", "–", "—", "-", "--", "(", ")", "“", "”", '"', "‘", "’"})
WALLS = frozenset({";", ":"})
DASHES = frozenset({"–", "—", "-", "--", "("})
_LISTS = word_lists("speech")
#: Words that open a clause of another kind.
OPENERS = _LISTS["openers"]
#: Prepositions that may follow the verb of a remark: of time, place and company, never of its content.
ADJUNCTS = _LISTS["adjuncts"]
#: What a told addressee is not followed by, if the content stands elsewhere.
CONTENT = _LISTS["content"]
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
SEEMING = _LISTS["seeming"]
ANYONE = _LISTS["anyone"]
CLOSED = _LISTS["closed"]
LONGEST = 24  # tokens of one remark


class Aside(NamedTuple):
    """Tokens `first` to `last` (exclusive) are the remark; `covered` are those of which it says who tells them."""

    first: int
    last: int
    cue: int
    source: int | None
    status: Status
    covered: tuple[int, ...]


class Remark(NamedTuple):
    cue: int
    source: int | None
    status: Status
    spoken: bool  # someone says it: it may also stand at the end


def find_asides(parse: Parse, cues: Cues, quotations: Sequence[Quotation]) -> tuple[Aside, ...]:
    """All remarks in the order of the text."""
    return tuple(_Finder(parse, cues, quotations).all())


class _Finder:
    def __init__(self, parse: Parse, cues: Cues, quotations: Sequence[Quotation]) -> None:
        self.parse, self.tokens, self.cues = parse, parse.tokens, cues
        self.quotations = quotations
        self.dates = {n.first: n.last for n in parse.names if n.label in ("DATE", "TIME")}
        self.quoted = {i for q in self.quotations for i in range(q.first, q.last)}

    def all(self) -> list[Aside]:
        found: list[Aside] = []
        for sentence in self.parse.sentences:
            start = sentence.first
            for i in range(sentence.first, sentence.last + 1):
                if i == sentence.last or self.tokens[i].text in WALLS and i not in self.quoted:
                    found += self.part(start, i)
                    if (
                        i < sentence.last
                        and self.tokens[i].text == ":"
                        and (claim := self.announced(start, i, sentence.last)) is not None
                    ):
                        found.append(claim)
                    start = i + 1
        return found

    def announced(self, first: int, colon: int, last: int) -> Aside | None:
        """ "Her claim: the road is shut": a noun for words before a colon, without a verb."""
        if not 0 < colon - first < 7 or any(self.tokens[k].pos in ("VERB", "AUX") for k in range(first, colon)):
            return None
        rule = self.cues.nouns.get(self.tokens[colon - 1].lemma, {}).get("clause")
        if rule is None or rule.status == "asserted":
            return None
        return Aside(
            first, colon, colon - 1, None, rule.status, tuple(k for k in range(colon + 1, last) if k not in self.quoted)
        )

    def part(self, first: int, last: int) -> list[Aside]:
        """The remarks of a sentence, or of what is between its semicolons."""
        found = [
            Aside(i - 1, i + 2, i + 1, None, status, tuple(k for k in range(first, last) if k not in self.quoted))
            for i in range(first + 1, last - 1)
            if (status := self.by_all(i))
        ]
        stretches = self.stretches(first, last)
        if len(stretches) < 2:
            return found
        remarks: list[tuple[int, int, Remark]] = []  # first and last stretch
        for n in range(len(stretches)):
            if (remark := self.remark(stretches[n], n == 0, n + 1 == len(stretches))) is not None:
                remarks.append((n, n, remark))
            elif n > 1 and (chain := self.chain(stretches, n)) is not None:
                remarks.append((chain[0], n, chain[1]))
        for k, (begin, end, remark) in enumerate(remarks):
            low = remarks[k - 1][1] + 1 if k else 0
            high = remarks[k + 1][0] if k + 1 < len(remarks) else len(stretches)
            if (
                self.tokens[remark.cue].lemma in self.cues.adverbs
            ):  # "…, prompting, perhaps, a strike": the words beside it alone
                aside_last = end + 1 >= high
                low = max(low, begin - 1) if aside_last or not self.main(stretches[begin - 1]) else begin
                high = min(high, end + 2)
            begin, end = self.widened(stretches, begin, end, low, high)
            around = [s for s in (*stretches[low:begin], *stretches[end + 1 : high])]
            if not any(self.main(s) for s in around if s[0] not in self.quoted) or self.beside_quote(
                stretches[begin][0], stretches[end][1]
            ):
                continue
            covered = tuple(i for s in around for i in range(*s) if i not in self.quoted)
            found.append(
                Aside(stretches[begin][0], stretches[end][1], remark.cue, remark.source, remark.status, covered)
            )
        return found

    def by_all(self, i: int) -> Status | None:
        """ "In all likelihood", "by all accounts", with commas or without."""
        if self.tokens[i].text != "all" or self.tokens[i - 1].text.lower() not in ("in", "by", "to"):
            return None
        cue = self.cues.aside_phrases.get(self.tokens[i + 1].lemma)
        return cue.status if cue else None

    def widened(
        self, stretches: Sequence[tuple[int, int]], begin: int, end: int, low: int, high: int
    ) -> tuple[int, int]:
        """A remark with what is said of its speaker: "said Ana Ruiz, head of the Lund Institute, adding that …"."""
        while (
            begin > max(low, 1)
            and self.bare(stretches[begin - 1])
            and any(self.main(s) for s in stretches[low : begin - 1])
        ):
            begin -= 1
        if all(self.bare(s) or self.speaking(s) or not self.main(s) for s in stretches[end + 1 : high]):
            while end + 1 < high and (self.bare(stretches[end + 1]) or self.speaking(stretches[end + 1])):
                end += 1
        return begin, end

    def speaking(self, stretch: tuple[int, int]) -> bool:
        """ "Adding that …", "pointing out …": what the speaker does while speaking."""
        token, after = self.tokens[stretch[0]], self.tokens[min(stretch[0] + 1, stretch[1] - 1)]
        table = self.cues.verbs.get(token.lemma) or self.cues.verbs.get(f"{token.lemma} {after.lemma}") or {}
        return token.tag == "VBG" and any(rule.attributed for rule in table.values())

    def stretches(self, first: int, last: int) -> list[tuple[int, int]]:
        """What stands between the marks; quotations stay whole."""
        found, start = [], first
        for i in range(first, last + 1):
            if i == last or self.tokens[i].text in MARKS and i not in self.quoted:
                if i > start and any(self.tokens[k].pos != "PUNCT" for k in range(start, i)):
                    end = i
                    while self.tokens[end - 1].pos == "PUNCT" and end - 1 not in self.quoted:
                        end -= 1
                    found.append((start, end))
                start = i + 1
        return found

    def beside_quote(self, first: int, last: int) -> bool:
        """Whether a remark belongs to quoted words next to it, which are read elsewhere."""
        return any(
            k in self.quoted and self.tokens[k].sentence == self.tokens[first].sentence
            for k in (first - 1, first - 2, last, last + 1)
        )

    def main(self, stretch: tuple[int, int]) -> bool:
        """Whether a stretch holds a finite verb of a main clause."""
        first, last = stretch
        head = self.tokens[first]
        if head.tag == "CC" and first + 1 < last:
            head = self.tokens[first + 1]
        if head.text.lower() in OPENERS - {"as"} or head.tag == "VBG":
            return False
        return any(self.tokens[i].tag in FINITE for i in range(first, last)) or self.headless(first, last)

    def headless(self, first: int, last: int) -> bool:
        """A clause whose verb was taken for a participle."""
        return any(self.tokens[i].tag == "VBN" for i in range(first, last))

    # -------------------------------------------------------------- one stretch

    def remark(self, stretch: tuple[int, int], opens: bool, ends: bool) -> Remark | None:
        first, last = stretch
        if last - first > LONGEST or first in self.quoted:
            return None
        adverb = self.cues.adverbs.get(self.tokens[first].lemma) if last - first == 1 else None
        if adverb is not None and adverb.status in ("reported", "alleged", "hypothetical"):
            return Remark(first, None, adverb.status, False)  # "the firm, reportedly, paid"
        words = [self.tokens[k].text.lower() for k in range(first, last)]
        if (phrase := self.phrase(first, last, words, opens)) is not None:
            return phrase
        if (
            words[:2] in (["or", "so"], ["so", "the"], ["so", "they"], ["so", "he"], ["so", "she"])
            or words[0] == "as"
            and len(words) > 1
        ):
            if words[0] == "as" and (alleged := self.alleged(first, last)) is not None:
                return alleged
            at = first + (2 if words[0] == "or" else 1)
            if words[:3] == ["as", "far", "as"]:
                at = first + 3
            return self.clause(at, last, words[0] == "as")
        if (
            words[0] == "to"
            and len(words) > 2
            and (words[1] in ("quote", "believe") or words[1] == "hear" and words[-1] == "it")
        ):
            return Remark(first + 1, self.head(first + 2, last), "reported", True)
        if words[0] == "if" and (words[-1] == "believed" and "to" in words or words[1:3] == ["you", "believe"]):
            return Remark(
                last - 1 if words[-1] == "believed" else first + 2, self.head(first + 1, last), "reported", True
            )
        if opens or words[0] in OPENERS:
            return None
        return self.inverted(first, last) or self.clause(first, last)

    def alleged(self, first: int, last: int) -> Remark | None:
        """ "As alleged by the opposition", "as has been claimed"."""
        cue = next((k for k in range(first + 1, last) if self.tokens[k].pos not in ("AUX", "ADV")), first)
        if (
            self.tokens[cue].tag not in ("VBN", "VBD")
            or self.tokens[cue].lemma not in self.cues.asides
            or self.judges(self.tokens[cue].lemma)
        ):
            return None
        by = cue + 1 < last and self.tokens[cue + 1].text == "by"
        if not by and not self.closed(cue + 1, last, self.tokens[cue].lemma, False):
            return None
        return Remark(cue, self.head(cue + 2, last) if by else None, self.status(self.tokens[cue].lemma), True)

    def clause(self, first: int, last: int, compared: bool = False) -> Remark | None:
        """ "Officials later said on Monday", "it is alleged", "one of the doctors recalled", "rumour has it"."""
        return next(
            (
                found
                for i in range(first + 1, last)
                if self.says(i, first, compared) and (found := self.said_at(i, first, last, compared)) is not None
            ),
            None,
        )

    def said_at(self, cue: int, first: int, last: int, compared: bool) -> Remark | None:
        before = range(first, cue)
        if any(
            self.tokens[k].tag in ("WDT", "WP", "WRB", "VBG", "CC") and self.tokens[k].text.lower() != "and"
            for k in before
        ):
            return None
        if any(
            self.tokens[k].pos == "VERB"
            and self.tokens[k].lemma not in SEEMING
            and self.tokens[k].tag in FINITE | {"VB"}
            for k in before
        ):
            return None
        source, token = self.head(first, cue), self.tokens[cue]
        if (
            source is None
            or self.judges(token.lemma)
            and token.lemma not in self.cues.aside_verbs | self.cues.aside_its
            or self.negated(before)
            or not self.closed(cue + 1, last, token.lemma, compared)
        ):
            return None
        helped = any(self.tokens[k].pos == "AUX" for k in before)
        passive = (
            token.tag == "VBN"
            and next((self.tokens[k].lemma for k in reversed(before) if self.tokens[k].pos != "ADV"), "") == "be"
        )
        it, rumor = self.tokens[source].lemma == "it", self.tokens[source].lemma in self.cues.aside_rumors
        if (
            token.lemma in SEEMING
            and not (it and cue + 1 == last)
            or passive
            and not it
            and token.lemma not in TELLING | {"quote"}
        ):
            return None
        if token.lemma in ("emerge", "transpire") and not it or token.lemma == "quote" and not passive:
            return None
        if self.tokens[source].lemma in ("i", "you", "we") and token.lemma in self.cues.aside_verbs and not compared:
            return None  # "you know"
        if (
            token.tag == "VBN"
            and not helped
            and (self.tokens[source].pos == "PRON" or token.lemma in self.cues.aside_verbs)
        ):
            return None  # "better known as"
        if (
            not (helped or compared or rumor or token.tag in ("VBZ", "VBP", "VB"))
            and token.text.endswith("ed")
            and not self.speaker(source)
        ):
            return None  # "a process concluded in May"
        return Remark(
            cue,
            None if passive or rumor or token.lemma in self.cues.aside_verbs else source,
            self.status(token.lemma),
            True,
        )

    def speaker(self, i: int) -> bool:
        """Whether a noun stands for people, a body, or words that were written."""
        token = self.tokens[i]
        return (
            self.cues.is_agent(token)
            or token.lemma in ANYONE
            or token.pos == "NUM"
            or token.lemma in self.cues.headline_sources | self.cues.aside_sources
        )

    def says(self, i: int, first: int, compared: bool) -> bool:
        """Whether a token can be the verb of a remark, also where it was tagged as a noun ("prosecutors allege")."""
        token = self.tokens[i]
        lemma = token.lemma
        if lemma in self.cues.aside_its and self.it_follows(i, compared):
            return True
        if lemma not in self.cues.asides:
            return False
        if token.pos in ("VERB", "AUX"):
            return (
                token.tag in FINITE
                or compared
                or token.tag in ("VBN", "VB")
                and i > first
                and any(self.tokens[k].pos == "AUX" or self.tokens[k].lemma in SEEMING for k in range(first, i))
                or (
                    token.tag == "VBN"
                    and i > first
                    and token.text.endswith("ed")
                    and self.tokens[i - 1].pos in (*NOMINAL, "ADV")
                )
            )
        if (
            token.pos != "NOUN"
            or i == first
            or self.tokens[i - 1].pos not in ("NOUN", "PROPN")
            and self.tokens[i - 1].lemma not in ANYONE
            or token.text not in (lemma, lemma + "s")
        ):
            return False
        if self.judges(lemma) or self.tokens[first].pos == "ADP":
            return False  # "with the salutes"
        head = self.head(first, i)
        return head is not None and (
            compared or (self.tokens[head].tag in ("NNS", "NNPS", "JJ", "DT", "CD")) == (token.text == lemma)
        )

    def judges(self, lemma: str) -> bool:
        """ "Praise", "dismiss": what they stand before is their object, not their speaker."""
        rule = self.cues.verbs.get(lemma, {}).get("object")
        return rule is not None and rule.status not in ("reported", "alleged", "hypothetical", "planned")

    def it_follows(self, i: int, compared: bool) -> bool:
        rumor = self.tokens[i - 1].lemma in self.cues.aside_rumors
        after = i + 1 < len(self.tokens) and self.tokens[i + 1].text == "it"
        return rumor and (after or self.tokens[i].lemma == "go") or compared and after

    def inverted(self, first: int, last: int) -> Remark | None:
        """ "said the mayor", "claims minister"."""
        token = self.tokens[first]
        headline = (
            token.tag == "NNS"
            and last - first < 4
            and self.tokens[last - 1].i + 1 == self.parse.sentences[token.sentence].last
        )
        if (
            not ((token.tag in ("VBD", "VBZ", "VBP") or headline) and token.lemma in self.cues.inverted)
            or last - first < 2
            or first + 1 in self.dates
        ):
            return None
        if any(
            self.tokens[k].tag in FINITE | {"WDT", "WP", "TO", "VB"}
            or self.tokens[k].text.lower() in ("that", "and")
            and k < first + 3
            for k in range(first + 1, last)
        ):
            return None
        if self.tokens[first + 1].pos not in (*NOMINAL, "DET", "ADJ"):
            return None
        source = self.head(first + 1, last)
        return (
            Remark(first, source, self.status(token.lemma), True)
            if source is not None and self.speaker(source)
            else None
        )

    def phrase(self, first: int, last: int, words: Sequence[str], opens: bool) -> Remark | None:
        """ "In the words of the judge", "by the army's own account", "in all likelihood"; opening: "in the novel"."""
        if (
            words[0] not in ("in", "by", "on", "from", "to", "according")
            and self.tokens[first].text != "per"
            or last - first < 2
            or last - first > 14
        ):
            return None
        if self.tokens[first].text == "per":
            return (
                Remark(first, head, "reported", True)
                if not opens and (head := self.head(first + 1, last)) is not None and self.speaker(head)
                else None
            )
        if words[0] == "according":
            return (
                Remark(first, self.head(first + 2, last), "reported", True)
                if words[1] == "to" and last - first > 2
                else None
            )
        if any(self.tokens[k].tag in FINITE for k in range(first, last)):
            return None
        for i in range(first + 1, last):
            lemma = self.tokens[i].lemma
            if self.tokens[i].pos != "NOUN":
                continue
            ends = i + 1 == last
            owned = any(self.tokens[k].tag in ("POS", "PRP$") for k in range(first + 1, i))
            whole = words[1] in ("some", "most", "one", "this", "that", "another") and lemma not in ("word", "eye")
            of = not ends and words[i + 1 - first] == "of" and (whole or self.tokens[first + 1].tag == "DT")
            if (cue := self.cues.aside_phrases.get(lemma)) and (ends and (owned or whole) or of):
                source = self.head(i + 2, last) if of else self.head(first + 1, i) if owned else None
                return Remark(i, source, cue.status, True)
            if (
                opens
                and words[0] == "in"
                and (fiction := self.cues.aside_fictions.get(lemma))
                and (ends or self.tokens[i + 1].pos not in ("NOUN", "PROPN"))
            ):
                return Remark(i, None, fiction.status, False)
            if not (self.tokens[i + 1].tag in ("POS",) if not ends else False):
                return None
        return None

    def closed(self, first: int, last: int, verb: str, compared: bool) -> bool:
        """Whether nothing follows the verb of a remark but when, where and to whom it was said."""
        if first >= last:
            return True
        token, word = self.tokens[first], self.tokens[first].text.lower()
        if verb == "quote":
            return (
                word == "as"
                and first + 1 < last
                and self.tokens[first + 1].lemma == "say"
                and self.closed(first + 2, last, "say", compared)
            )
        if any(
            self.tokens[k].text.lower() in ("that", "whether", "if") or self.tokens[k].tag in ("TO", "WDT")
            for k in range(first, min(first + 3, last))
            if verb not in SEEMING
        ):
            return word == "it"
        if word == "it":
            return (compared or verb == "have") and (first + 1 == last or self.tokens[first + 1].pos in ("ADP", "ADV"))
        if after := self.dates.get(first) or token.pos == "ADP" and self.dates.get(first + 1):
            return self.closed(after, last, verb, compared)
        if token.pos == "ADP" or word in ADJUNCTS:
            return word in ADJUNCTS and word not in self.cues.verbs.get(verb, {})
        if token.pos == "ADV":
            return self.closed(first + 1, last, verb, compared)
        return verb in TELLING and not any(
            self.tokens[k].tag in FINITE or self.tokens[k].text.lower() in CONTENT for k in range(first, last)
        )

    def chain(self, stretches: Sequence[tuple[int, int]], n: int) -> tuple[int, Remark] | None:
        """ "One witness, a nurse, has testified": a verb cut off from its subject by what is said of it."""
        first, last = stretches[n]
        if (
            last - first > LONGEST
            or self.tokens[first].text.lower() in OPENERS
            or self.tokens[first].pos not in ("VERB", "AUX", "ADV")
        ):
            return None
        cue = next(
            (
                i
                for i in range(first, min(first + 4, last))
                if self.tokens[i].lemma in self.cues.asides and self.tokens[i].pos == "VERB"
            ),
            None,
        )
        if cue is None or not all(self.tokens[k].pos in ("AUX", "ADV") for k in range(first, cue)):
            return None
        if self.tokens[cue].tag not in ("VBD", "VBZ", "VBP", "VBN") or not self.closed(
            cue + 1, last, self.tokens[cue].lemma, False
        ):
            return None
        begin = n - 1
        while begin > 1 and self.bare(stretches[begin]) and self.bare(stretches[begin - 1]):
            begin -= 1
        if n - begin < 2 or not all(self.bare(s) for s in stretches[begin:n]):
            return None
        source = self.head(*stretches[begin])
        return (begin, Remark(cue, source, self.status(self.tokens[cue].lemma), True)) if source is not None else None

    def bare(self, stretch: tuple[int, int]) -> bool:
        """A noun phrase, also one with a relative clause."""
        first, last = stretch
        tokens = self.tokens[first:last]
        if tokens[0].text.lower() in ("who", "which", "whose"):
            return True
        relative = next((k for k, t in enumerate(tokens) if t.tag in ("WDT", "WP", "WP$", "WRB")), len(tokens))
        return (
            any(t.pos in NOMINAL for t in tokens)
            and not any(t.tag in FINITE for t in tokens[:relative])
            and tokens[0].tag not in ("VBG", "VBN", "IN", "CC")
        )

    # -------------------------------------------------------------- words

    def status(self, lemma: str) -> Status:
        table = self.cues.verbs.get(lemma, {})
        rule = table.get("clause")
        return (
            rule.status
            if rule is not None and rule.status in ("alleged", "denied", "hypothetical", "reported")
            else "reported"
        )

    def negated(self, tokens: Sequence[int]) -> bool:
        return any(self.tokens[k].dep == labels.NEGATION or self.tokens[k].text.lower() in CLOSED for k in tokens)

    def head(self, first: int, last: int) -> int | None:
        """The noun that heads the first noun phrase of a stretch."""
        found = owner = None
        for i in range(first, last):
            token = self.tokens[i]
            if token.tag == "PRP$":
                owner = i
            elif token.pos in NOMINAL or token.tag in ("JJ", "DT") and token.lemma in ANYONE:
                found = i
            elif found is not None and (token.tag == "POS" or self.tokens[found].pos == "NUM" and token.pos == "ADJ"):
                continue
            elif found is not None:
                break
        return owner if found is None else found
