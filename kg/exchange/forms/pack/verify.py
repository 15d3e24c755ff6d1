"""Proves an evidence pack: python verify.py PACK [SEAL]. PACK is the folder or the zip; needs Python 3.7 or later
alone.

Checks that no file has changed since the pack was made (manifest.txt; SEAL, its SHA-256, is what the maker of the pack
told you), and that every quote stands in its article at the offsets given. Offsets count Unicode code points. Exit
status: 0 all is proven, 1 something is wrong, 2 nothing is wrong but some texts are not in the pack: put each into
texts/ under the name in articles.json.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import zipfile
from typing import Any

STATUS = ("asserted", "negated", "reported", "planned", "requested", "alleged", "hypothetical", "denied")


def read(pack: str) -> dict[str, bytes]:
    """File name -> bytes."""
    found = {}
    if os.path.isdir(pack):
        for folder, _, names in os.walk(pack):
            for name in names:
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    found[os.path.relpath(path, pack).replace(os.sep, "/")] = file.read()
        return found
    with zipfile.ZipFile(pack) as archive:
        for name in archive.namelist():
            if name in found:
                raise ValueError(name + " is twice in the zip")
            found[name] = archive.read(name)
    return found


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def whole(value: Any) -> bool:
    return type(value) is int


def unchanged(files: dict[str, bytes], texts: list[str], seal: str, wrong: list[str]) -> None:
    """The files are those of the manifest, to the last byte; a text that the pack came without may stand beside."""
    told = files.get("manifest.txt", b"")
    listed = dict((line[66:], line[:64]) for line in told.decode().split("\n") if line)
    for name in sorted(set(listed) | set(files)):
        if name == "manifest.txt" or name not in listed and name in texts:
            continue
        if name not in files:
            wrong.append(f"{name}: is missing")
        elif name not in listed:
            wrong.append(f"{name}: is not in the manifest")
        elif sha(files[name]) != listed[name]:
            wrong.append(f"{name}: has changed")
    kept = sorted(n for n in files if n != "manifest.txt" and (n in listed or n not in texts))
    if told.decode() != "".join(f"{sha(files[n])}  {n}\n" for n in kept):
        wrong.append("manifest.txt: does not list the files of the pack as they are")
    if seal and seal.lower() != sha(told):
        wrong.append(f"manifest.txt: its seal is {sha(told)} and not {seal}")


def text_of(article: Any, files: dict[str, bytes], wrong: list[str]) -> str | None:
    """The text of an article, if it is here and is the one that was read."""
    data = files.get(article["file"])
    if data is None:
        return None
    if sha(data) != article["sha256"]:
        wrong.append("{}: is not the text that was read".format(article["file"]))
    text = data.decode("utf-8")
    if article["characters"] not in (None, len(text)):
        wrong.append(f"{article['file']}: has {len(text)} characters, not {article['characters']}")
    return text


def check_claim(
    n: int, claim: Any, texts: list[str | None], rules: dict[str, int], wrong: list[str]
) -> tuple[int, int]:
    """How many quotes of a claim are proven, and how many cannot be."""
    where, proven, open_ = f"claims.jsonl, line {n}", 0, 0
    sure = claim["confidence"]
    if claim["status"] not in STATUS or claim["polarity"] not in ("positive", "negative"):
        wrong.append(f"{where}: has no status")
    if sure is not None and not (isinstance(sure, (int, float)) and 0 <= sure <= 1):
        wrong.append(f"{where}: its confidence is not from 0 to 1")
    if not claim["quotes"] and claim["origin"] == "extracted":
        wrong.append(f"{where}: has no quote")
    for quote in claim["quotes"]:
        start, end, number = quote["start"], quote["end"], quote["article"]
        rules[quote["rule"]] = rules.get(quote["rule"], 0) + 1
        if not (whole(start) and whole(end) and whole(number) and 0 < number <= len(texts) and 0 <= start < end):
            wrong.append(f"{where}: a quote has offsets that cannot be")
            continue
        text = texts[number - 1]
        if text is None:
            open_ += 1
        elif text[start:end] == quote["quote"]:
            proven += 1
        else:
            there = text[start:end]
            wrong.append(f"{where}: article {number} has {there!r} at {start}, and not {quote['quote']!r}")
    return proven, open_


def verify(files: dict[str, bytes], seal: str = "") -> tuple[list[str], str, int]:
    """What is wrong, a line that sums up, and how many quotes cannot be proven for want of a text."""
    wrong: list[str] = []
    articles = json.loads(files["articles.json"].decode())
    about = json.loads(files["about.json"].decode())
    unchanged(files, [article["file"] for article in articles], seal, wrong)
    texts = [text_of(article, files, wrong) for article in articles]
    lines = [line for line in files["claims.jsonl"].decode().split("\n") if line]
    rules: dict[str, int] = {}
    counts = [check_claim(n, json.loads(line), texts, rules, wrong) for n, line in enumerate(lines, 1)]
    proven, open_ = sum(c[0] for c in counts), sum(c[1] for c in counts)
    if rules != json.loads(files["rules.json"].decode()):
        wrong.append("rules.json: does not count the quotes by their rules as they are")
    if [about["articles"], about["claims"], about["quotes"]] != [len(articles), len(lines), sum(rules.values())]:
        wrong.append("about.json: does not count what is in the pack")
    counted = f"{len(articles)} articles, {len(lines)} claims, {proven} quotes proven"
    seal_now = sha(files["manifest.txt"])
    return wrong, f"{counted}, {open_} without a text to prove them; seal {seal_now}", open_


def main(arguments: list[str]) -> int:
    try:
        wrong, said, open_ = verify(read(arguments[0]), "".join(arguments[1:2]))
    except IndexError:
        print(__doc__)
        return 1
    except Exception as problem:  # a pack that cannot be read is not proven, whatever is the matter with it
        wrong, said, open_ = [f"cannot be read: {type(problem).__name__}: {problem}"], "nothing is proven", 0
    for line in wrong[:50]:
        print("WRONG  " + line)
    print(("WRONG  " if wrong else "OK     ") + said)
    return 1 if wrong else 2 if open_ else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
