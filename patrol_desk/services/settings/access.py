"""What somebody may not change, said before they try."""

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError
from patrol_desk.common.message import Message
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import require


def edit_refusal(actor: Actor) -> Message | None:
    """Return why somebody may not change rules, shifts and holidays; None when they may."""
    return _refusal(actor, Permission.DATA_EDIT)


def import_refusal(actor: Actor) -> Message | None:
    """Return why somebody may not import files; None when they may."""
    return _refusal(actor, Permission.DATA_IMPORT)


def export_refusal(actor: Actor) -> Message | None:
    """Return why somebody may not export files; None when they may."""
    return _refusal(actor, Permission.DATA_EXPORT)


def _refusal(actor: Actor, permission: Permission) -> Message | None:
    try:
        require(actor, permission)
    except ForbiddenError as error:
        return error.message
    return None
