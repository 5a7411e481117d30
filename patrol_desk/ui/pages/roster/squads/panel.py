"""The panel beside the squads: who is on duty, who could still be drawn, by which rules the others cannot."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter
from typing_extensions import override

from patrol_desk.services.planning.board import Candidate
from patrol_desk.services.planning.board.spares import Spares
from patrol_desk.services.planning.board.squads import SquadRow, SquadWeek
from patrol_desk.services.planning.visits_predictable import PlacePredictability
from patrol_desk.ui.i18n import shift_mark, tr
from patrol_desk.ui.i18n.dates import day_text, span_text
from patrol_desk.ui.pages.roster.guessing.words import habit_row
from patrol_desk.ui.pages.roster.inspector.cards import CardDelegate, CardList, CardModel
from patrol_desk.ui.pages.roster.inspector.drawing import RIGHT, text
from patrol_desk.ui.pages.roster.inspector.people import CandidateDelegate, candidate_text
from patrol_desk.ui.pages.roster.squads.words import rule_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button, IconButton
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.painting import ring
from patrol_desk.ui.widgets.sections import Section, SidePanel

FEW = 5
"""Candidates shown."""
_ELIDE = Qt.TextElideMode.ElideRight


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of two words.

    Parameters
    ----------
    left, right
        What is painted at the two ends.
    icon
        Before the left one, empty for none.
    row, shift
        The cell it leads to, -1 for none.
    key
        Of the duty it stands for, empty without one.
    """

    left: str
    right: str
    icon: str = ""
    row: int = -1
    shift: int = -1
    key: str = ""


def pair_text(pair: Pair) -> str:
    """Return a line in words."""
    return f"{pair.left} {pair.right}"


class PairDelegate(CardDelegate[Pair]):
    """Paints two words at the two ends of a line."""

    @override
    def height(self, item: Pair) -> int:
        return self.theme.px(23 if self.theme.compact else 25)

    @override
    def draw(self, painter: QPainter, rect: QRect, item: Pair, number: int, view: CardList[Pair]) -> None:
        theme, px = self.theme, self.theme.px
        if view.hovered == number:
            painter.fillRect(rect, theme.color("sunken"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))
        room = QRect(rect)
        if item.icon:
            painter.drawPixmap(rect.left(), rect.center().y() - px(7), theme.pixmap(item.icon, "text2", 14))
            room.setLeft(rect.left() + px(20))
        end = text(painter, theme, room.adjusted(0, 0, -px(60), 0), item.left, role="body", colour="text")
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text2"))
        room.setLeft(end + px(8))
        metrics = painter.fontMetrics()
        painter.drawText(room, RIGHT, metrics.elidedText(item.right, _ELIDE, room.width()))
        if view.active() == number:
            ring(painter, theme, rect)


class PairList(CardList[Pair]):
    """Lines of two words."""

    def __init__(self, theme: Theme, name: str) -> None:
        self.pairs: CardModel[Pair] = CardModel(pair_text)
        super().__init__(theme, self.pairs, PairDelegate(theme))
        self.pairs.setParent(self)
        self.setObjectName(name)


