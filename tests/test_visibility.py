"""The leak: nobody learns of a document that is not addressed to him, on no page at all.

Five states of a document or directive, seven readers. To who may not read it, everything answers
as if it did not exist: same status, same body, same headers.
"""

from __future__ import annotations

import io
import re

import pytest
from django.conf import settings
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils import timezone
from PIL import Image

from legal_docs.models import Field
from portal.organisations.models import Kind, Level
from search.indexing import outbox
from tests import factories as make

pytestmark = pytest.mark.django_db

TABS = ("thuoc-tinh", "hieu-luc", "lien-quan", "van-ban-goc", "tai-ve", "lich-su")
READERS = ("stranger", "member_b", "member_a", "office_member", "ended", "inactive", "clerk_a")
STATES = ("public", "units", "chosen", "draft", "withdrawn")
INSIDERS = {"member_b", "member_a", "office_member", "clerk_a"}
SEEN_BY = {
    "public": set(READERS),
    "units": INSIDERS,
    "chosen": INSIDERS - {"member_b"},
    "draft": set(),
    "withdrawn": set(),
}
#: A word of the subject that stands nowhere else.
WORDS = {
    "public": "hoa sen",
    "units": "cá trê",
    "chosen": "ốc bươu",
    "draft": "rau dền",
    "withdrawn": "củ sắn",
}


@pytest.fixture
def at():
    return make.house()


@pytest.fixture
def sign_in(at, client):
    """Become one of the readers."""
    extra = {
        "ended": lambda: make.person("het-han", "thanh-vien", at.a, valid_to=timezone.localdate()),
        "inactive": lambda: make.person("da-nghi", "thanh-vien", at.a, is_active=False),
    }

    people: dict = {}

    def become(reader: str):
        client.logout()
        if reader != "stranger":
            if reader not in people:
                people[reader] = extra[reader]() if reader in extra else getattr(at, reader)
            client.force_login(people[reader])
        return client

    return become


def work_in(state: str, at, kind: str = "document", **fields):
    """A document or directive of unit A in one of the five states, with a file."""
    number = {"document": "{}/2031/TT-BTN", "directive": "{}/CT-BTN"}[kind]
    draft = getattr(make, kind)(
        at,
        number.format(100 + STATES.index(state)),
        subject=f"Về {WORDS[state]}",
        audience=state if state in ("units", "chosen") else "public",
        units=[at.a] if state == "chosen" else [],
        **fields,
    )
    make.attach_file(draft)
    if state == "draft":
        return draft
    live = make.publish(draft, at)
    return make.withdraw(live, at) if state == "withdrawn" else live


def addresses(work) -> list[str]:
    base = work.get_absolute_url()
    tabs = [tab for tab in TABS if tab != "hieu-luc" or work.work_class == "legal"]
    return [
        base,
        *(f"{base}{tab}/" for tab in tabs),
        f"{base}dieu-1/",
        f"{base}?ngay=2031-03-01",
        f"{base}?ngon-ngu=en",
        *(f"{base}tep/{row.pk}/" for row in work.identity.manifestations.all()),
    ]


def answer(client, url):
    response = client.get(url)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = dict(response.headers)
    if client.cookies:  # a form token is new on every page; whether a session was read is no secret
        body = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", body)
        headers.pop("Vary", None)
        headers.pop("Content-Length", None)
    return response.status_code, headers, body


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", ["document", "directive"])
def test_pages_and_files_answer_their_readers_only(at, sign_in, kind, state):
    mark = transaction.savepoint()
    urls = addresses(work_in(state, at, kind))
    assert len(urls) > 8
    found = {(who, url): answer(sign_in(who), url) for who in READERS for url in urls}
    for (reader, url), (status, headers, _body) in found.items():
        hidden = 410 if state == "withdrawn" else 404  # a public one leaves its tombstone
        assert status == (200 if reader in SEEN_BY[state] else hidden), f"{reader} at {url}"
        if status == 200 and state != "public":
            assert "public" not in headers.get("Cache-Control", ""), url
    transaction.savepoint_rollback(mark)
    if state == "withdrawn":
        return
    for (reader, url), before in found.items():
        if reader not in SEEN_BY[state] and reader not in ("ended", "inactive"):
            same = answer(sign_in(reader), url)
            assert before == same, f"{url} tells {reader} that something is there"


