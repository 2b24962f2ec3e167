"""Numbers as five real sources print them."""

import pytest

from legal_docs.numbering import canonical, find, format, key, parse
from portal.core.text import clean, squash_spaces
from tests.real_data import rows

pytestmark = pytest.mark.data


@pytest.mark.parametrize(
    ("path", "field", "parsed", "unchanged"),
    [
        ("congbao_meta_2026/docs.jsonl.zst", "so_ky_hieu", 1.0, 0.999),
        ("congbao_meta_2026/gazette_toc.jsonl.zst", "so_ky_hieu", 1.0, 0.999),
        ("phapdien/source_docs_2023-12.jsonl.zst", "so_ky_hieu", 0.99, 0.99),
        ("provincial_meta/binhduong_chidaodieuhanh.jsonl.zst", "so_ky_hieu", 0.999, 0.99),
        ("provincial_meta/sonla_congbao.jsonl.zst", "so_hieu", 1.0, 1.0),
        ("vbpl_html_2026/docs.jsonl.zst", "so_ky_hieu", 0.99, 0.9),
    ],
)
def test_real_numbers_are_read_and_spelled_back(
    path: str, field: str, parsed: float, unchanged: float
) -> None:
    printed = [row[field] for row in rows(f"corpus/{path}") if (row.get(field) or "").strip()]
    numbers = [(text, number) for text in printed if (number := parse(text)) is not None]
    same = sum(format(number) == squash_spaces(clean(text)) for text, number in numbers)
    assert len(numbers) >= parsed * len(printed)
    assert same >= unchanged * len(printed)
    for text, number in numbers:
        assert parse(format(number)) == number
        assert key(key(text)) == key(text) == key(canonical(text))


def test_titles_of_the_gazette_name_their_own_number() -> None:
    named = total = 0
    for row in rows("corpus/congbao_meta_2026/docs.jsonl.zst"):
        total += 1
        named += any(
            str(hit.number) == canonical(row["so_ky_hieu"]) for hit in find(clean(row["tieu_de"]))
        )
    assert named >= 0.99 * total
