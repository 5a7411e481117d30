"""Where the week can be guessed by whoever has watched it: in a cell, for a squad, as a list."""