@pytest.mark.parametrize("reader", ["stranger", "member_b", "member_a"])
@pytest.mark.parametrize("state", STATES[1:])
def test_a_citation_leads_only_readers_to_its_place(at, sign_in, state, reader):
    client = sign_in(reader)
    mark = transaction.savepoint()
    work = work_in(state, at)
    url = f"/dan-chieu/?so={work.number}&dieu=dieu-1.khoan-2"
    found = answer(client, url)
    assert found[0] == 302
    if reader in SEEN_BY[state]:
        assert found[1]["Location"] == f"{work.get_absolute_url()}dieu-1/#dieu-1.khoan-2"
        return
    transaction.savepoint_rollback(mark)
    assert found == answer(client, url)


@pytest.mark.parametrize("reader", ["stranger", "member_b", "member_a"])
def test_an_old_address_leads_only_readers_on(at, sign_in, reader):
    work = work_in("chosen", at)
    old = work.get_absolute_url()
    draft = work.get_latest_revision_as_object()
    draft.number = "200/2031/TT-BTN"
    draft.save_revision(user=at.clerk_a, clean=False)
    new = make.publish(type(work).objects.get(pk=work.pk), at).get_absolute_url()
    assert new != old
    status, headers, body = answer(sign_in(reader), f"{old}thuoc-tinh/")
    if reader == "member_a":
        assert (status, headers["Location"]) == (301, f"{new}thuoc-tinh/")
    else:
        assert status == 404
        assert "200" not in headers.get("Location", "") and b"200-2031" not in body


# --- lists ----------------------------------------------------------------------------------


@pytest.fixture
def shelf(at):
    """One document in each state, each with a field and an issuer of its own."""
    works = {}
    for state in STATES:
        field = Field.objects.create(name=f"Lĩnh vực {WORDS[state]}")
        issuer = make.unit(f"Bộ {WORDS[state]}", level=Level.CENTRAL, kind=Kind.MINISTRY)
        works[state] = work_in(state, at, fields=[field], lead_issuer=issuer)
    outbox.drain()
    return works


LISTS = {
    "home": "/",
    "browse": "/van-ban/",
    "browse-by-type": "/van-ban/?loai=thong-tu",
    "browse-by-year": "/van-ban/?nam=2031&xep=so",
    "browse-by-status": "/van-ban/?hieu-luc=chua_co_hieu_luc",
    "fields": "/linh-vuc/",
    "organisations": "/co-quan/",
    "search": "/tim-kiem/?q=ve",
    "search-by-filter": "/tim-kiem/?q=ve&loai=Th%C3%B4ng+t%C6%B0",
}


def told_of(body: str) -> set[str]:
    """States whose document, issuer or field a page names."""
    numbers = {state: f"{100 + place}/2031" for place, state in enumerate(STATES)}
    return {state for state in STATES if numbers[state] in body or f"Bộ {WORDS[state]}" in body}


@pytest.mark.parametrize("reader", READERS)
def test_lists_name_what_their_reader_may_see(shelf, sign_in, reader):
    client = sign_in(reader)
    visible = {state for state in STATES if reader in SEEN_BY[state]}
    for page in LISTS.values():
        response = client.get(page)
        assert response.status_code == 200
        if page != LISTS["fields"]:  # it shows all fields, with counts (see below)
            assert told_of(response.content.decode()) == visible, page


