"""From values to files: safe in a spreadsheet, the same bytes for the same rows, whole or not there."""
