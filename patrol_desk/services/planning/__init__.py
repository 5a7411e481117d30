"""Planning one week: problem, solver run, draft, check, publishing."""
