"""One module for each kind of sheet: from its data to pages."""
