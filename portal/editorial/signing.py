"""Keys that sign checkpoints. The private part lies in a folder outside the database (0600)."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from .freezing import canonical
from .models import SigningKey


def current() -> tuple[SigningKey, Ed25519PrivateKey]:
    """The newest key with its private part; the first one is made at first use.

    Raises:
        ImproperlyConfigured: the private part of a known key is not in ``LEDGER_KEY_DIR``.
    """
    key = SigningKey.objects.order_by("-pk").first()
    return (key, _private(key)) if key else _made(None)


def rotate() -> SigningKey:
    """Make a new key, introduced by a signature of the present one."""
    return _made(current())[0]


def signature(private: Ed25519PrivateKey, statement: dict[str, object]) -> str:
    """Ed25519 (hex) over the canonical form of a statement."""
    return private.sign(canonical(statement).encode()).hex()


def is_signed(public: str, statement: dict[str, object], signed: str) -> bool:
    """Whether a signature (hex) is one of this public key (hex) over the statement."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signed), canonical(statement).encode())
    except (InvalidSignature, ValueError):
        return False
    return True


@transaction.atomic
def _made(before: tuple[SigningKey, Ed25519PrivateKey] | None):
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    key = SigningKey(
        name=hashlib.sha256(public).hexdigest()[:16],
        public=public.hex(),
        since=timezone.now(),
        introduced_by=before[0].name if before else "",
    )
    key.signature = signature(before[1] if before else private, key.statement())
    _write(_path(key), private.private_bytes_raw().hex())
    key.save()
    return key, private


def _path(key: SigningKey) -> Path:
    return Path(settings.LEDGER_KEY_DIR) / f"{key.name}.key"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def _private(key: SigningKey) -> Ed25519PrivateKey:
    path = _path(key)
    try:
        private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text().strip()))
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"{path}: the private key of {key} can't be read") from error
    if private.public_key().public_bytes_raw().hex() != key.public:
        raise ImproperlyConfigured(f"{path} is not the key of {key}")
    return private
