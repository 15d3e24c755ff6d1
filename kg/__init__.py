"""article-kg: a news article in, a knowledge graph one can trust out."""
__version__ = "1.0.0"
