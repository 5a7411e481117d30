"""Files to typed rows and back: one declarative table each, readers, checks, matching and writers; no database."""
