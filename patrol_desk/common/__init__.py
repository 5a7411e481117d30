"""Things every layer may use: ids, messages as data, errors, clock, change sets, paths."""
