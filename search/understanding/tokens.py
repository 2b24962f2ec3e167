"""A typed text cut into tokens that later steps take away, one after another."""

import re
from dataclasses import dataclass, field
from typing import Final

from portal.core.text import fold, syllable_key

_TOKEN: Final = re.compile(r"\d+|[^\W\d_]+")
_EDGE: Final = " \t\n,;:.–-/()[]"


def flat(text: str) -> str:
    """Return ``text`` folded letter by letter, so that places in it are places in ``text``."""
    folded = fold(text)
    if len(folded) == len(text):
        return folded
    return "".join((fold(letter) or " ")[0] for letter in text)


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters or of digits at ``start:end`` of the text."""

    text: str
    start: int
    end: int
    folded: str
    key: str

    @property
    def bare(self) -> bool:
        """Tell whether it was typed without marks."""
        return self.folded == self.text

    @property
    def number(self) -> bool:
        """Tell whether it is digits."""
        return self.text.isdecimal()


@dataclass(slots=True)
class Tokens:
    """The tokens of one text.

    ``taken`` are those that a step has understood; ``kept`` those of them whose words are still
    to be searched for.
    """

    text: str
    all: list[Token]
    taken: set[int] = field(default_factory=set)
    kept: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, text: str) -> "Tokens":
        """Cut ``text``.

        >>> [token.text for token in Tokens.of("Nghị định 100/2019").all]
        ['nghị', 'định', '100', '2019']
        """
        found = []
        for match in _TOKEN.finditer(text):
            word = match.group().lower()
            found.append(Token(word, *match.span(), fold(word), syllable_key(word)))
        return cls(text, found)

    def __len__(self) -> int:
        return len(self.all)

    @property
    def accented(self) -> bool:
        """Tell whether any mark was typed."""
        return any(not token.bare for token in self.all)

    @property
    def left(self) -> list[int]:
        """Return the places of what is not taken."""
        return [at for at in range(len(self.all)) if at not in self.taken]

    def take(self, start: int, end: int, *, keep: bool = False) -> None:
        """Take the tokens ``start`` to ``end``; ``keep`` leaves their words in the rest."""
        self.taken.update(range(start, end))
        if keep:
            self.kept.update(range(start, end))

    def words(self, start: int, end: int) -> str:
        """Return the text from token ``start`` to token ``end``."""
        return self.text[self.all[start].start : self.all[end - 1].end] if end > start else ""

    def at_or_after(self, place: int) -> int:
        """Return the first token that ends behind a place in the text."""
        return next((at for at, token in enumerate(self.all) if token.end > place), len(self.all))

    def before(self, place: int) -> int:
        """Return how many tokens begin before a place in the text."""
        return next((at for at, token in enumerate(self.all) if token.start >= place), len(self))

    def rest(self) -> str:
        """Return the text without what was taken, tidied where something was cut out.

        >>> tokens = Tokens.of("nghị định về hóa đơn, chứng từ")
        >>> tokens.take(0, 3)
        >>> tokens.rest()
        'hóa đơn, chứng từ'
        """
        cut = self.taken - self.kept
        if not cut:
            return self.text
        pieces, at = [], 0
        for place, token in enumerate(self.all):
            if place not in cut:
                continue
            pieces.append(self.text[at : token.start])
            at = token.end
        pieces.append(self.text[at:])
        kept = [piece for piece in pieces if _TOKEN.search(piece)]
        return " ".join(piece.strip(_EDGE) for piece in kept)
