"""The receipt of a visit: one line for the visitor, and an entry of the audit chain."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from pathlib import Path

from desktop.codes import DesktopCode
from desktop.kiosk.forgetting.prover import Spot
from perception.messages import Notice, message, notice, plain
from safety.audit.entries import entries
from safety.audit.log import Audit

KIND = "receipt"
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijkmnpqr")
"""A hash is told in letters: a row of digits would be hidden in the log as a number of somebody."""
_SPOTS = {
    Spot.MEMORY: DesktopCode.VISIT_SPOT_MEMORY,
    Spot.DATA: DesktopCode.VISIT_SPOT_DATA,
    Spot.TEMPORARY: DesktopCode.VISIT_SPOT_TEMPORARY,
    Spot.LOGS: DesktopCode.VISIT_SPOT_LOGS,
    Spot.DEVICES: DesktopCode.VISIT_SPOT_DEVICES,
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was looked for at the end of a visit, and what was found; never any content.

    `failed` names what could not be cleared. An interrupted visit has no pieces: they ended with
    the program.
    """

    at: int
    pieces: int
    size: int
    found: Mapping[Spot, int]
    unsearched: tuple[Spot, ...] = ()
    failed: tuple[str, ...] = ()
    interrupted: bool = False
    nonce: int = field(default_factory=lambda: secrets.randbelow(1 << 30))

    @property
    def clean(self) -> bool:
        """Whether all was cleared, all places were searched, and nothing was found."""
        return not (self.found or self.unsearched or self.failed)

    @property
    def hash(self) -> str:
        """Eight letters by which it is found in the log."""
        told = json.dumps(self.fields(), sort_keys=True).encode()
        return hashlib.sha256(told).hexdigest()[:8].translate(_LETTERS)

    def fields(self) -> dict[str, str | int | bool]:
        """What the log keeps, without the hash."""
        return {
            "forgotten": self.at,
            "pieces": self.pieces,
            "bytes": self.size,
            **{f"found_{spot}": count for spot, count in self.found.items()},
            "unsearched": " ".join(self.unsearched),
            "failed": " ".join(self.failed),
            "interrupted": self.interrupted,
            "nonce": self.nonce,
        }

    def line(self, language: str) -> str:
        """The line for the visitor, in their language."""
        told = [
            notice(
                self._code(),
                time=f"{datetime.fromtimestamp(self.at):%H:%M:%S}",
                pieces=self.pieces,
                size=_size(self.size),
                found=sum(self.found.values()),
                where=_listed(tuple(self.found)),
            )
        ]
        if self.unsearched:
            told.append(notice(DesktopCode.VISIT_NOT_SEARCHED, where=_listed(self.unsearched)))
        if self.failed:
            told.append(notice(DesktopCode.VISIT_NOT_CLEARED))
        told.append(notice(DesktopCode.VISIT_RECEIPT, hash=self.hash))
        return " ".join(message(each, language) for each in told)

    def _code(self) -> DesktopCode:
        if self.interrupted:
            return DesktopCode.VISIT_INTERRUPTED
        return DesktopCode.VISIT_LEFTOVERS_FOUND if self.found else DesktopCode.VISIT_FORGOTTEN


def keep(receipt: Receipt, audit: Audit) -> None:
    """Put it in the chain. UserError where the log cannot be written."""
    audit.note(KIND, "", receipt=receipt.hash, **receipt.fields())


def check_receipt(log: Path, letters: str) -> Receipt | None:
    """The receipt with this hash, where the log has one whose fields fit it.

    Whether the log itself is whole is told by `safety.audit.verification`. UserError where it
    cannot be read.
    """
    for entry in entries(log):
        if entry.kind == KIND and entry.more.get("receipt") == letters:
            receipt = _receipt(entry.more)
            if receipt is not None and receipt.hash == letters:
                return receipt
    return None


def _receipt(fields: Mapping[str, object]) -> Receipt | None:
    """The receipt of an entry; None where it is none."""
    try:
        return Receipt(
            at=int(str(fields["forgotten"])),
            pieces=int(str(fields["pieces"])),
            size=int(str(fields["bytes"])),
            found={s: int(str(fields[f"found_{s}"])) for s in Spot if f"found_{s}" in fields},
            unsearched=tuple(map(Spot, str(fields["unsearched"]).split())),
            failed=tuple(str(fields["failed"]).split()),
            interrupted=fields["interrupted"] is True,
            nonce=int(str(fields["nonce"])),
        )
    except (KeyError, ValueError):
        return None


def _listed(spots: tuple[Spot, ...]) -> Notice:
    def listed(first: Notice, second: Notice) -> Notice:
        return notice(DesktopCode.VISIT_SPOT_LIST, first=first, second=second)

    return reduce(listed, (notice(_SPOTS[spot]) for spot in spots)) if spots else plain("")


def _size(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e8 else f"{count / 1e6:.1f} MB"
