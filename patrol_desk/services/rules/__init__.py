"""The township's rules and what it cares about: listed in words, changed one at a time, always undoable."""

from patrol_desk.engine.settings import Override
from patrol_desk.services.rules.edit import reset_rule, save_rules, set_rule, this_monday, withdraw_rule
from patrol_desk.services.rules.listing import Coming, LevelLine, RuleBook, RuleLine, read_rules

__all__ = [
    "Coming",
    "LevelLine",
    "Override",
    "RuleBook",
    "RuleLine",
    "read_rules",
    "reset_rule",
    "save_rules",
    "set_rule",
    "this_monday",
    "withdraw_rule",
]
