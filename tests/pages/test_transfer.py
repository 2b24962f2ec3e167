"""A part of the tree to another portal: the same there, as drafts, once, and nothing by force."""

from __future__ import annotations

import io
import json
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from news.models import NewsArticle
from portal.pages.models import (
    Attachment,
    CollectionPage,
    Picture,
    PortalPage,
    PortalSettings,
    SectionPage,
    StandardPage,
)
from portal.pages.transfer.bringing import Bringer
from portal.pages.transfer.opening import BadPackage, Package
from portal.pages.transfer.packing import pack
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return make.house()


def packed(root, user, **options) -> bytes:
    stream = io.BytesIO()
    assert pack(root, user, stream, **options) > 0
    return stream.getvalue()


def opened(raw: bytes) -> dict:
    return json.loads(zipfile.ZipFile(io.BytesIO(raw)).read("trang.json"))


def again(raw: bytes, change) -> bytes:
    """The package with its list changed."""
    source, target = zipfile.ZipFile(io.BytesIO(raw)), io.BytesIO()
    content = json.loads(source.read("trang.json"))
    change(content)
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("trang.json", json.dumps(content))
        for name in source.namelist():
            if name != "trang.json":
                made.writestr(name, source.read(name))
    return target.getvalue()


def foreign(raw: bytes) -> bytes:
    """As if another portal had made it: all identities are new."""
    text = zipfile.ZipFile(io.BytesIO(raw)).read("trang.json").decode()
    uids = {one["uid"] for one in json.loads(text)["pages"]}
    for one in uids:
        text = text.replace(one, str(uuid.uuid4()))
    found = json.loads(text)
    for one in found["pages"]:
        one["slug"] += "-moi"
    return again(raw, lambda content: (content.clear(), content.update(found)))


def bring(raw: bytes, user, parent=None):
    return Bringer(Package(io.BytesIO(raw)), parent or make.home(), user).run()


@pytest.fixture
def part(at):
    """A section with a page of pictures, files and links, a collection and a portlet on it."""
    section = make.section(at, "Chuyên mục hạt", live=True)
    picture, file = make.picture(alt_text="Hạt"), make.attachment()
    one = make.page(at, "Trang một", parent=section, live=True, audience="chosen", units=[at.b])
    body = json.dumps([
        {"type": "heading", "value": "Mở đầu"},
        {"type": "text", "value": f'<p>Xem <a linktype="page" id="{one.pk}">trang một</a> và '
                                  f'<a linktype="document" id="{file.pk}">mẫu</a>.</p>'},
        {"type": "picture", "value": {"picture": picture.pk, "alt_text": "Hạt", "caption": "",
                                      "credit": ""}},
        {"type": "files", "value": {"files": [{"type": "item", "value": {"file": file.pk,
                                                                          "label": "Mẫu"}}]}},
    ])  # fmt: skip
    make.page(at, "Trang hai", parent=section, body=body)
    collection = make.collection(at, parent=section)
    aside = [
        {"type": "collection", "value": {"title": "", "collection": collection.pk, "count": 3}}
    ]
    section = SectionPage.objects.get(pk=section.pk)
    section.aside = json.dumps(aside)
    section.save_revision(user=at.clerk_a, clean=False)
    return SectionPage.objects.get(pk=section.pk)


def test_the_same_package_changes_nothing_where_it_was_made(at, part):
    report = bring(packed(part, at.clerk_a), at.clerk_a)
    assert dict(report.counts) == {"unchanged": 4}, report.rows


def test_another_portal_gets_everything_as_drafts_and_only_once(at, part):
    raw = foreign(packed(part, at.clerk_a))
    live = PortalPage.objects.filter(live=True).count()
    report = bring(raw, at.clerk_a)
    assert dict(report.counts) == {"created": 4}, report.rows
    assert PortalPage.objects.filter(live=True).count() == live
    section = SectionPage.objects.get(slug="chuyen-muc-hat-moi")
    drafts = {page.title: page.get_latest_revision_as_object()
              for page in section.get_children().specific()}  # fmt: skip
    one, two = drafts["Trang một"], drafts["Trang hai"]
    assert one.audience == "chosen" and [unit.pk for unit in one.audience_units.all()] == [at.b.pk]
    raw_body = two.body.get_prep_value()
    text = raw_body[1]["value"]
    assert f'linktype="page" id="{one.pk}"' in text or f'id="{one.pk}" linktype="page"' in text
    assert raw_body[2]["value"]["picture"] == Picture.objects.get().pk
    assert raw_body[3]["value"]["files"][0]["value"]["file"] == Attachment.objects.get().pk
    aside = section.get_latest_revision_as_object().aside.get_prep_value()
    assert aside[0]["value"]["collection"] == CollectionPage.objects.get(slug__endswith="-moi").pk
    again_report = bring(raw, at.clerk_a)
    assert dict(again_report.counts) == {"unchanged": 4}, again_report.rows
    changed = again(raw, lambda content: content["pages"][1]["fields"].update(title="Tên mới"))
    third = bring(changed, at.clerk_a)
    assert third.counts["changed"] == 1 and third.counts["unchanged"] == 3


