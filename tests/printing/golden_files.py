"""The golden files: layout trees on record, one item a line.

Tests only read them. When a change of the layout is meant, ``python -m tests.printing.golden_files`` writes them anew,
and the difference is read before it is committed.
"""

from collections.abc import Callable
from pathlib import Path

from patrol_desk.messages import Language
from patrol_desk.printing.layout.canonical import canonical_lines
from patrol_desk.printing.sheets.squad_week import SquadWeekLayout
from patrol_desk.services.sheet_data import SquadWeekSheet
from tests.printing import specimens

FOLDER = Path(__file__).with_name("golden")
CASES: dict[str, tuple[Callable[[], SquadWeekSheet], Language]] = {
    "ordinary_zh": (specimens.ordinary, "zh"),
    "ordinary_en": (specimens.ordinary, "en"),
    "hard_zh": (specimens.hard, "zh"),
    "draft_for_display_zh": (specimens.draft_for_display, "zh"),
}


def golden(name: str) -> str:
    """Return the tree on record."""
    return (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8")


def fresh(name: str) -> str:
    """Return the tree as the present code lays it out."""
    make, language = CASES[name]
    return "\n".join(canonical_lines(SquadWeekLayout(language).pages(make()))) + "\n"


if __name__ == "__main__":
    for case in CASES:
        (FOLDER / f"{case}.jsonl").write_text(fresh(case), encoding="utf-8", newline="\n")
