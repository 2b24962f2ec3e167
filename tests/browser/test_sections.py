"""Sections, pages and news as readers and editors meet them."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.utils import timezone

from news.models import NewsArticle
from portal.pages.models import (
    CalendarPage,
    ConsultationPage,
    FormPage,
    PortalSettings,
    ProcedurePage,
    ProceduresPage,
)
from tests import factories as make
from tests.browser.test_journey import decide_named, send_item, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = json.dumps([
    {"type": "heading", "value": "Đề mục"},
    {"type": "text", "value": "<p>Theo Nghị định 12/2031/NĐ-CP.</p><ul><li>Một</li></ul>"},
    {"type": "notice", "value": {"kind": "warn", "text": "<p>Lưu ý</p>"}},
    {"type": "accordion", "value": {"items": [{"title": "Mở ra", "text": "<p>Bên trong</p>"}]}},
    {"type": "table", "value": {"data": [["A", "B"], ["1", "2"]], "table_caption": "Bảng",
                                "first_row_is_table_header": True, "first_col_is_header": True}},
    {"type": "quote", "value": {"text": "Lời", "by": "Người"}},
    {"type": "contacts", "value": {"people": [{"name": "Mít", "title": "Trực", "telephone": "1",
                                               "email": "a@example.vn"}]}},
    {"type": "organisation_chart", "value": {"unit": "Sở Hạt Mít"}},
])  # fmt: skip
ASIDE = json.dumps([
    {"type": "hotline", "value": {"title": "", "telephone": "0200 1", "email": "", "hours": "8–17"}},
    {"type": "links", "value": {"title": "", "links": [{"label": "Sổ", "page": None,
                                                        "url": "/so-cong-bo/"}]}},
    {"type": "listing", "value": {"title": "", "kind": "tin-tuc", "filters": "", "count": 3}},
    {"type": "statistics", "value": {"title": "", "kinds": ["moi"]}},
])  # fmt: skip


@pytest.fixture
def tree(at):
    section = make.section(at, "Giới thiệu", aside=ASIDE, live=True)
    page = make.page(at, "Nhiệm vụ", parent=section, body=BODY, show_in_menus=True, live=True)
    make.document(at, "1/2031/TT-BTN", live=True)
    saved = make.collection(at, columns=["number", "issued"], live=True)
    picture = make.picture(size=(1200, 800))
    article = make.news(at, "Tin có ảnh", picture=picture, picture_alt="Hạt mít phơi nắng",
                        picture_caption="Sân phơi", body=BODY, topics=["mít"], live=True)  # fmt: skip
    return [section.address, page.address, saved.address, article.address, "/tin-tuc/", "/so-do/",
            "/ngon-ngu/chon/", "/", *others(at)]  # fmt: skip


def others(at) -> list[str]:
    """Questions, a consultation, a calendar, a form, procedures; each with its public form."""
    today = timezone.localdate()
    index = make.questions_page(at, live=True)
    answer = make.answer(at, live=True)
    draft = make.page(at, "Quy chế phơi", ConsultationPage, draft_text="Điều 1. A\nB\nĐiều 2. C",
                      opens=today, closes=today + dt.timedelta(5), live=True)  # fmt: skip
    entry = {"start": f"{today}T01:00:00Z", "end": None, "title": "Họp", "place": "Sân",
             "chair": "Mít", "people": ""}  # fmt: skip
    calendar = make.page(at, "Lịch tuần", CalendarPage, live=True,
                         entries=json.dumps([{"type": "entry", "value": entry}]))  # fmt: skip
    names = ("kind", "label", "needed", "choices", "help")
    fields = [("line", "Tên", True, "", "Viết đủ"), ("one", "Mùa", True, "Xuân\nHạ", ""),
              ("many", "Loại", False, "Dai\nƯớt", ""), ("agree", "Đồng ý", True, "", "")]  # fmt: skip
    blocks = [{"type": "field", "value": dict(zip(names, one, strict=True))} for one in fields]
    form = make.page(at, "Đăng ký", FormPage, purpose="đếm hạt", body="[]", live=True,
                     form_fields=json.dumps(blocks))  # fmt: skip
    procedures = make.page(at, "Thủ tục", ProceduresPage, live=True)
    one = make.page(at, "Phơi hạt", ProcedurePage, parent=procedures, field="Nông sản", live=True)
    pages = (index, answer, draft, calendar, form, procedures, one)
    return [*(page.address for page in pages),
            *(page.form_address for page in (index, draft, form))]  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (768, "dark"), (1280, "dark")])
def test_every_kind_of_page_is_open_to_everybody(tree, open_page, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page, wrong, errors = open_page(width, color_scheme=scheme), {}, []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    for url in tree:
        assert page.goto(url).status == 200, url
        for part in page.locator("details").all():
            part.evaluate("node => node.open = true")
        found = Axe().run(page).response["violations"]
        if found:
            wrong[url] = [(row["id"], row["nodes"][0]["html"][:120]) for row in found]
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, url
    assert wrong == {}
    assert errors == []


def test_four_hundred_percent_needs_no_sideways_scrolling(tree, open_page):
    page = open_page(320)
    for url in tree:
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, url


def test_the_layout_never_shifts(tree, open_page):
    page = open_page(360)
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) "
        "window.shift += one.value }).observe({type: 'layout-shift', buffered: true})"
    )
    for url in tree:
        page.goto(url, wait_until="networkidle")
        assert page.evaluate("window.shift") == 0, url


def test_the_menu_opens_by_keyboard_and_without_scripts(tree, open_page):
    page = open_page(1280, java_script_enabled=False)
    page.goto("/")
    page.locator(".menu summary").first.focus()
    page.keyboard.press("Enter")
    under = page.locator(".menu details[open] a")
    boxes = [under.nth(number).bounding_box() for number in range(under.count())]
    assert len({box["x"] for box in boxes}) == 1, "one under the other"
    under.filter(has_text="Nhiệm vụ").click()
    assert page.inner_text("h1") == "Nhiệm vụ"
    page.locator(".accordion summary").first.click()
    assert page.locator("text=Bên trong").is_visible()
    page.locator("a.citation").first.click()
    assert "/tim-kiem/" in page.url


@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_name_search_and_menu_leave_room(tree, open_page, script):
    PortalSettings.objects.create(
        name_vi="Cổng thông tin văn bản", authority="Ủy ban nhân dân tỉnh Hoa Ban (hư cấu)",
        emblem=make.picture(size=(80, 80)),
    )  # fmt: skip
    page = open_page(360, java_script_enabled=script)
    page.goto(tree[1])
    boxes = [page.locator(one).bounding_box() for one in (".brand", ".to-menu", ".search-bar")]
    assert max(box["y"] + box["height"] for box in boxes) <= 112
    assert page.locator("main").bounding_box()["y"] <= 112
    assert all(box["height"] >= 44 for box in boxes)
    opener, sheet = page.get_by_role("button", name="Trình đơn"), page.locator("#trinh-don")
    assert sheet.is_hidden()
    opener.focus()
    page.keyboard.press("Enter")
    assert sheet.get_by_role("link", name="Văn bản", exact=True).is_visible()
    page.keyboard.press("Escape")
    assert sheet.is_hidden()
    opener.click()
    sheet.locator("summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    sheet.get_by_role("button", name="Đóng").click()
    assert sheet.is_hidden()
    opener.click()  # what was unfolded is still unfolded
    sheet.get_by_role("link", name="Nhiệm vụ").click()
    assert page.inner_text("h1") == "Nhiệm vụ"


def test_a_news_item_from_the_editor_to_the_reader(at, open_page):
    index = make.news_index(at)
    clerk, editor, deputy = open_page(1366), open_page(), open_page(360)
    sign_in(clerk, "van-thu-a")
    clerk.goto(f"/admin/pages/add/news/newsarticle/{index.pk}/")
    clerk.locator("[name=title]").press_sequentially("Mùa hạt mít năm nay")
    clerk.wait_for_timeout(600)  # a script that makes an address of it would have done so
    clerk.fill("[name=summary]", "Hạt mít được mùa.")
    clerk.locator("[name=action-review]").evaluate("node => node.click()")
    clerk.wait_for_url("**/gui-duyet/**")
    article = NewsArticle.objects.get()
    assert article.slug == "mua-hat-mit-nam-nay"
    send_item(clerk, article)
    sign_in(editor, "bien-tap-a")
    decide_named(editor, "Mùa hạt mít")
    sign_in(deputy, "pho-ban-a")
    decide_named(deputy, "Mùa hạt mít", "Đồng ý")
    reader = open_page(360)
    reader.goto("/tin-tuc/")
    reader.locator("a", has_text="Mùa hạt mít").click()
    assert "Hạt mít được mùa." in reader.inner_text("main")
