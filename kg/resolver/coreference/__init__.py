"""Pronouns and descriptions, and the names they stand for."""