class SquadPanel(SidePanel):
    """One squad in one shift.

    Parameters
    ----------
    theme
        Gives the look.
    """

    closed = Signal()
    fill_asked = Signal(object, int, int)
    """A candidate, and the row and shift of the cell."""
    fill_all_asked = Signal()
    """Fill the gaps of the squad's own checkpoints."""
    cell_asked = Signal(int, int)
    """Go to a cell by checkpoint."""
    print_asked = Signal()
    """Print the squad's week."""
    left = Signal()
    """Esc: back to the cells."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.theme = theme
        self._print = Button(theme, "printer", small=True)
        self._print.setObjectName("squad_print")
        self._print.clicked.connect(self.print_asked)
        self.foot(self._print)
        self._place: tuple[int, int] | None = None
        self.setObjectName("squad_panel")
        self._close = IconButton(theme, "x", small=True)
        self._close.setObjectName("squad_close")
        self._close.clicked.connect(self.closed)
        self.add_button(self._close)
        self._duty, self.duty_list = Section(theme), PairList(theme, "squad_on_duty")
        self._duty.add(self.duty_list)
        self._nobody = Label("secondary", wrap=True)
        self._duty.add(self._nobody)
        self.add(self._duty)
        self._spare = Section(theme)
        self.spare_model: CardModel[Candidate] = CardModel(candidate_text, self)
        self.spare_list: CardList[Candidate] = CardList(theme, self.spare_model, CandidateDelegate(theme))
        self.spare_list.setObjectName("squad_spares")
        self._fill = Button(theme, "zap", small=True)
        self._fill.setObjectName("squad_fill")
        self._fill.clicked.connect(self.fill_all_asked)
        self._where = Label("secondary", wrap=True)
        self._spare.add_right(self._fill)
        self._spare.add(self._where)
        self._spare.add(self.spare_list)
        self.add(self._spare)
        self._kept, self.kept_list = Section(theme), PairList(theme, "squad_kept")
        self._kept.add(self.kept_list)
        self.add(self._kept)
        self._hints, self.hint_list = Section(theme), PairList(theme, "squad_hints")
        self._hints.add(self.hint_list)
        self.add(self._hints, ruled=False)
        self._hints.hide()
        for part in (self.duty_list, self.spare_list, self.kept_list, self.hint_list):
            part.left.connect(self.left)
        for pairs in (self.duty_list, self.hint_list):
            pairs.pressed_button.connect(partial(self._go, pairs))
        self.spare_list.pressed_button.connect(self._take)
        self.retranslate()

    def _go(self, pairs: PairList, number: int) -> None:
        pair = pairs.pairs.items[number]
        self.cell_asked.emit(pair.row, pair.shift)

    def _take(self, number: int) -> None:
        if self._place is not None:
            self.fill_asked.emit(self.spare_model.items[number], *self._place)

    def show_squad(self, week: SquadWeek, squad: SquadRow, shift: int, gaps: int) -> None:
        """Show a squad in a shift; who could be drawn comes later, by `show_spares`."""
        board = week.board
        cell, when = week.cell(squad, shift), board.shifts[shift]
        span = span_text(when.start_minute, when.length_minutes)
        words = (
            f"{day_text(when.on_date)}  {shift_mark(when.mark)} {span}",
            tr("在岗 {duty} / 可用 {available} 人", duty=cell.duty, available=cell.available),
        )
        self.head(squad.name or tr("未编组"), "  ".join(words))
        width = len(board.shifts)
        names = board.frame.names.people
        pairs = [
            Pair(names[item.person], board.rows[item.cell // width].name, "", item.cell // width, shift, item.row.id)
            for item in week.on_duty(squad, shift)
        ]
        self.show_foot(squad.index >= 0 and board.version is not None)
        self.duty_list.pairs.show_items(pairs)
        self._duty.set_title(tr("在岗"), tr("{count} 人", count=len(pairs)))
        self._nobody.setVisible(not pairs)
        self._nobody.setText(tr("这一班本组没有人在岗。"))
        self._place = None
        self.spare_model.show_items(())
        self.kept_list.pairs.show_items(())
        self._spare.set_title(tr("还可抽调"), tr("正在读取…"))
        self._where.hide()
        self._kept.hide()
        self._fill.setText(tr("补本组缺口"))
        self._fill.setEnabled(gaps > 0)
        self._fill.setToolTip(tr("本组自己的点位本周还有 {count} 格缺口。", count=gaps))

    def show_spares(self, week: SquadWeek, shift: int, found: Spares) -> None:
        """Show who could be drawn, and why the others cannot."""
        self._spare.set_title(tr("还可抽调"), tr("{count} 人", count=found.free))
        self._place = None if found.place is None else (found.place, shift)
        self.spare_model.show_items(found.ranked[:FEW])
        self._where.show()
        if found.place is None:
            self._where.setText(tr("这一班本组的点位没有缺口。"))
        elif found.ranked:
            self._where.setText(tr("补 {place} 的缺口：", place=week.board.rows[found.place].name))
        else:
            name = week.board.rows[found.place].name
            self._where.setText(tr("{place} 有缺口，本组没有可安排的人。", place=name))
        pairs = [Pair(rule_text(rule), tr("{count} 人", count=count), icon) for rule, icon, count in found.blocked]
        self.kept_list.pairs.show_items(pairs)
        self._kept.setVisible(bool(pairs))
        self._kept.set_title(tr("不可抽"), tr("{count} 人", count=sum(count for _, _, count in found.blocked)))

    def show_guesses(self, squad: SquadRow, places: tuple[PlacePredictability, ...]) -> None:
        """Show where an observer can foresee the squad this week; a click or Enter goes to the cell."""
        found = [one for place in places for one in place.foreseen if one.squad and one.squad == squad.name]
        pairs = [
            Pair(f"{one.message.params['checkpoint']}", habit_row(one), "eye", one.row, one.shift) for one in found
        ]
        self.hint_list.pairs.show_items(pairs[:FEW])
        self._hints.setVisible(bool(pairs))
        self._hints.set_title(tr("规律容易被看出"), tr("{count} 处", count=len(pairs)))

    def enter(self) -> bool:
        """Go to whom could be drawn by key, else to who is on duty; say whether there was somewhere to go."""
        return self.spare_list.enter_first() or self.duty_list.enter_first()

    def retranslate(self) -> None:
        """Set the texts anew; the page shows the squad again."""
        self._close.set_name(tr("收起面板"))
        self._print.setText(tr("打印小组表"))
        self.duty_list.setAccessibleName(tr("在岗"))
        self.spare_list.setAccessibleName(tr("还可抽调"))
        self.kept_list.setAccessibleName(tr("不可抽"))
        self.hint_list.setAccessibleName(tr("规律容易被看出"))
