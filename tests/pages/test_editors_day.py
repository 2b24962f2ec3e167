"""The first page of the admin, the list of pages, and the files that nobody uses."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.editorial.models import ReviewState
from portal.editorial.workflow import reviewing
from portal.pages.models import Attachment, Picture, PortalSettings
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return make.house()


def shown(client, url: str) -> str:
    response = client.get(url, follow=True)
    assert response.status_code == 200, url
    return response.content.decode()


def send(page, at):
    reviewing.submit(page, at.clerk_a)
    return ReviewState.objects.open().latest("pk")


def test_the_first_page_tells_what_waits_and_what_is_late(at, client):
    page = make.page(at, "Trang chờ duyệt")
    turn = send(page, at)
    ReviewState.objects.filter(pk=turn.pk).update(
        due=timezone.localdate() - dt.timedelta(2),
        checks=[{"severity": "chan", "code": "x", "message": "thiếu"}],
    )
    client.force_login(at.editor_a)
    text = shown(client, "/admin/")
    assert "Trang chờ duyệt" in text and "muc-waiting" in text
    assert "Phép kiểm tra chưa đạt" in text and 'class="late"' in text
    client.force_login(at.head_b)
    assert "Trang chờ duyệt" not in shown(client, "/admin/")


def test_news_and_consultations_that_end_soon_are_named_to_their_unit(at, client):
    soon = timezone.localdate() + dt.timedelta(3)
    make.news(at, "Tin sắp hết", expires=soon, live=True)
    make.news(at, "Tin còn lâu", expires=soon + dt.timedelta(90), live=True)
    client.force_login(at.clerk_a)
    text = shown(client, "/admin/")
    assert "Tin sắp hết" in text and f"{soon:%d/%m/%Y}" in text
    panel = text[text.index("muc-news") :]
    assert "Tin còn lâu" not in panel[: panel.index("</section>")]
    client.force_login(at.clerk_b)
    assert "muc-news" not in shown(client, "/admin/")


def test_the_first_steps_go_away_one_by_one(at, client):
    client.force_login(at.administrator)
    before = shown(client, "/admin/")
    assert "Những bước đầu" in before
    steps = before[before.index("muc-steps") :]
    assert steps[: steps.index("</section>")].count("done-mark") == 1  # people have roles
    PortalSettings.objects.create(name_vi="Cổng Hạt Mít", responsible="Bà Mít", masthead="#7a1212")
    after = shown(client, "/admin/")
    steps = after[after.index("muc-steps") :]
    assert steps[: steps.index("</section>")].count("done-mark") == 3
    client.force_login(at.member_a)
    assert client.get("/admin/").status_code in {302, 403} or "muc-steps" not in shown(
        client, "/admin/"
    )


def test_the_list_of_pages_names_state_unit_and_deadline(at, client):
    live = make.page(at, "Trang đã đăng", live=True)
    page = make.page(at, "Trang đang duyệt")
    turn = send(page, at)
    client.force_login(at.clerk_a)
    text = shown(client, reverse("wagtailadmin_explore", args=[live.get_parent().pk]))
    for words in ("Đơn vị", "Hạn", "Loại trang", "Sở Hạt Mít", f"{turn.due:%d/%m/%Y}"):
        assert words in text, words
    assert "Loại văn bản" not in text
    home = live.get_parent().pk
    only = shown(client, reverse("wagtailadmin_explore", args=[home]) + "?state=nhap")
    assert "Trang đang duyệt" not in only.split("</table>")[0].split("<tbody>")[-1]


def test_the_list_of_pages_asks_as_often_for_many_rows(at, client, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(at.clerk_a)
    home = make.home().pk
    counts = []
    for _turn in range(2):
        for number in range(8):
            make.page(at, f"Trang {_turn}-{number}", live=True)
        url = reverse("wagtailadmin_explore", args=[home])
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        counts.append(len(captured))
    assert counts[1] - counts[0] <= 2, counts


def test_files_that_nobody_uses_are_listed_and_only_ones_own_are_deleted(at, client):
    used = make.picture("Ảnh đang dùng", uploaded_by_user=at.clerk_a)
    make.news(at, picture=used, picture_alt="Hạt", picture_caption="Hạt", picture_credit="Mít")
    mine = make.picture("Ảnh thừa của tôi", uploaded_by_user=at.clerk_a)
    other = make.picture("Ảnh thừa của người khác", uploaded_by_user=at.clerk_b)
    file = make.attachment("Tệp thừa", uploaded_by_user=at.clerk_a)
    client.force_login(at.clerk_a)
    text = shown(client, "/admin/tep-khong-dung/")
    assert "Ảnh thừa của tôi" in text and "Ảnh thừa của người khác" in text
    assert "Ảnh đang dùng" not in text
    assert "Tệp thừa" in shown(client, "/admin/tep-khong-dung/?loai=tep")
    client.post("/admin/tep-khong-dung/", {"row": [mine.pk, other.pk, used.pk, "x"]})
    assert set(Picture.objects.values_list("pk", flat=True)) == {used.pk, other.pk}
    client.post("/admin/tep-khong-dung/?loai=tep", {"row": [file.pk]})
    assert not Attachment.objects.exists()
    client.force_login(at.lawyer_a)
    assert client.get("/admin/tep-khong-dung/").status_code in {302, 403}
