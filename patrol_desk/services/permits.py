"""Permission checks: every service function declares what its actor must be allowed."""

import functools
import inspect
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError
from patrol_desk.common.message import Message
from patrol_desk.models import Role
from patrol_desk.security.permissions import Permission, allows

P = ParamSpec("P")
T = TypeVar("T")


def require(actor: Actor, permission: Permission) -> None:
    """Raise `ForbiddenError` unless the actor's role has the permission."""
    if not allows(actor.role, permission):
        role = actor.role if actor.role in set(Role) else "unknown"
        words = {"role": Message(f"security.role_{role}"), "needs": Message(f"security.may_{permission}")}
        raise ForbiddenError(Message("security.forbidden", words))


def permitted(permission: Permission) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Declare what a service function needs; it is checked before the function runs.

    The function takes its `Actor` as the parameter ``actor``.
    """

    def declare(function: Callable[P, T]) -> Callable[P, T]:
        signature = inspect.signature(function)
        assert "actor" in signature.parameters, function.__qualname__

        @functools.wraps(function)
        def checked(*args: P.args, **kwargs: P.kwargs) -> T:
            actor = signature.bind(*args, **kwargs).arguments["actor"]
            require(actor, permission)
            return function(*args, **kwargs)

        vars(checked)["permission"] = permission
        return checked

    return declare
