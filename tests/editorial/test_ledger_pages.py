"""The ledger for everybody: what it tells to whom, what it never tells."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.editorial import publishing, telling
from portal.editorial.freezing import chain, sealed
from portal.editorial.models import PublicationRecord
from portal.organisations.audience import PUBLIC
from search.indexing import outbox
from tests import factories as make

pytestmark = pytest.mark.django_db

PAGES = ("/so-cong-bo/", "/so-cong-bo/tin.atom", "/so-cong-bo/so-cong-bo.jsonl")


@pytest.fixture
def at():
    return make.house()


def revise(work, at, note="", **fields):
    draft = work.get_latest_revision_as_object()
    text = fields.pop("text", None)
    for name, value in fields.items():
        setattr(draft, name, value)
    if text:
        make.with_text(draft, text)
    draft.save_revision(user=at.clerk_a, clean=False)
    work = type(work).objects.get(pk=work.pk)
    seen = work.get_latest_revision_as_object().approval_hash()
    approver = at.board_a if hasattr(at, "board_a") else at.head_a
    approval = publishing.approve(work, approver, seen)
    publishing.publish(work, approval, by=approver, note=note)
    return type(work).objects.get(pk=work.pk)


def acts() -> list[str]:
    return list(PublicationRecord.objects.order_by("number").values_list("act", flat=True))


def test_the_act_follows_from_what_stood_before(at):
    work = make.document(at, live=True)
    work = revise(work, at, subject="Về hạt mít sấy")
    work = make.withdraw(work, at)
    work = make.publish(work, at)
    revise(work, at, subject="Về hạt mít luộc")
    assert acts() == ["dang", "dinh-chinh", "go-khan", "dang-lai", "dinh-chinh"]


def test_a_line_says_what_when_and_by_which_office_but_not_who(at, client):
    work = make.document(at)
    file = make.attach_file(work)
    work = make.publish(work, at)
    line = work.publication_record
    assert line.identity == {
        "class": "legal",
        "name": "Thông tư 01/2031/TT-BTN",
        "number": "01/2031/TT-BTN",
        "issued": "2031-01-05",
        "path": work.identity.path,
    }
    assert line.files == [file.sha256]
    assert line.texts == [work.identity.expressions.get().text_hash]
    assert len(line.roles) == 1 and line.roles[0][1]
    people = [at.clerk_a, line.approval.approved_by]
    for page in PAGES:
        body = client.get(page).content.decode()
        assert "01/2031/TT-BTN" in body
        assert not any(person.username in body for person in people)


def test_the_ledger_names_the_address_that_the_item_goes_live_at(at):
    work = revise(make.document(at, live=True), at, number="05/2031/TT-BTN")
    assert work.publication_record.identity["path"] == work.identity.path
    assert "05-2031" in work.identity.path


@pytest.mark.parametrize("audience", ["units", "chosen"])
def test_strangers_are_told_of_an_internal_item_that_something_happened(at, client, audience):
    work = make.document(
        at, "77/2031/TT-BTN", subject="Về con cua", audience=audience, units=[at.a], live=True
    )
    line = work.publication_record
    for page in PAGES:
        body = client.get(page).content.decode()
        for trace in ("77/2031", "77-2031", "con cua", line.content_hash, *line.texts):
            assert trace not in body, page
    assert line.hash in client.get(PAGES[0]).content.decode()
    client.force_login(at.member_a)
    assert "77/2031" in client.get(PAGES[0]).content.decode()
    for page in PAGES[1:]:
        assert "77/2031" not in client.get(page).content.decode(), "feeds are public"


def test_made_internal_takes_its_history_along(at, client):
    work = make.document(at, "77/2031/TT-BTN", live=True)
    assert "77/2031" in client.get(PAGES[0]).content.decode()
    revise(work, at, audience="units")
    for page in PAGES:
        assert "77/2031" not in client.get(page).content.decode()


def test_made_public_keeps_its_inner_past(at, client):
    work = make.document(at, "77/2031/TT-BTN", audience="units", live=True)
    inner = work.publication_record
    work = revise(work, at, audience="public", text="Điều 1. Công khai\nChữ công khai.")
    lines = [json.loads(row) for row in client.get(PAGES[2]).content.decode().splitlines()]
    assert ["facts" in line for line in lines] == [False, True]
    body = client.get(f"{work.get_absolute_url()}lich-su/").content.decode()
    assert f"dong-{inner.number}" not in body.replace(f"#dong-{inner.number}", "")
    assert client.get(f"{work.get_absolute_url()}lich-su/{inner.number}/").status_code == 404
    shown = client.get(f"{work.get_absolute_url()}lich-su/{inner.number + 1}/")
    assert shown.status_code == 200
    assert "phơi hạt mít" not in shown.content.decode().split("</h1>")[1], "no difference to it"


@pytest.mark.parametrize("state", ["public", "units", "chosen"])
def test_the_ledger_tells_of_live_items_as_the_one_policy_says(at, state):
    work = make.document(at, audience=state, units=[at.a], live=True)
    from portal.organisations.access import access_of

    for person in (None, at.member_a, at.member_b, at.office_member):
        audience = access_of(person).audience if person else PUBLIC
        told = telling.told([work.publication_record], audience)
        assert bool(told) is work.is_visible_to(audience)
        seen = type(work).objects.visible_to(audience).filter(pk=work.pk).exists()
        assert bool(told) is seen


def test_the_chain_can_be_proved_from_the_public_lines_alone(at, client):
    make.document(at, live=True)
    make.document(at, "02/2031/TT-BTN", audience="units", live=True)
    make.withdraw(make.document(at, "03/2031/TT-BTN", live=True), at)
    previous = "0" * 64
    for text in client.get(PAGES[2]).content.decode().splitlines():
        line = json.loads(text)
        if "facts" in line:
            assert sealed(line["salt"], line["facts"]) == line["item"]
        head = {name: line[name] for name in ("number", "act", "at", "format", "item", "inner")}
        assert line["previous"] == previous
        previous = chain(previous, head)
        assert line["hash"] == previous


def test_same_content_does_not_show_as_same_seal(at):
    """Who holds the text of an internal document can't find its line by computing it."""
    work = make.document(at, audience="units", live=True)
    line = work.publication_record
    assert sealed("", line.facts()) != line.chained_content()["item"]
    assert len({row.salt for row in PublicationRecord.objects.all()} | {""}) == 2


