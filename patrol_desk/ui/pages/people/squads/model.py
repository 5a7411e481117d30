"""The list of groups as a model: headings with figures, and the groups found under them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from patrol_desk.services.finding.keys import matcher
from patrol_desk.services.people.squads import GroupKind, GroupLine
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.people.squads.words import count_text, form_text, head_text, shortage_text, vacancy_text
from patrol_desk.ui.pages.people.words import listed

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE: Final = Qt.ItemDataRole.UserRole
"""Gives the `GroupLine`, or None for a heading."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Figures over the groups of a kind, of those found."""

    kind: GroupKind
    groups: int
    members: int
    vacancies: int

    def text(self) -> str:
        """Return the heading in words."""
        title = tr("义警小组") if self.kind == "squad" else tr("先莞队")
        figures = [tr("{count} 队", count=self.groups), tr("{count} 人", count=self.members)]
        if self.vacancies:
            figures.append(tr("缺 {count}", count=self.vacancies))
        return f"{title}  {' · '.join(figures)}"


class GroupModel(QAbstractListModel):
    """Groups under a heading per kind, narrowed while one types."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[GroupLine, ...] = ()
        self._keys: dict[str, str] = {}
        self._rows: list[Heading | GroupLine] = []
        self.query = ""
        self.wanted: Callable[[GroupLine], bool] | None = None

    def set_lines(self, lines: Sequence[GroupLine]) -> None:
        """Show these groups."""
        self._lines = tuple(lines)
        self._renew()

    def set_members(self, keys: Iterable[tuple[str, str]]) -> None:
        """Let groups be found by their members: (group id, search key), prepared once."""
        found: dict[str, list[str]] = {}
        for group, key in keys:
            found.setdefault(group, []).append(key)
        self._keys = {group: "".join(parts) for group, parts in found.items()}

    def find(self, query: str) -> None:
        """Show only groups whose name, code, leader or member is found."""
        self.query = query
        self._renew()

    def only(self, wanted: Callable[[GroupLine], bool] | None) -> None:
        """Show only groups for which the predicate holds."""
        self.wanted = wanted
        self._renew()

    def lines(self) -> Sequence[GroupLine]:
        """Return all groups, shown or not."""
        return self._lines

    def shown(self) -> list[GroupLine]:
        """Return the groups shown."""
        return [row for row in self._rows if isinstance(row, GroupLine)]

    def line_at(self, index: Index) -> GroupLine | None:
        """Return the group of an index; None for a heading."""
        row = self._rows[index.row()] if index.isValid() else None
        return row if isinstance(row, GroupLine) else None

    def place_of(self, group_id: str) -> int | None:
        """Return the place of a group that is shown."""
        return next(
            (place for place, row in enumerate(self._rows) if isinstance(row, GroupLine) and row.id == group_id), None
        )

    def _renew(self) -> None:
        self.beginResetModel()
        found, wanted, keys = matcher(self.query), self.wanted, self._keys
        shown = [
            line
            for line in self._lines
            if (wanted is None or wanted(line)) and (found(line.search) or found(keys.get(line.id, "")))
        ]
        self._rows = []
        for kind in ("squad", "team"):
            of_kind = [line for line in shown if line.kind == kind]
            if of_kind:
                self._rows.append(_heading(of_kind))
                self._rows.extend(of_kind)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default, never changed.
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == LINE_ROLE:
            return row if isinstance(row, GroupLine) else None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row.text() if isinstance(row, Heading) else _said(row)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, GroupLine):
            return " · ".join(part for part in (f"{row.code} {row.name}", form_text(row)) if part)
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.line_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _heading(lines: Sequence[GroupLine]) -> Heading:
    members, vacancies = sum(line.members for line in lines), sum(line.vacancies for line in lines)
    return Heading(lines[0].kind, len(lines), members, vacancies)


def _said(line: GroupLine) -> str:
    words = [line.name, head_text(line), tr("{count} 人", count=count_text(line)), vacancy_text(line), form_text(line)]
    return listed([word for word in (*words, shortage_text(line)) if word])
