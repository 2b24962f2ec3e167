"""Which documents an article speaks of: derived when it goes live, asked by the documents' pages."""

from __future__ import annotations

from django.db import models


class NewsMention(models.Model):
    article = models.ForeignKey(
        "news.NewsArticle", on_delete=models.CASCADE, related_name="mentions"
    )
    #: The name of the thing in the registry of link targets, which outlives its address.
    key = models.CharField(max_length=80, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "key"], name="news_mention_once")]

    def __str__(self) -> str:
        return self.key
