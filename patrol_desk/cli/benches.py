"""Benchmarks."""

import argparse

from patrol_desk.cli.command import Command, Words, add_json
from patrol_desk.cli.context import Context


def _configure(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("what", choices=("import", "engine", "print", "ui"), help=words("cli.opt.bench"))
    parser.add_argument(
        "--size", choices=("small", "township", "large"), default="township", help=words("cli.opt.size")
    )
    parser.add_argument("--family", action="append", default=[], metavar="NAME", help=words("cli.opt.family"))
    parser.add_argument("--seeds", type=int, default=1, metavar="N", help=words("cli.opt.seeds"))
    parser.add_argument("--moves", type=int, metavar="N", help=words("cli.opt.moves"))
    parser.add_argument("--time-limit", type=float, metavar="S", help=words("cli.opt.time_limit"))
    add_json(parser, words)


def _bench(context: Context) -> int:
    args = context.args
    options = {
        "size": args.size,
        "families": tuple(args.family),
        "seeds": args.seeds,
        "moves": args.moves,
        "time_limit": args.time_limit,
        "progress": context.progress,
    }
    context.figures(context.bench(args.what, options))
    return 0


COMMANDS = (Command("bench", "cli.help.bench", _configure, _bench),)