@pytest.mark.parametrize("reader", READERS)
def test_counts_count_what_their_reader_may_see(shelf, sign_in, reader):
    client = sign_in(reader)
    number = sum(reader in SEEN_BY[state] for state in STATES)
    browse = client.get("/van-ban/").context
    assert browse["total"] == number
    for facet in browse["facets"]:
        assert sum(choice.count for choice in facet.choices) == number, facet.name
    search = client.get("/tim-kiem/?q=ve").context
    assert search["total"] == number
    for facet in search["facets"]:
        assert sum(choice.count for choice in facet.choices) == number, facet.name
    fields = {row.name: row.total for row in client.get("/linh-vuc/").context["fields"]}
    assert fields == {f"Lĩnh vực {WORDS[state]}": int(reader in SEEN_BY[state]) for state in STATES}


@pytest.mark.parametrize("reader", READERS)
def test_places_show_what_their_reader_may_see(shelf, sign_in, reader):
    client = sign_in(reader)
    for state, work in shelf.items():
        for url in (work.lead_issuer.get_absolute_url(), work.fields.get().get_absolute_url()):
            response = client.get(url)
            assert response.status_code == 200
            assert response.context["total"] == int(reader in SEEN_BY[state]), url
            assert (work.subject in response.content.decode()) is (reader in SEEN_BY[state])


@pytest.mark.parametrize("reader", READERS)
def test_search_finds_what_its_reader_may_see(shelf, sign_in, reader):
    client = sign_in(reader)
    for state, work in shelf.items():
        seen = reader in SEEN_BY[state]
        for query in (f'"{work.subject}"', f"quy định về {work.subject}"):
            response = client.get("/tim-kiem/", {"q": query})
            found = {result.work.number for result in response.context["results"]}
            assert (work.number in found) is seen, query
            assert (work.get_absolute_url() in response.content.decode()) is seen, query
        opened = client.get("/tim-kiem/", {"q": work.number}).headers.get("Location", "")
        assert (opened == work.get_absolute_url()) is seen, state


def test_search_answers_a_hidden_number_as_one_that_nobody_has(at, client):
    url = "/tim-kiem/?q=101/2031/TT-BTN"
    outbox.drain()
    before = answer(client, url)
    work_in("units", at)
    outbox.drain()
    assert answer(client, url) == before


def test_a_withdrawn_document_is_gone_before_the_index_follows(at, client):
    work = work_in("public", at)
    outbox.drain()
    url = f"/tim-kiem/?q={WORDS['public']}&nguyen-van="
    assert work.number in client.get(url).content.decode()
    make.withdraw(work, at)
    assert work.number not in client.get(url).content.decode()
    assert client.get("/tim-kiem/", {"q": work.number}).status_code == 200


def test_a_document_made_internal_is_gone_for_strangers(at, client):
    work = work_in("public", at)
    draft = work.get_latest_revision_as_object()
    draft.audience = "units"
    draft.save_revision(user=at.clerk_a, clean=False)
    make.publish(type(work).objects.get(pk=work.pk), at)
    for url in addresses(work):
        assert client.get(url).status_code == 404


# --- what other pages say of it --------------------------------------------------------------


@pytest.fixture(params=["draft", "units", "chosen", "withdrawn"])
def acting(request, at):
    """(a public document, one in a closed state that repeals an article and then all of it)."""
    public = work_in("public", at)
    hidden = make.document(
        at,
        "999/2031/TT-BTN",
        subject="Về con cua bí mật",
        audience=request.param if request.param in ("units", "chosen") else "public",
        units=[at.a] if request.param == "chosen" else [],
    )
    make.relate(hidden, "bai_bo", public, whole=False, target_provision="dieu-1")
    make.relate(hidden, "thay_the", public)
    make.relate(hidden, "can_cu", public)
    if request.param != "draft":
        hidden = make.publish(hidden, at)
    if request.param == "withdrawn":
        hidden = make.withdraw(hidden, at)
    outbox.drain()
    return public, hidden


PAGES_OF_OTHERS = ("", "hieu-luc/", "lien-quan/", "thuoc-tinh/", "dieu-1/", "?ngay=2032-01-01")


@pytest.mark.parametrize("page", PAGES_OF_OTHERS, ids=lambda page: page or "text")
def test_a_public_page_names_no_hidden_document_to_a_stranger(acting, client, page):
    public, hidden = acting
    body = client.get(f"{public.get_absolute_url()}{page}").content.decode()
    assert public.number in body
    for trace in (hidden.number, "999-2031", "con cua"):
        assert trace not in body


