"""The lines of a list, each with a tick and what becomes of it."""

from patrol_desk.services.people.enrol import Line, LineKind
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.itemmodels.rows import Column, RowsModel, tick_column
from patrol_desk.ui.pages.people.enrol.words import KINDS, TONES, line_text
from patrol_desk.ui.pages.people.words import ROLES
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.table import DataTable


class LineTable(DataTable):
    """Lines to tick; Space ticks, a line that is wrong cannot be ticked.

    Parameters
    ----------
    theme
        Gives colours, fonts and sizes.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setObjectName("enrol_lines")
        self.lines: RowsModel[Line] = RowsModel(_columns(), self)
        self.set_rows_model(self.lines)
        self.lines.ticks.changed.connect(self._refuse_bad)
        self.retranslate()

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show lines; all that need no second thought are ticked: whoever has another squad is not."""
        self.lines.set_rows(lines)
        self.lines.ticks.set(line.id for line in lines if line.kind is not LineKind.BAD and not line.squad)

    def go_to_wrong(self) -> None:
        """Go to the first line that is wrong, or else to somebody on the books."""
        order = {LineKind.BAD: 0, LineKind.KNOWN: 1, LineKind.NEW: 2}
        first = min(self.lines.all_rows(), key=lambda line: (order[line.kind], line.line), default=None)
        if first is not None:
            self.go_to(first.id)

    def joining(self) -> list[Line]:
        """Return the ticked lines."""
        return [line for line in self.lines.all_rows() if line.id in self.lines.ticks]

    def _refuse_bad(self) -> None:
        bad = {line.id for line in self.lines.all_rows() if line.kind is LineKind.BAD}
        if bad & self.lines.ticks.ids():
            self.lines.ticks.put(bad, on=False)

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self.setAccessibleName(tr("名单的各行"))


def _columns() -> list[Column[Line]]:
    return [
        tick_column(),
        Column("line", lambda: tr("行|名单"), 48, lambda row: str(row.line), lambda row: row.line, align="right",
               role="muted"),
        Column("name", lambda: tr("姓名"), 100, lambda row: row.name, lambda row: row.name, role="strong"),
        Column("phone", lambda: tr("电话"), 110, lambda row: row.phone or "—", role="secondary"),
        Column("role", lambda: tr("职务"), 76, lambda row: ROLES[row.role](), lambda row: list(ROLES).index(row.role)),
        Column("kind", lambda: tr("情况"), 84, lambda row: KINDS[row.kind](), lambda row: list(KINDS).index(row.kind),
               chip=lambda row: TONES[row.kind]),
        Column("text", lambda: tr("说明"), 240, line_text, tip=line_text, tone=_tone, stretch=True),
    ]  # fmt: skip


def _tone(line: Line) -> str:
    return "red" if line.problems else "text2" if line.twin is not None else "amber"
