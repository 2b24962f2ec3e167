"""The language model, and what it restores, cuts and corrects."""

from dataclasses import replace
from pathlib import Path

import pytest

from search.understanding.keys import decode, telex, vni
from search.understanding.language import LanguageModel
from search.understanding.syllable import is_bare_syllable, is_syllable
from tests.search.understanding_cases import LEXICON, codes, plan_of

SENTENCES = (
    "Luật đất đai quy định về quyền sử dụng đất.",
    "Xử lý văn bản điện tử trong cơ quan nhà nước.",
    "Người lao động được nghỉ phép năm theo hợp đồng lao động.",
    "Nghị định quy định xử phạt vi phạm hành chính.",
    "Đăng ký kinh doanh và sử dụng hóa đơn điện tử.",
    "Thử việc, thư viện, lý lịch, sử dụng.",
)


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return LanguageModel.build(list(SENTENCES) * 400)


@pytest.fixture(scope="module")
def lexicon(model):
    return replace(LEXICON, language=model)


def test_accents_are_restored(lexicon) -> None:
    plan = plan_of("xu ly van ban dien tu", lexicon)
    assert (plan.words, plan.restored) == ("xử lý văn bản điện tử", True)
    assert codes(plan) == ["bo_dau"]
    undone = plan_of("xu ly van ban dien tu", lexicon, without={"bo_dau"})
    assert (undone.words, undone.restored) == ("xu ly van ban dien tu", False)


def test_what_is_unknown_or_accented_stays(lexicon) -> None:
    assert plan_of("vneid qwrt 2024", lexicon).words == "vneid qwrt 2024"
    assert not plan_of("hóa đơn điện tử", lexicon).restored


def test_capitals_stay(lexicon) -> None:
    assert plan_of("Nguoi lao dong", lexicon).words == "Người lao động"
    assert plan_of("LUAT DAT DAI", lexicon).words == "LUẬT ĐẤT ĐAI"


def test_missing_accents_are_completed_with_caution(lexicon) -> None:
    plan = plan_of("xử phat vi phạm hành chính", lexicon)
    assert (plan.words, codes(plan)) == ("xử phạt vi phạm hành chính", ["them_dau"])


def test_a_sure_slip_is_corrected(lexicon) -> None:
    plan = plan_of("sử lý văn bản điện tử", lexicon)
    assert plan.words == "xử lý văn bản điện tử"
    assert [(reason.code, reason.words, reason.value) for reason in plan.because] == [
        ("chinh_ta", "sử", "xử")
    ]
    assert plan_of("sử lý văn bản", lexicon, without={"chinh_ta"}).words == "sử lý văn bản"
    assert plan_of("quyền sử dụng đất", lexicon).because == ()


def test_glued_words_are_cut(lexicon) -> None:
    plan = plan_of("luatdatdai", lexicon)
    assert plan.words == "luật đất đai"
    assert codes(plan)[0] == "viet_lien"
    assert plan_of("facebook", lexicon).words == "facebook"


@pytest.mark.parametrize(
    ("typed", "words", "code"),
    [
        ("nghij ddinhj 168", "nghị định 168", "go_telex"),
        ("nghi5 d9inh5 30/2020", "nghị định 30/2020", "go_vni"),
        ("luaatj ddaats ddai", "luật đất đai", "go_telex"),
        ("xuwr lys vawn banr", "xử lý văn bản", "go_telex"),
    ],
)
def test_raw_keys(typed: str, words: str, code: str, lexicon) -> None:
    for known in (lexicon, LEXICON):
        plan = plan_of(typed, known)
        assert (plan.words, codes(plan)[0]) == (words, code)
    assert code not in codes(plan_of(typed, lexicon, without={code}))


@pytest.mark.parametrize(
    "typed",
    ["nd100", "qh15", "168-2024-nd-cp", "dieu5 khoan2", "tt39/2016/tt-nhnn", "xe may", "class vps",
     "website", "nghi dinh 100", "b1 c1", "mau 01", "thoi han"],
)  # fmt: skip
def test_what_is_no_key_stays(typed: str) -> None:
    assert not {"go_telex", "go_vni"} & set(codes(plan_of(typed)))


def test_keys_of_one_word() -> None:
    assert [telex(word) for word in ("hoaf", "thuongwf", "quys", "giaays", "ddaays", "ngyx")] == [
        "hòa", "thường", "quý", "giấy", "đấy", None,
    ]  # fmt: skip
    assert [vni(word) for word in ("hoa2", "giay61", "ngu7o7i2", "d9a61t", "da1t6")] == [
        "hòa", "giấy", "người", "đất", "dất",
    ]  # fmt: skip
    assert decode(["covid", "19"], lambda word: True) == ("", {})


def test_syllables() -> None:
    for word in ("nghiệp", "khuỷu", "giếng", "quốc", "oan", "yêu", "ưng", "thuở", "gì", "quyển"):
        assert is_syllable(word), word
    for word in ("nghij", "đươc", "kat", "cty", "wên", "ngi", "ghan"):
        assert not is_syllable(word), word
    assert is_bare_syllable("duoc")
    assert not is_bare_syllable("bhxh")


def test_the_file_is_kept_and_mapped(model: LanguageModel, tmp_path: Path) -> None:
    path = tmp_path / "model" / "language.npz"
    assert LanguageModel.load(path) is None
    model.save(path)
    loaded = LanguageModel.load(path)
    assert loaded is not None
    assert loaded.size == model.size
    assert loaded.restore(["luat", "dat", "dai"]) == ["luật", "đất", "đai"]
    assert loaded.pair_count("đất", "đai") == pytest.approx(400, rel=0.01)
    path.write_bytes(path.read_bytes()[:200])
    assert LanguageModel.load(path) is None
    path.write_text("no model", encoding="utf-8")
    assert LanguageModel.load(path) is None


def test_an_empty_model_does_no_harm() -> None:
    empty = LanguageModel.build([], everyday=())
    assert empty.restore(["luat", "dat"]) == ["luat", "dat"]
    assert plan_of("luat hoa la", replace(LEXICON, language=empty)).words == "luat hoa la"


def test_spellings_of_one_tone_are_one(model: LanguageModel) -> None:
    assert model.count("hoá") == model.count("hóa") > 0
    assert model.spelling("hoá") == "hóa"


def test_what_is_not_sure_is_only_proposed(lexicon) -> None:
    plan = plan_of("quyền sư dụng đất", lexicon)
    assert plan.words in ("quyền sư dụng đất", "quyền sử dụng đất")
    plan = plan_of("thẩm quyền xử dụng đất", lexicon)
    assert "chinh_ta" in codes(plan) or "goi_y" in codes(plan)
    # A frequent word is never changed for another tone.
    assert plan_of("lý đất", lexicon).words == "lý đất"
