"""Filters said in words: only where nothing else can be meant."""

from datetime import date

import pytest

from search.plan import Filters, Sort
from search.understanding.choosing import with_choices
from tests.search.understanding_cases import TODAY, codes, filters, plan_of

APPLIES = ("con_hieu_luc", "het_hieu_luc_mot_phan", "ngung_hieu_luc_mot_phan")


@pytest.mark.parametrize(
    ("typed", "wanted", "words"),
    [
        ("nghị định về hóa đơn", {"types": ("Nghị định",)}, "hóa đơn"),
        ("nghi dinh ve hoa don", {"types": ("Nghị định",)}, "hoa don"),
        ("các thông tư của Bộ Tài chính về hóa đơn",
         {"types": ("Thông tư",), "issuers": (11,)}, "hóa đơn"),
        ("CHỈ THỊ UỶ BAN NHÂN DÂN TỈNH BẾN TRE", {"types": ("Chỉ thị",), "issuers": (21,)}, ""),
        ("quyết định của ubnd tỉnh bến tre về giá đất",
         {"types": ("Quyết định",), "issuers": (21,)}, "giá đất"),
        ("văn bản của BKHĐT năm 2024", {"issuers": (12,), "years": (2024,)}, ""),
        ("nghị định còn hiệu lực về hóa đơn",
         {"types": ("Nghị định",), "statuses": APPLIES}, "hóa đơn"),
        ("nghị định về cho thuê đất", {"types": ("Nghị định",)}, "cho thuê đất"),
        ("nghi dinh ve viec cho thue dat", {"types": ("Nghị định",)}, "cho thue dat"),
        ("văn bản trung ương về đất đai", {"levels": ("trung-uong",)}, "đất đai"),
        ("văn bản lĩnh vực đất đai", {"fields": (31,)}, ""),
        ("Bộ Tài chính", {"issuers": (11,)}, ""),
        ("Vĩnh Long", {"provinces": ("tinh-vinh-long", "tinh-ben-tre", "tinh-tra-vinh")}, ""),
        ("tỉnh Bến Tre", {"provinces": ("tinh-ben-tre",)}, ""),
        ("văn bản sắp có hiệu lực", {"statuses": ("chua_co_hieu_luc",)}, ""),
        ("văn bản hết hiệu lực", {"statuses": ("het_hieu_luc_toan_bo",)}, ""),
    ],
)  # fmt: skip
def test_filters_said_in_words(typed: str, wanted: dict, words: str) -> None:
    plan = plan_of(typed)
    assert (filters(plan), plan.words) == (wanted, words)
    assert plan.sort == (Sort.RELEVANCE if words else Sort.NEWEST)
    assert plan.because


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("nghị định từ 2020 đến 2023 về đất", date(2020, 1, 1), date(2023, 12, 31)),
        ("nghị định từ năm 2020 đến năm 2023 về đất", date(2020, 1, 1), date(2023, 12, 31)),
        ("văn bản ban hành từ ngày 1/2/2024 đến 15/3/2024", date(2024, 2, 1), date(2024, 3, 15)),
        ("văn bản trong tháng này", date(2031, 6, 1), date(2031, 6, 30)),
        ("văn bản 7 ngày qua", date(2031, 5, 25), date(2031, 6, 1)),
        ("văn bản tháng 2 năm 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("văn bản quý 1 năm 2024", date(2024, 1, 1), date(2024, 3, 31)),
        ("văn bản tuần này", date(2031, 5, 26), date(2031, 6, 1)),
        ("văn bản từ năm 2022 đến nay", date(2022, 1, 1), None),
    ],
)
def test_spans_of_days(typed: str, since: date, until: date | None) -> None:
    plan = plan_of(typed)
    assert (plan.filters.issued_from, plan.filters.issued_to) == (since, until)


def test_days_of_validity() -> None:
    plan = plan_of("văn bản hết hiệu lực trong tháng này")
    assert filters(plan) == {"expires_from": date(2031, 6, 1), "expires_to": date(2031, 6, 30)}
    plan = plan_of("văn bản có hiệu lực từ tháng 7/2031")
    assert plan.filters.in_force_from == date(2031, 7, 1)
    plan = plan_of("văn bản sắp hết hiệu lực")
    assert plan.filters.expires_from == date(2031, 6, 1)


