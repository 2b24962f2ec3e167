"""Demo news: fiction, each item approved by demo people."""

from __future__ import annotations

import datetime as dt
import json

from django.db import transaction
from django.utils import timezone

from portal.core.demo import Part
from portal.pages.demo import add, block, paragraph, picture
from portal.pages.models import HomePage, SectionDuty

from .models import NewsArticle, NewsIndexPage, NewsKind

#: title, lead, topics, kind, days ago
ITEMS = (
    ("Hoa Ban công bố bộ thủ tục hành chính mới của cấp xã",
     "Từ tháng này người dân làm thủ tục tại một nơi, không phụ thuộc nơi cư trú trong tỉnh.",
     ("Cải cách hành chính",), NewsKind.ARTICLE, 1),
    ("Hội nghị triển khai văn bản mới về đất đai",
     "Gần hai trăm cán bộ xã nghe giới thiệu những điểm mới và trao đổi vướng mắc.",
     ("Đất đai", "Phổ biến pháp luật"), NewsKind.ARTICLE, 3),
    ("Thông báo lịch trực Cổng thông tin trong dịp nghỉ lễ",
     "Bộ phận trực nhận phản ánh qua điện thoại trong giờ hành chính.",
     ("Thông báo",), NewsKind.ANNOUNCEMENT, 2),
    ("Chùm ảnh: Mùa hoa ban trên các bản vùng cao",
     "Những triền đồi trắng hoa trong ngày hội đầu xuân.",
     ("Văn hóa",), NewsKind.PHOTOS, 6),
    ("Tập huấn sử dụng hồ sơ điện tử cho văn thư cấp xã",
     "Mỗi xã có hai người được hướng dẫn tải văn bản và gửi duyệt trên Cổng.",
     ("Chuyển đổi số",), NewsKind.ARTICLE, 9),
    ("Thông báo tiếp nhận ý kiến về quy chế chợ phiên",
     "Người dân gửi ý kiến đến hết tháng sau.", ("Thông báo",), NewsKind.ANNOUNCEMENT, 12),
)  # fmt: skip


@transaction.atomic
def load() -> str:
    """The page of news and what stands under it; nothing when it is there."""
    if NewsIndexPage.objects.filter(demo=True).exists():
        return "Tin trình diễn: đã có."
    index = add(HomePage.objects.get(), NewsIndexPage(
        title="Tin tức", slug="tin-tuc", show_in_menus=True,
        summary="Tin, bài và thông báo của tỉnh (trình diễn).",
    ))  # fmt: skip
    SectionDuty.objects.filter(name="Tin tức, sự kiện").update(page=index, unit=index.unit)
    today = timezone.localdate()
    for number, (title, lead, topics, kind, ago) in enumerate(ITEMS, 1):
        article = NewsArticle(
            title=title, summary=lead, kind=kind, day=today - dt.timedelta(days=ago),
            author="Tổ biên tập", body=json.dumps(_body(title, kind, number)),
        )  # fmt: skip
        if kind == NewsKind.ARTICLE:
            article.picture = picture(f"Đồi núi Hoa Ban {number}", number)
            article.picture_alt = "Đồi xanh dưới bầu trời sáng, tranh vẽ"
            article.picture_credit = "Tranh minh họa trình diễn"
        article.topics.add(*topics)
        add(index, article)
    return f"Tin trình diễn: {len(ITEMS)} tin, bài."


def _body(title: str, kind: str, number: int) -> list[dict[str, object]]:
    body = [
        paragraph(f"{title}: nội dung hư cấu, chỉ để trình diễn cách một tin được đăng."),
        paragraph("Bài qua tay người viết, biên tập viên và người duyệt; mỗi lần đăng có một dòng "
                  "trong sổ công bố."),
    ]  # fmt: skip
    if kind == NewsKind.PHOTOS:
        pictures = [
            {"picture": picture(f"Triền đồi hoa ban {place}", 100 * number + place).pk,
             "alt_text": f"Triền đồi thứ {place} trong tranh vẽ", "caption": f"Triền đồi {place}",
             "credit": "Tranh minh họa trình diễn"}
            for place in range(1, 4)
        ]  # fmt: skip
        body.append(block("gallery", {"pictures": pictures}))
    return body


NEWS = Part("news", 20, load, lambda: "")
