"""What the page shows of equipment that is lent out: frozen rows, ready to paint."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Loan:
    """Equipment that somebody took.

    Parameters
    ----------
    squad, colour
        Name of the borrower's squad today and its colour; empty and None without one.
    numbers
        On the pieces; may be empty.
    purpose
        The duty it was taken for.
    lent_at, due_at, returned_at
        Station time.
    overdue
        Whether it should be back by now.
    missing, remark
        Pieces that did not come back, and what became of them.
    lent_by, returned_by
        Accounts that noted the loan and its return, as far as the log is asked; else empty.
    """

    id: str
    row_version: int
    item_id: str
    item: str
    person_id: str
    person: str
    squad: str
    colour: int | None
    quantity: int
    numbers: str
    purpose: str
    lent_at: datetime
    due_at: datetime
    returned_at: datetime | None
    overdue: bool
    missing: int
    remark: str
    lent_by: str = ""
    returned_by: str = ""


@dataclass(frozen=True, slots=True)
class LoanStart:
    """What a new loan begins with: pieces there, the borrower's next duty today, and when it should be back."""

    inside: int
    purpose: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Borrower:
    """Somebody who may take equipment."""

    id: str
    code: str
    name: str
    squad: str
    colour: int | None
    search: str
