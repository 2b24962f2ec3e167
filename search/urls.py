"""Addresses of search."""

from django.urls import path

# Registers the parts of addresses of documents.
import legal_docs.urls  # noqa: F401
from legal_docs.works import kinds
from search.limits import bounded

from .api.urls import urlpatterns as api
from .views import clicks, exports, guide, inside, results, suggest, why

urlpatterns = [
    path("tim-kiem/", results.search, name="search"),
    path("tim-kiem/goi-y/", suggest.suggest, name="search-suggest"),
    path("tim-kiem/luot-chon/", clicks.clicked, name="search-click"),
    path("tim-kiem/tro-giup/", guide.guide, name="search-guide"),
    path("tim-kiem/vi-sao/", why.why, name="search-why"),
    path("tim-kiem/ket-qua.csv", exports.table, name="search-csv"),
    path("tim-kiem/ket-qua.atom", exports.feed, {"format": "atom"}, name="search-atom"),
    path("tim-kiem/ket-qua.rss", exports.feed, {"format": "rss"}, name="search-rss"),
    *(
        path(
            f"{kind.prefix}/<slug:issuer>/<workkey:number>/tim/",
            inside.find_inside,
            {"prefix": kind.prefix, "tab": "tim"},
            name=f"{kind.model.work_class}-find",
        )
        for kind in kinds()
    ),
    *api,
]

for _pattern in urlpatterns:
    _pattern.callback = bounded(_pattern.callback)
