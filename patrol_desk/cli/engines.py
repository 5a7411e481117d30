"""The engine without a database: problems, plans and certificates as files."""

import argparse
from dataclasses import asdict
from pathlib import Path

from patrol_desk.cli.command import Command, Words, add_json
from patrol_desk.cli.context import Context
from patrol_desk.cli.plans import add_effort


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
    from patrol_desk.engine.verify import check

    args = context.args
    problem = read_problem(Path(args.problem))
    plan = read_plan(Path(args.plan), problem)
    certificate = read_certificate(Path(args.certificate), problem) if args.certificate else None
    report = check(problem, plan, certificate)
    broken = [
        {
            "rule": violation.rule,
            "person": problem.people.ids[violation.person] if violation.person >= 0 else "",
            "shift": problem.shifts.ids[violation.shift] if violation.shift >= 0 else "",
            "locked": violation.locked,
            "sentence": context.words(violation.message),
        }
        for violation in report.violations
    ]
    figures = {name: value for name, value in asdict(report).items() if name != "violations"}
    code = 1 if report.own_violations else 0  # what the problem itself locks is the input's fault, not the plan's
    if context.json:
        context.figures({**figures, "violations": broken})
        return code
    context.say("cli.engine_checked", count=len(broken), **figures)
    for row in broken:
        context.out.write(f"  {row['rule']}  {row['sentence']}\n")
    return code


def _warm(context: Context) -> int:
    from patrol_desk.engine.warm import warm

    seconds = warm()
    context.say("cli.warmed", seconds=f"{seconds:.1f}")
    return 0


COMMANDS = (Command("engine", "cli.help.engine", _configure, _engine),)
