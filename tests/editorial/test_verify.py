"""“Kiểm tra văn bản”: what stands or stood here is known again, what is internal is not."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from legal_docs import matching
from legal_docs.models import Expression, Provision
from portal.core import limits
from tests import factories as make

from .test_ledger_pages import revise

pytestmark = pytest.mark.django_db

URL = "/kiem-tra-van-ban/ket-qua/"
TEXT = (
    "Điều 1. Phạm vi “điều chỉnh”\n1. Văn bản này – tức là nó – quy định về hạt mít.\n2. Khoản hai."
)


@pytest.fixture
def at():
    return make.house()


@pytest.fixture(autouse=True)
def no_limit(settings):
    limits._counts.clear()
    settings.SEARCH_LIMITS = {"verify": 10**6}


def ask(client, **sent):
    return client.post(URL, sent)


def found(response) -> list:
    assert response.status_code == 200
    return list(response.context["found"].matches)


def test_the_form_is_for_caches_and_the_answer_is_not(client):
    page = client.get("/kiem-tra-van-ban/")
    assert "s-maxage" in page.headers["Cache-Control"]
    assert "csrf" not in page.content.decode()
    assert ask(client, so="1").headers["Cache-Control"] == "private, no-store"
    assert client.get(URL).status_code == 302


def test_the_exact_file(at, client):
    work = make.document(at)
    row = make.attach_file(work, content=b"%PDF-1.4 noi dung")
    work = make.publish(work, at)
    for sent in (
        {"tep": SimpleUploadedFile("x.pdf", b"%PDF-1.4 noi dung")},
        {"bam": row.sha256.upper()},
    ):
        [match] = found(ask(client, **sent))
        assert match.stands and match.line == work.publication_record
        assert match.status.code
    assert found(ask(client, tep=SimpleUploadedFile("x.pdf", b"%PDF-1.4 noi dunh"))) == []


def test_nothing_of_a_file_is_kept(at, client, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    big = b"bi mat " * 1_000_000
    assert found(ask(client, tep=SimpleUploadedFile("x.bin", big))) == []
    kept = [
        path for path in tmp_path.rglob("*") if path.is_file() and b"bi mat" in path.read_bytes()
    ]
    assert kept == []


COPIES = {
    "as it stands": lambda text: text,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "other quotes and dashes": lambda text: text.replace("“", '"').replace("”", '"').replace("–", "-"),
    "Windows line ends": lambda text: text.replace("\n", "\r\n\r\n"),
    "blanks that do not break": lambda text: text.replace(" ", "\u00a0 "),
    "invisible signs": lambda text: "\ufeff" + text.replace("Văn", "V\u200băn"),
    "in one line": lambda text: text.replace("\n", " "),
}  # fmt: skip


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_a_copied_text(at, client, copy):
    work = make.document(at, text=TEXT, live=True)
    matches = found(ask(client, **{"van-ban": copy(TEXT)}))
    assert {match.what for match in matches} == {"", "Điều 1."}
    assert all(match.stands and match.line == work.publication_record for match in matches)


@pytest.mark.parametrize(
    "change", [("mít", "mìt"), ("1.", "7."), ("quy định", "quy Định"), (".\n2", "\n2")]
)
def test_one_letter_makes_another_text(at, client, change):
    make.document(at, text=TEXT, live=True)
    assert found(ask(client, **{"van-ban": TEXT.replace(*change)})) == []


def test_text_as_the_page_shows_it_is_known(at, client):
    work = make.document(at, text=TEXT, live=True)
    html = client.get(work.get_absolute_url()).content.decode()
    shown = html.split("data-copy-prompt")[1].split(">", 1)[1].split("</main>")[0]
    shown = shown.rpartition("</section>")[0]
    assert found(ask(client, **{"van-ban": matching.visible(shown)}))


def test_what_stood_here_and_when(at, client):
    work = make.document(at, text=TEXT, live=True)
    first = work.publication_record
    work = revise(work, at, text="Điều 1. Khác\nHẳn.")
    match = found(ask(client, **{"van-ban": TEXT}))[0]
    assert (match.line, match.until) == (first, work.publication_record)
    assert not match.stands
    make.withdraw(work, at)
    match = found(ask(client, **{"van-ban": "Điều 1. Khác\nHẳn."}))[0]
    assert match.until.is_down
    assert match.url == work.get_absolute_url()


def test_validity_today_and_amended_provisions(at, client):
    work = make.document(at, text=TEXT, in_force=dt.date(2020, 1, 1),
                         issued=dt.date(2019, 1, 1), live=True)  # fmt: skip
    other = make.document(at, "09/2031/TT-BTN", in_force=dt.date(2021, 1, 1),
                          issued=dt.date(2020, 1, 1))  # fmt: skip
    make.relate(other, "sua_doi_bo_sung", work, whole=False, target_provision="dieu-1")
    make.publish(other, at)
    matches = {match.what: match for match in found(ask(client, **{"van-ban": TEXT}))}
    assert matches["Điều 1."].amended and not matches[""].amended
    assert (
        matches[""].status.code == "con_hieu_luc"
        or matches[""].status.code == "het_hieu_luc_mot_phan"
    )


PLACES = ("01/2031/TT-BTN", "{url}", "http://testserver{url}dieu-1/?ngay=2031-01-01#dieu-1")


@pytest.mark.parametrize("place", PLACES)
def test_a_number_or_an_address(at, client, place):
    work = make.document(at, live=True)
    [match] = found(ask(client, so=place.format(url=work.get_absolute_url())))
    assert match.stands
    make.withdraw(work, at)
    [match] = found(ask(client, so=place.format(url=work.get_absolute_url())))
    assert match.until.is_down


# --- enemies --------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", ["units", "chosen"])
def test_who_holds_an_internal_text_learns_nothing(at, client, audience):
    work = make.document(at, "77/2031/TT-BTN", text=TEXT, audience=audience, units=[at.a])
    file = make.attach_file(work)

    def answers():
        return [
            ask(client, **sent).content
            for sent in (
                {"van-ban": TEXT},
                {"bam": file.sha256},
                {"so": "77/2031/TT-BTN"},
                {"so": work.get_absolute_url()},
            )
        ]

    before = answers()
    work = make.publish(work, at)
    assert answers() == before
    client.force_login(at.member_a)
    assert all(found(ask(client, **sent)) for sent in ({"van-ban": TEXT}, {"bam": file.sha256}))
    client.logout()
    make.withdraw(work, at)
    assert answers() == before


def test_a_draft_is_not_known(at, client):
    make.document(at, text=TEXT)
    assert found(ask(client, **{"van-ban": TEXT})) == []


def test_an_internal_past_of_a_public_document_is_not_known(at, client):
    work = make.document(at, text=TEXT, audience="units", live=True)
    revise(work, at, audience="public", text="Điều 1. Khác\nHẳn.")
    assert found(ask(client, **{"van-ban": TEXT})) == []
    assert found(ask(client, **{"van-ban": "Điều 1. Khác\nHẳn."}))


def test_internal_twins_do_not_crowd_the_public_one_out(at, client):
    public = make.document(at, text=TEXT, live=True)
    for number in range(2, 16):
        make.document(at, f"{number}/2031/TT-BTN", text=TEXT, audience="units", live=True)
    response = ask(client, **{"van-ban": TEXT})
    assert {match.line for match in found(response)} == {public.publication_record}
    assert response.context["found"].more is False


ODD = {
    "nothing": {},
    "blanks": {"van-ban": " \u200b\n"},
    "an odd hash": {"bam": "g" * 64},
    "half a hash": {"bam": "0" * 31},
    "a lone surrogate": {"van-ban": b"\xed\xa0\x80 \xff"},
    "other encoding": {"van-ban": "Điều 1".encode("utf-16")},
    "odd place": {"so": "http://[::1"},
    "odd address": {"so": "/van-ban/%00/../x"},
    "an address elsewhere": {"so": "https://vi-du.vn/van-ban/a/b/"},
    "an empty file": {"tep": SimpleUploadedFile("x", b"")},
    "a nul": {"so": "1\x00/2", "van-ban": ""},
    "a long number": {"so": "1/" * 5000},
}


@pytest.mark.parametrize("sent", ODD.values(), ids=ODD)
def test_odd_questions_get_an_answer(at, client, sent):
    assert client.post(URL, sent).status_code in (200, 400)


def test_broken_forms_get_an_answer(client):
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "application/json"):
        assert client.post(URL, b"--x\r\nbroken", content_type=kind).status_code in (200, 400)


def test_too_much_is_refused(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert client.post(URL, {"van-ban": "a" * 5000}).status_code == 400
    settings.MAX_UPLOAD_MB = 1
    big = SimpleUploadedFile("x", b"a" * (1024 * 1024 + 70_000))
    assert client.post(URL, {"tep": big}).status_code == 400


def test_who_asks_too_often_waits(client, settings):
    settings.SEARCH_LIMITS = {"verify": 3}
    limits._counts.clear()
    answers = [ask(client, so="1").status_code for _ in range(6)]
    assert answers[0] == 200 and answers[-1] == 429


def test_lookup_takes_few_queries(at, client):
    for number in range(1, 12):
        make.document(at, f"{number}/2031/TT-BTN", text=TEXT, live=True)
    digest = hashlib.sha256(matching.plain(TEXT).encode()).hexdigest()[:32]
    assert Expression.objects.filter(text_key=digest).count() == 11
    assert Provision.objects.filter(text_key=digest).count() == 11
    ask(client, bam="0" * 32)
    with CaptureQueriesContext(connection) as captured:
        assert found(ask(client, bam=digest))
    assert len(captured) <= 50, len(captured)
