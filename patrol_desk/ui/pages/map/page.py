"""The map page: a shift's coverage on the ground, and what to do about it."""

from collections.abc import Sequence
from typing import ClassVar, Final

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.weeks import Week
from patrol_desk.services.map import MapWeek, Muster, Place, Post, home_density, post_card, read_map
from patrol_desk.services.planning.board import Board
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.map.actions import MapActions
from patrol_desk.ui.pages.map.canvas import MapCanvas
from patrol_desk.ui.pages.map.card import MapCard
from patrol_desk.ui.pages.map.marks import RADIUS
from patrol_desk.ui.pages.map.panel import MapPanel
from patrol_desk.ui.pages.map.picture import HOMES, MODES, Chosen
from patrol_desk.ui.pages.map.search import PlaceSearch
from patrol_desk.ui.pages.map.strip import TimeStrip
from patrol_desk.ui.pages.map.words import shift_text, standing_text
from patrol_desk.ui.pages.page import Page
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.segmented import Segmented
from patrol_desk.ui.widgets.states import StateStack, state_button

PLAY_MS: Final = 1000
"""How long each shift stays while they go by on their own."""
_CLEAR: Final = RADIUS * 2.6 + 8
_SHOWN: Final = frozenset(
    {
        "assignment", "checkpoint", "community", "demand", "equipment_item", "map_feature", "muster_point", "person",
        "plan_version", "response_team", "shift_pattern", "squad", "squad_membership", "team_membership", "township",
    }
)  # fmt: skip
"""Tables of which the map shows something."""


