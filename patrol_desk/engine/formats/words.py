"""The words of the format for what the engine keeps as numbers."""

from typing import Final

from patrol_desk.engine.problem import AVOID, CLASSES, DEPUTY, FINE, HARD, HINT, LEADER, MEMBER, PREFER, UNAVAILABLE

ROLES: Final = {"member": MEMBER, "deputy": DEPUTY, "leader": LEADER}

WISHES: Final = {"unavailable": UNAVAILABLE, "avoid": AVOID, "fine": FINE, "prefer": PREFER}

KINDS: Final = {name: number for number, name in enumerate(CLASSES)}

STRENGTHS: Final = {"hard": HARD, "hint": HINT, "off": 0}
"""Words for how strictly a rule is kept; otherwise stand its points."""
