"""What a rule or level says, in a line of words."""

from datetime import date

from patrol_desk.common.weeks import Week
from patrol_desk.models import CheckpointKind
from patrol_desk.services.rules import LevelLine, RuleLine
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.i18n.dates import short_date, week_text
from patrol_desk.ui.pages.places.words import kind_text
from patrol_desk.ui.pages.settings.rule_edits import Value, value_of
from patrol_desk.ui.pages.settings.rule_row import STRENGTHS, WHO


def value_words(line: RuleLine, value: Value) -> str:
    """Return what a line says in words: its number with the unit, its strength, and who may override it."""
    unit = "" if line.unit_word is None else say(line.unit_word)
    number = "" if value.number is None else f"{value.number} {unit}".strip()
    strength = STRENGTHS[value.strength]() if line.rule.rule else ""
    who = tr("破例：{who}", who=WHO[value.who]()) if value.who and value.who != line.rule.who else ""
    return " · ".join(part for part in (number, strength, who) if part)


def saved_words(count: int, since: date | None) -> str:
    """Return what is told when edits were saved that hold from a day on, None for the present week."""
    if since is None:
        return tr("已保存 {count} 处，下次检查和自动排班就按新的。", count=count)
    return tr(
        "已保存 {count} 处，从{week}（{date}）起生效。",
        count=count,
        week=week_text(Week.of(since)),
        date=short_date(since),
    )


def line_words(line: RuleLine | LevelLine) -> str:
    """Return the name of a rule or level, the kind of place it is set for, and what it says."""
    if isinstance(line, LevelLine):
        return tr("{name}：{what}", name=say(line.name), what=say(line.word))
    name = say(line.name)
    if line.kind is not None:
        name = tr("{name}（{kind}）", name=name, kind=kind_text(CheckpointKind(line.kind)))
    return tr("{name}：{what}", name=name, what=value_words(line, value_of(line)))
