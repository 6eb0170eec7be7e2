"""The PIN that leaves the kiosk: a salted hash, and a wait after wrong tries that grows."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from agent.settings import config_folder
from desktop.codes import DesktopCode
from perception.regular_file import read_regular, write_whole
from perception.types import UserError
from safety.policy_pin import FEWEST, pin_fits, pin_hash

MOST = 64
LONGEST_WAIT_S = 900.0
_BOOT = Path("/proc/sys/kernel/random/boot_id")
_MOST_BYTES = 10_000


class _Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file holds. `boot` and `monotonic` say when the last wrong try was."""

    hash: str
    failures: int = 0
    boot: str = ""
    monotonic: float = 0.0


@dataclass(frozen=True, slots=True)
class PinTry:
    """What came of a try: whether it is the PIN, and the seconds until another one counts."""

    right: bool
    wait_s: float = 0.0


@dataclass(frozen=True, slots=True)
class KioskPin:
    """The PIN in `file`. Clocks can be given for tests.

    A wait never gets shorter: within one run of the computer it goes by the monotonic clock, which
    nobody can set; after a new start of the computer it begins anew.
    """

    file: Path
    boot: str
    monotonic: Callable[[], float] = time.monotonic

    @property
    def is_set(self) -> bool:
        """Whether there is a PIN to be entered; a broken file is none, and lets nobody out."""
        return self._read() is not None

    def set_pin(self, pin: str) -> None:
        """Keep a new PIN; UserError where it is too short or cannot be written."""
        if not FEWEST <= len(pin) <= MOST or not pin.isascii() or not pin.isdigit():
            raise UserError(DesktopCode.KIOSK_PIN_UNFIT, fewest=FEWEST, most=MOST)
        self._write(_Kept(pin_hash(pin)))

    def wait_s(self) -> float:
        """Seconds until a try counts."""
        kept = self._read()
        return self._remaining(kept) if kept else 0.0

    def try_pin(self, pin: str) -> PinTry:
        """Whether it is the PIN. A try while one has to wait is not looked at."""
        kept = self._read()
        if kept is None:
            return PinTry(False)
        if wait := self._remaining(kept):
            return PinTry(False, wait)
        # Counted before it is looked at: pulling the plug in the middle saves nobody a wait.
        wrong = _Kept(kept.hash, kept.failures + 1, self.boot, self.monotonic())
        self._write(wrong)
        if not pin_fits(pin, kept.hash):
            return PinTry(False, self._remaining(wrong))
        self._write(_Kept(kept.hash))
        return PinTry(True)

    def _remaining(self, kept: _Kept) -> float:
        if not kept.failures:
            return 0.0
        if kept.boot != self.boot:
            kept = _Kept(kept.hash, kept.failures, self.boot, self.monotonic())
            self._write(kept)
        passed = self.monotonic() - kept.monotonic
        return max(0.0, wait_after(kept.failures) - max(0.0, passed))

    def _read(self) -> _Kept | None:
        try:
            return msgspec.json.decode(read_regular(self.file, _MOST_BYTES), type=_Kept)
        except (OSError, UserError, msgspec.MsgspecError):
            return None

    def _write(self, kept: _Kept) -> None:
        try:
            write_whole(self.file, msgspec.json.encode(kept))
        except OSError as error:
            reason = error.strerror or str(error)
            raise UserError(
                DesktopCode.KIOSK_FILE_NOT_WRITTEN, file=self.file, reason=reason
            ) from error


def wait_after(failures: int) -> float:
    """Seconds to wait after so many wrong tries in a row: 1, 2, 4 … up to 15 minutes."""
    return min(LONGEST_WAIT_S, 2.0 ** min(failures - 1, 30)) if failures else 0.0


def open_pin() -> KioskPin:
    """The PIN of this computer's kiosk."""
    return KioskPin(config_folder() / "kiosk-pin.json", _this_boot())


@cache
def _this_boot() -> str:
    """A name for this run of the computer; where the system has none, for this process."""
    if os.path.exists(_BOOT):
        return _BOOT.read_text("ascii").strip()
    return uuid.uuid4().hex
