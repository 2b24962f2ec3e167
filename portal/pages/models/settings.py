"""What an administrator says of the portal once: names, colours, who answers for it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from portal.pages import colours

_HEX = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Six digits after #, like #9b1c1f."))


@register_setting(icon="cog")
class PortalSettings(BaseGenericSetting):
    name_vi = models.CharField(_("name in Vietnamese"), max_length=150, blank=True)
    name_en = models.CharField(_("name in English"), max_length=150, blank=True)
    authority = models.CharField(
        _("agency above the name"), max_length=150, blank=True,
        help_text=_("Whose portal it is, as letterheads say it."),
    )  # fmt: skip
    emblem = models.ForeignKey(
        "pages.Picture", verbose_name=_("emblem"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    masthead = models.CharField(
        _("colour of the masthead"), max_length=7, blank=True, validators=[_HEX],
        help_text=_("White letters stand on it."),
    )  # fmt: skip
    accent = models.CharField(
        _("accent on light paper"), max_length=7, blank=True, validators=[_HEX]
    )
    accent_dark = models.CharField(
        _("accent on dark paper"), max_length=7, blank=True, validators=[_HEX]
    )
    responsible = models.CharField(
        _("responsible person"), max_length=200, blank=True,
        help_text=_("With the office held: who answers for what the portal says."),
    )  # fmt: skip
    address = models.CharField(_("address"), max_length=300, blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    licence = models.CharField(
        _("licence"), max_length=300, blank=True,
        help_text=_("Number and date of the licence, or the words on reuse."),
    )  # fmt: skip
    social = models.TextField(
        _("links to social networks"), blank=True,
        help_text=_("One a line: words of the link | https://address"),
    )  # fmt: skip
    security_contact = models.CharField(
        _("where to report weaknesses"), max_length=200, blank=True,
        help_text=_("mailto:… or https://…; stands in security.txt."),
    )  # fmt: skip
    maintenance = models.CharField(_("maintenance notice"), max_length=400, blank=True)
    maintenance_from = models.DateTimeField(_("shown from"), null=True, blank=True)
    maintenance_until = models.DateTimeField(_("shown until"), null=True, blank=True)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel(
                    "name_vi",
                    help_text=_("Stands at the top of every page and in the titles of windows."),
                ),
                FieldPanel(
                    "name_en",
                    help_text=_("For readers in English; empty shows the Vietnamese name."),
                ),
                FieldPanel("authority"),
                FieldPanel(
                    "emblem",
                    help_text=_(
                        "A square picture of at least 80 pixels; it stands before the name."
                    ),
                ),
            ],
            _("Name"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("masthead"),
                FieldPanel(
                    "accent",
                    help_text=_(
                        "Six digits after #, for example #9b1c1f. Too little contrast is refused."
                    ),
                ),
                FieldPanel(
                    "accent_dark",
                    help_text=_("For readers whose device is set to dark; a light tone."),
                ),
            ],
            _("Colours"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("responsible"),
                FieldPanel(
                    "address", help_text=_("Of the office; it stands at the foot of every page.")
                ),
                FieldPanel(
                    "telephone", help_text=_("Readers call it from the foot of every page.")
                ),
                FieldPanel(
                    "email",
                    help_text=_(
                        "Stands at the foot of every page; use the mailbox of the office, "
                        "nobody's own."
                    ),
                ),
                FieldPanel("licence"),
                FieldPanel("social"),
                FieldPanel("security_contact"),
            ],
            _("Footer and contacts"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "maintenance",
                    help_text=_("Stands at the top of every page between the two times below."),
                ),
                FieldPanel("maintenance_from", help_text=_("Empty: at once.")),
                FieldPanel("maintenance_until", help_text=_("Empty: until the notice is deleted.")),
            ],
            _("Maintenance"),
        ),
    ]

    class Meta:
        verbose_name = _("portal settings")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def name(self) -> str:
        """The name in the language of this reader; the Vietnamese one where there is no other."""
        return self.name_en if get_language() == "en" and self.name_en else self.name_vi

    @property
    def notice(self) -> str:
        """The maintenance notice while it is to be shown."""
        now = timezone.now()
        begun = self.maintenance_from is None or self.maintenance_from <= now
        over = self.maintenance_until is not None and self.maintenance_until <= now
        return self.maintenance if begun and not over else ""

    @property
    def social_links(self) -> list[tuple[str, str]]:
        pairs = (line.partition("|") for line in self.social.splitlines())
        return [(label.strip(), url.strip()) for label, bar, url in pairs if bar]

    def clean(self) -> None:
        super().clean()
        errors: dict[str, object] = {}
        papers = (("masthead", "#ffffff"), ("accent", colours.LIGHT), ("accent_dark", colours.DARK))
        for name, other in papers:
            value = getattr(self, name)
            if value and (problem := colours.problem(value, other)):
                errors[name] = problem
        for line in self.social.splitlines():
            label, _bar, url = line.partition("|")
            if line.strip() and not (label.strip() and url.strip().startswith("https://")):
                errors["social"] = _("Each line: words of the link | https://address")
        contact = self.security_contact
        if contact and not contact.startswith(("mailto:", "https://")):
            errors["security_contact"] = _("Begin with mailto: or https://")
        start, end = self.maintenance_from, self.maintenance_until
        if start and end and end <= start:
            errors["maintenance_until"] = _("The end must come after the beginning.")
        if errors:
            raise ValidationError(errors)
