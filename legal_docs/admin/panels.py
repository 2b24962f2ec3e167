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
        FieldPanel("type"),
        FieldPanel("number"),
        FieldPanel("lead_issuer"),
        FieldPanel("issuers"),
        FieldPanel("issued"),
        FieldPanel("subject"),
        InlinePanel("signatures", label=_("Signer")),
    ],
    heading=_("Document"),
)
_SORTING = MultiFieldPanel(
    [FieldPanel("fields"), FieldPanel("keywords")], heading=_("Fields and keywords")
)
_ENTRY = MultiFieldPanel(
    [
        FieldPanel("owner"),
        FieldPanel("audience"),
        FieldPanel("audience_units"),
        FieldPanel("source"),
        FieldPanel("source_url"),
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
                        FieldRowPanel([FieldPanel("gazette_issue"), FieldPanel("gazette_date")]),
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
                        FieldRowPanel([FieldPanel("urgency"), FieldPanel("expires")]),
                        FieldPanel("recipients"),
                        FieldPanel("recipients_note"),
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
