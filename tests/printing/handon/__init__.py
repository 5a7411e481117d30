"""Files handed on without paper."""
