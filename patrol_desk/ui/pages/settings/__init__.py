"""The page of settings: station and shifts, rules and weights, holidays, the look, keys."""
