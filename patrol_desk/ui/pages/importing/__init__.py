"""Importing: files are looked at, corrected, previewed, confirmed, written, and taken back."""
