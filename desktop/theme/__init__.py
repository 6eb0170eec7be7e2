"""The look: colours, type scale, spacing and one stylesheet. Nothing else names a colour or a size.

A widget chooses how it looks by the dynamic property `kind`:

- QPushButton, QToolButton: none (outlined), `primary`, `quiet` (no border), `small` (quiet and
  small, under an answer), `chip`, `danger`, `fold` (opens a section), `row` (a line of a list),
  `key` (of the on-screen keyboard; property `marked`)
- QLabel: `caption`, `muted`, `heading`, `strong`, `title`, `display`, `warn`, `danger`, `chip`,
  `live` (an open microphone)
- QFrame: `raised` (card), `field` (holds a text field; property `focused`), `sunken`, `said` (the
  user's words), `bar` (side panel; property `edge` draws one line), `note` (a line on the left for
  a block or a change), `error` (the same for a failure), `rule` (a separator)
- text fields, QTextBrowser: `plain` (neither frame nor ground); QComboBox: `quiet`
- QListView: `framed` (a list among the fields of a form)
- QWidget: `page` (surface), `clear` (transparent, inside a scroll area)
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import IntEnum
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, Qt, QTemporaryDir
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from agent.settings import Settings
from desktop.theme import focus, glyphs, palette
from desktop.theme.palette import Tokens

SPACE = 4
RADIUS = 8
SMALL_RADIUS = 5
TARGET = 24
LINE = 1
STROKE = 2
DISABLED = 0.5
"""How much of an icon is left when its button is off."""
_SAMPLE = "The quick brown fox jumps over the lazy dog and rests in the shade."
"""What a font calls its average width counts rare letters as often as an e."""


class Size(IntEnum):
    """The type scale, in pixels at text scale 1."""

    CAPTION = 13
    BODY = 15
    TITLE = 18
    DISPLAY = 24


@dataclass(frozen=True, slots=True)
class Theme:
    """The look in force. `still` asks for no movement, `face` for a face in place of the orb."""

    tokens: Tokens
    scale: float
    still: bool
    face: bool = False


_PROPERTY = "candorTheme"
_FONT = "candorFont"
_FONTS = Path(__file__).parent / "fonts"
_OTHER_SCRIPTS = ("Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC")
"""For Chinese, the first of them that the system has."""
_WATCH = "candorWatch"


def apply(app: QApplication, settings: Settings) -> Theme:
    """Dress the whole application, now and whenever the system's own theme changes."""
    hints = app.styleHints()
    wants_contrast = hints.accessibility().contrastPreference()
    tokens = palette.choose(
        settings.theme,
        hints.colorScheme() == Qt.ColorScheme.Dark,
        wants_contrast == Qt.ContrastPreference.HighContrast,
    )
    scale = min(2.0, max(1.0, settings.text_scale))
    theme = Theme(tokens, scale, settings.reduce_motion, settings.avatar == "face")
    watch = _watch(app, settings)
    app.setProperty(_PROPERTY, theme)
    if app.style().objectName().lower() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(_palette(tokens))
    _use_own_font(app)
    app.setFont(font(Size.BODY))
    app.setStyleSheet(_stylesheet(theme, _write_glyphs(tokens, watch.folder)))
    focus.install(app, STROKE, STROKE + LINE, RADIUS + STROKE)
    return theme


def current() -> Theme:
    """The look in force; light where none was applied."""
    app = QApplication.instance()
    theme = app.property(_PROPERTY) if app is not None else None
    return theme if isinstance(theme, Theme) else Theme(palette.LIGHT, 1.0, False)


def color(token: str, alpha: float = 1.0) -> QColor:
    """A token's colour in the theme in force."""
    value = QColor(getattr(current().tokens, token))
    value.setAlphaF(alpha)
    return value


def gap(units: float = 1) -> int:
    """A length in spacing units."""
    return round(SPACE * units)


def glyph(units: float) -> int:
    """The side of an icon beside text, which grows with the user's text scale."""
    return round(SPACE * units * current().scale)


def text_px(size: Size) -> int:
    """A type size in pixels, at the user's text scale."""
    return round(size * current().scale)


def font(size: Size, *, bold: bool = False) -> QFont:
    """The system's font in a size of the scale."""
    value = QFont(QApplication.font())
    value.setPixelSize(text_px(size))
    value.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return value


def chars(count: int) -> int:
    """The width of so many average characters of body text, in pixels."""
    width = QFontMetricsF(font(Size.BODY)).horizontalAdvance(_SAMPLE) / len(_SAMPLE)
    return round(width * count)


def target(widget_lines: float = 1) -> int:
    """The least height of something that can be pressed, at the user's text scale."""
    return round(max(TARGET, text_px(Size.BODY) + 2 * SPACE) * widget_lines)


