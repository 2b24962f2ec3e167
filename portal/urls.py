"""All addresses of the portal. Only this file and the settings know every app."""

from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls

from portal.pages import views as pages

urlpatterns = [
    path("", pages.home, name="home"),
    path("tep/<path:name>", pages.serve_file, name="file"),
    path("", include("portal.organisations.signing_in.urls")),
    path("ngon-ngu/chon/", pages.choose_language, name="choose-language"),
    path("ngon-ngu/", include("django.conf.urls.i18n")),
    path("he-thong-thiet-ke/", pages.style_guide, name="style-guide"),
    path("suc-khoe/", pages.health, name="health"),
    path("so-do/", pages.site_map_for_people, name="site-map-people"),
    path("dem/<str:key>/<slug:seal>.gif", pages.beacon, name="beacon"),
    path("thong-ke-truy-cap/", pages.numbers, name="numbers"),
    path("giao-dien.css", pages.colours, name="colours"),
    path("robots.txt", pages.robots, name="robots"),
    path(".well-known/security.txt", pages.security, name="security-txt"),
    path("sitemap.xml", pages.site_map_index, name="site-map-index"),
    path("sitemap-<slug:code>-<int:number>.xml", pages.site_map, name="site-map"),
    path("", include("portal.editorial.urls")),
    path("", include("search.urls")),
    path("", include("legal_docs.urls")),
    path("", include("directives.urls")),
    path("admin/jsi18n/", pages.script_words, name="wagtailadmin_javascript_catalog"),
    path("admin/", include(wagtailadmin_urls)),
    # What no line above knows is a page of the tree.
    re_path(r"^((?:[\w-]+/)+)atom\.xml$", pages.page_feed, name="page-feed"),
    re_path(r"^((?:[\w-]+/)+)lich\.ics$", pages.page_calendar, name="page-calendar"),
    re_path(r"^((?:[\w-]+/)+)gui/$", pages.public_form, name="public-form"),
    re_path(r"^((?:[\w-]+/)+)gui/da-nhan/$", pages.public_form_taken, name="public-form-taken"),
    re_path(r"^((?:[\w-]+/)*)$", pages.serve_page, name="wagtail_serve"),
]

handler403 = "portal.pages.views.errors.forbidden"
handler404 = "portal.pages.views.errors.not_found"
handler500 = "portal.pages.views.errors.broken"
