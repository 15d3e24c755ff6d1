"""E-mail: one message (.eml), or a box of them (mbox)."""

from __future__ import annotations

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr

from kg.errors import DocumentError
from kg.reader.found import Articles, Found, Given
from kg.reader.page import fragment, page

_BOX = re.compile(rb"(?m)^From \S+.*\r?\n")


def read(given: Given) -> Articles:
    """The body of a message: its plain text, else its HTML. Attachments are left out, and said to be."""
    yield _message(given.data, given.source, "")


def read_box(given: Given) -> Articles:
    """The messages of a box."""
    for number, data in enumerate(filter(bytes.strip, _BOX.split(given.data)), 1):
        where = f"{given.source}, message {number}"
        yield _message(data, where, where)


def _message(data: bytes, source: str, part: str) -> Found | DocumentError:
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
    body = message.get_body(("plain", "html"))
    try:
        text = body.get_content() if body is not None else ""
        subject, sender, date = (str(message[name] or "") for name in ("subject", "from", "date"))
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
    left = sum(1 for _ in message.iter_attachments())
    return Found(text, said, part, (f"{left} attachment{'s' * (left != 1)} left out",) if left else ())
