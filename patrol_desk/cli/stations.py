"""Making, opening and examining station files."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from patrol_desk.cli.command import Command, Words, add_database, add_json
from patrol_desk.cli.context import Context
from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message

if TYPE_CHECKING:
    from patrol_desk.samples import Sample
    from patrol_desk.samples.sizes import SizeName
    from patrol_desk.security.keys import KeySource
    from patrol_desk.services.station import Station


@contextmanager
def opened(context: Context) -> Iterator[tuple["Station", Actor]]:
    """Open the station of ``--db`` for one command; the passphrase is asked for where the file is encrypted."""
    from patrol_desk.services.station import Station

    with Station.open(Path(context.args.db), key_source(context, new=False)) as station:
        yield station, station.system_actor()


def key_source(context: Context, *, new: bool) -> "KeySource":
    """Return where the key comes from: the key file and one passphrase, typed unseen or read from a descriptor.

    Parameters
    ----------
    context
        The command.
    new
        A new passphrase is asked for twice.
    """
    from patrol_desk.security import passphrases
    from patrol_desk.security.keys import KeySource, default_key_file

    args = context.args

    def passphrase() -> str:
        if args.passphrase_fd is not None:
            return passphrases.from_descriptor(args.passphrase_fd)
        again = context.words(Message("cli.passphrase_again")) if new else None
        return passphrases.from_prompt(context.words(Message("cli.passphrase")), again)

    file = Path(args.key_file) if args.key_file else default_key_file(Path(args.db))
    return KeySource(file, passphrase)


def _configure_new(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("--db", required=True, metavar="FILE", help=words("cli.opt.db_new"))
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--key-file", metavar="F", help=words("cli.opt.key_file_new"))
    kind.add_argument("--plain", action="store_true", help=words("cli.opt.plain"))
    parser.add_argument("--passphrase-fd", type=int, metavar="N", help=words("cli.opt.passphrase_fd"))


def _new(context: Context) -> int:
    from patrol_desk.services.station import Station

    path = Path(context.args.db)
    key = None if context.args.plain else key_source(context, new=True)
    Station.create(path, key).close()
    context.say("cli.made", db=path)
    if key is not None:
        context.say("cli.made_key", key=key.key_file)
    return 0


def _configure_demo(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument(
        "--size", choices=("small", "township", "large"), default="township", help=words("cli.opt.size")
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help=words("cli.opt.seed"))
    parser.add_argument("--db", required=True, metavar="FILE", help=words("cli.opt.db_new"))
    add_json(parser, words)


def _demo(context: Context) -> int:
    made = make_demo(context, Path(context.args.db), context.args.size, context.args.seed)
    if context.json:
        context.figures(made)
    context.say("cli.demo_made", **made)
    return 0


def make_demo(context: Context, path: Path, size: "SizeName", seed: int) -> dict[str, object]:
    """Make a sample township's file and return its counts; nothing is left behind when it fails."""
    from patrol_desk.common.weeks import Week
    from patrol_desk.models import Checkpoint, CheckpointStatus, Person, Squad
    from patrol_desk.samples import generate
    from patrol_desk.services.station import Station
    from patrol_desk.storage.marker import Marker

    context.progress(Message("cli.generating"), 0, 0)
    sample = generate(size, seed)
    with Station.create(path, None, marker=Marker.SAMPLE, chief=None) as station, _removed_on_failure(station):
        _fill(context, station, sample)
    counts = {
        "people": len(sample.rows[Person]),
        "squads": sum(row["ended_on"] is None for row in sample.rows[Squad]),
        "checkpoints": sum(row["status"] is CheckpointStatus.ACTIVE for row in sample.rows[Checkpoint]),
    }
    return {"db": str(path), "size": size, "seed": seed, "week": str(Week.of(sample.monday)), **counts}


@contextmanager
def _removed_on_failure(station: "Station") -> Iterator[None]:
    """Take a file that was made in vain away again, so that the next try does not stumble over it."""
    try:
        yield
    except BaseException:
        station.close()
        for ending in ("", "-wal", "-shm"):
            station.path.with_name(station.path.name + ending).unlink(missing_ok=True)
        raise


def _fill(context: Context, station: "Station", sample: "Sample") -> None:
    from patrol_desk.samples import write_sample

    with station.write(station.system_actor(), "sample.write", record_patch=False) as unit:
        write_sample(unit, sample, progress=context.progress, cancelled=context.stop_asked)
        unit.commit()


def _configure_doctor(parser: argparse.ArgumentParser, words: Words) -> None:
    add_database(parser, words)
    add_json(parser, words)


def _doctor(context: Context) -> int:
    from patrol_desk.services.doctor import State, doctor, refused

    try:
        with opened(context) as (station, actor):
            report = doctor(station, actor)
    except PatrolError as error:
        report = refused(error)
    if context.json:
        context.figures(report.as_dict(context.language))
    else:
        for check in report.checks:
            context.out.write(f"{check.state.value:5} {context.words(check.message)}\n")
    wrong = sum(check.state is not State.OK for check in report.checks)
    if wrong:
        context.say("cli.doctor_bad", count=wrong)
    else:
        context.say("cli.doctor_ok")
    return 0 if report.healthy else 1


COMMANDS = (
    Command("new", "cli.help.new", _configure_new, _new),
    Command("demo", "cli.help.demo", _configure_demo, _demo),
    Command("doctor", "cli.help.doctor", _configure_doctor, _doctor),
)
