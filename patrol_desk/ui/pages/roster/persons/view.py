"""The week by person: people by squad, their duties, and what rest, leave and wishes leave open."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout
from typing_extensions import override

from patrol_desk.services.finding.keys import matcher
from patrol_desk.services.planning.board.persons import NameKeys, PersonWeek
from patrol_desk.services.planning.board.squads import SquadWeek
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.roster.grid.line_model import Line, LineModel
from patrol_desk.ui.pages.roster.grid.line_view import LineView, Sample
from patrol_desk.ui.pages.roster.grid.lined import LineGrid
from patrol_desk.ui.pages.roster.grid.painting import hint_sample
from patrol_desk.ui.pages.roster.grid.tips import hints_of
from patrol_desk.ui.pages.roster.persons.look import PersonLook, dot, duty_box, hatch
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.kpi import Kpi
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.pick_box import PickBox
from patrol_desk.ui.widgets.search_field import SearchField
from patrol_desk.ui.widgets.segmented import Segmented


class PersonModel(LineModel):
    """People and their squads in words."""

    def __init__(self, look: PersonLook) -> None:
        super().__init__()
        self._look = look

    @override
    def words(self, line: Line, shift: int) -> str:
        week = self._look.week
        if week is None:
            return ""
        if line.kind == "squad":
            return f"{week.squads.cell(week.squads.rows[line.group], shift).duty}"
        cell = self._look.cells(line.index)[shift]
        return "" if cell.row < 0 else week.board.rows[cell.row].name

    @override
    def spoken(self, line: Line, shift: int) -> str:
        if line.kind == "squad":
            return tr("在岗 {count} 人", count=self.words(line, shift))
        cell, row = self._look.cells(line.index)[shift], line.index
        wish = {"prefer": tr("本人优先"), "avoid": tr("尽量不"), "never": tr("不可"), "leave": tr("请假")}
        parts = [self.words(line, shift), tr("休息不足，不可排") if cell.closed else "", wish.get(cell.wish, "")]
        if cell.hinted and self._look.week is not None:
            parts.extend(hints_of(self._look.week.board, cell.row, shift, self._look.week.row(row).person_id))
        return tr("，|列举").join(part for part in parts if part) or tr("没有班")

    @override
    def name(self, line: Line) -> str:
        week = self._look.week
        if week is None:
            return ""
        if line.kind == "squad":
            return week.squads.rows[line.group].name or tr("未编组")
        row = week.row(line.index)
        return f"{row.name} {row.duties}/{row.cap}"


class Filters(QFrame):
    """Search, skill, and whether people with or without duties are shown."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("panel", "line-bottom")
        self.search = SearchField(theme, "/")
        self.search.setObjectName("person_search")
        self.skill = PickBox()
        self.skill.setObjectName("person_skill")
        self.duties = Segmented(theme, small=True)
        self.duties.setObjectName("person_duties")
        self.count = Label("muted")
        self._people = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self.search, 1)
        row.addWidget(self.skill)
        row.addWidget(self.duties)
        row.addWidget(self.count)
        self.search.changed.connect(lambda _text: self.changed.emit())
        self.skill.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.duties.changed.connect(lambda _key: self.changed.emit())
        self.retranslate()

    def offer(self, skills: Sequence[str]) -> None:
        """Offer the skills of a township."""
        wanted = [tr("全部技能"), *skills]
        if [self.skill.itemText(n) for n in range(self.skill.count())] == wanted:
            return
        kept = max(self.skill.currentIndex(), 0)
        self.skill.blockSignals(True)
        self.skill.clear()
        self.skill.addItems(wanted)
        self.skill.setCurrentIndex(min(kept, len(skills)))
        self.skill.blockSignals(False)

    def tell(self, people: int) -> None:
        """Say how many people are shown."""
        self._people = people
        self.count.setText(tr("{count} 人", count=people))

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.tell(self._people)
        self.search.set_hint(tr("找姓名或小组"))
        self.skill.setAccessibleName(tr("技能"))
        self.duties.setAccessibleName(tr("班次|有无"))
        choices = [("all", tr("全部"), None), ("with", tr("有班"), None), ("free", tr("没有班"), None)]
        self.duties.set_choices(choices)
        if self.skill.count():
            self.offer([self.skill.itemText(n) for n in range(1, self.skill.count())])


