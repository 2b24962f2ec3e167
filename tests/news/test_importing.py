"""News of an old portal: read without trust, brought in once, old addresses lead to new ones."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from PIL import Image
from wagtail.contrib.redirects.models import Redirect

from news.importing import Unreadable, read, run
from news.importing.reading import parts_of
from news.models import NewsArticle
from tests import factories as make

WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Cổng cũ</title>
<item><title>Mùa mít &amp; quýt</title><link>https://cu.example.vn/2020/05/mua-mit/?p=7</link>
<guid>https://cu.example.vn/?p=7</guid><dc:creator>Mít</dc:creator><category>Nông sản</category>
<content:encoded><![CDATA[<p onclick="x()">Hạt <b>mít</b><script>alert(1)</script></p>
<h2>Đề</h2><img src="https://cu.example.vn/anh/mit.jpg" alt="Mít"><p><a href="javascript:x()">y</a></p>]]>
</content:encoded><wp:post_date>2020-05-06 07:08:09</wp:post_date><wp:post_type>post</wp:post_type>
<wp:status>publish</wp:status></item>
<item><title>Nháp</title><guid>8</guid><wp:status>draft</wp:status></item>
<item><title>Tệp</title><guid>9</guid><wp:post_type>attachment</wp:post_type></item>
</channel></rss>"""


@pytest.fixture
def export(tmp_path):
    path = tmp_path / "cu.xml"
    path.write_text(WXR, encoding="utf-8")
    return path


@pytest.fixture
def pictures(tmp_path):
    folder = tmp_path / "anh"
    folder.mkdir()
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), (9, 9, 9)).save(stream, "JPEG")
    (folder / "mit.jpg").write_bytes(stream.getvalue())
    return folder


def test_an_export_says_title_day_topics_and_clean_parts(export):
    (item,) = read(export)
    assert (item.title, str(item.day), item.topics) == (
        "Mùa mít & quýt",
        "2020-05-06",
        ("Nông sản",),
    )
    assert item.old_path == "/2020/05/mua-mit/?p=7"
    html = "".join(part.html for part in item.parts)
    assert "<b>mít</b>" in html
    assert "<h3>Đề</h3>" in html
    assert not any(bad in html for bad in ("script", "alert", "onclick", "javascript"))
    assert [part.picture for part in item.parts if part.picture] == ["mit.jpg"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "không phải xml",
        "<html></html>",
        '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss>&b;</rss>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title>'
        "</item></channel></rss>",
    ],
)
def test_a_broken_or_hostile_export_is_refused_in_words(tmp_path, content):
    path = tmp_path / "x.xml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Unreadable):
        list(read(path))
    with pytest.raises(Unreadable):
        read(tmp_path / "khong-co.xml")


def test_pictures_are_named_without_a_way_out_of_their_folder():
    (part,) = parts_of('<p></p><img src="/a/../../etc/..%2F..%2Fpasswd">')
    assert part.picture == "passwd"


def test_tables_stay_tables_between_the_text_and_the_pictures():
    html = (
        "<p>Trước</p><table><tr><th>Loại<th>Mức</tr><tr><td>Hạt<td>2 <img src='/anh/mit.jpg'></table>"
        "<p>Sau</p>"
    )
    first, table, picture, last = parts_of(html)
    assert (first.html, picture.picture, last.html) == ("<p>Trước</p>", "mit.jpg", "<p>Sau</p>")
    assert table.table["data"] == [["Loại", "Mức"], ["Hạt", "2"]]


@pytest.mark.django_db
def test_a_table_of_an_old_portal_is_a_block_that_is_valid(tmp_path):
    at = make.house()
    (tmp_path / "a.html").write_text(
        "<title>Mức thu</title><body><p>Trước</p><table><caption>Mức</caption>"
        "<tr><th>Loại<th>Mức<tr><td>Hạt<td>2</table>",
        encoding="utf-8",
    )
    report = run(read(tmp_path), make.news_index(at), at.a, "Cổng cũ", user=at.clerk_a)
    assert (report.counts["created"], report.notes) == (1, [])
    text, table = NewsArticle.objects.get().body
    assert (text.block_type, table.block_type) == ("text", "table")
    assert "<caption>Mức</caption>" in table.render()
    assert '<th scope="col">Loại</th>' in table.render()


@pytest.mark.django_db
def test_a_second_run_brings_nothing_twice(export, pictures):
    at = make.house()
    index = make.news_index(at)
    first = run(read(export), index, at.a, "Cổng cũ", pictures=pictures, user=at.clerk_a)
    again = run(read(export), index, at.a, "Cổng cũ", pictures=pictures, user=at.clerk_a)
    assert (first.counts["created"], again.counts["created"], again.counts["unchanged"]) == (
        1,
        0,
        1,
    )
    article = NewsArticle.objects.get()
    assert not article.live
    assert [block.block_type for block in article.body] == ["text", "picture", "text"] or [
        block.block_type for block in article.body
    ] == ["text", "picture"]
    assert article.get_latest_revision().user == at.clerk_a


@pytest.mark.django_db
def test_under_a_mandate_items_go_live_and_old_addresses_lead_to_them(export, pictures, client):
    at = make.house()
    index = make.news_index(at)
    row = make.mandate(at, folder=export.parent)
    run(read(export), index, at.a, "Cổng cũ", pictures=pictures, mandate=row)
    article = NewsArticle.objects.get()
    assert article.live
    assert article.publication_record.mandate == row
    answer = client.get("/2020/05/mua-mit/?p=7")
    assert (answer.status_code, answer["Location"]) == (301, article.address)
    assert Redirect.objects.count() == 1


@pytest.mark.django_db
def test_a_missing_picture_is_reported_and_the_text_comes(export):
    at = make.house()
    report = run(read(export), make.news_index(at), at.a, "Cổng cũ")
    assert report.counts["pictures missing"] == 1
    assert "mit.jpg" in report.notes[0]
    assert NewsArticle.objects.count() == 1


@pytest.mark.django_db
def test_the_command_says_what_is_wrong(export, tmp_path):
    at = make.house()
    for arguments, words in (
        (["--unit", "khong-co"], "Không có đơn vị"),
        (["--unit", at.a.slug], "Chưa có trang tin tức"),
    ):
        with pytest.raises(CommandError, match=words):
            call_command("import_news", str(export), "--name", "Cũ", *arguments)
    make.news_index(at)
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "a.html").write_text(
        "<html><title>Trang cũ</title><body><p>Chữ</p></body></html>", encoding="utf-8"
    )
    out = io.StringIO()
    call_command(
        "import_news", str(tmp_path / "html"), "--name", "Cũ", "--unit", at.a.slug, stdout=out
    )
    assert "1 tạo mới" in out.getvalue()
    assert NewsArticle.objects.get().title == "Trang cũ"
