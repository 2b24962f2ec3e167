"""The lexicon from the database: public names only, kept while nothing changed."""

import datetime as dt
import os

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.organisations.audience import PUBLIC
from search import lexicon as lexicon_module
from search import reference
from search.lexicon import law_name, lexicon, model_path
from search.models import NeverEqual, WordPair
from search.understanding import understand
from search.understanding.language import LanguageModel
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = dt.date(2031, 6, 1)


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(lexicon_module, "_kept", None)


@pytest.fixture
def at():
    return make.house()


def law(at, number: str, subject: str, **options):
    return make.document(
        at, number, subject=subject, type=make.document_type("luat"), live=True, **options
    )


def plan_of(text: str):
    return understand(text, lexicon(), PUBLIC, TODAY)


def test_a_law_is_known_when_it_is_published(at):
    assert plan_of("luật cây sấu").law is None
    law(at, "7/2031/QH17", "Cây sấu")
    assert plan_of("luật cây sấu").law == "Luật Cây sấu"


def test_an_internal_name_is_never_told(at):
    law(at, "8/2031/QH17", "Cây dương xỉ mật", audience="units")
    for typed in ("luật cây dương xỉ mật", "luat cay duong xi mat", "luatcayduongxi", "lcdxm"):
        plan = plan_of(typed)
        told = " ".join(f"{reason.words} {reason.value}" for reason in plan.because)
        assert plan.law is None
        assert not plan.numbers
        assert "xỉ" not in told.replace(typed, "")


def test_one_small_query_when_nothing_changed(at):
    law(at, "7/2031/QH17", "Cây sấu")
    lexicon()
    with CaptureQueriesContext(connection) as captured:
        kept = lexicon()
    assert len(captured) <= 2
    assert lexicon() is kept


def test_a_publication_that_is_no_law_builds_nothing_anew(at):
    law(at, "7/2031/QH17", "Cây sấu")
    before = lexicon()
    make.document(at, "3/2031/TT-BTN", live=True)
    assert lexicon() is before


def test_words_of_editors_work_at_once():
    assert understand("làm giấy hồng", lexicon(), PUBLIC, TODAY).expansions == ()
    pair = WordPair.objects.create(
        typed="giấy hồng", meant="giấy chứng nhận", strength="doi_thuong"
    )
    assert [one.words for one in plan_of("làm giấy hồng").expansions] == ["giấy chứng nhận"]
    pair.active = False
    pair.save()
    assert plan_of("làm giấy hồng").expansions == ()


def test_never_equated_words_of_editors_work_at_once():
    WordPair.objects.create(typed="giấy hồng", meant="giấy xanh", strength="dong_nghia")
    assert plan_of("giấy hồng").expansions
    NeverEqual.objects.create(one="giấy xanh", other="giấy hồng")
    assert plan_of("giấy hồng").expansions == ()


def test_the_reference_loads_once_and_overwrites_nothing():
    assert reference.load() > 600
    assert reference.load() == 0
    pair = WordPair.objects.get(typed="sổ đỏ")
    pair.meant, pair.active = "giấy chứng nhận", False
    pair.save()
    assert reference.load() == 0
    pair.refresh_from_db()
    assert (pair.meant, pair.active) == ("giấy chứng nhận", False)


def test_agencies_and_provinces_of_the_reference():
    call_command("load_reference", verbosity=0)
    plan = plan_of("văn bản của UBND tỉnh Bến Tre")
    assert len(plan.filters.issuers) == 1
    plan = plan_of("Vĩnh Long")
    assert plan.filters.provinces == ("tinh-vinh-long", "tinh-ben-tre", "tinh-tra-vinh")
    assert plan_of("tỉnh Bến Tre").filters.provinces == ("tinh-ben-tre",)
    assert plan_of("Sài Gòn").filters.provinces[0] == "thanh-pho-ho-chi-minh"
    assert plan_of("BKHĐT").because[0].value == "Bộ Kế hoạch và Đầu tư"
    plan = plan_of("nghị định của chính phủ về hóa đơn")
    assert plan.filters.types == ("Nghị định",)


def test_units_of_the_house_are_no_issuers(at):
    plan = plan_of(f"văn bản của {at.office.name}")
    assert plan.filters.issuers == ()


def test_the_language_model_is_read_when_it_changes():
    assert lexicon().language.size > 3000, "the one that the portal comes with"
    sentence = "Luật đất đai quy định về đất đai."
    LanguageModel.build([sentence] * 30).save(model_path())
    assert plan_of("luat dat dai").words == "luật đất đai"
    first = lexicon().language
    assert first.size < 3000
    assert lexicon().language is first
    LanguageModel.build([sentence] * 60).save(model_path())
    os.utime(model_path(), (1, 1))
    assert lexicon().language is not first


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("Đất đai", "Luật Đất đai"),
        ("Luật Đất đai", "Luật Đất đai"),
        ("LUẬT ĐẤT ĐAI", "LUẬT ĐẤT ĐAI"),
        ("Luật Đất đai năm 2024", "Luật Đất đai"),
        ("Luật Đất đai số 31/2024/QH15", "Luật Đất đai"),
        ("Luật Đất đai (sửa đổi)", "Luật Đất đai"),
        ("Luật Bộ luật Lao động", "Bộ luật Lao động"),
    ],
)
def test_names_of_laws(subject: str, name: str):
    assert law_name(subject, "Luật") == name
