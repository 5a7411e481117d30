"""The kinds of record that the page has a tab for; the names are also those of `Target.detail["kind"]`."""

from typing import Final

from patrol_desk.ui.i18n import tr

CHECKPOINTS: Final = "checkpoints"
MUSTERS: Final = "muster_points"
AREAS: Final = "priority_areas"
PERIODS: Final = "security_periods"
COMMUNITIES: Final = "communities"
CELLS: Final = "grid_cells"


def kind_title(kind: str) -> str:
    """Return the words of a tab."""
    return {
        CHECKPOINTS: tr("执勤点"),
        MUSTERS: tr("召集点"),
        AREAS: tr("重点片区"),
        PERIODS: tr("重点时段"),
        COMMUNITIES: tr("社区|several"),
        CELLS: tr("网格|several"),
    }[kind]


def new_title(kind: str) -> str:
    """Return the words of the button that makes a new record."""
    return {
        CHECKPOINTS: tr("新增点位"),
        MUSTERS: tr("新增召集点"),
        AREAS: tr("新增片区"),
        PERIODS: tr("新增时段"),
        COMMUNITIES: tr("新增社区"),
        CELLS: tr("新增网格"),
    }[kind]
