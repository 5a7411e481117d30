"""Other ways to plan, against which the bench holds the scheduler; no plan of theirs reaches a user."""
