"""Rows are on disk as soon as they are there, and are taken up again only by the same state of the engine."""

import json
from pathlib import Path

import pytest

from patrol_desk.bench import kept
from patrol_desk.bench.jobs import Job
from patrol_desk.bench.kept import KeptRows
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.messages.render import render

JOB = Job("solver", "small", 3, 0.5, 15.0)


def test_rows_are_found_again(tmp_path: Path) -> None:
    """The next run knows what is done, and failed runs are not done."""
    path = tmp_path / "new" / "rows.jsonl"
    rows = KeptRows(path)
    rows.add(JOB, {"gap": 0.01})
    rows.add(Job("solver", "small", 4, 0.5, 15.0), {"failed": "exit code 1"})
    again = KeptRows(path)
    assert set(again.rows) == {JOB.key}
    assert again.rows[JOB.key]["gap"] == 0.01
    assert again.rows[JOB.key]["limit"] == 15.0


def test_a_half_written_line_is_forgotten(tmp_path: Path) -> None:
    """A run that was ended while it wrote leaves a line without an end; the file goes on after the last whole one."""
    path = tmp_path / "rows.jsonl"
    KeptRows(path).add(JOB, {"gap": 0.01})
    with path.open("a", encoding="utf-8") as file:
        file.write('{"key": "solver/sm')
    again = KeptRows(path)
    assert set(again.rows) == {JOB.key}
    again.add(Job("growth", "large", 0), {"gap": 0.02})
    assert [json.loads(line).get("gap") for line in path.read_text(encoding="utf-8").splitlines()] == [None, 0.01, 0.02]


def test_rows_of_another_state_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of two states of the engine are never mixed, neither when a file is taken up nor in the middle of a run."""
    path = tmp_path / "rows.jsonl"
    rows = KeptRows(path)
    monkeypatch.setattr(kept, "sources_digest", lambda: "other")
    with pytest.raises(InvalidDataError) as changed:
        rows.add(JOB, {})
    with pytest.raises(InvalidDataError):
        KeptRows(path)
    assert "rows.jsonl" in render(changed.value.message, "en")


@pytest.mark.parametrize("text", ["no JSON\n", "[]\n", ""])
def test_a_file_of_something_else_is_refused(tmp_path: Path, text: str) -> None:
    """A file that is no bench's is told, and left as it is."""
    path = tmp_path / "notes.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidDataError):
        KeptRows(path)
    assert path.read_text(encoding="utf-8") == text