def test_pictures_and_files_come_along_where_they_are_not(at, part):
    raw = foreign(packed(part, at.clerk_a))
    for row in (*Picture.objects.all(), *Attachment.objects.all()):
        from wagtail.models import ReferenceIndex

        ReferenceIndex.objects.all().delete()
        row.delete()
    report = bring(raw, at.clerk_a)
    assert report.counts["created"] == 4 and not report.notes, report.notes
    picture = Picture.objects.get()
    assert picture.alt_text == "Hạt" and picture.uploaded_by_user == at.clerk_a
    assert Attachment.objects.get().title == "Mẫu đơn"


def test_what_is_another_units_or_under_review_is_left_alone(at, part):
    raw = packed(part, at.clerk_a)
    altered = again(raw, lambda c: [one["fields"].update(summary="Chen vào") for one in c["pages"]])
    report = bring(altered, at.clerk_b)
    assert report.counts["refused"] == 4 and not report.counts["changed"]
    from portal.editorial.workflow import reviewing

    reviewing.submit(StandardPage.objects.get(slug="trang-hai"), at.clerk_a)
    report = bring(altered, at.clerk_a)
    said = {title: remark for title, outcome, remark, _page in report.rows if outcome == "refused"}
    assert "đang duyệt" in said["Trang hai"] and report.counts["changed"] == 3
    assert PortalPage.objects.get(pk=part.pk).summary != "Chen vào"


def test_news_keeps_topics_and_related_items(at):
    index = make.news_index(at)
    first = make.news(at, "Tin đầu", parent=index, topics=["mít"])
    second = make.news(at, "Tin sau", parent=index)
    second.related = [first]
    second.save_revision(user=at.clerk_a, clean=False)
    raw = foreign(packed(index, at.clerk_a))
    report = bring(raw, at.clerk_a)
    assert report.counts["created"] == 3, report.rows
    new_first = NewsArticle.objects.get(slug="tin-dau-moi").get_latest_revision_as_object()
    new_second = NewsArticle.objects.get(slug="tin-sau-moi").get_latest_revision_as_object()
    assert [tag.name for tag in new_first.topics.all()] == ["mít"]
    assert [one.pk for one in new_second.related.all()] == [new_first.pk]


@pytest.mark.parametrize(
    "value",
    [
        [{"type": "text", "value": '<p onclick="x()">A</p><script>alert(1)</script>'
                                   '<a href="javascript:alert(1)">b</a><img src=x onerror=x>'}],
        [{"type": "notice", "value": {"kind": "info", "text": "<iframe src=//x></iframe><p>A</p>"}}],
    ],
)  # fmt: skip
def test_nothing_that_runs_comes_in(at, part, value):
    raw = again(foreign(packed(part, at.clerk_a)),
                lambda content: content["pages"][2]["fields"].update(body=value))  # fmt: skip
    bring(raw, at.clerk_a)
    for page in PortalPage.objects.filter(slug__endswith="-moi").specific():
        text = json.dumps(page.get_latest_revision_as_object().serializable_data(), default=str)
        for bad in ("<script", "onclick", "onerror", "javascript:", "<iframe"):
            assert bad not in text, (page, bad)


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c["pages"][1].update(kind="auth.user"),
        lambda c: c["pages"][1].update(kind="pages.homepage", parent=c["pages"][0]["uid"]),
        lambda c: c["pages"][1].update(fields={"title": {"a": 1}}),
        lambda c: c["pages"][1]["fields"].update(body=7, title=None),
        lambda c: c["pages"][1].update(audience="chosen", audience_units=["khong-co"]),
        lambda c: c["pages"][1].update(parent=str(uuid.uuid4())),
        lambda c: c["pages"][1]["fields"].update(aside=[{"type": "links", "value": {"links": [
            {"label": "x", "url": "javascript:alert(1)", "page": None}]}}]),
    ],
)  # fmt: skip
def test_a_row_that_is_wrong_is_named_and_the_others_come(at, part, change):
    raw = again(foreign(packed(part, at.clerk_a)), change)
    report = bring(raw, at.clerk_a)
    assert report.counts["created"] >= 2
    assert not PortalPage.objects.filter(live=True, slug__endswith="-moi").exists()
    links = [page.get_latest_revision_as_object().serializable_data()
             for page in PortalPage.objects.filter(slug__endswith="-moi").specific()]  # fmt: skip
    assert "javascript:" not in json.dumps(links, default=str)


