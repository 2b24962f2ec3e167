"""Headers that every answer carries."""

from __future__ import annotations

PUBLIC_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; object-src 'none'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'; manifest-src 'self'"
)
#: Wagtail's admin still has plain inline scripts and styles (date fields, inline panels).
ADMIN_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'; font-src 'self' data:; "
    "object-src 'none'; form-action 'self'; base-uri 'self'; frame-ancestors 'self'"
)


def ContentSecurityPolicy(get_response):
    """Public pages run no inline script at all; the admin has a looser policy of its own."""

    def middleware(request):
        response = get_response(request)
        policy = ADMIN_POLICY if request.path.startswith("/admin/") else PUBLIC_POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()"
        )
        return response

    return middleware


def NoNul(get_response):
    """No text of ours holds the sign NUL, and PostgreSQL refuses it: an address with it is none,
    a query loses it. Forms refuse it by themselves."""

    def middleware(request):
        if "\x00" in request.path_info:
            request.path_info = request.path = request.path.replace("\x00", "�")
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\x00" in query:
            request.META["QUERY_STRING"] = query.replace("%00", "").replace("\x00", "")
        return get_response(request)

    return middleware
