"""Keys that sign sticks: Ed25519, the private half for the owner alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.codes import DesktopCode
from perception.regular_file import read_regular, write_whole
from perception.types import UserError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

_MOST_BYTES = 10_000


def make_keys(file: Path) -> Path:
    """Write a private key to `file` and its public one beside; returns the public one's place.

    UserError where one is there already: a key is never replaced.
    """
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    public = file.with_name(f"{file.name}.pub")
    for place in (file, public):
        if place.exists():
            raise UserError(DesktopCode.KIOSK_KEY_EXISTS, file=place)
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    try:
        write_whole(file, private)
        write_whole(public, public_bytes(key.public_key()))
        public.chmod(0o644)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(DesktopCode.KIOSK_FILE_NOT_WRITTEN, file=file, reason=reason) from error
    return public


def private_key(file: Path) -> Ed25519PrivateKey:
    """The owner's key; UserError where the file holds none."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(read_regular(file, _MOST_BYTES), None)
    except (OSError, ValueError, TypeError) as error:
        raise UserError(DesktopCode.KIOSK_KEY_UNFIT, file=file, reason=error) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise UserError(DesktopCode.KIOSK_KEY_UNFIT, file=file, reason=type(key).__name__)
    return key


def public_key(file: Path) -> Ed25519PublicKey:
    """The key that sticks are checked with; UserError where the file holds none."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(read_regular(file, _MOST_BYTES))
    except (OSError, ValueError) as error:
        raise UserError(DesktopCode.KIOSK_KEY_UNFIT, file=file, reason=error) from error
    if not isinstance(key, Ed25519PublicKey):
        raise UserError(DesktopCode.KIOSK_KEY_UNFIT, file=file, reason=type(key).__name__)
    return key


def public_bytes(key: Ed25519PublicKey) -> bytes:
    """The key as the text of a file."""
    from cryptography.hazmat.primitives import serialization

    return key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def is_signed_by(key: Ed25519PublicKey, data: bytes, signature: bytes) -> bool:
    """Whether the owner of the key signed these very bytes."""
    from cryptography.exceptions import InvalidSignature

    try:
        key.verify(signature, data)
    except InvalidSignature:
        return False
    return True
