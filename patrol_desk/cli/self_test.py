"""Everything once on this machine: encrypted file, import, solver, checker, PDF, doctor."""

import argparse
import json
import platform
import secrets
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from patrol_desk.cli.command import Command, Words
from patrol_desk.cli.context import Context
from patrol_desk.cli.stations import make_demo
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week

if TYPE_CHECKING:
    from patrol_desk.security.keys import KeySource
    from patrol_desk.services.station import Station

MOVES = 20_000
"""Enough for the search to run through all its kinds of move on the small sample."""

Figures = dict[str, object]


@dataclass(slots=True)
class Trial:
    """One self-test: its folder, with a name that is not ASCII, and what it found.

    Parameters
    ----------
    context
        The command.
    folder
        Where everything is made.
    passphrase
        Of the encrypted station; made up for this trial.
    week
        Week of the sample.
    """

    context: Context
    folder: Path
    passphrase: str = field(default_factory=lambda: secrets.token_urlsafe(18), repr=False)
    week: Week = field(default_factory=lambda: Week(2026, 48))

    def sample(self) -> Figures:
        """Make the small sample and export it."""
        from patrol_desk.services.exporting import export_folder
        from patrol_desk.services.station import Station

        made = make_demo(self.context, self.folder / "样例.db", "small", 1)
        self.week = Week.parse(str(made["week"]))
        with Station.open(self.folder / "样例.db") as station:
            report = export_folder(station, station.system_actor(), self.folder / "导出")
        return {"people": made["people"], "rows": report.rows}

    def database(self) -> Figures:
        """Make an encrypted station's file and open it again."""
        from patrol_desk.services.station import Station

        Station.create(self.station_file, self.key()).close()
        with self.opened() as station:
            return {"encrypted": station.database.encrypted}

    def imported(self) -> Figures:
        """Import the exported files into the encrypted station."""
        from patrol_desk.services.importing import ImportOptions, import_folder

        with self.opened() as station:
            report = import_folder(station, station.system_actor(), self.folder / "导出", ImportOptions())
        added = sum(table.added for table in report.tables)
        rejected = sum(table.rejected for table in report.tables)
        _insist(added > 0 and rejected == 0, "import")
        return {"added": added, "rejected": rejected}

    def planned(self) -> Figures:
        """Plan the week in the engine's own process."""
        from patrol_desk.engine.solve import SolveOptions
        from patrol_desk.services.planning.publish import publish
        from patrol_desk.services.planning.run import plan_week

        with self.opened() as station:
            actor = station.system_actor()
            figures = plan_week(station, actor, self.week, SolveOptions(seed=1, moves=MOVES)).figures
            publish(station, actor, self.week)
        _insist(figures.filled > 0, "plan")
        return {"seats": figures.seats, "shortage": figures.shortage, "shortage_bound": figures.shortage_bound}

    def checked(self) -> Figures:
        """Check the plan with the independent checker."""
        from patrol_desk.services.planning.check import check_week

        with self.opened() as station:
            found = check_week(station, station.system_actor(), self.week)
        _insist(not found.violations, "check")
        return {"violations": len(found.violations), "shortage_bound": found.report.shortage_bound}

    def printed(self) -> Figures:
        """Print every squad's week."""
        from patrol_desk.printing import print_squad_weeks
        from patrol_desk.services.sheets import SheetChoice, squad_weeks

        with self.opened() as station:
            sheets = squad_weeks(station, station.system_actor(), self.week, SheetChoice())
        done = print_squad_weeks(sheets, self.folder / "排班表.pdf")
        _insist(done.pages >= len(sheets) > 0, "print")
        return {"pages": done.pages, "bytes": done.bytes}

    def examined(self) -> Figures:
        """Back the file up and let the doctor look at it."""
        from patrol_desk.services.doctor import doctor

        with self.opened() as station:
            actor = station.system_actor()
            station.backup(actor)
            report = doctor(station, actor)
        _insist(report.healthy, "doctor")
        return {"checks": len(report.checks)}

    @property
    def station_file(self) -> Path:
        """The encrypted station's file."""
        return self.folder / "本站.db"

    def key(self) -> "KeySource":
        """Return where the trial's key comes from."""
        from patrol_desk.security.keys import KeySource, default_key_file

        return KeySource(default_key_file(self.station_file), lambda: self.passphrase)

    def opened(self) -> "Station":
        """Open the encrypted station."""
        from patrol_desk.services.station import Station

        return Station.open(self.station_file, self.key())


def _insist(holds: bool, stage: str) -> None:
    if not holds:
        raise PatrolError(Message("cli.self_test_wrong", {"stage": Message(f"cli.stage.{stage}")}))


def _configure(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("out", metavar="OUT", help=words("cli.opt.out_folder"))


def _self_test(context: Context) -> int:
    out = Path(context.args.out)
    folder = out / "自检"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    trial = Trial(context, folder)
    stages: tuple[tuple[str, Callable[[], Figures]], ...] = (
        ("sample", trial.sample),
        ("database", trial.database),
        ("import", trial.imported),
        ("plan", trial.planned),
        ("check", trial.checked),
        ("print", trial.printed),
        ("doctor", trial.examined),
    )
    report: dict[str, object] = {"python": platform.python_version(), "system": platform.platform()}
    passed = True
    for name, stage in stages:
        report[name] = found = _run(context, name, stage)
        passed = found["result"] == "ok"
        if not passed:
            break
    report["passed"] = passed
    (out / "self-test.json").write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    context.say("cli.self_test_done", out=out / "self-test.json")
    return 0 if passed else 1


def _run(context: Context, name: str, stage: Callable[[], Figures]) -> Figures:
    begun = time.perf_counter()
    try:
        found: Figures = {"result": "ok", **stage()}
    except PatrolError as error:
        found = {"result": "failed", "why": context.words(error.message)}
    found["seconds"] = round(time.perf_counter() - begun, 2)
    result = Message("cli.ok") if found["result"] == "ok" else Message("cli.failed", {"why": found["why"]})
    context.say("cli.self_test_stage", stage=Message(f"cli.stage.{name}"), result=result, seconds=found["seconds"])
    return found


COMMANDS = (Command("self-test", "cli.help.self_test", _configure, _self_test),)
