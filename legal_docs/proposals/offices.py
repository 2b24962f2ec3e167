"""Which offices sign for which bodies."""

from __future__ import annotations

import re
from typing import Final

from .known import fold

# Folded beginnings of names of bodies → folded words, one of which stands in the title.
_OFFICES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("quoc hoi", ("chu tich",)),
    ("uy ban thuong vu quoc hoi", ("chu tich",)),
    ("chu tich nuoc", ("chu tich",)),
    ("hoi dong nha nuoc", ("chu tich",)),
    ("chinh phu", ("thu tuong", "chu tich hoi dong bo truong")),
    ("thu tuong chinh phu", ("thu tuong",)),
    ("hoi dong bo truong", ("chu tich",)),
    ("hoi dong tham phan", ("chanh an",)),
    ("toa an nhan dan", ("chanh an",)),
    ("vien kiem sat nhan dan", ("vien truong",)),
    ("kiem toan nha nuoc", ("tong kiem toan",)),
    ("tong kiem toan nha nuoc", ("tong kiem toan",)),
    ("van phong quoc hoi", ("chu nhiem",)),
    ("van phong chinh phu", ("chu nhiem", "bo truong")),
    ("ngan hang nha nuoc", ("thong doc",)),
    ("thanh tra chinh phu", ("tong thanh tra",)),
    ("uy ban dan toc", ("chu nhiem", "bo truong")),
    ("uy ban nhan dan", ("chu tich",)),
    ("hoi dong nhan dan", ("chu tich",)),
    ("bo chinh tri", ("bi thu", "thuong truc")),
    ("bo ", ("bo truong", "thu truong")),
    ("so ", ("giam doc",)),
)
# Signing by order (TL.), by authority (TUQ.), or by charge; Nghị định 30/2020/NĐ-CP, Điều 13.
_BY_ORDER: Final = re.compile(
    r"\b(?:tl|tuq|q|quyen|phu trach|thua lenh|thua uy quyen|chanh van phong|pho chanh van phong"
    r"|vu truong|cuc truong|tong cuc truong|truong phong|truong ban)\b"
)


def offices_of(body: str) -> tuple[str, ...]:
    """Words of which one stands in the titles of those who sign for a body; none when unknown.

    >>> offices_of("Bộ Y tế"), offices_of("Ủy ban nhân dân tỉnh Hạt Mít"), offices_of("Hội Vườn")
    (('bo truong', 'thu truong'), ('chu tich',), ())
    """
    name = fold(body)
    return next((titles for start, titles in _OFFICES if f"{name} ".startswith(_whole(start))), ())


def _whole(start: str) -> str:
    return start if start.endswith(" ") else f"{start} "


def fits(title: str, bodies: tuple[str, ...], *, normative: bool) -> bool:
    """Whether somebody with this title may sign for one of these bodies. What is not known fits;
    by order only administrative documents are signed.

    >>> fits("Thứ trưởng", ("Bộ Y tế",), normative=True)
    True
    >>> fits("Chủ tịch", ("Bộ Y tế",), normative=True)
    False
    """
    said = fold(title)
    known = [offices_of(body) for body in bodies]
    if not said or not all(known):
        return True
    if not normative and _BY_ORDER.search(said):
        return True
    return any(word in said for words in known for word in words)
