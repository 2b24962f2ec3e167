"""Values of field prefixes: loại:"nghị định", cơ quan:Bộ Tài chính, năm:2024, từ:1/1/2024."""

from typing import Final

from legal_docs.numbering import loose_key
from search.understanding.dates import read_day
from search.understanding.draft import Draft
from search.understanding.names import FIELD, ISSUER, LEVEL, PROVINCE, TYPE
from search.understanding.numbers import read_number_field
from search.understanding.said import put_days, status_values
from search.understanding.tokens import Tokens

_KINDS: Final = {
    "loai": (TYPE, "types"),
    "co_quan": (ISSUER, "issuers"),
    "cap": (LEVEL, "levels"),
    "tinh": (PROVINCE, "provinces"),
    "linh_vuc": (FIELD, "fields"),
}
_STATUSES: Final = (
    ("khong con", "het"), ("con hieu luc", "con"), ("het hieu luc", "het"), ("chua co", "chua_co"),
    ("sap co", "chua_co"), ("con", "con"), ("het", "het"), ("chua", "chua_co"), ("sap", "chua_co"),
    ("dang", "con"),
)  # fmt: skip


def read_field(draft: Draft, name: str, text: str, quoted: bool) -> int:
    """Note a field whose value is known; return how much of ``text`` the value is, 0 for none."""
    tokens = Tokens.of(text[:200])
    if not tokens.all or tokens.all[0].start > 1:
        return 0
    if name in _KINDS:
        return _named(draft, name, tokens, quoted)
    if name == "hieu_luc":
        return _status(draft, tokens)
    word = text if quoted else text.split(maxsplit=1)[0]
    if name == "nam":
        return _year(draft, word)
    if name in ("tu", "den"):
        return _day(draft, name, word)
    return _number(draft, word)


def _named(draft: Draft, name: str, tokens: Tokens, quoted: bool) -> int:
    kind, field = _KINDS[name]
    count, names = draft.lexicon.names.at(tokens.all, 0, kind)
    if not count or (quoted and count < len(tokens)) or not draft.allows(name, names[0].label):
        return 0
    number = field in ("issuers", "fields")
    values = [value for found in names for value in found.values]
    draft.filter(field, *((int(value) for value in values) if number else values))
    draft.say(name, tokens.words(0, count), names[0].label)
    return tokens.all[count - 1].end


def _status(draft: Draft, tokens: Tokens) -> int:
    words = " ".join(token.folded for token in tokens.all[:4])
    for said, code in _STATUSES:
        if f"{words} ".startswith(f"{said} "):
            count = said.count(" ") + 1
            following = [token.folded for token in tokens.all[count : count + 2]]
            count += 2 if following == ["hieu", "luc"] else 0
            statuses = status_values(code)
            if not draft.allows("hieu_luc", statuses[0]):
                return 0
            draft.filter("statuses", *statuses)
            draft.say("hieu_luc", tokens.words(0, count), statuses[0])
            return tokens.all[count - 1].end
    return 0


def _year(draft: Draft, word: str) -> int:
    years = word.split("-") if len(word) in (4, 9) else []
    if not years or not all(_is_year(year) for year in years) or not draft.allows("nam", word):
        return 0
    first, last = int(years[0]), int(years[-1])
    if not 0 <= last - first <= 100:
        return 0
    draft.filter("years", *range(first, last + 1))
    draft.say("nam", word, word)
    return len(word)


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isascii() and word.isdecimal() and word[:2] in ("19", "20")


def _day(draft: Draft, name: str, word: str) -> int:
    typed = word.rstrip(",;.")
    plain = all(letter in "0123456789/.-" for letter in typed)
    day = read_day(typed, last=name == "den") if plain and len(typed) <= 10 else None
    if day is None or day.year < 1900 or not draft.allows("ngay_ban_hanh"):
        return 0
    put_days(draft, "issued", *((day, None) if name == "tu" else (None, day)))
    draft.say("ngay_ban_hanh", typed, f"{day}.." if name == "tu" else f"..{day}")
    return len(word)


def _number(draft: Draft, word: str) -> int:
    whole, partial = read_number_field(word)
    if not draft.allows("so_hieu" if whole else "so_hieu_thieu"):
        return 0
    if whole is not None:
        draft.numbers.append(whole)
        draft.loose = loose_key(word)
        draft.say("so_hieu", word, word)
    elif partial is not None:
        draft.partials.append(partial)
        draft.say("so_hieu_thieu", word, partial.serial)
    else:
        return 0
    return len(word)
