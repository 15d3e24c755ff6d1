"""Which language a text is in, and which of its paragraphs are not English.

Common English words settle it for nearly every paragraph; a recogniser (py3langid) is asked about the others alone,
as loading it costs more than reading an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

Span = tuple[int, int]

#: Words that hardly any English paragraph of news is without.
_COMMON = frozenset(
    """the of and to in a that for on with as was were is are be been has have had it its his her their he she they
    who which by at from this not but will would said says after an or about more over when there than into could
    can also we you i""".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_LINE = re.compile(r"[^\n\r\x0c]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
#: The least share of common words in what is English without a doubt, the fewest words that a language can be told
#: from, and how sure.
_SHARE, _FEWEST, _SURE = 0.2, 7, 0.8

_NAMES = dict(
    pair.split("=")
    for pair in """af=Afrikaans ar=Arabic az=Azerbaijani be=Belarusian bg=Bulgarian bn=Bengali bs=Bosnian ca=Catalan
    cs=Czech cy=Welsh da=Danish de=German el=Greek es=Spanish et=Estonian eu=Basque fa=Persian fi=Finnish fr=French
    ga=Irish gl=Galician gu=Gujarati he=Hebrew hi=Hindi hr=Croatian hu=Hungarian hy=Armenian id=Indonesian
    is=Icelandic it=Italian ja=Japanese ka=Georgian kk=Kazakh kn=Kannada ko=Korean ku=Kurdish la=Latin lt=Lithuanian
    lv=Latvian mk=Macedonian ml=Malayalam mn=Mongolian mr=Marathi ms=Malay mt=Maltese nb=Norwegian ne=Nepali nl=Dutch
    nn=Norwegian no=Norwegian pa=Punjabi pl=Polish ps=Pashto pt=Portuguese ro=Romanian ru=Russian si=Sinhala sk=Slovak
    sl=Slovenian sq=Albanian sr=Serbian sv=Swedish sw=Swahili ta=Tamil te=Telugu th=Thai tl=Tagalog tr=Turkish
    uk=Ukrainian ur=Urdu vi=Vietnamese xh=Xhosa zh=Chinese zu=Zulu""".split()
)


def foreign(text: str) -> tuple[tuple[Span, str], ...]:
    """The paragraphs that are not in English, as spans of code points, each with the name of its language."""
    return tuple((span, language) for span in _paragraphs(text) if (language := _other(text[slice(*span)])) is not None)


def _paragraphs(text: str) -> Iterator[Span]:
    """Lines between blank ones; where a line is longer than lines are filled, each is a paragraph."""
    block: list[Span] = []
    for line in _LINE.finditer(text):
        blank = not line.group().strip()
        if block and (
            blank
            or max(line.end() - line.start(), block[-1][1] - block[-1][0]) > 120
            or text.count("\n", block[-1][1], line.start()) > 1
        ):
            yield block[0][0], block[-1][1]
            block = []
        if not blank:
            block.append(line.span())
    if block:
        yield block[0][0], block[-1][1]


def _other(paragraph: str) -> str | None:
    """The language of a paragraph, if it is another than English and the paragraph tells."""
    words = _WORD.findall(paragraph)
    latin = len(_LATIN.findall(paragraph))
    if latin * 2 < sum(map(len, words)):  # another script needs no count of words
        return _recognised(paragraph)[0] if len(paragraph.strip()) >= _FEWEST else None
    if len(words) < _FEWEST:
        return None
    lower = [w for w in words if w.islower()]  # names are of any language
    share = sum(w in _COMMON for w in lower) / max(1, len(lower))
    if share >= _SHARE or len(lower) < 4:
        return None
    language, sure = _recognised(paragraph)
    return language if sure >= _SURE else None


def _recognised(paragraph: str) -> tuple[str | None, float]:
    code, sure = _recogniser().classify(paragraph)
    return (None, 0.0) if code == "en" else (_NAMES.get(code, code), float(sure))


@lru_cache(maxsize=1)
def _recogniser() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # numpy and a model: a second

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def remains(text: str, spans: list[Span]) -> bool:
    """Whether a sentence's worth of words stands outside of spans."""
    rest = []
    at = 0
    for start, end in spans:
        rest.append(text[at:start])
        at = end
    return len(_WORD.findall(" ".join([*rest, text[at:]]))) >= _FEWEST
