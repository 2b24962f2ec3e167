"""Names that a filter may be said by: types, issuers, provinces, levels, fields – as one trie."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from portal.core.text import fold, syllable_key, syllables
from search.understanding.tokens import Token

TYPE: Final = "loai"
ISSUER: Final = "co_quan"
PROVINCE: Final = "tinh"
LEVEL: Final = "cap"
FIELD: Final = "linh_vuc"


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one thing: ``values`` go into the filter, ``label`` onto the chip.

    ``symbol`` is an issuer's symbol in numbers, ``local`` tells that it has one province.
    """

    kind: str
    spelling: str
    label: str
    values: tuple[str, ...]
    symbol: str = ""
    local: bool = False


class _Node:
    __slots__ = ("names", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.names: tuple[tuple[tuple[str, ...], Name], ...] = ()


class Names:
    """Finds the longest name at a place; never changes once built."""

    def __init__(self, names: Iterable[Name] = ()) -> None:
        """Build the trie; a spelling may belong to several things."""
        self._root = _Node()
        self.size = 0
        for name in names:
            words = syllables(name.spelling)
            if not words or len(words) > 20:
                continue
            node = self._root
            for word in words:
                node = node.next.setdefault(fold(word), _Node())
            keys = tuple(syllable_key(word) for word in words)
            if (keys, name) not in node.names:
                node.names = (*node.names, (keys, name))
                self.size += 1

    def at(self, tokens: Sequence[Token], start: int, *kinds: str) -> tuple[int, list[Name]]:
        """Return (how many tokens, names) of the longest name of these kinds at ``start``.

        A token fits by its marks, or when it was typed without any.

        >>> from search.understanding.tokens import Tokens
        >>> names = Names([Name(PROVINCE, "Bến Tre", "Bến Tre", ("ben-tre",))])
        >>> names.at(Tokens.of("tỉnh ben tre").all, 1, PROVINCE)[0]
        2
        """
        node, best = self._root, (0, list[Name]())
        for at in range(start, min(len(tokens), start + 20)):
            following = node.next.get(tokens[at].folded)
            if following is None:
                break
            node = following
            typed = tokens[start : at + 1]
            fitting = [
                name
                for keys, name in node.names
                if (not kinds or name.kind in kinds) and _fits(typed, keys)
            ]
            if fitting:
                best = (at + 1 - start, fitting)
        return best


def _fits(typed: Sequence[Token], keys: tuple[str, ...]) -> bool:
    return all(token.bare or token.key == key for token, key in zip(typed, keys, strict=True))


NO_NAMES: Final = Names()
