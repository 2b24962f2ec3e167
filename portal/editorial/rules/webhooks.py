"""Signed calls to addresses outside: never into the house, never on to another address."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import ipaddress
import socket
import ssl
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SECONDS = 5
HEADER = "X-Portal-Signature"
#: Carries IPv4 addresses of any kind inside IPv6.
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


def signature(secret: str, body: bytes) -> str:
    """What the header says of a body.

    >>> signature("k", b"{}")[:15]
    'sha256=add853b1'
    """
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def refuse_address(url: str) -> None:
    """Raises ValidationError for an address that no rule may call, as far as its text tells."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise ValidationError(_("This is no web address.")) from error
    if parts.scheme not in ("https", "http") or not host or parts.username or parts.fragment:
        raise ValidationError(_("This is no web address."))
    if not url.isascii() or not url.isprintable() or " " in url:
        raise ValidationError(_("This is no web address."))
    if parts.scheme == "http" and not settings.WEBHOOK_ALLOW_HTTP:
        raise ValidationError(_("Only https:// addresses are called."))


def is_outside(address: str) -> bool:
    """Whether an IP address lies in the public network.

    >>> is_outside("8.8.8.8"), is_outside("::ffff:10.0.0.1"), is_outside("169.254.169.254")
    (True, False, False)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_outside(str(ip.ipv4_mapped))
        if ip.sixtofour or ip.teredo or ip in _TRANSLATED:
            return False
    return ip.is_global and not ip.is_multicast


def _resolved(host: str, port: int) -> str:
    """The IP address to call. It is looked up once, so that a second answer can't lead inside."""
    found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not settings.WEBHOOK_ALLOW_PRIVATE and not all(map(is_outside, found)):
        raise ValidationError(_("This address lies inside the house."))
    return found[0]


def post(url: str, body: bytes, secret: str) -> None:
    """POST a body with its signature; redirections are not followed.

    Raises:
        ValidationError: the address may not be called.
        OSError: it did not answer, or not with success.
    """
    refuse_address(url)
    parts = urlsplit(url)
    secure, host = parts.scheme == "https", str(parts.hostname)
    port = parts.port or (443 if secure else 80)
    # ``http.client`` keeps to a socket that it was given.
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    link = socket.create_connection((_resolved(host, port), port), timeout=SECONDS)
    try:
        if secure:
            link = ssl.create_default_context().wrap_socket(link, server_hostname=host)
        connection.sock = link
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"Content-Type": "application/json; charset=utf-8"}
        headers |= {HEADER: signature(secret, body), "Host": parts.netloc}
        connection.request("POST", target, body, headers)
        status = connection.getresponse().status
    except http.client.HTTPException as error:
        raise OSError(type(error).__name__) from error
    finally:
        connection.close()
        link.close()
    if not 200 <= status < 300:
        raise OSError(f"HTTP {status}")
