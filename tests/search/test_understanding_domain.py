"""The queries of the study of the domain, with the lists and registers that the portal ships.

Laws are real statutory names as facts. What is checked is what was understood, not what is found.
"""

import csv
from datetime import date
from pathlib import Path

import pytest

from portal.core.text import fold
from portal.organisations.audience import PUBLIC
from search.plan import SearchPlan, Strength
from search.understanding import Lexicon, understand
from search.understanding.language import LanguageModel
from search.understanding.names import ISSUER, PROVINCE, TYPE, Name
from search.understanding.synonyms import Synonyms
from tests.search.understanding_cases import filters

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 21)
LAWS = [
    ("Luật Đất đai", 2024, "31/2024/QH15", date(2024, 8, 1), None),
    ("Luật Đất đai", 2013, "45/2013/QH13", date(2014, 7, 1), date(2024, 8, 1)),
    ("Bộ luật Lao động", 2019, "45/2019/QH14", date(2021, 1, 1), None),
    ("Bộ luật Lao động", 2012, "10/2012/QH13", date(2013, 5, 1), date(2021, 1, 1)),
    ("Luật Doanh nghiệp", 2020, "59/2020/QH14", date(2021, 1, 1), None),
    ("Luật Hôn nhân và gia đình", 2014, "52/2014/QH13", date(2015, 1, 1), None),
    ("Bộ luật Dân sự", 2015, "91/2015/QH13", date(2017, 1, 1), None),
]
SENTENCES = (
    "Xử lý văn bản điện tử của cơ quan nhà nước theo nghị định.",
    "Luật đất đai, bộ luật lao động, luật doanh nghiệp, hóa đơn điện tử.",
    "Thể thức và kỹ thuật trình bày văn bản, sử dụng, lý do, thư viện.",
)


def rows(path: str) -> list[dict[str, str]]:
    with (ROOT / path).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def names() -> list[Name]:
    found = [
        Name(TYPE, label, label, (label,))
        for label in {row["label"] for row in rows("legal_docs/reference/document_types.csv")}
    ]
    for number, row in enumerate(rows("portal/organisations/reference/central.csv"), 1):
        for said in (row["name"], *row["abbreviation"].split("|"), *row["other_names"].split("|")):
            if len(said) > 2:
                symbol = row["abbreviation"].split("|")[0]
                found.append(Name(ISSUER, said, row["name"], (str(number),), symbol))
    for number, row in enumerate(rows("portal/organisations/reference/provinces.csv"), 500):
        found.append(Name(PROVINCE, row["name"], row["name"], (row["name"],)))
        for body in ("Ủy ban nhân dân", "UBND"):
            said = f"{body} {row['kind']} {row['name']}"
            found.append(Name(ISSUER, said, said, (str(number),), "UBND", local=True))
    return found


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    words = [tuple(row.values()) for row in rows("search/reference/words.csv")]
    never = [tuple(row.values()) for row in rows("search/reference/never_equal.csv")]
    nicknames = rows("search/reference/law_nicknames.csv")
    return Lexicon.of(
        LAWS,
        nicknames=[(row["said"], row["names"].split("|")) for row in nicknames],
        names=names(),
        synonyms=Synonyms(words, never),
        language=LanguageModel.build(list(SENTENCES) * 400),
    )


@pytest.fixture(scope="module")
def plan(lexicon: Lexicon):
    def made(text: str) -> SearchPlan:
        return understand(text, lexicon, PUBLIC, TODAY)

    return made


@pytest.mark.parametrize(
    ("query", "partial", "words"),
    [
        ("nghị định 100", ("100", None, "NĐ"), "nghị định 100"),
        ("100/2019", ("100", 2019, ""), "100/2019"),
        ("thông tư 78 hóa đơn", ("78", None, "TT"), "hóa đơn"),
        ("qđ 112 đề án tin học hóa", ("112", None, "QĐ"), "đề án tin học hóa"),
        ("chỉ thị 15 của thủ tướng về văn bản điện tử", ("15", None, "CT"), "văn bản điện tử"),
        ("nghij ddinhj 168", ("168", None, "NĐ"), "nghị định 168"),
        ("nghi5 d9inh5 30/2020", ("30", 2020, "NĐ"), "nghị định 30/2020"),
        ("nđ 30 phụ lục iii chữ viết tắt", ("30", None, "NĐ"), "chữ viết tắt"),
    ],
)
def test_parts_of_numbers(query: str, partial: tuple, words: str, plan) -> None:
    found = plan(query)
    assert (found.partial.serial, found.partial.year, found.partial.type_abbr) == partial
    assert found.words == words
    assert found.also == (words not in (query, "nghị định 168", "nghị định 30/2020"))


