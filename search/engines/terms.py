"""From text to index terms, the same way for records and for queries.

Four forms: syllables by tone key (``x``), syllables folded (``f``), and the pairs of neighbours
of both. Terms are joined by spaces and cut there by the engine, so that no engine needs a
Vietnamese tokenizer.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeVar

from portal.core.text import fold, has_marks, syllable_key, syllables
from search.plan import SearchPlan, Strength

_LONGEST_QUERY: Final = 64
# Syllables that stand in more than three of ten articles of Vietnamese law (Pháp điển 2023): they
# tell hardly any article from another, and to rank by them costs half of the time of a search.
_COMMON: Final = syllables(
    "điều định và quy 1 2 của có các về thông theo tư trong được này cơ thực 3 hiện hành quan với tại "
    "hợp chức công việc luật lý bộ tổ nhân cấp đối pháp vụ nghị động chính dụng nhiệm số hoặc cho "
    "quản trường nước 4 trình để sau liên quyền từ a b không quyết ban trách phải người bảo sở nhà "
    "thời hoạt thành khoản ngày một khi"
)
_FEWEST: Final = 4


T = TypeVar("T")


class Memo(dict[str, T]):
    """A value for each word, made when it is first asked for; so many are kept."""

    def __init__(self, make: Callable[[str], T], most: int = 1 << 17) -> None:
        super().__init__()
        self._make, self._most = make, most

    def __missing__(self, word: str) -> T:
        value = self._make(word)
        if len(self) < self._most:
            self[word] = value
        return value


_EXACT: Final = Memo(syllable_key)
_FOLDED: Final = Memo(fold)
_COMMON_EXACT: Final = frozenset(map(syllable_key, _COMMON))
_COMMON_FOLDED: Final = frozenset(map(fold, _COMMON))


@dataclass(frozen=True, slots=True)
class Terms:
    """The syllables of a text in both forms."""

    exact: tuple[str, ...]
    folded: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Terms":
        """Cut ``text``.

        >>> Terms.of("Hoà giải").exact, Terms.of("Hoà giải").folded
        (('hoa`', 'giai?'), ('hoa', 'giai'))
        """
        words = syllables(text)
        return cls(tuple(map(_EXACT.__getitem__, words)), tuple(map(_FOLDED.__getitem__, words)))

    def __add__(self, other: "Terms") -> "Terms":
        return Terms(self.exact + other.exact, self.folded + other.folded)


def pairs(terms: tuple[str, ...]) -> Iterator[str]:
    """Yield neighbours joined.

    >>> list(pairs(("a", "b", "c")))
    ['a_b', 'b_c']
    """
    return map("_".join, pairwise(terms))


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """The words of a query: ``accented`` when any mark was typed, so that marks count.

    ``bare`` are the exact terms of words typed without marks in an accented query: they may be
    words that have none, or words typed in haste.
    """

    exact: tuple[str, ...]
    folded: tuple[str, ...]
    bare: frozenset[str]
    accented: bool

    @classmethod
    def of(cls, text: str, *, ignore_marks: bool = False) -> "QueryTerms":
        """Cut what a reader typed; ``ignore_marks`` searches it as if typed without any."""
        words = syllables(text)[:_LONGEST_QUERY]
        exact = tuple(_EXACT[word] for word in words)
        marked = [has_marks(word) for word in words]
        return cls(
            exact,
            tuple(_FOLDED[word] for word in words),
            frozenset(key for key, is_marked in zip(exact, marked, strict=True) if not is_marked),
            any(marked) and not ignore_marks,
        )

    @property
    def wanted(self) -> int:
        """Return how many different words a document must have to count as a match."""
        count = len(set(self.exact if self.accented else self.folded))
        if count <= 3:
            return count
        if count <= 6:
            return count - 1
        return max(5, round(count * (0.6 if count <= 12 else 0.5)))

    @property
    def telling(self) -> tuple[str, ...]:
        """Return the words that articles are ranked by, once each: those that tell one article
        from another, or all where these are few. Pairs are ranked by all the same.

        >>> len(QueryTerms.of("thời hạn của giấy phép chặt hạ cây").telling)
        6
        """
        words, common = (
            (self.exact, _COMMON_EXACT) if self.accented else (self.folded, _COMMON_FOLDED)
        )
        once = tuple(dict.fromkeys(words))
        kept = tuple(word for word in once if word not in common)
        return kept if len(kept) >= _FEWEST else once

    @property
    def matched(self) -> dict[str, str]:
        """Return each word that counts towards ``wanted``, with the field it has to stand in."""
        return {
            (folded if not self.accented or exact in self.bare else exact): (
                "d_text_f" if not self.accented or exact in self.bare else "d_text_x"
            )
            for exact, folded in zip(self.exact, self.folded, strict=True)
        }


def ways_of(plan: SearchPlan, terms: QueryTerms, *, ignore_marks: bool) -> list[QueryTerms]:
    """Return the ways to match: ``terms``, and with spans replaced by words that mean the same."""
    ways = [terms]
    for expansion in plan.expansions:
        if expansion.strength is Strength.SAME:
            words = syllables(plan.words)
            words[expansion.start : expansion.end] = syllables(expansion.words)
            ways.append(QueryTerms.of(" ".join(words), ignore_marks=ignore_marks))
    return ways
