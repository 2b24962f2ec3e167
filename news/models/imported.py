"""Where an imported item came from, so that a second run finds it again."""

from __future__ import annotations

from django.db import models


class ImportedNews(models.Model):
    article = models.OneToOneField(
        "news.NewsArticle", on_delete=models.CASCADE, related_name="imported"
    )
    source = models.CharField(max_length=80)
    key = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="news_imported_once")]

    def __str__(self) -> str:
        return f"{self.source}: {self.key}"
