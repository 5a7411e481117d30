"""Planning, checking and publishing a week."""

import argparse
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from patrol_desk.cli.command import Command, Words, add_database, add_json
from patrol_desk.cli.context import Context
from patrol_desk.cli.stations import opened
from patrol_desk.common.clock import Clock, station_now
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week

if TYPE_CHECKING:
    from patrol_desk.engine.verify import CheckReport

DONE, BROKEN = 0, 1


def week_argument(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add the station's file and the week."""
    add_database(parser, words)
    parser.add_argument("--week", required=True, metavar="2026-W48", help=words("cli.opt.week"))


def add_effort(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add seed, moves and time limit of a solver run."""
    parser.add_argument("--seed", type=int, default=1, metavar="N", help=words("cli.opt.solver_seed"))
    parser.add_argument("--moves", type=int, metavar="N", help=words("cli.opt.moves"))
    parser.add_argument("--time-limit", type=float, metavar="S", help=words("cli.opt.time_limit"))


def _configure_plan(parser: argparse.ArgumentParser, words: Words) -> None:
    week_argument(parser, words)
    parser.add_argument(
        "--mode", choices=("fresh", "gaps", "least-change"), default="fresh", help=words("cli.opt.mode")
    )
    parser.add_argument("--from", dest="begin", metavar="2026-11-27T18:00", help=words("cli.opt.begin"))
    add_effort(parser, words)
    add_json(parser, words)


def _plan(context: Context) -> int:
    from patrol_desk.cli.solving import options_of, reporter
    from patrol_desk.services.planning.draft import Mode
    from patrol_desk.services.planning.run import plan_week

    args = context.args
    week = Week.parse(args.week)
    options = options_of(args)
    begin = None if args.begin is None else moment_of(args.begin)
    with opened(context) as (station, actor):
        outcome = plan_week(
            station,
            actor,
            week,
            options,
            Mode(args.mode),
            begin=begin,
            progress=reporter(context),
            cancelled=context.stop_asked,
        )
    figures = asdict(outcome.figures)
    if context.json:
        context.figures(
            {
                "week": str(week),
                "version": outcome.accepted.number,
                "mode": args.mode,
                "assignments": outcome.accepted.assignments,
                "lost": outcome.lost,
                **figures,
            }
        )
        return DONE
    context.say("cli.planned", week=str(week), version=outcome.accepted.number, **figures)
    context.say("cli.planned_exact" if outcome.figures.exact else "cli.planned_bound", **figures)
    if outcome.lost:
        context.say("cli.planned_lost", count=outcome.lost)
    return DONE


def moment_of(text: str) -> datetime:
    """Return the wall time that ``2026-11-27T18:00`` names; raise `InvalidDataError` for anything else."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise InvalidDataError(Message("cli.bad_moment", {"value": text})) from error
    if moment.tzinfo is not None:
        raise InvalidDataError(Message("cli.bad_moment", {"value": text}))
    return moment


def begin_argument(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add ``--from`` for a change in a week that may be under way."""
    parser.add_argument("--from", dest="begin", metavar="2026-11-27T18:00", help=words("cli.opt.begin_now"))


def begin_in(text: str | None, week: Week, clock: Clock) -> datetime | None:
    """Return the wall time from which a week may change: the one named, or now in the week under way."""
    if text is not None:
        return moment_of(text)
    now = station_now(clock)
    return now if Week.of(now.date()) == week else None


def _configure_check(parser: argparse.ArgumentParser, words: Words) -> None:
    week_argument(parser, words)
    add_json(parser, words)


def _check(context: Context) -> int:
    from patrol_desk.services.planning.check import check_week

    week = Week.parse(context.args.week)
    with opened(context) as (station, actor):
        found = check_week(station, actor, week)
    report = found.report
    sentences = [(violation, context.words(violation.sentence)) for violation in found.violations]
    if context.json:
        context.figures(
            {
                "week": str(week),
                "version": found.number,
                "state": found.state,
                "violations": [
                    {"rule": v.rule, "person": v.person, "shift": v.shift, "locked": v.locked, "sentence": sentence}
                    for v, sentence in sentences
                ],
                **_figures(report),
            }
        )
    else:
        context.say("cli.checked", week=str(week), version=found.number, count=len(sentences), **_figures(report))
        for violation, sentence in sentences:
            context.out.write(f"  {violation.rule}  {sentence}\n")
        if report.shortage_bound is None:
            context.say("cli.no_certificate")
    return BROKEN if any(not violation.locked for violation in found.violations) else DONE


def _figures(report: "CheckReport") -> dict[str, object]:
    names = (
        "seats",
        "filled",
        "shortage",
        "shortage_bound",
        "desired_shortage",
        "cost",
        "cost_bound",
        "single_squad_share",
    )
    return {name: getattr(report, name) for name in names}


def _configure_explain(parser: argparse.ArgumentParser, words: Words) -> None:
    week_argument(parser, words)
    parser.add_argument("--limit", type=int, default=20, metavar="N", help=words("cli.opt.limit"))
    add_json(parser, words)


def _explain(context: Context) -> int:
    from patrol_desk.services.planning.explain import explain_week

    week = Week.parse(context.args.week)
    with opened(context) as (station, actor):
        gaps = explain_week(station, actor, week)
    if context.json:
        rows = [
            {
                "checkpoint": gap.checkpoint,
                "shift": gap.shift,
                "missing": gap.missing,
                "kept_away": gap.kept_away,
                "sentence": context.words(gap.gap),
                "proposal": None if gap.proposal is None else context.words(gap.proposal),
            }
            for gap in gaps
        ]
        context.figures({"week": str(week), "missing": sum(gap.missing for gap in gaps), "gaps": rows})
        return DONE
    context.say("cli.gaps", week=str(week), count=sum(gap.missing for gap in gaps), places=len(gaps))
    for gap in gaps[: context.args.limit]:
        context.say("cli.gap", gap=gap.gap, reasons=list(gap.reasons))
        if gap.proposal is not None:
            context.say("cli.import_line", text=gap.proposal)
    return DONE


def _publish(context: Context) -> int:
    from patrol_desk.services.planning.publish import publish

    week = Week.parse(context.args.week)
    with opened(context) as (station, actor):
        done = publish(station, actor, week)
    if context.json:
        context.figures(
            {"week": str(week), "version": done.number, "assignments": done.assignments, "people": done.people}
        )
    context.say("cli.published", week=str(week), version=done.number, duties=done.assignments, people=done.people)
    return DONE


COMMANDS = (
    Command("plan", "cli.help.plan", _configure_plan, _plan),
    Command("check", "cli.help.check", _configure_check, _check),
    Command("explain", "cli.help.explain", _configure_explain, _explain),
    Command("publish", "cli.help.publish", _configure_check, _publish),
)
