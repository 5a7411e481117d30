"""The command line: the same use cases as the window, without one."""

from patrol_desk.cli.program import run

__all__ = ["run"]