class MapPage(Page):
    """The ground, the shifts below it, layers and posts beside it."""

    name: ClassVar[str] = "map"
    icon: ClassVar[str] = "map"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.board: Board | None = None
        self.canvas = MapCanvas(desk.theme)
        self.card = MapCard(desk.theme, self.canvas)
        self.strip = TimeStrip(desk.theme)
        self.panel = MapPanel(desk.theme)
        self.states = StateStack(desk.theme)
        self.mode = Segmented(desk.theme)
        self.search = PlaceSearch(desk.theme, self)
        self._wanted: Target | None = None
        self._last = False
        """Whether the week to come is entered from its end."""
        self.timer = QTimer(self)
        self.timer.setInterval(PLAY_MS)
        self.timer.timeout.connect(self._next)
        self._build()
        self.acts = MapActions(self)
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.strip)
        self.states.hold(content)
        self.set_body(self.states)
        self.set_side(self.panel, "map")
        self.panel.set_layers(self.canvas.picture.layers)
        self.bar.left(self.mode)
        self.bar.left(self.search)
        self.measure = Button(self.desk.theme, "route", "ghost")
        self.measure.setObjectName("map_measure")
        self.measure.setCheckable(True)
        self.more = Button(self.desk.theme, "folder-input", "ghost")
        self.more.setObjectName("map_import")
        self.export = Button(self.desk.theme, "download", "ghost")
        self.export.setObjectName("map_export")
        self.paper = Button(self.desk.theme, "printer", "ghost")
        self.paper.setObjectName("map_print")
        self.beside = Button(self.desk.theme, "panel-right")
        self.beside.setObjectName("map_panel")
        self.beside.setCheckable(True)
        self.beside.setChecked(True)
        for button in (self.measure, self.more, self.export, self.paper, self.beside):
            self.bar.right(button)
        self.setFocusProxy(self.canvas)

    def _connect(self) -> None:
        self.desk.week_changed.connect(self._other_week)
        self.canvas.picked.connect(self.choose)
        self.canvas.moved.connect(self.place_card)
        self.canvas.shift_asked.connect(self.step)
        self.canvas.play_asked.connect(self.play)
        self.canvas.entered.connect(self._enter_card)
        self.canvas.stopped.connect(self._escape)
        self.card.closed.connect(self._close_card)
        self.strip.bars.chosen.connect(self.show_shift)
        self.strip.bars.play_asked.connect(self.play)
        self.strip.stepped.connect(self.step)
        self.strip.play_asked.connect(self.play)
        self.panel.layers_changed.connect(self._show_layers)
        self.panel.picked.connect(self._pick_from_list)
        self.mode.changed.connect(self._show_mode)
        self.search.found.connect(self._locate)
        self.beside.toggled.connect(self.side.setVisible)

    # Page

    @override
    def label(self) -> str:
        return tr("地图")

    @override
    def retranslate(self) -> None:
        self.bar.title(tr("地图"))
        words = {"coverage": tr("点位覆盖"), "squads": tr("小组范围"), "distance": tr("召集距离")}
        self.mode.set_choices([(mode, words[mode], None) for mode in MODES])
        self.mode.setAccessibleName(tr("地图内容"))
        self.measure.setText(tr("测距"))
        self.more.setText(tr("导入"))
        self.export.setText(tr("导出 PNG"))
        self.paper.setText(tr("打印"))
        self.beside.setText(tr("面板"))
        for part in (self.canvas, self.card, self.strip, self.panel, self.search):
            part.retranslate()
        self._show_card()

    @override
    def enter(self, target: Target | None) -> None:
        if target is not None and (target.record_id or target.detail):
            self._wanted = target
        self.reload()

    @override
    def leave(self) -> bool:
        self.stop()
        self.acts.end_pointing()
        self.search.hits.hide()
        self.canvas.painter.ground.forget()
        return True

    @override
    def close_down(self) -> None:
        self.stop()

    @override
    def on_changes(self, changes: ChangeSet) -> None:
        if changes.by_kind.keys() & _SHOWN:
            self.canvas.picture.density = self.canvas.picture.density if "person" not in changes.by_kind else None
            self.reload()

    # Reading

    @property
    def week(self) -> MapWeek | None:
        """The week that is shown."""
        return self.canvas.picture.week

    @property
    def shift(self) -> int:
        """The shift that is shown, -1 for none."""
        return self.canvas.picture.shift

    def reload(self) -> None:
        """Read the week in view; its shifts are all there afterwards."""
        self.desk.tasks.start("map.load", self._load(), owner=self, exclusive="map.load")

    async def _load(self) -> None:
        if self.week is None:
            self.states.loading()
        try:
            board = await self.desk.boards.get(self.desk.week)
            week = await self.desk.read(read_map, board)
        except PatrolError as error:
            again = state_button(self.desk.theme, tr("再试一次"), self.reload, "refresh-cw")
            self.states.error(say(error.message), again)
            return
        self._show(board, week)
        await self._read_homes()

    def _show(self, board: Board, week: MapWeek) -> None:
        old, self.board = self.week, board
        if week.box is None and not week.unplaced:
            button = state_button(
                self.desk.theme, tr("导入点位"), lambda: self.desk.go(Target("importing")), "folder-input"
            )
            self.states.empty("map", tr("还没有点位、社区和道路。先导入社区和执勤点，它们就会出现在地图上。"), button)
            return
        same = old is not None and old.week == week.week
        shift = self.shift if same and self.shift < len(week.shifts) else week.current_shift()
        if not same and self._last:
            shift = len(week.shifts) - 1
        self._last = False
        chosen = _moved(old, week, self.canvas.picture.chosen)
        self.states.content()
        here = QApplication.focusWidget()
        if old is None and (here is None or self.isAncestorOf(here)):
            self.canvas.setFocus()  # it could not take the keys while it was not shown
        self.canvas.show_week(week)
        self.search.show_week(week)
        self.canvas.picture.chosen = chosen
        self.show_shift(shift)
        self._go_to_wanted(week)

    def _go_to_wanted(self, week: MapWeek) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is None:
            return
        if "placing" in wanted.detail:
            self.acts.place_wanted(wanted)
            return
        post = next((n for n, each in enumerate(week.posts) if each.id == wanted.record_id), -1)
        muster = next((n for n, each in enumerate(week.musters) if each.id == wanted.record_id), -1)
        if post >= 0:
            self.canvas.locate(week.posts[post].east, week.posts[post].north)
            self.choose(("post", post))
        elif muster >= 0:
            self.canvas.locate(week.musters[muster].east, week.musters[muster].north)
            self.choose(("muster", muster))

    def _go_importing(self) -> None:
        self.desk.go(Target("importing"))

    def _other_week(self, week: Week) -> None:
        del week
        if self.isVisible():
            self.reload()

    async def _read_homes(self) -> None:
        picture = self.canvas.picture
        if not picture.shows(HOMES) or picture.density is not None:
            return
        week = picture.week
        if week is not None and week.box is not None:
            picture.density = await self.desk.read(home_density, week.plane, week.box)
            self.canvas.update()

    # Shifts

    def show_shift(self, shift: int) -> None:
        """Show a shift of the week that is there: nothing is read."""
        week = self.week
        if week is None:
            return
        self.canvas.picture.shift = shift
        self.strip.show_shift(week, shift)
        self.panel.show_shift(week, shift, self.canvas.picture.mode)
        self._show_card()
        self.canvas.update()

    def step(self, way: int) -> None:
        """Go to the shift before or after, over the week's end into the next."""
        week = self.week
        if week is None:
            return
        if 0 <= self.shift + way < len(week.shifts):
            self.show_shift(self.shift + way)
        else:
            self._last = way < 0
            self.desk.week = self.desk.week.plus(way)

    def play(self) -> None:
        """Let the shifts of the week go by, or stop them."""
        if self.timer.isActive() or self.week is None or not self.week.shifts:
            self.stop()
            return
        if self.shift + 1 >= len(self.week.shifts):
            self.show_shift(0)
        self.timer.start()
        self.strip.show_playing(True)

    def stop(self) -> None:
        """Stop the shifts that go by."""
        self.timer.stop()
        self.strip.show_playing(False)

    def _next(self) -> None:
        week = self.week
        if week is None or self.shift + 1 >= len(week.shifts):
            self.stop()
        else:
            self.show_shift(self.shift + 1)

    # Choosing

    def choose(self, chosen: Chosen) -> None:
        """Choose something on the map, or nothing, and show its card."""
        self.canvas.picture.chosen = chosen
        self.canvas.bring_into_sight(chosen)
        self.panel.points.select_post(chosen[1] if chosen is not None and chosen[0] == "post" else -1)
        self._show_card()
        self.canvas.update()

    def _pick_from_list(self, number: int) -> None:
        self.choose(("post", number))

    def _locate(self, place: Place) -> None:
        self.canvas.locate(place.east, place.north)
        self.choose((place.kind, place.number))
        self.canvas.setFocus()

    def _show_card(self) -> None:
        week, board, chosen = self.week, self.board, self.canvas.picture.chosen
        if week is None or board is None or self.canvas.picture.place(chosen) is None or chosen is None:
            self.card.hide()
            if not self.canvas.pointing:
                self.canvas.tell(self._spoken)
            return
        if chosen[0] == "muster":
            self.card.show_muster(week, chosen[1])
        elif self.shift >= 0:
            facts = post_card(board, week.posts[chosen[1]].row, self.shift)
            self.card.show_post(week, chosen[1], self.shift, facts)
        self.canvas.tell(self.card.accessibleName)
        self.place_card()

    def _spoken(self) -> str:
        week = self.week
        if week is None or self.shift < 0:
            return ""
        return f"{shift_text(week.shifts[self.shift])}, {standing_text(week, self.shift)}"

    def place_card(self) -> None:
        """Put the card beside what it is about."""
        picture = self.canvas.picture
        place = picture.place(picture.chosen)
        if place is None:
            return
        x, y = self.canvas.sight.at(*place)
        clear = round(_CLEAR * self.desk.theme.scale)
        self.card.stand_beside(QPoint(round(x), round(y)), clear, self.canvas.size())

    def _enter_card(self) -> None:
        if self.card.isVisible():
            buttons = (self.card.fill, self.card.roster, self.card.place)
            next(button for button in buttons if button.isVisible()).setFocus()

    def _close_card(self) -> None:
        self.choose(None)
        self.canvas.setFocus()

    def _escape(self) -> None:
        if not self.acts.end_pointing():
            self.choose(None)

    # Modes and layers

    def _show_mode(self, mode: str) -> None:
        self.canvas.picture.mode = next(each for each in MODES if each == mode)
        self.show_shift(self.shift)

    def _show_layers(self, layers: frozenset[str]) -> None:
        self.canvas.picture.layers = layers
        self.canvas.update()
        if HOMES in layers:
            self.desk.tasks.start("map.homes", self._read_homes(), owner=self, exclusive="map.homes")


def _moved(old: MapWeek | None, week: MapWeek, chosen: Chosen) -> Chosen:
    """Return what is chosen by its number in another reading; None when it is not there any more."""
    if old is None or chosen is None:
        return None
    kind, number = chosen
    before: Sequence[Post | Muster] = old.posts if kind == "post" else old.musters
    after: Sequence[Post | Muster] = week.posts if kind == "post" else week.musters
    found = next((n for n, each in enumerate(after) if each.id == before[number].id), -1)
    return (kind, found) if found >= 0 else None
