"""Error pages: each shows the search door."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import render


def not_found(request, exception=None) -> HttpResponse:
    """404 with a search for the words of the address."""
    words = " ".join(re.findall(r"[^\W_]+", unquote(request.path)))[:100]
    return render(request, "pages/404.html", {"words": words}, status=404)


def forbidden(request, exception=None) -> HttpResponse:
    """403 with the reason, when one was given in the reader's words."""
    return render(request, "pages/403.html", {"reason": str(exception or "")}, status=403)


def broken(request) -> HttpResponseServerError:
    """500: a static file, because whatever broke may break again."""
    page = Path(settings.BASE_DIR) / "templates" / "500.html"
    return HttpResponseServerError(page.read_bytes(), content_type="text/html; charset=utf-8")
