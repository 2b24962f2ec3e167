"""Publication checks that know law: each finds its error, a clean draft has none of it."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from legal_docs import examining
from legal_docs.comparing import compare
from legal_docs.models import (
    ExaminedFile,
    Expression,
    LegalDocumentSignature,
    Provision,
    Relation,
    Signer,
    WorkIdentity,
)
from legal_docs.numbering.grammar import Expected, faults
from legal_docs.proposals.offices import fits
from legal_docs.signatures import Signatures, Verdict
from legal_docs.validity.lead_time import lead_time
from portal.editorial import checks
from portal.editorial.models import CheckSetting
from portal.organisations.models import AuditEntry
from tests import factories as make

DAY = dt.date(2026, 5, 5)
TEXT = (
    "Điều 1. Phạm vi\nThông tư này quy định về phơi hạt mít.\n"
    "Điều 2. Hiệu lực\nThông tư này có hiệu lực từ ngày 01 tháng 8 năm 2026."
)


@pytest.fixture
def at(db):
    return make.house()


def document(at, **fields):
    fields = {"issued": DAY, "in_force": dt.date(2026, 8, 1), "text": TEXT} | fields
    return make.document(at, fields.pop("number", "01/2026/TT-BTN"), **fields)


def draft_of(work):
    return type(work).objects.get(pk=work.pk).get_latest_revision_as_object()


def codes(work) -> set[str]:
    return {one.code for one in checks.run(draft_of(work))}


def findings(work, code: str) -> list:
    return [one for one in checks.run(draft_of(work)) if one.code == code]


def put(html: str, work) -> None:
    """Into the first article of the waiting text."""
    text = Expression.objects.get(work=work.identity)
    row = text.provisions.order_by("order").first()
    at = text.html.index("</section>", row.start)
    Expression.objects.filter(pk=text.pk).update(html=text.html[:at] + html + text.html[at:])
    for one in text.provisions.all():
        moved = {"end": one.end + len(html)}
        if one.start > at:
            moved["start"] = one.start + len(html)
        Provision.objects.filter(pk=one.pk).update(**moved)


def test_a_clean_draft_has_nothing(at):
    assert codes(document(at)) == set()


def test_every_check_says_who_it_is():
    every = checks.all_checks()
    assert len(every) >= 20
    for check in every:
        assert check.code and check.label and check.explanation, check
    assert len({check.code for check in every}) == len(every)


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<p>Ông Mít, CMND 123456789</p>", "personal-data"),
        ("<p>khiếu nại của ông Nguyễn Văn Mít</p>", "complaint-names"),
        ('<p><img src="/a.png" alt=""></p>', "picture-words"),
        ('<p><a href="htp://a">a</a></p>', "dead-links"),
        ('<p><a href="/van-ban/bo-khong-co/1-2031-tt-btn/">a</a></p>', "dead-links"),
        ("<p>quy ®Þnh</p>", "old-encoding"),
        ("<p>Ủy ban nhân dân cấp huyện</p>", "names-by-date"),
        (
            '<p><a class="citation" href="/dan-chieu/?so=9%2F2031%2FTT-BTN">9/2031/TT-BTN</a></p>',
            "citations-absent",
        ),
    ],
)
def test_a_text_is_read(at, html, code):
    work = document(at)
    put(html, work)
    (found,) = findings(work, code)
    assert (found.place, found.place_label) == ("provision:dieu-1", "Điều 1")


def test_a_mark_of_secrecy_blocks(at):
    work = document(at, text=f"TỐI MẬT\nSố: 01/2026/TT-BTN\n{TEXT}")
    (found,) = findings(work, "secrecy-mark")
    assert found.blocks
    assert "secrecy-mark" not in codes(
        document(at, number="02/2026/TT-BTN", text=TEXT + " Tối mật.")
    )


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"in_force": dt.date(2026, 5, 1)}, "dates-impossible"),
        ({"expires": dt.date(2026, 7, 1)}, "dates-impossible"),
        ({"gazette_date": dt.date(2026, 1, 1)}, "dates-impossible"),
        ({"issued": None}, "dates-doubtful"),
        ({"in_force": None}, "dates-doubtful"),
        ({"issued": dt.date(2031, 1, 1), "in_force": dt.date(2031, 8, 1)}, "dates-doubtful"),
        ({"in_force": dt.date(2026, 5, 20)}, "lead-time"),
        ({"number": "01/2020/TT-BTN"}, "number-grammar"),
        ({"number": "01/2026/NĐ-BTN"}, "number-grammar"),
        ({"number": "số một"}, "number-grammar"),
    ],
)
def test_attributes_are_read(at, fields, code):
    assert code in codes(document(at, **fields))


def test_impossible_dates_block_and_lead_time_names_its_article(at):
    work = document(at, in_force=dt.date(2026, 5, 1))
    assert findings(work, "dates-impossible")[0].blocks
    work = document(at, number="02/2026/TT-BTN", in_force=dt.date(2026, 5, 20))
    (found,) = findings(work, "lead-time")
    assert "Điều 53" in found.message and not found.blocks


def test_the_signer_must_fit(at):
    work = document(at)
    draft = draft_of(work)
    signer = Signer.objects.create(name="Nguyễn Văn Mít")
    for title, odd in (("Thứ trưởng", False), ("Chủ tịch", True), ("", False)):
        draft.signatures = [LegalDocumentSignature(signer=signer, title=title)]
        assert ("signer-title" in {one.code for one in checks.run(draft)}) is odd


def test_doubles_and_gaps(at):
    first, second = document(at), document(at, number="1/2026/TT-BTN ".strip())
    assert "identity-double" in codes(second) or first.number != second.number
    same = document(at, number=first.number)
    assert first.title in findings(same, "identity-double")[0].message
    gap = document(at, number="03/2026/TT-BTN", text=TEXT + "\nĐiều 4. Thi hành\nNội dung.")
    assert findings(gap, "outline")[0].place == "provision:dieu-4"


def test_relations(at):
    work = document(at)
    other = document(at, number="05/2020/TT-BTN", issued=dt.date(2020, 1, 1), live=True)
    hidden = document(at, number="06/2020/TT-BTN", issued=dt.date(2020, 1, 1))
    stub = WorkIdentity.objects.create(number="7/2020/TT-BTN", number_key="7-2020-tt-btn")
    younger = document(at, number="08/2026/TT-BTN", issued=dt.date(2026, 6, 1), live=True)
    make.relate(work, "can_cu", other)
    assert "relation-ends" not in codes(work)
    make.relate(work, "can_cu", hidden)
    make.relate(work, "sua_doi_bo_sung", other, whole=False, target_provision="dieu-9.khoan-1")
    make.relate(work, "sua_doi_bo_sung", younger, whole=False, target_provision="dieu-1")
    said = [one.message for one in findings(work, "relation-ends")]
    assert len(said) == 3
    Relation.objects.create(
        source=work.identity, target=stub, kind="can_cu", stated_by=work.identity
    )
    assert len(findings(work, "relation-absent")) == 1


def test_two_that_end_each_other(at):
    work, other = document(at), document(at, number="02/2026/TT-BTN")
    make.relate(work, "thay_the", other)
    assert len(findings(work, "relation-ends")) == 1  # not published
    make.relate(other, "bai_bo", work)
    assert len(findings(work, "relation-ends")) == 2  # and a circle


def test_what_is_replaced_must_end(at):
    other = document(at, number="05/2020/TT-BTN", issued=dt.date(2020, 1, 1),
                     in_force=dt.date(2020, 3, 1), live=True)  # fmt: skip
    work = document(at, in_force=None)
    make.relate(work, "thay_the", other)
    assert len(findings(work, "relation-no-end")) == 1
    said = document(
        at,
        number="09/2026/TT-BTN",
        text=TEXT + "\nThông tư này thay thế Thông tư số 05/2020/TT-BTN ngày 01 tháng 01 năm 2020.",
    )
    assert other.number in findings(said, "relation-no-end")[0].message
    make.relate(said, "thay_the", other)
    assert findings(said, "relation-no-end") == []


def examined(file, verdict=Verdict.WHOLE, **fields):
    return ExaminedFile.objects.create(
        sha256=file.sha256, signatures=Signatures(verdict).as_json(), **fields
    )


def test_the_text_against_its_original(at):
    work = document(at)
    file = make.attach_file(work)
    assert len(findings(work, "original")) == 1  # it waits to be read
    row = examined(file, text=TEXT, number="01/2026/TT-BTN", issued=DAY, articles=2)
    assert codes(work) == set()
    row.number, row.issued, row.articles = "09/2026/TT-BTN", dt.date(2026, 5, 6), 3
    row.text = TEXT.replace("hạt mít", "vỏ quýt khô")
    row.save()
    said = findings(work, "original")
    assert len(said) == 4
    assert {one.place for one in said} == {f"file:{file.sha256}"}
    ExaminedFile.objects.update(text="", problem="Tệp PDF này chỉ có ảnh.")
    assert "chỉ có ảnh" in findings(work, "original")[0].message


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        (Verdict.ALTERED, "signature-altered"),
        (Verdict.BROKEN, "signature-altered"),
        (Verdict.UNREADABLE, "signature-altered"),
        (Verdict.UNSIGNED, "signature-absent"),
        (Verdict.WHOLE, ""),
    ],
)
def test_signatures_of_the_original(at, verdict, code):
    work = document(at)
    examined(make.attach_file(work), verdict, text=TEXT, articles=2)
    assert codes(work) == ({code} if code else set())


def test_a_secret_original_blocks(at):
    work = document(at)
    examined(make.attach_file(work), text=f"BỘ THỬ NGHIỆM\nTUYỆT MẬT\n{TEXT}", articles=2)
    assert findings(work, "secrecy-mark")[0].blocks


def test_files_are_examined_once_and_missing_ones_said(at, tmp_path):
    work = document(at)
    file = make.attach_file(work)
    assert examining.waiting() == [file.sha256]
    assert examining.examine_waiting() == 1
    assert (examining.waiting(), examining.examine_waiting()) == ([], 0)
    assert "signature-altered" in codes(work)  # the bytes of the factory are no PDF
    file.file.storage.delete(file.file.name)
    row = examining.examine(file.sha256)
    assert examining.signatures_of(row).problem == "missing"
    assert examining.examine("0" * 64) is None
    row.signatures = {"verdict": "gi do"}
    assert examining.signatures_of(row).verdict == Verdict.UNREADABLE


def test_the_tab_of_the_original_shows_signatures(at, client):
    work = document(at)
    file = make.attach_file(work)
    examined(file, Verdict.ALTERED, text=TEXT, articles=2)
    live = make.publish(work, at)
    page = client.get(f"{live.get_absolute_url()}van-ban-goc/")
    assert page.status_code == 200
    assert "signatures" in page.content.decode()


def test_levels_are_data_and_a_broken_check_stops_nobody(at, monkeypatch):
    work = document(at, in_force=dt.date(2026, 5, 1))
    CheckSetting.objects.create(code="dates-impossible", severity="thong-tin")
    assert not findings(work, "dates-impossible")[0].blocks
    CheckSetting.objects.update(severity="tat")
    assert findings(work, "dates-impossible") == []

    def broken(self, draft):
        with connection.cursor() as cursor:
            cursor.execute("SELECT khong_co FROM khong_co")
        return []

    kind = type(next(one for one in checks.all_checks() if one.code == "lead-time"))
    monkeypatch.setattr(kind, "look", broken)
    put("<p>quy ®Þnh</p>", work)
    assert "old-encoding" in codes(work)
    monkeypatch.setattr(kind, "look", lambda self, draft: 1 / 0)
    assert "old-encoding" in codes(work)


def test_directives_are_checked_too(at):
    work = make.directive(at, issued=DAY, text="Kính gửi các sở.\nÔng Mít, CMND 123456789.")
    assert "personal-data" in codes(work)


def test_personal_data_is_hidden(at, client):
    work = document(at, subject="Về khiếu nại của ông Nguyễn Văn Mít")
    put("<p>Ông <b>Mít</b>, CMND 123456789, &lt;điện&gt; 0912 345 678; 123456789.</p>", work)
    url = f"/admin/che-thong-tin/legal_docs.legaldocument/{work.pk}/"
    client.force_login(at.member_a)
    assert client.get(url).status_code in (302, 403, 404)
    client.force_login(at.clerk_b)
    assert client.get(url).status_code == 404
    client.force_login(at.clerk_a)
    page = client.get(url).content.decode()
    assert "123456789" in page and "0912 345 678" in page
    chosen = {"hide": ["123456789", "Nguyễn Văn Mít", "la"], "more": "0912 345 678\nab"}
    assert client.post(url, chosen).status_code == 302
    text = Expression.objects.get(work=work.identity)
    assert text.html.count("[đã che]") == 3
    assert "123456789" not in text.html and "&lt;điện&gt;" in text.html
    assert draft_of(work).subject == "Về khiếu nại của ông [đã che]"
    for row in text.provisions.all():
        assert text.html[row.start : row.end].startswith("<section")
        assert text.html[: row.end].endswith("</section>\n")
        assert "123456789" not in row.text
    assert "personal-data" not in codes(work)
    entry = AuditEntry.objects.get(action="item.redacted")
    assert (entry.actor, "123456789" in str(entry.changes)) == (at.clerk_a, False)


def test_a_live_text_is_hidden_by_a_draft_beside_it(at):
    work = document(at)
    put("<p>CMND 123456789</p>", work)
    # What was put in past the parser is made the text that is approved.
    text = Expression.objects.get(work=work.identity)
    from legal_docs import matching

    Expression.objects.filter(pk=text.pk).update(text_hash=matching.text_hash(text.html))
    live = make.publish(work, at)
    assert draft_of(live).redact(["123456789"], "[đã che]") == 1
    states = dict(Expression.objects.filter(work=live.identity).values_list("state", "html"))
    assert "123456789" in states["dang"] and "123456789" not in states["nhap"]
    assert "personal-data" not in codes(live)


def test_a_whole_run_is_quick_and_asks_little(at):
    articles = "\n".join(
        f"Điều {n}. Nội dung thứ {n}\n1. Khoản một về phơi hạt mít theo Thông tư {n}/2019/TT-BYT; "
        + "cơ quan, tổ chức, cá nhân thực hiện theo quy định của pháp luật. " * 6
        + "\n2. Khoản hai quy định chi tiết việc bảo quản."
        for n in range(1, 301)
    )
    work = document(at, text=articles)
    examined(make.attach_file(work), text=articles, articles=300)
    draft = draft_of(work)
    checks.run(draft)
    took = []
    for _time in range(5):
        draft = draft_of(work)
        begun = time.process_time()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            checks.run(draft)
        took.append(time.process_time() - begun)
    assert len(asked) <= 20, [one["sql"][:120] for one in asked]
    assert min(took) < 0.15


# --- the rules without a database -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "expected", "found"),
    [
        ("12/2031/NĐ-CP", Expected("NĐ", "{so}/{nam}/NĐ-CP", dt.date(2031, 1, 1)), []),
        ("12/NĐ-CP", Expected("NĐ", "{so}/{nam}/NĐ-CP", dt.date(2031, 1, 1)), ["form"]),
        ("12/NĐ-CP", Expected("NĐ", "{so}/{nam}/NĐ-CP", dt.date(1990, 1, 1)), []),
        ("12/2030/NĐ-CP", Expected("NĐ", "{so}/{nam}/NĐ-CP", dt.date(2031, 1, 1)), ["year"]),
        ("31/2024/QH15", Expected("L", "{so}/{nam}/QH{khoa}", dt.date(2024, 1, 18)), []),
        ("15/CT-TTg", Expected("CT", "{so}/CT-{CQ}"), []),
        ("", Expected("CT", "{so}/CT-{CQ}"), ["no-number"]),
        ("", Expected("", "(không số)"), []),
        ("1/2031/TT-BYT", Expected("TT", "", None, frozenset({"BTC"}), frozenset({"BYT"})), ["issuer"]),
        ("1/2031/TT-BLA", Expected("TT", "", None, frozenset({"BTC"}), frozenset({"BYT"})), []),
        ("1/2031/TT-BNN&PTNT", Expected("TT", "", None, frozenset({"BNNPTNT"}), frozenset({"BNN"})), []),
    ],
)  # fmt: skip
def test_grammar_of_numbers(number, expected, found):
    assert [fault for fault, _part in faults(number, expected)] == found


def test_offices_and_lead_times():
    assert fits("Quyền Bộ trưởng", ("Bộ Y tế",), normative=True)
    assert fits("Chánh Văn phòng", ("Bộ Y tế",), normative=False)
    assert not fits("Chánh Văn phòng", ("Bộ Y tế",), normative=True)
    assert fits("Chủ tịch Hội", ("Hội Vườn",), normative=True)
    assert lead_time("tinh", dt.date(2026, 1, 1)).days == 10
    assert lead_time("don-vi", dt.date(2026, 1, 1)) is None


def test_comparing_does_not_mind_the_order():
    one = compare("Số: 12 BỘ Y TẾ\nĐiều 1. a b c", "BỘ Y TẾ Số: 12\nĐiều 1. a b c")
    assert one.share == 0
    assert compare("", "").share == 0
    assert compare("abc", "").missing == 1
