"""Spellings of types and issuers in document numbers, as data.

Types: Nghị định 30/2020/NĐ-CP, Phụ lục III (administrative) and the symbols of normative, Party
and older documents. The keys are folded capitals, so that ``ND``, ``nđ`` and ``NĐ`` are one.
"""

from typing import Final

from portal.core.text import fold

_TYPES: Final = """
NĐ TT TTLT NQ NQLT QĐ CT L PL LCT SL VBHN QC QyĐ TC TB TBKL HD CTr KH PA BC BB TTr CĐ
BGN BTT GUQ GM GGT GNP PG PC PB SY TrS KL QĐi CV
"""

_ISSUERS: Final = """
CP TTg CTN QH UBTVQH UBND HĐND UB HĐBT HĐBTr HĐTP HĐNN TW TU HU ĐU VPCP VPQH VPCTN VPTW BTCTW
UBKTTW BTGTW BDVTW BNCTW ĐCTUBTWMTTQVN UBTWMTTQVN BCHTWĐTN TLĐ TLĐLĐVN TANDTC TATC VKSNDTC
VKSTC KTNN TTCP NHNN BCA BQP BNG BNV BTP BTC BKHĐT BCT BCTN BTM BCN BNNPTNT BNN BGTVT BXD BTNMT
BNNMT BTTTT BLĐTBXH BVHTTDL BVHTT BKHCN BKHCNMT BGDĐT BYT BDTTG UBDT UBCKNN TCHQ TCT TCTK BHXH
SGDĐT SLĐTBXH SKHĐT BCĐ ĐBQH HĐBCQG HĐQT ĐTN LĐTBXH GDĐT VX NC KGVX QHQT
"""


def _by_key(spellings: str) -> dict[str, str]:
    return {fold(spelling).upper(): spelling for spelling in spellings.split()}


TYPES: Final = _by_key(_TYPES)
ISSUERS: Final = _by_key(_ISSUERS)

# Two true types each: the letter as printed decides, the plain letter stands for itself.
TYPES_AS_PRINTED: Final = frozenset({"HD", "HĐ", "ĐA", "DA"})

PARTY_ISSUERS: Final = frozenset(
    {"TW", "TU", "HU", "ĐU", "VPTW", "BTCTW", "UBKTTW", "BTGTW", "BDVTW", "BNCTW"}
)
PARTY_TYPES: Final = frozenset(
    {"NQ", "CT", "KL", "QĐ", "QĐi", "HD", "TB", "TBKL", "CTr", "KH", "BC", "TT", "TTr", "CV"}
)

# Bodies whose symbol carries the term: QH15, UBTVQH14, HĐNN8.
TERMED: Final = ("UBTVQH", "HĐNN", "QH")

# A whole number of before 1997 may have only one symbol: 217-HĐBT, 64-CP, 202-CT.
OLD_SYMBOLS: Final = frozenset({"HĐBT", "CP", "TTg", "CT", "SL"})

# How people call a type when they type a query (folded), longest first at use.
TYPE_WORDS: Final = {
    "nghi dinh": "NĐ",
    "thong tu lien tich": "TTLT",
    "thong tu": "TT",
    "quyet dinh": "QĐ",
    "chi thi": "CT",
    "nghi quyet lien tich": "NQLT",
    "nghi quyet": "NQ",
    "bo luat": "L",
    "luat": "L",
    "phap lenh": "PL",
    "lenh": "L",
    "sac lenh": "SL",
    "van ban hop nhat": "VBHN",
    "cong van": "CV",
    "cong dien": "CĐ",
    "ke hoach": "KH",
    "ket luan": "KL",
    "huong dan": "HD",
    "thong bao": "TB",
    "to trinh": "TTr",
    "chuong trinh": "CTr",
    "bao cao": "BC",
}

ISSUER_WORDS: Final = {
    "chinh phu": "CP",
    "thu tuong chinh phu": "TTg",
    "thu tuong": "TTg",
    "quoc hoi": "QH",
    "uy ban thuong vu quoc hoi": "UBTVQH",
    "chu tich nuoc": "CTN",
    "bo chinh tri": "TW",
    "ban bi thu": "TW",
    "trung uong": "TW",
    "bo tai chinh": "BTC",
    "bo cong an": "BCA",
    "bo tu phap": "BTP",
    "bo noi vu": "BNV",
    "bo y te": "BYT",
    "bo xay dung": "BXD",
    "bo cong thuong": "BCT",
}


def type_spelling(token: str) -> str | None:
    """Return the proper spelling of a type symbol, or None when ``token`` is no type.

    >>> type_spelling("nd"), type_spelling("CTR"), type_spelling("UBND")
    ('NĐ', 'CTr', None)
    """
    if token.upper() in TYPES_AS_PRINTED:
        return token.upper()
    return TYPES.get(fold(token).upper())


def issuer_spelling(token: str) -> str:
    """Return an issuer's symbol: the known spelling, else as printed, but never in small letters.

    >>> issuer_spelling("TTG"), issuer_spelling("bgddt"), issuer_spelling("qlcl")
    ('TTg', 'BGDĐT', 'QLCL')
    """
    known = ISSUERS.get(fold(token).upper())
    if known is not None:
        return known
    return token.upper() if token == token.lower() else token
