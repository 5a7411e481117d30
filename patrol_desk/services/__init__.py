"""Use cases: each takes an open station and an actor, asks for a permission, and returns plain results."""
