"""Old Vietnamese encodings (TCVN3/ABC and VNI) to Unicode.

The TCVN3 pairs are facts of TCVN 5712:1993 as fonts ".Vn*" show them; capitals with a tone stand
in fonts whose name ends in "H". VNI-Windows writes a vowel and then a mark.
"""

from __future__ import annotations

import re
import unicodedata

_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
_TCVN3_TABLE = str.maketrans(_TCVN3)
# Marks after a vowel: key -> (shape, tone) as combining characters.
_BREVE, _HAT = "\u0306", "\u0302"
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_VNI_MARKS = {
    "ø": _GRAVE, "ù": _ACUTE, "û": _HOOK, "õ": _TILDE, "ï": _DOT,
    "â": _HAT, "à": _HAT + _GRAVE, "á": _HAT + _ACUTE, "å": _HAT + _HOOK, "ã": _HAT + _TILDE,
    "ä": _HAT + _DOT, "ê": _BREVE, "è": _BREVE + _GRAVE, "é": _BREVE + _ACUTE,
    "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE, "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_BASE = {"ö": "ư", "ô": "ơ"}
_VNI_ALONE = {
    "ñ": "đ",
    "ì": "ì",
    "í": "í",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "î": "ỵ",
    "ö": "ư",
    "ô": "ơ",
}
_VNI_PAIR = re.compile(
    "([aeouyöôAEOUYÖÔ])([" + "".join(_VNI_MARKS) + "".join(_VNI_MARKS).upper() + "])"
)
_VNI_SINGLE = re.compile("[" + "".join(_VNI_ALONE) + "".join(_VNI_ALONE).upper() + "]")
_MODERN = re.compile("[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")
_SYLLABLES_TCVN3 = re.compile(
    r"§iÒu|®iÒu|kho¶n|®Þnh|LuËt|NghÞ|Th«ng|cña|®­îc|quy ®|nhµ n|ngµy|th¸ng|n¨m|c¸c|vµ |®Ó|ViÖt|Céng|hoµ|§éc"
)
_SYLLABLES_VNI = re.compile(
    r"Ñieàu|ñieàu|khoaûn|ñònh|Luaät|luaät|Nghò|Thoâng|cuûa|ñöôïc|ngaøy|thaùng|naêm|caùc|vaø |nöôùc|Vieät|Coäng|Ñoäc"
)


def from_tcvn3(text: str, capitals: bool = False) -> str:
    """Decode TCVN3 text read as cp1252; ``capitals`` for fonts ending in "H"."""
    decoded = unicodedata.normalize("NFC", text.translate(_TCVN3_TABLE))
    return decoded.upper() if capitals else decoded


def _vni_pair(match: re.Match[str]) -> str:
    base, mark = match[1], match[2]
    lower = base.lower()
    marks = _VNI_MARKS[mark.lower()]
    if marks[0] in (_HAT, _BREVE) and lower not in "aeo":
        return match[0]
    letter = _VNI_BASE.get(lower, lower)
    # With both hat/breve and tone NFC composes one letter.
    made = unicodedata.normalize("NFC", letter + marks)
    return made.upper() if base.isupper() else made


def _vni_single(match: re.Match[str]) -> str:
    char = match[0]
    made = _VNI_ALONE.get(char.lower(), char)
    return made.upper() if char.isupper() else made


def from_vni(text: str) -> str:
    """Decode VNI-Windows text read as cp1252."""
    parts: list[str] = []
    last = 0
    for match in _VNI_PAIR.finditer(text):
        parts.append(_VNI_SINGLE.sub(_vni_single, text[last : match.start()]))
        parts.append(_vni_pair(match))
        last = match.end()
    parts.append(_VNI_SINGLE.sub(_vni_single, text[last:]))
    return unicodedata.normalize("NFC", "".join(parts))


def font_encoding(font: str) -> str:
    """Return "tcvn3", "tcvn3-caps", "vni" or "" for a font name."""
    name = font.strip().strip("\"'").lower()
    if name.startswith(".vn"):
        return "tcvn3-caps" if name.endswith("h") and not name.endswith("tech") else "tcvn3"
    return "vni" if name.startswith(("vni-", "vni ")) else ""


def decode(text: str, encoding: str) -> str:
    """Decode by the answer of :func:`font_encoding` or :func:`detect`; "" leaves the text."""
    if encoding == "vni":
        return from_vni(text)
    if encoding.startswith("tcvn3"):
        return from_tcvn3(text, capitals=encoding.endswith("caps"))
    return text


def detect(text: str) -> str:
    """Return "tcvn3" or "vni" when text (read as cp1252) is written so, "" otherwise."""
    sample = text[:200_000]
    if len(_MODERN.findall(sample)) > max(3, len(sample) // 500):
        return ""
    tcvn3, vni = len(_SYLLABLES_TCVN3.findall(sample)), len(_SYLLABLES_VNI.findall(sample))
    if max(tcvn3, vni) < 2:
        return ""
    return "tcvn3" if tcvn3 >= vni else "vni"


# --- what a conversion left behind, inside a text that is Unicode --------------------------------

_WORD = re.compile(r"[^\s<>()\[\]{}.,;:!?\"'“”‘’/\\|=+*#@%^~…–—\u00a0-]{2,24}")
_TCVN3_SIGNS = re.compile("[µ¸¶·¹¨»¾¼½©®ª«¬§¡¢£¤¥¦Þ×Ø÷æøðþßñëîïåäçÆÑÐ\u00ad]")
_VNI_SIGNS = re.compile("[øûïåäëñöüØÛÏÅÄËÑÖÜ]")
_VIETNAMESE = re.compile("[\u1ea0-\u1ef9ăâđêôơưáàãéèíìóòõúùý]")
_SPELLED = re.compile("[a-zăâđêôơưáàãéèíìóòõúùý\u1ea0-\u1ef9]{1,7}")
_MISREAD = re.compile(
    "\ufffd|[ÃÄÆ][\u0080-\u00bf\u201a-\u2022ƒ]|á[»º][\u0080-\u00bf\u2018-\u203aŸžŽšœ€™‡]"
    "|Ä\u2018|â€|Æ°|Æ¡|Ã¡|Ã¢|Ãª|Ã´"
)
_UNIT = re.compile("µ(?:mol|Sv|[mglsAFVWHJM])?")
_APART = re.compile("[A-Za-zăâđêôơưĂÂĐÊÔƠƯ][\u0300\u0301\u0303\u0309\u0323]")
_CLOSED = re.compile("[^\\W\\d_]")


def leftovers(text: str) -> list[tuple[str, str]]:
    """Words of ``text`` that still stand in an old encoding, with its name: "TCVN3", "VNI",
    "UTF-8" (read as something else), "tổ hợp" (letters and marks apart). Foreign names with
    letters of their own are none: decoded, a word must be spelled as Vietnamese.

    >>> leftovers("Quy ®Þnh này của Müller")
    [('®Þnh', 'TCVN3')]
    """
    found = [(match[0], "UTF-8") for match in _MISREAD.finditer(text)]
    found += [(match[0], "tổ hợp") for match in _APART.finditer(text)]
    if _TCVN3_SIGNS.search(text) or _VNI_SIGNS.search(text):
        for match in _WORD.finditer(text):
            encoding = _encoding_of(match[0])
            if encoding:
                found.append((match[0], encoding))
    return found


def _encoding_of(word: str) -> str:
    if _UNIT.fullmatch(word):
        return ""
    # A word with a letter that only Unicode has was typed in Unicode.
    if _MODERN.search(word):
        return ""
    if _TCVN3_SIGNS.search(word) and _CLOSED.search(word) and _is_word(word, from_tcvn3(word)):
        return "TCVN3"
    if _VNI_SIGNS.search(word) and _is_word(word, from_vni(word)):
        return "VNI"
    return ""


def _is_word(word: str, decoded: str) -> bool:
    """A decoded word of two letters and more, one of them with a mark; what stays as it is isn't."""
    lower = decoded.lower()
    return (
        lower != word.lower()
        and len(lower) > 1
        and _SPELLED.fullmatch(lower) is not None
        and _VIETNAMESE.search(lower) is not None
        and _SYLLABLE.fullmatch(lower) is not None
    )


_VOWEL = "aăâeêioôơuưyáàãéèíìóòõúùý\u1ea0-\u1ef9"
_SYLLABLE = re.compile(
    f"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?[{_VOWEL}]{{1,3}}"
    "(?:ng|nh|ch|[cmnpt])?"
)
