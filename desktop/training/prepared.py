"""What was found in examples or recordings: problems, how many, and some of them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent.training.chat.sources import DataProblem
from desktop import theme
from desktop.i18n.messages import sentences
from desktop.processes import training_events as events
from desktop.training import labels
from desktop.widgets.collapsible import Collapsible
from desktop.widgets.glyph import Glyph
from desktop.widgets.labels import label


def prepared_view(found: events.Prepared) -> QWidget:
    """A card with all of it."""
    card = QFrame()
    card.setProperty("kind", "raised")
    column = QVBoxLayout(card)
    column.setContentsMargins(theme.gap(4), theme.gap(3), theme.gap(4), theme.gap(3))
    column.setSpacing(theme.gap(2))
    column.addWidget(label(_sizes(found), "strong"))
    if tokens := _tokens(found):
        column.addWidget(label(tokens, "caption"))
    for problem in sorted(found.problems, key=lambda each: not each.fatal):
        column.addWidget(_problem(problem))
    if found.samples:
        samples = Collapsible(QCoreApplication.translate("Training", "Some of them"))
        for asked, told in found.samples:
            samples.rows.addWidget(_sample(asked, told))
        column.addWidget(samples)
    return card


def _sizes(found: events.Prepared) -> str:
    translate = QCoreApplication.translate
    if found.fatal:
        return translate("Training", "These cannot be learned from yet.")
    count = QLocale().toString
    if found.seconds:
        words = translate("Training", "{n} recordings to learn from, {m} to check with, {time}.")
        words = words.replace("{time}", labels.duration(found.seconds))
    else:
        words = translate("Training", "{n} examples to learn from, {m} kept back to check with.")
    return words.format(n=count(found.train), m=count(found.dev))


def _tokens(found: events.Prepared) -> str:
    counts, count = found.counts, QLocale().toString
    if counts is None:
        return ""
    translate = QCoreApplication.translate
    words = translate(
        "Training", "{tokens} tokens, {answers} of them answers. The longest example has {longest}."
    ).format(
        tokens=count(counts.tokens), answers=count(counts.answers), longest=count(counts.longest)
    )
    if counts.too_long:
        long = translate("Training", "{n} are too long: their beginning is left out. Shorten them.")
        words = f"{words} {long.format(n=counts.too_long)}"
    return words


def _problem(problem: DataProblem) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.gap(2))
    fatal = problem.fatal
    line.addWidget(Glyph("octagon-x" if fatal else "info", "danger" if fatal else "muted"))
    line.addWidget(label(" ".join(sentences(problem.told)), copy=True), 1)
    return row


def _sample(asked: str, told: str) -> QWidget:
    box = QFrame()
    box.setProperty("kind", "sunken")
    column = QVBoxLayout(box)
    column.setContentsMargins(theme.gap(3), theme.gap(2), theme.gap(3), theme.gap(2))
    column.setSpacing(theme.gap())
    column.addWidget(label(" ".join(asked.split()), "caption", copy=True))
    column.addWidget(label(" ".join(told.split()), copy=True))
    return box
