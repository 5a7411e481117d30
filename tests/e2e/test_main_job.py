"""The whole job by the command line: files in, week planned, checked, published, printed, files out."""

import json
import os
import threading
from pathlib import Path

import pypdfium2
import pytest

from patrol_desk.__main__ import main

PASSPHRASE = "莞溪 2026 晚风 Patrol"
FIGURES = {
    "seats",
    "filled",
    "shortage",
    "shortage_bound",
    "exact",
    "cost",
    "cost_bound",
    "gap",
    "gap_rest",
    "single_squad_share",
    "seconds",
    "first_plan_seconds",
    "peak_mb",
    "seed",
    "moves",
}


class Desk:
    """Runs commands of the program and reads their JSON."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def run(self, *argv: object) -> dict[str, object]:
        """Run one command that must succeed; return its figures."""
        code = main([str(word) for word in argv] + ["--json"])
        shown = self._capsys.readouterr()
        assert code == 0, shown.err
        found = json.loads(shown.out)
        assert isinstance(found, dict)
        return found

    def forget(self) -> None:
        """Drop what a command without JSON said."""
        self._capsys.readouterr()

    def key(self) -> tuple[str, str]:
        """Return the arguments that hand over the passphrase by a file descriptor."""
        reading, writing = os.pipe()

        def speak() -> None:
            with os.fdopen(writing, "w", encoding="utf-8") as pipe:
                pipe.write(PASSPHRASE + "\n")

        threading.Thread(target=speak).start()
        return ("--passphrase-fd", str(reading))


@pytest.fixture
def desk(capsys: pytest.CaptureFixture[str]) -> Desk:
    """Give the program."""
    return Desk(capsys)


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by name."""
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_from_files_to_a_printed_week(desk: Desk, tmp_path: Path) -> None:
    """An encrypted station takes a township in, plans, checks, publishes, prints and gives the same files back."""
    sample, station = tmp_path / "样例.db", tmp_path / "本站.db"
    desk.run("demo", "--size", "small", "--seed", 3, "--db", sample)
    desk.run("export", tmp_path / "文件", "--db", sample)
    assert main(["new", "--db", str(station), *desk.key()]) == 0
    desk.forget()
    came = desk.run("import", tmp_path / "文件", "--db", station, *desk.key())
    _every_row_is_accounted_for(came)

    planned = desk.run("plan", "--db", station, "--week", "2026-W48", "--moves", 20_000, *desk.key())
    assert planned.keys() >= FIGURES
    assert planned["shortage"] == planned["shortage_bound"]
    checked = desk.run("check", "--db", station, "--week", "2026-W48", *desk.key())
    assert checked["violations"] == []
    for figure in ("seats", "filled", "shortage", "shortage_bound", "cost", "single_squad_share"):
        assert checked[figure] == planned[figure], figure

    desk.run("publish", "--db", station, "--week", "2026-W48", *desk.key())
    pdf = tmp_path / "排班表.pdf"
    printed = desk.run("print", "squad-week", "--db", station, "--week", "2026-W48", "--out", pdf, *desk.key())
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == printed["pages"]
        assert "莞溪镇义警执勤排班表" in document[0].get_textpage().get_text_range()

    desk.run("export", tmp_path / "再导出", "--db", station, *desk.key())
    assert files_of(tmp_path / "再导出") == files_of(tmp_path / "文件")


def _every_row_is_accounted_for(came: dict[str, object]) -> None:
    tables = came["tables"]
    assert isinstance(tables, dict)
    assert tables
    for table in tables.values():
        assert table["read"] == table["added"] + table["changed"] + table["same"] + table["rejected"]
        assert table["rejected"] == 0


def test_the_sample_week_needs_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a first start without a display does: twice in a row, so an earlier sample is no obstacle."""
    for _ in range(2):
        assert main(["sample-week", "--out", str(tmp_path), "--size", "small", "--moves", "1000"]) == 0
    assert str(tmp_path / "squad-weeks-2026-W48.pdf") in capsys.readouterr().out
    with pypdfium2.PdfDocument(tmp_path / "squad-weeks-2026-W48.pdf") as document:
        assert len(document) >= 24


def test_a_real_station_in_the_samples_place_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only a sample is made anew; a station's file is never removed."""
    station = tmp_path / "sample-township.db"
    assert main(["new", "--db", str(station), "--plain"]) == 0
    held = station.read_bytes()
    assert main(["sample-week", "--out", str(tmp_path), "--size", "small"]) == 1
    assert station.read_bytes() == held
    assert "sample-township.db" in capsys.readouterr().err


def test_the_self_test_passes(tmp_path: Path) -> None:
    """Encrypted file in a non-ASCII path, import, plan, check, print and doctor on this machine."""
    assert main(["self-test", str(tmp_path)]) == 0
    report = json.loads((tmp_path / "self-test.json").read_text(encoding="utf-8"))
    assert report["passed"] is True


def test_the_engine_works_without_a_database(desk: Desk, tmp_path: Path) -> None:
    """Problem in, plan and certificate out; the checker recomputes every figure from the files."""
    from patrol_desk.engine.formats import write_problem
    from patrol_desk.samples.problems import tiny

    problem, plan, proof = tmp_path / "problem.json.gz", tmp_path / "plan.json", tmp_path / "certificate.json"
    write_problem(problem, tiny(1))
    solved = desk.run("engine", "solve", problem, "--out", plan, "--certificate", proof, "--moves", 2000)
    checked = desk.run("engine", "check", problem, plan, "--certificate", proof)
    assert checked["violations"] == []
    for figure in ("shortage", "shortage_bound", "cost", "cost_bound"):
        assert checked[figure] == solved[figure], figure
