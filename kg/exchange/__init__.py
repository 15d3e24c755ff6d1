"""Graphs between programs: what two of them differ in, forms for property graphs, and stores across the network."""
from __future__ import annotations

from .diff import differences

__all__ = ["differences"]
