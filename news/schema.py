"""A news item as search engines read it: schema.org NewsArticle."""

from __future__ import annotations

from django.conf import settings


def news_article(article) -> dict[str, object]:
    """JSON-LD of a public item; empty properties left out."""
    url = settings.PORTAL_URL + article.address
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": article.title[:110],
        "description": article.summary,
        "inLanguage": "vi",
        "datePublished": article.day.isoformat(),
        "dateModified": article.last_published_at.isoformat() if article.last_published_at else "",
        "author": {"@type": "Person", "name": article.author} if article.author else "",
        "publisher": {"@type": "GovernmentOrganization", "name": article.unit.name}
        if article.unit_id
        else "",
        "keywords": [tag.name for tag in article.topics.all()] or "",
        "isAccessibleForFree": True,
    }
    if article.picture_id:
        rendition = article.picture.get_rendition("fill-1200x630|format-jpeg")
        data["image"] = [settings.PORTAL_URL + rendition.url]
    return {name: value for name, value in data.items() if value != ""}
