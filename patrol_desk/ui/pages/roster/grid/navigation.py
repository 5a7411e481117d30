"""Where the keys lead in the grid: over checkpoints, over folded heads, past unfolded ones."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt

from patrol_desk.ui.pages.roster.grid.lines import Lines

Folded = Callable[[int], bool]

_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


def stops(lines: Lines, folded: Folded) -> list[int]:
    """Return the lines the keys stop at: visible checkpoints and the heads of folded groups."""
    return [number for number in range(len(lines)) if lines[number].head == folded(lines[number].group)]


def moved(places: Sequence[int], line: int, by: int) -> int:
    """Return the stop that many stops further down (up when negative), held at the ends.

    Parameters
    ----------
    places
        Lines the keys stop at, ascending, at least one.
    line
        Where the keys are; on no stop, the next one below counts as where they are.
    by
        Stops to go.
    """
    at = next((number for number, place in enumerate(places) if place >= line), len(places) - 1)
    return places[max(0, min(len(places) - 1, at + by))]


def way(key: int, *, ctrl: bool, page: int, lines: int) -> tuple[int, int, int | None] | None:
    """Return what a key means: lines down, shifts to the right, and the end it goes to (0 first, -1 last shift).

    Parameters
    ----------
    key
        Qt's number of the key.
    ctrl
        Whether Ctrl is held: Home and End then go to the corners.
    page
        Lines of a page.
    lines
        Lines of the grid.

    Returns
    -------
    tuple or None
        None when the key does not move.
    """
    if key in _ARROWS:
        down, right = _ARROWS[Qt.Key(key)]
        return down, right, None
    if key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
        return (page if key == Qt.Key.Key_PageDown else -page), 0, None
    if key == Qt.Key.Key_Home:
        return (-lines if ctrl else 0), 0, 0
    if key == Qt.Key.Key_End:
        return (lines if ctrl else 0), 0, -1
    return None
