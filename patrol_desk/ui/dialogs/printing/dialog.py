"""The print dialog: squads of a week, a preview that is the print, then a PDF or a printer."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.actor import Actor
from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.errors import CancelledByUserError, PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.services.station import Station
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.dialogs.printing.choice import ChoicePanel
from patrol_desk.ui.dialogs.printing.preview import Language, Look, PreviewPane, lay_out
from patrol_desk.ui.dialogs.printing.request import PrintRequest
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.i18n.dates import week_span_text, week_text
from patrol_desk.ui.settings import Setting
from patrol_desk.ui.widgets.banner import Banner
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.file_picker import FilePicker, Picker
from patrol_desk.ui.widgets.labels import ElidedLabel
from patrol_desk.ui.widgets.progress import ProgressPanel

if TYPE_CHECKING:
    from patrol_desk.printing import PrintResult
    from patrol_desk.printing.layout.tree import Page
    from patrol_desk.services.sheets_week import SquadLine, WeekSheets
    from patrol_desk.ui.dialogs.printing.outlet import Outlet

FOLDER: Final = Setting("print_folder", "", "folder of the PDF saved last")
ABOUT: Final = frozenset({"plan", "plan_version", "assignment", "person", "squad", "squad_membership", "leave"})
"""Tables whose changes the sheets show."""


def open_print(
    desk: Desk, request: PrintRequest | None = None, *, picker: Picker | None = None, outlet: "Outlet | None" = None
) -> "PrintDialog":
    """Open the print dialog over the window and return it.

    Parameters
    ----------
    desk
        The open station.
    request
        What is chosen first; None: all squads of the desk's week.
    picker, outlet
        Who asks for the file and the printer; the system's own by default.
    """
    dialog = PrintDialog(desk, request or PrintRequest(desk.week), picker or FilePicker(), outlet)
    dialog.open()
    dialog.load()
    return dialog


def read_sheets(station: Station, actor: Actor, week: Week, number: int | None) -> "tuple[WeekSheets, list[str]]":
    """Return a week's sheets, and the characters of names that the print font lacks; runs in a reader thread."""
    from patrol_desk.printing import unprintable
    from patrol_desk.services.sheets_week import open_sheets

    sheets = open_sheets(station, actor, week, number)
    return sheets, unprintable(sheets.names())


