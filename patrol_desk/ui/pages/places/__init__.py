"""The page of places: checkpoints with their demand, muster points with their equipment."""
