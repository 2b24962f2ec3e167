"""A page as the Wagtail tutorial makes it: the yardstick for our own pages."""

from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class StockPage(Page):
    body = RichTextField()
    content_panels = [*Page.content_panels, FieldPanel("body")]

    class Meta:
        app_label = "stock"
