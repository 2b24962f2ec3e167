"""What the reader's words may name, prepared once and shared."""

from collections.abc import Iterable
from dataclasses import dataclass

from legal_docs.citations import NO_LAWS, LawNames


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names of laws and types of documents, as the database has them."""

    laws: LawNames = NO_LAWS
    types: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(
        cls,
        laws: Iterable[tuple[str, int | None, str]] = (),
        types: Iterable[tuple[str, str]] = (),
    ) -> "Lexicon":
        """Build from (name, year, number) rows of laws and (name, code) rows of types.

        >>> Lexicon.of([("Luật Cây xanh", 2031, "7/2031/QH17")]).laws.size
        1
        """
        return cls(LawNames.of(laws), tuple(types))
