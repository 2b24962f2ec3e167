"""What an editor pastes: read on the server, given back as blocks."""

from __future__ import annotations

from functools import cache
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access

from portal.organisations.access import access_of
from portal.organisations.roles import Ability
from portal.pages.blocks import BodyBlock
from portal.pages.blocks_from_html import Told, blocks_from_html

#: Letters of what is pasted, its styles included.
LONGEST = 4_000_000

_WORDS = {
    Told.MERGED: _("Merged cells were taken apart: look at the table once more."),
    Told.NESTED: _("A table within a cell has become lines of the cell."),
    Told.ROWS: _("The table has become lines: one for each row, its cells divided by dashes."),
    Told.PICTURES: _("Pictures don't come along: add them as blocks of their own."),
    Told.REMARKS: _("Remarks and deleted words of the Word file were left out."),
    Told.PLAIN: _("What was pasted is built too strangely: only its words came along."),
}


@require_admin_access
@require_POST
def pasted(request) -> HttpResponse:
    """Blocks as the editor takes them, with what has to be said about them in words. Without
    ``tables`` it is one text."""
    if not access_of(request.user).can(Ability.WRITE):
        raise PermissionDenied
    html = request.POST.get("html", "")
    if len(html) > LONGEST:
        return HttpResponse(status=413)
    made = blocks_from_html(html, tables=request.POST.get("tables") == "1")
    blocks = [
        {"type": kind, "value": _form_state(kind, value), "id": str(uuid4())}
        for kind, value in made.blocks
    ]
    words = [str(_WORDS[one]) for one in Told if one in made.told]
    if number := sum(kind == "table" for kind, _value in made.blocks):
        said = ngettext(
            "%(number)d table was pasted as a block.",
            "%(number)d tables were pasted as blocks.",
            number,
        )
        words.insert(0, said % {"number": number})
    return JsonResponse({"blocks": blocks, "told": " ".join(words)})


def _form_state(kind: str, value):
    block = _body().child_blocks[kind]
    return block.get_form_state(block.to_python(value))


@cache
def _body() -> BodyBlock:
    return BodyBlock()


def script() -> str:
    """The script that asks, for the foot of each page of the admin."""
    return format_html(
        '<script id="noi-dung-dan" data-url="{}" data-failed="{}" data-close="{}"></script>'
        '<script src="{}" defer></script>',
        reverse("pasted"),
        gettext("Pasted without tables: the portal could not read it. Look at what came along."),
        gettext("Close"),
        static("portal/js/admin-pasting.js"),
    )  # fmt: skip
