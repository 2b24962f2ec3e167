"""The pages of review as people use them. All names and texts are fiction."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from legal_docs import expressions
from legal_docs.models import Field, LegalDocument, Signer
from legal_docs.structure import blocks_from_text
from portal.editorial import mailing
from portal.editorial.models import (
    CheckSetting,
    Criterion,
    Notification,
    Preference,
    ReviewState,
    Route,
)
from portal.editorial.states import State, Step
from portal.editorial.workflow import deadlines, reviewing
from portal.organisations import granting
from portal.organisations.access import forget
from portal.organisations.models import AuditEntry
from tests import factories as make
from tests.editorial.test_review import decide, fresh, seen, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return make.house()


def page_of(work) -> str:
    return reverse("review", args=[work._meta.label_lower, work.pk])


def enter(client, user):
    forget(user)
    client.force_login(user)
    return client


def form(shown, **more) -> dict[str, str]:
    """What a browser would post after every box was ticked."""
    ticks = {f"criterion-{row.pk}": "yes" for row in shown.context["criteria"]}
    return {"seen": shown.context["hash"], "pass": "1", **ticks, **more}


def test_from_the_editor_to_live_by_pages_alone(at, client):
    work = make.document(at)
    enter(client, at.clerk_a)
    url = reverse("submit", args=[work._meta.label_lower, work.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"comment": "Gấp"}).status_code == 302
    for who in ("office_head_a", "editor_a", "lawyer_a", "deputy_a"):
        enter(client, getattr(at, who))
        assert str(work) in client.get(reverse("my_work")).content.decode()
        shown = client.get(page_of(work))
        assert shown.context["may_decide"]
        assert client.post(page_of(work), form(shown, comment="Được")).status_code == 302
    assert fresh(work).live
    assert client.get(work.get_absolute_url()).status_code == 200


def test_an_approval_without_the_whole_checklist_is_none(at, client):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    walk(work, at, Step.APPROVE)
    enter(client, at.deputy_a)
    shown = client.get(page_of(work))
    assert len(shown.context["criteria"]) == 7
    answers = form(shown)
    answers.pop(f"criterion-{shown.context['criteria'][3].pk}")
    client.post(page_of(work), answers)
    assert not fresh(work).live
    client.post(page_of(work), form(shown))
    turn = ReviewState.objects.get(step=Step.APPROVE)
    assert fresh(work).live
    assert [row["answer"] for row in turn.checklist] == ["yes"] * 7


def test_the_page_shows_what_changes_beside_what_is_live(at, client):
    work = make.document(at, live=True)
    expressions.replace_draft(
        work,
        blocks_from_text(
            "Điều 1. Phạm vi điều chỉnh\nVăn bản này quy định về phơi vỏ quýt.\n"
            "Điều 2. Hiệu lực thi hành\nVăn bản này có hiệu lực từ ngày ký.\n"
            "Điều 3. Mới\nThêm một điều."
        ),
    )
    fresh(work).get_latest_revision_as_object().save_revision(user=at.clerk_a, clean=False)
    enter(client, at.lawyer_a)
    text = client.get(page_of(work)).content.decode()
    assert "<del>" in text
    assert "<ins>" in text
    assert "Điều 3" in text
    assert "có hiệu lực từ ngày ký" not in text, "what stays is counted, not shown"
    assert "có hiệu lực từ ngày ký" in client.get(page_of(work) + "?xem=het").content.decode()


def asked(client, url: str) -> int:
    """Queries of a page; the savepoint of the checks, which only a test's transaction needs, is
    none."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in captured.captured_queries)


@pytest.mark.parametrize(
    ("kind", "most"), [("document", 17), ("directive", 17), ("news", 14), ("page", 14)]
)
def test_the_page_asks_few_queries(at, client, kind, most):
    item = getattr(make, kind)(at, live=True)
    item.save_revision(user=at.clerk_a, clean=False)
    reviewing.submit(item, at.clerk_a, public_note="Sửa")
    walk(item, at, Step.APPROVE)
    enter(client, at.deputy_a)
    assert asked(client, page_of(item)) == most