def _use_own_font(app: QApplication) -> None:
    """The shipped font first, then the system's, which has the letters of other scripts.

    A file that cannot be loaded leaves the system's font.
    """
    if app.property(_FONT) is not None:
        return
    system = app.font().families() or [app.font().family()]
    numbers = [QFontDatabase.addApplicationFont(str(file)) for file in _FONTS.glob("*.ttf")]
    own = {name for n in numbers if n >= 0 for name in QFontDatabase.applicationFontFamilies(n)}
    app.setProperty(_FONT, True)
    value = QFont(app.font())
    # Before the system's own, which may have Chinese letters in one weight alone.
    there = [name for name in _OTHER_SCRIPTS if QFontDatabase.hasFamily(name)]
    value.setFamilies([*sorted(own)[:1], *there, *system])
    app.setFont(value)


def set_kind(widget: QWidget, kind: str, name: str = "kind") -> None:
    """Change how a widget looks after it was shown."""
    if widget.property(name) == kind:
        return
    widget.setProperty(name, kind)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def dim(tokens: Tokens) -> str:
    """Text of what cannot be used now: still at least 3:1."""
    return palette.blend(tokens.muted, tokens.surface, 0.8)


class _ThemeWatch(QObject):
    """Dresses the application again when the system's theme or contrast changes.

    `folder` holds the few pictures that a stylesheet needs, and goes with the application.
    """

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__(app)
        self._app, self.settings = app, settings
        self.folder = QTemporaryDir()
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._again)
        hints.accessibility().contrastPreferenceChanged.connect(self._again)

    def _again(self) -> None:
        if self.settings.theme not in ("light", "dark"):
            apply(self._app, self.settings)


def _watch(app: QApplication, settings: Settings) -> _ThemeWatch:
    watch = app.property(_WATCH)
    if not isinstance(watch, _ThemeWatch):
        watch = _ThemeWatch(app, settings)
        app.setProperty(_WATCH, watch)
    watch.settings = settings
    return watch


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    by_role = {
        role.Window: tokens.surface,
        role.WindowText: tokens.ink,
        role.Base: tokens.raised,
        role.AlternateBase: tokens.sunken,
        role.Text: tokens.ink,
        role.Button: tokens.raised,
        role.ButtonText: tokens.ink,
        role.BrightText: tokens.danger,
        role.PlaceholderText: tokens.muted,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.ToolTipBase: tokens.ink,
        role.ToolTipText: tokens.surface,
        role.Light: tokens.raised,
        role.Midlight: tokens.hover,
        role.Mid: tokens.line,
        role.Dark: tokens.line,
        role.Shadow: tokens.line,
    }
    made = QPalette()
    for which, value in by_role.items():
        made.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(dim(tokens)))
    return made


def _stylesheet(theme: Theme, pictures: Path) -> str:
    values: dict[str, str] = {
        name: value for name, value in asdict(theme.tokens).items() if isinstance(value, str)
    }
    values["dim"] = dim(theme.tokens)
    values["pictures"] = pictures.as_posix()
    body, scale = text_px(Size.BODY), theme.scale
    lengths = {
        "caption": text_px(Size.CAPTION),
        "body": body,
        "title": text_px(Size.TITLE),
        "display": text_px(Size.DISPLAY),
        "radius": RADIUS,
        "small_radius": SMALL_RADIUS,
        "control": body + 2 * SPACE - 2,
        "chip": text_px(Size.CAPTION) + 2 * SPACE - 1,
        "chip_radius": (text_px(Size.CAPTION) + 3 * SPACE) // 2,
        "row": body + 3 * SPACE,
        "target": target(),
        "mark": round(18 * scale),
        "mark_radius": round(18 * scale) // 2 + LINE,
        "inner": round(18 * scale) + 2 * LINE - 2 * round(6 * scale),
        "push_icon": round(18 * scale),
        "push_icon_wide": round(18 * scale) + SPACE,
        "small_icon": round(16 * scale),
        "small_icon_wide": round(16 * scale) + SPACE,
        "tool_icon": round(20 * scale),
        "knob_radius": round(18 * scale) // 2 + STROKE,
        "lift": round(18 * scale) // 2,
        "dot": round(6 * scale),
        "tick": round(12 * scale),
        "glyph": round(16 * scale),
        "drop": round(28 * scale),
        "group": body + 2 * SPACE,
    }
    values |= {name: f"{length}px" for name, length in lengths.items()}
    source = (Path(__file__).parent / "theme.qss").read_text(encoding="utf-8")
    return Template(source).substitute(values)


_FILE_DIALOG = ("chevron-left", "chevron-right", "plus", "ellipsis", "file-text")
"""Beside those that others use, too."""


def _write_glyphs(tokens: Tokens, home: QTemporaryDir) -> Path:
    """Write the few pictures that the stylesheet needs, tinted."""
    folder = Path(home.path()) / f"{tokens.name}-{tokens.dark}"
    folder.mkdir(exist_ok=True)
    for name, shown, tint in (
        ("chevron-down", "chevron-down", tokens.muted),
        ("chevron-up", "chevron-up", tokens.muted),
        *((name, name, tokens.muted) for name in _FILE_DIALOG),
        ("check", "check-on", tokens.on_accent),
        ("minus", "minus-on", tokens.on_accent),
    ):
        (folder / f"{shown}.svg").write_bytes(glyphs.tinted(name, tint))
    return folder
