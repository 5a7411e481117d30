"""The lines of the grid: the head of each community and, below it, its checkpoints."""

from dataclasses import dataclass

from patrol_desk.services.planning.board import Board


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a community's head when `row` is negative, else a checkpoint."""

    group: int
    row: int

    @property
    def head(self) -> bool:
        """Whether the line is a community's head."""
        return self.row < 0


class Lines:
    """What stands on which line, and back; a line's number stays the same when groups fold.

    Parameters
    ----------
    board
        Gives groups and rows; None: no lines.
    """

    def __init__(self, board: Board | None) -> None:
        lines: list[Line] = []
        self._of_row: list[int] = []
        self._heads: list[int] = []
        for number, group in enumerate(board.groups if board is not None else ()):
            self._heads.append(len(lines))
            lines.append(Line(number, -1))
            for row in range(group.first, group.first + group.count):
                self._of_row.append(len(lines))
                lines.append(Line(number, row))
        self._lines = tuple(lines)

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, line: int) -> Line:
        return self._lines[line]

    def of_row(self, row: int) -> int:
        """Return the line of a checkpoint."""
        return self._of_row[row]

    def head_of(self, group: int) -> int:
        """Return the line of a community's head."""
        return self._heads[group]

    def members(self, group: int) -> range:
        """Return the lines of a community's checkpoints."""
        first = self._heads[group] + 1
        last = self._heads[group + 1] if group + 1 < len(self._heads) else len(self._lines)
        return range(first, last)