def test_filters_and_paging(at, client):
    for number in range(1, 4):
        make.document(at, f"0{number}/2031/TT-BTN", live=True)
    make.withdraw(type_of(at, "03/2031/TT-BTN"), at)
    numbers = lambda query: [  # noqa: E731
        row.line.number for row in client.get(f"/so-cong-bo/{query}").context["rows"]
    ]
    assert numbers("") == [4, 3, 2, 1]
    assert numbers("?viec=go-khan") == [4]
    assert numbers("?viec=khong-co&tu=hom-qua&truoc=x") == [4, 3, 2, 1]
    assert numbers("?truoc=3") == [2, 1]
    assert numbers("?den=01/01/2020") == []
    assert numbers("?tu=01/01/2020&den=31/12/9998") == [4, 3, 2, 1]
    assert numbers("?tu=99/99/9999&den=31/12/9999") == [4, 3, 2, 1]
    assert client.get("/so-cong-bo/so-cong-bo.jsonl?sau=3").content.count(b"\n") == 1


def type_of(at, number):
    from legal_docs.models import LegalDocument

    return LegalDocument.objects.get(number=number)


def test_queries_do_not_grow_with_lines(at, client):
    def count() -> int:
        client.get("/so-cong-bo/?x=1")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/so-cong-bo/?x={PublicationRecord.objects.count()}")
        return len(captured)

    for number in range(1, 4):
        make.document(at, f"{number}/2031/TT-BTN", live=True)
    few = count()
    for number in range(4, 24):
        make.document(at, f"{number}/2031/TT-BTN", live=True)
    assert count() <= few <= 6


# --- tombstones -----------------------------------------------------------------------------


def withdrawn(at, **fields):
    work = make.document(at, "77/2031/TT-BTN", subject="Về con cua", **fields)
    file = make.attach_file(work)
    work = make.publish(work, at)
    outbox.drain()
    approver = work.publication_record.approval.approved_by
    publishing.withdraw_by(
        work, approver, "Lộ số điện thoại của ông Bưởi", note="Đăng nhầm bản dự thảo"
    )
    return type(work).objects.get(pk=work.pk), file


def test_a_withdrawn_public_document_leaves_a_tombstone(at, client):
    work, file = withdrawn(at)
    base = work.get_absolute_url()
    for url in (base, f"{base}thuoc-tinh/", f"{base}dieu-1/", f"{base}tep/{file.pk}/",
                f"{base}lich-su/", f"{base}lich-su/1/", f"{base}tim/?q=a"):  # fmt: skip
        response = client.get(url)
        assert response.status_code == 410, url
        body = response.content.decode()
        assert "77/2031/TT-BTN" in body and "Đăng nhầm bản dự thảo" in body
        for secret in ("Bưởi", "con cua", "phơi", at.head_a.username):
            assert secret not in body
        assert "s-maxage" not in response.headers["Cache-Control"]


