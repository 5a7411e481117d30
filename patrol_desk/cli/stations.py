"""Making, opening and examining station files."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from patrol_desk.cli.command import Command, Words, add_database, add_json, add_key
from patrol_desk.cli.context import Context
from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message

if TYPE_CHECKING:
    from patrol_desk.services.station import Station


@contextmanager
def opened(context: Context) -> Iterator[tuple["Station", Actor]]:
    """Open the station of ``--db`` for one command; the passphrase is asked for where the file is encrypted."""
    from patrol_desk.services.station import Station

    with Station.open(Path(context.args.db), key_source(context)) as station:
        yield station, station.system_actor()


def _configure_new(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("--db", required=True, metavar="FILE", help=words("cli.opt.db_new"))
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--key-file", metavar="F", help=words("cli.opt.key_file_new"))
    kind.add_argument("--plain", action="store_true", help=words("cli.opt.plain"))
    parser.add_argument("--passphrase-fd", type=int, metavar="N", help=words("cli.opt.passphrase_fd"))
    add_json(parser, words)


def _configure_demo(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("--size", choices=("small", "township", "large"), default="township", help=words("cli.opt.size"))
    parser.add_argument("--seed", type=int, default=1, metavar="N", help=words("cli.opt.seed"))
    parser.add_argument("--db", required=True, metavar="FILE", help=words("cli.opt.db_new"))
    add_json(parser, words)


def _demo(context: Context) -> int:
    made = make_demo(context, Path(context.args.db), context.args.size, context.args.seed)
    if context.json:
        context.figures(made)
    context.say("cli.demo_made", **made)
    return 0


def _configure_doctor(parser: argparse.ArgumentParser, words: Words) -> None:
    add_database(parser, words)
    add_json(parser, words)


