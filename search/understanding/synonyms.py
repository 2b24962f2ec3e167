"""Other words for what was typed: four strengths, rules of context, pairs never to be equated.

The rows are data that editors keep. Strengths: ``plan.Strength``; weights are those that the
relevance study left to rank by – only words of the same meaning may satisfy a condition.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portal.core.text import fold, syllable_key, syllables
from search.plan import Expansion, Strength
from search.understanding.data import folded_words

_ROMAN: Final = folded_words("i ii iii iv v vi vii viii ix x xi xii")
_MOST: Final = 8
_MOST_IN_LONG: Final = 4
_LONG: Final = 16
_SHORT: Final = 8
_LONGEST: Final = 14


class Kind(StrEnum):
    """What a row of the word list says about its two wordings."""

    SHORT = "viet_tat"
    SAME = "dong_nghia"
    EVERYDAY = "doi_thuong"
    CONTEXT = "ngu_canh"
    OLD = "ten_cu"
    RELATED = "lien_quan"


_STRENGTH: Final = {
    Kind.SHORT: (Strength.SAME, 0.9),
    Kind.SAME: (Strength.SAME, 0.9),
    Kind.EVERYDAY: (Strength.SAME, 1.0),
    Kind.CONTEXT: (Strength.CONTEXT, 0.8),
    Kind.OLD: (Strength.PREDECESSOR, 0.6),
    Kind.RELATED: (Strength.RELATED, 0.3),
}


@dataclass(frozen=True, slots=True)
class Row:
    """``typed`` may stand for ``meant`` where ``rule`` holds ("" always).

    Rules, joined by ";": ``beside_number``; ``beside:a|b`` one of these syllables is a neighbour
    or next but one; ``upper`` typed in capitals; ``short`` in a short query; ``before_roman``.
    """

    typed: str
    meant: str
    kind: Kind
    rule: str = ""


class _Node:
    __slots__ = ("next", "rows")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.rows: tuple[Row, ...] = ()


class Synonyms:
    """The word lists, ready to be asked; never changes once built."""

    def __init__(
        self,
        rows: Iterable[tuple[str, str, str, str]] = (),
        never: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Take (typed, meant, kind, rule) rows and pairs that must never be equated."""
        self._root, self._short = _Node(), dict[str, list[Row]]()
        self._shorter: dict[str, list[str]] = {}
        self._never = [(_keyed(one), _keyed(other)) for one, other in never]
        self.size = 0
        for typed, meant, kind, rule in rows:
            row = Row(typed, meant, Kind(kind), rule)
            if not syllables(typed) or not syllables(meant):
                continue
            self.size += 1
            if row.kind == Kind.SHORT:
                self._short.setdefault(fold("".join(syllables(typed))), []).append(row)
                if not rule:
                    self._shorter.setdefault(_plain(meant), []).append(_plain(typed))
                continue
            if row.kind == Kind.OLD:
                row = Row(meant, typed, row.kind, rule)
            self._put(row)
            if row.kind == Kind.SAME:
                self._put(Row(meant, typed, row.kind, rule))

    def _put(self, row: Row) -> None:
        node = self._root
        for word in syllables(row.typed):
            node = node.next.setdefault(syllable_key(word), _Node())
        node.rows = (*node.rows, row)

    def abbreviated(self, words: str) -> Iterator[str]:
        """Yield ``words`` with one part abbreviated.

        >>> rows = [("gtgt", "giá trị gia tăng", "viet_tat", "")]
        >>> list(Synonyms(rows).abbreviated("thuế giá trị gia tăng"))
        ['thuế gtgt']
        """
        for full, shorts in self._shorter.items():
            if f" {full} " in f" {words} ":
                for short in shorts:
                    yield f" {words} ".replace(f" {full} ", f" {short} ").strip()

    def written_out(self, typed: Sequence[str], at: int) -> str | None:
        """Return what the abbreviation at ``at`` stands for; ``typed`` keeps its capitals."""
        for row in self._short.get(fold(typed[at]), ()):
            accents = typed[at].lower() in (row.typed, fold(row.typed)) or typed[at].isupper()
            if accents and _holds(row.rule, typed, at, at + 1):
                return row.meant
        return None

    def is_short(self, word: str) -> bool:
        """Tell whether ``word`` is an abbreviation of the list."""
        return fold(word) in self._short

    def expansions(self, words: str, typed: str = "") -> tuple[Expansion, ...]:
        """Return other words for spans of ``words``: few, the longest spans first.

        >>> rows = [("sổ đỏ", "giấy chứng nhận", "doi_thuong", "")]
        >>> [found.words for found in Synonyms(rows).expansions("làm sổ đỏ")]
        ['giấy chứng nhận']
        """
        cut = syllables(words)
        keys = [syllable_key(word) for word in cut]
        capitals = {word.lower(): word for word in typed.split() if word.isupper()}
        shown = [capitals.get(word, word) for word in cut]
        found = list(self._matches(keys, shown))
        found.sort(key=lambda match: (-_STRENGTH[match[2].kind][1] // 0.5, match[0] - match[1]))
        long = len(cut) > _LONG
        most = _MOST_IN_LONG if long else _MOST
        chosen: list[Expansion] = []
        covered: set[int] = set()
        text = " " + " ".join(keys) + " "
        for start, end, row in found:
            strength, weight = _STRENGTH[row.kind]
            if long and (strength is not Strength.SAME or end - start < 2):
                continue
            inside = covered & set(range(start, end))
            if inside and not any((done.start, done.end) == (start, end) for done in chosen):
                continue
            meant = _keyed(row.meant)
            if f" {meant} " in text or self._forbids(" ".join(keys[start:end]), meant):
                continue
            chosen.append(Expansion(start, end, row.meant, strength, weight))
            covered |= set(range(start, end))
            if len(chosen) == most:
                break
        return tuple(sorted(chosen, key=lambda one: (one.start, one.end)))

    def _matches(self, keys: Sequence[str], shown: Sequence[str]) -> Iterator[tuple[int, int, Row]]:
        for start in range(len(keys)):
            node = self._root
            for end in range(start + 1, min(len(keys), start + _LONGEST) + 1):
                following = node.next.get(keys[end - 1])
                if following is None:
                    break
                node = following
                for row in node.rows:
                    if _holds(row.rule, shown, start, end):
                        yield start, end, row

    def _forbids(self, span: str, meant: str) -> bool:
        """Tell whether the other words would bring in the opposite half of a pair."""
        for one, other in self._never:
            for here, there in ((one, other), (other, one)):
                said, brought = f" {span} ", f" {meant} "
                if f" {here} " in said and f" {there} " not in said and f" {there} " in brought:
                    return True
        return False


def _holds(rule: str, typed: Sequence[str], start: int, end: int) -> bool:
    """Tell whether every part of a rule holds for the words ``start:end``; unknown ones do not."""
    return all(
        _part_holds(part.strip(), typed, start, end) for part in rule.split(";") if part.strip()
    )


def _part_holds(part: str, typed: Sequence[str], start: int, end: int) -> bool:
    name, _, words = part.partition(":")
    behind, before = typed[end : end + 2], typed[max(0, start - 2) : start]
    match name:
        case "beside_number":
            return any(word.isdecimal() for word in (*behind[:1], *before[-1:]))
        case "beside":
            wanted = {fold(word.strip()) for word in words.split("|")}
            return any(fold(word) in wanted for word in (*before, *behind))
        case "upper":
            return all(word.isupper() for word in typed[start:end])
        case "short":
            return len(typed) <= _SHORT
        case "before_roman":
            return bool(behind) and (behind[0].lower() in _ROMAN or behind[0].isdecimal())
    return False


def is_rule(rule: str) -> bool:
    """Tell whether a rule can be read, for the form in which editors type it.

    >>> is_rule("beside:xe|lái; upper"), is_rule("sometimes"), is_rule("beside")
    (True, False, False)
    """
    plain = {"beside_number", "upper", "short", "before_roman"}
    parts = [part.strip().partition(":") for part in rule.split(";") if part.strip()]
    return all(
        bool(words.strip()) if name == "beside" else name in plain and not words
        for name, _colon, words in parts
    )


def _plain(words: str) -> str:
    return " ".join(syllables(words))


def _keyed(words: str) -> str:
    return " ".join(syllable_key(word) for word in syllables(words))


NO_SYNONYMS: Final = Synonyms()
