"""The right side of the doctor's page: what could give way as checkboxes, and what the chosen ones do together."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.planning.doctor.consult import Consult, Stage
from patrol_desk.ui.pages.planning.doctor.words import effect_parts, way_cost, way_gain, way_names, way_title
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import Chip, Label
from patrol_desk.ui.widgets.painting import box
from patrol_desk.ui.widgets.sections import Section, line

if TYPE_CHECKING:
    from patrol_desk.services.planning.doctor_data import Proposal


class WayCard(QFrame):
    """One thing that could give way.

    Parameters
    ----------
    theme
        Gives colours and sizes.
    way
        What it is.

    Attributes
    ----------
    ticked
        Sent with whether it is chosen.
    """

    ticked = Signal(bool)

    def __init__(self, theme: Theme, way: "Proposal") -> None:
        super().__init__()
        self._theme = theme
        self.way = way
        self.box = QCheckBox()
        self.box.setObjectName(f"way_{way.id}")
        self.box.toggled.connect(self._toggled)
        self._title, self._names, self._cost = (
            Label("strong", wrap=True),
            Label("secondary", wrap=True),
            Label("muted", wrap=True),
        )
        self._gain = Chip(theme)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        head.addWidget(self._gain, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addWidget(self._names)
        self._column.addWidget(self._cost)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words anew."""
        way = self.way
        self._title.setText(way_title(way))
        self._names.setText(way_names(way))
        self._names.setVisible(bool(self._names.text()))
        self._cost.setText(way_cost(way))
        self._gain.set_text(way_gain(way))
        self.box.setAccessibleName(f"{way_title(way)} {way_gain(way)}")
        self.box.setAccessibleDescription(" ".join((way_names(way), way_cost(way))).strip())

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(10), px(8), px(8), px(8))
        self._column.setSpacing(px(3))
        self.box.setFixedWidth(px(18))
        for label in (self._names, self._cost):
            label.setContentsMargins(px(18) + 8, 0, 0, 0)
        self.update()

    def _toggled(self, on: bool) -> None:
        self._gain.set_tone("green" if on else "plain")
        self.update()
        self.ticked.emit(on)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isEnabled() and event.button() == Qt.MouseButton.LeftButton:
            self.box.setFocus(Qt.FocusReason.MouseFocusReason)
            self.box.toggle()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, on = self._theme, self.box.isChecked()
        painter = QPainter(self)
        fill, border = ("accentSoft", "accentLine") if on else ("surface", "line2")
        box(painter, self.rect(), theme.color(fill), theme.color(border))
        painter.end()


