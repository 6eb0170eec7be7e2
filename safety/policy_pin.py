"""The number that unlocks the policy in the window: kept as a salted hash, never itself."""

from __future__ import annotations

import hashlib
import hmac
import secrets

_COST, _BLOCK, _LANES = 2**14, 8, 1
"""Of scrypt (RFC 7914): some 50 ms and 16 MB a try."""
FEWEST = 4


def pin_hash(pin: str) -> str:
    """What is kept of a number."""
    salt = secrets.token_bytes(16)
    return f"scrypt:{salt.hex()}:{_hashed(pin, salt).hex()}"


def pin_fits(pin: str, kept: str) -> bool:
    """Whether it is that number; False where what is kept is no hash."""
    try:
        kind, salt, wanted = kept.split(":")
        fits = hmac.compare_digest(_hashed(pin, bytes.fromhex(salt)), bytes.fromhex(wanted))
    except ValueError:
        return False
    return kind == "scrypt" and fits


def _hashed(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=_COST, r=_BLOCK, p=_LANES)
