"""The composition root of the window: the only place that wires its parts together."""

from patrol_desk.app.run import Options, run

__all__ = ["Options", "run"]
