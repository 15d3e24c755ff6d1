"""A small pipeline of our own, with rules in place of a model, whose reading goes wrong at certain words: it dies, hangs,
eats memory.

A package on a path of its own, so that processes of the program load it by name (`--model poisoned`).
"""

from __future__ import annotations

from pathlib import Path

#: What stands in the package. A word in capitals is what befalls the process that reads it.
_CODE = '''
import ctypes, hashlib, os, pathlib, signal, time
import spacy
from spacy.language import Language
from spacy.tokens import Doc

HERE = pathlib.Path(__file__).parent

def once(name):
    """Whether this happens for the first time."""
    try:
        os.close(os.open(HERE / name, os.O_CREAT | os.O_EXCL))
        return True
    except FileExistsError:
        return False

@Language.component("poison")
def poison(doc):
    text = doc.text
    if "CRASHES" in text: os.kill(os.getpid(), signal.SIGSEGV)
    if "STUMBLES" in text and once("stumbled"): os.kill(os.getpid(), signal.SIGKILL)
    if "FELLS" in text: os.kill(os.getppid(), signal.SIGKILL)
    if "SLEEPS" in text: time.sleep(10_000)
    if "SPINS" in text:
        while True: pass
    if "GRINDS" in text: hashlib.pbkdf2_hmac("sha256", b"a", b"b", 2**31 - 1)
    if "SWELLS" in text: bytearray(8 << 30)
    if "CREEPS" in text:
        kept = []
        while True: kept.append(bytearray(1 << 20))
    if "BURSTS" in text: ctypes.string_at(0)
    if "FAILS" in text: raise RuntimeError("a fault of a part")
    if "LINGERS" in text: time.sleep(0.4)
    return doc

@Language.component("rules")
def rules(doc):
    root = next((t.i for t in doc if t.text in ("left", "visited")), 0)
    for t in doc:
        t.tag_ = "VBD" if t.i == root else "." if t.is_punct else "NNP" if t.is_title else "NN"
        t.pos_ = {"VBD": "VERB", ".": "PUNCT", "NNP": "PROPN", "NN": "NOUN"}[t.tag_]
        t.lemma_ = {"left": "leave", "visited": "visit"}.get(t.text, t.lower_)
    heads = [min(i + 1, root) if i < root else root for i in range(len(doc))]
    links = ["compound" if i < root - 1 else "nsubj" if i < root else "ROOT" if i == root else
             "dobj" if i == root + 1 else "punct" if t.is_punct else "dep" for i, t in enumerate(doc)]
    made = Doc(doc.vocab, [t.text for t in doc], [bool(t.whitespace_) for t in doc], tags=[t.tag_ for t in doc],
               pos=[t.pos_ for t in doc], lemmas=[t.lemma_ for t in doc], heads=heads, deps=links)
    made.set_ents([made.char_span(at, at + len(name), label=label) for name, label in
                   (("Pia Sand", "PERSON"), ("Varby", "GPE")) if (at := doc.text.find(name)) >= 0])
    made._context = doc._context
    return made

def load(**options):
    nlp = spacy.blank("en")
    nlp.add_pipe("poison")
    nlp.add_pipe("rules", name="parser")
    for name in ("tagger", "ner"):
        nlp.add_pipe("doc_cleaner", name=name, config={"attrs": {"tensor": None}})
    return nlp
'''


def make(folder: Path) -> Path:
    """Put the package into a folder, which is to stand on the path of Python."""
    package = folder / "poisoned"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(_CODE, encoding="utf-8")
    about = folder / "poisoned-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: poisoned\nVersion: 1.0\n", encoding="utf-8")
    return folder
