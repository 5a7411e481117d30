"""A row of rules.csv that cannot be right is kept out with the column that says why."""

from datetime import date

import pytest

from patrol_desk.models import OverrideBy, RuleStrength
from patrol_desk.sync.checks import row_faults
from patrol_desk.sync.kinds import References, WriteContext
from patrol_desk.sync.tables import table_named
from patrol_desk.sync.writing.tables import table_cells


def faults(table: str, **given: object) -> set[tuple[str, str]]:
    """Return column and code of what is wrong with a row."""
    spec = table_named(table)
    values = tuple(given.get(column.name) for column in spec.columns)
    return {(column, fault.code) for column, fault in row_faults(spec, values)}


@pytest.mark.parametrize(
    "row",
    [
        {"code": "rest_minutes", "number": 660},
        {"code": "reach_m", "checkpoint_kind": "joint_gate", "strength": RuleStrength.HARD, "number": 9000},
        {"code": "official", "checkpoint_kind": "joint_gate", "strength": RuleStrength.HARD},
        {"code": "care_near", "number": 3},
        {"code": "insured"},
        {"code": "rest_minutes", "strength": RuleStrength.HINT, "who": OverrideBy.CHIEF, "since": date(2026, 11, 30)},
    ],
)
def test_a_row_that_can_be_is_taken(row: dict[str, object]) -> None:
    """Files that say only code and number are among them."""
    assert faults("rules", **row) == set()


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"code": "reach"}, ("code", "import.rule_unknown")),
        ({"code": "cap_day", "checkpoint_kind": "joint_gate"}, ("checkpoint_kind", "import.rule_not_by_kind")),
        (
            {"code": "novice_days", "checkpoint_kind": "joint_gate", "number": 30},
            ("number", "import.rule_not_by_kind"),
        ),
        ({"code": "cap_day", "strength": RuleStrength.OFF}, ("strength", "import.rule_strength")),
        ({"code": "cap_day", "number": 9}, ("number", "import.rule_number")),
        ({"code": "insured", "number": 1}, ("number", "import.rule_number")),
        ({"code": "care_near", "number": 0}, ("number", "import.rule_number")),
        ({"code": "insured", "who": OverrideBy.CHIEF}, ("who", "import.rule_who")),
        (
            {"code": "reach_m", "checkpoint_kind": "joint_gate", "who": OverrideBy.CHIEF},
            ("who", "import.rule_not_by_kind"),
        ),
        ({"code": "cap_day", "number": 2, "since": date(2026, 12, 1)}, ("since", "import.rule_since")),
    ],
)
def test_a_row_that_cannot_be_right_is_kept_out(row: dict[str, object], fault: tuple[str, str]) -> None:
    """The fault stands at the column that has to change."""
    assert faults("rules", **row) == {fault}


def test_pairs_are_of_two_people_and_a_neighbour_holds_no_more_than_the_minimum() -> None:
    """What no plan could mean is not taken in."""
    assert faults("person_pairs", person_id="a", other_id="a") == {("other_id", "import.pair_with_self")}
    assert faults("demand", minimum=1, desired=2, held=2) == {("held", "import.held_over_minimum")}
    assert faults("demand", minimum=2, desired=2, held=2) == set()


def test_a_change_to_come_is_written_after_what_holds_now() -> None:
    """A setting without a date and one with a date are told apart by it, and sorted by it."""
    spec = table_named("rules")
    days = (date(2026, 12, 14), None, date(2026, 11, 30))
    rows = [
        tuple(
            {"id": f"r{number}", "code": "cap_day", "number": 1, "since": day}.get(column.name)
            for column in spec.columns
        )
        for number, day in enumerate(days)
    ]
    headings, cells = table_cells(spec, rows, WriteContext("zh", References()))
    at = headings.index("生效日期")
    assert [row[at] for row in cells] == ["", "2026-11-30", "2026-12-14"]
