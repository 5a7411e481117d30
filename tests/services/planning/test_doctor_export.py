"""The doctor's findings leave the program as a file: whole, harmless in a spreadsheet, noted, for those who may."""

import csv
from pathlib import Path

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError
from patrol_desk.models import AuditEntry, Role
from patrol_desk.services.planning.doctor_export import export_findings
from patrol_desk.storage import queries
from patrol_desk.sync.errors import FileNotWrittenError
from tests.helpers.tiny import WEEK, Tiny


def noted(tiny: Tiny) -> list[object]:
    """Return how many rows each writing of findings noted."""
    with tiny.station.read() as session:
        rows = queries.many(session, AuditEntry, "number", action="export.findings", kind="")
    return [row.details["rows"] for row in rows if "rows" in row.details]


def test_findings_are_written_whole_and_noted(tiny: Tiny, chief: Actor, tmp_path: Path) -> None:
    """Read back row by row; a cell that a spreadsheet would compute is marked as text."""
    path = tmp_path / "诊断.csv"
    rows = [("缺口", "石桥市场 2 席"), ("最接近", "=1+1")]
    assert export_findings(tiny.station, chief, WEEK, ("类别", "在哪里"), rows, path).value == 2
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["类别", "在哪里"], ["缺口", "石桥市场 2 席"], ["最接近", "'=1+1"]]
    assert noted(tiny) == [2]


def test_what_cannot_be_written_is_said_and_not_noted(tiny: Tiny, chief: Actor, tmp_path: Path) -> None:
    """A folder stands in the way; who may not export is refused before anything is touched."""
    path = tmp_path / "诊断.csv"
    with pytest.raises(ForbiddenError):
        export_findings(tiny.station, Actor("v", "查看", Role.VIEWER), WEEK, ("类别",), [("缺口",)], path)
    assert not path.exists()
    path.mkdir()
    with pytest.raises(FileNotWrittenError):
        export_findings(tiny.station, chief, WEEK, ("类别",), [("缺口",)], path)
    assert noted(tiny) == []
