"""What holds for every page of every sheet."""

from collections.abc import Iterator
from itertools import combinations

from patrol_desk.printing.layout.tree import GREYEST_FILL, MM_PER_POINT, Area, Hatch, Page, Panel, Rule, TextRun


def inked(run: TextRun) -> Area:
    """Return the area that a text run may blacken: from its ascent to its descent, a hair's breadth less."""
    em = run.size * MM_PER_POINT
    return Area(run.x + 0.01, run.baseline - 0.86 * em, run.width - 0.02, 0.96 * em)


def overlap(one: Area, other: Area) -> bool:
    """Say whether two areas have a part in common."""
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def near(runs: tuple[TextRun, ...]) -> Iterator[tuple[TextRun, TextRun]]:
    """Yield the pairs of runs whose heights on the page are close enough to touch."""
    by_band: dict[int, list[TextRun]] = {}
    for run in runs:
        for band in (int(run.baseline // 8), int(run.baseline // 8) + 1):
            by_band.setdefault(band, []).append(run)
    for close in by_band.values():
        yield from combinations(close, 2)


def clashes(page: Page) -> list[tuple[str, str]]:
    """Return the pairs of texts that are printed over each other."""
    return [(one.text, other.text) for one, other in near(page.texts()) if overlap(inked(one), inked(other))]


def outside(page: Page, edge: float) -> list[str]:
    """Return the texts that leave their room, and whatever leaves the paper but for its white edge."""
    found = []
    for run in page.texts():
        area, room = inked(run), run.room
        inside = room.x - 0.001 <= run.x and run.x + run.width <= room.right + 0.001
        tall = room.y - 0.35 <= area.y and area.bottom <= room.bottom + 0.35
        paper = edge <= run.x and run.x + run.width <= page.width - edge and edge <= area.y
        if not (inside and tall and paper and area.bottom <= page.height - edge):
            found.append(run.text)
    rules = [item for item in page.items if isinstance(item, Rule)]
    found.extend(repr(rule) for rule in rules if not (edge <= rule.x1 and rule.x2 <= page.width - edge))
    return found


def black_and_white(page: Page) -> bool:
    """Say whether shading is at most seven hundredths of ink and white text stands on black only."""
    panels = [item for item in page.items if isinstance(item, Panel)]
    hatches = [item for item in page.items if isinstance(item, Hatch)]
    black = [panel.area for panel in panels if panel.fill == 1.0]
    white = [run for run in page.texts() if run.ink == "white"]
    return (
        all(panel.fill in {0.0, GREYEST_FILL, 1.0} for panel in panels)
        and all(hatch.width * 2**0.5 / hatch.pitch <= GREYEST_FILL for hatch in hatches)
        and all(any(overlap(inked(run), area) for area in black) for run in white)
    )