@pytest.mark.parametrize("kind", ["document", "directive"])
def test_an_entry_with_all_its_attributes_asks_little_more(at, client, kind):
    work = getattr(make, kind)(at, live=True)
    signer = Signer.objects.create(name="Nguyễn Thị Thử")
    draft = work.get_latest_revision_as_object()
    draft.fields.add(Field.objects.create(name="Quả khô", slug="qua-kho"))
    draft.keywords.add("hạt mít", "phơi", "quả")
    draft.signatures.add(
        draft._meta.get_field("signatures").related_model(signer=signer, title="Trưởng phòng")
    )
    draft.audience_units.add(at.b)
    make.attach_file(work)
    make.relate(work, "can-cu", make.document(at, "09/2031/TT-BTN", live=True))
    draft.save_revision(user=at.clerk_a, clean=False)
    reviewing.submit(fresh(work), at.clerk_a, public_note="Sửa")
    walk(work, at, Step.APPROVE)
    enter(client, at.deputy_a)
    assert asked(client, page_of(work)) == 23
    words = client.get(page_of(work)).content.decode()
    for said in ("Quả khô", "hạt mít", "Nguyễn Thị Thử (Trưởng phòng)", "Sở Vỏ Quýt"):
        assert said in words


def test_a_returned_item_shows_marks_and_what_changed_since(at, client):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    walk(work, at, Step.LEGAL)
    enter(client, at.lawyer_a)
    mark = {"remark": "1", "place": "provision:dieu-2", "place_label": "Điều 2", "text": "Sai ngày"}
    client.post(page_of(work), mark)
    client.post(page_of(work), {"return": "1", "comment": "Xem Điều 2"})
    assert fresh(work).editorial_state == State.RETURNED
    enter(client, at.clerk_a)
    page = client.get(page_of(work)).content.decode()
    assert "Sai ngày" in page
    assert "Xem Điều 2" in page
    expressions.replace_draft(
        work, blocks_from_text("Điều 1. Phạm vi\nGiữ.\nĐiều 2. Hiệu lực\nTừ 01/02/2031.")
    )
    reviewing.submit(fresh(work), at.clerk_a)
    enter(client, at.office_head_a)
    since = client.get(page_of(work) + "?so=tra-lai")
    assert since.context["since_return"]
    assert "01/02/2031" in since.content.decode()
    note = reviewing.remarks(work).get()
    client.post(page_of(work), {"resolve": note.pk})
    assert not reviewing.remarks(work).exists()


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_remark_or_reason_changes_nothing(at, client, text):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    enter(client, at.office_head_a)
    client.post(page_of(work), {"remark": "1", "text": text})
    client.post(page_of(work), {"return": "1", "comment": text})
    client.post(page_of(work), {})
    assert not reviewing.remarks(work).exists()
    assert fresh(work).editorial_state == State.CHECKING


def test_a_text_with_markup_is_shown_as_text(at, client):
    work = make.document(at, subject="<script>alert(1)</script>")
    reviewing.submit(work, at.clerk_a)
    enter(client, at.office_head_a)
    client.post(page_of(work), {"remark": "1", "text": "<img src=x onerror=alert(2)>"})
    page = client.get(page_of(work)).content.decode()
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize("hour", ["2001-01-01T10:00", "mai", "2031-13-45T10:00"])
def test_a_wrong_hour_is_said_and_publishes_nothing(at, client, hour):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    walk(work, at, Step.APPROVE)
    enter(client, at.deputy_a)
    shown = client.get(page_of(work))
    client.post(page_of(work), form(shown, publish_at=hour))
    assert fresh(work).editorial_state == State.DECIDING


def test_several_in_one_go_each_with_its_own_hash(at, client):
    works = [make.document(at, f"0{number}/2031/TT-BTN") for number in (1, 2, 3)]
    for work in works:
        reviewing.submit(work, at.clerk_a)
        walk(work, at, Step.APPROVE)
    enter(client, at.deputy_a)
    turns = [reviewing.turn_of(work) for work in works]
    url = reverse("review_several") + "?" + "&".join(f"turn={turn.pk}" for turn in turns)
    shown = client.get(url)
    assert shown.status_code == 200
    data = {"pass": "1", "turn": [turn.pk for turn in turns]}
    for turn, work in zip(turns, works, strict=True):
        data[f"take-{turn.pk}"] = "1"
        data[f"seen-{turn.pk}"] = seen(work)
        data |= {f"criterion-{row.pk}-{turn.pk}": "yes" for row in Criterion.objects.all()}
    make.attach_file(works[1])
    client.post(reverse("review_several"), data)
    assert [fresh(work).live for work in works] == [True, False, True]


