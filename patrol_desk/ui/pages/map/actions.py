"""What the map's buttons and keys do: filling, measuring, placing, importing, pictures and paper."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.map.measure import way_metres
from patrol_desk.ui.pages.map.words import length_text
from patrol_desk.ui.widgets.file_picker import FilePicker, Picker

if TYPE_CHECKING:
    from collections.abc import Callable

    from patrol_desk.common.actor import Actor
    from patrol_desk.services.map import Unplaced
    from patrol_desk.services.station import Station
    from patrol_desk.ui.pages.map.export import Sheet
    from patrol_desk.ui.pages.map.page import MapPage

    Writer = Callable[[Station, Actor, Path, Sheet], None]


class MapActions(QObject):
    """Does what is asked on the page.

    Parameters
    ----------
    page
        The page, which owns this.
    """

    def __init__(self, page: "MapPage") -> None:
        super().__init__(page)
        self._page = page
        self._desk = page.desk
        self.picker: Picker = FilePicker()
        self._placing: Unplaced | None = None
        page.card.fill_asked.connect(self.fill)
        page.card.roster_asked.connect(self.open_roster)
        page.card.place_asked.connect(self.open_place)
        page.measure.toggled.connect(self._measure)
        page.canvas.pointed.connect(self._pointed)
        page.panel.unplaced_asked.connect(self.choose_unplaced)
        page.export.clicked.connect(self.export)
        page.paper.clicked.connect(self.print_map)
        page.more.clicked.connect(self.import_file)
        self._commands()

    def _commands(self) -> None:
        page = self._page
        add = page.command
        add("map.find", lambda: tr("在地图上定位"), "search", "Ctrl+F", page.search.focus)
        add("map.slash", lambda: tr("在地图上定位"), "search", "/", page.search.focus)
        add("map.measure", lambda: tr("测距"), "route", "Ctrl+M", page.measure.toggle)
        add("map.export", lambda: tr("导出地图为 PNG"), "download", "Ctrl+Shift+E", self.export)
        add("map.print", lambda: tr("打印地图"), "printer", "Ctrl+Shift+P", self.print_map)
        add("map.import", lambda: tr("导入地图要素"), "folder-input", "Ctrl+I", self.import_file)
        add("map.unplaced", lambda: tr("标出没有坐标的点位"), "map-pin", "", self.choose_unplaced)
        add("map.fill", lambda: tr("补位选中的点位"), "user-plus", "Ctrl+Return", self.fill)
        add("map.roster", lambda: tr("在排班表打开"), "calendar-days", "Ctrl+G", self.open_roster)
        add("map.panel", lambda: tr("面板"), "panel-right", "F4", page.beside.toggle)
        add("map.week_before", lambda: tr("上一周"), "chevron-left", "[", partial(self._weeks, -1))
        add("map.week_after", lambda: tr("下一周"), "chevron-right", "]", partial(self._weeks, 1))

    def _weeks(self, way: int) -> None:
        self._desk.week = self._desk.week.plus(way)

    # The chosen post

    def _chosen_post(self) -> int:
        chosen = self._page.canvas.picture.chosen
        return chosen[1] if chosen is not None and chosen[0] == "post" else -1

    def fill(self) -> None:
        """Propose people for the chosen post's gap, ask, and write."""
        self._desk.tasks.start("map.fill", self._fill(), owner=self._page, exclusive="map.fill")

    async def _fill(self) -> None:
        from patrol_desk.services.planning.edits import apply_fill
        from patrol_desk.ui.pages.map.filling import propose
        from patrol_desk.ui.pages.today.fill_dialog import FillDialog

        week, number, shift = self._page.week, self._chosen_post(), self._page.shift
        if week is None or number < 0 or shift < 0 or week.posts[number].row < 0:
            self._desk.tell(tr("先在地图上选一个有缺口的点位。"), "info")
            return
        post = week.posts[number]
        board = await self._desk.boards.get(week.week)
        place = board.locate(post.id, week.shifts[shift].pattern_id, week.shifts[shift].on_date)
        if place is None or not board.gap(*place).missing:
            self._desk.tell(tr("{name}这一班没有缺口。", name=post.name), "info")
            return
        proposal = await self._desk.read(propose, board, place)
        dialog = FillDialog(self._desk.host, self._desk.theme, [(board, proposal)])
        if not await dialog.ask() or not proposal.rows:
            return
        name = tr("补位 {count} 人次：{place}", count=len(proposal.rows), place=post.name)
        await self._desk.write(name, apply_fill, board, proposal)
        self._desk.tell(tr("已补位 {count} 人次", count=len(proposal.rows)), "ok", action=(tr("撤销"), self._undo))

    def _undo(self) -> None:
        self._desk.commands.start("undo")

    def open_roster(self) -> None:
        """Show the chosen post's cell on the roster."""
        week, number, shift = self._page.week, self._chosen_post(), self._page.shift
        if week is None or number < 0 or shift < 0:
            self._desk.go(Target("roster"))
            return
        at = week.shifts[shift]
        detail = {"pattern_id": at.pattern_id, "on_date": at.on_date}
        self._desk.go(Target("roster", week.posts[number].id, detail))

    def open_place(self) -> None:
        """Show what is chosen on the page of places."""
        week, chosen = self._page.week, self._page.canvas.picture.chosen
        if week is None or chosen is None:
            return
        kind, number = chosen
        if kind == "post":
            self._desk.go(Target("places", week.posts[number].id))
        else:
            self._desk.go(Target("places", week.musters[number].id, {"kind": "muster_points"}))

    # Pointing: measuring and placing

    def _measure(self, on: bool) -> None:
        picture = self._page.canvas.picture
        picture.measure.clear()
        if on:
            self._placing = None
            self._page.choose(None)
            self._page.canvas.setFocus()
            self._page.canvas.hint = _measure_hint
            self._page.canvas.tell(_measure_hint)
        self._page.canvas.pointing = on
        self._page.canvas.update()

    def _pointed(self, east: float, north: float) -> None:
        if self._placing is not None:
            self._desk.tasks.start("map.place", self._place(self._placing, east, north), owner=self._page)
            return
        picture = self._page.canvas.picture
        picture.measure.append((east, north))
        if len(picture.measure) > 1:
            total = length_text(round(way_metres(picture.measure)))
            self._page.canvas.tell(partial(_total, total))
        self._page.canvas.update()

    def end_pointing(self) -> bool:
        """End measuring or placing and say whether there was any."""
        was = self._page.canvas.pointing
        self._placing = None
        self._page.canvas.pointing = False
        if self._page.measure.isChecked():
            self._page.measure.setChecked(False)
        self._page.canvas.update()
        return was

    def choose_unplaced(self) -> None:
        """List the places without coordinates and let one be put on the map."""
        self._desk.tasks.start("map.unplaced", self._choose_unplaced(), owner=self._page, exclusive="map.unplaced")

    async def _choose_unplaced(self) -> None:
        from patrol_desk.ui.pages.map.unplaced import UnplacedDialog

        week = self._page.week
        if week is None or not week.unplaced:
            self._desk.tell(tr("所有点位都有坐标。"), "info")
            return
        dialog = UnplacedDialog(self._desk.host, self._desk.theme, week.unplaced)
        if await dialog.ask() and dialog.chosen is not None:
            self.begin_placing(dialog.chosen)

    def place_wanted(self, target: Target) -> None:
        """Let the next click put the place on the map that another page asked for, beginning where it is."""
        from patrol_desk.services.map import Unplaced

        detail, week = target.detail, self._page.week
        name, version = detail["name"], detail["row_version"]
        assert isinstance(version, int)
        kind: Literal["checkpoint", "muster_point"] = (
            "checkpoint" if detail["placing"] == "checkpoint" else "muster_point"
        )
        place = Unplaced(kind, str(target.record_id), version, str(detail["code"]), str(name), "")
        if week is not None:
            posts = [(each.id, each.east, each.north) for each in week.posts]
            musters = [(each.id, each.east, each.north) for each in week.musters]
            for record_id, east, north in (*posts, *musters):
                if record_id == place.id:
                    self._page.canvas.locate(east, north)
        self.begin_placing(place)

    def begin_placing(self, place: "Unplaced") -> None:
        """Let the next click put a place on the map."""
        self.end_pointing()
        self._placing = place
        self._page.choose(None)
        self._page.canvas.pointing = True
        self._page.canvas.setFocus()
        self._page.canvas.update()
        self._page.canvas.hint = partial(_place_hint, place.name)
        self._page.canvas.tell(self._page.canvas.hint)

    async def _place(self, place: "Unplaced", east: float, north: float) -> None:
        from patrol_desk.services.places import update_checkpoint, update_muster_point

        week = self._page.week
        if week is None:
            return
        lon, lat = week.plane.back(east, north)
        update = update_checkpoint if place.kind == "checkpoint" else update_muster_point
        values = {"lon": f"{lon:.7f}", "lat": f"{lat:.7f}"}
        name = tr("标出 {name}", name=place.name)
        self.end_pointing()
        await self._desk.write(name, update, place.id, place.row_version, values)
        left = sum(each.id != place.id for each in week.unplaced)
        told = tr("已标出 {name}", name=place.name)
        if left:
            told = tr("已标出 {name}，还有 {count} 个没有坐标。", name=place.name, count=left)
        self._desk.tell(told, "ok", action=(tr("撤销"), self._undo))

    # Files

    def export(self) -> None:
        """Write the map as a picture, twice as large as on the screen."""
        self._desk.tasks.start("map.export", self._export(), owner=self._page, exclusive="map.export")

    async def _export(self) -> None:
        from patrol_desk.ui.pages.map.export import write_png

        await self._write_file(write_png, tr("导出地图"), ".png", "PNG (*.png)")

    def print_map(self) -> None:
        """Write the map as a sheet of A4 landscape."""
        self._desk.tasks.start("map.print", self._print(), owner=self._page, exclusive="map.print")

    async def _print(self) -> None:
        from patrol_desk.ui.pages.map.export import write_pdf

        await self._write_file(write_pdf, tr("打印地图"), ".pdf", "PDF (*.pdf)")

    async def _write_file(self, write: "Writer", title: str, suffix: str, pattern: str) -> None:
        from patrol_desk.services.map import note_map
        from patrol_desk.ui.pages.map.export import Sheet
        from patrol_desk.ui.theme import Theme

        picture = replace(self._page.canvas.picture)
        if picture.week is None or picture.shift < 0:
            self._desk.tell(tr("还没有可以导出的地图。"), "info")
            return
        paper = suffix == ".pdf"
        look = Theme("light" if paper else self._desk.theme.name, compact=False)
        sheet = Sheet(look, picture, self._page.canvas.sight, self._desk.now)
        suggestion = Path.home() / f"{sheet.stem}{suffix}"
        out = await self.picker.save(self._desk.host, title, suggestion, pattern)
        if out is None:
            return
        at = picture.week.shifts[picture.shift]
        form: Literal["picture", "paper"] = "paper" if paper else "picture"
        await self._desk.write_for_good(note_map, form, at.on_date, at.code)
        await self._desk.read(write, out, sheet)
        self._desk.tell(tr("已写入 {file}", file=out.name), "ok")

    def import_file(self) -> None:
        """Ask for a file of points, lines or areas, show what it would do, and write it."""
        self._desk.tasks.start("map.import", self._import(), owner=self._page, exclusive="map.import")

    async def _import(self) -> None:
        from patrol_desk.ui.pages.map.importing import import_geo

        await import_geo(self._desk, self.picker)


def _measure_hint() -> str:
    return tr("测距：逐点点击，Esc 结束。用键盘时方向键移动，空格取点。")


def _total(length: str) -> str:
    return tr("全长 {length}", length=length)


def _place_hint(name: str) -> str:
    return tr("在地图上点击“{name}”的位置，Esc 取消。用键盘时方向键移动，空格确定。", name=name)
