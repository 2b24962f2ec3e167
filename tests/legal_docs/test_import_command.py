"""``import_documents`` over every shape of source, twice, changed, broken, and killed halfway.

All files are small, made here, and fiction.
"""

from __future__ import annotations

import io
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

import pikepdf
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from docx import Document as Word

from legal_docs.models import Expression, ImportRecord, LegalDocument, Relation, WorkIdentity
from portal.editorial.models import PublicationRecord
from tests import factories as make

REPOSITORY = Path(__file__).resolve().parents[2]
BODY = (
    "BỘ THỬ NGHIỆM\nSố: {number}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Hà Nội, ngày 05 tháng 01 năm 2031\n\nTHÔNG TƯ\n{subject}\n\n"
    "Điều 1. Phạm vi điều chỉnh\nThông tư này quy định về {subject}.\n"
    "Điều 2. Hiệu lực thi hành\nThông tư này có hiệu lực từ ngày 01 tháng 02 năm 2031."
)


@pytest.fixture
def at(db):
    from django.core.management import call_command

    call_command("load_reference", verbosity=0, stdout=io.StringIO())
    return make.house()


def record(number: str = "11/2031/TT-BTN", **fields) -> dict:
    """A record in the portal's own form."""
    return {
        "id": f"cu-{number}",
        "number": number,
        "type": "Thông tư",
        "issuers": ["Bộ Thử nghiệm"],
        "subject": f"Quy định về việc thử {number}",
        "issued": "2031-01-05",
        "in_force": "2031-02-01",
        "text": {"plain": BODY.format(number=number, subject="việc thử")},
        **fields,
    }


def lines(path: Path, *records) -> Path:
    rows = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in records]
    path.write_bytes(b"\n".join(rows) + b"\n")
    return path


def run(at, *paths, **options) -> tuple[list[dict], str]:
    """(report lines, what the command printed)."""
    out, report = io.StringIO(), paths[0].parent / "bao-cao.out"
    options.setdefault("unit", at.a.slug)
    call_command("import_documents", *map(str, paths), report=report, stdout=out, **options)
    return [
        json.loads(row) for row in report.read_text(encoding="utf-8").splitlines()
    ], out.getvalue()


def results(report: list[dict]) -> list[str]:
    return [row["result"] for row in report]


def dump() -> dict[str, list]:
    """Every row of every table of ours, and the revisions."""
    labels = {"legal_docs", "directives", "editorial", "organisations", "wagtailcore", "taggit"}
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in labels
    }


# --- shapes -----------------------------------------------------------------------------------


def word_file(path: Path) -> Path:
    document = Word()
    for line in BODY.format(number="21/2031/TT-BTN", subject="phơi rơm").split("\n"):
        document.add_paragraph(line)
    document.save(path)
    return path


def pdf_file(path: Path) -> Path:
    """One page of plain Latin text: a PDF without Vietnamese fonts can hold no more."""
    text = ["BO THU NGHIEM", "So: 22/2031/TT-BTN", "THONG TU", "Ve viec phoi rom"] + [
        f"Dieu {n}. Noi dung thu nghiem so {n} cua van ban nay" for n in range(1, 9)
    ]
    stream = "BT /F1 11 Tf 60 780 Td 16 TL " + " ".join(f"({row}) Tj T*" for row in text) + " ET"
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    page = pdf.pages[0]
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    page.Contents = pdf.make_stream(stream.encode())
    pdf.save(path)
    return path


def html_page(number: str) -> str:
    body = "".join(
        f"<p>{row}</p>" for row in BODY.format(number=number, subject="phơi rơm").split("\n")
    )
    return (
        f"<!doctype html><html><head><meta charset='utf-8'></head><body><h1>Thông tư số {number} "
        f"Về việc phơi rơm</h1><div id='toanvancontent'>{body}</div></body></html>"
    )


def packed(path: Path, *numbers: str) -> Path:
    from backports import zstd

    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for number in numbers:
            content = html_page(number).encode()
            entry = tarfile.TarInfo(f"trang-{number.split('/')[0]}.html")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    path.write_bytes(zstd.compress(stream.getvalue()))
    return path


def text_file(path: Path, number: str) -> Path:
    path.write_text(BODY.format(number=number, subject="phơi rơm"), encoding="utf-8")
    return path


