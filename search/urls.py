"""Addresses of search."""

from django.urls import path

from .views.results import search

urlpatterns = [path("tim-kiem/", search, name="search")]
