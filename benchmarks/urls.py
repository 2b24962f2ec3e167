"""The portal's addresses, and stock Wagtail's page serving under /stock/."""

from django.urls import include, path
from wagtail import urls as wagtail_urls

from portal.urls import urlpatterns as portal_urls

urlpatterns = [path("stock/", include(wagtail_urls)), *portal_urls]
