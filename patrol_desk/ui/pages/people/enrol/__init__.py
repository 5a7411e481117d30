"""Enrolling a whole organisation as a squad."""
