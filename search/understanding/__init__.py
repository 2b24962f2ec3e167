"""Understanding of queries: typed words in, ``SearchPlan`` out. Pure."""

from search.understanding.lexicon import Lexicon
from search.understanding.understand import understand

__all__ = ["Lexicon", "understand"]
