"""What follows when an article goes live: the documents that it names show it."""

from __future__ import annotations

from portal.editorial.signals import went_live
from portal.organisations.audience import Audience
from portal.pages import references
from portal.pages.registry import cited_in, find_target, register_mentions

from .models import NewsArticle, NewsMention


def note_mentions(sender, instances, **kwargs) -> None:
    """Write anew what each article speaks of."""
    for article in instances:
        NewsMention.objects.filter(article=article).delete()
        keys = {one.key for one in references.targets(article.references) if one.key}
        keys |= {one.key for one in _in_blocks(article) if one.key}
        NewsMention.objects.bulk_create([NewsMention(article=article, key=key) for key in keys])


def _in_blocks(article: NewsArticle):
    for block in article.body:
        if block.block_type == "reference" and (target := find_target(block.value["reference"])):
            yield target
    text = " ".join(piece.text for piece in article.pieces())
    for words, _address in cited_in(text)[: references.MOST]:
        if target := find_target(words):
            yield target


def mentions(item, audience: Audience) -> list[NewsArticle]:
    """The newest articles about a work that this reader may see; one query."""
    key = getattr(item, "mention_key", "")
    if not key:
        return []
    rows = NewsArticle.objects.visible_to(audience).filter(mentions__key=key)
    return list(rows.for_listing().order_by("-day", "-pk")[:5])


def register() -> None:
    went_live.connect(note_mentions, sender=NewsArticle, dispatch_uid="news mentions")
    register_mentions(mentions)
