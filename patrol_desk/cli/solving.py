"""What every command that solves shares: its options and its progress."""

import argparse
from collections.abc import Callable

from patrol_desk.cli.context import Context
from patrol_desk.common.message import Message
from patrol_desk.engine.solve import Progress, SolveOptions


def options_of(args: argparse.Namespace) -> SolveOptions:
    """Return the solver's options from the arguments."""
    return SolveOptions(seed=args.seed, moves=args.moves, time_limit=args.time_limit)


def reporter(context: Context) -> Callable[[Progress], None]:
    """Return a function that prints the solver's progress."""

    def report(step: Progress) -> None:
        seconds = f"{step.seconds:.1f}"
        known = {"seconds": seconds, "phase": step.message, "shortage": step.shortage}
        what = Message("cli.solving" if step.shortage >= 0 else "cli.solving_begins", known)
        context.progress(what, step.moves, 0)

    return report
