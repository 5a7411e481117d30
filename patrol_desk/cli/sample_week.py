"""The whole main job on the sample township: what a machine without a window does at the first start."""

import argparse
from pathlib import Path

from patrol_desk.cli.command import Command, Words
from patrol_desk.cli.context import Context
from patrol_desk.cli.plans import add_effort
from patrol_desk.cli.stations import make_demo
from patrol_desk.common.weeks import Week


def _configure(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("--out", default="out", metavar="FOLDER", help=words("cli.opt.out_folder"))
    parser.add_argument(
        "--size", choices=("small", "township", "large"), default="township", help=words("cli.opt.size")
    )
    parser.add_argument("--sample-seed", type=int, default=1, metavar="N", help=words("cli.opt.seed"))
    add_effort(parser, words)


def _sample_week(context: Context) -> int:
    from patrol_desk.cli.solving import options_of, reporter
    from patrol_desk.printing import print_squad_weeks, render_png
    from patrol_desk.services.planning.publish import publish
    from patrol_desk.services.planning.run import plan_week
    from patrol_desk.services.sheets import SheetChoice, squad_weeks
    from patrol_desk.services.station import Station

    folder = Path(context.args.out)
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / "sample-township.db"
    remove_sample(database)
    made = make_demo(context, database, context.args.size, context.args.sample_seed)
    context.say("cli.demo_made", **made)
    week = Week.parse(str(made["week"]))
    pdf = folder / f"squad-weeks-{week}.pdf"
    with Station.open(database) as station:
        actor = station.system_actor()
        outcome = plan_week(
            station,
            actor,
            week,
            options_of(context.args),
            progress=reporter(context),
            cancelled=context.stop_asked,
        )
        figures = outcome.figures
        context.say(
            "cli.planned",
            week=str(week),
            version=outcome.accepted.number,
            seats=figures.seats,
            filled=figures.filled,
            shortage=figures.shortage,
            seconds=figures.seconds,
        )
        publish(station, actor, week)
        sheets = squad_weeks(station, actor, week, SheetChoice())
    print_squad_weeks(
        sheets,
        pdf,
        lang=context.language,
        progress=context.progress,
        cancelled=context.stop_asked,
    )
    picture = folder / "squad-week.png"
    picture.write_bytes(render_png(sheets[0], lang=context.language))
    context.say("cli.sample_done", pdf=pdf, db=database, picture=picture)
    context.say("cli.sample_plain")
    return 0


def remove_sample(database: Path) -> None:
    """Remove the sample that an earlier start made here; any other file is left and refused later."""
    from patrol_desk.services.station import Station
    from patrol_desk.storage.marker import Marker

    if not database.exists():
        return
    with Station.open(database) as station:
        marker = station.marker
    if marker is Marker.SAMPLE:
        for file in (database, *database.parent.glob(database.name + "-*")):
            file.unlink(missing_ok=True)


COMMANDS = (Command("sample-week", "cli.help.sample_week", _configure, _sample_week),)