class PersonView(LineView):
    """The people of a week.

    Parameters
    ----------
    theme
        Gives the look.
    """

    def __init__(self, theme: Theme) -> None:
        self.look = PersonLook(theme)
        self._sought: NameKeys | None = None
        self.filters = Filters(theme)
        super().__init__(LineGrid(theme, PersonModel(self.look), self.look), unfolded=True)
        self.grid.setObjectName("person_grid")
        self.column.insertWidget(0, self.filters)
        self.filters.search.target = self.grid
        self.filters.changed.connect(self.relay)
        self.say()

    @override
    def take(self, week: SquadWeek) -> None:
        self.look.take(PersonWeek(week))
        self._sought = None
        self.filters.offer([skill.name for skill in week.board.frame.names.skills])

    @override
    def lines(self) -> list[Line]:
        week, found, people = self.look.week, list[Line](), 0
        self.look.folded = set()
        for number, row in enumerate(week.squads.rows if week is not None else ()):
            assert week is not None
            shown = self._shown(week, week.of_squad(row), number, row.name)
            if not shown:
                continue
            people += len(shown)
            found.append(Line("squad", number, number))
            if self.folded(number):
                self.look.folded.add(number)
            else:
                found.extend(Line("person", person, number) for person in shown)
        self.filters.tell(people)
        return found

    def _squad_fits(self, text: str, number: int, squad: str) -> bool:
        return text in squad.casefold() or (self._sought is not None and matcher(text)(self._sought.squads[number]))

    def take_keys(self, week: PersonWeek, keys: NameKeys) -> None:
        """Search by pinyin and initials from now on; they come a moment after the week."""
        if week is self.look.week:
            self._sought = keys
            if self.filters.search.text():
                self.relay()

    def _shown(self, week: PersonWeek, people: Sequence[int], number: int, squad: str) -> Sequence[int]:
        """Return those of a squad that the filters let through."""
        frame, duties = week.board.frame, week.board.stand.week_duties
        text, skill = self.filters.search.text().strip().casefold(), self.filters.skill.currentIndex()
        if text and not self._squad_fits(text, number, squad):
            names = frame.names.people
            keys, fits = self._sought, matcher(text)
            people = [
                person for person in people
                if text in names[person].casefold() or (keys is not None and fits(keys.people[person]))
            ]  # fmt: skip
        if skill > 0:
            held = frame.problem.people.capability
            people = [person for person in people if (held[person] >> skill & 1).any()]
        wanted = self.filters.duties.chosen()
        if wanted in {"with", "free"}:
            people = [person for person in people if bool(duties[person]) == (wanted == "with")]
        return people

    @override
    def say(self) -> None:
        self.filters.retranslate()
        self.head_corner.say(tr("姓名"), tr("本周|班次数") if self.theme.compact else tr("本周　夜班队列"))
        self.foot_corner.say(tr("全镇覆盖率"), tr("按班次"))
        self.grid.setAccessibleName(tr("排班表：人员与班次"))
        self.grid.nothing = tr("没有符合的人。按 Esc 清除搜索，或换一个条件。")
        self.names.setAccessibleName(tr("姓名"))
        self.legend.setAccessibleName(tr("图例"))

    @override
    def kpis(self) -> list[Kpi]:
        if self.look.week is None:
            return []
        found = self.look.week.figures
        median = tr("中位 {median} · 最多 {most}", median=f"{found.median:g}", most=found.most)
        on_leave = tr("其中请假 {count}", count=found.idle_on_leave)
        return [
            Kpi(tr("人均班次"), f"{found.mean:.1f}", "", median),
            Kpi(tr("本周 0 班"), f"{found.idle}", tr("人|人数"), on_leave),
            Kpi(tr("已达周上限"), f"{found.at_cap}", tr("人|人数"), "", "amber" if found.at_cap else "text"),
            Kpi(tr("夜班|班数"), f"{found.nights}", tr("班|班数"), tr("{count} 人轮值", count=found.night_people)),
            Kpi(tr("公平度"), f"{found.fairness:.2f}", "", tr("可排班 {count} 人", count=found.people)),
        ]

    @override
    def samples(self) -> Sequence[Sample]:
        theme = self.theme

        def duty(painter: QPainter, rect: QRect, *, night: bool = False, past: bool = False) -> None:
            duty_box(painter, theme, rect, tr("市场|图例"), night=night, past=past, broken=False)

        def night(painter: QPainter, rect: QRect) -> None:
            duty(painter, rect, night=True)

        def past(painter: QPainter, rect: QRect) -> None:
            duty(painter, rect, past=True)

        def tail(painter: QPainter, rect: QRect) -> None:
            painter.fillRect(rect.left(), rect.center().y(), rect.width(), 2, theme.color("line2"))

        def wish(painter: QPainter, rect: QRect) -> None:
            dot(painter, theme, rect.center(), theme.color("accentLine"))

        def never(painter: QPainter, rect: QRect) -> None:
            hatch(painter, theme, rect)
            painter.setPen(theme.color("line2"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

        return (
            Sample(28, duty, tr("班次")),
            Sample(28, night, tr("夜班")),
            Sample(20, tail, tr("休息不足，不可排")),
            Sample(8, wish, tr("本人优先")),
            Sample(22, never, tr("不可 / 请假")),
            Sample(6, partial(hint_sample, theme), tr("提示|图例")),
            Sample(28, past, tr("已执行")),
        )

    @override
    def keys(self) -> Sequence[tuple[str, str]]:
        return (
            ("Enter", tr("到点位|键")),
            ("M", tr("换人|键")),
            ("L", tr("锁定|键")),
            ("Del", tr("移除|键")),
            ("Alt+1…3", tr("换视图|键")),
        )
