"""Repairing a week's plan, and asking why it is as it is and what could give way."""

import argparse
from typing import TYPE_CHECKING

from patrol_desk.cli.command import Command, Words, add_json
from patrol_desk.cli.context import Context
from patrol_desk.cli.plans import begin_argument, begin_in, week_argument
from patrol_desk.cli.stations import opened
from patrol_desk.common.weeks import Week

if TYPE_CHECKING:
    from patrol_desk.services.planning.refusals import SeatRefusals

DONE = 0


def _configure_person(parser: argparse.ArgumentParser, words: Words) -> None:
    week_argument(parser, words)
    parser.add_argument("--person", required=True, metavar="CODE", help=words("cli.opt.person"))
    parser.add_argument("--shift", metavar="N@2026-11-27", help=words("cli.opt.one_shift"))
    add_json(parser, words)


def _configure_repair(parser: argparse.ArgumentParser, words: Words) -> None:
    _configure_person(parser, words)
    begin_argument(parser, words)
    parser.add_argument("--limit", type=int, default=5, metavar="N", help=words("cli.opt.limit"))
    parser.add_argument("--choose", type=int, action="append", metavar="N", help=words("cli.opt.choose_repair"))


def _repair(context: Context) -> int:
    from patrol_desk.services.planning.repairing import carry_out, find_repair

    args = context.args
    week = Week.parse(args.week)
    with opened(context) as (station, actor):
        begin = begin_in(args.begin, week, station.clock)
        found = find_repair(station, actor, week, args.person, args.shift, args.limit, begin)
        chosen = None if args.choose is None else [number - 1 if number else None for number in args.choose]
        done = None if chosen is None else carry_out(station, actor, found, chosen).value
    holes = found.holes
    if context.json:
        rows = [
            {
                "sentence": context.words(hole.message),
                "needed": hole.needed,
                "alternatives": [
                    {
                        "sentence": context.words(way.message),
                        "changes": way.changes,
                        "loss": way.loss,
                        "cost": way.cost,
                        "reasons": [[context.words(reason) for reason in move.reasons] for move in way.moves],
                    }
                    for way in hole.alternatives
                ],
            }
            for hole in holes
        ]
        written = None if done is None else {"removed": done.removed, "added": done.added}
        context.figures({"week": str(week), "person": args.person, "holes": rows, "written": written})
        return DONE
    for hole in holes:
        context.say("cli.hole", hole=hole.message, count=len(hole.alternatives))
        for way in hole.alternatives:
            context.say("cli.import_line", text=way.message)
            for move in way.moves:
                context.say("cli.reason_line", reasons=list(move.reasons))
    if done is not None:
        context.say("cli.repaired", removed=done.removed, added=done.added)
    return DONE


def _why(context: Context) -> int:
    from patrol_desk.services.planning.reasons import why_person

    args = context.args
    week = Week.parse(args.week)
    with opened(context) as (station, actor):
        duties = why_person(station, actor, week, args.person, args.shift)
    if context.json:
        rows = [
            {
                "checkpoint": duty.checkpoint,
                "shift": duty.shift,
                "able": duty.able,
                "rank": duty.rank,
                "turn": duty.turn,
                "reasons": [context.words(reason) for reason in duty.reasons],
            }
            for duty in duties
        ]
        context.figures({"week": str(week), "person": args.person, "duties": rows})
        return DONE
    for duty in duties:
        context.say("cli.why", checkpoint=duty.checkpoint, shift=duty.shift, reasons=list(duty.reasons))
    return DONE


def _configure_why_not(parser: argparse.ArgumentParser, words: Words) -> None:
    week_argument(parser, words)
    parser.add_argument("--checkpoint", required=True, metavar="CODE", help=words("cli.opt.why_checkpoint"))
    parser.add_argument("--shift", required=True, metavar="N@2026-11-27", help=words("cli.opt.why_shift"))
    parser.add_argument("--person", metavar="CODE", help=words("cli.opt.why_person"))
    parser.add_argument("--limit", type=int, default=20, metavar="N", help=words("cli.opt.limit"))
    add_json(parser, words)


