"""Planning a week anew after something has happened, with as few changes as can be."""

import argparse
from datetime import date

from patrol_desk.cli.command import Command, Words, add_json
from patrol_desk.cli.context import Context
from patrol_desk.cli.plans import begin_argument, begin_in, week_argument
from patrol_desk.cli.stations import opened
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week

DONE = 0


def _configure(parser: argparse.ArgumentParser, words: Words) -> None:
    week_argument(parser, words)
    begin_argument(parser, words)
    for name, text in (("person", "out"), ("squad", "squad_out"), ("closed", "closed"), ("added", "added")):
        parser.add_argument(
            f"--{name}", action="append", default=[], metavar="CODE", help=words(f"cli.opt.replan_{text}")
        )
    parser.add_argument("--period", metavar="CODE", help=words("cli.opt.replan_period"))
    parser.add_argument("--more", type=int, default=0, metavar="N", help=words("cli.opt.replan_more"))
    parser.add_argument("--until", metavar="2026-11-29", help=words("cli.opt.replan_until"))
    parser.add_argument("--apply", action="store_true", help=words("cli.opt.replan_apply"))
    add_json(parser, words)


def _replan(context: Context) -> int:
    from patrol_desk.services.planning.happenings import Event, Period
    from patrol_desk.services.planning.replanning import find_replan, write_replan

    args = context.args
    week = Week.parse(args.week)
    until = None if args.until is None else _day(args.until)
    period = None if args.period is None else Period(args.period, args.more, args.more, until)
    event = Event(tuple(args.person), tuple(args.squad), tuple(args.closed), tuple(args.added), period)
    with opened(context) as (station, actor):
        begin = begin_in(args.begin, week, station.clock)
        found = find_replan(station, actor, week, event, begin, context.stop_asked)
        if args.apply:
            write_replan(station, actor, found)
    figures = {
        "could_stay": found.could_stay,
        "kept_shifts": found.kept_shifts,
        "kept_posts": found.kept_posts,
        "removed": found.removed,
        "added": found.added,
        "missing_before": found.missing_before,
        "missing_after": found.missing_after,
    }
    if context.json:
        context.figures({"week": str(week), **figures, "written": bool(args.apply)})
    context.say("cli.replanned", week=str(week), **figures)
    if args.apply:
        context.say("cli.replan_written")
    return DONE


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidDataError(Message("cli.bad_moment", {"value": text})) from error


COMMANDS = (Command("replan", "cli.help.replan", _configure, _replan),)
