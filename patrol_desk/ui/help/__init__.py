"""Help: the user guide, section by section, in the window."""
