"""Pages of the tree as readers get them: visibility on every surface, menus, regions, feeds."""

from __future__ import annotations

import datetime as dt
import json
import xml.etree.ElementTree as ET

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.editorial import publishing
from portal.pages import colours, framing
from portal.pages.models import CollectionPage, HomePage, PortalSettings, SectionPage
from tests import factories as make

pytestmark = pytest.mark.django_db
SECRET = "Vỏ trấu ướt"


@pytest.fixture
def at():
    return make.house()


def text_of(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.content.decode()


def block(kind: str, value: object) -> dict[str, object]:
    return {"type": kind, "value": value}


def listing(kind: str, **more) -> dict[str, object]:
    return block("listing", {"title": "", "kind": kind, "filters": "", "count": 6} | more)


def publish_home(at, **fields) -> HomePage:
    home = make.home()
    HomePage.objects.filter(pk=home.pk).update(unit=at.a)
    draft = make.home().get_latest_revision_as_object()
    draft.unit = at.a
    for name, value in fields.items():
        setattr(draft, name, json.dumps(value) if isinstance(value, list) else value)
    draft.save_revision(user=at.clerk_a, clean=False)
    return make.publish(make.home(), at)


# --- visibility --------------------------------------------------------------------------------

SURFACES = ("/", "/chuyen-muc/", "/so-do/", "/sitemap.xml", "/sitemap-trang-1.xml", "/tin-tuc/",
            "/tin-tuc/atom.xml", "/bo-suu-tap/", "/bo-suu-tap/atom.xml", "/tin-cong-khai/")  # fmt: skip


@pytest.fixture
def secrets(at):
    """A section, a page and a news item for units, beside public ones that could tell of them."""
    section = make.section(at, "Chuyên mục", live=True)
    make.page(
        at, f"{SECRET} trang", parent=section, audience="units", show_in_menus=True, live=True
    )
    make.section(at, f"{SECRET} mục", audience="chosen", units=[at.b], live=True)
    index = make.news_index(at)
    hidden = make.news(at, f"{SECRET} tin", parent=index, audience="units", topics=["mít"],
                       banner_from=dt.date(2020, 1, 1), banner_until=dt.date(2099, 1, 1), live=True)  # fmt: skip
    shown = make.news(at, "Tin công khai", parent=index, topics=["mít"], live=True)
    draft = shown.get_latest_revision_as_object()
    draft.related = [hidden]
    draft.save_revision(user=at.clerk_a, clean=False)
    make.publish(type(shown).objects.get(pk=shown.pk), at)
    make.collection(at, "Bộ sưu tập", source="tin-tuc", live=True)
    publish_home(
        at, main=[listing("tin-tuc"), block("statistics", {"title": "", "kinds": ["tin-tuc"]})]
    )
    return hidden


def test_no_surface_tells_a_stranger_of_internal_pages(at, client, secrets):
    urls = [url for url in SURFACES if url != "/tin-cong-khai/"] + ["/tin-tuc/tin-cong-khai/"]
    for url in urls:
        assert SECRET not in text_of(client, url), url
    assert ">1</dd>" in text_of(client, "/"), "a count tells of internal news"
    for url in (secrets.address, "/chuyen-muc/vo-trau-uot-trang/", "/vo-trau-uot-muc/"):
        assert client.get(url).status_code == 404


def test_members_read_what_is_addressed_to_them(at, client, secrets):
    client.force_login(at.member_a)
    for url in ("/", "/chuyen-muc/", "/tin-tuc/", "/bo-suu-tap/", "/tin-tuc/tin-cong-khai/"):
        assert SECRET in text_of(client, url), url
    assert client.get(secrets.address).status_code == 200
    assert client.get("/vo-trau-uot-muc/").status_code == 404, "chosen units only"
    client.force_login(at.member_b)
    assert client.get("/vo-trau-uot-muc/").status_code == 200


def test_an_internal_page_is_kept_by_no_shared_cache(at, client, secrets):
    client.force_login(at.member_a)
    assert "s-maxage" not in client.get(secrets.address)["Cache-Control"]
    client.logout()
    assert "s-maxage" in client.get("/tin-tuc/")["Cache-Control"]


def test_a_withdrawn_page_leaves_a_tombstone_and_vanishes_everywhere(at, client):
    section = make.section(at, "Chuyên mục", live=True)
    page = make.page(at, SECRET, parent=section, show_in_menus=True, live=True)
    assert SECRET in text_of(client, section.address)
    publishing.withdraw_by(page, at.head_a, "Sai", "Đăng nhầm, sẽ đăng lại")
    answer = client.get(page.address)
    assert answer.status_code == 410
    assert "Đăng nhầm, sẽ đăng lại" in answer.content.decode()
    for url in (section.address, "/so-do/", "/sitemap-trang-1.xml"):
        assert SECRET not in text_of(client, url)
        assert page.address not in text_of(client, url)


@pytest.mark.parametrize(
    "url", ["/khong-co/", "/chuyen-muc/khong-co/", "/x/y/z/w/v/", "/trang-chu/"]
)
def test_what_is_not_there_is_not_found(at, client, url):
    make.section(at, "Chuyên mục", live=True)
    assert client.get(url).status_code == 404


def test_a_draft_is_seen_by_nobody_in_public(at, client):
    page = make.page(at, live=True)
    draft = page.get_latest_revision_as_object()
    draft.body = [("text", "<p>Chữ chưa duyệt</p>")]
    draft.save_revision(user=at.clerk_a, clean=False)
    client.force_login(at.head_a)
    assert "Chữ chưa duyệt" not in text_of(client, page.address)


# --- menus and regions -------------------------------------------------------------------------


def test_the_menu_has_two_levels_and_follows_the_tree(at, client):
    one = make.section(at, "Giới thiệu", live=True)
    make.page(at, "Nhiệm vụ", parent=one, show_in_menus=True, live=True)
    make.page(at, "Không vào trình đơn", parent=one, live=True)
    make.section(at, "Nháp chưa đăng")
    page = text_of(client, "/")
    menu = page[page.index('class="menu"') : page.index("</nav>", page.index('class="menu"'))]
    assert "Giới thiệu" in menu
    assert "/gioi-thieu/nhiem-vu/" in menu
    assert "Không vào trình đơn" not in menu
    assert "Nháp chưa đăng" not in menu


def test_regions_are_inherited_and_can_be_stopped_at_any_level(at, client):
    def words(text: str) -> list:
        return [block("text", {"title": "", "text": f"<p>{text}</p>"})]

    publish_home(at, aside=words("Của trang chủ"))
    top = make.section(at, "Một", aside=json.dumps(words("Của mục một")), live=True)
    deep = make.section(at, "Hai", parent=top, aside=json.dumps(words("Của mục hai")), live=True)
    page = make.page(at, "Trang", parent=deep, live=True)
    seen = text_of(client, page.address)
    places = [seen.index(words) for words in ("Của mục hai", "Của mục một", "Của trang chủ")]
    assert places == sorted(places), "the nearest stands first"
    draft = SectionPage.objects.get(pk=top.pk).get_latest_revision_as_object()
    draft.stops_inherited = True
    draft.save_revision(user=at.clerk_a, clean=False)
    make.publish(SectionPage.objects.get(pk=top.pk), at)
    seen = text_of(client, page.address)
    assert "Của mục một" in seen
    assert "Của trang chủ" not in seen


def test_crumbs_name_the_way(at, client):
    one = make.section(at, "Một", live=True)
    two = make.section(at, "Hai", parent=one, live=True)
    page = text_of(client, make.page(at, "Ba", parent=two, live=True).address)
    assert page.index('href="/mot/"') < page.index('href="/mot/hai/"') < page.index("Ba</li>")


# --- portlets and queries ----------------------------------------------------------------------


@pytest.fixture
def busy_home(at):
    """A home page with ten portlets, each with rows."""
    for number in range(3):
        make.document(at, f"{number}/2031/TT-BTN", live=True)
        make.directive(at, f"0{number}/CT-BTN", live=True)
        make.news(at, f"Tin {number}", kind="thong-bao", live=True)
    saved = make.collection(at, "Tuyển chọn", live=True)
    links = [{"label": "Kiểm tra", "page": None, "url": "/kiem-tra-van-ban/"}]
    main = [
        listing("moi"),
        listing("sap-hieu-luc"),
        listing("chi-dao"),
        listing("tin-tuc"),
        listing("thong-bao"),
        block("collection", {"title": "", "collection": saved.pk, "count": 5}),
    ]
    aside = [
        block("hotline", {"title": "", "telephone": "0200 1", "email": "", "hours": ""}),
        block("links", {"title": "", "links": links}),
        block("text", {"title": "A", "text": "<p>B</p>"}),
        block("statistics", {"title": "", "kinds": ["moi"]}),
    ]
    return publish_home(at, main=main, aside=aside)


def test_home_with_ten_portlets_costs_few_queries(
    at, client, busy_home, django_assert_max_num_queries
):
    client.get("/")  # content types and sites are read once in a process
    framing.forget()
    from portal.core.page_cache import shelf

    shelf.clear()
    with django_assert_max_num_queries(25):
        page = client.get("/")
    assert page.content.decode().count('class="portlet"') == 10
    with django_assert_max_num_queries(3):
        assert client.get("/").content == page.content


def test_a_region_of_ten_portlets_costs_ten_queries_at_most(
    at, rf, busy_home, django_assert_max_num_queries
):
    from portal.organisations.audience import PUBLIC

    request = rf.get("/")
    request.audience = PUBLIC
    home = make.home()
    list(home.main), list(home.aside)
    with django_assert_max_num_queries(10):
        for one in (*home.main, *home.aside):
            one.render({"request": request})


@pytest.mark.parametrize("kind", ["page", "section", "collection", "news"])
def test_a_page_costs_few_queries(at, client, kind, django_assert_max_num_queries):
    section = make.section(at, "Mục", live=True)
    parent = None if kind == "news" else section
    page = getattr(make, kind)(at, parent=parent, live=True)
    client.get(page.address)
    from portal.core.page_cache import shelf

    shelf.clear()
    with django_assert_max_num_queries(16):
        client.get(page.address)


def test_a_portlet_with_a_filter_shows_what_the_list_shows(at, client):
    make.document(at, "1/2031/TT-BTN", subject="Thông tư hạt mít", live=True)
    make.document(
        at, "2/2031/L", type=make.document_type("luat"), subject="Luật vỏ quýt", live=True
    )
    publish_home(at, main=[listing("moi", filters="loai=luat")])
    page = text_of(client, "/")
    assert "Luật vỏ quýt" in page
    assert "Thông tư hạt mít" not in page
    assert "/van-ban/?loai=luat" in page


def test_a_filter_that_the_list_does_not_know_is_said(at):
    from django.core.exceptions import ValidationError as Invalid

    page = CollectionPage(title="X", slug="x", unit=at.a, source="moi", filters="lọai=luat")
    with pytest.raises(Invalid) as error:
        page.clean()
    assert "filters" in error.value.message_dict


# --- collections and feeds ---------------------------------------------------------------------


def test_a_collection_shows_its_columns_in_its_order_and_has_a_feed(at, client):
    for number, day in (("1/2031/TT-BTN", 5), ("2/2031/TT-BTN", 9)):
        make.document(at, number, issued=dt.date(2031, 1, day), live=True)
    page = make.collection(at, columns=["number", "issued"], order="cu", live=True)
    seen = text_of(client, page.address)
    assert seen.index("1/2031/TT-BTN") < seen.index("2/2031/TT-BTN")
    assert "05/01/2031" in seen
    feed = ET.fromstring(client.get(page.address + "atom.xml").content)
    titles = [one.text for one in feed.iter("{http://www.w3.org/2005/Atom}title")][1:]
    assert len(titles) == 2
    assert "1/2031/TT-BTN" in titles[0]


def test_paging_of_a_collection_keeps_to_its_rows(at, client):
    for number in range(1, 6):
        make.document(at, f"{number}/2031/TT-BTN", live=True)
    page = make.collection(at, per_page=2, live=True)
    seen = {
        n for n in range(1, 6) if f"{n}/2031/TT-BTN" in text_of(client, f"{page.address}?trang=3")
    }
    assert len(seen) == 1
    for odd in ("0", "-1", "x", "99999999999999999999"):
        assert client.get(f"{page.address}?trang={odd}").status_code == 200


# --- settings ----------------------------------------------------------------------------------


def test_settings_are_shown_everywhere_at_once(at, client):
    make.section(at, "Mục", live=True)
    text_of(client, "/muc/")
    PortalSettings.objects.create(
        name_vi="Cổng tỉnh Hạt Mít", authority="UBND tỉnh", responsible="Ông Mít, Chánh Văn phòng",
        telephone="0200 9", masthead="#004488", social="Mạng | https://example.vn/mang",
    )  # fmt: skip
    page = text_of(client, "/muc/")
    for words in ("Cổng tỉnh Hạt Mít", "UBND tỉnh", "Ông Mít", "0200 9", "https://example.vn/mang"):
        assert words in page
    assert "--red:#004488" in text_of(client, "/giao-dien.css")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("masthead", "#ffee00"),
        ("accent", "#dddddd"),
        ("accent_dark", "#222222"),
        ("masthead", "đỏ"),
        ("social", "Không có địa chỉ"),
        ("social", "X | javascript:alert(1)"),
        ("security_contact", "ai đó"),
    ],
)
def test_settings_that_nobody_could_read_are_refused(field, value):
    with pytest.raises(ValidationError) as error:
        PortalSettings(**{field: value}).full_clean()
    assert field in error.value.message_dict