@pytest.mark.parametrize("page", ["/", "/van-ban/", "/tim-kiem/?q=cua", "/linh-vuc/"])
def test_a_list_names_no_hidden_document_to_a_stranger(acting, client, page):
    body = client.get(page).content.decode()
    assert "999/2031" not in body and "con cua" not in body


def test_a_member_sees_which_document_acts(at, client):
    public = work_in("public", at)
    acting = make.document(at, "999/2031/TT-BTN", subject="Về con cua", audience="units")
    make.relate(acting, "thay_the", public)
    make.publish(acting, at)
    client.force_login(at.member_b)
    for page in ("", "hieu-luc/", "lien-quan/"):
        url = f"{public.get_absolute_url()}{page}?ngay=2032-01-01"
        assert "999/2031/TT-BTN" in client.get(url).content.decode(), page


def test_what_a_hidden_document_does_still_counts(at, client):
    """A stranger is not told by what, but never that an ended document is in force."""
    public = work_in("public", at)
    acting = make.document(at, "999/2031/TT-BTN", audience="units")
    make.relate(acting, "thay_the", public)
    make.publish(acting, at)
    status = client.get(f"{public.get_absolute_url()}?ngay=2032-01-01").context["status"]
    assert status.code == "het_hieu_luc_toan_bo"
    assert status.cause_url == ""


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_is_not_live_changes_no_validity(at, client, state):
    public = work_in("public", at)
    acting = make.document(at, "999/2031/TT-BTN")
    make.relate(acting, "thay_the", public)
    if state == "withdrawn":
        make.withdraw(make.publish(acting, at), at)
    status = client.get(f"{public.get_absolute_url()}?ngay=2032-01-01").context["status"]
    assert status.code == "con_hieu_luc"


# --- pictures ---------------------------------------------------------------------------------


@pytest.fixture
def picture_of():
    from portal.pages.models import Picture

    def make_picture(audience: str, units=()):
        stream = io.BytesIO()
        Image.new("RGB", (40, 30), "teal").save(stream, "PNG")
        file = ImageFile(io.BytesIO(stream.getvalue()), name="anh-thu.png")
        picture = Picture.objects.create(title="Ảnh thử", audience=audience, file=file)
        picture.audience_units.set(units)
        return picture

    return make_picture


@pytest.mark.parametrize("kind", settings.PICTURE_FORMATS)
@pytest.mark.parametrize("audience", ["public", "units", "chosen"])
def test_pictures_and_their_renditions_answer_their_readers_only(
    at, sign_in, picture_of, audience, kind
):
    picture = picture_of(audience, [at.a] if audience == "chosen" else [])
    rendition = picture.get_rendition(f"max-20x20|format-{kind}")
    for reader in READERS:
        client = sign_in(reader)
        for url in (picture.file.url, rendition.url):
            assert url.startswith("/tep/")
            status, headers, _body = answer(client, url)
            assert status == (200 if reader in SEEN_BY[audience] else 404), f"{reader} at {url}"
            if audience != "public" and status == 200:
                assert "public" not in headers["Cache-Control"]
            if status == 200 and url == rendition.url:
                assert headers["Content-Type"] == f"image/{kind}"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..%2f..%2fetc/passwd", "van-ban/aa/khong-co.pdf", "%00", "a/../b"]
)
def test_no_other_stored_file_is_served(at, client, name):
    assert client.get(f"/tep/{name}").status_code == 404


def test_files_of_documents_are_not_served_as_stored_files(at, client):
    work = work_in("public", at)
    stored = work.identity.manifestations.get().file
    assert client.get(f"/tep/{stored.name}").status_code == 404


def test_a_file_of_one_document_is_not_served_under_another(at, client):
    public, internal = work_in("public", at), work_in("units", at)
    other = internal.identity.manifestations.get()
    assert client.get(f"{public.get_absolute_url()}tep/{other.pk}/").status_code == 404
