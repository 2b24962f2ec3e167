"""Short word lists of the steps: units of law, months, words of linking, of asking, of documents.

Folded, so that they hold with and without accents. Written for this portal.
"""

from typing import Final


def listed(text: str) -> tuple[str, ...]:
    """Return the words of a list."""
    return tuple(text.split())


def folded_words(text: str) -> frozenset[str]:
    """Return the words of a list as a set."""
    return frozenset(text.split())


# Words at the edge of what is left after a number or a name was taken away.
LINKING: Final = folded_words(
    "cua tai trong theo nam so ve viec quy dinh va ngay do ban hanh voi cho"
)

# Types whose word is hardly used for anything else.
STRONG_TYPES: Final = frozenset(
    {
        "nghi dinh", "thong tu", "thong tu lien tich", "chi thi", "nghi quyet", "nghi quyet lien tich",
        "phap lenh", "sac lenh", "sac luat", "cong van", "cong dien", "van ban hop nhat", "lenh",
    }
)  # fmt: skip
# Types that are ordinary words too: they count beside an issuer only.
WEAK_TYPES: Final = frozenset(
    {
        "quyet dinh", "thong bao", "ke hoach", "ket luan", "huong dan", "quy che", "chuong trinh",
        "bao cao", "to trinh", "de an", "thong cao", "luat", "bo luat",
    }
)  # fmt: skip
# Behind a weak or a strong type they make it a thing that is talked about.
NOT_AFTER_TYPE: Final = folded_words("nao do nay tren gi kia khac duoi")
PLAIN_DOCUMENT_WORDS: Final = ("van ban quy pham phap luat", "van ban phap luat", "van ban")

# What makes a text a question rather than a request for a list.
ASKING: Final = folded_words("sao gi ai dau may")
ASKING_PAIRS: Final = frozenset(
    {
        ("the", "nao"), ("nhu", "nao"), ("co", "khong"), ("bao", "nhieu"), ("khi", "nao"),
        ("phai", "khong"), ("duoc", "khong"), ("hay", "sai"), ("hay", "khong"), ("la", "gi"),
        ("bao", "lau"), ("xin", "hoi"), ("toi", "hoi"), ("em", "hoi"), ("minh", "hoi"),
        ("luat", "su"), ("dinh", "nao"), ("tu", "nao"), ("nao", "quy"), ("hop", "nao"),
    }
)  # fmt: skip

# Behind a number they make it a quantity: "kế hoạch 5 năm", "quyết định 30 ngày".
QUANTITIES: Final = folded_words(
    "nam thang ngay tuan gio phut nguoi lan phan trieu ty dong nghin ngan ban bo muc cap loai buoc"
    " met km m2 ha kg tuoi dieu khoan vu viec truong noi so"
)
# Before n/yyyy they make it a month or a day.
BEFORE_DATES: Final = folded_words("thang ngay quy tu den truoc sau luc")