PHAPDIEN = {
    "vbpl_id": "501", "so_ky_hieu": "31/2031/TT-BTN", "loai": "Thông tư", "co_quan": "Bộ Thử nghiệm",
    "trich_yeu": "Về phơi rơm", "ngay_ban_hanh": "2031-01-05", "ngay_hieu_luc": "2031-02-01",
    "dieu": [{"so": "Điều 1", "tieu_de": "Phạm vi", "noi_dung": "Văn bản này về rơm."}],
}  # fmt: skip
CONGBAO = {
    "raw_file": "32.html", "so_ky_hieu": "32/2031/TT-BTN", "loai": "Thông tư", "cong_bao": "Số 1+2",
    "co_quan": "Bộ Thử nghiệm", "trich_yeu": "Về phơi rạ", "ngay_ban_hanh": "2031-01-06",
    "nguoi_ky": "Nguyễn Văn Thử",
}  # fmt: skip
CONTENTS = {
    "cong_bao": "Số 3+4", "so_ky_hieu": "33/2031/TT-BTN", "trang": "5", "ngay_ban_hanh": "2031-01-07",
    "tieu_de": "Thông tư số 33/2031/TT-BTN ngày 07/01/2031 về phơi bèo",
}  # fmt: skip
FULL_TEXT = {
    "slug": "thong-tu-so-34-2031-tt-btn-12345", "so_hieu": "34/2031/TT-BTN", "loai": "Thông tư",
    "full_text": BODY.format(number="34/2031/TT-BTN", subject="phơi tảo"),
}  # fmt: skip
VBPL = {
    "vbpl_id": "601", "loai_ban_ghi": "toan_van", "so_ky_hieu": "35/2031/TT-BTN", "loai": "Thông tư",
    "co_quan": "Bộ Thử nghiệm", "trich_yeu": "Về phơi cói", "ngay_ban_hanh": "2031-01-08",
    "toan_van": BODY.format(number="35/2031/TT-BTN", subject="phơi cói"),
}  # fmt: skip
SHAPES = {
    "portal": (lambda folder: lines(folder / "a.jsonl", record()), "11/2031/TT-BTN"),
    "phapdien": (lambda folder: lines(folder / "a.jsonl", PHAPDIEN), "31/2031/TT-BTN"),
    "congbao-metadata": (lambda folder: lines(folder / "a.jsonl", CONGBAO), "32/2031/TT-BTN"),
    "congbao-contents": (lambda folder: lines(folder / "a.jsonl", CONTENTS), "33/2031/TT-BTN"),
    "congbao-text": (lambda folder: lines(folder / "a.jsonl", FULL_TEXT), "34/2031/TT-BTN"),
    "vbpl": (lambda folder: lines(folder / "a.jsonl", VBPL), "35/2031/TT-BTN"),
    "vbpl-archive": (
        lambda folder: packed(folder / "a.tar.zst", "36/2031/TT-BTN"),
        "36/2031/TT-BTN",
    ),
    "word": (lambda folder: word_file(folder / "a.docx"), "21/2031/TT-BTN"),
    "text": (lambda folder: text_file(folder / "a.txt", "23/2031/TT-BTN"), "23/2031/TT-BTN"),
    "markdown": (lambda folder: text_file(folder / "a.md", "24/2031/TT-BTN"), "24/2031/TT-BTN"),
    "pdf": (lambda folder: pdf_file(folder / "a.pdf"), ""),  # a number without accents is no number
}


def page_file(folder: Path) -> Path:
    path = folder / "a.html"
    path.write_text(html_page("25/2031/TT-BTN"), encoding="utf-8")
    return path


SHAPES["html"] = (page_file, "25/2031/TT-BTN")


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_lands_as_a_draft_and_a_second_run_writes_nothing(at, tmp_path, shape):
    build, number = SHAPES[shape]
    folder = tmp_path / "nguon"
    folder.mkdir()
    path = build(folder)
    report, printed = run(at, path)
    assert results(report) == ["created"], report
    work = LegalDocument.objects.get()
    assert (work.number, work.live, work.owner) == (number, False, at.a)
    assert work.latest_revision is not None
    assert not PublicationRecord.objects.exists()
    assert "1 tạo mới" in printed
    before = dump()
    report, printed = run(at, path)
    assert results(report) == ["unchanged"]
    assert dump() == before


