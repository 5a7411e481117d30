"""Import, export and empty files."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from patrol_desk.cli.command import Command, Words, add_database, add_json
from patrol_desk.cli.context import Context
from patrol_desk.cli.stations import opened

if TYPE_CHECKING:
    from patrol_desk.services.importing import ImportReport

FAULTS_SHOWN = 20
"""Sentences about rejected rows on the screen; the files of rejected rows hold them all."""


def _configure_import(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("folder", metavar="FOLDER", help=words("cli.opt.folder_in"))
    add_database(parser, words)
    parser.add_argument("--dry-run", action="store_true", help=words("cli.opt.dry_run"))
    parser.add_argument("--rejects", metavar="FOLDER", help=words("cli.opt.rejects"))
    parser.add_argument("--confirm-000", action="store_true", help=words("cli.opt.confirm_000"))
    parser.add_argument("--confirm-permuted", action="store_true", help=words("cli.opt.confirm_permuted"))
    add_json(parser, words)


def _import(context: Context) -> int:
    from patrol_desk.services.importing import ImportOptions, import_folder

    args = context.args
    options = ImportOptions(
        dry_run=args.dry_run,
        rejects=Path(args.rejects) if args.rejects else None,
        confirm_000=args.confirm_000,
        confirm_permuted=args.confirm_permuted,
        language=context.language,
    )
    with opened(context) as (station, actor):
        report = import_folder(
            station, actor, Path(args.folder), options, progress=context.progress, cancelled=context.stop_asked
        )
    if context.json:
        sentences = [context.words(message) for message in (*report.notes, *report.faults)]
        context.figures({**report.figures(), "sentences": sentences})
    _say_import(context, report)
    return 0


def _say_import(context: Context, report: "ImportReport") -> None:
    context.say("cli.imported_dry" if context.args.dry_run else "cli.imported")
    for table in report.tables:
        context.say("cli.import_table", **table.figures(context.language))
    for message in (*report.notes, *report.faults[:FAULTS_SHOWN]):
        context.say("cli.import_line", text=message)
    rejected = sum(table.rejected for table in report.tables)
    if rejected and context.args.rejects:
        context.say("cli.rejects_at", count=rejected, folder=context.args.rejects)
    elif rejected:
        context.say("cli.rejects_hint", count=rejected)


def _configure_export(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("folder", metavar="FOLDER", help=words("cli.opt.folder_out"))
    add_database(parser, words)
    add_json(parser, words)


def _export(context: Context) -> int:
    from patrol_desk.services.exporting import export_folder

    with opened(context) as (station, actor):
        report = export_folder(
            station, actor, Path(context.args.folder), language=context.language, progress=context.progress
        )
    if context.json:
        context.figures(report.figures())
    context.say("cli.exported", rows=report.rows, files=report.files, folder=context.args.folder)
    return 0


def _configure_template(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("folder", metavar="FOLDER", help=words("cli.opt.folder_out"))


def _template(context: Context) -> int:
    from patrol_desk.sync.template import write_template

    written = write_template(Path(context.args.folder), context.language)
    context.say("cli.template_made", files=len(written), folder=context.args.folder)
    return 0


COMMANDS = (
    Command("import", "cli.help.import", _configure_import, _import),
    Command("export", "cli.help.export", _configure_export, _export),
    Command("template", "cli.help.template", _configure_template, _template),
)
