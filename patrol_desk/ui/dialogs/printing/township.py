"""Several kinds of sheet for a whole week in one go: as one PDF, as a folder of PDFs, or on the printer."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.services.printed.batch import Batch, Wanted
from patrol_desk.services.printed.memory import PAPER, PDF, remember
from patrol_desk.services.printed.township import OF_PEOPLE, Part, township_sheets
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.dialogs.printing.foot import PrintFoot
from patrol_desk.ui.dialogs.printing.paper_dialog import PaperDialog
from patrol_desk.ui.dialogs.printing.reading import read_batch, seal_of
from patrol_desk.ui.dialogs.printing.settings import FOLDER, documents
from patrol_desk.ui.dialogs.printing.sheet_list import SheetList
from patrol_desk.ui.dialogs.printing.township_form import TownshipForm
from patrol_desk.ui.dialogs.printing.warnings import Warnings
from patrol_desk.ui.dialogs.printing.work import Outcome, attended
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import week_text
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.file_picker import FilePicker, Picker

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtPrintSupport import QPrinter

    from patrol_desk.ui.dialogs.printing.outlet import Outlet


def open_township(
    desk: Desk, week: Week, *, picker: Picker | None = None, outlet: "Outlet | None" = None
) -> "TownshipDialog":
    """Open the dialog over the window and return it.

    Parameters
    ----------
    desk
        The open station.
    week
        The week shown first.
    picker, outlet
        Who asks for the file and the printer; the system's own by default.
    """
    dialog = TownshipDialog(desk, week, picker or FilePicker(), outlet)
    dialog.open()
    dialog.load()
    return dialog


class TownshipDialog(PaperDialog):
    """See the module.

    Parameters
    ----------
    desk
        The open station.
    week
        The week shown first.
    picker, outlet
        See `open_township`.
    """

    def __init__(self, desk: Desk, week: Week, picker: Picker, outlet: "Outlet | None") -> None:
        self._desk, self._week = desk, week
        self.picker, self._outlet = picker, outlet
        self._squads: frozenset[str] | None = None
        """Codes of the chosen squads; None: all, of another week too."""
        self.form = TownshipForm(desk, week)
        self.squads = SheetList(desk.theme, "township")
        self.warnings = Warnings(desk.theme, "township")
        self.no_printer = self.warnings.no_printer
        self.work = PrintFoot(desk.theme, "township")
        self.progress = self.work.progress
        self.save_button = Button(desk.theme, "download", "primary", "Ctrl+S")
        self.print_button = Button(desk.theme, "printer", "plain", "Ctrl+P")
        self.close_button = Button(desk.theme, "", "plain", "Esc")
        for name in ("save", "print", "close"):
            getattr(self, f"{name}_button").setObjectName(f"township_{name}")
        super().__init__(desk.host, desk.theme, width=1200)
        self.setObjectName("township_dialog")
        self.add(self.warnings)
        self.add(self._body())
        self.foot(self.save_button, self.close_button, self.print_button, left=self.work)
        self.first(self.form.first)
        self._connect()
        self.retranslate()

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self.head(tr("整镇打印"), tr("勾选几种表，一次排印"))
        self.form.retranslate()
        self.work.retranslate()
        self.save_button.setText(tr("保存…"))
        self.print_button.setText(tr("打印…"))
        self.close_button.setText(tr("关闭"))
        self.squads.retranslate()
        self.warnings.retranslate()
        self._say()

    def load(self) -> None:
        """Read anew which squads there are and what their names are made of."""
        self._desk.tasks.start("township squads", self._load(), owner=self, exclusive="township squads")

    def _body(self) -> QWidget:
        body = QWidget()
        across = QHBoxLayout(body)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(20)
        across.addWidget(self.form, 1)
        across.addWidget(self.squads)
        self._restyle_list()
        self._desk.theme.changed.connect(self._restyle_list)
        return body

    def _restyle_list(self) -> None:
        self.squads.setFixedWidth(self._desk.theme.px(340))

    async def _load(self) -> None:
        wanted = Wanted("squad-week", self.form.week.monday, self.form.profile)
        batch: Batch | None
        try:
            batch, missing = await self._desk.read(read_batch, wanted)
        except PatrolError:
            # What is wrong is said when something is to be printed: kinds without a plan still can be.
            batch, missing = None, []
        lines = batch.lines if batch is not None else ()
        chosen = self._squads
        self.squads.show_batch(batch, [line.code for line in lines if chosen is None or line.code in chosen])
        self.warnings.show_of(batch, missing)
        self.fit()

    def _choose_squads(self) -> None:
        chosen = self.squads.chosen()
        self._squads = None if len(chosen) == len(self.squads.model.all_rows()) else frozenset(chosen)
        self._say()

    def _show_week(self) -> None:
        """Say what would be printed, and read the squads of another week."""
        self._say()
        if self.form.week != self._week:
            self._week = self.form.week
            self.load()

    @property
    def _complete(self) -> bool:
        """Whether there is something to print: kinds, days, and for sheets of squads a squad."""
        people = OF_PEOPLE.intersection(self.form.options())
        return self.form.complete and not (people and self._squads is not None and not self._squads)

    def _connect(self) -> None:
        self.form.changed.connect(self._show_week)
        self.squads.ticked.connect(self._choose_squads)
        self.warnings.only_held.clicked.connect(lambda: self.squads.tick("held"))
        self.save_button.clicked.connect(lambda: self._start(self._save()))
        self.print_button.clicked.connect(lambda: self._start(self._print()))
        self.close_button.clicked.connect(self.reject)
        self.work.busy_changed.connect(self._be_busy)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        if self.work.busy or not self._complete:
            work.close()
        else:
            self._desk.tasks.start("print", work)

    async def _save(self) -> None:
        week, apart = self.form.week, self.form.apart
        folder = documents(self._desk.settings)
        if apart:
            path = await self.picker.folder(self, tr("选择文件夹"), folder)
        else:
            name = folder / f"{week} {tr('整镇打印')}.pdf"
            path = await self.picker.save(self, tr("保存 PDF"), name, tr("PDF 文件 (*.pdf)"))
        if path is not None:
            self._desk.settings.set(FOLDER, str(path if apart else path.parent))
            self.form.keep()
            await attended(self.work, self._saved(path, apart=apart), Message("print.progress"))

    async def _saved(self, path: "Path", *, apart: bool) -> Outcome:
        """Read the sheets and write them; what stands is remembered, also after a stop or a fault."""
        from patrol_desk.printing.township import Written, write_township

        parts = await self._read()
        written, progress = Written([], []), self.progress
        try:
            await asyncio.to_thread(
                write_township, parts, path, self.form.look, written,
                apart=apart, progress=progress.progress, cancelled=progress.cancelled,
            )  # fmt: skip
        finally:
            if written.sheets:
                await self._desk.write(tr("登记打印"), remember, written.sheets, PDF)
        count, pages, files = len(written.sheets), written.pages, len(written.files)
        return Outcome(
            lambda: (
                tr("已保存 {sheets} 张（{pages} 页），{count} 个文件：{file}", sheets=count, pages=pages, count=files,
                   file=path.name)
            ),
            path,
        )  # fmt: skip

    async def _print(self) -> None:
        from patrol_desk.ui.dialogs.printing.outlet import SystemOutlet

        outlet = self._outlet or SystemOutlet()
        self.no_printer.setVisible(not outlet.available())
        self.fit()
        if not outlet.available():
            return
        printer = await outlet.printer(self, tr("整镇打印"))
        if printer is not None:
            self.form.keep()
            await attended(self.work, self._sent(printer), Message("print.progress"))

    async def _sent(self, printer: "QPrinter") -> Outcome:
        """Read the sheets and print them; what is out is remembered, also when it was stopped."""
        from patrol_desk.printing.printer import print_pages
        from patrol_desk.printing.township import township_pages

        parts, progress, pages = await self._read(), self.progress, 0
        sent: list[Any] = []
        for done in print_pages(printer, township_pages(parts, self.form.look, sent, progress.progress)):
            pages = done
            if progress.cancelled():
                break
            # One page takes some milliseconds; between two the window lives.
            await asyncio.sleep(0)
        stopped = progress.cancelled()
        if sent:
            await self._desk.write(tr("登记打印"), remember, sent, PAPER)
        return Outcome(
            lambda: (
                tr("已停止，送出了 {count} 页。", count=pages)
                if stopped
                else tr("已送到打印机：{count} 页。", count=pages)
            )
        )

    async def _read(self) -> tuple[Part, ...]:
        seal = await seal_of(self._desk)
        return await self._desk.read(
            township_sheets, replace(self.form.ask(), squads=tuple(sorted(self._squads or ()))), seal,
            progress=self.progress.progress, cancelled=self.progress.cancelled,
        )  # fmt: skip

    def _be_busy(self, busy: bool) -> None:
        self.form.setEnabled(not busy)
        self.squads.setEnabled(not busy)
        self._say_buttons()
        if not busy:
            self.save_button.setFocus()

    def _say(self) -> None:
        """Say what would be printed."""
        self.work.forget()
        self.no_printer.hide()
        kinds = len(self.form.options())
        week = week_text(self.form.week)
        if not kinds:
            words = tr("在上面勾选要打印的表。")
        elif self._squads is None:
            words = tr("{week}：{count} 种表", week=week, count=kinds)
        elif self._squads:
            words = tr("{week}：{count} 种表，选了 {squads} 个小组", week=week, count=kinds, squads=len(self._squads))
        else:
            words = tr("一个小组也没选，只能印点位、召集点和全镇的表。")
        self.work.idle(words)
        self._say_buttons()

    def _say_buttons(self) -> None:
        for button in (self.save_button, self.print_button):
            button.setEnabled(self._complete and not self.work.busy)
