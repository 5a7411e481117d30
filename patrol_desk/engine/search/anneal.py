"""Slices of the local search."""

from patrol_desk.engine.run import Run


def search_phase(run: Run) -> None:
    """Improve the best plan."""
    del run
