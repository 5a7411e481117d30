"""A short guided tour of the desk on the sample township."""
