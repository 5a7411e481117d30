"""Commands: what a key, a button and find-anything can start."""

from patrol_desk.ui.commands.command import Command, Commands

__all__ = ["Command", "Commands"]
