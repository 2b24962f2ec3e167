"""Demo pages: a home page, sections, pages and a collection, each approved by demo people. All of
it is fiction."""

from __future__ import annotations

import io
import json
import random

from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.models import Page

from portal.core.demo import Part
from portal.editorial.publishing import withdraw_by
from portal.editorial.states import Step
from portal.editorial.walking import fresh, pass_until
from portal.editorial.workflow import reviewing
from portal.organisations.access import access_of
from portal.organisations.models import User
from portal.organisations.roles import Ability, roles_with

from .models import CollectionPage, HomePage, Picture, PortalPage, SectionPage, StandardPage

WHO = {Step.CHECK: "truongphong", Step.EDIT: "bientap", Step.LEGAL: "phapche",
       Step.APPROVE: "phoban"}  # fmt: skip


def person(name: str) -> User:
    """A demo account by its name."""
    return User.objects.get(username=name, demo=True)


def block(kind: str, value: object) -> dict[str, object]:
    """A block as stream fields keep it."""
    return {"type": kind, "value": value}


def paragraph(text: str) -> dict[str, object]:
    return block("text", f"<p>{text}</p>")


def publish(page: PortalPage) -> None:
    """From draft to live by the ordinary way, each step by its person."""
    page.save_revision(user=person("vanthu"), clean=False)
    reviewing.submit(fresh(page), person("vanthu"))
    pass_until(page, {step: person(name) for step, name in WHO.items()})


def add(parent: PortalPage, page: PortalPage) -> PortalPage:
    """A demo page under another, live."""
    unit = person("vanthu").memberships.first().unit
    page.unit, page.demo, page.live = unit, True, False
    fresh(parent).add_child(instance=page)
    publish(page)
    return fresh(page)


def picture(title: str, seed: int) -> Picture:
    """A drawn landscape: hills under a sky, no photograph."""
    from PIL import Image, ImageDraw

    dice = random.Random(seed)
    canvas = Image.new("RGB", (1200, 800), (205 - 10 * (seed % 4), 222, 236))
    draw = ImageDraw.Draw(canvas)
    draw.ellipse((850, 90, 970, 210), fill=(250, 221, 150))
    for level in range(5):
        base = 380 + 85 * level
        points = [(x, base + dice.randint(-55, 55)) for x in range(0, 1300, 100)]
        green = 150 - 22 * level
        draw.polygon([(0, 800), *points, (1200, 800)], fill=(60 + 8 * level, green, 80))
    stream = io.BytesIO()
    canvas.save(stream, "JPEG", quality=82)
    return Picture.objects.create(
        title=title, alt_text=title, credit="Tranh minh họa trình diễn",
        file=ImageFile(stream, name=f"trinh-dien-{seed}.jpg"),
    )  # fmt: skip


@transaction.atomic
def load() -> str:
    """Home, sections and pages; nothing when they are there."""
    if PortalPage.objects.filter(demo=True).exists():
        return "Trang trình diễn: đã có."
    home = HomePage.objects.get()
    about = add(home, SectionPage(
        title="Giới thiệu", slug="gioi-thieu", show_in_menus=True,
        summary="Tỉnh Hoa Ban (hư cấu) và Cổng thông tin văn bản của tỉnh.",
        body=json.dumps([paragraph(
            "Đây là nội dung trình diễn. Tỉnh Hoa Ban, các cơ quan và con người nêu ở đây đều "
            "không có thật.")]),
    ))  # fmt: skip
    add(about, StandardPage(
        title="Chức năng, nhiệm vụ", slug="chuc-nang-nhiem-vu", show_in_menus=True,
        summary="Cổng công bố văn bản và theo dõi việc thực hiện chỉ đạo.",
        body=json.dumps([
            block("heading", "Nhiệm vụ"),
            block("text", "<ul><li>Công bố văn bản quy phạm pháp luật của tỉnh.</li>"
                          "<li>Đăng văn bản chỉ đạo, điều hành.</li>"
                          "<li>Tiếp nhận ý kiến của người dân về nội dung đã đăng.</li></ul>"),
            block("notice", {"kind": "info", "text": "<p>Bản chính có chữ ký và Công báo là căn "
                                                     "cứ pháp lý.</p>"}),
            block("accordion", {"items": [
                {"title": "Ai duyệt nội dung?",
                 "text": "<p>Ban Biên tập. Người viết không tự duyệt bài của mình.</p>"},
                {"title": "Thấy sai thì báo ở đâu?",
                 "text": "<p>Mỗi văn bản có nút báo lỗi; trả lời trong 15 ngày.</p>"}]}),
            block("table", {"data": [["Bước", "Thời hạn"], ["Biên tập", "2 ngày"],
                                     ["Duyệt", "2 ngày"]],
                            "first_row_is_table_header": True, "first_col_is_header": False,
                            "table_caption": "Thời hạn xử lý một trang"}),
        ]),
    ))  # fmt: skip
    unit = person("vanthu").memberships.first().unit
    add(about, StandardPage(
        title="Cơ cấu tổ chức", slug="co-cau-to-chuc", show_in_menus=True,
        summary="Các đơn vị của tỉnh, theo danh bạ của Cổng.",
        body=json.dumps([block("organisation_chart", {"unit": (unit.parent or unit).name})]),
    ))  # fmt: skip
    add(about, StandardPage(
        title="Liên hệ", slug="lien-he", show_in_menus=True,
        summary="Bộ phận trực Cổng trong giờ hành chính.",
        body=json.dumps([
            block("contacts", {"people": [
                {"name": "Lò Thị Ban", "title": "Văn thư, trực Cổng", "telephone": "0200 000 001",
                 "email": "truc.cong@example.vn"},
                {"name": "Đinh Văn Dốc", "title": "Phó Trưởng ban Biên tập",
                 "telephone": "0200 000 002", "email": ""}]}),
            block("place", {"name": "Trụ sở", "address": "Số 1 đường Hoa Ban, phường Suối Mây",
                            "picture": {"picture": None, "alt_text": "", "caption": "",
                                        "credit": ""}, "link": ""}),
        ]),
    ))  # fmt: skip
    law = add(home, SectionPage(
        title="Phổ biến pháp luật", slug="pho-bien-phap-luat", show_in_menus=True,
        summary="Văn bản mới theo chủ đề, cho người dân và doanh nghiệp.", body="[]",
    ))  # fmt: skip
    add(law, CollectionPage(
        title="Nghị định mới", slug="nghi-dinh-moi", show_in_menus=True, source="moi",
        filters="loai=nghi-dinh", columns=["number", "subject", "issued", "in_force"],
        summary="Các nghị định mới ban hành có trên Cổng.", per_page=20,
    ))  # fmt: skip
    return f"Trang trình diễn: {PortalPage.objects.filter(demo=True).count()} trang."


