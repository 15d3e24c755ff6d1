"""Doubtful claims and joins, put before a person: confirmed, rejected or corrected in a file, and so ever after.

A claim's IRI follows from what it says, so a decision meets the same claim when its article is built again, and in other articles.
"""
from .decisions import Decision, read, write
from .doubts import doubtful, mention, sentence
from .keeping import decide, kept, put
from .settling import settle

__all__ = ["Decision", "decide", "doubtful", "kept", "mention", "put", "read", "sentence", "settle", "write"]
