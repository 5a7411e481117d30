"""What a cell asks for, changed where it is seen."""
