"""A mark of secrecy in the head of what is to be published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.text import clean
from portal.editorial.models.checks import Severity
from portal.editorial.pieces import pieces

from . import Check, Found, register

#: A line, or the cell of a table, that is nothing but the mark; a sentence that speaks of
#: secrets is none. The stamp is in capitals, "Độ mật: Mật" is how drafts are typed.
_MARK = re.compile(
    r"[\s(\[*_|–-]*(?:(?:ĐỘ MẬT|Độ mật|Mức độ mật)\s*:?\s*(?:TỐI |TUYỆT |[Tt]ối |[Tt]uyệt )?(?:MẬT|[Mm]ật)"
    r"|(?:TỐI |TUYỆT )?MẬT|(?:Tối|Tuyệt) [Mm]ật)[\s)\]*_|.–-]*"
)
_END = re.compile(r"<br\s*/?>|</(?:p|h[1-6]|t[dhr]|li|caption)>|\n|\t|\s{2,}")
_TAG = re.compile(r"<[^<>]*>")
#: How much of a head is read: a mark stands on the first page.
_LONGEST = 6000


def mark_in(head: str) -> str:
    """The mark of secrecy among the lines of a head (text or HTML), "" when there is none.

    >>> mark_in("<td>UBND TỈNH</td><td><b>TỐI MẬT</b></td>"), mark_in("giữ bí mật; tài liệu mật")
    ('TỐI MẬT', '')
    """
    for line in _END.split(clean(head[:_LONGEST])):
        bare = " ".join(_TAG.sub("", line).split())
        if 2 < len(bare) < 40 and _MARK.fullmatch(bare):
            return bare.strip(" ()[]*_|.–-")
    return ""


@register
class SecrecyMark(Check):
    code = "secrecy-mark"
    label = gettext_lazy("Mark of secrecy")
    severity = Severity.BLOCK
    explanation = gettext_lazy("What bears a mark of secrecy is not put on a portal.")
    source = "Luật Bảo vệ bí mật nhà nước"

    def look(self, draft) -> Iterator[Found]:
        heads = [one for one in pieces(draft) if one.head]
        for piece in (*heads, *draft.file_heads()):
            mark = mark_in(piece.html or piece.text)
            if mark:
                message = _("The head bears the mark “%(mark)s”.") % {"mark": mark}
                yield Found(message, piece.place, piece.label)
