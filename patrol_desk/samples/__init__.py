"""Generated townships and planning problems, deterministic by seed."""
