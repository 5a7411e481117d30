"""The golden files: layout trees on record, one item a line.

Tests only read them. When a change of the layout is meant, ``python -m tests.printing.golden_files`` writes them anew,
and the difference is read before it is committed.
"""

from collections.abc import Callable
from pathlib import Path

from patrol_desk.printing.kinds import Laying, Look
from patrol_desk.printing.layout.canonical import canonical_lines
from patrol_desk.services.printed.content import PrintedSheet
from tests.printing import hard_kinds, specimens, specimens_of_kinds, specimens_overridden

FOLDER = Path(__file__).with_name("golden")
Case = tuple[Callable[[], PrintedSheet], Look]
_NEW = {name: make for name, make in specimens_of_kinds.ORDINARY.items() if name != "squad_week"}
_ENGLISH = ("sign_in", "slip", "change_slip", "availability", "place_list", "diagnosis")
CASES: dict[str, Case] = {
    "ordinary_zh": (specimens.ordinary, Look("zh")),
    "ordinary_en": (specimens.ordinary, Look("en")),
    "hard_zh": (specimens.hard, Look("zh")),
    "draft_for_display_zh": (specimens.draft_for_display, Look("zh")),
    **{f"{name}_zh": (make, Look("zh")) for name, make in _NEW.items()},
    **{f"{name}_en": (_NEW[name], Look("en")) for name in _ENGLISH},
    "place_list_large_en": (specimens_of_kinds.place_list, Look("en", scale=1.3)),
    "sign_in_large_en": (specimens_of_kinds.sign_in, Look("en", scale=1.3)),
    "squad_week_letter_margin_zh": (specimens.ordinary, Look("zh", "Letter", margin=12.0)),
    "squad_week_a3_large_en": (specimens.ordinary, Look("en", "A3", 1.3)),
    "squad_week_overridden_zh": (specimens_overridden.squad_week, Look("zh")),
    "sign_in_overridden_zh": (specimens_overridden.sign_in, Look("zh")),
    "sign_in_overridden_en": (specimens_overridden.sign_in, Look("en")),
    "slip_hard_zh": (hard_kinds.slip, Look("zh")),
    "change_slip_hard_zh": (hard_kinds.change_slip, Look("zh")),
    "diagnosis_no_gap_zh": (hard_kinds.diagnosis_no_gap, Look("zh")),
    "checkpoint_week_hard_zh": (hard_kinds.checkpoint_week, Look("zh")),
}


def golden(name: str) -> str:
    """Return the tree on record."""
    return (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8")


def tree(sheet: PrintedSheet, look: Look) -> str:
    """Return a sheet's tree as the present code lays it out."""
    return "\n".join(canonical_lines(Laying(sheet.KIND, look).pages(sheet))) + "\n"


def fresh(name: str) -> str:
    """Return the tree of a case as the present code lays it out."""
    make, look = CASES[name]
    return tree(make(), look)


if __name__ == "__main__":
    for case in CASES:
        (FOLDER / f"{case}.jsonl").write_text(fresh(case), encoding="utf-8", newline="\n")
