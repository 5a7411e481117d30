"""Printing, and checking what was printed."""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from patrol_desk.cli.command import Command, Words, add_database, add_json
from patrol_desk.cli.context import Context
from patrol_desk.cli.stations import opened
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week

if TYPE_CHECKING:
    from patrol_desk.printing import Look
    from patrol_desk.services.printed.ask import Ask
    from patrol_desk.services.printed.content import PrintedSheet

SHEETS = (
    "squad-week", "checkpoint-week", "muster-day", "sign-in", "overview", "slip", "change-slip", "call-sheet",
    "call-out", "hours", "availability", "place-list", "diagnosis",
)  # fmt: skip
"""Ids of the kinds, told without loading what knows them; a test holds the two together."""
HANDED_ON = ("squad-week", "slip", "availability")
FORMS = ("xlsx", "ics", "png", "txt")
"""Kinds and forms to hand on without paper; a test holds them to `services.handon.forms`."""
_PAPERS = ("A3", "A4", "A5", "A6", "Letter")


def _configure(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("sheet", nargs="+", choices=SHEETS, metavar="KIND", help=words("cli.opt.sheet"))
    add_database(parser, words)
    parser.add_argument("--out", required=True, metavar="FILE.pdf", help=words("cli.opt.out_pdf"))
    parser.add_argument("--week", metavar="2026-W48", help=words("cli.opt.print_week"))
    parser.add_argument("--day", metavar="2026-11-27", help=words("cli.opt.print_day"))
    parser.add_argument("--month", metavar="2026-11", help=words("cli.opt.month"))
    for name, code in (("squad", "squad"), *((one, f"print_{one}") for one in ("checkpoint", "muster", "person"))):
        parser.add_argument(f"--{name}", action="append", default=[], metavar="CODE", help=words(f"cli.opt.{code}"))
    parser.add_argument("--shift", default="", metavar="CODE", help=words("cli.opt.print_shift"))
    parser.add_argument("--version", type=int, metavar="N", help=words("cli.opt.version"))
    parser.add_argument("--before", type=int, metavar="N", help=words("cli.opt.before"))
    parser.add_argument("--profile", choices=("public", "leader", "office"), help=words("cli.opt.profile"))
    parser.add_argument("--copies", type=int, default=1, metavar="N", help=words("cli.opt.copies"))
    parser.add_argument("--paper", choices=_PAPERS, default="", help=words("cli.opt.paper"))
    parser.add_argument("--text", type=int, default=100, metavar="100-130", help=words("cli.opt.text"))
    parser.add_argument("--apart", action="store_true", help=words("cli.opt.apart"))
    parser.add_argument("--margin", type=float, default=0.0, metavar="MM", help=words("cli.opt.margin"))
    add_json(parser, words)


def _print(context: Context) -> int:
    from patrol_desk.printing import print_sheets
    from patrol_desk.services.printed.ask import complete
    from patrol_desk.services.printed.build_diagnosis import look_at_week
    from patrol_desk.services.printed.keys import station_seal
    from patrol_desk.services.printed.kinds import DIAGNOSIS, KINDS
    from patrol_desk.services.printed.memory import PDF, remember
    from patrol_desk.services.printed.read import printed_sheets

    args = context.args
    if len(args.sheet) > 1 or args.apart:
        return _print_several(context)
    kind = args.sheet[0]
    ask, look = _ask(args), _look(args, KINDS[kind].papers, context)
    with opened(context) as (station, actor):
        if kind == DIAGNOSIS:
            week = complete(ask, KINDS[kind]).in_week
            ask = replace(ask, found=look_at_week(station, actor, week, context.progress, context.stop_asked))
        sheets = printed_sheets(station, actor, kind, ask, station_seal(station, actor))
        _say_unprintable(context, sheets)
        done = print_sheets(sheets, Path(args.out), look, progress=context.progress, cancelled=context.stop_asked)
        remember(station, actor, sheets, PDF)
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


def _print_several(context: Context) -> int:
    """Print kind by kind for a whole week: into one PDF, or with ``--apart`` a PDF each into a folder."""
    from patrol_desk.printing.township import Written, write_township
    from patrol_desk.services.printed.keys import station_seal
    from patrol_desk.services.printed.marks import PrivacyProfile
    from patrol_desk.services.printed.memory import PDF, remember
    from patrol_desk.services.printed.township import TownshipAsk, township_sheets

    args = context.args
    if not args.week or args.squad or args.checkpoint or args.muster or args.person or args.shift or args.month:
        raise InvalidDataError(Message("cli.several_for_week"))
    ask = TownshipAsk(
        week=Week.parse(args.week),
        options=tuple(dict.fromkeys(args.sheet)),
        days=(_day(args.day),) if args.day else (),
        profile=PrivacyProfile(args.profile) if args.profile else PrivacyProfile.OFFICE,
        number=args.version,
        copies=max(1, args.copies),
    )
    look, told, written = _look(args, _PAPERS, context), context.progress, Written([], [])
    with opened(context) as (station, actor):
        seal = station_seal(station, actor)
        parts = township_sheets(station, actor, ask, seal, progress=told, cancelled=context.stop_asked)
        _say_unprintable(context, (sheet for part in parts for sheet in part.sheets))
        try:
            write_township(
                parts, Path(args.out), look, written, apart=args.apart, progress=told, cancelled=context.stop_asked
            )
        finally:
            if written.sheets:
                remember(station, actor, written.sheets, PDF)
    if context.json:
        files = [path.name for path in written.files]
        context.figures({"out": args.out, "files": files, "sheets": len(written.sheets), "pages": written.pages})
    context.say("cli.printed", sheets=len(written.sheets), pages=written.pages, out=args.out)
    return 0


def _say_unprintable(context: Context, sheets: "Iterable[PrintedSheet]") -> None:
    """Name the characters that the print font lacks."""
    from patrol_desk.printing import unprintable
    from patrol_desk.printing.batch import names_of

    missing = unprintable(name for sheet in sheets for name in names_of(sheet))
    if missing:
        context.complain(Message("cli.unprintable", {"characters": missing}))


def _ask(args: argparse.Namespace) -> "Ask":
    from patrol_desk.services.printed.ask import Ask
    from patrol_desk.services.printed.marks import PrivacyProfile

    return Ask(
        week=Week.parse(args.week) if args.week else None,
        day=_day(args.day) if args.day else None,
        month=_month(args.month) if args.month else None,
        squads=tuple(args.squad),
        checkpoints=tuple(args.checkpoint),
        muster_points=tuple(args.muster),
        persons=tuple(args.person),
        shift=args.shift,
        number=args.version,
        before=args.before,
        profile=PrivacyProfile(args.profile) if args.profile else None,
        copies=max(1, args.copies),
    )


def _look(args: argparse.Namespace, papers: Sequence[str], context: Context) -> "Look":
    from patrol_desk.printing import Look

    if args.paper and args.paper not in papers:
        raise InvalidDataError(Message("cli.no_such_paper", {"paper": args.paper, "papers": list(papers)}))
    if not (100 <= args.text <= 130 and 0.0 <= args.margin <= 25.0):
        raise InvalidDataError(Message("cli.bad_look"))
    return Look(context.language, args.paper, args.text / 100, args.margin)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidDataError(Message("cli.bad_day", {"value": text})) from error


def _month(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007  # a calendar month has no time zone
    except ValueError as error:
        raise InvalidDataError(Message("cli.bad_month", {"value": text})) from error


def _configure_verify(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("text", metavar="TEXT", help=words("cli.opt.code"))
    add_database(parser, words)
    add_json(parser, words)


def _verify(context: Context) -> int:
    from patrol_desk.services.printed.keys import CodeState, check_code

    with opened(context) as (station, actor):
        found = check_code(station, actor, context.args.text)
    if context.json:
        context.figures(
            {
                "state": found.state.value,
                "kind": found.kind.id,
                "period": found.period,
                "subject": found.subject,
                "version": found.number,
                "current": found.current,
                "hash": found.short,
            }
        )
    context.say(found.sentence.code, **found.sentence.params)
    return 0 if found.state is CodeState.VALID and not found.outdated else 1


def _configure_hand_on(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("sheet", choices=HANDED_ON, metavar="KIND", help=words("cli.opt.handed_on"))
    add_database(parser, words)
    parser.add_argument("--as", dest="form", required=True, choices=FORMS, help=words("cli.opt.form"))
    parser.add_argument("--out", required=True, metavar="FOLDER", help=words("cli.opt.out_folder"))
    parser.add_argument("--week", metavar="2026-W48", help=words("cli.opt.print_week"))
    for name in ("squad", "person"):
        parser.add_argument(f"--{name}", action="append", default=[], metavar="CODE", help=words(f"cli.opt.{name}"))
    parser.add_argument("--version", type=int, metavar="N", help=words("cli.opt.version"))
    parser.add_argument("--profile", choices=("public", "leader", "office"), help=words("cli.opt.hand_on_profile"))
    parser.add_argument("--together", action="store_true", help=words("cli.opt.together"))
    add_json(parser, words)


def _hand_on(context: Context) -> int:
    from patrol_desk.printing import Look
    from patrol_desk.printing.handon.files import HandOn, hand_on
    from patrol_desk.services.handon.forms import Form
    from patrol_desk.services.printed.ask import Ask
    from patrol_desk.services.printed.marks import PrivacyProfile
    from patrol_desk.services.printed.memory import remember

    args, folder = context.args, Path(context.args.out)
    ask = Ask(
        week=Week.parse(args.week) if args.week else None,
        squads=tuple(args.squad),
        persons=tuple(args.person),
        number=args.version,
        profile=PrivacyProfile(args.profile) if args.profile else None,
    )
    what = HandOn(args.sheet, Form(args.form), ask, together=args.together, look=Look(context.language))
    with opened(context) as (station, actor):
        done = hand_on(station, actor, what, folder, progress=context.progress, cancelled=context.stop_asked)
        if done.sheets:
            remember(station, actor, done.sheets, args.form)
    if context.json:
        context.figures({"out": str(folder), "files": [path.name for path in done.files]})
    context.say("cli.handed_on", files=len(done.files), folder=args.out)
    return 0


COMMANDS = (
    Command("print", "cli.help.print", _configure, _print),
    Command("hand-on", "cli.help.hand_on", _configure_hand_on, _hand_on),
    Command("verify-code", "cli.help.verify_code", _configure_verify, _verify),
)
