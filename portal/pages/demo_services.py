"""Demo pages by which people send something or look something up: questions, a consultation, the
calendar, a form, procedures. All of it is fiction."""

from __future__ import annotations

import datetime as dt
import json

from django.db import transaction
from django.utils import timezone

from portal.core.demo import Part

from .demo import add, block, paragraph
from .models import (
    AnswerPage,
    CalendarPage,
    ConsultationPage,
    FormPage,
    HomePage,
    ProcedurePage,
    ProceduresPage,
    QuestionsPage,
    SectionDuty,
    SectionPage,
)

DRAFT = """QUY CHẾ
Quản lý chợ phiên trên địa bàn tỉnh Hoa Ban
Điều 1. Phạm vi điều chỉnh
Quy chế này quy định việc tổ chức, sắp xếp chỗ bán và giữ vệ sinh tại chợ phiên.
Điều 2. Giờ họp chợ
1. Chợ họp từ 5 giờ đến 13 giờ vào ngày phiên.
2. Ủy ban nhân dân cấp xã thông báo khi đổi giờ họp.
Điều 3. Chỗ bán hàng
Chỗ bán nông sản do người dân tự trồng được ưu tiên và không thu phí."""


@transaction.atomic
def load() -> str:
    """Pages of services under the home page; nothing when they are there."""
    if QuestionsPage.objects.filter(demo=True).exists():
        return "Trang phục vụ trình diễn: đã có."
    home, today = HomePage.objects.get(), timezone.localdate()
    services = add(home, SectionPage(
        title="Phục vụ người dân", slug="phuc-vu-nguoi-dan", show_in_menus=True,
        summary="Hỏi đáp, góp ý dự thảo, thủ tục, biểu mẫu và lịch công tác.", body="[]",
    ))  # fmt: skip
    _questions(services, today)
    consultation = add(services, ConsultationPage(
        title="Dự thảo Quy chế quản lý chợ phiên", slug="du-thao-quy-che-cho-phien",
        summary="Mời người dân, tiểu thương góp ý từng điều.", draft_text=DRAFT, show_in_menus=True,
        body=json.dumps([paragraph("Dự thảo do Sở Công Thương tỉnh Hoa Ban (hư cấu) soạn.")]),
        opens=today - dt.timedelta(10), closes=today + dt.timedelta(50),
        contact="Phòng Quản lý chợ, 0200 000 009",
    ))  # fmt: skip
    add(services, CalendarPage(
        title="Lịch công tác tuần", slug="lich-cong-tac", show_in_menus=True,
        summary="Lịch làm việc của lãnh đạo Ủy ban nhân dân tỉnh.", entries=_entries(today),
    ))  # fmt: skip
    add(services, FormPage(
        title="Đăng ký gian hàng chợ phiên", slug="dang-ky-gian-hang", show_in_menus=True,
        summary="Dành cho hộ bán nông sản tự trồng.", purpose="xếp chỗ bán hàng", keep_days=60,
        body=json.dumps([paragraph("Điền một lần cho mỗi phiên chợ.")]),
        form_fields=_fields(
            ("line", "Tên hộ", True, ""), ("line", "Thôn, bản", True, ""),
            ("one", "Mặt hàng", True, "Rau quả\nGia cầm\nHàng thủ công"),
            ("agree", "Tôi đồng ý để Ban Quản lý chợ dùng thông tin này để xếp chỗ", True, ""),
        ),
    ))  # fmt: skip
    procedures = _procedures(services)
    for name, page in (("Lấy ý kiến dự thảo văn bản", consultation),
                       ("Hỏi đáp", QuestionsPage.objects.get(demo=True)),
                       ("Thủ tục hành chính, dịch vụ công", procedures)):  # fmt: skip
        SectionDuty.objects.filter(name=name, page=None).update(page=page, unit=page.unit)
    return "Trang phục vụ trình diễn: hỏi đáp, góp ý, lịch, biểu mẫu, thủ tục."


def _questions(services, today: dt.date) -> None:
    page = add(services, QuestionsPage(
        title="Hỏi đáp", slug="hoi-dap", show_in_menus=True,
        summary="Hỏi về văn bản và thủ tục; đơn vị trả lời trong 10 ngày làm việc.",
    ))  # fmt: skip
    for slug, title, question, answer, topic in (
        (
            "ban-rau-tu-trong-co-phai-nop-phi",
            "Bán rau tự trồng ở chợ phiên có phải nộp phí không?",
            "Nhà tôi bán ít rau tự trồng vào ngày phiên thì có phải nộp phí chỗ ngồi không?",
            "Không. Chỗ bán nông sản do người dân tự trồng không thu phí.",
            "Chợ phiên",
        ),
        (
            "xin-ban-sao-van-ban-o-dau",
            "Xin bản sao văn bản của xã ở đâu?",
            "Tôi cần bản sao một quyết định cũ của Ủy ban nhân dân xã thì đến đâu?",
            "Đến bộ phận một cửa của xã; văn bản đã đăng có thể tải ngay tại mục Tải về.",
            "Văn thư",
        ),
    ):
        made = AnswerPage(
            title=title, slug=slug, question=question, body=json.dumps([paragraph(answer)]),
            asked_on=today - dt.timedelta(12), answered_on=today - dt.timedelta(5),
        )  # fmt: skip
        made.topics.add(topic)
        add(page, made)


def _entries(today: dt.date) -> str:
    monday = today - dt.timedelta(today.weekday())
    rows = (
        (0, 1, "Giao ban đầu tuần", "Phòng họp số 1", "Chủ tịch Ủy ban nhân dân tỉnh"),
        (2, 7, "Tiếp công dân", "Trụ sở Tiếp công dân", "Phó Chủ tịch Ủy ban nhân dân tỉnh"),
        (3, 1, "Kiểm tra công tác văn thư tại xã Bản Diều", "Xã Bản Diều", "Chánh Văn phòng"),
    )
    return json.dumps([
        block("entry", {"start": f"{monday + dt.timedelta(day)}T{hour:02}:00:00Z", "end": None,
                        "title": title, "place": place, "chair": chair, "people": ""})
        for day, hour, title, place, chair in rows
    ])  # fmt: skip


def _fields(*fields: tuple[str, str, bool, str]) -> str:
    return json.dumps([
        block("field", {"kind": kind, "label": label, "needed": needed, "choices": choices,
                        "help": ""})
        for kind, label, needed, choices in fields
    ])  # fmt: skip


def _procedures(services) -> ProceduresPage:
    index = add(services, ProceduresPage(
        title="Thủ tục hành chính", slug="thu-tuc-hanh-chinh", show_in_menus=True,
        summary="Danh mục thủ tục của tỉnh, dẫn đến nơi nộp hồ sơ.",
    ))  # fmt: skip
    for slug, title, field, code in (
        ("dang-ky-cho-ban-hang", "Đăng ký chỗ bán hàng tại chợ phiên", "Thương mại", "9.000101"),
        ("cap-ban-sao-van-ban", "Cấp bản sao văn bản đang lưu giữ", "Văn thư, lưu trữ", "9.000102"),
    ):
        add(index, ProcedurePage(
            title=title, slug=slug, field=field, code=code, who="Bộ phận một cửa cấp xã",
            summary="Giải quyết trong ngày.",
            body=json.dumps([
                block("heading", "Hồ sơ"),
                block("text", "<ul><li>Tờ khai theo mẫu.</li><li>Xuất trình thẻ căn cước.</li></ul>"),
            ]),
        ))  # fmt: skip
    return index


SERVICES = Part("services", 20, load, lambda: "")
