"""Syllables as 32-bit numbers, the same in every process and every portal.

A number is the CRC of the tone key, so that no vocabulary has to be kept in step; two syllables of
Vietnamese law that share a number have not been seen. ``BREAK`` stands between parts that are no
neighbours.
"""

import zlib
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from portal.core.text import syllable_key, syllables
from search.engines.terms import Memo

Tokens = npt.NDArray[np.uint32]
BREAK: Final = 0
_PAIR: Final = np.uint64(0x9E3779B97F4A7C15)


_NUMBERS: Final = Memo(lambda key: zlib.crc32(key.encode()) or 1)


def token(word: str) -> int:
    """Return the number of one syllable.

    >>> token("hoà") == token("Hòa")
    True
    """
    return _NUMBERS[syllable_key(word)]


def numbers_of(keys: Sequence[str]) -> Tokens:
    """Return the numbers of tone keys (``Terms.exact``), in order."""
    return np.fromiter(map(_NUMBERS.__getitem__, keys), dtype=np.uint32, count=len(keys))


def tokens_of(text: str) -> Tokens:
    """Return the numbers of the syllables and digits of ``text``, in order.

    >>> len(tokens_of("Điều 5. Chặt hạ cây"))
    5
    """
    return numbers_of([syllable_key(word) for word in syllables(text)])


def query_tokens(text: str) -> Tokens:
    """Return the same of a query, in which "|" separates what was not typed together."""
    parts = text.split("|")
    found: list[int] = []
    for part in parts:
        found += [token(word) for word in syllables(part)]
        found.append(BREAK)
    return np.array(found[:-1] if found else [], dtype=np.uint32)


def pair_numbers(tokens: Tokens) -> npt.NDArray[np.uint64]:
    """Return the 64-bit numbers of neighbours; one that touches ``BREAK`` is 0.

    >>> pair_numbers(np.array([1, 2, 0, 3], dtype=np.uint32)).astype(bool).tolist()
    [True, False, False]
    """
    if len(tokens) < 2:
        return np.zeros(0, dtype=np.uint64)
    left, right = tokens[:-1].astype(np.uint64), tokens[1:].astype(np.uint64)
    with np.errstate(over="ignore"):
        mixed = (left * _PAIR) ^ (right + (left << np.uint64(32)))
    mixed[(left == BREAK) | (right == BREAK)] = 0
    return mixed
