"""What may be promised about where words and pictures stay; the mind says where it runs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def words_stay(server: str | None) -> str:
    """Of what is said and shown; nothing while nobody knows yet (None). "" is this computer."""
    if server is None:
        return ""
    if server:
        sent = QCoreApplication.translate(
            "Promise", "What you say and show is sent as text to {server}."
        )
        return sent.format(server=server)
    return QCoreApplication.translate("Promise", "Everything stays on this machine.")


def pictures_stay(server: str | None) -> str:
    """Of pictures: no engine sends them, but a server gets what is seen in them."""
    stay = QCoreApplication.translate("Promise", "Pictures stay on this machine.")
    if not server:
        return stay if server == "" else ""
    sent = QCoreApplication.translate(
        "Promise", "What is seen in them is sent as text to {server}."
    )
    return f"{stay} {sent.format(server=server)}"