def test_a_mandate_puts_its_own_files_live(at, tmp_path):
    path = lines(tmp_path / "a.jsonl", record(), record("12/2031/TT-BTN"))
    mandate = make.mandate(at, files=[path])
    run(at, path, mandate=mandate.pk)
    works = LegalDocument.objects.order_by("pk")
    assert [work.live for work in works] == [True, True]
    assert all(work.publication_record.mandate == mandate for work in works)
    assert all(work.publication_record.content_hash == work.approval_hash() for work in works)
    assert set(Expression.objects.values_list("state", flat=True)) == {"dang"}


@pytest.mark.parametrize("fault", ["unapproved", "other-files", "changed", "ended", "unknown"])
def test_no_other_mandate_puts_anything_live(at, tmp_path, fault):
    path = lines(tmp_path / "a.jsonl", record())
    other = lines(tmp_path / "b.jsonl", record("99/2031/TT-BTN"))
    mandate = make.mandate(
        at, files=[other if fault == "other-files" else path], approved=fault != "unapproved"
    )
    rows = type(mandate).objects.filter(pk=mandate.pk)
    if fault == "changed":
        rows.update(authority="Không ai duyệt câu này")
    if fault == "ended":
        rows.update(valid_until="2020-01-01")
    with pytest.raises(CommandError):
        run(at, path, mandate=4711 if fault == "unknown" else mandate.pk)
    assert not LegalDocument.objects.exists()


def test_a_changed_record_waits_as_a_draft_while_the_live_text_stands(at, tmp_path, client):
    path = lines(tmp_path / "a.jsonl", record(keywords=["rơm"]))
    run(at, path, mandate=make.mandate(at, files=[path]).pk)
    before = LegalDocument.objects.get()
    text = BODY.format(number="11/2031/TT-BTN", subject="việc hoàn toàn khác")
    changed = record(subject="Trích yếu mới", keywords=["rơm", "rạ"], text={"plain": text})
    report, _out = run(at, lines(path, changed))
    assert results(report) == ["updated"]
    work = LegalDocument.objects.get()
    assert work.live and work.subject == before.subject
    assert set(work.keywords.names()) == {"rơm"}
    assert work.has_unpublished_changes
    assert work.latest_revision_id != before.latest_revision_id
    body = client.get(work.get_absolute_url()).content.decode()
    assert "hoàn toàn khác" not in body and "việc thử" in body
    draft = work.get_latest_revision_as_object()
    assert draft.subject == "Trích yếu mới"
    make.publish(work, at)
    assert "hoàn toàn khác" in client.get(work.get_absolute_url()).content.decode()
    assert set(LegalDocument.objects.get().keywords.names()) == {"rơm", "rạ"}


def test_a_relation_to_a_missing_document_resolves_when_that_arrives(at, tmp_path, client):
    acting = record(relations=[{"kind": "thay_the", "number": "12/2029/TT-BTN"}])
    path = lines(tmp_path / "a.jsonl", acting)
    run(at, path, mandate=make.mandate(at, files=[path]).pk)
    relation = Relation.objects.get()
    assert relation.target.is_stub
    missing = record("12/2029/TT-BTN", issued="2029-01-05", in_force="2029-02-01")
    path = lines(tmp_path / "b.jsonl", missing)
    run(at, path, mandate=make.mandate(at, files=[path]).pk)
    relation = Relation.objects.select_related("target").get()
    assert not relation.target.is_stub
    page = client.get(f"{relation.target.url}?ngay=2032-01-01")
    assert page.context["status"].code == "het_hieu_luc_toan_bo"
    assert page.context["status"].cause_url == relation.source.url


def test_a_double_is_named(at, tmp_path):
    path = lines(tmp_path / "a.jsonl", record(), record(id="cu-khac"))
    report, _out = run(at, path)
    assert results(report) == ["created", "created"]
    assert "Thông tư 11/2031/TT-BTN" in report[1]["reason"]
    assert LegalDocument.objects.count() == 2
    assert WorkIdentity.objects.exclude(path=None).values("path").distinct().count() == 2


def test_a_rehearsal_writes_nothing_and_proposes(at, tmp_path):
    path, before = text_file(tmp_path / "a.txt", "23/2031/TT-BTN"), dump()
    report, _out = run(at, path, dry_run=True)
    assert dump() == before
    (line,) = report
    assert line["proposals"]["number"] == "23/2031/TT-BTN"
    assert line["proposals"]["issued"] == "2031-01-05"
    assert line["proposals"]["type"] == "Thông tư"
    assert "Bộ Thử nghiệm" in line["proposals"]["issuers"]
    assert len(line["outline"]) >= 2
    assert line["proposals"]["excerpts"]


