"""Lines set in capitals, read as if they were not: names keep theirs, words do not.

How a word is written elsewhere in the text says most; then what is known of names and of words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.structure.characters import Edit
from kg.structure.rules import rules
from kg.structure.story import NOT_READ, Paragraph


def _nothing(word: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of words beforehand: each is asked with a word in any capitals."""

    place: Callable[[str], bool] = _nothing
    proper: Callable[[str], bool] = _nothing  # always written with a capital: countries, peoples, large cities
    given: Callable[[str], bool] = _nothing  # a first name
    word: Callable[[str], bool] = _nothing  # an English word
    acronym: Callable[[str], bool] = _nothing  # "NATO"


_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*\.?")
_SENTENCE = re.compile(r"(?:^|[^\W_]{3}[.!?…]['”\")]*\s+|[:–—]\s+)[\"'“‘(\[]*$")
#: "A MAN has", "THE MAYOR of Oslo": how print sets the first words of a story.
_LEAD = re.compile(r"(?:[A-ZÀ-Þ’'-]+ ){1,6}(?=[a-zà-ÿ])")
_SHORT = 4  # letters of an acronym that no list knows, at most


def edits(paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> Iterator[Edit]:
    """The words of lines in capitals that are read in others."""
    shouted = [p for p in paragraphs if p.kind not in NOT_READ and _is_shouted(p.words)]
    led = [(p, lead) for p in paragraphs if p.kind == "prose" and (lead := _lead(p.words))]
    if not shouted and not led:
        return
    loud = {p.start for p in shouted}
    seen = _seen(p.words[_lead(p.words) :] for p in paragraphs if p.start not in loud)
    for p in shouted:
        yield from _recased(p.words, p.inner, seen, lexicon)
    for p, lead in led:
        if p.start not in loud:
            yield from (e for e in _recased(p.words[:lead], p.inner, seen, lexicon) if _sure(e.words, lexicon))


def _is_shouted(words: str) -> bool:
    return words.isupper() and len(re.findall(r"[^\W\d_]{3,}", words)) > 1


def _lead(words: str) -> int:
    """How long the words in capitals are with which a story opens: more than an acronym."""
    found = _LEAD.match(words)
    return found.end() if found and len(found.group().split()) > 1 else 0


def _sure(word: str, lexicon: Lexicon) -> bool:
    """Whether a word in a line that is not in capitals is no acronym."""
    small = word.lower()
    return small in rules().small or lexicon.word(small) or lexicon.given(small) or lexicon.proper(small)


def _seen(texts: Iterator[str]) -> dict[str, str]:
    """How words are written in lines that are not in capitals, where no sentence begins."""
    found: dict[str, dict[str, int]] = {}
    for text in texts:
        for word in _WORD.finditer(text):
            if word.start() and not _SENTENCE.search(text[max(0, word.start() - 8) : word.start()]):
                forms = found.setdefault(word.group().rstrip(".").lower(), {})
                forms[word.group().rstrip(".")] = forms.get(word.group().rstrip("."), 0) + 1
    return {word: max(forms, key=lambda form: (forms[form], form)) for word, forms in found.items()}


def _recased(words: str, at: int, seen: dict[str, str], lexicon: Lexicon) -> Iterator[Edit]:
    before = ""  # what the word before was taken for
    long = {start for both in _long_names(words, lexicon) for start in both}
    for found in _WORD.finditer(words):
        if found.start() in long and found.group().isupper():
            yield Edit(at + found.start(), at + found.end(), found.group().capitalize())
            before = "name"
            continue
        written = found.group()
        if not written.isupper():
            before = ""
            continue
        opens = bool(_SENTENCE.search(words[max(0, found.start() - 8) : found.start()]))
        form, before = _form(written, before, seen, lexicon)
        if opens:
            form = form[:1].upper() + form[1:]
        if form != written and len(form) == len(written):
            yield Edit(at + found.start(), at + found.end(), form)


def _long_names(words: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Where the two words of a place begin: "NEW YORK"."""
    found = list(_WORD.finditer(words))
    for a, b in zip(found, found[1:]):
        if (
            words[a.end() : b.start()] == " "
            and a.group().lower() not in rules().small
            and b.group().lower() not in rules().small
        ):
            if lexicon.place(f"{a.group()} {b.group().removesuffix('.')}"):
                yield a.start(), b.start()


def _form(written: str, before: str, seen: dict[str, str], lexicon: Lexicon) -> tuple[str, str]:
    """A word as it would be written, and what it was taken for: a "given" name, a "name", or a word ("")."""
    bare = written.rstrip(".")
    end = written[len(bare) :]
    small = bare.lower()
    title = re.sub(r"(?<![^\W\d_])(?<![^\W\d_]['’])[^\W\d_]", lambda m: m.group().upper(), small)
    stem = re.sub(r"['’]s$", "", small)
    if "." in bare or small in rules().small and small not in seen:
        return (written if "." in bare else small + end), ""
    if stem in seen:
        form = seen[stem] + small[len(stem) :]
        return form + end, "name" if form[:1].isupper() else ""
    if lexicon.acronym(stem):
        return written, "name"
    if lexicon.given(stem):
        return title + end, "given"
    known = lexicon.word(stem)
    if before == "given" and (not known or not stem.endswith(("s", "ed", "ing"))):
        return title + end, "name"
    if stem in rules().days or lexicon.proper(stem) or not known and (len(stem) > _SHORT or lexicon.place(stem)):
        return title + end, "name"
    if not known:
        return (written if not re.search("[aeiouy]", small) else title + end), "name"
    return small + end, ""
