"""From paths to bytes, and from bytes to text: folders, patterns, packed files, encodings."""

from __future__ import annotations

import glob
import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, cast

from kg.errors import DocumentError, KgError

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


def _of_folder(folder: Path, tell: Callable[[str], None]) -> Iterator[Path]:
    """The articles of a folder in the order of their paths, one directory looked at after the other."""
    every = taken = 0
    for path in _walk(str(folder)):
        every += 1
        if bare(path).endswith(ENDINGS):
            taken += 1
            yield Path(path)
    if not taken:
        raise DocumentError(
            "is a folder without articles",
            str(folder),
            f"name the articles, or put {' '.join(ENDINGS[:7])} … files into it",
        )
    if taken < every:
        tell(f"{folder}: {every - taken} of {every} files are no articles by their names and were left out")


def _walk(folder: str) -> Iterator[str]:
    """The files of a folder and of those in it; what begins with a dot is left out."""
    try:
        with os.scandir(folder) as found:
            entries = [(e.name, e.is_dir(follow_symlinks=False)) for e in found if not e.name.startswith(".")]
    except OSError as error:
        raise unreadable(error, folder) from None
    for name, within in sorted(entries):
        path = os.path.join(folder, name)
        if within:
            yield from _walk(path)
        elif os.path.isfile(path):
            yield path


def bare(name: str) -> str:
    """A file's name in lower case, without the ending of what it is packed in."""
    name = name.lower()
    return next((name.removesuffix(end) for end in PACKED if name.endswith(end)), name)


class Source(io.RawIOBase):
    """A file that is read from its beginning to its end, and can be given back what was read too far."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._back = file, io.BytesIO()

    def again(self, data: bytes) -> None:
        """Have these bytes read before what is left."""
        self._back = io.BytesIO(data + self._back.read())

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._back.read(len(buffer)) or self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def read(self, size: int = -1) -> bytes:
        data = self._back.read(size)
        return data if 0 <= size <= len(data) else data + self._file.read(size - len(data) if size >= 0 else -1)

    def readline(self, size: int | None = -1) -> bytes:
        most = -1 if size is None else size
        line = self._back.readline(most)
        if line.endswith(b"\n") or 0 <= most <= len(line):
            return line
        return line + self._file.readline(most - len(line) if most >= 0 else -1)

    def close(self) -> None:
        self._file.close()
        super().close()


@contextmanager
def opened(path: str | Path, source: str) -> Iterator[tuple[Source, str]]:
    """A file, or standard input, unpacked as it is read, and its name without what it was packed in.

    What the system, or what unpacks it, says against it in the block is a DocumentError.
    """
    name = str(path)
    try:
        with ExitStack() as open_files:
            file = Source(open_files.enter_context(sys.stdin.buffer if name == "-" else Path(path).open("rb")))
            for _ in range(2):  # packed twice at most
                head = file.read(max(map(len, PACKERS)))
                file.again(head)
                packer = next((packer for magic, packer in PACKERS.items() if head.startswith(magic)), None)
                if packer is None:
                    break
                file, name = Source(open_files.enter_context(packer(cast("IO[bytes]", file), source))), bare(name)
            yield file, name
    except KgError:
        raise
    except Exception as error:  # each packer has errors of its own
        if isinstance(error, OSError) and error.errno:
            raise unreadable(error, source) from None
        what = "ends too early" if isinstance(error, EOFError) else " ".join(str(error).split())[:80]
        raise DocumentError(f"is packed and damaged ({what})", source, "unpack it first, or fetch it again") from None


def read_bytes(path: str | Path, source: str) -> tuple[bytes, str]:
    """What a file holds, unpacked, and its name without what it was packed in."""
    with opened(path, source) as (file, name):
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise too_large(source)
    return data, name


def too_large(source: str) -> DocumentError:
    """An article, or a file that is none of many, is larger than is read at once."""
    return DocumentError(
        f"is too large: at most {LARGEST // 1_000_000} MB are read at once", source, "split it into articles"
    )


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
    return _decoded(data, source)[:2]


def encoding_of(data: bytes, source: str) -> str:
    """The encoding that `decode` reads the beginning of a file in; that of a damaged one is UTF-8."""
    try:
        return _decoded(whole_lines(data), source)[2]
    except DocumentError:
        return "utf-8-sig"


def whole_lines(data: bytes) -> bytes:
    """The beginning of a file to the end of its last whole line."""
    end = data.rfind(b"\n") + 1
    wide = b"\0" in data[:1000]  # a character of UTF-16 is even
    return data[: end + (end % 2 if wide else 0)] or data


def _decoded(data: bytes, source: str) -> tuple[str, str, str]:
    """A text, what was assumed, and its encoding."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe\0\0", "utf-32"),
        (b"\0\0\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return _as(data, encoding, source), "", encoding
    if (wide := _wide(data)) is not None:
        return _as(data, wide, source), f"read as {wide.upper()}, by its zeros", wide
    if b"\x00" in data[:65536]:
        raise DocumentError("is not text (it holds NUL bytes)", source, "give an article: text, HTML, PDF, docx …")
    try:
        return data.decode("utf-8-sig"), "", "utf-8-sig"
    except UnicodeDecodeError as error:
        wrong = error
    if declared := _DECLARED.search(data[:4096]):
        try:
            return data.decode(declared[1].decode()), "", declared[1].decode()
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


def _guessed(data: bytes, source: str, wrong: UnicodeDecodeError) -> tuple[str, str, str]:
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
    return text, f"is not UTF-8; read as {'Windows-1252' if encoding == 'cp1252' else encoding}", encoding


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
