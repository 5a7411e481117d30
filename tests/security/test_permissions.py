"""Roles may do what the matrix says, and nothing by default."""

import pytest

from patrol_desk.common.message import Message
from patrol_desk.messages import render
from patrol_desk.models import Role
from patrol_desk.security.permissions import MATRIX, Permission, allows


def test_the_chief_administers_and_the_auditor_never_does() -> None:
    """The auditor reads; nothing that changes anything is the auditor's."""
    assert MATRIX[Role.CHIEF] == set(Permission)
    assert MATRIX[Role.AUDITOR] <= {Permission.AUDIT_READ, Permission.PLAN_READ, Permission.DATA_READ}


def test_only_chief_and_auditor_read_the_log() -> None:
    """Who is watched does not watch."""
    assert {role for role in Role if allows(role, Permission.AUDIT_READ)} == {Role.CHIEF, Role.AUDITOR}


def test_a_viewer_changes_nothing() -> None:
    """Reading is all."""
    assert MATRIX[Role.VIEWER] == {Permission.DATA_READ, Permission.PLAN_READ}


def test_every_role_is_in_the_matrix() -> None:
    """No role is forgotten, and a role nobody knows may nothing."""
    assert set(MATRIX) == set(Role)
    assert not any(allows("root", permission) for permission in Permission)


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_has_words(permission: Permission) -> None:
    """A refusal can be said."""
    for language in ("zh", "en"):
        assert render(Message(f"security.may_{permission}"), language)
