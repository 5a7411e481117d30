"""Versions of the week: what differs between two, marked in the cells and listed."""
