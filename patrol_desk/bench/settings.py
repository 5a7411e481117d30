"""The limits and bars of `engine.toml`, read once."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Bar:
    """What a figure must reach.

    Parameters
    ----------
    figure
        Name in the rows.
    most, least
        The bar; one of the two.
    families
        For which; none for all.
    limit
        Under which time limit; None for every one.
    """

    figure: str
    most: float | None = None
    least: float | None = None
    families: tuple[str, ...] = ()
    limit: float | None = None

    def concerns(self, family: str, limit: float | None) -> bool:
        """Say whether the bar holds for a family under a limit."""
        return (not self.families or family in self.families) and self.limit in (None, limit)

    def reached(self, value: float) -> bool:
        """Say whether a value reaches the bar."""
        return (self.most is None or value <= self.most) and (self.least is None or value >= self.least)


def _read() -> dict[str, Any]:
    return tomllib.loads(files("patrol_desk.bench").joinpath("engine.toml").read_text(encoding="utf-8"))


def _bars(tables: list[dict[str, Any]]) -> tuple[Bar, ...]:
    return tuple(Bar(**{**table, "families": tuple(table.get("families", ()))}) for table in tables)


_TABLE: Final = _read()

LIMITS: Final[dict[str, tuple[float | None, ...]]] = {
    name: tuple(float(limit) for limit in limits) for name, limits in _TABLE["limits"].items()
}
"""Seconds under which a family is solved; a family that is not here is solved with the defaults."""

BARS: Final = _bars(_TABLE["bars"])
