"""The living style page: for staff, every component by its own template."""

from __future__ import annotations

import pytest

from tests import factories as make

pytestmark = pytest.mark.django_db
URL = "/he-thong-thiet-ke/"
#: One mark of each component, as its own template draws it.
MARKS = [
    'class="badge con_hieu_luc"', 'class="status-line"', 'class="notice error"', 'class="banner"',
    'class="error-summary"', 'class="crumbs"', 'class="versions', 'class="pages"', 'class="rows"',
    'class="file-card"', 'class="chart"', 'class="hotline"', 'class="portlet notice"',
    'class="accordion"', 'class="quote"', 'class="table-wrap"', 'class="timeline"',
    'class="margin-note"', "<picture>", 'class="facets"', 'class="contents"', "12.345", "Điều 5. Sân phơi</a>",
    "Chờ duyệt", 'class="thumb"', 'id="id_mail-error"', "Bà Lá",
]  # fmt: skip


def test_staff_see_every_component(client):
    at = make.house()
    make.picture()
    client.force_login(at.clerk_a)
    page = client.get(URL).content.decode()
    assert [mark for mark in MARKS if mark not in page] == []


def test_strangers_see_no_such_page(client):
    make.house()
    assert client.get(URL).status_code == 404


def test_the_contents_of_a_law_are_drawn_by_the_same_template(client):
    at = make.house()
    work = make.document(at, "8/2031/TT-BTN")
    make.with_text(work, "Điều 1. Sân <phơi>\nKhô.\n\nĐiều 2. Hạt\nKhô.")
    make.publish(work, at)
    page = client.get(work.identity.url).content.decode()
    contents = page.partition("<details data-open-wide>")[2].partition("</details>")[0]
    assert '<a href="#dieu-1">Điều 1. Sân &lt;phơi&gt;</a>' in contents
    assert contents.count("<li") == 2
