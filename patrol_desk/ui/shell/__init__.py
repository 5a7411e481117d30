"""The window around the pages: rail, status bar, notices, errors."""
