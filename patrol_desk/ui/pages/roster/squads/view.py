"""The week by squad: heads on duty of those who could be; a squad opens to its checkpoints."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from typing_extensions import override

from patrol_desk.services.planning.board.squads import SquadCell, SquadWeek
from patrol_desk.services.planning.visits_predictable import PlacePredictability
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.numbers import percent
from patrol_desk.ui.pages.roster.grid.line_model import Line, LineModel
from patrol_desk.ui.pages.roster.grid.line_view import LineView, Sample
from patrol_desk.ui.pages.roster.grid.lined import LineGrid
from patrol_desk.ui.pages.roster.grid.model import state_text
from patrol_desk.ui.pages.roster.grid.painting import hint_sample
from patrol_desk.ui.pages.roster.grid.tips import hints_of
from patrol_desk.ui.pages.roster.squads.look import SquadLook, mixed_mark, use_bar
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.kpi import Kpi


class SquadModel(LineModel):
    """Squads, and the checkpoints of those that are open, in words."""

    def __init__(self) -> None:
        super().__init__()
        self.week: SquadWeek | None = None

    @override
    def words(self, line: Line, shift: int) -> str:
        week = self.week
        if week is None:
            return ""
        squad = week.rows[line.group]
        if line.kind == "squad":
            return f"{week.cell(squad, shift).duty}"
        if line.own:
            cell = week.board.cell(line.index, shift)
            return f"{cell.heads}/{cell.desired}" if cell.heads or cell.desired else ""
        return f"{week.helpers(squad, line.index, shift) or ''}"

    @override
    def spoken(self, line: Line, shift: int) -> str:
        week = self.week
        if week is None:
            return ""
        squad = week.rows[line.group]
        if line.kind == "squad":
            cell = week.cell(squad, shift)
            words = tr("在岗 {duty} 人，可用 {available} 人", duty=cell.duty, available=cell.available)
            marks = [tr("混编班")] if cell.mixed else []
            return " ".join([words, *marks, *([tr("有提示")] if cell.hinted else [])])
        words = tr("本组 {count} 人在此", count=week.helpers(squad, line.index, shift))
        hints = hints_of(week.board, line.index, shift) if week.board.cell(line.index, shift).hinted else []
        return " ".join([self.words(line, shift), state_text(week.board, line.index, shift), words, *hints])

    @override
    def name(self, line: Line) -> str:
        week = self.week
        if week is None:
            return ""
        if line.kind == "squad":
            return week.rows[line.group].name or tr("未编组")
        name = week.board.rows[line.index].name
        return name if line.own else tr("支援 {place}", place=name)


class SquadView(LineView):
    """The squads of a week.

    Parameters
    ----------
    theme
        Gives the look.
    """

    def __init__(self, theme: Theme) -> None:
        self.look, self._model = SquadLook(theme), SquadModel()
        self.guesses: tuple[PlacePredictability, ...] | None = None
        super().__init__(LineGrid(theme, self._model, self.look), unfolded=False)
        self.grid.setObjectName("squad_grid")
        self.say()

    @override
    def take(self, week: SquadWeek) -> None:
        self.guesses = None
        self.look.week = self._model.week = week

    @override
    def lines(self) -> list[Line]:
        week = self.week
        found: list[Line] = []
        self.look.folded = set()
        for number, row in enumerate(week.rows if week is not None else ()):
            found.append(Line("squad", number, number))
            if self.folded(number):
                self.look.folded.add(number)
            elif week is not None:
                found.extend(Line("place", place, number, own) for place, own in week.places(row))
        return found

    @override
    def say(self) -> None:
        self.head_corner.say(tr("小组"), tr("在岗人数"))
        self.foot_corner.say(tr("全镇覆盖率"), tr("按班次"))
        self.grid.setAccessibleName(tr("排班表：小组与班次"))
        self.names.setAccessibleName(tr("小组"))
        self.legend.setAccessibleName(tr("图例"))

    @override
    def kpis(self) -> list[Kpi]:
        if self.week is None:
            return []
        found = self.week.figures
        own = percent(found.own / found.duties) if found.duties else "–"
        single = percent(found.single / found.patrols) if found.patrols else "–"
        people = tr("{count} 人有班", count=found.on_duty)
        figures = [
            Kpi(tr("小组|多个"), f"{found.squads}", tr("个|小组数"), people),
            Kpi(tr("本组守本点"), own, "%" if found.duties else "", tr("其余为支援")),
            Kpi(tr("同组成班"), single, "%" if found.patrols else "", tr("混编 {count} 班", count=found.mixed)),
            Kpi(tr("带班|有组长"), f"{found.led}", "", tr("共 {count} 班", count=found.patrols)),
            Kpi(
                tr("最忙小组"), found.busiest or "–", "",
                tr("人均 {load}", load=f"{found.busiest_load:.1f}") if found.busiest else "",
            ),
            self._guessed(),
        ]  # fmt: skip
        # Where there is no room for the notes they are in the tool tip.
        return [replace(one, tip=f"{one.title} {one.value}{one.unit} {one.note}") for one in figures]

    def _guessed(self) -> Kpi:
        """Return the figure of checkpoints that are easily guessed; it comes a moment after the others."""
        if self.guesses is None:
            return Kpi(tr("容易被猜到"), "…", "", tr("正在核算"))
        easy = [place for place in self.guesses if place.foreseen]
        longest = max((place.score.worst for place in easy), default=0)
        note = tr("最长连续 {count} 周", count=longest) if easy else tr("看不出规律")
        return Kpi(tr("容易被猜到"), f"{len(easy)}", tr("处|点位数"), note, "amber" if easy else "green")

    @override
    def samples(self) -> Sequence[Sample]:
        theme = self.theme

        def bar(painter: QPainter, rect: QRect) -> None:
            cell = SquadCell(1, 2, mixed=False, past=False)
            height = theme.px(3)
            middle = QRect(rect.left(), rect.center().y() - 1, rect.width(), height)
            use_bar(painter, theme, middle, cell, theme.color("sq4"))

        def busy(painter: QPainter, rect: QRect) -> None:
            painter.fillRect(rect, theme.color("amberSoft"))
            painter.setPen(theme.color("amberLine"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

        def mixed(painter: QPainter, rect: QRect) -> None:
            side = theme.px(8)
            mixed_mark(painter, theme, QRect(rect.left(), rect.center().y() - side // 2, side, side))

        return (
            Sample(20, bar, tr("在岗占可用人数")),
            Sample(8, mixed, tr("混编班")),
            Sample(6, partial(hint_sample, theme), tr("提示|图例")),
            Sample(22, busy, tr("可用人数用到 85% 以上")),
            Sample(14, partial(_icon, theme, "phone", "amber"), tr("已通知")),
            Sample(14, partial(_icon, theme, "circle-check", "green"), tr("组长已确认")),
        )

    @override
    def keys(self) -> Sequence[tuple[str, str]]:
        return (
            ("Space", tr("展开|键")),
            ("Enter", tr("看人员|键")),
            ("M", tr("移动|键")),
            ("T Y", tr("通知、确认|键")),
            ("Alt+1…3", tr("换视图|键")),
        )


def _icon(theme: Theme, icon: str, tone: str, painter: QPainter, rect: QRect) -> None:
    painter.drawPixmap(rect.left(), rect.center().y() - theme.px(7), theme.pixmap(icon, tone, 14))
