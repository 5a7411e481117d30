"""The print dialog: which sheets, a preview that is the print, then a PDF or a printer."""

from collections.abc import Coroutine, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.services.handon.forms import FORMS, Form
from patrol_desk.services.printed.kinds import DIAGNOSIS, PLACE_LIST
from patrol_desk.services.printed.marks import PlanState
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.dialogs.printing.choice import ChoicePanel
from patrol_desk.ui.dialogs.printing.findings import Findings
from patrol_desk.ui.dialogs.printing.foot import PrintFoot
from patrol_desk.ui.dialogs.printing.hand_on import HandOnButton
from patrol_desk.ui.dialogs.printing.paper_dialog import PaperDialog
from patrol_desk.ui.dialogs.printing.preview import PreviewPane
from patrol_desk.ui.dialogs.printing.reading import read_batch, seal_of
from patrol_desk.ui.dialogs.printing.request import PrintRequest
from patrol_desk.ui.dialogs.printing.sending import file_name
from patrol_desk.ui.dialogs.printing.settings import ABOUT, FOLDER, documents, keep_choice, last_choice
from patrol_desk.ui.dialogs.printing.times import turned, when_text
from patrol_desk.ui.dialogs.printing.warnings import Warnings
from patrol_desk.ui.dialogs.printing.work import (
    Outcome,
    attended,
    hand_on_sheets,
    save_sheets,
    send_sheets,
    to_hand_on,
)
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.file_picker import FilePicker, Picker

if TYPE_CHECKING:
    from patrol_desk.services.printed.batch import Batch, Line
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


