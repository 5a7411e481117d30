"""The line under the table: figures of those shown, and the keys that help."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout
from typing_extensions import override

from patrol_desk.services.people import PersonRow
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.people.columns import SOON
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import ElidedLabel, Kbd, Label

_MOST_SQUADS = 2


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of the people shown."""

    people: int = 0
    squads: tuple[tuple[str, int], ...] = ()
    squad_count: int = 0
    duties: float = 0.0
    soon: int = 0


def figures_of(rows: Sequence[PersonRow], today: date) -> Figures:
    """Count what the foot says; the first squads by name only when there are few."""
    by_squad: dict[str, int] = {}
    duties = soon = 0
    limit = today + SOON
    for row in rows:
        duties += row.duties
        if row.squad is not None:
            by_squad[row.squad.name] = by_squad.get(row.squad.name, 0) + 1
        if row.expires_on is not None and not row.retired and row.expires_on <= limit:
            soon += 1
    few = tuple(by_squad.items()) if len(by_squad) <= _MOST_SQUADS else ()
    return Figures(len(rows), few, len(by_squad), duties / len(rows) if rows else 0.0, soon)


class FootBar(QFrame):
    """Figures at the left, keys at the right.

    Parameters
    ----------
    theme
        Gives sizes.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("panel", "line-top")
        self._theme = theme
        self._figures = Figures()
        self._text = ElidedLabel("secondary")
        self._text.setObjectName("people_figures")
        self._soon = Label("warn")
        self._soon.setObjectName("people_soon")
        self._hints = [(Kbd(keys), Label("muted")) for keys in ("↑↓", "Space", "Enter", "Ctrl+N")]
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(6)
        row.addWidget(self._text)
        row.addSpacing(10)
        row.addWidget(self._soon)
        row.addStretch(1)
        for cap, words in self._hints:
            row.addWidget(cap)
            row.addWidget(words)
            row.addSpacing(8)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(32))

    def show_figures(self, figures: Figures) -> None:
        """Show the figures of those shown."""
        self._figures = figures
        self._say()

    def retranslate(self) -> None:
        """Set the words of the current language."""
        for (_, label), words in zip(self._hints, (tr("移动"), tr("勾选"), tr("详情"), tr("新增")), strict=True):
            label.setText(words)
        self._say()

    def _say(self) -> None:
        found = self._figures
        self._text.setVisible(bool(found.people))
        if found.squads:
            words = [tr("{name} {count} 人", name=name, count=count) for name, count in found.squads]
        else:
            words = [tr("{count} 人", count=found.people), tr("{count} 个小组", count=found.squad_count)]
        words.append(tr("本周人均 {number} 班", number=f"{found.duties:.1f}"))
        self._text.setText(" · ".join(words))
        self._soon.setText(tr("{count} 人的证件 30 天内到期或已过期", count=found.soon) if found.soon else "")

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
