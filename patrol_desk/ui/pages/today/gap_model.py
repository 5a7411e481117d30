"""The list of gaps: what is missing where, and who would fill it best."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from patrol_desk.services.today import TodayGap
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.today.words import near_day_text, shift_text

if TYPE_CHECKING:
    from patrol_desk.services.planning.board import Candidate, Candidates

Key = tuple[str, str, date]
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Found:
    """Who could fill a gap: the best few, and how many a rule keeps away."""

    ranked: "tuple[Candidate, ...]"
    blocked: int

    @classmethod
    def of(cls, candidates: "Candidates") -> "Found":
        """Keep what the list shows."""
        return cls(candidates.ranked[:8], candidates.blocked_count)


class GapModel(QAbstractListModel):
    """Gaps in order, each with its candidates once they have been looked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.gaps: tuple[TodayGap, ...] = ()
        self.today: date | None = None
        self._found: dict[Key, Found] = {}

    def show_gaps(self, gaps: Sequence[TodayGap], today: date) -> None:
        """Show other gaps; nobody has been looked for yet."""
        self.beginResetModel()
        self.gaps, self.today = tuple(gaps), today
        self._found = {}
        self.endResetModel()

    def found(self, gap: TodayGap) -> Found | None:
        """Return who could fill a gap; None while nobody has looked."""
        return self._found.get(gap.key)

    def keep(self, gap: TodayGap, found: Found) -> None:
        """Keep who could fill a gap."""
        self._found[gap.key] = found
        row = next((number for number, other in enumerate(self.gaps) if other.key == gap.key), -1)
        if row >= 0:
            self.dataChanged.emit(self.index(row), self.index(row))

    def best(self, gap: TodayGap) -> "Candidate | None":
        """Return the best candidate, as far as somebody has looked."""
        found = self._found.get(gap.key)
        return found.ranked[0] if found and found.ranked else None

    def row_of(self, key: Key) -> int:
        """Return the row of a gap; -1 when it is not listed."""
        return next((number for number, gap in enumerate(self.gaps) if gap.key == key), -1)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self.gaps)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        gap = self.gaps[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{gap.place.name} {self.when(gap)} {lack_text(gap)} {self.who(gap)}".strip()
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(gap)
        return None

    def when(self, gap: TodayGap) -> str:
        """Return day and hours of a gap."""
        return f"{near_day_text(gap.shift.on_date, self.today or gap.shift.on_date)} {shift_text(gap.shift)}"

    def who(self, gap: TodayGap) -> str:
        """Return who would fill a gap best, or why nobody can."""
        found = self._found.get(gap.key)
        if found is None:
            return ""
        if not found.ranked:
            return tr("没有可安排的人，{count} 人被规则挡住", count=found.blocked)
        best = found.ranked[0]
        return " · ".join([f"{best.name} {best.squad}", *(say(chip.text) for chip in best.chips)])

    def _tip(self, gap: TodayGap) -> str:
        lines = [gap.place.name, tr("最低 {minimum} 人，期望 {desired} 人", minimum=gap.post.minimum,
                                     desired=gap.post.desired)]  # fmt: skip
        lines += [say(kind) for kind in gap.kinds]
        best = self.best(gap)
        if best is not None:
            lines += ["", best.name, *(say(reason) for reason in best.reasons)]
        return "\n".join(lines)


def lack_text(gap: TodayGap) -> str:
    """Return heads of desired heads and how many are missing."""
    count = f"{gap.post.heads}/{gap.post.desired}"
    if gap.red:
        return f"{count} · {tr('缺 {count}', count=gap.missing)}"
    return f"{count} · {tr('可补 {count}', count=gap.missing)}"
