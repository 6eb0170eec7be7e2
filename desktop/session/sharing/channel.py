"""The line of one window to mind and ears, which it may share with other windows."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from agent.commands import Command
from perception.audio.ipc.messages import ToEars


class Processes(Protocol):
    """Mind and ears as a window sees them: `Children` itself, or a `Channel` to it."""

    @property
    def arrived(self) -> SignalInstance:
        """Carries each event."""

    def start(self) -> None:
        """Start both."""

    def tell_mind(self, command: Command) -> None:
        """Send the mind a command."""

    def tell_ears(self, message: ToEars) -> None:
        """Send the ears a message."""

    def revive(self, name: str) -> None:
        """Start one of them again."""


class Sharing(Protocol):
    """Whoever passes on what a window sends; `Router` does."""

    def start(self) -> None:
        """Start both, unless they run."""

    def tell_mind(self, channel: Channel, command: Command) -> None:
        """A window has a command for the mind."""

    def tell_ears(self, channel: Channel, message: ToEars) -> None:
        """A window has a message for the ears."""

    def revive(self, name: str) -> None:
        """Start one of them again."""


class Channel(QObject):
    """`arrived` carries the events that this window is to see.

    `muted` and `camera` tell what another window did with the microphone and the camera.
    """

    arrived = Signal(object)
    muted = Signal(bool)
    camera = Signal(str)

    def __init__(self, sharing: Sharing) -> None:
        super().__init__()
        self._sharing = sharing
        self.chat: int | None = None
        """The chat that this window shows."""

    def start(self) -> None:
        """As `Children.start`."""
        self._sharing.start()

    def tell_mind(self, command: Command) -> None:
        """As `Children.tell_mind`; a question waits for the answer that another window gets."""
        self._sharing.tell_mind(self, command)

    def tell_ears(self, message: ToEars) -> None:
        """As `Children.tell_ears`."""
        self._sharing.tell_ears(self, message)

    def revive(self, name: str) -> None:
        """As `Children.revive`."""
        self._sharing.revive(name)
