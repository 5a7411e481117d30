"""The desk's window, and pictures of it."""

import argparse

from patrol_desk.cli.command import Command, Words
from patrol_desk.cli.context import Context


def _configure_desk(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE", help=words("cli.opt.desk_file"))
    parser.add_argument("--sample", action="store_true", help=words("cli.opt.desk_sample"))


def _desk(context: Context) -> int:
    args = context.args
    return context.window("desk", {"file": args.file, "sample": args.sample})


def _configure_shots(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("--out", default="out/shots", metavar="FOLDER", help=words("cli.opt.out_folder"))
    parser.add_argument("--db", metavar="FILE", help=words("cli.opt.shots_db"))
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help=words("cli.opt.shots_only"))
    parser.add_argument("--offscreen", action="store_true", help=words("cli.opt.shots_offscreen"))
    parser.add_argument("--quick", action="store_true", help=words("cli.opt.shots_quick"))


def _shots(context: Context) -> int:
    args = context.args
    names = ("out", "db", "only", "quick", "offscreen")
    taken = context.window("shots", {name: getattr(args, name) for name in names})
    context.say("cli.shots_done", count=taken, folder=args.out)
    return 0


COMMANDS = (
    Command("desk", "cli.help.desk", _configure_desk, _desk),
    Command("shots", "cli.help.shots", _configure_shots, _shots),
)
