"""What a document and a provision are, told coarsely enough that it cannot name one law.

Levels follow Luật Ban hành văn bản quy phạm pháp luật, Điều 4 (order of legal force).
"""

from typing import Final

from portal.core.text import fold

_LEVELS: Final = (
    ("hien phap", 0), ("bo luat", 1), ("luat", 1), ("phap lenh", 2), ("nghi quyet", 2),
    ("lenh", 3), ("nghi dinh", 3), ("sac lenh", 3), ("quyet dinh", 4), ("chi thi", 5),
    ("thong tu", 4),
)  # fmt: skip
_OTHER: Final = 6

#: Flag → what the folded heading or the beginning of the text says.
_FLAGS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("definition", ("giai thich tu ngu", "giai thich thuat ngu", "duoc hieu nhu sau")),
    ("scope", ("pham vi dieu chinh",)),
    ("subjects", ("doi tuong ap dung",)),
    ("penalty", ("xu phat", "muc phat", "phat tien", "hinh phat", "xu ly vi pham", "bi phat tu")),
    ("procedure", ("trinh tu", "thu tuc", "ho so")),
    ("conditions", ("dieu kien",)),
    ("rights", ("quyen", "nghia vu")),
    ("duties", ("trach nhiem", "tham quyen", "nhiem vu")),
    ("prohibited", ("cam", "khong duoc")),
    ("transitional", ("hieu luc thi hanh", "dieu khoan thi hanh", "chuyen tiep")),
    ("principles", ("nguyen tac",)),
    ("amount", ("muc", "thoi han", "thoi gian")),
)
FLAGS: Final = tuple(name for name, _ in _FLAGS)
_SIGNS: Final = tuple((sign, 1 << bit) for bit, (_, signs) in enumerate(_FLAGS) for sign in signs)


def level_of(type_name: str, name: str) -> int:
    """Return the rank in the order of legal force: 0 the Constitution, 1 laws, … 6 the rest.

    >>> level_of("Nghị định", "Nghị định quy định chi tiết Luật Cây xanh")
    3
    """
    text = fold(type_name.replace("_", " ") or name)
    return next((level for start, level in _LEVELS if text.startswith(start)), _OTHER)


def row_flags(heading: str, text: str) -> int:
    """Return the flags of a provision as bits, in the order of ``FLAGS``."""
    told = fold(heading) or fold(text[:160])
    bits = 0
    for sign, bit in _SIGNS:
        if sign in told:
            bits |= bit
    return bits
