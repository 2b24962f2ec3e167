"""The outbox of the index, what editors keep for search, and counts of what is asked."""

from .counts import ClickCount, QueryCount
from .kept import Kept
from .memory import AnsweredQuestion, AnswerPlace, Promotion
from .outbox import IndexEvent
from .words import NeverEqual, WordPair, pair_key

__all__ = [
    "AnswerPlace",
    "AnsweredQuestion",
    "ClickCount",
    "IndexEvent",
    "Kept",
    "NeverEqual",
    "Promotion",
    "QueryCount",
    "WordPair",
    "pair_key",
]