@pytest.mark.parametrize("audience", ["units", "chosen"])
def test_an_internal_one_is_nothing_to_strangers(at, client, audience):
    work, _file = withdrawn(at, audience=audience, units=[at.a])
    assert client.get(work.get_absolute_url()).status_code == 404
    client.force_login(at.member_b)
    expected = 410 if audience == "units" else 404
    assert client.get(work.get_absolute_url()).status_code == expected
    client.force_login(at.member_a)
    assert client.get(work.get_absolute_url()).status_code == 410


def test_what_was_edited_after_the_withdrawal_changes_no_tombstone(at, client):
    work, _file = withdrawn(at, audience="units")
    work.audience, work.number = "public", "78/2031/TT-BTN"
    work.save()
    for path in (work.get_absolute_url(), "/van-ban/bo-thu-nghiem/77-2031-tt-btn/"):
        assert client.get(path).status_code == 404


def test_a_draft_and_a_stub_leave_none(at, client):
    draft = make.document(at)
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_it_is_gone_at_once_from_shelf_lists_search_and_feed(at, client):
    work = make.document(at, "77/2031/TT-BTN", subject="Về con cua", live=True)
    outbox.drain()
    base = work.get_absolute_url()
    urls = (base, "/van-ban/", "/", "/tim-kiem/?q=con+cua", "/tim-kiem/ket-qua.atom?q=con+cua")
    for url in urls:
        for _again in range(2):  # the second comes from the shelf
            assert "cua" in client.get(url).content.decode(), url
    make.withdraw(work, at)
    assert client.get(base).status_code == 410
    for url in urls[1:]:
        body = client.get(url).content.decode()
        assert "Về con cua" not in body and base not in body, url


def test_relations_stay_and_say_that_it_was_withdrawn(at, client):
    target = make.document(at, "77/2031/TT-BTN", subject="Về con cua", live=True)
    other = make.document(at, "08/2031/TT-BTN")
    make.relate(other, "sua_doi_bo_sung", target)
    other = make.publish(other, at)
    make.withdraw(target, at)
    body = client.get(f"{other.get_absolute_url()}lien-quan/").content.decode()
    assert "77/2031/TT-BTN" in body and "con cua" not in body
    assert 'class="count"' in body


def test_relations_to_a_withdrawn_internal_one_do_not(at, client):
    target = make.document(at, "77/2031/TT-BTN", audience="units", live=True)
    other = make.document(at, "08/2031/TT-BTN")
    make.relate(other, "sua_doi_bo_sung", target)
    other = make.publish(other, at)
    make.withdraw(target, at)
    assert "77/2031" not in client.get(f"{other.get_absolute_url()}lien-quan/").content.decode()


# --- history --------------------------------------------------------------------------------


def test_both_versions_can_be_read_with_their_difference(at, client):
    work = make.document(at, live=True)
    work = revise(
        work, at, note="Sửa lỗi đánh máy",
        text="Điều 1. Phạm vi điều chỉnh\nVăn bản này quy định về Quy định về phơi hạt mít.\n"
        "Điều 2. Hiệu lực thi hành\nVăn bản này có hiệu lực từ ngày đăng.",
    )  # fmt: skip
    base = work.get_absolute_url()
    body = client.get(f"{base}lich-su/").content.decode()
    assert "Sửa lỗi đánh máy" in body
    old, new = client.get(f"{base}lich-su/1/"), client.get(f"{base}lich-su/2/")
    assert "có hiệu lực từ ngày ký" in old.content.decode()
    assert "<ins>" not in old.content.decode()
    assert "từ ngày <del>đăng" not in new.content.decode()
    assert "<ins>đăng.</ins>" in new.content.decode()
    assert "<del>ký.</del>" in new.content.decode()
    [change] = new.context["version"].changes
    assert change.place == "Điều 2"


def test_what_was_withdrawn_is_not_read_through_history(at, client):
    work = make.document(at, text="Điều 1. Lộ\nSố điện thoại 0900.", live=True)
    work = make.withdraw(work, at)
    make.with_text(work, "Điều 1. Sạch\nKhông có gì.")
    work = make.publish(work, at)
    base = work.get_absolute_url()
    assert client.get(f"{base}lich-su/").status_code == 200
    assert client.get(f"{base}lich-su/1/").status_code == 404
    shown = client.get(f"{base}lich-su/3/").content.decode()
    assert "0900" not in shown and "Không có gì" in shown


def test_a_line_of_another_document_is_not_read_here(at, client):
    one, two = make.document(at, live=True), make.document(at, "02/2031/TT-BTN", live=True)
    assert client.get(f"{one.get_absolute_url()}lich-su/2/").status_code == 404
    assert client.get(f"{two.get_absolute_url()}lich-su/2/").status_code == 200
