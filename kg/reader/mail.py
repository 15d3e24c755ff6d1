"""E-mail: one message (.eml), or a box of them (mbox)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from typing import IO

from kg.errors import DocumentError
from kg.reader.files import LARGEST, Source, too_large
from kg.reader.found import Articles, Found, Given
from kg.reader.page import fragment, page

_PARTS = re.compile(rb"From \S+.*\r?\n")


def read(given: Given) -> Articles:
    """The body of a message: its plain text, else its HTML. Attachments are left out, and said to be."""
    yield message(given.data, given.source, "")


def read_box(given: Given) -> Articles:
    """The messages of a box."""
    for one in messages(io.BytesIO(given.data), given.source):
        yield one if isinstance(one, DocumentError) else message(one[1], one[0], one[0])


def messages(box: IO[bytes] | Source, source: str) -> Iterator[tuple[str, bytes] | DocumentError]:
    """The messages of a box as it is read, each with where it stands; one too large is an error in its place."""
    number = 0
    for data in _split(box):
        number += 1
        where = f"{source}, message {number}"
        yield too_large(where) if data is None else (where, data)


def _split(box: IO[bytes] | Source) -> Iterator[bytes | None]:
    """What stands between the lines that part a box; None for what is too large."""
    held, size, opens, line = bytearray(), 0, True, b"\n"
    while line:
        line = box.readline(1 << 20)
        if not line or opens and line.startswith(b"From ") and _PARTS.match(line):
            if size > LARGEST:
                yield None
            elif held.strip():
                yield bytes(held)
            held, size, opens = bytearray(), 0, True
            continue
        size, opens = size + len(line), line.endswith(b"\n")
        if size <= LARGEST:
            held += line
        elif held:
            held = bytearray()


def message(data: bytes, source: str, part: str) -> Found | DocumentError:
    """The article of a message."""
    mail = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
    body = mail.get_body(("plain", "html"))
    try:
        text = body.get_content() if body is not None else ""
        subject, sender, date = (str(mail[name] or "") for name in ("subject", "from", "date"))
    except (LookupError, ValueError, AttributeError, TypeError) as error:
        return DocumentError(
            f"is a mail message that cannot be read ({type(error).__name__})", source, "copy its text into a .txt file"
        )
    if body is not None and body.get_content_subtype() == "html":
        found = page(text, source)
        text = found.text if isinstance(found, Found) else fragment(text)
    if not text.strip():
        return DocumentError("is a mail message without text", source, "copy its text into a .txt file")
    name = parseaddr(sender)[0]
    said = {
        key: (" ".join(value.split()), f"the mail's {header}")
        for key, value, header in (("title", subject, "Subject"), ("author", name, "From"), ("date", date, "Date"))
        if value.strip()
    }
    left = sum(1 for _ in mail.iter_attachments())
    return Found(text, said, part, (f"{left} attachment{'s' * (left != 1)} left out",) if left else ())
