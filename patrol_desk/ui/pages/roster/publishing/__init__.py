"""Publishing the week: who is touched, what is still wrong, and what to print."""
