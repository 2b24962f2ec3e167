"""News for the public search."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.pages.registry import SearchText
from portal.pages.searching import register_kind, text_of

from .models import NewsArticle, NewsIndexPage


def article_text(article: NewsArticle) -> SearchText:
    """Its own day, its topics, and the day from which it stands below what is current."""
    topics = " ".join(one.tag.name for one in article.tagged_topics.all())
    return text_of(article, day=article.day, until=article.expires, keywords=topics)


def register() -> None:
    register_kind(
        "news", _("News item"), NewsArticle, article_text,
        day="newsarticle__day", reads=("tagged_topics__tag",),
    )  # fmt: skip
    register_kind("news-index", _("News page"), NewsIndexPage)
