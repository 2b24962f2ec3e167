"""Articles, the pages that list them, and what they speak of."""

from .article import NewsArticle, NewsKind, NewsTopic
from .index_page import NewsIndexPage
from .mention import NewsMention

__all__ = ["NewsArticle", "NewsIndexPage", "NewsKind", "NewsMention", "NewsTopic"]
