"""The living style page: every component in its states, drawn by its own template."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from types import SimpleNamespace as Sample

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from portal.core.contents import contents_items
from portal.editorial.states import State
from portal.organisations.access import access_of
from portal.organisations.models.visible import AudienceKind
from portal.pages.models import Picture
from portal.pages.usage.charts import bars

_DAY = dt.date(2031, 3, 15)


class SampleForm(forms.Form):
    """One field that was filled wrongly, one with help, one left alone."""

    name = forms.CharField(label="Họ tên", max_length=60)
    mail = forms.EmailField(label="Thư điện tử", help_text="Chỉ dùng để trả lời.")
    text = forms.CharField(label="Nội dung", required=False, widget=forms.Textarea({"rows": 3}))


def style_guide(request: HttpRequest) -> HttpResponse:
    """All components in all their states, for the people who work on the portal.

    Raises:
        Http404: somebody without a part in the work of the portal.
    """
    if not access_of(getattr(request, "user", None)).grants:
        raise Http404
    return render(request, "pages/style_guide.html", samples())


def samples() -> dict[str, object]:
    """What the components show; all of it is fiction. One query, for a picture of the library."""
    picture = (
        Picture.objects.filter(audience=AudienceKind.PUBLIC).prefetch_related("renditions").first()
    )
    sheets = Paginator(range(240), 20)
    return {
        "picture": Sample(picture=picture, alt_text="Ảnh mẫu", caption="Ruộng mít chín",
                          credit="Ảnh: Sở Hạt Mít"),
        "sheet": sheets.page(4),
        "sheets": list(sheets.get_elided_page_range(4, on_each_side=1, on_ends=1)),
        "rows": [_document("con_hieu_luc", "public"), _document("het_hieu_luc_mot_phan", "units")],
        "news": [_news(picture, "tin-bai"), _news(None, "thong-bao")],
        "languages": [Sample(url="/", code="vi", name="Tiếng Việt"),
                      Sample(url="/en/", code="en", name="English")],
        "states": State.choices,
        "facets": [
            _facet("loai", "Loại văn bản", [_choice("Quyết định", 40, chosen=True)]),
            _facet("nam", "Năm ban hành", [_choice("2031", 12_345), _choice("2030", 7)],
                   rest=[_choice("2029", 1)]),
        ],
        "contents": contents_items([
            ("van-ban", "chuong", "Chương II", "PHƠI HẠT", 0),
            ("mau-dieu-5", "dieu", "Điều 5.", "Sân phơi", 1)]),
        "comments": [Sample(at=_DAY, by="Bà Lá", text="Nên phơi hạt ở chỗ râm.\n\nKhông nên vội."),
                     Sample(at=_DAY, by="", text="Đồng ý với dự thảo.")],
        "chart": bars([(f"{day:02}/03", 20 + day * 37 % 90) for day in range(1, 31)]),
        "form": SampleForm({"name": "Nguyễn Thị Ổi", "mail": "khong-phai-thu"}),
        "file": Sample(name="quyet-dinh.pdf", get_role_display="Bản gốc", extension="pdf",
                       size=183_204, sha256="5f" * 32, pk=0),
        "crumbs": [Sample(address="/", title="Giới thiệu")],
        "crumb": Sample(title="Chức năng, nhiệm vụ"),
        "portlet_links": Sample(title="", links=[
            Sample(page=None, url="/so-do/", label="Sơ đồ Cổng"),
            Sample(page=None, url="/van-ban/", label="Văn bản pháp luật")]),
        "hotline": Sample(title="", telephone="1900 0000", email="hoi@vi-du.vn",
                          hours="7 giờ 30 đến 17 giờ, ngày làm việc"),
        "statistics": Sample(title=""),
        "counts": [(Sample(title="Văn bản"), 12_345), (Sample(title="Tin tức"), 678)],
        "text_notice": Sample(title="", text="<p>Trụ sở nghỉ sáng thứ Bảy.</p>"),
        "warning": Sample(kind="warn", text="<p>Dự thảo này chưa có hiệu lực.</p>"),
        "quote": Sample(text="Phơi hạt phải tránh mưa.", by="Điều 5"),
        "accordion": Sample(items=[Sample(title="Nộp ở đâu", text="<p>Bộ phận Một cửa.</p>"),
                                   Sample(title="Mất bao lâu", text="<p>Năm ngày làm việc.</p>")]),
        "table": Sample(table_caption="Mức thu", first_row_is_table_header=True,
                        first_col_is_header=True,
                        data=[["Loại", "Mức thu (đồng)"], ["Hạt to", "12.000"],
                              ["Hạt nhỏ", "8.500"]]),
    }  # fmt: skip


def _document(code: str, audience: str) -> Sample:
    return Sample(title_short="Quyết định 12/2031/QĐ-UBND", issued=_DAY, status_code=code,
                  subject="Quy định về phơi và cất giữ hạt mít", audience=audience,
                  lead_issuer=Sample(name="Ủy ban nhân dân tỉnh Hoa Ban"),
                  identity=Sample(url="/van-ban/"))  # fmt: skip


def _news(picture: Picture | None, kind: str) -> Sample:
    return Sample(picture=picture, picture_id=picture and picture.pk, day=_DAY, kind=kind,
                  get_kind_display="Thông báo", audience="public", address="/tin-tuc/",
                  title="Mùa phơi hạt năm nay bắt đầu sớm",
                  summary="Các xã đã chuẩn bị sân phơi trước mùa mưa.")  # fmt: skip


def _facet(name: str, label: str, first: list[Sample], rest: Sequence[Sample] = ()) -> Sample:
    return Sample(name=name, label=label, several=True, first=first, rest=rest)


def _choice(label: str, count: int, chosen: bool = False) -> Sample:
    return Sample(label=label, count=count, chosen=chosen, link="#di-lai")
