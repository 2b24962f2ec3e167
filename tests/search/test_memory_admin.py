"""Memory, promotions and the report in the admin: who may, in whose words, and what it does."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.organisations.models import AudienceKind
from search.models import AnsweredQuestion, ClickCount, Promotion, QueryCount, WordPair
from tests import factories as make

pytestmark = pytest.mark.django_db
REPORT = "search_report"


@pytest.fixture
def at():
    return make.house()


@pytest.fixture
def work(at):
    return make.document(at, "31/2031/TT-BTN", live=True)


@pytest.fixture
def law(at):
    return make.document(
        at, "31/2031/QH17", type=make.document_type("luat"), subject="Hoa giấy", live=True
    )


def enter(client, user):
    client.force_login(user)
    return client


def question(client, places: str, text: str = "phơi ở đâu", **fields):
    url = reverse("search_answeredquestion_modeladmin_create")
    data = {"text": text, "places": places, "weight": "1", "active": "on", "note": "", **fields}
    return client.post(url, data)


@pytest.mark.parametrize(
    ("typed", "eid"),
    [
        ("31/2031/TT-BTN", ""),
        ("thông tư 31/2031", ""),
        ("Điều 2 Thông tư 31/2031/TT-BTN", "dieu-2"),
        ("khoản 3 điều 2 31/2031/tt-btn", "dieu-2.khoan-3"),
    ],
)
def test_a_place_is_typed_in_words(client, at, work, typed, eid):
    enter(client, at.clerk_a)
    assert question(client, typed).status_code == 302
    row = AnsweredQuestion.objects.get()
    place = row.answers.get()
    assert (place.identity_id, place.eid) == (work.identity_id, eid)
    assert (row.changed_by, row.source) == (at.clerk_a, "bien-tap")
    edit = client.get(reverse("search_answeredquestion_modeladmin_edit", args=[row.pk]))
    typed_again = edit.context["form"].initial["places"]
    question(client, typed_again, text="khác hẳn")
    again = AnsweredQuestion.objects.get(text="khác hẳn").answers.get()
    assert (again.identity_id, again.eid) == (work.identity_id, eid)


def test_a_place_by_the_name_of_a_law_or_an_address(client, at, law, work):
    enter(client, at.administrator)
    url = f"http://127.0.0.1:8000{work.get_absolute_url()}dieu-1/#dieu-1.khoan-2"
    assert question(client, f"Điều 2 Luật Hoa giấy\n{url}\n\n").status_code == 302
    found = set(AnsweredQuestion.objects.get().answers.values_list("identity_id", "eid"))
    assert found == {(law.identity_id, "dieu-2"), (work.identity_id, "dieu-1.khoan-2")}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("99/2031/TT-BTN", "99/2031/TT-BTN"),
        ("Luật Không có", "Luật Không có"),
        ("Điều 77 31/2031/TT-BTN", "Điều 77"),
        ("/van-ban/khong/co/", "/van-ban/khong/co/"),
        ("=1+1", "=1+1"),
        (" ", ""),
    ],
)
def test_what_names_nothing_is_refused_in_its_own_words(client, at, work, typed, told):
    enter(client, at.clerk_a)
    answer = question(client, typed)
    assert answer.status_code == 200
    assert told in " ".join(answer.context["form"].errors["places"])
    assert not AnsweredQuestion.objects.exists()


def test_what_an_editor_may_not_read_he_can_neither_name_nor_see(client, at):
    secret = make.document(
        at, "32/2031/TT-BTN", owner=at.b, audience=AudienceKind.CHOSEN, units=[at.b], live=True
    )
    enter(client, at.clerk_a)
    question(client, "32/2031/TT-BTN")
    assert not AnsweredQuestion.objects.exists()
    AnsweredQuestion.objects.remember("chuyện kín", [(secret.identity_id, "")], source="bien-tap")
    Promotion.objects.create(words="chuyện kín", identity=secret.identity, reason="kín")
    for name in ("answeredquestion", "promotion"):
        url = reverse(f"search_{name}_modeladmin_index")
        assert "chuyện kín" not in client.get(url).content.decode()
        pk = (AnsweredQuestion if name == "answeredquestion" else Promotion).objects.get().pk
        for view in ("edit", "history", "delete"):
            url = reverse(f"search_{name}_modeladmin_{view}", args=[pk])
            assert "chuyện kín" not in client.get(url, follow=True).content.decode(), view
    enter(client, at.clerk_b)
    url = reverse("search_promotion_modeladmin_index")
    assert "chuyện kín" in client.get(url).content.decode()


def test_rows_are_found_changed_and_set_aside_not_deleted(client, at, work):
    enter(client, at.clerk_a)
    question(client, "Điều 1 31/2031/TT-BTN")
    row = AnsweredQuestion.objects.get()
    index = reverse("search_answeredquestion_modeladmin_index")
    shown = client.get(f"{index}?q=phoi").content.decode()
    assert "phơi ở đâu" in shown
    assert f"{work.get_absolute_url()}dieu-1/" in shown
    edit = reverse("search_answeredquestion_modeladmin_edit", args=[row.pk])
    data = {"text": row.text, "places": "31/2031/TT-BTN", "weight": "0.5", "note": "cũ"}
    assert client.post(edit, data).status_code == 302
    row.refresh_from_db()
    assert (row.active, row.weight, row.answers.get().eid) == (False, 0.5, "")
    delete = reverse("search_answeredquestion_modeladmin_delete", args=[row.pk])
    client.post(delete)
    assert AnsweredQuestion.objects.exists()


def test_a_promotion_is_made_from_the_form_and_its_maker_is_known(client, at, work):
    enter(client, at.head_a)
    url = reverse("search_promotion_modeladmin_create")
    began = client.get(f"{url}?words=phơi+mít&place={work.get_absolute_url()}")
    assert began.context["form"].initial["words"] == "phơi mít"
    data = {
        "words": "phơi mít",
        "place": work.get_absolute_url(),
        "since": "2031-01-01",
        "until": "2031-02-01",
        "reason": "Đang được hỏi nhiều",
        "active": "on",
    }
    assert client.post(url, data | {"until": "2030-01-01"}).status_code == 200
    assert client.post(url, data | {"reason": ""}).status_code == 200
    assert client.post(url, data).status_code == 302
    row = Promotion.objects.get()
    assert (row.identity_id, row.changed_by) == (work.identity_id, at.head_a)
    assert ModelLogEntry.objects.filter(user=at.head_a, object_id=str(row.pk)).exists()


def test_an_editor_proposes_a_pair_and_an_administrator_puts_it_in_use(client, at):
    data = {"typed": "giấy hồng", "meant": "giấy chứng nhận", "strength": "doi_thuong"}
    data |= {"rule": "", "active": "on", "note": ""}
    enter(client, at.clerk_a)
    url = reverse("search_wordpair_modeladmin_create")
    assert client.get(f"{url}?typed=giấy+hồng").context["form"].initial["typed"] == "giấy hồng"
    client.post(url, data)
    pair = WordPair.objects.get()
    assert (pair.active, pair.changed_by) == (False, at.clerk_a)
    edit = reverse("search_wordpair_modeladmin_edit", args=[pair.pk])
    client.post(edit, data)
    pair.refresh_from_db()
    assert not pair.active
    enter(client, at.administrator)
    client.post(edit, data)
    pair.refresh_from_db()
    assert pair.active


# The report


@pytest.fixture
def counts(settings, work):
    settings.SEARCH_LOG_FLOOR = 3
    today = timezone.localdate()
    rows = (("nhiều", 9, 0, 3), ("=không+thấy", 7, 7, 3), ("hiếm", 2, 2, 2))
    for words, searches, empty, visitors in rows:
        QueryCount.objects.create(
            day=today, words=words, searches=searches, empty=empty, visitors=visitors
        )
    for words, visitors in (("chọn nhiều", 3), ("chọn hiếm", 2)):
        ClickCount.objects.create(
            day=today, words=words, identity=work.identity, eid="dieu-1", clicks=5,
            visitors=visitors,
        )  # fmt: skip
    return today


@pytest.mark.parametrize("role", ["clerk_a", "head_a", "administrator", "superuser"])
def test_the_report_shows_what_enough_visitors_asked(client, at, counts, role):
    enter(client, getattr(at, role))
    page = client.get(reverse(REPORT)).content.decode()
    assert "không+thấy" in page
    assert "chọn nhiều" in page
    assert "hiếm" not in page


@pytest.mark.parametrize("role", ["member_a", None])
def test_nobody_else_sees_it(client, at, counts, role):
    if role:
        enter(client, getattr(at, role))
    for url in (reverse(REPORT), reverse("search_report_table", args=["thuong-gap"])):
        assert client.get(url).status_code in (302, 403)
    answer = client.post(reverse("search_report_accept"), {"words": "chọn nhiều"})
    assert answer.status_code in (302, 403)
    assert not AnsweredQuestion.objects.exists()


def test_periods_and_odd_parameters(client, at, counts):
    enter(client, at.clerk_a)
    QueryCount.objects.update(day=counts - timezone.timedelta(days=10))
    for asked, seen in (("7", False), ("30", True), ("90", True), ("x", True), ("-1", True)):
        page = client.get(reverse(REPORT), {"ky": asked}).content.decode()
        assert ("không+thấy" in page) is seen, asked
    assert client.get(reverse("search_report_table", args=["khac"])).status_code == 404


def test_a_table_runs_no_formula(client, at, counts):
    enter(client, at.clerk_a)
    answer = client.get(reverse("search_report_table", args=["khong-ket-qua"]))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1][:3] == ["'=không+thấy", "7", "7"]
    assert "no-store" in answer["Cache-Control"]
    rows = client.get(reverse("search_report_table", args=["luot-chon"])).content.decode()
    assert "chọn nhiều" in rows
    assert "hiếm" not in rows


def accept(client, work, words: str = "chọn nhiều"):
    data = {"words": words, "identity": work.identity_id, "eid": "dieu-1"}
    return client.post(reverse("search_report_accept"), data)


def test_a_choice_becomes_memory_when_an_editor_accepts_it(client, at, counts, work):
    enter(client, at.clerk_a)
    assert accept(client, work).status_code == 302
    row = AnsweredQuestion.objects.get()
    assert (row.text, row.source, row.changed_by) == ("chọn nhiều", "luot-chon", at.clerk_a)
    assert row.weight < 1
    assert row.answers.get().eid == "dieu-1"
    entry = ModelLogEntry.objects.get(object_id=str(row.pk), user=at.clerk_a)
    assert entry.action == "wagtail.create"
    assert "search_report_accept" not in client.get(reverse(REPORT)).content.decode()
    accept(client, work)
    assert AnsweredQuestion.objects.count() == row.answers.count() == 1


def test_what_is_under_the_floor_or_gone_cannot_be_accepted(client, at, counts, work):
    enter(client, at.clerk_a)
    assert accept(client, work, "chọn hiếm").status_code == 404
    assert accept(client, work, "bịa").status_code == 404
    make.withdraw(work, at)
    assert accept(client, work).status_code == 404
    assert "chọn nhiều" not in client.get(reverse(REPORT)).content.decode()
    assert not AnsweredQuestion.objects.exists()
