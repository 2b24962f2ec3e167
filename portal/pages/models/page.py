"""``PortalPage``: what every page of the tree shares. One table, so that lists, menus and the
guard in the database see all kinds of pages at once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from portal.core import text
from portal.core.cache_guard import FRAME
from portal.editorial.guard import NotApproved
from portal.editorial.models import Publishable
from portal.organisations.access import access_of
from portal.organisations.audience import PUBLIC, Audience
from portal.organisations.models import ForAudience, ForAudienceQuerySet, Organisation
from portal.organisations.roles import Content
from portal.pages import freezing
from portal.pages.addresses import COPIES


class PortalPageQuerySet(ForAudienceQuerySet, PageQuerySet):
    def for_review(self):
        """Rows with what a page of the admin says of each."""
        return self.select_related("unit", "latest_revision", "content_type")

    def in_language(self):
        """Those in the language of the page that is being made (``portal.pages.languages``)."""
        from portal.pages.languages import reading

        return self.filter(locale__language_code=reading())

    def of_owners(self, paths):
        """Rows owned under one of these unit paths."""
        condition = models.Q(pk__in=[])
        for path in paths:
            condition |= models.Q(unit__path__startswith=path)
        return self.filter(condition)


class PortalPage(Publishable, ForAudience, Page):
    """Trang. Not made by itself: only its kinds are."""

    unit_field = "unit"

    unit = models.ForeignKey(
        Organisation,
        verbose_name=_("owning unit"),
        null=True,
        on_delete=models.PROTECT,
        related_name="owned_pages",
        help_text=_("The unit that answers for the page."),
    )
    summary = models.CharField(
        _("summary"),
        max_length=500,
        blank=True,
        help_text=_("Stands in lists and in what search engines show."),
    )
    search_key = models.TextField(editable=False, default="")
    demo = models.BooleanField(_("demo"), default=False, editable=False)

    objects = PageManager.from_queryset(PortalPageQuerySet)()

    is_creatable = False
    #: What ``str`` says, for ``related_words``.
    WORDS = "title"
    #: What is copied by Wagtail begins as a draft of its own; of a working copy as one more.
    exclude_fields_in_copy = ["publication_record", "editorial_state"]
    show_in_menus_default = False
    #: Fields that an approval covers; kinds add theirs. The audience's units are added by itself.
    FROZEN: tuple[str, ...] = ("title", "slug", "summary", "seo_title", "show_in_menus", "unit_id",
                               "audience")  # fmt: skip
    #: Those of them that came later: while unset they are left out, so that what was approved
    #: before keeps its hash.
    FROZEN_WHEN_SET: tuple[str, ...] = ()
    #: The icon of its kind in the sprite of the portal.
    glyph = ""

    # The script that makes an address of a title drops Vietnamese letters (“hạt” → “ht”): the form
    # makes it on the server.
    content_panels = [TitleFieldPanel("title", targets=[])]
    # Who may publish it, restrict it or schedule it is no matter of Wagtail's panels.
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("show_in_menus")],
            _("Address, menus and search engines"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("unit"),
                FieldPanel(
                    "audience",
                    help_text=_(
                        "Everybody, the people of the agencies, or the units chosen below. "
                        "Search, menus and feeds obey it."
                    ),
                ),
                FieldPanel("audience_units"),
            ],
            _("Unit and audience"),
        ),
    ]
    settings_panels: list = []
    search_fields = [*Page.search_fields, index.FilterField("unit"), index.SearchField("summary")]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = [
            # A page is live under a record (``LivePageNeedsRecord``): a working copy has none.
            models.CheckConstraint(
                condition=models.Q(publication_record=None) | models.Q(working_copy_of=None),
                name="page_copy_has_no_record",
            )
        ]

    # --- addresses --------------------------------------------------------------------------

    @property
    def address(self) -> str:
        """Its path on the portal: “/gioi-thieu/”; asks the database nothing."""
        return "/" + self.url_path.strip("/").partition("/")[2] + ("/" if self.depth > 2 else "")

    def get_absolute_url(self) -> str:
        return self.address

    @property
    def cache_keys(self) -> tuple[str, ...]:
        """Pages other than news stand in menus and trails, so that all pages tell of them."""
        own = super().cache_keys
        return (*own, FRAME) if self.content_code == Content.PAGE else own

    # --- editorial --------------------------------------------------------------------------

    def permissions_for_user(self, user):
        from portal.pages.permissions import RolesTester

        return RolesTester(user, self)

    def frozen_content(self, *, live: bool = False) -> dict[str, object]:
        return freezing.content_of(self)

    def ledger_identity(self) -> dict[str, str]:
        # In the portal's language, whichever one whoever publishes works in: the line stays.
        with translation.override(settings.LANGUAGE_CODE):
            kind = str(self._meta.verbose_name)
        return {"class": self._meta.model_name, "name": kind, "number": "", "issued": "",
                "path": self.address}  # fmt: skip

    def settle_identity(self) -> None:
        self.set_url_path(self.get_parent())

    def facts(self, *, live: bool = False):
        return freezing.facts_of(self)

    def facts_beside(self, draft):
        from portal.editorial.facts import Facts

        return freezing.facts_of(self) if self.live else Facts(), freezing.facts_of(draft)

    def pieces(self):
        return freezing.pieces_of(self)

    def review_file(self, sha256: str):
        return freezing.file_of(self, sha256)

    def as_readers_see_it(self) -> list[tuple[str, str]]:
        return freezing.rendered(self)

    def redact(self, strings, mark: str) -> int:
        return freezing.redact(self, strings, mark)

    def put_parts_live(self) -> None:
        """A page has no parts beside its fields; its title in the tree follows. The record is
        written first, because the database refuses a live page without one and Wagtail's row is
        saved before ours."""
        self.draft_title = self.title
        rows = PortalPage._base_manager.filter(pk=self.pk)
        rows.update(publication_record=self.publication_record)

    @property
    def copy_rules(self):
        from portal.pages import copying

        return copying

    def get_admin_display_title(self) -> str:
        title = super().get_admin_display_title()
        if self.working_copy_of_id:
            return gettext("%(work)s – working copy") % {"work": title}
        return title

    @classmethod
    def get_indexed_objects(cls):
        """Nobody finds a working copy by its words."""
        return super().get_indexed_objects().filter(working_copy_of=None)

    def save(self, *args, **kwargs) -> None:
        self.slug = self.slug or text.slugify(self.title)[:200]
        if self.live and self.url_path.startswith(f"/{COPIES}/"):
            raise NotApproved(_("What stands among the working copies is never live."))
        words = "" if self.working_copy_of_id else f"{self.title} {self.summary}"
        self.search_key = text.slugify(words)
        super().save(*args, **kwargs)

    def draft_response(self, request):
        """The page as it is going to look; who has its link is a stranger here."""
        request.is_preview = True
        return self.serve(request)

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """As strangers see it, and as each unit for which it is meant does."""
        units = {unit.pk: str(unit) for unit in self.audience_units.all()} if self.pk else {}
        if self.unit:
            units.setdefault(self.unit.pk, str(self.unit))
        modes = [("", gettext("As the public"))]
        return modes + [(f"unit-{pk}", name) for pk, name in list(units.items())[:10]]

    def serve_preview(self, request, mode_name: str):
        """The draft as a reader of some audience gets it; a page that is not for him says so."""
        unit = mode_name.removeprefix("unit-")
        row = Organisation.objects.filter(pk=unit).first() if unit.isdigit() else None
        reader = Audience(member=True, units=row.ancestor_ids) if row else PUBLIC
        request.audience, request.access = reader, access_of(None)
        if not set(self.audience_tokens()) & set(reader.tokens()):
            return render(request, "pages/preview_hidden.html", {"unit": row})
        request.is_preview = True
        return self.serve(request)

    # --- reading ----------------------------------------------------------------------------

    @property
    def is_public(self) -> bool:
        return self.is_visible_to(PUBLIC)

    def context_for(self, request) -> dict[str, object]:
        """What its template needs beside ``page``; kinds give theirs."""
        return {}

    def get_context(self, request, *args, **kwargs):
        from portal.pages.framing import frame_of_page

        context = super().get_context(request, *args, **kwargs)
        return context | frame_of_page(self, request) | self.context_for(request)
