"""The engine without a database: problems, plans and certificates as files."""

import argparse
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from patrol_desk.cli.command import Command, Words, add_json
from patrol_desk.cli.context import Context
from patrol_desk.cli.plans import add_effort
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message

if TYPE_CHECKING:
    from patrol_desk.engine.problem import Problem
    from patrol_desk.engine.verify import Gap, Violation


def _configure(parser: argparse.ArgumentParser, words: Words) -> None:
    steps = parser.add_subparsers(dest="step", metavar=words("cli.command"), required=True)
    solve = steps.add_parser("solve", help=words("cli.help.engine_solve"))
    solve.add_argument("problem", metavar="PROBLEM.json[.gz]", help=words("cli.opt.problem"))
    solve.add_argument("--out", required=True, metavar="PLAN.json", help=words("cli.opt.out_plan"))
    solve.add_argument("--certificate", metavar="FILE", help=words("cli.opt.out_certificate"))
    add_effort(solve, words)
    add_json(solve, words)
    check = steps.add_parser("check", help=words("cli.help.engine_check"))
    check.add_argument("problem", metavar="PROBLEM.json[.gz]", help=words("cli.opt.problem"))
    check.add_argument("plan", metavar="PLAN.json", help=words("cli.opt.plan"))
    check.add_argument("--certificate", metavar="FILE", help=words("cli.opt.certificate"))
    check.add_argument("--gaps", nargs="?", type=int, const=0, metavar="N", help=words("cli.opt.gaps"))
    add_json(check, words)
    steps.add_parser("warm", help=words("cli.help.engine_warm"))


def _engine(context: Context) -> int:
    steps = {"solve": _solve, "check": _check, "warm": _warm}
    return steps[context.args.step](context)


def _solve(context: Context) -> int:
    from patrol_desk.cli.solving import options_of, reporter
    from patrol_desk.engine.formats import read_problem, write_certificate, write_plan
    from patrol_desk.jobs.engine_client import run_blocking

    args = context.args
    with _named(args.problem):
        problem = read_problem(Path(args.problem))
    result = run_blocking(problem, options_of(args), reporter(context), context.stop_asked)
    write_plan(Path(args.out), problem, result.plan, figures=result.figures)
    if args.certificate:
        write_certificate(Path(args.certificate), problem, result.certificate)
    figures = asdict(result.figures)
    if context.json:
        context.figures(figures)
    context.say("cli.solved", out=args.out, **figures)
    return 0


def _check(context: Context) -> int:
    from patrol_desk.engine.formats import read_certificate, read_plan, read_problem
    from patrol_desk.engine.verify import check, gaps

    args = context.args
    with _named(args.problem):
        problem = read_problem(Path(args.problem))
    with _named(args.plan):
        plan = read_plan(Path(args.plan), problem)
    with _named(args.certificate):
        certificate = read_certificate(Path(args.certificate), problem) if args.certificate else None
    report = check(problem, plan, certificate)
    broken, soft, hints = (
        [_told(context, problem, violation) for violation in found]
        for found in (report.violations, report.soft, report.hints)
    )
    figures = {name: value for name, value in asdict(report).items() if name not in ("violations", "soft", "hints")}
    code = 1 if report.own_violations else 0  # what the problem itself locks is the input's fault, not the plan's
    found = [] if args.gaps is None else list(gaps(problem, plan, sample=args.gaps if args.gaps > 0 else None))
    could = [_fillable(problem, gap) for gap in found if len(gap.free)]
    if context.json:
        looked_at = {} if args.gaps is None else {"gaps": len(found), "fillable": [gap.params for gap in could]}
        context.figures({**figures, "violations": broken, "soft": soft, "hints": hints, **looked_at})
        return code
    context.say("cli.engine_checked", count=len(broken), **figures)
    for row in broken:
        context.out.write(f"  {row['rule']}  {row['sentence']}\n")
    for rule in dict.fromkeys(violation.rule for violation in report.soft):
        points = [violation.points for violation in report.soft if violation.rule == rule]
        context.say("cli.engine_soft", rule=rule, count=len(points), points=sum(points))
    for rule, count in Counter(violation.rule for violation in report.hints).items():
        context.say("cli.engine_hints", rule=rule, count=count)
    if args.gaps is not None:
        context.say("cli.engine_gaps", gaps=len(found), fillable=len(could))
        for gap in could:
            context.out.write(f"  {context.words(gap)}\n")
    return code


@contextmanager
def _named(file: str | None) -> Iterator[None]:
    """Name the file in whatever is wrong with its content."""
    try:
        yield
    except InvalidDataError as error:
        if "file" in error.message.params:
            raise
        raise InvalidDataError(Message("format.in_file", {"file": file, "fault": error.message})) from error


def _fillable(problem: "Problem", gap: "Gap") -> Message:
    """Return the sentence of a gap that somebody could fill."""
    task = int(problem.demand.group_task[gap.group])
    return Message(
        "check.gap",
        {
            "checkpoint": problem.demand.checkpoints[int(problem.demand.task_checkpoint[task])],
            "shift": problem.shifts.ids[int(problem.demand.task_shift[task])],
            "missing": gap.missing,
            "person": problem.people.ids[int(gap.free[0])],
            "people": len(gap.free),
        },
    )


def _told(context: Context, problem: "Problem", violation: "Violation") -> dict[str, object]:
    """Return a broken rule with names and in words."""
    told = {
        "rule": violation.rule,
        "person": problem.people.ids[violation.person] if violation.person >= 0 else "",
        "shift": problem.shifts.ids[violation.shift] if violation.shift >= 0 else "",
        "locked": violation.locked,
        "sentence": context.words(violation.message),
    }
    return told if violation.hard else told | {"points": violation.points}


def _warm(context: Context) -> int:
    from patrol_desk.engine.warm import warm

    seconds = warm()
    context.say("cli.warmed", seconds=f"{seconds:.1f}")
    return 0


COMMANDS = (Command("engine", "cli.help.engine", _configure, _engine),)
