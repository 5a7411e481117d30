"""The scheduler: problem, rules, solve, verify. It knows neither Qt nor SQL."""
