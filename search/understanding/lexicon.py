"""What the reader's words may name, prepared once and shared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from legal_docs.citations import NO_LAWS, Law, LawNames
from portal.core.text import fold, syllables
from search.understanding.language import LanguageModel
from search.understanding.names import NO_NAMES, TYPE, Name, Names
from search.understanding.syllable import is_bare_syllable
from search.understanding.synonyms import NO_SYNONYMS, Synonyms

#: (name, year, number), and from when until when it is in force where that is known.
LawRow = tuple[str, int | None, str] | tuple[str, int | None, str, date | None, date | None]
_HEADS = (("bo", "luat"), ("phap", "lenh"), ("hien", "phap"), ("luat",))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names of laws, of filters, lists of words and the language, as the portal has them now.

    Everything in it is public. ``dates`` and ``titles`` belong to numbers of laws; ``openings``
    are the first syllables of the laws' names, ``initials`` the laws by names of one word.
    """

    laws: LawNames = NO_LAWS
    types: tuple[tuple[str, str], ...] = ()
    names: Names = NO_NAMES
    synonyms: Synonyms = NO_SYNONYMS
    language: LanguageModel | None = None
    topics: tuple[str, ...] = ()
    dates: Mapping[str, tuple[date | None, date | None]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    openings: frozenset[str] = frozenset({"luat", "bo", "phap", "hien"})
    initials: Mapping[str, tuple[Law, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        laws: Iterable[LawRow] = (),
        types: Iterable[tuple[str, str]] = (),
        *,
        nicknames: Iterable[tuple[str, Sequence[str]]] = (),
        names: Iterable[Name] = (),
        synonyms: Synonyms = NO_SYNONYMS,
        language: LanguageModel | None = None,
        topics: Iterable[str] = (),
    ) -> "Lexicon":
        """Build from rows of laws, (name, code) rows of types, nicknames of laws and names.

        >>> Lexicon.of([("Luật Cây xanh", 2031, "7/2031/QH17")]).titles
        {'7/2031/QH17': 'Luật Cây xanh'}
        """
        rows = list(laws)
        kinds = tuple(types)
        aliases = _aliases(rows, dict(nicknames), synonyms)
        plain = [(row[0], row[1], row[2]) for row in rows]
        openings = {fold(syllables(said)[0]) for said, _year, _number in aliases}
        typed = (Name(TYPE, label, label, (code,)) for label, code in kinds)
        return cls(
            LawNames.of([*plain, *aliases]),
            kinds,
            Names([*typed, *names]),
            synonyms,
            language,
            tuple(topics),
            {row[2]: (row[3], row[4]) for row in rows if len(row) == 5},
            {number: name for name, _year, number in reversed(plain)},
            frozenset({"luat", "bo", "phap", "hien", *openings}),
            _initials(aliases),
        )

    def in_order(self, laws: Iterable[Law], today: date) -> tuple[Law, ...]:
        """Return laws of one name: the newest in force, then what is to come, then the expired."""
        return tuple(sorted(laws, key=lambda law: (self._state(law, today), -(law.year or 0))))

    def _state(self, law: Law, today: date) -> int:
        begun, ended = self.dates.get(law.number, (None, None))
        if ended is not None and ended <= today:
            return 2
        return 1 if begun is not None and begun > today else 0


def _initials(aliases: Iterable[tuple[str, int | None, str]]) -> dict[str, tuple[Law, ...]]:
    """Return the laws by names of one word, folded: "lđđ"."""
    found: dict[str, tuple[Law, ...]] = {}
    for said, year, number in aliases:
        if len(syllables(said)) == 1:
            found[fold(said)] = (*found.get(fold(said), ()), Law(said, year, number))
    return found


def _aliases(
    rows: Sequence[LawRow], nicknames: Mapping[str, Sequence[str]], synonyms: Synonyms
) -> list[tuple[str, int | None, str]]:
    """Return further names of the laws: nicknames, without "và", abbreviated, initials."""
    by_name: dict[str, list[LawRow]] = {}
    for row in rows:
        by_name.setdefault(" ".join(syllables(row[0])), []).append(row)
    said: dict[str, set[str]] = {}
    certain: set[str] = set()
    for nickname, wanted in nicknames.items():
        alias = " ".join(syllables(nickname))
        fitting = {" ".join(syllables(name)) for name in wanted} & by_name.keys()
        if fitting and alias not in by_name:
            said.setdefault(alias, set()).update(fitting)
            certain.add(alias)
    for name in by_name:
        for alias in _short_forms(name.split(), synonyms):
            if alias not in by_name and alias not in certain:
                said.setdefault(alias, set()).add(name)
    return [
        (alias, row[1], row[2])
        for alias, names in said.items()
        if alias in certain or len(names) == 1
        for name in names
        for row in by_name[name]
    ]


def _short_forms(words: list[str], synonyms: Synonyms) -> Iterable[str]:
    """Yield what a law may be called beside its name: "luật hôn nhân gia đình", "luật đđ", "lđđ"."""
    head = next((h for h in _HEADS if tuple(map(fold, words[: len(h)])) == h), None)
    if head is None or not 1 < len(words) - len(head) + 1 <= 12:
        return
    body = words[len(head) :]
    if "và" in body:
        yield " ".join([*words[: len(head)], *(word for word in body if word != "và")])
    if head == ("bo", "luat"):
        yield " ".join(["luật", *body])
    for shorter in synonyms.abbreviated(" ".join(body)):
        yield f"{' '.join(words[: len(head)])} {shorter}"
    for kept in (body, [word for word in body if word != "và"]):
        initials = "".join(word[0] for word in kept)
        if len(initials) >= 2 and not is_bare_syllable(initials):
            yield " ".join([*words[: len(head)], initials])
        whole = "".join(word[0] for word in words[: len(head)]) + initials
        if len(whole) >= 3 and not is_bare_syllable(whole):
            yield whole
