"""From paths to bytes, and from bytes to text: folders, patterns, packed files, encodings."""

from __future__ import annotations

import glob
import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, cast

from kg.errors import DocumentError

#: The largest file that is taken, packed or unpacked, in bytes.
LARGEST = 64_000_000
#: Files of a folder that are taken for articles, by how their names end.
ENDINGS = (
    ".txt",
    ".text",
    ".md",
    ".markdown",
    ".html",
    ".htm",
    ".xhtml",
    ".pdf",
    ".docx",
    ".odt",
    ".rtf",
    ".eml",
    ".mbox",
    ".xml",
    ".rss",
    ".atom",
    ".jsonl",
    ".ndjson",
    ".json",
    ".csv",
    ".tsv",
    ".warc",
)
PACKED = (".gz", ".zst", ".bz2", ".xz")

_ADDRESS = re.compile(r"(?:https?|ftp|file):/+", re.IGNORECASE)
_DECLARED = re.compile(rb"""<(?:meta[^>]*charset\s*=|\?xml[^>]*encoding\s*=)\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)


def files(paths: Iterable[str | Path], tell: Callable[[str], None]) -> Iterator[str | Path]:
    """The files that paths, folders and patterns (`news/*.html`) stand for, those of a folder or pattern in order of
    their names.
    """
    for path in paths:
        if str(path) == "-":
            yield path
            continue
        if _ADDRESS.match(str(path)):
            raise DocumentError(
                "is an address on the web, and nothing is fetched",
                str(path),
                "save the page in your browser and give that file, with --url and this address",
            )
        path = Path(path)
        if path.is_dir():
            yield from _of_folder(path, tell)
        elif glob.has_magic(str(path)) and not path.exists():
            found = sorted(glob.glob(str(path), recursive=True))
            if not found:
                raise DocumentError("no file is called so", str(path), "check the pattern")
            yield from (Path(name) for name in found if not Path(name).is_dir())
        else:
            yield path


def _of_folder(folder: Path, tell: Callable[[str], None]) -> list[Path]:
    every = sorted(
        p
        for p in folder.rglob("*")
        if p.is_file() and not any(part.startswith(".") for part in p.relative_to(folder).parts)
    )
    taken = [p for p in every if bare(p.name).endswith(ENDINGS)]
    if not taken:
        raise DocumentError(
            "is a folder without articles",
            str(folder),
            f"name the articles, or put {' '.join(ENDINGS[:7])} … files into it",
        )
    if len(taken) < len(every):
        tell(
            f"{folder}: {len(every) - len(taken)} of {len(every)} files are no articles by their names "
            "and were left out"
        )
    return taken


def bare(name: str) -> str:
    """A file's name in lower case, without the ending of what it is packed in."""
    name = name.lower()
    return next((name.removesuffix(end) for end in PACKED if name.endswith(end)), name)


def read_bytes(path: str | Path, source: str) -> tuple[bytes, str]:
    """What a file holds, unpacked, and its name without what it was packed in."""
    try:
        with sys.stdin.buffer if str(path) == "-" else Path(path).open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise unreadable(error, source) from None
    name = str(path)
    for _ in range(2):  # packed twice at most
        if len(data) > LARGEST:
            raise DocumentError(
                f"is too large: at most {LARGEST // 1_000_000} MB are read at once", source, "split it into articles"
            )
        packed = next((open for magic, open in PACKERS.items() if data.startswith(magic)), None)
        if packed is None:
            break
        data, name = _unpacked(data, packed, source), bare(name)
    return data, name


def _unpacked(data: bytes, open: Callable[[IO[bytes], str], IO[bytes]], source: str) -> bytes:
    try:
        with open(io.BytesIO(data), source) as file:
            return file.read(LARGEST + 1)
    except DocumentError:
        raise
    except Exception as error:  # each packer has errors of its own
        raise DocumentError(
            f"is packed and damaged ({' '.join(str(error).split())[:80]})", source, "unpack it first, or fetch it again"
        ) from None


def _gzip(packed: IO[bytes], _: str) -> IO[bytes]:
    import gzip

    return cast("IO[bytes]", gzip.open(packed))


def _bzip2(packed: IO[bytes], _: str) -> IO[bytes]:
    import bz2

    return bz2.open(packed)


def _xz(packed: IO[bytes], _: str) -> IO[bytes]:
    import lzma

    return lzma.open(packed)


def _zstandard(packed: IO[bytes], source: str) -> IO[bytes]:
    with needed("packed with Zstandard", source):
        import zstandard
    stream = zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True)
    return cast("IO[bytes]", io.BufferedReader(stream))


