"""All addresses of the portal. Only this file and the settings know every app."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from portal.pages import views as pages

urlpatterns = [
    path("", pages.home, name="home"),
    path("tep/<path:name>", pages.serve_file, name="file"),
    path("", include("portal.organisations.signing_in.urls")),
    path("ngon-ngu/", include("django.conf.urls.i18n")),
    path("he-thong-thiet-ke/", pages.style_guide, name="style-guide"),
    path("suc-khoe/", pages.health, name="health"),
    path("robots.txt", pages.robots, name="robots"),
    path("", include("portal.editorial.urls")),
    path("", include("search.urls")),
    path("", include("legal_docs.urls")),
    path("", include("directives.urls")),
    path("admin/", include(wagtailadmin_urls)),
]

handler403 = "portal.pages.views.errors.forbidden"
handler404 = "portal.pages.views.errors.not_found"
handler500 = "portal.pages.views.errors.broken"
