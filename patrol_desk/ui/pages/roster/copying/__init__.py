"""Copying days and weeks, and the way to and from a spreadsheet."""