#: How packed data begin, and what opens a file of them.
PACKERS = {b"\x1f\x8b": _gzip, b"BZh": _bzip2, b"\xfd7zXZ\x00": _xz, b"\x28\xb5\x2f\xfd": _zstandard}


class needed:
    """With this, a library of the extra `files` that is not installed is an error that says how to get it."""

    def __init__(self, what: str, source: str) -> None:
        self.what, self.source = what, source

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type | None, problem: BaseException | None, trace: object) -> None:
        if isinstance(problem, ImportError):
            raise DocumentError(
                f"is {self.what}, which takes a library that is not installed",
                self.source,
                "pip install 'article-kg[files]', or save it as text",
            ) from None


def decode(data: bytes, source: str) -> tuple[str, str]:
    """The text of bytes, and what was assumed of its encoding ("" if it is UTF-8 or says what it is).

    By byte order mark, by what the text declares, as UTF-8; then UTF-16 by its zeros, and what charset-normalizer
    tells. Raises a DocumentError where none of them gives a text.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe\0\0", "utf-32"),
        (b"\0\0\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return _as(data, encoding, source), ""
    if (wide := _wide(data)) is not None:
        return _as(data, wide, source), f"read as {wide.upper()}, by its zeros"
    if b"\x00" in data[:65536]:
        raise DocumentError("is not text (it holds NUL bytes)", source, "give an article: text, HTML, PDF, docx …")
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        wrong = error
    if declared := _DECLARED.search(data[:4096]):
        try:
            return data.decode(declared[1].decode()), ""
        except (LookupError, UnicodeDecodeError):
            pass
    return _guessed(data, source, wrong)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of a Latin text is zero."""
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if len(head) >= 4 and max(even, odd) > 0.7 * (len(head) // 2) and min(even, odd) < 0.1 * len(head):
        return "utf-16-be" if even > odd else "utf-16-le"
    return None


def _guessed(data: bytes, source: str, wrong: UnicodeDecodeError) -> tuple[str, str]:
    letters = len(re.findall(rb"[A-Za-z\s]", data))
    multi = len(re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}", data))
    no = DocumentError(
        f"is not UTF-8 (byte {wrong.start}), nor in another encoding that can be told",
        source,
        "convert it to UTF-8 first",
    )
    if multi > 2 and multi * 2 > len(re.findall(rb"[\x80-\xff]+", data)):
        raise DocumentError(f"is UTF-8 with a broken byte ({wrong.start})", source, "save it again as UTF-8")
    encoding = "cp1252"  # accents and typographic quotes in a text of Latin letters
    if letters < 0.7 * len(data):
        import charset_normalizer

        best = charset_normalizer.from_bytes(data).best()
        if best is None or not re.search(rb"[ \n]", data):
            raise no
        encoding = best.encoding
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise no from None
    return text, f"is not UTF-8; read as {'Windows-1252' if encoding == 'cp1252' else encoding}"


def _as(data: bytes, encoding: str, source: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"is not {encoding.upper()} (byte {error.start})", source, "save it again as UTF-8"
        ) from None


def unreadable(error: OSError, source: str) -> DocumentError:
    """What the system said of a file, as an error of ours."""
    what = {FileNotFoundError: "does not exist", PermissionError: "cannot be read: permission denied"}.get(
        type(error), f"cannot be read: {(error.strerror or str(error)).lower()}"
    )
    return DocumentError(what, source, "check the path and its permissions")
