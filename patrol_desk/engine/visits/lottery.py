"""The weekly draw: exact counts over rolling windows, and no week that gives the next one away.

A checkpoint's visits are counted over windows of some weeks. Windows begin at different weeks at different checkpoints,
and what a window holds is what is due by its end, one more or one less by lot; the next windows make up for it, and the
last window of a long one settles the account. Within a window the weeks' numbers are loose, so that neither the week's
nor the window's last days can be told from the count of the days before. A township's weekly total is exact as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.problem import Bool, Int32
from patrol_desk.engine.visits.lots import Lots
from patrol_desk.engine.visits.marginals import Float, scaled
from patrol_desk.engine.visits.pivotal import pivotal

MICRO: Final = 1_000_000
"""What is owed is kept in millionths of a visit, so that accounts are whole numbers."""


@dataclass(frozen=True, slots=True)
class LotteryRules:
    """How the lottery balances evenness against surprise.

    Parameters
    ----------
    window
        Weeks of a window.
    long
        Windows after which the account is settled exactly.
    jitter
        Most visits by which a window differs from what is due.
    nearby_places, nearby_times
        Shares of the meetings with the nearest, `pivotal`: between checkpoints, and between a checkpoint's shifts.
    """

    window: int = 4
    long: int = 12
    jitter: int = 1
    nearby_places: float = 0.5
    nearby_times: float = 0.25


@dataclass(frozen=True, slots=True)
class Account:
    """One checkpoint's visits so far.

    Parameters
    ----------
    owed
        Millionths of a visit that were due since the account was opened.
    made
        Visits drawn since then.
    windows
        Windows that have ended.
    weeks_left
        Weeks of the window that are still to be drawn.
    left
        Visits still to be drawn in it.
    """

    owed: int = 0
    made: int = 0
    windows: int = 0
    weeks_left: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class LotteryState:
    """What one week hands on to the next.

    Parameters
    ----------
    draws
        Weeks drawn so far: the number of the next draw.
    accounts
        Account of each checkpoint, by its name.
    """

    draws: int = 0
    accounts: Mapping[str, Account] = field(default_factory=dict)

    def as_data(self) -> dict[str, object]:
        """Return the state as plain data, for a file or a column."""
        rows = {
            name: [account.owed, account.made, account.windows, account.weeks_left, account.left]
            for name, account in self.accounts.items()
        }
        return {"draws": self.draws, "accounts": rows}

    @classmethod
    def of_data(cls, draws: int, accounts: Mapping[str, list[int]]) -> "LotteryState":
        """Return the state that `as_data` wrote down."""
        return cls(draws, {name: Account(*row) for name, row in accounts.items()})


@dataclass(frozen=True, slots=True, eq=False)
class VisitWeek:
    """The cells of a week: C checkpoints, N cells.

    Parameters
    ----------
    checkpoints
        Their names.
    place
        (C, 2) metres.
    cell_checkpoint
        (N,) checkpoint of each cell.
    cell_start
        (N,) minutes since Monday 00:00 at which the cell's shift starts.
    probability
        (N,) wanted probability of a visit, `marginals`; a checkpoint's sum is what is due to it this week.
    """

    checkpoints: tuple[str, ...]
    place: Int32
    cell_checkpoint: Int32
    cell_start: Int32
    probability: Float

    @property
    def due(self) -> Float:
        """(C,) visits due to each checkpoint."""
        return np.bincount(self.cell_checkpoint, self.probability, len(self.checkpoints)).astype(np.float64)


def draw_week(
    state: LotteryState, secret: bytes, week: VisitWeek, rules: LotteryRules | None = None
) -> tuple[Bool, LotteryState]:
    """Draw one week's visits.

    Parameters
    ----------
    state
        What the week before handed on; `LotteryState()` for the first.
    secret
        Key of the random numbers, `lots.Lots`. The same state, secret and week give the same draw.
    week
        Where visits are possible, and how likely each is to be.
    rules
        Balance of evenness and surprise.

    Returns
    -------
    tuple
        (N,) the cells drawn, and the state for the next week. The total is the sum of the probabilities, rounded up or
        down. Where checkpoints are few, windows that end this week may hold more than that, and all windows together
        less: windows come first.
    """
    rules = rules or LotteryRules()
    lots = Lots(secret, "visits", state.draws)
    opened = [
        _opened(state.accounts.get(name), due, lots, rules)
        for name, due in zip(week.checkpoints, week.due.tolist(), strict=True)
    ]
    numbers = _numbers(week, opened, lots, rules)
    drawn = np.zeros(len(week.probability), dtype=np.bool_)
    for checkpoint in np.flatnonzero(numbers):
        cells = np.flatnonzero(week.cell_checkpoint == checkpoint)
        wanted = scaled(week.probability[cells], float(numbers[checkpoint]))
        when = week.cell_start[cells, None].astype(np.float64)
        drawn[cells] = pivotal(wanted, when, lots, rules.nearby_times)
    made = np.bincount(week.cell_checkpoint[drawn], minlength=len(week.checkpoints))
    after = dict(state.accounts)
    for name, account, due, count in zip(week.checkpoints, opened, week.due, made.tolist(), strict=True):
        after[name] = _closed(account, round(due * MICRO), count)
    return drawn, LotteryState(state.draws + 1, after)


def _opened(account: Account | None, due: float, lots: Lots, rules: LotteryRules) -> Account:
    """Open a window where none is running; the first one of an account is cut short by lot."""
    if account is not None and account.weeks_left > 0:
        return account
    before = account or Account()
    weeks = rules.window if account else 1 + lots.below(rules.window)
    settles = before.windows % rules.long == 0
    jitter = 0 if settles else lots.below(2 * rules.jitter + 1) - rules.jitter
    by_its_end = before.owed + round(due * MICRO) * weeks
    target = _whole(by_its_end)
    most = _whole(by_its_end + round(due * MICRO) * rules.window)  # what the next window cannot take back is not lent
    left = max(0, min(target + jitter, max(target, most)) - before.made)
    return Account(before.owed, before.made, before.windows, weeks, left)


def _whole(micro: int) -> int:
    """Return whole visits, rounded."""
    return (micro + MICRO // 2) // MICRO


def _closed(account: Account, due: int, made: int) -> Account:
    """Return the account after a week."""
    weeks_left = account.weeks_left - 1
    return Account(
        owed=account.owed + due,
        made=account.made + made,
        windows=account.windows + (weeks_left == 0),
        weeks_left=weeks_left,
        left=max(0, account.left - made),
    )


def _numbers(week: VisitWeek, accounts: list[Account], lots: Lots, rules: LotteryRules) -> NDArray[np.int64]:
    """Return (C,) how many visits each checkpoint gets this week.

    Each visit that a window still holds is a token, drawn with probability 1 / weeks left; tokens of near checkpoints
    meet more often, which spreads a week's visits over the township.
    """
    cells = np.bincount(week.cell_checkpoint[week.probability > 0], minlength=len(accounts))
    left = np.array([account.left for account in accounts], dtype=np.int64)
    weeks = np.array([account.weeks_left for account in accounts], dtype=np.int64)
    tokens = np.minimum(left, cells)
    owner = np.repeat(np.arange(len(accounts)), tokens)
    share = np.minimum(1.0, left[owner] / (weeks[owner] * np.maximum(tokens[owner], 1)))
    wanted = _balanced(share, float(week.probability.sum()))
    drawn = pivotal(wanted, week.place[owner].astype(np.float64), lots, rules.nearby_places, owner)
    return np.bincount(owner[drawn], minlength=len(accounts))


def _balanced(share: Float, total: float) -> Float:
    """Scale the tokens' probabilities to the week's total; those that must be drawn now are, even if they are more."""
    forced = share >= 1
    result = scaled(np.where(forced, 0.0, share), max(0.0, total - float(forced.sum())))
    result[forced] = 1.0
    return result
