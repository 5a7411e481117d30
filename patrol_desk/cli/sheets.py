"""Printing."""

import argparse
from pathlib import Path

from patrol_desk.cli.command import Command, Words, add_database, add_json
from patrol_desk.cli.context import Context
from patrol_desk.cli.stations import opened
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week


def _configure(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("sheet", choices=("squad-week",), help=words("cli.opt.sheet"))
    add_database(parser, words)
    parser.add_argument("--week", required=True, metavar="2026-W48", help=words("cli.opt.week"))
    parser.add_argument("--out", required=True, metavar="FILE.pdf", help=words("cli.opt.out_pdf"))
    parser.add_argument("--squad", action="append", default=[], metavar="CODE", help=words("cli.opt.squad"))
    parser.add_argument("--version", type=int, metavar="N", help=words("cli.opt.version"))
    parser.add_argument(
        "--profile", choices=("public", "leader", "office"), default="office", help=words("cli.opt.profile")
    )
    add_json(parser, words)


def _print(context: Context) -> int:
    from patrol_desk.printing import print_squad_weeks, unprintable
    from patrol_desk.services.sheet_data import PrivacyProfile
    from patrol_desk.services.sheets import SheetChoice, squad_weeks

    args = context.args
    choice = SheetChoice(tuple(args.squad), args.version, PrivacyProfile(args.profile))
    with opened(context) as (station, actor):
        sheets = squad_weeks(station, actor, Week.parse(args.week), choice)
    missing = unprintable(row.name for sheet in sheets for row in sheet.rows)
    if missing:
        context.complain(Message("cli.unprintable", {"characters": missing}))
    done = print_squad_weeks(
        sheets,
        Path(args.out),
        lang=context.language,
        progress=context.progress,
        cancelled=context.stop_asked,
    )
    if context.json:
        context.figures(
            {
                "out": str(args.out),
                "sheets": done.sheets,
                "pages": done.pages,
                "bytes": done.bytes,
                "seconds": round(done.seconds, 3),
            }
        )
    context.say("cli.printed", sheets=done.sheets, pages=done.pages, out=args.out)
    return 0


COMMANDS = (Command("print", "cli.help.print", _configure, _print),)
