"""The roster: a week by checkpoint, seen, filled, moved, locked and published."""
