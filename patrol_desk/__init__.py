"""Patrol Desk (巡防台): a township station plans, checks and prints its volunteer patrols."""

__version__ = "0.3.0"