def zipped(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "raw",
    [
        b"khong phai zip",
        zipped({}),
        zipped({"trang.json": b"{"}),
        zipped({"trang.json": b"[" * 100_000}),
        zipped({"trang.json": json.dumps({"format": "khac"}).encode()}),
        zipped({"trang.json": json.dumps({"format": "cong-van-ban/trang", "version": 99}).encode()}),
        zipped({"trang.json": b"{}", "../../etc/passwd": b"x"}),
        zipped({"trang.json": b"{}", "anh/x.php": b"x"}),
        zipped({"trang.json": b"{}" + b" " * (31 * 1024 * 1024)}),
        zipped({"trang.json": json.dumps({"format": "cong-van-ban/trang", "version": 1,
                "pages": [{"uid": "x"}], "pictures": [], "files": []}).encode()}),
    ],
)  # fmt: skip
def test_what_is_no_package_is_refused_in_words(at, client, raw):
    with pytest.raises(BadPackage):
        Package(io.BytesIO(raw))
    client.force_login(at.clerk_a)
    sent = {"package": SimpleUploadedFile("a.trang.zip", raw), "parent": make.home().pk}
    response = client.post("/admin/chuyen-trang/nhap/", sent)
    assert response.status_code == 200 and "error" in response.content.decode()


def test_a_picture_that_is_something_else_is_not_taken(at, part):
    raw = foreign(packed(part, at.clerk_a))
    mark = Picture.objects.get().file_hash
    source, target = zipfile.ZipFile(io.BytesIO(raw)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            made.writestr(name, b"<svg onload=x>" if mark in name else source.read(name))
    from wagtail.models import ReferenceIndex

    ReferenceIndex.objects.all().delete()
    Picture.objects.all().delete()
    report = bring(target.getvalue(), at.clerk_a)
    assert report.notes and not Picture.objects.exists()


def test_settings_are_taken_by_an_administrator_who_says_so(at, client, part):
    PortalSettings.objects.create(name_vi="Cổng Mít", masthead="#7a1212")
    raw = packed(part, at.clerk_a, with_settings=True)
    PortalSettings.objects.update(name_vi="Cổng Khác")
    make.give(at.clerk_a, "quan-tri", at.a)
    client.force_login(at.clerk_a)
    sent = {"package": SimpleUploadedFile("a.trang.zip", raw), "parent": make.home().pk}
    shown = client.post("/admin/chuyen-trang/nhap/", sent).content.decode()
    assert PortalSettings.objects.get().name_vi == "Cổng Khác" and "name_vi" in shown
    sent = {"package": SimpleUploadedFile("a.trang.zip", raw), "parent": make.home().pk,
            "with_settings": "on"}  # fmt: skip
    client.post("/admin/chuyen-trang/nhap/", sent)
    assert PortalSettings.objects.get().name_vi == "Cổng Mít"


def test_the_admin_takes_along_and_brings_in(at, client, part):
    client.force_login(at.clerk_a)
    response = client.get(f"/admin/chuyen-trang/{part.pk}/")
    raw = b"".join(response.streaming_content)
    assert response["Content-Disposition"].endswith('"chuyen-muc-hat.trang.zip"')
    sent = {"package": SimpleUploadedFile("a.trang.zip", foreign(raw)), "parent": make.home().pk}
    shown = client.post("/admin/chuyen-trang/nhap/", sent).content.decode()
    assert "4 mới" in shown
    client.force_login(at.clerk_b)
    assert client.get(f"/admin/chuyen-trang/{part.pk}/").status_code in {302, 403, 404}


def test_the_commands_do_the_same(at, part, tmp_path, capsys):
    target = tmp_path / "hat.trang.zip"
    call_command("export_pages", part.address, str(target), user="van-thu-a")
    target.write_bytes(foreign(target.read_bytes()))
    call_command("import_pages", str(target), user="van-thu-a")
    said = capsys.readouterr().out
    assert said.count("mới:") == 4
    call_command("import_pages", str(target), user="van-thu-a")
    assert "không đổi: Trang hai" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("import_pages", str(target), user="sieu-quyen")
    with pytest.raises(CommandError):
        call_command("import_pages", str(target), user="van-thu-a", with_settings=True)


def test_a_package_holds_the_drafts_of_its_maker_and_no_others(at, part):
    make.page(at, "Của đơn vị B", parent=part, unit=at.b)
    titles = {one["fields"]["title"] for one in opened(packed(part, at.clerk_a))["pages"]}
    assert "Trang hai" in titles and "Của đơn vị B" not in titles
