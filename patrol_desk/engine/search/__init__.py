"""Compiled local search: exchanges and whole-team moves under a falling threshold."""
