"""Tell how the search index stands."""

from django.core.management.base import BaseCommand

from search.indexing import keeping


class Command(BaseCommand):
    help = "Tình trạng chỉ mục tìm kiếm: có trả lời không, còn chờ bao nhiêu, chậm bao lâu, lỗi gì."

    def handle(self, *args, **options) -> None:
        state = keeping.state()
        lag = f"{state.lag.total_seconds():.1f} giây" if state.lag else "không"
        rows = (
            ("Máy tìm kiếm", "trả lời" if state.answers else "KHÔNG trả lời"),
            ("Văn bản trong chỉ mục", f"{state.documents} (đang đăng: {state.live})"),
            ("Tin và trang trong chỉ mục", f"{state.pages} (đang đăng: {state.live_pages})"),
            ("Điều khoản ở tầng xếp hạng", str(state.provisions)),
            ("Bộ mã hóa nghĩa", state.encoder or "chưa có"),
            ("Thay đổi đang chờ", str(state.waiting)),
            ("Chậm nhất", lag),
            ("Lỗi", str(len(state.failing))),
        )
        for label, value in rows:
            self.stdout.write(f"{label + ':':32} {value}")
        for event in state.failing:
            self.stdout.write(f"  {event} (lần {event.attempts}): {event.error}")