def test_contrast_is_that_of_the_standard():
    assert colours.contrast("#777777", "#ffffff") == 4.48
    assert colours.problem("#767676", "#ffffff") == ""


def test_a_maintenance_notice_is_shown_in_its_time(at, client):
    now = timezone.now()
    row = PortalSettings.objects.create(
        maintenance="Bảo trì tối nay", maintenance_from=now - dt.timedelta(hours=1),
        maintenance_until=now + dt.timedelta(hours=1),
    )  # fmt: skip
    assert "Bảo trì tối nay" in text_of(client, "/so-do/")
    row.maintenance_until = now - dt.timedelta(minutes=1)
    row.save()
    assert "Bảo trì tối nay" not in text_of(client, "/so-do/")


# --- machines ----------------------------------------------------------------------------------


def test_site_maps_hold_what_everybody_may_read_in_parts(at, client, monkeypatch):
    from portal.pages.views import machines

    works = [make.document(at, f"{n}/2031/TT-BTN", live=True) for n in range(1, 4)]
    make.document(at, "9/2031/TT-BTN", audience="units", live=True)
    make.page(at, live=True)
    monkeypatch.setattr(machines, "PART", 2)
    index = text_of(client, "/sitemap.xml")
    assert "sitemap-van-ban-1.xml" in index
    assert "sitemap-van-ban-2.xml" in index
    assert "sitemap-van-ban-3.xml" not in index
    parts = "".join(text_of(client, f"/sitemap-van-ban-{n}.xml") for n in (1, 2))
    assert all(work.get_absolute_url() in parts for work in works)
    assert "9-2031" not in parts
    assert client.get("/sitemap-van-ban-3.xml").status_code == 404
    assert client.get("/sitemap-khong-1.xml").status_code == 404
    assert "/trang-hat-mit/" in text_of(client, "/sitemap-trang-1.xml")