def test_taking_back_and_taking_down(at, client):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    enter(client, at.clerk_a)
    url = reverse("recall", args=[work._meta.label_lower, work.pk])
    assert client.get(url).status_code == 200
    client.post(url, {"reason": "Nhầm tệp"})
    assert fresh(work).editorial_state == State.DRAFT
    assert client.get(url).status_code == 404
    live = make.document(at, "05/2031/TT-BTN", live=True)
    url = reverse("take_down", args=[live._meta.label_lower, live.pk])
    assert client.get(url).status_code == 404, "a clerk takes nothing down"
    enter(client, at.secretary_a)
    client.post(url, {"reason": "", "final": "0"})
    assert fresh(live).live
    client.post(url, {"reason": "Lộ số", "final": "1"})
    assert fresh(live).live, "for good only the board"
    client.post(url, {"reason": "Lộ số", "note": "Đăng nhầm bản nháp", "final": "0"})
    assert not fresh(live).live


def test_the_editor_has_our_buttons_only(at, client):
    work = make.document(at)
    enter(client, at.head_a)
    page = client.get(reverse(type(work).snippet_viewset.get_url_name("edit"), args=[work.pk]))
    text = page.content.decode()
    assert 'name="action-submit"' in text
    for name in ("action-publish", "action-workflow-action", "action-unpublish"):
        assert f'name="{name}"' not in text


def test_save_and_send_keeps_the_draft_and_opens_the_checks(at, client):
    from tests.test_doors import form_of

    work = make.document(at)
    enter(client, at.clerk_a)
    url = reverse(type(work).snippet_viewset.get_url_name("edit"), args=[work.pk])
    data = form_of(client, url) | {"subject": "Sửa rồi gửi", "action-submit": "1"}
    response = client.post(url, data)
    assert response.url == reverse("submit", args=[work._meta.label_lower, work.pk])
    assert fresh(work).get_latest_revision_as_object().subject == "Sửa rồi gửi"


def test_what_is_under_review_is_not_edited_by_its_author(at, client):
    from tests.test_doors import form_of

    work = make.document(at)
    url = reverse(type(work).snippet_viewset.get_url_name("edit"), args=[work.pk])
    enter(client, at.clerk_a)
    data = form_of(client, url) | {"subject": "Sửa khi đang duyệt"}
    reviewing.submit(work, at.clerk_a)
    before = seen(work)
    client.post(url, data)
    parts = reverse(type(work).snippet_viewset.get_url_name("parts"), args=[work.pk])
    client.post(parts, {"add": "1", "kind": "can_cu:out", "number": "9/2030/TT-BTN"})
    assert seen(work) == before


# --- deadlines, notices, calendar ---------------------------------------------------------------


def test_deadlines_are_told_before_and_after_and_to_those_above(at):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    turn = reviewing.turn_of(work)
    Notification.objects.all().delete()
    assert deadlines.remind(turn.due - dt.timedelta(days=3)) == 0
    assert deadlines.remind(turn.due - dt.timedelta(days=1)) == 1
    assert deadlines.remind(turn.due - dt.timedelta(days=1)) == 0, "once a day"
    assert not Notification.objects.filter(kind="late").exists()
    deadlines.remind(turn.due + dt.timedelta(days=1))
    assert Notification.objects.filter(kind="late", user=at.secretary_a).exists()
    deadlines.remind(turn.due + dt.timedelta(days=2))
    assert Notification.objects.filter(kind="late", user=at.secretary_a).count() == 1


def test_mail_is_sent_as_each_person_chose(at, django_capture_on_commit_callbacks):
    for user, choice in (
        (at.office_head_a, Preference.Mail.NOW),
        (at.head_a, Preference.Mail.DIGEST),
    ):
        user.email = f"{user.username}@example.vn"
        user.save()
        Preference.objects.create(user=user, mail=choice)
    work = make.document(at, subject="Chữ mật của dự thảo")
    with django_capture_on_commit_callbacks(execute=True):
        reviewing.submit(work, at.clerk_a)
    assert [one.to for one in mail.outbox] == [["truong-phong-a@example.vn"]]
    assert "Chữ mật của dự thảo" not in mail.outbox[0].body, "a notice never tells the text"
    mailing.send_digests()
    assert [one.to for one in mail.outbox[1:]] == [["lanh-dao-a@example.vn"]]
    mailing.send_digests()
    assert len(mail.outbox) == 2


