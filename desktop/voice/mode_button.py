"""How the user talks, and whether the microphone is muted: a menu beside the button to talk."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop import theme
from desktop.widgets import icons
from desktop.widgets.plain_text import tip
from perception.audio.ipc.messages import Mode

ICONS = {
    Mode.HOLD: "hand",
    Mode.TAP: "pointer",
    Mode.OPEN: "podcast",
    Mode.WAKE: "message-square-quote",
}


def mode_name(mode: Mode) -> str:
    """The mode in two or three words."""
    translate = QCoreApplication.translate
    names = {
        Mode.HOLD: translate("Mode", "Hold to talk"),
        Mode.TAP: translate("Mode", "Tap to talk"),
        Mode.OPEN: translate("Mode", "Open microphone"),
        Mode.WAKE: translate("Mode", "Wake word"),
    }
    return names[mode]


def mode_meaning(mode: Mode, word: str) -> str:
    """What the mode means, in one sentence."""
    translate = QCoreApplication.translate
    meanings = {
        Mode.HOLD: translate("Mode", "Candor listens while you hold the button or the key."),
        Mode.TAP: translate("Mode", "Candor listens from one tap to the next."),
        Mode.OPEN: translate("Mode", "Candor listens all the time and answers what is said."),
        Mode.WAKE: translate("Mode", "Candor answers when you begin with “{word}”."),
    }
    return meanings[mode].format(word=word)


class ModeButton(QToolButton):
    """The arrow beside the button to talk. `chosen` carries a `Mode`, `mute_wanted` a bool."""

    chosen = Signal(object)
    mute_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "quiet")
        self.setProperty("narrow", "true")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setIcon(icons.icon("chevron-down", "muted"))
        menu, group = QMenu(self), QActionGroup(self)
        self._actions = {}
        for mode in Mode:
            action = menu.addAction(icons.icon(ICONS[mode], "muted"), mode_name(mode))
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, mode=mode: self.chosen.emit(mode))
            group.addAction(action)
            self._actions[mode] = action
        menu.addSeparator()
        self._mute = menu.addAction(icons.icon("mic-off", "muted"), self.tr("Mute the microphone"))
        self._mute.setCheckable(True)
        self._mute.triggered.connect(self.mute_wanted)
        self.setMenu(menu)
        self.set_mode(Mode.HOLD, "")

    def set_mode(self, mode: Mode, word: str) -> None:
        """Mark the mode in force."""
        name = mode_name(mode)
        self._actions[mode].setChecked(True)
        for other, action in self._actions.items():
            chosen = other is mode
            # A menu with icons shows no tick of its own.
            shown = "check" if chosen else ICONS[other]
            action.setIcon(icons.icon(shown, "accent" if chosen else "muted"))
        self.setAccessibleName(self.tr("How you talk: {mode}").format(mode=name))
        self.setToolTip(tip(f"{self.accessibleName()}. {mode_meaning(mode, word)}"))
        self.setAccessibleDescription(mode_meaning(mode, word))

    def set_muted(self, muted: bool) -> None:
        """Mark whether the microphone is muted."""
        self._mute.setChecked(muted)
        self._mute.setIcon(icons.icon("check" if muted else "mic-off", "muted"))


class MuteButton(QToolButton):
    """Says by icon and word whether the microphone is muted. `wanted(bool)` asks for it.

    It stands there only where the microphone is open by itself, or muted.
    """

    wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "quiet")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._key, self._open = "", False
        self.clicked.connect(lambda: self.wanted.emit(self.isChecked()))
        self.set_muted(False)

    def set_key(self, key: str) -> None:
        """The key that does the same."""
        self._key = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        self.set_muted(self.isChecked())

    def set_mode(self, mode: Mode) -> None:
        """The mode in force: by hand nothing is open that could be muted."""
        self._open = mode.hands_free
        self.setVisible(self._open or self.isChecked())

    def set_muted(self, muted: bool) -> None:
        """Show how it is."""
        self.setChecked(muted)
        self.setVisible(self._open or muted)
        self.setIcon(icons.icon("mic-off" if muted else "mic"))
        self.setText(self.tr("Muted") if muted else self.tr("Mute"))
        self.setAccessibleName(self.tr("Mute the microphone"))
        hint = (
            self.tr("The microphone is muted: nothing is heard. Press to unmute")
            if muted
            else self.tr("Hear nothing, in every mode, until you unmute")
        )
        self.setToolTip(f"{hint} ({self._key})" if self._key else hint)
        self.setAccessibleDescription(hint)

    def wide(self) -> int:
        """How wide it is with its words."""
        return _wide(self)

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone."""
        _set_narrow(self, narrow)
        self.setMinimumHeight(self.sizeHint().height())  # the font of its words may be a taller one


def _set_narrow(button: QToolButton, narrow: bool) -> None:
    style = Qt.ToolButtonStyle
    if narrow == (button.toolButtonStyle() is style.ToolButtonIconOnly) and button.property(
        "words"
    ):
        return
    theme.set_kind(button, "false" if narrow else "true", "words")
    button.setToolButtonStyle(
        style.ToolButtonIconOnly if narrow else style.ToolButtonTextBesideIcon
    )
    button.updateGeometry()  # the look of the other words needs another height


def _wide(button: QToolButton) -> int:
    words = button.fontMetrics().horizontalAdvance(button.text())
    return words + button.iconSize().width() + theme.glyph(7 if button.menu() else 0) + theme.gap(6)
