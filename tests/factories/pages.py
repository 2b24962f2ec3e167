"""Pages of the tree: drafts, live ones, with the home page above them."""

from __future__ import annotations

import io
import json

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image

from news.models import NewsArticle, NewsIndexPage
from portal.core.guarded_form import mark_of_time
from portal.pages.models import (
    AnswerPage,
    Attachment,
    CollectionPage,
    HomePage,
    Picture,
    PortalPage,
    QuestionsPage,
    SectionPage,
    StandardPage,
)

from .people import House
from .works import publish


def home() -> HomePage:
    """The home page that every portal begins with, anew from the database."""
    return HomePage.objects.get()


def paragraph(text: str) -> dict[str, object]:
    return {"type": "text", "value": f"<p>{text}</p>"}


def page(at: House, title: str = "Trang hạt mít", model: type[PortalPage] = StandardPage, **fields):
    """A draft of unit A under the home page, written by its clerk; ``live=True`` publishes it.

    ``parent``, ``units`` (of the audience), ``author`` and ``body`` (text) are taken apart.
    """
    live, parent = fields.pop("live", False), fields.pop("parent", None) or home()
    author, units = fields.pop("author", None), fields.pop("units", ())
    body = fields.pop("body", "Nội dung về hạt mít.")
    fields.setdefault("unit", at.a)
    if "body" in {field.name for field in model._meta.get_fields()}:
        fields["body"] = body if body.startswith("[") else json.dumps([paragraph(body)])
    made = model(title=title, live=False, **fields)
    made.audience_units = list(units)
    type(parent).objects.get(pk=parent.pk).add_child(instance=made)
    made.save_revision(
        user=author or (at.clerk_b if made.unit == at.b else at.clerk_a), clean=False
    )
    return publish(made, at) if live else made


def section(at: House, title: str = "Chuyên mục quả", **fields) -> SectionPage:
    return page(at, title, SectionPage, show_in_menus=fields.pop("show_in_menus", True), **fields)


def collection(at: House, title: str = "Bộ sưu tập hạt", **fields) -> CollectionPage:
    return page(at, title, CollectionPage, **{"source": "moi"} | fields)


def news_index(at: House, title: str = "Tin tức", **fields) -> NewsIndexPage:
    return page(at, title, NewsIndexPage, **{"live": True, "show_in_menus": True} | fields)


def news(at: House, title: str = "Hạt mít vào mùa", **fields) -> NewsArticle:
    """A news item under the first page of news, which is made when there is none."""
    parent = fields.pop("parent", None) or NewsIndexPage.objects.first() or news_index(at)
    topics = fields.pop("topics", ())
    live = fields.pop("live", False)
    made = page(at, title, NewsArticle, parent=parent, **{"summary": "Mùa hạt mít đến."} | fields)
    if topics:
        made.topics.add(*topics)
        made.save_revision(user=at.clerk_a, clean=False)
    return publish(made, at) if live else made


def picture(title: str = "Hạt mít", size: tuple[int, int] = (60, 40), **fields) -> Picture:
    stream = io.BytesIO()
    Image.new("RGB", size, (200, 120, 60)).save(stream, "JPEG")
    file = ImageFile(stream, name="hat-mit.jpg")
    return Picture.objects.create(title=title, file=file, **fields)


def attachment(title: str = "Mẫu đơn", content: bytes = b"%PDF-1.4 mau", **fields) -> Attachment:
    row = Attachment(title=title, **fields)
    row.file.save("mau-don.pdf", ContentFile(content), save=False)
    row.save()
    return row


def questions_page(at: House, title: str = "Hỏi đáp", **fields) -> QuestionsPage:
    return page(at, title, QuestionsPage, **{"live": True} | fields)


def answer(at: House, title: str = "Phơi hạt mít cần giấy gì?", **fields) -> AnswerPage:
    """An answer under the first page of questions, which is made when there is none."""
    parent = fields.pop("parent", None) or QuestionsPage.objects.first() or questions_page(at)
    fields = {"question": "Tôi muốn phơi hạt mít thì cần giấy tờ gì?"} | fields
    return page(at, title, AnswerPage, parent=parent, **fields)


def sent(**fields) -> dict[str, object]:
    """What a person sends by a guarded form, a minute after he opened it."""
    return {"opened": mark_of_time(60), "website": ""} | fields
