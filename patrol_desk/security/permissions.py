"""Who may do what: one matrix of roles and permissions."""

from enum import StrEnum
from types import MappingProxyType

from patrol_desk.models import Role


class Permission(StrEnum):
    """What a service method asks of its actor."""

    STATION_MANAGE = "station_manage"
    DATA_READ = "data_read"
    DATA_EDIT = "data_edit"
    DATA_IMPORT = "data_import"
    DATA_EXPORT = "data_export"
    PLAN_READ = "plan_read"
    PLAN_WRITE = "plan_write"
    PLAN_PUBLISH = "plan_publish"
    PRINT = "print"
    AUDIT_READ = "audit_read"
    BACKUP = "backup"


_P = Permission
MATRIX = MappingProxyType(
    {
        Role.CHIEF: frozenset(Permission),
        Role.DUTY_OFFICER: frozenset(
            {_P.DATA_READ, _P.DATA_EDIT, _P.PLAN_READ, _P.PLAN_WRITE, _P.PLAN_PUBLISH, _P.PRINT}
        ),
        Role.CLERK: frozenset(
            {
                _P.DATA_READ,
                _P.DATA_EDIT,
                _P.DATA_IMPORT,
                _P.DATA_EXPORT,
                _P.PLAN_READ,
                _P.PLAN_WRITE,
                _P.PRINT,
                _P.BACKUP,
            }
        ),
        Role.VIEWER: frozenset({_P.DATA_READ, _P.PLAN_READ}),
        Role.AUDITOR: frozenset({_P.PLAN_READ, _P.AUDIT_READ}),
    }
)
"""Role → permissions. The chief administers; the auditor reads and never administers."""


def allows(role: str, permission: Permission) -> bool:
    """Say whether a role has a permission; a role nobody knows has none."""
    return role in set(Role) and permission in MATRIX[Role(role)]
