"""What is handed on without paper: calendars and forms that are read back."""