def test_a_dead_mail_server_loses_no_notice(at, settings, django_capture_on_commit_callbacks):
    at.office_head_a.email = "a@example.vn"
    at.office_head_a.save()
    Preference.objects.create(user=at.office_head_a, mail=Preference.Mail.NOW)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with django_capture_on_commit_callbacks(execute=True):
        reviewing.submit(make.document(at), at.clerk_a)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert mailing.send_waiting() == 1


def test_the_calendar_opens_by_its_private_address_only(at, client):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    preference = Preference.objects.create(user=at.office_head_a)
    url = reverse("work_calendar", args=[preference.calendar_token])
    text = client.get(url).content.decode()
    assert "BEGIN:VEVENT" in text
    assert "01/2031/TT-BTN" in text
    assert client.get(reverse("work_calendar", args=["x" * 20])).status_code == 404
    old = url
    enter(client, at.office_head_a).post(reverse("notices"), {"renew": "1"})
    client.logout()
    assert client.get(old).status_code == 404
    at.office_head_a.is_active = False
    at.office_head_a.save()
    preference.refresh_from_db()
    url = reverse("work_calendar", args=[preference.calendar_token])
    assert client.get(url).status_code == 404


# --- what administrators set, what auditors read --------------------------------------------------


def test_a_route_is_changed_by_its_next_version(at, client):
    route = Route.objects.get(content="legal", active=True)
    enter(client, at.administrator)
    url = reverse("route", args=[route.pk])
    assert client.get(url).status_code == 200
    data = {"name": route.name, "content": "legal", "days_tham_tra": "2", "days_duyet": "1"}
    assert client.post(url, data).status_code == 302
    new = Route.objects.get(content="legal", active=True)
    assert (new.version, [task.step for task in new.tasks]) == (2, ["tham_tra", "duyet"])
    bad = client.post(reverse("route", args=[new.pk]), data | {"days_duyet": ""})
    assert bad.status_code == 200
    assert Route.objects.get(content="legal", active=True) == new
    assert AuditEntry.objects.filter(action="route.saved").count() == 1


def test_the_log_is_filtered_and_exported_without_formulas(at, client):
    granting.end(at.head_a, at.contributor_a.memberships.get())
    work = make.document(at, "=1+1/2031/TT-BTN")
    reviewing.submit(work, at.clerk_a, comment="=cmd|' /C calc'!A0")
    enter(client, at.auditor)
    url = reverse("log")
    assert "item.submitted" in client.get(url).content.decode()
    only = client.get(url, {"action": "role"}).content.decode()
    assert "role.ended" in only
    assert "item.submitted" not in only
    today = timezone.localdate()
    assert client.get(url, {"since": f"{today:%Y-%m-%d}", "until": "x"}).status_code == 200
    text = b"".join(client.get(url, {"xuat": "csv"}).streaming_content).decode()
    assert "'=cmd" in text
    assert ",=" not in text


def test_a_check_is_set_with_a_reason_or_not_at_all(at, client):
    from portal.editorial import checks

    some = checks.all_checks()
    if not some:
        return
    code = some[0].code
    enter(client, at.administrator)
    url = reverse("check_settings")
    client.post(url, {f"severity-{code}": "tat", f"reason-{code}": ""})
    assert not CheckSetting.objects.exists()
    client.post(url, {f"severity-{code}": "tat", f"reason-{code}": "Báo nhầm"})
    assert checks.severities()[code] == "tat"


def test_a_person_keeps_only_his_own_list(at, client):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    decide(work, at.office_head_a)
    enter(client, at.editor_a)
    client.post(reverse("notices"), {"read": "1"})
    assert not Notification.objects.filter(user=at.editor_a, read_at=None).exists()
    assert Notification.objects.filter(user=at.secretary_a, read_at=None).exists()
    assert LegalDocument.objects.filter(editorial_state=State.EDITING).count() == 1


def test_a_reviewer_compares_with_the_original(at, client):
    work = make.document(at)
    row = make.attach_file(work)
    reviewing.submit(work, at.clerk_a)
    label = work._meta.label_lower
    file, text = (
        reverse("review_file", args=[label, work.pk, row.sha256]),
        reverse("review_text", args=[label, work.pk]),
    )
    enter(client, at.lawyer_a)
    assert file in client.get(page_of(work)).content.decode()
    answer = client.get(file)
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 bi mat"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Phạm vi điều chỉnh" in client.get(text).content.decode()
    for who in ("clerk_b", "member_a", "administrator", "superuser"):
        enter(client, getattr(at, who))
        for url in (file, text):
            assert client.get(url).status_code in (302, 404)