def test_a_deleted_draft_can_be_imported_again(at, tmp_path):
    path = lines(tmp_path / "a.jsonl", record())
    run(at, path)
    LegalDocument.objects.get().delete()
    assert not ImportRecord.objects.exists()
    assert results(run(at, path)[0]) == ["created"]


def test_files_beside_the_records_come_along_and_no_others(at, tmp_path):
    folder = tmp_path / "nguon"
    folder.mkdir()
    pdf_file(folder / "ban-ky.pdf")
    path = lines(folder / "a.jsonl", record(files=[{"path": "ban-ky.pdf"}]))
    report, _out = run(at, path)
    assert results(report) == ["created"], report
    assert LegalDocument.objects.get().identity.manifestations.get().name == "ban-ky.pdf"


# --- broken input -----------------------------------------------------------------------------

BAD_RECORDS = {
    "no-json": (b"{khong phai json", "JSON"),
    "not-an-object": (b"[1, 2]", "đối tượng"),
    "not-utf8": (b'{"id": "\xff\xfe"}', "UTF-8"),
    "deep": (b"[" * 100_000, "JSON"),
    "no-such-day": (record(issued="2031-02-30"), "không phải là một ngày"),
    "end-before-start": (record(in_force="2031-02-01", expires="2031-01-10"), "hết hiệu lực"),
    "replaces-itself": (
        record(relations=[{"kind": "thay_the", "number": "11/2031/TT-BTN"}]),
        "chính nó",
    ),
    "unknown-relation": (record(relations=[{"kind": "yeu_nhau", "number": "1"}]), "loại quan hệ"),
    "unknown-audience": (record(audience="tat-ca"), "Đối tượng đọc"),
    "unknown-unit": (record(audience="chosen", audience_units=["Sở Không Có"]), "Sở Không Có"),
    "path-up": (record(files=[{"path": "../../etc/passwd"}]), "thư mục nhập"),
    "path-absolute": (record(files=[{"path": "/etc/passwd"}]), "thư mục nhập"),
    "missing-file": (record(files=[{"path": "khong-co.pdf"}]), "khong-co.pdf"),
    "wrong-type": (record(subject={"a": 1}), "phải là chữ"),
    "nothing": ({"id": "1", "type": "Thông tư", "issuers": []}, "number"),
    "unknown-shape": ({"x": 1}, "không nhận ra"),
    "no-id": (record(id=""), "id"),
}


@pytest.mark.parametrize("fault", BAD_RECORDS)
def test_a_bad_record_is_rejected_with_its_reason_and_stops_nothing(at, tmp_path, fault):
    bad, reason = BAD_RECORDS[fault]
    path = lines(tmp_path / "a.jsonl", record("1/2030/TT-BTN"), bad, record("2/2030/TT-BTN"))
    report, printed = run(at, path)
    assert results(sorted(report, key=lambda row: row["result"])) == ["created"] * 2 + ["rejected"]
    (rejected,) = [row for row in report if row["result"] == "rejected"]
    assert reason in rejected["reason"]
    assert "1 bị từ chối" in printed
    assert set(LegalDocument.objects.values_list("number", flat=True)) == {
        "1/2030/TT-BTN",
        "2/2030/TT-BTN",
    }


def test_a_link_out_of_the_folder_is_not_followed(at, tmp_path):
    secret = tmp_path / "mat.txt"
    secret.write_text("mật khẩu", encoding="utf-8")
    folder = tmp_path / "nguon"
    folder.mkdir()
    (folder / "vo-hai.txt").symlink_to(secret)
    path = lines(folder / "a.jsonl", record(files=[{"path": "vo-hai.txt"}]))
    assert results(run(at, path)[0]) == ["rejected"]


def sparse(path: Path) -> None:
    with path.open("wb") as stream:
        stream.write(b"%PDF-1.4\n")
        stream.truncate(200 * 1024 * 1024)


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * (300 * 1024 * 1024))


