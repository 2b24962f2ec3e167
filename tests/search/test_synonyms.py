"""Other words: strengths, rules of context, pairs never equated, the core of a question."""

import csv
from pathlib import Path

import pytest

from search.plan import Strength
from search.understanding.scaffolding import FILLERS, PHRASES, without_scaffolding
from search.understanding.synonyms import Kind, Synonyms, is_rule
from tests.search.understanding_cases import LEXICON, codes, plan_of

REFERENCE = Path(__file__).parents[2] / "search" / "reference"


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def shipped() -> Synonyms:
    return Synonyms(
        [(row["other"], row["canonical"], row["kind"], row["rule"]) for row in rows("words.csv")],
        [(row["one"], row["other"]) for row in rows("never_equal.csv")],
    )


def said(text: str) -> list[tuple[int, int, str, Strength]]:
    return [(one.start, one.end, one.words, one.strength) for one in plan_of(text).expansions]


def test_everyday_words_become_words_of_the_law() -> None:
    meant = "không chấp hành hiệu lệnh của đèn tín hiệu giao thông"
    assert said("vượt đèn đỏ bị phạt") == [(0, 3, meant, Strength.SAME)]


def test_the_longest_span_wins() -> None:
    assert [one[2] for one in said("làm sổ đỏ lần đầu")] == ["đăng ký đất đai lần đầu"]


def test_strengths() -> None:
    found = LEXICON.synonyms.expansions("thẻ mới và mức phạt")
    assert [(one.strength, one.weight) for one in found] == [
        (Strength.PREDECESSOR, 0.6), (Strength.RELATED, 0.3),
    ]  # fmt: skip
    # A new name leads to the old one, never back.
    assert LEXICON.synonyms.expansions("thẻ cũ") == ()


def test_context_decides() -> None:
    assert [one[2] for one in said("hóa đơn theo thông tư bct")] == ["bộ công thương"]
    assert said("bct hóa đơn") == []


def test_what_is_said_already_is_not_added() -> None:
    assert said("sổ đỏ, giấy chứng nhận quyền sử dụng đất") == []


def test_opposites_are_never_equated() -> None:
    assert said("khiếu nại ở đâu") == []
    assert said("đơn thư gửi ai")[0][2] == "khiếu nại, tố cáo"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("cty ko nộp bhxh", "công ty không nộp bảo hiểm xã hội"),
        ("ký hđ thuê nhà", "ký hợp đồng thuê nhà"),
        ("hđ nào", "hđ nào"),
        ("chậm THA", "chậm thi hành án"),
        ("tha tù", "tha tù"),
    ],
)
def test_abbreviations_are_written_out_in_their_context(typed: str, words: str) -> None:
    plan = plan_of(typed)
    assert plan.words == words
    assert ("viet_tat" in codes(plan)) == (typed != words)
    assert plan_of(typed, without={"viet_tat"}).words == typed


def test_one_abbreviation_can_be_undone() -> None:
    assert plan_of("cty ko nộp", without={"viet_tat:ko"}).words == "công ty ko nộp"


def test_an_abbreviation_beside_its_words_stays() -> None:
    typed = "bảo hiểm xã hội (BHXH) một lần"
    assert plan_of(typed).words == typed


def test_one_strength_can_be_undone() -> None:
    assert plan_of("làm sổ đỏ", without={"dong_nghia"}).expansions == ()


def test_few_expansions(shipped: Synonyms) -> None:
    short = "sổ đỏ bằng lái xe nghỉ đẻ vượt đèn đỏ ly dị đuổi việc hóa đơn đỏ đền bù đất tăng ca ăn trộm"
    assert len(shipped.expansions(short)) <= 8
    story = (
        "tôi và chồng muốn ly dị, anh ấy có công ty và nợ lương, tôi nghỉ đẻ, hết sổ đỏ, mức phạt "
    )
    found = shipped.expansions(story * 2)
    assert 1 <= len(found) <= 4
    assert all(one.strength is Strength.SAME and one.end - one.start > 1 for one in found)


def test_the_shipped_lists_are_well_formed() -> None:
    words = rows("words.csv")
    kinds = [row["kind"] for row in words]
    assert kinds.count(Kind.EVERYDAY) >= 250
    assert kinds.count(Kind.SHORT) >= 75
    assert all(is_rule(row["rule"]) and Kind(row["kind"]) for row in words)
    assert all(len(row["other"]) <= 160 and len(row["canonical"]) <= 200 for row in words)
    keys = [(row["other"], row["canonical"], row["kind"]) for row in words]
    assert len(set(keys)) == len(keys)
    pairs = {frozenset((row["one"], row["other"])) for row in rows("never_equal.csv")}
    assert frozenset(("khiếu nại", "tố cáo")) in pairs
    assert not [row for row in words if frozenset((row["other"], row["canonical"])) in pairs]


@pytest.mark.parametrize(
    ("typed", "core"),
    [
        ("Cho tôi hỏi vượt đèn đỏ thì bị phạt bao nhiêu ạ", "vượt đèn đỏ | bị phạt bao nhiêu"),
        ("Thưa luật sư, điều kiện tách thửa được quy định như thế nào?", "điều kiện tách thửa"),
        ("chặt cây cổ thụ, đúng hay sai?", "chặt cây cổ thụ"),
        ("hôn nhân và gia đình", "hôn nhân và gia đình"),
        ("ạ", "ạ"),
    ],
)
def test_the_core_of_a_question(typed: str, core: str) -> None:
    assert without_scaffolding(typed) == core
    assert plan_of(typed).core == core


def test_lists_of_scaffolding() -> None:
    assert len(PHRASES) >= 60
    assert len(FILLERS) >= 40
