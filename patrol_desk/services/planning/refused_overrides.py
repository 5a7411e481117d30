"""Why somebody may not override a rule: who may, and what to do instead."""

from patrol_desk.common.message import Message
from patrol_desk.services.planning.board.data import Conflict
from patrol_desk.services.planning.overrides import role_words, who_overrides


def not_theirs(conflict: Conflict, role: str, where: Message) -> Message:
    """Return why a role may not override a conflict: nobody may, or these roles.

    Parameters
    ----------
    conflict
        What stands against the duty.
    role
        Of whoever would override it.
    where
        The place and shift in words.
    """
    who = who_overrides(conflict.who)
    params = {"where": where, "reason": conflict.message, "role": role_words(role), "who": list(who)}
    return Message("override.not_yours" if who else "override.nobody", params)