class PrintDialog(Dialog):
    """See the module.

    Parameters
    ----------
    desk
        The open station.
    request
        What is chosen first.
    picker, outlet
        See `open_print`.
    """

    def __init__(self, desk: Desk, request: PrintRequest, picker: Picker, outlet: "Outlet | None") -> None:
        self._desk = desk
        self._week = request.week
        self._wanted_squads: frozenset[str] | None = None if request.squad_ids is None else frozenset(request.squad_ids)
        self._number: int | None = None
        self.picker = picker
        self._outlet = outlet
        self._sheets: WeekSheets | None = None
        self._missing: list[str] = []
        self._busy = False
        self._saved: Path | None = None
        self._result: Callable[[], str] = str
        self.choice = ChoicePanel(desk.theme)
        self.preview = PreviewPane(desk)
        self._make_foot(desk)
        super().__init__(desk.host, desk.theme, width=1240, height=760)
        self.setObjectName("print_dialog")
        self._lay_out()
        self._connect()
        self.retranslate()

    def load(self) -> None:
        """Read the week anew."""
        self._desk.tasks.start("print sheets", self._load(), owner=self, exclusive="print sheets")

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self.head(tr("打印小组执勤表"), tr("预览就是打印的样子"))
        self.choice.show_week(week_text(self._week), week_span_text(self._week))
        self.choice.retranslate()
        self.preview.retranslate()
        self.save_button.setText(tr("保存 PDF…"))
        self.print_button.setText(tr("打印…"))
        self.close_button.setText(tr("关闭"))
        self.folder_button.setText(tr("打开所在文件夹"))
        self._no_printer.say(tr("本机没有可用的打印机。可先保存 PDF，拷到连着打印机的电脑上打印。"))
        self._say_names()
        self._say_foot()

    @override
    def accept(self) -> None:
        """The primary button saves; the dialog stays open for more."""

    @override
    def reject(self) -> None:
        """Stop what runs; close when nothing does."""
        if self._busy:
            self.progress.stop()
        else:
            super().reject()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = QKeySequence(event.keyCombination())
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        elif pressed in {QKeySequence("Ctrl+S"), QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")}:
            self.save_button.click()
        elif pressed == QKeySequence("Ctrl+P"):
            self.print_button.click()
        event.accept()

    def _make_foot(self, desk: Desk) -> None:
        theme = desk.theme
        self.save_button = Button(theme, "download", "primary", "Ctrl+S")
        self.print_button = Button(theme, "printer", "plain", "Ctrl+P")
        self.close_button = Button(theme, "", "plain", "Esc")
        self.folder_button = Button(theme, "folder-open", "link")
        for name in ("save", "print", "close", "folder"):
            getattr(self, f"{name}_button").setObjectName(f"print_{name}_button")
        self._words = ElidedLabel("secondary")
        self._words.setObjectName("print_result")
        self.progress = ProgressPanel(theme)
        self.progress.button.setObjectName("print_stop")
        self.progress.hide()
        self._no_printer = Banner(theme, "amber", "printer")
        self._no_printer.setObjectName("print_no_printer")
        self._names = Banner(theme, "amber", "triangle-alert")
        self._no_printer.hide()
        self._names.hide()

    def _lay_out(self) -> None:
        self.flush()
        body = QWidget()
        across = QHBoxLayout(body)
        across.setContentsMargins(1, 0, 1, 0)  # the frame of the dialog stays in sight
        across.setSpacing(0)
        across.addWidget(self.choice)
        right = QFrame()
        right.setProperty("panel", "line-left")
        column = QVBoxLayout(right)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._no_printer, self._names):
            column.addWidget(part)
        column.addWidget(self.preview, 1)
        across.addWidget(right, 1)
        self.add(body, 1)
        left = QWidget()
        row = QHBoxLayout(left)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._words)
        row.addWidget(self.folder_button)
        row.addWidget(self.progress, 1)
        left.setMinimumWidth(self._desk.theme.px(520))
        self.foot(self.save_button, self.close_button, self.print_button, left=left)
        self.first(self.choice.search)

    def _connect(self) -> None:
        choice = self.choice
        choice.week_turned.connect(self._turn)
        choice.version_chosen.connect(self._choose_version)
        choice.squads_changed.connect(self._show)
        choice.looks_changed.connect(self._show)
        choice.pointed.connect(self.preview.point)
        self.save_button.clicked.connect(lambda: self._start(self._save()))
        self.print_button.clicked.connect(lambda: self._start(self._print()))
        self.close_button.clicked.connect(self.reject)
        self.folder_button.clicked.connect(self._show_folder)
        self._desk.bus.changed.connect(self._data_changed)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        if self._busy or self._sheets is None or not self.choice.chosen():
            work.close()
            return
        self._desk.tasks.start("print", work)

    async def _load(self) -> None:
        self.choice.show_week(week_text(self._week), week_span_text(self._week))
        try:
            sheets, self._missing = await self._desk.read(read_sheets, self._week, self._number)
        except PatrolError as error:
            self._sheets = None
            self.choice.clear()
            self.preview.show_nothing(say(error.message))
            self._say_foot()
            return
        self._sheets = sheets
        self.choice.show_sheets(sheets, [line.code for line in sheets.squads if self._is_wanted(line)])
        self._say_names()
        self._show()

    def _is_wanted(self, line: "SquadLine") -> bool:
        """Say whether a squad is ticked in a week that was just read."""
        return self._wanted_squads is None or line.id in self._wanted_squads

    def _show(self) -> None:
        if self._sheets is not None:
            chosen = set(self.choice.chosen())
            ids = frozenset(line.id for line in self._sheets.squads if line.code in chosen)
            # Who ticks all squads wants all of another week too.
            self._wanted_squads = None if len(ids) == len(self._sheets.squads) else ids
            lang = cast("Language", self.choice.lang)
            self.preview.show_sheets(self._sheets, self.choice.chosen(), self.choice.profile, lang)
        self._result, self._saved = str, None
        self._no_printer.hide()
        self._say_foot()

    def _turn(self, weeks: int) -> None:
        self._week = self._week.plus(weeks)
        self._number = None
        self.load()

    def _choose_version(self, number: int) -> None:
        self._number = number
        self.load()

    def _data_changed(self, changes: ChangeSet) -> None:
        if not self._busy and any(changes.touches(kind) for kind in ABOUT):
            self.load()

    # Saving and printing

    async def _save(self) -> None:
        path = await self.picker.save(self, tr("保存 PDF"), self._suggestion(), tr("PDF 文件 (*.pdf)"))
        if path is None or self._sheets is None:
            return
        self._desk.settings.set(FOLDER, str(path.parent))
        from patrol_desk.printing import print_squad_weeks

        sheets, codes, profile = self._sheets, self.choice.chosen(), self.choice.profile
        lang = cast("Language", self.choice.lang)
        self._be_busy(busy=True)
        done: PrintResult | None = None
        try:
            done = await asyncio.to_thread(
                print_squad_weeks, sheets.sheets(codes, profile), path,
                lang=lang, progress=self.progress.progress, cancelled=self.progress.cancelled,
            )  # fmt: skip
        except CancelledByUserError:
            self._ended(lambda: tr("已停止，没有写入文件。"))
        except PatrolError as error:
            message = error.message
            self._ended(lambda: say(message))
        else:
            self._saved = path
            self._ended(
                lambda: tr(
                    "已保存 {sheets} 张（{pages} 页）：{file}", sheets=done.sheets, pages=done.pages, file=path.name
                )
            )
        finally:
            if done is None:
                self.progress.stop()

    async def _print(self) -> None:
        from patrol_desk.printing.printer import print_pages
        from patrol_desk.ui.dialogs.printing.outlet import SystemOutlet

        outlet = self._outlet or SystemOutlet()
        self._no_printer.setVisible(not outlet.available())
        if not outlet.available():
            return
        printer = await outlet.printer(self, tr("打印小组执勤表"))
        if printer is None or self._sheets is None:
            return
        codes = self.choice.chosen()
        self._be_busy(busy=True)
        pages = 0
        try:
            for done in print_pages(printer, self._pages(codes)):
                pages = done
                if self.progress.cancelled():
                    break
                # One page takes some milliseconds; between two the window lives.
                await asyncio.sleep(0)
        except PatrolError as error:
            message = error.message
            self._ended(lambda: say(message))
            return
        stopped = self.progress.cancelled()
        self._ended(
            lambda: (
                tr("已停止，送出了 {count} 页。", count=pages)
                if stopped
                else tr("已送到打印机：{count} 页。", count=pages)
            )
        )

    def _pages(self, codes: list[str]) -> "Iterator[Page]":
        """Yield the pages of the chosen sheets, telling how far it is."""
        assert self._sheets is not None
        lang = cast("Language", self.choice.lang)
        for number, code in enumerate(codes):
            self.progress.progress(Message("print.progress"), number, len(codes))
            yield from lay_out(self._sheets, Look(code, self.choice.profile, lang)).pages

    def _suggestion(self) -> Path:
        kept = self._desk.settings.get(FOLDER)
        folder = kept or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        lines = {line.code: line.name for line in self._sheets.squads} if self._sheets is not None else {}
        codes = self.choice.chosen()
        squads = lines[codes[0]] if len(codes) == 1 else tr("{count} 个小组", count=len(codes))
        name = tr("{week} 执勤表 {squads}", week=str(self._week), squads=squads)
        return Path(folder) / f"{name}.pdf"

    def _show_folder(self) -> None:
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved.parent)))

    # What the foot says

    def _be_busy(self, *, busy: bool) -> None:
        self._busy = busy
        if busy:
            self.progress.begin(Message("print.progress"))
        self.progress.setVisible(busy)
        self.choice.setEnabled(not busy)
        self._say_foot()
        # What had the focus is locked or hidden now; without one no key would reach the dialog.
        (self.progress.button if busy else self.save_button).setFocus()

    def _ended(self, result: Callable[[], str]) -> None:
        self._result = result
        self._be_busy(busy=False)

    def _say_foot(self) -> None:
        count = len(self.choice.chosen()) if self._sheets is not None else 0
        words = self._result() or (tr("将打印 {count} 张小组表", count=count) if count else "")
        self._words.setText(words)
        # Before the layout has it, showing it would open a window of its own.
        self._words.setVisible(self._words.parent() is not None and not self._busy)
        self.folder_button.setVisible(self._saved is not None and not self._busy)
        for button in (self.save_button, self.print_button):
            button.setEnabled(count > 0 and not self._busy)

    def _say_names(self) -> None:
        """Name the characters of names that will not print, before anything is printed."""
        self._names.setVisible(bool(self._missing) and self._sheets is not None)
        self._names.say(say(Message("print.unprintable", {"characters": self._missing})))
