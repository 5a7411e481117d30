"""Benchmarks."""

import argparse
from pathlib import Path

from patrol_desk.cli.command import Command, Words, add_json
from patrol_desk.cli.context import Context
from patrol_desk.common.message import Message

FAILED = 1
"""Exit code of a benchmark that found the program at fault."""

BENCHES = ("import", "engine", "print", "ui", "visits", "weeks", "repair")


def _configure(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("what", choices=BENCHES, help=words("cli.opt.bench"))
    parser.add_argument(
        "--size", choices=("small", "township", "large"), default="township", help=words("cli.opt.size")
    )
    parser.add_argument("--family", action="append", default=[], metavar="NAME", help=words("cli.opt.family"))
    parser.add_argument("--seeds", type=int, default=1, metavar="N", help=words("cli.opt.seeds"))
    parser.add_argument("--moves", type=int, metavar="N", help=words("cli.opt.moves"))
    parser.add_argument("--time-limit", type=float, metavar="S", help=words("cli.opt.time_limit"))
    _configure_engine(parser, words)
    add_json(parser, words)


def _configure_engine(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add what only the engine's benchmark takes."""
    add = parser.add_argument
    add("--seeds-of", action="append", type=_seeds_of, default=[], metavar="NAME=N", help=words("cli.opt.seeds_of"))
    add("--scale", type=float, metavar="X", help=words("cli.opt.scale"))
    add("--jobs", type=int, default=1, metavar="N", help=words("cli.opt.jobs"))
    add("--peers", type=_names, metavar="A,B", help=words("cli.opt.peers"))
    add("--peer-seconds", type=float, default=60.0, metavar="S", help=words("cli.opt.peer_seconds"))
    add("--growth", type=_sizes, metavar="N,N", help=words("cli.opt.growth"))
    add("--minutes", type=float, metavar="M", help=words("cli.opt.minutes"))
    add("--resume", type=Path, metavar="FILE", help=words("cli.opt.resume"))
    add("--docs", type=Path, metavar="FILE", help=words("cli.opt.docs"))


def _seeds_of(text: str) -> tuple[str, int]:
    name, _, count = text.partition("=")
    return name, int(count)


def _names(text: str) -> tuple[str, ...]:
    """Return names between commas; an empty text is none."""
    return tuple(name for name in text.split(",") if name)


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in _names(text))


def _bench(context: Context) -> int:
    args = context.args
    options = {
        "size": args.size,
        "families": tuple(args.family),
        "seeds": args.seeds,
        "seeds_of": dict(args.seeds_of),
        "moves": args.moves,
        "time_limit": args.time_limit,
        "scale": args.scale,
        "jobs": args.jobs,
        "peers": args.peers,
        "peer_seconds": args.peer_seconds,
        "growth": args.growth,
        "minutes": args.minutes,
        "rows": args.resume,
        "docs": args.docs,
        "progress": context.progress,
        "cancelled": context.stop_asked,
    }
    found = context.bench(args.what, options)
    context.figures(found)
    faults = found.get("faults")
    if isinstance(faults, list) and faults:
        context.complain(Message("bench.faults", {"rows": faults}))
        return FAILED
    return 0


COMMANDS = (Command("bench", "cli.help.bench", _configure, _bench),)