class WaysPanel(QFrame):
    """Shows the ways of a consultation and lets some be chosen.

    Parameters
    ----------
    theme
        Gives colours and sizes.
    consult
        The doctor.
    """

    apply_asked = Signal()

    def __init__(self, theme: Theme, consult: Consult) -> None:
        super().__init__()
        self._theme = theme
        self._consult = consult
        self.cards: list[WayCard] = []
        self.setProperty("panel", "surface")
        self._build()
        self._lay_out()
        consult.changed.connect(self._stage_changed)
        consult.weighed.connect(self._show_sum)
        theme.changed.connect(self._restyle)
        self._restyle()

    def retranslate(self) -> None:
        """Set every text anew."""
        self._head.set_title(tr("可以怎么办"), tr("按代价从小到大"))
        for card in self.cards:
            card.retranslate()
        self.reason.setPlaceholderText(tr("留空的原因，必填，打印时注明"))
        self.reason.setAccessibleName(tr("留空的原因"))
        self.apply_button.setText(tr("应用并重排"))
        self._none.setText(tr("放宽哪一条都补不上：可改点位需求，或请上级调人。"))
        self._show_sum()

    def _build(self) -> None:
        theme = self._theme
        self._head = Section(theme)
        self._none = Label("secondary", wrap=True)
        self.reason = QLineEdit()
        self.reason.setObjectName("doctor_reason")
        self.reason.setMaxLength(200)
        self.reason.textChanged.connect(self._consult.give_reason)
        self._sum_title = Label("strong", wrap=True)
        self._names = [Label("secondary", wrap=True) for _ in range(4)]
        self._values = [Label("strong") for _ in range(4)]
        self.apply_button = Button(theme, "wand-sparkles", "primary", "Ctrl+Enter")
        self.apply_button.setObjectName("doctor_apply")
        self.apply_button.clicked.connect(self.apply_asked)
        self._note = Label("muted", wrap=True)

    def _lay_out(self) -> None:
        content = QFrame()
        content.setProperty("panel", "surface")
        self._list = QVBoxLayout(content)
        self._list.addWidget(self._none)
        self._list.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        self._scroll = scroll
        total = QFrame()
        self._total = QVBoxLayout(total)
        self._total.addWidget(self.reason)
        self._total.addWidget(self._sum_title)
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        for place, (name, value) in enumerate(zip(self._names, self._values, strict=True)):
            grid.addWidget(name, place, 0)
            grid.addWidget(value, place, 1, Qt.AlignmentFlag.AlignRight)
        self._total.addLayout(grid)
        foot = QFrame()
        foot.setProperty("panel", "line-top")
        self._foot = QVBoxLayout(foot)
        self._foot.addWidget(self.apply_button)
        self._foot.addWidget(self._note)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head)
        whole.addWidget(scroll, 1)
        whole.addWidget(line(self._theme))
        whole.addWidget(total)
        whole.addWidget(foot)

    def _restyle(self) -> None:
        px = self._theme.px
        self._list.setContentsMargins(px(16), 0, px(12), px(8))
        self._list.setSpacing(px(8))
        self._total.setContentsMargins(px(16), px(8), px(12), px(8))
        self._total.setSpacing(px(4))
        self._foot.setContentsMargins(px(16), px(8), px(12), px(8))
        self._foot.setSpacing(px(8))

    def _stage_changed(self) -> None:
        found = self._consult.diagnosis
        ways = found.proposals if found is not None else ()
        if [card.way for card in self.cards] != list(ways):
            self._fill(ways)
        ready = self._consult.stage is Stage.FOUND
        for card in self.cards:
            card.setEnabled(ready)
        self.reason.setEnabled(ready)
        self._none.setVisible(ready and found is not None and bool(found.groups) and not ways)
        self._show_sum()

    def _fill(self, ways: "tuple[Proposal, ...]") -> None:
        for old in self.cards:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.cards = []
        self.reason.clear()
        before: QWidget = self.apply_button
        for place, way in enumerate(ways):
            card = WayCard(self._theme, way)
            card.ticked.connect(lambda on, way=way: self._consult.choose(way.id, on=on))
            card.box.installEventFilter(self)
            self.cards.append(card)
            self._list.insertWidget(place, card)
            if place:
                QWidget.setTabOrder(before, card.box)
            before = card.box

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._scroll.ensureWidgetVisible(watched)
        return False

    def _show_sum(self) -> None:
        consult = self._consult
        chosen = consult.chosen
        self.reason.setVisible(consult.asks_reason)
        self.apply_button.setEnabled(consult.can_apply)
        self._sum_title.setText(
            tr("应用所选 {count} 项后", count=len(chosen)) if chosen else tr("勾选办法，看合起来的效果")
        )
        self._show_rows(self._rows())
        self._note.setText(self._note_words())

    def _rows(self) -> list[tuple[str, str]]:
        """Return what is told of the ways chosen: a name and a value each."""
        effect = self._consult.effect
        if self._consult.weighing:
            return [(tr("正在逐格试排核实…"), "")]
        if effect is None:
            return []
        changes = tr("{count} 处，涉及 {people} 人", count=effect.changes, people=effect.people)
        seats = f"{effect.before} → {effect.after}"
        return [(tr("最低席位空缺"), seats), (tr("新的安排"), changes), *((part, "") for part in effect_parts(effect))]

    def _show_rows(self, rows: list[tuple[str, str]]) -> None:
        for place, (name, value) in enumerate(zip(self._names, self._values, strict=True)):
            shown = rows[place] if place < len(rows) else ("", "")
            name.setText(shown[0])
            value.setText(shown[1])
            name.setVisible(bool(shown[0]))
            value.setVisible(bool(shown[1]))

    def _note_words(self) -> str:
        consult = self._consult
        if consult.asks_reason and not consult.reason.strip():
            return tr("先写留空的原因")
        return tr("一步写入，可撤销") if consult.chosen else tr("至少勾选一项")
