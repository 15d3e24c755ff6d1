"""Doubtful claims and joins, put before a person: confirmed, rejected or corrected in a file, and so ever after.

A claim's IRI follows from what it says, so a decision meets the same claim when its article is built again, and in
other articles.
"""

from kg.review.decisions import Decision, read, write
from kg.review.doubts import doubtful, mention, sentence
from kg.review.keeping import decide, kept, put
from kg.review.settling import settle

__all__ = ["Decision", "decide", "doubtful", "kept", "mention", "put", "read", "sentence", "settle", "write"]
