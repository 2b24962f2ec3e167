"""The language of a page: Vietnamese unless the reader chose another one.

Not from ``Accept-Language``: most Vietnamese readers have browsers that ask for English, and a
shared cache must keep one page for one address.
"""

from __future__ import annotations

from django.conf import settings
from django.utils import translation


def Language(get_response):
    known = {code for code, _name in settings.LANGUAGES}

    def middleware(request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        request.language_is_default = language == settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware
