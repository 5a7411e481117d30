"""Importing points, lines and areas: the file, its datum, what it would do, and the one write."""

from pathlib import Path

from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

from patrol_desk.common.errors import PatrolError
from patrol_desk.services.map import DATUMS, GeoPreview, apply_geo, preview_geo
from patrol_desk.services.map.importing import Write
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.file_picker import Picker
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.segmented import Segmented

MOST_FAULTS = 200


async def import_geo(desk: Desk, picker: Picker) -> None:
    """Ask for a file and its datum, show the numbers, and write when they are agreed to."""
    title, pattern = tr("导入地图要素"), tr("地图要素 (*.geojson *.json *.csv)")
    path = await picker.file(desk.host, title, Path.home(), pattern)
    if path is None:
        return
    dialog = GeoDialog(desk, path)
    if not await dialog.ask() or dialog.preview is None or not dialog.preview.rows:
        return
    name = tr("导入地图要素 {file}", file=dialog.preview.file)
    count = await desk.write(name, apply_geo, dialog.preview)
    desk.tell(
        tr("已导入 {count} 处地图要素", count=count), "ok",
        action=(tr("撤销"), lambda: _start_undo(desk)),
    )  # fmt: skip


def _start_undo(desk: Desk) -> None:
    desk.commands.start("undo")


class GeoDialog(Dialog):
    """Names the datum and says in numbers what would be written.

    Parameters
    ----------
    desk
        The open station.
    path
        The file.
    """

    def __init__(self, desk: Desk, path: Path) -> None:
        super().__init__(desk.host, desk.theme, width=600, height=470)
        self.setObjectName("map_import_dialog")
        self._desk = desk
        self._path = path
        self.preview: GeoPreview | None = None
        self._problem = ""
        self.datum = Segmented(desk.theme)
        self.datum.setObjectName("map_datum")
        self.datum.changed.connect(self._look)
        self._hint = Label("muted", wrap=True)
        self._error = Label("error", wrap=True)
        self._numbers = Label("body", wrap=True)
        self._numbers.setObjectName("map_import_numbers")
        self._left = Label("warn", wrap=True)
        self._faults = QPlainTextEdit()
        self._faults.setReadOnly(True)
        self._faults.setTabChangesFocus(True)
        self._fill_body(desk.theme)
        self.retranslate()
        self._look()

    def _fill_body(self, theme: Theme) -> None:
        for part in (self._hint, self.datum, self._error, self._numbers, self._left):
            self.add(part)
        self.add(self._faults, 1)
        self._gap = QWidget()
        self.add(self._gap, 1)
        self._go = Button(theme, "folder-input", "primary", keys="Ctrl+Enter")
        self._go.setObjectName("map_import_go")
        self._back = Button(theme, keys="Esc")
        self._back.clicked.connect(self.reject)
        self.foot(self._go, self._back)

    def _look(self) -> None:
        self._desk.tasks.start("map.preview", self._read(), owner=self, exclusive="map.preview")

    async def _read(self) -> None:
        self.preview, self._problem = None, ""
        self._say()
        try:
            self.preview = await self._desk.read(preview_geo, self._path, self.datum.chosen())
        except PatrolError as error:
            self._problem = say(error.message)
        self._say()

    @override
    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "_go"):
            return
        self.head(tr("导入地图要素"), self._path.name)
        self.datum.set_choices([(datum, datum, None) for datum in DATUMS])
        self.datum.setAccessibleName(tr("坐标系"))
        self._hint.setText(
            tr("文件里的坐标是哪一种？GPS、天地图是 WGS-84，高德、腾讯是 GCJ-02，百度是 BD-09。选错会偏几百米。")
        )
        self._back.setText(tr("取消"))
        self._faults.setAccessibleName(tr("不能导入的要素"))
        self._say()

    def _say(self) -> None:
        preview = self.preview
        self._error.setText(self._problem)
        self._error.setVisible(bool(self._problem))
        self._numbers.setText("" if preview is None else "\n".join(_numbers(preview)))
        faults = () if preview is None else preview.faults
        self._left.setText(tr("{count} 个要素不能导入，其余照常导入：", count=len(faults)))
        self._left.setVisible(bool(faults))
        self._faults.setVisible(bool(faults))
        self._gap.setVisible(not faults)
        self._faults.setPlainText(
            "\n".join(
                tr("第 {place} 个：{reason}", place=fault.place, reason=say(fault.reason))
                for fault in faults[:MOST_FAULTS]
            )
        )
        rows = 0 if preview is None else preview.rows
        self._go.setText(tr("导入 {count} 处", count=rows))
        self._go.setEnabled(rows > 0)
        self._go.updateGeometry()


def _numbers(preview: GeoPreview) -> list[str]:
    """Return what would be written, a line a table; what the file does not touch is left out."""
    named: list[tuple[str, Write]] = [
        (tr("执勤点坐标"), preview.checkpoints),
        (tr("召集点坐标"), preview.musters),
        (tr("社区边界"), preview.communities),
        (tr("道路与河流"), preview.features),
    ]
    lines = [
        tr("{what}：新增 {new}，改动 {changed}", what=what, new=len(write.new), changed=len(write.changed))
        for what, write in named
        if write.new or write.changed
    ]
    if preview.same:
        lines.append(tr("与现在一样：{count}", count=preview.same))
    return lines or [tr("没有可以写入的内容。")]
