"""The hits as rows: a heading per kind, then its hits."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from patrol_desk.services.finding.entries import FindKind, Hit
from patrol_desk.ui.i18n import tr

Index = QModelIndex | QPersistentModelIndex
Row = tuple[FindKind, int] | Hit
"""A heading (kind and number of hits) or a hit."""

ICONS = {
    FindKind.CHECKPOINT: "map-pin",
    FindKind.MUSTER_POINT: "flag",
    FindKind.SQUAD: "users",
    FindKind.TEAM: "siren",
    FindKind.PERSON: "user-round",
    FindKind.COMMAND: "chevron-right",
}


def kind_text(kind: FindKind) -> str:
    """Return a kind's heading."""
    return {
        FindKind.CHECKPOINT: tr("点位"),
        FindKind.MUSTER_POINT: tr("召集点|标题"),
        FindKind.SQUAD: tr("义警小组"),
        FindKind.TEAM: tr("先莞队"),
        FindKind.PERSON: tr("人员"),
        FindKind.COMMAND: tr("命令"),
    }[kind]


class HitModel(QAbstractListModel):
    """Headings and hits."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show_hits(self, hits: Sequence[Hit], counts: Mapping[FindKind, int]) -> None:
        """List other hits; those of one kind stand together, under how many there are in all."""
        self.beginResetModel()
        self.rows = []
        for kind, members in groupby(hits, key=lambda hit: hit.entry.kind):
            self.rows += [(kind, counts[kind]), *members]
        self.endResetModel()

    def hit(self, row: int) -> Hit | None:
        """Return the hit of a row; None for a heading or no row."""
        found = self.rows[row] if 0 <= row < len(self.rows) else None
        return found if isinstance(found, Hit) else None

    def step(self, row: int, by: int) -> int:
        """Return the next row with a hit in a direction, the same row when there is none."""
        at = row + by
        while 0 <= at < len(self.rows):
            if isinstance(self.rows[at], Hit):
                return at
            at += by
        return row

    def first(self) -> int:
        """Return the first row with a hit; -1 without one."""
        return 1 if len(self.rows) > 1 else -1

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.hit(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        hit = self.hit(index.row())
        if hit is None:
            kind, count = self.rows[index.row()][:2]
            assert isinstance(kind, FindKind)
            return f"{kind_text(kind)} {count}"
        return f"{hit.entry.title} {detail_text(hit)}".strip()


def detail_text(hit: Hit) -> str:
    """Return the muted words at the right of a hit."""
    entry = hit.entry
    parts = [entry.code]
    if entry.kind in {FindKind.SQUAD, FindKind.TEAM}:
        parts = [tr("{count} 人", count=entry.members)]
        if entry.leader:
            parts.append(tr("组长 {name}", name=entry.leader) if entry.kind is FindKind.SQUAD else entry.leader)
    elif entry.kind is FindKind.PERSON:
        parts += [entry.phone]
    else:
        parts += [entry.place]
    return " · ".join(part for part in parts if part)
