"""The kind of seat that asks for an officer, an auxiliary or a full-time patrol: a skill that nobody needs proof of."""

from patrol_desk.common.ids import new_id
from patrol_desk.engine.problem import OFFICIAL
from patrol_desk.models import Checkpoint, Rule, RuleStrength, Skill
from patrol_desk.storage import queries
from patrol_desk.storage.unit_of_work import UnitOfWork


def ensure_official(unit: UnitOfWork) -> str | None:
    """Add the skill to a township that asks for such people and does not have it; return its id if it was added.

    It is one of the township's skills so that its seats are stored, shown and exchanged as all others; whoever is of
    the force has it, without a certificate.
    """
    if queries.first(unit.session, Skill, code=OFFICIAL) is not None or not _asked_for(unit):
        return None
    skill = Skill(id=new_id(), code=OFFICIAL, name="民警辅警专职", mark="警")
    unit.session.add(skill)
    return skill.id


def _asked_for(unit: UnitOfWork) -> bool:
    if queries.first(unit.session, Checkpoint, needs_official=True, ended_on=None) is not None:
        return True
    rules = queries.many(unit.session, Rule, code=OFFICIAL, ended_on=None)
    return any(rule.strength not in {None, RuleStrength.OFF} for rule in rules)
