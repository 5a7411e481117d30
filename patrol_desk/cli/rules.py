"""The township's rules: listed, and one of them changed."""

import argparse
from typing import TYPE_CHECKING

from patrol_desk.cli.command import Command, Words, add_database, add_json
from patrol_desk.cli.context import Context
from patrol_desk.cli.stations import opened
from patrol_desk.common.weeks import Week
from patrol_desk.engine.settings import OVERRIDERS

if TYPE_CHECKING:
    from patrol_desk.services.rules import LevelLine, RuleBook, RuleLine


def _configure(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("code", metavar="CODE", nargs="?", help=words("cli.opt.rule_code"))
    parser.add_argument("--kind", metavar="KIND", help=words("cli.opt.rule_kind"))
    parser.add_argument("--strength", metavar="hard|weighted|hint|off", help=words("cli.opt.rule_strength"))
    parser.add_argument("--number", type=int, metavar="N", help=words("cli.opt.rule_number"))
    parser.add_argument("--override-by", metavar="|".join(OVERRIDERS), help=words("cli.opt.rule_who"))
    parser.add_argument("--from", dest="since", metavar="WEEK", help=words("cli.opt.rule_since"))
    parser.add_argument("--default", action="store_true", help=words("cli.opt.rule_default"))
    add_database(parser, words)
    add_json(parser, words)


def _rules(context: Context) -> int:
    from patrol_desk.services.rules import Override, read_rules, reset_rule, set_rule

    args = context.args
    since = None if args.since is None else Week.parse(args.since).monday
    with opened(context) as (station, actor):
        if args.code is None:
            book = read_rules(station, actor)
        elif args.default:
            book = reset_rule(station, actor, args.code, args.kind, since).value
        else:
            wanted = Override(args.code, args.kind, args.strength, args.number, args.override_by, since)
            book = set_rule(station, actor, wanted).value
    _say(context, book, args.code)
    return 0


def _say(context: Context, book: "RuleBook", code: str | None) -> None:
    """Print all rules and levels, or those of one code."""
    rules = [line for line in book.rules if code in {None, line.rule.code}]
    levels = [line for line in book.levels if code in {None, line.code}]
    if context.json:
        context.figures(
            {
                "rules": [_figures(line) for line in rules],
                "levels": [_level_figures(line) for line in levels],
                "coming": [
                    {"since": change.since.isoformat(), **_any_figures(change.line)}
                    for change in book.coming
                    if code in {None, change.line.code}
                ],
            }
        )
    for line in rules:
        what = "cli.rule" if line.number is None else "cli.rule_number"
        context.say(
            what if line.kind is None else f"{what}_kind",
            rule=line.rule.code,
            name=line.name,
            strength=line.strength_word,
            number=line.number,
            unit=line.unit_word,
            kind=line.kind_word,
        )
    for level in levels:
        context.say("cli.level", rule=level.code, name=level.name, word=level.word)
    for change in book.coming:
        if code in {None, change.line.code}:
            context.say("cli.rule_coming", week=Week.of(change.since), rule=change.line.code, name=change.line.name)


def _figures(line: "RuleLine") -> dict[str, object]:
    rule = line.rule
    return {
        "code": rule.code, "kind": line.kind, "strength": line.strength, "number": line.number, "set": line.is_set,
        "who": line.who, "unit": rule.unit, "points": rule.points, "allowed": list(rule.allowed),
        "by_kind": list(rule.by_kind),
        "default": {"strength": rule.strength, "number": rule.number, "low": rule.low, "high": rule.high},
    }  # fmt: skip


def _any_figures(line: "RuleLine | LevelLine") -> dict[str, object]:
    from patrol_desk.services.rules import RuleLine

    return _figures(line) if isinstance(line, RuleLine) else _level_figures(line)


def _level_figures(line: "LevelLine") -> dict[str, object]:
    return {"code": line.code, "number": line.number, "set": line.is_set, "choices": list(line.choices)}


COMMANDS = (Command("rules", "cli.help.rules", _configure, _rules),)