@transaction.atomic
def load_home() -> str:
    """The home page last, when everything that it shows is there."""
    home = HomePage.objects.get()
    if home.live:
        return "Trang chủ trình diễn: đã có."
    listing = {"title": "", "filters": "", "count": 5}
    collection = CollectionPage.objects.filter(demo=True).first()
    draft = home.get_latest_revision_as_object()
    draft.unit, draft.demo = person("vanthu").memberships.first().unit, True
    draft.examples = "điều 5 luật đất đai; nghi dinh 168; xử phạt vi phạm hành chính"
    draft.main = json.dumps([
        block("listing", listing | {"kind": "moi"}),
        block("listing", listing | {"kind": "sap-hieu-luc"}),
        block("listing", listing | {"kind": "chi-dao"}),
        block("listing", listing | {"kind": "tin-tuc", "count": 4}),
        block("collection", {"title": "", "collection": collection.pk, "count": 4}),
        block("listing", listing | {"kind": "thong-bao", "count": 3}),
    ])  # fmt: skip
    draft.aside = json.dumps([
        block("hotline", {"title": "", "telephone": "0200 000 001",
                          "email": "truc.cong@example.vn", "hours": "7:30–17:00, thứ Hai–thứ Sáu"}),
        block("links", {"title": "", "links": [
            {"label": "Kiểm tra một văn bản", "page": None, "url": "/kiem-tra-van-ban/"},
            {"label": "Sổ công bố", "page": None, "url": "/so-cong-bo/"}]}),
        block("statistics", {"title": "", "kinds": ["moi", "chi-dao", "tin-tuc"]}),
        block("text", {"title": "Về bản trình diễn",
                       "text": "<p>Mọi tên người, cơ quan và văn bản ở đây là hư cấu.</p>"}),
    ])  # fmt: skip
    PortalPage.objects.filter(pk=home.pk).update(unit=draft.unit, demo=True)
    draft.save_revision(user=person("vanthu"), clean=False)
    reviewing.submit(fresh(home), person("vanthu"))
    pass_until(home, {step: person(name) for step, name in WHO.items()})
    return "Trang chủ trình diễn: đã đăng."


@transaction.atomic
def remove() -> str:
    """Withdraw demo pages like any others, then take their rows away; the ledger keeps its lines.

    Rows go by ``_raw_delete``, the only delete that asks no guard, as demo documents do.
    """
    from .receivers import make_home

    pages = [page.specific for page in PortalPage.objects.filter(demo=True).order_by("-path")]
    for page in pages:
        if page.live:
            withdraw_by(page, _head_over(page.owning_unit), "Gỡ bộ trình diễn")
    for page in pages:
        _erase(page)
    Page.fix_tree()
    for row in Picture.objects.filter(file__contains="trinh-dien-"):
        row.delete()
    if not HomePage.objects.exists():
        make_home()
    return f"Đã gỡ {len(pages)} trang trình diễn."


def _head_over(unit) -> User:
    heads = User.objects.filter(
        demo=True, is_active=True, memberships__role__in=roles_with(Ability.TAKE_DOWN)
    ).distinct()
    return next(user for user in heads if access_of(user).can(Ability.TAKE_DOWN, unit))


def _erase(page: PortalPage) -> None:
    from wagtail.models import ReferenceIndex, Site

    ReferenceIndex.remove_for_object(page)
    Site.objects.filter(root_page_id=page.pk).update(root_page=page.get_parent())
    page.revisions.update(user=None)  # demo drafts name nobody any more, so that they may go
    page.revisions.all().delete()
    for model in (type(page), PortalPage, Page):
        for many in model._meta.local_many_to_many:
            through = many.remote_field.through
            if through._meta.auto_created:
                through.objects.filter(**{f"{many.m2m_field_name()}": page.pk}).delete()
    for relation in type(page)._meta.related_objects:
        rows = relation.related_model._base_manager
        if relation.one_to_many and relation.on_delete.__name__ in ("CASCADE", "SET_NULL"):
            found = rows.filter(**{relation.field.name: page.pk})
            if relation.on_delete.__name__ == "CASCADE":
                found.delete()
            else:
                found.update(**{relation.field.name: None})
    for model in (type(page), PortalPage, Page):
        rows = model._base_manager.filter(pk=page.pk)
        rows._raw_delete(rows.db)


PAGES = Part("pages", 10, load, remove)
HOME = Part("home", 90, load_home, lambda: "")
