"""Which profile and which model answer in this chat, changed in the header."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from agent.models import catalog
from agent.models.store import open_store
from agent.prompting import profile
from agent.settings import Settings
from desktop import theme
from desktop.widgets import icons
from desktop.widgets.plain_text import on_button, short
from perception.types import UserError

_LONGEST = 32


class ModelSwitch(QToolButton):
    """`profile_chosen` and `model_chosen` carry a name; "" is the model that fits best.

    A model that is not there says so, and leads to where it can be got: `models_wanted`.
    """

    profile_chosen = Signal(str)
    model_chosen = Signal(str)
    models_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "quiet")
        self.setProperty("words", "true")
        self.setProperty("opens", "menu")
        self.setIcon(icons.icon("box"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._settings = Settings()
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self.fill)
        self.setMenu(self._menu)
        self.show_settings(self._settings)

    def show_settings(self, settings: Settings) -> None:
        """What is in force."""
        self._settings = settings
        title = _profile_title(settings.profile)
        self.setText(on_button(short(title, _LONGEST)))
        chosen = self._model_title(settings.dialogue_model)
        words = self.tr("Profile: {profile}. Model: {model}.").format(profile=title, model=chosen)
        self.setToolTip(words)
        self.setAccessibleName(words)

    def wide(self) -> int:
        """How wide it is with its words."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        return words + theme.glyph(7) + theme.gap(6)

    def set_narrow(self, narrow: bool) -> None:
        """Show an icon alone, where there is little room."""
        style = Qt.ToolButtonStyle
        wanted = style.ToolButtonIconOnly if narrow else style.ToolButtonTextOnly
        if wanted is not self.toolButtonStyle():
            theme.set_kind(self, "false" if narrow else "true", "words")
            self.setToolButtonStyle(wanted)
            self.updateGeometry()  # the look without words needs another height

    def profiles(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """The profiles by title, each with what chooses it."""
        for name in profile.names():
            yield _profile_title(name), partial(self.profile_chosen.emit, name)

    def models(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """The models that are here by title, each with what chooses it."""
        yield self._model_title(""), partial(self.model_chosen.emit, "")
        store = open_store()
        for model in store.catalog.model:
            if model.task == "dialogue" and not store.problems(model):
                yield model.title, partial(self.model_chosen.emit, model.id)

    def fill(self) -> None:
        """Offer the profiles, and the models with what is missing of them."""
        menu = self._menu
        menu.clear()
        self._section(self.tr("Profile: what Candor is mostly asked about"))
        group = QActionGroup(menu)
        for name in profile.names():
            action = self._choice(group, _profile_title(name), name == self._settings.profile)
            action.triggered.connect(lambda _=False, name=name: self.profile_chosen.emit(name))
        menu.addSeparator()
        self._section(self.tr("Model that answers"))
        group = QActionGroup(menu)
        automatic = self._choice(group, self._model_title(""), not self._settings.dialogue_model)
        automatic.triggered.connect(lambda: self.model_chosen.emit(""))
        store = open_store()
        for model in store.catalog.model:
            if model.task == "dialogue":
                self._offer(group, model, there=not store.problems(model))
        menu.addSeparator()
        menu.addAction(icons.icon("download", "muted"), self.tr("Models…"), self.models_wanted.emit)

    def _offer(self, group: QActionGroup, model: catalog.Model, *, there: bool) -> None:
        missing = self.tr("{model}: not downloaded").format(model=model.title)
        title = model.title if there else missing
        action = self._choice(group, title, model.id == self._settings.dialogue_model)
        if there:
            action.triggered.connect(lambda: self.model_chosen.emit(model.id))
        else:
            action.triggered.connect(self.models_wanted)

    def _choice(self, group: QActionGroup, title: str, chosen: bool) -> QAction:
        action = self._menu.addAction(on_button(title))
        action.setCheckable(True)
        action.setChecked(chosen)
        group.addAction(action)
        return action

    def _section(self, title: str) -> None:
        # QMenu.addSection draws no text in the style that is used here.
        self._menu.addAction(title).setEnabled(False)

    def _model_title(self, name: str) -> str:
        if not name:
            return self.tr("Chosen for this computer")
        try:
            return catalog.load().find(name).title
        except UserError:
            return name


def _profile_title(name: str) -> str:
    try:
        titles = profile.load(name).title
    except UserError:
        return name
    return titles.get(QLocale().name().split("_")[0]) or titles.get("en") or name