def test_a_law_and_its_validity() -> None:
    plan = plan_of("luật cây xanh còn hiệu lực")
    assert (plan.law, plan.filters.statuses, plan.also) == ("Luật Cây xanh", APPLIES, False)


def test_the_newest_is_a_preference() -> None:
    plan = plan_of("mức lương mới nhất")
    assert (plan.recent, plan.words, filters(plan)) == (True, "mức lương", {})
    plan = plan_of("thông tư mới nhất của Bộ Tài chính")
    assert (plan.recent, plan.sort) == (True, Sort.NEWEST)
    assert not plan_of("luật cây xanh mới nhất").also


@pytest.mark.parametrize(
    "typed",
    [
        # Types that are spoken of, not asked for.
        "theo nghị định nào thì bị phạt", "nghị định nào quy định về hóa đơn",
        "quyết định ly hôn có hiệu lực khi nào", "hợp đồng còn hiệu lực", "kế hoạch sử dụng đất",
        "quyết định hành chính bị khiếu nại", "nghị quyết đại hội đồng cổ đông", "thông báo thụ lý",
        "văn bản điện tử", "văn bản ủy quyền", "công văn đi đến",
        # Agencies and places that are a topic.
        "chức năng của Bộ Tài chính", "nhiệm vụ quá hạn của Sở Tài chính", "bảng giá đất Vĩnh Long",
        "lương tối thiểu vùng 2026", "người dân Bến Tre", "giấy phép lái xe hết hiệu lực",
        # A story and a question are never filtered.
        "Tôi ở Bến Tre, năm 2024 tôi mua đất của ông A có quyết định của UBND tỉnh Bến Tre thì sao",
        "Nghị định của Chính phủ về hóa đơn quy định thế nào?",
        "Năm 2024 công ty tôi nợ lương từ 2020 đến 2023 có bị phạt không?",
    ],
)  # fmt: skip
def test_in_doubt_nothing_is_filtered(typed: str) -> None:
    plan = plan_of(typed)
    assert (filters(plan), plan.sort) == ({}, Sort.RELEVANCE)


def test_a_filter_can_be_undone() -> None:
    typed = "nghị định còn hiệu lực về hóa đơn"
    plan = plan_of(typed, without={"hieu_luc"})
    assert filters(plan) == {"types": ("Nghị định",)}
    assert "còn hiệu lực" in plan.words
    assert filters(plan_of(typed, without={"loai", "hieu_luc"})) == {}


def test_every_filter_has_its_reason() -> None:
    plan = plan_of("nghị định của Bộ Tài chính năm 2024 còn hiệu lực")
    assert codes(plan) == ["loai", "co_quan", "nam", "hieu_luc"]
    assert [reason.value for reason in plan.because][:3] == ["Nghị định", "Bộ Tài chính", "2024"]


def test_what_is_chosen_replaces_what_was_said() -> None:
    said = plan_of("nghị định từ 2020 đến 2023 về đất").filters
    assert with_choices(said, Filters()) == said
    found = with_choices(said, Filters(years=(2022,), levels=("tinh",)))
    assert (found.types, found.years, found.levels) == (("Nghị định",), (2022,), ("tinh",))
    assert (found.issued_from, found.issued_to) == (None, None)
    found = with_choices(Filters(years=(2024,)), Filters(issued_from=date(2025, 1, 1)))
    assert (found.years, found.issued_from, found.issued_to) == ((), date(2025, 1, 1), None)


def test_this_year_behind_a_topic_prefers_the_newest() -> None:
    typed = f"mức phạt chặt cây {TODAY.year}"
    now = plan_of(typed)
    assert (now.recent, now.words, now.filters) == (True, typed, Filters())
    assert not plan_of(f"mức phạt chặt cây {TODAY.year - 2}").recent
    assert not plan_of(typed, without={"moi_nhat"}).recent
