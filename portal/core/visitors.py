"""Telling visitors apart without knowing who they are.

A visitor is a hash of his address, of what he asked and of a salt. The salt is drawn anew each
day and lies only in the cache, for that day: afterwards nobody can say whose hash it was, and
at no time can be seen who asked two things. Who shares an address counts as one visitor.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import ipaddress
import secrets

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

_DAY = 24 * 3600
_kept: tuple[str, dt.date, str] | None = None


def visitor(request: HttpRequest, about: str, day: dt.date) -> str:
    """The hash of who asks ``about`` something on a day."""
    secret = f"{network_of(request)}\n{about}".encode()
    return hashlib.blake2b(secret, key=_salt(day).encode(), digest_size=8).hexdigest()


def network_of(request: HttpRequest) -> str:
    """The address, or the household's part of it: one line has billions of IPv6 addresses."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:  # a proxy is trusted: it wrote the last address
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).rpartition(",")[2].strip()
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _salt(day: dt.date) -> str:
    """The salt of a day, asked of the cache once in a process."""
    global _kept
    name = f"visitors:{day}"
    if _kept is None or _kept[:2] != (settings.SECRET_KEY, day):
        drawn = secrets.token_hex(16)
        found = drawn if cache.add(name, drawn, _DAY) else cache.get(name)
        _kept = (settings.SECRET_KEY, day, str(found or drawn))
    return _kept[2]
