"""What is a syllable of Vietnamese: onsets, rhymes and tones, as the spelling rules allow.

The rules are those of the official spelling (Quyết định 240/QĐ of 1984 and school grammars): a
syllable is an onset, a rhyme and one of six tones; a rhyme that ends in c, ch, p or t has only the
tones sắc and nặng. A few combinations that no word has are let through.
"""

import unicodedata
from functools import lru_cache
from typing import Final

from portal.core.text import fold
from search.understanding.data import folded_words, listed

_ONSETS: Final = listed("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x")
_RHYMES: Final = folded_words(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet
    oi om on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut
    uy uya uych uyên uyêt uynh uyt uyp uyn uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt
    ươu ưt ưu y yêm yên yêng yêt yêu
    """
)
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_STOPS: Final = ("c", "ch", "p", "t")
_STOP_TONES: Final = frozenset("\u0301\u0323")
_FRONT: Final = frozenset("eêiy")
# Onsets that stand before e, ê, i only, and those that never do.
_BEFORE_FRONT: Final = frozenset({"k", "gh", "ngh"})
_NEVER_BEFORE_FRONT: Final = frozenset({"c", "g", "ng"})
_Y_AFTER: Final = frozenset({"", "h", "k", "l", "m", "s", "t", "v", "qu"})


@lru_cache(maxsize=1 << 14)
def split_tone(syllable: str) -> tuple[str, str]:
    """Return the syllable without its tone, and the tone as a combining sign or "".

    >>> split_tone("định")[0], split_tone("thuê")[1]
    ('đinh', '')
    """
    parts = unicodedata.normalize("NFD", syllable)
    tone = next((sign for sign in parts if sign in _TONES), "")
    plain = "".join(sign for sign in parts if sign not in _TONES)
    return unicodedata.normalize("NFC", plain), tone


@lru_cache(maxsize=1 << 15)
def is_syllable(word: str) -> bool:
    """Tell whether a word in small letters is spelled as a syllable can be.

    >>> is_syllable("nghiệp"), is_syllable("nghij"), is_syllable("đươc"), is_syllable("giêng")
    (True, False, False, True)
    """
    if not word or len(word) > 7:
        return False
    plain, tone = split_tone(word)
    return any(_toned(rhyme, tone) for rhyme in _rhymes_of(plain))


@lru_cache(maxsize=1 << 15)
def is_bare_syllable(word: str) -> bool:
    """Tell whether a word without marks could be a syllable whose marks were left out.

    >>> is_bare_syllable("duoc"), is_bare_syllable("ddinhj"), is_bare_syllable("cty")
    (True, False, False)
    """
    return fold(word) in _BARE


def place_tone(plain: str, tone: str) -> str:
    """Put a tone on the right letter of a syllable without one.

    >>> place_tone("hoa", "\\u0300"), place_tone("quyên", "\\u0300"), place_tone("gia", "\\u0301")
    ('hòa', 'quyền', 'giá')
    """
    if not tone:
        return plain
    start = _vowels_begin(plain)
    end = start
    while end < len(plain) and fold(plain[end]) in "aeiouy":
        end += 1
    if end == start:
        return plain
    marked = [at for at in range(start, end) if plain[at] in "ăâêôơư"]
    if marked:
        at = marked[-1]
    elif end - start == 1 or (end == len(plain) and end - start == 2):
        at = start
    else:
        at = end - 1 if end < len(plain) else start + 1
    return unicodedata.normalize("NFC", plain[: at + 1] + tone + plain[at + 1 :])


def _vowels_begin(plain: str) -> int:
    """Return where the vowels that may carry the tone begin; u of qu and i of gi are no such."""
    folded = fold(plain)
    at = 0
    while at < len(folded) and folded[at] not in "aeiouy":
        at += 1
    inner = folded[:2] in ("qu", "gi") and at == 1
    if inner and len(folded) > 2 and folded[2] in "aeiouy":
        return 2
    return at


def _rhymes_of(plain: str) -> list[str]:
    """Return the rhymes under which the spelling is allowed."""
    found = []
    for onset in ("", *_ONSETS):
        if not plain.startswith(onset):
            continue
        rhyme = plain[len(onset) :]
        if rhyme in _RHYMES and _fits(onset, rhyme):
            found.append(rhyme)
    # "gì", "giêng": the i of the onset is that of the rhyme.
    if plain.startswith("gi") and plain[1:] in _RHYMES:
        found.append(plain[1:])
    return found


def _fits(onset: str, rhyme: str) -> bool:
    front = rhyme[0] in _FRONT
    if onset in _BEFORE_FRONT:
        return front
    if onset in _NEVER_BEFORE_FRONT:
        return not front
    if rhyme == "y" or rhyme.startswith("yê"):
        return onset in _Y_AFTER
    if onset == "qu":
        return rhyme[0] not in "uoư"
    return True


def _toned(rhyme: str, tone: str) -> bool:
    return tone in _STOP_TONES if rhyme.endswith(_STOPS) else True


def _all_bare() -> frozenset[str]:
    found = set()
    for onset in ("", *_ONSETS):
        found |= {fold(onset + rhyme) for rhyme in _RHYMES if _fits(onset, rhyme)}
    found |= {fold("g" + rhyme) for rhyme in _RHYMES if rhyme.startswith("i")}
    return frozenset(found)


_BARE: Final = _all_bare()
