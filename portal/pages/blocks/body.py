"""The blocks of a page's body."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock

from portal.core.text import slugify
from portal.pages import registry

from .pictures import GalleryBlock, PictureBlock

#: What the text editor offers; anything else is cleaned away when text is pasted.
TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "superscript", "subscript", "hr"]
SHORT_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class HeadingBlock(blocks.CharBlock):
    """A heading of the second level, with an address of its own."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"

    def get_context(self, value, parent_context=None):
        return super().get_context(value, parent_context) | {"anchor": slugify(value)}


class FileBlock(blocks.StructBlock):
    file = DocumentChooserBlock(label=_("file"))
    label = blocks.CharBlock(
        label=_("words of the link"), required=False, max_length=255,
        help_text=_("Empty: the title of the file."),
    )  # fmt: skip

    class Meta:
        icon = "doc-full"
        label = _("File")

    def get_searchable_content(self, value) -> list[str]:
        """The words that readers see: those of the link, else the title of the file."""
        return [value["label"] or value["file"].title] if value.get("file") else []


class FilesBlock(blocks.StructBlock):
    files = blocks.ListBlock(FileBlock(), label=_("files"), min_num=1)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Files")
        template = "blocks/files.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("words"))
    by = blocks.CharBlock(label=_("said by"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "blocks/quote.html"


class NoticeBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("kind"),
        choices=[("info", _("Information")), ("warn", _("Warning"))],
        default="info",
        search_index=False,
    )
    text = blocks.RichTextBlock(label=_("text"), features=SHORT_TEXT_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Notice")
        template = "blocks/notice.html"


class AccordionItem(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=200)
    text = blocks.RichTextBlock(label=_("text"), features=TEXT_FEATURES)


class AccordionBlock(blocks.StructBlock):
    items = blocks.ListBlock(AccordionItem(), label=_("parts"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Parts that open")
        template = "blocks/accordion.html"


class ReferenceBlock(blocks.StructBlock):
    """A document or an article by its identity; its status is read when the page is shown."""

    reference = blocks.CharBlock(
        label=_("document or article"),
        max_length=300,
        help_text=_("As people write it: 168/2024/NĐ-CP, or Điều 5 Luật Đất đai 2024."),
    )
    note = blocks.CharBlock(label=_("note"), required=False, max_length=300)

    class Meta:
        icon = "link"
        label = _("Document by reference")
        template = "blocks/reference.html"

    def clean(self, value):
        value = super().clean(value)
        if not registry.find_target(value["reference"]):
            message = gettext("There is no such document here: “%(words)s”.")
            raise blocks.StructBlockValidationError(
                block_errors={"reference": ValidationError(message % {"words": value["reference"]})}
            )
        return value

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        request = (parent_context or {}).get("request")
        target = registry.find_target(value["reference"], request)
        return context | {"target": target}


class PlaceBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("name"), max_length=200)
    address = blocks.TextBlock(label=_("address"))
    picture = PictureBlock(label=_("picture of the map"), required=False)
    link = blocks.URLBlock(label=_("link to a map"), required=False)

    class Meta:
        icon = "site"
        label = _("Place")
        template = "blocks/place.html"


class VideoBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=200)
    file = DocumentChooserBlock(label=_("video file (MP4, WebM)"))
    captions = DocumentChooserBlock(
        label=_("captions (WebVTT)"), required=False,
        help_text=_("Needed when somebody speaks in it."),
    )  # fmt: skip
    transcript = blocks.RichTextBlock(
        label=_("what is said and shown"), required=False, features=SHORT_TEXT_FEATURES
    )

    class Meta:
        icon = "media"
        label = _("Video")
        template = "blocks/video.html"


class ContactBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("name"), max_length=200)
    title = blocks.CharBlock(label=_("office held"), required=False, max_length=200)
    telephone = blocks.CharBlock(label=_("telephone"), required=False, max_length=60)
    email = blocks.EmailBlock(label=_("e-mail"), required=False)


class ContactsBlock(blocks.StructBlock):
    people = blocks.ListBlock(ContactBlock(), label=_("people"), min_num=1)

    class Meta:
        icon = "group"
        label = _("Contacts")
        template = "blocks/contacts.html"


class OrganisationChartBlock(blocks.StructBlock):
    """The units under one unit, from the register of units: never typed twice."""

    unit = blocks.CharBlock(
        label=_("unit"), max_length=200,
        help_text=_("The name of the unit at the top, as in the register."),
    )  # fmt: skip

    class Meta:
        icon = "group"
        label = _("Organisation chart")
        template = "blocks/organisation_chart.html"

    def clean(self, value):
        from portal.organisations.models import Organisation

        value = super().clean(value)
        if not Organisation.objects.filter(name__iexact=value["unit"].strip()).exists():
            message = gettext("No unit has the name “%(name)s”.") % {"name": value["unit"]}
            raise blocks.StructBlockValidationError(block_errors={"unit": ValidationError(message)})
        return value

    def get_context(self, value, parent_context=None):
        from portal.pages.directory import tree_under

        context = super().get_context(value, parent_context)
        return context | {"tree": tree_under(value["unit"].strip())}


class BodyBlock(blocks.StreamBlock):
    heading = HeadingBlock(max_length=200)
    text = blocks.RichTextBlock(
        label=_("Text"), features=TEXT_FEATURES, template="blocks/text.html"
    )
    picture = PictureBlock()
    gallery = GalleryBlock()
    table = TableBlock(label=_("Table"), template="blocks/table.html")
    files = FilesBlock()
    quote = QuoteBlock()
    notice = NoticeBlock()
    accordion = AccordionBlock()
    reference = ReferenceBlock()
    place = PlaceBlock()
    video = VideoBlock()
    organisation_chart = OrganisationChartBlock()
    contacts = ContactsBlock()
