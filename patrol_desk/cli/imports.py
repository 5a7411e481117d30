"""The imports so far, and taking one back."""

import argparse
from typing import TYPE_CHECKING

from patrol_desk.cli.command import Command, Words, add_database, add_json
from patrol_desk.cli.context import Context
from patrol_desk.cli.stations import opened
from patrol_desk.common.clock import wall_time

if TYPE_CHECKING:
    from patrol_desk.services.importing import ImportEntry, ImportUndo

LEFT_SHOWN = 20
"""Rows that stay which are named on the screen."""


def _configure(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("run", metavar="RUN", nargs="?", help=words("cli.opt.import_run"))
    add_database(parser, words)
    add_json(parser, words)


def _undo(context: Context) -> int:
    from patrol_desk.services.importing import list_imports, undo_import

    with opened(context) as (station, actor):
        if context.args.run is None:
            _list(context, list_imports(station, actor))
            return 0
        _say(context, undo_import(station, actor, context.args.run).value)
    return 0


def _list(context: Context, entries: "tuple[ImportEntry, ...]") -> None:
    if context.json:
        context.figures(
            {
                "imports": [
                    {
                        "run": entry.run_id,
                        "at": entry.at.isoformat(),
                        "added": sum(table.added for table in entry.tables),
                        "changed": sum(table.changed for table in entry.tables),
                        "can_undo": entry.can_undo,
                    }
                    for entry in entries
                ]
            }
        )
    for entry in entries:
        context.say(
            "cli.import_entry" if entry.can_undo else "cli.import_entry_closed",
            run=entry.run_id,
            at=f"{wall_time(entry.at):%Y-%m-%d %H:%M}",
            by=entry.made_by,
            added=sum(table.added for table in entry.tables),
            changed=sum(table.changed for table in entry.tables),
        )
    if not entries:
        context.say("cli.no_imports")


def _say(context: Context, undone: "ImportUndo") -> None:
    numbers = {"removed": undone.removed, "restored": undone.restored, "left": undone.left_count}
    if context.json:
        context.figures({"run": undone.run_id, **numbers})
    context.say("cli.import_undone", **numbers)
    for row in undone.left[:LEFT_SHOWN]:
        context.say("cli.import_left", table=row.table, row=row.code, reason=row.reason)


COMMANDS = (Command("import-undo", "cli.help.import_undo", _configure, _undo),)
