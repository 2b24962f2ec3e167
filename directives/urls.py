"""Addresses of directives, built like those of legal documents."""

from legal_docs.urls import work_urls

urlpatterns = work_urls("chi-dao", "directive", "directive")