def _why_not(context: Context) -> int:
    from patrol_desk.services.planning.refusals import why_nobody, why_not

    args = context.args
    week = Week.parse(args.week)
    place = {"week": str(week), "checkpoint": args.checkpoint, "shift": args.shift}
    with opened(context) as (station, actor):
        if args.person is None:
            return _nobody(context, place, why_nobody(station, actor, week, args.checkpoint, args.shift))
        found = why_not(station, actor, week, args.person, args.checkpoint, args.shift)
    rows = [(each.severity, each.rule, context.words(each.message)) for each in found]
    if context.json:
        against = [{"severity": grade, "code": code, "sentence": sentence} for grade, code, sentence in rows]
        context.figures({**place, "person": args.person, "against": against})
        return DONE
    context.say("cli.why_not", person=args.person, count=len(rows), **place)
    for grade, _, sentence in rows:
        context.say(f"cli.why_not_{grade}", text=sentence)
    return DONE


def _nobody(context: Context, place: dict[str, str], seats: "tuple[SeatRefusals, ...]") -> int:
    if context.json:
        rows = [
            {
                "capability": seat.capability,
                "able": seat.able,
                "kept_away": dict(seat.counts),
                "people": [
                    {
                        "person": who.code,
                        "rules": who.rules,
                        "metres": who.metres,
                        "sentence": context.words(who.message),
                    }
                    for who in seat.people
                ],
            }
            for seat in seats
        ]
        context.figures({**place, "seats": rows})
        return DONE
    for seat in seats:
        context.say("cli.why_nobody", capability=seat.capability, able=seat.able, reasons=list(seat.reasons), **place)
        for who in seat.people[: context.args.limit]:
            context.say("cli.import_line", text=who.message)
    return DONE


def _configure_ways(parser: argparse.ArgumentParser, words: Words) -> None:
    week_argument(parser, words)
    parser.add_argument("--choose", type=int, action="append", default=[], metavar="N", help=words("cli.opt.choose"))
    parser.add_argument("--apply", action="store_true", help=words("cli.opt.apply_ways"))
    parser.add_argument("--reason", default="", metavar="TEXT", help=words("cli.opt.reason_open"))
    add_json(parser, words)


def _ways(context: Context) -> int:
    from patrol_desk.services.planning.doctoring import take_way_out, ways_out_of_week

    args = context.args
    week = Week.parse(args.week)
    chosen = [number - 1 for number in args.choose]
    with opened(context) as (station, actor):
        found = ways_out_of_week(station, actor, week, chosen, context.stop_asked)
        changes = [change for number in chosen for change in found.ways[number].changes]
        written = take_way_out(station, actor, week, changes, args.reason).value if args.apply and changes else 0
    if context.json:
        ways = [
            {"rule": way.step.rule, "effect": way.effect, "price": way.price, "sentence": context.words(way.message)}
            for way in found.ways
        ]
        groups = [
            {
                "id": group.id,
                "sentence": context.words(group.message),
                "needed": group.needed,
                "filled": group.filled,
                "missing": group.missing,
                "proven": group.proven,
                "pool": group.pool,
                "funnel": {step.rule: step.kept for step in group.funnel},
            }
            for group in found.groups
        ]
        short = [{"missing": each.missing, "sentence": context.words(each.message)} for each in found.deficits]
        context.figures(
            {
                "week": str(week),
                "groups": groups,
                "deficits": short,
                "ways": ways,
                "together": None if found.together is None else found.together.filled,
                "written": written,
            }
        )
        return DONE
    context.say("cli.ways", week=str(week), count=sum(each.missing for each in found.deficits), ways=len(found.ways))
    for each in found.deficits:
        context.say("cli.import_line", text=each.message)
    for number, way in enumerate(found.ways, start=1):
        context.say("cli.way", number=number, text=way.message)
    if found.together is not None:
        context.say("cli.ways_together", effect=found.together.filled, written=written)
    return DONE


COMMANDS = (
    Command("repair", "cli.help.repair", _configure_repair, _repair),
    Command("why", "cli.help.why", _configure_person, _why),
    Command("why-not", "cli.help.why_not", _configure_why_not, _why_not),
    Command("ways-out", "cli.help.ways_out", _configure_ways, _ways),
)
