"""Every door to live, tried: only an approval by a second person, or a mandate, opens one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish import UnpublishAction

from legal_docs import expressions
from legal_docs.models import Expression, LegalDocument, Manifestation, Relation, WorkIdentity
from legal_docs.structure import blocks_from_text
from portal.editorial import ledger, publishing
from portal.editorial.models import Approval, Mandate, PublicationRecord
from portal.organisations.models import User
from tests import factories as make

pytestmark = pytest.mark.django_db

WORKS = pytest.mark.parametrize("kind", ["document", "directive"])
REFUSED = (PermissionDenied, DatabaseError)


@pytest.fixture
def at():
    return make.house()


def draft_of(at, kind, **fields):
    return getattr(make, kind)(at, **fields)


def is_live(work) -> bool:
    return type(work).objects.filter(pk=work.pk, live=True).exists()


def refused(action) -> None:
    """The action is refused, and what it began is rolled back."""
    with pytest.raises(REFUSED), transaction.atomic():
        action()


# --- doors in Python ------------------------------------------------------------------------


def another_live(work, at):
    factory = make.document if isinstance(work, LegalDocument) else make.directive
    return factory(at, "77/2031/TT-BTN", live=True)


def door_save(work, at):
    work.live = True
    work.save()


def door_save_update_fields(work, at):
    work.live = True
    work.save(update_fields=["live"])


def door_queryset_update(work, at):
    type(work).objects.filter(pk=work.pk).update(live=True)


def door_bulk_update(work, at):
    work.live = True
    type(work).objects.bulk_update([work], ["live"])


def door_revision_publish(work, at):
    work.latest_revision.publish(user=at.head_a)


def door_object_publish(work, at):
    work.publish(work.latest_revision, user=at.head_a)


def door_publish_action(work, at):
    PublishRevisionAction(work.latest_revision, user=at.head_a).execute(skip_permission_checks=True)


def door_other_record(work, at):
    other = another_live(work, at)
    work.live, work.publication_record = True, other.publication_record
    work.save()


def door_other_record_by_update(work, at):
    other = another_live(work, at)
    rows = type(work).objects.filter(pk=work.pk)
    rows.update(live=True, publication_record=other.publication_record)


def door_old_record(work, at):
    """The line of an earlier publication of the very same content."""
    work.live, work.publication_record = True, PublicationRecord.objects.filter(act="dang").first()
    work.save()


DOORS = [value for name, value in list(globals().items()) if name.startswith("door_")]


@WORKS
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_a_draft_goes_live_by_no_door_of_python(at, kind, door):
    work = draft_of(at, kind)
    refused(lambda: door(work, at))
    assert not is_live(work)


@WORKS
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_what_was_withdrawn_comes_back_by_no_door_of_python(at, kind, door):
    work = make.withdraw(draft_of(at, kind, live=True), at)
    refused(lambda: door(work, at))
    assert not is_live(work)


@WORKS
@pytest.mark.parametrize(
    "door",
    [door_save, door_revision_publish, door_object_publish, door_publish_action],
    ids=lambda door: door.__name__,
)
def test_a_changed_draft_of_a_live_work_replaces_it_by_no_door(at, kind, door):
    work = draft_of(at, kind, live=True)
    draft = work.get_latest_revision_as_object()
    draft.subject = "Nội dung chưa ai duyệt"
    draft.save_revision(user=at.clerk_a, clean=False)
    work = type(work).objects.get(pk=work.pk)
    work.subject = "Nội dung chưa ai duyệt"
    refused(lambda: door(work, at))
    assert type(work).objects.get(pk=work.pk).subject != "Nội dung chưa ai duyệt"


@WORKS
def test_bulk_create_of_a_live_work_is_refused_by_the_database(at, kind):
    work = draft_of(at, kind)
    double = type(work).objects.get(pk=work.pk)
    double.pk, double.live = None, True
    double.identity = WorkIdentity.objects.create(number="9/2031", number_key="9-2031")
    refused(lambda: type(work).objects.bulk_create([double]))


def unpublish_method(work, at):
    work.unpublish()


def unpublish_action(work, at):
    UnpublishAction(work, user=at.head_a).execute(skip_permission_checks=True)


def unpublish_save(work, at):
    work.live = False
    work.save()


def unpublish_save_fields(work, at):
    work.live = False
    work.save(update_fields=["live"])


@WORKS
@pytest.mark.parametrize(
    "door",
    [unpublish_method, unpublish_action, unpublish_save, unpublish_save_fields],
    ids=lambda door: door.__name__,
)
def test_a_live_work_comes_down_only_with_a_record(at, kind, door):
    work = draft_of(at, kind, live=True)
    refused(lambda: door(work, at))
    assert is_live(work)


@WORKS
@pytest.mark.parametrize("state", ["live", "withdrawn"])
def test_what_was_published_is_never_deleted(at, kind, state):
    work = draft_of(at, kind, live=True)
    if state == "withdrawn":
        work = make.withdraw(work, at)
    refused(work.delete)
    refused(lambda: type(work).objects.filter(pk=work.pk).delete())
    refused(lambda: WorkIdentity.objects.filter(pk=work.identity_id).delete())
    assert type(work).objects.filter(pk=work.pk).exists()


@WORKS
def test_a_refused_save_leaves_number_and_address_alone(at, kind):
    work = draft_of(at, kind, live=True)
    before = WorkIdentity.objects.values().get(pk=work.identity_id)
    work.number = "99/2031/TT-BTN"
    with pytest.raises(PermissionDenied):
        work.save()
    assert WorkIdentity.objects.values().get(pk=before["id"]) == before


@WORKS
def test_the_clock_publishes_nothing(at, kind):
    work = draft_of(at, kind)
    past = timezone.now() - dt.timedelta(hours=1)
    work.go_live_at = past
    work.save_revision(user=at.clerk_a, approved_go_live_at=past, clean=False)
    type(work).objects.filter(pk=work.pk).update(go_live_at=past)
    try:
        with transaction.atomic():
            call_command("publish_scheduled", verbosity=0)
    except PermissionDenied:
        pass
    assert not is_live(work)


@WORKS
def test_the_clock_takes_nothing_down(at, kind):
    work = draft_of(at, kind, live=True)
    past = timezone.now() - dt.timedelta(hours=1)
    type(work).objects.filter(pk=work.pk).update(expire_at=past)
    try:
        with transaction.atomic():
            call_command("publish_scheduled", verbosity=0)
    except PermissionDenied:
        pass
    assert is_live(work)


# --- parts ----------------------------------------------------------------------------------


@pytest.fixture
def live_with_parts(at):
    work, other = make.document(at), make.document(at, "03/2030/TT-BTN")
    make.attach_file(work)
    make.relate(work, "dan_chieu", other)
    return make.publish(work, at)


PARTS = pytest.mark.parametrize("model", [Expression, Manifestation, Relation])


def part_of(model, work):
    owner = "stated_by" if model is Relation else "work"
    return model.objects.get(**{owner: work.identity, "state": "dang"})


@PARTS
def test_a_part_of_a_live_work_is_not_edited_or_deleted(live_with_parts, model):
    part = part_of(model, live_with_parts)
    refused(part.save)
    refused(part.delete)
    refused(lambda: model.objects.filter(pk=part.pk).delete())
    assert part_of(model, live_with_parts) == part


@PARTS
def test_a_part_does_not_enter_a_live_work_as_live(live_with_parts, model):
    part = part_of(model, live_with_parts)
    part.pk, part.state = None, "dang"
    refused(part.save)
    part.state = "nhap"
    if model is Relation:
        part.kind = "can_cu"
    part.save()
    part.state = "dang"
    refused(part.save)


@PARTS
def test_a_part_of_a_live_work_does_not_move_to_a_draft(at, live_with_parts, model):
    part, draft = part_of(model, live_with_parts), make.document(at, "08/2031/TT-BTN")
    setattr(part, part.owner_field, draft.identity)
    refused(part.save)


def test_a_waiting_text_is_not_shown_before_its_approval(at, client):
    work = make.document(at, live=True)
    expressions.replace_draft(work, blocks_from_text("Điều 1. Khác\nChữ chưa ai duyệt."))
    assert "Chữ chưa ai duyệt" not in client.get(work.get_absolute_url()).content.decode()
    assert client.get(work.get_absolute_url()).status_code == 200


# --- approval -------------------------------------------------------------------------------


def seen(work) -> str:
    return type(work).objects.get(pk=work.pk).get_latest_revision_as_object().approval_hash()


@WORKS
@pytest.mark.parametrize(
    "who", ["clerk_a", "head_b", "clerk_b", "member_a", "administrator", "superuser"]
)
def test_only_a_head_over_the_unit_approves(at, kind, who):
    work = draft_of(at, kind)
    with pytest.raises(PermissionDenied):
        publishing.approve(work, getattr(at, who), seen(work))


@WORKS
def test_an_author_does_not_approve(at, kind):
    work = draft_of(at, kind, author=at.head_a)
    with pytest.raises(PermissionDenied):
        publishing.approve(work, at.head_a, seen(work))


def test_who_typed_one_revision_among_many_does_not_approve(at):
    work = make.document(at, author=at.head_a)
    work.save_revision(user=at.clerk_a, clean=False)
    with pytest.raises(PermissionDenied):
        publishing.approve(work, at.head_a, seen(work))


def test_who_overwrites_the_live_revision_by_autosave_does_not_approve_that(at):
    """Autosave writes under the id of the latest revision, which may be the live one."""
    second = make.board("lanh-dao-a2", at.a)
    work = make.document(at, author=second, live=True)
    draft = work.get_latest_revision_as_object()
    draft.subject = "Sửa lén sau khi đăng"
    draft.save_revision(user=second, overwrite_revision=work.latest_revision, clean=False)
    with pytest.raises(PermissionDenied):
        publishing.approve(LegalDocument.objects.get(pk=work.pk), second, seen(work))


def test_a_head_with_the_superuser_flag_does_not_approve(at):
    work = make.document(at)
    User.objects.filter(pk=at.head_a.pk).update(is_superuser=True)
    at.head_a.refresh_from_db()
    with pytest.raises(PermissionDenied):
        publishing.approve(work, at.head_a, seen(work))


def test_a_head_whose_role_ended_does_not_approve(at):
    work = make.document(at)
    at.head_a.memberships.update(valid_to=timezone.localdate())
    at.head_a.__dict__.pop("_portal_access", None)
    with pytest.raises(PermissionDenied):
        publishing.approve(work, at.head_a, seen(work))


CHANGES = {
    "subject": lambda work, at: setattr(work, "subject", "Khác"),
    "number": lambda work, at: setattr(work, "number", "98/2031/TT-BTN"),
    "issued": lambda work, at: setattr(work, "issued", dt.date(2031, 1, 6)),
    "audience": lambda work, at: setattr(work, "audience", "units"),
    "source": lambda work, at: setattr(work, "source", "Nơi khác"),
    "source_url": lambda work, at: setattr(work, "source_url", "https://example.vn/khac"),
    "issuers": lambda work, at: setattr(work, "issuers", [at.issuer, at.a]),
    "text": lambda work, at: make.with_text(work, "Điều 1. Khác\nNội dung khác."),
    "file": lambda work, at: make.attach_file(work),
    "relation": lambda work, at: make.relate(work, "can_cu", make.document(at, "5/2030/TT-BTN")),
    "keywords": lambda work, at: work.keywords.add("hạt mít"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_after_it_was_seen_is_not_approved(at, change):
    work = make.document(at)
    before = seen(work)
    draft = work.get_latest_revision_as_object()
    CHANGES[change](draft, at)
    draft.save_revision(user=at.clerk_a, clean=False)
    with pytest.raises(PermissionDenied):
        publishing.approve(LegalDocument.objects.get(pk=work.pk), at.head_a, before)


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_after_its_approval_does_not_go_live(at, change):
    work = make.document(at)
    approval = publishing.approve(work, at.head_a, seen(work))
    draft = work.get_latest_revision_as_object()
    CHANGES[change](draft, at)
    draft.save_revision(user=at.clerk_a, clean=False)
    work = LegalDocument.objects.get(pk=work.pk)
    refused(lambda: publishing.publish(work, approval, by=at.head_a))
    assert not is_live(work)
    assert not PublicationRecord.objects.exists()


def test_an_approval_of_another_item_opens_nothing(at):
    one = make.document(at, "01/2031/TT-BTN")
    twin = make.document(at, "01/2031/TT-BTN")
    assert seen(one) == seen(twin), "twins have the same content, so only the item tells them apart"
    approval = publishing.approve(one, at.head_a, seen(one))
    refused(lambda: publishing.publish(twin, approval, by=at.head_a))


def test_an_approval_serves_once(at):
    """A withdrawn item needs a new approval: not the old one, nor that of its withdrawal."""
    work = make.document(at)
    approval = publishing.approve(work, at.head_a, seen(work))
    publishing.publish(work, approval, by=at.head_a)
    work = make.withdraw(LegalDocument.objects.get(pk=work.pk), at)
    refused(lambda: publishing.publish(work, approval, by=at.head_a))
    taken_down = Approval.objects.exclude(pk=approval.pk).get()
    refused(lambda: publishing.publish(work, taken_down, by=at.head_a))


def test_a_withdrawal_needs_a_reason_and_a_head(at):
    work = make.document(at, live=True)
    for user, reason in (
        (at.head_a, "  "),
        (at.clerk_a, "Nhầm"),
        (at.head_b, "Nhầm"),
        (at.superuser, "Nhầm"),
        (at.administrator, "Nhầm"),
    ):
        refused(lambda user=user, reason=reason: publishing.withdraw_by(work, user, reason))
    assert is_live(work)


# --- mandates -------------------------------------------------------------------------------


def test_nobody_approves_his_own_mandate(at):
    row = make.mandate(at, folder="/khong-co", approved=False)
    row.proposed_by = at.head_a
    row.save()
    with pytest.raises(ValidationError):
        row.approve(at.head_a)
    with pytest.raises(DatabaseError), transaction.atomic():
        Mandate.objects.filter(pk=row.pk).update(approved_by=at.head_a)


@pytest.mark.parametrize("who", ["clerk_b", "head_b", "administrator", "superuser", "member_a"])
def test_only_a_head_over_the_unit_approves_a_mandate(at, who):
    with pytest.raises(ValidationError):
        make.mandate(at, folder="/khong-co", approved=False).approve(getattr(at, who))


MANDATE_CHANGES = {
    "folder": "/noi-khac",
    "manifest": "0" * 64,
    "title": "Khác",
    "authority": "Không",
    "valid_until": dt.date(2099, 2, 2),
}


@pytest.mark.parametrize("field", MANDATE_CHANGES)
def test_a_mandate_changed_after_its_approval_publishes_nothing(at, field):
    work, row = make.document(at), make.mandate(at, folder="/khong-co")
    Mandate.objects.filter(pk=row.pk).update(**{field: MANDATE_CHANGES[field]})
    row = Mandate.objects.get(pk=row.pk)
    with pytest.raises(ValidationError):
        publishing.publish_under_mandate(work, row)
    assert not is_live(work)


def test_a_mandate_that_ended_or_was_not_approved_publishes_nothing(at):
    work = make.document(at)
    waiting = make.mandate(at, folder="/khong-co", approved=False)
    with pytest.raises(ValidationError):
        publishing.publish_under_mandate(work, waiting)
    ended = make.mandate(at, folder="/khong-co", approved=False)
    ended.valid_until = timezone.localdate() - dt.timedelta(days=1)
    ended.save()
    with pytest.raises(ValidationError):
        ended.approve(at.head_a)


def test_a_mandate_covers_its_files_and_no_others(at, tmp_path):
    meant, other = tmp_path / "a" / "1.txt", tmp_path / "b" / "2.txt"
    for path in (meant, other):
        path.parent.mkdir()
        path.write_text(path.name, encoding="utf-8")
    by_hash, by_folder = make.mandate(at, files=[meant]), make.mandate(at, folder=meant.parent)
    for row in (by_hash, by_folder):
        assert row.covers([meant])
        assert not row.covers([other])
        assert not row.covers([meant, other])
    assert not by_folder.covers([meant.parent / ".." / "b" / "2.txt"])
    meant.write_text("khác", encoding="utf-8")
    assert not by_hash.covers([meant])


def test_a_mandate_of_one_unit_publishes_nothing_of_another(at):
    work = make.document(at, owner=at.b)
    with pytest.raises((ValidationError, PermissionDenied)):
        publishing.publish_under_mandate(work, make.mandate(at, folder="/khong-co"))
    assert not is_live(work)


def test_a_mandate_brings_nothing_back_that_was_withdrawn(at):
    work = make.withdraw(make.document(at, live=True), at)
    with pytest.raises(ValidationError):
        publishing.publish_under_mandate(work, make.mandate(at, folder="/khong-co"))
    assert not is_live(work)


# --- the ledger -----------------------------------------------------------------------------


def test_the_ledger_is_written_by_the_ledger_only(at):
    work = make.document(at, live=True)
    record = work.publication_record
    with pytest.raises(PermissionDenied):
        record.save()
    with pytest.raises(PermissionDenied):
        record.delete()
    with pytest.raises(PermissionDenied):
        PublicationRecord.objects.create(
            number=99, act="dang", content_type=record.content_type, object_id=work.pk,
            label="Giả", content_hash="0" * 64, at=timezone.now(), previous_hash="0", hash="1",
            approval=record.approval,
        )  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        PublicationRecord.objects.filter(pk=record.pk).delete()  # a live work hangs on it


def test_the_chain_holds_through_publishing_and_withdrawing(at):
    one = make.document(at, live=True)
    make.directive(at, live=True)
    make.withdraw(one, at)
    assert list(PublicationRecord.objects.order_by("number").values_list("number", "act")) == [
        (1, "dang"),
        (2, "dang"),
        (3, "go-khan"),
    ]
    assert list(ledger.broken_lines()) == []


TAMPERING = {
    "label": "Văn bản khác",
    "content_hash": "f" * 64,
    "act": "go",
    "reason": "Không",
    "object_id": 4711,
    "audience": ["units"],
    "identity": {"number": "1"},
    "files": ["0" * 64],
    "texts": [],
    "roles": [],
    "note": "Khác",
    "authority": {},
    "salt": "0" * 64,
    "format": 1,
    "at": dt.datetime(2031, 1, 1, tzinfo=dt.UTC),
    "by": None,
    "hash": "e" * 64,
}


@pytest.mark.parametrize("field", TAMPERING)
def test_tampering_with_a_line_is_found(at, field):
    for number in range(3):
        make.document(at, f"0{number}/2031/TT-BTN", live=True)
    make.take_guard_away()
    PublicationRecord.objects.filter(number=2).update(**{field: TAMPERING[field]})
    assert 2 in set(ledger.broken_lines())


def test_a_line_that_was_cut_out_is_found(at):
    works = [make.document(at, f"0{number}/2031/TT-BTN", live=True) for number in range(3)]
    make.take_guard_away()
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        LegalDocument.objects.filter(pk=works[1].pk).update(live=False, publication_record=None)
        cursor.execute("DELETE FROM editorial_publicationrecord WHERE number = 2")
    assert list(ledger.broken_lines())


# --- doors of the admin ---------------------------------------------------------------------


def name_of(work, view: str) -> str:
    return type(work).snippet_viewset.get_url_name(view)


def form_of(client, url) -> dict[str, str]:
    """The fields of the edit form as a browser would send them."""
    form = client.get(url).context["form"]
    data = {}
    for bound in form:
        value = bound.value()
        if hasattr(value, "all"):
            value = [row.pk for row in value.all()]
        if isinstance(value, list):
            value = [getattr(row, "pk", row) for row in value]
        data[bound.html_name] = "" if value is None else value
    for formset in getattr(form, "formsets", {}).values():
        data |= {
            f"{formset.prefix}-TOTAL_FORMS": 0,
            f"{formset.prefix}-INITIAL_FORMS": 0,
            f"{formset.prefix}-MIN_NUM_FORMS": 0,
            f"{formset.prefix}-MAX_NUM_FORMS": 1000,
        }
    if "keywords" in data:
        data["keywords"] = ""
    return data


@WORKS
@pytest.mark.parametrize("who", ["clerk_a", "head_a"])
@pytest.mark.parametrize("button", ["action-publish", "action-submit", "action-workflow-action"])
def test_no_button_of_the_edit_form_publishes(at, client, kind, who, button):
    work = draft_of(at, kind)
    client.force_login(getattr(at, who))
    url = reverse(name_of(work, "edit"), args=[work.pk])
    data = form_of(client, url) | {"subject": "Sửa trong biểu mẫu", button: "1"}
    response = client.post(url, data)
    assert response.status_code < 500
    assert not is_live(work)
    draft = type(work).objects.get(pk=work.pk).get_latest_revision_as_object()
    assert draft.subject == "Sửa trong biểu mẫu", "the form was right, so the draft was kept"


@WORKS
def test_creating_with_the_publish_button_makes_a_draft(at, client, kind):
    work = draft_of(at, kind)
    client.force_login(at.head_a)
    data = form_of(client, reverse(name_of(work, "edit"), args=[work.pk]))
    url = reverse(name_of(work, "add"))
    data |= {"number": "55/2031/TT-BTN", "subject": "Mới tinh", "action-publish": "1"}
    assert client.post(url, data).status_code < 500
    made = type(work).objects.exclude(pk=work.pk)
    assert made.count() == 1
    assert not made.get().live


@WORKS
@pytest.mark.parametrize("who", ["clerk_a", "head_a", "administrator", "superuser"])
@pytest.mark.parametrize("view", ["unpublish", "delete", "lock", "unlock"])
def test_admin_views_take_nothing_live_down(at, client, kind, who, view):
    work = draft_of(at, kind, live=True)
    client.force_login(getattr(at, who))
    client.raise_request_exception = False
    response = client.post(reverse(name_of(work, view), args=[work.pk]))
    assert response.status_code in (302, 403, 404, 405)
    assert is_live(work)


@WORKS
@pytest.mark.parametrize("who", ["clerk_a", "head_a", "superuser"])
def test_bulk_deletion_takes_nothing_live_down(at, client, kind, who):
    work = draft_of(at, kind, live=True)
    client.force_login(getattr(at, who))
    label = work._meta
    url = reverse("wagtail_bulk_action", args=[label.app_label, label.model_name, "delete"])
    response = client.post(f"{url}?id={work.pk}")
    assert response.status_code < 500
    assert is_live(work)


@WORKS
def test_reverting_and_publishing_an_old_revision_publishes_nothing(at, client, kind):
    work = draft_of(at, kind, live=True)
    old = work.latest_revision_id
    draft = work.get_latest_revision_as_object()
    draft.subject = "Bản hai"
    draft.save_revision(user=at.clerk_a, clean=False)
    work = make.publish(type(work).objects.get(pk=work.pk), at)
    client.force_login(at.head_a)
    url = reverse(name_of(work, "revisions_revert"), args=[work.pk, old])
    data = form_of(client, url) | {"action-publish": "1", "revision": old}
    client.post(reverse(name_of(work, "edit"), args=[work.pk]), data)
    client.post(url, data)
    assert type(work).objects.get(pk=work.pk).subject == "Bản hai"


def test_a_deleted_draft_leaves_nothing_behind(at, client):
    work = make.document(at)
    client.force_login(at.clerk_a)
    response = client.post(reverse(name_of(work, "delete"), args=[work.pk]))
    assert response.status_code == 302
    assert not LegalDocument.objects.filter(pk=work.pk).exists()
    assert not WorkIdentity.objects.exclude(work_class="").exists()
    assert not Expression.objects.exists()
