"""Errors as RFC 9457 problem details, with Vietnamese titles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TITLES = {
    400: gettext_lazy("A parameter can't be read"),
    405: gettext_lazy("Only reading (GET) is possible here"),
    429: gettext_lazy("Too many requests"),
    503: gettext_lazy("Search does not answer at the moment"),
}
CODES = {400: "tham-so", 405: "phuong-thuc", 429: "qua-nhieu", 503: "tam-ngung"}


@dataclass(frozen=True, slots=True)
class Fault:
    """A parameter that can't be read, and what it should be."""

    name: str
    detail: str


class BadParameters(Exception):
    """Raised with all faults of a request at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(", ".join(fault.name for fault in faults))
        self.faults = tuple(faults)


def problem(status: int, detail: str = "", faults: Sequence[Fault] = ()) -> JsonResponse:
    """An answer of type ``application/problem+json``; never kept by a cache."""
    body: dict[str, object] = {
        "type": f"{reverse('api')}#{CODES[status]}",
        "title": str(TITLES[status]),
        "status": status,
        "detail": detail or _("Read how to ask at /api/."),
    }
    if faults:
        body["errors"] = [{"name": fault.name, "detail": fault.detail} for fault in faults]
    response = JsonResponse(
        body,
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
    response["Cache-Control"] = "no-store"
    return response