def test_security_txt_is_there_when_somebody_answers(client):
    assert client.get("/.well-known/security.txt").status_code == 404
    PortalSettings.objects.create(security_contact="mailto:an.toan@example.vn")
    text = text_of(client, "/.well-known/security.txt")
    assert "Contact: mailto:an.toan@example.vn" in text
    assert "Expires: " in text


def test_data_for_search_engines_are_valid_json_and_end_no_script(at, client):
    title = "Tin </script><b>đậm</b>"
    article = make.news(at, title, slug="tin-la", live=True)
    work = make.document(at, "1/2031/TT-BTN", live=True)
    for url, kind in ((article.address, "NewsArticle"), (work.get_absolute_url(), "Legislation")):
        page = text_of(client, url)
        start = page.index('<script type="application/ld+json">') + 35
        data = json.loads(page[start : page.index("</script>", start)])
        assert data["@type"] == kind
        assert data["url"].endswith(url)
    assert (
        json.loads(page[start : page.index("</script>", start)])["legislationIdentifier"]
        == work.number
    )


def test_an_old_address_leads_to_the_new_one_after_a_change(
    at, client, django_capture_on_commit_callbacks
):
    page = make.page(at, live=True)
    draft = page.get_latest_revision_as_object()
    draft.slug = "dia-chi-moi"
    draft.save_revision(user=at.clerk_a, clean=False)
    with django_capture_on_commit_callbacks(execute=True):
        make.publish(type(page).objects.get(pk=page.pk), at)
    answer = client.get("/trang-hat-mit/")
    assert (answer.status_code, answer["Location"]) == (301, "/dia-chi-moi/")


def test_an_address_of_the_portal_itself_is_not_given_to_a_page(at, client):
    from django.urls import reverse

    client.force_login(at.clerk_a)
    url = reverse("wagtailadmin_pages:add", args=["pages", "sectionpage", make.home().pk])
    answer = client.post(url, {
        "title": "Tìm kiếm", "slug": "tim-kiem", "summary": "", "unit": at.a.pk,
        "audience": "public", "body-count": 0, "aside-count": 0,
    })  # fmt: skip
    assert "slug" in answer.context["form"].errors


def test_the_language_is_chosen_on_a_page_of_its_own(client):
    answer = client.get("/ngon-ngu/chon/", headers={"referer": "https://noi-khac.vn/x/"})
    assert 'value="/"' in answer.content.decode()
    answer = client.get("/ngon-ngu/chon/", headers={"referer": "http://testserver/so-do/"})
    assert 'value="http://testserver/so-do/"' in answer.content.decode()
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]
    client.post("/ngon-ngu/setlang/", {"language": "en", "next": "/so-do/"})
    assert "Site map" in text_of(client, "/so-do/")
