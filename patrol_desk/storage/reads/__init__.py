"""Reads that several services share, as plain rows."""
