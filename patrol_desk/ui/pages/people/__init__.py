"""The page of people: who there is, who can serve when, and everything about one person."""
