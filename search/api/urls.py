"""Addresses of the API."""

from django.urls import path

from . import views

urlpatterns = [
    path("api/", views.readable, name="api"),
    path("api/v1/openapi.json", views.openapi, name="api-openapi"),
    path("api/v1/search", views.search, name="api-search"),
    path("api/v1/suggest", views.suggest, name="api-suggest"),
]
