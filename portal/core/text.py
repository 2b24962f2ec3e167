"""Vietnamese text as the whole portal compares it: cleaned, folded, keyed by tone, cut, slugged.

Nothing here knows law, numbers or Django. Four forms of one text are used:

==============  ==============================================  =====================
form            what it forgives                                example
==============  ==============================================  =====================
``clean``       decomposed letters, invisible signs, eth        ``NÐ`` → ``NĐ``
``tone_key``    case, the place of the tone, i or y             ``Hoà``, ``hòa`` → ``hoa```
``fold``        case and all marks                              ``Đất đai`` → ``dat dai``
``slugify``     everything but letters and digits               ``Đất đai`` → ``dat-dai``
==============  ==============================================  =====================
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Read by people as nothing, left behind by word processors and by copying from web pages.
_INVISIBLE: Final = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_SPACES: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_DASHES: Final = "‐‑‒–—―−﹘﹣－"

_IN_NEED_OF_CLEANING: Final = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f{_INVISIBLE}{_SPACES}Ðð\u2028\u2029]"
)
_REMOVED: Final = re.compile(f"[\x00-\x08\x0b\x0e-\x1f\x7f{_INVISIBLE}]")
_SPACE: Final = re.compile(f"[{_SPACES}]")
_LINE_END: Final = re.compile("[\x0c\u2028\u2029]")
# đ opens a syllable, so that a small eth elsewhere is Icelandic; capitals stand in "NÐ-CP".
_SMALL_ETH: Final = re.compile(r"(?<![^\W\d_])ð")
_DASH: Final = re.compile(f"[{_DASHES}]")
_BLANKS: Final = re.compile(r"\s+")
_MARKS: Final = re.compile("[\u0300-\u036f]+")
_NOT_SLUG: Final = re.compile("[^a-z0-9]+")
_SYLLABLE: Final = re.compile(r"\d+|[^\W\d_]+")

_TONES: Final = {"\u0300": "`", "\u0301": "'", "\u0303": "~", "\u0309": "?", "\u0323": "."}
_TONE: Final = re.compile("[" + "".join(_TONES) + "]")
_FINAL_Y: Final = re.compile(r"^(h|k|l|m|s|t|qu)y$")


def clean(text: str) -> str:
    """Return ``text`` in NFC, without invisible signs, with plain spaces and with Đ for eth.

    Line ends stay; case, dashes and runs of spaces stay too.

    >>> clean("Nghị\\u00a0\\u200bđịnh 12/2031/NÐ-CP")
    'Nghị định 12/2031/NĐ-CP'
    """
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text)
    if not _IN_NEED_OF_CLEANING.search(text):
        return text
    text = _LINE_END.sub("\n", text)
    text = _SPACE.sub(" ", _REMOVED.sub("", text))
    return _SMALL_ETH.sub("đ", text.replace("Ð", "Đ"))


def fold(text: str) -> str:
    """Return ``text`` in small letters without any mark; đ becomes d.

    đ does not decompose in NFD, so it is mapped by name.

    >>> fold("Nghị định ĐẤT ĐAI")
    'nghi dinh dat dai'
    """
    if text.isascii():
        return text.lower()
    text = text.lower().replace("đ", "d").replace("ð", "d")
    return _MARKS.sub("", unicodedata.normalize("NFD", text))


@lru_cache(maxsize=1 << 16)
def syllable_key(syllable: str) -> str:
    """Return the key of one syllable: the tone stands last, a final y after h k l m s t qu is i.

    >>> syllable_key("thuỷ") == syllable_key("Thủy"), syllable_key("kỹ"), syllable_key("hoàn")
    (True, 'ki~', 'hoan`')
    """
    syllable = syllable.lower()
    if not syllable.isascii():
        parts = unicodedata.normalize("NFD", syllable)
        tones = "".join(_TONES[mark] for mark in _TONE.findall(parts))
        return _FINAL_Y.sub(r"\1i", unicodedata.normalize("NFC", _TONE.sub("", parts))) + tones
    return _FINAL_Y.sub(r"\1i", syllable)


def tone_key(text: str) -> str:
    """Return ``text`` with every syllable keyed; what is no syllable stays as it is.

    >>> tone_key("Uỷ ban") == tone_key("ủy ban")
    True
    """
    return _SYLLABLE.sub(lambda found: syllable_key(found.group()), clean(text).lower())


def syllables(text: str) -> list[str]:
    """Return the runs of letters and the runs of digits of ``text``, cleaned, in small letters.

    >>> syllables("Điều 5a – Nghị định 12/2031/NĐ-CP")
    ['điều', '5', 'a', 'nghị', 'định', '12', '2031', 'nđ', 'cp']
    """
    return _SYLLABLE.findall(clean(text).lower())


def slugify(text: str) -> str:
    """Return the folded ``text`` as a-z, 0-9 and single dashes; empty when nothing is left.

    >>> slugify("Luật Đất đai (sửa đổi)")
    'luat-dat-dai-sua-doi'
    """
    return _NOT_SLUG.sub("-", fold(clean(text))).strip("-")


def normalise_dashes(text: str) -> str:
    """Return ``text`` with every kind of dash as the plain one.

    >>> normalise_dashes("NĐ–CP")
    'NĐ-CP'
    """
    return _DASH.sub("-", text)


def squash_spaces(text: str) -> str:
    """Return ``text`` trimmed, with each run of white space (line ends too) as one space.

    >>> squash_spaces(" Điều  5\\n")
    'Điều 5'
    """
    return _BLANKS.sub(" ", text).strip()


def has_marks(text: str) -> bool:
    """Tell whether ``text`` was typed with Vietnamese marks, so that its accents count.

    >>> has_marks("đất"), has_marks("dat")
    (True, False)
    """
    return fold(text) != text.lower()
