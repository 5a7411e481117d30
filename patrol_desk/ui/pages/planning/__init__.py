"""Auto-plan: a run that is watched, stopped at any time, and accepted as a draft."""
