"""Understanding takes milliseconds with all the lists that the portal ships.

``pytest -s tests/search/test_understanding_speed.py`` prints the figures.
"""

import time
from statistics import median, quantiles

import pytest

from portal.core.text import fold
from search.understanding import Lexicon
from search.understanding.names import ISSUER, Name
from tests.search.test_understanding_domain import lexicon  # noqa: F401 - a fixture
from tests.search.understanding_cases import plan_of

NUMBERS = (
    "168/2024/NĐ-CP", "nd 100/2019", "100/2019", "thông tư 78 hóa đơn", "khoản 1 điều 35 bộ luật lao động",
    "qđ ubnd tỉnh vĩnh long 01/2025", "chỉ thị 15 của thủ tướng về văn bản điện tử",
    "điểm b khoản 8 điều 13 nghị định 168", "luật đất đai 2024 điều 79",
)  # fmt: skip
FILTERS = (
    "nghị định về hóa đơn", "UBND tỉnh Bến Tre", "văn bản của Bộ Tài chính năm 2024",
    "văn bản hết hiệu lực trong tháng này", "nghị định từ 2020 đến 2023 về đất đai",
)  # fmt: skip
STORY = (
    "Thưa luật sư tôi có đăng ký kết hôn trên pháp luật nhưng nay vợ chồng bỏ nhau theo phong tục "
    "tập quán như vậy tôi có được phép kết hôn với người khác không ạ, xin cảm ơn luật sư nhiều"
)


def figures(name: str, texts: tuple[str, ...], known: Lexicon) -> float:
    times = []
    for _ in range(20):
        for text in texts:
            began = time.perf_counter()
            plan_of(text, known)
            times.append((time.perf_counter() - began) * 1000)
    print(f"{name}: p50 {median(times):.2f} ms, p95 {quantiles(times, n=20)[-1]:.2f} ms")
    return median(times)


@pytest.fixture(scope="module")
def many_communes() -> list[Name]:
    return [
        Name(ISSUER, f"UBND {kind} Cây {number} Hoa {other}", "UBND", (str(number),), "UBND", True)
        for kind in ("xã", "phường")
        for number in range(60)
        for other in range(30)
    ]


def test_numbers_and_filters_take_two_milliseconds(lexicon) -> None:  # noqa: F811
    assert figures("numbers", NUMBERS, lexicon) < 2
    assert figures("filters", FILTERS, lexicon) < 2


def test_accents_take_fifteen_milliseconds(lexicon) -> None:  # noqa: F811
    assert figures("story without accents", (fold(STORY),), lexicon) < 15
    assert figures("story with accents", (STORY,), lexicon) < 15


def test_a_lexicon_is_built_quickly(many_communes) -> None:
    laws = [(f"Luật Cây {n} và Hoa {n}", 2031, f"{n}/2031/QH17") for n in range(1500)]
    began = time.perf_counter()
    known = Lexicon.of(laws, names=many_communes)
    assert time.perf_counter() - began < 3
    assert plan_of("luật cây 3 hoa 3", known).numbers == ("3-2031-qh17",)
