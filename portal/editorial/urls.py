"""Public addresses of the ledger (docs/addresses.md)."""

from django.urls import path

from .views import draft, ledger, reporting
from .views.calendar import work_calendar

urlpatterns = [
    path("so-cong-bo/", ledger.page, name="ledger"),
    path("so-cong-bo/tin.atom", ledger.feed, name="ledger-feed"),
    path("so-cong-bo/so-cong-bo.jsonl", ledger.export, name="ledger-export"),
    path("ban-nhap/<str:token>/", draft.draft, name="draft"),
    path("bao-loi/da-nhan/", reporting.taken, name="report_taken"),
    path("bao-loi/<str:label>/<int:pk>/", reporting.report, name="report"),
    path("lich-viec/<str:token>.ics", work_calendar, name="work_calendar"),
    path("so-cong-bo/moc-ky.json", ledger.checkpoints, name="ledger-checkpoints"),
]
