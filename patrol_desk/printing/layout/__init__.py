"""The printed page as pure data: no Qt, no files, millimetres on paper."""
