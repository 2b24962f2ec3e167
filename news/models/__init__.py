"""Articles, the pages that list them, and what they speak of."""

from .article import NewsArticle, NewsKind, NewsTopic
from .imported import ImportedNews
from .index_page import NewsIndexPage
from .mention import NewsMention

__all__ = ["ImportedNews", "NewsArticle", "NewsIndexPage", "NewsKind", "NewsMention", "NewsTopic"]
