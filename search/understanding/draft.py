"""A plan in the making: what the steps have understood so far, and what they did."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from legal_docs.numbering import PartialNumber
from search.plan import Expansion, Reason, Sort
from search.understanding.data import LINKING
from search.understanding.lexicon import Lexicon
from search.understanding.tokens import Tokens


@dataclass(slots=True)
class Draft:
    """Filled by one step after another; ``tokens`` are of the text as it stands now."""

    tokens: Tokens
    lexicon: Lexicon
    today: date
    without: frozenset[str]
    because: list[Reason] = field(default_factory=list)
    filters: dict[str, Any] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)
    loose: str | None = None
    partials: list[PartialNumber] = field(default_factory=list)
    law: str | None = None
    provision: str | None = None
    phrases: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    expansions: tuple[Expansion, ...] = ()
    restored: bool = False
    recent: bool = False
    sort: Sort = Sort.RELEVANCE

    def allows(self, code: str, value: str = "") -> bool:
        """Tell whether the reader has not undone a step, or one value of it."""
        return code not in self.without and f"{code}:{value}" not in self.without

    def say(self, code: str, words: str, value: str = "") -> None:
        """Note what was done."""
        self.because.append(Reason(code, words, value))

    def filter(self, name: str, *values: object) -> None:
        """Add values to one filter."""
        self.filters[name] = tuple(dict.fromkeys((*self.filters.get(name, ()), *values)))

    @property
    def named(self) -> bool:
        """Tell whether a document was named."""
        return bool(self.numbers or self.partials or self.law)

    def take_linking(self) -> None:
        """Take words that only tied what was taken to the rest: "về", "của", "năm"."""
        tokens = self.tokens
        if not tokens.taken:
            return
        changed = True
        while changed:
            changed = False
            for at in tokens.left:
                edge = at - 1 in tokens.taken or at + 1 in tokens.taken
                alone = at in (0, len(tokens) - 1) or {at - 1, at + 1} <= tokens.taken
                if edge and (alone or at - 1 in tokens.taken) and self._links(at):
                    tokens.taken.add(at)
                    changed = True

    def _links(self, at: int) -> bool:
        """Tell whether a word only ties others; what "về" is about does not ("về cho thuê đất")."""
        tokens = self.tokens
        word = tokens.all[at].folded
        before = tokens.all[at - 1].folded if at - 1 in tokens.taken else ""
        return word in LINKING and (
            before not in ("ve", "viec") or (before, word) == ("ve", "viec")
        )
