"""The card beside what is chosen on the map: never over it."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.services.map import MapWeek, PostCard
from patrol_desk.services.planning.board import CellState
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.map.words import dated_shift_text, length_text, state_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.flow import FlowLayout
from patrol_desk.ui.widgets.labels import Chip, ElidedLabel, Label, SquadTick
from patrol_desk.ui.widgets.painting import Tone
from patrol_desk.ui.widgets.sections import line

WIDTH = 268
MOST_CREWS = 3
_TONES: dict[CellState, Tone] = {
    CellState.BELOW_MINIMUM: "red",
    CellState.BELOW_DESIRED: "amber",
    CellState.OK: "green",
}


class MapCard(QFrame):
    """What is known of a post in the shift, or of a muster point, with what can be done about it.

    Parameters
    ----------
    theme, parent
        The look, and the canvas on which it lies.
    """

    fill_asked = Signal()
    roster_asked = Signal()
    place_asked = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("map_card")
        self.setProperty("panel", "raised")
        self._title, self._sub = ElidedLabel("object"), ElidedLabel("secondary")
        self._chip = Chip(theme)
        self._crews = QVBoxLayout()
        self._crews.setSpacing(2)
        self._gap = Label("error", wrap=True)
        self._near = ElidedLabel("secondary")
        self.fill = Button(theme, "user-plus", "primary", small=True)
        self.fill.setObjectName("map_fill")
        self.roster = Button(theme, small=True)
        self.roster.setObjectName("map_roster")
        self.place = Button(theme, small=True)
        self.place.setObjectName("map_place")
        self.fill.clicked.connect(self.fill_asked)
        self.roster.clicked.connect(self.roster_asked)
        self.place.clicked.connect(self.place_asked)
        self._build()
        self.retranslate()
        self.hide()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self._chip)
        buttons = FlowLayout(8, 6)
        for button in (self.fill, self.roster, self.place):
            buttons.addWidget(button)
        self._rules = (line(self._theme), line(self._theme))
        column = QVBoxLayout(self)
        column.setContentsMargins(13, 10, 13, 12)
        column.setSpacing(5)
        column.addLayout(head)
        column.addWidget(self._sub)
        column.addWidget(self._rules[0])
        column.addLayout(self._crews)
        column.addWidget(self._gap)
        column.addWidget(self._rules[1])
        column.addWidget(self._near)
        column.addSpacing(2)
        column.addLayout(buttons)

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self.fill.setText(tr("补位"))
        self.roster.setText(tr("打开排班表"))
        self.place.setText(tr("打开点位"))

    def show_post(self, week: MapWeek, number: int, shift: int, facts: PostCard) -> None:
        """Show a post in a shift."""
        post, mark = week.posts[number], facts.mark
        self._title.setText(post.name)
        self._sub.setText(" · ".join(part for part in (dated_shift_text(week.shifts[shift]), post.community) if part))
        staffed = mark.state is not CellState.NOT_STAFFED
        words = state_text(mark.state)
        self._chip.set_tone(_TONES.get(mark.state, "plain"))
        self._chip.set_text(f"{mark.heads}/{mark.desired} {words}" if staffed else words)
        self._show_crews(facts)
        self._gap.setText(_gap_text(facts))
        self._gap.set_role("error" if facts.short else "warn")
        self._gap.setVisible(facts.open_seats > 0)
        self._rules[1].setVisible(bool(facts.crews) or facts.open_seats > 0)
        near = post.muster
        self._near.setText(
            tr("没有召集点坐标")
            if near is None
            else tr("召集点 {code} {name} · {far}", code=near.code, name=near.name, far=length_text(near.metres))
        )
        self.fill.setVisible(facts.open_seats > 0)
        self.roster.setVisible(staffed)
        self.setAccessibleName(f"{post.name}, {self._chip.text()}")
        self._open()

    def show_muster(self, week: MapWeek, number: int) -> None:
        """Show a muster point."""
        muster = week.musters[number]
        self._title.setText(muster.name)
        self._chip.set_tone("plain")
        self._chip.set_text(muster.code)
        self._sub.setText(tr("召集点 · 装备 {count} 种", count=muster.stock))
        self._show_crews(None)
        self._gap.hide()
        teams = next((base.teams for base in week.bases if base.muster_id == muster.id), ())
        self._rules[1].hide()
        self._near.setText(
            tr("先莞队：{names}", names=tr("、|joint").join(teams)) if teams else tr("没有先莞队驻在这里")
        )
        self.fill.hide()
        self.roster.hide()
        self.setAccessibleName(muster.name)
        self._open()

    def _show_crews(self, facts: PostCard | None) -> None:
        while self._crews.count():
            old = self._crews.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if facts is None:
            return
        for crew in facts.crews[:MOST_CREWS]:
            row = QWidget()
            inside = QHBoxLayout(row)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(6)
            inside.addWidget(SquadTick(self._theme, crew.colour))
            who = tr("{name}（组长）", name=crew.leader) if crew.leader else ""
            inside.addWidget(ElidedLabel("strong", crew.squad or tr("无小组")))
            inside.addWidget(ElidedLabel("body", f"{who} {tr('{count} 人', count=crew.heads)}".strip()), 1)
            self._crews.addWidget(row)
        if len(facts.crews) > MOST_CREWS:
            rest = len(facts.crews) - MOST_CREWS
            self._crews.addWidget(Label("muted", tr("另有 {count} 个小组", count=rest)))

    def _open(self) -> None:
        width = self._theme.px(WIDTH)
        self.setFixedWidth(width)
        # Not `adjustSize`: it forgets that words which go on in a second line need its height.
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.resize(width, layout.totalHeightForWidth(width))
        self.show()
        self.raise_()

    def stand_beside(self, at: QPoint, clear: int, room: QSize) -> None:
        """Stand right, left, below or above a place, with that many pixels between; hide where none has room.

        Parameters
        ----------
        at
            The place.
        clear
            Pixels around it that stay free.
        room
            Size of the canvas.
        """
        size, inside = self.size(), QRect(QPoint(6, 6), room - QSize(12, 12))
        if not QRect(QPoint(), room).contains(at):
            self.hide()
            return
        x, y = at.x(), at.y()
        places = (
            QPoint(x + clear, y + clear // 2),
            QPoint(x - clear - size.width(), y + clear // 2),
            QPoint(x - size.width() // 2, y + clear),
            QPoint(x - size.width() // 2, y - clear - size.height()),
        )
        for number, place in enumerate(places):
            rect = QRect(place, size)
            if number < 2:
                rect.moveTop(min(max(rect.top(), inside.top()), inside.bottom() - size.height()))
            else:
                rect.moveLeft(min(max(rect.left(), inside.left()), inside.right() - size.width()))
            if inside.contains(rect):
                self.move(rect.topLeft())
                self.show()
                return
        self.hide()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _gap_text(facts: PostCard) -> str:
    parts = [tr("空缺 {count}|seats", count=facts.open_seats)]
    if facts.short:
        parts.append(tr("最低 {minimum} 人，差 {count}", minimum=facts.mark.minimum, count=facts.short))
    return " · ".join([*parts, *(say(need) for need in facts.needs)])
