"""Who acts: handed to every service and stamped on every change."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """The account behind an action.

    Parameters
    ----------
    account_id
        Id of the account; None for the program itself.
    name
        Name as the audit log shows it.
    role
        Value of `patrol_desk.models.Role`.
    """

    account_id: str | None
    name: str
    role: str