@pytest.mark.parametrize(
    ("query", "number", "provision"),
    [
        ("168-2024-nd-cp", "168-2024-nd-cp", None),
        ("2309/2002/QĐ-UB", "2309-2002-qd-ub", None),
        ("luật đất đai 2024", "31-2024-qh15", None),
        ("luật đất đai 2024 điều 79", "31-2024-qh15", "dieu-79"),
        ("khoản 1 điều 35 bộ luật lao động", "45-2019-qh14", "dieu-35.khoan-1"),
        ("điều 5 luật doanh nghiệp", "59-2020-qh14", "dieu-5"),
        ("bộ luật lao động điều 35", "45-2019-qh14", "dieu-35"),
        ("BLLĐ 2019", "45-2019-qh14", None),
        ("bllđ 2012", "10-2012-qh13", None),
        ("luật DN", "59-2020-qh14", None),
        ("BLDS", "91-2015-qh13", None),
        ("LĐĐ", "31-2024-qh15", None),
        ("luat hon nhan gia dinh dieu 81", "52-2014-qh13", "dieu-81"),
    ],
)
def test_places_that_are_meant_alone(query: str, number: str, provision: str, plan) -> None:
    found = plan(query)
    assert (found.numbers[0], found.provision, found.also) == (number, provision, False)


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("uống bia lái xe máy bị phạt", "nồng độ cồn"),
        ("làm sổ đỏ lần đầu", "giấy chứng nhận quyền sử dụng đất"),
        ("nghỉ đẻ được mấy tháng", "thai sản"),
        ("lương tối thiểu vùng 2026", "mức lương tối thiểu"),
        ("công ty nợ lương 2 tháng", "trả lương không đúng hạn"),
        ("quy chế sử dụng eoffice", "hệ thống quản lý văn bản và điều hành"),
        ("vượt đèn đỏ", "không chấp hành hiệu lệnh của đèn tín hiệu"),
    ],
)
def test_everyday_words(query: str, meant: str, plan) -> None:
    found = plan(query)
    assert any(meant in one.words and one.strength is Strength.SAME for one in found.expansions)
    assert (found.words, filters(found)) == (query, {})


@pytest.mark.parametrize(
    "query",
    ["hoá đơn điện tử", "thể thức kĩ thuật trình bày văn bản", "giảm trừ gia cảnh",
     "đăng ký kết hôn cần giấy tờ gì", "hóa đơn từ máy tính tiền",
     "nhiệm vụ quá hạn của Sở Tài chính"],
)  # fmt: skip
def test_topics_stay_as_typed(query: str, plan) -> None:
    found = plan(query)
    assert (found.words, found.names_documents, filters(found)) == (query, False, {})


def test_filters_and_corrections(plan) -> None:
    found = plan("CHỈ THỊ UỶ BAN NHÂN DÂN TỈNH BẾN TRE")
    assert (found.filters.types, found.words) == (("Chỉ thị",), "")
    assert len(found.filters.issuers) == 1
    found = plan("văn bản hết hiệu lực trong tháng này")
    assert (found.filters.expires_from, found.words) == (date(2026, 11, 1), "")
    for query in (
        "nghị định bảo vệ dữ liệu cá nhân",
        "nghị định về cổng thông tin điện tử cơ quan nhà nước",
    ):
        assert plan(query).filters.types == ("Nghị định",)
    assert plan("sử lý văn bản điện tử").words == "xử lý văn bản điện tử"
    assert plan("đổi cmnd sang căn cước").words == "đổi chứng minh nhân dân sang căn cước"
    assert filters(plan("")) == {}


def test_without_accents_the_same_is_understood(plan) -> None:
    for query in ("thông tư 78 hóa đơn", "luật đất đai 2024", "nghị định bảo vệ dữ liệu cá nhân"):
        one, other = plan(query), plan(fold(query))
        assert (one.numbers, one.partial, one.filters) == (
            other.numbers, other.partial, other.filters,
        )  # fmt: skip