class PrintDialog(PaperDialog):
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
        self._kept_squads: frozenset[str] = self._wanted_squads or frozenset()
        self._places = request.places
        self._number = request.number
        self.picker = picker
        self._outlet = outlet
        self._batch: Batch | None = None
        self._seal: StationSeal | None = None
        self._missing: list[str] = []
        self.choice = ChoicePanel(desk.theme)
        self.looks = self.choice.looks
        self.preview = PreviewPane(desk)
        self._make_foot(desk)
        self._findings = Findings(desk, self.work, request.found)
        super().__init__(desk.host, desk.theme, width=1240, height=800)
        self.setObjectName("print_dialog")
        self._lay_out()
        self._choose_last(request)
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
        self.township_button.setText(tr("整镇打印…"))
        self.township_button.setToolTip(tr("一次打印几种表：整个镇、整个星期"))
        self.hand_on_button.retranslate()
        self.work.retranslate()
        self.warnings.retranslate()
        self._say_foot()

    def _make_foot(self, desk: Desk) -> None:
        theme = desk.theme
        self.save_button = Button(theme, "download", "primary", "Ctrl+S")
        self.print_button = Button(theme, "printer", "plain", "Ctrl+P")
        self.close_button = Button(theme, "", "plain", "Esc")
        self.township_button = Button(theme, "list-checks", "plain")
        for name in ("save", "print", "close", "township"):
            getattr(self, f"{name}_button").setObjectName(f"print_{name}_button")
        self.hand_on_button = HandOnButton(theme)
        self.work = PrintFoot(theme)
        self.progress = self.work.progress
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
        self.foot(
            self.save_button, self.close_button, self.township_button, self.hand_on_button, self.print_button,
            left=self.work,
        )  # fmt: skip
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
        self.township_button.clicked.connect(self._open_township)
        self.hand_on_button.chosen.connect(lambda form, together: self._start(self._hand_on(form, together=together)))
        self.work.busy_changed.connect(self._be_busy)
        self._desk.bus.changed.connect(self._data_changed)

    def _choose_last(self, request: PrintRequest) -> None:
        """Choose what was printed last; a request for squads is for their week unless it names a kind."""
        kind, profile, look = last_choice(self._desk.settings)
        self.looks.choose(request.kind or (kind if request.squad_ids is None else "squad-week"), profile, look)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        if self.work.busy or self._batch is None or not self.choice.chosen():
            work.close()
            return
        self._desk.tasks.start("print", work)

    async def _load(self) -> None:
        self._say_when()
        try:
            if self._seal is None:
                self._seal = await seal_of(self._desk)
            wanted = self.looks.wanted(self._day, self._number)
            if wanted.kind == DIAGNOSIS:
                wanted = replace(wanted, found=await self._findings.of(Week.of(self._day)))
            elif wanted.kind == PLACE_LIST:
                wanted = replace(wanted, places=self._places)
            batch, self._missing = await self._desk.read(read_batch, wanted, self._seal)
        except PatrolError as error:
            self._batch = None
            self.choice.clear()
            self.preview.show_nothing(say(error.message))
            self.warnings.show_of(self._batch, self._missing)
            self._say_foot()
            return
        self._batch = batch
        if self._wanted_squads is None and self._kept_squads & _marks(batch.lines):
            self._wanted_squads = self._kept_squads
        self.choice.show_batch(batch, [line.code for line in batch.lines if self._is_wanted(line)])
        self.warnings.show_of(self._batch, self._missing)
        self._show()

    def _is_wanted(self, line: "Line") -> bool:
        """Say whether a sheet is ticked in what was just read."""
        return self._wanted_squads is None or bool({line.id, line.code} & self._wanted_squads)

    def _show(self) -> None:
        batch = self._batch
        if batch is not None:
            chosen = self.choice.chosen()
            ticked = [line for line in batch.lines if line.code in set(chosen)]
            ids = frozenset(line.id for line in ticked)
            # Who ticks all wants all of another week too.
            self._wanted_squads = None if len(ids) == len(batch.lines) else ids
            if self._wanted_squads or self._kept_squads & _marks(ticked):
                # Another kind of sheet of the same squads is of those chosen here, also by way of sheets of places.
                self._kept_squads = _marks(ticked) if self._wanted_squads else frozenset()
            if not batch.lines:
                self.preview.show_nothing(tr("这时候没有这种表可打印。"))
            else:
                self.preview.show_sheets(batch, chosen, self.looks.look)
        self.work.forget()
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
        if not self.work.busy and any(changes.touches(kind) for kind in ABOUT):
            self._findings.forget()
            self.load()

    # Saving and printing

    async def _save(self) -> None:
        path = await self.picker.save(self, tr("保存 PDF"), self._suggestion(), tr("PDF 文件 (*.pdf)"))
        if path is None or self._batch is None:
            return
        self._desk.settings.set(FOLDER, str(path.parent))
        await self._attend(save_sheets(self._desk, self.work, self._batch, self.choice.chosen(), self.looks.look, path))

    async def _print(self) -> None:
        from patrol_desk.ui.dialogs.printing.outlet import SystemOutlet

        outlet = self._outlet or SystemOutlet()
        self.warnings.no_printer.setVisible(not outlet.available())
        if not outlet.available():
            return
        printer = await outlet.printer(self, say(self.looks.kind.name))
        if printer is None or self._batch is None:
            return
        codes, look = self.choice.chosen(), self.looks.look
        await self._attend(send_sheets(self._desk, self.work, self._batch, codes, look, printer))

    async def _hand_on(self, form: Form, *, together: bool) -> None:
        folder = await self.picker.folder(self, tr("选择文件夹"), documents(self._desk.settings))
        if folder is None or self._batch is None:
            return
        self._desk.settings.set(FOLDER, str(folder))
        what = to_hand_on(self._batch, self.choice.chosen(), self.looks.look, form, together=together)
        await self._attend(hand_on_sheets(self._desk, self.work, what, folder))

    async def _attend(self, work: Coroutine[Any, Any, Outcome]) -> None:
        """Run what was begun; then remember the choice, and who no longer holds an outdated sheet."""
        batch = self._batch
        outcome = await attended(self.work, work, Message("print.progress"))
        if outcome is None or batch is None:
            return
        keep_choice(self._desk.settings, self.looks.option, self.looks.profile, self.looks.look)
        out = {sheet.subject for sheet in outcome.sheets}
        published = batch.version is not None and batch.version.state is PlanState.PUBLISHED
        if published and out & batch.held.keys() and self._batch is batch:
            self._batch = replace(batch, held={code: one for code, one in batch.held.items() if code not in out})
            self.choice.show_batch(self._batch, self.choice.chosen())
            self.warnings.show_of(self._batch, self._missing)

    def _open_township(self) -> None:
        """Go on with several kinds at once: this dialog gives way to the other."""
        from patrol_desk.ui.dialogs.printing.township import open_township

        desk, picker, outlet = self._desk, self.picker, self._outlet
        self.reject()
        open_township(desk, Week.of(self._day), picker=picker, outlet=outlet)

    def _suggestion(self) -> Path:
        assert self._batch is not None
        return documents(self._desk.settings) / file_name(self._batch, self.choice.chosen())

    # What the foot says

    def _be_busy(self, busy: bool) -> None:
        self.choice.setEnabled(not busy)
        self._say_foot()
        if not busy:
            self.save_button.setFocus()

    def _say_foot(self) -> None:
        count = len(self.choice.chosen()) if self._batch is not None else 0
        self.work.idle(tr("将打印 {count} 张", count=count * self.looks.look.copies) if count else "")
        for button in (self.save_button, self.print_button, self.hand_on_button):
            button.setEnabled(count > 0 and not self.work.busy)
        self.township_button.setEnabled(not self.work.busy)
        self.hand_on_button.offer(FORMS.get(self.looks.kind.id, ()))

    def _say_when(self) -> None:
        words, span, turns = when_text(self.looks.kind, self._day)
        self.looks.show_when(words, span, turns=turns)


def _marks(lines: "Sequence[Line]") -> frozenset[str]:
    """Return ids and codes of sheets: kinds of sheets know a squad by one or the other."""
    return frozenset(mark for line in lines for mark in (line.id, line.code))
