"""The print dialog: which sheets, a preview that is the print, then a PDF or a printer."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import CancelledByUserError, PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.services.printed.marks import PlanState
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.dialogs.printing.choice import ChoicePanel
from patrol_desk.ui.dialogs.printing.preview import PreviewPane, laying_of
from patrol_desk.ui.dialogs.printing.reading import read_batch, seal_of
from patrol_desk.ui.dialogs.printing.request import PrintRequest
from patrol_desk.ui.dialogs.printing.sending import file_name, pages_of
from patrol_desk.ui.dialogs.printing.settings import ABOUT, FOLDER, keep_choice, last_choice
from patrol_desk.ui.dialogs.printing.times import turned, when_text
from patrol_desk.ui.dialogs.printing.warnings import Warnings
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.file_picker import FilePicker, Picker
from patrol_desk.ui.widgets.labels import ElidedLabel
from patrol_desk.ui.widgets.progress import ProgressPanel

if TYPE_CHECKING:
    from patrol_desk.printing import PrintResult
    from patrol_desk.services.printed.batch import Batch, Line
    from patrol_desk.services.printed.content import PrintedSheet
    from patrol_desk.services.printed.keys import StationSeal
    from patrol_desk.ui.dialogs.printing.outlet import Outlet


def open_print(
    desk: Desk, request: PrintRequest | None = None, *, picker: Picker | None = None, outlet: "Outlet | None" = None
) -> "PrintDialog":
    """Open the print dialog over the window and return it.

    Parameters
    ----------
    desk
        The open station.
    request
        What is chosen first; None: the sheets chosen last, of the desk's week.
    picker, outlet
        Who asks for the file and the printer; the system's own by default.
    """
    dialog = PrintDialog(desk, request or PrintRequest(desk.week), picker or FilePicker(), outlet)
    dialog.open()
    dialog.load()
    return dialog


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
        today = station_today(desk.clock)
        self._day = today if Week.of(today) == request.week else request.week.monday
        self._wanted_squads: frozenset[str] | None = None if request.squad_ids is None else frozenset(request.squad_ids)
        self._number: int | None = None
        self.picker = picker
        self._outlet = outlet
        self._batch: Batch | None = None
        self._seal: StationSeal | None = None
        self._missing: list[str] = []
        self._busy = False
        self._saved: Path | None = None
        self._result: Callable[[], str] = str
        self.choice = ChoicePanel(desk.theme)
        self.looks = self.choice.looks
        self.preview = PreviewPane(desk)
        self._make_foot(desk)
        super().__init__(desk.host, desk.theme, width=1240, height=800)
        self.setObjectName("print_dialog")
        self._lay_out()
        self._choose_last(fresh=request.squad_ids is None)
        self._connect()
        self.retranslate()

    def load(self) -> None:
        """Read the sheets anew."""
        self._desk.tasks.start("print sheets", self._load(), owner=self, exclusive="print sheets")

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self.head(tr("打印"), tr("预览就是打印的样子"))
        self._say_when()
        self.choice.retranslate()
        self.preview.retranslate()
        self.save_button.setText(tr("保存 PDF…"))
        self.print_button.setText(tr("打印…"))
        self.close_button.setText(tr("关闭"))
        self.folder_button.setText(tr("打开所在文件夹"))
        self.warnings.retranslate()
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
        self.warnings = Warnings(theme)
        self.warnings.only_held.clicked.connect(lambda: self.choice.tick("held"))

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
        column.addWidget(self.warnings)
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
        choice, looks = self.choice, self.looks
        looks.kind_chosen.connect(self._choose_kind)
        looks.turned.connect(self._turn)
        looks.version_chosen.connect(self._choose_version)
        looks.profile_chosen.connect(self._choose_readers)
        looks.changed.connect(self._show)
        choice.ticked.connect(self._show)
        choice.pointed.connect(self.preview.point)
        self.save_button.clicked.connect(lambda: self._start(self._save()))
        self.print_button.clicked.connect(lambda: self._start(self._print()))
        self.close_button.clicked.connect(self.reject)
        self.folder_button.clicked.connect(self._show_folder)
        self._desk.bus.changed.connect(self._data_changed)

    def _choose_last(self, *, fresh: bool) -> None:
        """Choose what was printed last; a request for squads is for their week."""
        kind, profile, look = last_choice(self._desk.settings)
        self.looks.choose(kind if fresh else "squad-week", profile, look)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        if self._busy or self._batch is None or not self.choice.chosen():
            work.close()
            return
        self._desk.tasks.start("print", work)

    async def _load(self) -> None:
        self._say_when()
        try:
            if self._seal is None:
                self._seal = await seal_of(self._desk)
            wanted = self.looks.wanted(self._day, self._number)
            batch, self._missing = await self._desk.read(read_batch, wanted, self._seal)
        except PatrolError as error:
            self._batch = None
            self.choice.clear()
            self.preview.show_nothing(say(error.message))
            self.warnings.show_of(self._batch, self._missing)
            self._say_foot()
            return
        self._batch = batch
        self.choice.show_batch(batch, [line.code for line in batch.lines if self._is_wanted(line)])
        self.warnings.show_of(self._batch, self._missing)
        self._show()

    def _is_wanted(self, line: "Line") -> bool:
        """Say whether a sheet is ticked in what was just read."""
        return self._wanted_squads is None or line.id in self._wanted_squads

    def _show(self) -> None:
        batch = self._batch
        if batch is not None:
            chosen = self.choice.chosen()
            ids = frozenset(line.id for line in batch.lines if line.code in set(chosen))
            # Who ticks all wants all of another week too.
            self._wanted_squads = None if len(ids) == len(batch.lines) else ids
            if not batch.lines:
                self.preview.show_nothing(tr("这时候没有这种表可打印。"))
            else:
                self.preview.show_sheets(batch, chosen, self.looks.look)
        self._result, self._saved = str, None
        self.warnings.no_printer.hide()
        self._say_foot()

    def _choose_kind(self) -> None:
        self._wanted_squads, self._number = None, None
        self.preview.begin()
        self.load()

    def _choose_readers(self) -> None:
        other = self._batch.for_readers(self.looks.profile) if self._batch is not None else None
        if other is None:
            self.load()
        else:
            self._batch = other
            self._show()

    def _turn(self, step: int) -> None:
        self._day = turned(self.looks.kind, self._day, step)
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
        if path is None or self._batch is None:
            return
        self._desk.settings.set(FOLDER, str(path.parent))
        from patrol_desk.printing import print_sheets

        batch, codes, look = self._batch, self.choice.chosen(), self.looks.look
        self._be_busy(busy=True)
        done: PrintResult | None = None
        try:
            sheets = await asyncio.to_thread(list, batch.sheets(codes, look.copies))
            done = await asyncio.to_thread(
                print_sheets, sheets, path, laying_of(batch, look).look,
                progress=self.progress.progress, cancelled=self.progress.cancelled,
            )  # fmt: skip
            await self._keep(batch, sheets, "pdf")
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
        self.warnings.no_printer.setVisible(not outlet.available())
        if not outlet.available():
            return
        printer = await outlet.printer(self, say(self.looks.kind.name))
        if printer is None or self._batch is None:
            return
        batch, codes, look = self._batch, self.choice.chosen(), self.looks.look
        self._be_busy(busy=True)
        pages = 0
        sheets = await asyncio.to_thread(list, batch.sheets(codes, look.copies))
        sent: list[PrintedSheet] = []
        try:
            for done in print_pages(printer, pages_of(batch, look, sheets, sent, self.progress.progress)):
                pages = done
                if self.progress.cancelled():
                    break
                # One page takes some milliseconds; between two the window lives.
                await asyncio.sleep(0)
            stopped = self.progress.cancelled()
            await self._keep(batch, sent if stopped else sheets, "paper")
        except PatrolError as error:
            message = error.message
            self._ended(lambda: say(message))
            return
        self._ended(
            lambda: (
                tr("已停止，送出了 {count} 页。", count=pages)
                if stopped
                else tr("已送到打印机：{count} 页。", count=pages)
            )
        )

    async def _keep(self, batch: "Batch", sheets: "list[PrintedSheet]", medium: str) -> None:
        """Remember what was printed, and what was chosen for the next time."""
        from patrol_desk.services.printed.memory import remember

        keep_choice(self._desk.settings, self.looks.option, self.looks.profile, self.looks.look)
        await self._desk.write(tr("登记打印"), remember, sheets, medium)
        out = {sheet.subject for sheet in sheets}
        published = batch.version is not None and batch.version.state is PlanState.PUBLISHED
        if published and out & batch.held.keys() and self._batch is batch:
            self._batch = replace(batch, held={code: one for code, one in batch.held.items() if code not in out})
            self.choice.show_batch(self._batch, self.choice.chosen())
            self.warnings.show_of(self._batch, self._missing)

    def _suggestion(self) -> Path:
        kept = self._desk.settings.get(FOLDER)
        folder = kept or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        assert self._batch is not None
        return Path(folder) / file_name(self._batch, self.choice.chosen())

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
        count = len(self.choice.chosen()) if self._batch is not None else 0
        copies = self.looks.look.copies
        words = self._result() or (tr("将打印 {count} 张", count=count * copies) if count else "")
        self._words.setText(words)
        # Before the layout has it, showing it would open a window of its own.
        self._words.setVisible(self._words.parent() is not None and not self._busy)
        self.folder_button.setVisible(self._saved is not None and not self._busy)
        for button in (self.save_button, self.print_button):
            button.setEnabled(count > 0 and not self._busy)

    def _say_when(self) -> None:
        words, span, turns = when_text(self.looks.kind, self._day)
        self.looks.show_when(words, span, turns=turns)