def truncated(path: Path) -> None:
    good = packed(path, *[f"{n}/2031/TT-BTN" for n in range(40, 60)]).read_bytes()
    path.write_bytes(good[: len(good) // 2])


BAD_FILES = {
    "rong.txt": lambda path: path.write_bytes(b""),
    "cut.tar.zst": truncated,
    "lon.pdf": sparse,
    "bom.docx": bomb,
    "anh.docx": lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100),
    "hong.pdf": lambda path: path.write_bytes(b"%PDF-1.7\nkhong co gi"),
    "hong.jsonl.zst": lambda path: path.write_bytes(b"(\xb5/\xfd\0\0"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_rejected_with_its_reason_and_stops_nothing(at, tmp_path, name):
    folder = tmp_path / "nguon"
    folder.mkdir()
    BAD_FILES[name](folder / name)
    text_file(folder / "zz.txt", "23/2031/TT-BTN")
    report, _out = run(at, folder)
    rejected = [row for row in report if row["result"] == "rejected"]
    assert len(rejected) == 1, report
    assert name in rejected[0]["reason"]
    assert "Traceback" not in rejected[0]["reason"] and "Error" not in rejected[0]["reason"]
    assert LegalDocument.objects.filter(number="23/2031/TT-BTN").exists()


def test_what_is_mislabelled_is_read_by_its_content_with_a_warning(at, tmp_path):
    path = word_file(tmp_path / "a.pdf")
    (line,) = run(at, path)[0]
    assert line["result"] == "created"
    assert ".pdf" in line["reason"] and "Word" in line["reason"]


# --- killed halfway ---------------------------------------------------------------------------


def content_of(database: Path) -> dict[str, list]:
    """Rows of a database file without keys, times and what is derived from times."""
    queries = {
        "works": "SELECT number, subject, issued, live, owner_id FROM legal_docs_legaldocument",
        "identities": "SELECT number, path, work_class FROM legal_docs_workidentity",
        "texts": "SELECT kind, language, state, html FROM legal_docs_expression",
        "provisions": "SELECT eid, label, text FROM legal_docs_provision",
        "imports": "SELECT source, source_id, content_hash FROM legal_docs_importrecord",
        "ledger": "SELECT number, act, label, content_hash FROM editorial_publicationrecord",
        "validity": "SELECT since, until, status FROM legal_docs_validityinterval",
        "relations": "SELECT s.number, t.number, r.kind, r.state FROM legal_docs_relation r "
        "JOIN legal_docs_workidentity s ON s.id = r.source_id "
        "JOIN legal_docs_workidentity t ON t.id = r.target_id",
        "revisions": "SELECT object_str FROM wagtailcore_revision",
    }
    with sqlite3.connect(database) as connection:
        return {name: sorted(map(repr, connection.execute(q))) for name, q in queries.items()}


def test_a_killed_import_run_again_ends_like_an_undisturbed_one(tmp_path):
    """kill -9 at random moments of a real process, then once more to the end."""
    source = lines(
        tmp_path / "a.jsonl",
        *[
            record(
                f"{n}/2031/TT-BTN",
                relations=[{"kind": "can_cu", "number": f"{n + 7}/2031/TT-BTN"}],
            )
            for n in range(1, 451)
        ],
    )

    def portal(folder: Path) -> dict[str, str]:
        return os.environ | {
            "PORTAL_VAR": str(folder),
            "DATABASE_URL": f"sqlite:///{folder / 'cong.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        }

    def manage(folder: Path, *words: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "manage.py", *words],
            cwd=REPOSITORY, env=portal(folder), stdout=subprocess.DEVNULL,
        )  # fmt: skip

    calm, torn = tmp_path / "yen", tmp_path / "rach"
    calm.mkdir(), torn.mkdir()
    assert manage(calm, "migrate", "-v0").wait() == 0
    assert manage(calm, "load_reference").wait() == 0
    with (
        sqlite3.connect(calm / "cong.sqlite3") as original,
        sqlite3.connect(torn / "cong.sqlite3") as copy,
    ):
        original.backup(copy)
    words = ("import_documents", str(source))
    begun = time.monotonic()
    assert manage(calm, *words).wait() == 0
    whole = time.monotonic() - begun
    chance = random.Random(2031)
    killed = 0
    for share in (0.5, 0.65, 0.8):
        process = manage(torn, *words)
        try:
            process.wait(whole * share * chance.uniform(0.9, 1.1))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
    assert killed, "no run was slow enough to be killed"
    assert manage(torn, *words).wait() == 0
    expected, found = content_of(calm / "cong.sqlite3"), content_of(torn / "cong.sqlite3")
    assert len(expected["works"]) == 450
    for name, rows in expected.items():
        assert found[name] == rows, name
