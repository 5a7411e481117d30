"""Files to hand on without paper: workbooks, calendars, pictures and texts."""
