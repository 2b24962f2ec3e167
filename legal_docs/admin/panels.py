"""Panels grouped as the law speaks of a document."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)

_IDENTITY = MultiFieldPanel(
    [
        FieldPanel(
            "type",
            help_text=_("As printed above the subject. It decides which route of review it takes."),
        ),
        FieldPanel("number"),
        FieldPanel("lead_issuer"),
        FieldPanel("issuers"),
        FieldPanel(
            "issued",
            help_text=_(
                "The day in the heading of the document, not that of its publication here."
            ),
        ),
        FieldPanel(
            "subject",
            help_text=_("Word for word as printed under the type, without the type itself."),
        ),
        InlinePanel("signatures", label=_("Signer")),
    ],
    heading=_("Document"),
)
_SORTING = MultiFieldPanel(
    [
        FieldPanel(
            "fields",
            help_text=_("What it is about; readers filter by them. Several may be chosen."),
        ),
        FieldPanel("keywords"),
    ],
    heading=_("Fields and keywords"),
)
_ENTRY = MultiFieldPanel(
    [
        FieldPanel("owner"),
        FieldPanel(
            "audience",
            help_text=_(
                "Everybody, the people of the agencies, or the units chosen below. What is "
                "secret by law has no place here."
            ),
        ),
        FieldPanel("audience_units"),
        FieldPanel(
            "source",
            help_text=_("Where the text comes from: the issuer, the gazette, an older system."),
        ),
        FieldPanel("source_url", help_text=_("The page where the original stands, with https://.")),
    ],
    heading=_("Entry, audience and source"),
)
_PARTS = HelpPanel(template="admin_pages/parts_panel.html", heading=_("Text, files, relations"))

LEGAL = TabbedInterface(
    [
        ObjectList(
            [
                _IDENTITY,
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("in_force"), FieldPanel("expires")]),
                        FieldRowPanel(
                            [
                                FieldPanel(
                                    "gazette_issue",
                                    help_text=_("Number of the Công báo, for example 651 + 652."),
                                ),
                                FieldPanel("gazette_date", help_text=_("The day of that issue.")),
                            ]
                        ),
                        FieldPanel("no_longer_fit"),
                    ],
                    heading=_("Effect and gazette"),
                ),
            ],
            heading=_("Document"),
        ),
        ObjectList([_SORTING, _ENTRY], heading=_("Sorting and audience")),
        ObjectList([_PARTS], heading=_("Text, files, relations")),
    ]
)
DIRECTIVE = TabbedInterface(
    [
        ObjectList(
            [
                _IDENTITY,
                MultiFieldPanel(
                    [
                        FieldRowPanel(
                            [
                                FieldPanel("urgency", help_text=_("As stamped on the document.")),
                                FieldPanel("expires"),
                            ]
                        ),
                        FieldPanel(
                            "recipients",
                            help_text=_(
                                "Units of the portal that must act on it; each finds it in its "
                                "list."
                            ),
                        ),
                        FieldPanel(
                            "recipients_note",
                            help_text=_("Others, as the document names them under “Nơi nhận”."),
                        ),
                    ],
                    heading=_("Urgency and recipients"),
                ),
            ],
            heading=_("Document"),
        ),
        ObjectList([_SORTING, _ENTRY], heading=_("Sorting and audience")),
        ObjectList([_PARTS], heading=_("Text, files, relations")),
    ]
)
